//! Improvement actions that an audience may read.

use super::clearance_input::ClearanceInput;
use crate::decide::plans::{Action, Standing, Status, Urgency, Word};
use crate::disclosure::cleared::{
    ClearedAction, ClearedFigure, Evolution, IntegrationProof, UNTOLD_ACTION,
};
use crate::figures::OUTSIDE;
use crate::privacy::{Quotation, QuoteScreen};
use crate::vocabulary::Audience;

/// Actions of a site as an audience reads them, the most pressing first. `criteres` are the site's
/// cleared figures: an effect is said only where the change itself may be.
pub(crate) fn clear_actions<'a>(
    input: &ClearanceInput,
    screen: &QuoteScreen,
    actions: impl IntoIterator<Item = &'a Action>,
    criteres: &[ClearedFigure],
) -> Vec<ClearedAction> {
    let mut sorted: Vec<&Action> = actions.into_iter().collect();
    sorted.sort_by(|a, b| (a.priorite, &a.id).cmp(&(b.priorite, &b.id)));
    sorted
        .into_iter()
        .map(|a| clear_action(input, screen, a, criteres))
        .collect()
}

fn clear_action(
    input: &ClearanceInput,
    screen: &QuoteScreen,
    a: &Action,
    criteres: &[ClearedFigure],
) -> ClearedAction {
    let day = input.day;
    // What leaves the tool is not told as an action of a plan.
    let outside = a.constat == OUTSIDE;
    let status = a.status_at(day);
    let proof = &a.integration;
    ClearedAction {
        id: a.id.clone(),
        structure: a.structure.clone(),
        criteres: a.criteres.clone(),
        // A finding names éléments with their levels: it is the team's.
        constat: if outside {
            Quotation::fixed(OUTSIDE)
        } else if input.audience == Audience::Equipe {
            told(screen, outside, &a.constat)
        } else {
            Quotation::default()
        },
        objectif: told(screen, outside, &a.objectif),
        action: done(screen, outside, a),
        kind: a.kind.map_or("", Word::label).to_owned(),
        imperatif: a.priorite == Urgency::Imperatif,
        priorite: a.priorite.label().to_owned(),
        responsable: told(screen, outside, &a.responsable),
        appui: told(screen, outside, &a.appui),
        cout: a.cout.filter(|_| !outside),
        echeance: a.echeance,
        indicateur: told(screen, outside, &a.indicateur),
        standing: Standing::of(a, day),
        open: !status.is_closed(),
        late: a.late(day),
        realisation: a.close.filter(|_| status == Status::Done),
        integree: a.is_integrated(day).then(|| IntegrationProof {
            document: told(screen, outside, &proof.document),
            page: told(screen, outside, &proof.page),
            date: proof.date,
        }),
        effet: effect(input, a, criteres),
    }
}

/// A text of a plan; nothing of what leaves the tool, nor of what the screen stops.
fn told(screen: &QuoteScreen, outside: bool, text: &str) -> Quotation {
    let kept = screen.quote_plan(text).filter(|_| !outside);
    kept.unwrap_or_default()
}

/// What is done; an action that the screen stops is still counted and followed, without its words.
fn done(screen: &QuoteScreen, outside: bool, a: &Action) -> Quotation {
    let words = if a.action.is_empty() {
        &a.objectif
    } else {
        &a.action
    };
    let stopped = !outside && screen.quote_plan(words).is_none();
    if stopped {
        Quotation::fixed(UNTOLD_ACTION)
    } else {
        told(screen, outside, &a.action)
    }
}

/// What the main critère did since the campaign of origin: only when that is the campaign before,
/// and the action had begun. That the action is the cause is never said.
fn effect(input: &ClearanceInput, a: &Action, criteres: &[ClearedFigure]) -> Option<Evolution> {
    let begun = matches!(a.status_at(input.day), Status::Done | Status::Running);
    let before = input
        .before
        .is_some_and(|b| b.indicators.campagne == a.campagne);
    let main = a.criteres.first()?;
    let critere = criteres.iter().find(|f| f.code == *main);
    let evolution = critere.and_then(|f| f.evolution.clone());
    evolution.filter(|_| begun && before)
}
