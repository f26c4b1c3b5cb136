//! Where are they? Sites at their coordinates over the outlines of communes, when these are given.

use super::canvas::{Anchor, Canvas, Ink};
use super::chart::{ChartResult, ChartWords, figures};
use super::chart_layout::ChartLayout;
use super::style::{ACCENT, INK, MARK_GREY, RULE, SECONDARY, WHITE, width};
use crate::base::tabular::Table;
use crate::base::text::Datum;

/// A place on Earth (WGS 84).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MapPoint {
    /// Degrees east.
    pub east: f64,
    /// Degrees north.
    pub north: f64,
}

/// A site on the map.
#[derive(Debug, Clone, PartialEq)]
pub struct MappedSite {
    /// Short label beside the mark: its code.
    pub code: String,
    /// Full name, in the table.
    pub name: String,
    /// Where it is.
    pub at: MapPoint,
    /// Filled mark, or hollow.
    pub filled: bool,
    /// What the mark means for this site, in the table.
    pub words: String,
}

/// The territory.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct TerritoryMap {
    /// Rings of the communes.
    pub outlines: Vec<Vec<MapPoint>>,
    /// Sites, by code.
    pub places: Vec<MappedSite>,
    /// What a filled mark and a hollow one mean.
    pub key: MapKey,
}

/// The two marks in words.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct MapKey {
    /// Filled.
    pub filled: String,
    /// Hollow.
    pub hollow: String,
}

const SIZE: f64 = 15.0;
const RADIUS: f64 = 6.0;
const MARGIN: f64 = 34.0;
const TALLEST: f64 = 360.0;
/// Width on paper: two thirds of the text.
const ON_PAPER: f64 = 440.0;

/// Draws the map.
pub fn map(title: &str, map: &TerritoryMap) -> ChartResult {
    let said = ChartWords {
        title: title.to_owned(),
        table: table(title, map),
    };
    ChartLayout::page(0.0, 0.0)
        .on_paper(ON_PAPER)
        .both(said, |sheet| draw(sheet, map))
}

/// From degrees to the sheet: equirectangular around the middle latitude, which at the scale of a
/// département differs from a conformal projection by less than the width of a mark.
struct MapProjection {
    west: f64,
    north: f64,
    scale: f64,
    shrink: f64,
    left: f64,
    height: f64,
}

impl MapProjection {
    fn new(sheet: ChartLayout, map: &TerritoryMap) -> Self {
        let places = map.places.iter().map(|p| &p.at);
        let points: Vec<&MapPoint> = map.outlines.iter().flatten().chain(places).collect();
        let (west, east) = extent(points.iter().map(|p| p.east));
        let (south, north) = extent(points.iter().map(|p| p.north));
        let shrink = f64::midpoint(south, north).to_radians().cos();
        // A lone site still needs some ground around it.
        let wide = ((east - west) * shrink).max(0.02);
        let tall = (north - south).max(0.02);
        let room = sheet.width - 2.0 * MARGIN;
        let scale = (room / wide).min(TALLEST / tall);
        Self {
            west,
            north,
            scale,
            shrink,
            left: MARGIN + (room - wide * scale) / 2.0,
            height: tall * scale,
        }
    }

    fn at(&self, point: MapPoint) -> (f64, f64) {
        (
            self.left + (point.east - self.west) * self.shrink * self.scale,
            MARGIN + (self.north - point.north) * self.scale,
        )
    }
}

/// Lowest and highest of some numbers.
fn extent(numbers: impl Iterator<Item = f64>) -> (f64, f64) {
    numbers.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), v| {
        (low.min(v), high.max(v))
    })
}

fn draw(sheet: ChartLayout, map: &TerritoryMap) -> Canvas {
    let grey = Ink {
        size: SIZE,
        colour: SECONDARY,
        bold: false,
    };
    if map.places.is_empty() {
        let mut canvas = Canvas::new(sheet.width, 60.0);
        canvas.text("Aucun accueil situé", (0.0, 30.0), Anchor::Start, grey);
        return canvas;
    }
    let frame = MapProjection::new(sheet, map);
    let bottom = MARGIN + frame.height + MARGIN;
    let mut canvas = Canvas::new(sheet.width, bottom + 44.0);
    for ring in &map.outlines {
        for edge in ring.windows(2) {
            canvas.line(frame.at(edge[0]), frame.at(edge[1]), 1.0, MARK_GREY);
        }
    }
    let places: Vec<(f64, f64)> = map.places.iter().map(|p| frame.at(p.at)).collect();
    let labels = label_boxes(&map.places, &places, sheet.width);
    for (label, at) in labels.iter().zip(&places) {
        if label.moved {
            canvas.line(*at, (label.x, label.y), 0.75, MARK_GREY);
        }
    }
    for ((place, at), label) in map.places.iter().zip(&places).zip(&labels) {
        canvas.disc(*at, RADIUS, ACCENT, (!place.filled).then_some(WHITE));
        let ink = Ink {
            size: SIZE,
            colour: INK,
            bold: true,
        };
        canvas.text(&place.code, (label.x, label.y), Anchor::Middle, ink);
    }
    key(&mut canvas, map, bottom);
    canvas
}

