//! Everything folded of one campaign, import by import: the only road from the store to figures. No
//! answer is read again once its import is folded.

use std::collections::HashMap;
use std::path::Path;

use super::activity_lines::ReadMeasure;
use super::aggregates::{
    AnswerUnit, ElementTally, FamilyLevels, FoldReach, ImportFold, Remap, SharedMeasure, TableSums,
    shared_measures, shared_units, write_shared,
};
use super::collect::Collected;
use super::collected_builder::CollectedBuilder;
use super::compute::Computation;
use super::reliability::RatedAnswer;
use super::scope::Scope;
use super::shared_folder::SharedFolder;
use crate::base::day::Day;
use crate::base::error::{Error, Result};
use crate::base::parallel::in_parallel;
use crate::base::table::TableColumn;
use crate::base::text::SharedText;
use crate::intake::store::columns::MeasureColumn;
use crate::intake::store::{LiveImport, PurgeRecord, Store, TableReader};
use crate::vocabulary::referentiel::{Referentiel, SourceCode, StructureType};

/// One campaign, folded.
pub(crate) struct CampaignFold<'a> {
    pub(super) referentiel: &'a Referentiel,
    pub(super) imports: Vec<ImportFold>,
    /// Activity data.
    pub(super) measures: Vec<ImportMeasures>,
    pub(super) different: Vec<String>,
    pub(super) purged: Vec<PurgeRecord>,
}

