//! The convention of the example and its follow-up, as people could have filled it in: one workbook at the end of June,
//! the same one again in December, with what was done, added and left undone. Everything in it is invented.

use super::raw_file::DemoFile;
use crate::base::day::Day;
use crate::base::error::{Error, Result};
use crate::convention::territory::{COMMUNES_TABLE, CONTEXT_TABLE};
use crate::convention::{
    Convention, NewRow, Register, Registers, SuiviBook, register_field, write_suivi,
};
use crate::vocabulary::config::OUTLINES_FILE;

/// The convention of the example.
pub(crate) const CONVENTION: &str = include_str!("../../data/init/convention_exemple.toml");
/// The register of exchanges of data of the example.
pub(crate) const EXCHANGES: &str = include_str!("../../data/init/echanges_exemple.toml");
/// Its territory: series, communes, their outlines; all invented.
pub(crate) const TERRITORY: [(&str, &str); 3] = [
    (
        CONTEXT_TABLE,
        include_str!("../../data/init/contexte_exemple.csv"),
    ),
    (
        COMMUNES_TABLE,
        include_str!("../../data/init/communes_exemple.csv"),
    ),
    (
        OUTLINES_FILE,
        include_str!("../../data/init/communes_exemple.geojson"),
    ),
];
/// Lines of its registers: when they are typed (1 June, 2 December), their code, their cells; « a > b »: a in June,
/// b in December.
const LINES: &str = include_str!("../../data/init/suivi_exemple.tsv");
/// Between what a cell holds in June and in December.
const THEN: &str = " > ";

/// A workbook of the follow-up, and the day that it comes back.
struct ReturnedSuivi {
    /// Its name.
    file: &'static str,
    /// Import that it is written from.
    version: &'static str,
}

/// The follow-up in June, then in December.
const RETURNED: [ReturnedSuivi; 2] = [
    ReturnedSuivi {
        file: "Suivi de la convention v1.xlsx",
        version: "",
    },
    ReturnedSuivi {
        file: "Suivi de la convention v2.xlsx",
        version: "A001",
    },
];

/// The workbooks, as of the days that they come back.
pub(crate) fn suivi_workbooks(convention: &Convention, days: [Day; 2]) -> Result<Vec<DemoFile>> {
    let mut files = Vec::new();
    for (rank, (returned, day)) in RETURNED.iter().zip(days).enumerate() {
        let rows = rows(rank + 1)?;
        let registers = Registers::of_rows(rows, returned.version);
        let book = SuiviBook::new(convention, &registers, None, day, true);
        files.push(DemoFile::new(returned.file, write_suivi(&book)?));
    }
    Ok(files)
}

/// Lines as they are typed at a return, those of the return before under the ids that they were given.
fn rows(returned: usize) -> Result<Vec<NewRow>> {
    let mut rows = Vec::new();
    let mut columns: Vec<&str> = Vec::new();
    let mut register = None;
    let mut known = 0;
    for line in LINES.lines() {
        let cells: Vec<&str> = line.split('\t').collect();
        if let ["@", name, keys @ ..] = cells.as_slice() {
            register = Register::ALL.iter().find(|r| r.key() == *name).copied();
            columns = keys.to_vec();
            known = 0;
            continue;
        }
        let (Some(register), [when, code, texts @ ..]) = (register, cells.as_slice()) else {
            return Err(Error::Render(format!(
                "Exemple de suivi illisible : {line}"
            )));
        };
        let when: usize = when.parse().unwrap_or(1);
        if when > returned {
            continue;
        }
        known += usize::from(when == 1);
        let id = match *code {
            "" if when == 1 && returned == 2 => register.id(known),
            code => code.to_owned(),
        };
        let mut row = NewRow::new(register, &id);
        for (key, text) in columns.iter().zip(texts) {
            let text = match text.split_once(THEN) {
                Some((june, december)) => [june, december][returned - 1],
                None => text,
            };
            let field = register_field(register, key);
            row.cells
                .extend(field.map(|field| (field, text.trim().to_owned())));
        }
        rows.push(row);
    }
    Ok(rows)
}
