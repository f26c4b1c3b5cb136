//! A campaign being collected: the partials of its imports, unit after unit, put where the rules look
//! them up.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::activity_lines::{ActivityCells, ReadMeasure};
use super::aggregates::{AnswerUnit, FoldReach, Partials, Tally, fold_table};
use crate::base::day::Day;
use crate::base::error::{Error, Result};
use crate::base::table::TableColumn;
use crate::base::text::SharedText;
use crate::intake::observations::{
    ObservationColumn as C, Observations, PUT_RIGHT, corrected_element, is_note,
};
use crate::vocabulary::referentiel::{Referentiel, SourceCode, StructureType};

use super::collect::{
    Collected, ElementPlace, Grid, MaskedLevel, MaskedPlace, SOURCES, Shape, VisitColumns,
};

impl Collected {
    /// Folds the answers of one campaign. `kinds` says what applies to each structure: an answer
    /// outside makes nobody a respondent of the critère.
    pub(super) fn from(
        observations: &Observations,
        referentiel: &Referentiel,
        kinds: &HashMap<&str, StructureType>,
    ) -> Result<Self> {
        let folded = fold_table(observations, referentiel)?;
        let measures = ReadMeasures::of(observations)?;
        let mut builder = CollectedBuilder::new(
            referentiel,
            FoldReach::Territory,
            folded.units.iter(),
            measures.rows.iter().map(|m| m.structure.as_str()),
        );
        let places = builder.places(&folded.units, kinds)?;
        builder.add(&places, &folded.partials)?;
        for row in &measures.rows {
            builder.add_measure(&row.structure, &row.read());
        }
        Ok(builder.finish())
    }
}

/// A campaign being collected: its sites are known, its partials are added one by one.
pub(crate) struct CollectedBuilder {
    collected: Collected,
    cells: ActivityCells,
    /// By élément: of a critère that does not apply on the territory, whose answers count nowhere.
    put_aside: Vec<bool>,
}

