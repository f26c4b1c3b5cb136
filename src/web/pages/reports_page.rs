//! **Rapports**: for whom, in which form, what will be masked; written as a job; opened from here.

use std::collections::BTreeSet;

use serde_json::json;

use super::choices_offered::{accueils, campaign, campaigns};
use super::report_files::{address_of, folder_of, grouped, listed, policy, read};
use crate::actions::rapport::{ReportsRequest, deliver};
use crate::base::error::{Error, Result};
use crate::base::text::count;
use crate::campaign::OpenObservatory;
use crate::reports::ReportFormat;
use crate::vocabulary::Audience;
use crate::web::answer::{PageAnswer, SentBytes, kind_of};
use crate::web::page_ask::{PageAsk, told};

/// What people call them.
const AUDIENCES: [(Audience, &str); 5] = [
    (Audience::Elus, "Les élus et le comité de pilotage"),
    (Audience::Equipe, "Les équipes"),
    (Audience::Familles, "Les familles"),
    (
        Audience::Renouvellement,
        "Le renouvellement des conventions",
    ),
    (
        Audience::Pratiques,
        "Toutes les équipes : les pratiques remarquables",
    ),
];
const FORMATS: [(ReportFormat, &str); 4] = [
    (ReportFormat::Html, "page à lire à l’écran"),
    (ReportFormat::Pdf, "PDF"),
    (ReportFormat::Xlsx, "Excel"),
    (ReportFormat::Docx, "Word"),
];

pub(in crate::web) fn show(asked: &PageAsk) -> Result<PageAnswer> {
    let opened = asked.open()?;
    let current = asked.campaign(&opened)?;
    let names = listed(&folder_of(&opened.observatory.root, current));
    let formats = FORMATS.map(|(format, word)| {
        json!({ "code": format.extension(), "mot": word, "coche": matches!(format, ReportFormat::Html | ReportFormat::Pdf) })
    });
    let content = json!({
        "campagne": campaign(current),
        "campagnes": campaigns(&opened),
        "publics": std::iter::once(json!({ "code": "", "mot": "Tout le monde, chacun le sien" }))
            .chain(AUDIENCES.map(|(a, word)| json!({ "code": a.as_str(), "mot": word }))).collect::<Vec<_>>(),
        "formats": formats,
        "accueils": accueils(&opened, current),
        "groupes": grouped(&names, current, &opened.observatory.registry),
        "tous": names.iter().any(|n| n == "index.html").then(|| address_of("index.html", current)),
        "masques": [],
        "dossier": asked.desk.opens_files,
    });
    asked.page("rapports.html", "Rapports", "Rapports", content)
}

/// Writes them, as a job that may be left.
pub(in crate::web) fn write(asked: &PageAsk) -> Result<PageAnswer> {
    let opened = asked.open()?;
    let current = asked.campaign(&opened)?.id.clone();
    let formats: BTreeSet<ReportFormat> = FORMATS
        .iter()
        .filter(|(format, _)| asked.values("format").any(|f| f == format.extension()))
        .map(|(format, _)| *format)
        .collect();
    if formats.is_empty() {
        return Err(Error::Usage(
            "Choisissez au moins une forme : page, PDF, Excel ou Word.".to_owned(),
        ));
    }
    let audience = AUDIENCES
        .iter()
        .find(|(a, _)| a.as_str() == asked.field("public"));
    let structure = asked.field("structure");
    let request = ReportsRequest {
        campaign: Some(current.clone()),
        audience: audience.map(|(a, _)| *a),
        structure: (!structure.is_empty()).then(|| structure.to_owned()),
        dossiers: asked.field("dossiers") == "oui",
        formats,
        is_final: asked.field("definitif") == "oui",
        date: None,
        out: None,
    };
    let desk = std::sync::Arc::clone(&asked.desk);
    let folder = asked.folder()?;
    asked
        .desk
        .jobs
        .begin("Les rapports s’écrivent", move |progress| {
            let opened = OpenObservatory::open(Some(&folder))?;
            let outcome = deliver(&opened, &request, progress)?;
            let said = format!(
                "{} en {}.",
                count(outcome.reports, "rapport écrit", "rapports écrits"),
                count(outcome.files, "fichier", "fichiers")
            );
            Ok(told(&desk, &format!("/rapports?campagne={current}"), &said))
        })?;
    Ok(PageAnswer::See("/travail".to_owned()))
}

/// One of the files: a page or a PDF is shown, a workbook is kept.
pub(in crate::web) fn file(asked: &PageAsk) -> Result<PageAnswer> {
    let opened = asked.open()?;
    let (id, name) = asked.part("nom").split_once('/').unwrap_or_default();
    let campaign = opened.observatory.campaign(Some(id))?;
    let bytes = read(&folder_of(&opened.observatory.root, campaign), name)?;
    let last = name.rsplit('/').next().unwrap_or(name);
    Ok(PageAnswer::Bytes(match kind_of(name) {
        kind if kind.starts_with("text/html") => SentBytes {
            policy: Some(policy(&bytes)),
            ..SentBytes::shown(kind, bytes)
        },
        kind @ "application/pdf" => SentBytes::shown(kind, bytes),
        _ => SentBytes::kept(last, bytes),
    }))
}

/// Their folder, in the Explorer.
pub(in crate::web) fn open_folder(asked: &PageAsk) -> Result<PageAnswer> {
    let opened = asked.open()?;
    let current = asked.campaign(&opened)?;
    let folder = folder_of(&opened.observatory.root, current);
    let address = format!("/rapports?campagne={}", current.id);
    if !folder.is_dir() {
        return asked.done(
            &address,
            "Aucun rapport n’est encore écrit : le dossier n’existe pas.",
        );
    }
    opener::open(&folder).map_err(|_| {
        Error::Usage(format!(
            "Le dossier n’a pas pu s’ouvrir tout seul. Il est là : {}",
            folder.display()
        ))
    })?;
    asked.done(&address, &format!("Dossier ouvert : {}", folder.display()))
}
