//! What a grid says of its own notes: « 1 = tout à fait, 4 = pas du tout » goes the other way, « note sur 10 » is
//! another scale, and nobody may guess what such notes are worth. Whatever stands near counts: headings, lines
//! above and below, other cells, comments laid on cells, the other sheets of the file; and the notes themselves,
//! where some are no level.

use std::collections::{BTreeMap, BTreeSet};

use super::grid_reading::GridReading;
use super::lines::{GridLine, RatedRow};
use super::meanings::{is_comment_heading, status};
use super::said_of_notes::{NearText, SaidOfNotes};
use crate::base::diagnostics::CellRef;
use crate::base::sheets::{Sheet, Workbook};
use crate::intake::sources::level_definitions::codes_defined;
use crate::intake::sources::near_texts::{is_code, pieces, said_by_all, without_end};
use crate::intake::sources::said_scale::{SaidScale, TextPlace, said_scale, says_absence};
use crate::vocabulary::referentiel::Scale;

/// What the sheets of a file that hold no grid say.
pub(super) fn said_elsewhere<'b>(
    book: &Workbook,
    sheets: impl Iterator<Item = &'b Sheet>,
) -> Vec<NearText> {
    let mut found = Vec::new();
    for sheet in sheets {
        let pieces = pieces(sheet, &|_, _| true, &|_| false, None);
        found.extend(pieces.into_iter().map(|(at, text)| NearText {
            at: book.at(sheet, at),
            cell: None,
            text,
        }));
    }
    found
}

