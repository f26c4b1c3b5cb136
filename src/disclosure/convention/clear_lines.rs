//! Actions, decisions, meetings as an audience may read them.

use super::ctg_scope::CtgScope;
use super::ctg_view::{CtgAction, CtgDecision, CtgMeeting};
use super::told_functions::told;
use super::typed_texts::WITHHELD;
use crate::base::day::Day;
use crate::convention::{
    ActionsColumn, Appreciation, ClosedWord, DecisionsColumn, DocumentsColumn, Register,
    RegisterRow, Sequel, SuiviDocument, SuiviStatus, TempsColumn, TempsKind, action_status,
    days_late, is_closed, is_dormant,
};

/// Actions, in order of fiche, then of the register.
pub(super) fn actions(scope: &CtgScope, withheld: &mut usize) -> Vec<CtgAction> {
    let rows = scope.material.registers.rows(Register::Actions).iter();
    let mut actions: Vec<CtgAction> = rows
        .filter_map(|row| {
            let fiches = scope.fiches_of(&row.list(ActionsColumn::Fiche))?;
            Some(action(scope, row, fiches, withheld))
        })
        .collect();
    let signed = &scope.material.convention.fiches;
    let rank = |a: &CtgAction| {
        let first = a.fiches.first();
        signed.iter().position(|f| Some(&f.code) == first)
    };
    actions.sort_by_key(|a| rank(a).unwrap_or(usize::MAX));
    actions
}

fn action(
    scope: &CtgScope,
    row: &RegisterRow,
    fiches: Vec<String>,
    withheld: &mut usize,
) -> CtgAction {
    let (material, audience) = (scope.material, scope.audience);
    let status = action_status(row);
    let follows = audience.reads_follow_up();
    let mut kept = |text: Option<String>| {
        *withheld += usize::from(text.is_none());
        text
    };
    let title = |column| material.texts.title(row.text(column), audience);
    let text = kept(title(ActionsColumn::Action)).unwrap_or_else(|| WITHHELD.to_owned());
    let objective = if follows {
        kept(title(ActionsColumn::Objectif)).unwrap_or_default()
    } else {
        String::new()
    };
    let mut note = |column| {
        if follows {
            kept(material.texts.read(row.text(column), audience)).unwrap_or_default()
        } else {
            String::new()
        }
    };
    let (lately, difficulty, decision) = (
        note(ActionsColumn::Fait),
        note(ActionsColumn::Difficulte),
        note(ActionsColumn::Decision),
    );
    let who = |column| {
        if follows {
            told(material, &row.list(column), audience)
        } else {
            Vec::new()
        }
    };
    let whole = |column| row.number(column).map(|n| n.max(0.0).round() as usize);
    let steps = whole(ActionsColumn::EtapesFaites).zip(whole(ActionsColumn::EtapesPrevues));
    let appreciation = row.word::<Appreciation>(ActionsColumn::Appreciation);
    let late = days_late(row, material.day).filter(|_| follows);
    CtgAction {
        id: row.id.clone(),
        is_abrogated: is_abrogated(scope, row),
        fiches,
        text,
        objective,
        carriers: who(ActionsColumn::Responsable),
        supporters: who(ActionsColumn::Appui),
        from: row.day(ActionsColumn::Debut),
        due: row.day(ActionsColumn::Echeance).filter(|_| follows),
        status: status.label(),
        is_done: status == SuiviStatus::Done,
        is_closed: is_closed(status),
        steps: steps.filter(|(_, planned)| follows && *planned > 0),
        appreciation: appreciation
            .filter(|_| follows)
            .map_or("", Appreciation::label),
        lately,
        difficulty,
        decision,
        planned_cost: row.number(ActionsColumn::CoutPrevu).filter(|_| follows),
        spent: row.number(ActionsColumn::CoutReel).filter(|_| follows),
        days_late: late.map(|days| days as usize),
        is_dormant: follows && is_dormant(row, material.day),
        updated: row.updated.filter(|_| follows),
    }
}

