//! **Recevoir**: files are dropped, looked at, let in; nothing is written before « Faire entrer », and what
//! entered can be taken back.

use serde_json::{Value, json};

use super::choices_offered::{accueils, campaign, campaigns, remarks};
use super::waiting_words::{Look, file, groups, looks, outcomes_of, request, summary};
use crate::actions::annuler::{UndoRequest, leaving, undo};
use crate::actions::corriger::keep_workbook;
use crate::actions::importer::{FileFate, ImportRequest, import_files};
use crate::actions::imports::{ImportsRequest, ListedImport, list_imports};
use crate::actions::returned_workbook::lit_workbook;
use crate::base::diagnostics::Diagnostic;
use crate::base::error::{Error, Result};
use crate::base::text::{count, in_address};
use crate::campaign::OpenObservatory;
use crate::intake::sources::{SOURCES, Source};
use crate::intake::{WhoConfirms, returned_name};
use crate::pages::answer::{PageAnswer, SentBytes};
use crate::pages::page_ask::PageAsk;
use crate::pages::reception::{Reception, SaidOfFile, WaitingFile};
use crate::vocabulary::referentiel::SourceCode;

pub(crate) fn show(asked: &PageAsk) -> Result<PageAnswer> {
    let opened = asked.open()?;
    let current = asked.campaign(&opened)?;
    let reception = Reception::of(&asked.desk.user, &opened.observatory.root, &current.id)?;
    let waiting = reception.waiting()?;
    let looks = looks(&opened, &current.id, &waiting)?;
    let files = looks
        .iter()
        .flat_map(|look| look.files.iter().flat_map(|w| file(w, look)));
    let imports = list_imports(
        &opened,
        &ImportsRequest {
            campaign: Some(current.id.clone()),
        },
    )?;
    let entered: usize = looks.iter().map(|l| l.outcome.tally().entered).sum();
    let questions = looks.iter().any(|l| !l.questions.is_empty());
    let apart: Vec<Diagnostic> = looks
        .iter()
        .flat_map(|l| l.outcome.intake.diagnostics.iter().cloned())
        .collect();
    let content = json!({
        "campagne": campaign(&opened, current),
        "campagnes": campaigns(&opened),
        "accueils": accueils(&opened, current),
        "sources": SourceCode::ALL.map(|s| json!({ "code": s.as_str(), "nom": s.label() })),
        "attente": files.collect::<Vec<_>>(),
        "bilan": summary(&looks, opened.observatory.referentiel(current).criteres.len()),
        "entrent": if entered == 0 { String::new() } else { count(entered, "fichier", "fichiers") },
        "outils": tools().map(|t| json!({ "code": t.name(), "nom": t.label() })).collect::<Vec<_>>(),
        "questions": questions,
        "a_repondre": asked_once(&looks),
        "remarques": remarks(&apart),
        "vu": seen(&waiting),
        "imports": imports.iter().rev().map(import_line).collect::<Vec<_>>(),
        "retour": asked_undo(asked, &opened)?,
    });
    asked.page("recevoir.html", "Recevoir", "Recevoir", content)
}

/// Tools whose files are read.
fn tools() -> impl Iterator<Item = &'static dyn Source> {
    SOURCES.into_iter()
}

/// How many questions are answered once for all files; empty when none is.
fn asked_once(looks: &[Look]) -> String {
    match looks.iter().map(|l| l.outcome.questions).sum() {
        0 => String::new(),
        n => count(n, "question attend", "questions attendent"),
    }
}

/// What would leave with the import, or the file, that a person wants to take back; nothing when she asks for none.
fn asked_undo(asked: &PageAsk, opened: &OpenObservatory) -> Result<Option<Value>> {
    let (import, file) = (asked.query("annuler"), asked.query("fichier"));
    if import.is_empty() {
        return Ok(None);
    }
    let request = UndoRequest {
        import: import.to_owned(),
        file: Some(file.to_owned()).filter(|f| !f.is_empty()),
    };
    let left = leaving(opened, &request)?;
    Ok(Some(json!({
        "import": import,
        "fichier": file,
        "fichiers": count(left.files, "fichier", "fichiers"),
        "reponses": count(left.answers, "réponse", "réponses"),
    })))
}

