//! What became of each cell of the files of a simulation, as a table.

use super::aligned::aligned;
use crate::actions::importer::ImportOutcome;
use crate::intake::FileOutcome;
use crate::intake::cell_ledger::{ColumnLedger, SheetLedger};

/// Files whose cells are shown column by column; the sheets of more are added up.
const COLUMN_BY_COLUMN: usize = 3;

const CELL_HEADERS: [&str; 8] = [
    "Fichier",
    "Feuille",
    "Colonnes",
    "Remplies",
    "Réponses",
    "Repères",
    "Écartées",
    "Signalées",
];

/// In a simulation, what became of each cell.
pub(super) fn cells_of(outcome: &ImportOutcome) -> String {
    if !outcome.simulation {
        return String::new();
    }
    let detailed = outcome.intake.files.len() <= COLUMN_BY_COLUMN;
    let files = outcome.intake.files.iter();
    let rows: Vec<Vec<String>> = files
        .flat_map(|file| {
            file.cells
                .iter()
                .flat_map(move |s| sheet_rows(file, s, detailed))
        })
        .collect();
    if rows.is_empty() {
        return String::new();
    }
    format!(
        "\nCellules, colonne par colonne\n{}",
        aligned(&CELL_HEADERS, &rows)
    )
}

fn sheet_rows(file: &FileOutcome, sheet: &SheetLedger, detailed: bool) -> Vec<Vec<String>> {
    let line = |column: &ColumnLedger| {
        let aside = column.aside.iter().map(|(rule, n)| format!("{n} {rule}"));
        let aside: Vec<String> = aside.collect();
        vec![
            file.name.clone(),
            if sheet.sheet.is_empty() {
                "–".to_owned()
            } else {
                sheet.sheet.clone()
            },
            column.column.clone(),
            column.cells.to_string(),
            column.answers.to_string(),
            column.identity.to_string(),
            if aside.is_empty() {
                "0".to_owned()
            } else {
                aside.join(", ")
            },
            column.named.to_string(),
        ]
    };
    if sheet.unopened {
        let mut row = vec![file.name.clone(), sheet.sheet.clone()];
        row.push("page de la grille fournie, sans réponse : non ouverte".to_owned());
        return vec![row];
    }
    if detailed {
        sheet.grouped().iter().map(line).collect()
    } else {
        vec![line(&sheet.total())]
    }
}
