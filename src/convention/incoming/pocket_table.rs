//! A table of « CTG dans ma poche »: no layout is published, so that none is assumed. A column of labels, a column of
//! statuses, anywhere in a sheet; a label is an action, by its words or by words near that a person agreed on.

use super::made_lines::{IncomingSetting, MadeLines, line};
use crate::base::diagnostics::{CellRef, Code, Diagnostic, Location};
use crate::base::sheets::{Row, Sheet, Workbook};
use crate::base::text::{count, decimals, fold, list, nearness, plain_words, short};
use crate::convention::convention_words::{ClosedWord, SuiviStatus};
use crate::convention::register_columns::{ActionsColumn as A, Register, RegisterColumn};
use crate::convention::registers::RegisterRow;
use crate::convention::remembered_words::RememberedWords;

/// Rows in which headings are looked for.
const DEPTH: u32 = 20;
/// Under this two labels are not the same action.
const NEAR: f64 = 0.7;
/// What is remembered of its labels is called so.
pub(in crate::convention) const POCKET: &str = "ctg-poche";

const LABELS: [&str; 9] = [
    "action",
    "actions",
    "intitule",
    "libelle",
    "intitule de l action",
    "libelle de l action",
    "nom de l action",
    "action prevue",
    "fiche action",
];
const STATUSES: [&str; 8] = [
    "statut",
    "etat",
    "avancement",
    "statut de l action",
    "etat d avancement",
    "etat de l action",
    "etat de realisation",
    "statut d avancement",
];

/// Its lines.
#[derive(Debug)]
pub(in crate::convention) struct PocketTable {
    sheet: String,
    pub lines: Vec<PocketRow>,
}

/// A label and a status.
#[derive(Debug)]
pub(in crate::convention) struct PocketRow {
    at: CellRef,
    label: String,
    status: String,
    status_at: CellRef,
}

/// The table of a file; none when no sheet has both columns.
pub(super) fn pocket_table(book: &Workbook) -> Option<PocketTable> {
    book.sheets.iter().filter(|s| !s.hidden).find_map(of_sheet)
}

fn of_sheet(sheet: &Sheet) -> Option<PocketTable> {
    let mut rows = sheet.rows.iter().take_while(|r| r.index < DEPTH);
    let (header, label, status) = rows.find_map(|row| {
        let col = |words: &[&str]| {
            let mut cells = row.cells.iter();
            cells
                .find(|c| words.contains(&plain_words(&c.value.text()).as_str()))
                .map(|c| c.col)
        };
        Some((row.index, col(&LABELS)?, col(&STATUSES)?))
    })?;
    let own = |row: &&Row| row.index > header && !row.text(label).is_empty();
    let lines = sheet.rows.iter().filter(own).map(|row| PocketRow {
        at: CellRef::new(row.index, label),
        label: row.text(label),
        status: row.text(status),
        status_at: CellRef::new(row.index, status),
    });
    Some(PocketTable {
        sheet: sheet.name.to_string(),
        lines: lines.collect(),
    })
}

/// The actions that a table changes.
pub(super) fn lines(setting: &IncomingSetting, table: &PocketTable) -> MadeLines {
    let mut made = MadeLines::default();
    let actions = setting.registers.rows(Register::Actions);
    let mut unknown: Vec<String> = Vec::new();
    for said in &table.lines {
        let at = |cell| Location::cell(setting.file, &table.sheet, cell);
        let Some(action) = action(actions, said, setting.remembered) else {
            let near = actions
                .iter()
                .map(|a| (a, nearness(&said.label, a.text(A::Action))))
                .filter(|(_, score)| *score >= NEAR)
                .max_by(|a, b| a.1.total_cmp(&b.1));
            match near {
                Some((action, score)) if setting.choices.accept_near => {
                    made.learnt
                        .push((said.label.clone(), action.id.clone(), score));
                    made.status(setting, table, said, action);
                }
                Some((action, score)) => {
                    let message = format!(
                        "« {} » ressemble à {} (« {} »), proximité {}.",
                        short(&said.label, 80),
                        action.id,
                        short(action.text(A::Action), 80),
                        decimals(score, 2)
                    );
                    made.diagnostics
                        .push(Diagnostic::new(Code::NearWording, at(said.at), message));
                }
                None => unknown.push(format!("« {} »", short(&said.label, 60))),
            }
            continue;
        };
        made.status(setting, table, said, action);
    }
    if !unknown.is_empty() {
        let names: Vec<&str> = unknown.iter().map(String::as_str).take(8).collect();
        let message = format!(
            "{} : {}.",
            count(
                unknown.len(),
                "libellé n’est celui d’aucune action du suivi",
                "libellés ne sont ceux d’aucune action du suivi"
            ),
            list(&names)
        );
        made.diagnostics.push(Diagnostic::new(
            Code::IncomingLeftOut,
            Location::sheet(setting.file, &table.sheet),
            message,
        ));
    }
    made
}

/// The action of a label: the same words, its id, or what a person agreed on.
fn action<'a>(
    actions: &'a [RegisterRow],
    said: &PocketRow,
    remembered: &RememberedWords,
) -> Option<&'a RegisterRow> {
    let wanted = plain_words(&said.label);
    let same = actions.iter().find(|a| {
        plain_words(a.text(A::Action)) == wanted || a.id.eq_ignore_ascii_case(said.label.trim())
    });
    same.or_else(|| {
        let id = remembered.target(&said.label)?;
        actions.iter().find(|a| a.id.eq_ignore_ascii_case(id))
    })
}

impl MadeLines {
    fn status(
        &mut self,
        setting: &IncomingSetting,
        table: &PocketTable,
        said: &PocketRow,
        action: &RegisterRow,
    ) {
        let at = || Location::cell(setting.file, &table.sheet, said.status_at);
        if said.status.is_empty() {
            return;
        }
        let Some(status) = status(&said.status) else {
            let message = format!(
                "« {} » n’est pas un statut d’action.",
                short(&said.status, 40)
            );
            self.diagnostics
                .push(Diagnostic::new(Code::IncomingWord, at(), message));
            return;
        };
        let now = action.word::<SuiviStatus>(A::Statut);
        if now == Some(status) {
            return;
        }
        if let Some(now) = now {
            let message = format!(
                "{} : valait « {} » ; « {} » le remplace.",
                action.id,
                now.label(),
                status.label()
            );
            self.diagnostics
                .push(Diagnostic::new(Code::SuiviMeanwhile, at(), message));
        }
        let mut made = line(Register::Actions, &table.sheet, said.at.row);
        made.id.clone_from(&action.id);
        made.put(A::Statut.field(), status.label());
        self.lines.push(made);
    }
}

/// Statuses as other tools call them.
fn status(text: &str) -> Option<SuiviStatus> {
    let folded = fold(text);
    let known = SuiviStatus::read(text);
    known.or(match folded.as_str() {
        "non demarree" | "non demarre" | "a venir" | "a faire" | "prevue" | "prevu"
        | "a demarrer" | "programmee" => Some(SuiviStatus::ToLaunch),
        "demarree" | "demarre" | "engagee" | "engage" | "commencee" | "en cours de realisation" => {
            Some(SuiviStatus::Running)
        }
        "realise" | "terminee" | "termine" | "achevee" | "acheve" | "finalisee" | "fait"
        | "faite" => Some(SuiviStatus::Done),
        "en pause" | "suspendu" | "reportee" | "reporte" | "en attente" => {
            Some(SuiviStatus::Suspended)
        }
        "abandonne" | "annulee" | "annule" => Some(SuiviStatus::Abandoned),
        _ => None,
    })
}
