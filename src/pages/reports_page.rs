//! **Rapports**: for whom, in which form, what will be masked; written as a job; opened from here.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::choices_offered::{accueils, campaign, campaigns, named_campaign};
use super::masked_words::{AUDIENCES, audience_words, masked as masked_words};
use super::report_files::{address_of, editions, folder_of, grouped, listed, read, sent};
use crate::actions::masquage::masked_for;
use crate::actions::rapport::{ReportsRequest, deliver};
use crate::actions::reports_archive::reports_archive;
use crate::base::day::Day;
use crate::base::error::{Error, Result};
use crate::base::text::count;
use crate::campaign::OpenObservatory;
use crate::disclosure::DeliveryLog;
use crate::pages::answer::{PageAnswer, SentBytes};
use crate::pages::page_ask::{PageAsk, told};
use crate::reports::ReportFormat;
use crate::vocabulary::Audience;
use crate::vocabulary::config::Campaign;

const FORMATS: [(ReportFormat, &str); 4] = [
    (ReportFormat::Html, "page à lire à l’écran"),
    (ReportFormat::Pdf, "PDF"),
    (ReportFormat::Xlsx, "Excel"),
    (ReportFormat::Docx, "Word"),
];

pub(crate) fn show(asked: &PageAsk) -> Result<PageAnswer> {
    let opened = asked.open()?;
    let current = asked.campaign(&opened)?;
    let names = listed(&folder_of(&opened.observatory.root, current));
    // « Voir ce qui sera masqué » asks by GET, with what was chosen: F5 and a link lead to the same.
    let looked = asked.query("masquage") == "voir";
    let chosen = |code: &str| asked.query.iter().any(|(n, v)| n == "format" && v == code);
    let formats = FORMATS.map(|(format, word)| {
        let ticked = if looked {
            chosen(format.extension())
        } else {
            matches!(format, ReportFormat::Html | ReportFormat::Pdf)
        };
        json!({ "code": format.extension(), "mot": word, "coche": ticked })
    });
    let readers = readers(asked.query("public"));
    let masked = if looked {
        masked_for(
            &opened,
            &current.id,
            &readers.iter().map(|(a, _)| *a).collect::<Vec<_>>(),
        )?
    } else {
        Vec::new()
    };
    let masked = masked
        .iter()
        .zip(&readers)
        .map(|(plan, (_, who))| masked_words(plan, who));
    let content = json!({
        "campagne": campaign(&opened, current),
        "campagnes": campaigns(&opened),
        "publics": std::iter::once(json!({ "code": "", "mot": "Tout le monde, chacun le sien" }))
            .chain(AUDIENCES.map(|(a, word)| json!({ "code": a.as_str(), "mot": word }))).collect::<Vec<_>>(),
        "formats": formats,
        "accueils": accueils(&opened, current),
        "groupes": grouped(&names, current, &opened.observatory.registry),
        "tous": names.iter().any(|n| n == "index.html").then(|| address_of("index.html", current)),
        "choisi": asked.query("public"),
        "accueil_choisi": asked.query("structure"),
        "dossiers_choisi": asked.query("dossiers") == "oui",
        "definitif_choisi": asked.query("definitif") == "oui",
        "regarde": looked,
        "masques": masked.collect::<Vec<_>>(),
        "archives": archives(&names, &current.id),
        "livraisons": deliveries(&opened, current)?,
        "dossier": asked.desk.opens_files,
    });
    asked.page("rapports.html", "Rapports", "Rapports", content)
}

/// Who reads, of whom the plan is looked at: one, or all.
fn readers(code: &str) -> Vec<(Audience, &'static str)> {
    let all = AUDIENCES.into_iter();
    all.filter(|(a, _)| code.is_empty() || a.as_str() == code)
        .collect()
}

/// Editions that are kept in one archive each.
fn archives(names: &[String], campaign: &str) -> Vec<Value> {
    let all = editions(names).into_iter().map(|(day, files)| {
        let read = day.parse::<Day>().ok();
        json!({
            "adresse": format!("/rapports/archive/{campaign}?jour={day}"),
            "dit": read.map_or_else(|| "tous les rapports de cette édition".to_owned(), |d| format!("ceux de l’édition du {}", d.long())),
            "combien": count(files.len(), "fichier", "fichiers"),
        })
    });
    all.collect()
}

/// What was delivered, and when; the last first.
fn deliveries(opened: &OpenObservatory, campaign: &Campaign) -> Result<Vec<Value>> {
    let log = DeliveryLog::open(&opened.observatory.root)?;
    let own = log.deliveries().iter().rev();
    let own = own.filter(|d| d.campagne == campaign.id).map(|d| {
        let day = d.date.parse::<Day>().map_or_else(|_| d.date.clone(), Day::short);
        let sites = match d.structures.len() {
            0 => "tout le territoire".to_owned(),
            n => count(n, "accueil", "accueils"),
        };
        json!({
            "jour": day,
            "public": audience_words(&d.public),
            "accueils": sites,
            "masques": count(d.masques, "chiffre masqué", "chiffres masqués"),
            "repris": if d.repris == 0 { String::new() } else { count(d.repris, "chiffre repris d’une édition précédente", "chiffres repris d’une édition précédente") },
        })
    });
    Ok(own.collect())
}

/// The reports of an edition in one archive, kept by the browser.
pub(crate) fn archive(asked: &PageAsk) -> Result<PageAnswer> {
    let opened = asked.open()?;
    let current = opened.observatory.campaign(Some(asked.part("campagne")))?;
    let folder = folder_of(&opened.observatory.root, current);
    let wanted = asked.query("jour");
    let all = editions(&listed(&folder));
    let (_, names) = all.iter().find(|(day, _)| day == wanted).ok_or_else(|| {
        Error::Usage(
            "Cette édition n’est plus dans le dossier : écrivez les rapports, puis recommencez."
                .to_owned(),
        )
    })?;
    let bytes = reports_archive(&folder, names)?;
    let said = ["Rapports", &named_campaign(current), wanted];
    Ok(PageAnswer::Bytes(SentBytes::named(&said, "zip", bytes)))
}

/// Writes them, as a job that may be left.
pub(crate) fn write(asked: &PageAsk) -> Result<PageAnswer> {
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
pub(crate) fn file(asked: &PageAsk) -> Result<PageAnswer> {
    let opened = asked.open()?;
    let (id, name) = asked.part("nom").split_once('/').unwrap_or_default();
    let campaign = opened.observatory.campaign(Some(id))?;
    let bytes = read(&folder_of(&opened.observatory.root, campaign), name)?;
    Ok(PageAnswer::Bytes(sent(name, bytes, &campaign.id)))
}

/// Their folder, in the Explorer.
pub(crate) fn open_folder(asked: &PageAsk) -> Result<PageAnswer> {
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
    super::opened_folder::open_folder(&folder)?;
    asked.done(&address, &format!("Dossier ouvert : {}", folder.display()))
}
