//! Every byte of what an observatory keeps, against what was written; every culprit at once.

use std::path::Path;

use crate::base::diagnostics::Diagnostic;
use crate::base::error::Result;
use crate::base::files::{ContentNamed, SeenMarks};
use crate::decide::plans::Plans;
use crate::disclosure::DeliveryLog;
use crate::figures::check_fold;
use crate::intake::store::Store;
use crate::vocabulary::config::Observatory;

/// What was looked at.
pub(crate) struct DeepOutcome {
    /// Files of which every byte was read.
    pub files: usize,
    /// Their bytes.
    pub bytes: u64,
    /// What is wrong or odd.
    pub findings: Vec<Diagnostic>,
}

/// Checks everything, and changes nothing.
///
/// # Errors
///
/// No observatory there; settings that cannot be read.
pub(crate) fn check_deeply(folder: Option<&Path>) -> Result<DeepOutcome> {
    let observatory = Observatory::open(folder)?;
    let store = Store::at(observatory.store_dir());
    let mut check = store.deep_check();
    for import in std::mem::take(&mut check.imports) {
        for file in check_fold(&import.folder, &import.answers) {
            let found = file.found.map_err(|damage| {
                format!(
                    "{damage}. Ces agrégats seront refaits depuis les réponses au prochain calcul."
                )
            });
            check.looked_at(&file.path, found);
        }
    }
    let registry = observatory
        .root
        .join("data")
        .join("reperes")
        .join("registre");
    check.looked_at_all(&registry);
    for odd in ContentNamed::read(&registry)?.odd {
        check.found(odd.told());
    }
    let copies = observatory.registry_remarks.iter().cloned();
    copies.for_each(|told| check.found(told));
    Plans::deep_check(&observatory.root, &mut check);
    let data = observatory.root.join("data");
    check.looked_at_all(&data.join("livraisons"));
    if let Err(error) = DeliveryLog::open(&observatory.root) {
        check.not_whole(&error);
    }
    for journal in ["plans", "livraisons"] {
        let marks = SeenMarks::read(&data.join("reperes").join(journal))?;
        for mark in marks.files() {
            let found = mark.damage.map(|damage| format!("{damage}."));
            let length = std::fs::metadata(mark.path).map_or(0, |about| about.len());
            check.looked_at(mark.path, found.map_or(Ok(length), Err));
        }
    }
    Ok(DeepOutcome {
        files: check.files,
        bytes: check.bytes,
        findings: check.findings,
    })
}
