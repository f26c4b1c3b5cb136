//! The lines of one workbook against what is kept: which action each is, what it changes, and
//! whether the result holds together.

use std::collections::{BTreeMap, BTreeSet};

use super::action_check::Checking;
use super::field::{ActionField, ActionRecord};
use super::plan_journal::Journal;
use super::state::Ranks;
use super::workbook_reading::{Entered, KeptCell, PlanSheet};
use crate::base::day::Day;
use crate::base::diagnostics::{CellRef, Code, Diagnostic, Location};
use crate::base::journal::CellMerge;
use crate::base::text::{fold, suggest};

/// A cell that others changed since it was seen, and that is changed here too.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MeanwhileCell {
    /// Action.
    pub action: String,
    /// Field.
    pub field: ActionField,
    /// What it held when it was seen.
    pub seen: String,
    /// What it holds now.
    pub now: String,
    /// What is written here.
    pub written: String,
    /// Where what it holds now came from: a workbook, the page.
    pub whence: String,
    /// When.
    pub date: Day,
}

/// What a workbook changes.
#[derive(Debug, Default)]
pub(super) struct Merged {
    /// Action → fields as they become.
    pub changes: BTreeMap<String, ActionRecord>,
    pub created: Vec<String>,
    pub changed: Vec<String>,
    pub diagnostics: Vec<Diagnostic>,
    pub meanwhile: Vec<MeanwhileCell>,
    /// Actions that lines without id already were.
    pub recognised: Vec<String>,
}

/// One workbook being merged.
pub(super) struct Merging<'a> {
    journal: &'a Journal,
    /// State that the workbook was written from.
    base: Option<BTreeMap<String, ActionRecord>>,
    sheet: &'a str,
    file: &'a str,
    date: Day,
    /// Entries written in this run → their files.
    run: &'a BTreeMap<String, String>,
    ranks: Ranks,
    seen: BTreeSet<String>,
    merged: Merged,
}

impl<'a> Merging<'a> {
    pub(super) fn new(
        journal: &'a Journal,
        sheeted: &'a PlanSheet,
        file: &'a str,
        date: Day,
        run: &'a BTreeMap<String, String>,
    ) -> Self {
        Self {
            journal,
            base: journal.state_of(&sheeted.base),
            sheet: &sheeted.sheet,
            file,
            date,
            run,
            ranks: Ranks::of(journal),
            seen: BTreeSet::new(),
            merged: Merged::default(),
        }
    }

    pub(super) fn finish(self) -> Merged {
        self.merged
    }

    fn report(&mut self, code: Code, at: CellRef, message: String) {
        let at = Location::cell(self.file, self.sheet, at);
        self.merged
            .diagnostics
            .push(Diagnostic::new(code, at, message));
    }

    /// One line: an action that exists, one that is recognised, or a new one.
    pub(super) fn line(&mut self, line: &Entered) {
        let first = CellRef::new(line.row, 0);
        if line.id.is_empty() {
            match self.twin(line) {
                Some(id) => {
                    let message = format!("ligne reconnue : c’est l’action {id}.");
                    self.report(Code::ActionRecognised, first, message);
                    self.merged.recognised.push(id.clone());
                    self.known(&id, line);
                }
                None => self.created(line),
            }
            return;
        }
        let records = &self.journal.records;
        let Some(id) = records.keys().find(|k| k.eq_ignore_ascii_case(&line.id)) else {
            let near = suggest(&line.id.to_uppercase(), records.keys().map(String::as_str));
            let advice = near.clause();
            let message = format!(
                "l’action « {} » n’existe pas dans le plan{advice}.",
                line.id
            );
            return self.report(Code::ActionUnknown, first, message);
        };
        self.known(id, line);
    }

    /// The action that a line without id already is, word for word.
    fn twin(&self, line: &Entered) -> Option<String> {
        let text = |field| {
            line.cells
                .get(&field)
                .map_or("", |w: &KeptCell| w.text.as_str())
        };
        let exact = [
            ActionField::Structure,
            ActionField::Campagne,
            ActionField::Criteres,
        ];
        let alike = [ActionField::Constat, ActionField::Action];
        let same = |record: &ActionRecord| {
            let held = |field| record.get(&field).map_or("", String::as_str);
            exact.into_iter().all(|f| held(f) == text(f))
                && alike.into_iter().all(|f| fold(held(f)) == fold(text(f)))
        };
        let mut records = self.journal.records.iter();
        records.find(|(_, r)| same(r)).map(|(id, _)| id.clone())
    }

