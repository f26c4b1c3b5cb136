//! `verifier --profond`: every byte of the store against what was written, every culprit at once.
//! Nothing is changed, and what is damaged hides nothing of the rest.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::live::{ANSWERS, table_path};
use super::machine_marks::MachineMarks;
use super::manifest::{ActionManifest, ImportManifest, StoreAction};
use super::purge_manifest::with_stand_ins;
use super::store_state::StoreState;
use super::{Store, import_writer, manifest, respondent_key_file};
use crate::base::diagnostics::{Code, Diagnostic, Location};
use crate::base::error::{Error, Result};
use crate::base::files::{ContentNamed, Damage, check_file, temporaries};

/// What was looked at, and what is wrong.
#[derive(Debug, Default)]
pub(crate) struct DeepCheck {
    /// Files whose every byte was read.
    pub(crate) files: usize,
    /// Their bytes.
    pub(crate) bytes: u64,
    /// Each import, where what is folded from it stands beside its tables.
    pub(crate) imports: Vec<CheckedImport>,
    /// What is wrong or odd.
    pub(crate) findings: Vec<Diagnostic>,
}

/// An import whose tables were checked.
#[derive(Debug)]
pub(crate) struct CheckedImport {
    /// Where its tables are.
    pub(crate) folder: PathBuf,
    /// What its answers come to; empty when they were lost before the store had this format.
    pub(crate) answers: String,
}

impl DeepCheck {
    /// A file looked at, sound or not.
    pub(crate) fn looked_at(&mut self, path: &Path, found: Result<u64, String>) {
        self.files += 1;
        match found {
            Ok(bytes) => self.bytes += bytes,
            Err(message) => self.findings.push(damaged(path, message)),
        }
    }

    /// Every `.json` of a folder whose reader says what is wrong.
    pub(crate) fn looked_at_all(&mut self, dir: &Path) {
        for path in entries(dir) {
            if path.extension().is_some_and(|e| e == "json") {
                self.looked_at(&path, Ok(length(&path)));
            }
        }
    }

    /// A whole that lacks something, or that something stops.
    pub(crate) fn not_whole(&mut self, error: &Error) {
        let told = Diagnostic::new(Code::StoreDamaged, Location::none(), error.to_string());
        self.found(told.with_remedy(""));
    }

    /// Something else that is wrong.
    pub(crate) fn found(&mut self, diagnostic: Diagnostic) {
        self.findings.push(diagnostic);
    }
}

fn damaged(path: &Path, message: String) -> Diagnostic {
    let at = Location::file(&path.display().to_string());
    Diagnostic::new(Code::StoreDamaged, at, message)
}

/// Checks what machines remember, and that nothing of it is missing.
fn check_marks(
    marks: Result<MachineMarks>,
    check: &mut DeepCheck,
    manifests: &BTreeMap<String, ActionManifest>,
) {
    let marks = match marks {
        Ok(marks) => marks,
        Err(error) => return check.not_whole(&error),
    };
    for path in marks.sound() {
        check.looked_at(path, Ok(length(path)));
    }
    for mark in marks.damaged() {
        check.looked_at(&mark.path, Err(format!("{}.", mark.damage)));
    }
    if let Err(error) = marks.check(&with_stand_ins(manifests)) {
        check.not_whole(&error);
    }
}

impl Store {
    /// Checks every file of the store.
    pub(crate) fn deep_check(&self) -> DeepCheck {
        let mut check = DeepCheck::default();
        // Marks first: what they heard of is then there, even while another command writes.
        let marks = MachineMarks::read(&self.marks_dir());
        let manifests = self.check_manifests(&mut check);
        check_marks(marks, &mut check, &manifests);
        let manifests = &*with_stand_ins(&manifests);
        let imports: BTreeMap<&str, &ImportManifest> = (manifests.values())
            .filter_map(|m| match &m.action {
                StoreAction::Import(brought) => Some((brought.content.as_str(), brought)),
                StoreAction::Annulation(_) | StoreAction::Purge(_) => None,
            })
            .collect();
        self.check_temporaries(&mut check);
        let tables: Vec<DeepCheck> = (imports.par_iter())
            .map(|(_, import)| self.check_tables(import))
            .collect();
        for one in tables {
            check.files += one.files;
            check.bytes += one.bytes;
            check.imports.extend(one.imports);
            check.findings.extend(one.findings);
        }
        self.check_folders(&mut check, &imports);
        self.check_referentiels(&mut check, imports.values().copied());
        for key in self.keys() {
            let read = respondent_key_file::read(&key).map_err(|e| e.to_string());
            check.looked_at(&key, read.map(|_| length(&key)));
        }
        for key in self.missing_keys() {
            check.looked_at(&key, Err(format!("{}.", Damage::Missing)));
        }
        check
    }

