//! **Plan**, the workbook of the teams: down; up, looked at before anything is written, with both values wherever
//! others changed the same cell meanwhile.

use serde_json::{Value, json};

use super::choices_offered::{named, remarks};
use super::plan_page::sites;
use super::plan_words::conflict;
use super::waiting_books::{WaitingBooks, seen};
use crate::actions::plan_exporter::workbook_bytes;
use crate::actions::plan_importer::{
    PlanImportOutcome, PlanImportRequest, WorkbookFate, import_workbooks,
};
use crate::base::error::Result;
use crate::base::text::count;
use crate::campaign::{OpenObservatory, today};
use crate::decide::plans::PlanFileOutcome;
use crate::pages::answer::{PageAnswer, SentBytes};
use crate::pages::page_ask::PageAsk;
use crate::pages::reception::{Reception, WaitingFile};

const HERE: &str = "/plan/classeurs";
const BOOKS: WaitingBooks = WaitingBooks {
    here: HERE,
    into: "plan",
    called: ["classeur", "classeurs"],
    at: Reception::of_plans,
};

/// The workbook, kept in the downloads.
pub(crate) fn download(asked: &PageAsk) -> Result<PageAnswer> {
    let opened = asked.open()?;
    let wanted = asked.query("accueil");
    let site = match wanted {
        "" => None,
        code => Some(opened.structure(code)?),
    };
    let bytes = workbook_bytes(&opened, site.map(|s| s.code.as_str()))?;
    let whose = site.map_or_else(String::new, named);
    let said = ["Plan d’actions", &whose, &today().to_string()];
    Ok(PageAnswer::Bytes(SentBytes::named(&said, "xlsx", bytes)))
}

fn read(
    opened: &OpenObservatory,
    waiting: &[WaitingFile],
    simulation: bool,
) -> Result<PlanImportOutcome> {
    let request = PlanImportRequest {
        paths: waiting.iter().map(|w| w.path.clone()).collect(),
        simulation,
    };
    import_workbooks(opened, &request)
}

pub(crate) fn show(asked: &PageAsk) -> Result<PageAnswer> {
    let opened = asked.open()?;
    let waiting = BOOKS.reception(asked, &opened)?.waiting()?;
    let (mut files, mut entering) = (Vec::new(), 0);
    if !waiting.is_empty() {
        let found = read(&opened, &waiting, true)?;
        for waits in &waiting {
            let file = found.intake.files.iter().find(|f| f.path == waits.path);
            let fate = file.map(|f| found.fate(f));
            entering += usize::from(fate == Some(WorkbookFate::WouldEnter));
            files.push(told(&found, file, waits));
        }
    }
    let content = json!({
        "accueils": sites(&opened),
        "attente": files,
        "entrent": if entering == 0 { String::new() } else { count(entering, "classeur", "classeurs") },
        "vu": seen(&opened.plans.version(), &waiting),
    });
    asked.page(
        "plan_classeurs.html",
        "Le classeur des équipes",
        "Plan",
        content,
    )
}

/// A file that is no table is not even read.
fn told(found: &PlanImportOutcome, file: Option<&PlanFileOutcome>, waits: &WaitingFile) -> Value {
    let Some(file) = file else {
        return json!({
            "rang": waits.rank, "nom": waits.name, "etat": "Ce n’est pas un classeur", "genre": "refuse",
            "ajoutees": "", "changees": [], "conflits": [], "remarques": remarks(&found.intake.diagnostics),
        });
    };
    let (word, kind) = match found.fate(file) {
        WorkbookFate::Known => ("Déjà entré".to_owned(), "entre"),
        WorkbookFate::Refused { errors } => (
            format!(
                "Ne peut pas entrer : {}",
                count(errors, "erreur", "erreurs")
            ),
            "refuse",
        ),
        WorkbookFate::NothingNew => ("Ne change rien".to_owned(), "entre"),
        _ => ("Peut entrer".to_owned(), "question"),
    };
    json!({
        "rang": waits.rank,
        "nom": waits.name,
        "etat": word,
        "genre": kind,
        "ajoutees": count(file.created.len(), "action nouvelle", "actions nouvelles"),
        "changees": file.changed,
        "conflits": file.meanwhile.iter().map(conflict).collect::<Vec<_>>(),
        "remarques": remarks(&file.diagnostics),
    })
}

/// Workbooks were dropped: they wait.
pub(crate) fn drop_workbooks(asked: &PageAsk) -> Result<PageAnswer> {
    BOOKS.dropped(asked)
}

/// « Faire entrer » what was looked at.
pub(crate) fn enter(asked: &PageAsk) -> Result<PageAnswer> {
    let opened = asked.open()?;
    let reception = BOOKS.reception(asked, &opened)?;
    let waiting = reception.waiting()?;
    if seen(&opened.plans.version(), &waiting) != asked.field("vu") {
        return BOOKS.stale(asked);
    }
    let found = read(&opened, &waiting, false)?;
    for waits in &waiting {
        let file = found.intake.files.iter().find(|f| f.path == waits.path);
        if file.is_some_and(|f| !matches!(found.fate(f), WorkbookFate::Refused { .. })) {
            reception.remove(&waits.rank)?;
        }
    }
    let tally = found.tally();
    let said = if tally.created + tally.changed == 0 {
        "Rien n’a changé au plan.".to_owned()
    } else {
        format!(
            "{}, {}. Pour revenir en arrière : « Annuler ma dernière modification », page Plan.",
            count(tally.changed, "action modifiée", "actions modifiées"),
            count(tally.created, "action nouvelle", "actions nouvelles")
        )
    };
    let refused = reception.waiting()?;
    asked.done(if refused.is_empty() { "/plan" } else { HERE }, &said)
}

/// A workbook no longer waits.
pub(crate) fn remove(asked: &PageAsk) -> Result<PageAnswer> {
    BOOKS.removed(asked)
}