fn import_line(import: &ListedImport) -> Value {
    let files = import.files.iter();
    let files = files.map(
        |f| json!({ "nom": f.name, "adresse": in_address(&f.name, ""), "repris": f.taken_back }),
    );
    let files: Vec<Value> = files.collect();
    json!({
        "import": import.label,
        "jour": import.date.short(),
        "combien": files.len(),
        "fichiers": files,
        "etat": import.state(),
        "annulable": matches!(import.state(), "en place" | "annulé en partie"),
    })
}

/// Which files were looked at: what entered since, or was dropped in another tab, is not let in unseen.
fn seen(waiting: &[WaitingFile]) -> String {
    let stamp = |w: &WaitingFile| {
        let size = std::fs::metadata(&w.path).map_or(0, |m| m.len());
        let (said, typed) = (&w.said, &w.corrections);
        format!("{}:{}:{size}:{said:?}:{typed:?}", w.rank, w.name)
    };
    crate::base::text::hex(<sha2::Sha256 as sha2::Digest>::digest(
        waiting.iter().map(stamp).collect::<Vec<_>>().join("\n"),
    ))
}

fn address(campaign: &str) -> String {
    format!("/recevoir?campagne={campaign}")
}

/// Files were dropped: they wait.
pub(crate) fn drop_files(asked: &PageAsk) -> Result<PageAnswer> {
    let opened = asked.open()?;
    let current = asked.campaign(&opened)?;
    if asked.files.is_empty() {
        return Err(Error::Usage(
            "Aucun fichier n’a été déposé : choisissez-en un, puis recommencez.".to_owned(),
        ));
    }
    let reception = Reception::of(&asked.desk.user, &opened.observatory.root, &current.id)?;
    let mut said = Vec::new();
    let mut files = Vec::new();
    for upload in &asked.files {
        // What people filled in is kept at once, as an answer of the page is; it holds no response.
        match keep_workbook(&opened, upload.file.path(), &upload.name)? {
            Some(0) => said.push(format!(
                "« {} » est un classeur de réponses où rien n’est encore rempli : répondez dans la page « Correspondances »",
                upload.name
            )),
            Some(n) => said.push(format!(
                "{} de « {} » {}, pour tous les fichiers",
                count(n, "réponse", "réponses"),
                upload.name,
                if n == 1 { "est gardée" } else { "sont gardées" }
            )),
            None => files.push(upload),
        }
    }
    let dropped = reception.keep(files)?;
    if dropped.new > 0 {
        said.push(count(dropped.new, "fichier reçu", "fichiers reçus"));
    }
    for (name, gone) in &dropped.renamed {
        said.push(format!("« {name} » remplace « {gone} »"));
    }
    if dropped.replaced > dropped.renamed.len() {
        said.push(count(
            dropped.replaced - dropped.renamed.len(),
            "remplace celui du même nom",
            "remplacent ceux du même nom",
        ));
    }
    if dropped.same > 0 {
        said.push(count(dropped.same, "attendait déjà", "attendaient déjà"));
    }
    if dropped.uncorrected > 0 {
        said.push(count(
            dropped.uncorrected,
            "correction faite ici ne valait que pour l’ancien fichier et part avec lui",
            "corrections faites ici ne valaient que pour l’ancien fichier et partent avec lui",
        ));
    }
    asked.done(&address(&current.id), &format!("{}.", said.join(", ")))
}

/// « Faire entrer »: those that may, in one import; they no longer wait.
pub(crate) fn enter(asked: &PageAsk) -> Result<PageAnswer> {
    let opened = asked.open()?;
    let current = asked.campaign(&opened)?;
    let reception = Reception::of(&asked.desk.user, &opened.observatory.root, &current.id)?;
    let waiting = reception.waiting()?;
    if seen(&waiting) != asked.field("vu") {
        return asked.done(&address(&current.id), "Des fichiers sont arrivés ou partis depuis que vous avez regardé : rien n’est entré. Regardez à nouveau, puis faites entrer.");
    }
    let confirmation = match asked.field("confirme") {
        "oui" => WhoConfirms::Given,
        // What is asked and not answered is not done.
        _ => WhoConfirms::Asked(&|_| false),
    };
    let mut entered = 0;
    let mut imports = Vec::new();
    for (said, files) in groups(&waiting) {
        let order = ImportRequest {
            confirmation,
            ..request(&current.id, &said, &files)
        };
        let outcome = import_files(&opened, &order)?;
        for file in &files {
            let mut found = outcomes_of(&outcome, file).peekable();
            let entered = |f| {
                matches!(
                    (outcome.fate(f), f.rows),
                    (FileFate::Entered, 1..) | (FileFate::Known, _)
                )
            };
            if found.peek().is_some() && found.all(entered) {
                reception.remove(&file.rank)?;
            }
        }
        if let Some(import) = &outcome.intake.import {
            entered += outcome.tally().entered;
            imports.push(import.clone());
        }
    }
    let told = match imports.as_slice() {
        [] => "Rien n’est entré : voyez ce qui est demandé sous chaque fichier.".to_owned(),
        ids => format!(
            "{} ({}).",
            count(entered, "fichier est entré", "fichiers sont entrés"),
            ids.join(", ")
        ),
    };
    asked.done(&address(&current.id), &told)
}

