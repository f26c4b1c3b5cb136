//! The partials of a campaign as a folder that others can add to theirs: visible units only, numbered
//! anew, no answer and no respondent.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use polars::prelude::{DataFrame, NamedFrom, Series};

use super::kept_fold::table_path;
use super::partial_columns::{SharedMeasureColumn, SharedUnitColumn};
use super::partial_tables::PartialWriter;
use super::shared_tables::{SharedTables, TableSums};
use super::{AnswerUnit, FamilyPairs, FoldReach, ImportFold, Partials, counted_visit};
use crate::base::day::Day;
use crate::base::error::{Error, Result};
use crate::base::table::TableColumn;
use crate::figures::activity_lines::ReadMeasure;
use crate::intake::store::{TableSum, TableWriter};

/// Table of the units of a shared folder, without extension.
const UNITS: &str = "unites";
/// Table of its activity data.
const MEASURES: &str = "mesures";

/// A cell of activity data that is to be seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SharedMeasure {
    /// Structure code.
    pub structure: String,
    /// Identity of the line.
    pub id: String,
    /// Its day; none when unknown.
    pub day: Option<Day>,
    /// Code of the measure.
    pub measure: String,
    /// Content of the cell.
    pub value: String,
}

impl SharedMeasure {
    /// As it is read.
    pub(crate) fn read(&self) -> ReadMeasure<'_> {
        ReadMeasure {
            id: &self.id,
            day: self.day,
            measure: &self.measure,
            value: &self.value,
        }
    }
}

/// Writes the partials of imports in a folder that exists; gives what the bytes of each table come to.
///
/// # Errors
///
/// Partials that are damaged; a disk that refuses.
pub(crate) fn write_shared(
    imports: &[ImportFold],
    measures: &[SharedMeasure],
    dir: &Path,
) -> Result<TableSums> {
    let mut writer = PartialWriter::create(dir)?;
    let mut units: Vec<&AnswerUnit> = Vec::new();
    let mut families: BTreeMap<FamilyPairs, u64> = BTreeMap::new();
    for import in imports {
        let mut ranks: HashMap<u32, u32> = HashMap::new();
        for (position, unit) in import.units.iter().enumerate().filter(|(_, u)| !u.hidden) {
            ranks.insert(position as u32, units.len() as u32);
            units.push(unit);
        }
        import.for_each(FoldReach::Territory, |partials| {
            let rows = renumbered(partials, &ranks);
            writer.write(&rows)
        })?;
        import.for_each_family(|partials| {
            for row in &renumbered_families(&partials.families, &ranks) {
                let count = families.entry(FamilyPairs { count: 0, ..*row });
                *count.or_default() += u64::from(row.count);
            }
            Ok(())
        })?;
    }
    writer.write(&Partials {
        families: together(families)?,
        ..Partials::default()
    })?;
    finish(writer, &units, measures, dir)
}

/// Writes units, partials and activity data at hand in a folder that exists; gives what the bytes of
/// each table come to.
///
/// # Errors
///
/// A disk that refuses.
pub(crate) fn write_partials(
    units: &[AnswerUnit],
    partials: &Partials,
    measures: &[SharedMeasure],
    dir: &Path,
) -> Result<TableSums> {
    let mut writer = PartialWriter::create(dir)?;
    writer.write(partials)?;
    let units: Vec<&AnswerUnit> = units.iter().collect();
    finish(writer, &units, measures, dir)
}

fn finish(
    writer: PartialWriter,
    units: &[&AnswerUnit],
    measures: &[SharedMeasure],
    dir: &Path,
) -> Result<TableSums> {
    let mut sums = writer.finish()?;
    let units = put::<SharedUnitColumn>(dir, UNITS, &unit_frame(units)?)?;
    let measures = put::<SharedMeasureColumn>(dir, MEASURES, &measure_frame(measures)?)?;
    sums.insert(UNITS.to_owned(), units);
    sums.insert(MEASURES.to_owned(), measures);
    Ok(sums)
}

/// Rows of visible units, under the numbers that units have in the folder.
fn renumbered(partials: &Partials, ranks: &HashMap<u32, u32>) -> Partials {
    let mut renumbered = Partials::default();
    for row in &partials.elements {
        let rank = ranks.get(&row.unit);
        renumbered
            .elements
            .extend(rank.map(|unit| super::ElementTally {
                unit: *unit,
                ..*row
            }));
    }
    for row in &partials.modalities {
        let rank = ranks.get(&row.unit);
        let row = rank.map(|unit| super::ModalityCount {
            unit: *unit,
            ..*row
        });
        renumbered.modalities.extend(row);
    }
    for row in &partials.criteres {
        let rank = ranks.get(&row.unit);
        let row = rank.map(|unit| super::CritereRespondents {
            unit: *unit,
            ..*row
        });
        renumbered.criteres.extend(row);
    }
    for row in &partials.respondents {
        let rank = ranks.get(&row.unit);
        let row = rank.map(|unit| super::UnitRespondents {
            unit: *unit,
            ..*row
        });
        renumbered.respondents.extend(row);
    }
    for row in &partials.masked {
        let rank = ranks.get(&row.unit);
        renumbered.masked.extend(rank.map(|unit| super::MaskedCell {
            unit: *unit,
            ..*row
        }));
    }
    for row in &partials.grids {
        let rank = ranks.get(&row.unit);
        renumbered.grids.extend(rank.map(|unit| super::GridDay {
            unit: *unit,
            ..*row
        }));
    }
    renumbered
}

