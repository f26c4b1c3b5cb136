//! Pages: self-contained HTML, one file each.

use super::model::{ElusReport, EquipeReport, IndexPage};
use super::templates::Templates;
use crate::error::Result;

/// The report of one site.
pub fn page_equipe(templates: &Templates, report: &EquipeReport) -> Result<String> {
    templates.render("equipe.html", report)
}

/// The synthesis of the territory.
pub fn page_elus(templates: &Templates, report: &ElusReport) -> Result<String> {
    templates.render("elus.html", report)
}

/// The index of a delivery.
pub fn page_index(templates: &Templates, page: &IndexPage) -> Result<String> {
    templates.render("index.html", page)
}
