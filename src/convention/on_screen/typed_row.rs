//! A line of a register typed on a page: laid as the workbook lays it, then read, merged, checked and kept by what keeps
//! workbooks. What a workbook is refused is refused here.

use std::sync::Arc;

use super::super::convention_model::Convention;
use super::super::register_columns::{Register, SuiviField};
use super::super::registers::{SuiviEntry, SuiviJournal, SuiviRecord, SuiviTarget, places};
use super::super::suivi_cells::CellReader;
use super::super::suivi_field::record_name;
use super::super::suivi_layout::{SUIVI_BASE, SUIVI_HEADINGS};
use super::super::suivi_merge::{SuiviMerged, merge};
use super::super::suivi_reading::{SuiviSheets, read};
use crate::base::day::Day;
use crate::base::diagnostics::{CellRef, Code, Diagnostic, Location, has_errors};
use crate::base::error::{Error, Result};
use crate::base::journal::Origin;
use crate::base::sheets::own_form_layout::SHEET_README;
use crate::base::sheets::{Cell, Format, Row, Sheet, Value, Workbook};
use crate::vocabulary::config::Observatory;

/// What the journal says that it came from.
pub(super) const PAGE: &str = "page CTG";

/// A line as it was typed.
#[derive(Debug, Clone)]
pub(crate) struct TypedRegisterRow {
    pub(crate) register: Register,
    /// Id; empty, or a code of one's own, for a new line.
    pub(crate) id: String,
    pub(crate) is_new: bool,
    /// What was typed, as it was; cells that are not there stay as they are.
    pub(crate) cells: Vec<(SuiviField, String)>,
    /// Import after which the line was shown.
    pub(crate) seen: String,
    /// Whether what others changed meanwhile is replaced; otherwise nothing is written then.
    pub(crate) replaces: bool,
    /// Day.
    pub(crate) date: Day,
}

/// A cell that others changed since it was shown, and that is changed here too.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CrossedCell {
    pub(crate) field: SuiviField,
    /// What it held when it was shown.
    pub(crate) seen: String,
    /// What it holds now.
    pub(crate) now: String,
    /// What is written here.
    pub(crate) written: String,
}

/// Something that is said of a typed line, and of which cell; none for the whole line.
#[derive(Debug, Clone)]
pub(crate) struct RowRemark {
    pub(crate) field: Option<SuiviField>,
    pub(crate) said: Diagnostic,
}

/// What became of a typed line.
#[derive(Debug, Clone, Default)]
pub(crate) struct TypedRowOutcome {
    /// The line that was added or changed; none when nothing was written.
    pub(crate) written: Option<String>,
    /// The line that a new one already was, word for word.
    pub(crate) recognised: Option<String>,
    pub(crate) crossed: Vec<CrossedCell>,
    pub(crate) remarks: Vec<RowRemark>,
    /// Whether nothing was written because of an error.
    pub(crate) refused: bool,
}

/// Keeps a typed line.
///
/// # Errors
///
/// A line that is no more what it was shown from, a code that is taken; a journal that cannot be read or written, or is held.
pub(crate) fn type_row(
    observatory: &Observatory,
    convention: &Convention,
    typed: &TypedRegisterRow,
) -> Result<TypedRowOutcome> {
    let mut target = SuiviTarget::open(&places(&observatory.root), false)?;
    let journal = target.journal();
    let cells = shown_cells(journal, typed)?;
    let reader = CellReader {
        convention,
        observatory,
    };
    let mut sheets = read(&book(typed, &cells), &reader);
    let crossed = crossed(journal, typed, &sheets);
    let mut told = std::mem::take(&mut sheets.diagnostics);
    let mut merged = merge(journal, &sheets, PAGE);
    told.append(&mut merged.diagnostics);
    // On a page days are typed in a calendar: that they are texts says nothing to anybody. What crossed is told apart.
    told.retain(|d| !matches!(d.code, Code::SuiviDateText | Code::SuiviMeanwhile));
    let refused = has_errors(&told);
    let mut outcome = TypedRowOutcome {
        recognised: recognised(typed, &told, &merged, journal),
        remarks: told.into_iter().map(remark(typed.register)).collect(),
        refused,
        ..TypedRowOutcome::default()
    };
    let waits = !crossed.is_empty() && !typed.replaces;
    outcome.crossed = crossed;
    if refused || waits || outcome.recognised.is_some() || merged.changes.is_empty() {
        return Ok(outcome);
    }
    let line = merged.created.iter().chain(&merged.changed).next();
    outcome.written = line
        .and_then(|name| name.split_once(' '))
        .map(|(_, id)| id.to_owned());
    let mut entry = SuiviEntry::new(typed.date, Origin::Import, PAGE, "");
    entry.changements = merged.changes;
    target.commit(entry)?;
    Ok(outcome)
}

