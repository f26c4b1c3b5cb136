//! Tables of a word processor: headings repeated on each page, rows that no page cuts, a title for who cannot see.

use super::word_styles::{TEXT_WIDTH, id};
use super::word_text::{bold, escaped, looking, paragraph, run, runs};
use crate::base::palette::{ALERT, LEVELS, PANEL, SECOND};
use crate::base::tabular::{Heading, Table};
use crate::base::text::Datum;
use crate::reports::document::Fact;

/// Share of the width that labels of facts take, in hundredths.
const LABELS: usize = 34;
/// Width of a letter of a cell, in bold, and of both its margins, in twentieths of a point.
const LETTER: usize = 145;
const SIDES: usize = 230;
/// A word longer than this may be cut.
const LONG_WORD: usize = 16;

/// A table, its title above it and its note under it.
pub(super) fn table(shown: &Table<Datum>) -> String {
    let body = untitled_table(shown);
    if shown.title.is_empty() {
        return body;
    }
    paragraph(id("Légende"), &shown.title) + &body
}

/// The same under a heading that says its title already.
pub(super) fn untitled_table(shown: &Table<Datum>) -> String {
    let widths = widths(shown);
    let mut out = String::new();
    out.push_str(&opened(&shown.title, &widths, true));
    let headings = shown.columns.iter().zip(&widths).map(|(heading, width)| {
        let text = runs(cell_style(heading), &bold(&heading.name));
        cell(*width, Some(PANEL), &text)
    });
    let headings: String = headings.collect();
    out.push_str(&row_of("<w:tblHeader/>", &headings));
    for row in &shown.rows {
        out.push_str(&line(row, &shown.columns, &widths));
    }
    out.push_str("</w:tbl>");
    let note = if shown.note.is_empty() {
        ""
    } else {
        &shown.note
    };
    // A table ends with a paragraph: two in a row would be one.
    out.push_str(&paragraph(id("Second"), note));
    out
}

/// Labels and values, without headings.
pub(super) fn facts_table(rows: &[Fact]) -> String {
    let labels = TEXT_WIDTH * LABELS / 100;
    let widths = [labels, TEXT_WIDTH - labels];
    let mut out = opened("", &widths, false);
    for fact in rows {
        let mut value = run(&fact.value);
        if !fact.note.is_empty() {
            let look = format!("<w:color w:val=\"{SECOND:06X}\"/>");
            value.push_str(&looking(&format!(" · {}", fact.note), &look));
        }
        let cells = [
            cell(widths[0], None, &runs(id("Cellule"), &bold(&fact.name))),
            cell(widths[1], None, &runs(id("Cellule"), &value)),
        ];
        out.push_str(&row_of("", &cells.concat()));
    }
    out.push_str("</w:tbl>");
    out.push_str(&paragraph(id("Second"), ""));
    out
}

/// Columns share the width of the text as they are wide, in whole twentieths of a point; none is narrower than its
/// longest word while these fit together. Where they do not, the widest words are cut first: a date never is for their sake.
fn widths(shown: &Table<Datum>) -> Vec<usize> {
    let columns = &shown.columns;
    let longest = |text: &str| text.split([' ', '\n']).map(word_width).max();
    let mut needs: Vec<usize> = (0..columns.len())
        .map(|c| {
            let cells = shown.rows.iter().filter_map(|row| row.get(c));
            let words = cells.filter_map(|cell| longest(&cell.text));
            let word = words.chain(longest(&columns[c].name)).max().unwrap_or(0);
            word.min(LONG_WORD * LETTER) + SIDES
        })
        .collect();
    cap(&mut needs, TEXT_WIDTH);
    let spare = TEXT_WIDTH.saturating_sub(needs.iter().sum());
    let own: Vec<f64> = columns.iter().map(|c| c.width).collect();
    let wanted = shares(TEXT_WIDTH, &own);
    // What a column would have by its width alone, beyond its longest word.
    let beyond = wanted.iter().zip(&needs);
    let beyond = beyond.map(|(wanted, need)| wanted.saturating_sub(*need) as f64);
    let beyond: Vec<f64> = beyond.collect();
    let more = shares(spare, &beyond);
    needs
        .iter()
        .zip(more)
        .map(|(need, more)| need + more)
        .collect()
}

/// How wide a word is in bold, in twentieths of a point: figures and thin letters are narrower than others, capitals wider.
fn word_width(word: &str) -> usize {
    let of = |c: char| match c {
        'i' | 'j' | 'l' | 't' | 'f' | 'I' | '.' | ',' | ';' | ':' | '\'' | '’' | '/' | '('
        | ')' => 5,
        'm' | 'w' | 'M' | 'W' | '%' | '…' => 12,
        c if c.is_uppercase() => 10,
        _ => 9,
    };
    word.chars().map(of).sum::<usize>() * LETTER / 10
}

