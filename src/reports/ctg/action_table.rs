//! Actions, one line each: in force, then those of abrogated fiches apart.

use super::ctg_keys::CtgKeys;
use crate::base::day::Day;
use crate::base::tabular::{Heading, Table};
use crate::base::text::Datum;
use crate::disclosure::{CtgAction, CtgView};
use crate::reports::document::Block;

/// Actions of fiches in force.
pub(crate) fn action_rows(view: &CtgView, keys: &CtgKeys) -> Option<Block> {
    let actions: Vec<&CtgAction> = view.running().collect();
    table(view, keys, "Les actions, une ligne chacune", &actions)
}

/// Actions of abrogated fiches: what they came to stays.
pub(crate) fn abrogated_actions(view: &CtgView, keys: &CtgKeys) -> Option<Block> {
    let over = view.actions.iter().filter(|a| a.is_abrogated);
    let over: Vec<&CtgAction> = over.collect();
    let fiches = view.fiches.iter().filter(|f| f.is_abrogated);
    let told: Vec<String> = fiches
        .map(|f| format!("{} ({}) : {}", f.code, f.title, f.state))
        .collect();
    let block = table(view, keys, "Actions de fiches abrogées", &over)?;
    Some(match block {
        Block::Table(table) => Block::Table(table.noted(format!("{}.", told.join(" ; ")))),
        other => other,
    })
}

fn table(view: &CtgView, keys: &CtgKeys, title: &str, actions: &[&CtgAction]) -> Option<Block> {
    if actions.is_empty() {
        return None;
    }
    let follows = view.audience.reads_follow_up();
    let mut columns = vec![
        Heading::words("Fiche").wide(2.9),
        Heading::words("Action").wide(4.6),
    ];
    if follows {
        columns.push(Heading::words("Portée par").wide(3.0));
        columns.push(Heading::words("Échéance").wide(2.2));
    }
    columns.push(Heading::words("Statut").wide(2.1));
    if follows {
        columns.push(Heading::words("À noter").wide(2.6));
    }
    let rows = actions.iter().map(|a| row(a, follows, keys)).collect();
    Some(Block::Table(Table::new(title, columns, rows)))
}

fn row(action: &CtgAction, follows: bool, keys: &CtgKeys) -> Vec<Datum> {
    let mut row = vec![
        Datum::words(action.fiches.join(", ")),
        Datum::words(&action.text),
    ];
    if follows {
        row.push(Datum::words(who(&action.carriers)));
        let due = action.due.map(Day::short);
        row.push(due.map_or_else(Datum::none, Datum::words));
    }
    row.push(Datum::words(action.status).keyed(keys.key(&action.id)));
    if follows {
        row.push(Datum::words(noted(action)).keyed(keys.key(&action.id)));
    }
    row
}

/// Who carries it.
pub(super) fn who(carriers: &[String]) -> String {
    if carriers.is_empty() {
        "personne encore".to_owned()
    } else {
        carriers.join(", ")
    }
}

/// « retard 12 j, à surveiller ».
fn noted(action: &CtgAction) -> String {
    let late = action.days_late.map(|days| format!("retard {days}\u{a0}j"));
    let sleeping = action.is_dormant.then(|| "dormante".to_owned());
    let watched = matches!(action.appreciation, "à surveiller" | "en difficulté");
    let watched = (watched && !action.is_closed).then(|| action.appreciation.to_owned());
    let told: Vec<String> = late.into_iter().chain(sleeping).chain(watched).collect();
    if told.is_empty() {
        "–".to_owned()
    } else {
        told.join(", ")
    }
}
