//! Who hangs on whom: boxes under each other, each set back under the one it hangs on, the instances that it sits in as
//! marks at the right (named in the box on a phone). Nothing is said by colour: a dotted box is a post that nobody holds.

use super::canvas::{Anchor, Canvas, Ink};
use super::chart::{ChartResult, ChartWords, figures};
use super::chart_layout::ChartLayout;
use super::style::{ACCENT, INK, MARK_GREY, RULE, SECONDARY, SMALL, WHITE, wrap};
use crate::base::tabular::Table;
use crate::base::text::Datum;

/// A box.
#[derive(Debug, Clone, PartialEq)]
pub struct OrganisationBox {
    /// What it is called.
    pub title: String,
    /// Small words under it; may be empty.
    pub note: String,
    /// How many boxes are above it.
    pub depth: usize,
    /// What it hangs on, in words.
    pub above: String,
    /// Whether nobody holds it.
    pub is_vacant: bool,
    /// Ranks of the instances that it sits in.
    pub instances: Vec<usize>,
}

const SIZE: f64 = 13.0;
const TOP: f64 = 14.0;
const STEP: f64 = 26.0;
/// Width of the edge of a box.
const EDGE: f64 = 1.25;
const PAD: f64 = 8.0;
const GAP: f64 = 9.0;
/// Width of a column of marks.
const COLUMN: f64 = 74.0;

/// Draws the boxes.
pub fn organisation(title: &str, boxes: &[OrganisationBox], instances: &[&str]) -> ChartResult {
    let said = ChartWords {
        title: title.to_owned(),
        table: table(title, boxes, instances),
    };
    let right = COLUMN * instances.len() as f64;
    ChartLayout::page(0.0, right).both(said, |sheet| draw(sheet, boxes, instances))
}

/// A box where it stands.
struct Laid {
    left: f64,
    top: f64,
    bottom: f64,
    lines: Vec<String>,
    notes: Vec<String>,
}

fn draw(sheet: ChartLayout, boxes: &[OrganisationBox], instances: &[&str]) -> Canvas {
    let right = if sheet.above {
        sheet.width - 4.0
    } else {
        sheet.width - sheet.right - 12.0
    };
    let heads: Vec<Vec<String>> = instances
        .iter()
        .map(|name| wrap(name, SMALL, COLUMN - 8.0))
        .collect();
    let deepest = heads.iter().map(Vec::len).max().unwrap_or(0);
    let head = if sheet.above || instances.is_empty() {
        0.0
    } else {
        deepest as f64 * SMALL * 1.25 + 8.0
    };
    let seats = if sheet.above { instances } else { &[] };
    let laid = lay(boxes, seats, right, TOP + head);
    let bottom = laid.last().map_or(TOP + head, |own| own.bottom);
    let mut canvas = Canvas::new(sheet.width, bottom + GAP + 6.0);
    if head > 0.0 {
        columns(&mut canvas, sheet, &heads, (TOP, TOP + head, bottom));
    }
    elbows(&mut canvas, boxes, &laid);
    for (own, place) in boxes.iter().zip(&laid) {
        draw_box(&mut canvas, own, place, right);
        if head > 0.0 {
            marks(&mut canvas, sheet, own, place);
        }
    }
    canvas
}

/// Boxes under each other from `y`; the instances that are named in them, where no column has them.
fn lay(boxes: &[OrganisationBox], seats: &[&str], right: f64, mut y: f64) -> Vec<Laid> {
    let mut laid = Vec::new();
    for own in boxes {
        let left = 4.0 + STEP * own.depth as f64;
        let room = right - left - 2.0 * PAD;
        let lines = wrap(&own.title, SIZE, room);
        let note = noted(own, seats);
        let notes = if note.is_empty() {
            Vec::new()
        } else {
            wrap(&note, SMALL, room)
        };
        let height =
            2.0 * PAD + lines.len() as f64 * SIZE * 1.25 + notes.len() as f64 * SMALL * 1.25;
        laid.push(Laid {
            left,
            top: y,
            bottom: y + height,
            lines,
            notes,
        });
        y += height + GAP;
    }
    laid
}

/// Small words of a box, with where it sits.
fn noted(own: &OrganisationBox, seats: &[&str]) -> String {
    let names = own.instances.iter().filter_map(|i| seats.get(*i).copied());
    let names: Vec<&str> = names.collect();
    let seats = if names.is_empty() {
        String::new()
    } else {
        format!("Siège : {}", names.join(", "))
    };
    let told = [own.note.clone(), seats].into_iter();
    let told: Vec<String> = told.filter(|t| !t.is_empty()).collect();
    told.join(" · ")
}

