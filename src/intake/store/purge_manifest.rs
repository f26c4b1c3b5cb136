//! What `purger` put in the place of answers: one more manifest, which stands for those of the imports
//! that it empties. Theirs bear the names of files; they leave the disk, and their place in the order
//! of actions stays.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::manifest::{ActionManifest, StandIn, StoreAction};
use crate::base::day::Day;
use crate::vocabulary::referentiel::SourceCode;

/// What is no more of an import.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PurgedPart {
    /// Day of the purge.
    pub(crate) date: Day,
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
    /// Day of the purge.
    pub(crate) date: Day,
}

/// A stand-in and the purge that it comes from.
#[derive(Clone, Copy)]
pub(super) struct DatedStandIn<'a> {
    purge: &'a str,
    pub(super) date: Day,
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
                date: manifest.date,
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
        let standing = ActionManifest::new(import.date, import.seen.clone(), action);
        all.insert((*name).to_owned(), standing.on(&import.machine));
    }
    Cow::Owned(all)
}

/// Every (campaign, source) that was purged, the first date of each.
pub(super) fn records(manifests: &BTreeMap<String, ActionManifest>) -> Vec<PurgeRecord> {
    let mut dates: BTreeMap<(&str, SourceCode), Day> = BTreeMap::new();
    for manifest in manifests.values() {
        if let StoreAction::Purge(purge) = &manifest.action {
            for source in &purge.sources {
                let date = dates.entry((&purge.campaign, *source));
                let date = date.or_insert(manifest.date);
                *date = (*date).min(manifest.date);
            }
        }
    }
    let records = dates.into_iter().map(|(key, date)| PurgeRecord {
        campaign: key.0.to_owned(),
        source: key.1,
        date,
    });
    records.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::intake::store::manifest::{ImportManifest, PurgeManifest};

    fn stand_in(import: &str, content: &str, former: &[&str]) -> StandIn {
        StandIn {
            name: import.to_owned(),
            date: "2026-05-12".parse().expect("a day"),
            machine: String::new(),
            seen: Vec::new(),
            left: ImportManifest {
                label: "I001".to_owned(),
                campaign: "C1".to_owned(),
                version: "v1".to_owned(),
                referentiel: String::new(),
                content: content.to_owned(),
                files: Vec::new(),
                replaces: Vec::new(),
                tables: BTreeMap::new(),
            },
            purged: vec![SourceCode::Fam],
            kept: Vec::new(),
            former: former.iter().map(|f| (*f).to_owned()).collect(),
        }
    }

    fn purge(date: &str, sources: &[SourceCode], import: StandIn) -> ActionManifest {
        let purge = PurgeManifest {
            campaign: "C1".to_owned(),
            sources: sources.to_vec(),
            imports: vec![import],
        };
        let date = date.parse().expect("a day");
        ActionManifest::new(date, vec!["import".to_owned()], StoreAction::Purge(purge))
    }

    /// Whatever the names, the purge that replaced the tables of the other stands; what the import was
    /// is in its place, though its own manifest is gone.
    #[test]
    fn the_last_purge_stands_for_the_import() {
        for (first, second) in [("aaaa", "zzzz"), ("zzzz", "aaaa")] {
            let manifests = BTreeMap::from([
                (
                    first.to_owned(),
                    purge(
                        "2027-07-04",
                        &[SourceCode::Fam],
                        stand_in("import", "un", &["zero"]),
                    ),
                ),
                (
                    second.to_owned(),
                    purge(
                        "2029-07-04",
                        &[SourceCode::Obs],
                        stand_in("import", "deux", &["zero", "un"]),
                    ),
                ),
            ]);
            assert_eq!(stand_ins(&manifests)["import"].import.left.content, "deux");
            let whole = with_stand_ins(&manifests);
            let StoreAction::Import(left) = &whole["import"].action else {
                panic!("an import");
            };
            assert_eq!(left.content, "deux");
            let told: Vec<(SourceCode, String)> = records(&manifests)
                .into_iter()
                .map(|r| (r.source, r.date.to_string()))
                .collect();
            assert_eq!(
                told,
                [
                    (SourceCode::Obs, "2029-07-04".to_owned()),
                    (SourceCode::Fam, "2027-07-04".to_owned())
                ]
            );
        }
        let nothing = BTreeMap::new();
        assert!(matches!(with_stand_ins(&nothing), Cow::Borrowed(_)));
    }
}
