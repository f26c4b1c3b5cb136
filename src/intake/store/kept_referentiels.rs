//! The référentiels that imports were read with, kept by their hash: a campaign's own file may be
//! edited or lost afterwards.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use crate::base::error::{Error, Result};
use crate::base::files::{
    Damage, create_dir, read_checked, read_sealed, write_atomic, write_sealed,
};
use crate::intake::observations::ElementCodes;
use crate::vocabulary::referentiel::{self, Referentiel};

/// `referentiels/`.
#[derive(Debug)]
pub(super) struct KeptReferentiels {
    dir: PathBuf,
    /// Codes of éléments by hash, once read.
    codes: Mutex<HashMap<String, Arc<ElementCodes>>>,
}

impl KeptReferentiels {
    pub(super) fn at(dir: PathBuf) -> Self {
        Self {
            dir,
            codes: Mutex::default(),
        }
    }

    /// Keeps the text of a référentiel; nothing happens when it is kept already.
    pub(super) fn keep(&self, referentiel: &Referentiel) -> Result<()> {
        self.know(referentiel);
        let path = self.path(&referentiel.hash, "toml");
        if path.is_file() {
            return Ok(());
        }
        create_dir(&self.dir)?;
        write_atomic(&path, referentiel.text.as_bytes())
    }

    /// Keeps the codes of éléments alone, for a référentiel whose text is lost.
    pub(super) fn keep_codes(&self, hash: &str, codes: &ElementCodes) -> Result<()> {
        write_sealed(&self.path(hash, "json"), &codes.all())?;
        self.cache()
            .insert(hash.to_owned(), Arc::new(codes.clone()));
        Ok(())
    }

    /// Spares reading again what is open already.
    pub(super) fn know(&self, referentiel: &Referentiel) {
        let codes = Arc::new(ElementCodes::of(referentiel));
        self.cache().insert(referentiel.hash.clone(), codes);
    }

    /// Éléments by position.
    ///
    /// # Errors
    ///
    /// A référentiel that is not kept, or cannot be read.
    pub(super) fn codes(&self, hash: &str) -> Result<Arc<ElementCodes>> {
        if let Some(codes) = self.cache().get(hash) {
            return Ok(codes.clone());
        }
        let codes = Arc::new(self.read(hash)?);
        self.cache().insert(hash.to_owned(), codes.clone());
        Ok(codes)
    }

    /// A référentiel whose text is kept; none when only its codes are, or nothing.
    ///
    /// # Errors
    ///
    /// A text that cannot be read.
    pub(super) fn whole(&self, hash: &str) -> Result<Option<Referentiel>> {
        let path = self.path(hash, "toml");
        if !path.is_file() {
            return Ok(None);
        }
        let bytes = read_checked(&path, hash).map_err(|damage| damaged(&path, &damage))?;
        parse(&path, &bytes).map(Some)
    }

    fn read(&self, hash: &str) -> Result<ElementCodes> {
        let whole = self.path(hash, "toml");
        match read_checked(&whole, hash) {
            Ok(bytes) => return Ok(ElementCodes::of(&parse(&whole, &bytes)?)),
            Err(Damage::Missing) => {}
            Err(damage) => return Err(damaged(&whole, &damage)),
        }
        let codes = self.path(hash, "json");
        match read_sealed::<Vec<String>>(&codes) {
            Ok(all) => return Ok(all.into_iter().collect()),
            Err(Damage::Missing) => {}
            Err(damage) => return Err(damaged(&codes, &damage)),
        }
        // As the first stores of this format kept codes.
        let lines = std::fs::read_to_string(self.path(hash, "txt"));
        let lines = lines.map_err(|_| damaged(&whole, &Damage::Missing))?;
        Ok(lines.lines().map(str::to_owned).collect())
    }

    /// What is wrong with what is kept of a référentiel, and how many bytes were looked at.
    pub(super) fn check(&self, hash: &str) -> Result<u64> {
        self.read(hash)?;
        let kept = ["toml", "json", "txt"].map(|e| self.path(hash, e));
        let length = kept.iter().find_map(|p| std::fs::metadata(p).ok());
        Ok(length.map_or(0, |m| m.len()))
    }

    fn path(&self, hash: &str, extension: &str) -> PathBuf {
        self.dir.join(format!("{hash}.{extension}"))
    }

    fn cache(&self) -> std::sync::MutexGuard<'_, HashMap<String, Arc<ElementCodes>>> {
        self.codes.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn damaged(path: &Path, damage: &Damage) -> Error {
    Error::Store(format!(
        "{} : {damage}. Les réponses lues avec ce référentiel ne se relisent pas sans lui : remettez ce fichier depuis une sauvegarde, ou demandez au logiciel de synchronisation sa version précédente.",
        path.display()
    ))
}

fn parse(path: &Path, bytes: &[u8]) -> Result<Referentiel> {
    let text = String::from_utf8_lossy(bytes);
    referentiel::parse(&path.display().to_string(), &text)
}