impl GridReading<'_> {
    /// Looks for what is said of notes anywhere near.
    pub(super) fn find_legends(&mut self, scale: &Scale) {
        let mut found = self.of_headings(scale);
        found.extend(self.around(scale));
        self.legends = found;
    }

    /// Under what a person says what the notes of a column are worth: what is said of them, else the
    /// column’s own heading.
    pub(super) fn question(&self, col: u32) -> String {
        match self.legend_of(col) {
            Some(legend) => legend.text.clone(),
            None => self.named(col),
        }
    }

    pub(super) fn legend_of(&self, col: u32) -> Option<&SaidOfNotes> {
        let mut of_it = self.legends.iter();
        of_it.find(|l| l.col.is_none_or(|own| own == col))
    }

    /// What the headings of columns of notes say, and the comments laid on them.
    fn of_headings(&self, scale: &Scale) -> Vec<SaidOfNotes> {
        let cells = self.sheet.rows.iter().flat_map(|r| &r.cells);
        let last = cells.map(|c| c.col).max().unwrap_or(0);
        let columns = (0..=last).filter(|c| *c != self.lines.col && self.seems_noted(*c));
        let mut found = Vec::new();
        for col in columns {
            // What stands higher is read with what stands around.
            let headings: Vec<_> = self.headings(col).into_iter().take(1).collect();
            let commented = self.sheet.comments.iter();
            let commented = commented.filter(|c| headings.iter().any(|h| h.0 == c.at));
            let laid = commented.map(|c| (c.at, None, c.text.clone()));
            let own = headings.iter().map(|h| (h.0, Some(h.0), h.1.clone()));
            for (at, cell, text) in own.chain(laid) {
                let said = said_scale(&text, TextPlace::Heading, scale);
                if !matches!(said, SaidScale::Reversed | SaidScale::Other) {
                    continue;
                }
                found.push(SaidOfNotes {
                    at: self.book.at(self.sheet, at),
                    cell,
                    col: Some(col),
                    text,
                    reversed: said == SaidScale::Reversed,
                });
            }
        }
        found.extend(self.more_levels(scale));
        found
    }

    /// Whether a column holds on the lines numbers, crosses or levels, and words on none.
    fn seems_noted(&self, col: u32) -> bool {
        let lines = self
            .lines
            .rated
            .iter()
            .filter_map(|l| self.sheet.row(l.row));
        let texts = lines.map(|row| row.text(col)).filter(|t| !t.is_empty());
        let (mut noted, mut worded) = (0, 0);
        for text in texts {
            if text.chars().count() <= 12 {
                noted += 1;
            } else {
                worded += 1;
            }
        }
        noted > worded && !self.headings(col).iter().any(|h| is_comment_heading(&h.1))
    }

    /// Crosses under « 1, 2, 3, 4, 5 » are those of a scale that ends elsewhere.
    fn more_levels(&self, scale: &Scale) -> Option<SaidOfNotes> {
        let index = self.lines.headings?;
        let row = self.sheet.row(index)?;
        let is_level = |text: &str| scale.modalities.iter().any(|m| m.code == text);
        let numbers = row.cells.iter().filter(|c| is_code(&c.value.text()));
        let numbers: Vec<(u32, String)> = numbers.map(|c| (c.col, c.value.text())).collect();
        let beyond = numbers.iter().find(|(col, text)| {
            let beside = |other: &u32| other.abs_diff(*col) == 1;
            let touches = numbers.iter().any(|(c, t)| beside(c) && is_level(t));
            !is_level(text) && touches
        })?;
        let levels = numbers.iter().filter(|n| is_level(&n.1)).count();
        let texts: Vec<&str> = numbers.iter().map(|n| n.1.as_str()).collect();
        (levels >= 2).then(|| SaidOfNotes {
            at: self.book.at(self.sheet, CellRef::new(index, beyond.0)),
            cell: None,
            col: None,
            text: texts.join(", "),
            reversed: false,
        })
    }

    /// What stands anywhere else: on the sheet, in comments, on sheets that hold no grid.
    fn around(&self, scale: &Scale) -> Option<SaidOfNotes> {
        let known: BTreeMap<u32, bool> = self
            .lines
            .rated
            .iter()
            .map(|l| (l.row, self.is_noted(l)))
            .collect();
        let comments: BTreeSet<u32> = self.comment_columns();
        let counts = |row: u32, col: u32| match known.get(&row) {
            Some(noted) => (!noted || col != self.lines.col) && !comments.contains(&col),
            None => true,
        };
        let rated: BTreeSet<u32> = (self.lines.rated.iter())
            .filter(|l| self.bears_note(l) && !self.is_coded_level(l))
            .map(|l| l.row)
            .collect();
        let own = pieces(
            self.sheet,
            &counts,
            &|row| rated.contains(&row),
            self.lines.headings,
        );
        let own = own.into_iter().map(|(at, text)| NearText {
            at: self.book.at(self.sheet, at),
            cell: Some(at),
            text,
        });
        let laid = self.sheet.comments.iter().map(|c| NearText {
            at: self.book.at(self.sheet, c.at),
            cell: None,
            text: c.text.clone(),
        });
        let named = [&*self.sheet.name, without_end(&self.book.file)];
        let named = named.into_iter().map(str::to_owned);
        let pages = self.sheet.page_words.iter().filter(|w| {
            w.at.is_none_or(|at| at.col != self.lines.col && self.seems_noted(at.col))
        });
        let pages = pages.map(|w| w.text.clone()).chain(named);
        let pages = pages.map(|text| NearText {
            at: self.book.at_sheet(self.sheet),
            cell: None,
            text,
        });
        let own: Vec<NearText> = own.chain(laid).chain(pages).collect();
        self.said_in(&own, scale)
            .or_else(|| self.said_in(self.elsewhere, scale))
    }

    fn said_in(&self, texts: &[NearText], scale: &Scale) -> Option<SaidOfNotes> {
        let found = |near: &NearText, reversed, text| SaidOfNotes {
            at: near.at.clone(),
            cell: near.cell,
            col: None,
            text,
            reversed,
        };
        // What a form says under a sentence is no legend of the grid.
        let r = self.context.referentiel;
        let texts: Vec<&NearText> = texts
            .iter()
            .filter(|near| r.without_anchors(&near.text).is_none())
            .collect();
        for near in &texts {
            match said_scale(&near.text, TextPlace::Around, scale) {
                SaidScale::Reversed => return Some(found(near, true, near.text.clone())),
                SaidScale::Other if self.concerns(&near.text) => {
                    return Some(found(near, false, near.text.clone()));
                }
                _ => {}
            }
        }
        let pairs: Vec<&str> = texts.iter().map(|t| t.text.as_str()).collect();
        let (first, text, reversed) = said_by_all(&pairs, scale)?;
        Some(found(texts[first], reversed, text))
    }

    /// Whether a legend speaks of these notes: one of letters, of grids that are noted by letters.
    fn concerns(&self, text: &str) -> bool {
        if says_absence(text) {
            let rows = self
                .lines
                .rated
                .iter()
                .filter_map(|l| self.sheet.row(l.row));
            let mut cells = rows.flat_map(|r| &r.cells);
            return cells.any(|c| status(&c.value.text()).is_some());
        }
        let codes = codes_defined(text);
        let of_letters = codes.iter().all(|c| c.chars().all(char::is_alphabetic));
        if codes.is_empty() || !of_letters {
            return true;
        }
        let rows = self
            .lines
            .rated
            .iter()
            .filter_map(|l| self.sheet.row(l.row));
        let headings = self.lines.headings.and_then(|r| self.sheet.row(r));
        let mut cells = rows.chain(headings).flat_map(|r| &r.cells);
        cells.any(|c| codes.contains(&c.value.text()))
    }

    /// Whether a line asks something, or words something and bears a mark: what a person left out may well
    /// be a legend, and « 1 » beside « maîtrisé » is one.
    fn is_noted(&self, line: &RatedRow) -> bool {
        match line.asks {
            GridLine::Element(_)
            | GridLine::Near(..)
            | GridLine::Disputed(_)
            | GridLine::Contradicted(..) => true,
            GridLine::LeftOut => false,
            GridLine::Unknown => !self.is_coded_level(line) && self.bears_note(line),
        }
    }

    /// Whether a line words nothing but the number of a level.
    fn is_coded_level(&self, line: &RatedRow) -> bool {
        is_code(&self.sheet.text(line.row, self.lines.col))
    }

    fn comment_columns(&self) -> BTreeSet<u32> {
        let headings = self.lines.headings.and_then(|r| self.sheet.row(r));
        let cells = headings.into_iter().flat_map(|r| &r.cells);
        let words = cells.filter(|c| is_comment_heading(&c.value.text()));
        words.map(|c| c.col).collect()
    }
}
