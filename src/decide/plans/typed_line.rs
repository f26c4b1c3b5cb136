//! A line of the plan typed on the page: laid as the workbook lays it, then read, merged, checked and kept by what
//! keeps workbooks. What a workbook is refused is refused here.

use std::sync::Arc;

use super::field::{ActionField, ActionRecord};
use super::import::{Entering, OpenedPlan, PlanFileOutcome, enter};
use super::plan_journal::{Held, Journal, Target, places};
use super::plan_layout::{BASE, HEADING_ID, SHEET_PLAN};
use super::workbook_reading::read;
use crate::base::day::Day;
use crate::base::diagnostics::{Code, Diagnostic, Location, Severity};
use crate::base::error::{Error, Result};
use crate::base::looks::fitting;
use crate::base::sheets::own_form_layout::SHEET_README;
use crate::base::sheets::{Cell, Format, Row, Sheet, Value, Workbook};
use crate::vocabulary::config::Observatory;

/// What the journal says that it came from.
pub(super) const PAGE: &str = "page Plan";

/// A line as it was typed.
#[derive(Debug, Clone)]
pub struct TypedLine {
    /// Id of the action; empty for a new one.
    pub id: String,
    /// What was typed, as it was; fields that are not there stay as they are.
    pub cells: ActionRecord,
    /// Entry of the journal that the line was shown from.
    pub seen: String,
    /// Whether what others changed meanwhile is replaced; otherwise nothing is written then.
    pub replaces: bool,
    /// Day.
    pub date: Day,
}

/// Something that is said of a typed line, and of which field.
#[derive(Debug, Clone)]
pub struct TypedRemark {
    /// Field; none for what concerns the whole line.
    pub field: Option<ActionField>,
    /// What is said. Its place is none: a page has no cells.
    pub said: Diagnostic,
}

/// What became of a typed line.
#[derive(Debug, Clone)]
pub struct TypedOutcome {
    /// As of a workbook of one line.
    pub file: PlanFileOutcome,
    /// What is said of it.
    pub remarks: Vec<TypedRemark>,
}

/// Keeps a typed line.
///
/// # Errors
///
/// An action that is no more what it was shown from; a journal that cannot be read or written, or is held.
pub fn type_line(observatory: &Observatory, typed: &TypedLine) -> Result<TypedOutcome> {
    let held = Held::take(&places(&observatory.root))?;
    let line = whole(&held.journal, typed)?;
    let sheet = TypedSheet {
        name: PAGE.to_owned(),
        seen: typed.seen.clone(),
        lines: vec![line],
        replaces: typed.replaces,
        date: typed.date,
    };
    if typed.id.is_empty() {
        // What was meant as new changes nothing of what is there already.
        let looked = Target::Simulated(held.journal.clone());
        let looked = enter_lines(observatory, looked, &sheet)?;
        if !looked.recognised.is_empty() {
            return Ok(left_alone(looked));
        }
    }
    let mut file = enter_lines(observatory, Target::Held(held), &sheet)?;
    if file.entry.is_none() && !file.meanwhile.is_empty() {
        // Nothing replaced it: it is told as what must be chosen, not as what was done.
        file.diagnostics
            .retain(|d| d.code != Code::ChangedMeanwhile);
    }
    let remarks = file.diagnostics.iter().map(remark).collect();
    Ok(TypedOutcome { file, remarks })
}

/// A new line that is an action already.
fn left_alone(looked: PlanFileOutcome) -> TypedOutcome {
    let file = PlanFileOutcome {
        entry: None,
        changed: Vec::new(),
        meanwhile: Vec::new(),
        ..looked
    };
    let said = file.diagnostics.iter();
    let said = said.filter(|d| d.code == Code::ActionRecognised || d.severity() == Severity::Error);
    TypedOutcome {
        remarks: said.map(remark).collect(),
        file,
    }
}

/// Lines laid as those of a workbook.
pub(super) struct TypedSheet {
    /// What the journal calls it.
    pub name: String,
    /// Entry that they were shown from.
    pub seen: String,
    /// Id, whole record.
    pub lines: Vec<(String, ActionRecord)>,
    pub replaces: bool,
    pub date: Day,
}

