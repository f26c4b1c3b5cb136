//! **Saisir**, an entry: its questions, kept at each answer; looked at, let in, kept as a workbook.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use serde_json::{Value, json};

use super::choices_offered::remarks;
use super::entry_list_page::{address, named, state};
use super::waiting_words::change;
use crate::actions::saisie::{
    EnteredOutcome, EntryChange, EntryDraft, EntryForm, EntryHead, EntryQuestion, TypedPaper,
    TypedRating, enter, entry_form, filled_workbook, keep, look, prepare,
};
use crate::base::diagnostics::Diagnostic;
use crate::base::error::Result;
use crate::base::text::count;
use crate::intake::WhoConfirms;
use crate::pages::answer::{PageAnswer, SentBytes};
use crate::pages::page_ask::PageAsk;
use crate::vocabulary::referentiel::SourceCode;

pub(crate) fn show(asked: &PageAsk) -> Result<PageAnswer> {
    let opened = asked.open()?;
    let draft = named(asked, &opened)?;
    let form = entry_form(&opened, &draft)?;
    let typed = draft.source.is_questionnaire();
    let rank = asked.query("rang").parse().unwrap_or(draft.papers.len());
    let rank = rank.min(draft.papers.len());
    let blank = TypedPaper::default();
    let paper = draft.papers.get(rank).unwrap_or(&blank);
    let groups = form.groups.iter().map(|group| {
        let questions = group.questions.iter().map(|q| {
            let given = draft.ratings.get(&q.code).cloned().unwrap_or_default();
            let answer = if typed { paper.answers.get(&q.code).cloned().unwrap_or_default() } else { given.rating };
            question(q, &answer, &given.comment)
        });
        json!({ "axe": group.axe, "critere": group.critere, "questions": questions.collect::<Vec<_>>() })
    });
    let content = json!({
        "saisie": draft.code,
        "vu": draft.stamp()?,
        "accueil": form.place,
        "etat": state(&draft),
        "jetee": draft.thrown,
        "source": draft.source.as_str(),
        "moments": draft.moments.iter().map(|m| m.label()).collect::<Vec<_>>().join(", "),
        "protocole": form.protocol,
        "groupes": groups.collect::<Vec<_>>(),
        "entete": head(&draft),
        "compte": told(&draft, &form),
        "rang": rank,
        "numero": rank + 1,
        "tous": draft.papers.len(),
        "libre": paper.free,
    });
    let title = format!("{} : {}", form.place, draft.source.label());
    let template = if typed {
        "saisie_papier.html"
    } else {
        "saisie_grille.html"
    };
    asked.page(template, title, "Saisir", content)
}

fn question(q: &EntryQuestion, answer: &str, comment: &str) -> Value {
    let choices = q
        .choices
        .iter()
        .map(|c| json!({ "code": c.code, "mot": c.label, "choisi": c.code == answer }));
    json!({
        "code": q.code, "libelle": q.label, "choix": choices.collect::<Vec<_>>(), "comptage": q.written,
        "note": answer, "vu": comment,
    })
}

/// Who and when: name, words, kind of field, value.
fn head(draft: &EntryDraft) -> Vec<Value> {
    let head = &draft.head;
    let date = json!({ "nom": "date", "mot": "Date", "genre": "date", "valeur": head.date });
    let who = |word: &str| json!({ "nom": "observateur", "mot": word, "genre": "text", "valeur": head.observer });
    match draft.source {
        SourceCode::Obs => vec![
            date,
            json!({ "nom": "visite", "mot": "Visite n°", "genre": "number", "valeur": head.visit }),
            who("Code de l’observateur (O1, O2…)"),
            json!({ "nom": "heures", "mot": "Heures (de 16 h 30 à 18 h)", "genre": "text", "valeur": head.hours }),
            json!({ "nom": "presents", "mot": "Présents : moins de 6 ans + 6 ans et plus / membres de l’équipe (12 + 20 / 3)", "genre": "text", "valeur": head.present }),
        ],
        SourceCode::Dir => vec![date, who("Second codeur, s’il y en a un (O2…)")],
        SourceCode::Aut => vec![date],
        _ => Vec::new(),
    }
}

/// « 12 réponses sur 48 », « 3 questionnaires ».
fn told(draft: &EntryDraft, form: &EntryForm) -> String {
    let n = draft.answered();
    if draft.source.is_questionnaire() {
        return count(n, "questionnaire saisi", "questionnaires saisis");
    }
    format!(
        "{} sur {}",
        count(n, "question répondue", "questions répondues"),
        form.len()
    )
}

