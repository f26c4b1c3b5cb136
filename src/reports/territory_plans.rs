//! Plans on the territory: what they ask for, where they stand.

use std::collections::BTreeMap;

use strum::VariantArray;

use super::document::{Block, ReportSection};
use super::plan_block::plan_table;
use super::report_context::ReportContext;
use super::sentences;
use crate::base::day::short_day;
use crate::base::tabular::{Heading, Table};
use crate::base::text::{Datum, count, number_word};
use crate::disclosure::{ClearedAction, ClearedTerritory, Standing};

/// What the plans ask for: works, training, means, each with its cost.
pub(super) fn means(t: &ClearedTerritory, context: &ReportContext) -> Option<ReportSection> {
    let needs = ["aménagement", "formation", "moyens"];
    let asked: Vec<&ClearedAction> = (t.actions.iter())
        .filter(|a| a.open && (needs.contains(&a.kind.as_str()) || a.cout.is_some()))
        .collect();
    let rows: Vec<Vec<Datum>> = (asked.iter())
        .map(|a| {
            vec![
                Datum::words(format!("{} : {}", sentences::capital(&a.kind), a.action)),
                Datum::words(context.site(&a.structure)),
                a.cout
                    .map_or_else(|| Datum::words("à chiffrer"), Datum::euros)
                    .keyed(context.keys(&a.structure).of("PLAN")),
                Datum::words(short_day(a.echeance)).keyed(context.keys(&a.structure).of("PLAN")),
            ]
        })
        .collect();
    let total: f64 = asked.iter().filter_map(|a| a.cout).sum();
    let unknown = asked.iter().filter(|a| a.cout.is_none()).count();
    let sum = match unknown {
        0 => format!("Total chiffré : {}.", Datum::euros(total).text),
        n => format!(
            "Total chiffré : {} ; {} à chiffrer.",
            Datum::euros(total).text,
            count(n, "action reste", "actions restent")
        ),
    };
    let table = Table::new(
        "Moyens demandés par les plans en cours".to_owned(),
        vec![
            Heading::words("Besoin").wide(5.0),
            Heading::words("Accueil").wide(2.4),
            Heading::figures("Coût").wide(1.3),
            Heading::figures("Pour quand").wide(1.3),
        ],
        rows,
    )
    .noted(sum)
    .keyed([context.territory().of("PLANS")]);
    (!table.rows.is_empty())
        .then(|| ReportSection::new("Les moyens à prévoir", "Moyens", vec![Block::Table(table)]))
}

/// The state of plans: counts per site, then the actions that answer an impératif.
pub(super) fn plans(t: &ClearedTerritory, context: &ReportContext) -> Option<ReportSection> {
    if t.actions.is_empty() {
        return None;
    }
    let mut sites: BTreeMap<&str, Vec<&ClearedAction>> = BTreeMap::new();
    let mut codes: Vec<&str> = Vec::new();
    for action in &t.actions {
        let site = sites.entry(&action.structure).or_default();
        if site.is_empty() {
            codes.push(&action.structure);
        }
        site.push(action);
    }
    let all: Vec<&ClearedAction> = t.actions.iter().collect();
    let mut rows: Vec<Vec<Datum>> = (codes.iter())
        .map(|code| {
            let key = context.keys(code).of("PLAN");
            tally(context.site(code), &sites[code], &key)
        })
        .collect();
    let key = context.territory().of("PLANS");
    rows.push(tally("Territoire".to_owned(), &all, &key));
    let mut columns = vec![Heading::words("Accueil").wide(4.0)];
    let headings = Standing::VARIANTS.iter().map(|s| s.heading());
    columns.extend(headings.map(Heading::figures));
    let table = Table::new(
        "Actions des plans d’amélioration, par accueil".to_owned(),
        columns,
        rows,
    )
    .noted("En retard : l’échéance est passée à la date de ce rapport.".to_owned());
    let musts: Vec<ClearedAction> = (t.actions.iter())
        .filter(|a| a.imperatif && a.open)
        .cloned()
        .collect();
    let mut blocks = vec![
        Block::strong(plan_sentence(&all)).keyed([key]),
        Block::Table(table),
    ];
    if !musts.is_empty() {
        blocks.push(Block::heading("Ce qui est engagé sur les impératifs"));
        blocks.push(plan_table(
            "Actions des plans d’amélioration",
            &musts,
            context,
            true,
        ));
    }
    Some(ReportSection::new(
        "Où en sont les plans d’amélioration",
        "Plans",
        blocks,
    ))
}

/// How many actions stand so.
fn standing(actions: &[&ClearedAction], wanted: Standing) -> usize {
    actions.iter().filter(|a| a.standing == wanted).count()
}

/// A row of counts.
fn tally(name: String, actions: &[&ClearedAction], key: &str) -> Vec<Datum> {
    let mut row = vec![Datum::words(name)];
    let counts = Standing::VARIANTS.iter().map(|s| standing(actions, *s));
    row.extend(counts.map(|n| Datum::count(n).keyed(key)));
    row
}

fn plan_sentence(all: &[&ClearedAction]) -> String {
    let done = standing(all, Standing::Done);
    let late = standing(all, Standing::Late);
    let late = match late {
        0 => "aucune n’est en retard".to_owned(),
        1 => "une est en retard".to_owned(),
        n => format!("{} sont en retard", number_word(n, true)),
    };
    let verb = if done < 2 {
        "est réalisée"
    } else {
        "sont réalisées"
    };
    let done = match done {
        0 => "aucune n’est encore réalisée".to_owned(),
        n => format!("{} {verb}", number_word(n, true)),
    };
    format!(
        "Les plans comptent {} : {done}, {late}.",
        count(all.len(), "action", "actions")
    )
}
