//! Do we see ourselves as others see us? Paired marks per critère, in the order given.

use super::canvas::{Anchor, Canvas, Ink};
use super::style::{ACCENT, INK, RULE, SECONDARY, WHITE, wrap};
use super::{ChartResult, Table};
use crate::text::decimal1;

/// One critère seen twice.
#[derive(Debug, Clone, PartialEq)]
pub struct Gap {
    /// Critère, in full.
    pub label: String,
    /// Self-assessment.
    pub own: f64,
    /// Observation.
    pub other: f64,
}

const WIDTH: f64 = 720.0;
const GUTTER: f64 = 300.0;
const RIGHT: f64 = 60.0;
const TOP: f64 = 30.0;
const SIZE: f64 = 13.0;

fn x(level: f64) -> f64 {
    GUTTER + (level.clamp(1.0, 4.0) - 1.0) / 3.0 * (WIDTH - GUTTER - RIGHT)
}

/// Draws the pairs.
pub fn gaps(title: &str, rows: &[Gap]) -> ChartResult {
    let labels: Vec<Vec<String>> = rows
        .iter()
        .map(|r| wrap(&r.label, SIZE, GUTTER - 16.0))
        .collect();
    let heights: Vec<f64> = labels
        .iter()
        .map(|l| (l.len() as f64 * SIZE * 1.25 + 10.0).max(30.0))
        .collect();
    let bottom = TOP + heights.iter().sum::<f64>();
    let mut canvas = Canvas::new(WIDTH, bottom + 36.0);
    let grey = Ink {
        size: 12.0,
        colour: SECONDARY,
        bold: false,
    };
    for level in 1..=4 {
        let at = x(f64::from(level));
        canvas.line((at, TOP - 6.0), (at, bottom), 1.0, RULE);
        canvas.text(&level.to_string(), (at, TOP - 16.0), Anchor::Middle, grey);
    }
    let mut y = TOP;
    for ((row, label), height) in rows.iter().zip(&labels).zip(&heights) {
        let middle = y + height / 2.0;
        canvas.lines(
            label,
            (0.0, middle),
            Anchor::Start,
            Ink {
                size: SIZE,
                colour: INK,
                bold: false,
            },
        );
        canvas.line((x(row.own), middle), (x(row.other), middle), 2.0, ACCENT);
        canvas.disc((x(row.own), middle), 5.5, ACCENT, Some(WHITE));
        canvas.disc((x(row.other), middle), 5.5, ACCENT, None);
        let gap = row.own - row.other;
        let sign = if gap > 0.0 { "+" } else { "" };
        let ink = Ink {
            size: SIZE,
            colour: INK,
            bold: true,
        };
        canvas.text(
            &format!("{sign}{}", decimal1(gap)),
            (WIDTH - RIGHT + 14.0, middle),
            Anchor::Start,
            ink,
        );
        y += height;
    }
    let key = bottom + 18.0;
    canvas.disc((GUTTER, key), 5.5, ACCENT, Some(WHITE));
    canvas.text(
        "regard de l’équipe",
        (GUTTER + 12.0, key),
        Anchor::Start,
        grey,
    );
    let left = GUTTER + 30.0 + super::style::width("regard de l’équipe", 12.0, false);
    canvas.disc((left, key), 5.5, ACCENT, None);
    canvas.text("regard extérieur", (left + 12.0, key), Anchor::Start, grey);
    let said: Vec<String> = rows
        .iter()
        .map(|r| {
            format!(
                "{} : équipe {}, observation {}",
                r.label,
                decimal1(r.own),
                decimal1(r.other)
            )
        })
        .collect();
    let headers = ["Critère", "Regard de l’équipe", "Regard extérieur", "Écart"]
        .map(str::to_owned)
        .to_vec();
    let table = rows
        .iter()
        .map(|r| {
            vec![
                r.label.clone(),
                decimal1(r.own),
                decimal1(r.other),
                decimal1(r.own - r.other),
            ]
        })
        .collect();
    canvas.finish(
        title,
        &format!("{}.", said.join(" ; ")),
        Table {
            headers,
            rows: table,
        },
    )
}
