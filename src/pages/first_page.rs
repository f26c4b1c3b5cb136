//! **Où j’en suis**: where the campaign stands, what is left to do, in order.

use serde_json::{Value, json};

use super::choices_offered::{campaign, campaigns};
use super::to_do_words::line;
use crate::actions::a_faire::{TasksLeftRequest, to_do};
use crate::actions::verifier::{CheckOutcome, CheckRequest, check};
use crate::base::error::Result;
use crate::base::text::count;
use crate::decide::completeness::{Return, State};
use crate::pages::answer::PageAnswer;
use crate::pages::page_ask::PageAsk;
use crate::pages::reception::Reception;
use crate::pages::render::HOME;
use crate::vocabulary::config::SETTINGS_FILE;
use crate::vocabulary::referentiel::SourceCode;

pub(crate) fn show(asked: &PageAsk) -> Result<PageAnswer> {
    let chosen = asked
        .desk
        .folder()
        .is_some_and(|dir| dir.join(SETTINGS_FILE).is_file());
    if !chosen {
        return Ok(PageAnswer::See("/dossiers".to_owned()));
    }
    let opened = asked.open()?;
    let current = asked.campaign(&opened)?;
    let checked = check(
        &opened,
        &CheckRequest {
            campaign: Some(current.id.clone()),
            date: None,
        },
    )?;
    let waiting = Reception::of(&asked.desk.user, &opened.observatory.root, &current.id)?
        .waiting()?
        .len();
    let left = to_do(
        &opened,
        &TasksLeftRequest {
            campaign: Some(current.id.clone()),
            date: None,
            checked: &checked,
        },
    )?;
    let mut lines: Vec<Value> = Vec::new();
    if waiting > 0 {
        lines.push(json!({ "quoi": format!("Faire entrer ou corriger {}", count(waiting, "fichier reçu", "fichiers reçus")), "adresse": "/recevoir", "detail": "", "urgent": false }));
    }
    lines.extend(left.iter().map(line));
    let content = json!({
        "campagne": campaign(&opened, current),
        "campagnes": campaigns(&opened),
        "quand": format!("{}, du {} au {}", current.label, current.debut.long(), current.fin.long()),
        "a_faire": lines,
        "sources": sources(&checked).iter().map(|s| s.label()).collect::<Vec<_>>(),
        "accueils": rows(&checked),
        "bilan": balance(&checked),
    });
    asked.page("accueil.html", HOME, HOME, content)
}

/// Sources that somebody is asked for, in order.
fn sources(checked: &CheckOutcome) -> Vec<SourceCode> {
    let asked = |s: &SourceCode| {
        checked
            .followed
            .returns
            .iter()
            .any(|r| r.source == *s && r.state != State::NotAsked)
    };
    SourceCode::ALL.into_iter().filter(asked).collect()
}

fn rows(checked: &CheckOutcome) -> Vec<Value> {
    let sources = sources(checked);
    let mut rows: Vec<(String, String, Vec<Value>)> = Vec::new();
    for returned in checked
        .followed
        .returns
        .iter()
        .filter(|r| sources.contains(&r.source))
    {
        if rows
            .last()
            .is_none_or(|(code, ..)| *code != returned.structure)
        {
            rows.push((returned.structure.clone(), returned.nom.clone(), Vec::new()));
        }
        if let Some((.., cells)) = rows.last_mut() {
            cells.push(cell(returned));
        }
    }
    // Of an accueil from which nothing is awaited nor came there is nothing to follow.
    rows.retain(|(.., cells)| cells.iter().any(|c| c["genre"] != "sans"));
    rows.into_iter()
        .map(|(code, nom, cases)| json!({ "code": code, "nom": nom, "cases": cases }))
        .collect()
}

fn cell(returned: &Return) -> Value {
    let (word, kind) = match returned.state {
        State::NotAsked => ("–".to_owned(), "sans"),
        State::Received => (format!("reçu ({})", returned.n), "recu"),
        State::Awaited => ("attendu".to_owned(), "attendu"),
        State::Late => ("en retard".to_owned(), "retard"),
    };
    json!({ "mot": word, "genre": kind })
}

fn balance(checked: &CheckOutcome) -> String {
    let asked = checked
        .followed
        .returns
        .iter()
        .filter(|r| r.state != State::NotAsked);
    let (received, all) = asked.fold((0, 0), |(got, all), r| {
        (got + usize::from(r.state == State::Received), all + 1)
    });
    format!("{received} retours sur {all} sont arrivés.")
}
