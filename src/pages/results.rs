//! **Résultats**: accueils, then axes and critères of one, beside the campaign before. Everything is shown: this is
//! the page of who works on it, not a report.

use serde_json::{Value, json};

use super::choices_offered::{campaign, campaigns, remarks};
use crate::actions::resultats::{ResultsOutcome, ResultsRequest, results};
use crate::base::error::Result;
use crate::base::text::{decimals, signed};
use crate::compare::Line;
use crate::figures::{Figure, Level};
use crate::pages::answer::PageAnswer;
use crate::pages::page_ask::PageAsk;
use crate::vocabulary::config::Structure;
use crate::vocabulary::referentiel::Critere;
use crate::wording::comparison_reasons::of_line;
use crate::wording::verdict_words::{VERDICTS_READ, verdict_words};

/// Every accueil.
pub(crate) fn show(asked: &PageAsk) -> Result<PageAnswer> {
    let opened = asked.open()?;
    let current = asked.campaign(&opened)?;
    let request = ResultsRequest {
        campaign: Some(current.id.clone()),
        beside: false,
    };
    let found = results(&opened, &request)?;
    let axes = found.referentiel.axes.iter();
    let content = json!({
        "campagne": campaign(&opened, current),
        "campagnes": campaigns(&opened),
        "axes": axes.map(|a| json!({ "code": a.code, "nom": a.label })).collect::<Vec<_>>(),
        "accueils": found.sites.iter().map(|s| site_line(&found, s)).collect::<Vec<_>>(),
        "organisateur": organisers(&found),
        "remarques": remarks(&found.diagnostics),
    });
    asked.page("resultats.html", "Résultats", "Résultats", content)
}

fn site_line(found: &ResultsOutcome, site: &Structure) -> Value {
    let axes = found.referentiel.axes.iter().map(|axe| {
        let figure = found.figure(&site.code, Level::Axe, &axe.code);
        json!({ "code": axe.code, "lu": read(figure) })
    });
    let counts = found.imperatifs(&site.code);
    json!({
        "code": site.code,
        "nom": site.nom,
        "axes": axes.collect::<Vec<_>>(),
        "atteints": counts.met,
        "non_atteints": counts.unmet,
        "non_evalues": counts.unknown,
    })
}

/// What the organiser decides: one figure for the territory.
fn organisers(found: &ResultsOutcome) -> Vec<Value> {
    let own = found.referentiel.criteres.iter().filter(|c| c.organiser);
    own.map(|c| json!({ "code": c.code, "nom": c.label }))
        .collect()
}

/// One accueil.
pub(crate) fn of_site(asked: &PageAsk) -> Result<PageAnswer> {
    let opened = asked.open()?;
    let current = asked.campaign(&opened)?;
    let site = opened.active(asked.part("accueil"), current)?;
    let request = ResultsRequest {
        campaign: Some(current.id.clone()),
        beside: true,
    };
    let found = results(&opened, &request)?;
    let axes = found
        .referentiel
        .axes
        .iter()
        .enumerate()
        .map(|(rank, axe)| {
            let criteres = found.criteres(rank);
            let criteres = criteres.iter().map(|c| critere_line(&found, site, c));
            json!({
                "code": axe.code,
                "nom": axe.label,
                "lu": read(found.figure(&site.code, Level::Axe, &axe.code)),
                "objectif": decimals(axe.cible, 1),
                "change": change(found.line(&site.code, Level::Axe, &axe.code)),
                "criteres": criteres.collect::<Vec<_>>(),
            })
        });
    let content = json!({
        "campagne": campaign(&opened, current),
        "campagnes": campaigns(&opened),
        "accueil": { "code": site.code, "nom": site.nom },
        "avant": found.before.map(|b| b.id.as_str()),
        "axes": axes.collect::<Vec<_>>(),
        "verdicts": VERDICTS_READ,
    });
    let title = format!("{} ({})", site.nom, site.code);
    asked.page("resultats_accueil.html", title, "Résultats", content)
}

fn critere_line(found: &ResultsOutcome, site: &Structure, critere: &Critere) -> Value {
    let must = found.figure(&site.code, Level::Imperatif, &critere.code);
    let aside = critere.put_aside.as_ref();
    json!({
        "code": critere.code,
        "nom": critere.label,
        "imperatif": critere.imperatif,
        "etat": must.map(|f| f.status.label()),
        "lu": read(found.figure(&site.code, Level::Critere, &critere.code)),
        "objectif": decimals(critere.cible, 1),
        "ecarte": aside.map(|a| a.sentence(&critere.code)),
        "change": change(found.line(&site.code, Level::Critere, &critere.code)),
    })
}

/// A level with its status; what has none says why.
fn read(figure: Option<&Figure>) -> Value {
    let Some(figure) = figure else {
        return json!({ "niveau": "–", "statut": "non concerné", "fragile": false, "explique": false });
    };
    json!({
        "niveau": figure.value.map_or_else(|| "–".to_owned(), |v| decimals(v, 1)),
        "statut": figure.status.label(),
        "fragile": figure.fragile,
        "explique": true,
    })
}

/// What changed: the value of before, the difference and what may lie behind it, the verdict, and why.
fn change(line: Option<&Line>) -> Value {
    let margin = line.and_then(|l| l.interval).map_or_else(String::new, |i| {
        format!("entre {} et {}", signed(i.low, 1), signed(i.high, 1))
    });
    let verdict = line.and_then(|l| l.verdict).map_or("", verdict_words);
    json!({
        "avant": line.and_then(|l| l.value1).map_or_else(|| "–".to_owned(), |v| decimals(v, 1)),
        "ecart": line.and_then(|l| l.delta).map_or_else(String::new, |d| signed(d, 1)),
        "marge": margin,
        "verdict": verdict,
        "a_verifier": line.is_some_and(|l| l.a_verifier && l.verdict.is_some()),
        "pourquoi": line.map_or_else(String::new, of_line),
    })
}