/// Families of visible units, all under the first unit: what a single site's families gave is nobody
/// else's to read, and importance is drawn from the whole territory.
fn renumbered_families(rows: &[FamilyPairs], ranks: &HashMap<u32, u32>) -> Vec<FamilyPairs> {
    let visible = rows.iter().filter(|row| ranks.contains_key(&row.unit));
    visible.map(|row| FamilyPairs { unit: 0, ..*row }).collect()
}

/// Equal rows counted together.
fn together(families: BTreeMap<FamilyPairs, u64>) -> Result<Vec<FamilyPairs>> {
    let rows = families.into_iter().map(|(row, count)| {
        let count = u32::try_from(count).map_err(|_| {
            Error::Store("Plus de familles que le programme n’en peut compter.".to_owned())
        })?;
        Ok(FamilyPairs { count, ..row })
    });
    rows.collect()
}

fn put<C: TableColumn>(dir: &Path, table: &str, frame: &DataFrame) -> Result<TableSum> {
    let mut writer = TableWriter::<C>::create(&table_path(dir, table))?;
    writer.push(frame)?;
    writer.close()
}

fn unit_frame(units: &[&AnswerUnit]) -> Result<DataFrame> {
    use SharedUnitColumn as C;
    let text = |column: C, get: fn(&AnswerUnit) -> &str| {
        let values: Vec<&str> = units.iter().map(|u| get(u)).collect();
        Series::new(column.name().into(), values).into()
    };
    let ranks: Vec<u32> = (0..units.len() as u32).collect();
    let consensus: Vec<bool> = units.iter().map(|u| u.consensus).collect();
    let columns = vec![
        Series::new(C::Unite.name().into(), ranks).into(),
        text(C::Structure, |u| &u.structure),
        text(C::Source, |u| u.source.as_str()),
        text(C::Visite, |u| &u.visit),
        text(C::Observateur, |u| &u.observer),
        Series::new(C::Consensus.name().into(), consensus).into(),
    ];
    Ok(DataFrame::new(units.len(), columns)?)
}

fn measure_frame(measures: &[SharedMeasure]) -> Result<DataFrame> {
    use SharedMeasureColumn as C;
    let text = |column: C, get: fn(&SharedMeasure) -> &str| {
        let values: Vec<&str> = measures.iter().map(get).collect();
        Series::new(column.name().into(), values).into()
    };
    let days = measures.iter();
    let days: Vec<String> = days
        .map(|m| m.day.map_or_else(String::new, |day| day.to_string()))
        .collect();
    let columns = vec![
        text(C::Structure, |m| &m.structure),
        text(C::Fiche, |m| &m.id),
        Series::new(C::Jour.name().into(), days).into(),
        text(C::Mesure, |m| &m.measure),
        text(C::Valeur, |m| &m.value),
    ];
    Ok(DataFrame::new(measures.len(), columns)?)
}

/// Units of a shared folder.
///
/// # Errors
///
/// A table that is missing or damaged.
pub(crate) fn shared_units(tables: &SharedTables) -> Result<Vec<AnswerUnit>> {
    use SharedUnitColumn as C;
    let frame = tables.whole::<C>(UNITS)?;
    let text = |column: C| frame.column(column.name())?.str();
    let (structures, sources) = (text(C::Structure)?, text(C::Source)?);
    let (visits, observers) = (text(C::Visite)?, text(C::Observateur)?);
    let consensus = frame.column(C::Consensus.name())?.bool()?;
    let mut units = Vec::with_capacity(frame.height());
    for row in 0..frame.height() {
        let source = sources.get(row).and_then(|s| s.parse().ok());
        let source = source.ok_or_else(|| tables.damaged())?;
        units.push(AnswerUnit {
            structure: structures.get(row).unwrap_or_default().to_owned(),
            source,
            visit: counted_visit(source, visits.get(row).unwrap_or_default()).to_owned(),
            observer: observers.get(row).unwrap_or_default().to_owned(),
            consensus: consensus.get(row).unwrap_or(false),
            hidden: false,
        });
    }
    Ok(units)
}

/// Activity data of a shared folder.
///
/// # Errors
///
/// A table that is missing or damaged.
pub(crate) fn shared_measures(tables: &SharedTables) -> Result<Vec<SharedMeasure>> {
    use SharedMeasureColumn as C;
    let frame = tables.whole::<C>(MEASURES)?;
    let text = |column: C| frame.column(column.name())?.str();
    let (structures, ids, dates) = (text(C::Structure)?, text(C::Fiche)?, text(C::Jour)?);
    let (measures, values) = (text(C::Mesure)?, text(C::Valeur)?);
    let rows = (0..frame.height()).map(|row| SharedMeasure {
        structure: structures.get(row).unwrap_or_default().to_owned(),
        id: ids.get(row).unwrap_or_default().to_owned(),
        day: dates.get(row).and_then(|day| day.parse().ok()),
        measure: measures.get(row).unwrap_or_default().to_owned(),
        value: values.get(row).unwrap_or_default().to_owned(),
    });
    Ok(rows.collect())
}
