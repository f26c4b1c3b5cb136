//! Which communes have what? Communes hatched from light to dense, so that grey tells them apart, sites as marks by kind; one
//! panel, or two side by side (one above the other on a phone). Without outlines, a square at the centre of each commune.

use super::canvas::{Anchor, Canvas, Ink};
use super::chart::{ChartResult, ChartWords, figures};
use super::chart_layout::ChartLayout;
use super::hatching::hatch_lines;
use super::map::{MapPoint, MappedSite, label_boxes};
use super::style::{ACCENT, INK, MARK_GREY, SECONDARY, WHITE, wrap};
use crate::base::tabular::Table;
use crate::base::text::Datum;

/// A commune on the map.
#[derive(Debug, Clone, PartialEq)]
pub struct ShadedCommune {
    /// Its name, in the table.
    pub name: String,
    /// Its outline; none when no file has it.
    pub rings: Vec<Vec<MapPoint>>,
    /// Its centre.
    pub centre: MapPoint,
    /// 0 (blank) to 3 (dense).
    pub shade: usize,
}

/// What a site is, by the shape of its mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum SiteMark {
    /// Filled disc.
    Disc,
    /// Hollow disc.
    Ring,
    /// Filled square.
    Square,
    /// Hollow square.
    Box,
}

/// A site and its mark.
#[derive(Debug, Clone, PartialEq)]
pub struct MarkedSite {
    /// Label beside the mark.
    pub code: String,
    /// Where it is.
    pub at: MapPoint,
    /// Its mark.
    pub mark: SiteMark,
}

/// A map among those of a chart.
#[derive(Debug, Clone, PartialEq)]
pub struct CommunePanel {
    /// Above it: a day.
    pub heading: String,
    /// Communes.
    pub communes: Vec<ShadedCommune>,
    /// Sites.
    pub sites: Vec<MarkedSite>,
}

/// Maps of the same communes.
#[derive(Debug, Clone, PartialEq)]
pub struct CommuneMap {
    /// One, or two.
    pub panels: Vec<CommunePanel>,
    /// What each shade means, those that are used.
    pub shades: Vec<(usize, String)>,
    /// What each mark means, those that are used.
    pub marks: Vec<(SiteMark, String)>,
    /// Titles of the table.
    pub headings: Vec<String>,
    /// Its lines.
    pub rows: Vec<Vec<String>>,
}

const SIZE: f64 = 13.0;
const RADIUS: f64 = 5.5;
const MARGIN: f64 = 16.0;
const TALLEST: f64 = 340.0;
const KEY_LINE: f64 = 22.0;
/// Pixels between the hatches of a shade.
const GAPS: [f64; 4] = [0.0, 11.0, 6.5, 3.5];
/// Half the side of the square that stands for a commune without outline.
const HALF_SQUARE: f64 = 13.0;

/// Draws the maps.
pub fn commune_map(title: &str, map: &CommuneMap) -> ChartResult {
    let said = ChartWords {
        title: title.to_owned(),
        table: table(title, map),
    };
    ChartLayout::page(0.0, 0.0).both(said, |sheet| draw(sheet, map))
}

/// From degrees to a panel: equirectangular around the middle latitude.
struct PanelFrame {
    west: f64,
    north: f64,
    scale: f64,
    shrink: f64,
    left: f64,
    height: f64,
}

impl PanelFrame {
    /// One frame for all panels: the same commune stands at the same place in each.
    fn new(map: &CommuneMap, width: f64) -> Self {
        let communes = map.panels.iter().flat_map(|p| &p.communes);
        let rings = communes.clone().flat_map(|c| c.rings.iter().flatten());
        let sites = map.panels.iter().flat_map(|p| &p.sites).map(|s| &s.at);
        let points: Vec<&MapPoint> = rings
            .chain(communes.map(|c| &c.centre))
            .chain(sites)
            .collect();
        let extent = |of: fn(&MapPoint) -> f64| {
            points
                .iter()
                .map(|p| of(p))
                .fold((f64::INFINITY, f64::NEG_INFINITY), |(l, h), v| {
                    (l.min(v), h.max(v))
                })
        };
        let ((west, east), (south, north)) = (extent(|p| p.east), extent(|p| p.north));
        let shrink = f64::midpoint(south, north).to_radians().cos();
        let (wide, tall) = (
            ((east - west) * shrink).max(0.02),
            (north - south).max(0.02),
        );
        let room = width - 2.0 * MARGIN;
        let scale = (room / wide).min(TALLEST / tall);
        Self {
            west,
            north,
            scale,
            shrink,
            left: MARGIN + (room - wide * scale) / 2.0,
            height: tall * scale + 2.0 * MARGIN,
        }
    }

