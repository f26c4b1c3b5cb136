//! Whether an action holds together: a closed one says when and why, an integrated recommendation
//! can be found again, dates follow each other.

use super::action::Action;
use super::action_words::{Status, Urgency};
use super::field::{ActionField, ActionRecord};
use super::workbook_reading::Entered;
use crate::base::day::Day;
use crate::base::diagnostics::{CellRef, Code, Diagnostic, Location};
use crate::base::text::list;

/// One action as a line would leave it.
pub(super) struct Checking<'a> {
    pub id: &'a str,
    pub line: &'a Entered,
    pub record: &'a ActionRecord,
    /// Day of the run.
    pub date: Day,
    pub place: &'a dyn Fn(CellRef) -> Location,
}

impl Checking<'_> {
    pub(super) fn all(&self) -> Vec<Diagnostic> {
        let action = Action::from_record(self.id, self.record, self.date);
        let mut said = Vec::new();
        match action.statut {
            Status::Abandoned if action.raison.is_empty() => said.push(self.say(
                Code::AbandonedWithoutReason,
                ActionField::Raison,
                "l’action est abandonnée, sans raison.",
            )),
            Status::Done if action.close.is_none() => said.push(self.say(
                Code::DoneWithoutDate,
                ActionField::Close,
                "l’action est réalisée, sans date.",
            )),
            _ => {}
        }
        said.extend(self.proof(&action));
        said.extend(self.elsewhere(&action));
        said.extend(self.dates(&action));
        said.extend(self.incomplete(&action));
        said
    }

    fn say(&self, code: Code, field: ActionField, what: &str) -> Diagnostic {
        let own = self.line.cells.get(&field).map(|w| w.at);
        let cell = own.unwrap_or(CellRef::new(self.line.row, 0));
        let message = format!("{} : {what}", self.id);
        Diagnostic::new(code, (self.place)(cell), message)
    }

    fn proof(&self, action: &Action) -> Option<Diagnostic> {
        let proof = &action.integration;
        let parts = [
            (
                proof.document.is_empty(),
                ActionField::Document,
                "le document",
            ),
            (proof.page.is_empty(), ActionField::Page, "la page"),
            (
                proof.date.is_none(),
                ActionField::DateIntegration,
                "la date",
            ),
        ];
        let missing: Vec<_> = parts.iter().filter(|p| p.0).collect();
        let first = missing.first().filter(|_| proof.integree == Some(true))?;
        let names: Vec<&str> = missing.iter().map(|p| p.2).collect();
        let what = format!("recommandation intégrée, mais il manque {}.", list(&names));
        Some(self.say(Code::IntegratedWithoutProof, first.1, &what))
    }

    /// Kept, and not among what the convention counts.
    fn elsewhere(&self, action: &Action) -> Option<Diagnostic> {
        let document = &action.integration.document;
        let what = format!(
            "« {document} » n’est ni un projet pédagogique, ni un projet de fonctionnement : la recommandation est gardée, elle n’est pas comptée comme intégrée."
        );
        let code = Code::IntegratedElsewhere;
        (action.is_written_elsewhere()).then(|| self.say(code, ActionField::Document, &what))
    }

    fn dates(&self, action: &Action) -> Vec<Diagnostic> {
        let mut said = Vec::new();
        if let (Some(start), Some(due)) = (action.debut, action.echeance)
            && due < start
        {
            let what = format!(
                "l’échéance ({}) précède le début ({}).",
                due.short(),
                start.short()
            );
            said.push(self.say(Code::PlanDates, ActionField::Echeance, &what));
        }
        let done = action.statut == Status::Done;
        let to_come = [
            (action.close, ActionField::Close, "réalisée", done),
            (
                action.integration.date,
                ActionField::DateIntegration,
                "intégrée",
                true,
            ),
        ];
        for (day, field, word, applies) in to_come {
            if let Some(day) = day.filter(|day| applies && *day > self.date) {
                let what = format!("{word} le {} : ce jour n’est pas venu.", day.short());
                said.push(self.say(Code::PlanDates, field, &what));
            }
        }
        said
    }

    /// What a mandatory or running action still needs to be followed.
    fn incomplete(&self, action: &Action) -> Option<Diagnostic> {
        let followed = action.priorite == Urgency::Imperatif || action.statut == Status::Running;
        // A finding that leaves the observatory holds nothing to follow.
        let outside = action.constat == crate::figures::OUTSIDE;
        if !followed || outside || action.statut.is_closed() {
            return None;
        }
        let parts = [
            (action.action.is_empty(), ActionField::Action, "l’action"),
            (
                action.criteres.is_empty(),
                ActionField::Criteres,
                "le critère",
            ),
            (
                action.responsable.is_empty(),
                ActionField::Responsable,
                "le responsable",
            ),
            (
                action.echeance.is_none(),
                ActionField::Echeance,
                "l’échéance",
            ),
        ];
        let missing: Vec<_> = parts.iter().filter(|p| p.0).collect();
        let first = missing.first()?;
        let names: Vec<&str> = missing.iter().map(|p| p.2).collect();
        let what = format!("il manque {}.", list(&names));
        Some(self.say(Code::PlanIncomplete, first.1, &what))
    }
}
