//! The indicators owed to the convention territoriale globale: participation of the teams,
//! recommendations integrated; territory over time, then per site.

use super::document::{Block, ReportSection};
use super::report_context::ReportContext;
use crate::base::tabular::{Heading, Table};
use crate::base::text::{Datum, list};
use crate::disclosure::{ClearedCtg, ClearedTerritory};

/// The section of the synthesis.
pub(super) fn section_of(t: &ClearedTerritory, context: &ReportContext) -> Option<ReportSection> {
    if t.ctg.is_empty() {
        return None;
    }
    let mut blocks = vec![
        Block::text(
            "La convention suit la participation des équipes aux formations et aux campagnes, et les recommandations intégrées aux projets pédagogiques ou de fonctionnement.",
        ),
        over_time(&t.ctg),
    ];
    blocks.extend(by_site(&t.ctg, context));
    Some(ReportSection::new(
        "Les indicateurs de la convention territoriale globale",
        "Indicateurs CTG",
        blocks,
    ))
}

/// « 72 % (18 sur 25) ».
pub(super) fn share(part: Option<(usize, usize)>) -> Datum {
    match part {
        Some((k, n)) if n > 0 => {
            let share = Datum::share(k as f64 / n as f64);
            Datum {
                text: format!("{} ({k} sur {n})", share.text),
                ..share
            }
        }
        _ => Datum::words("non calculable"),
    }
}

/// Every indicator for the territory, one column per campaign.
pub(super) fn over_time(all: &[ClearedCtg]) -> Block {
    let mut campaigns: Vec<&str> = Vec::new();
    for (id, _) in all.iter().flat_map(|c| &c.campagnes) {
        if !campaigns.contains(&id.as_str()) {
            campaigns.push(id);
        }
    }
    let mut columns = vec![Heading::words("Indicateur").wide(3.5)];
    columns.extend(campaigns.iter().map(|c| Heading::figures(*c).wide(1.6)));
    columns.push(Heading::words("Ce qui est compté").wide(3.5));
    let rows = (all.iter())
        .map(|c| {
            let mut row = vec![Datum::words(format!("{} {}", c.code, c.label))];
            row.extend(campaigns.iter().map(|id| {
                let found = c.campagnes.iter().find(|(own, _)| own == id);
                share(found.and_then(|(_, part)| *part))
            }));
            row.push(Datum::words(&c.formule));
            row
        })
        .collect();
    Block::Table(Table::new(
        format!(
            "Indicateurs de la convention, campagnes {}",
            list(&campaigns)
        ),
        columns,
        rows,
    ))
}

/// Only the indicators that at least one site may be told.
fn by_site(all: &[ClearedCtg], context: &ReportContext) -> Option<Block> {
    let told = |c: &&ClearedCtg| c.sites.iter().any(|(_, part)| part.is_ok());
    let all: Vec<&ClearedCtg> = all.iter().filter(told).collect();
    let sites: Vec<&String> = all.first()?.sites.iter().map(|(code, _)| code).collect();
    let mut columns = vec![Heading::words("Accueil").wide(3.0)];
    columns.extend((all.iter()).map(|c| Heading::figures(&c.code).meaning(&c.label).wide(1.6)));
    let rows: Vec<Vec<Datum>> = (sites.iter().enumerate())
        .map(|(i, code)| {
            let mut row = vec![Datum::words(context.site(code))];
            row.extend(all.iter().map(|c| match c.sites.get(i).map(|s| &s.1) {
                Some(Ok(part)) => share(Some(*part)),
                Some(Err(words)) => Datum::words(*words),
                None => Datum::none(),
            }));
            row
        })
        .collect();
    (!rows.is_empty()).then(|| {
        Block::Table(
            Table::new(
                "Les mêmes indicateurs, accueil par accueil".to_owned(),
                columns,
                rows,
            )
            .noted(
                (all.iter())
                    .map(|c| format!("{} : {}", c.code, c.label))
                    .collect::<Vec<_>>()
                    .join(" · "),
            ),
        )
    })
}
