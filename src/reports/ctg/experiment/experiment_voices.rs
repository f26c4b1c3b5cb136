//! What teams, children and families say of an experiment, as far as enough of them do.

use super::experiment_parts::ExperimentReport;
use crate::base::tabular::{Heading, Table};
use crate::base::text::{Datum, share_of};
use crate::disclosure::{ClearedDistribution, CtgPilotAnswer, CtgSaying, CtgStatus};
use crate::reports::ctg::indicator_rows::indicator_rows;
use crate::reports::document::{Block, ListItem, ListStyle};
use crate::vocabulary::referentiel::SourceCode;

/// Words printed of a kind at most.
const QUOTES: usize = 3;

/// The blocks.
pub(super) fn voices(report: &ExperimentReport) -> Vec<Block> {
    let mut blocks = vec![Block::heading("Les équipes")];
    let known = report.said.iter().any(|i| i.status == CtgStatus::Known);
    if known {
        blocks.extend(indicator_rows("Ce que les équipes répondent", &report.said));
    } else {
        blocks.push(Block::text(
            "Pertinence et faisabilité : pas encore recueilli auprès des équipes.",
        ));
    }
    blocks.extend(quotes(report));
    blocks.push(Block::heading("Les enfants et les familles du pilote"));
    let answers = report.changes.map_or(&[][..], |c| &c.answers);
    match answer_table(answers) {
        Some(table) => blocks.push(table),
        None => blocks.push(Block::text(
            "Aucune question posée aux enfants ni aux familles ne porte sur les effets attendus, ou trop peu y ont répondu.",
        )),
    }
    blocks
}

/// Words about the fiche, whose speaker agreed.
fn quotes(report: &ExperimentReport) -> Option<Block> {
    let own = report.experiment;
    let about = |s: &&CtgSaying| s.about == own.fiche || s.about == own.code;
    let said: Vec<&CtgSaying> = report
        .view
        .sayings
        .iter()
        .filter(about)
        .take(QUOTES)
        .collect();
    if said.is_empty() {
        return None;
    }
    let items = said.iter().map(|s| ListItem {
        strong: String::new(),
        text: format!("« {} » ({})", s.words.as_str(), s.who),
        ..ListItem::default()
    });
    Some(Block::List {
        items: items.collect(),
        style: ListStyle::Practices,
    })
}

fn answer_table(answers: &[CtgPilotAnswer]) -> Option<Block> {
    if !answers.iter().any(|a| a.own.shares.is_ok()) {
        return None;
    }
    let columns = vec![
        Heading::words("Question").wide(4.4),
        Heading::words("Qui répond").wide(1.3),
        Heading::words("Au pilote").wide(2.2),
        Heading::words("Sur le territoire").wide(2.2),
    ];
    let rows = answers.iter().map(|a| {
        let who = match a.own.source {
            SourceCode::Enf => "enfants",
            _ => "familles",
        };
        vec![
            Datum::words(&a.own.label),
            Datum::words(format!("{who}, {}", a.pilot)),
            told(&a.own, &a.keys[0]),
            (a.territory.as_ref()).map_or_else(Datum::none, |whole| told(whole, &a.keys[1])),
        ]
    });
    let table = Table::new("Réponses favorables", columns, rows.collect());
    Some(Block::Table(table.noted(
        "Part des réponses favorables parmi celles qui ont un avis ; à une question tournée à l’envers, ne pas être d’accord est favorable.",
    )))
}

/// « 78 % (34 réponses) », or why not.
fn told(question: &ClearedDistribution, key: &str) -> Datum {
    let shares = match &question.shares {
        Err(mask) => return Datum::words(mask.words()),
        Ok(shares) => shares,
    };
    let n = shares.respondents.words("réponse", "réponses");
    let unanimous = shares.unanimous;
    let words = match unanimous.and_then(|rank| question.modalities.get(rank)) {
        Some(answer) => format!(
            "{} ou plus : « {answer} » ({n})",
            share_of(shares.at_least, shares.least_out_of())
        ),
        None => format!("{} ({n})", share_of(shares.favourable, shares.out_of)),
    };
    Datum::words(words).keyed(key)
}
