//! **CTG**, the workbook of the follow-up: down, whole or of one fiche; up, with lists, calendars and exports of other
//! tools, looked at before anything is written.

use serde_json::{Value, json};

use super::TAB;
use super::ctg_incoming::{HERE, asked_of, choices, reception};
use crate::actions::ctg_exporter::book_bytes;
use crate::actions::ctg_importer::{
    SuiviFate, SuiviImportOutcome, SuiviImportRequest, import_books,
};
use crate::actions::ctg_registre::{FollowUpDesk, open_desk};
use crate::base::error::{Error, Result};
use crate::base::text::{count, hex};
use crate::campaign::{OpenObservatory, today};
use crate::web::answer::{PageAnswer, SentBytes};
use crate::web::page_ask::PageAsk;
use crate::web::pages::choices_offered::remarks;
use crate::web::reception::WaitingFile;

/// The workbook, kept in the downloads.
pub(in crate::web) fn download(asked: &PageAsk) -> Result<PageAnswer> {
    let opened = asked.open()?;
    let fiche = Some(asked.query("fiche")).filter(|f| !f.is_empty());
    let bytes = book_bytes(&opened, fiche)?;
    let whose = fiche.map_or_else(String::new, |code| format!(" {code}"));
    Ok(PageAnswer::Bytes(SentBytes::kept(
        &format!("Suivi CTG{whose} {}.xlsx", today()),
        bytes,
    )))
}

/// One workbook at a time: each is told, and enters, on its own.
fn read(
    opened: &OpenObservatory,
    file: &WaitingFile,
    simulation: bool,
) -> Result<SuiviImportOutcome> {
    let request = SuiviImportRequest {
        paths: vec![file.path.clone()],
        simulation,
        choices: choices(file),
        proposals: None,
    };
    import_books(opened, &request)
}

fn fate(found: &SuiviImportOutcome) -> Option<SuiviFate> {
    found.intake.files.first().map(|file| found.fate(file))
}

pub(in crate::web) fn show(asked: &PageAsk) -> Result<PageAnswer> {
    let opened = asked.open()?;
    let desk = open_desk(&opened)?;
    let waiting = reception(asked, &opened)?.waiting()?;
    let mut files = Vec::new();
    let mut entering = 0;
    for file in &waiting {
        let found = read(&opened, file, true)?;
        entering += usize::from(fate(&found) == Some(SuiviFate::WouldEnter));
        files.push(told(&found, file, &desk));
    }
    let content = json!({
        "fiches": desk.convention.fiches.iter().map(|f| json!({ "code": f.code, "nom": f.title })).collect::<Vec<_>>(),
        "attente": files,
        "entrent": if entering == 0 { String::new() } else { count(entering, "fichier", "fichiers") },
        "vu": seen(desk.desk.version(), &waiting),
    });
    asked.page(
        "ctg_classeurs.html",
        "Classeurs, listes, agendas",
        TAB,
        content,
    )
}

/// What was looked at: the files that wait, and the follow-up that they would change.
fn seen(version: &str, waiting: &[WaitingFile]) -> String {
    let stamp = |w: &WaitingFile| {
        let size = std::fs::metadata(&w.path).map_or(0, |m| m.len());
        format!("{}:{}:{size}:{:?}", w.rank, w.name, w.said)
    };
    let mut all: Vec<String> = waiting.iter().map(stamp).collect();
    all.push(version.to_owned());
    hex(<sha2::Sha256 as sha2::Digest>::digest(all.join("\n")))
}

fn told(found: &SuiviImportOutcome, file: &WaitingFile, desk: &FollowUpDesk) -> Value {
    let outcome = found.intake.files.first();
    let (word, kind) = match fate(found) {
        None => ("Ce n’est pas un fichier du suivi".to_owned(), "refuse"),
        Some(SuiviFate::Known) => ("Déjà entré".to_owned(), "entre"),
        Some(SuiviFate::Refused { errors }) => (
            format!(
                "Ne peut pas entrer : {}",
                count(errors, "erreur", "erreurs")
            ),
            "refuse",
        ),
        Some(SuiviFate::NothingNew) => ("Ne change rien".to_owned(), "entre"),
        Some(SuiviFate::WouldEnter | SuiviFate::Entered | SuiviFate::Proposed) => {
            ("Peut entrer".to_owned(), "question")
        }
    };
    let names = |pick: &dyn Fn(&crate::convention::SuiviFileOutcome) -> Vec<String>| {
        outcome.map(pick).unwrap_or_default()
    };
    json!({
        "rang": file.rank, "nom": file.name, "etat": word, "genre": kind,
        "quoi": outcome.map_or("", |f| f.kind),
        "demande": asked_of(found, file, desk),
        "ajoutees": names(&|f| f.created.clone()),
        "changees": names(&|f| f.changed.clone()),
        "remarques": remarks(&found.diagnostics()),
    })
}

/// Workbooks were dropped: they wait.
pub(in crate::web) fn drop_workbooks(asked: &PageAsk) -> Result<PageAnswer> {
    let opened = asked.open()?;
    if asked.files.is_empty() {
        return Err(Error::Usage(
            "Aucun fichier n’a été déposé : choisissez-en un, puis recommencez.".to_owned(),
        ));
    }
    let dropped = reception(asked, &opened)?.keep(&asked.files)?;
    let all = count(
        dropped.new + dropped.replaced + dropped.same,
        "fichier reçu",
        "fichiers reçus",
    );
    asked.done(
        HERE,
        &format!("{all}. Rien n’est encore au suivi : regardez, puis faites entrer."),
    )
}

/// « Faire entrer » what was looked at.
pub(in crate::web) fn enter(asked: &PageAsk) -> Result<PageAnswer> {
    let opened = asked.open()?;
    let reception = reception(asked, &opened)?;
    let waiting = reception.waiting()?;
    if seen(open_desk(&opened)?.desk.version(), &waiting) != asked.field("vu") {
        return asked.done(HERE, "Le suivi ou les fichiers ont changé depuis que vous avez regardé : rien n’est entré. Regardez à nouveau, puis faites entrer.");
    }
    let (mut created, mut changed) = (0, 0);
    for file in &waiting {
        let found = read(&opened, file, false)?;
        if matches!(fate(&found), None | Some(SuiviFate::Refused { .. })) {
            continue;
        }
        let entered = found.intake.files.iter();
        let (new, other) = entered.fold((0, 0), |(n, c), f| {
            (n + f.created.len(), c + f.changed.len())
        });
        (created, changed) = (created + new, changed + other);
        reception.remove(&file.rank)?;
    }
    let said = if created + changed == 0 {
        "Rien n’a changé au suivi.".to_owned()
    } else {
        format!(
            "{}, {}. L’historique de chaque ligne garde ce qu’il y avait.",
            count(changed, "ligne modifiée", "lignes modifiées"),
            count(created, "ligne nouvelle", "lignes nouvelles")
        )
    };
    let back = if reception.waiting()?.is_empty() {
        "/ctg"
    } else {
        HERE
    };
    asked.done(back, &said)
}

/// A workbook no longer waits.
pub(in crate::web) fn remove(asked: &PageAsk) -> Result<PageAnswer> {
    let opened = asked.open()?;
    let name = reception(asked, &opened)?.remove(asked.field("rang"))?;
    asked.done(
        HERE,
        &format!("« {name} » n’attend plus. Votre fichier, lui, est toujours où il était."),
    )
}
