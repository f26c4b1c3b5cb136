//! Typed records → the five tables of an import, sorted so that a fold goes through each unit once
//! and the units of a structure stand together.

use std::collections::{BTreeMap, HashMap};

use polars::prelude::{Column, DataFrame, NamedFrom, Series};

use super::columns::{
    AnswerColumn, MeasureColumn, RespondentColumn, UnitColumn, WordColumn, WordKind,
};
use crate::base::diagnostics::CellRef;
use crate::base::error::{Error, Result};
use crate::base::table::TableColumn;
use crate::intake::observations::{
    MeasureKind, TypedAnswer, TypedMeasure, TypedRecord, TypedWords, UnitKey,
};
use crate::vocabulary::referentiel::SourceCode;

/// Word of a consensus in the column of observers of the long table.
pub(crate) const CONSENSUS: &str = "consensus";

/// The tables of one import.
#[derive(Debug, Clone)]
pub(crate) struct ImportTables {
    /// [`AnswerColumn`].
    pub(crate) answers: DataFrame,
    /// [`MeasureColumn`].
    pub(crate) measures: DataFrame,
    /// [`WordColumn`].
    pub(crate) words: DataFrame,
    /// [`UnitColumn`].
    pub(crate) units: DataFrame,
    /// [`RespondentColumn`].
    pub(crate) respondents: DataFrame,
}

impl ImportTables {
    /// The tables of files' records, each file by its position in the manifest.
    ///
    /// # Errors
    ///
    /// More than four billion rows.
    pub(crate) fn of(campaign: &str, files: &[Vec<&TypedRecord>]) -> Result<Self> {
        let mut units = UnitRows::of(files);
        let placed = units.placed(files);
        let mut answers = AnswerRows::default();
        let mut measures = MeasureRows::default();
        let mut words = WordRows::default();
        for one in &placed {
            for answer in &one.record.answers {
                let row = position(answers.unit.len())?;
                answers.push(one, answer);
                units.rows[one.unit as usize].answers += 1;
                if !answer.comment.is_empty() {
                    words.comment(one, row, &answer.comment, answer.cell);
                }
            }
            for measure in &one.record.measures {
                let row = position(measures.unit.len())?;
                measures.push(one, measure);
                if !measure.comment.is_empty() {
                    words.comment(one, row, &measure.comment, measure.cell);
                }
            }
            for said in &one.record.words {
                words.push(one, said);
            }
        }
        Ok(Self {
            answers: answers.table()?,
            measures: measures.table()?,
            words: words.table()?,
            respondents: respondents(&placed)?,
            units: units.table(campaign)?,
        })
    }
}

fn position(row: usize) -> Result<u32> {
    u32::try_from(row).map_err(|_| {
        Error::Store("Un seul import ne peut pas contenir plus de quatre milliards de réponses. Importez les fichiers en plusieurs fois.".to_owned())
    })
}

/// A unit of a file.
struct UnitRow<'a> {
    key: &'a UnitKey,
    text: String,
    file: u32,
    /// As written: a grid is one record.
    visit: &'a str,
    observer: &'a str,
    answers: u32,
}

/// Units in the order of their positions.
struct UnitRows<'a> {
    rows: Vec<UnitRow<'a>>,
    positions: HashMap<(u32, &'a UnitKey), u32>,
}

