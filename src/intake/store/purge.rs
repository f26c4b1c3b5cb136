//! Answers whose time is over leave the disk; what was folded of them stays (`docs/formats.md` §1).
//! Three steps, each of which a kill may follow: what is left is written in new folders, which nothing
//! names; the manifest of the purge is renamed into place, and from then on figures come from what is
//! left; then the former manifests, tables and key are removed. A purge that was cut in the third step
//! is completed by the next.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use super::manifest::{self, ActionManifest, ImportManifest, ImportedFile, StoreAction};
use super::purge_manifest::{PurgeManifest, StandIn};
use super::purge_measures::{MeasureRow, PostWindow, purged_measures};
use super::purge_units::{NeutralNames, UnitFate};
use super::purge_writer::LeftTables;
use super::store_state::{Import, StoreState};
use super::{KEY, LiveImport, Store, file_sums};
use crate::base::error::{Error, Result};
use crate::base::files::Lock;
use crate::base::text::hex;
use crate::intake::observations::RespondentKey;
use crate::intake::store::live::StoredUnit;
use crate::vocabulary::referentiel::{Referentiel, SourceCode};

/// What one import becomes, computed before anything is written.
pub(crate) struct PurgedImport<'a> {
    /// The import as it stands.
    pub(crate) live: &'a LiveImport<'a>,
    /// What becomes of each unit.
    pub(crate) fates: Vec<UnitFate>,
    /// The units as they will be.
    pub(crate) units: Vec<StoredUnit>,
    /// Activity data as they will be.
    pub(crate) measures: Vec<MeasureRow>,
}

impl<'a> PurgedImport<'a> {
    /// What an import becomes without answers of some sources.
    ///
    /// # Errors
    ///
    /// A table that is damaged.
    pub(crate) fn of(
        live: &'a LiveImport<'a>,
        sources: &[SourceCode],
        names: &NeutralNames,
        window: &PostWindow,
    ) -> Result<Self> {
        let fates = live.fates(sources);
        Ok(Self {
            units: live.neutral_units(&fates, names),
            measures: purged_measures(live, &fates, window)?,
            live,
            fates,
        })
    }

    /// Whether anything of it changes.
    pub(crate) fn changes(&self) -> bool {
        self.fates.iter().any(|fate| *fate != UnitFate::Kept)
    }
}

/// One campaign to purge.
pub(crate) struct PurgeOrder<'a> {
    /// ISO date of the run.
    pub(crate) date: &'a str,
    /// Campaign.
    pub(crate) campaign: &'a str,
    /// Sources whose answers go.
    pub(crate) sources: &'a [SourceCode],
    /// What the aggregates are folded with.
    pub(crate) referentiel: &'a Referentiel,
    /// The imports that change.
    pub(crate) imports: &'a [PurgedImport<'a>],
}

/// What one purge removed from the disk.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(crate) struct Swept {
    /// What was removed, by path.
    pub(crate) removed: Vec<PathBuf>,
    /// What the system would not let go of, and why: the next run tries again.
    pub(crate) refused: Vec<RefusedRemoval>,
}

/// A file or folder that could not be removed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RefusedRemoval {
    /// Where.
    pub(crate) path: PathBuf,
    /// What the system said.
    pub(crate) reason: String,
}

impl Store {
    /// Keeps others from writing until dropped: what is computed of the store then holds until it is
    /// written.
    ///
    /// # Errors
    ///
    /// Another command that does not finish.
    pub(crate) fn hold(&self) -> Result<Lock> {
        file_sums::create_dir(&self.dir)?;
        Lock::take(&self.dir)
    }

    /// The référentiel of a hash, when the store keeps its text.
    pub(crate) fn kept_referentiel(&self, hash: &str) -> Result<Option<Referentiel>> {
        self.referentiels.whole(hash)
    }

