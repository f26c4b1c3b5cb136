//! Before a campaign: which changes so many visits and answers would show, as « observatoire puissance » counts it.

use super::field_guide::{Foreseen, GuideSubject, cell};
use super::guide_words::{GuideWords, PreparationWords};
use crate::base::tabular::{Heading, Table};
use crate::base::text::Datum;
use crate::reports::{Block, ReportSection};

/// Every section, in the order in which it is read.
pub(super) fn sections(subject: &GuideSubject, words: &GuideWords) -> Vec<ReportSection> {
    let own: &PreparationWords = &words.preparation;
    let bulleted = |lines: &[String]| Block::bullets(lines.iter().cloned());
    let advice = subject.foreseen.advice.iter().chain(&own.visites);
    let visits = vec![Block::bullets(advice.cloned()), subject.provenance(words)];
    vec![
        ReportSection::new("Avant de décider", "Avant", vec![bulleted(&own.avant)]),
        ReportSection::new("Ce que l’on verrait", "Voir", seen(&subject.foreseen)),
        ReportSection::new("Les réponses", "Réponses", vec![bulleted(&own.reponses)]),
        ReportSection::new(
            "Ce que disent les mots",
            "Mots",
            vec![bulleted(&own.annoncer)],
        ),
        ReportSection::new("Les secondes visites", "Visites", visits),
    ]
}

fn seen(foreseen: &Foreseen) -> Vec<Block> {
    let rows = foreseen.rows.iter().map(|[subject, likely, firm]| {
        vec![cell(subject), Datum::words(likely), Datum::words(firm)]
    });
    let columns = vec![
        Heading::words("Ce que l’on suit").wide(5.0),
        Heading::figures("Plutôt en hausse, à partir de").wide(2.0),
        Heading::figures("En hausse, à partir de").wide(2.0),
    ];
    vec![
        Block::text(format!("{} {}", foreseen.design, foreseen.errors)),
        Block::heading("Le plus petit vrai changement que l’on verrait"),
        Block::Table(Table::new("", columns, rows.collect())),
        Block::note(&foreseen.seen),
        Block::note("« observatoire puissance » refait ce tableau avec d’autres nombres."),
    ]
}
