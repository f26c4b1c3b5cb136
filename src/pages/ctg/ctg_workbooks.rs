//! **CTG**, the workbook of the follow-up: down, whole or of one fiche; up, with lists, calendars and exports of other
//! tools, looked at before anything is written.

use serde_json::{Value, json};

use super::TAB;
use super::ctg_incoming::{BOOKS, asked_of, choices};
use crate::actions::ctg_exporter::book_bytes;
use crate::actions::ctg_importer::{
    SuiviFate, SuiviImportOutcome, SuiviImportRequest, import_books,
};
use crate::actions::ctg_registre::{FollowUpDesk, open_desk};
use crate::base::error::Result;
use crate::base::text::count;
use crate::campaign::{OpenObservatory, today};
use crate::pages::answer::{PageAnswer, SentBytes};
use crate::pages::choices_offered::remarks;
use crate::pages::page_ask::PageAsk;
use crate::pages::reception::WaitingFile;
use crate::pages::waiting_books::seen;

/// The workbook, kept in the downloads.
pub(crate) fn download(asked: &PageAsk) -> Result<PageAnswer> {
    let opened = asked.open()?;
    let fiche = Some(asked.query("fiche")).filter(|f| !f.is_empty());
    let bytes = book_bytes(&opened, fiche)?;
    let whose = fiche.map_or_else(String::new, |code| format!("fiche {code}"));
    let said = ["Suivi de la CTG", &whose, &today().to_string()];
    Ok(PageAnswer::Bytes(SentBytes::named(&said, "xlsx", bytes)))
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

pub(crate) fn show(asked: &PageAsk) -> Result<PageAnswer> {
    let opened = asked.open()?;
    let desk = open_desk(&opened)?;
    let waiting = BOOKS.reception(asked, &opened)?.waiting()?;
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
        // What concerns the convention is said on its own page.
        "remarques": remarks(&outcome.map_or_else(|| found.diagnostics(), |f| f.diagnostics.clone())),
    })
}

/// Files were dropped: they wait.
pub(crate) fn drop_workbooks(asked: &PageAsk) -> Result<PageAnswer> {
    BOOKS.dropped(asked)
}

/// « Faire entrer » what was looked at.
pub(crate) fn enter(asked: &PageAsk) -> Result<PageAnswer> {
    let opened = asked.open()?;
    let reception = BOOKS.reception(asked, &opened)?;
    let waiting = reception.waiting()?;
    if seen(open_desk(&opened)?.desk.version(), &waiting) != asked.field("vu") {
        return BOOKS.stale(asked);
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
        let counts = [
            (
                changed,
                count(changed, "ligne modifiée", "lignes modifiées"),
            ),
            (
                created,
                count(created, "ligne nouvelle", "lignes nouvelles"),
            ),
        ];
        let told = counts.into_iter().filter(|(n, _)| *n > 0);
        let told: Vec<String> = told.map(|(_, words)| words).collect();
        format!(
            "{}. L’historique de chaque ligne garde ce qu’il y avait.",
            told.join(", ")
        )
    };
    let back = if reception.waiting()?.is_empty() {
        "/ctg"
    } else {
        BOOKS.here
    };
    asked.done(back, &said)
}

/// A file no longer waits.
pub(crate) fn remove(asked: &PageAsk) -> Result<PageAnswer> {
    BOOKS.removed(asked)
}
