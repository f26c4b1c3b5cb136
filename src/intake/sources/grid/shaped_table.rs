//! A grid by its shape, whatever its words: lines that word something, and beside them crosses under
//! headings of levels, or one column of notes.

use std::collections::BTreeSet;

use super::meanings::{
    is_comment_heading, is_of_another_time, is_rating_heading, is_wording_heading, status,
};
use crate::base::sheets::{Row, Sheet};
use crate::base::text::fold;
use crate::intake::sources::cell_fate::announces_total;
use crate::intake::sources::column_role::ColumnRole;
use crate::intake::sources::correspondence::{Correspondence, MappedColumn, shape};
use crate::intake::sources::level_words::is_of_a_level;
use crate::intake::sources::personal::is_personal_heading;
use crate::intake::sources::source::Context;
use crate::intake::sources::titles::key;
use crate::intake::sources::usual_headings::{common, is_open_question, is_tick};

/// Tool of the correspondence that says what a file is.
pub(crate) const FILE_KIND: &str = "fichier";
/// What is asked of a file that may be a grid.
pub(crate) const IS_GRID: &str = "Ce tableau est-il une grille (une ligne par critère observé) ?";
/// That it is one.
pub(crate) const GRID: &str = "grille";
/// That it is none: one line a person.
pub(crate) const TABLE: &str = "tableau";

/// Rows in which a grid is looked for: no grid made by hand is longer.
const DEPTH: u32 = 400;
/// Columns in which its lines are looked for.
pub(super) const WIDTH: u32 = 40;
/// Rows in which the headings of a grid are looked for.
pub(super) const HEADING_DEPTH: u32 = 15;
/// Fewest rated lines.
const FEWEST: usize = 4;
/// Most columns of crosses side by side.
const MOST_LEVELS: usize = 8;
/// Characters of what may be a note in words of one's own.
const SHORT: usize = 20;
/// Characters of a line that words something, all lines together, a line.
const WORDED: usize = 12;
/// The same under a heading that says so: « Critère », then « Entraide ».
const WORDED_UNDER: usize = 4;

/// Whether headings speak of respondents, of days or of places: those of a table of responses.
fn people_in(row: &Row) -> bool {
    row.cells.iter().map(|c| c.value.text()).any(|text| {
        let known = matches!(
            common(&key(&text)),
            Some(ColumnRole::Respondent | ColumnRole::Date | ColumnRole::Structure)
        );
        // Grids number their lines.
        let numbers = ["n°", "numero"].contains(&key(&text).as_str());
        known && !numbers || is_personal_heading(&text)
    })
}

pub(super) fn rows(sheet: &Sheet) -> impl Iterator<Item = &Row> {
    sheet.rows.iter().take_while(|r| r.index < DEPTH)
}

/// Where a grid stands.
pub(super) struct ShapedTable {
    /// Column of the wordings.
    pub(super) col: u32,
    /// Row of the headings.
    pub(super) header: u32,
    /// Whether nothing else has this shape.
    pub(super) sure: bool,
    /// Fingerprint of the headings, for the question whether it is a grid.
    form: String,
}

impl ShapedTable {
    /// The grid of a sheet; none where nothing has its shape, or a person said that it is none.
    pub(super) fn of(sheet: &Sheet, context: &Context) -> Option<Self> {
        let top = rows(sheet).take_while(|r| r.index < HEADING_DEPTH);
        let mut found = top.filter_map(|header| HeadedRow::of(sheet, header, context)?.table());
        let mut table = found.next()?;
        let of_form = |m: &&Correspondence| m.tool == FILE_KIND && m.shape == table.form;
        let said = context.mappings.iter().find(of_form);
        match said.and_then(|m| m.target(IS_GRID)) {
            Some(TABLE) if !context.forced => return None,
            Some(GRID) => table.sure = true,
            _ => table.sure |= context.forced,
        }
        Some(table)
    }

    /// The question whether it is a grid.
    pub(super) fn question(&self) -> Correspondence {
        Correspondence {
            tool: FILE_KIND.to_owned(),
            shape: self.form.clone(),
            columns: vec![MappedColumn::new(IS_GRID, "", false)],
            ..Correspondence::default()
        }
    }
}

/// A row that may head a grid, and what stands under it.
struct HeadedRow<'a> {
    sheet: &'a Sheet,
    header: &'a Row,
    below: Vec<&'a Row>,
    context: &'a Context<'a>,
}

/// Columns in which lines are rated.
struct RatedColumns {
    cols: Vec<u32>,
    /// Whether their headings say that they are.
    sure: bool,
}

impl<'a> HeadedRow<'a> {
    fn of(sheet: &'a Sheet, header: &'a Row, context: &'a Context<'a>) -> Option<Self> {
        let titled = (2..=40).contains(&header.cells.len()) && !people_in(header);
        titled.then(|| Self {
            sheet,
            header,
            below: rows(sheet).filter(|r| r.index > header.index).collect(),
            context,
        })
    }

    fn table(&self) -> Option<ShapedTable> {
        let ratings = self.crosses().or_else(|| self.notes())?;
        let rated: Vec<&Row> = self
            .below
            .iter()
            .copied()
            .filter(|row| ratings.cols.iter().any(|c| !row.text(*c).is_empty()))
            .collect();
        let col = self.wordings(&ratings.cols, &rated)?;
        let title = self.header.text(col);
        let is_worded = is_wording_heading(&title);
        let asks = title.trim_end().ends_with('?') || is_open_question(&fold(&title));
        let is_under_something = rows(self.sheet).any(|r| r.index < self.header.index);
        let texts = self.header.cells.iter().map(|c| c.value.text());
        let texts: Vec<String> = std::iter::once("grille ?".to_owned())
            .chain(texts)
            .collect();
        Some(ShapedTable {
            col,
            header: self.header.index,
            sure: ratings.sure
                && !asks
                && (is_worded || is_under_something)
                && self.holds_nothing_else(&ratings.cols, col),
            form: shape(texts.iter().map(String::as_str)),
        })
    }