/// Keeps what was typed: at each answer, on a button, before what comes next.
pub(crate) fn keep_typed(asked: &PageAsk) -> Result<PageAnswer> {
    let opened = asked.open()?;
    let before = named(asked, &opened)?;
    let form = entry_form(&opened, &before)?;
    let kept = keep(
        &opened,
        &before.code,
        asked.field("vu"),
        change_of(asked, &before, &form),
    )?;
    if asked.field("auto") == "oui" {
        let state =
            json!({ "vu": kept.stamp()?, "dit": format!("Gardé : {}.", told(&kept, &form)) });
        return Ok(PageAnswer::Bytes(SentBytes::shown(
            "application/json",
            state.to_string(),
        )));
    }
    let here = address(&kept);
    match asked.field("suite") {
        "relire" => {
            prepare(&opened, &kept.code)?;
            Ok(PageAnswer::See(format!("{here}/relire")))
        }
        "suivant" => asked.done(&here, &format!("Gardé : {}.", told(&kept, &form))),
        _ => {
            let rank = asked.field("rang");
            let again = if rank.is_empty() {
                here
            } else {
                format!("{here}?rang={rank}")
            };
            asked.done(&again, &format!("Gardé : {}.", told(&kept, &form)))
        }
    }
}

/// What the form of a page says; what it does not show stays as it was.
fn change_of(asked: &PageAsk, draft: &EntryDraft, form: &EntryForm) -> EntryChange {
    let codes = || {
        form.groups
            .iter()
            .flat_map(|g| &g.questions)
            .map(|q| &q.code)
    };
    let answer = |code: &String| asked.field(&format!("note.{code}")).to_owned();
    let typed = draft.source.is_questionnaire();
    let paper = typed.then(|| {
        let paper = TypedPaper {
            answers: codes().map(|code| (code.clone(), answer(code))).collect(),
            free: asked.field("libre").to_owned(),
        };
        (asked.field("rang").parse().unwrap_or(usize::MAX), paper)
    });
    let ratings: BTreeMap<String, TypedRating> = codes()
        .filter(|_| !typed)
        .map(|code| {
            let rating = TypedRating {
                rating: answer(code),
                comment: asked.field(&format!("vu.{code}")).to_owned(),
            };
            (code.clone(), rating)
        })
        .collect();
    let field = |name: &str| asked.field(name).to_owned();
    EntryChange {
        head: EntryHead {
            date: field("date"),
            visit: field("visite"),
            observer: field("observateur"),
            hours: field("heures"),
            present: field("presents"),
        },
        ratings,
        paper,
    }
}

/// What would enter, before it does.
pub(crate) fn read_again(asked: &PageAsk) -> Result<PageAnswer> {
    let opened = asked.open()?;
    let draft = named(asked, &opened)?;
    let questions = Mutex::new(Vec::new());
    let hear = |asked: &[Diagnostic]| {
        let mut questions = questions.lock().unwrap_or_else(PoisonError::into_inner);
        questions.extend(asked.iter().cloned());
        true
    };
    let seen = look(&opened, &draft.code, WhoConfirms::Asked(&hear))?;
    let questions = questions
        .into_inner()
        .unwrap_or_else(PoisonError::into_inner);
    let form = entry_form(&opened, &draft)?;
    let mut content = looked(&seen);
    content["saisie"] = json!(draft.code);
    content["vu"] = json!(seen.draft.stamp()?);
    content["compte"] = json!(told(&seen.draft, &form));
    content["demandes"] = json!(remarks(&questions));
    content["deja"] = json!(draft.entered.is_some());
    let title = format!("Relire : {}, {}", form.place, draft.source.label());
    asked.page("saisie_relue.html", title, "Saisir", content)
}

/// What a look found, or what became of it.
fn looked(seen: &EnteredOutcome) -> Value {
    let file = seen.outcome.intake.files.first();
    let mut told: Vec<Diagnostic> = file.map(|f| f.diagnostics.clone()).unwrap_or_default();
    told.extend(seen.outcome.intake.diagnostics.iter().cloned());
    told.sort_by_key(Diagnostic::severity);
    let changes = file.map(|f| f.changes.iter().filter_map(change).collect::<Vec<_>>());
    json!({
        "peut": file.is_some_and(|f| f.enters() && f.rows > 0),
        "connu": file.is_some_and(|f| f.known),
        "changements": changes.unwrap_or_default(),
        "remarques": remarks(&told),
    })
}

/// « Faire entrer ».
pub(crate) fn let_in(asked: &PageAsk) -> Result<PageAnswer> {
    let opened = asked.open()?;
    let draft = named(asked, &opened)?;
    let confirmation = match asked.field("confirme") {
        "oui" => WhoConfirms::Given,
        _ => WhoConfirms::Nobody,
    };
    let entered = enter(&opened, &draft.code, asked.field("vu"), confirmation)?;
    let here = address(&draft);
    match &entered.outcome.intake.import {
        Some(import) => asked.done(
            &format!("/saisir?campagne={}", draft.campagne),
            &format!("La saisie est entrée ({import}). Pour la corriger, rouvrez-la et faites-la entrer à nouveau ; pour l’annuler, allez dans « Recevoir »."),
        ),
        None => asked.done(
            &format!("{here}/relire"),
            "Rien n’est entré : voyez ce qui est demandé ci-dessous.",
        ),
    }
}

/// The workbook that the entry fills.
pub(crate) fn workbook(asked: &PageAsk) -> Result<PageAnswer> {
    let opened = asked.open()?;
    let draft = named(asked, &opened)?;
    let filled = filled_workbook(&opened, &draft)?;
    Ok(PageAnswer::Bytes(SentBytes::kept(
        &filled.name,
        filled.bytes,
    )))
}
