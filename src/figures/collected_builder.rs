//! A campaign being collected: the partials of its imports, unit after unit, put where the rules look
//! them up.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::activity_lines::{ActivityCells, ReadMeasure};
use super::aggregates::{AnswerUnit, Partials, Tally, fold_table};
use crate::base::error::{Error, Result};
use crate::base::table::TableColumn;
use crate::base::text::SharedText;
use crate::intake::observations::{ObservationColumn as C, Observations, is_note};
use crate::vocabulary::referentiel::{Referentiel, SourceCode, StructureType};

use super::collect::{Collected, Grid, MaskedLevel, MaskedPlace, SOURCES, Shape, VisitColumns};

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
            folded.units.iter(),
            measures.rows.iter().map(|m| m.structure.as_str()),
        );
        builder.add(&folded.units, &folded.partials, kinds)?;
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
}

impl CollectedBuilder {
    /// Room for the units given and for structures that only sent activity data.
    pub(super) fn new<'a>(
        referentiel: &Referentiel,
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
        let ranks = sites.iter().cloned().zip(0..).collect();
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
        }
    }

    /// Adds partials of units that [`Self::new`] was told of; `kinds` says what applies to each structure.
    ///
    /// # Errors
    ///
    /// A unit, an élément or a critère that does not exist; counts that no whole number holds.
    pub(super) fn add(
        &mut self,
        units: &[AnswerUnit],
        partials: &Partials,
        kinds: &HashMap<&str, StructureType>,
    ) -> Result<()> {
        for row in &partials.elements {
            let Some(place) = self.place(units, row.unit)? else {
                continue;
            };
            let element = row.element as usize;
            let tally = self.tally(&place, element)?;
            tally.add(&row.tally)?;
        }
        for row in &partials.modalities {
            let Some(place) = self.place(units, row.unit)? else {
                continue;
            };
            let shape = &self.collected.shape;
            let slot = shape
                .modalities
                .get(row.element as usize)
                .ok_or_else(unknown)?;
            let slot = place.site * shape.modality_count() + slot + row.modality as usize;
            if !place.unit.consensus {
                increase(self.collected.modalities.get_mut(slot), row.count)?;
            }
        }
        for row in &partials.criteres {
            let Some(place) = self.place(units, row.unit)? else {
                continue;
            };
            let kind = kinds.get(place.unit.structure.as_str());
            if kind.is_some_and(|kind| row.types & (1 << *kind as u8) != 0) {
                let slot = place.source * self.collected.shape.criteres + row.critere as usize;
                let slot = self.collected.critere_respondents.get_mut(slot);
                increase(slot, row.respondents)?;
            }
        }
        for row in &partials.respondents {
            let Some(place) = self.place(units, row.unit)? else {
                continue;
            };
            let slot = self.collected.respondents.get_mut(place.source);
            increase(slot, row.respondents)?;
        }
        self.add_masked(units, partials)?;
        for row in &partials.grids {
            let Some(place) = self.place(units, row.unit)? else {
                continue;
            };
            let grid = grid(place.unit, row.day);
            self.collected.grids[place.source].push(grid);
        }
        Ok(())
    }

    /// Adds what a purge left of cells that too few people answered.
    fn add_masked(&mut self, units: &[AnswerUnit], partials: &Partials) -> Result<()> {
        for row in &partials.masked {
            let Some(place) = self.place(units, row.unit)? else {
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

    /// Adds a cell of activity data.
    pub(super) fn add_measure(&mut self, structure: &str, read: &ReadMeasure) {
        if let Some(site) = self.collected.ranks.get(structure) {
            self.cells.add(*site, read);
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

    /// Where a unit goes; none when it is hidden.
    fn place<'u>(&self, units: &'u [AnswerUnit], unit: u32) -> Result<Option<UnitPlace<'u>>> {
        let unit = units.get(unit as usize).ok_or_else(unknown)?;
        if unit.hidden {
            return Ok(None);
        }
        let site = self.collected.site(&unit.structure).ok_or_else(unknown)?;
        Ok(Some(UnitPlace {
            unit,
            site,
            source: site * SOURCES + unit.source as usize,
        }))
    }

    fn tally(&mut self, place: &UnitPlace, element: usize) -> Result<&mut Tally> {
        let (source, rank) = *self
            .collected
            .shape
            .elements
            .get(element)
            .ok_or_else(unknown)?;
        let columns = &self.collected.columns[place.source];
        let column = columns.binary_search_by(|c| c.name.as_str().cmp(&place.unit.visit));
        let column = &columns[column.map_err(|_| unknown())?];
        let start = if place.unit.consensus {
            column.consensus
        } else {
            column.observers
        };
        if source != place.unit.source {
            return Err(unknown());
        }
        let slot = start.ok_or_else(unknown)? + rank as usize;
        Ok(&mut self.collected.tallies[slot])
    }
}

/// Where the partials of a unit go.
struct UnitPlace<'u> {
    unit: &'u AnswerUnit,
    site: usize,
    /// site × source.
    source: usize,
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
        date: day.map(iso_day).unwrap_or_default(),
    }
}

/// ISO date of a number of days since 1970-01-01; empty outside the calendar.
fn iso_day(day: i32) -> String {
    let epoch = jiff::civil::date(1970, 1, 1);
    let days = jiff::Span::new().try_days(day);
    let date = days.and_then(|days| epoch.checked_add(days));
    date.map_or_else(|_| String::new(), |date| date.to_string())
}

/// A cell of activity data of the long table.
struct LongMeasure {
    structure: String,
    id: String,
    date: String,
    measure: String,
    value: String,
}

impl LongMeasure {
    fn read(&self) -> ReadMeasure<'_> {
        ReadMeasure {
            id: &self.id,
            date: &self.date,
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
            date: dates[row].to_owned(),
            measure: measures[row].to_owned(),
            value: values[row].to_owned(),
        });
        Ok(Self {
            rows: rows.collect(),
        })
    }
}