/// Lowers the greatest until all fit.
fn cap(needs: &mut [usize], room: usize) {
    while needs.iter().sum::<usize>() > room {
        let greatest = needs.iter().copied().max().unwrap_or(0);
        let next = needs
            .iter()
            .copied()
            .filter(|n| *n < greatest)
            .max()
            .unwrap_or(0);
        let those = needs.iter().filter(|n| **n == greatest).count().max(1);
        let over = needs.iter().sum::<usize>() - room;
        let lowered = greatest - over.div_ceil(those).min(greatest - next);
        if lowered == greatest {
            return;
        }
        needs
            .iter_mut()
            .filter(|n| **n == greatest)
            .for_each(|n| *n = lowered);
    }
}

/// A width divided as these weights are.
fn shares(whole: usize, weights: &[f64]) -> Vec<usize> {
    let all: f64 = weights.iter().sum();
    let share = |weight: &f64| (whole as f64 * weight / all.max(f64::EPSILON)) as usize;
    weights.iter().map(share).collect()
}

fn opened(title: &str, widths: &[usize], has_headings: bool) -> String {
    let caption = if title.is_empty() {
        String::new()
    } else {
        format!("<w:tblCaption w:val=\"{}\"/>", escaped(title))
    };
    let first_row = u8::from(has_headings);
    let columns = widths.iter().map(|w| format!("<w:gridCol w:w=\"{w}\"/>"));
    let columns: String = columns.collect();
    let style = id("Tableau");
    format!(
        "<w:tbl><w:tblPr><w:tblStyle w:val=\"{style}\"/><w:tblW w:w=\"{TEXT_WIDTH}\" w:type=\"dxa\"/><w:tblLayout w:type=\"fixed\"/><w:tblLook w:val=\"04A0\" w:firstRow=\"{first_row}\" w:lastRow=\"0\" w:firstColumn=\"1\" w:lastColumn=\"0\" w:noHBand=\"1\" w:noVBand=\"1\"/>{caption}</w:tblPr><w:tblGrid>{columns}</w:tblGrid>"
    )
}

fn line(row: &[Datum], columns: &[Heading], widths: &[usize]) -> String {
    // A row of a heading alone, as tables by axe have them.
    let is_axe = row.first().is_some_and(|c| c.class == "axe");
    let cells = row.iter().zip(columns).zip(widths);
    let cells = cells.map(|((datum, heading), width)| {
        let (shade, look) = shade_and_look(datum, is_axe);
        let text = runs(cell_style(heading), &looking(&datum.text, &look));
        cell(*width, shade, &text)
    });
    let cells: String = cells.collect();
    row_of("", &cells)
}

/// A row that no page cuts.
fn row_of(properties: &str, cells: &str) -> String {
    format!("<w:tr><w:trPr><w:cantSplit/>{properties}</w:trPr>{cells}</w:tr>")
}

/// What a class of cell looks like: never colour alone, its text is always there.
fn shade_and_look(datum: &Datum, is_axe: bool) -> (Option<u32>, String) {
    let coloured = |colour: u32| format!("<w:b/><w:color w:val=\"{colour:06X}\"/>");
    match datum.class.as_str() {
        "n1" => (Some(LEVELS[0]), "<w:b/>".to_owned()),
        "n2" => (Some(LEVELS[1]), "<w:b/>".to_owned()),
        "n3" => (Some(LEVELS[2]), "<w:b/>".to_owned()),
        "n4" => (Some(LEVELS[3]), coloured(crate::base::palette::WHITE)),
        "non-atteint" | "hors" => (None, coloured(ALERT)),
        "sans-objet" => (None, format!("<w:color w:val=\"{SECOND:06X}\"/>")),
        _ if is_axe => (Some(PANEL), "<w:b/>".to_owned()),
        _ => (None, String::new()),
    }
}

fn cell_style(heading: &Heading) -> &'static str {
    id(if heading.centred {
        "Cellule centrée"
    } else {
        "Cellule"
    })
}

fn cell(width: usize, shade: Option<u32>, content: &str) -> String {
    let shade = shade.map_or_else(String::new, |colour| {
        format!("<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"{colour:06X}\"/>")
    });
    format!("<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/>{shade}</w:tcPr>{content}</w:tc>")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_widest_give_way_and_the_others_keep_their_words() {
        for (mut needs, room, left) in [
            (vec![300, 100, 100], 400, vec![200, 100, 100]),
            (vec![300, 280, 100], 500, vec![200, 200, 100]),
            (vec![300, 100], 500, vec![300, 100]),
            (vec![90, 90, 90], 90, vec![30, 30, 30]),
        ] {
            cap(&mut needs, room);
            assert_eq!(needs, left);
        }
    }

    #[test]
    fn a_date_is_narrower_than_as_many_capitals() {
        assert!(word_width("31/12/2026") < word_width("GOUVERNANC"));
        assert!(word_width("ill") < word_width("mmm"));
    }
}
