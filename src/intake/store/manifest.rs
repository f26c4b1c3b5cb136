//! One small file per action on the store, named by its content: readable in an editor, never edited,
//! never deleted. Two people who share the folder never write the same file, and nothing is decided by
//! whoever writes last.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use serde::{Deserialize, Serialize};

use super::table_writer::TableSum;
use crate::base::day::Day;
use crate::base::error::{Error, Result};
use crate::base::files::{ContentNamed, OddFile, content_name, create_dir, write_atomic};
use crate::intake::cell_corrections::CellCorrection;
use crate::intake::cell_ledger::SheetLedger;
use crate::vocabulary::own_question::{OwnQuestionWords, source_of};
use crate::vocabulary::referentiel::{Referentiel, SourceCode};

/// Format of manifests and tables.
pub(super) const FORMAT: u32 = 2;

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
    /// In which words it asked éléments, by their codes: nothing where in the référentiel's, an empty text for
    /// words that are not kept. Empty where all of it is worded as the référentiel; none in manifests that
    /// kept no such account.
    #[serde(
        rename = "formulations",
        default,
        skip_serializing_if = "Option::is_none"
    )]
    pub(crate) wordings: Option<BTreeMap<String, Vec<String>>>,
    /// Questions outside the référentiel that it asked, by their codes, with the answers that a person agreed on.
    #[serde(
        rename = "questions",
        default,
        skip_serializing_if = "BTreeMap::is_empty"
    )]
    pub(crate) questions: BTreeMap<String, OwnQuestionWords>,
    /// Rows of the long table that it brought.
    #[serde(rename = "lignes")]
    pub(crate) rows: usize,
    /// What became of each cell of its sheets; nothing in manifests that kept no such account.
    #[serde(rename = "cellules", default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) cells: Vec<SheetLedger>,
    /// Values that a person typed in the place of what its cells hold.
    #[serde(
        rename = "cellules_corrigees",
        default,
        skip_serializing_if = "Vec::is_empty"
    )]
    pub(crate) corrected: Vec<CellCorrection>,
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
    /// Files of earlier imports that it takes the place of, whatever their units, as long as it is not taken back.
    #[serde(rename = "remplace", default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) replaces: Vec<TakenBack>,
}

impl ImportedFile {
    /// Whether some of its columns or lines were led to éléments by more than the référentiel's codes and
    /// words.
    pub(crate) fn is_foreign(&self) -> bool {
        let worded = self.wordings.as_ref();
        worded.map_or(!self.mapping.is_empty(), |all| !all.is_empty())
    }

    /// The same without the words of sources: that there were some stays, but for questions outside the
    /// référentiel.
    pub(super) fn without_words_of(&self, sources: &[SourceCode], r: &Referentiel) -> Self {
        let mut left = self.clone();
        for corrected in &mut left.corrected {
            *corrected = corrected.without_words();
        }
        left.questions
            .retain(|code, _| source_of(code).is_some_and(|s| !sources.contains(&s)));
        for (code, words) in left.wordings.iter_mut().flatten() {
            let source = r.element(code).map(|e| r.elements[e].source);
            if !words.is_empty() && source.is_none_or(|s| sources.contains(&s)) {
                *words = vec![String::new()];
            }
        }
        left
    }
}

impl ImportManifest {
    /// Rows of one of its tables.
    pub(super) fn rows(&self, table: &str) -> usize {
        self.tables.get(table).map_or(0, |sum| sum.rows)
    }

    /// Filled cells of its files, each of which was read, set aside by a rule or named; none when some file
    /// has no such account.
    pub(super) fn cells(&self) -> Option<u64> {
        let files = self.files.iter().map(|file| {
            let kept = !file.cells.is_empty();
            kept.then(|| file.cells.iter().map(SheetLedger::cells).sum::<u64>())
        });
        files.sum()
    }
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

/// One run of `purger` over one campaign.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PurgeManifest {
    /// Campaign.
    #[serde(rename = "campagne")]
    pub(crate) campaign: String,
    /// Sources whose answers are no more.
    pub(crate) sources: Vec<SourceCode>,
    /// The imports that held some.
    pub(crate) imports: Vec<StandIn>,
}