    fn at(&self, point: MapPoint) -> (f64, f64) {
        (
            self.left + (point.east - self.west) * self.shrink * self.scale,
            MARGIN + (self.north - point.north) * self.scale,
        )
    }
}

fn ink(colour: plotters::style::RGBColor, bold: bool) -> Ink {
    Ink {
        size: SIZE,
        colour,
        bold,
    }
}

fn draw(sheet: ChartLayout, map: &CommuneMap) -> Canvas {
    let is_empty = map.panels.iter().all(|p| p.communes.is_empty());
    if is_empty {
        let mut canvas = Canvas::new(sheet.width, 60.0);
        canvas.text(
            "Aucune commune située",
            (0.0, 30.0),
            Anchor::Start,
            ink(SECONDARY, false),
        );
        return canvas;
    }
    let across = if sheet.above { 1 } else { map.panels.len() };
    let width = sheet.width / across as f64;
    let frame = PanelFrame::new(map, width);
    let tall = frame.height + KEY_LINE;
    let bottom = tall * map.panels.len().div_ceil(across) as f64;
    let words = key_lines(sheet.width, map);
    let lines: usize = words.iter().map(|w| w.1.len()).sum();
    let mut canvas = Canvas::new(sheet.width, bottom + 8.0 + KEY_LINE * lines as f64);
    for (rank, panel) in map.panels.iter().enumerate() {
        let corner = (
            (rank % across) as f64 * width,
            (rank / across) as f64 * tall,
        );
        draw_panel(&mut canvas, &frame, panel, corner, width);
    }
    draw_key(&mut canvas, &words, bottom + 8.0);
    canvas
}

fn draw_panel(
    canvas: &mut Canvas,
    frame: &PanelFrame,
    panel: &CommunePanel,
    corner: (f64, f64),
    width: f64,
) {
    let (left, top) = (corner.0, corner.1 + KEY_LINE);
    let at = |point: MapPoint| {
        let (x, y) = frame.at(point);
        (left + x, top + y)
    };
    canvas.text(
        &panel.heading,
        (left, corner.1 + 10.0),
        Anchor::Start,
        ink(INK, true),
    );
    for commune in &panel.communes {
        let rings: Vec<Vec<(f64, f64)>> = if commune.rings.is_empty() {
            vec![square(at(commune.centre))]
        } else {
            commune
                .rings
                .iter()
                .map(|ring| ring.iter().map(|p| at(*p)).collect())
                .collect()
        };
        for (from, to) in hatch_lines(&rings, GAPS[commune.shade.min(3)]) {
            canvas.line(from, to, 1.0, ACCENT);
        }
        for edge in rings.iter().flat_map(|ring| ring.windows(2)) {
            canvas.line(edge[0], edge[1], 1.0, MARK_GREY);
        }
    }
    let marks: Vec<(f64, f64)> = panel.sites.iter().map(|s| frame.at(s.at)).collect();
    let named: Vec<MappedSite> = panel.sites.iter().map(named).collect();
    let labels = label_boxes(&named, &marks, width);
    for ((site, mark), label) in panel.sites.iter().zip(&marks).zip(&labels) {
        let (mark, label_at) = (
            (left + mark.0, top + mark.1),
            (left + label.x, top + label.y),
        );
        if label.moved {
            canvas.line(mark, label_at, 0.75, MARK_GREY);
        }
        draw_mark(canvas, site.mark, mark);
        // Hatches would run through a word.
        canvas.rect(
            (label_at.0 - label.half - 1.0, label_at.1 - 8.0),
            (label_at.0 + label.half + 1.0, label_at.1 + 8.0),
            WHITE,
        );
        canvas.text(&site.code, label_at, Anchor::Middle, ink(INK, true));
    }
}

fn named(site: &MarkedSite) -> MappedSite {
    MappedSite {
        code: site.code.clone(),
        name: String::new(),
        at: site.at,
        filled: true,
        words: String::new(),
    }
}

fn square((x, y): (f64, f64)) -> Vec<(f64, f64)> {
    let h = HALF_SQUARE;
    vec![
        (x - h, y - h),
        (x + h, y - h),
        (x + h, y + h),
        (x - h, y + h),
        (x - h, y - h),
    ]
}

