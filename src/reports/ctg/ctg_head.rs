//! The head of every document of the convention.

use crate::base::text::list;
use crate::disclosure::CtgView;
use crate::reports::document::{Block, Head};
use crate::vocabulary::config::Territory;

/// What a document is called.
pub(crate) struct CtgTitles {
    /// « Suivi du 2e trimestre 2026 ».
    pub title: String,
    /// Line under it.
    pub line: String,
}

/// The first band: the convention, who reads, on which day it is known so. Nothing of the day that it is printed.
pub(crate) fn ctg_head(view: &CtgView, titles: CtgTitles, territory: &Territory) -> Head {
    Head {
        title: titles.title,
        subtitle: titles.line,
        audience: "ctg".to_owned(),
        campaign: format!("{} · pour : {}", view.title, view.audience.label()),
        territory: territory.nom.clone(),
        edition: format!("État connu au {}", view.day.long()),
        date: view.day.to_string(),
        version: String::new(),
        fictitious: territory.donnees_fictives,
        contact: territory.contact.clone(),
    }
}

/// Who signed, until when, with which avenants: one line.
pub(crate) fn convention_line(view: &CtgView) -> Block {
    let signed = if view.signatories.is_empty() {
        String::new()
    } else {
        format!(", signée par {}", list(&view.signatories))
    };
    let amendments: Vec<String> = (view.amendments.iter())
        .map(|a| format!("n° {} ({})", a.number, a.date.short()))
        .collect();
    let amendments = match amendments.len() {
        0 => String::new(),
        1 => format!(" Avenant {}.", amendments[0]),
        _ => format!(" Avenants {}.", list(&amendments)),
    };
    Block::note(format!(
        "Convention du {} au {}{signed}.{amendments}",
        view.from.short(),
        view.to.short()
    ))
}
