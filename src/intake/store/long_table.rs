//! The long table of the contract, rebuilt from the tables of an import: only for who asks for cells.

use std::collections::HashMap;

use polars::prelude::{DataFrame, Int32Chunked, StringChunked, UInt32Chunked};

use super::columns::{AnswerColumn, MeasureColumn, RespondentColumn, Statut, WordColumn, WordKind};
use super::live::LiveImport;
use super::long_columns::{LongColumns, LongRow};
use super::stored_unit::StoredUnit;
use super::table_reader::{RowRange, TableReader};
use crate::base::day::Day;
use crate::base::diagnostics::CellRef;
use crate::base::error::{Error, Result};
use crate::base::table::TableColumn;
use crate::intake::observations::{
    CONSENT, ElementCodes, OPEN_ANSWER, OWN_QUESTION, Observations, REMARKABLE,
};
use crate::vocabulary::referentiel::SourceCode;

/// Every visible row of an import, of one structure or of all, in the order of its tables.
///
/// # Errors
///
/// A table that is missing or damaged.
pub(super) fn long_table(
    live: &LiveImport,
    codes: &ElementCodes,
    structure: Option<&str>,
) -> Result<DataFrame> {
    let Some(parts) = ImportParts::read(live, structure)? else {
        return Ok(Observations::empty().frame().clone());
    };
    let mut columns = LongColumns::default();
    let comments = parts.comments()?;
    parts.answers(&mut columns, codes, &comments)?;
    parts.measures(&mut columns, &comments)?;
    parts.words(&mut columns)?;
    columns.table(live.import)
}

/// Every visible word of an import that is beside no answer, and who wrote it left out.
///
/// # Errors
///
/// A table that is missing or damaged.
pub(super) fn words_table(live: &LiveImport) -> Result<DataFrame> {
    const NOTHING: RowRange = RowRange { start: 0, rows: 0 };
    let mut parts = ImportParts {
        live,
        answers: TablePart::range(&live.answers()?, NOTHING)?,
        measures: TablePart::range(&live.measures()?, NOTHING)?,
        words: TablePart::read(&live.words()?, WordColumn::Unite, None)?,
        respondents: TablePart::range(&live.respondents()?, NOTHING)?,
        first_respondent: HashMap::new(),
        days: HashMap::new(),
    };
    parts.index()?;
    let mut columns = LongColumns::default();
    parts.words(&mut columns)?;
    columns.table(live.import)
}

/// Rows of a table that are read.
struct TablePart {
    frame: DataFrame,
    start: usize,
}

impl TablePart {
    /// The rows of the units asked for.
    fn read<C: TableColumn>(
        reader: &TableReader<C>,
        unit: C,
        units: Option<UnitSpan>,
    ) -> Result<Self> {
        let range = match units {
            None => RowRange {
                start: 0,
                rows: reader.rows(),
            },
            Some(span) => span.rows_of(reader, unit)?,
        };
        Self::range(reader, range)
    }

    fn range<C: TableColumn>(reader: &TableReader<C>, range: RowRange) -> Result<Self> {
        Ok(Self {
            frame: reader.read(C::ALL, range)?,
            start: range.start,
        })
    }

    fn texts<C: TableColumn>(&self, column: C) -> Result<&StringChunked> {
        Ok(self.frame.column(column.name())?.str()?)
    }

    fn wholes<C: TableColumn>(&self, column: C) -> Result<&UInt32Chunked> {
        Ok(self.frame.column(column.name())?.u32()?)
    }

    fn days<C: TableColumn>(&self, column: C) -> Result<&Int32Chunked> {
        Ok(self.frame.column(column.name())?.i32()?)
    }
}

/// The units of one structure, which follow each other.
#[derive(Clone, Copy)]
struct UnitSpan {
    first: u32,
    end: u32,
}

impl UnitSpan {
    fn of(units: &[StoredUnit], structure: &str) -> Option<Self> {
        let is_its = |u: &StoredUnit| *u.structure == *structure;
        let first = units.iter().position(is_its)?;
        let count = units[first..].iter().take_while(|u| is_its(u)).count();
        Some(Self {
            first: first as u32,
            end: (first + count) as u32,
        })
    }

