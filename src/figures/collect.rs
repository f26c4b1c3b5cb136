//! What the rules need of a campaign, dense: structure × élément of the référentiel, looked up by
//! arithmetic. Partials are added, in any order, and nothing else is kept of the answers.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::activity_lines::{ActivityCells, ActivityLine, ActivityLines, ReadMeasure};
use super::aggregates::{AnswerUnit, Partials, Tally, fold_table};
use super::follow_up::FollowUp;
use crate::base::error::{Error, Result};
use crate::base::table::TableColumn;
use crate::base::text::SharedText;
use crate::intake::observations::{ObservationColumn as C, Observations, is_note};
use crate::stats::score::Visit;
use crate::vocabulary::referentiel::{Referentiel, SourceCode, StructureType};

/// Sources, and so ranks of a source.
const SOURCES: usize = SourceCode::ALL.len();

/// Counts per modality, the least favourable first, and « ne sait pas » apart.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Distribution {
    /// One count per modality of the scale.
    pub counts: Vec<usize>,
    /// « Ne sait pas ».
    pub nsp: usize,
}

impl Distribution {
    /// Scored answers.
    pub fn total(&self) -> usize {
        self.counts.iter().sum()
    }
}

/// A grid received.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Grid {
    /// Visit, empty for what is no observation.
    pub visit: String,
    /// Observer's code, or `consensus`.
    pub observer: String,
    /// ISO date, empty when unknown.
    pub date: String,
}

/// What one élément received during one visit; questionnaires have a single one, without name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct VisitTally<'a> {
    /// Name of the visit.
    pub name: &'a str,
    /// Its rank among the visits of the structure.
    pub rank: usize,
    /// Ratings of the observers, or answers of respondents.
    pub observers: Tally,
    /// The rating that observers agreed on.
    pub consensus: Tally,
}

impl VisitTally<'_> {
    /// As rule 1 reads it.
    pub(super) fn ratings(&self) -> Visit {
        Visit {
            observers: self.observers.ratings(),
            consensus: self.consensus.ratings(),
        }
    }

    /// The consensus if it says anything, else the observers (rule 1).
    pub(super) fn used(&self) -> &Tally {
        if self.consensus.levels + self.consensus.nc > 0 {
            &self.consensus
        } else {
            &self.observers
        }
    }
}

/// What a référentiel makes of positions.
#[derive(Debug, Default, PartialEq)]
struct Shape {
    /// Source of each élément, and its rank among those of the source.
    elements: Vec<(SourceCode, u32)>,
    /// Éléments of each source.
    widths: [usize; SOURCES],
    /// Where the modalities of each élément begin; one more than éléments.
    modalities: Vec<usize>,
    criteres: usize,
}

impl Shape {
    fn of(referentiel: &Referentiel) -> Self {
        let mut shape = Self {
            criteres: referentiel.criteres.len(),
            modalities: vec![0],
            ..Self::default()
        };
        for element in &referentiel.elements {
            let width = &mut shape.widths[element.source as usize];
            shape.elements.push((element.source, *width as u32));
            *width += 1;
            let size = referentiel.scales[element.scale].modalities.len();
            shape
                .modalities
                .push(shape.modalities[shape.modalities.len() - 1] + size);
        }
        shape
    }

    fn modality_count(&self) -> usize {
        self.modalities.last().copied().unwrap_or(0)
    }
}

/// A visit of a structure: where its tallies begin.
#[derive(Debug, Default, Clone, PartialEq)]
struct VisitColumns {
    name: String,
    observers: Option<usize>,
    consensus: Option<usize>,
}

