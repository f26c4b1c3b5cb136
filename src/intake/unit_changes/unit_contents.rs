//! What a unit says, in place and coming: compared by what counts, told in the words of the forms.

use std::collections::BTreeMap;

use super::placed_tables::PlacedTables;
use super::unit_change::{DifferenceDetails, ToldChange, UnitDifference};
use crate::base::day::Day;
use crate::base::error::Result;
use crate::base::table::TableColumn;
use crate::base::text::fold;
use crate::intake::guard_rails::response_lots::{Response, common, response, stored_responses};
use crate::intake::observations::{ElementCodes, MeasureKind, TypedRecord, UnitKey};
use crate::intake::store::StoredUnit;
use crate::intake::store::columns::{AnswerColumn, Statut};

/// Characters of a cell that is told.
const LONGEST: usize = 60;

/// What a cell is worth, and how it is told.
#[derive(Debug, Clone, PartialEq, Eq)]
struct SaidCell {
    worth: String,
    shown: String,
}

/// Notes by élément, or measures by line.
type SaidCells = BTreeMap<String, SaidCell>;

/// A unit that comes.
pub(super) struct ComingUnit {
    cells: SaidCells,
    responses: Vec<Response>,
    lines: Vec<String>,
    words: Vec<String>,
    day: Option<Day>,
    is_questionnaire: bool,
}

impl ComingUnit {
    pub(super) fn of(records: &[&TypedRecord], codes: &ElementCodes) -> Self {
        let is_questionnaire = records
            .iter()
            .any(|r| matches!(r.unit, UnitKey::Questionnaire { .. }));
        let mut unit = Self {
            cells: SaidCells::new(),
            responses: Vec::new(),
            lines: Vec::new(),
            words: Vec::new(),
            day: visit_day(records),
            is_questionnaire,
        };
        for record in records {
            if is_questionnaire {
                unit.responses.push(response(record, codes));
                continue;
            }
            for answer in &record.answers {
                let code = codes.code(answer.element);
                let said = said_note(answer.statut, answer.micro, &answer.raw);
                unit.cells.extend(code.map(str::to_owned).zip(said));
                unit.words.extend(Some(answer.comment.clone()));
            }
            let mut line: Vec<String> = Vec::new();
            for measure in record.measures.iter().filter(|m| !m.raw.is_empty()) {
                line.push(format!("{}={}", measure.code, fold(&measure.raw)));
                let key = format!("{}, {}", record.visit, measure.code);
                unit.cells.insert(key, said_measure(&measure.raw));
            }
            line.sort_unstable();
            unit.lines
                .extend((!line.is_empty()).then(|| line.join(" ")));
            let said = record.words.iter().map(|w| w.text.clone());
            unit.words.extend(said);
            let beside = record.measures.iter().map(|m| m.comment.clone());
            unit.words.extend(beside);
        }
        unit.words.retain(|text| !text.is_empty());
        unit
    }
}

/// Respondents, lines or answers of a unit that comes.
pub(super) fn coming_count(records: &[&TypedRecord]) -> usize {
    let lines = records.iter().filter(|r| !r.measures.is_empty()).count();
    let answers = records.iter().flat_map(|r| &r.answers);
    let answers = answers.filter(|a| a.statut != Statut::Vide).count();
    match records.first().map(|r| &r.unit) {
        Some(UnitKey::Questionnaire { .. }) => records.len(),
        _ if lines > 0 => lines,
        _ if answers > 0 => answers,
        _ => records.iter().map(|r| r.words.len()).sum(),
    }
}

/// The day of a grid; a questionnaire has many, what sessions say stands in their name.
pub(super) fn visit_day(records: &[&TypedRecord]) -> Option<Day> {
    let is_grid =
        |r: &&&TypedRecord| matches!(r.unit, UnitKey::Visit { .. } | UnitKey::Grid { .. });
    records.iter().filter(is_grid).find_map(|r| r.day)
}

