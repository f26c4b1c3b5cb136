//! Information notices, as texts to complete and as pages to print.

use std::path::{Path, PathBuf};

use crate::base::day::Day;
use crate::base::error::{Error, Result};
use crate::campaign::OpenObservatory;
use crate::convention::load_exchanges;
use crate::exports::{Notice, notices};
use crate::reports::{Block, Document, Head, ReportFormat, ReportSection, Templates, render};

/// Writes every notice in a folder, on a day; gives the files.
///
/// # Errors
///
/// No folder given, a disk that refuses, a template of the folder that is wrong.
pub(crate) fn export_notices(
    opened: &OpenObservatory,
    out: Option<&Path>,
    day: Day,
) -> Result<Vec<PathBuf>> {
    let Some(folder) = out else {
        return Err(Error::Usage(
            "exporter notices demande --sortie DOSSIER.".to_owned(),
        ));
    };
    let observatory = &opened.observatory;
    let templates = Templates::load(&observatory.templates_dir(), observatory.brand()?)?;
    let mut written = Vec::new();
    let exchanges = load_exchanges(observatory)?.value;
    for notice in notices(&observatory.settings, &exchanges) {
        let path = folder.join(format!("{}.md", notice.file));
        opened
            .destination(&path)?
            .write(notice.markdown().as_bytes())?;
        written.push(path);
        if cfg!(feature = "pdf") {
            let path = folder.join(format!("{}.pdf", notice.file));
            let document = document(opened, &notice, day);
            let page = render(&templates, &document, ReportFormat::Pdf)?;
            opened.destination(&path)?.write(&page)?;
            written.push(path);
        }
    }
    Ok(written)
}

fn document(opened: &OpenObservatory, notice: &Notice, day: Day) -> Document {
    let territory = &opened.observatory.settings.territory;
    let sections = notice.parts.iter().map(|part| {
        let blocks = part.paragraphs.iter().map(Block::text).collect();
        ReportSection::new(part.heading, part.heading, blocks)
    });
    Document {
        head: Head {
            title: notice.title.to_owned(),
            territory: territory.nom.clone(),
            fictitious: territory.donnees_fictives,
            contact: territory.contact.clone(),
            date: day.to_string(),
            ..Head::default()
        },
        sections: sections.collect(),
    }
}