/// Everything the rules need, folded once.
#[derive(Debug, Default, PartialEq)]
pub struct Collected {
    shape: Shape,
    /// Structures that answered, in order of code.
    sites: Vec<SharedText>,
    ranks: HashMap<SharedText, u32>,
    /// site × source → visits in order of name.
    columns: Vec<Vec<VisitColumns>>,
    tallies: Vec<Tally>,
    /// site × modality of every élément.
    modalities: Vec<u32>,
    /// site × source × critère → respondents with a scored answer.
    critere_respondents: Vec<u32>,
    /// site × source → respondents with any answer.
    respondents: Vec<u32>,
    /// site × source → grids received.
    grids: Vec<Vec<Grid>>,
    lines: ActivityLines,
    /// structure → what its improvement plan had become.
    pub(super) follow_ups: BTreeMap<String, FollowUp>,
}

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

    /// Rank of a structure that answered.
    pub(super) fn site(&self, structure: &str) -> Option<usize> {
        self.ranks.get(structure).map(|rank| *rank as usize)
    }

    /// Structures that answered, in order of code.
    pub(super) fn sites(&self) -> &[SharedText] {
        &self.sites
    }

    /// Éléments of the référentiel, by position.
    pub(super) fn elements(&self) -> usize {
        self.shape.elements.len()
    }

    /// Who speaks through an élément.
    pub(super) fn source(&self, element: usize) -> SourceCode {
        self.shape.elements[element].0
    }

    /// Visits of a site where the élément has a row, in order of name.
    pub(super) fn visits_at(
        &self,
        site: usize,
        element: usize,
    ) -> impl Iterator<Item = VisitTally<'_>> {
        let (source, rank) = self.shape.elements[element];
        let columns = self.columns[site * SOURCES + source as usize].iter();
        let tally = move |start: Option<usize>| {
            start.map_or_else(Tally::default, |s| self.tallies[s + rank as usize])
        };
        let visits = columns.enumerate().map(move |(rank, column)| VisitTally {
            name: &column.name,
            rank,
            observers: tally(column.observers),
            consensus: tally(column.consensus),
        });
        visits.filter(|v| v.observers.all + v.consensus.all > 0)
    }

    /// Visits of a structure where the élément has a row, in order of name.
    pub fn visits(&self, structure: &str, element: usize) -> impl Iterator<Item = VisitTally<'_>> {
        let site = self.site(structure).into_iter();
        site.flat_map(move |site| self.visits_at(site, element))
    }

    /// Counts per modality of an élément of a structure; none without any row but consensus ratings.
    pub fn distribution(&self, structure: &str, element: usize) -> Option<Distribution> {
        let site = self.site(structure)?;
        let mut answers = 0;
        let mut nsp = 0;
        for visit in self.visits_at(site, element) {
            answers += visit.observers.all;
            nsp += visit.observers.nsp;
        }
        let slots = self.shape.modalities[element]..self.shape.modalities[element + 1];
        let start = site * self.shape.modality_count();
        let counts = &self.modalities[start + slots.start..start + slots.end];
        (answers > 0).then(|| Distribution {
            counts: counts.iter().map(|c| *c as usize).collect(),
            nsp: nsp as usize,
        })
    }

    /// (structure, position of the élément) of every distribution, in that order.
    pub fn distributed(&self) -> impl Iterator<Item = (&str, usize)> {
        let all = self.sites.iter().enumerate();
        all.flat_map(move |(site, code)| {
            let answered = move |e: &usize| self.visits_at(site, *e).any(|v| v.observers.all > 0);
            let elements = (0..self.elements()).filter(answered);
            elements.map(move |element| (&**code, element))
        })
    }

    /// Respondents of a structure with a scored answer to a critère.
    pub fn critere_respondents(
        &self,
        structure: &str,
        source: SourceCode,
        critere: usize,
    ) -> usize {
        self.site(structure).map_or(0, |site| {
            let place = site * SOURCES + source as usize;
            self.critere_respondents[place * self.shape.criteres + critere] as usize
        })
    }

    /// Respondents of a structure with any answer.
    pub fn respondents(&self, structure: &str, source: SourceCode) -> usize {
        self.site(structure).map_or(0, |site| {
            self.respondents[site * SOURCES + source as usize] as usize
        })
    }

    /// Grids received from a structure, in order of visit, observer and date.
    pub fn grids(&self, structure: &str, source: SourceCode) -> &[Grid] {
        match self.site(structure) {
            Some(site) => &self.grids[site * SOURCES + source as usize],
            None => &[],
        }
    }

    /// Activity data of a structure, in order of line.
    pub fn lines(&self, structure: &str) -> impl ExactSizeIterator<Item = ActivityLine<'_>> {
        // A site that does not exist has no line.
        self.lines.of(self.site(structure).unwrap_or(usize::MAX))
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
        for row in &partials.grids {
            let Some(place) = self.place(units, row.unit)? else {
                continue;
            };
            let grid = grid(place.unit, row.day);
            self.collected.grids[place.source].push(grid);
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