/// A person says what a file does not: its source, its accueil.
pub(crate) fn say(asked: &PageAsk) -> Result<PageAnswer> {
    let opened = asked.open()?;
    let current = asked.campaign(&opened)?;
    let reception = Reception::of(&asked.desk.user, &opened.observatory.root, &current.id)?;
    let chosen = |name: &str| Some(asked.field(name).to_owned()).filter(|c| !c.is_empty());
    let said = SaidOfFile {
        source: chosen("source"),
        structure: chosen("structure"),
        tool: chosen("outil"),
        choices: Vec::new(),
    };
    if let Some(tool) = &said.tool {
        tools()
            .find(|t| t.name() == tool)
            .ok_or_else(|| Error::Usage(format!("« {tool} » n’est pas un outil connu.")))?;
    }
    if let Some(source) = &said.source {
        source
            .parse::<SourceCode>()
            .map_err(|()| Error::Usage(format!("« {source} » n’est pas une source.")))?;
    }
    if let Some(code) = &said.structure {
        opened.structure(code)?;
    }
    reception.say(asked.field("rang"), &said)?;
    asked.done(&address(&current.id), "C’est noté pour ce fichier.")
}

/// The sender's own workbook, with what is to be corrected lit and told in notes.
pub(crate) fn send_back(asked: &PageAsk) -> Result<PageAnswer> {
    let opened = asked.open()?;
    let current = opened.observatory.campaign(Some(asked.part("campagne")))?;
    let reception = Reception::of(&asked.desk.user, &opened.observatory.root, &current.id)?;
    let waiting = reception.one(asked.part("rang"))?;
    let looks = looks(&opened, &current.id, std::slice::from_ref(&waiting))?;
    let found = looks
        .first()
        .and_then(|look| outcomes_of(&look.outcome, &waiting).next());
    let found = found.ok_or_else(|| Error::Usage("Ce fichier n’a pas pu être relu.".to_owned()))?;
    let made = lit_workbook(found).map_err(|why| {
        Error::Usage(format!(
            "« {} » ne peut pas être renvoyé marqué : {why}. Recopiez les remarques de la page dans votre message.",
            waiting.name
        ))
    })?;
    let name = returned_name(&waiting.name, 1);
    Ok(PageAnswer::Bytes(SentBytes::kept(&name, made.lit.bytes)))
}

/// A file no longer waits.
pub(crate) fn remove(asked: &PageAsk) -> Result<PageAnswer> {
    let opened = asked.open()?;
    let current = asked.campaign(&opened)?;
    let reception = Reception::of(&asked.desk.user, &opened.observatory.root, &current.id)?;
    let name = reception.remove(asked.field("rang"))?;
    asked.done(
        &address(&current.id),
        &format!("« {name} » n’attend plus. Votre fichier, lui, est toujours où il était."),
    )
}

/// What entered is taken back.
pub(crate) fn undo_import(asked: &PageAsk) -> Result<PageAnswer> {
    let opened = asked.open()?;
    let current = asked.campaign(&opened)?;
    let undone = undo(
        &opened,
        &UndoRequest {
            import: asked.needed("import", "l’import")?.to_owned(),
            file: Some(asked.field("fichier").to_owned()).filter(|f| !f.is_empty()),
        },
    )?;
    let said = match asked.field("fichier") {
        "" => format!(
            "{} est annulé : ses réponses ne comptent plus.",
            undone.import
        ),
        file => format!(
            "« {file} » est retiré de {} : ses réponses ne comptent plus.",
            undone.import
        ),
    };
    asked.done(&address(&current.id), &said)
}