    fn check_manifests(&self, check: &mut DeepCheck) -> BTreeMap<String, ActionManifest> {
        let format = self.dir.join(import_writer::FORMAT_FILE);
        let dir = self.manifests_dir();
        if format.exists() {
            let read = import_writer::check_format(&self.dir).map_err(|e| e.to_string());
            check.looked_at(&format, read.map(|()| length(&format)));
        } else if dir.exists() {
            check.looked_at(&format, Err(format!("{}.", Damage::Missing)));
        }
        let read = match ContentNamed::read(&dir) {
            Ok(read) => read,
            Err(error) => {
                check.not_whole(&error);
                return BTreeMap::new();
            }
        };
        for odd in &read.odd {
            check.files += 1;
            check.found(odd.told());
        }
        let mut manifests = BTreeMap::new();
        for (name, bytes) in &read.sound {
            let path = dir.join(format!("{name}.json"));
            let parsed = manifest::parse(&path, bytes);
            let length = bytes.len() as u64;
            match parsed {
                Ok(manifest) => {
                    check.looked_at(&path, Ok(length));
                    manifests.insert(name.clone(), manifest);
                }
                Err(error) => check.looked_at(&path, Err(error.to_string())),
            }
        }
        // A damaged one is said already; what it leaves missing is not said twice.
        let is_damaged = read.damaged().next().is_some();
        if let (Err(error), false) = (StoreState::of(&manifests), is_damaged) {
            check.not_whole(&error);
        }
        manifests
    }

    fn check_tables(&self, import: &ImportManifest) -> DeepCheck {
        let mut check = DeepCheck::default();
        let dir = self.imports_dir().join(&import.content);
        for (table, sum) in &import.tables {
            let path = table_path(&dir, table);
            let found = check_file(&path, &sum.sha256);
            let told = |damage| format!("{damage}. Il fait partie de l’import {}.", import.label);
            check.looked_at(&path, found.map_err(told));
        }
        let expected: BTreeSet<PathBuf> =
            import.tables.keys().map(|t| table_path(&dir, t)).collect();
        for path in entries(&dir) {
            if path.is_file() && !expected.contains(&path) {
                let at = Location::file(&path.display().to_string());
                let copied = import.tables.values();
                let is_copy = copied.clone().any(|s| check_file(&path, &s.sha256).is_ok());
                let (code, message) = if is_copy {
                    (Code::StoreCopy, "même contenu qu’une table de cet import.")
                } else {
                    (Code::StoreForeign, "ce n’est pas un fichier de la base.")
                };
                check.found(Diagnostic::new(code, at, message));
            }
        }
        let answers = import.tables.get(ANSWERS);
        check.imports.push(CheckedImport {
            answers: answers.map_or_else(String::new, |sum| sum.sha256.clone()),
            folder: dir,
        });
        check
    }

    /// What a command that was killed left on its way; the next that writes to the store removes it.
    fn check_temporaries(&self, check: &mut DeepCheck) {
        for dir in self.swept_dirs() {
            for path in temporaries(&dir) {
                let at = Location::file(&path.display().to_string());
                let message = "écriture en cours, ou interrompue : ne compte pas, et s’en va quand la base est écrite de nouveau.";
                check.found(Diagnostic::new(Code::StoreForeign, at, message));
            }
        }
    }

    /// Folders that no manifest names.
    fn check_folders(&self, check: &mut DeepCheck, imports: &BTreeMap<&str, &ImportManifest>) {
        for path in entries(&self.imports_dir()) {
            let name = path.file_name().map(|n| n.to_string_lossy().into_owned());
            if name.is_none_or(|n| !imports.contains_key(n.as_str())) {
                check.found(unnamed(&path));
            }
        }
    }

    fn check_referentiels<'a>(
        &self,
        check: &mut DeepCheck,
        imports: impl Iterator<Item = &'a ImportManifest>,
    ) {
        let hashes: BTreeSet<&str> = imports
            .map(|i| i.referentiel.as_str())
            .filter(|hash| !hash.is_empty())
            .collect();
        for hash in hashes {
            let path = self.dir.join("referentiels").join(format!("{hash}.toml"));
            let read = self.referentiels.check(hash).map_err(|e| e.to_string());
            check.looked_at(&path, read);
        }
    }

    /// Folders of tables that no manifest names, for whoever has just written to the store, `written`
    /// being the folder that this brought.
    pub(super) fn tell_unnamed(&self, state: &StoreState, written: &str) {
        let earlier = state.imports.iter().map(|i| i.manifest.content.as_str());
        let named: BTreeSet<&str> = earlier.chain([written]).collect();
        for path in entries(&self.imports_dir()) {
            let name = path.file_name().map(|n| n.to_string_lossy().into_owned());
            if name.is_none_or(|n| !named.contains(n.as_str())) {
                self.notices.tell(unnamed(&path));
            }
        }
    }
}

fn unnamed(path: &Path) -> Diagnostic {
    let at = Location::file(&path.display().to_string());
    Diagnostic::new(Code::StoreUnnamed, at, "mis de côté, ne compte pas.")
}

/// What a folder holds, in order; nothing when it cannot be listed, which whoever reads it says.
fn entries(dir: &Path) -> Vec<PathBuf> {
    let listed = fs::read_dir(dir).into_iter().flatten().flatten();
    let mut paths: Vec<PathBuf> = listed.map(|e| e.path()).collect();
    paths.sort_unstable();
    paths
}

fn length(path: &Path) -> u64 {
    fs::metadata(path).map_or(0, |m| m.len())
}