    /// Replaces answers by what `fold` writes of each import in a folder; [`Store::hold`] is held. What
    /// was replaced is still there: [`Store::sweep`] removes it.
    ///
    /// # Errors
    ///
    /// A disk that refuses: nothing has changed then.
    pub(crate) fn purge(
        &self,
        order: &PurgeOrder,
        fold: &dyn Fn(usize, &Path) -> Result<()>,
    ) -> Result<()> {
        let state = self.state()?;
        self.referentiels.keep(order.referentiel)?;
        let mut imports = Vec::new();
        for (rank, purged) in order.imports.iter().enumerate() {
            let left = LeftTables {
                live: purged.live,
                fates: &purged.fates,
                units: &purged.units,
                measures: &purged.measures,
                fold: &|dir| fold(rank, dir),
            };
            let written = left.write(&self.imports_dir())?;
            let import = purged.live.import;
            let mut kept = import
                .purged
                .as_ref()
                .map_or(Vec::new(), |p| p.kept.clone());
            kept.push(order.referentiel.hash.clone());
            imports.push(StandIn {
                kept,
                left: ImportManifest {
                    content: written.content,
                    tables: written.tables,
                    ..nameless(&import.manifest)
                },
                ..self.stand_in(import, order.sources)?
            });
        }
        // Cancelled imports are of no use to any figure.
        let campaign = state.imports.iter();
        let cancelled = campaign.filter(|i| i.manifest.campaign == order.campaign && !i.is_live());
        for import in cancelled.filter(|i| i.purged.is_none()) {
            imports.push(self.stand_in(import, &SourceCode::ALL)?);
        }
        let action = StoreAction::Purge(PurgeManifest {
            campaign: order.campaign.to_owned(),
            sources: order.sources.to_vec(),
            imports,
        });
        ActionManifest::new(order.date, state.heads, action).write(&self.manifests_dir())?;
        Ok(())
    }

    /// An import without table nor name.
    fn stand_in(&self, import: &Import, sources: &[SourceCode]) -> Result<StandIn> {
        let mut purged: BTreeSet<SourceCode> = sources.iter().copied().collect();
        let before = import.purged.iter().flat_map(|p| p.sources.iter().copied());
        purged.extend(before);
        let mut former = self.former_of(&import.name)?;
        former.push(import.manifest.content.clone());
        Ok(StandIn {
            name: import.name.clone(),
            date: import.date.clone(),
            seen: import.seen.clone(),
            left: ImportManifest {
                content: String::new(),
                tables: std::collections::BTreeMap::new(),
                ..nameless(&import.manifest)
            },
            purged: purged.into_iter().collect(),
            kept: Vec::new(),
            former,
        })
    }

    /// Folders that earlier purges of an import replaced.
    fn former_of(&self, import: &str) -> Result<Vec<String>> {
        let manifests = manifest::read_all(&self.manifests_dir())?;
        let stand_ins = super::purge_manifest::stand_ins(&manifests);
        let earlier = stand_ins.get(import);
        Ok(earlier.map_or(Vec::new(), |dated| dated.import.former.clone()))
    }

    /// What purges replaced and that is still on the disk: manifests, folders of tables, keys, what
    /// format 1 held. Nothing is removed.
    ///
    /// # Errors
    ///
    /// A store that cannot be read.
    pub(crate) fn leftovers(&self) -> Result<Vec<PathBuf>> {
        let manifests = manifest::read_all(&self.manifests_dir())?;
        let state = StoreState::of(&manifests)?;
        let mut replaced: Vec<&str> = Vec::new();
        let mut former: BTreeSet<&str> = BTreeSet::new();
        for manifest in manifests.values() {
            if let StoreAction::Purge(purge) = &manifest.action {
                for import in &purge.imports {
                    replaced.push(&import.name);
                    former.extend(import.former.iter().map(String::as_str));
                    former.insert(&import.left.content);
                }
            }
        }
        let in_use: BTreeSet<&str> = (state.imports.iter())
            .map(|i| i.manifest.content.as_str())
            .collect();
        let mut found = Vec::new();
        // A synchroniser may have brought one back under a name of its own: « … (1).json ».
        found.extend(entries(&self.manifests_dir(), |name| {
            replaced.iter().any(|r| name.starts_with(r))
        })?);
        found.extend(entries(&self.imports_dir(), |name| {
            former.contains(name) && !in_use.contains(name)
        })?);
        if !replaced.is_empty() {
            found.extend(self.former_keys(&state)?);
            // A copy of the same answers, and of the names of all files.
            found.extend(entries(&self.dir, |name| name == super::migration::KEPT)?);
        }
        Ok(found)
    }

    /// Removes what [`Store::leftovers`] finds; [`Store::hold`] is held.
    ///
    /// # Errors
    ///
    /// A store that cannot be read. What cannot be removed is said, not an error: figures no longer
    /// come from it.
    pub(crate) fn sweep(&self) -> Result<Swept> {
        let mut swept = Swept::default();
        for path in self.leftovers()? {
            let removed = if path.is_dir() {
                fs::remove_dir_all(&path)
            } else {
                fs::remove_file(&path)
            };
            match removed {
                Ok(()) => swept.removed.push(path),
                Err(e) => swept.refused.push(RefusedRemoval {
                    path,
                    reason: e.to_string(),
                }),
            }
        }
        for dir in [self.manifests_dir(), self.imports_dir()] {
            if dir.is_dir() {
                file_sums::sync_dir(&dir)?;
            }
        }
        Ok(swept)
    }

