//! The documents to have ready for a visit: in the order in which they are asked for, who holds each, which text asks for
//! it, a box to tick, and what the last campaign found.

use std::collections::BTreeSet;

use super::field_guide::{GuideSubject, SeenRule, cell};
use super::guide_words::{GuideWords, PapersWords};
use crate::base::error::{Error, Result};
use crate::base::tabular::{Heading, Table};
use crate::base::text::Datum;
use crate::reports::{Block, ReportSection};
use crate::vocabulary::referentiel::{Element, VisitPiece};

/// The box to tick.
const BOX: &str = "□";

/// Every section, in the order in which it is read.
///
/// # Errors
///
/// A référentiel that lists no document for these accueils.
pub(super) fn sections(subject: &GuideSubject, words: &GuideWords) -> Result<Vec<ReportSection>> {
    let own: &PapersWords = &words.dossier;
    let mut asked: Vec<(&VisitPiece, Vec<&Element>)> = Vec::new();
    for piece in &subject.referentiel.pieces {
        let shown = subject.referentiel.shown_by(piece, &subject.kinds);
        let shown: Vec<&Element> = shown.collect();
        if !shown.is_empty() {
            asked.push((piece, shown));
        }
    }
    if asked.is_empty() {
        return Err(Error::Usage(format!(
            "Le référentiel {} ne liste aucun document (« pieces ») pour cet accueil ou ce type d’accueil.",
            subject.referentiel.version
        )));
    }
    let mut first = vec![Block::bullets(own.mode_emploi.iter().cloned())];
    if let Some(seen) = &subject.seen {
        first.push(Block::text(
            own.deja_vu.replace("{campagne}", &seen.campaign),
        ));
    }
    let mut sections = vec![ReportSection::new(
        "Comment s’en servir",
        "Mode d’emploi",
        first,
    )];
    let mut rest = asked.as_slice();
    while let Some((piece, _)) = rest.first() {
        let same = rest
            .iter()
            .take_while(|(p, _)| p.heading == piece.heading)
            .count();
        let (group, after) = rest.split_at(same);
        sections.push(documents(subject, own, &piece.heading, group));
        rest = after;
    }
    if let Some(last) = sections.last_mut() {
        last.blocks.push(subject.provenance(words));
    }
    Ok(sections)
}

/// Documents under one heading.
fn documents(
    subject: &GuideSubject,
    words: &PapersWords,
    heading: &str,
    group: &[(&VisitPiece, Vec<&Element>)],
) -> ReportSection {
    let mut columns = vec![
        Heading::words(&words.pret).wide(0.6),
        Heading::words(&words.document).wide(4.6),
        Heading::words(&words.chez_qui).wide(1.5),
        Heading::words(&words.texte).wide(3.6),
    ];
    if let Some(seen) = &subject.seen {
        columns.push(Heading::words(format!("{} {}", words.constate, seen.campaign)).wide(1.5));
    }
    let rows = group.iter().map(|(piece, shown)| {
        let mut row = vec![
            cell(BOX),
            cell(&piece.name),
            cell(&piece.held_by),
            cell(articles(shown)),
        ];
        if let Some(seen) = &subject.seen {
            let found = shown.iter().filter_map(|e| seen.rules.get(&e.code));
            row.push(Datum::words(
                found.max().map_or("", |found| word(*found, words)),
            ));
        }
        row
    });
    let sheet: String = heading.chars().take(31).collect();
    let table = Table::new("", columns, rows.collect());
    ReportSection::new(heading, &sheet, vec![Block::Table(table)])
}

/// Texts that ask for what a document shows, each once.
fn articles(shown: &[&Element]) -> String {
    let cited = shown.iter().filter_map(|e| e.origin.article());
    let mut seen = BTreeSet::new();
    let each = cited.flat_map(|all| all.split(" ; "));
    let once: Vec<&str> = each.filter(|one| seen.insert(*one)).collect();
    once.join(" ; ")
}

fn word(found: SeenRule, words: &PapersWords) -> &str {
    match found {
        SeenRule::Met => &words.conforme,
        SeenRule::PutRight => &words.corrige,
        SeenRule::Unseen => &words.pas_vu,
        SeenRule::Missed => &words.a_reprendre,
    }
}
