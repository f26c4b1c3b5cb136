//! What moved on the territory? One slope per axe between two campaigns.

use super::canvas::{Anchor, Canvas, Ink};
use super::style::{ACCENT, INK, MARK_GREY, RULE, SECONDARY, WHITE};
use super::{ChartResult, Table};
use crate::text::decimal1;

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
    /// What is said of it: « en progrès ».
    pub words: String,
}

const WIDTH: f64 = 720.0;
const LEFT: f64 = 110.0;
const RIGHT: f64 = 330.0;
const TOP: f64 = 44.0;
const GAP: f64 = 19.0;

/// Slope chart; `campaigns` labels both ends.
pub fn evolution(title: &str, campaigns: (&str, &str), slopes: &[Slope]) -> ChartResult {
    let all = slopes.iter().flat_map(|s| [s.before, s.after]);
    let (low, high) = all.fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), v| {
        (a.min(v), b.max(v))
    });
    let (low, high) = if low.is_finite() {
        (low - 0.1, high + 0.1)
    } else {
        (1.0, 4.0)
    };
    let height = (slopes.len() as f64 * GAP * 1.7).max(120.0);
    let y = |v: f64| TOP + (high - v) / (high - low) * height;
    let mut canvas = Canvas::new(WIDTH, TOP + height + 26.0);
    let ink = Ink {
        size: 13.0,
        colour: SECONDARY,
        bold: true,
    };
    for (x, label, anchor) in [
        (LEFT, campaigns.0, Anchor::End),
        (RIGHT, campaigns.1, Anchor::Start),
    ] {
        canvas.line((x, TOP - 8.0), (x, TOP + height + 8.0), 1.0, RULE);
        canvas.text(label, (x, TOP - 24.0), anchor, ink);
    }
    let left = spread(&slopes.iter().map(|s| y(s.before)).collect::<Vec<_>>());
    let right = spread(&slopes.iter().map(|s| y(s.after)).collect::<Vec<_>>());
    for (i, slope) in slopes.iter().enumerate() {
        let colour = if slope.emphasis { ACCENT } else { MARK_GREY };
        let width = if slope.emphasis { 2.5 } else { 1.25 };
        canvas.line(
            (LEFT, y(slope.before)),
            (RIGHT, y(slope.after)),
            width,
            colour,
        );
        canvas.disc((LEFT, y(slope.before)), 4.5, colour, Some(WHITE));
        canvas.disc((RIGHT, y(slope.after)), 5.0, colour, None);
        let ink = Ink {
            size: 13.0,
            colour: INK,
            bold: slope.emphasis,
        };
        canvas.text(
            &decimal1(slope.before),
            (LEFT - 12.0, left[i]),
            Anchor::End,
            ink,
        );
        let label = format!(
            "{}  {} · {}",
            decimal1(slope.after),
            slope.label,
            slope.words
        );
        canvas.text(&label, (RIGHT + 12.0, right[i]), Anchor::Start, ink);
    }
    let said: Vec<String> = slopes
        .iter()
        .map(|s| {
            format!(
                "{} : de {} à {}, {}",
                s.label,
                decimal1(s.before),
                decimal1(s.after),
                s.words
            )
        })
        .collect();
    let alt = if said.is_empty() {
        "Aucune donnée.".to_owned()
    } else {
        format!("{}.", said.join(" ; "))
    };
    let headers = ["Axe", campaigns.0, campaigns.1, "Lecture"]
        .map(str::to_owned)
        .to_vec();
    let rows = slopes
        .iter()
        .map(|s| {
            vec![
                s.label.clone(),
                decimal1(s.before),
                decimal1(s.after),
                s.words.clone(),
            ]
        })
        .collect();
    canvas.finish(title, &alt, Table { headers, rows })
}

/// Heights pushed apart so that no label covers another, in the same order.
fn spread(wanted: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    order.sort_by(|&a, &b| wanted[a].total_cmp(&wanted[b]).then(a.cmp(&b)));
    let mut placed = wanted.to_vec();
    for _ in 0..100 {
        for pair in order.windows(2) {
            let overlap = GAP - (placed[pair[1]] - placed[pair[0]]);
            if overlap > 0.01 {
                placed[pair[0]] -= overlap / 2.0;
                placed[pair[1]] += overlap / 2.0;
            }
        }
    }
    placed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_never_overlap() {
        let placed = spread(&[100.0, 101.0, 101.0, 160.0]);
        let mut sorted = placed.clone();
        sorted.sort_by(f64::total_cmp);
        assert!(
            sorted.windows(2).all(|w| w[1] - w[0] >= GAP - 0.5),
            "{placed:?}"
        );
    }
}
