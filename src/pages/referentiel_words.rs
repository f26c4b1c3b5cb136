//! The référentiel in words: targets and who decided them, answers, what is the territory's own; what a change does.

use serde_json::{Value, json};

use crate::actions::referentiel_lire::{
    OfferedScale, ToldAxe, ToldCritere, ToldElement, ToldTarget,
};
use crate::actions::referentiel_local::LayerPreview;
use crate::base::text::{count, decimals, list};
use crate::vocabulary::config::Campaign;
use crate::vocabulary::referentiel::{LocalSentence, SourceCode};

/// An axe and its critères.
pub(super) fn axe(axe: &ToldAxe) -> Value {
    json!({
        "code": axe.code, "nom": axe.label, "cible": target(&axe.target), "niveau": decimals(axe.target.level, 1),
        "combien": count(axe.criteres.len(), "critère", "critères"),
        "criteres": axe.criteres.iter().map(critere).collect::<Vec<_>>(),
    })
}

/// A critère and its éléments, source by source.
pub(super) fn critere(critere: &ToldCritere) -> Value {
    let of = |source: SourceCode| {
        let own: Vec<Value> = critere
            .elements
            .iter()
            .filter(|e| e.source == source)
            .map(element)
            .collect();
        (!own.is_empty())
            .then(|| json!({ "nom": source.label(), "code": source.as_str(), "elements": own }))
    };
    let laws: Vec<&str> = critere
        .elements
        .iter()
        .filter_map(|e| e.article.as_deref())
        .collect();
    json!({
        "code": critere.code, "nom": critere.label, "imperatif": critere.imperatif,
        "cible": target(&critere.target), "niveau": decimals(critere.target.level, 1),
        "ecartable": critere.may_be_put_aside,
        "loi": laws.first(),
        "sans_objet": critere.put_aside.as_ref().map(|aside| aside.sentence(&critere.code)),
        "niveaux": critere.levels,
        "sources": SourceCode::ALL.into_iter().filter_map(of).collect::<Vec<_>>(),
        "local": critere.elements.iter().any(|e| e.local.is_some()),
    })
}

fn element(element: &ToldElement) -> Value {
    let (mark, shipped) = match &element.local {
        Some(LocalSentence::Added) => ("ajouté ici", None),
        Some(LocalSentence::Reworded { shipped }) => ("reformulé ici", Some(shipped)),
        None => ("", None),
    };
    json!({
        "code": element.code, "phrase": element.sentence, "reponses": element.answers.join(" · "),
        "loi": element.article, "marque": mark, "livree": shipped,
        "ajoute": matches!(element.local, Some(LocalSentence::Added)),
        "fixe": element.fixed,
    })
}

/// « cible 3,2 sur 4 (COPIL, le 12/03/2026 ; 3,0 au référentiel) ».
fn target(target: &ToldTarget) -> String {
    let level = decimals(target.level, 1);
    match &target.local {
        Some(local) => format!(
            "cible {level} sur 4 ({} ; {} au référentiel)",
            local.decision.dated(),
            decimals(local.shipped, 1)
        ),
        None => format!("cible {level} sur 4"),
    }
}

/// A way of answering, offered: « OBS, observation externe : Jamais, Parfois… ».
pub(super) fn scale(scale: &OfferedScale, chosen: Option<&str>) -> Value {
    let code = format!("{}|{}", scale.source, scale.code);
    let answers = match scale.answers.as_slice() {
        [] => "une valeur".to_owned(),
        all => all.join(", "),
    };
    json!({ "code": code, "mot": format!("{} : {answers}", scale.source.label()), "choisi": chosen == Some(&code) })
}

/// Why a change cannot be saved: answers were given to the sentences of before.
pub(super) fn refused(preview: &LayerPreview, campaigns: &[Campaign]) -> Option<String> {
    preview.refused.as_ref()?;
    let answered = |c: &&Campaign| {
        preview
            .changes
            .breaks
            .iter()
            .any(|b| b.answered && b.campaign == c.id)
    };
    let held: Vec<&Campaign> = campaigns.iter().filter(answered).collect();
    let ids: Vec<&str> = held.iter().map(|c| c.id.as_str()).collect();
    let last = held.iter().max_by_key(|c| c.debut)?;
    Some(format!(
        "{} : des réponses y sont déjà, données aux phrases d’avant. Une campagne garde ses phrases : choisissez un jour après le début de {} ({}), et la phrase sera demandée à partir de la campagne suivante.",
        list(&ids),
        last.id,
        last.debut.short()
    ))
}
