//! Answers whose time is over leave the disk; what was folded of them stays (`docs/formats.md` §1).
//! Three steps, each of which a kill may follow: what is left is written in new folders, which nothing
//! names; the manifest of the purge is renamed into place, and from then on figures come from what is
//! left; then the former manifests, tables and key are removed. A purge that was cut in the third step
//! is completed by the next.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::manifest::{ImportManifest, ImportedFile, PurgeManifest, StandIn, StoreAction};
use super::purge_measures::{ActivityKeeping, MeasureRow, purged_measures};
use super::purge_units::{NeutralNames, UnitFate};
use super::purge_writer::LeftTables;
use super::store_state::Import;
use super::table_writer::TableSum;
use super::{LiveImport, Store};
use crate::base::day::Day;
use crate::base::error::Result;
use crate::base::files::{Lock, create_dir};
use crate::intake::store::stored_unit::StoredUnit;
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
        keeping: &ActivityKeeping,
    ) -> Result<Self> {
        let fates = live.fates(sources);
        Ok(Self {
            units: live.neutral_units(&fates, names),
            measures: purged_measures(live, &fates, keeping)?,
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
    /// Day of the run.
    pub(crate) date: Day,
    /// Campaign.
    pub(crate) campaign: &'a str,
    /// Sources whose answers go.
    pub(crate) sources: &'a [SourceCode],
    /// What the aggregates are folded with.
    pub(crate) referentiel: &'a Referentiel,
    /// The imports that change.
    pub(crate) imports: &'a [PurgedImport<'a>],
}

/// Writes what is kept of an import, by its rank, in a folder; gives what each table comes to.
type FoldWriter<'a> = &'a dyn Fn(usize, &Path) -> Result<BTreeMap<String, TableSum>>;

impl Store {
    /// Keeps others from writing until dropped: what is computed of the store then holds until it is
    /// written.
    ///
    /// # Errors
    ///
    /// Another command that does not finish.
    pub(crate) fn hold(&self) -> Result<Lock> {
        create_dir(&self.dir)?;
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
    pub(crate) fn purge(&self, order: &PurgeOrder, fold: FoldWriter) -> Result<()> {
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
                    ..nameless(&import.manifest, order.sources, order.referentiel)
                },
                ..self.stand_in(import, order.sources, order.referentiel)?
            });
        }
        // Cancelled imports are of no use to any figure.
        let campaign = state.imports.iter();
        let cancelled = campaign.filter(|i| i.manifest.campaign == order.campaign && !i.is_live());
        for import in cancelled.filter(|i| i.purged.is_none()) {
            imports.push(self.stand_in(import, &SourceCode::ALL, order.referentiel)?);
        }
        let action = StoreAction::Purge(PurgeManifest {
            campaign: order.campaign.to_owned(),
            sources: order.sources.to_vec(),
            imports,
        });
        self.act(order.date, &state, action)
    }

    /// An import without table nor name.
    fn stand_in(
        &self,
        import: &Import,
        sources: &[SourceCode],
        referentiel: &Referentiel,
    ) -> Result<StandIn> {
        let mut purged: BTreeSet<SourceCode> = sources.iter().copied().collect();
        let before = import.purged.iter().flat_map(|p| p.sources.iter().copied());
        purged.extend(before);
        let mut former = self.former_of(&import.name)?;
        former.push(import.manifest.content.clone());
        Ok(StandIn {
            name: import.name.clone(),
            date: import.date,
            machine: import.machine.clone(),
            seen: import.seen.clone(),
            left: ImportManifest {
                content: String::new(),
                tables: BTreeMap::new(),
                ..nameless(&import.manifest, sources, referentiel)
            },
            purged: purged.into_iter().collect(),
            kept: Vec::new(),
            former,
        })
    }

    /// Folders that earlier purges of an import replaced.
    fn former_of(&self, import: &str) -> Result<Vec<String>> {
        let manifests = self.known.read_all(&self.manifests_dir())?.all;
        let stand_ins = super::purge_manifest::stand_ins(&manifests);
        let earlier = stand_ins.get(import);
        Ok(earlier.map_or(Vec::new(), |dated| dated.import.former.clone()))
    }
}

/// What is left to say of files: what tool read them and how many rows they brought, the words that other
/// sources were asked in. The hash of their
/// bytes stays, so that they are known if they come back.
fn nameless(
    manifest: &ImportManifest,
    sources: &[SourceCode],
    referentiel: &Referentiel,
) -> ImportManifest {
    let files = manifest
        .files
        .iter()
        .zip(1..)
        .map(|(file, rank)| ImportedFile {
            name: format!("fichier {rank}"),
            mapping: String::new(),
            ..file.without_words_of(sources, referentiel)
        });
    ImportManifest {
        files: files.collect(),
        ..manifest.clone()
    }
}
