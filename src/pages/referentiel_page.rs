//! **Référentiel**: read as a person would; an axe or a critère, with what may be changed of it.

use serde_json::{Value, json};

use super::choices_offered::{campaign, campaigns};
use super::referentiel_words::{axe, critere, scale};
use crate::actions::layer_undo::{kept_before, seen_layer};
use crate::actions::referentiel_lire::{ReadOutcome, ReadRequest, offered_scales, read};
use crate::actions::referentiel_local::{differences, next_start};
use crate::base::error::Result;
use crate::campaign::{OpenObservatory, today};
use crate::pages::answer::PageAnswer;
use crate::pages::page_ask::PageAsk;
use crate::vocabulary::referentiel::VisitMoment;

pub(super) const PAGE: &str = "/referentiel";

/// What a person typed that was not written.
pub(super) struct TypedChange<'a> {
    /// What is wrong with it; none when it only comes back to be changed.
    pub(super) why: Option<String>,
    /// Fields, as they were typed.
    pub(super) fields: &'a [(String, String)],
}

/// The whole of it.
pub(crate) fn show(asked: &PageAsk) -> Result<PageAnswer> {
    let opened = asked.open()?;
    let current = asked.campaign(&opened)?;
    let outcome = told(&opened, &current.id, None)?;
    let local = differences(&opened)?;
    let content = json!({
        "campagne": campaign(&opened, current),
        "campagnes": campaigns(&opened),
        "titre": outcome.title,
        "version": outcome.version,
        "axes": outcome.axes.iter().map(axe).collect::<Vec<_>>(),
        "local": local.sentences,
        "avant": kept_before(&opened)?,
    });
    asked.page("referentiel.html", "Référentiel", "Référentiel", content)
}

/// An axe or a critère.
pub(crate) fn one(asked: &PageAsk) -> Result<PageAnswer> {
    let opened = asked.open()?;
    code_page(asked, &opened, asked.part("code"), None)
}

fn told(opened: &OpenObservatory, campaign: &str, code: Option<&str>) -> Result<ReadOutcome> {
    let request = ReadRequest {
        campaign: Some(campaign.to_owned()),
        code: code.map(str::to_owned),
    };
    read(opened, &request)
}

/// An axe or a critère, with what was typed of it.
pub(super) fn code_page(
    asked: &PageAsk,
    opened: &OpenObservatory,
    code: &str,
    typed: Option<&TypedChange>,
) -> Result<PageAnswer> {
    let current = asked.campaign(opened)?;
    let outcome = told(opened, &current.id, Some(code))?;
    let wanted = code.trim().to_uppercase();
    let found = outcome.axes.iter().find_map(|a| {
        let is_axe = a.code == wanted;
        let one = a.criteres.iter().find(|c| !is_axe && c.code == wanted);
        (is_axe || one.is_some()).then_some((a, one))
    });
    let (of, one) = match found {
        Some((of, one)) => (Some(of), one),
        None => (None, None),
    };
    let title = match (of, one) {
        (_, Some(c)) => format!("{} · {}", c.code, c.label),
        (Some(a), None) => format!("{} · {}", a.code, a.label),
        _ => "Référentiel".to_owned(),
    };
    let said = |name: &str| {
        let fields = typed.map_or(&[][..], |t| t.fields);
        let found = fields.iter().find(|(n, _)| n == name);
        found.map(|(_, v)| v.clone())
    };
    let r = opened.observatory.referentiel(current);
    let scales = offered_scales(r);
    let moments: Vec<&str> = typed.map_or_else(Vec::new, |t| {
        let all = t.fields.iter().filter(|(n, _)| n == "moment");
        all.map(|(_, v)| v.as_str()).collect()
    });
    let ages = [
        ("", "tous les enfants"),
        ("4-7", "4 à 7 ans"),
        ("8-11", "8 à 11 ans"),
    ];
    let content = json!({
        "campagne": campaign(opened, current),
        "axe": of.map(axe),
        "critere": one.map(critere),
        "code": wanted,
        "vu": seen_layer(opened),
        "refus": typed.and_then(|t| t.why.clone()),
        "geste": said("geste").unwrap_or_default(),
        "element": said("element").unwrap_or_else(|| asked.query("reformuler").to_owned()),
        "saisi": saisi(&said, opened)?,
        "echelles": scales.iter().map(|s| scale(s, said("reponse").as_deref())).collect::<Vec<_>>(),
        "moments": VisitMoment::ALL.iter().map(|m| json!({ "code": m.as_str(), "mot": m.label(), "choisi": moments.contains(&m.as_str()) })).collect::<Vec<_>>(),
        "ages": ages.map(|(code, mot)| json!({ "code": code, "mot": mot, "choisi": said("ages").is_some_and(|a| a == code) })),
    });
    asked.page("referentiel_critere.html", title, "Référentiel", content)
}

/// Fields as they were typed, else as they begin.
fn saisi(said: &impl Fn(&str) -> Option<String>, opened: &OpenObservatory) -> Result<Value> {
    let or = |name: &str, begins: &str| said(name).unwrap_or_else(|| begins.to_owned());
    let decided = today().to_string();
    let since = next_start(opened)?.to_string();
    let anchors = ["ancre1", "ancre2", "ancre3", "ancre4"];
    Ok(json!({
        "niveau": said("niveau"),
        "decision": or("decision", &decided),
        "instance": or("instance", "COPIL"),
        "poids": or("poids", "1"),
        "motif": or("motif", ""), "regle": or("regle", ""),
        "phrase": said("phrase"),
        "depuis": or("depuis", &since),
        "ancres": anchors.map(|a| json!({ "nom": a, "dit": or(a, "") })),
    }))
}
