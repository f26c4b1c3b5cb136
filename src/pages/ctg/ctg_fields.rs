//! A line of a register as fields of a form: days by a calendar, words and codes chosen from lists, the rest typed.

use serde_json::{Value, json};

use crate::actions::ctg_registre::FollowUpDesk;
use crate::base::text::date_short;
use crate::campaign::OpenObservatory;
use crate::convention::RegisterColumn;
use crate::convention::{
    ContestedRowCell, Register, RegisterHolds, RowRemark, ShownRow, SuiviField, TempsColumn,
};
use crate::pages::page_ask::PageAsk;

/// A choice of a list: its code, what is read.
type ListChoice = (String, String);

/// What lists are made of.
pub(super) struct FieldLists<'a> {
    pub(super) opened: &'a OpenObservatory,
    pub(super) desk: &'a FollowUpDesk,
}

impl FieldLists<'_> {
    /// The fields of a line, with what is wrong with each.
    pub(super) fn form(
        &self,
        register: Register,
        held: &dyn Fn(SuiviField) -> String,
        faults: &[RowRemark],
    ) -> Vec<Value> {
        let typed = SuiviField::all(register).filter(|f| f.spec().holds != RegisterHolds::Computed);
        typed
            .map(|field| self.field(field, &held(field), faults))
            .collect()
    }

    fn field(&self, field: SuiviField, held: &str, faults: &[RowRemark]) -> Value {
        let spec = field.spec();
        let own = faults.iter().filter(|r| r.field == Some(field));
        let told: Vec<String> = own
            .map(|r| format!("{} {}", r.said.message, r.said.remedy))
            .collect();
        let several = matches!(
            spec.holds,
            RegisterHolds::Words(_) | RegisterHolds::Fiches | RegisterHolds::Structures
        );
        let kind = match spec.holds {
            RegisterHolds::Day => "jour",
            RegisterHolds::Number => "nombre",
            RegisterHolds::Text | RegisterHolds::Computed if spec.width >= 30.0 => "long",
            RegisterHolds::Text | RegisterHolds::Computed => "texte",
            _ if several => "cases",
            _ => "choix",
        };
        let chosen: Vec<&str> = held.split(',').map(str::trim).collect();
        let choices = self.choices(spec.holds).into_iter().map(|(code, words)| {
            let is_chosen = if several {
                chosen.contains(&code.as_str())
            } else {
                code == held
            };
            json!({ "code": code, "mot": words, "choisi": is_chosen })
        });
        json!({
            "nom": format!("c_{}", spec.key), "marque": format!("m_{}", spec.key), "mot": spec.heading,
            "genre": kind, "valeur": held, "requis": spec.needed, "choix": choices.collect::<Vec<_>>(),
            "faute": told.join(" "),
        })
    }

    fn choices(&self, holds: RegisterHolds) -> Vec<ListChoice> {
        let convention = &self.desk.convention;
        let named = |code: &str, title: &str| (code.to_owned(), format!("{code} · {title}"));
        match holds {
            RegisterHolds::Word(list) | RegisterHolds::Words(list) => {
                let labels = list.labels().into_iter();
                labels.map(|l| (l.to_owned(), l.to_owned())).collect()
            }
            RegisterHolds::Fiches => convention
                .fiches
                .iter()
                .map(|f| named(&f.code, &f.title))
                .collect(),
            RegisterHolds::Experiment => convention
                .experiments
                .iter()
                .map(|e| named(&e.code, &e.title))
                .collect(),
            RegisterHolds::Indicator => convention
                .indicators
                .iter()
                .map(|i| named(&i.code, &i.label))
                .collect(),
            RegisterHolds::Structures => {
                let mut all: Vec<_> = self.opened.observatory.registry.all().iter().collect();
                all.sort_by(|a, b| a.nom.cmp(&b.nom));
                all.iter()
                    .map(|s| (s.code.clone(), s.nom.clone()))
                    .collect()
            }
            RegisterHolds::Temps => self.meetings(),
            RegisterHolds::Text
            | RegisterHolds::Day
            | RegisterHolds::Number
            | RegisterHolds::Computed => Vec::new(),
        }
    }

    /// Meetings, the last one first.
    fn meetings(&self) -> Vec<ListChoice> {
        let desk = &self.desk.desk;
        let mut rows = desk.rows(&self.desk.convention, Register::Temps, self.desk.day);
        let day = |row: &ShownRow| shown(row, TempsColumn::Date.field());
        rows.sort_by_key(|row| std::cmp::Reverse(day(row)));
        let words = |row: &ShownRow| {
            let (kind, title) = (
                shown(row, TempsColumn::Type.field()),
                shown(row, TempsColumn::Intitule.field()),
            );
            format!("{} · {kind} {title}", date_short(&day(row)))
        };
        rows.iter()
            .map(|row| (row.id.clone(), words(row)))
            .collect()
    }
}

/// What a column of a line shows.
pub(super) fn shown(row: &ShownRow, field: SuiviField) -> String {
    let cell = row.cells.iter().find(|(own, _)| *own == field);
    cell.map_or_else(String::new, |(_, text)| text.clone())
}

/// As it is read in a table: days as people write them.
pub(super) fn as_read(field: SuiviField, text: &str) -> String {
    match field.spec().holds {
        RegisterHolds::Day => date_short(text),
        RegisterHolds::Number => text.replace('.', ","),
        _ => text.to_owned(),
    }
}

/// What was typed; fields that the form did not have stay as they are.
pub(super) fn typed_cells(asked: &PageAsk, register: Register) -> Vec<(SuiviField, String)> {
    let sent = |name: &str| asked.fields.iter().any(|(n, _)| n == name);
    let mut cells = Vec::new();
    for field in SuiviField::all(register) {
        let (name, mark) = (
            format!("c_{}", field.spec().key),
            format!("m_{}", field.spec().key),
        );
        if sent(&mark) {
            let all: Vec<&str> = asked.values(&name).collect();
            cells.push((field, all.join(", ")));
        } else if sent(&name) {
            cells.push((field, asked.field(&name).replace("\r\n", "\n")));
        }
    }
    cells
}

/// A cell that two machines filled at once: what each wrote, and what stands.
pub(super) fn contested(cell: &ContestedRowCell) -> Value {
    let read = |text: &str| as_read(cell.field, text);
    let own = cell.written.iter().enumerate();
    let own = own.filter(|(_, (text, _))| *text != cell.kept);
    json!({
        "registre": cell.register.key(), "ligne": cell.id, "titre": cell.field.spec().heading,
        "champ": cell.field.spec().key, "reste": read(&cell.kept),
        "ecrits": own.map(|(rank, (text, who))| json!({ "rang": rank, "texte": read(text), "qui": who })).collect::<Vec<_>>(),
    })
}