fn draw_mark(canvas: &mut Canvas, mark: SiteMark, (x, y): (f64, f64)) {
    let r = RADIUS;
    // A rim of white parts the mark from the hatches.
    match mark {
        SiteMark::Disc | SiteMark::Ring => canvas.disc((x, y), r + 2.0, WHITE, None),
        SiteMark::Square | SiteMark::Box => canvas.rect(
            (x - r - 2.0, y - r - 2.0),
            (x + r + 2.0, y + r + 2.0),
            WHITE,
        ),
    }
    match mark {
        SiteMark::Disc => canvas.disc((x, y), r, INK, None),
        SiteMark::Ring => canvas.disc((x, y), r, INK, Some(WHITE)),
        SiteMark::Square => canvas.rect((x - r, y - r), (x + r, y + r), INK),
        SiteMark::Box => {
            canvas.rect((x - r, y - r), (x + r, y + r), INK);
            canvas.rect(
                (x - r + 2.0, y - r + 2.0),
                (x + r - 2.0, y + r - 2.0),
                WHITE,
            );
        }
    }
}

/// What a line of the key shows.
enum KeyMark {
    Shade(usize),
    Site(SiteMark),
}

/// Lines of the key, wrapped.
fn key_lines(width: f64, map: &CommuneMap) -> Vec<(KeyMark, Vec<String>)> {
    let shades = map
        .shades
        .iter()
        .map(|(s, words)| (KeyMark::Shade(*s), words));
    let marks = map
        .marks
        .iter()
        .map(|(m, words)| (KeyMark::Site(*m), words));
    let all = shades.chain(marks);
    all.map(|(mark, words)| (mark, wrap(words, SIZE, width - 40.0)))
        .collect()
}

fn draw_key(canvas: &mut Canvas, lines: &[(KeyMark, Vec<String>)], top: f64) {
    let mut y = top + KEY_LINE / 2.0;
    for (mark, words) in lines {
        match mark {
            KeyMark::Site(mark) => draw_mark(canvas, *mark, (14.0, y)),
            KeyMark::Shade(shade) => {
                let ring = vec![
                    (2.0, y - 8.0),
                    (26.0, y - 8.0),
                    (26.0, y + 8.0),
                    (2.0, y + 8.0),
                    (2.0, y - 8.0),
                ];
                for (from, to) in hatch_lines(std::slice::from_ref(&ring), GAPS[(*shade).min(3)]) {
                    canvas.line(from, to, 1.0, ACCENT);
                }
                for edge in ring.windows(2) {
                    canvas.line(edge[0], edge[1], 1.0, MARK_GREY);
                }
            }
        }
        for line in words {
            canvas.text(line, (36.0, y), Anchor::Start, ink(SECONDARY, false));
            y += KEY_LINE;
        }
    }
}

fn table(title: &str, map: &CommuneMap) -> Table<Datum> {
    let rows = map
        .rows
        .iter()
        .map(|row| row.iter().map(Datum::words).collect());
    figures(title, map.headings.clone(), rows.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(east: f64, north: f64) -> MapPoint {
        MapPoint { east, north }
    }

    #[test]
    fn communes_are_drawn_with_and_without_outlines() {
        let ring = vec![at(0.8, 49.3), at(0.9, 49.3), at(0.9, 49.4), at(0.8, 49.3)];
        let commune = |rings, shade| ShadedCommune {
            name: "Tilleville".to_owned(),
            rings,
            centre: at(0.87, 49.33),
            shade,
        };
        let lines = |rings: Vec<Vec<MapPoint>>, shade| {
            let map = CommuneMap {
                panels: vec![CommunePanel {
                    heading: "Le 1er septembre".to_owned(),
                    communes: vec![commune(rings, shade)],
                    sites: Vec::new(),
                }],
                shades: vec![(shade, "un accueil".to_owned())],
                marks: vec![(SiteMark::Disc, "mercredi".to_owned())],
                headings: vec!["Commune".to_owned(), "Lecture".to_owned()],
                rows: vec![vec!["Tilleville".to_owned(), "un accueil".to_owned()]],
            };
            let drawn = commune_map("Une commune", &map).expect("drawn");
            drawn.svg.matches("<polyline").count()
        };
        // The denser the shade, the more lines.
        let counts: Vec<usize> = (0..4).map(|s| lines(vec![ring.clone()], s)).collect();
        assert!(counts.windows(2).all(|w| w[0] < w[1]), "{counts:?}");
        assert!(lines(Vec::new(), 3) > lines(Vec::new(), 0));
    }
}
