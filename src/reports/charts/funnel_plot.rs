//! Are centres really different? Means against the number of answers, inside the limits that
//! chance allows; only what is outside 99.8 % is marked.

use super::canvas::{Anchor, Canvas, Ink};
use super::chart::{ChartResult, ChartWords, figures};
use super::chart_layout::ChartLayout;
use super::style::{ACCENT, INK, RULE, SECONDARY, SMALL, WHITE};
use crate::base::text::{Datum, count, decimal1, decimals, nbsp};

/// A centre.
#[derive(Debug, Clone, PartialEq)]
pub struct FunnelPoint {
    /// Code.
    pub label: String,
    /// Answers.
    pub n: usize,
    /// Mean level 1..4.
    pub value: f64,
    /// Outside 99.8 %.
    pub outside: bool,
    /// The same in words.
    pub note: String,
}

/// What a funnel shows.
pub struct FunnelPlot<'a> {
    /// Mean of all answers.
    pub target: f64,
    /// Centres by code.
    pub points: Vec<FunnelPoint>,
    /// Limits at 0.1, 2.5, 97.5 and 99.9 % for a number of answers.
    pub limits: &'a dyn Fn(usize) -> [f64; 4],
    /// Whether centres differ by more than chance as a whole: the limits are widened by it.
    pub widened: bool,
}

const LEFT: f64 = 60.0;
const TOP: f64 = 30.0;
const HEIGHT: f64 = 320.0;

/// Draws a funnel; its title is the sentence that forbids a ranking.
pub fn funnel(data: &FunnelPlot) -> ChartResult {
    let outside = data.points.iter().filter(|p| p.outside).count();
    let title = match outside {
        0 => "Aucun accueil ne sort de ce que le hasard permet".to_owned(),
        n => format!(
            "{} de ce que le hasard permet",
            count(n, "accueil sort", "accueils sortent")
        ),
    };
    let headings = ["Accueil", "Réponses", "Moyenne", "Lecture"];
    let rows = data.points.iter().map(|p| {
        vec![
            Datum::words(&p.label),
            Datum::count(p.n),
            Datum::level(p.value),
            Datum::words(&p.note),
        ]
    });
    let table = figures(&title, headings.map(str::to_owned).to_vec(), rows.collect());
    let said = ChartWords { title, table };
    ChartLayout::page(LEFT, 30.0).both(said, |sheet| draw(sheet, data))
}

/// From answers and levels to the drawing.
struct FunnelScale {
    sheet: ChartLayout,
    most: f64,
    low: f64,
    high: f64,
}

impl FunnelScale {
    fn at(&self, n: f64, level: f64) -> (f64, f64) {
        let room = self.sheet.width - LEFT - self.sheet.right;
        let x = LEFT + n / self.most * room;
        let y = TOP + (self.high - level) / (self.high - self.low) * HEIGHT;
        (x, y.clamp(TOP, TOP + HEIGHT))
    }
}

