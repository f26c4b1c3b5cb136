//! What came from where: readable in an editor, and the only thing that makes an import visible.

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::base::error::{Error, Result};
use crate::base::files::write_atomic;

const FORMAT: u32 = 1;

/// One file of an import.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ImportedFile {
    /// Name, without its folder.
    pub nom: String,
    /// Of its bytes.
    pub sha256: String,
    /// Importer that read it.
    pub outil: String,
    /// Campaign that the user declared.
    pub campagne: String,
    /// Column mapping used, empty when columns are codes.
    pub correspondance: String,
    /// Version of the référentiel.
    pub version: String,
    /// SHA-256 of the référentiel.
    pub referentiel: String,
    /// Answers kept.
    pub lignes: usize,
    /// Diagnostics, as `CODE` → count.
    pub diagnostics: BTreeMap<String, usize>,
    /// What it replaces and what may replace it.
    pub unites: Vec<String>,
    /// Whether it has been taken back.
    #[serde(default)]
    pub annule: bool,
}

/// One run of `importer`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Import {
    /// `I001`.
    pub id: String,
    /// ISO date of the run.
    pub date: String,
    /// Whether it has been taken back.
    #[serde(default)]
    pub annule: bool,
    /// Its files.
    pub fichiers: Vec<ImportedFile>,
}

impl Import {
    /// Whether some of it may still be visible.
    pub fn is_live(&self) -> bool {
        !self.annule && self.fichiers.iter().any(|f| !f.annule)
    }
}

/// The whole manifest, imports in order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    format: u32,
    prochain: u32,
    /// Every import ever made, those taken back included.
    pub imports: Vec<Import>,
}

impl Default for Manifest {
    fn default() -> Self {
        Self {
            format: FORMAT,
            prochain: 1,
            imports: Vec::new(),
        }
    }
}

impl Manifest {
    pub(super) fn read(path: &Path) -> Result<Self> {
        if !path.is_file() {
            return Ok(Self::default());
        }
        let text = std::fs::read_to_string(path).map_err(Error::io(path, "lecture"))?;
        let manifest: Self = serde_json::from_str(&text).map_err(|e| {
            Error::Store(format!(
                "{} : manifeste illisible, ligne {} ({e}).",
                path.display(),
                e.line()
            ))
        })?;
        if manifest.format == FORMAT {
            Ok(manifest)
        } else {
            Err(Error::Store(format!(
                "{} : manifeste au format {}, ce programme lit le format {FORMAT}.",
                path.display(),
                manifest.format
            )))
        }
    }

    pub(super) fn write(&self, path: &Path) -> Result<()> {
        let text = serde_json::to_string_pretty(self)
            .map_err(|e| Error::Store(format!("Le manifeste ne peut pas être écrit ({e}).")))?;
        write_atomic(path, text.as_bytes())
    }

    /// Takes the next id; ids taken back are never given again.
    pub(super) fn next_id(&mut self) -> String {
        let id = format!("I{:03}", self.prochain);
        self.prochain += 1;
        id
    }

    /// Adds an import and tells which visible units it replaces, as (unit, earlier import).
    pub(super) fn push(&mut self, import: Import) -> Vec<(String, String)> {
        let owners = self.owners();
        let mut replaced = Vec::new();
        for file in &import.fichiers {
            for unit in &file.unites {
                if let Some(&owner) = owners.get(&(file.campagne.clone(), unit.clone())) {
                    replaced.push((unit.clone(), self.imports[owner].id.clone()));
                }
            }
        }
        replaced.sort();
        replaced.dedup();
        self.imports.push(import);
        replaced
    }

    /// Position of the latest live import of each (campaign, unit).
    fn owners(&self) -> BTreeMap<(String, String), usize> {
        let mut owners = BTreeMap::new();
        for (i, import) in self.imports.iter().enumerate().filter(|(_, i)| !i.annule) {
            for file in import.fichiers.iter().filter(|f| !f.annule) {
                for unit in &file.unites {
                    owners.insert((file.campagne.clone(), unit.clone()), i);
                }
            }
        }
        owners
    }

    /// What must not be seen of an import: the units of files taken back, and those that a later
    /// import holds.
    pub(super) fn hidden<'a>(&self, import: &'a Import) -> Vec<(&'a ImportedFile, &'a str)> {
        let owners = self.owners();
        let own = self.imports.iter().position(|i| i.id == import.id);
        let units = import
            .fichiers
            .iter()
            .flat_map(|f| f.unites.iter().map(move |u| (f, u)));
        let is_hidden = |(file, unit): &(&ImportedFile, &String)| {
            file.annule
                || owners
                    .get(&(file.campagne.clone(), (*unit).clone()))
                    .copied()
                    != own
        };
        units
            .filter(is_hidden)
            .map(|(file, unit)| (file, unit.as_str()))
            .collect()
    }

    /// The import and file that hold the same bytes for a campaign and still own something.
    pub fn live_file(&self, sha256: &str, campaign: &str) -> Option<(&Import, &ImportedFile)> {
        let owners = self.owners();
        self.imports
            .iter()
            .enumerate()
            .rev()
            .filter(|(_, i)| !i.annule)
            .find_map(|(i, import)| {
                let file = import.fichiers.iter().find(|f| {
                    let owns =
                        |u: &String| owners.get(&(f.campagne.clone(), u.clone())) == Some(&i);
                    !f.annule
                        && f.sha256 == sha256
                        && f.campagne == campaign
                        && f.unites.iter().any(owns)
                })?;
                Some((import, file))
            })
    }

    /// Marks an import, or one of its files, as taken back; returns the names of the files.
    pub(super) fn undo(&mut self, id: &str, file: Option<&str>) -> Result<Vec<String>> {
        let known: Vec<String> = self
            .imports
            .iter()
            .filter(|i| i.is_live())
            .map(|i| i.id.clone())
            .collect();
        let Some(import) = self
            .imports
            .iter_mut()
            .find(|i| i.id.eq_ignore_ascii_case(id))
        else {
            return Err(Error::Usage(format!(
                "L’import « {id} » n’existe pas ; imports en place : {}.",
                if known.is_empty() {
                    "aucun".to_owned()
                } else {
                    known.join(", ")
                }
            )));
        };
        if !import.is_live() {
            return Err(Error::Usage(format!("L’import « {id} » est déjà annulé.")));
        }
        let mut names = Vec::new();
        for one in import.fichiers.iter_mut().filter(|f| !f.annule) {
            if file.is_none_or(|wanted| wanted == one.nom) {
                one.annule = true;
                names.push(one.nom.clone());
            }
        }
        if names.is_empty() {
            let files: Vec<&str> = import.fichiers.iter().map(|f| f.nom.as_str()).collect();
            return Err(Error::Usage(format!(
                "L’import « {id} » ne contient pas « {} » ; ses fichiers : {}.",
                file.unwrap_or(""),
                files.join(", ")
            )));
        }
        import.annule = import.fichiers.iter().all(|f| f.annule);
        Ok(names)
    }
}
