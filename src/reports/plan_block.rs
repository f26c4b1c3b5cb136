//! The table of a plan's actions.

use super::document::Block;
use super::report_context::ReportContext;
use super::sentences::{self, in_short};
use crate::base::day::short_day;
use crate::base::tabular::{Heading, Table};
use crate::base::text::{Datum, list};
use crate::disclosure::ClearedAction;

/// Actions of a plan under a title of their own on the page: `sites` adds the site of each.
pub(super) fn plan_table(
    title: &str,
    actions: &[ClearedAction],
    context: &ReportContext,
    sites: bool,
) -> Block {
    let mut columns = vec![
        Heading::words("Constat").wide(3.9),
        Heading::words("Ce que nous ferons").wide(3.6),
        Heading::words("Qui").wide(2.6),
        Heading::words("Pour quand").wide(1.7),
        Heading::words("Où on en est").wide(2.2),
    ];
    if sites {
        columns.insert(0, Heading::words("Accueil").wide(1.8));
    }
    let rows = (actions.iter())
        .map(|a| {
            let mut row = action_row(a, context);
            if sites {
                row.insert(0, Datum::words(context.site(&a.structure)));
            }
            row
        })
        .collect();
    Block::Table(Table::new(title.to_owned(), columns, rows))
}

/// Who does it, and with whose help: « direction de l’accueil (appui : école) ».
pub(super) fn who(a: &ClearedAction) -> String {
    match (a.responsable.as_str(), a.appui.as_str()) {
        (who, "") => who.to_owned(),
        ("", help) => format!("appui : {help}"),
        (who, help) => format!("{who} (appui : {help})"),
    }
}

fn action_row(a: &ClearedAction, context: &ReportContext) -> Vec<Datum> {
    // A finding is the team's; others read which critère it is about.
    let named = a.criteres.iter().map(|code| context.critere(code));
    let mut found = if a.constat.is_empty() {
        list(&named.collect::<Vec<_>>())
    } else {
        format!("{} · {}", list(&a.criteres), a.constat)
    };
    if a.imperatif && !a.constat.as_str().starts_with("Impératif") {
        found.push_str(" (impératif)");
    }
    let key = || context.keys(&a.structure).of("PLAN");
    let done = if a.action.is_empty() {
        a.objectif.as_str()
    } else {
        in_short(a.action.as_str())
    };
    vec![
        Datum::words(found),
        Datum::words(done),
        Datum::words(who(a)),
        Datum::words(short_day(a.echeance)).keyed(key()),
        Datum::words(sentences::action_state(a)).keyed(key()),
    ]
}
