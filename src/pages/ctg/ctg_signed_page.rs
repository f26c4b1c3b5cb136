//! **CTG**, `ctg/convention.toml` and the one that could come next on a page: its blocks, each leading to its form, its
//! faults with their line, the file itself to change.

use serde_json::{Value, json};

use super::ctg_signed_place::{address, block_address, title, which, word};
use super::ctg_text_pages::said;
use super::{TAB, ctg_signed_block};
use crate::actions::convention_forms::{
    ConventionPart, SignedBlock, SignedForms, SignedPart, faults_by_block, signed_forms,
};
use crate::actions::ctg_convention::{WrittenConvention, keep_convention, put_convention_back};
use crate::actions::ctg_init::lay_convention;
use crate::actions::typed_file::TypedFileOutcome;
use crate::base::error::{Error, Result};
use crate::base::text::count;
use crate::pages::answer::PageAnswer;
use crate::pages::page_ask::PageAsk;
use crate::pages::said_on_pages::page_words;

/// The blocks, or one of them as a form.
pub(crate) fn show(asked: &PageAsk) -> Result<PageAnswer> {
    let which = which(asked)?;
    let opened = asked.open()?;
    let is_block = |name: &&str| !asked.query(name).is_empty();
    if ["bloc", "nouveau"].iter().any(is_block) {
        return ctg_signed_block::show(asked, &opened, which);
    }
    let forms = signed_forms(&opened, which)?;
    let faults = forms.opened.faults.clone();
    laid(asked, which, &forms, None, faults.as_deref())
}

fn laid(
    asked: &PageAsk,
    which: WrittenConvention,
    forms: &SignedForms,
    typed: Option<&str>,
    faults: Option<&str>,
) -> Result<PageAnswer> {
    let found = &forms.opened;
    let text = typed.unwrap_or(&found.shown.text);
    let whole = forms.whole.iter();
    let parts = whole.clone().flat_map(|whole| &whole.parts);
    let unnamed = whole.flat_map(|whole| &whole.unnamed);
    let mended = typed.is_none().then_some(which);
    let content = json!({
        "fichier": which.file(),
        "laquelle": word(which),
        "la": found.is_there,
        "parties": parts.map(|p| part(p, which)).collect::<Vec<_>>(),
        "a_nommer": unnamed.map(|b| unnamed_place(b, which)).collect::<Vec<_>>(),
        "texte": text,
        "lignes": text.lines().count().clamp(12, 60),
        "fautes": faults.map(|all| told(all, text, mended)).unwrap_or_default(),
        "refuse": typed.is_some() && faults.is_some(),
        "autre": (typed.is_some() && faults.is_none()).then_some(found.shown.text.as_str()),
        "vu": found.shown.seen,
        "ferme": found.shown.locked,
        "avant": found.shown.before,
    });
    asked.page("ctg_convention.html", title(which), TAB, content)
}

/// A part with its blocks, each leading to its form.
fn part(found: &SignedPart, which: WrittenConvention) -> Value {
    let part = found.part;
    let blocks = found.blocks.iter().map(|block| {
        let cells = block.cells.iter();
        let cells = cells.map(|(label, words)| json!({ "mot": label, "dit": words }));
        let name = match part {
            ConventionPart::Amendments => format!("n°\u{a0}{}", block.name),
            _ => block.name.clone(),
        };
        json!({
            "nom": name, "cases": cells.collect::<Vec<_>>(),
            "adresse": block_address(which, &block.id),
        })
    });
    let listed = part.fields().iter().filter(|field| field.listed);
    json!({
        "cle": part.key(), "nom": part.title(), "un": part.one(), "mot": part.noun(),
        "colonnes": listed.map(|field| field.label).collect::<Vec<_>>(),
        "blocs": blocks.collect::<Vec<_>>(),
        "seule": part == ConventionPart::Head,
        "autrement": found.is_odd,
        "ajouter": format!("{}?nouveau={}", address(which), part.key()),
    })
}

/// Where « à nommer » stands still.
fn unnamed_place(block: &SignedBlock, which: WrittenConvention) -> Value {
    let labels = block.cells.iter().map(|(label, _)| label.to_lowercase());
    json!({
        "nom": block.name, "champs": labels.collect::<Vec<_>>().join(", "),
        "adresse": block_address(which, &block.id),
    })
}

/// Each fault, with the line that it is on as it is typed, and the form where it is mended.
fn told(faults: &str, text: &str, mended: Option<WrittenConvention>) -> Vec<Value> {
    let all = faults_by_block(text, faults).into_iter();
    let all = all.map(|(fault, place)| {
        let after = fault.split_once("ligne ").map_or("", |(_, rest)| rest);
        let digits = after
            .find(|c: char| !c.is_ascii_digit())
            .unwrap_or(after.len());
        let rank = after[..digits].parse::<usize>().ok();
        let line = rank.and_then(|rank| text.lines().nth(rank.checked_sub(1)?));
        let form = mended.zip(place.elsewhere).map(
            |(which, (id, name))| json!({ "nom": name, "adresse": block_address(which, &id) }),
        );
        json!({ "dit": page_words(&fault), "texte": line.map(str::trim), "ou": form })
    });
    all.collect()
}

/// The commented file, to be cut down to what was signed.
pub(crate) fn begin(asked: &PageAsk) -> Result<PageAnswer> {
    let laid = lay_convention(&asked.open()?)?;
    let said = format!(
        "Le modèle est écrit : {}, {}. Retirez ce que vous n’avez pas signé, nommez et datez le reste.",
        count(laid.fiches, "fiche", "fiches"),
        count(laid.indicators, "indicateur", "indicateurs")
    );
    asked.done(&address(WrittenConvention::Signed), &said)
}

/// What was typed is kept, if it holds together.
pub(crate) fn keep(asked: &PageAsk) -> Result<PageAnswer> {
    let opened = asked.open()?;
    let which = which(asked)?;
    let typed = asked.typed("texte");
    match keep_convention(&opened, which, typed, asked.field("vu"))? {
        TypedFileOutcome::Refused(faults) => {
            let found = signed_forms(&opened, which)?;
            laid(asked, which, &found, Some(typed), Some(&faults))
        }
        TypedFileOutcome::Stale => {
            let found = signed_forms(&opened, which)?;
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
