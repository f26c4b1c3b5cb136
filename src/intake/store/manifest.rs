//! One small file per action on the store, named by its content: readable in an editor, never edited,
//! never deleted. Two people who share the folder never write the same file, and nothing is decided by
//! whoever writes last.

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::file_sums;
use super::purge_manifest::PurgeManifest;
use super::table_writer::TableSum;
use crate::base::error::{Error, Result};

/// Format of manifests and tables.
pub(super) const FORMAT: u32 = 2;
/// Hexadecimal digits of a name: 128 bits tell any two contents apart, and paths stay short for
/// Windows.
pub(super) const NAME_DIGITS: usize = 32;

/// One file of an import.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ImportedFile {
    /// Name, without its folder.
    #[serde(rename = "nom")]
    pub(crate) name: String,
    /// Of its bytes.
    pub(crate) sha256: String,
    /// Importer that read it.
    #[serde(rename = "outil")]
    pub(crate) tool: String,
    /// Column mapping used, empty when columns are codes.
    #[serde(rename = "correspondance")]
    pub(crate) mapping: String,
    /// Rows of the long table that it brought.
    #[serde(rename = "lignes")]
    pub(crate) rows: usize,
    /// Diagnostics, as `CODE` → count.
    pub(crate) diagnostics: BTreeMap<String, usize>,
}

/// What a run of `importer` brought.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ImportManifest {
    /// `I001`: given in order on this machine, never again once given.
    #[serde(rename = "etiquette")]
    pub(crate) label: String,
    /// Campaign that the user declared.
    #[serde(rename = "campagne")]
    pub(crate) campaign: String,
    /// Version of the référentiel.
    pub(crate) version: String,
    /// SHA-256 of the référentiel, kept in `referentiels/`.
    pub(crate) referentiel: String,
    /// Folder of its tables in `imports/`: what their bytes come to.
    #[serde(rename = "contenu")]
    pub(crate) content: String,
    /// Its files, in the order that `unites` counts them.
    #[serde(rename = "fichiers")]
    pub(crate) files: Vec<ImportedFile>,
    /// Its tables, by name without extension.
    pub(crate) tables: BTreeMap<String, TableSum>,
}

/// What `annuler` takes back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct TakenBack {
    /// Manifest of the import.
    pub(crate) import: String,
    /// Positions of the files taken back.
    #[serde(rename = "fichiers")]
    pub(crate) files: Vec<usize>,
}

/// What was done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum StoreAction {
    /// `importer`.
    Import(ImportManifest),
    /// `annuler`.
    Annulation(TakenBack),
    /// `purger`.
    Purge(PurgeManifest),
}

/// One action and what it knew of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ActionManifest {
    format: u32,
    /// ISO date of the run.
    pub(crate) date: String,
    /// Manifests that nothing followed yet when this one was written.
    #[serde(rename = "vus")]
    pub(crate) seen: Vec<String>,
    /// What was done.
    pub(crate) action: StoreAction,
}

impl ActionManifest {
    /// An action of today's format.
    pub(crate) fn new(date: &str, seen: Vec<String>, action: StoreAction) -> Self {
        Self {
            format: FORMAT,
            date: date.to_owned(),
            seen,
            action,
        }
    }

    /// Its bytes, and the name that they give it.
    ///
    /// # Errors
    ///
    /// What cannot be written as JSON.
    pub(super) fn named(&self) -> Result<NamedBytes> {
        let mut bytes = serde_json::to_vec_pretty(self)
            .map_err(|e| Error::Store(format!("Le manifeste ne peut pas être écrit ({e}).")))?;
        bytes.push(b'\n');
        Ok(NamedBytes {
            name: name_of(&bytes),
            bytes,
        })
    }

    /// Writes it; it is in force from the rename on.
    ///
    /// # Errors
    ///
    /// A disk that refuses.
    pub(super) fn write(&self, dir: &Path) -> Result<String> {
        let named = self.named()?;
        file_sums::create_dir(dir)?;
        file_sums::write_atomic(&dir.join(format!("{}.json", named.name)), &named.bytes)?;
        Ok(named.name)
    }
}

/// Bytes and their name.
pub(super) struct NamedBytes {
    pub(super) name: String,
    pub(super) bytes: Vec<u8>,
}

/// Name of some content.
pub(super) fn name_of(bytes: &[u8]) -> String {
    let mut name = crate::base::text::hex(Sha256::digest(bytes));
    name.truncate(NAME_DIGITS);
    name
}

/// Every manifest of a folder, by name; a file that bears no such name is not ours and is left alone.
///
/// # Errors
///
/// A manifest that cannot be read, was changed since it was written, or is of another format.
pub(super) fn read_all(dir: &Path) -> Result<BTreeMap<String, ActionManifest>> {
    let mut manifests = BTreeMap::new();
    if !dir.is_dir() {
        return Ok(manifests);
    }
    let entries = std::fs::read_dir(dir).map_err(Error::io(dir, "lecture"))?;
    for entry in entries {
        let path = entry.map_err(Error::io(dir, "lecture"))?.path();
        let stem = path.file_stem().map(|s| s.to_string_lossy().into_owned());
        let is_json = path.extension().is_some_and(|e| e == "json");
        if let Some(name) = stem.filter(|s| is_json && is_name(s)) {
            let manifest = read(&path, &name)?;
            manifests.insert(name, manifest);
        }
    }
    Ok(manifests)
}

fn is_name(stem: &str) -> bool {
    stem.len() == NAME_DIGITS && stem.bytes().all(|b| b.is_ascii_hexdigit())
}

fn read(path: &Path, name: &str) -> Result<ActionManifest> {
    let bytes = std::fs::read(path).map_err(Error::io(path, "lecture"))?;
    let manifest: ActionManifest = serde_json::from_slice(&bytes).map_err(|e| {
        Error::Store(format!(
            "{} : manifeste illisible, ligne {} ({e}).",
            path.display(),
            e.line()
        ))
    })?;
    if manifest.format != FORMAT {
        return Err(Error::Store(format!(
            "{} : manifeste au format {}, ce programme lit le format {FORMAT}.",
            path.display(),
            manifest.format
        )));
    }
    if name_of(&bytes) != name {
        return Err(Error::Store(format!(
            "{} : ce manifeste a été modifié depuis qu’il a été écrit. Remettez-le dans son état d’origine, depuis une sauvegarde.",
            path.display()
        )));
    }
    Ok(manifest)
}
