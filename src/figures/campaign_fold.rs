//! Everything folded of one campaign, import by import: the only road from the store to figures. No
//! answer is read again once its import is folded.

use std::collections::HashMap;
use std::path::Path;

use super::activity_lines::ReadMeasure;
use super::aggregates::{
    AnswerUnit, ElementTally, FamilyLevels, ImportFold, Remap, SharedMeasure, shared_measures,
    shared_units, write_shared,
};
use super::collect::Collected;
use super::collected_builder::CollectedBuilder;
use super::compute::{Computation, Scope};
use super::reliability::RatedAnswer;
use super::shared_folder::SharedFolder;
use crate::base::day::Day;
use crate::base::error::{Error, Result};
use crate::base::parallel::in_parallel;
use crate::base::table::TableColumn;
use crate::base::text::SharedText;
use crate::intake::store::columns::MeasureColumn;
use crate::intake::store::{LiveImport, PurgeRecord, Store};
use crate::vocabulary::referentiel::{Referentiel, SourceCode, StructureType};

/// One campaign, folded.
pub(crate) struct CampaignFold<'a> {
    pub(super) referentiel: &'a Referentiel,
    pub(super) imports: Vec<ImportFold>,
    pub(super) measures: Vec<SharedMeasure>,
    pub(super) different: Vec<String>,
    pub(super) purged: Vec<PurgeRecord>,
}

impl<'a> CampaignFold<'a> {
    /// Folds what is not folded yet of the imports of a campaign.
    ///
    /// # Errors
    ///
    /// A store that cannot be read.
    pub(crate) fn open(
        store: &Store,
        campaign: &str,
        referentiel: &'a Referentiel,
    ) -> Result<Self> {
        let state = store.state()?;
        let live = store.live(&state, campaign)?;
        let read = in_parallel(&live, |live| {
            let codes = store.element_codes(&live.import.manifest.referentiel)?;
            let mut measures = Vec::new();
            read_measures(live, &mut measures)?;
            Ok(ReadImport {
                fold: ImportFold::of(live, &codes, referentiel)?,
                measures,
            })
        })?;
        let mut fold = Self {
            referentiel,
            imports: Vec::new(),
            measures: Vec::new(),
            different: Vec::new(),
            purged: state.purges_of(campaign),
        };
        for read in read {
            fold.imports.push(read.fold);
            fold.measures.extend(read.measures);
        }
        for live in &live {
            fold.add_kept(store, live)?;
        }
        Ok(fold)
    }

    /// Adds the aggregates that took the place of answers of an import; what they were folded with may
    /// have changed since, and answers are no more.
    pub(super) fn add_kept(&mut self, store: &Store, live: &LiveImport) -> Result<()> {
        for kept in live.kept() {
            let remap = if kept.referentiel == self.referentiel.hash {
                None
            } else {
                let theirs = store.kept_referentiel(kept.referentiel)?;
                let theirs = theirs.ok_or_else(|| lost(live, kept.referentiel))?;
                let remap = Remap::between(&theirs, self.referentiel);
                if !remap.different.is_empty() {
                    let codes = remap.different.join(", ");
                    let import = &live.import.label;
                    self.different
                        .push(format!("import {import}, purgé : {codes}"));
                }
                Some(remap)
            };
            self.imports.push(ImportFold::stand_in(live, &kept, remap)?);
        }
        Ok(())
    }

    /// A campaign of other territories, as they shared it.
    ///
    /// # Errors
    ///
    /// A folder that cannot be read.
    pub(crate) fn shared(
        folders: &[SharedFolder],
        campaign: &str,
        referentiel: &'a Referentiel,
    ) -> Result<Self> {
        let mut fold = Self {
            referentiel,
            imports: Vec::new(),
            measures: Vec::new(),
            different: Vec::new(),
            purged: Vec::new(),
        };
        for folder in folders {
            let Some(dir) = folder.campaign(campaign) else {
                continue;
            };
            let remap = Remap::between(&folder.referentiel(campaign)?, referentiel);
            if !remap.different.is_empty() {
                let codes = remap.different.join(", ");
                let families = if remap.adds_families {
                    ""
                } else {
                    " (ses familles n’entrent pas dans l’importance des critères)"
                };
                fold.different
                    .push(format!("{} : {codes}{families}", folder.territory()));
            }
            let mut units = shared_units(&dir)?;
            for unit in &mut units {
                unit.structure = folder.apart(&unit.structure);
            }
            let measures = shared_measures(&dir)?.into_iter();
            fold.measures.extend(measures.map(|measure| SharedMeasure {
                structure: folder.apart(&measure.structure),
                ..measure
            }));
            fold.imports.push(ImportFold::shared(dir, units, remap));
        }
        Ok(fold)
    }

    /// Territories (or imports that were purged) and the critères of theirs that are not the same here,
    /// and so not added.
    pub(crate) fn different(&self) -> &[String] {
        &self.different
    }

    /// Answers of the campaign that are no more.
    pub(crate) fn purged(&self) -> &[PurgeRecord] {
        &self.purged
    }

    /// Writes the partials in a folder that exists.
    ///
    /// # Errors
    ///
    /// A disk that refuses.
    pub(crate) fn write(&self, dir: &Path) -> Result<()> {
        write_shared(&self.imports, &self.measures, dir)
    }