fn draw(sheet: ChartLayout, data: &FunnelPlot) -> Canvas {
    let most = data.points.iter().map(|p| p.n).max().unwrap_or(1);
    let values = || data.points.iter().map(|p| p.value);
    let first = (data.limits)(4);
    let frame = FunnelScale {
        sheet,
        most: most as f64 * 1.1,
        low: values().fold(first[0], f64::min).max(1.0) - 0.05,
        high: values().fold(first[3], f64::max).min(4.0) + 0.05,
    };
    let mut canvas = Canvas::new(sheet.width, TOP + HEIGHT + 68.0);
    axes(&mut canvas, &frame, most);
    let target = data.target;
    canvas.line(
        frame.at(0.0, target),
        frame.at(frame.most, target),
        1.5,
        INK,
    );
    for (k, colour, width) in [
        (0, SECONDARY, 1.5),
        (1, RULE, 1.5),
        (2, RULE, 1.5),
        (3, SECONDARY, 1.5),
    ] {
        for n in 2..(frame.most as usize) {
            let (a, b) = ((data.limits)(n)[k], (data.limits)(n + 1)[k]);
            canvas.line(
                frame.at(n as f64, a),
                frame.at((n + 1) as f64, b),
                width,
                colour,
            );
        }
    }
    points(&mut canvas, &frame, data);
    let ink = Ink {
        size: SMALL,
        colour: SECONDARY,
        bold: false,
    };
    let under = (LEFT, TOP + HEIGHT + 40.0);
    canvas.text(
        if data.widened {
            "trait : moyenne ; clair : 95 % ; foncé : 99,8 %, limites élargies"
        } else {
            "trait : moyenne ; clair : 95 % ; foncé : 99,8 %"
        },
        under,
        Anchor::Start,
        ink,
    );
    canvas.text(
        &nbsp(&format!(
            "Moyenne de toutes les réponses : {}. Ce dessin n’est pas un classement.",
            decimals(data.target, 2)
        )),
        (under.0, under.1 + 18.0),
        Anchor::Start,
        ink,
    );
    canvas
}

fn axes(canvas: &mut Canvas, frame: &FunnelScale, most: usize) {
    let ink = Ink {
        size: SMALL,
        colour: SECONDARY,
        bold: false,
    };
    let steps = [5, 10, 20, 50, 100, 200, 500, 1000, 5000];
    let step = steps.into_iter().find(|s| most <= s * 6).unwrap_or(10_000);
    for n in (0..=most).step_by(step) {
        let (x, y) = frame.at(n as f64, frame.low);
        canvas.text(&n.to_string(), (x, y + 14.0), Anchor::Middle, ink);
    }
    let (x, y) = frame.at(frame.most, frame.low);
    canvas.text("réponses", (x, y + 14.0), Anchor::End, ink);
    let mut level = (frame.low * 2.0).ceil() / 2.0;
    while level <= frame.high {
        let (from, to) = (frame.at(0.0, level), frame.at(frame.most, level));
        canvas.line(from, to, 0.5, RULE);
        canvas.text(&decimal1(level), (from.0 - 8.0, from.1), Anchor::End, ink);
        level += 0.5;
    }
}

/// Labels are nudged so that none covers another.
fn points(canvas: &mut Canvas, frame: &FunnelScale, data: &FunnelPlot) {
    let mut placed: Vec<(f64, f64)> = Vec::new();
    for point in &data.points {
        let (x, y) = frame.at(point.n as f64, point.value);
        canvas.disc((x, y), 5.0, ACCENT, (!point.outside).then_some(WHITE));
        let mut spot = (x + 9.0, y);
        while placed
            .iter()
            .any(|p| (p.0 - spot.0).abs() < 30.0 && (p.1 - spot.1).abs() < 12.0)
        {
            spot.1 += 12.0;
        }
        placed.push(spot);
        let ink = Ink {
            size: SMALL,
            colour: INK,
            bold: point.outside,
        };
        canvas.text(&point.label, spot, Anchor::Start, ink);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_title_says_what_may_be_concluded() {
        let point = |label: &str, value: f64, outside: bool| FunnelPoint {
            label: label.into(),
            n: 20,
            value,
            outside,
            note: String::new(),
        };
        let drawn = |points| {
            funnel(&FunnelPlot {
                target: 3.0,
                points,
                widened: false,
                limits: &|n| {
                    let half = 2.0 / (n as f64).sqrt();
                    [3.0 - half, 3.0 - half / 2.0, 3.0 + half / 2.0, 3.0 + half]
                },
            })
            .expect("drawn")
        };
        let none = drawn(vec![point("R01", 3.1, false)]);
        assert!(none.title.starts_with("Aucun accueil"));
        let one = drawn(vec![point("R01", 2.0, true), point("R02", 3.0, false)]);
        assert!(one.title.starts_with("1\u{a0}accueil sort"));
        assert!(one.svg.contains("pas un classement"));
        assert_eq!(one.table.rows.len(), 2);
    }
}