    fn known(&mut self, id: &str, line: &Entered) {
        if !self.seen.insert(id.to_owned()) {
            let message = format!("l’action {id} est déjà plus haut dans le fichier.");
            return self.report(Code::ActionTwice, CellRef::new(line.row, 0), message);
        }
        let journal = self.journal;
        let current = &journal.records[id];
        let mut changes = ActionRecord::new();
        for (field, written) in &line.cells {
            let held = |record: &ActionRecord| record.get(field).cloned().unwrap_or_default();
            let now = held(current);
            if field.is_identity() {
                if written.text != now && !written.text.is_empty() {
                    let (heading, text) = (field.heading(), &written.text);
                    let message =
                        format!("{id} : « {heading} » était « {now} », la ligne dit « {text} ».");
                    self.report(Code::ActionMoved, written.at, message);
                }
                continue;
            }
            let base = self.base.as_ref().and_then(|b| b.get(id)).map(held);
            match CellMerge::of(base.as_deref(), &now, &written.text) {
                CellMerge::Untouched => continue,
                CellMerge::Changed => {}
                CellMerge::Replaces if base.is_none() && written.text.is_empty() => {
                    self.kept_not_emptied(id, *field, written.at, &now);
                    continue;
                }
                CellMerge::Replaces => {
                    self.meanwhile(id, *field, written, &now, base.as_deref());
                }
            }
            changes.insert(*field, written.text.clone());
        }
        let mut whole = current.clone();
        whole.extend(changes.clone());
        self.check(id, line, &whole);
        if !changes.is_empty() {
            self.merged.changed.push(id.to_owned());
            self.merged.changes.insert(id.to_owned(), changes);
        }
    }

    /// A field that this workbook changes without knowing what it held: someone else changed it
    /// since the workbook was exported, or in another file of the same run.
    fn meanwhile(
        &mut self,
        id: &str,
        field: ActionField,
        written: &KeptCell,
        now: &str,
        base: Option<&str>,
    ) {
        let changes = self.journal.changes(id);
        let last = changes.iter().rfind(|c| c.champ == field);
        let heading = field.heading();
        if let Some(other) = last.and_then(|c| self.run.get(&c.entree)) {
            let message = format!("{id} : « {heading} » a un autre contenu dans « {other} ».");
            self.report(Code::ActionTwice, written.at, message);
        } else if let Some((before, last)) = base.zip(last) {
            let message = format!(
                "{id} : « {heading} » vaut « {now} » depuis le {} ({}) ; « {} » le remplace.",
                last.date.short(),
                last.fichier,
                written.text
            );
            self.merged.meanwhile.push(MeanwhileCell {
                action: id.to_owned(),
                field,
                seen: before.to_owned(),
                now: now.to_owned(),
                written: written.text.clone(),
                whence: last.fichier.clone(),
                date: last.date,
            });
            self.report(Code::ChangedMeanwhile, written.at, message);
        } else if self.base.is_none() && !now.is_empty() {
            let message = format!(
                "{id} : « {heading} » valait « {now} », et l’on ne sait pas de quel export vient ce fichier ; « {} » le remplace.",
                written.text
            );
            self.report(Code::ChangedMeanwhile, written.at, message);
        }
    }

    /// A cell that is empty in a workbook of which nobody knows what it was written from: empty then, or emptied since.
    fn kept_not_emptied(&mut self, id: &str, field: ActionField, at: CellRef, now: &str) {
        let message = format!(
            "{id} : « {} » est vide dans ce fichier, dont on ne sait pas de quel export il vient ; « {now} » reste.",
            field.heading()
        );
        self.report(Code::PlanEmptied, at, message);
    }

    fn created(&mut self, line: &Entered) {
        let filled = line.cells.iter().filter(|(_, w)| !w.text.is_empty());
        let record: ActionRecord = filled.map(|(f, w)| (*f, w.text.clone())).collect();
        let at = |field| {
            let cell = line.cells.get(&field).map(|w: &KeptCell| w.at);
            cell.unwrap_or(CellRef::new(line.row, 0))
        };
        let Some(structure) = record.get(&ActionField::Structure) else {
            let message = "la ligne ne dit pas de quelle structure elle parle.".to_owned();
            return self.report(Code::StructureMissing, at(ActionField::Structure), message);
        };
        let Some(campaign) = record.get(&ActionField::Campagne) else {
            let message = "la ligne ne dit pas de quelle campagne vient l’action.".to_owned();
            return self.report(Code::PlanCampaign, at(ActionField::Campagne), message);
        };
        let id = self.ranks.next(structure, campaign);
        self.check(&id, line, &record);
        self.merged.created.push(id.clone());
        self.merged.changes.insert(id, record);
    }

    fn check(&mut self, id: &str, line: &Entered, record: &ActionRecord) {
        let checking = Checking {
            id,
            line,
            record,
            date: self.date,
            place: &|cell| Location::cell(self.file, self.sheet, cell),
        };
        self.merged.diagnostics.extend(checking.all());
    }
}
