//! `data/contexte.csv`: series of the territory (Insee, Caf, Éducation nationale…), one value a line. It is read, never written.

use std::collections::BTreeMap;

use super::territory_table::{TableLine, TerritoryTable};
use crate::base::diagnostics::Diagnostic;
use crate::base::error::Result;
use crate::base::text::{fold, suggest};
use crate::convention::convention_words::ClosedWord;
pub use crate::convention::versions::CONTEXT_TABLE;
use crate::convention::versions::KnownFiles;

const COLUMNS: [&str; 9] = [
    "serie", "libelle", "unite", "annee", "maille", "code", "valeur", "source", "licence",
];
/// Whether a value was rounded before it was published; an optional column.
const ROUNDED: &str = "arrondi";

/// What a value is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ContextGrain {
    /// A commune.
    Commune,
    /// The EPCI.
    Epci,
    /// Its département.
    Departement,
}

impl ClosedWord for ContextGrain {
    const ALL: &'static [Self] = &[Self::Commune, Self::Epci, Self::Departement];

    fn key(self) -> &'static str {
        match self {
            Self::Commune => "commune",
            Self::Epci => "epci",
            Self::Departement => "departement",
        }
    }

    fn label(self) -> &'static str {
        match self {
            Self::Departement => "département",
            _ => self.key(),
        }
    }
}

/// A value of a series.
#[derive(Debug, Clone, PartialEq)]
pub struct ContextLine {
    /// File that it is read in.
    pub file: &'static str,
    /// Line of the file, as people count.
    pub line: usize,
    /// `naissances`.
    pub series: String,
    /// « Naissances domiciliées ».
    pub label: String,
    /// « enfants », « % ».
    pub unit: String,
    /// Year.
    pub year: i16,
    /// What it is about.
    pub grain: ContextGrain,
    /// INSEE code, SIREN, département.
    pub code: String,
    /// Value.
    pub value: f64,
    /// Rounded before it was published: sums are « environ ».
    pub rounded: bool,
    /// Who published it.
    pub source: String,
    /// Under which licence.
    pub licence: String,
}

/// Reads the series.
///
/// # Errors
///
/// A file that cannot be read.
pub(super) fn read_context(files: &KnownFiles) -> Result<(Vec<ContextLine>, Vec<Diagnostic>)> {
    let Some(mut table) = TerritoryTable::open(files, CONTEXT_TABLE, &COLUMNS, &[ROUNDED])? else {
        return Ok((Vec::new(), Vec::new()));
    };
    let mut lines = Vec::new();
    if table.problems.is_empty() {
        let mut seen = BTreeMap::new();
        let mut heads: BTreeMap<String, (String, String)> = BTreeMap::new();
        for at in table.lines() {
            let Some(line) = read_line(&mut table, at) else {
                continue;
            };
            let key = (
                line.series.clone(),
                line.year,
                line.grain,
                line.code.clone(),
            );
            if let Some(first) = seen.insert(key, line.line) {
                table.wrong(
                    at,
                    "valeur",
                    &format!("la ligne {first} dit déjà cette valeur"),
                );
            }
            let head = (line.label.clone(), line.unit.clone());
            let first = heads
                .entry(line.series.clone())
                .or_insert_with(|| head.clone());
            if *first != head {
                let why = format!(
                    "la série « {} » est déjà « {} », en « {} »",
                    line.series, first.0, first.1
                );
                table.wrong(at, "libelle", &why);
            }
            lines.push(line);
        }
    }
    Ok((lines, table.problems))
}

fn read_line(table: &mut TerritoryTable, at: TableLine) -> Option<ContextLine> {
    let texts = ["serie", "libelle", "code", "source", "licence"].map(|c| table.needed(at, c));
    let year = table.whole(at, "annee", 1900, 2200);
    let value = table.number(at, "valeur", -1e12, 1e12);
    let word = table.needed(at, "maille");
    let grain = ContextGrain::read(&fold(&word));
    if grain.is_none() && !word.is_empty() {
        let keys = ContextGrain::ALL.iter().map(|g| g.key());
        let near = suggest(&word, keys).best_clause();
        let why = format!("maille « {word} » : écrivez commune, epci ou departement{near}");
        table.wrong(at, "maille", &why);
    }
    let rounded = match fold(&table.text(at, ROUNDED)).as_str() {
        "" | "non" | "0" => false,
        "oui" | "1" | "environ" => true,
        other => {
            table.wrong(at, ROUNDED, &format!("« {other} » : répondez oui ou non"));
            false
        }
    };
    let unit = table.text(at, "unite");
    let [series, label, code, source, licence] = texts;
    Some(ContextLine {
        file: CONTEXT_TABLE,
        line: at.number(),
        series,
        label,
        unit,
        year: i16::try_from(year?).ok()?,
        grain: grain?,
        code,
        value: value?,
        rounded,
        source,
        licence,
    })
}
