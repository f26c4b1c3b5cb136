//! **CTG**, a register: a table whose lines are edited in place, one at a time; a new line; lines that were removed.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::TAB;
use super::ctg_fields::{FieldLists, as_read, shown};
use super::ctg_home::{line_words, registers};
use crate::actions::ctg_registre::{FollowUpDesk, open_desk};
use crate::base::diagnostics::Severity;
use crate::base::error::{Error, Result};
use crate::base::text::{count, in_address};
use crate::campaign::OpenObservatory;
use crate::convention::{
    PresencesColumn, Register, RegisterColumn, RegisterHolds, ShownRow, SuiviField, TypedRowOutcome,
};
use crate::pages::answer::PageAnswer;
use crate::pages::page_ask::PageAsk;

/// A line that was typed and could not be kept.
pub(super) struct RetypedRow<'a> {
    pub(super) id: &'a str,
    pub(super) is_new: bool,
    pub(super) cells: &'a [(SuiviField, String)],
    /// State that it was typed over.
    pub(super) seen: &'a str,
    pub(super) outcome: &'a TypedRowOutcome,
}

/// Which lines are listed.
struct RowFilter {
    /// Of one fiche.
    fiche: String,
    /// Of one meeting.
    meeting: String,
}

impl RowFilter {
    fn keeps(&self, row: &ShownRow) -> bool {
        let fits = |holds: RegisterHolds, wanted: &str| {
            let cells = row
                .cells
                .iter()
                .filter(|(field, _)| field.spec().holds == holds);
            wanted.is_empty()
                || cells
                    .into_iter()
                    .any(|(_, text)| text.split(',').any(|part| part.trim() == wanted))
        };
        fits(RegisterHolds::Fiches, &self.fiche) && fits(RegisterHolds::Temps, &self.meeting)
    }
}

/// The register that an address or a form names.
pub(super) fn named(key: &str) -> Result<Register> {
    let mut all = Register::ALL.iter();
    let found = all.find(|r| r.key() == key).copied();
    found.ok_or_else(|| Error::Usage(format!("Le registre « {key} » n’existe pas.")))
}

pub(crate) fn show(asked: &PageAsk) -> Result<PageAnswer> {
    let opened = asked.open()?;
    laid(asked, &opened, named(asked.part("registre"))?, None)
}

/// The page of a register, with what was typed of a line.
pub(super) fn laid(
    asked: &PageAsk,
    opened: &OpenObservatory,
    register: Register,
    retyped: Option<&RetypedRow<'_>>,
) -> Result<PageAnswer> {
    let found = open_desk(opened)?;
    let lists = FieldLists {
        opened,
        desk: &found,
    };
    let filter = RowFilter {
        fiche: asked.query("fiche").to_owned(),
        meeting: asked.query("temps").to_owned(),
    };
    let all = found.desk.rows(&found.convention, register, found.day);
    let rows: Vec<&ShownRow> = all.iter().filter(|row| filter.keeps(row)).collect();
    let columns = shown_columns(register, &rows);
    let edited = retyped
        .filter(|r| !r.is_new)
        .map_or(asked.query("ligne"), |r| r.id);
    let came = attendance(&found, register);
    let lines = rows.iter().map(|row| {
        let own = retyped.filter(|r| !r.is_new && r.id == row.id);
        let came = came.get(&row.id).copied().unwrap_or(0);
        let mut line = line(register, row, &columns, came);
        if row.id == edited {
            line["fiche"] = card(&lists, register, row, own);
        }
        line
    });
    let new = retyped.filter(|r| r.is_new);
    let content = json!({
        "registre": { "cle": register.key(), "nom": register.sheet(), "aide": line_words(register) },
        "registres": registers(&found),
        "colonnes": columns.iter().map(|f| f.spec().heading).collect::<Vec<_>>(),
        "lignes": lines.collect::<Vec<_>>(),
        "bilan": count(rows.len(), "ligne", "lignes"),
        "filtre": { "fiche": filter.fiche, "temps": filter.meeting, "par_fiche": SuiviField::all(register).any(|f| f.spec().holds == RegisterHolds::Fiches) },
        "fiches": found.convention.fiches.iter().map(|f| json!({ "code": f.code, "nom": f.title })).collect::<Vec<_>>(),
        "ajout": lists.form(register, &|f| new_value(f, &filter, new), new.map_or(&[], |n| &n.outcome.remarks)),
        "ajout_ouvert": new.is_some() || asked.query("ajouter") == "oui",
        "ajout_refus": new.map(refusal).unwrap_or_default(),
        "code_propre": register.has_own_codes(),
        "code": new.map_or("", |n| n.id),
        "vu": retyped.map_or(found.desk.version(), |r| r.seen),
        "retirees": found.desk.removed(register).iter().map(removed).collect::<Vec<_>>(),
    });
    let title = format!("{} de la convention", register.sheet());
    asked.page("ctg_registre.html", title, TAB, content)
}