    /// Keys that nobody's answers need any more: a campaign's own, and the one that older stores share
    /// once none of theirs needs it.
    fn former_keys(&self, state: &StoreState) -> Result<Vec<PathBuf>> {
        let mut keys = Vec::new();
        let mut shared_needed = false;
        let campaigns: BTreeSet<&str> = (state.imports.iter())
            .map(|i| i.manifest.campaign.as_str())
            .collect();
        for campaign in campaigns {
            let own = self.own_key(campaign);
            let needed = self.needs_key(state, campaign)?;
            if own.is_file() && !needed {
                keys.push(own);
            } else if !own.is_file() {
                shared_needed |= needed;
            }
        }
        let shared = self.dir.join(KEY);
        if shared.is_file() && !shared_needed {
            keys.push(shared);
        }
        Ok(keys)
    }

    /// Whether answers of a campaign still name respondents by its key.
    fn needs_key(&self, state: &StoreState, campaign: &str) -> Result<bool> {
        let imports = state.imports.iter();
        for import in imports.filter(|i| i.manifest.campaign == campaign) {
            // A cancelled import stays until its time.
            if !import.is_live() && import.purged.is_none() {
                return Ok(true);
            }
            if import.is_live() {
                let live = LiveImport::read(&self.imports_dir(), import)?;
                if live.respondents()?.rows() > 0 {
                    return Ok(true);
                }
            }
        }
        Ok(false)
    }

    fn own_key(&self, campaign: &str) -> PathBuf {
        self.dir.join(format!("{KEY}-{campaign}"))
    }

    /// Where the key of a campaign's respondents is, or will be: its own; for a campaign that an older
    /// store already holds, the one of that store.
    fn key_place(&self, campaign: &str) -> Result<PathBuf> {
        let (own, shared) = (self.own_key(campaign), self.dir.join(KEY));
        if own.is_file() || !shared.is_file() {
            return Ok(own);
        }
        let state = self.state()?;
        let held = state
            .imports
            .iter()
            .any(|i| i.manifest.campaign == campaign);
        Ok(if held { shared } else { own })
    }

    /// Whether the key of a campaign's respondents is there.
    ///
    /// # Errors
    ///
    /// A store that cannot be read.
    pub(crate) fn has_key(&self, campaign: &str) -> Result<bool> {
        Ok(self.key_place(campaign)?.is_file())
    }

    /// The key of opaque respondents of a campaign, made at the first use.
    ///
    /// # Errors
    ///
    /// A key that cannot be made or read.
    pub(crate) fn respondent_key(&self, campaign: &str) -> Result<RespondentKey> {
        file_sums::create_dir(&self.dir)?;
        let path = self.key_place(campaign)?;
        let lock = (!path.is_file())
            .then(|| Lock::take(&self.dir))
            .transpose()?;
        // Another process may have made it while this one waited for the lock.
        if lock.is_some() && !path.is_file() {
            let mut bytes = [0_u8; 32];
            getrandom::fill(&mut bytes)
                .map_err(|e| Error::Store(format!("Le système ne donne pas de hasard ({e}).")))?;
            file_sums::write_atomic(&path, hex(bytes).as_bytes())?;
        }
        let text = fs::read_to_string(&path).map_err(Error::io(&path, "lecture"))?;
        let mut bytes = [0_u8; 32];
        const_hex::decode_to_slice(text.trim(), &mut bytes)
            .map_err(|_| Error::Store(format!("{} : clé illisible.", path.display())))?;
        Ok(RespondentKey::new(bytes))
    }
}

/// What is left to say of files: what tool read them and how many rows they brought. The hash of their
/// bytes stays, so that they are known if they come back.
fn nameless(manifest: &ImportManifest) -> ImportManifest {
    let files = manifest
        .files
        .iter()
        .zip(1..)
        .map(|(file, rank)| ImportedFile {
            name: format!("fichier {rank}"),
            mapping: String::new(),
            ..file.clone()
        });
    ImportManifest {
        files: files.collect(),
        ..manifest.clone()
    }
}

/// Entries of a folder, by name.
fn entries(dir: &Path, wanted: impl Fn(&str) -> bool) -> Result<Vec<PathBuf>> {
    if !dir.is_dir() {
        return Ok(Vec::new());
    }
    let mut found = Vec::new();
    for entry in fs::read_dir(dir).map_err(Error::io(dir, "lecture"))? {
        let entry = entry.map_err(Error::io(dir, "lecture"))?;
        if wanted(&entry.file_name().to_string_lossy()) {
            found.push(entry.path());
        }
    }
    found.sort();
    Ok(found)
}
