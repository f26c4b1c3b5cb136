//! The sheet around a cell that a remark names, as a person sees it: two rows and two columns on each side, with the
//! titles of the columns and the words of the lines where these stand further away.

use crate::base::diagnostics::CellRef;
use crate::base::sheets::{MergedArea, Sheet, Workbook};
use crate::intake::FileOutcome;
use crate::intake::cell_corrections::{CellCorrection, lay};

/// Rows and columns shown on each side.
pub(super) const AROUND: u32 = 2;
/// Columns of words shown beside, at most.
const WORDED: usize = 2;
/// Characters from which a text is words: crosses and notes are shorter.
const WORDS: usize = 3;
/// Longest text shown of a cell, in characters.
const LONGEST: usize = 80;

/// A file of which pictures are made, as it would be read.
pub(crate) struct PicturedFile {
    book: Workbook,
}

/// The sheet around a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SheetPicture {
    /// Letters of the columns.
    pub(crate) columns: Vec<String>,
    /// Rows, from the top.
    pub(crate) rows: Vec<PictureRow>,
}

/// A row of the picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PictureRow {
    /// As a spreadsheet counts them.
    pub(crate) number: u32,
    /// Its cells; those hidden by others shown as one are not there.
    pub(crate) cells: Vec<PictureCell>,
}

/// A cell, or several shown as one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PictureCell {
    /// Where it is, `D14`.
    pub(crate) at: String,
    /// What is read in it.
    pub(crate) text: String,
    /// Columns and rows of the picture that it spans.
    pub(crate) span: (u32, u32),
    /// Whether it is the one that the remark names.
    pub(crate) named: bool,
}

impl SheetPicture {
    /// Its cells, from the top.
    pub(crate) fn cells(&self) -> impl Iterator<Item = &PictureCell> {
        self.rows.iter().flat_map(|row| &row.cells)
    }
}

impl PicturedFile {
    /// Opens the file again, and lays what was typed for it.
    ///
    /// # Errors
    ///
    /// Why it cannot be read again, in French.
    pub(crate) fn of(file: &FileOutcome, corrections: &[CellCorrection]) -> Result<Self, String> {
        let mut book = file.origin.workbook()?;
        for correction in corrections {
            lay(&mut book, correction);
        }
        Ok(Self { book })
    }

    /// The sheet around a cell; none when the file has no such sheet, or the place is no cell.
    pub(crate) fn around(&self, sheet: &str, cell: &str) -> Option<SheetPicture> {
        let sheet = self.book.sheet(sheet)?;
        Some(picture(sheet, cell.parse().ok()?))
    }
}

fn picture(sheet: &Sheet, cell: CellRef) -> SheetPicture {
    let from = CellRef::new(
        cell.row.saturating_sub(AROUND),
        cell.col.saturating_sub(AROUND),
    );
    let to = CellRef::new(
        cell.row.saturating_add(AROUND),
        cell.col.saturating_add(AROUND),
    );
    let touching = |area: &&MergedArea| {
        area.first.row <= to.row
            && area.last.row >= from.row
            && area.first.col <= to.col
            && area.last.col >= from.col
    };
    let frame = PictureFrame {
        sheet,
        cell,
        from,
        to,
        areas: sheet.merges.iter().filter(touching).copied().collect(),
    };
    let letters = |col| {
        let name = CellRef::new(0, col).to_string();
        name.trim_end_matches('1').to_owned()
    };
    let columns = worded_columns(sheet, cell, from.col).into_iter();
    let columns: Vec<u32> = columns.chain(from.col..=to.col).collect();
    let rows = titles_row(sheet, from.row).into_iter();
    let rows = rows.chain(from.row..=to.row);
    SheetPicture {
        rows: rows.map(|row| frame.row(row, &columns)).collect(),
        columns: columns.into_iter().map(letters).collect(),
    }
}

/// The row of titles above what is shown: that which holds most words, the first of them.
fn titles_row(sheet: &Sheet, above: u32) -> Option<u32> {
    let rows = sheet.rows.iter().filter(|r| r.index < above);
    let worded = rows.map(|row| {
        let cells = row.cells.iter();
        let words = cells.filter(|c| c.value.text().chars().count() >= WORDS);
        (words.count(), row.index)
    });
    let most = worded.max_by_key(|(words, index)| (*words, std::cmp::Reverse(*index)))?;
    (most.0 >= 2).then_some(most.1)
}

/// The columns left of what is shown that say what the line asks: those of its longest words.
fn worded_columns(sheet: &Sheet, cell: CellRef, before: u32) -> Vec<u32> {
    let length = |col: u32| sheet.merged_text(cell.row, col).chars().count();
    let mut worded: Vec<u32> = (0..before).filter(|col| length(*col) >= WORDS).collect();
    worded.sort_by_key(|col| std::cmp::Reverse(length(*col)));
    worded.truncate(WORDED);
    worded.sort_unstable();
    worded
}

