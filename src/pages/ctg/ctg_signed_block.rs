//! **CTG**, a block of what was signed as a form: shown, kept, removed once that is confirmed; what was typed stays when it is
//! refused.

use serde_json::{Value, json};

use super::TAB;
use super::ctg_signed_place::{address, block_address, title, which, word};
use super::ctg_text_pages::said;
use crate::actions::convention_forms::{
    BlockFault, BlockForm, BlockOutcome, BlockRequest, ConventionPart, FieldHolds, FormField,
    SignedForms, TypedFields, keep_block, remove_block, signed_forms,
};
use crate::actions::ctg_convention::WrittenConvention;
use crate::actions::typed_file::TypedFileOutcome;
use crate::base::error::{Error, Result};
use crate::campaign::OpenObservatory;
use crate::pages::answer::PageAnswer;
use crate::pages::page_ask::PageAsk;
use crate::pages::said_on_pages::page_words;

const GONE: &str = "n’est plus là : quelqu’un l’a retiré, ou en a changé le code, depuis que cette page a été montrée. Rien n’a été écrit. Revenez à la liste.";

/// What happened to what was typed.
#[derive(Default)]
struct RetypedBlock {
    typed: Option<TypedFields>,
    faults: Vec<BlockFault>,
    is_stale: bool,
    /// Whether it is to be removed.
    removes: bool,
}

/// The form of a block, of a new one, or the question before it is removed.
pub(super) fn show(
    asked: &PageAsk,
    opened: &OpenObservatory,
    which: WrittenConvention,
) -> Result<PageAnswer> {
    let (id, new) = (asked.query("bloc"), asked.query("nouveau"));
    let retyped = RetypedBlock {
        removes: asked.query("retirer") == "oui",
        ..RetypedBlock::default()
    };
    match id {
        "" => laid(asked, opened, which, new, true, &retyped),
        id => laid(asked, opened, which, id, false, &retyped),
    }
}

fn laid(
    asked: &PageAsk,
    opened: &OpenObservatory,
    which: WrittenConvention,
    block: &str,
    is_new: bool,
    retyped: &RetypedBlock,
) -> Result<PageAnswer> {
    let forms = signed_forms(opened, which)?;
    let base = address(which);
    let form = form(opened, &forms, block, is_new, retyped.typed.as_ref());
    let Some(form) = form else {
        return Err(Error::Usage(format!("« {block} » {GONE}")));
    };
    let called = form.part.called(&form.name);
    let heading = match (is_new, retyped.removes) {
        (true, _) => format!("Ajouter {}", form.part.one()),
        (_, true) => format!("Retirer\u{a0}: {called}\u{a0}?"),
        _ => called.clone(),
    };
    let shown = &forms.opened.shown;
    let content = json!({
        "laquelle": word(which),
        "retour": base, "retour_mot": title(which), "partie": form.part.key(),
        "bloc": block, "nouveau": is_new, "appele": called,
        "champs": form.fields.iter().map(|f| field(f, &retyped.faults)).collect::<Vec<_>>(),
        "calcul": form.calculation, "releve": is_new && form.part == ConventionPart::Indicators,
        "autres": form.others.iter().map(|(key, text)| json!({ "cle": key, "dit": text })).collect::<Vec<_>>(),
        "refus": refusal(&form, &retyped.faults, which), "perime": retyped.is_stale, "retire": retyped.removes,
        "retirer": (!is_new && form.part != ConventionPart::Head).then(|| format!("{}&retirer=oui", block_address(which, block))),
        "adresse": block_address(which, block),
        "vu": shown.seen, "ferme": shown.locked,
    });
    asked.page("ctg_convention_bloc.html", heading, TAB, content)
}

fn form(
    opened: &OpenObservatory,
    forms: &SignedForms,
    block: &str,
    is_new: bool,
    typed: Option<&TypedFields>,
) -> Option<BlockForm> {
    if !is_new {
        return forms.block(opened, block, typed);
    }
    let part = ConventionPart::named(block).filter(|part| *part != ConventionPart::Head)?;
    forms.new_block(opened, part, typed)
}

