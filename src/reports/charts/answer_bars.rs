//! How did people answer? One bar to 100 % per question, modalities in order.

use plotters::style::RGBColor;

use super::canvas::{Anchor, Canvas, Ink};
use super::chart::{ChartResult, ChartWords, figures};
use super::chart_layout::{ChartLayout, Placed};
use super::style::{INK, SECONDARY, SMALL, ink_over, shades, width};
use crate::base::tabular::Table;
use crate::base::text::{Datum, nbsp, percent};

/// What is known of the answers to a question.
#[derive(Debug, Clone, PartialEq)]
pub enum AnswerBar {
    /// A share 0..1 per modality, those who agree last, told of a hundred, of ten or of five.
    Shares(Vec<f64>, usize),
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

const GUTTER: f64 = 270.0;
const RIGHT: f64 = 84.0;
const SIZE: f64 = 13.0;
const TOP: f64 = 12.0;
/// Height of a row on paper beside two lines of words, before rows are drawn together.
const TWO_LINES: f64 = 40.0;
/// Under this share the figure is not printed in its bar.
const PRINTED: f64 = 0.08;

/// Draws the bars; every row has the same modalities.
pub fn distribution(title: &str, modalities: &[String], rows: &[AnswerRow]) -> ChartResult {
    let said = ChartWords {
        title: title.to_owned(),
        table: table(title, modalities, rows),
    };
    let scale = AnswerScale::of(modalities, rows);
    ChartLayout::page(GUTTER, RIGHT).both(said, |sheet| draw(sheet, &scale, rows))
}

/// Draws answers that have no order: a bar of as many parts, none of which is a side; beyond what shades tell apart, a
/// bar for each answer.
pub fn choices(title: &str, answers: &[String], row: &AnswerRow) -> ChartResult {
    let rows = [row.clone()];
    let said = ChartWords {
        title: title.to_owned(),
        table: table(title, answers, &rows),
    };
    let each = (answers.len() > TOLD_APART).then(|| one_by_one(answers, row));
    let pair = ["cette réponse".to_owned(), "une autre".to_owned()];
    let (modalities, drawn): (&[String], &[AnswerRow]) = match &each {
        Some(each) => (&pair, each),
        None => (answers, &rows),
    };
    let scale = AnswerScale {
        modalities,
        sides: (0.0, 1.0),
        parted: false,
    };
    ChartLayout::page(GUTTER, RIGHT).both(said, |sheet| draw(sheet, &scale, drawn))
}

/// Answers that shades of one bar tell apart.
const TOLD_APART: usize = 5;

/// A row for each answer: those who gave it, then the others.
fn one_by_one(answers: &[String], row: &AnswerRow) -> Vec<AnswerRow> {
    let AnswerBar::Shares(parts, out_of) = &row.answers else {
        return vec![row.clone()];
    };
    let all: f64 = parts.iter().sum();
    let each = answers.iter().zip(parts).map(|(answer, part)| AnswerRow {
        label: answer.clone(),
        answers: AnswerBar::Shares(vec![*part, all - part], *out_of),
        n: row.n.clone(),
        nsp: String::new(),
    });
    each.collect()
}

/// Where bars stand: those who agree at the right of a line, the others at its left, so that what divides people is
/// seen at once.
struct AnswerScale<'a> {
    modalities: &'a [String],
    /// The widest share at the left of the line and at its right; their sum is the width of the drawing.
    sides: (f64, f64),
    /// Whether answers have an order whose middle parts them.
    parted: bool,
}

/// From so many modalities on, bars part in the middle.
const PARTED: usize = 4;

impl<'a> AnswerScale<'a> {
    fn of(modalities: &'a [String], rows: &[AnswerRow]) -> Self {
        let mut scale = Self {
            modalities,
            sides: (0.0, 1.0),
            parted: modalities.len() >= PARTED,
        };
        if !scale.parted {
            return scale;
        }
        let shares = rows.iter().filter_map(|row| match &row.answers {
            AnswerBar::Shares(parts, _) => Some(parts),
            _ => None,
        });
        let sides = shares.map(|parts| {
            let left = scale.left(parts);
            (left, 1.0 - left)
        });
        let widest = sides.fold((0.0, 0.0), |(a, b): (f64, f64), (l, r)| {
            (a.max(l), b.max(r))
        });
        if widest.0 + widest.1 > 0.0 {
            scale.sides = widest;
        }
        scale
    }

    /// What of the whole bar is at the left of the line: the lower half, and half of what is in the middle.
    fn left(&self, parts: &[f64]) -> f64 {
        if !self.parted {
            return 0.0;
        }
        let half = parts.len() / 2;
        let middle = if parts.len().is_multiple_of(2) {
            0.0
        } else {
            parts.get(half).copied().unwrap_or_default() / 2.0
        };
        let lower: f64 = parts.iter().take(half).sum();
        // Rounded parts may sum to 99 or 101 %: the bar is the whole all the same.
        (lower + middle) / parts.iter().sum::<f64>().max(0.01)
    }
}

