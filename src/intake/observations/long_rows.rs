//! The long table → typed records: what a store of format 1 holds becomes what importing would have
//! typed.

use std::collections::HashMap;
use std::sync::Arc;

use polars::prelude::{ChunkedArray, Int64Type, StringChunked};

use super::element_codes::ElementCodes;
use super::kinds::WordKind;
use super::long_table_columns::ObservationColumn as C;
use super::typed::{FileObservations, TypedAnswer, TypedMeasure, TypedRecord, TypedWords};
use super::unit_key::UnitKey;
use super::value::Statut;
use super::{CONSENT, OPEN_ANSWER, OWN_QUESTION, Observations, REMARKABLE};
use crate::base::day::Day;
use crate::base::diagnostics::{CellRef, Location};
use crate::base::error::{Error, Result};
use crate::base::table::TableColumn;
use crate::vocabulary::referentiel::SourceCode;

/// A file of the table: two may bear one name, and are told apart by their units.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct LongFile {
    /// Name without folder.
    pub(crate) name: String,
    /// Units that it holds.
    pub(crate) units: Vec<String>,
}

/// The records of each file, in the order of `files`; files that are not among them follow, as they
/// are met.
///
/// # Errors
///
/// A row that no import writes: an unknown source, status, unit, day, cell or élément.
pub(crate) fn typed_files(
    table: &Observations,
    files: &[LongFile],
    codes: &ElementCodes,
) -> Result<Vec<FileObservations>> {
    let rows = LongRows::of(table)?;
    let mut grouped = Grouped::of(files);
    for row in 0..table.len() {
        let record = grouped.record(&rows, row)?;
        rows.cell_into(row, record, codes)?;
    }
    Ok(grouped.files)
}

/// The columns of the long table, to read by row.
struct LongRows<'a> {
    texts: HashMap<&'static str, &'a StringChunked>,
    micro: &'a ChunkedArray<Int64Type>,
    modality: &'a ChunkedArray<Int64Type>,
}

impl<'a> LongRows<'a> {
    fn of(table: &'a Observations) -> Result<Self> {
        let frame = table.frame();
        let mut texts = HashMap::new();
        for column in C::ALL {
            if !matches!(column, C::Micro | C::Modalite) {
                texts.insert(column.name(), frame.column(column.name())?.str()?);
            }
        }
        Ok(Self {
            texts,
            micro: frame.column(C::Micro.name())?.i64()?,
            modality: frame.column(C::Modalite.name())?.i64()?,
        })
    }

    fn text(&self, column: C, row: usize) -> &'a str {
        let values = self.texts.get(column.name());
        values.and_then(|v| v.get(row)).unwrap_or("")
    }

    fn source(&self, row: usize) -> Result<SourceCode> {
        let written = self.text(C::Source, row);
        written.parse().map_err(|()| unread("la source", written))
    }

    fn day(&self, row: usize) -> Result<Option<Day>> {
        match self.text(C::Date, row) {
            "" => Ok(None),
            written => match written.parse() {
                Ok(day) => Ok(Some(day)),
                Err(_) => Err(unread("le jour", written)),
            },
        }
    }

    /// The unit as written, else the one that importing would have given.
    fn unit(&self, row: usize) -> Result<UnitKey> {
        let written = self.text(C::Unite, row);
        if !written.is_empty() {
            return written.parse().map_err(|_| unread("l’unité", written));
        }
        let structure: Arc<str> = Arc::from(self.text(C::Structure, row));
        let source = self.source(row)?;
        Ok(match source {
            SourceCode::Obs => UnitKey::Visit {
                structure,
                visit: crate::base::text::fold(self.text(C::Visite, row)),
                observer: crate::base::text::fold(self.text(C::Observateur, row)),
            },
            SourceCode::Aut => UnitKey::grid(structure, source, ""),
            SourceCode::Dir => UnitKey::grid(structure, source, self.text(C::Observateur, row)),
            SourceCode::Don => {
                UnitKey::of_line(structure, self.text(C::Visite, row), self.day(row)?)
            }
            _ => UnitKey::Questionnaire {
                structure,
                source,
                tool: String::new(),
                file: None,
            },
        })
    }

    /// What a row says, into its record.
    fn cell_into(&self, row: usize, record: &mut TypedRecord, codes: &ElementCodes) -> Result<()> {
        let written = self.text(C::Cellule, row);
        let cell: CellRef = written
            .parse()
            .map_err(|()| unread("la cellule", written))?;
        let element = self.text(C::Element, row);
        let raw = self.text(C::ValeurBrute, row).to_owned();
        let comment = self.text(C::Commentaire, row).to_owned();
        let note = WordKind::of_note(&record.visit);
        let words = match (element, record.unit.source(), note) {
            (REMARKABLE, ..) => Some((WordKind::Pratique, raw.as_str(), &comment)),
            (CONSENT, ..) => Some((WordKind::Accord, "", &raw)),
            (field, SourceCode::Don, Some(kind)) => Some((kind, field, &raw)),
            (OPEN_ANSWER, source, _) if source != SourceCode::Don => {
                Some((WordKind::ReponseLibre, "", &comment))
            }
            (OWN_QUESTION, source, _) if source.is_questionnaire() => {
                Some((WordKind::QuestionPropre, comment.as_str(), &raw))
            }
            _ => None,
        };
        if let Some((kind, field, text)) = words {
            record.words.push(TypedWords {
                kind,
                field: Arc::from(field),
                text: text.clone(),
                cell,
            });
        } else if record.unit.source() == SourceCode::Don {
            record.measures.push(TypedMeasure {
                code: Arc::from(element),
                raw,
                comment,
                cell,
            });
        } else {
            record.answers.push(TypedAnswer {
                element: codes
                    .position(element)
                    .ok_or_else(|| unread("l’élément", element))?,
                statut: self.statut(row)?,
                micro: whole(self.micro.get(row))?,
                modality: whole(self.modality.get(row))?,
                raw,
                comment,
                cell,
            });
        }
        Ok(())
    }

    fn statut(&self, row: usize) -> Result<Statut> {
        let written = self.text(C::Statut, row);
        Statut::of(written).ok_or_else(|| unread("le statut", written))
    }
}

