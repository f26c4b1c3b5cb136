//! What families, children and teams say on the territory, and by sector where it may be shown.

use super::document::{Block, ReportSection};
use super::drawn_figure::voice;
use super::report_context::ReportContext;
use super::shared_blocks::words;
use crate::base::error::Result;
use crate::base::tabular::{Heading, Table};
use crate::base::text::Datum;
use crate::disclosure::{ClearedDelivery, ClearedDistribution, Favour};
use crate::vocabulary::referentiel::SourceCode;

/// What families answered, on the territory.
pub(super) fn families(
    delivery: &ClearedDelivery,
    context: &ReportContext,
) -> Result<Option<ReportSection>> {
    let keys = context.territory();
    let t = &delivery.territory;
    let Some(questions) = t.distributions.get(&SourceCode::Fam) else {
        return Ok(None);
    };
    let returned = t.returns.get(&SourceCode::Fam).copied();
    let mut blocks = voice(
        SourceCode::Fam,
        questions,
        returned,
        (keys, "REPONDANTS"),
        context,
    )?;
    // The section has its name.
    blocks.retain(|block| !matches!(block, Block::Subheading { .. }));
    Ok((!blocks.is_empty())
        .then(|| ReportSection::new("Ce que disent les familles", "Familles", blocks)))
}

/// What children and teams answered, and everybody by sector.
pub(super) fn voices(
    delivery: &ClearedDelivery,
    context: &ReportContext,
) -> Result<Option<ReportSection>> {
    let keys = context.territory();
    let t = &delivery.territory;
    let mut blocks = Vec::new();
    for (source, questions) in &t.distributions {
        if *source != SourceCode::Fam {
            blocks.extend(voice(
                *source,
                questions,
                t.returns.get(source).copied(),
                (keys, "REPONDANTS"),
                context,
            )?);
        }
        blocks.extend(by_sector(delivery, *source, context));
    }
    blocks.extend(words(&t.words, keys));
    Ok((!blocks.is_empty()).then(|| {
        ReportSection::new(
            "Ce que disent les enfants et les équipes, et chacun par secteur",
            "Questionnaires",
            blocks,
        )
    }))
}

/// Favourable answers by sector, where each sector may be shown.
fn by_sector(
    delivery: &ClearedDelivery,
    source: SourceCode,
    context: &ReportContext,
) -> Option<Block> {
    let own: Vec<_> = (delivery.sectors.iter())
        .filter_map(|s| Some((&s.secteur, s.distributions.get(&source)?)))
        .collect();
    let questions = delivery.territory.distributions.get(&source)?;
    if own.len() < 2 {
        return None;
    }
    let mut columns = vec![Heading::words("Question").wide(5.0)];
    columns.extend(
        own.iter()
            .map(|(name, _)| Heading::figures(*name).wide(1.2)),
    );
    let rows = (questions.iter())
        .map(|q| {
            let mut row = vec![Datum::words(&q.label)];
            row.extend(own.iter().map(|(name, all)| {
                let found = all.iter().find(|s| s.code == q.code);
                let place = format!("secteur:{name}");
                let key = context.keys(&place).of(&q.code);
                found.map_or_else(Datum::none, |q| sector_cell(q).keyed(key))
            }));
            row
        })
        .collect();
    Some(Block::Table(
        Table::new(
            format!("Réponses favorables par secteur : {}", source.label()),
            columns,
            rows,
        )
        .noted(
            "Les deux réponses les plus favorables réunies (la plus favorable, s’il y en a trois)."
                .to_owned(),
        ),
    ))
}

fn sector_cell(q: &ClearedDistribution) -> Datum {
    match &q.shares {
        Err(mask) => Datum::words(mask.words()),
        Ok(_) => Favour::of(q).map_or_else(Datum::none, Favour::datum),
    }
}
