//! Every byte of what an observatory keeps, against what was written; then whether what would be
//! published of it gives back what is hidden. Every culprit at once.

use std::path::Path;

use super::saisie::check_entries;
use crate::base::diagnostics::{Code, Diagnostic, Location};
use crate::base::error::{Error, Result};
use crate::base::files::{ContentNamed, SeenMarks};
use crate::base::text::list;
use crate::campaign::{OpenObservatory, Picture, Reach};
use crate::convention::{Registers, SurveyAnswers, check_versions};
use crate::decide::plans::Plans;
use crate::disclosure::{Audience, Audit, DeliveryLog};
use crate::figures::check_fold;
use crate::intake::store::{DeepCheck, Store};
use crate::vocabulary::config::Observatory;

/// Texts that the registry held, among what machines remember: named by their content, no marks.
const REGISTRY: &str = "registre";

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
    let root = &observatory.root;
    let marks = root.join("data").join("reperes");
    let registry = marks.join(REGISTRY);
    check.looked_at_all(&registry);
    for odd in ContentNamed::read(&registry)?.odd {
        check.found(odd.told());
    }
    let copies = observatory.registry_remarks.iter().cloned();
    copies.for_each(|told| check.found(told));
    Plans::deep_check(root, &mut check);
    Registers::deep_check(root, &mut check);
    SurveyAnswers::deep_check(root, &mut check);
    check_versions(root, &mut check)?;
    check_entries(root, &mut check)?;
    check.looked_at_all(&root.join("data").join("livraisons"));
    if let Err(error) = DeliveryLog::open(root).and_then(|log| log.check_told()) {
        check.not_whole(&error);
    }
    check_seen(&marks, &mut check)?;
    Ok(DeepOutcome {
        files: check.files,
        bytes: check.bytes,
        findings: check.findings,
    })
}

/// What machines have seen of each journal, whichever there are.
fn check_seen(marks: &Path, check: &mut DeepCheck) -> Result<()> {
    let entries = match std::fs::read_dir(marks) {
        Ok(entries) => entries,
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        Err(e) => return Err(Error::io(marks, "lecture")(e)),
    };
    let mut journals = Vec::new();
    for entry in entries {
        journals.push(entry.map_err(Error::io(marks, "lecture"))?.path());
    }
    journals.retain(|path| path.is_dir() && path.file_name().is_none_or(|n| n != REGISTRY));
    // In order, so that the same is told each time.
    journals.sort_unstable();
    for journal in journals {
        for mark in SeenMarks::read(&journal)?.files() {
            let found = mark.damage.map(|damage| format!("{damage}."));
            let length = std::fs::metadata(mark.path).map_or(0, |about| about.len());
            check.looked_at(mark.path, found.map_or(Ok(length), Err));
        }
    }
    Ok(())
}

/// What one audience would read of one campaign, audited.
pub(crate) struct AuditedDelivery {
    /// Campaign.
    pub campaign: String,
    /// Who reads.
    pub audience: Audience,
    /// Hidden figures that were tried, and those that are given back.
    pub audit: Audit,
}

/// Audits what every audience would read of every campaign, beside the campaign before it.
///
/// # Errors
///
/// A store that cannot be read.
pub(crate) fn audit_masking(opened: &OpenObservatory) -> Result<Vec<AuditedDelivery>> {
    let mut audited = Vec::new();
    for campaign in &opened.observatory.settings.campaigns {
        let picture = Picture::of(opened, campaign, Reach::Territory, campaign.fin)?;
        for audience in Audience::ALL.into_iter().filter(|a| a.is_logged()) {
            audited.push(AuditedDelivery {
                campaign: campaign.id.clone(),
                audience,
                // What is hidden is so on any day of the edition.
                audit: picture.audit(opened, audience, campaign.fin),
            });
        }
    }
    Ok(audited)
}

/// What is to be said when hidden figures are given back.
pub(crate) fn given_back(campaign: &str, audience: Audience, audit: &Audit) -> Option<Diagnostic> {
    if audit.found.is_empty() {
        return None;
    }
    let message = format!(
        "campagne {campaign}, ce qui serait donné {} : {}.",
        audience.to_whom(),
        list(&audit.found)
    );
    Some(Diagnostic::new(
        Code::HiddenGivenBack,
        Location::none(),
        message,
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_given_back_is_an_error_that_names_it() {
        let mut audit = Audit {
            tried: 12,
            found: Vec::new(),
        };
        assert!(given_back("C1", Audience::Elus, &audit).is_none());
        audit.found.push("elus : R01 REL-1 FAM".to_owned());
        let said = given_back("C1", Audience::Elus, &audit).expect("given back");
        assert_eq!(said.code, Code::HiddenGivenBack);
        assert!(
            said.message
                .contains("C1, ce qui serait donné aux élus : elus : R01 REL-1 FAM.")
        );
    }
}
