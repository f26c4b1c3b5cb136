//! The indicators owed to the convention territoriale globale: participation of the teams,
//! recommendations integrated; territory over time, then per site.

use super::document::{Block, ReportSection};
use super::report_context::ReportContext;
use crate::base::tabular::{Heading, Table};
use crate::base::text::{Datum, count, list};
use crate::disclosure::{ClearedCtg, ClearedTerritory, CountOf, CtgSite, ToldCount};

/// The section of the synthesis.
pub(super) fn section_of(t: &ClearedTerritory, context: &ReportContext) -> Option<ReportSection> {
    if t.ctg.is_empty() {
        return None;
    }
    let mut blocks = vec![
        Block::text(
            "La convention suit la participation des équipes aux formations et aux campagnes de l’observatoire, et les recommandations intégrées aux projets pédagogiques ou de fonctionnement.",
        ),
        over_time(&t.ctg, context),
    ];
    blocks.extend(notes(&t.ctg));
    blocks.extend(by_site(&t.ctg, context));
    Some(ReportSection::new(
        "Les indicateurs de la convention territoriale globale",
        "Indicateurs CTG",
        blocks,
    ))
}

/// « 72 % (18 sur 25) ».
pub(super) fn share(part: Option<CountOf>) -> Datum {
    match part {
        Some(CountOf { n, of }) if of > 0 => {
            let share = Datum::share(n as f64 / of as f64);
            Datum {
                text: format!("{} ({n} sur {of})", share.text),
                ..share
            }
        }
        _ => Datum::words("non calculable"),
    }
}

/// A count that may be printed, or the words that stand in its place.
fn told(count: ToldCount) -> Datum {
    match count {
        ToldCount::Known(part) => share(Some(part)),
        ToldCount::Masked(mask) => Datum::words(mask.words()),
        ToldCount::Unknown => share(None),
    }
}

/// What figures wait for, and what they do without.
fn notes(all: &[ClearedCtg]) -> Vec<Block> {
    let mut notes: Vec<String> = (all.iter())
        .filter_map(|c| Some(format!("{} n’est pas calculable : {}.", c.code, c.missing?)))
        .collect();
    // What tells how many of a team answered is told of all teams together.
    let is_masked = |site: &CtgSite| matches!(site.told, ToldCount::Masked(_));
    let masked = all.iter().filter(|c| c.sites.iter().any(is_masked));
    let codes: Vec<&str> = masked.map(|c| c.code.as_str()).collect();
    if !codes.is_empty() {
        notes.push(format!(
            "{} : pour le territoire entier seulement ; d’un accueil, ils diraient si la moitié d’une équipe, parfois de deux personnes, a répondu.",
            list(&codes)
        ));
    }
    let lacking = all.iter().map(|c| c.without_headcount).max().unwrap_or(0);
    if lacking > 0 {
        notes.push(format!(
            "O2 : l’effectif de l’équipe n’est pas connu pour {} ; les réponses individuelles n’y sont pas demandées, le reste l’est.",
            count(lacking, "accueil", "accueils")
        ));
    }
    notes.into_iter().map(Block::note).collect()
}

/// Every indicator for the territory, one column per campaign.
pub(super) fn over_time(all: &[ClearedCtg], context: &ReportContext) -> Block {
    let mut campaigns: Vec<&str> = Vec::new();
    for campaign in all.iter().flat_map(|c| &c.campagnes) {
        let id = campaign.campagne.as_str();
        if !campaigns.contains(&id) {
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
                let own = c.campagnes.iter().find(|own| own.campagne == *id);
                let count = told(own.map_or(ToldCount::Unknown, |own| own.territory));
                count.keyed(context.territory().at(id, &c.code))
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
    let is_told = |site: &CtgSite| matches!(site.told, ToldCount::Known(_));
    let all: Vec<&ClearedCtg> = all.iter().filter(|c| c.sites.iter().any(is_told)).collect();
    let sites: Vec<&String> = all.first()?.sites.iter().map(|s| &s.structure).collect();
    let mut columns = vec![Heading::words("Accueil").wide(3.0)];
    columns.extend((all.iter()).map(|c| Heading::figures(&c.code).meaning(&c.label).wide(1.6)));
    let rows: Vec<Vec<Datum>> = (sites.iter().enumerate())
        .map(|(i, code)| {
            let mut row = vec![Datum::words(context.site(code))];
            row.extend(all.iter().map(|c| match c.sites.get(i).map(|s| s.told) {
                Some(count) => told(count).keyed(context.keys(code).of(&c.code)),
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
