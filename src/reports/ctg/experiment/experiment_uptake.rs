//! Who took an experiment up: practices, adopters, proofs; which adoption a later visit confirms.

use super::experiment_parts::ExperimentReport;
use crate::base::day::Day;
use crate::base::tabular::{Heading, Table};
use crate::base::text::{Datum, list};
use crate::disclosure::{CtgIndicator, CtgPractice};
use crate::reports::ctg::indicator_rows::indicator_rows;
use crate::reports::document::Block;

/// The blocks.
pub(super) fn uptake(report: &ExperimentReport) -> Vec<Block> {
    let results = report.counted.iter().filter(|i| i.nature != "réalisation");
    let results: Vec<CtgIndicator> = results.cloned().collect();
    let mut blocks = Vec::new();
    blocks.extend(indicator_rows("Les indicateurs de la fiche", &results));
    let practices = &report.experiment.practices;
    if practices.is_empty() {
        blocks.push(Block::text(
            "Aucune pratique issue de l’essai n’est au registre : on ne sait pas si quelqu’un l’a reprise.",
        ));
        return blocks;
    }
    blocks.push(practice_table(practices));
    let confirmed = report.changes.map_or(&[][..], |c| &c.confirmed);
    if confirmed.is_empty() {
        blocks.push(Block::text(
            "Aucune reprise n’est encore confirmée : il faut qu’une visite faite après elle montre une hausse d’un critère attendu.",
        ));
    } else {
        let told = confirmed
            .iter()
            .map(|(site, code)| format!("{site} ({code})"));
        blocks.push(Block::text(format!(
            "La visite faite après la reprise y montre une hausse d’un critère attendu : {}. Elle peut venir d’autre chose.",
            list(&told.collect::<Vec<_>>())
        )));
    }
    blocks
}

fn practice_table(practices: &[CtgPractice]) -> Block {
    let columns = vec![
        Heading::words("Pratique").wide(4.0),
        Heading::words("Reprise par").wide(3.0),
        Heading::words("Depuis").wide(1.2),
        Heading::words("Preuve").wide(2.0),
    ];
    let rows = practices.iter().map(|p| {
        let adopters = if p.adopters.is_empty() {
            "personne d’autre pour l’instant".to_owned()
        } else {
            list(&p.adopters)
        };
        let proof = match (p.proof, p.proof_day) {
            ("", _) => "aucune : ne compte pas".to_owned(),
            (proof, Some(day)) => format!("{proof} du {}", day.short()),
            (proof, None) => format!("{proof}, sans date : ne compte pas"),
        };
        let since = p.since.map_or_else(|| "non saisi".to_owned(), Day::short);
        vec![
            Datum::words(&p.text),
            Datum::words(adopters),
            Datum::words(since),
            Datum::words(proof),
        ]
    });
    Block::Table(Table::new("Ce qui a été repris", columns, rows.collect()))
}
