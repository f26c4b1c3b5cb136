//! How did people answer? One bar to 100 % per question, modalities in order.

use plotters::style::RGBColor;

use super::canvas::{Anchor, Canvas, Ink};
use super::chart::{ChartResult, ChartWords, figures};
use super::chart_layout::{ChartLayout, Placed};
use super::style::{INK, SECONDARY, ink_over, shades, width};
use crate::base::tabular::Table;
use crate::base::text::{Datum, nbsp, percent};

/// What is known of the answers to a question.
#[derive(Debug, Clone, PartialEq)]
pub enum AnswerBar {
    /// A share 0..1 per modality, least favourable first.
    Shares(Vec<f64>),
    /// Words in place of the bar: masked.
    Words(String),
    /// Nearly everyone gave this modality, by position: « 90 % ou plus ».
    AtLeast(usize, String),
}

/// One question.
#[derive(Debug, Clone, PartialEq)]
pub struct AnswerRow {
    /// The question.
    pub label: String,
    /// Its answers.
    pub answers: AnswerBar,
    /// At the right: « n = 24 ».
    pub n: String,
    /// « Ne sait pas », apart: « nsp 4 % », or empty.
    pub nsp: String,
}

const GUTTER: f64 = 300.0;
const RIGHT: f64 = 84.0;
const SIZE: f64 = 13.0;
const TOP: f64 = 12.0;
/// Under this share the figure is not printed in its bar.
const PRINTED: f64 = 0.08;

/// Draws the bars; every row has the same modalities.
pub fn distribution(title: &str, modalities: &[String], rows: &[AnswerRow]) -> ChartResult {
    let said = ChartWords {
        title: title.to_owned(),
        alt: alt(modalities, rows),
        table: table(title, modalities, rows),
    };
    ChartLayout::page(GUTTER, RIGHT).both(said, |sheet| draw(sheet, modalities, rows))
}

fn draw(sheet: ChartLayout, modalities: &[String], rows: &[AnswerRow]) -> Canvas {
    let labels = rows.iter().map(|r| r.label.as_str());
    let placed = sheet.place(labels, SIZE, TOP, 34.0);
    let bottom = placed.end;
    let key = key_lines(modalities, sheet.width);
    let mut canvas = Canvas::new(sheet.width, bottom + 14.0 + 20.0 * key.len() as f64);
    for (row, place) in rows.iter().zip(&placed.rows) {
        draw_row(&mut canvas, sheet, row, place, modalities);
    }
    draw_key(&mut canvas, &key, bottom + 16.0);
    canvas
}

fn draw_row(
    canvas: &mut Canvas,
    sheet: ChartLayout,
    row: &AnswerRow,
    place: &Placed,
    modalities: &[String],
) {
    let y = place.y;
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
    place.label(canvas, ink);
    let left = if sheet.above { 0.0 } else { sheet.gutter };
    let room = sheet.width - left - sheet.right;
    match &row.answers {
        AnswerBar::Words(words) => canvas.text(words, (left, y), Anchor::Start, grey),
        AnswerBar::AtLeast(modality, words) => {
            let label = modalities.get(*modality).map_or("", String::as_str);
            let words = format!("« {label} » : {words}");
            canvas.text(&nbsp(&words), (left, y), Anchor::Start, grey);
        }
        AnswerBar::Shares(shares) => {
            let mut x = left;
            // Rounded parts may sum to 99 or 101 %: the bar is the whole all the same.
            let room = room / shares.iter().sum::<f64>().max(0.01);
            for (share, shade) in shares.iter().zip(shades(modalities.len())) {
                let end = x + share * room;
                canvas.rect((x, y - 11.0), ((end - 1.0).max(x), y + 11.0), shade);
                let text = percent(*share);
                let fits = width(&text, 12.0, true) + 2.0 <= end - x;
                if *share >= PRINTED - 1e-9 && fits {
                    let ink = Ink {
                        size: 12.0,
                        colour: ink_over(shade),
                        bold: true,
                    };
                    canvas.text(&text, (f64::midpoint(x, end), y), Anchor::Middle, ink);
                }
                x = end;
            }
        }
    }
    let right = vec![row.n.clone(), row.nsp.clone()];
    let right: Vec<String> = right.into_iter().filter(|t| !t.is_empty()).collect();
    canvas.lines(
        &right,
        (sheet.width - sheet.right + 12.0, y),
        Anchor::Start,
        grey,
    );
}

/// The key wraps like a text: long modalities go to the next line.
fn key_lines(modalities: &[String], room: f64) -> Vec<Vec<(RGBColor, String)>> {
    let mut lines: Vec<Vec<(RGBColor, String)>> = vec![Vec::new()];
    let mut used = 0.0;
    for (label, shade) in modalities.iter().zip(shades(modalities.len())) {
        let need = 40.0 + width(label, 12.0, false);
        if used + need > room && used > 0.0 {
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

fn draw_key(canvas: &mut Canvas, lines: &[Vec<(RGBColor, String)>], top: f64) {
    let ink = Ink {
        size: 12.0,
        colour: SECONDARY,
        bold: false,
    };
    for (i, line) in lines.iter().enumerate() {
        let (mut x, y) = (0.0, top + 20.0 * i as f64);
        for (shade, label) in line {
            canvas.rect((x, y - 7.0), (x + 16.0, y + 7.0), *shade);
            canvas.text(label, (x + 22.0, y), Anchor::Start, ink);
            x += 40.0 + width(label, 12.0, false);
        }
    }
}

fn alt(modalities: &[String], rows: &[AnswerRow]) -> String {
    let said: Vec<String> = rows
        .iter()
        .map(|r| match &r.answers {
            AnswerBar::Words(words) => format!("{} : {words}", r.label),
            AnswerBar::AtLeast(modality, words) => {
                let label = modalities.get(*modality).map_or("", String::as_str);
                format!("{} : « {label} », {words}", r.label)
            }
            AnswerBar::Shares(shares) => {
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

fn table(title: &str, modalities: &[String], rows: &[AnswerRow]) -> Table<Datum> {
    let mut headers = vec!["Question".to_owned()];
    headers.extend(modalities.iter().cloned());
    headers.extend(["Ne sait pas", "Réponses"].map(str::to_owned));
    let rows = rows
        .iter()
        .map(|r| {
            let mut row = vec![Datum::words(&r.label)];
            match &r.answers {
                AnswerBar::Shares(shares) => row.extend(shares.iter().map(|s| Datum::share(*s))),
                AnswerBar::Words(words) => {
                    row.push(Datum::words(words));
                    row.extend(vec![Datum::none(); modalities.len().saturating_sub(1)]);
                }
                AnswerBar::AtLeast(modality, words) => {
                    row.extend((0..modalities.len()).map(|m| {
                        if m == *modality {
                            Datum::words(words)
                        } else {
                            Datum::none()
                        }
                    }));
                }
            }
            // The heading says what the mark at the right of a bar has to repeat.
            let bare = |text: &str, mark: &str| match text.strip_prefix(mark) {
                _ if text.is_empty() => Datum::none(),
                stripped => Datum::words(stripped.unwrap_or(text).trim()),
            };
            row.extend([bare(&r.nsp, "nsp"), bare(&r.n, "n =")]);
            row
        })
        .collect();
    figures(title, headers, rows)
}