    /// What rules need; `kinds` says what applies to each structure.
    ///
    /// # Errors
    ///
    /// Partials that are damaged.
    pub(crate) fn collected(&self, kinds: &HashMap<&str, StructureType>) -> Result<Collected> {
        let units = self.imports.iter().flat_map(|import| &import.units);
        let others = self.measures.iter().map(|m| m.structure.as_str());
        let mut builder = CollectedBuilder::new(self.referentiel, units, others);
        for import in &self.imports {
            import.for_each(|partials| builder.add(&import.units, partials, kinds))?;
        }
        for row in &self.measures {
            let read = ReadMeasure {
                id: &row.id,
                date: &row.date,
                measure: &row.measure,
                value: &row.value,
            };
            builder.add_measure(&row.structure, &read);
        }
        Ok(builder.finish())
    }

    /// A computation ready to run.
    ///
    /// # Errors
    ///
    /// Partials that are damaged.
    pub(crate) fn computation<'s>(&self, scope: &'s Scope<'s>) -> Result<Computation<'s>> {
        Ok(Computation::new(self.collected(&scope.kinds())?, scope))
    }

    /// What families said, critère by critère.
    ///
    /// # Errors
    ///
    /// Partials that are damaged.
    pub(crate) fn families(&self) -> Result<FamilyLevels> {
        let mut families = FamilyLevels::default();
        // Once purged, levels are ranks over the territory: what came later does not compare with them.
        let mut are_ranks = false;
        for import in self.imports.iter().filter(|i| i.stands_alone) {
            import.for_each_family(|partials| {
                are_ranks |= !partials.families.is_empty();
                Ok(())
            })?;
        }
        let read = self.imports.iter();
        for import in read.filter(|i| !are_ranks || i.stands_alone) {
            import.for_each_family(|partials| {
                families.add(&import.units, &partials.families);
                Ok(())
            })?;
        }
        Ok(families)
    }

    /// Ratings of observers, consensus apart, in order of structure, visit, élément, observer: a unit
    /// is one observer's grid of one visit, so that its tallies are its ratings.
    ///
    /// # Errors
    ///
    /// Partials that are damaged.
    pub(crate) fn observed(&self) -> Result<Vec<RatedAnswer>> {
        let mut answers = Vec::new();
        for import in &self.imports {
            let grids: Vec<Option<ObserverGrid>> =
                import.units.iter().map(ObserverGrid::of).collect();
            import.for_each_tally(|partials| {
                for row in &partials.elements {
                    if let Some(Some(grid)) = grids.get(row.unit as usize) {
                        answers.push(grid.answer(row));
                    }
                }
                Ok(())
            })?;
        }
        RatedAnswer::sort(&mut answers);
        Ok(answers)
    }
}

fn lost(live: &LiveImport, referentiel: &str) -> Error {
    Error::Store(format!(
        "Import {}, purgé : data/store/referentiels/{referentiel}.toml manque, ses agrégats ne se relisent pas sans lui. Remettez ce fichier depuis une sauvegarde.",
        live.import.label
    ))
}

/// What is read of one import.
struct ReadImport {
    fold: ImportFold,
    measures: Vec<SharedMeasure>,
}

/// A grid that one observer filled, its words shared by its answers.
struct ObserverGrid {
    structure: SharedText,
    visit: SharedText,
    observer: SharedText,
}

impl ObserverGrid {
    fn of(unit: &AnswerUnit) -> Option<Self> {
        let is_grid = unit.source == SourceCode::Obs && !unit.consensus && !unit.hidden;
        is_grid.then(|| Self {
            structure: unit.structure.as_str().into(),
            visit: unit.visit.as_str().into(),
            observer: unit.observer.as_str().into(),
        })
    }

    fn answer(&self, row: &ElementTally) -> RatedAnswer {
        RatedAnswer {
            structure: self.structure.clone(),
            visite: self.visit.clone(),
            who: self.observer.clone(),
            element: row.element as usize,
            level: (row.tally.levels > 0).then(|| row.tally.mean()),
            nc: row.tally.nc > 0,
        }
    }
}

fn read_measures(live: &LiveImport, measures: &mut Vec<SharedMeasure>) -> Result<()> {
    use MeasureColumn as C;
    let columns = [C::Unite, C::Fiche, C::Jour, C::Mesure, C::Valeur];
    live.measures()?.for_each_group(&columns, |_, frame| {
        let units = frame.column(C::Unite.name())?.u32()?;
        let days = frame.column(C::Jour.name())?.i32()?;
        let text = |column: C| frame.column(column.name())?.str();
        let (ids, codes, values) = (text(C::Fiche)?, text(C::Mesure)?, text(C::Valeur)?);
        for row in 0..frame.height() {
            let unit = units.get(row).and_then(|u| live.units.get(u as usize));
            let Some(unit) = unit.filter(|u| !u.hidden) else {
                continue;
            };
            let day = days.get(row).and_then(Day::from_number);
            measures.push(SharedMeasure {
                structure: unit.structure.to_string(),
                id: ids.get(row).unwrap_or_default().to_owned(),
                date: day.map(|d| d.to_string()).unwrap_or_default(),
                measure: codes.get(row).unwrap_or_default().to_owned(),
                value: values.get(row).unwrap_or_default().to_owned(),
            });
        }
        Ok(())
    })
}
