//! The register of treatments, an entry a section: what article 30 of the RGPD asks for, ready for the délégué.

use crate::reports::document::{Block, Document, Fact, Head, ReportSection};

/// An entry.
pub(crate) struct TreatmentEntry {
    /// `OBS-1`.
    pub code: String,
    /// What it is called.
    pub name: String,
    /// Labels and values, in the order of article 30.
    pub facts: Vec<(&'static str, String)>,
}

/// The document.
pub(crate) fn treatment_entries(entries: &[TreatmentEntry], head: Head) -> Document {
    let mut sections = vec![ReportSection::new(
        "À relire avec le délégué à la protection des données",
        "Lisez-moi",
        vec![
            Block::text(
                "Une fiche par traitement. Les durées et les seuils sont ceux des réglages de l’observatoire ; les mesures sont celles que le programme applique.",
            ),
            Block::text(
                "Restent à écrire par la collectivité : le nom de son délégué, la sécurité de ses postes et de ses sauvegardes.",
            ),
        ],
    )];
    sections.extend(entries.iter().map(|entry| {
        let facts = entry.facts.iter();
        let rows = facts.map(|(name, value)| Fact::new(*name, value.clone()));
        let blocks = vec![Block::Facts {
            rows: rows.collect(),
        }];
        ReportSection::new(
            &format!("{} · {}", entry.code, entry.name),
            &entry.code,
            blocks,
        )
    }));
    Document { head, sections }
}
