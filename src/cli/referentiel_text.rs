//! The référentiel on a terminal, and for a program.

use std::fmt::Write;

use serde_json::{Value, json};

use crate::actions::referentiel_lire::{ReadOutcome, ToldCritere, ToldElement, ToldTarget};
use crate::base::text::decimals;
use crate::vocabulary::referentiel::LocalSentence;

/// For a person.
pub(super) fn told(outcome: &ReadOutcome) -> String {
    let mut text = format!(
        "{} ({}), campagne {} « {} »\n",
        outcome.title, outcome.version, outcome.campaign, outcome.label
    );
    for axe in &outcome.axes {
        let aim = target(&axe.target);
        let _ = write!(text, "\n{} · {} — {aim}\n", axe.code, axe.label);
        for critere in &axe.criteres {
            write_critere(&mut text, critere);
        }
    }
    text.trim_end().to_owned()
}

fn write_critere(text: &mut String, critere: &ToldCritere) {
    let must = if critere.imperatif {
        ", impératif"
    } else {
        ""
    };
    let aim = target(&critere.target);
    let _ = writeln!(
        text,
        "\n  {} · {} — {aim}{must}",
        critere.code, critere.label
    );
    if let Some(aside) = &critere.put_aside {
        let reason = aside.reason.trim_end_matches('.');
        let decided = aside.decision.dated();
        let _ = writeln!(
            text,
            "    SANS OBJET ici : {reason} ({decided}). Ni demandé, ni mesuré."
        );
        return;
    }
    for element in &critere.elements {
        let mark = match &element.local {
            Some(LocalSentence::Added) => " [ajouté ici]",
            Some(LocalSentence::Reworded { .. }) => " [reformulé ici]",
            None => "",
        };
        let law = element.article.as_deref();
        let law = law.map_or_else(String::new, |a| format!(" (loi : {a})"));
        let _ = writeln!(text, "    {} {}{law}{mark}", element.code, element.sentence);
        if let Some(LocalSentence::Reworded { shipped }) = &element.local {
            let _ = writeln!(text, "      au référentiel : « {shipped} »");
        }
    }
}

/// « cible 3,2 (COPIL, le 12/03/2026 ; 3,0 au référentiel) ».
fn target(target: &ToldTarget) -> String {
    let level = decimals(target.level, 1);
    match &target.local {
        Some(local) => format!(
            "cible {level} ({} ; {} au référentiel)",
            local.decision.dated(),
            decimals(local.shipped, 1)
        ),
        None => format!("cible {level}"),
    }
}

/// For a program.
pub(super) fn told_json(outcome: &ReadOutcome) -> Value {
    let axes = outcome.axes.iter().map(|axe| {
        let criteres: Vec<Value> = axe.criteres.iter().map(critere_json).collect();
        json!({
            "code": axe.code,
            "libelle": axe.label,
            "cible": target_json(&axe.target),
            "criteres": criteres,
        })
    });
    json!({
        "campagne": outcome.campaign,
        "version": outcome.version,
        "axes": axes.collect::<Vec<Value>>(),
    })
}

fn critere_json(critere: &ToldCritere) -> Value {
    let aside = critere.put_aside.as_ref().map(|aside| {
        json!({
            "motif": aside.reason,
            "regle": aside.law,
            "decision": aside.decision.day,
            "instance": aside.decision.by,
        })
    });
    json!({
        "code": critere.code,
        "libelle": critere.label,
        "imperatif": critere.imperatif,
        "peut_etre_ecarte": critere.may_be_put_aside,
        "cible": target_json(&critere.target),
        "sans_objet": aside,
        "elements": critere.elements.iter().map(element_json).collect::<Vec<Value>>(),
    })
}

fn element_json(element: &ToldElement) -> Value {
    let (local, shipped) = match &element.local {
        Some(LocalSentence::Added) => (Some("ajout"), None),
        Some(LocalSentence::Reworded { shipped }) => (Some("reformulation"), Some(shipped)),
        None => (None, None),
    };
    json!({
        "code": element.code,
        "source": element.source,
        "phrase": element.sentence,
        "echelle": element.scale,
        "reponses": element.answers,
        "article": element.article,
        "local": local,
        "au_referentiel": shipped,
    })
}

fn target_json(target: &ToldTarget) -> Value {
    let local = target.local.as_ref();
    json!({
        "niveau": target.level,
        "au_referentiel": local.map_or(target.level, |l| l.shipped),
        "decision": local.map(|l| l.decision.day),
        "instance": local.map(|l| l.decision.by.as_str()),
    })
}