/// An import without what was purged of it; stands for its own manifest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct StandIn {
    /// Name of the manifest that it stands for.
    #[serde(rename = "manifeste")]
    pub(crate) name: String,
    /// Day of the import.
    pub(crate) date: Day,
    /// Machine that it was made on.
    #[serde(rename = "poste", default, skip_serializing_if = "String::is_empty")]
    pub(crate) machine: String,
    /// What the import had seen.
    #[serde(rename = "vus")]
    pub(crate) seen: Vec<String>,
    /// What is left of it: its files without their names, the tables that replace its own.
    #[serde(rename = "reste")]
    pub(crate) left: ImportManifest,
    /// Sources purged of it, this time and before.
    #[serde(rename = "purgees")]
    pub(crate) purged: Vec<SourceCode>,
    /// Hash of the référentiel of each folder of aggregates that took the place of answers.
    #[serde(rename = "gardes")]
    pub(crate) kept: Vec<String>,
    /// Folders of `imports/` that it replaces.
    #[serde(rename = "remplace")]
    pub(crate) former: Vec<String>,
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
    /// Day of the run.
    pub(crate) date: Day,
    /// Machine that it was done on; empty when it is not known.
    #[serde(rename = "poste", default, skip_serializing_if = "String::is_empty")]
    pub(crate) machine: String,
    /// Manifests that nothing followed yet when this one was written.
    #[serde(rename = "vus")]
    pub(crate) seen: Vec<String>,
    /// What was done.
    pub(crate) action: StoreAction,
}

impl ActionManifest {
    /// An action of today's format.
    pub(crate) fn new(date: Day, seen: Vec<String>, action: StoreAction) -> Self {
        Self {
            format: FORMAT,
            date,
            machine: String::new(),
            seen,
            action,
        }
    }

    /// The same, done on a machine.
    pub(super) fn on(self, machine: &str) -> Self {
        Self {
            machine: machine.to_owned(),
            ..self
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
            name: content_name(&bytes),
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
        create_dir(dir)?;
        write_atomic(&dir.join(format!("{}.json", named.name)), &named.bytes)?;
        Ok(named.name)
    }
}

/// Bytes and their name.
pub(super) struct NamedBytes {
    pub(super) name: String,
    pub(super) bytes: Vec<u8>,
}

/// What the folder of manifests holds.
pub(super) struct ReadManifests {
    /// By name.
    pub(super) all: BTreeMap<String, ActionManifest>,
    /// Names of those that were not opened.
    held: BTreeSet<String>,
    /// Copies, renamed and foreign files.
    pub(super) odd: Vec<OddFile>,
}

/// Manifests that a command has read: their bytes were checked then, and a name has no other bytes.
#[derive(Debug, Default)]
pub(super) struct KnownManifests(Mutex<BTreeMap<String, ActionManifest>>);

impl KnownManifests {
    /// Every manifest of a folder; those that were read before are not opened again.
    ///
    /// # Errors
    ///
    /// A manifest that cannot be read, was changed since it was written, or is of another format: the
    /// first of them, with what to do.
    pub(super) fn read_all(&self, dir: &Path) -> Result<ReadManifests> {
        // Not held while files are read: what reads them may take up another task, which asks the same.
        let known = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let names: BTreeSet<String> = known().keys().cloned().collect();
        let mut read = read_but(dir, &names)?;
        let mut known = known();
        for (name, manifest) in &read.all {
            known.insert(name.clone(), manifest.clone());
        }
        for name in std::mem::take(&mut read.held) {
            if let Some(manifest) = known.get(&name) {
                read.all.insert(name, manifest.clone());
            }
        }
        Ok(read)
    }
}

/// Every manifest of a folder.
#[cfg(test)]
pub(super) fn read_all(dir: &Path) -> Result<ReadManifests> {
    read_but(dir, &BTreeSet::new())
}

/// Every manifest of a folder but those of these names, known by its bytes whatever its file is called.
///
/// # Errors
///
/// A manifest that cannot be read, was changed since it was written, or is of another format: the
/// first of them, with what to do.
fn read_but(dir: &Path, known: &BTreeSet<String>) -> Result<ReadManifests> {
    let read = ContentNamed::read_but(dir, known)?;
    if let Some((file, damage)) = read.damaged().next() {
        return Err(Error::Store(format!(
            "{} : {damage}. Attendez la fin de la synchronisation, remettez ce fichier depuis une sauvegarde, ou demandez au logiciel de synchronisation sa version précédente : il dit ce qu’un import a apporté, et aucun chiffre n’est calculé sans lui.",
            file.path.display()
        )));
    }
    let parsed = read.sound.into_iter().map(|(name, bytes)| {
        let manifest = parse(&dir.join(format!("{name}.json")), &bytes)?;
        Ok((name, manifest))
    });
    Ok(ReadManifests {
        all: parsed.collect::<Result<_>>()?,
        held: read.held,
        odd: read.odd,
    })
}

/// A manifest from its bytes.
pub(super) fn parse(path: &Path, bytes: &[u8]) -> Result<ActionManifest> {
    let manifest: ActionManifest = serde_json::from_slice(bytes).map_err(|e| {
        Error::Store(format!(
            "{} : manifeste illisible, ligne {} ({e}). Il vient peut-être d’une version plus récente du programme : installez-la.",
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
    Ok(manifest)
}
