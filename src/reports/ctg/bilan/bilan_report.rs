//! Which sections a bilan has, in which order; its cover, which counts what is left to write.

use super::bilan_annexes::annexes;
use super::bilan_content::{BilanKind, BilanReport};
use super::change_section::changes;
use super::convention_brief::brief;
use super::essential_messages::essentials;
use super::experiment_section::experiments;
use super::fiche_page::fiche_pages;
use super::governance_section::governance;
use super::next_section::next;
use super::told_sections::{approach, words};
use crate::base::error::Result;
use crate::base::tabular::{Heading, Table};
use crate::base::text::{Datum, count};
use crate::reports::ctg::ctg_head::convention_line;
use crate::reports::document::{Block, Document, Head, ReportSection};

impl BilanReport<'_> {
    /// The document.
    ///
    /// # Errors
    ///
    /// A drawing that cannot be made.
    pub(crate) fn document(&self, mut head: Head) -> Result<Document> {
        let mut sections = self.sections()?;
        let counted = counted(&sections);
        if !counted.is_empty() {
            head.subtitle = format!("{} · {counted}", head.subtitle);
        }
        if let Some(first) = sections.first_mut() {
            let mut opening = vec![convention_line(self.view)];
            opening.extend(left(&sections_left(self, &counted)));
            first.blocks.splice(0..0, opening);
        }
        Ok(Document { head, sections })
    }

    fn sections(&self) -> Result<Vec<ReportSection>> {
        let mut sections: Vec<ReportSection> = Vec::new();
        let is_whole = !self.is_extract;
        if is_whole {
            sections.push(essentials(self));
        }
        if self.kind != BilanKind::Standing {
            sections.push(brief(self));
        }
        sections.extend(fiche_pages(self));
        if self.kind != BilanKind::Standing {
            sections.extend(changes(self)?);
        }
        if self.kind == BilanKind::Final && is_whole {
            sections.extend(experiments(self));
            sections.extend(governance(self)?);
            sections.extend(words(self));
        }
        if self.kind != BilanKind::Standing && is_whole {
            sections.push(approach(self));
        }
        sections.push(next(self));
        if self.kind != BilanKind::Standing && is_whole {
            sections.extend(signatures(self));
        }
        if self.kind == BilanKind::Final && is_whole {
            sections.extend(annexes(self));
        }
        Ok(sections)
    }
}

/// A place to sign, one line a signatory.
fn signatures(report: &BilanReport) -> Option<ReportSection> {
    if report.view.signatories.is_empty() || !report.follows() {
        return None;
    }
    let columns = vec![
        Heading::words("Signataire").wide(3.4),
        Heading::words("Nom et qualité").wide(3.0),
        Heading::words("Date").wide(1.4),
        Heading::words("Signature").wide(3.0),
    ];
    let dots = || Datum::words("……………………");
    let rows = report.view.signatories.iter();
    let rows = rows.map(|who| vec![Datum::words(who), dots(), Datum::words("……/……/………"), dots()]);
    let table = Table::new("Les signataires de la convention", columns, rows.collect());
    let said = Block::text(
        "Les signataires ont pris connaissance de ce bilan. Ce qui est calculé l’est tel que connu au jour de l’édition ; ce qui est écrit l’est par le service.",
    );
    Some(ReportSection::new(
        "Signatures",
        "9 Signatures",
        vec![said, Block::Table(table)],
    ))
}

/// « 12 sections complètes, 3 à compléter »: the boxes of the document itself.
fn counted(sections: &[ReportSection]) -> String {
    let boxes = sections.iter().flat_map(|s| &s.blocks);
    let boxes = boxes.filter_map(|block| match block {
        Block::Writing(own) => Some(own.is_complete()),
        _ => None,
    });
    let boxes: Vec<bool> = boxes.collect();
    let done = boxes.iter().filter(|done| **done).count();
    let told = match (done, boxes.len() - done) {
        (0, 0) => return String::new(),
        (done, 0) => return count(done, "section complète", "sections complètes"),
        (0, left) => return count(left, "section à compléter", "sections à compléter"),
        (done, left) => (count(done, "section complète", "sections complètes"), left),
    };
    format!("{}, {} à compléter", told.0, told.1)
}

/// What is told first on a bilan that is not whole yet.
fn sections_left(report: &BilanReport, counted: &str) -> String {
    if counted.contains("à compléter") {
        format!(
            "Document de travail : les parties encadrées d’un trait discontinu restent à écrire, dans les fichiers de ctg/textes. Le reste est calculé, tel que connu au {}.",
            report.view.day.long()
        )
    } else {
        String::new()
    }
}

fn left(told: &str) -> Option<Block> {
    (!told.is_empty()).then(|| Block::note(told))
}
