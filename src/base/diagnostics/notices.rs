//! What is noticed while something is read, by whoever reads it, for whoever asked in the end.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

use super::Diagnostic;

/// Remarks gathered by several readers, each once.
#[derive(Debug, Default)]
pub(crate) struct Notices(Mutex<BTreeSet<Diagnostic>>);

impl Notices {
    /// Adds one.
    pub(crate) fn tell(&self, diagnostic: Diagnostic) {
        self.lock().insert(diagnostic);
    }

    /// All of them, which are then forgotten.
    pub(crate) fn take(&self) -> Vec<Diagnostic> {
        std::mem::take(&mut *self.lock()).into_iter().collect()
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, BTreeSet<Diagnostic>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
