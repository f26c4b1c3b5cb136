//! What comes next: per fiche what is proposed and why, and the values from which the next convention would start.

use super::bilan_content::{BilanReport, writing};
use crate::base::tabular::{Heading, Table};
use crate::base::text::Datum;
use crate::disclosure::{CtgIndicator, CtgStatus};
use crate::reports::document::{Block, ReportSection};
use crate::reports::sentences::capital;

/// The section; a reader who is owed some fiches alone has their lines, not the whole text.
pub(super) fn next(report: &BilanReport) -> ReportSection {
    let mut blocks = vec![choices(report)];
    if report.follows() {
        blocks.extend(starts(report));
    }
    if !report.is_extract {
        blocks.extend(writing(report.texts.next_text()));
    }
    ReportSection {
        page_break: true,
        ..ReportSection::new("9. Pour la suite", "9 Pour la suite", blocks)
    }
}

fn choices(report: &BilanReport) -> Block {
    let columns = vec![
        Heading::words("Fiche").wide(2.4),
        Heading::words("Proposition").wide(1.4),
        Heading::words("Pourquoi").wide(5.0),
    ];
    let said = &report.texts.next;
    let row = |code: &str, verdict: &str, reason: &str| {
        let why = if reason.is_empty() {
            Datum::none()
        } else {
            Datum::words(because(reason))
        };
        vec![Datum::words(code), Datum::words(verdict), why]
    };
    let fiches = report.view.fiches.iter().filter(|f| !f.is_abrogated);
    let known = fiches.map(|f| match said.iter().find(|c| c.fiche == f.code) {
        Some(choice) => row(&f.code, choice.verdict, &choice.reason),
        None => row(&f.code, "à décider", ""),
    });
    let new = said.iter().filter(|c| c.is_new && !report.is_extract);
    let new = new.map(|c| row(&c.fiche, c.verdict, &c.reason));
    let rows = known.chain(new).collect();
    Block::Table(Table::new(
        "Ce qui est proposé, fiche par fiche",
        columns,
        rows,
    ))
}

/// A reason under the heading « Pourquoi », which says « parce que » already.
fn because(reason: &str) -> String {
    let bare = ["parce que ", "parce qu’", "parce qu'"]
        .into_iter()
        .find_map(|words| reason.strip_prefix(words));
    capital(bare.unwrap_or(reason))
}

/// Where indicators of fiches in force stand: what the next convention would start from.
fn starts(report: &BilanReport) -> Option<Block> {
    let stopped = |code: &str| {
        let own = report.texts.next.iter().find(|c| c.fiche == code);
        own.is_some_and(|c| c.verdict == "arrêter")
    };
    let known = report.indicators.iter().filter(|i| {
        let fiche = report.view.fiche(&i.fiche);
        let is_over = fiche.is_some_and(|f| f.is_abrogated) || stopped(&i.fiche);
        matches!(i.status, CtgStatus::Known | CtgStatus::Declared) && !is_over
    });
    let known: Vec<&CtgIndicator> = known.collect();
    if known.is_empty() {
        return None;
    }
    let columns = vec![
        Heading::words("Indicateur").wide(5.0),
        Heading::words("Période").wide(1.8),
        Heading::figures("Départ proposé").wide(2.0),
    ];
    let rows = known.iter().map(|i| {
        vec![
            Datum::words(format!("{} {}", i.code, i.label)),
            Datum::words(i.period_words()),
            i.value.clone().keyed(&i.key),
        ]
    });
    let title = "D’où partirait la convention suivante";
    Some(Block::Table(Table::new(title, columns, rows.collect())))
}
