//! What is missing in the follow-up on a day, line by line: a compte rendu that was not sent, a meeting without
//! anybody, an action nobody carries, a decision without a sequel.

use super::action_standing::{
    DORMANT_DAYS, Sequel, action_status, days_late, is_closed, is_dormant,
};
use super::convention_model::{Convention, SignedFiche};
use super::convention_words::{ClosedWord, TempsKind};
use super::register_columns::{
    ActionsColumn, DecisionsColumn, DocumentsColumn, PratiquesColumn, PresencesColumn, Register,
    RegisterColumn, TempsColumn,
};
use super::registers::{RegisterRow, Registers};
use crate::base::day::Day;
use crate::base::text::count;

/// Days left to send a compte rendu.
pub(super) const SENDING_DAYS: u16 = 30;

/// How something is missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum GapKind {
    /// Its deadline has passed.
    Late,
    /// Nobody has touched it for ninety days.
    Dormant,
    /// A cell is to be filled.
    ToFill,
}

impl GapKind {
    /// As a program reads it.
    pub fn key(self) -> &'static str {
        match self {
            Self::Late => "en_retard",
            Self::Dormant => "dormante",
            Self::ToFill => "a_completer",
        }
    }

    /// Above what is missing so.
    pub fn heading(self) -> &'static str {
        match self {
            Self::Late => "En retard",
            Self::Dormant => "Sans changement depuis plus de 90 jours",
            Self::ToFill => "À compléter",
        }
    }
}

/// One thing that is missing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MissingCell {
    /// Where.
    pub register: Register,
    /// Line.
    pub id: String,
    /// Heading of the column.
    pub column: &'static str,
    /// What is missing, in a sentence.
    pub what: String,
    /// How.
    pub kind: GapKind,
}

/// Everything that is missing on a day.
pub(super) fn missing_cells(
    convention: &Convention,
    registers: &Registers,
    day: Day,
) -> Vec<MissingCell> {
    let mut missing = Vec::new();
    for row in registers.rows(Register::Actions) {
        action(convention, row, day, &mut missing);
    }
    for row in registers.rows(Register::Temps) {
        meeting(registers, row, day, &mut missing);
    }
    for row in registers.rows(Register::Documents) {
        if row.text(DocumentsColumn::Diffuse).is_empty() {
            missing.push(told(
                row,
                DocumentsColumn::Diffuse,
                "le document n’a pas été diffusé.",
            ));
        }
    }
    for row in registers.rows(Register::Decisions) {
        if Sequel::of(row, day) == Sequel::None {
            missing.push(told(
                row,
                DecisionsColumn::Statut,
                "son échéance est passée, et rien ne dit ce qu’elle est devenue.",
            ));
        }
    }
    for row in registers.rows(Register::Pratiques) {
        let is_taken = !row.text(PratiquesColumn::Adoptants).is_empty();
        if is_taken && row.text(PratiquesColumn::DatePreuve).is_empty() {
            missing.push(told(
                row,
                PratiquesColumn::DatePreuve,
                "sans preuve datée, l’adoption n’est pas comptée.",
            ));
        }
    }
    missing
}

fn told<C: RegisterColumn>(row: &RegisterRow, column: C, what: &str) -> MissingCell {
    MissingCell {
        register: C::REGISTER,
        id: row.id.clone(),
        column: column.field().spec().heading,
        what: what.to_owned(),
        kind: GapKind::ToFill,
    }
}

fn action(convention: &Convention, row: &RegisterRow, day: Day, missing: &mut Vec<MissingCell>) {
    let abrogated = |code: &&str| {
        convention
            .fiche(code)
            .is_some_and(SignedFiche::is_abrogated)
    };
    let fiches = row.list(ActionsColumn::Fiche);
    if is_closed(action_status(row)) || (!fiches.is_empty() && fiches.iter().all(abrogated)) {
        return;
    }
    for (column, what) in [
        (
            ActionsColumn::Responsable,
            "personne ne la porte : écrivez une fonction.",
        ),
        (ActionsColumn::Echeance, "elle n’a pas d’échéance."),
    ] {
        if row.text(column).is_empty() {
            missing.push(told(row, column, what));
        }
    }
    if let Some(days) = days_late(row, day) {
        let what = format!(
            "elle est en retard de {}.",
            count(days as usize, "jour", "jours")
        );
        missing.push(MissingCell {
            kind: GapKind::Late,
            ..told(row, ActionsColumn::Statut, &what)
        });
    }
    if is_dormant(row, day) {
        let what = format!("rien n’y a changé depuis plus de {DORMANT_DAYS} jours.");
        missing.push(MissingCell {
            kind: GapKind::Dormant,
            ..told(row, ActionsColumn::Fait, &what)
        });
    }
}

fn meeting(registers: &Registers, row: &RegisterRow, day: Day, missing: &mut Vec<MissingCell>) {
    let Some(date) = row.day(TempsColumn::Date) else {
        return;
    };
    if date > day {
        return;
    }
    let seen = registers.rows(Register::Presences).iter();
    let mut seen = seen.filter(|p| p.text(PresencesColumn::Temps) == row.id);
    let is_counted = matches!(
        row.word(TempsColumn::Type),
        Some(
            TempsKind::Copil
                | TempsKind::ComiteTechnique
                | TempsKind::Commission
                | TempsKind::GroupeTravail
        )
    );
    if is_counted && seen.next().is_none() {
        let kind: Option<TempsKind> = row.word(TempsColumn::Type);
        let kind = kind.map_or("temps", ClosedWord::label);
        missing.push(told(
            row,
            TempsColumn::Invites,
            &format!("aucune présence n’est saisie pour ce {kind}.")
                .replace("ce commission", "cette commission"),
        ));
    }
    let is_due = date.after(SENDING_DAYS).is_some_and(|due| due < day);
    if is_counted
        && is_due
        && row.text(TempsColumn::Diffuse).is_empty()
        && !sent_as_document(registers, &row.id)
    {
        missing.push(told(
            row,
            TempsColumn::Diffuse,
            "son compte rendu n’a pas été diffusé.",
        ));
    }
}

fn sent_as_document(registers: &Registers, id: &str) -> bool {
    let mut documents = registers.rows(Register::Documents).iter();
    documents.any(|d| {
        d.text(DocumentsColumn::Temps) == id && !d.text(DocumentsColumn::Diffuse).is_empty()
    })
}
