//! Where actions stand: one sentence an axe, then by status, with what they were on another day.

use super::ctg_keys::CtgKeys;
use crate::base::tabular::{Heading, Table};
use crate::base::text::{Datum, count, list, number_word};
use crate::disclosure::{CtgAction, CtgAxis, CtgView};
use crate::reports::document::{Block, ListItem};

/// Statuses in the order of a life, with their words for one and for several.
const STATUSES: [(&str, &str, &str); 5] = [
    ("réalisée", "réalisée", "réalisées"),
    ("en cours", "en cours", "en cours"),
    ("à lancer", "à lancer", "à lancer"),
    ("suspendue", "suspendue", "suspendues"),
    ("abandonnée", "abandonnée", "abandonnées"),
];

/// One sentence an axe.
pub(crate) fn axis_sentences(view: &CtgView, keys: &CtgKeys) -> Block {
    let items = view.axes.iter().map(|axis| {
        let own: Vec<&CtgAction> = view.running().filter(|a| is_of(view, a, axis)).collect();
        ListItem {
            strong: name(axis),
            text: format!("{}.", sentence(&own)),
            keys: keys.keys(&format!("ACTIONS:{}", axis.code)),
            ..ListItem::default()
        }
    });
    Block::items(items.collect())
}

fn name(axis: &CtgAxis) -> String {
    if axis.label.is_empty() {
        "Fiches sans axe".to_owned()
    } else {
        axis.label.clone()
    }
}

fn is_of(view: &CtgView, action: &CtgAction, axis: &CtgAxis) -> bool {
    let mut own = action.fiches.iter().filter_map(|code| view.fiche(code));
    own.any(|f| f.axis == axis.code && !f.is_abrogated)
}

/// « 12 actions, dont 7 réalisées, 3 en cours et 2 à lancer ; une est en retard ».
fn sentence(actions: &[&CtgAction]) -> String {
    if actions.is_empty() {
        return "aucune action n’est inscrite".to_owned();
    }
    let parts = STATUSES.iter().filter_map(|(status, one, many)| {
        let n = actions.iter().filter(|a| a.status == *status).count();
        let word = if n < 2 { one } else { many };
        (n > 0).then(|| format!("{} {word}", number_word(n, true)))
    });
    let parts: Vec<String> = parts.collect();
    let all = actions.len();
    let told = match (all, parts.as_slice()) {
        (1, [only]) => format!("une action, {}", only.trim_start_matches("une ")),
        (_, [only]) => {
            let (_, word) = only.split_once(' ').unwrap_or(("", only));
            format!("{} actions, toutes {word}", number_word(all, true))
        }
        _ => format!("{} actions, {}", number_word(all, true), list(&parts)),
    };
    let late = actions.iter().filter(|a| a.days_late.is_some()).count();
    match late {
        0 => told,
        1 => format!("{told} ; une est en retard"),
        n => format!("{told} ; {} sont en retard", number_word(n, true)),
    }
}

/// What another day is called, and the state that was known then.
pub(crate) struct StateBefore<'a> {
    /// « 31/03/2026 ».
    pub day: String,
    /// The state; empty when nothing was typed by then.
    pub view: &'a CtgView,
    /// Keys of that day.
    pub keys: CtgKeys,
}

/// Actions of fiches in force, by status: on the day, and on another one beside.
pub(crate) fn status_counts(view: &CtgView, keys: &CtgKeys, before: Option<&StateBefore>) -> Block {
    let mut columns = vec![
        Heading::words("Actions des fiches en vigueur").wide(3.0),
        Heading::figures(format!("au {}", view.day.short())).wide(1.5),
    ];
    columns.extend(before.map(|b| Heading::figures(format!("au {}", b.day)).wide(1.5)));
    let line = |label: &str, of: &dyn Fn(&CtgView) -> usize| {
        let cell = |n: usize, keys: &CtgKeys| Datum::count(n).keyed(keys.key("ACTIONS"));
        let mut row = vec![Datum::words(label), cell(of(view), keys)];
        row.extend(before.map(|b| {
            if b.view.actions.is_empty() {
                Datum::none()
            } else {
                cell(of(b.view), &b.keys)
            }
        }));
        row
    };
    let mut rows: Vec<Vec<Datum>> = Vec::new();
    for (status, _, many) in STATUSES {
        let of = |v: &CtgView| v.running().filter(|a| a.status == status).count();
        let is_used = of(view) > 0 || before.is_some_and(|b| of(b.view) > 0);
        if is_used {
            rows.push(line(many, &of));
        }
    }
    rows.push(line("ensemble", &|v| v.running().count()));
    if view.audience.reads_follow_up() {
        let late = |v: &CtgView| v.running().filter(|a| a.days_late.is_some()).count();
        rows.push(line("dont en retard", &late));
    }
    let apart = view.actions.iter().filter(|a| a.is_abrogated).count();
    let table = Table::new("Où en sont les actions", columns, rows);
    Block::Table(if apart == 0 {
        table
    } else {
        let said = count(
            apart,
            "action de fiche abrogée est",
            "actions de fiches abrogées sont",
        );
        table.noted(format!("{said} à part."))
    })
}
