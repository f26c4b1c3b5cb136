//! The référentiels that imports were read with, kept by their hash: a campaign's own file may be
//! edited or lost afterwards.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use super::file_sums;
use crate::base::error::{Error, Result};
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
        file_sums::create_dir(&self.dir)?;
        file_sums::write_atomic(&path, referentiel.text.as_bytes())
    }

    /// Keeps the codes of éléments alone, for a référentiel whose text is lost.
    pub(super) fn keep_codes(&self, hash: &str, codes: &ElementCodes) -> Result<()> {
        file_sums::create_dir(&self.dir)?;
        let text = codes.all().join("\n");
        file_sums::write_atomic(&self.path(hash, "txt"), text.as_bytes())?;
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
        path.is_file().then(|| parse(&path)).transpose()
    }

    fn read(&self, hash: &str) -> Result<ElementCodes> {
        let whole = self.path(hash, "toml");
        if whole.is_file() {
            return Ok(ElementCodes::of(&parse(&whole)?));
        }
        let path = self.path(hash, "txt");
        let lines = std::fs::read_to_string(&path).map_err(|_| {
            Error::Store(format!(
                "{} manque : les réponses lues avec ce référentiel ne se relisent pas sans lui. Remettez ce fichier depuis une sauvegarde.",
                whole.display()
            ))
        })?;
        Ok(lines.lines().map(str::to_owned).collect())
    }

    fn path(&self, hash: &str, extension: &str) -> PathBuf {
        self.dir.join(format!("{hash}.{extension}"))
    }

    fn cache(&self) -> std::sync::MutexGuard<'_, HashMap<String, Arc<ElementCodes>>> {
        self.codes.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn parse(path: &Path) -> Result<Referentiel> {
    let text = std::fs::read_to_string(path).map_err(Error::io(path, "lecture"))?;
    referentiel::parse(&path.display().to_string(), &text)
}
