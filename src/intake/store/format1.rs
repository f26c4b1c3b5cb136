//! What a store of format 1 held: one manifest for all imports, one Parquet file of the long table per
//! import. Read once, to be converted.

use std::collections::BTreeMap;
use std::path::Path;

use polars_io::SerReader as _;
use polars_io::prelude::ParquetReader;
use serde::Deserialize;

use super::import_writer::FORMAT_FILE;
use crate::base::day::Day;
use crate::base::error::{Error, Result};
use crate::intake::observations::Observations;

/// Its format.
pub(super) const FORMAT_1: u32 = 1;

/// One file of an import.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File1 {
    #[serde(rename = "nom")]
    pub(super) name: String,
    pub(super) sha256: String,
    #[serde(rename = "outil")]
    pub(super) tool: String,
    #[serde(rename = "campagne")]
    pub(super) campaign: String,
    #[serde(rename = "correspondance")]
    pub(super) mapping: String,
    pub(super) version: String,
    pub(super) referentiel: String,
    #[serde(rename = "lignes")]
    pub(super) rows: usize,
    pub(super) diagnostics: BTreeMap<String, usize>,
    #[serde(rename = "unites")]
    pub(super) units: Vec<String>,
    #[serde(rename = "annule", default)]
    pub(super) taken_back: bool,
}

/// One run of `importer`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Import1 {
    #[serde(rename = "id")]
    pub(super) label: String,
    pub(super) date: Day,
    #[serde(rename = "annule", default)]
    pub(super) taken_back: bool,
    #[serde(rename = "fichiers")]
    pub(super) files: Vec<File1>,
}

impl Import1 {
    /// Positions of the files that were taken back.
    pub(super) fn files_taken_back(&self) -> Vec<usize> {
        let files = self.files.iter().enumerate();
        let taken = files.filter(|(_, f)| self.taken_back || f.taken_back);
        taken.map(|(position, _)| position).collect()
    }

    /// Its answers; none when the file is missing or damaged.
    pub(super) fn table(&self, dir: &Path) -> Option<Observations> {
        let file = std::fs::File::open(dir.join(parquet_name(&self.label))).ok()?;
        let frame = ParquetReader::new(file).finish().ok()?;
        Observations::new(&frame).ok()
    }
}

/// The whole manifest, imports in order.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Manifest1 {
    #[expect(dead_code, reason = "checked before the rest is read")]
    format: u32,
    #[expect(dead_code, reason = "the number after the last import’s")]
    prochain: u32,
    pub(super) imports: Vec<Import1>,
}

impl Manifest1 {
    pub(super) fn read(dir: &Path) -> Result<Self> {
        let path = dir.join(FORMAT_FILE);
        let text = std::fs::read_to_string(&path).map_err(Error::io(&path, "lecture"))?;
        serde_json::from_str(&text).map_err(|e| {
            Error::Store(format!(
                "{} : manifeste illisible, ligne {} ({e}).",
                path.display(),
                e.line()
            ))
        })
    }
}

/// File of an import's answers.
pub(super) fn parquet_name(label: &str) -> String {
    format!("{label}.parquet")
}

/// Whether a name is that of an import's answers: a file that a person put in the folder is never
/// touched.
pub(super) fn is_parquet_name(name: &str) -> bool {
    let digits = name
        .strip_prefix('I')
        .and_then(|rest| rest.strip_suffix(".parquet"));
    digits.is_some_and(|d| d.len() >= 3 && d.bytes().all(|b| b.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::is_parquet_name;

    #[test]
    fn only_what_an_import_wrote_is_moved() {
        for ours in ["I002.parquet", "I1234.parquet"] {
            assert!(is_parquet_name(ours), "{ours}");
        }
        for other in [
            "Indicateurs.parquet",
            "I002.xlsx",
            "manifeste.json",
            "I.parquet",
            "cle-repondants",
        ] {
            assert!(!is_parquet_name(other), "{other}");
        }
    }
}
