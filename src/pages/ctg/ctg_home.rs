//! **CTG**: what is missing before the next échéance, each line one click away; registers, indicators, the workbook.

use serde_json::{Value, json};

use super::TAB;
use super::ctg_documents::next_meeting;
use super::ctg_fields::contested;
use crate::actions::ctg_convention::{WrittenConvention, open_convention};
use crate::actions::ctg_registre::{FollowUpDesk, open_desk};
use crate::base::diagnostics::Diagnostic;
use crate::base::error::{Error, Result};
use crate::base::text::{count, in_address};
use crate::convention::{CONVENTION_FILE, ClosedWord, MissingCell, Register};
use crate::pages::answer::PageAnswer;
use crate::pages::choices_offered::remarks;
use crate::pages::page_ask::PageAsk;

/// What a line of each register is.
const LINES: &[(Register, &str)] = &[
    (Register::Temps, "une réunion, une ligne"),
    (
        Register::Presences,
        "qui est venu à quelle réunion : des services, jamais des personnes",
    ),
    (
        Register::Actions,
        "ce que prévoient les fiches, où cela en est",
    ),
    (Register::Decisions, "ce qui a été décidé, et sa suite"),
    (
        Register::Documents,
        "comptes rendus, protocoles, bilans, et leur diffusion",
    ),
    (Register::Partenaires, "les organismes"),
    (
        Register::Fonctions,
        "les postes de la convention, pourvus ou non",
    ),
    (
        Register::Pratiques,
        "ce qui s’essaie et se reprend ailleurs",
    ),
    (Register::Releves, "les chiffres que vous déclarez"),
    (Register::Paroles, "ce que disent habitants et partenaires"),
];

/// What a line of a register is.
pub(super) fn line_words(register: Register) -> &'static str {
    let found = LINES.iter().find(|(r, _)| *r == register);
    found.map_or("", |(_, words)| *words)
}

pub(crate) fn show(asked: &PageAsk) -> Result<PageAnswer> {
    let opened = asked.open()?;
    let found = match open_desk(&opened) {
        // Faults are told where they are mended.
        Err(Error::Config(_))
            if open_convention(&opened, WrittenConvention::Signed)?
                .faults
                .is_some() =>
        {
            return Ok(PageAnswer::See("/ctg/convention".to_owned()));
        }
        found => found?,
    };
    let (summary, missing) = found.desk.missing(&found.convention, found.day);
    let model = found.convention.left_of_model();
    let is_model = found.is_signed && !model.is_empty();
    let mut noticed: Vec<Diagnostic> = found.diagnostics.clone();
    noticed.extend(found.desk.remarks().iter().cloned());
    let content = json!({
        "signee": found.is_signed,
        "fichier": CONVENTION_FILE,
        "convention": told(&found),
        "modele": if is_model { model } else { Vec::new() },
        "prochaine": next_meeting(&found),
        "bilan": if is_model { "Ce qui manque dans les registres" } else { summary.as_str() },
        "manques": missing.iter().map(missing_line).collect::<Vec<_>>(),
        "a_trancher": found.desk.contested().iter().map(contested).collect::<Vec<_>>(),
        "vu": found.desk.version(),
        "registres": registers(&found),
        "remarques": remarks(&noticed),
    });
    let title = if found.is_signed && !is_model {
        found.convention.title.as_str()
    } else {
        "Convention territoriale globale"
    };
    asked.page("ctg.html", title, TAB, content)
}

/// « Du 1er janvier 2024 au 31 décembre 2027, 4 fiches », then what is due.
fn told(found: &FollowUpDesk) -> Value {
    let convention = &found.convention;
    let due = convention.deadlines.iter().map(
        |d| json!({ "quoi": d.kind.label(), "jour": d.date.long(), "passee": d.date < found.day }),
    );
    json!({
        "quand": format!(
            "du {} au {}, {}, {}",
            convention.from.long(),
            convention.to.long(),
            count(convention.fiches.len(), "fiche", "fiches"),
            count(convention.indicators.len(), "indicateur", "indicateurs")
        ),
        "echeances": due.collect::<Vec<_>>(),
    })
}

/// Where it is typed.
pub(super) fn row_address(register: Register, id: &str) -> String {
    let id = in_address(id, "");
    format!("/ctg/registre/{}?ligne={id}#{id}", register.key())
}

fn missing_line(missing: &MissingCell) -> Value {
    json!({
        "ligne": missing.id, "registre": missing.register.sheet(), "colonne": missing.column, "quoi": missing.what,
        "adresse": row_address(missing.register, &missing.id),
    })
}

/// All registers, in the order of what is typed most.
pub(super) fn registers(found: &FollowUpDesk) -> Vec<Value> {
    let all = LINES.iter().map(|(register, words)| {
        json!({
            "cle": register.key(), "nom": register.sheet(), "aide": words,
            "n": count(found.desk.count(*register), "ligne", "lignes"),
        })
    });
    all.collect()
}