fn key(canvas: &mut Canvas, map: &TerritoryMap, bottom: f64) {
    let ink = Ink {
        size: SIZE,
        colour: SECONDARY,
        bold: false,
    };
    canvas.line((0.0, bottom), (120.0, bottom), 1.0, RULE);
    for (i, (words, inside)) in [(&map.key.filled, None), (&map.key.hollow, Some(WHITE))]
        .into_iter()
        .enumerate()
    {
        let y = bottom + 14.0 + 20.0 * i as f64;
        canvas.disc((8.0, y), RADIUS, ACCENT, inside);
        canvas.text(words, (22.0, y), Anchor::Start, ink);
    }
}

/// Where a label stands: its middle.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Label {
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) half: f64,
    pub(super) moved: bool,
}

impl Label {
    fn meets(self, other: Self) -> bool {
        (self.x - other.x).abs() < self.half + other.half + 2.0
            && (self.y - other.y).abs() < SIZE * 1.2
    }

    fn covers(self, mark: (f64, f64)) -> bool {
        (self.x - mark.0).abs() < self.half + RADIUS + 1.0
            && (self.y - mark.1).abs() < SIZE * 0.6 + RADIUS
    }
}

/// A label near each mark, on no other label and no mark: the first free place around it, nearest
/// first.
pub(super) fn label_boxes(places: &[MappedSite], marks: &[(f64, f64)], sheet: f64) -> Vec<Label> {
    let mut set: Vec<Label> = Vec::new();
    for (place, &(x, y)) in places.iter().zip(marks) {
        let half = width(&place.code, SIZE, true) / 2.0;
        let near = RADIUS + 5.0 + half;
        let candidates = (1..=6).flat_map(|ring| {
            let far = f64::from(ring);
            let (dx, dy) = (near + (far - 1.0) * 12.0, 16.0 * far);
            [
                (dx, 0.0),
                (-dx, 0.0),
                (0.0, -dy),
                (0.0, dy),
                (dx, -dy),
                (dx, dy),
                (-dx, -dy),
                (-dx, dy),
            ]
            .map(|(a, b)| Label {
                x: x + a,
                y: y + b,
                half,
                moved: ring > 1,
            })
        });
        let inside = |l: &Label| l.x - half >= 0.0 && l.x + half <= sheet && l.y > SIZE;
        let free = |l: &Label| {
            inside(l) && !set.iter().any(|o| l.meets(*o)) && !marks.iter().any(|m| l.covers(*m))
        };
        let first = Label {
            x: x + near,
            y,
            half,
            moved: false,
        };
        let chosen = candidates.into_iter().find(free).unwrap_or(first);
        set.push(chosen);
    }
    set
}

fn table(title: &str, map: &TerritoryMap) -> Table<Datum> {
    let headings = ["Accueil", "Lecture"].map(str::to_owned).to_vec();
    let rows = map.places.iter().map(|p| {
        let name = format!("{} {}", p.code, p.name);
        vec![Datum::words(name), Datum::words(&p.words)]
    });
    figures(title, headings, rows.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(code: &str, east: f64, north: f64) -> MappedSite {
        MappedSite {
            code: code.into(),
            name: "Accueil".into(),
            at: MapPoint { east, north },
            filled: true,
            words: String::new(),
        }
    }

    #[test]
    fn labels_of_neighbours_stay_apart() {
        let places: Vec<MappedSite> = (0..8)
            .map(|i| place(&format!("R0{i}"), 0.8 + f64::from(i) * 1e-4, 49.3))
            .collect();
        let marks: Vec<(f64, f64)> = (0..8)
            .map(|i| (200.0 + f64::from(i) * 3.0, 150.0))
            .collect();
        let labels = label_boxes(&places, &marks, 720.0);
        for (i, a) in labels.iter().enumerate() {
            assert!(labels[..i].iter().all(|b| !a.meets(*b)), "{labels:?}");
        }
    }

    #[test]
    fn one_site_and_no_site_are_drawn() {
        let one = TerritoryMap {
            places: vec![place("R01", 0.8, 49.3)],
            ..TerritoryMap::default()
        };
        assert!(map("Un accueil", &one).expect("drawn").svg.contains("R01"));
        let none = map("Aucun", &TerritoryMap::default()).expect("drawn");
        assert!(none.svg.contains("Aucun accueil situé"));
    }
}
