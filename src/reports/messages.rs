//! The messages of page one: what an elected person keeps when she reads nothing else.

use super::drawn_figure::favourable;
use super::report_context::ReportContext;
use crate::base::text::{count, list, percent};
use crate::disclosure::{
    ClearedImperatif, ClearedTerritory, CountOf, CritereCount, Shown, ToldCount,
};
use crate::figures::FigureStatus;
use crate::stats::change::Verdict;
use crate::vocabulary::referentiel::SourceCode;

/// The messages, most pressing first.
pub(super) fn of(t: &ClearedTerritory, context: &ReportContext) -> Vec<String> {
    let mut messages = vec![met(t)];
    messages.extend(failing(t, context));
    messages.push(on_target(t));
    messages.extend(moved(t));
    messages.extend(most_missed(t));
    messages.extend(returned(t));
    messages.extend(families(t));
    messages.extend(planned(t));
    messages
}

fn is_met(musts: &[ClearedImperatif]) -> bool {
    let met = |i: &ClearedImperatif| i.status == Shown::Value(FigureStatus::Atteint);
    !musts.is_empty() && musts.iter().all(met)
}

fn met(t: &ClearedTerritory) -> String {
    let met = t
        .imperatifs
        .iter()
        .filter(|s| is_met(&s.imperatifs))
        .count();
    format!(
        "{} sur {} {} tous les critères impératifs qui s’appliquent à {}.",
        count(met, "accueil", "accueils"),
        t.imperatifs.len(),
        if met < 2 { "atteint" } else { "atteignent" },
        if met < 2 { "lui" } else { "eux" }
    )
}

fn failing(t: &ClearedTerritory, context: &ReportContext) -> Option<String> {
    let fails = |m: &[ClearedImperatif]| {
        m.iter()
            .any(|i| i.status == Shown::Value(FigureStatus::NonAtteint))
    };
    let sites: Vec<String> = (t.imperatifs.iter())
        .filter(|s| fails(&s.imperatifs))
        .map(|s| context.site(&s.structure))
        .collect();
    match sites.as_slice() {
        [] => None,
        [only] => Some(format!(
            "Un impératif au moins est à reprendre sans attendre dans un accueil : {only}."
        )),
        all => Some(format!(
            "Un impératif au moins est à reprendre sans attendre dans {} : {}.",
            count(all.len(), "accueil", "accueils"),
            list(all)
        )),
    }
}

fn on_target(t: &ClearedTerritory) -> String {
    let on_target = (t.axes.iter())
        .filter(|mean| {
            let f = &mean.figure;
            let value = f.value.as_ref().and_then(Shown::value);
            value.is_some_and(|v| v >= f.target - 1e-9)
        })
        .count();
    let said = if on_target < 2 {
        "atteint son objectif"
    } else {
        "atteignent leur objectif"
    };
    format!(
        "{} sur {} {said} en moyenne du territoire.",
        count(on_target, "axe", "axes"),
        t.axes.len()
    )
}

fn moved(t: &ClearedTerritory) -> Option<String> {
    let labels = |wanted: Verdict| -> Vec<String> {
        let moved = t
            .evolution
            .iter()
            .filter(|axe| axe.change.verdict == Some(wanted));
        moved.map(|axe| format!("« {} »", axe.label)).collect()
    };
    let (up, down) = (labels(Verdict::Progresse), labels(Verdict::Recule));
    if t.evolution.is_empty() {
        return None;
    }
    Some(match (up.is_empty(), down.is_empty()) {
        (true, true) => {
            "D’une campagne à l’autre, aucun axe n’est nettement en hausse ni en baisse.".to_owned()
        }
        (false, true) => format!("En hausse d’une campagne à l’autre : {}.", list(&up)),
        (true, false) => format!("En baisse d’une campagne à l’autre : {}.", list(&down)),
        (false, false) => format!("En hausse : {} ; en baisse : {}.", list(&up), list(&down)),
    })
}

fn most_missed(t: &ClearedTerritory) -> Option<String> {
    let CritereCount {
        code,
        label,
        below,
        valued,
    } = t.below_target.first()?;
    Some(format!(
        "Le critère le plus souvent sous son objectif : {code} « {label} », dans {} sur {valued}.",
        count(*below, "accueil", "accueils")
    ))
}

/// What families say, when enough of them answered.
fn families(t: &ClearedTerritory) -> Option<String> {
    let questions = t.distributions.get(&SourceCode::Fam)?;
    let shares = questions.iter().filter_map(favourable);
    let (lowest, n) = shares.fold((1.0, 0), |(low, n), share| (share.min(low), n + 1));
    let who = (questions.iter())
        .filter_map(|q| q.shares.as_ref().ok())
        .map(|s| s.respondents)
        .max_by_key(|r| r.least())?;
    (n > 0).then(|| {
        format!(
            "{} familles ont répondu : à chaque question, au moins {} de réponses favorables.",
            who.number(),
            percent(lowest)
        )
    })
}

/// Where plans stand, and what entered the projects (the second indicator of the convention).
fn planned(t: &ClearedTerritory) -> Option<String> {
    if t.actions.is_empty() {
        return None;
    }
    let done = t.actions.iter().filter(|a| a.realisation.is_some()).count();
    let late = t.actions.iter().filter(|a| a.late).count();
    let integrated = t.actions.iter().filter(|a| a.integree.is_some()).count();
    Some(format!(
        "Plans d’amélioration : {} sur {}, {} ; {} aux projets pédagogiques ou de fonctionnement.",
        count(done, "action réalisée", "actions réalisées"),
        t.actions.len(),
        match late {
            0 => "aucune en retard".to_owned(),
            n => format!("{n} en retard"),
        },
        count(
            integrated,
            "recommandation intégrée",
            "recommandations intégrées"
        )
    ))
}

fn returned(t: &ClearedTerritory) -> Option<String> {
    let participation = t.ctg.iter().find(|c| c.code == "O2")?;
    let ToldCount::Known(CountOf { n, of }) = participation.campagnes.last()?.territory else {
        return None;
    };
    let verb = if n < 2 { "a" } else { "ont" };
    Some(format!(
        "{} sur {of} {verb} rendu tout ce que la campagne attendait : visite accueillie, entretien mené, réponses données.",
        count(n, "équipe", "équipes")
    ))
}
