//! `data/communes.csv`: communes of the territory, their centre, their children, year by year. It is read, never written.

use std::collections::BTreeMap;

use super::territory_table::{TableLine, TerritoryTable};
use crate::base::diagnostics::Diagnostic;
use crate::base::error::Result;
pub use crate::convention::versions::COMMUNES_TABLE;
use crate::convention::versions::KnownFiles;

const COLUMNS: [&str; 7] = [
    "insee",
    "nom",
    "latitude",
    "longitude",
    "enfants_3_11",
    "enfants_0_2",
    "annee",
];

/// A commune in a year.
#[derive(Debug, Clone, PartialEq)]
pub struct CommuneLine {
    /// Line of the file, as people count.
    pub line: usize,
    /// INSEE code.
    pub insee: String,
    /// Name.
    pub name: String,
    /// Degrees north of its centre.
    pub north: f64,
    /// Degrees east.
    pub east: f64,
    /// Children aged 3 to 11.
    pub children_3_11: u32,
    /// Children aged 0 to 2.
    pub children_0_2: u32,
    /// Year of these numbers.
    pub year: i16,
}

/// Reads the communes.
///
/// # Errors
///
/// A file that cannot be read.
pub(in crate::convention) fn read_communes(
    files: &KnownFiles,
) -> Result<(Vec<CommuneLine>, Vec<Diagnostic>)> {
    let Some(mut table) = TerritoryTable::open(files, COMMUNES_TABLE, &COLUMNS, &[])? else {
        return Ok((Vec::new(), Vec::new()));
    };
    let mut lines: Vec<CommuneLine> = Vec::new();
    if table.problems.is_empty() {
        let mut seen = BTreeMap::new();
        for at in table.lines() {
            let Some(line) = read_line(&mut table, at) else {
                continue;
            };
            if let Some(first) = seen.insert((line.insee.clone(), line.year), line.line) {
                let why =
                    format!("la ligne {first} est déjà celle de cette commune, cette année-là");
                table.wrong(at, "insee", &why);
            }
            lines.push(line);
        }
    }
    Ok((lines, table.problems))
}

fn read_line(table: &mut TerritoryTable, at: TableLine) -> Option<CommuneLine> {
    let insee = table.needed(at, "insee");
    // A spreadsheet eats the zero of « 01004 ».
    let insee = if insee.len() == 4 && insee.bytes().all(|b| b.is_ascii_digit()) {
        format!("0{insee}")
    } else {
        insee
    };
    if !insee.is_empty() && (insee.len() != 5 || !insee.bytes().all(|b| b.is_ascii_alphanumeric()))
    {
        let why = format!("« {insee} » n’est pas un code Insee (cinq caractères)");
        table.wrong(at, "insee", &why);
    }
    let name = table.needed(at, "nom");
    let north = table.number(at, "latitude", -90.0, 90.0);
    let east = table.number(at, "longitude", -180.0, 180.0);
    let older = table.whole(at, "enfants_3_11", 0, 1_000_000);
    let younger = table.whole(at, "enfants_0_2", 0, 1_000_000);
    let year = table.whole(at, "annee", 1900, 2200);
    Some(CommuneLine {
        line: at.number(),
        insee,
        name,
        north: north?,
        east: east?,
        children_3_11: older?,
        children_0_2: younger?,
        year: i16::try_from(year?).ok()?,
    })
}
