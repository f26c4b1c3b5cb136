//! Cleared figures → reports. Nothing is computed here and nothing uncleared can be shown: content
//! is built from `disclosure`'s types, rounded and worded once into a [`Document`], then laid out by
//! one renderer per format.
//!
//! | what | file |
//! |---|---|
//! | the content: documents, sections, blocks | `document` |
//! | what each audience reads | `equipe`, `elus`, `familles`, `renouvellement`, `pratiques` |
//! | blocks that several share | `common`, `territory`, `ctg`, `figure`, `messages` |
//! | sentences made from figures | `sentences` |
//! | formats | `html`, `pdf`, `xlsx` |
//! | what a user may override | `templates` |

pub mod charts;
mod common;
mod ctg;
mod document;
mod elus;
mod equipe;
mod familles;
mod figure;
mod html;
mod messages;
#[cfg(feature = "pdf")]
mod pdf;
mod pratiques;
mod renouvellement;
mod sentences;
mod templates;
mod territory;
mod xlsx;

use std::collections::BTreeMap;

pub use document::{Document, Fact, Head, IndexEntry, IndexPage};
pub use elus::build as build_elus;
pub use equipe::build as build_equipe;
pub use familles::{build_site as build_familles_site, build_territory as build_familles};
pub use html::page_index;
pub use pratiques::build as build_pratiques;
pub use renouvellement::build as build_renouvellement;
pub use templates::Templates;

use crate::base::error::Result;
use crate::vocabulary::config::{Rings, Structure};
use crate::vocabulary::referentiel::Referentiel;

/// What every report needs besides its figures.
pub struct Frame<'a> {
    /// Vocabulary of the campaign.
    pub referentiel: &'a Referentiel,
    /// Labels of the charts: this campaign, and the one before if any.
    pub campaigns: (&'a str, Option<&'a str>),
    /// Structures by code.
    pub structures: BTreeMap<&'a str, &'a Structure>,
    /// Outlines of the communes, for the map.
    pub outlines: Rings,
}

impl Frame<'_> {
    /// « R01 ALSH Les Colombages ».
    fn site(&self, code: &str) -> String {
        match self.structures.get(code) {
            Some(s) => format!("{code} {}", s.nom),
            None => code.to_owned(),
        }
    }

    /// « ALSH Les Colombages ».
    fn name(&self, code: &str) -> String {
        self.structures
            .get(code)
            .map_or_else(|| code.to_owned(), |s| s.nom.clone())
    }

    /// « REL-2 Écoute, ton et disponibilité des adultes ».
    fn critere(&self, code: &str) -> String {
        match self.referentiel.critere(code) {
            Some(c) => format!("{code} {}", self.referentiel.criteres[c].label),
            None => code.to_owned(),
        }
    }

    /// Name of a site, degrees east and north, when they are known.
    fn position(&self, code: &str) -> Option<(&str, (f64, f64))> {
        let site = self.structures.get(code)?;
        Some((&site.nom, (site.longitude?, site.latitude?)))
    }
}

/// A format of reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ReportFormat {
    /// A self-contained page.
    Html,
    /// Tagged, PDF/UA-1.
    Pdf,
    /// Workbook with typed cells and native charts.
    Xlsx,
}

impl ReportFormat {
    /// Extension of its files.
    pub fn extension(self) -> &'static str {
        ["html", "pdf", "xlsx"][self as usize]
    }
}

/// Lays a document out in a format.
///
/// # Errors
///
/// A mistake in a template, with file, line and column; a program built without PDF.
pub fn render(templates: &Templates, document: &Document, format: ReportFormat) -> Result<Vec<u8>> {
    match format {
        ReportFormat::Html => html::page(templates, document),
        #[cfg(feature = "pdf")]
        ReportFormat::Pdf => pdf::render(templates, document),
        #[cfg(not(feature = "pdf"))]
        ReportFormat::Pdf => Err(crate::base::error::Error::Usage(
            "Ce programme a été construit sans le format pdf.".to_owned(),
        )),
        ReportFormat::Xlsx => xlsx::render(document),
    }
}
