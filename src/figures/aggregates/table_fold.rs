//! The long table as typed columns, then folded: what tests and small tables without a store use.

use std::collections::HashMap;

use polars::prelude::DataFrame;

use super::{AnswerColumns, AnswerFold, AnswerUnit, Partials, counted_visit};
use crate::base::error::{Error, Result};
use crate::base::table::TableColumn;
use crate::intake::observations::{ObservationColumn as C, Observations};
use crate::vocabulary::referentiel::{Referentiel, SourceCode};

/// The answers of a long table, folded.
pub(crate) struct FoldedTable {
    /// Its units.
    pub units: Vec<AnswerUnit>,
    /// What they hold.
    pub partials: Partials,
}

/// One answer, typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct UnitAnswer {
    unit: u32,
    respondent: Option<u32>,
    day: Option<i32>,
    element: u32,
    statut: u32,
    micro: Option<i32>,
    modality: Option<u32>,
}

/// Folds every answer of a long table but those without élément: words and activity data.
pub(crate) fn fold_table(
    observations: &Observations,
    referentiel: &Referentiel,
) -> Result<FoldedTable> {
    let frame = observations.frame();
    let mut reader = LongTableReader::new(frame, referentiel)?;
    let mut answers = Vec::with_capacity(frame.height());
    for row in 0..frame.height() {
        answers.extend(reader.answer(row)?);
    }
    answers.sort_unstable();
    let positions: Vec<Option<u32>> = (0..referentiel.elements.len() as u32).map(Some).collect();
    let sources: Vec<SourceCode> = reader.units.iter().map(|u| u.source).collect();
    let mut folder = AnswerFold::new(referentiel, &positions, &sources);
    let of = |pick: fn(&UnitAnswer) -> u32| answers.iter().map(pick).collect::<Vec<_>>();
    let some = |pick: fn(&UnitAnswer) -> Option<u32>| answers.iter().map(pick).collect::<Vec<_>>();
    let signed =
        |pick: fn(&UnitAnswer) -> Option<i32>| answers.iter().map(pick).collect::<Vec<_>>();
    folder.push(&AnswerColumns {
        units: &of(|a| a.unit),
        respondents: &some(|a| a.respondent),
        days: &signed(|a| a.day),
        elements: &of(|a| a.element),
        statuts: &of(|a| a.statut),
        micros: &signed(|a| a.micro),
        modalities: &some(|a| a.modality),
    })?;
    Ok(FoldedTable {
        partials: folder.finish(),
        units: reader.units,
    })
}

/// Texts that several rows share → their rank of arrival.
#[derive(Default)]
struct RespondentRanks<'a>(HashMap<&'a str, u32>);

impl<'a> RespondentRanks<'a> {
    fn of(&mut self, text: &'a str) -> u32 {
        let next = self.0.len() as u32;
        *self.0.entry(text).or_insert(next)
    }
}

struct LongTableReader<'a> {
    referentiel: &'a Referentiel,
    texts: HashMap<&'static str, Vec<&'a str>>,
    micros: Vec<Option<i64>>,
    modalities: Vec<Option<i64>>,
    elements: HashMap<&'a str, Option<usize>>,
    known: HashMap<[&'a str; 4], u32>,
    units: Vec<AnswerUnit>,
    respondents: RespondentRanks<'a>,
}

impl<'a> LongTableReader<'a> {
    fn new(frame: &'a DataFrame, referentiel: &'a Referentiel) -> Result<Self> {
        let columns = [
            C::Structure,
            C::Source,
            C::Visite,
            C::Observateur,
            C::Repondant,
            C::Date,
            C::Element,
            C::Statut,
        ];
        let mut texts = HashMap::new();
        for column in columns {
            let values = frame.column(column.name())?.str()?;
            let values = values.iter().map(Option::unwrap_or_default).collect();
            texts.insert(column.name(), values);
        }
        let whole = |column: C| -> Result<Vec<Option<i64>>> {
            Ok(frame.column(column.name())?.i64()?.iter().collect())
        };
        Ok(Self {
            referentiel,
            texts,
            micros: whole(C::Micro)?,
            modalities: whole(C::Modalite)?,
            elements: HashMap::new(),
            known: HashMap::new(),
            units: Vec::new(),
            respondents: RespondentRanks::default(),
        })
    }

    fn text(&self, column: C, row: usize) -> &'a str {
        self.texts[column.name()][row]
    }

    fn answer(&mut self, row: usize) -> Result<Option<UnitAnswer>> {
        let Ok(source) = self.text(C::Source, row).parse::<SourceCode>() else {
            return Ok(None);
        };
        let code = self.text(C::Element, row);
        let referentiel = self.referentiel;
        let element = self.elements.entry(code);
        let element = *element.or_insert_with(|| referentiel.element(code));
        let (Some(element), true) = (element, source != SourceCode::Don) else {
            return Ok(None);
        };
        let unit = self.unit(row, source);
        let who = self.text(C::Repondant, row);
        let date = self.text(C::Date, row);
        let micro = self.micros[row].map(i32::try_from).transpose();
        Ok(Some(UnitAnswer {
            unit,
            respondent: (!who.is_empty()).then(|| self.respondents.of(who)),
            day: day_number(date),
            element: element as u32,
            statut: statut_rank(self.text(C::Statut, row))?,
            micro: micro.map_err(|e| Error::Store(format!("Niveau illisible ({e}).")))?,
            modality: self.modalities[row].and_then(|m| u32::try_from(m).ok()),
        }))
    }

    fn unit(&mut self, row: usize, source: SourceCode) -> u32 {
        let [structure, visit, observer] =
            [C::Structure, C::Visite, C::Observateur].map(|c| self.text(c, row));
        let visit = counted_visit(source, visit);
        let key = [structure, source.as_str(), visit, observer];
        let units = &mut self.units;
        *self.known.entry(key).or_insert_with(|| {
            let consensus = observer == "consensus";
            units.push(AnswerUnit {
                structure: structure.to_owned(),
                source,
                visit: visit.to_owned(),
                observer: if consensus { "" } else { observer }.to_owned(),
                consensus,
                hidden: false,
            });
            units.len() as u32 - 1
        })
    }
}

fn statut_rank(word: &str) -> Result<u32> {
    let rank = ["note", "nc", "no", "nsp", "vide"]
        .iter()
        .position(|w| *w == word);
    rank.map(|r| r as u32)
        .ok_or_else(|| Error::Store(format!("Statut inconnu : « {word} ».")))
}

/// Days since 1970-01-01 of an ISO date.
fn day_number(iso: &str) -> Option<i32> {
    let date = iso.parse::<jiff::civil::Date>().ok()?;
    let epoch = jiff::civil::date(1970, 1, 1);
    Some(date.since(epoch).ok()?.get_days())
}