/// A cell of the new line: what was typed, else what the filter says.
fn new_value(field: SuiviField, filter: &RowFilter, new: Option<&RetypedRow<'_>>) -> String {
    if let Some(new) = new {
        let typed = new.cells.iter().find(|(own, _)| *own == field);
        return typed.map_or_else(String::new, |(_, text)| text.clone());
    }
    match field.spec().holds {
        RegisterHolds::Temps => filter.meeting.clone(),
        RegisterHolds::Fiches => filter.fiche.clone(),
        _ => String::new(),
    }
}

/// Columns that say something, and those that a line cannot do without.
fn shown_columns(register: Register, rows: &[&ShownRow]) -> Vec<SuiviField> {
    let says = |field: &SuiviField| rows.iter().any(|row| !shown(row, *field).is_empty());
    let all = SuiviField::all(register);
    all.filter(|field| field.spec().needed || says(field))
        .collect()
}

fn line(register: Register, row: &ShownRow, columns: &[SuiviField], came: usize) -> Value {
    let cells = columns
        .iter()
        .map(|field| as_read(*field, &shown(row, *field)));
    let id = in_address(&row.id, "");
    json!({
        "id": row.id,
        "cases": cells.collect::<Vec<_>>(),
        "adresse": format!("/ctg/registre/{}?ligne={id}#{id}", register.key()),
        "presences": (register == Register::Temps).then(|| json!({
            "dit": count(came, "présence", "présences"),
            "adresse": format!("/ctg/registre/presences?temps={id}"),
        })),
        "fiche": Value::Null,
    })
}

/// Who came to each meeting: how many lines, by its id.
fn attendance(found: &FollowUpDesk, register: Register) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    if register == Register::Temps {
        let field = PresencesColumn::Temps.field();
        for row in found
            .desk
            .rows(&found.convention, Register::Presences, found.day)
        {
            *counts.entry(shown(&row, field)).or_default() += 1;
        }
    }
    counts
}

/// A line being edited: its fields, what others changed, its history.
fn card(
    lists: &FieldLists,
    register: Register,
    row: &ShownRow,
    retyped: Option<&RetypedRow<'_>>,
) -> Value {
    let held = |field: SuiviField| {
        let typed = retyped.and_then(|r| r.cells.iter().find(|(own, _)| *own == field));
        typed.map_or_else(|| shown(row, field), |(_, text)| text.clone())
    };
    let faults = retyped.map_or(&[][..], |r| &r.outcome.remarks);
    let crossed = retyped.map_or(&[][..], |r| &r.outcome.crossed);
    let crossed = crossed.iter().map(|c| {
        let read = |text: &str| as_read(c.field, text);
        json!({ "champ": c.field.spec().heading, "vu": read(&c.seen), "maintenant": read(&c.now), "ecrit": read(&c.written) })
    });
    let history = lists.desk.desk.history(register, &row.id);
    let history = history.iter().rev().map(|c| {
        let read = |text: &str| as_read(c.champ, text);
        json!({ "jour": c.date.short(), "ou": c.fichier, "champ": c.champ.spec().heading, "avant": read(&c.avant), "apres": read(&c.apres) })
    });
    json!({
        "champs": lists.form(register, &held, faults),
        "refus": retyped.map(refusal).unwrap_or_default(),
        "conflits": crossed.collect::<Vec<_>>(),
        "historique": history.collect::<Vec<_>>(),
    })
}

/// What keeps a line from being written.
fn refusal(retyped: &RetypedRow<'_>) -> Vec<String> {
    let remarks = retyped.outcome.remarks.iter();
    let errors = remarks.filter(|r| r.said.severity() == Severity::Error);
    errors
        .map(|r| format!("{} {}", r.said.message, r.said.remedy))
        .collect()
}

fn removed(row: &ShownRow) -> Value {
    let held: Vec<String> = row
        .cells
        .iter()
        .map(|(field, text)| as_read(*field, text))
        .collect();
    json!({ "id": row.id, "dit": held.join(" · ") })
}
