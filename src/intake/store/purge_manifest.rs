//! What `purger` put in the place of answers: one more manifest, which stands for those of the imports
//! that it empties. Theirs bear the names of files; they leave the disk, and their place in the order
//! of actions stays.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::manifest::{ActionManifest, ImportManifest, StoreAction};
use crate::vocabulary::referentiel::SourceCode;

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
    /// ISO date of the import.
    pub(crate) date: String,
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

/// What is no more of an import.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PurgedPart {
    /// ISO date of the purge.
    pub(crate) date: String,
    /// Sources.
    pub(crate) sources: Vec<SourceCode>,
    /// Hash of the référentiel of each folder of aggregates.
    pub(crate) kept: Vec<String>,
}

/// Answers of a source that are no more.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct PurgeRecord {
    /// Campaign.
    pub(crate) campaign: String,
    /// Source.
    pub(crate) source: SourceCode,
    /// ISO date of the purge.
    pub(crate) date: String,
}

/// A stand-in and the purge that it comes from.
#[derive(Clone, Copy)]
pub(super) struct DatedStandIn<'a> {
    purge: &'a str,
    pub(super) date: &'a str,
    pub(super) import: &'a StandIn,
}

/// The one stand-in of each import, by the name of its manifest: a purge that replaced the tables of
/// an earlier one comes after it. Of two made apart, the first by name stands.
pub(super) fn stand_ins(
    manifests: &BTreeMap<String, ActionManifest>,
) -> BTreeMap<&str, DatedStandIn<'_>> {
    let mut chosen: BTreeMap<&str, DatedStandIn> = BTreeMap::new();
    for (name, manifest) in manifests {
        let StoreAction::Purge(purge) = &manifest.action else {
            continue;
        };
        for import in &purge.imports {
            let candidate = DatedStandIn {
                purge: name,
                date: &manifest.date,
                import,
            };
            let slot = chosen.entry(&import.name).or_insert(candidate);
            if supersedes(import, slot.import) && slot.purge != name {
                *slot = candidate;
            }
        }
    }
    chosen
}

fn supersedes(later: &StandIn, earlier: &StandIn) -> bool {
    later.former.contains(&earlier.left.content)
}

/// Manifests with each purged import as what stands for it, whether its own is still there or not.
pub(super) fn with_stand_ins(
    manifests: &BTreeMap<String, ActionManifest>,
) -> Cow<'_, BTreeMap<String, ActionManifest>> {
    let stand_ins = stand_ins(manifests);
    if stand_ins.is_empty() {
        return Cow::Borrowed(manifests);
    }
    let mut all = manifests.clone();
    for (name, dated) in &stand_ins {
        let import = dated.import;
        let action = StoreAction::Import(import.left.clone());
        let standing = ActionManifest::new(&import.date, import.seen.clone(), action);
        all.insert((*name).to_owned(), standing.on(&import.machine));
    }
    Cow::Owned(all)
}

/// Every (campaign, source) that was purged, the first date of each.
pub(super) fn records(manifests: &BTreeMap<String, ActionManifest>) -> Vec<PurgeRecord> {
    let mut dates: BTreeMap<(&str, SourceCode), &str> = BTreeMap::new();
    for manifest in manifests.values() {
        if let StoreAction::Purge(purge) = &manifest.action {
            for source in &purge.sources {
                let date = dates.entry((&purge.campaign, *source));
                let date = date.or_insert(&manifest.date);
                *date = (*date).min(manifest.date.as_str());
            }
        }
    }
    let records = dates.into_iter().map(|(key, date)| PurgeRecord {
        campaign: key.0.to_owned(),
        source: key.1,
        date: date.to_owned(),
    });
    records.collect()
}
