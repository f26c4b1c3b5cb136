//! A list of accueils that waits, in words: its columns, what becomes of each of its lines.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use strum::IntoEnumIterator;

use super::registry_words::{cell_words, in_words};
use crate::actions::registry_list::RegistryListOutcome;
use crate::base::text::percent;
use crate::intake::registry_proposal::{AskedOfLine, ListedFate, ProposedLine};
use crate::intake::sources::accueil_list::{ListColumn, ListField, ListRemark, ListRole};

/// What a column may be said to be.
pub(super) fn fields() -> Vec<&'static str> {
    ListField::iter().map(ListField::as_str).collect()
}

/// Columns, lines and remarks, as the page lays them out.
pub(super) fn outcome(outcome: &RegistryListOutcome, answers: &dyn Fn(&str) -> String) -> Value {
    let lines = outcome.lines.iter().map(|l| line(l, answers));
    let faults = outcome.faults.iter();
    json!({
        "feuille": outcome.sheet,
        "colonnes": outcome.columns.iter().map(column).collect::<Vec<_>>(),
        "lignes": lines.collect::<Vec<_>>(),
        "a_part": outcome.left.iter().chain(&outcome.doubts).map(remark).collect::<Vec<_>>(),
        "refus": faults.map(|f| json!({ "ou": f.cell.as_deref().unwrap_or(""), "quoi": in_words(&f.message) })).collect::<Vec<_>>(),
        "exemple": outcome.fresh,
        "types": outcome.lines.iter().any(|l| matches!(l.fate, ListedFate::Asked(AskedOfLine::Type { .. }))),
        "entrent": outcome.lines.iter().filter(|l| enters(l)).count(),
    })
}

/// A field of the registry, in words.
pub(super) fn field_words(field: &str) -> String {
    match cell_words(field) {
        Some(words) => words.to_owned(),
        None if field == "code" => "Code du registre".to_owned(),
        None if field == "capacite" => "Places, tous âges".to_owned(),
        None if field == "ages" => "Âges reçus".to_owned(),
        None => field.replace('_', " "),
    }
}

/// Columns of a list that is not recognised, with what was said of them so far.
pub(super) fn columns(all: &[ListColumn], said: &BTreeMap<String, String>) -> Vec<Value> {
    let told = all.iter().map(|c| {
        let said = said.get(&c.heading).map_or("", String::as_str);
        json!({ "titre": c.heading, "exemples": c.samples.join(" · "), "choisi": said })
    });
    told.collect()
}

fn enters(line: &ProposedLine) -> bool {
    matches!(
        line.fate,
        ListedFate::New { .. } | ListedFate::Changed { .. }
    )
}

fn column(column: &ListColumn) -> Value {
    let (code, becomes) = match column.role {
        ListRole::Field(field) => (field.as_str(), field_words(field.as_str())),
        ListRole::Tick(kind) => ("", format!("type : {}", kind.label())),
        ListRole::Persons => ("", "personnes : rien n’en est gardé".to_owned()),
        ListRole::Nothing => ("ignorer", "pas de place au registre".to_owned()),
    };
    let sure = match (column.said, column.role) {
        (true, _) => "dit par vous".to_owned(),
        (false, ListRole::Field(_) | ListRole::Tick(_)) => {
            format!("sûr à {}", percent(column.score))
        }
        (false, _) => String::new(),
    };
    json!({
        "titre": column.heading,
        "exemples": column.samples.join(" · "),
        "semble": becomes,
        "surete": sure,
        "choisi": if column.said { code } else { "" },
    })
}

fn line(line: &ProposedLine, answers: &dyn Fn(&str) -> String) -> Value {
    let name = line.accueil.name();
    let (code, state, what) = match &line.fate {
        ListedFate::Unchanged { code } => (code.as_str(), "inchangé", String::new()),
        ListedFate::Changed { code, cells } => {
            let cells = cells.iter().map(|c| {
                let old = if c.old.is_empty() { "vide" } else { &c.old };
                format!("{} : {old} → {}", field_words(c.column), c.new)
            });
            (
                code.as_str(),
                "changé",
                cells.collect::<Vec<_>>().join(" ; "),
            )
        }
        ListedFate::New {
            code,
            kind,
            supposed,
        } => {
            let doubt = if *supposed { " (supposé)" } else { "" };
            (code.as_str(), "nouveau", format!("{}{doubt}", kind.label()))
        }
        ListedFate::Asked(AskedOfLine::Type { both: true }) => (
            "",
            "à préciser",
            "deux types à la fois : faites-en deux lignes dans votre liste, une par accueil"
                .to_owned(),
        ),
        ListedFate::Asked(AskedOfLine::Type { both: false }) => (
            "",
            "à préciser",
            "rien ne dit son type : choisissez-le sous le tableau".to_owned(),
        ),
        ListedFate::Asked(AskedOfLine::Twin(other)) => (
            "",
            "à préciser",
            format!(
                "ressemble à « {other} », plus haut dans votre liste : si c’est le même accueil, laissez « c’est le même », cette ligne n’entre pas"
            ),
        ),
        ListedFate::Asked(AskedOfLine::Same(_)) => (
            "",
            "à préciser",
            "est-ce un accueil du registre ?".to_owned(),
        ),
    };
    let near = match &line.fate {
        ListedFate::Asked(AskedOfLine::Same(places)) => places.as_slice(),
        _ => &[],
    };
    let near = near
        .iter()
        .map(|(code, nom)| json!({ "code": code, "nom": nom }));
    json!({
        "nom": name, "code": code, "etat": state, "quoi": what,
        "proches": near.collect::<Vec<_>>(),
        "double": matches!(line.fate, ListedFate::Asked(AskedOfLine::Twin(_))),
        "reponse": answers(name),
    })
}

fn remark(remark: &ListRemark) -> Value {
    json!({ "ou": remark.at.to_string(), "quoi": in_words(&remark.message) })
}