/// Where the activity data of an import are.
pub(super) enum ImportMeasures {
    /// In the table of an import, by its position.
    Stored {
        import: usize,
        table: TableReader<MeasureColumn>,
    },
    /// At hand, as another territory shared them.
    Shared(Vec<SharedMeasure>),
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
            Ok(ReadImport {
                fold: ImportFold::of(live, &codes, referentiel)?,
                measures: live.measures()?,
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
            fold.measures.push(ImportMeasures::Stored {
                import: fold.imports.len(),
                table: read.measures,
            });
            fold.imports.push(read.fold);
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
            let Some(tables) = folder.campaign(campaign) else {
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
            let mut units = shared_units(&tables)?;
            for unit in &mut units {
                unit.structure = folder.apart(&unit.structure);
            }
            let measures = shared_measures(&tables)?.into_iter();
            let measures = measures.map(|measure| SharedMeasure {
                structure: folder.apart(&measure.structure),
                ..measure
            });
            fold.measures
                .push(ImportMeasures::Shared(measures.collect()));
            fold.imports.push(ImportFold::shared(tables, units, remap));
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

    /// Writes the partials in a folder that exists; gives what the bytes of each table come to.
    ///
    /// # Errors
    ///
    /// A disk that refuses.
    pub(crate) fn write(&self, dir: &Path) -> Result<TableSums> {
        let mut measures = Vec::new();
        self.for_each_measure(FoldReach::Territory, |structure, read| {
            measures.push(SharedMeasure {
                structure: structure.to_owned(),
                id: read.id.to_owned(),
                day: read.day,
                measure: read.measure.to_owned(),
                value: read.value.to_owned(),
            });
        })?;
        write_shared(&self.imports, &measures, dir)
    }

    /// What rules need; `kinds` says what applies to each structure.
    ///
    /// # Errors
    ///
    /// Partials that are damaged.
    pub(crate) fn collected(
        &self,
        kinds: &HashMap<&str, StructureType>,
        reach: FoldReach,
    ) -> Result<Collected> {
        let units = self.imports.iter().flat_map(|import| &import.units);
        let shared = self.measures.iter().flat_map(ImportMeasures::shared);
        let others = shared.map(|measure| measure.structure.as_str());
        let mut builder = CollectedBuilder::new(self.referentiel, reach, units, others);
        for import in &self.imports {
            let places = builder.places(&import.units, kinds)?;
            import.for_each(reach, |partials| builder.add(&places, partials))?;
        }
        self.for_each_measure(reach, |structure, read| {
            builder.add_measure(structure, read);
        })?;
        Ok(builder.finish())
    }

    /// Hands over the activity data of the structures within reach.
    fn for_each_measure(
        &self,
        reach: FoldReach,
        mut each: impl FnMut(&str, &ReadMeasure),
    ) -> Result<()> {
        for measures in &self.measures {
            match measures {
                ImportMeasures::Stored { import, table } => {
                    let units = &self.imports[*import].units;
                    read_measures(table, units, reach, &mut each)?;
                }
                ImportMeasures::Shared(rows) => {
                    for row in rows.iter().filter(|row| reach.has(&row.structure)) {
                        each(&row.structure, &row.read());
                    }
                }
            }
        }
        Ok(())
    }

    /// A computation of every structure of the scope, ready to run.
    ///
    /// # Errors
    ///
    /// Partials that are damaged.
    pub(crate) fn computation<'s>(&self, scope: &'s Scope<'s>) -> Result<Computation<'s>> {
        self.computation_of(scope, FoldReach::Territory)
    }

    /// A computation of a scope, its structures within reach: what is drawn from all structures is
    /// drawn from those beyond it too.
    ///
    /// # Errors
    ///
    /// Partials that are damaged.
    pub(crate) fn computation_of<'s>(
        &self,
        scope: &'s Scope<'s>,
        reach: FoldReach,
    ) -> Result<Computation<'s>> {
        Ok(Computation::new(
            self.collected(&scope.kinds(), reach)?,
            scope,
        ))
    }

    /// What families said, critère by critère.
    ///
    /// # Errors
    ///
    /// Partials that are damaged.
    pub(crate) fn families(&self) -> Result<FamilyLevels> {
        // Once purged, levels are ranks over the territory: what came later does not compare with them.
        let mut are_ranks = false;
        for import in self.imports.iter().filter(|i| i.stands_alone) {
            import.for_each_family(|partials| {
                are_ranks |= !partials.families.is_empty();
                Ok(())
            })?;
        }
        let read = self.imports.iter();
        read.filter(|i| !are_ranks || i.stands_alone)
            .map(ImportFold::families)
            .try_fold(FamilyLevels::default(), |all, next| Ok(all.merged(next?)))
    }

    /// Ratings of observers or marks of an interview's coders, consensus apart, in order of structure, visit,
    /// élément, person: a unit is one person's grid, so that its tallies are its ratings.
    ///
    /// # Errors
    ///
    /// Partials that are damaged.
    pub(crate) fn rated(&self, source: SourceCode) -> Result<Vec<RatedAnswer>> {
        let mut answers = Vec::new();
        for import in &self.imports {
            let units = import.units.iter();
            let grids: Vec<Option<PersonGrid>> =
                units.map(|unit| PersonGrid::of(unit, source)).collect();
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
    measures: TableReader<MeasureColumn>,
}

/// A grid that one person filled, its words shared by its answers.
struct PersonGrid {
    structure: SharedText,
    visit: SharedText,
    observer: SharedText,
}

impl PersonGrid {
    fn of(unit: &AnswerUnit, source: SourceCode) -> Option<Self> {
        let is_grid = unit.source == source && !unit.consensus && !unit.hidden;
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

impl ImportMeasures {
    fn shared(&self) -> &[SharedMeasure] {
        match self {
            Self::Stored { .. } => &[],
            Self::Shared(rows) => rows,
        }
    }
}

fn read_measures(
    table: &TableReader<MeasureColumn>,
    all: &[AnswerUnit],
    reach: FoldReach,
    each: &mut impl FnMut(&str, &ReadMeasure),
) -> Result<()> {
    use MeasureColumn as C;
    let columns = [C::Unite, C::Fiche, C::Jour, C::Mesure, C::Valeur];
    reach.for_each_group(all, table, C::Unite, &columns, |frame| {
        let units = frame.column(C::Unite.name())?.u32()?;
        let days = frame.column(C::Jour.name())?.i32()?;
        let text = |column: C| frame.column(column.name())?.str();
        let (ids, codes, values) = (text(C::Fiche)?, text(C::Mesure)?, text(C::Valeur)?);
        for row in 0..frame.height() {
            let unit = units.get(row).and_then(|u| all.get(u as usize));
            let is_read = |u: &&AnswerUnit| !u.hidden && reach.has(&u.structure);
            let Some(unit) = unit.filter(is_read) else {
                continue;
            };
            let day = days.get(row).and_then(Day::from_number);
            let read = ReadMeasure {
                id: ids.get(row).unwrap_or_default(),
                day,
                measure: codes.get(row).unwrap_or_default(),
                value: values.get(row).unwrap_or_default(),
            };
            each(&unit.structure, &read);
        }
        Ok(())
    })
}
