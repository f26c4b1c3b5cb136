//! What a sheet says of its columns, rows, merged areas and drawing: enough to mark its cells and to stand notes
//! beside them.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use super::cell_marks::{CellMark, INCOHERENT, Unmarkable};
use super::part_links::NameFamily;
use super::tag_places::{Edits, TagKind, each_tag};
use crate::base::diagnostics::CellRef;

/// Some columns of a sheet.
#[derive(Debug, Clone)]
pub(super) struct ColumnRun {
    /// Zero-based, the last one included.
    columns: std::ops::RangeInclusive<u32>,
    /// In pixels, 0 when hidden.
    width: u32,
    style: usize,
}

/// What a sheet says besides its cells.
#[derive(Debug, Default)]
pub(super) struct SheetOutline {
    columns: Vec<ColumnRun>,
    /// Heights in pixels of the rows that say one, 0 when hidden.
    heights: HashMap<u32, u32>,
    usual_height: u32,
    usual_width: u32,
    merged: Vec<(CellRef, CellRef)>,
    /// Link to the drawing that holds the frames of notes.
    pub(super) drawing: Option<String>,
}

/// Elements of a sheet that stand after the drawing of notes.
const AFTER: [&str; 9] = [
    "legacyDrawingHF",
    "drawingHF",
    "picture",
    "oleObjects",
    "controls",
    "webPublishItems",
    "tableParts",
    "extLst",
    "AlternateContent",
];

/// Excel's own sizes, in pixels.
const HEIGHT: u32 = 20;
const WIDTH: u32 = 64;

impl SheetOutline {
    /// Reads a sheet.
    pub(super) fn of(xml: &str) -> Result<Self, Unmarkable> {
        let mut outline = Self {
            usual_height: HEIGHT,
            usual_width: WIDTH,
            ..Self::default()
        };
        let mut row = 0_u32;
        each_tag(xml, |tag| {
            if tag.kind == TagKind::Closes {
                return Ok(());
            }
            let number = |name: &str| tag.raw(name).and_then(|v| v.parse::<f64>().ok());
            let is_on = |name: &str| tag.raw(name).is_some_and(|v| v == "1" || v == "true");
            match tag.local() {
                "sheetFormatPr" => {
                    let height = number("defaultRowHeight").map(pixels_high);
                    outline.usual_height = height.filter(|h| *h > 0).unwrap_or(HEIGHT);
                    let width = number("defaultColWidth").map(pixels_wide);
                    outline.usual_width = width.filter(|w| *w > 0).unwrap_or(WIDTH);
                }
                "col" => outline.columns.extend(column_run(
                    number("min"),
                    number("max"),
                    if is_on("hidden") {
                        Some(0.0)
                    } else {
                        number("width")
                    },
                    number("style"),
                )),
                "row" => {
                    let said = tag.raw("r").and_then(|r| r.parse::<u32>().ok());
                    row = said.unwrap_or(row + 1);
                    let height = number("ht").map(pixels_high);
                    let height = if is_on("hidden") { Some(0) } else { height };
                    if let Some(height) = height {
                        outline.heights.insert(row.saturating_sub(1), height);
                    }
                }
                "mergeCell" => outline.merged.extend(tag.raw("ref").and_then(area)),
                "legacyDrawing" => outline.drawing = tag.any("id").map(str::to_owned),
                _ => {}
            }
            Ok(())
        })?;
        Ok(outline)
    }

    /// Marks at the cells that show what areas hold; those of one area are one.
    pub(super) fn gathered(
        &self,
        marks: &BTreeMap<CellRef, CellMark>,
    ) -> BTreeMap<CellRef, CellMark> {
        let mut gathered: BTreeMap<CellRef, CellMark> = BTreeMap::new();
        for (at, mark) in marks {
            let covers = |(first, last): &&(CellRef, CellRef)| {
                (first.row..=last.row).contains(&at.row) && (first.col..=last.col).contains(&at.col)
            };
            let shown = self.merged.iter().find(covers).map_or(*at, |area| area.0);
            match gathered.get_mut(&shown) {
                None => {
                    gathered.insert(shown, mark.clone());
                }
                Some(known) => {
                    known.text = format!("{}\n{}", known.text, mark.text);
                    known.grave |= mark.grave;
                }
            }
        }
        gathered
    }

    /// The style that cells of a column bear when they say none.
    pub(super) fn column_style(&self, col: u32) -> usize {
        self.run(col).map_or(0, |run| run.style)
    }

    fn run(&self, col: u32) -> Option<&ColumnRun> {
        self.columns.iter().find(|run| run.columns.contains(&col))
    }

    /// In pixels, 0 when hidden.
    pub(super) fn width(&self, col: u32) -> u32 {
        self.run(col).map_or(self.usual_width, |run| run.width)
    }

    /// In pixels, 0 when hidden.
    pub(super) fn height(&self, row: u32) -> u32 {
        self.heights.get(&row).copied().unwrap_or(self.usual_height)
    }
}

fn column_run(
    first: Option<f64>,
    last: Option<f64>,
    width: Option<f64>,
    style: Option<f64>,
) -> Option<ColumnRun> {
    let column = |n: Option<f64>| Some((n? as u32).saturating_sub(1));
    Some(ColumnRun {
        columns: column(first)?..=column(last)?,
        width: width.map_or(WIDTH, pixels_wide),
        style: style.map_or(0, |s| s as usize),
    })
}

/// Of a height in points.
fn pixels_high(points: f64) -> u32 {
    (points * 4.0 / 3.0).round() as u32
}

/// Of a width in characters.
fn pixels_wide(characters: f64) -> u32 {
    if characters <= 0.0 {
        0
    } else {
        (characters * 7.0 + 5.0).round() as u32
    }
}

fn area(text: &str) -> Option<(CellRef, CellRef)> {
    let (first, last) = text.split_once(':')?;
    Some((first.parse().ok()?, last.parse().ok()?))
}

/// A sheet that shows the drawing of its notes, by the id of the link.
pub(super) fn with_drawing(xml: &str, family: NameFamily, id: &str) -> Result<String, Unmarkable> {
    let (mut after, mut end, mut prefix, mut links) = (None, None, String::new(), None);
    let (mut cells_seen, mut former): (bool, Option<Range<usize>>) = (false, None);
    each_tag(xml, |tag| {
        match (tag.depth, tag.kind) {
            (0, TagKind::Opens) => {
                tag.prefix().clone_into(&mut prefix);
                links = tag.prefix_of(family.relations());
            }
            (0, TagKind::Closes) => end = Some(tag.place.start),
            (1, TagKind::Opens | TagKind::Whole) => {
                if cells_seen && after.is_none() && AFTER.contains(&tag.local()) {
                    after = Some(tag.place.start);
                }
                cells_seen |= tag.local() == "sheetData";
                if tag.local() == "legacyDrawing" && tag.kind == TagKind::Whole {
                    former = Some(tag.place.clone());
                }
            }
            _ => {}
        }
        Ok(())
    })?;
    let (links, declared) = match links {
        Some(prefix) => (prefix, String::new()),
        None => (
            "r:".to_owned(),
            format!(" xmlns:r=\"{}\"", family.relations()),
        ),
    };
    let drawing = format!("<{prefix}legacyDrawing{declared} {links}id=\"{id}\"/>");
    let at = after.or(end).ok_or(INCOHERENT)?;
    let mut edits = Edits::default();
    // One that leads nowhere gives way.
    edits.replace(former.unwrap_or(at..at), drawing);
    Ok(edits.applied(xml))
}