impl CollectedBuilder {
    /// Room for the units given and for structures that only sent activity data; those within reach
    /// can be looked up, the others are there for what is drawn from all.
    pub(super) fn new<'a>(
        referentiel: &Referentiel,
        reach: FoldReach,
        units: impl Iterator<Item = &'a AnswerUnit>,
        others: impl Iterator<Item = &'a str>,
    ) -> Self {
        let mut visits: BTreeMap<&str, BTreeSet<(SourceCode, &str, bool)>> = BTreeMap::new();
        for unit in units.filter(|unit| !unit.hidden) {
            let site = visits.entry(&unit.structure).or_default();
            site.insert((unit.source, &unit.visit, unit.consensus));
        }
        for structure in others {
            visits.entry(structure).or_default();
        }
        let shape = Shape::of(referentiel);
        let sites: Vec<SharedText> = visits.keys().map(|code| SharedText::from(*code)).collect();
        let places = sites.len() * SOURCES;
        let mut columns: Vec<Vec<VisitColumns>> = vec![Vec::new(); places];
        let mut tallies = 0;
        for (site, of_site) in visits.values().enumerate() {
            for (source, visit, consensus) in of_site {
                let columns = &mut columns[site * SOURCES + *source as usize];
                if columns.last().is_none_or(|c| c.name != *visit) {
                    columns.push(VisitColumns {
                        name: (*visit).to_owned(),
                        ..VisitColumns::default()
                    });
                }
                if let Some(column) = columns.last_mut() {
                    let slot = if *consensus {
                        &mut column.consensus
                    } else {
                        &mut column.observers
                    };
                    *slot = Some(tallies);
                    tallies += shape.widths[*source as usize];
                }
            }
        }
        let ranks = sites.iter().cloned().zip(0..);
        let ranks = ranks.filter(|(code, _)| reach.has(code)).collect();
        let collected = Collected {
            tallies: vec![Tally::default(); tallies],
            modalities: vec![0; sites.len() * shape.modality_count()],
            critere_respondents: vec![0; places * shape.criteres],
            respondents: vec![0; places],
            grids: vec![Vec::new(); places],
            sites,
            ranks,
            columns,
            shape,
            ..Collected::default()
        };
        Self {
            collected,
            cells: ActivityCells::default(),
            put_aside: put_aside(referentiel),
        }
    }

    /// Where the units of an import go, all of them known to [`Self::new`]; `kinds` says what applies to
    /// each structure.
    ///
    /// # Errors
    ///
    /// A unit that is not known.
    pub(super) fn places<'u>(
        &self,
        units: &'u [AnswerUnit],
        kinds: &HashMap<&str, StructureType>,
    ) -> Result<Vec<Option<UnitPlace<'u>>>> {
        let mut last: Option<UnitPlace> = None;
        let places = units.iter().map(|unit| {
            if unit.hidden {
                return Ok(None);
            }
            let known = last.filter(|place| place.unit.structure == unit.structure);
            let site = match known {
                Some(place) => place.site,
                None => self.rank(&unit.structure).ok_or_else(unknown)?,
            };
            let source = site * SOURCES + unit.source as usize;
            let place = UnitPlace {
                unit,
                site,
                source,
                tallies: self.tallies(source, unit).ok_or_else(unknown)?,
                kind: kinds.get(unit.structure.as_str()).copied(),
                is_reached: self.collected.site(&unit.structure).is_some(),
            };
            last = Some(place);
            Ok(Some(place))
        });
        places.collect()
    }

    /// Rank of a site, within reach or not.
    fn rank(&self, structure: &str) -> Option<usize> {
        let sites = &self.collected.sites;
        sites.binary_search_by(|code| (**code).cmp(structure)).ok()
    }

    /// Where the tallies of a unit begin.
    fn tallies(&self, source: usize, unit: &AnswerUnit) -> Option<usize> {
        let columns = &self.collected.columns[source];
        let column = columns.binary_search_by(|c| c.name.as_str().cmp(&unit.visit));
        let column = &columns[column.ok()?];
        if unit.consensus {
            column.consensus
        } else {
            column.observers
        }
    }

    /// Adds partials of an import whose units go to `places`: tallies of all, the rest of those within
    /// reach.
    ///
    /// # Errors
    ///
    /// A unit, an élément or a critère that does not exist; counts that no whole number holds.
    pub(super) fn add(&mut self, places: &[Option<UnitPlace>], partials: &Partials) -> Result<()> {
        let place = |unit: u32| places.get(unit as usize).ok_or_else(unknown);
        let reached = |unit: u32| -> Result<Option<UnitPlace>> {
            Ok(place(unit)?.filter(|place| place.is_reached))
        };
        let put_aside = &self.put_aside;
        let counts = |element: u32| !put_aside.get(element as usize).is_some_and(|aside| *aside);
        let collected = &mut self.collected;
        let shape = &collected.shape;
        for row in partials.elements.iter().filter(|r| counts(r.element)) {
            let Some(place) = place(row.unit)? else {
                continue;
            };
            let element = shape.elements.get(row.element as usize);
            let ElementPlace { source, rank } = *element.ok_or_else(unknown)?;
            if source != place.unit.source {
                return Err(unknown());
            }
            collected.tallies[place.tallies + rank as usize].add(&row.tally)?;
        }
        for row in partials.modalities.iter().filter(|r| counts(r.element)) {
            let Some(place) = reached(row.unit)? else {
                continue;
            };
            let slot = shape.modalities.get(row.element as usize);
            let slot = slot.ok_or_else(unknown)? + row.modality as usize;
            let slot = place.site * shape.modality_count() + slot;
            if !place.unit.consensus {
                increase(collected.modalities.get_mut(slot), row.count)?;
            }
        }
        for row in &partials.criteres {
            let Some(place) = reached(row.unit)? else {
                continue;
            };
            if place
                .kind
                .is_some_and(|kind| row.types & (1 << kind as u8) != 0)
            {
                let slot = place.source * shape.criteres + row.critere as usize;
                increase(collected.critere_respondents.get_mut(slot), row.respondents)?;
            }
        }
        for row in &partials.respondents {
            if let Some(place) = reached(row.unit)? {
                let slot = collected.respondents.get_mut(place.source);
                increase(slot, row.respondents)?;
            }
        }
        for row in &partials.grids {
            if let Some(place) = reached(row.unit)? {
                collected.grids[place.source].push(grid(place.unit, row.day));
            }
        }
        self.add_masked(places, partials)
    }

    /// Adds what a purge left of cells that too few people answered.
    fn add_masked(&mut self, places: &[Option<UnitPlace>], partials: &Partials) -> Result<()> {
        let put_aside = &self.put_aside;
        let counts = |element: u32| !put_aside.get(element as usize).is_some_and(|aside| *aside);
        for row in partials.masked.iter().filter(|r| counts(r.element)) {
            let Some(place) = places.get(row.unit as usize).ok_or_else(unknown)? else {
                continue;
            };
            let (site, element) = (place.site, row.element as usize);
            let masked = MaskedLevel {
                shared_mean: row.mean,
            };
            let place = MaskedPlace { site, element };
            self.collected.masked.insert(place, masked);
            let spread = self.collected.masked_spread.entry(element).or_default();
            spread.deviations += row.deviations;
            spread.freedom += row.freedom as usize;
        }
        Ok(())
    }

    /// Adds a cell of activity data, or the day of a correction, which is none.
    pub(super) fn add_measure(&mut self, structure: &str, read: &ReadMeasure) {
        let Some(site) = self.collected.ranks.get(structure) else {
            return;
        };
        match corrected_element(read.id) {
            Some(element) if read.measure == PUT_RIGHT => {
                let of_site = self
                    .collected
                    .corrections
                    .entry(*site as usize)
                    .or_default();
                of_site.insert(element.to_owned(), read.value.parse().ok());
            }
            Some(_) => {}
            None => self.cells.add(*site, read),
        }
    }

    /// The campaign, once everything is in.
    pub(super) fn finish(mut self) -> Collected {
        for grids in &mut self.collected.grids {
            grids.sort_unstable();
            grids.dedup();
        }
        self.collected.lines = self.cells.into_lines(self.collected.sites.len());
        self.collected
    }
}