/// Reads, merges, checks and keeps them.
pub(super) fn enter_lines(
    observatory: &Observatory,
    mut target: Target,
    typed: &TypedSheet,
) -> Result<PlanFileOutcome> {
    let mut sheeted = read(&book(typed), observatory);
    let mut outcome = PlanFileOutcome {
        name: typed.name.clone(),
        lines: sheeted.lines.len(),
        diagnostics: std::mem::take(&mut sheeted.diagnostics),
        ..PlanFileOutcome::default()
    };
    outcome.diagnostics.extend(too_long(typed));
    let reading = OpenedPlan {
        outcome,
        sha256: String::new(),
        sheeted,
    };
    let entering = Entering {
        date: typed.date,
        replaces: typed.replaces,
        run: std::collections::BTreeMap::new(),
    };
    enter(reading, &mut target, &entering)
}

/// The line as the workbook would hold it: what was shown, and over it what was typed.
fn whole(journal: &Journal, typed: &TypedLine) -> Result<(String, ActionRecord)> {
    if typed.id.is_empty() {
        return Ok((String::new(), typed.cells.clone()));
    }
    let shown = journal.state_of(&typed.seen);
    let shown = shown.as_ref().and_then(|state| state.get(&typed.id));
    let mut record = shown.cloned().ok_or_else(|| {
        Error::Usage(format!(
            "L’action {} n’est pas dans le plan que cette page montrait : rouvrez la page Plan, puis recommencez.",
            typed.id
        ))
    })?;
    record.extend(typed.cells.clone());
    Ok((typed.id.clone(), record))
}

/// A workbook could not hold it: exported, it would come back cut.
fn too_long(typed: &TypedSheet) -> Vec<Diagnostic> {
    let cells = typed.lines.iter().flat_map(|(_, record)| record);
    let long = cells.filter(|(_, text)| fitting(text).len() < text.len());
    long.map(|(field, text)| {
        let message = format!(
            "« {} » : {} signes, une cellule de classeur en tient 32 767.",
            field.heading(),
            text.chars().count()
        );
        let at = Location {
            cell: Some(crate::base::diagnostics::CellRef::new(1, column(*field)).to_string()),
            ..Location::none()
        };
        Diagnostic::new(Code::FileTooLarge, at, message).with_remedy("Raccourcissez ce texte.")
    })
    .collect()
}

fn column(field: ActionField) -> u32 {
    let rank = ActionField::ALL.iter().position(|f| *f == field);
    rank.map_or(0, |rank| rank as u32 + 1)
}

/// The sheet of the workbook, in memory: headings, then lines; what it was shown from beside.
fn book(typed: &TypedSheet) -> Workbook {
    let headings = std::iter::once(HEADING_ID).chain(ActionField::ALL.iter().map(|f| f.heading()));
    let mut rows = vec![row(0, headings.map(str::to_owned))];
    for (index, (id, record)) in typed.lines.iter().enumerate() {
        let texts = ActionField::ALL
            .iter()
            .map(|f| record.get(f).cloned().unwrap_or_default());
        rows.push(row(
            index as u32 + 1,
            std::iter::once(id.clone()).chain(texts),
        ));
    }
    let readme = vec![row(0, [BASE.to_owned(), typed.seen.clone()].into_iter())];
    Workbook {
        file: Arc::from(typed.name.as_str()),
        format: Format::Workbook,
        sheets: [(SHEET_PLAN, rows), (SHEET_README, readme)]
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

/// A cell of the sheet laid above is a field of the page.
fn remark(said: &Diagnostic) -> TypedRemark {
    let cell = said.at.cell.as_deref();
    let cell = cell.and_then(|c| c.parse::<crate::base::diagnostics::CellRef>().ok());
    let rank = cell.and_then(|at| (at.col as usize).checked_sub(1));
    TypedRemark {
        field: rank.and_then(|rank| ActionField::ALL.get(rank).copied()),
        said: Diagnostic {
            at: Location::none(),
            ..said.clone()
        },
    }
}