/// The whole line: what was shown, and over it what was typed.
fn shown_cells(journal: &SuiviJournal, typed: &TypedRegisterRow) -> Result<SuiviRecord> {
    let name = record_name(typed.register, &typed.id);
    let mut cells = SuiviRecord::new();
    if typed.is_new {
        let taken = journal
            .records
            .keys()
            .any(|k| k.eq_ignore_ascii_case(&name));
        if taken && !typed.id.is_empty() {
            return Err(Error::Usage(format!(
                "Le code « {} » est déjà celui d’une ligne de « {} » : rien n’a été écrit. Donnez-en un autre, ou laissez-le vide.",
                typed.id,
                typed.register.sheet()
            )));
        }
    } else {
        let shown = journal.state_of(&typed.seen);
        let shown = shown.and_then(|mut state| state.remove(&name));
        cells = shown.ok_or_else(|| {
            Error::Usage(format!(
                "{name} n’est pas dans le suivi que cette page montrait : rouvrez la page, puis recommencez."
            ))
        })?;
    }
    cells.extend(typed.cells.iter().cloned());
    Ok(cells)
}

/// Cells that are written here over what others wrote since.
fn crossed(
    journal: &SuiviJournal,
    typed: &TypedRegisterRow,
    sheets: &SuiviSheets,
) -> Vec<CrossedCell> {
    let name = record_name(typed.register, &typed.id);
    let shown = journal
        .state_of(&typed.seen)
        .and_then(|mut s| s.remove(&name));
    let (Some(shown), Some(now)) = (shown, journal.records.get(&name)) else {
        return Vec::new();
    };
    let held = |record: &SuiviRecord, field| record.get(field).cloned().unwrap_or_default();
    let lines = sheets.lines.iter().flat_map(|line| &line.cells);
    let cells = lines.filter_map(|(field, cell)| {
        let (seen, now) = (held(&shown, field), held(now, field));
        let crosses = seen != now && cell.text != seen && cell.text != now;
        crosses.then(|| CrossedCell {
            field: *field,
            seen,
            now,
            written: cell.text.clone(),
        })
    });
    cells.collect()
}

/// The line that a new one already is: it is left as it is.
fn recognised(
    typed: &TypedRegisterRow,
    told: &[Diagnostic],
    merged: &SuiviMerged,
    journal: &SuiviJournal,
) -> Option<String> {
    let is_known = typed.is_new
        && merged.created.is_empty()
        && told.iter().any(|d| d.code == Code::SuiviRecognised);
    let names = journal.records.keys().filter_map(|k| k.split_once(' '));
    let mut ids = names
        .filter(|(sheet, _)| *sheet == typed.register.sheet())
        .map(|(_, id)| id);
    let said = told.iter().find(|d| d.code == Code::SuiviRecognised)?;
    let found = ids.find(|id| said.message.ends_with(&format!(" {id}.")));
    is_known.then(|| found.unwrap_or_default().to_owned())
}

/// The sheet of the workbook, in memory: headings, then the line; what it was shown from beside.
fn book(typed: &TypedRegisterRow, cells: &SuiviRecord) -> Workbook {
    let fields: Vec<SuiviField> = SuiviField::all(typed.register).collect();
    let headings = std::iter::once(typed.register.id_heading().to_owned());
    let headings = headings.chain(fields.iter().map(|f| f.spec().heading.to_owned()));
    let texts = fields
        .iter()
        .map(|f| cells.get(f).cloned().unwrap_or_default());
    let rows = vec![
        row(SUIVI_HEADINGS, headings),
        row(
            SUIVI_HEADINGS + 1,
            std::iter::once(typed.id.clone()).chain(texts),
        ),
    ];
    let seen = [SUIVI_BASE.to_owned(), typed.seen.clone()].into_iter();
    let sheets = [
        (typed.register.sheet(), rows),
        (SHEET_README, vec![row(0, seen)]),
    ];
    Workbook {
        file: Arc::from(PAGE),
        format: Format::Workbook,
        sheets: sheets
            .into_iter()
            .map(|(name, rows)| Sheet {
                name: Arc::from(name),
                rows,
                ..Sheet::default()
            })
            .collect(),
    }
}

/// Blank texts are no cells.
fn row(index: u32, texts: impl Iterator<Item = String>) -> Row {
    let cells = texts
        .enumerate()
        .filter(|(_, text)| !text.trim().is_empty());
    Row {
        index,
        cells: cells
            .map(|(col, text)| Cell::new(col as u32, Value::Text(text)))
            .collect(),
    }
}

/// A cell of the sheet laid above is a field of the page; a page has no cells to name.
fn remark(register: Register) -> impl Fn(Diagnostic) -> RowRemark {
    move |said| {
        let cell = said.at.cell.as_deref();
        let cell = cell.and_then(|c| c.parse::<CellRef>().ok());
        let rank = cell.and_then(|at| (at.col as usize).checked_sub(1));
        RowRemark {
            field: rank.and_then(|rank| SuiviField::all(register).nth(rank)),
            said: Diagnostic {
                at: Location::none(),
                ..said
            },
        }
    }
}
