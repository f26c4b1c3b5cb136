//! The experiment in a bilan: two pages of its dossier for who reads levels of accueils, what was announced for others; then
//! what people write.

use super::bilan_content::{BilanReport, headed};
use crate::base::text::count;
use crate::disclosure::CtgTried;
use crate::reports::ctg::experiment::ExperimentReport;
use crate::reports::document::{Block, Fact, ReportSection};

/// Experiments, one after the other.
pub(super) fn experiments(report: &BilanReport) -> Vec<ReportSection> {
    let of = |tried: &CtgTried| -> Vec<Block> {
        let mut dossiers = report.experiments.iter();
        let mut blocks = match dossiers.find(|d| d.experiment.code == tried.code) {
            Some(dossier) => measured(dossier),
            None => announced(tried),
        };
        blocks.extend(headed(report.texts.experiment(&tried.code)));
        blocks
    };
    let is_alone = report.tried.len() == 1;
    let sections = (1..).zip(report.tried).map(|(rank, tried)| {
        let (title, sheet) = if is_alone {
            (
                format!("5. L’expérimentation : {}", tried.title),
                "5 Expérimentation".to_owned(),
            )
        } else {
            (
                format!("5.{rank} L’expérimentation : {}", tried.title),
                format!("5.{rank} Expérimentation"),
            )
        };
        ReportSection {
            page_break: true,
            ..ReportSection::new(&title, &sheet, of(tried))
        }
    });
    sections.collect()
}

/// What the dossier says of what was tried, of what changed, of who took it up.
fn measured(dossier: &ExperimentReport) -> Vec<Block> {
    let mut blocks = dossier.tried().blocks;
    blocks.push(Block::heading("Ce qui a changé à l’accueil pilote"));
    blocks.extend(dossier.changed());
    blocks.push(Block::heading("Qui l’a reprise"));
    blocks.extend(dossier.taken_up());
    blocks
}

/// What was announced.
fn announced(tried: &CtgTried) -> Vec<Block> {
    let mut facts = vec![
        Fact::new("Fiche", &tried.fiche),
        Fact::new(
            "Dates",
            format!("du {} au {}", tried.from.long(), tried.to.long()),
        ),
        Fact::new(
            "Menée dans",
            count(tried.pilots, "accueil pilote", "accueils pilotes"),
        ),
    ];
    if let Some(day) = tried.fixed_on {
        facts.push(Fact::new(
            "Effets attendus",
            format!("écrits le {}", day.long()),
        ));
    }
    let mut blocks = vec![Block::Facts { rows: facts }];
    if !tried.steps.is_empty() {
        blocks.push(Block::heading("Les étapes prévues"));
        blocks.push(Block::bullets(tried.steps.iter().cloned()));
    }
    if tried.pilots == 1 {
        blocks.push(Block::text(
            "Avec un seul accueil pilote, rien ne permet de dire que ce qui a changé vient de l’expérimentation.",
        ));
    }
    blocks
}