/// A disc under each instance that it sits in.
fn marks(canvas: &mut Canvas, sheet: ChartLayout, own: &OrganisationBox, place: &Laid) {
    for rank in &own.instances {
        let middle = f64::midpoint(place.top, place.bottom);
        canvas.disc((column(sheet, *rank), middle), 5.5, ACCENT, None);
    }
}

fn column(sheet: ChartLayout, rank: usize) -> f64 {
    sheet.width - sheet.right + COLUMN * (rank as f64 + 0.5)
}

/// Names of the instances over thin lines.
fn columns(
    canvas: &mut Canvas,
    sheet: ChartLayout,
    heads: &[Vec<String>],
    (top, from, to): (f64, f64, f64),
) {
    let ink = Ink {
        size: SMALL,
        colour: SECONDARY,
        bold: false,
    };
    for (rank, lines) in heads.iter().enumerate() {
        let x = column(sheet, rank);
        let middle = top + (lines.len() as f64 * SMALL * 1.25) / 2.0;
        canvas.lines(lines, (x, middle), Anchor::Middle, ink);
        canvas.line((x, from), (x, to), 0.75, RULE);
    }
}

/// From a box to those that hang on it.
fn elbows(canvas: &mut Canvas, boxes: &[OrganisationBox], laid: &[Laid]) {
    for (i, own) in boxes.iter().enumerate().filter(|(_, b)| b.depth > 0) {
        let Some(above) = (0..i).rev().find(|j| boxes[*j].depth < own.depth) else {
            continue;
        };
        let x = laid[above].left + STEP / 2.0;
        let y = f64::midpoint(laid[i].top, laid[i].bottom);
        canvas.line((x, laid[above].bottom), (x, y), 1.25, MARK_GREY);
        canvas.line((x, y), (laid[i].left, y), 1.25, MARK_GREY);
    }
}

fn draw_box(canvas: &mut Canvas, own: &OrganisationBox, place: &Laid, right: f64) {
    let (from, to) = ((place.left, place.top), (right, place.bottom));
    draw_frame(canvas, from, to, own.is_vacant);
    let ink = Ink {
        size: SIZE,
        colour: INK,
        bold: true,
    };
    let height = place.lines.len() as f64 * SIZE * 1.25;
    let x = place.left + PAD;
    canvas.lines(
        &place.lines,
        (x, place.top + PAD + height / 2.0),
        Anchor::Start,
        ink,
    );
    let small = Ink {
        size: SMALL,
        colour: SECONDARY,
        bold: false,
    };
    let notes = place.notes.len() as f64 * SMALL * 1.25;
    canvas.lines(
        &place.notes,
        (x, place.top + PAD + height + notes / 2.0),
        Anchor::Start,
        small,
    );
}

/// The edge of a box: a surface within another, not four rules, which readers of the file would take for a table; dots
/// where nobody holds it.
fn draw_frame(canvas: &mut Canvas, from: (f64, f64), to: (f64, f64), is_vacant: bool) {
    if !is_vacant {
        canvas.rect(from, to, MARK_GREY);
        let inside = (from.0 + EDGE, from.1 + EDGE);
        canvas.rect(inside, (to.0 - EDGE, to.1 - EDGE), WHITE);
        return;
    }
    canvas.rect(from, to, WHITE);
    let corners = [from, (to.0, from.1), to, (from.0, to.1)];
    for (a, b) in corners.iter().zip(corners.iter().cycle().skip(1)) {
        dotted(canvas, *a, *b);
    }
}

/// The library draws no dashes.
fn dotted(canvas: &mut Canvas, from: (f64, f64), to: (f64, f64)) {
    let length = (to.0 - from.0).abs() + (to.1 - from.1).abs();
    let steps = (length / 6.0).ceil().max(1.0);
    let at = |t: f64| (from.0 + (to.0 - from.0) * t, from.1 + (to.1 - from.1) * t);
    let mut step = 0.0;
    while step < steps {
        canvas.line(
            at(step / steps),
            at(((step + 0.5) / steps).min(1.0)),
            1.25,
            MARK_GREY,
        );
        step += 1.0;
    }
}

fn table(title: &str, boxes: &[OrganisationBox], instances: &[&str]) -> Table<Datum> {
    let headers = ["Fonction", "Rattachée à", "Siège dans", "À noter"]
        .map(str::to_owned)
        .to_vec();
    let rows = boxes.iter().map(|own| {
        let seats: Vec<&str> = own
            .instances
            .iter()
            .filter_map(|i| instances.get(*i).copied())
            .collect();
        let or_none = |text: String| {
            if text.is_empty() {
                Datum::none()
            } else {
                Datum::words(text)
            }
        };
        vec![
            Datum::words(&own.title),
            or_none(own.above.clone()),
            or_none(seats.join(", ")),
            or_none(own.note.clone()),
        ]
    });
    figures(title, headers, rows.collect())
}
