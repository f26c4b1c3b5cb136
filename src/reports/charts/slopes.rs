//! What moved on the territory? One slope per axe between two campaigns.

use super::canvas::{Anchor, Canvas, Ink};
use super::chart::{ChartResult, ChartWords, figures};
use super::chart_layout::ChartLayout;
use super::style::{ACCENT, INK, MARK_GREY, RULE, SECONDARY, WHITE, wrap};
use crate::base::tabular::Table;
use crate::base::text::{Datum, printed_level};

/// One axe between two campaigns.
#[derive(Debug, Clone, PartialEq)]
pub struct Slope {
    /// Axe, in full.
    pub label: String,
    /// Level before.
    pub before: f64,
    /// Level after.
    pub after: f64,
    /// Whether the change is said to be one; others are grey.
    pub emphasis: bool,
    /// What is said of it: « en hausse ».
    pub words: String,
}

/// Ends of the slopes on a page and on a phone.
const ENDS: (f64, f64) = (110.0, 330.0);
const NARROW_ENDS: (f64, f64) = (34.0, 110.0);
const TOP: f64 = 44.0;
const SIZE: f64 = 13.0;

/// The campaigns at both ends of the slopes.
#[derive(Debug, Clone, Copy)]
pub struct SlopeEnds<'a> {
    /// At the left.
    pub before: &'a str,
    /// At the right.
    pub after: &'a str,
}

/// Slope chart.
pub fn evolution(title: &str, ends: SlopeEnds, slopes: &[Slope]) -> ChartResult {
    let said = ChartWords {
        title: title.to_owned(),
        alt: alt(slopes),
        table: table(title, ends, slopes),
    };
    ChartLayout::page(ENDS.1, 0.0).both(said, |sheet| draw(sheet, ends, slopes))
}

fn draw(sheet: ChartLayout, ends: SlopeEnds, slopes: &[Slope]) -> Canvas {
    let (left, right) = if sheet.above { NARROW_ENDS } else { ENDS };
    let labels: Vec<Vec<String>> = slopes
        .iter()
        .map(|s| {
            let label = format!("{}  {} · {}", printed_level(s.after), s.label, s.words);
            wrap(&label, SIZE, sheet.width - right - 12.0)
        })
        .collect();
    let rooms: Vec<f64> = labels
        .iter()
        .map(|l| l.len() as f64 * SIZE * 1.25 + 3.0)
        .collect();
    let height = (rooms.iter().sum::<f64>() * 1.5).max(120.0);
    let (low, high) = bounds(slopes);
    let y = |v: f64| TOP + (high - v) / (high - low) * height;
    let single = vec![SIZE * 1.25 + 3.0; slopes.len()];
    let before: Vec<f64> = slopes.iter().map(|s| y(s.before)).collect();
    let after: Vec<f64> = slopes.iter().map(|s| y(s.after)).collect();
    let (before, after) = (spread(&before, &single), spread(&after, &rooms));
    let end = after.iter().zip(&rooms).map(|(y, r)| y + r / 2.0);
    let bottom = end.fold(TOP + height + 8.0, f64::max);
    let mut canvas = Canvas::new(sheet.width, bottom + 18.0);
    for (x, label, anchor) in [
        (left, ends.before, Anchor::Middle),
        (right, ends.after, Anchor::Middle),
    ] {
        let ink = Ink {
            size: SIZE,
            colour: SECONDARY,
            bold: true,
        };
        canvas.line((x, TOP - 8.0), (x, TOP + height + 8.0), 1.0, RULE);
        canvas.text(label, (x, TOP - 24.0), anchor, ink);
    }
    for (i, slope) in slopes.iter().enumerate() {
        let (colour, width) = if slope.emphasis {
            (ACCENT, 2.5)
        } else {
            (MARK_GREY, 1.25)
        };
        let (from, to) = ((left, y(slope.before)), (right, y(slope.after)));
        canvas.line(from, to, width, colour);
        canvas.disc(from, 4.5, colour, Some(WHITE));
        canvas.disc(to, 5.0, colour, None);
        let ink = Ink {
            size: SIZE,
            colour: INK,
            bold: slope.emphasis,
        };
        let value = printed_level(slope.before);
        canvas.text(&value, (left - 10.0, before[i]), Anchor::End, ink);
        canvas.lines(&labels[i], (right + 12.0, after[i]), Anchor::Start, ink);
    }
    canvas
}

/// Lowest and highest level drawn.
fn bounds(slopes: &[Slope]) -> (f64, f64) {
    let all = slopes.iter().flat_map(|s| [s.before, s.after]);
    let (low, high) = all.fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), v| {
        (a.min(v), b.max(v))
    });
    if low.is_finite() {
        (low - 0.1, high + 0.1)
    } else {
        (1.0, 4.0)
    }
}

fn alt(slopes: &[Slope]) -> String {
    let said: Vec<String> = slopes
        .iter()
        .map(|s| {
            format!(
                "{} : de {} à {}, {}",
                s.label,
                printed_level(s.before),
                printed_level(s.after),
                s.words
            )
        })
        .collect();
    if said.is_empty() {
        "Aucune donnée.".to_owned()
    } else {
        format!("{}.", said.join(" ; "))
    }
}

fn table(title: &str, ends: SlopeEnds, slopes: &[Slope]) -> Table<Datum> {
    let headers = ["Axe", ends.before, ends.after, "Lecture"]
        .map(str::to_owned)
        .to_vec();
    let rows = slopes
        .iter()
        .map(|s| {
            vec![
                Datum::words(&s.label),
                Datum::printed_level(s.before),
                Datum::printed_level(s.after),
                Datum::words(&s.words),
            ]
        })
        .collect();
    figures(title, headers, rows)
}

/// Heights pushed apart so that no label covers another, in the same order; each needs its room.
fn spread(wanted: &[f64], rooms: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    order.sort_by(|&a, &b| wanted[a].total_cmp(&wanted[b]).then(a.cmp(&b)));
    let mut placed = wanted.to_vec();
    for _ in 0..200 {
        for pair in order.windows(2) {
            let need = f64::midpoint(rooms[pair[0]], rooms[pair[1]]);
            let overlap = need - (placed[pair[1]] - placed[pair[0]]);
            if overlap > 0.01 {
                placed[pair[0]] -= overlap / 2.0;
                placed[pair[1]] += overlap / 2.0;
            }
        }
    }
    // The highest label stays under the names of the campaigns.
    let top = order.first().map_or(TOP, |&i| placed[i] - rooms[i] / 2.0);
    let push = (TOP - 10.0 - top).max(0.0);
    placed.iter().map(|y| y + push).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_never_overlap() {
        let placed = spread(&[100.0, 101.0, 101.0, 160.0], &[19.0, 36.0, 19.0, 19.0]);
        let mut sorted = placed.clone();
        sorted.sort_by(f64::total_cmp);
        assert!(sorted.windows(2).all(|w| w[1] - w[0] >= 18.5), "{placed:?}");
    }
}
