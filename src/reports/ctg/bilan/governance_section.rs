//! The governance in a bilan: meetings year by year, its indicators where they stand, what people say of it; then the
//! organigramme, who comes to what, what those who work together say.

use super::bilan_content::{BilanReport, headed, under};
use super::valued_indicators::{valued_rows, without_value};
use crate::base::error::Result;
use crate::base::tabular::{Heading, Table};
use crate::base::text::Datum;
use crate::disclosure::CtgIndicator;
use crate::reports::ctg::governance_report::GovernanceReport;
use crate::reports::document::{Block, ReportSection};

/// The sections.
///
/// # Errors
///
/// A drawing that cannot be made.
pub(super) fn governance(report: &BilanReport) -> Result<Vec<ReportSection>> {
    let mut blocks = Vec::new();
    if report.follows() {
        blocks.extend(meetings(report));
        blocks.extend(standing(report));
    }
    blocks.extend(headed(report.texts.governance()));
    let parts = report.governance.map(GovernanceReport::parts).transpose()?;
    let parts = under(6, parts.unwrap_or_default());
    if blocks.is_empty() && parts.is_empty() {
        return Ok(Vec::new());
    }
    let opening = ReportSection {
        page_break: true,
        ..ReportSection::new("6. La gouvernance", "6 Gouvernance", blocks)
    };
    Ok(std::iter::once(opening).chain(parts).collect())
}

/// Indicators of the governance, then those of no fiche: the follow-up of the whole convention.
fn standing(report: &BilanReport) -> Vec<Block> {
    let own = |wanted: &dyn Fn(&CtgIndicator) -> bool| -> Vec<CtgIndicator> {
        let all = report.indicators.iter();
        all.filter(|i| wanted(i)).cloned().collect()
    };
    let of_governance = own(&|i| report.is_of_governance(i));
    let of_all =
        own(&|i| i.fiche.is_empty() && i.nature != "changement" && !report.is_of_governance(i));
    let mut blocks = Vec::new();
    let title = "Les indicateurs de la gouvernance";
    blocks.extend(valued_rows(title, &of_governance));
    blocks.extend(without_value(&of_governance));
    let title = "Le suivi de toute la convention";
    blocks.extend(valued_rows(title, &of_all));
    blocks.extend(without_value(&of_all));
    blocks
}

/// How many meetings of each kind, year by year.
fn meetings(report: &BilanReport) -> Option<Block> {
    let view = report.view;
    let held = view.meetings.iter();
    let held: Vec<_> = held
        .filter(|m| view.from <= m.date && m.date <= view.day)
        .collect();
    let year = |day: crate::base::day::Day| day.to_string().chars().take(4).collect::<String>();
    let mut years: Vec<String> = held.iter().map(|m| year(m.date)).collect();
    years.sort();
    years.dedup();
    let mut kinds: Vec<&str> = Vec::new();
    for meeting in &held {
        if !kinds.contains(&meeting.kind) {
            kinds.push(meeting.kind);
        }
    }
    if held.is_empty() {
        return None;
    }
    let mut columns = vec![Heading::words("Type de temps").wide(3.0)];
    columns.extend(years.iter().map(|y| Heading::figures(y.as_str()).wide(1.0)));
    let key = report.keys.key("TEMPS");
    let rows = kinds.iter().map(|kind| {
        let mut row = vec![Datum::words(*kind)];
        row.extend(years.iter().map(|y| {
            let n = held
                .iter()
                .filter(|m| m.kind == *kind && year(m.date) == *y);
            Datum::count(n.count()).keyed(&key)
        }));
        row
    });
    let table = Table::new(
        "Les temps inscrits au suivi, par année",
        columns,
        rows.collect(),
    );
    Some(Block::Table(table))
}
