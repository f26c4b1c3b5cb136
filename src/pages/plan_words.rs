//! What the pages of the plan say of an action: its fields, its history, what can be taken back.

use serde_json::{Value, json};

use crate::base::text::{count, date_short};
use crate::decide::plans::{
    ActionChange, ActionField, ContestedField, Holds, LastChange, MeanwhileCell, ReturningCell,
    Status, TypedRemark, Word,
};

/// Fields of the page, in groups.
pub(super) const GROUPS: &[(&str, &[ActionField])] = &[
    (
        "Ce qui est prévu",
        &[
            ActionField::Priorite,
            ActionField::Constat,
            ActionField::Objectif,
            ActionField::Action,
            ActionField::Type,
        ],
    ),
    (
        "Qui, quand, avec quoi",
        &[
            ActionField::Responsable,
            ActionField::Appui,
            ActionField::Cout,
            ActionField::Debut,
            ActionField::Echeance,
            ActionField::Indicateur,
            ActionField::Cible,
        ],
    ),
    (
        "Où en est-elle",
        &[ActionField::Statut, ActionField::Close, ActionField::Raison],
    ),
    (
        "Dans le projet pédagogique ou de fonctionnement",
        &[
            ActionField::Integree,
            ActionField::Document,
            ActionField::TypeDocument,
            ActionField::Page,
            ActionField::DateIntegration,
        ],
    ),
    (
        "Si un impératif n’est pas atteint",
        &[
            ActionField::Organisateur,
            ActionField::Causes,
            ActionField::Mesure,
            ActionField::Pilote,
        ],
    ),
];

/// A cell that two machines filled at once: what each wrote, and what stands.
pub(super) fn contested(cell: &ContestedField) -> Value {
    let own = cell.written.iter().enumerate();
    let own = own.filter(|(_, (text, _))| *text != cell.kept);
    json!({
        "action": cell.action, "champ": cell.field.key(), "titre": cell.field.heading(), "reste": cell.kept,
        "ecrits": own.map(|(rank, (text, who))| json!({ "rang": rank, "texte": text, "qui": who })).collect::<Vec<_>>(),
    })
}

/// The statuses of a list.
pub(super) fn statuses() -> Vec<&'static str> {
    Status::labels()
}

/// A field as a form lays it.
pub(super) fn field(field: ActionField, text: &str, faults: &[TypedRemark]) -> Value {
    let (kind, choices) = match field.holds() {
        Holds::Date => ("date", Vec::new()),
        Holds::Word => ("liste", field.words()),
        Holds::Text if is_long(field) => ("long", Vec::new()),
        _ => ("text", Vec::new()),
    };
    let own = faults.iter().filter(|f| f.field == Some(field));
    let own = own.map(|f| format!("{} {}", f.said.message, f.said.remedy));
    // Every action has a status and an urgency: nothing is not among what can be chosen.
    let is_always = matches!(field, ActionField::Statut | ActionField::Priorite);
    // A day that does not exist is no value of a calendar field: it is shown as a text to correct.
    let kind =
        if kind == "date" && !text.is_empty() && text.parse::<crate::base::day::Day>().is_err() {
            "text"
        } else {
            kind
        };
    json!({
        "cle": field.key(),
        "mot": field.heading(),
        "genre": kind,
        "choix": choices,
        "vide": !is_always,
        "dit": text,
        "fautes": own.collect::<Vec<_>>(),
    })
}

fn is_long(field: ActionField) -> bool {
    matches!(
        field,
        ActionField::Constat
            | ActionField::Objectif
            | ActionField::Action
            | ActionField::Indicateur
            | ActionField::Raison
    )
}

/// What a field holds, as people read it.
pub(super) fn read(field: ActionField, text: &str) -> String {
    if field.holds() == Holds::Date && text.parse::<crate::base::day::Day>().is_ok() {
        date_short(text)
    } else {
        text.to_owned()
    }
}

/// A change, in the history.
pub(super) fn change(change: &ActionChange) -> Value {
    json!({
        "jour": change.date.short(),
        "ou": change.fichier,
        "champ": change.champ.heading(),
        "avant": read(change.champ, &change.avant),
        "apres": read(change.champ, &change.apres),
    })
}

/// A cell that others changed meanwhile, with both values.
pub(super) fn conflict(cell: &MeanwhileCell) -> Value {
    json!({
        "action": cell.action,
        "champ": cell.field.heading(),
        "vu": read(cell.field, &cell.seen),
        "maintenant": read(cell.field, &cell.now),
        "depuis": format!("{}, {}", cell.whence, cell.date.short()),
        "ecrit": read(cell.field, &cell.written),
    })
}

/// What can be taken back.
pub(super) fn last_change(last: &LastChange) -> Value {
    let cell = |c: &ReturningCell| {
        json!({
            "action": c.action, "champ": c.field.heading(),
            "ecrit": read(c.field, &c.written), "avant": read(c.field, &c.before),
        })
    };
    let changed = last.cells.len() + last.changed_since.len();
    json!({
        "entree": last.entry,
        "jour": last.date.short(),
        "ou": last.whence,
        "combien": count(changed, "case changée", "cases changées"),
        "cases": last.cells.iter().take(20).map(cell).collect::<Vec<_>>(),
        "autres": last.cells.len().saturating_sub(20),
        "ajoutees": last.created,
        "depassees": last.changed_since.iter().map(cell).collect::<Vec<_>>(),
    })
}
