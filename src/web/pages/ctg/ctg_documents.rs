//! **CTG**, documents: one chosen with its quarter and its readers, written as a long job, opened here.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::TAB;
use crate::actions::ctg_indicateurs::periods_offered;
use crate::actions::ctg_registre::open_desk;
use crate::actions::ctg_suivi::{QuarterRequest, write_quarter};
use crate::base::error::{Error, Result};
use crate::base::text::{count, in_address};
use crate::campaign::OpenObservatory;
use crate::disclosure::CtgAudience;
use crate::reports::ReportFormat;
use crate::web::answer::PageAnswer;
use crate::web::page_ask::{PageAsk, told};
use crate::web::pages::report_files::{listed, read, sent};

const HERE: &str = "/ctg/documents";
const FORMATS: [(ReportFormat, &str); 4] = [
    (ReportFormat::Pdf, "PDF"),
    (ReportFormat::Html, "page"),
    (ReportFormat::Docx, "Word"),
    (ReportFormat::Xlsx, "Excel"),
];

/// Folder of the documents of the convention.
fn folder_of(root: &Path) -> PathBuf {
    root.join("reports").join("ctg")
}

pub(in crate::web) fn show(asked: &PageAsk) -> Result<PageAnswer> {
    let opened = asked.open()?;
    let found = open_desk(&opened)?;
    let periods = periods_offered(&opened, &found.convention, found.day);
    let quarters: Vec<&String> = periods.iter().filter(|p| p.contains("-T")).collect();
    let publics = CtgAudience::ALL.iter().map(
        |a| json!({ "code": a.as_str(), "mot": a.label(), "choisi": *a == CtgAudience::Copil }),
    );
    let formats = FORMATS.iter().map(
        |(f, word)| json!({ "code": f.extension(), "mot": word, "coche": *f == ReportFormat::Pdf }),
    );
    let content = json!({
        "signee": found.is_signed,
        "trimestres": quarters,
        "publics": publics.collect::<Vec<_>>(),
        "formats": formats.collect::<Vec<_>>(),
        "fichiers": files(&opened),
    });
    asked.page(
        "ctg_documents.html",
        "Documents de la convention",
        TAB,
        content,
    )
}

/// What is written, the last one first by its name.
fn files(opened: &OpenObservatory) -> Vec<Value> {
    let names = listed(&folder_of(&opened.observatory.root));
    let shown = names.iter().rev().map(|name| {
        json!({ "nom": name, "adresse": format!("{HERE}/fichier/{}", in_address(name, "/")) })
    });
    shown.collect()
}

/// Writes the follow-up of a quarter.
pub(in crate::web) fn write(asked: &PageAsk) -> Result<PageAnswer> {
    let chosen = |code: &str| asked.values("format").any(|f| f == code);
    let formats = FORMATS
        .iter()
        .filter(|(f, _)| chosen(f.extension()))
        .map(|(f, _)| *f);
    let formats: BTreeSet<ReportFormat> = formats.collect();
    if formats.is_empty() {
        return Err(Error::Usage(
            "Choisissez au moins une forme : PDF, page, Word ou Excel.".to_owned(),
        ));
    }
    let public = asked.needed("public", "qui lira")?;
    let audience = CtgAudience::ALL.iter().find(|a| a.as_str() == public);
    let audience =
        *audience.ok_or_else(|| Error::Usage(format!("« {public} » n’est pas un public.")))?;
    let request = QuarterRequest {
        quarter: Some(asked.needed("trimestre", "le trimestre")?.to_owned()),
        audience,
        formats,
        date: None,
        out: None,
    };
    let desk = std::sync::Arc::clone(&asked.desk);
    let folder = asked.folder()?;
    asked.desk.jobs.begin("Le document s’écrit", move |_| {
        let opened = OpenObservatory::open(Some(&folder))?;
        let outcome = write_quarter(&opened, &request)?;
        let hidden = match outcome.delivered.hidden {
            0 => String::new(),
            n => format!(
                " {} à ce public.",
                count(
                    n,
                    "chiffre n’est pas montré",
                    "chiffres ne sont pas montrés"
                )
            ),
        };
        let said = format!(
            "Suivi du {}, tel que connu au {}, pour : {}.{hidden} Relisez avant de transmettre.",
            outcome.quarter,
            outcome.day.short(),
            request.audience.label()
        );
        Ok(told(&desk, HERE, &said))
    })?;
    Ok(PageAnswer::See("/travail".to_owned()))
}

/// One of the files.
pub(in crate::web) fn file(asked: &PageAsk) -> Result<PageAnswer> {
    let opened = asked.open()?;
    let name = asked.part("nom");
    let bytes = read(&folder_of(&opened.observatory.root), name)?;
    Ok(PageAnswer::Bytes(sent(name, bytes)))
}