/// A field, with what is wrong with it.
fn field(shown: &FormField, faults: &[BlockFault]) -> Value {
    let own = shown.field;
    let kind = match own.holds {
        FieldHolds::Lines | FieldHolds::LongText => "long",
        FieldHolds::Day => "jour",
        FieldHolds::Pilots | FieldHolds::Criteres => "cases",
        FieldHolds::Whole => "entier",
        FieldHolds::Decimal => "nombre",
        FieldHolds::Text | FieldHolds::Code(_) => "texte",
        FieldHolds::YesNo
        | FieldHolds::Word(_)
        | FieldHolds::Axis
        | FieldHolds::Fiche
        | FieldHolds::Amendment => "choix",
    };
    let one = shown.value.first().map_or("", String::as_str);
    let is_wide = match own.holds {
        FieldHolds::Pilots | FieldHolds::Criteres => true,
        FieldHolds::Text => own.needed || own.key == "objet",
        _ => false,
    };
    // A calendar shows no day where what is written is none: it would be lost.
    let is_day = kind != "jour" || one.is_empty() || one.parse::<crate::base::day::Day>().is_ok();
    let choices = shown.choices.iter().map(
        |c| json!({ "code": c.code, "mot": c.label, "choisi": shown.value.contains(&c.code) }),
    );
    let told = faults.iter().filter(|f| f.field == Some(own.key));
    let told: Vec<&str> = told.map(|f| f.message.as_str()).collect();
    json!({
        "nom": format!("c_{}", own.key), "marque": format!("m_{}", own.key), "cle": own.key.replace('.', "-"),
        "mot": own.label, "aide": own.help, "requis": own.needed,
        "etendu": is_wide, "genre": if is_day { kind } else { "texte" },
        "vide": !matches!(own.holds, FieldHolds::YesNo) && (!own.needed || one.is_empty()),
        "valeur": one, "rangs": one.lines().count().clamp(2, 8),
        "choix": choices.collect::<Vec<_>>(),
        "faute": told.join(" "), "maintenant": shown.now,
    })
}

/// What keeps it from being written: all of it, the field or the block first.
fn refusal(form: &BlockForm, faults: &[BlockFault], which: WrittenConvention) -> Vec<Value> {
    let label = |key: &str| {
        form.part
            .fields()
            .iter()
            .find(|f| f.key == key)
            .map(|f| f.label)
    };
    let told = faults.iter().map(|fault| {
        let elsewhere = fault
            .elsewhere
            .as_ref()
            .map(|(id, name)| json!({ "nom": name, "adresse": block_address(which, id) }));
        json!({
            "champ": fault.field.and_then(label), "ou": elsewhere,
            "dit": page_words(&fault.message),
        })
    });
    told.collect()
}

/// What was typed; fields that the form did not have are left out.
fn typed(asked: &PageAsk, part: ConventionPart) -> TypedFields {
    let sent = |name: &str| asked.fields.iter().any(|(n, _)| n == name);
    let mut all = TypedFields::new();
    for field in part.fields() {
        let (name, mark) = (format!("c_{}", field.key), format!("m_{}", field.key));
        if sent(&name) || sent(&mark) {
            let own = asked.values(&name).map(str::to_owned);
            all.insert(field.key.to_owned(), own.collect());
        }
    }
    all
}

/// A block is kept, if the file still holds together with it.
pub(crate) fn keep(asked: &PageAsk) -> Result<PageAnswer> {
    let opened = asked.open()?;
    let which = which(asked)?;
    let block = asked.needed("bloc", "ce qui change")?;
    let is_new = asked.field("nouveau") == "oui";
    let part = ConventionPart::named(block.split('-').next().unwrap_or(block));
    let part = part.ok_or_else(|| Error::Usage(format!("« {block} » {GONE}")))?;
    let typed = typed(asked, part);
    let request = BlockRequest {
        which,
        block,
        is_new,
        typed: typed.clone(),
        seen: asked.field("vu"),
    };
    let (faults, is_stale) = match keep_block(&opened, &request)? {
        BlockOutcome::Gone => return Err(Error::Usage(format!("« {block} » {GONE}"))),
        BlockOutcome::Refused(faults) => (faults, false),
        BlockOutcome::Done(TypedFileOutcome::Stale) => (Vec::new(), true),
        BlockOutcome::Done(outcome) => return done(asked, which, part, said(&outcome)),
    };
    let retyped = RetypedBlock {
        typed: Some(typed),
        faults,
        is_stale,
        removes: false,
    };
    laid(asked, &opened, which, block, is_new, &retyped)
}

/// A block is removed, unless something rests on it.
pub(crate) fn remove(asked: &PageAsk) -> Result<PageAnswer> {
    let opened = asked.open()?;
    let which = which(asked)?;
    let block = asked.needed("bloc", "ce qui est retiré")?;
    let part = ConventionPart::named(block.split('-').next().unwrap_or(block));
    let part = part.filter(|part| *part != ConventionPart::Head);
    let part = part.ok_or_else(|| Error::Usage(format!("« {block} » {GONE}")))?;
    let (faults, is_stale) = match remove_block(&opened, which, block, asked.field("vu"))? {
        BlockOutcome::Gone => return Err(Error::Usage(format!("« {block} » {GONE}"))),
        BlockOutcome::Refused(faults) => (faults, false),
        BlockOutcome::Done(TypedFileOutcome::Stale) => (Vec::new(), true),
        BlockOutcome::Done(_) => {
            let told =
                "C’est retiré. « Remettre ce qu’il y avait avant », au bas de la page, y revient.";
            return done(asked, which, part, told);
        }
    };
    let retyped = RetypedBlock {
        faults,
        is_stale,
        removes: true,
        typed: None,
    };
    laid(asked, &opened, which, block, false, &retyped)
}

fn done(
    asked: &PageAsk,
    which: WrittenConvention,
    part: ConventionPart,
    told: &str,
) -> Result<PageAnswer> {
    asked.done(&format!("{}#{}", address(which), part.key()), told)
}
