//! The titles of a table of responses: what stands above each of its columns.

use super::dialect::{HeaderRows, TableFrame};
use crate::base::sheets::Sheet;
use crate::base::text::{fold, untagged};

/// Folded heading, the code alone when text follows it (« id. Response ID »).
pub(super) fn key(heading: &str) -> String {
    let folded = fold(heading);
    let head = folded.split(". ").next().unwrap_or("");
    head.trim_end_matches([':', ' ', '?', '*']).to_owned()
}

/// What stands above a column.
pub(super) struct ColumnTitle {
    pub(super) col: u32,
    /// Texts of the header rows, the lowest first; then both joined.
    pub(super) texts: Vec<String>,
    /// The question of its block and its own text, when there are two header rows.
    pub(super) block: Option<BlockTitle>,
}

/// A line of a block of columns, under the question that they share.
pub(super) struct BlockTitle {
    pub(super) question: String,
    pub(super) line: String,
}

impl ColumnTitle {
    /// What names it: its own text, or the question above where it only says « Response ».
    pub(super) fn name(&self) -> Option<&str> {
        const EMPTY_WORDS: [&str; 4] = [
            "response",
            "reponse",
            "open ended response",
            "reponse ouverte",
        ];
        let own = self.texts.first()?;
        let above = self.block.as_ref().map(|b| b.question.as_str());
        let says_nothing = EMPTY_WORDS.contains(&fold(own).as_str());
        Some(above.filter(|_| says_nothing).unwrap_or(own))
    }

    /// Its texts.
    pub(super) fn texts(&self) -> impl Iterator<Item = &str> {
        self.texts.iter().map(String::as_str)
    }
}

/// Titles that stand one row higher than the others, over columns that hold something: « Accueil » merged over two
/// rows, beside questions under the name of their part.
fn above(sheet: &Sheet, frame: TableFrame) -> Vec<(u32, String)> {
    let HeaderRows { first, last } = frame.header;
    let higher = last.checked_sub(1).filter(|_| first == last);
    let Some(row) = higher.and_then(|row| sheet.row(row)) else {
        return Vec::new();
    };
    let holds = |col: u32| {
        let mut below = sheet.rows.iter().filter(|r| r.index >= frame.data);
        below.any(|r| r.cell(col).is_some())
    };
    let blank = |col: u32| sheet.text(last, col).is_empty();
    // A title over the table stands alone.
    let cells = row.cells.iter().filter(|_| row.cells.len() > 1);
    cells
        .filter(|c| blank(c.col) && holds(c.col))
        .map(|c| (c.col, untagged(&c.value.text())))
        .filter(|(_, text)| !text.is_empty())
        .collect()
}

/// What stands above each column, by increasing column.
pub(super) fn titles(sheet: &Sheet, frame: TableFrame) -> Vec<ColumnTitle> {
    let HeaderRows { first, last } = frame.header;
    let rows = [first, last].map(|r| sheet.row(r));
    let mut cols: Vec<u32> = rows
        .iter()
        .flatten()
        .flat_map(|r| r.cells.iter().map(|c| c.col))
        .collect();
    let higher = above(sheet, frame);
    cols.extend(higher.iter().map(|(col, _)| *col));
    cols.sort_unstable();
    cols.dedup();
    // Where blocks are merged, a question stops with its merge.
    let merged = sheet
        .merges
        .iter()
        .any(|area| area.first.row == first && area.last.col > area.first.col);
    let mut block = String::new();
    cols.into_iter()
        .map(|col| {
            let mut low = untagged(&sheet.text(last, col));
            if low.is_empty()
                && let Some((_, text)) = higher.iter().find(|(own, _)| *own == col)
            {
                low.clone_from(text);
            }
            let mut title = ColumnTitle {
                col,
                texts: vec![low.clone()],
                block: None,
            };
            if first != last {
                // The question stands at the first column of its block, its lines under it.
                let high = untagged(&sheet.merged_text(first, col));
                if !high.is_empty() || merged {
                    block.clone_from(&high);
                }
                title.texts.push(high);
                if !low.is_empty() && !block.is_empty() {
                    title.texts.push(format!("{block} {low}"));
                    title.block = Some(BlockTitle {
                        question: block.clone(),
                        line: low,
                    });
                }
            }
            title.texts.retain(|t| !t.is_empty());
            title
        })
        .filter(|t| !t.texts.is_empty())
        .collect()
}
