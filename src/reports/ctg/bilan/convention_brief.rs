//! The convention in brief: who signed, what changed it, when, at what cost.

use super::bilan_content::{BilanReport, named, writing};
use crate::base::day::Day;
use crate::base::tabular::{Heading, Table};
use crate::base::text::{Datum, count};
use crate::disclosure::CtgAction;
use crate::reports::document::{Block, Fact, ReportSection};

/// The section.
pub(super) fn brief(report: &BilanReport) -> ReportSection {
    let view = report.view;
    let mut facts = vec![Fact::new(
        "Période",
        format!("du {} au {}", view.from.long(), view.to.long()),
    )];
    if !view.signatories.is_empty() {
        facts.push(Fact::new("Signataires", named(&view.signatories)));
    }
    let abrogated = view.fiches.iter().filter(|f| f.is_abrogated).count();
    let over = match abrogated {
        0 => String::new(),
        n => format!(", dont {}", count(n, "abrogée", "abrogées")),
    };
    facts.push(Fact::new(
        "Fiches action",
        format!("{}{over}", count(view.fiches.len(), "fiche", "fiches")),
    ));
    let axes = view.axes.iter().filter(|a| !a.label.is_empty());
    let axes: Vec<String> = axes.map(|a| a.label.clone()).collect();
    if !axes.is_empty() {
        facts.push(Fact::new("Axes", axes.join(" ; ")));
    }
    let mut blocks = vec![Block::Facts { rows: facts }];
    blocks.push(fiches(report));
    blocks.push(dates(report));
    blocks.extend(costs(report));
    blocks.extend(writing(report.texts.means()));
    ReportSection {
        page_break: true,
        ..ReportSection::new("2. La convention en bref", "2 En bref", blocks)
    }
}

fn fiches(report: &BilanReport) -> Block {
    let columns = vec![
        Heading::words("Fiche").wide(1.8),
        Heading::words("Intitulé").wide(5.0),
        Heading::words("État").wide(2.6),
    ];
    let rows = report.view.fiches.iter().map(|f| {
        vec![
            Datum::words(&f.code),
            Datum::words(&f.title),
            Datum::words(&f.state),
        ]
    });
    Block::Table(Table::new(
        "Les fiches de la convention",
        columns,
        rows.collect(),
    ))
}

/// What happened and what is due, in order of day.
fn dates(report: &BilanReport) -> Block {
    let columns = vec![
        Heading::words("Date").wide(1.2),
        Heading::words("Ce qui s’est passé, ce qui est dû").wide(6.0),
    ];
    let rows = events(report)
        .into_iter()
        .map(|(day, what)| vec![Datum::words(day.short()), Datum::words(what)]);
    let title = "La convention, date par date";
    Block::Table(Table::new(title, columns, rows.collect()))
}

fn events(report: &BilanReport) -> Vec<(Day, String)> {
    let view = report.view;
    let mut dates = vec![
        (view.from, "Début de la convention".to_owned()),
        (view.to, "Fin de la convention".to_owned()),
    ];
    dates.extend(view.amendments.iter().map(|a| {
        let subject = if a.subject.is_empty() {
            String::new()
        } else {
            format!(" ({})", a.subject)
        };
        (a.date, format!("Avenant n° {}{subject}", a.number))
    }));
    let due = view.deadlines.iter();
    dates.extend(due.map(|d| (d.date, format!("Échéance : {}", d.what))));
    dates.extend(report.tried.iter().flat_map(|e| {
        [
            (
                e.from,
                format!("Début de l’expérimentation « {} »", e.title),
            ),
            (
                e.to,
                format!("Fin prévue de l’expérimentation « {} »", e.title),
            ),
        ]
    }));
    dates.sort_by_key(|(day, _)| *day);
    dates
}

/// What actions cost, over those that say both.
fn costs(report: &BilanReport) -> Option<Block> {
    let said = report.view.running();
    let said: Vec<(&CtgAction, f64, f64)> = said
        .filter_map(|a| Some((a, a.planned_cost?, a.spent?)))
        .collect();
    if said.is_empty() {
        return None;
    }
    let planned: f64 = said.iter().map(|(_, planned, _)| planned).sum();
    let spent: f64 = said.iter().map(|(_, _, spent)| spent).sum();
    let key = report.keys.key("ACTIONS");
    let euros = |value: f64| Datum::euros(value).keyed(&key);
    let columns = vec![
        Heading::words("Actions des fiches en vigueur dont les deux coûts sont saisis").wide(4.0),
        Heading::figures("Coût prévu").wide(1.6),
        Heading::figures("Coût réel").wide(1.6),
    ];
    let row = vec![
        Datum::words(count(said.len(), "action", "actions")).keyed(&key),
        euros(planned),
        euros(spent),
    ];
    let table = Table::new(
        "Les moyens inscrits au tableau de suivi",
        columns,
        vec![row],
    );
    Some(Block::Table(table))
}
