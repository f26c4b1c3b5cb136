//! **Résultats**: every accueil, then one, axe by axe, then any figure down to the cell that it comes from.

use serde_json::{Value, json};

use super::choices_offered::{campaign, campaigns};
use crate::actions::expliquer::{ExplainRequest, explain_all};
use crate::actions::site_figures::{AxeDetail, LookedUp, SiteAxes, all_sites, one_site};
use crate::base::error::{Error, Result};
use crate::base::text::{count, in_address, printed_level};
use crate::vocabulary::config::Campaign;
use crate::web::answer::PageAnswer;
use crate::web::page_ask::PageAsk;

/// What else is explained of an accueil.
const OTHERS: [(&str, &str); 4] = [
    ("IMPERATIFS", "Ses critères impératifs"),
    ("REGLES", "Les règles de droit constatées"),
    ("PRIORITES", "D’où viennent ses priorités"),
    ("PLAN", "Son plan"),
];

/// Every accueil and its axes.
pub(in crate::web) fn show(asked: &PageAsk) -> Result<PageAnswer> {
    let opened = asked.open()?;
    let current = asked.campaign(&opened)?;
    let sites = all_sites(&opened, current)?;
    let axes = opened.observatory.referentiel(current).axes.iter();
    let content = json!({
        "campagne": campaign(current),
        "campagnes": campaigns(&opened),
        "axes": axes.map(|a| json!({ "code": a.code, "nom": a.label })).collect::<Vec<_>>(),
        "accueils": sites.iter().map(|s| site_line(s, current)).collect::<Vec<_>>(),
    });
    asked.page("resultats.html", "Résultats", "Résultats", content)
}

fn site_line(site: &SiteAxes, campaign: &Campaign) -> Value {
    json!({
        "nom": site.nom,
        "code": site.code,
        "adresse": format!("/resultats/{}/{}", in_address(&campaign.id, ""), in_address(&site.code, "")),
        "imperatifs": match site.missed {
            0 => String::new(),
            n => count(n, "non atteint", "non atteints"),
        },
        "cases": site.axes.iter().map(|f| figure(f, &site.code, campaign)).collect::<Vec<_>>(),
    })
}

/// One accueil, axe by axe.
pub(in crate::web) fn site(asked: &PageAsk) -> Result<PageAnswer> {
    let opened = asked.open()?;
    let current = opened.observatory.campaign(Some(asked.part("campagne")))?;
    let structure = opened.structure(asked.part("accueil"))?;
    let axes = one_site(&opened, current, structure)?;
    let line = |axe: &AxeDetail| {
        let criteres = axe.criteres.iter().map(|(critere, elements)| {
            let elements = elements.iter().map(|e| figure(e, &structure.code, current));
            json!({ "chiffre": figure(critere, &structure.code, current), "elements": elements.collect::<Vec<_>>() })
        });
        json!({ "chiffre": figure(&axe.axe, &structure.code, current), "criteres": criteres.collect::<Vec<_>>() })
    };
    let others = OTHERS.iter().map(|(code, words)| {
        json!({ "nom": words, "adresse": key_address(current, &structure.code, code) })
    });
    let content = json!({
        "campagne": campaign(current),
        "accueil": { "code": structure.code, "nom": structure.nom },
        "axes": axes.iter().map(line).collect::<Vec<_>>(),
        "autres": others.collect::<Vec<_>>(),
    });
    asked.page(
        "resultats-accueil.html",
        structure.nom.clone(),
        "Résultats",
        content,
    )
}

/// One figure, as `expliquer` tells it.
pub(in crate::web) fn explained(asked: &PageAsk) -> Result<PageAnswer> {
    let opened = asked.open()?;
    let key = asked.query("cle");
    let ExplainRequest::Figure(figure) = ExplainRequest::read(key)? else {
        return Err(Error::Usage(format!(
            "« {key} » n’est pas un chiffre : revenez aux résultats, et choisissez-en un."
        )));
    };
    let told = explain_all(&opened, std::slice::from_ref(&figure), None)?;
    let told = told
        .into_iter()
        .next()
        .ok_or_else(|| Error::Usage(format!("« {key} » n’a pas d’explication.")))?;
    let current = opened.observatory.campaign(Some(&figure.campaign))?;
    let back = opened.structure(&figure.place).map(|s| {
        json!({
            "nom": s.nom,
            "adresse": format!("/resultats/{}/{}", in_address(&current.id, ""), in_address(&s.code, "")),
        })
    });
    let content = json!({ "cle": key, "dit": told.explained.trim(), "accueil": back.ok() });
    asked.page("expliquer.html", told.head, "Résultats", content)
}

fn key_address(campaign: &Campaign, place: &str, code: &str) -> String {
    let key = format!("{}/{place}/{code}", campaign.id);
    format!("/expliquer?cle={}", in_address(&key, ""))
}

/// A figure as it is printed, and what leads to its explanation.
fn figure(found: &LookedUp, place: &str, campaign: &Campaign) -> Value {
    let value = match (found.value, found.imperatif) {
        (Some(value), false) => printed_level(value),
        (_, true) | (None, false) => found.status.to_owned(),
    };
    json!({
        "code": found.code,
        "nom": found.label,
        "valeur": if value.is_empty() { "–".to_owned() } else { value },
        "objectif": found.target.filter(|_| !found.imperatif).map(printed_level),
        "genre": if found.missed { "non-atteint" } else { "" },
        "imperatif": found.imperatif,
        "fragile": found.fragile,
        "adresse": key_address(campaign, place, &found.code),
    })
}