    /// Its rows in a table, found by the column of units alone.
    fn rows_of<C: TableColumn>(self, reader: &TableReader<C>, unit: C) -> Result<RowRange> {
        let mut range = RowRange { start: 0, rows: 0 };
        reader.for_each_group(&[unit], |_, frame| {
            for unit in frame.column(unit.name())?.u32()?.iter().flatten() {
                if unit < self.first {
                    range.start += 1;
                } else if unit < self.end {
                    range.rows += 1;
                }
            }
            Ok(())
        })?;
        Ok(range)
    }
}

/// What a row of `reponses` or of `mesures` is commented by.
#[derive(Default)]
struct Comments<'a> {
    answers: HashMap<u32, &'a str>,
    measures: HashMap<u32, &'a str>,
}

/// Who answered, by unit and rank.
struct KnownRespondent<'a> {
    id: &'a str,
    visit: &'a str,
}

/// The tables of an import, as far as they are asked for.
struct ImportParts<'a> {
    live: &'a LiveImport<'a>,
    answers: TablePart,
    measures: TablePart,
    words: TablePart,
    respondents: TablePart,
    /// Row of `respondents` where each unit's begin.
    first_respondent: HashMap<u32, usize>,
    days: HashMap<i32, String>,
}

impl<'a> ImportParts<'a> {
    /// None when the import holds nothing of the structure.
    fn read(live: &'a LiveImport<'a>, structure: Option<&str>) -> Result<Option<Self>> {
        let span = structure.map(|code| UnitSpan::of(&live.units, code));
        let span = match span {
            Some(None) => return Ok(None),
            Some(span) => span,
            None => None,
        };
        let answers = live.answers()?;
        let range = match span {
            None => RowRange {
                start: 0,
                rows: answers.rows(),
            },
            Some(UnitSpan { first, end }) => {
                let units = &live.units[first as usize..end as usize];
                RowRange {
                    start: units.first().map_or(0, |u| u.answers.start),
                    rows: units.iter().map(|u| u.answers.rows).sum(),
                }
            }
        };
        let mut parts = Self {
            live,
            answers: TablePart::range(&answers, range)?,
            measures: TablePart::read(&live.measures()?, MeasureColumn::Unite, span)?,
            words: TablePart::read(&live.words()?, WordColumn::Unite, span)?,
            respondents: TablePart::read(&live.respondents()?, RespondentColumn::Unite, span)?,
            first_respondent: HashMap::new(),
            days: HashMap::new(),
        };
        parts.index()?;
        Ok(Some(parts))
    }

    fn index(&mut self) -> Result<()> {
        let units = self.respondents.wholes(RespondentColumn::Unite)?;
        for (row, unit) in units.iter().enumerate() {
            if let Some(unit) = unit {
                self.first_respondent.entry(unit).or_insert(row);
            }
        }
        let written = [
            self.answers.days(AnswerColumn::Jour)?,
            self.measures.days(MeasureColumn::Jour)?,
            self.words.days(WordColumn::Jour)?,
        ];
        for number in written.into_iter().flat_map(|days| days.iter().flatten()) {
            if let Some(day) = Day::from_number(number) {
                self.days.entry(number).or_insert_with(|| day.to_string());
            }
        }
        Ok(())
    }

    fn day(&self, number: Option<i32>) -> &str {
        let day = number.and_then(|n| self.days.get(&n));
        day.map_or("", String::as_str)
    }

    /// The unit of a row, none when it must not be seen.
    fn unit(&self, number: Option<u32>) -> Result<Option<&StoredUnit>> {
        let unit = number.and_then(|n| self.live.units.get(n as usize));
        match unit {
            Some(unit) => Ok(Some(unit).filter(|u| !u.hidden)),
            None => Err(self.damaged("une unité")),
        }
    }

    fn damaged(&self, what: &str) -> Error {
        Error::Store(format!(
            "{} : {what} de l’import {} ne se relit pas. Reprenez cet import avec « annuler », puis réimportez les fichiers.",
            self.live.dir().display(),
            self.live.import.label
        ))
    }