impl<'a> UnitRows<'a> {
    fn of(files: &[Vec<&'a TypedRecord>]) -> Self {
        let mut first: BTreeMap<(u32, &UnitKey), &TypedRecord> = BTreeMap::new();
        for (file, records) in files.iter().enumerate() {
            for &record in records.iter().filter(|r| r.rows() > 0) {
                first.entry((file as u32, &record.unit)).or_insert(record);
            }
        }
        let mut rows: Vec<UnitRow> = first
            .into_iter()
            .map(|((file, key), record)| {
                let is_grid = matches!(key, UnitKey::Visit { .. } | UnitKey::Grid { .. });
                UnitRow {
                    key,
                    text: key.to_string(),
                    file,
                    visit: if is_grid { &record.visit } else { "" },
                    observer: &record.observer,
                    answers: 0,
                }
            })
            .collect();
        rows.sort_by(|a, b| {
            let order = |u: &UnitRow<'a>| (u.key.structure().clone(), u.key.source());
            order(a)
                .cmp(&order(b))
                .then_with(|| a.text.cmp(&b.text))
                .then_with(|| a.file.cmp(&b.file))
        });
        let numbered = rows.iter().enumerate();
        let positions = numbered.map(|(i, u)| ((u.file, u.key), i as u32)).collect();
        Self { rows, positions }
    }

    /// Every record with its unit and the rank of its respondent, in the order of the tables.
    fn placed(&self, files: &[Vec<&'a TypedRecord>]) -> Vec<PlacedRecord<'a>> {
        let mut ranks: HashMap<(u32, &str), u32> = HashMap::new();
        let mut counts: Vec<u32> = vec![0; self.rows.len()];
        let mut placed = Vec::new();
        for (file, records) in files.iter().enumerate() {
            for &record in records {
                let Some(&unit) = self.positions.get(&(file as u32, &record.unit)) else {
                    continue;
                };
                let respondent = record.respondent.as_deref().map(|id| {
                    *ranks.entry((unit, id)).or_insert_with(|| {
                        counts[unit as usize] += 1;
                        counts[unit as usize] - 1
                    })
                });
                placed.push(PlacedRecord {
                    unit,
                    respondent,
                    day: record.day.map(crate::base::day::Day::number),
                    record,
                });
            }
        }
        placed.sort_by_key(|p| (p.unit, p.respondent));
        placed
    }

    fn table(&self, campaign: &str) -> Result<DataFrame> {
        use UnitColumn as C;
        let height = self.rows.len();
        let texts = |get: fn(&UnitRow<'a>) -> &'a str| -> Vec<&'a str> {
            self.rows.iter().map(get).collect()
        };
        let wholes = |get: fn(&UnitRow) -> u32| -> Vec<u32> { self.rows.iter().map(get).collect() };
        let agreed: Vec<bool> = (self.rows.iter())
            .map(|u| u.observer == CONSENSUS)
            .collect();
        let keys: Vec<&str> = self.rows.iter().map(|u| u.text.as_str()).collect();
        table::<C>(vec![
            column(C::Unite, (0..height as u32).collect::<Vec<_>>()),
            column(C::Campagne, vec![campaign; height]),
            column(C::Structure, texts(|u| u.key.structure())),
            column(C::Source, texts(|u| u.key.source().as_str())),
            column(C::Visite, texts(|u| u.visit)),
            column(
                C::Observateur,
                texts(|u| match u.observer {
                    CONSENSUS => "",
                    code => code,
                }),
            ),
            column(C::Consensus, agreed),
            column(C::Fichier, wholes(|u| u.file)),
            column(C::Cle, keys),
            column(C::Reponses, wholes(|u| u.answers)),
        ])
    }
}

/// A record where it goes.
struct PlacedRecord<'a> {
    unit: u32,
    respondent: Option<u32>,
    day: Option<i32>,
    record: &'a TypedRecord,
}

fn column<C: TableColumn, T, P: ?Sized>(name: C, values: T) -> Column
where
    Series: NamedFrom<T, P>,
{
    Column::new(name.name().into(), values)
}

fn table<C: TableColumn>(columns: Vec<Column>) -> Result<DataFrame> {
    let height = columns.first().map_or(0, Column::len);
    C::check(&DataFrame::new(height, columns)?)
}

/// Where a row of each table stands.
#[derive(Default)]
struct Places<'a> {
    sheet: Vec<&'a str>,
    row: Vec<u32>,
    col: Vec<u32>,
}

impl<'a> Places<'a> {
    fn push(&mut self, sheet: &'a str, cell: CellRef) {
        self.sheet.push(sheet);
        self.row.push(cell.row);
        self.col.push(cell.col);
    }
}

#[derive(Default)]
struct AnswerRows<'a> {
    unit: Vec<u32>,
    respondent: Vec<Option<u32>>,
    day: Vec<Option<i32>>,
    element: Vec<u32>,
    statut: Vec<u32>,
    micro: Vec<Option<i32>>,
    modality: Vec<Option<u32>>,
    raw: Vec<&'a str>,
    at: Places<'a>,
}

impl<'a> AnswerRows<'a> {
    fn push(&mut self, placed: &PlacedRecord<'a>, answer: &'a TypedAnswer) {
        self.unit.push(placed.unit);
        self.respondent.push(placed.respondent);
        self.day.push(placed.day);
        self.element.push(answer.element);
        self.statut.push(answer.statut as u32);
        self.micro.push(answer.micro);
        self.modality.push(answer.modality);
        self.raw.push(&answer.raw);
        self.at.push(&placed.record.sheet, answer.cell);
    }

