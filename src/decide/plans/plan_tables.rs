//! Plans as tables: the actions, the quarterly follow-up, what campaigns show of actions.

use std::collections::BTreeSet;

use super::action::Action;
use super::action_words::Word;
use super::effect::Effect;
use super::field::{ActionField, Holds};
use super::quarter::Quarter;
use super::state::Plans;
use crate::base::day::Day;
use crate::base::tabular::{Field, Heading, Table};
use crate::vocabulary::config::Structure;

fn text(value: &str) -> Field {
    if value.is_empty() {
        Field::Empty
    } else {
        Field::Text(value.to_owned())
    }
}

/// One row per action: `id`, `emise_le` (day from which it counts), every field under its key,
/// then `en_retard` (oui or empty) and `statut_au` (its status) on the day given.
pub fn actions_table<'a>(actions: impl IntoIterator<Item = &'a Action>, day: Day) -> Table {
    let mut columns = vec![Heading::text("id"), Heading::text("emise_le")];
    columns.extend(ActionField::ALL.iter().map(|f| match f.holds() {
        Holds::Euros => Heading::decimal(f.key()),
        _ => Heading::text(f.key()),
    }));
    columns.extend([Heading::text("statut_au"), Heading::text("en_retard")]);
    let row = |action: &Action| {
        let mut row = vec![text(&action.id), text(&action.issued.to_string())];
        row.extend(ActionField::ALL.iter().map(|f| match f.holds() {
            Holds::Euros => Field::decimal(action.cout),
            _ => text(&action.text(*f)),
        }));
        row.push(text(action.status_at(day).label()));
        row.push(text(if action.late(day) { "oui" } else { "" }));
        row
    };
    Table::new("Actions", columns, actions.into_iter().map(row).collect())
}

/// One row per critère of an action that was done or under way.
pub fn effects_table(effects: &[Effect]) -> Table {
    let columns = vec![
        Heading::text("action"),
        Heading::text("structure"),
        Heading::text("critere"),
        Heading::text("statut"),
        Heading::decimal("valeur_1"),
        Heading::decimal("valeur_2"),
        Heading::decimal("delta"),
        Heading::text("verdict"),
        Heading::text("imperatif"),
        Heading::text("reserve"),
    ];
    let row = |e: &Effect| {
        let met = e
            .met
            .map_or("", |m| if m { "atteint" } else { "non_atteint" });
        vec![
            text(&e.action),
            text(&e.structure),
            text(&e.critere),
            text(e.statut.label()),
            Field::decimal(e.before),
            Field::decimal(e.after),
            Field::decimal(e.delta),
            text(&e.verdict_text()),
            text(met),
            text(&e.reserve),
        ]
    };
    Table::new("Effets", columns, effects.iter().map(row).collect())
}

/// Columns of the follow-up, after who and when.
const COUNTS: [&str; 11] = [
    "emises",
    "a_lancer",
    "en_cours",
    "realisees",
    "abandonnees",
    "en_retard",
    "echues",
    "realisees_a_temps",
    "taux_a_temps",
    "recommandations_integrees",
    "taux_integrees",
];

/// State of the plans on a day, for a structure or (none) the territory.
fn counts(plans: &Plans, structure: Option<&str>, day: Day) -> Vec<Field> {
    let c = plans.counts(structure, day);
    let in_time = plans.in_time(structure, day);
    let recommendations = plans.recommendations(structure, day);
    let whole = |n: usize| Field::Whole(n as i64);
    vec![
        whole(c.issued),
        whole(c.to_launch),
        whole(c.running),
        whole(c.done),
        whole(c.abandoned),
        whole(c.late),
        whole(in_time.due),
        whole(in_time.closed),
        Field::decimal(in_time.share()),
        whole(recommendations.integrated.len()),
        Field::decimal(recommendations.share()),
    ]
}

fn count_columns(first: &[&'static str]) -> Vec<Heading> {
    let who = first.iter().map(|name| Heading::text(name));
    let counts = COUNTS.iter().map(|name| {
        if name.starts_with("taux") {
            Heading::decimal(name)
        } else {
            Heading::whole(name)
        }
    });
    who.chain(counts).collect()
}

/// A quarter and the day that it is seen on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SeenQuarter {
    /// The quarter.
    pub quarter: Quarter,
    /// Its last day, or the day of edition if that comes first.
    pub day: Day,
}

impl SeenQuarter {
    fn fields(self) -> Vec<Field> {
        vec![text(&self.quarter.to_string()), text(&self.day.to_string())]
    }
}

/// Quarters from the first action issued to the one asked, each with the day it is seen on: its
/// last day, or the day of edition if that comes first.
pub fn quarters(plans: &Plans, until: Quarter, today: Day) -> Vec<SeenQuarter> {
    let issued = plans.actions.iter().map(|a| Quarter::of(a.issued));
    let mut quarter = issued.min().unwrap_or(until).min(until);
    let mut all = Vec::new();
    loop {
        let end = quarter.last_day();
        let day = end.min(today);
        all.push(SeenQuarter { quarter, day });
        if quarter >= until || end > today {
            return all;
        }
        quarter = quarter.next();
    }
}

/// The territory quarter by quarter: `trimestre`, `au` (day), then counts, as they were known that day. What was issued on
/// the last day of a quarter counts from the next one.
pub fn quarters_table(plans: &Plans, quarters: &[SeenQuarter]) -> Table {
    let row = |seen: &SeenQuarter| {
        let mut row = seen.fields();
        row.extend(counts(&plans.known_on(seen.day), None, seen.day));
        row
    };
    Table::new(
        "Par trimestre",
        count_columns(&["trimestre", "au"]),
        quarters.iter().map(row).collect(),
    )
}

/// Every structure that has actions, quarter by quarter; the territory has an empty `structure`.
pub fn follow_up_table(plans: &Plans, structures: &[Structure], quarters: &[SeenQuarter]) -> Table {
    let codes: BTreeSet<&str> = plans.actions.iter().map(|a| a.structure.as_str()).collect();
    let name = |code: &str| {
        let found = structures.iter().find(|s| s.code == code);
        found.map_or("", |s| s.nom.as_str())
    };
    let mut rows = Vec::new();
    for seen in quarters {
        let known = plans.known_on(seen.day);
        let sites = codes.iter().map(|c| (Some(*c), name(c)));
        for (structure, nom) in sites.chain([(None, "Territoire")]) {
            let mut row = seen.fields();
            row.extend([text(structure.unwrap_or("")), text(nom)]);
            row.extend(counts(&known, structure, seen.day));
            rows.push(row);
        }
    }
    Table::new(
        "Par accueil",
        count_columns(&["trimestre", "au", "structure", "nom"]),
        rows,
    )
}
