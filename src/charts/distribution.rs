//! How did people answer? One bar to 100 % per question, modalities in order.

use super::canvas::{Anchor, Canvas, Ink};
use super::style::{INK, LEVELS, SECONDARY, ink_on, shades, width, wrap};
use super::{ChartResult, Table};
use crate::text::percent;

/// What is known of the answers to a question.
#[derive(Debug, Clone, PartialEq)]
pub enum Answers {
    /// A share 0..1 per modality, least favourable first.
    Shares(Vec<f64>),
    /// Words in place of the bar: masked, or unanimous.
    Words(String),
}

/// One question.
#[derive(Debug, Clone, PartialEq)]
pub struct AnswerRow {
    /// The question.
    pub label: String,
    /// Its answers.
    pub answers: Answers,
    /// At the right: « n = 24 ».
    pub n: String,
    /// « Ne sait pas », apart: « nsp 4 % », or empty.
    pub nsp: String,
}

const WIDTH: f64 = 720.0;
const GUTTER: f64 = 300.0;
const RIGHT: f64 = 84.0;
const SIZE: f64 = 13.0;
const TOP: f64 = 12.0;
/// Under this share the figure does not fit in its bar.
const PRINTED: f64 = 0.08;

/// Draws the bars; every row has the same modalities.
pub fn distribution(title: &str, modalities: &[String], rows: &[AnswerRow]) -> ChartResult {
    let labels: Vec<Vec<String>> = rows
        .iter()
        .map(|r| wrap(&r.label, SIZE, GUTTER - 16.0))
        .collect();
    let heights: Vec<f64> = labels
        .iter()
        .map(|l| (l.len() as f64 * SIZE * 1.25 + 14.0).max(40.0))
        .collect();
    let key = key_lines(modalities);
    let bottom = TOP + heights.iter().sum::<f64>();
    let mut canvas = Canvas::new(WIDTH, bottom + 14.0 + 20.0 * key.len() as f64);
    let mut y = TOP;
    for ((row, label), height) in rows.iter().zip(&labels).zip(&heights) {
        draw_row(&mut canvas, row, label, y + height / 2.0, modalities.len());
        y += height;
    }
    draw_key(&mut canvas, &key, bottom + 16.0);
    canvas.finish(title, &alt(modalities, rows), table(modalities, rows))
}

fn draw_row(canvas: &mut Canvas, row: &AnswerRow, label: &[String], y: f64, n: usize) {
    let ink = Ink {
        size: SIZE,
        colour: INK,
        bold: false,
    };
    let grey = Ink {
        colour: SECONDARY,
        size: 12.0,
        ..ink
    };
    canvas.lines(label, (0.0, y), Anchor::Start, ink);
    let room = WIDTH - GUTTER - RIGHT;
    match &row.answers {
        Answers::Words(words) => canvas.text(words, (GUTTER, y), Anchor::Start, grey),
        Answers::Shares(shares) => {
            let mut x = GUTTER;
            for (share, shade) in shares.iter().zip(shades(n)) {
                let end = x + share * room;
                canvas.rect((x, y - 11.0), ((end - 1.0).max(x), y + 11.0), LEVELS[shade]);
                if *share >= PRINTED - 1e-9 {
                    let ink = Ink {
                        size: 12.0,
                        colour: ink_on(shade),
                        bold: true,
                    };
                    canvas.text(
                        &percent(*share),
                        (f64::midpoint(x, end), y),
                        Anchor::Middle,
                        ink,
                    );
                }
                x = end;
            }
        }
    }
    let right = vec![row.n.clone(), row.nsp.clone()];
    let right: Vec<String> = right.into_iter().filter(|t| !t.is_empty()).collect();
    canvas.lines(&right, (WIDTH - RIGHT + 12.0, y), Anchor::Start, grey);
}

/// The key wraps like a text: long modalities go to the next line.
fn key_lines(modalities: &[String]) -> Vec<Vec<(usize, String)>> {
    let mut lines: Vec<Vec<(usize, String)>> = vec![Vec::new()];
    let mut used = 0.0;
    for (label, shade) in modalities.iter().zip(shades(modalities.len())) {
        let need = 40.0 + width(label, 12.0, false);
        if used + need > WIDTH && used > 0.0 {
            lines.push(Vec::new());
            used = 0.0;
        }
        used += need;
        if let Some(line) = lines.last_mut() {
            line.push((shade, label.clone()));
        }
    }
    lines
}

fn draw_key(canvas: &mut Canvas, lines: &[Vec<(usize, String)>], top: f64) {
    let ink = Ink {
        size: 12.0,
        colour: SECONDARY,
        bold: false,
    };
    for (i, line) in lines.iter().enumerate() {
        let (mut x, y) = (0.0, top + 20.0 * i as f64);
        for (shade, label) in line {
            canvas.rect((x, y - 7.0), (x + 16.0, y + 7.0), LEVELS[*shade]);
            canvas.text(label, (x + 22.0, y), Anchor::Start, ink);
            x += 40.0 + width(label, 12.0, false);
        }
    }
}

fn alt(modalities: &[String], rows: &[AnswerRow]) -> String {
    let said: Vec<String> = rows
        .iter()
        .map(|r| match &r.answers {
            Answers::Words(words) => format!("{} : {words}", r.label),
            Answers::Shares(shares) => {
                let parts: Vec<String> = modalities
                    .iter()
                    .zip(shares)
                    .rev()
                    .filter(|(_, s)| **s > 0.0)
                    .map(|(m, s)| format!("{m} {}", percent(*s)))
                    .collect();
                format!("{} : {} ({})", r.label, parts.join(", "), r.n)
            }
        })
        .collect();
    format!("{}.", said.join(" ; "))
}

fn table(modalities: &[String], rows: &[AnswerRow]) -> Table {
    let mut headers = vec!["Question".to_owned()];
    headers.extend(modalities.iter().cloned());
    headers.extend(["Ne sait pas", "Réponses"].map(str::to_owned));
    let rows = rows
        .iter()
        .map(|r| {
            let mut row = vec![r.label.clone()];
            match &r.answers {
                Answers::Shares(shares) => row.extend(shares.iter().map(|s| percent(*s))),
                Answers::Words(words) => {
                    row.push(words.clone());
                    row.extend(vec!["–".to_owned(); modalities.len().saturating_sub(1)]);
                }
            }
            row.push(if r.nsp.is_empty() {
                "–".to_owned()
            } else {
                r.nsp.clone()
            });
            row.push(if r.n.is_empty() {
                "–".to_owned()
            } else {
                r.n.clone()
            });
            row
        })
        .collect();
    Table { headers, rows }
}