/// Where the partials of a unit go.
#[derive(Clone, Copy)]
pub(super) struct UnitPlace<'u> {
    unit: &'u AnswerUnit,
    site: usize,
    /// site × source.
    source: usize,
    /// Where its tallies begin.
    tallies: usize,
    /// Type of its structure, when it is active.
    kind: Option<StructureType>,
    /// Whether more than its tallies is collected.
    is_reached: bool,
}

fn put_aside(referentiel: &Referentiel) -> Vec<bool> {
    let all = referentiel.elements.iter();
    let aside = all.map(|e| referentiel.criteres[e.critere].put_aside.is_some());
    aside.collect()
}

fn increase(slot: Option<&mut u32>, count: u32) -> Result<()> {
    let slot = slot.ok_or_else(unknown)?;
    *slot = slot.checked_add(count).ok_or_else(unknown)?;
    Ok(())
}

fn unknown() -> Error {
    Error::Store(
        "Les agrégats d’un import ne vont pas avec ses réponses. Effacez le dossier « agregats » de cet import : il sera refait."
            .to_owned(),
    )
}

fn grid(unit: &AnswerUnit, day: Option<i32>) -> Grid {
    Grid {
        visit: unit.visit.clone(),
        observer: if unit.consensus {
            "consensus".to_owned()
        } else {
            unit.observer.clone()
        },
        date: day.and_then(Day::from_number),
    }
}

/// A cell of activity data of the long table.
struct LongMeasure {
    structure: String,
    id: String,
    day: Option<Day>,
    measure: String,
    value: String,
}

impl LongMeasure {
    fn read(&self) -> ReadMeasure<'_> {
        ReadMeasure {
            id: &self.id,
            day: self.day,
            measure: &self.measure,
            value: &self.value,
        }
    }
}

/// Activity data of the long table, notes apart, in its order.
struct ReadMeasures {
    rows: Vec<LongMeasure>,
}

impl ReadMeasures {
    fn of(observations: &Observations) -> Result<Self> {
        let frame = observations.frame();
        let text = |column: C| -> Result<Vec<&str>> {
            let values = frame.column(column.name())?.str()?.iter();
            Ok(values.map(Option::unwrap_or_default).collect())
        };
        let (sources, ids) = (text(C::Source)?, text(C::Visite)?);
        let (structures, dates) = (text(C::Structure)?, text(C::Date)?);
        let (measures, values) = (text(C::Element)?, text(C::ValeurBrute)?);
        let kept = |row: &usize| sources[*row] == "DON" && !is_note(ids[*row]);
        let rows = (0..frame.height()).filter(kept).map(|row| LongMeasure {
            structure: structures[row].to_owned(),
            id: ids[row].to_owned(),
            day: dates[row].parse().ok(),
            measure: measures[row].to_owned(),
            value: values[row].to_owned(),
        });
        Ok(Self {
            rows: rows.collect(),
        })
    }
}
