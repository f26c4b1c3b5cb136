//! Purges that a store knows of, read without the rest: what they took away must not come back with an older
//! copy of the folder.

use std::path::Path;

use super::manifest::{ActionManifest, StoreAction};
use crate::base::day::Day;
use crate::base::files::sha256;

/// One run of `purger` over one campaign.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PurgeTrace {
    /// SHA-256 of its manifest.
    pub(crate) sha256: String,
    /// Campaign.
    pub(crate) campaign: String,
    /// Day of the run.
    pub(crate) date: Day,
}

/// The purges of an observatory folder. Manifests that cannot be read tell nothing: the store may be what
/// a person is restoring for.
pub(crate) fn purge_traces(root: &Path) -> Vec<PurgeTrace> {
    let dir = root.join("data").join("store").join("manifestes");
    let entries = std::fs::read_dir(dir).into_iter().flatten().flatten();
    let mut traces: Vec<PurgeTrace> = entries
        .filter_map(|entry| {
            let bytes = std::fs::read(entry.path()).ok()?;
            let manifest: ActionManifest = serde_json::from_slice(&bytes).ok()?;
            match manifest.action {
                StoreAction::Purge(purge) => Some(PurgeTrace {
                    sha256: sha256(&bytes),
                    campaign: purge.campaign,
                    date: manifest.date,
                }),
                _ => None,
            }
        })
        .collect();
    traces.sort_by(|a, b| (a.date, &a.campaign).cmp(&(b.date, &b.campaign)));
    traces.dedup();
    traces
}
