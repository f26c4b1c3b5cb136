//! **CTG**, what people write in the bilan: texts with what is left to write, one edited and kept byte for byte, put back.

use serde_json::json;

use super::TAB;
use crate::actions::ctg_textes::{OpenedText, keep_text, list_texts, open_text, put_text_back};
use crate::actions::typed_file::TypedFileOutcome;
use crate::base::error::Result;
use crate::base::text::count;
use crate::convention::{Convention, TextPart, TextState};
use crate::pages::answer::PageAnswer;
use crate::pages::choices_offered::remarks;
use crate::pages::page_ask::PageAsk;

const HERE: &str = "/ctg/textes";

/// What a section is called.
fn called(part: Option<&TextPart>, convention: &Convention) -> String {
    let of_fiche = |code: &str| convention.fiche(code).map(|f| f.title.as_str());
    let Some(part) = part else {
        return "Ce qui a pu contribuer à chaque changement".to_owned();
    };
    match part {
        TextPart::Essentials => "L’essentiel, en cinq phrases".to_owned(),
        TextPart::Means => "Les moyens".to_owned(),
        TextPart::Fiche(code) => {
            format!("Fiche {code} : {}", of_fiche(code).unwrap_or_default())
        }
        TextPart::Changes => "Ce qui a changé pour les habitants".to_owned(),
        TextPart::Experiment(code) => format!("L’expérimentation {code}"),
        TextPart::Governance => "La gouvernance".to_owned(),
        TextPart::Words => "Les paroles".to_owned(),
        TextPart::Approach => "La démarche elle-même".to_owned(),
        TextPart::Next => "La suite : garder, adapter, arrêter".to_owned(),
    }
}

/// « Complet », « 2 endroits à compléter ».
fn how_far(state: &TextState) -> (String, bool) {
    match state {
        TextState::Complete => ("complet".to_owned(), true),
        TextState::ToComplete(n) => {
            let left = count(*n, "endroit à compléter", "endroits à compléter");
            (left, false)
        }
        TextState::Unreadable(why) => (format!("ne se lit pas : {why}"), false),
    }
}

pub(crate) fn show(asked: &PageAsk) -> Result<PageAnswer> {
    let opened = asked.open()?;
    let list = list_texts(&opened)?;
    let texts = list.texts.iter().map(|text| {
        let (state, whole) = how_far(&text.state);
        json!({
            "nom": called(text.part.as_ref(), &list.convention), "fichier": text.file, "etat": state, "entier": whole,
            "adresse": format!("{HERE}/{}", text.file),
        })
    });
    let content =
        json!({ "textes": texts.collect::<Vec<_>>(), "remarques": remarks(&list.diagnostics) });
    asked.page(
        "ctg_textes.html",
        "Ce qui s’écrit dans le bilan",
        TAB,
        content,
    )
}

pub(crate) fn one(asked: &PageAsk) -> Result<PageAnswer> {
    let opened = asked.open()?;
    let file = asked.part("texte");
    let text = open_text(&opened, file)?;
    edited(asked, file, &text, None)
}

/// The page of a text; `typed` is what could not be kept over what others wrote.
fn edited(
    asked: &PageAsk,
    file: &str,
    text: &OpenedText,
    typed: Option<&str>,
) -> Result<PageAnswer> {
    let content = json!({
        "fichier": file,
        "texte": typed.unwrap_or(&text.shown.text),
        "autre": typed.map(|_| text.shown.text.as_str()),
        "vu": text.shown.seen,
        "ferme": text.shown.locked,
        "avant": text.shown.before,
        "suite": text.part == Some(TextPart::Next),
        "tableau": text.part.is_none(),
        "remarques": remarks(&text.unread),
    });
    asked.page(
        "ctg_texte.html",
        called(text.part.as_ref(), &text.convention),
        TAB,
        content,
    )
}

/// What was typed is kept.
pub(crate) fn keep(asked: &PageAsk) -> Result<PageAnswer> {
    let opened = asked.open()?;
    let file = asked.needed("fichier", "le texte")?;
    let typed = asked.typed("texte");
    match keep_text(&opened, file, typed, asked.field("vu"))? {
        TypedFileOutcome::Stale | TypedFileOutcome::Refused(_) => {
            edited(asked, file, &open_text(&opened, file)?, Some(typed))
        }
        outcome => asked.done(&format!("{HERE}/{file}"), said(&outcome)),
    }
}

/// What was there before comes back.
pub(crate) fn put_back(asked: &PageAsk) -> Result<PageAnswer> {
    let opened = asked.open()?;
    let file = asked.needed("fichier", "le texte")?;
    let outcome = put_text_back(&opened, file, asked.field("vu"))?;
    asked.done(
        &format!("{HERE}/{file}"),
        match outcome {
            TypedFileOutcome::Written => {
                "Le texte d’avant est remis ; celui d’aujourd’hui est gardé à son tour."
            }
            other => said(&other),
        },
    )
}

/// What became of it.
pub(super) fn said(outcome: &TypedFileOutcome) -> &'static str {
    match outcome {
        TypedFileOutcome::Written => {
            "C’est écrit. « Remettre ce qu’il y avait avant », au bas de la page, y revient."
        }
        TypedFileOutcome::Same => "Rien n’a changé : ce qui est écrit est ce qui était.",
        TypedFileOutcome::Stale => {
            "D’autres ont changé ce fichier depuis que vous l’avez vu : rien n’a été écrit. Regardez, puis recommencez."
        }
        TypedFileOutcome::Refused(_) => {
            "Ce qu’il y avait avant ne se lit plus avec le reste : rien n’a été écrit."
        }
    }
}
