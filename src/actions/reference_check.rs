//! Whether answers were given to the sentences that the référentiel says today: what each import was read with is kept, and
//! compared with it.

use std::collections::BTreeMap;

use crate::base::diagnostics::{Code, Diagnostic, Location};
use crate::base::error::Result;
use crate::base::text::list;
use crate::campaign::OpenObservatory;
use crate::vocabulary::config::Campaign;
use crate::vocabulary::referentiel::ElementChange;

/// Changes named at most; the others are counted.
const NAMED: usize = 8;

/// What changed since some imports were read.
pub(crate) struct ReferenceChange {
    /// Their ids.
    pub imports: Vec<String>,
    /// In the order of what was asked.
    pub changes: Vec<ElementChange>,
}

/// What changed since the imports of a campaign were read, those that were read with the same text together.
///
/// # Errors
///
/// A store that cannot be read.
pub(crate) fn reference_changes(
    opened: &OpenObservatory,
    campaign: &Campaign,
) -> Result<Vec<ReferenceChange>> {
    let now = opened.observatory.referentiel(campaign);
    let state = opened.store.state()?;
    let mut by_text: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for live in opened.store.live(&state, &campaign.id)? {
        let manifest = &live.import.manifest;
        if manifest.referentiel != now.hash {
            let imports = by_text.entry(manifest.referentiel.clone()).or_default();
            imports.push(live.import.label.clone());
        }
    }
    let mut all = Vec::new();
    for (hash, imports) in by_text {
        let Some(then) = opened.store.kept_referentiel(&hash)? else {
            continue;
        };
        let changes = now.changes_since(&then);
        if !changes.is_empty() {
            all.push(ReferenceChange { imports, changes });
        }
    }
    Ok(all)
}

/// The same as remarks.
pub(crate) fn reference_remarks(
    opened: &OpenObservatory,
    campaign: &Campaign,
) -> Result<Vec<Diagnostic>> {
    let found = reference_changes(opened, campaign)?;
    Ok(found.iter().map(remark).collect())
}

fn remark(change: &ReferenceChange) -> Diagnostic {
    let named = change.changes.iter().take(NAMED);
    let named: Vec<String> = named.map(ElementChange::sentence).collect();
    let more = match change.changes.len() - named.len() {
        0 => String::new(),
        n => format!(" ; et {n} autres"),
    };
    let message = format!(
        "le référentiel a changé depuis la lecture de {} : {}{more}.",
        list(&change.imports),
        named.join(" ; ")
    );
    Diagnostic::new(Code::ReferentielChanged, Location::none(), message)
}