fn draw(sheet: ChartLayout, scale: &AnswerScale, rows: &[AnswerRow]) -> Canvas {
    let labels = rows.iter().map(|r| r.label.as_str());
    // Two lines stand at the right of a row that some could not answer.
    let two = rows.iter().any(|r| !r.n.is_empty() && !r.nsp.is_empty());
    let least = if two && sheet.tight { TWO_LINES } else { 34.0 };
    let placed = sheet.place(labels, SIZE, TOP, least);
    let bottom = placed.end;
    let key = key_lines(scale.modalities, sheet.width);
    let mut canvas = Canvas::new(sheet.width, bottom + 14.0 + 20.0 * key.len() as f64);
    let is_parted = scale.sides.0 > 0.0 && scale.sides.1 > 0.0;
    for (row, place) in rows.iter().zip(&placed.rows) {
        draw_row(&mut canvas, sheet, row, place, scale);
        if is_parted && matches!(row.answers, AnswerBar::Shares(..)) {
            let (left, room) = room(sheet);
            let line = left + room * scale.sides.0 / (scale.sides.0 + scale.sides.1);
            let half = place.height / 2.0;
            canvas.line((line, place.y - half), (line, place.y + half), 1.5, INK);
        }
    }
    draw_key(&mut canvas, &key, bottom + 16.0);
    canvas
}

/// Where bars begin, and how much room they have.
fn room(sheet: ChartLayout) -> (f64, f64) {
    let left = if sheet.above { 0.0 } else { sheet.gutter };
    (left, sheet.width - left - sheet.right)
}

fn draw_row(
    canvas: &mut Canvas,
    sheet: ChartLayout,
    row: &AnswerRow,
    place: &Placed,
    scale: &AnswerScale,
) {
    let y = place.y;
    let ink = Ink {
        size: SIZE,
        colour: INK,
        bold: false,
    };
    let grey = Ink {
        colour: SECONDARY,
        size: SMALL,
        ..ink
    };
    place.label(canvas, ink);
    let (left, _) = room(sheet);
    match &row.answers {
        AnswerBar::Words(words) => canvas.text(words, (left, y), Anchor::Start, grey),
        AnswerBar::AtLeast(modality, words) => {
            let label = scale.modalities.get(*modality).map_or("", String::as_str);
            let words = format!("« {label} » : {words}");
            canvas.text(&nbsp(&words), (left, y), Anchor::Start, grey);
        }
        AnswerBar::Shares(parts, out_of) => draw_parts(canvas, sheet, scale, (parts, *out_of), y),
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

/// Parts side by side; those told of five or ten answers are as many squares, which count no one.
fn draw_parts(
    canvas: &mut Canvas,
    sheet: ChartLayout,
    scale: &AnswerScale,
    (parts, out_of): (&[f64], usize),
    y: f64,
) {
    let (left, room) = room(sheet);
    let (half, unit) = (
        if sheet.tight { 9.0 } else { 11.0 },
        room / (scale.sides.0 + scale.sides.1),
    );
    let whole = unit / parts.iter().sum::<f64>().max(0.01);
    let mut x = left + (scale.sides.0 - scale.left(parts)) * unit;
    for (share, shade) in parts.iter().zip(shades(scale.modalities.len())) {
        let end = x + share * whole;
        let squares = if out_of == 100 {
            1
        } else {
            (share * out_of as f64).round() as usize
        };
        let step = (end - x) / squares.max(1) as f64;
        for square in 0..squares {
            let from = x + step * square as f64;
            canvas.surface(
                (from, y - half),
                ((from + step - 1.0).max(from), y + half),
                shade,
            );
        }
        let text = part_text(*share, out_of);
        let fits = width(&text, SMALL, true) + 2.0 <= end - x;
        if *share >= PRINTED - 1e-9 && fits {
            let ink = Ink {
                size: SMALL,
                colour: ink_over(shade),
                bold: true,
            };
            let middle = f64::midpoint(x, end);
            // Over the lines between squares, which would cross the figure.
            let room = width(&text, SMALL, true) / 2.0;
            canvas.rect((middle - room, y - 7.0), (middle + room, y + 7.0), shade);
            canvas.text(&text, (middle, y), Anchor::Middle, ink);
        }
        x = end;
    }
}

/// « 42 % », « 2/5 ».
fn part_text(share: f64, out_of: usize) -> String {
    match out_of {
        100 => percent(share),
        parts => format!("{:.0}/{parts}", share * parts as f64),
    }
}

/// The key wraps like a text: long modalities go to the next line.
fn key_lines(modalities: &[String], room: f64) -> Vec<Vec<(RGBColor, String)>> {
    let mut lines: Vec<Vec<(RGBColor, String)>> = vec![Vec::new()];
    let mut used = 0.0;
    for (label, shade) in modalities.iter().zip(shades(modalities.len())) {
        let need = 40.0 + width(label, SMALL, false);
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
        size: SMALL,
        colour: SECONDARY,
        bold: false,
    };
    for (i, line) in lines.iter().enumerate() {
        let (mut x, y) = (0.0, top + 20.0 * i as f64);
        for (shade, label) in line {
            canvas.surface((x, y - 7.0), (x + 16.0, y + 7.0), *shade);
            canvas.text(label, (x + 22.0, y), Anchor::Start, ink);
            x += 40.0 + width(label, SMALL, false);
        }
    }
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
                AnswerBar::Shares(parts, out_of) => {
                    row.extend(parts.iter().map(|s| Datum::share_of(*s, *out_of)));
                }
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
