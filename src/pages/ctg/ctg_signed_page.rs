//! **CTG**, `ctg/convention.toml` and the one that could come next on a page: its faults with their line, what each setting says, the file itself to change.

use serde_json::{Value, json};

use super::TAB;
use super::ctg_text_pages::said;
use crate::actions::ctg_convention::{
    OpenedConvention, WrittenConvention, keep_convention, open_convention, put_convention_back,
};
use crate::actions::ctg_init::lay_convention;
use crate::actions::typed_file::TypedFileOutcome;
use crate::base::error::{Error, Result};
use crate::base::text::count;
use crate::pages::answer::PageAnswer;
use crate::pages::page_ask::PageAsk;
use crate::pages::said_on_pages::page_words;

const HERE: &str = "/ctg/convention";
/// Part of an address, and field of a form, that means the convention that could come next.
const NEXT: &str = "prochaine";

/// Which convention an address or a form means.
fn which(asked: &PageAsk) -> Result<WrittenConvention> {
    match (asked.part("laquelle"), asked.field("fichier")) {
        ("", "") => Ok(WrittenConvention::Signed),
        (NEXT, _) | (_, NEXT) => Ok(WrittenConvention::Next),
        _ => Err(Error::Usage("Cette page n’existe pas.".to_owned())),
    }
}

fn address(which: WrittenConvention) -> String {
    match which {
        WrittenConvention::Signed => HERE.to_owned(),
        WrittenConvention::Next => format!("{HERE}/{NEXT}"),
    }
}

pub(crate) fn show(asked: &PageAsk) -> Result<PageAnswer> {
    let which = which(asked)?;
    let found = open_convention(&asked.open()?, which)?;
    let faults = found.faults.clone();
    laid(asked, which, &found, None, faults.as_deref())
}

fn laid(
    asked: &PageAsk,
    which: WrittenConvention,
    found: &OpenedConvention,
    typed: Option<&str>,
    faults: Option<&str>,
) -> Result<PageAnswer> {
    let text = typed.unwrap_or(&found.shown.text);
    let is_next = which == WrittenConvention::Next;
    let content = json!({
        "fichier": which.file(),
        "laquelle": if is_next { NEXT } else { "" },
        "la": found.is_there,
        "texte": text,
        "lignes": text.lines().count().clamp(12, 60),
        "fautes": faults.map(|all| told(all, text)).unwrap_or_default(),
        "refuse": typed.is_some() && faults.is_some(),
        "autre": (typed.is_some() && faults.is_none()).then_some(found.shown.text.as_str()),
        "vu": found.shown.seen,
        "ferme": found.shown.locked,
        "avant": found.shown.before,
    });
    let title = if is_next {
        "La convention qui pourrait suivre"
    } else {
        "Ce qui a été signé"
    };
    asked.page("ctg_convention.html", title, TAB, content)
}

/// Each fault, with the line that it is on as it is typed.
fn told(faults: &str, text: &str) -> Vec<Value> {
    let all = faults.lines().filter(|line| !line.trim().is_empty());
    let all = all.map(|fault| {
        let after = fault.split_once("ligne ").map_or("", |(_, rest)| rest);
        let digits = after
            .find(|c: char| !c.is_ascii_digit())
            .unwrap_or(after.len());
        let rank = after[..digits].parse::<usize>().ok();
        let line = rank.and_then(|rank| text.lines().nth(rank.checked_sub(1)?));
        json!({ "dit": page_words(fault), "ligne": rank, "texte": line.map(str::trim) })
    });
    all.collect()
}

/// The commented file, to be cut down to what was signed.
pub(crate) fn begin(asked: &PageAsk) -> Result<PageAnswer> {
    let laid = lay_convention(&asked.open()?)?;
    let said = format!(
        "Le modèle est écrit : {}, {}. Gardez les fiches que vous avez signées, corrigez les dates, puis « Garder ».",
        count(laid.fiches, "fiche", "fiches"),
        count(laid.indicators, "indicateur", "indicateurs")
    );
    asked.done(HERE, &said)
}

/// What was typed is kept, if it holds together.
pub(crate) fn keep(asked: &PageAsk) -> Result<PageAnswer> {
    let opened = asked.open()?;
    let which = which(asked)?;
    let typed = asked.typed("texte");
    match keep_convention(&opened, which, typed, asked.field("vu"))? {
        TypedFileOutcome::Refused(faults) => {
            let found = open_convention(&opened, which)?;
            laid(asked, which, &found, Some(typed), Some(&faults))
        }
        TypedFileOutcome::Stale => {
            let found = open_convention(&opened, which)?;
            laid(asked, which, &found, Some(typed), None)
        }
        outcome => asked.done(&address(which), said(&outcome)),
    }
}

/// What was there before comes back.
pub(crate) fn put_back(asked: &PageAsk) -> Result<PageAnswer> {
    let which = which(asked)?;
    let outcome = put_convention_back(&asked.open()?, which, asked.field("vu"))?;
    if let TypedFileOutcome::Refused(faults) = &outcome {
        return Err(Error::Usage(format!(
            "Ce qu’il y avait avant ne tient plus avec le reste du dossier, rien n’a été écrit. {faults}"
        )));
    }
    asked.done(
        &address(which),
        match outcome {
            TypedFileOutcome::Written => {
                "Le fichier d’avant est remis ; celui d’aujourd’hui est gardé à son tour."
            }
            ref other => said(other),
        },
    )
}
