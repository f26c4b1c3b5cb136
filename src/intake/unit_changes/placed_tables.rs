//! The tables of an import that is in place, read once for all its units that are compared.

use std::collections::{HashMap, HashSet};

use crate::base::error::Result;
use crate::base::table::TableColumn;
use crate::intake::store::columns::{AnswerColumn, MeasureColumn, WordColumn};
use crate::intake::store::{LiveImport, StoredUnit, TableReader};

/// A measure of a line in place.
pub(super) struct LineMeasure {
    pub(super) line: String,
    pub(super) code: String,
    pub(super) value: String,
}

/// What an import in place holds of some of its units, by their positions.
pub(super) struct PlacedTables<'a> {
    pub(super) live: &'a LiveImport<'a>,
    pub(super) answers: Option<TableReader<AnswerColumn>>,
    pub(super) words: HashMap<usize, Vec<String>>,
    pub(super) measures: HashMap<usize, Vec<LineMeasure>>,
}

impl<'a> PlacedTables<'a> {
    /// Reads what is in place of some units; the responses of questionnaires apart, which are read one by one.
    pub(super) fn of(live: &'a LiveImport<'a>, units: &[(usize, &StoredUnit)]) -> Result<Self> {
        let own = units.iter().filter(|(_, u)| !u.source.is_questionnaire());
        let wanted: HashSet<usize> = own.clone().map(|(position, _)| *position).collect();
        let has_answers = own.clone().any(|(_, u)| u.answers.rows > 0);
        let has_lines = own.clone().any(|(_, u)| u.answers.rows == 0);
        Ok(Self {
            live,
            answers: has_answers.then(|| live.answers()).transpose()?,
            words: if wanted.is_empty() {
                HashMap::new()
            } else {
                words(live, &wanted)?
            },
            measures: if has_lines {
                measures(live, &wanted)?
            } else {
                HashMap::new()
            },
        })
    }
}

fn words(live: &LiveImport, wanted: &HashSet<usize>) -> Result<HashMap<usize, Vec<String>>> {
    use WordColumn as C;
    let frame = live.words()?.whole(&[C::Unite, C::Texte])?;
    let units = frame.column(C::Unite.name())?.u32()?;
    let texts = frame.column(C::Texte.name())?.str()?;
    let mut found: HashMap<usize, Vec<String>> = HashMap::new();
    for row in 0..frame.height() {
        let unit = units.get(row).map(|u| u as usize);
        let text = texts.get(row).filter(|t| !t.is_empty());
        if let (Some(unit), Some(text)) = (unit.filter(|u| wanted.contains(u)), text) {
            found.entry(unit).or_default().push(text.to_owned());
        }
    }
    Ok(found)
}

fn measures(
    live: &LiveImport,
    wanted: &HashSet<usize>,
) -> Result<HashMap<usize, Vec<LineMeasure>>> {
    use MeasureColumn as C;
    let columns = [C::Unite, C::Fiche, C::Mesure, C::Valeur];
    let frame = live.measures()?.whole(&columns)?;
    let units = frame.column(C::Unite.name())?.u32()?;
    let text = |column: C| -> Result<_> { Ok(frame.column(column.name())?.str()?.clone()) };
    let (lines, codes, values) = (text(C::Fiche)?, text(C::Mesure)?, text(C::Valeur)?);
    let mut found: HashMap<usize, Vec<LineMeasure>> = HashMap::new();
    for row in 0..frame.height() {
        let unit = units.get(row).map(|u| u as usize);
        let value = values.get(row).filter(|v| !v.is_empty());
        if let (Some(unit), Some(value)) = (unit.filter(|u| wanted.contains(u)), value) {
            found.entry(unit).or_default().push(LineMeasure {
                line: lines.get(row).unwrap_or_default().to_owned(),
                code: codes.get(row).unwrap_or_default().to_owned(),
                value: value.to_owned(),
            });
        }
    }
    Ok(found)
}
