//! **Plan**: actions proposed from the priorities of a campaign; the follow-up by quarter; what a later campaign
//! shows of actions.

use serde_json::{Value, json};

use super::choices_offered::{campaign, campaigns, remarks};
use crate::actions::plan_effet::{EffectsRequest, read_effects};
use crate::actions::plan_proposer::{ProposeOutcome, ProposeRequest, propose};
use crate::actions::plan_suivi::{QuarterStanding, QuartersRequest, follow};
use crate::base::day::short_day;
use crate::base::error::Result;
use crate::base::text::{count, decimals, hex, percent, signed};
use crate::campaign::OpenObservatory;
use crate::decide::plans::{Effect, Word};
use crate::pages::answer::PageAnswer;
use crate::pages::page_ask::PageAsk;
use crate::wording::verdict_words::verdict_words;

/// What would be proposed.
pub(crate) fn proposals(asked: &PageAsk) -> Result<PageAnswer> {
    let opened = asked.open()?;
    let current = asked.campaign(&opened)?;
    let found = looked(&opened, &current.id)?;
    let added = found.added.iter().map(|a| {
        json!({
            "accueil": name_of(&opened, &a.structure), "criteres": a.criteres.join(", "),
            "priorite": a.priorite.label(), "constat": a.constat, "quoi": a.action,
            "echeance": short_day(a.echeance),
        })
    });
    let content = json!({
        "campagne": campaign(&opened, current),
        "campagnes": campaigns(&opened),
        "proposees": added.collect::<Vec<_>>(),
        "closes": found.closed,
        "existantes": found.existing,
        "bilan": count(found.added.len(), "action", "actions"),
        "vu": stamp(&found),
    });
    asked.page(
        "plan_propositions.html",
        "Proposer des actions",
        "Plan",
        content,
    )
}

fn looked(opened: &OpenObservatory, campaign: &str) -> Result<ProposeOutcome> {
    propose(opened, &request(campaign, true))
}

fn request(campaign: &str, simulation: bool) -> ProposeRequest {
    ProposeRequest {
        campaign: Some(campaign.to_owned()),
        structure: None,
        simulation,
        date: None,
    }
}

/// What is shown, in short: what changed since is not written unseen.
fn stamp(found: &ProposeOutcome) -> String {
    let added = found.added.iter();
    let mut all: Vec<String> = added
        .map(|a| {
            format!(
                "{}:{}:{}:{}",
                a.structure,
                a.criteres.join(","),
                a.constat,
                a.action
            )
        })
        .collect();
    all.extend(found.closed.iter().cloned());
    hex(<sha2::Sha256 as sha2::Digest>::digest(all.join("\n")))
}

/// They are written, as proposals that no team has taken up yet.
pub(crate) fn write_proposals(asked: &PageAsk) -> Result<PageAnswer> {
    let opened = asked.open()?;
    let current = asked.campaign(&opened)?.id.clone();
    if stamp(&looked(&opened, &current)?) != asked.field("vu") {
        return asked.done(
            &format!("/plan/proposer?campagne={current}"),
            "Les réponses ou le plan ont changé depuis que vous avez regardé : rien n’a été écrit. Voici ce que cela donne maintenant.",
        );
    }
    let done = propose(&opened, &request(&current, false))?;
    let closed = match done.closed.len() {
        0 => String::new(),
        n => format!(
            " {}.",
            count(
                n,
                "action close : ses critères sont atteints",
                "actions closes : leurs critères sont atteints"
            )
        ),
    };
    let said = format!(
        "{}.{closed} Celle dont l’équipe ne veut pas passe à « abandonnée », avec la raison.",
        count(done.added.len(), "action proposée", "actions proposées")
    );
    asked.done("/plan", &said)
}

fn name_of(opened: &OpenObservatory, code: &str) -> String {
    let site = opened.observatory.registry.get(code);
    site.map_or_else(|| code.to_owned(), |s| s.nom.clone())
}

/// The follow-up and the effects.
pub(crate) fn follow_up(asked: &PageAsk) -> Result<PageAnswer> {
    let opened = asked.open()?;
    let current = asked.campaign(&opened)?;
    let found = follow(
        &opened,
        &QuartersRequest {
            until: None,
            date: None,
        },
    )?;
    let request = EffectsRequest {
        campaign: Some(current.id.clone()),
    };
    let effects = read_effects(&opened, &request)?;
    let content = json!({
        "campagne": campaign(&opened, current),
        "campagnes": campaigns(&opened),
        "trimestres": found.quarters.iter().rev().map(quarter).collect::<Vec<_>>(),
        "pas_encore": found.left_out(),
        "effets": effects.effects.iter().map(|e| effect(&opened, e)).collect::<Vec<_>>(),
        "remarques": remarks(&effects.diagnostics),
    });
    asked.page("plan_suivi.html", "Suivi et effets", "Plan", content)
}

fn quarter(standing: &QuarterStanding) -> Value {
    let (counts, in_time) = (&standing.counts, &standing.in_time);
    json!({
        "nom": standing.quarter.label(), "jour": standing.day.short(),
        "emises": counts.issued, "a_lancer": counts.to_launch, "en_cours": counts.running,
        "realisees": counts.done, "abandonnees": counts.abandoned, "retard": counts.late,
        "a_temps": share(in_time.closed, in_time.due, in_time.share()),
        "integrees": share(standing.integrated, standing.issued, standing.integrated_share),
    })
}

fn share(n: usize, total: usize, share: Option<f64>) -> String {
    share.map_or_else(
        || "–".to_owned(),
        |share| format!("{n} sur {total} ({})", percent(share)),
    )
}

fn effect(opened: &OpenObservatory, effect: &Effect) -> Value {
    let level = |v: Option<f64>| v.map_or_else(|| "–".to_owned(), |v| decimals(v, 1));
    let said = match (effect.met, effect.verdict) {
        (Some(true), _) => "impératif atteint",
        (Some(false), _) => "impératif encore non atteint",
        (None, Some(verdict)) => verdict_words(verdict),
        (None, None) => "",
    };
    json!({
        "action": effect.action, "accueil": name_of(opened, &effect.structure),
        "critere": effect.critere, "statut": effect.statut.label(),
        "avant": level(effect.before), "apres": level(effect.after),
        "ecart": effect.delta.map_or_else(String::new, |d| signed(d, 1)),
        "dit": said, "a_verifier": effect.a_verifier, "reserve": effect.reserve,
    })
}
