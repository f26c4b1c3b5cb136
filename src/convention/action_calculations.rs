//! Where actions stand, which decisions were followed, what was spent.

use super::action_standing::{Sequel, action_status, days_late, is_dormant, status_words};
use super::calculation::{Calculation, one_of};
use super::computed_indicator::{Found, SeenRow};
use super::convention_model::SignedFiche;
use super::convention_words::{ClosedWord, SuiviStatus};
use super::register_columns::{ActionsColumn, DecisionsColumn, Register};
use super::registers::RegisterRow;

/// Actions of the fiches asked, and whether every fiche of each was abrogated.
fn kept<'a>(c: &Calculation<'a>) -> (Vec<&'a RegisterRow>, usize) {
    let fiches = &c.parameters.fiches;
    let rows = c.input.registers.rows(Register::Actions).iter();
    let asked = rows.filter(|row| {
        let own = row.list(ActionsColumn::Fiche);
        fiches.is_empty() || one_of(fiches, &own)
    });
    let is_over = |row: &&RegisterRow| {
        let own = row.list(ActionsColumn::Fiche);
        let over = |code: &&str| {
            c.input
                .convention
                .fiche(code)
                .is_some_and(SignedFiche::is_abrogated)
        };
        !own.is_empty() && own.iter().all(over)
    };
    let (over, standing): (Vec<_>, Vec<_>) = asked.partition(is_over);
    (standing, over.len())
}

/// Done out of all; how many of each status, late, sleeping beside.
pub(super) fn actions(c: &Calculation) -> Found {
    let (kept, over) = kept(c);
    let end = c.period.end();
    let number = |status| {
        kept.iter()
            .filter(|row| action_status(row) == status)
            .count()
    };
    let done = number(SuiviStatus::Done);
    let empty = "aucune action n’est saisie";
    let mut found = Found::share(done as f64, kept.len() as f64, kept.len(), empty);
    for status in SuiviStatus::ALL {
        found = found.beside(status_words(*status), number(*status) as f64);
    }
    let late = kept
        .iter()
        .filter(|row| days_late(row, end).is_some())
        .count();
    let dormant = kept.iter().filter(|row| is_dormant(row, end)).count();
    let rows = kept.iter().map(|row| SeenRow {
        register: Register::Actions,
        id: row.id.clone(),
        says: format!(
            "{} : {}.",
            row.text(ActionsColumn::Action),
            status_words(action_status(row))
        ),
    });
    let rows = rows.collect();
    found
        .beside("en retard", late as f64)
        .beside("sans mise à jour depuis 90 jours", dormant as f64)
        .beside("de fiches abrogées, à part", over as f64)
        .seen(rows)
}

/// Decisions followed out of those whose date is in the period, and has passed.
pub(super) fn decisions(c: &Calculation) -> Found {
    let fiches = &c.parameters.fiches;
    let rows = c.input.registers.rows(Register::Decisions).iter();
    let due: Vec<&RegisterRow> = rows
        .filter(|row| {
            let own = row.list(DecisionsColumn::Fiche);
            let due = row.day(DecisionsColumn::Echeance);
            due.is_some_and(|d| c.period.from <= d && d <= c.period.to && d < c.period.asked)
                && (fiches.is_empty() || one_of(fiches, &own))
        })
        .collect();
    let sequel = |row: &RegisterRow| Sequel::of(row, c.period.asked);
    let followed = due.iter().filter(|row| sequel(row).is_followed()).count();
    let rows = due.iter().map(|row| SeenRow {
        register: Register::Decisions,
        id: row.id.clone(),
        says: format!(
            "{} : {}.",
            row.text(DecisionsColumn::Texte),
            sequel(row).words()
        ),
    });
    let rows = rows.collect();
    let empty = "aucune décision n’avait son échéance dans la période";
    Found::share(followed as f64, due.len() as f64, due.len(), empty).seen(rows)
}

/// Spent out of planned, over the actions that say both.
pub(super) fn spending(c: &Calculation) -> Found {
    let (kept, _) = kept(c);
    let both = kept.iter().filter_map(|row| {
        let costs = (
            row.number(ActionsColumn::CoutReel),
            row.number(ActionsColumn::CoutPrevu),
        );
        Some((row, costs.0?, costs.1?))
    });
    let both: Vec<_> = both.collect();
    let spent: f64 = both.iter().map(|(_, spent, _)| spent).sum();
    let planned: f64 = both.iter().map(|(_, _, planned)| planned).sum();
    let rows = both.iter().map(|(row, ..)| SeenRow {
        register: Register::Actions,
        id: row.id.clone(),
        says: row.text(ActionsColumn::Action).to_owned(),
    });
    let rows = rows.collect();
    let empty = "aucune action n’a à la fois un coût prévu et un coût réel";
    Found::share(spent, planned, both.len(), empty)
        .beside(
            "actions sans l’un des deux coûts",
            (kept.len() - both.len()) as f64,
        )
        .seen(rows)
}