    fn table(self) -> Result<DataFrame> {
        use AnswerColumn as C;
        table::<C>(vec![
            column(C::Unite, self.unit),
            column(C::Repondant, self.respondent),
            column(C::Jour, self.day),
            column(C::Element, self.element),
            column(C::Statut, self.statut),
            column(C::Micro, self.micro),
            column(C::Modalite, self.modality),
            column(C::Valeur, self.raw),
            column(C::Feuille, self.at.sheet),
            column(C::Ligne, self.at.row),
            column(C::Colonne, self.at.col),
        ])
    }
}

#[derive(Default)]
struct MeasureRows<'a> {
    unit: Vec<u32>,
    kind: Vec<u32>,
    line: Vec<&'a str>,
    day: Vec<Option<i32>>,
    code: Vec<&'a str>,
    raw: Vec<&'a str>,
    at: Places<'a>,
}

impl<'a> MeasureRows<'a> {
    fn push(&mut self, placed: &PlacedRecord<'a>, measure: &'a TypedMeasure) {
        let line = &*placed.record.visit;
        self.unit.push(placed.unit);
        self.kind.push(MeasureKind::of(line) as u32);
        self.line.push(line);
        self.day.push(placed.day);
        self.code.push(&measure.code);
        self.raw.push(&measure.raw);
        self.at.push(&placed.record.sheet, measure.cell);
    }

    fn table(self) -> Result<DataFrame> {
        use MeasureColumn as C;
        table::<C>(vec![
            column(C::Unite, self.unit),
            column(C::Nature, self.kind),
            column(C::Fiche, self.line),
            column(C::Jour, self.day),
            column(C::Mesure, self.code),
            column(C::Valeur, self.raw),
            column(C::Feuille, self.at.sheet),
            column(C::Ligne, self.at.row),
            column(C::Colonne, self.at.col),
        ])
    }
}

#[derive(Default)]
struct WordRows<'a> {
    unit: Vec<u32>,
    respondent: Vec<Option<u32>>,
    answer: Vec<Option<u32>>,
    kind: Vec<u32>,
    note: Vec<&'a str>,
    day: Vec<Option<i32>>,
    field: Vec<&'a str>,
    text: Vec<&'a str>,
    at: Places<'a>,
}

impl<'a> WordRows<'a> {
    /// What stands beside an answer, or a measure.
    fn comment(&mut self, placed: &PlacedRecord<'a>, row: u32, text: &'a str, cell: CellRef) {
        self.answer.push(Some(row));
        self.kind.push(WordKind::Commentaire as u32);
        self.field.push("");
        self.text.push(text);
        self.shared(placed, cell);
    }

    fn push(&mut self, placed: &PlacedRecord<'a>, words: &'a TypedWords) {
        self.answer.push(None);
        self.kind.push(words.kind as u32);
        self.field.push(&words.field);
        self.text.push(&words.text);
        self.shared(placed, words.cell);
    }

    fn shared(&mut self, placed: &PlacedRecord<'a>, cell: CellRef) {
        let record = placed.record;
        let is_line = record.unit.source() == SourceCode::Don;
        self.unit.push(placed.unit);
        self.respondent.push(placed.respondent);
        self.note.push(if is_line { &record.visit } else { "" });
        self.day.push(placed.day);
        self.at.push(&record.sheet, cell);
    }

    fn table(self) -> Result<DataFrame> {
        use WordColumn as C;
        table::<C>(vec![
            column(C::Unite, self.unit),
            column(C::Repondant, self.respondent),
            column(C::Reponse, self.answer),
            column(C::Nature, self.kind),
            column(C::Fiche, self.note),
            column(C::Jour, self.day),
            column(C::Champ, self.field),
            column(C::Texte, self.text),
            column(C::Feuille, self.at.sheet),
            column(C::Ligne, self.at.row),
            column(C::Colonne, self.at.col),
        ])
    }
}

/// One row per respondent of each unit, in order of rank.
fn respondents(placed: &[PlacedRecord]) -> Result<DataFrame> {
    use RespondentColumn as C;
    let mut rows: Vec<&PlacedRecord> = placed.iter().filter(|p| p.respondent.is_some()).collect();
    rows.dedup_by_key(|p| (p.unit, p.respondent));
    let id = |p: &&PlacedRecord| p.record.respondent.as_deref().unwrap_or("").to_owned();
    table::<C>(vec![
        column(C::Unite, rows.iter().map(|p| p.unit).collect::<Vec<_>>()),
        column(
            C::Repondant,
            rows.iter().filter_map(|p| p.respondent).collect::<Vec<_>>(),
        ),
        column(C::Empreinte, rows.iter().map(id).collect::<Vec<String>>()),
        column(
            C::Visite,
            rows.iter()
                .map(|p| p.record.visit.to_string())
                .collect::<Vec<String>>(),
        ),
    ])
}
