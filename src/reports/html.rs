//! Pages: self-contained HTML, one file each.

use super::document::Document;
use super::index_page::IndexPage;
use super::templates::Templates;
use crate::base::error::Result;

/// A report as a page; each audience has its template, which most often only extends `base.html`.
pub(super) fn page(templates: &Templates, document: &Document) -> Result<Vec<u8>> {
    let template = format!("{}.html", document.head.audience);
    templates
        .render(&template, document)
        .map(String::into_bytes)
}

/// The index of a delivery.
///
/// # Errors
///
/// A mistake in a template.
pub fn page_index(templates: &Templates, page: &IndexPage) -> Result<Vec<u8>> {
    templates.render("index.html", page).map(String::into_bytes)
}