fn whole<T: TryFrom<i64>>(value: Option<i64>) -> Result<Option<T>> {
    match value {
        None => Ok(None),
        Some(n) => match T::try_from(n) {
            Ok(n) => Ok(Some(n)),
            Err(_) => Err(unread("le niveau", &n.to_string())),
        },
    }
}

fn unread(what: &str, written: &str) -> Error {
    Error::Store(format!(
        "La base importée ne se relit pas : {what} « {written} » n’a pas été écrit par ce programme. Reprenez cet import avec « annuler », puis réimportez les fichiers d’origine."
    ))
}

/// What the rows of one record have in common.
#[derive(PartialEq, Eq, Hash)]
struct SharedCells<'a> {
    file: usize,
    unit: &'a str,
    structure: &'a str,
    source: &'a str,
    visit: &'a str,
    observer: &'a str,
    respondent: &'a str,
    day: &'a str,
    sheet: &'a str,
}

/// Records made so far, by what their rows share.
struct Grouped<'a> {
    files: Vec<FileObservations>,
    /// File of a name, then of a unit of that name.
    by_name: HashMap<String, usize>,
    by_unit: HashMap<(String, String), usize>,
    records: HashMap<SharedCells<'a>, usize>,
}

impl<'a> Grouped<'a> {
    fn of(files: &[LongFile]) -> Self {
        let mut grouped = Self {
            files: Vec::new(),
            by_name: HashMap::new(),
            by_unit: HashMap::new(),
            records: HashMap::new(),
        };
        for (position, file) in files.iter().enumerate() {
            for unit in &file.units {
                let key = (file.name.clone(), unit.clone());
                grouped.by_unit.entry(key).or_insert(position);
            }
            grouped.by_name.entry(file.name.clone()).or_insert(position);
            grouped.files.push(FileObservations {
                held: Vec::new(),
                file: file.name.clone(),
                records: Vec::new(),
                titles: Vec::new(),
                doubts: Vec::new(),
                moments: Vec::new(),
            });
        }
        grouped
    }

    fn file(&mut self, name: &str, unit: &str) -> usize {
        let key = (name.to_owned(), unit.to_owned());
        if let Some(&position) = self.by_unit.get(&key) {
            return position;
        }
        let next = self.files.len();
        let position = *self.by_name.entry(name.to_owned()).or_insert(next);
        if position == next {
            self.files.push(FileObservations {
                held: Vec::new(),
                file: name.to_owned(),
                records: Vec::new(),
                titles: Vec::new(),
                doubts: Vec::new(),
                moments: Vec::new(),
            });
        }
        self.by_unit.insert(key, position);
        position
    }

    fn record(&mut self, rows: &LongRows<'a>, row: usize) -> Result<&mut TypedRecord> {
        let text = |column: C| rows.text(column, row);
        let file = self.file(text(C::Fichier), text(C::Unite));
        let shared = SharedCells {
            file,
            unit: text(C::Unite),
            structure: text(C::Structure),
            source: text(C::Source),
            visit: text(C::Visite),
            observer: text(C::Observateur),
            respondent: text(C::Repondant),
            day: text(C::Date),
            sheet: text(C::Feuille),
        };
        let records = &mut self.files[file].records;
        let position = if let Some(&position) = self.records.get(&shared) {
            position
        } else {
            records.push(TypedRecord {
                unit: rows.unit(row)?,
                visit: Arc::from(shared.visit),
                observer: Arc::from(shared.observer),
                respondent: (!shared.respondent.is_empty()).then(|| Arc::from(shared.respondent)),
                day: rows.day(row)?,
                sheet: Arc::from(shared.sheet),
                at: Location::file(text(C::Fichier)),
                answers: Vec::new(),
                measures: Vec::new(),
                words: Vec::new(),
            });
            self.records.insert(shared, records.len() - 1);
            records.len() - 1
        };
        Ok(&mut records[position])
    }
}
