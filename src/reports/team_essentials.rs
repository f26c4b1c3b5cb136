//! Page one of the report of a team: one thing to lean on, one that must be, one to begin this month, which answers a
//! point printed on the page.

use super::document::{Block, Fact, ReportSection};
use super::report_context::ReportContext;
use super::sentences;
use super::sentences::in_short;
use crate::base::text::list;
use crate::disclosure::{ClearedAction, ClearedFigure, ClearedSite, Shown};
use crate::figures::{FigureStatus, OUTSIDE};

/// The three lines.
pub(super) fn kept(site: &ClearedSite, context: &ReportContext) -> ReportSection {
    let rows = [
        strength(site, context),
        must_be(site, context),
        this_month(site, context),
    ];
    let rows = rows.into_iter().flatten().collect();
    ReportSection::new("L’essentiel", "L’essentiel", vec![Block::Facts { rows }])
}

fn strength(site: &ClearedSite, context: &ReportContext) -> Option<Fact> {
    let keys = context.keys(&site.structure);
    let found = site.strengths.first().and_then(|advice| {
        let figure = site.criteres.iter().find(|f| f.code == advice.code)?;
        let value = format!("{} ({})", figure.label, sentences::level(figure));
        Some(Fact::new("Un point d’appui", value).keyed([keys.of(&advice.code)]))
    });
    found.or_else(|| Some(Fact::new("Un point d’appui", no_strength(site)?)))
}

/// Why nothing is put forward to lean on; none where something is, or where nothing was evaluated.
pub(super) fn no_strength(site: &ClearedSite) -> Option<String> {
    let is_must = |f: &ClearedFigure| site.imperatifs.iter().any(|i| i.code == f.code);
    let level = |f: &ClearedFigure| f.value.as_ref().and_then(Shown::value);
    let known: Vec<&ClearedFigure> = (site.criteres.iter())
        .filter(|f| !is_must(f) && level(f).is_some())
        .collect();
    if !site.strengths.is_empty() || known.is_empty() {
        return None;
    }
    let reached = known
        .iter()
        .filter(|f| level(f).is_some_and(|v| v >= f.target - 1e-9));
    let reached: Vec<String> = reached.map(|f| format!("« {} »", f.label)).collect();
    Some(match reached.as_slice() {
        [] => "aucun n’est avancé : hors impératifs, aucun critère dont le niveau est montré n’atteint encore son objectif".to_owned(),
        [one] => format!("aucun n’est avancé : {one} atteint son objectif, mais sur trop peu de réponses, d’éléments notés ou d’observations pour s’y appuyer"),
        several => format!("aucun n’est avancé : {} atteignent leur objectif, mais sur trop peu de réponses, d’éléments notés ou d’observations pour s’y appuyer", list(several)),
    })
}

/// The first impératif that is not met; else where all of them stand.
fn must_be(site: &ClearedSite, context: &ReportContext) -> Option<Fact> {
    let keys = context.keys(&site.structure);
    let is = |wanted: FigureStatus| {
        let wanted = Shown::Value(wanted);
        site.imperatifs.iter().filter(move |i| i.status == wanted)
    };
    let name = "Ce qui est obligatoire";
    if site.imperatifs.is_empty() {
        return None;
    }
    if let Some(missed) = is(FigureStatus::NonAtteint).next() {
        let more = match is(FigureStatus::NonAtteint).count() - 1 {
            0 => "",
            1 => " ; un autre est ci-dessous",
            _ => " ; les autres sont ci-dessous",
        };
        let value = format!("{} : à reprendre sans attendre{more}", missed.label);
        return Some(Fact::new(name, value).keyed([keys.of(&missed.code)]));
    }
    let outside = site.imperatifs.iter();
    let outside = outside
        .filter(|i| matches!(i.status, Shown::Masked(_)))
        .count();
    let value = match (outside, is(FigureStatus::NonEvalue).count()) {
        (1.., _) => format!("un constat est {OUTSIDE}"),
        (0, 0) => "tous les impératifs sont atteints : les tenir".to_owned(),
        (0, 1) => "un impératif reste à vérifier".to_owned(),
        (0, _) => "des impératifs restent à vérifier".to_owned(),
    };
    Some(Fact::new(name, value).keyed([keys.of("IMPERATIFS")]))
}

/// The points printed, in order: impératifs that are not met, then points to work on.
fn points(site: &ClearedSite) -> Vec<(&str, &str)> {
    let missed = Shown::Value(FigureStatus::NonAtteint);
    let musts = site.imperatifs.iter().filter(|i| i.status == missed);
    let mut points: Vec<(&str, &str)> =
        musts.map(|i| (i.code.as_str(), i.label.as_str())).collect();
    for advice in &site.priorities {
        let figure = site.criteres.iter().find(|f| f.code == advice.code);
        if let Some(f) = figure.filter(|f| points.iter().all(|(code, _)| *code != f.code)) {
            points.push((&f.code, &f.label));
        }
    }
    points
}

/// What answers the first point that has an answer: an action of the plan, else what the findings propose. Where no
/// point is printed, the action of the plan that presses most.
fn this_month(site: &ClearedSite, context: &ReportContext) -> Option<Fact> {
    let open = || (site.actions.iter()).filter(|a| a.open && a.is_described());
    let key = || context.keys(&site.structure).of("PLAN");
    let points = points(site);
    for (code, label) in &points {
        let about = |a: &&ClearedAction| a.criteres.iter().any(|c| c == code);
        let planned = open()
            .filter(about)
            .min_by_key(|a| (a.echeance.is_none(), a.echeance));
        let new = || {
            site.proposals
                .iter()
                .filter(about)
                .find(|a| a.is_described())
        };
        let Some(action) = planned.or_else(new) else {
            continue;
        };
        let due = match planned {
            Some(action) => due(action),
            None => ", à décider en équipe".to_owned(),
        };
        let value = format!("{}{due}", in_short(action.action.as_str()));
        let note = format!("pour « {label} »");
        return Some(Fact {
            note,
            ..Fact::new("À faire ce mois-ci", value).keyed([key()])
        });
    }
    if !points.is_empty() {
        return None;
    }
    let action = open().min_by_key(|a| (!a.late, a.echeance.is_none(), a.echeance))?;
    let value = format!("{}{}", in_short(action.action.as_str()), due(action));
    Some(Fact::new("À poursuivre ce mois-ci", value).keyed([key()]))
}

/// When an action is due, or was.
fn due(action: &ClearedAction) -> String {
    match action.echeance {
        None => String::new(),
        Some(day) if action.late => format!(", prévu pour le {}, pas encore fait", day.short()),
        Some(day) => format!(", pour le {}", day.short()),
    }
}

/// What the findings propose for critères that no open action answers.
pub(super) fn unanswered(site: &ClearedSite) -> Vec<&ClearedAction> {
    let open = || site.actions.iter().filter(|a| a.open);
    let is_answered = |code: &String| open().any(|a| a.criteres.contains(code));
    let new = site.proposals.iter();
    new.filter(|p| !p.criteres.iter().any(is_answered))
        .collect()
}