    fn texts(&self, col: u32) -> impl Iterator<Item = String> {
        let written = self.below.iter().map(move |row| row.text(col));
        written.filter(|text| !text.is_empty())
    }

    /// Columns side by side that hold crosses and nothing else, each under its heading; nearly every line
    /// has one.
    fn crosses(&self) -> Option<RatedColumns> {
        let is_of_crosses = |col: u32| {
            let title = self.header.text(col);
            !title.is_empty()
                && !is_comment_heading(&title)
                && self.texts(col).all(|text| is_tick(&text))
        };
        let mut col = 0;
        let mut best: Vec<u32> = Vec::new();
        while col < WIDTH {
            let run: Vec<u32> = (col..WIDTH).take_while(|c| is_of_crosses(*c)).collect();
            col += run.len() as u32 + 1;
            if run.len() > best.len() {
                best = run;
            }
        }
        if !(2..=MOST_LEVELS).contains(&best.len()) {
            return None;
        }
        let ticks = |row: &&Row| best.iter().filter(|c| !row.text(**c).is_empty()).count();
        let ticked: Vec<usize> = self.below.iter().map(ticks).filter(|n| *n > 0).collect();
        let single = ticked.iter().filter(|n| **n == 1).count();
        let used = best.iter().filter(|c| self.texts(**c).next().is_some());
        if ticked.len() < FEWEST || single * 10 < ticked.len() * 8 || used.count() < 2 {
            return None;
        }
        let scales = &self.context.referentiel.scales;
        let is_level = |col: &&u32| {
            let title = self.header.text(**col);
            is_of_a_level(&title) || scales.iter().any(|scale| scale.find(&title).is_some())
        };
        let levels = best.iter().filter(is_level).count();
        Some(RatedColumns {
            sure: levels >= 2,
            cols: best,
        })
    }

    /// The column whose heading announces notes, and that holds some.
    fn notes(&self) -> Option<RatedColumns> {
        let scales = &self.context.referentiel.scales;
        let is_note = |text: &String| {
            let short = text.chars().count() <= 6;
            short && text.chars().any(|c| c.is_ascii_digit())
                || is_tick(text)
                || status(text).is_some()
                || ["+", "++", "-", "--", "?"].contains(&text.as_str())
                || scales.iter().any(|scale| scale.find(text).is_some())
        };
        let holds_notes = |col: u32| {
            let written: Vec<String> = self.texts(col).collect();
            let notes = written.iter().filter(|text| is_note(text)).count();
            let words: BTreeSet<&String> = written.iter().collect();
            let short = written.iter().all(|t| t.chars().count() <= SHORT);
            written.len() >= FEWEST && notes * 10 >= written.len() * 7
                || written.len() > FEWEST && words.len() <= 8 && short
        };
        let titled = self.header.cells.iter();
        let cols: Vec<u32> = titled
            .filter(|c| is_rating_heading(&c.value.text()) && holds_notes(c.col))
            .map(|c| c.col)
            .collect();
        (!cols.is_empty()).then_some(RatedColumns { cols, sure: true })
    }

    /// The column that words what is rated: every rated line has its own words there.
    fn wordings(&self, rated_columns: &[u32], rated: &[&Row]) -> Option<u32> {
        let length = |col: u32, least: usize| {
            let texts: Vec<String> = rated
                .iter()
                .map(|row| row.text(col))
                .filter(|text| !announces_total(text))
                .collect();
            let distinct: BTreeSet<&String> = texts.iter().collect();
            let letters: usize = texts.iter().map(|t| t.chars().count()).sum();
            let all = texts.len() >= FEWEST
                && texts.iter().all(|t| t.chars().any(char::is_alphabetic))
                && distinct.len() * 10 >= texts.len() * 9
                && letters >= least * texts.len();
            all.then_some(letters)
        };
        let columns = (0..WIDTH).filter(|col| !rated_columns.contains(col));
        let worded = columns.filter_map(|col| {
            let title = self.header.text(col);
            let is_titled = is_wording_heading(&title);
            let least = if is_titled { WORDED_UNDER } else { WORDED };
            let letters = length(col, least).filter(|_| !is_comment_heading(&title))?;
            Some((is_wording_heading(&title), letters, std::cmp::Reverse(col)))
        });
        worded.max().map(|(_, _, col)| col.0)
    }

    /// Whether all other columns are comments, themes, numbers, or notes of another day.
    fn holds_nothing_else(&self, rated: &[u32], col: u32) -> bool {
        let first = rated.iter().copied().min().unwrap_or(col).max(col);
        let others = self.header.cells.iter().filter(|cell| {
            cell.col != col && !rated.contains(&cell.col) && self.texts(cell.col).next().is_some()
        });
        let mut others = others.map(|cell| (cell.col, cell.value.text()));
        others.all(|(at, title)| {
            at < first
                || is_comment_heading(&title)
                || is_wording_heading(&title)
                || is_of_another_time(&fold(&title))
                || status(&title).is_some()
                || self.texts(at).all(|text| text.chars().count() > SHORT)
        })
    }
}