/// A note as it counts: nothing for a cell left blank.
fn said_note(statut: Statut, micro: Option<i32>, raw: &str) -> Option<SaidCell> {
    if statut == Statut::Vide {
        return None;
    }
    let worth = match micro {
        Some(micro) => micro.to_string(),
        None if statut == Statut::Note => fold(raw),
        None => statut.as_str().to_owned(),
    };
    let shown = shown(raw);
    let shown = if shown.is_empty() {
        statut.label().to_owned()
    } else {
        shown
    };
    Some(SaidCell { worth, shown })
}

fn said_measure(raw: &str) -> SaidCell {
    SaidCell {
        worth: fold(raw),
        shown: shown(raw),
    }
}

fn shown(raw: &str) -> String {
    let line = raw.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= LONGEST {
        return line;
    }
    let kept: String = line.chars().take(LONGEST).collect();
    format!("{kept}…")
}

/// A unit in place.
pub(super) struct PlacedUnit<'a> {
    pub(super) tables: &'a PlacedTables<'a>,
    pub(super) position: usize,
    pub(super) stored: &'a StoredUnit,
}

impl PlacedUnit<'_> {
    /// What is in place beside what comes; `codes` are those of its import.
    pub(super) fn beside(
        &self,
        unit: &UnitKey,
        coming: &ComingUnit,
        codes: &ElementCodes,
    ) -> Result<UnitDifference> {
        let live = self.tables.live;
        let file = live.import.manifest.files.get(self.stored.file);
        let told = |before: usize, after: usize, details: DifferenceDetails| UnitDifference {
            import: live.import.label.clone(),
            file: file.map_or_else(String::new, |f| f.name.clone()),
            before,
            after,
            details,
        };
        if coming.is_questionnaire {
            let before = stored_responses(live, self.stored, codes)?;
            let same = common(&before, &coming.responses);
            let (before, after) = (before.len(), coming.responses.len());
            return Ok(told(before, after, counted(before, after, same)));
        }
        let (mut cells, day) = self.notes(codes)?;
        let lines = self.lines(&mut cells);
        let words = self.tables.words.get(&self.position);
        let words = words.map_or(&[][..], Vec::as_slice);
        if is_counted(unit) {
            let before: Vec<&String> = lines.iter().chain(words).collect();
            let after: Vec<&String> = coming.lines.iter().chain(&coming.words).collect();
            let same = in_both(&before, &after);
            let (before, after) = (before.len(), after.len());
            return Ok(told(before, after, counted(before, after, same)));
        }
        let mut changes = one_by_one(&cells, &coming.cells);
        changes.extend(date_change(day, coming.day));
        changes.extend(words_change(words, &coming.words));
        let (before, after) = if lines.is_empty() && coming.lines.is_empty() {
            (cells.len(), coming.cells.len())
        } else {
            (lines.len(), coming.lines.len())
        };
        Ok(told(before, after, DifferenceDetails::OneByOne(changes)))
    }

    /// Its notes, and their day.
    fn notes(&self, codes: &ElementCodes) -> Result<(SaidCells, Option<Day>)> {
        use AnswerColumn as C;
        let mut cells = SaidCells::new();
        let own = self.stored.answers;
        // What a purge took has no answers left.
        let there = self.tables.answers.as_ref();
        let there = there.filter(|a| own.rows > 0 && own.start + own.rows <= a.rows());
        let Some(answers) = there else {
            return Ok((cells, None));
        };
        let columns = [C::Jour, C::Element, C::Statut, C::Micro, C::Valeur];
        let frame = answers.read(&columns, own)?;
        let days = frame.column(C::Jour.name())?.i32()?;
        let elements = frame.column(C::Element.name())?.u32()?;
        let statuts = frame.column(C::Statut.name())?.u32()?;
        let micros = frame.column(C::Micro.name())?.i32()?;
        let values = frame.column(C::Valeur.name())?.str()?;
        let mut day = None;
        for row in 0..frame.height() {
            day = day.or_else(|| days.get(row).and_then(Day::from_number));
            let code = elements.get(row).and_then(|e| codes.code(e));
            let statut = statuts.get(row).and_then(Statut::from_repr);
            let said = statut.and_then(|statut| {
                said_note(statut, micros.get(row), values.get(row).unwrap_or_default())
            });
            cells.extend(code.map(str::to_owned).zip(said));
        }
        Ok((cells, day))
    }

    /// Its lines of measures, each measure among its cells.
    fn lines(&self, cells: &mut SaidCells) -> Vec<String> {
        let mut lines: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        for m in self
            .tables
            .measures
            .get(&self.position)
            .into_iter()
            .flatten()
        {
            let line = lines.entry(&m.line).or_default();
            line.push(format!("{}={}", m.code, fold(&m.value)));
            let key = format!("{}, {}", m.line, m.code);
            cells.insert(key, said_measure(&m.value));
        }
        let joined = lines.into_values().map(|mut line| {
            line.sort_unstable();
            line.join(" ")
        });
        joined.collect()
    }
}