/// Whether an avenant put an end to all fiches of an action.
fn is_abrogated(scope: &CtgScope, row: &RegisterRow) -> bool {
    let own = row.list(ActionsColumn::Fiche);
    let is_over = |code: &&str| {
        let fiche = scope.material.convention.fiche(code);
        fiche.is_some_and(crate::convention::SignedFiche::is_abrogated)
    };
    !own.is_empty() && own.iter().all(is_over)
}

/// Decisions, those of the last meeting last.
pub(super) fn decisions(scope: &CtgScope, withheld: &mut usize) -> Vec<CtgDecision> {
    if !scope.audience.reads_follow_up() {
        return Vec::new();
    }
    let (material, audience) = (scope.material, scope.audience);
    let rows = material.registers.rows(Register::Decisions).iter();
    let mut decisions: Vec<(Option<Day>, CtgDecision)> = rows
        .filter_map(|row| {
            let fiches = scope.fiches_of(&row.list(DecisionsColumn::Fiche))?;
            let meeting = row.text(DecisionsColumn::Temps);
            let held = material.registers.row(Register::Temps, meeting);
            let sequel = Sequel::of(row, material.day);
            let text = material
                .texts
                .title(row.text(DecisionsColumn::Texte), audience);
            *withheld += usize::from(text.is_none());
            let decision = CtgDecision {
                id: row.id.clone(),
                meeting: meeting.to_owned(),
                text: text.unwrap_or_else(|| WITHHELD.to_owned()),
                fiches,
                carriers: told(material, &row.list(DecisionsColumn::Responsable), audience),
                due: row.day(DecisionsColumn::Echeance),
                sequel: sequel.words(),
                is_open: matches!(sequel, Sequel::Begun | Sequel::None | Sequel::Awaited),
                is_without_sequel: sequel == Sequel::None,
            };
            Some((held.and_then(|m| m.day(TempsColumn::Date)), decision))
        })
        .collect();
    decisions.sort_by_key(|(day, _)| *day);
    decisions.into_iter().map(|(_, d)| d).collect()
}

/// Meetings that have a date, in order. Who came is in none of them.
pub(super) fn meetings(scope: &CtgScope) -> Vec<CtgMeeting> {
    if !scope.audience.reads_follow_up() {
        return Vec::new();
    }
    let material = scope.material;
    let rows = material.registers.rows(Register::Temps).iter();
    let mut meetings: Vec<CtgMeeting> = rows
        .filter_map(|row| {
            let fiches = scope.fiches_of(&row.list(TempsColumn::Fiches))?;
            let kind = row.word::<TempsKind>(TempsColumn::Type);
            let title = material
                .texts
                .title(row.text(TempsColumn::Intitule), scope.audience);
            Some(CtgMeeting {
                id: row.id.clone(),
                date: row.day(TempsColumn::Date)?,
                kind: kind.map_or("temps", ClosedWord::label),
                title: title.unwrap_or_default(),
                fiches,
                sent: sent_on(scope, row),
            })
        })
        .collect();
    meetings.sort_by(|a, b| (a.date, &a.id).cmp(&(b.date, &b.id)));
    meetings
}

/// The first day that the compte rendu of a meeting was sent.
fn sent_on(scope: &CtgScope, meeting: &RegisterRow) -> Option<Day> {
    let documents = scope.material.registers.rows(Register::Documents).iter();
    let own = documents.filter(|d| {
        d.text(DocumentsColumn::Temps) == meeting.id
            && d.word(DocumentsColumn::Type) == Some(SuiviDocument::CompteRendu)
    });
    let days = own.filter_map(|d| d.day(DocumentsColumn::Diffuse));
    days.chain(meeting.day(TempsColumn::Diffuse))
        .filter(|day| *day <= scope.material.day)
        .min()
}