    fn comments(&self) -> Result<Comments<'_>> {
        use WordColumn as C;
        let kinds = self.words.wholes(C::Nature)?;
        let rows = self.words.wholes(C::Reponse)?;
        let units = self.words.wholes(C::Unite)?;
        let texts = self.words.texts(C::Texte)?;
        let mut comments = Comments::default();
        for i in 0..self.words.frame.height() {
            if kinds.get(i) != Some(WordKind::Commentaire as u32) {
                continue;
            }
            let unit = units.get(i).and_then(|n| self.live.units.get(n as usize));
            let beside = match unit.map(|u| u.source) {
                Some(SourceCode::Don) => &mut comments.measures,
                _ => &mut comments.answers,
            };
            let row = rows.get(i).ok_or_else(|| self.damaged("un commentaire"))?;
            beside.insert(row, texts.get(i).unwrap_or_default());
        }
        Ok(comments)
    }

    /// Respondents of a unit follow each other by rank; a purged store has none.
    fn respondent(
        &self,
        unit: Option<u32>,
        rank: Option<u32>,
    ) -> Result<Option<KnownRespondent<'_>>> {
        use RespondentColumn as C;
        let (Some(unit), Some(rank)) = (unit, rank) else {
            return Ok(None);
        };
        let Some(first) = self.first_respondent.get(&unit) else {
            return Ok(None);
        };
        let row = first + rank as usize;
        let text =
            |c: C| -> Result<&str> { Ok(self.respondents.texts(c)?.get(row).unwrap_or_default()) };
        Ok(Some(KnownRespondent {
            id: text(C::Empreinte)?,
            visit: text(C::Visite)?,
        }))
    }

    fn answers<'b>(
        &'b self,
        columns: &mut LongColumns<'b>,
        codes: &'b ElementCodes,
        comments: &Comments<'b>,
    ) -> Result<()> {
        use AnswerColumn as C;
        let part = &self.answers;
        let (units, ranks) = (part.wholes(C::Unite)?, part.wholes(C::Repondant)?);
        let (elements, statuts) = (part.wholes(C::Element)?, part.wholes(C::Statut)?);
        let (micros, modalities) = (part.days(C::Micro)?, part.wholes(C::Modalite)?);
        let (days, raws) = (part.days(C::Jour)?, part.texts(C::Valeur)?);
        let sheets = part.texts(C::Feuille)?;
        let (lines, cols) = (part.wholes(C::Ligne)?, part.wholes(C::Colonne)?);
        for i in 0..part.frame.height() {
            let Some(unit) = self.unit(units.get(i))? else {
                continue;
            };
            let element = elements.get(i).and_then(|e| codes.code(e));
            let statut = statuts.get(i).and_then(Statut::from_repr);
            let asked = self.respondent(units.get(i), ranks.get(i))?;
            let row = (part.start + i) as u32;
            columns.push(&LongRow {
                unit,
                visit: asked.as_ref().map_or(unit.visit.as_str(), |a| a.visit),
                respondent: asked.as_ref().map_or("", |a| a.id),
                day: self.day(days.get(i)),
                element: element.ok_or_else(|| self.damaged("un élément"))?,
                statut: statut.ok_or_else(|| self.damaged("un statut"))?,
                micro: micros.get(i).map(i64::from),
                modality: modalities.get(i).map(i64::from),
                raw: raws.get(i).unwrap_or_default(),
                comment: comments.answers.get(&row).copied().unwrap_or_default(),
                sheet: sheets.get(i).unwrap_or_default(),
                cell: cell(lines.get(i), cols.get(i)),
            });
        }
        Ok(())
    }

    fn measures<'b>(
        &'b self,
        columns: &mut LongColumns<'b>,
        comments: &Comments<'b>,
    ) -> Result<()> {
        use MeasureColumn as C;
        let part = &self.measures;
        let (units, notes) = (part.wholes(C::Unite)?, part.texts(C::Fiche)?);
        let (days, codes) = (part.days(C::Jour)?, part.texts(C::Mesure)?);
        let (raws, sheets) = (part.texts(C::Valeur)?, part.texts(C::Feuille)?);
        let (lines, cols) = (part.wholes(C::Ligne)?, part.wholes(C::Colonne)?);
        for i in 0..part.frame.height() {
            let Some(unit) = self.unit(units.get(i))? else {
                continue;
            };
            let raw = raws.get(i).unwrap_or_default();
            let row = (part.start + i) as u32;
            columns.push(&LongRow {
                unit,
                visit: notes.get(i).unwrap_or_default(),
                respondent: "",
                day: self.day(days.get(i)),
                element: codes.get(i).unwrap_or_default(),
                statut: written(raw),
                micro: None,
                modality: None,
                raw,
                comment: comments.measures.get(&row).copied().unwrap_or_default(),
                sheet: sheets.get(i).unwrap_or_default(),
                cell: cell(lines.get(i), cols.get(i)),
            });
        }
        Ok(())
    }

    fn words<'b>(&'b self, columns: &mut LongColumns<'b>) -> Result<()> {
        use WordColumn as C;
        let part = &self.words;
        let (units, ranks) = (part.wholes(C::Unite)?, part.wholes(C::Repondant)?);
        let (kinds, notes) = (part.wholes(C::Nature)?, part.texts(C::Fiche)?);
        let (days, fields) = (part.days(C::Jour)?, part.texts(C::Champ)?);
        let (texts, sheets) = (part.texts(C::Texte)?, part.texts(C::Feuille)?);
        let (lines, cols) = (part.wholes(C::Ligne)?, part.wholes(C::Colonne)?);
        for i in 0..part.frame.height() {
            let kind = kinds.get(i).and_then(WordKind::from_repr);
            let kind = kind.ok_or_else(|| self.damaged("un propos"))?;
            let (Some(unit), false) = (self.unit(units.get(i))?, kind == WordKind::Commentaire)
            else {
                continue;
            };
            let field = fields.get(i).unwrap_or_default();
            let text = texts.get(i).unwrap_or_default();
            let long = LongWords::of(kind, field, text);
            let asked = self.respondent(units.get(i), ranks.get(i))?;
            let visit = match unit.source {
                SourceCode::Don => notes.get(i).unwrap_or_default(),
                _ => asked.as_ref().map_or(unit.visit.as_str(), |a| a.visit),
            };
            columns.push(&LongRow {
                unit,
                visit,
                respondent: asked.as_ref().map_or("", |a| a.id),
                day: self.day(days.get(i)),
                element: long.element,
                statut: long.statut,
                micro: None,
                modality: None,
                raw: long.raw,
                comment: long.comment,
                sheet: sheets.get(i).unwrap_or_default(),
                cell: cell(lines.get(i), cols.get(i)),
            });
        }
        Ok(())
    }
}

/// How the long table says words.
struct LongWords<'a> {
    element: &'a str,
    statut: Statut,
    raw: &'a str,
    comment: &'a str,
}

impl<'a> LongWords<'a> {
    fn of(kind: WordKind, field: &'a str, text: &'a str) -> Self {
        let (element, statut, raw, comment) = match kind {
            WordKind::Pratique => (REMARKABLE, Statut::Vide, field, text),
            WordKind::Accord => (CONSENT, Statut::Vide, text, ""),
            WordKind::QuestionPropre => (OWN_QUESTION, Statut::Note, text, field),
            WordKind::ReponseLibre | WordKind::Commentaire => (OPEN_ANSWER, Statut::Vide, "", text),
            WordKind::Entretien | WordKind::Remarque => (field, written(text), text, ""),
        };
        Self {
            element,
            statut,
            raw,
            comment,
        }
    }
}

/// A measure or a field of a note bears no scale: written or not.
fn written(text: &str) -> Statut {
    if text.is_empty() {
        Statut::Vide
    } else {
        Statut::Note
    }
}

fn cell(row: Option<u32>, col: Option<u32>) -> CellRef {
    CellRef::new(row.unwrap_or(0), col.unwrap_or(0))
}
