//! How many cells of each column of each sheet were read, set aside by which rule, or named in a
//! diagnostic: together, what the sheet holds. Counted from what readers left on the cells.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::base::sheets::Sheet;
use crate::intake::sources::cell_fate::Fate;
use crate::intake::sources::letters;

/// The non-empty cells of a sheet.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SheetLedger {
    /// Name; empty for a CSV.
    #[serde(rename = "feuille")]
    pub sheet: String,
    /// Whether it is a page of the program's own form that holds no answer: it was not opened.
    #[serde(rename = "non_ouverte", default, skip_serializing_if = "is_false")]
    pub unopened: bool,
    /// By column, in order; columns that hold nothing are left out.
    #[serde(rename = "colonnes")]
    pub columns: Vec<ColumnLedger>,
}

/// The non-empty cells of a column.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ColumnLedger {
    /// Its letters.
    #[serde(rename = "colonne")]
    pub column: String,
    /// How many cells hold something.
    #[serde(rename = "cellules")]
    pub cells: u64,
    /// Read as answers, comments, measures, words.
    #[serde(rename = "reponses", default, skip_serializing_if = "is_zero")]
    pub answers: u64,
    /// Read as headings, or as what says who, where and when.
    #[serde(rename = "reperes", default, skip_serializing_if = "is_zero")]
    pub identity: u64,
    /// Set aside, by the name of the rule.
    #[serde(
        rename = "ecartees",
        default,
        skip_serializing_if = "BTreeMap::is_empty"
    )]
    pub aside: BTreeMap<String, u64>,
    /// Named in a diagnostic.
    #[serde(rename = "signalees", default, skip_serializing_if = "is_zero")]
    pub named: u64,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde hands over a reference"
)]
fn is_false(flag: &bool) -> bool {
    !flag
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde hands over a reference"
)]
fn is_zero(n: &u64) -> bool {
    *n == 0
}

impl ColumnLedger {
    fn add(&mut self, fate: Fate, n: u64) {
        self.cells += n;
        match (fate, fate.rule()) {
            (_, Some(rule)) => *self.aside.entry(rule.to_owned()).or_default() += n,
            (Fate::Answer, _) => self.answers += n,
            (Fate::Identity, _) => self.identity += n,
            // What nobody claimed is named by rule (`unread_cells`).
            _ => self.named += n,
        }
    }
}

impl SheetLedger {
    /// MarkCounts the cells of a sheet, once it was read and what is unread was named.
    pub(crate) fn of(sheet: &Sheet) -> Self {
        let mut counts = MarkCounts::default();
        for cell in sheet.rows.iter().flat_map(|r| &r.cells) {
            *counts.of(cell.col, cell.mark()) += 1;
        }
        for (col, n) in (0..).zip(&sheet.uncopied) {
            *counts.of(col, Fate::Wording as u8) += n;
        }
        let filled = |column: &&ColumnLedger| column.cells > 0;
        let columns: Vec<ColumnLedger> = (0..).zip(&counts.0).map(column).collect();
        Self {
            sheet: sheet.name.to_string(),
            unopened: sheet.unopened,
            columns: columns.iter().filter(filled).cloned().collect(),
        }
    }

    /// Neighbours of which the same became shown as one: « B–D ».
    pub(crate) fn grouped(&self) -> Vec<ColumnLedger> {
        let mut groups: Vec<ColumnLedger> = Vec::new();
        for column in &self.columns {
            let same = |g: &&mut ColumnLedger| {
                let alone = ColumnLedger {
                    column: g.column.clone(),
                    ..column.clone()
                };
                **g == alone
            };
            match groups.last_mut().filter(same) {
                Some(group) => {
                    let first = group.column.split('–').next().unwrap_or_default();
                    group.column = format!("{first}–{}", column.column);
                }
                None => groups.push(column.clone()),
            }
        }
        groups
    }

    /// All its columns added up.
    pub(crate) fn total(&self) -> ColumnLedger {
        let mut total = ColumnLedger {
            column: "toutes".to_owned(),
            ..ColumnLedger::default()
        };
        for column in &self.columns {
            total.cells += column.cells;
            total.answers += column.answers;
            total.identity += column.identity;
            total.named += column.named;
            for (rule, n) in &column.aside {
                *total.aside.entry(rule.clone()).or_default() += n;
            }
        }
        total
    }

    /// Cells that hold something.
    pub fn cells(&self) -> u64 {
        self.columns.iter().map(|c| c.cells).sum()
    }
}

/// How many marks there are.
const FATES: usize = 32;

/// Cells of each column by their mark.
#[derive(Default)]
struct MarkCounts(Vec<[u32; FATES]>);

impl MarkCounts {
    fn of(&mut self, col: u32, mark: u8) -> &mut u32 {
        let col = col as usize;
        if self.0.len() <= col {
            self.0.resize(col + 1, [0; FATES]);
        }
        &mut self.0[col][usize::from(mark) % FATES]
    }
}

fn column(counted: (u32, &[u32; FATES])) -> ColumnLedger {
    let mut column = ColumnLedger {
        column: letters(counted.0),
        ..ColumnLedger::default()
    };
    for (mark, n) in (0..).zip(counted.1).filter(|(_, n)| **n > 0) {
        let fate = Fate::from_repr(mark).unwrap_or(Fate::Unread);
        column.add(fate, u64::from(*n));
    }
    column
}