/// Units of which nothing is told but how much: who fills which post of a team, what people wrote.
fn is_counted(unit: &UnitKey) -> bool {
    match unit {
        UnitKey::Table { table, .. } => MeasureKind::of(table) != MeasureKind::Denominateurs,
        UnitKey::Note { .. } => true,
        _ => false,
    }
}

fn counted(before: usize, after: usize, same: usize) -> DifferenceDetails {
    DifferenceDetails::Counted {
        new: after - same.min(after),
        same,
        gone: before - same.min(before),
    }
}

fn one_by_one(before: &SaidCells, after: &SaidCells) -> Vec<ToldChange> {
    let told = |what: &String, before: Option<&SaidCell>, after: Option<&SaidCell>| ToldChange {
        what: what.clone(),
        before: before.map(|said| said.shown.clone()),
        after: after.map(|said| said.shown.clone()),
    };
    let mut changes: Vec<ToldChange> = Vec::new();
    for (what, was) in before {
        let is = after.get(what);
        if is.is_none_or(|is| is.worth != was.worth) {
            changes.push(told(what, Some(was), is));
        }
    }
    let added = after.iter().filter(|(what, _)| !before.contains_key(*what));
    changes.extend(added.map(|(what, is)| told(what, None, Some(is))));
    changes.sort_by(|a, b| a.what.cmp(&b.what));
    changes
}

fn date_change(before: Option<Day>, after: Option<Day>) -> Option<ToldChange> {
    (before != after && (before.is_some() || after.is_some())).then(|| ToldChange {
        what: "date".to_owned(),
        before: before.map(Day::short),
        after: after.map(Day::short),
    })
}

/// That comments changed, and none of what they say.
fn words_change(before: &[String], after: &[String]) -> Option<ToldChange> {
    let (was, is): (Vec<&String>, Vec<&String>) = (before.iter().collect(), after.iter().collect());
    let same = in_both(&was, &is);
    let told = |n: usize| (n > 0).then(|| n.to_string());
    (same < was.len() || same < is.len()).then(|| ToldChange {
        what: if was.len() == is.len() {
            "commentaires (leur texte change)".to_owned()
        } else {
            "commentaires".to_owned()
        },
        before: told(was.len()),
        after: told(is.len()),
    })
}

/// Texts that stand in both, each as often as where there are fewer of it.
fn in_both(some: &[&String], others: &[&String]) -> usize {
    let mut left: BTreeMap<&str, usize> = BTreeMap::new();
    for text in some {
        *left.entry(text.as_str()).or_default() += 1;
    }
    let found = others.iter().filter(|text| {
        let of = left.get_mut(text.as_str()).filter(|n| **n > 0);
        of.map(|n| *n -= 1).is_some()
    });
    found.count()
}