/// What is shown of a sheet.
struct PictureFrame<'a> {
    sheet: &'a Sheet,
    cell: CellRef,
    from: CellRef,
    to: CellRef,
    areas: Vec<MergedArea>,
}

impl PictureFrame<'_> {
    fn row(&self, row: u32, columns: &[u32]) -> PictureRow {
        let cells = columns.iter().filter_map(|col| self.cell(row, *col));
        PictureRow {
            number: row + 1,
            cells: cells.collect(),
        }
    }

    fn cell(&self, row: u32, col: u32) -> Option<PictureCell> {
        let named = |covers: bool| covers || (row, col) == (self.cell.row, self.cell.col);
        // What stands further away is shown for what it says, whatever it spans there.
        if row < self.from.row || col < self.from.col {
            return Some(PictureCell {
                at: CellRef::new(row, col).to_string(),
                text: shortened(self.sheet.merged_text(row, col)),
                span: (1, 1),
                named: false,
            });
        }
        let Some(area) = self.areas.iter().find(|area| area.covers(row, col)) else {
            return Some(PictureCell {
                at: CellRef::new(row, col).to_string(),
                text: self.text(row, col),
                span: (1, 1),
                named: named(false),
            });
        };
        // An area that begins outside is shown from where it enters.
        let (top, left) = (
            area.first.row.max(self.from.row),
            area.first.col.max(self.from.col),
        );
        ((row, col) == (top, left)).then(|| PictureCell {
            at: area.first.to_string(),
            text: self.text(area.first.row, area.first.col),
            span: (
                area.last.col.min(self.to.col) - left + 1,
                area.last.row.min(self.to.row) - top + 1,
            ),
            named: named(area.covers(self.cell.row, self.cell.col)),
        })
    }

    /// What is read in a cell. Wordings of our own forms are not kept when they are read: dots say so.
    fn text(&self, row: u32, col: u32) -> String {
        let text = self.sheet.text(row, col);
        let left = self.sheet.uncopied.get(col as usize);
        if text.is_empty() && left.is_some_and(|n| *n > 0) {
            return "…".to_owned();
        }
        shortened(text)
    }
}

fn shortened(text: String) -> String {
    if text.chars().count() <= LONGEST {
        return text;
    }
    let begun: String = text.chars().take(LONGEST).collect();
    format!("{}…", begun.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::sheets::Value;

    #[test]
    fn a_cross_far_from_its_sentence_is_shown_with_it() {
        let mut sheet = Sheet::default();
        let mut put = |row, col, text: &str| {
            sheet.put(CellRef::new(row, col), Some(Value::Text(text.to_owned())));
        };
        put(0, 0, "Grille");
        for (col, title) in (1..).zip(["Ce que l’on regarde", "Jamais", "Parfois", "Souvent"]) {
            put(1, col, title);
        }
        put(1, 8, "Toujours");
        put(12, 1, "L’adulte salue chaque enfant");
        put(12, 8, "7");
        let seen = picture(&sheet, CellRef::new(12, 8));
        assert_eq!(seen.columns, ["B", "G", "H", "I", "J", "K"]);
        let titles: Vec<&str> = seen.rows[0].cells.iter().map(|c| c.text.as_str()).collect();
        assert_eq!((seen.rows[0].number, titles[3]), (2, "Toujours"));
        let line = seen.rows.iter().find(|r| r.number == 13).expect("the line");
        assert_eq!(line.cells[0].text, "L’adulte salue chaque enfant");
        assert_eq!(seen.cells().filter(|c| c.named).count(), 1);
    }

    #[test]
    fn a_picture_shows_titles_over_several_columns_and_names_one_cell() {
        let mut sheet = Sheet {
            merges: vec![MergedArea {
                first: CellRef::new(0, 0),
                last: CellRef::new(0, 5),
            }],
            ..Sheet::default()
        };
        let text = |text: &str| Some(Value::Text(text.to_owned()));
        sheet.put(CellRef::new(0, 3), text("Relations"));
        sheet.put(CellRef::new(1, 4), text("7"));
        let seen = picture(&sheet, CellRef::new(1, 4));
        assert_eq!(seen.columns, ["C", "D", "E", "F", "G"]);
        let title = &seen.rows[0].cells[0];
        assert_eq!((title.text.as_str(), title.span), ("Relations", (4, 1)));
        assert_eq!(title.at, "A1");
        assert_eq!(seen.rows[0].cells.len(), 2, "five columns, four in one");
        let named: Vec<&PictureCell> = (seen.rows.iter().flat_map(|r| &r.cells))
            .filter(|c| c.named)
            .collect();
        assert!(matches!(named.as_slice(), [one] if one.text == "7"));
        assert_eq!(seen.rows[1].number, 2);
    }
}
