//! `importer`: files and folders into the store, with a line per file.

use std::path::Path;

use serde_json::json;

use super::Done;
use super::arguments::ImporterArgs;
use super::output::aligned;
use super::session::Session;
use crate::base::diagnostics::{Diagnostic, Severity};
use crate::base::error::{Error, Result};
use crate::base::text::count;
use crate::intake::{FileOutcome, Intake, Request, import};

/// Runs the command.
pub fn run(folder: Option<&Path>, args: &ImporterArgs) -> Result<Done> {
    let session = Session::open(folder)?;
    let observatory = &session.observatory;
    let structure = match &args.structure {
        Some(code) => Some(observatory.registry.get(code).ok_or_else(|| {
            Error::Usage(format!(
                "La structure « {code} » n’est pas au registre data/structures.csv."
            ))
        })?),
        None => None,
    };
    let request = Request {
        paths: &args.fichiers,
        campaign: observatory.campaign(Some(&args.campagne))?,
        source: args.source,
        structure,
        tool: args.outil.as_deref(),
        mapping: args.correspondance.as_deref(),
        accept_near: args.accepter_proches,
        simulation: args.simulation,
        date: &today(),
    };
    let intake = import(observatory, &session.store, &request)?;
    Ok(done(&intake, &args.campagne, args.simulation))
}

/// Today's date, ISO: the only clock that the program reads.
pub fn today() -> String {
    jiff::ZonedDateTime::now().date().to_string()
}

/// The table of files and the closing line.
pub fn done(intake: &Intake, campaign: &str, simulation: bool) -> Done {
    let rows: Vec<Vec<String>> = intake
        .files
        .iter()
        .map(|f| row(f, campaign, simulation))
        .collect();
    let text = aligned(
        &[
            "Fichier",
            "Outil",
            "Campagne",
            "Structures",
            "Lignes",
            "Réponses",
            "Résultat",
        ],
        &rows,
    );
    let mut diagnostics: Vec<Diagnostic> = intake
        .files
        .iter()
        .flat_map(|f| f.diagnostics.clone())
        .collect();
    diagnostics.extend(intake.diagnostics.clone());
    let result = json!({
        "import": intake.import,
        "fichiers": intake.files.iter().map(|f| json!({
            "fichier": f.name,
            "outil": f.tool,
            "campagne": campaign,
            "structures": f.structures,
            "lignes": f.lines,
            "reponses": f.rows,
            "resultat": verdict(f, simulation),
        })).collect::<Vec<_>>(),
    });
    let summary = summary(intake, &diagnostics, simulation);
    Done {
        text,
        result,
        diagnostics,
        summary,
        bytes: None,
    }
}

fn row(file: &FileOutcome, campaign: &str, simulation: bool) -> Vec<String> {
    let structures = match file.structures.as_slice() {
        [] => "–".to_owned(),
        few if few.len() <= 3 => few.join(", "),
        many => format!("{} structures", many.len()),
    };
    vec![
        file.name.clone(),
        if file.tool.is_empty() {
            "–".to_owned()
        } else {
            file.tool.to_owned()
        },
        campaign.to_owned(),
        structures,
        file.lines.to_string(),
        file.rows.to_string(),
        verdict(file, simulation),
    ]
}

fn verdict(file: &FileOutcome, simulation: bool) -> String {
    let errors = severity_count(&file.diagnostics, Severity::Error);
    match (file.known, errors, simulation) {
        (true, ..) => "déjà importé".to_owned(),
        (_, 1.., _) => format!("refusé ({})", count(errors, "erreur", "erreurs")),
        (_, 0, true) => "serait importé".to_owned(),
        (_, 0, false) => "importé".to_owned(),
    }
}

fn severity_count(diagnostics: &[Diagnostic], severity: Severity) -> usize {
    diagnostics
        .iter()
        .filter(|d| d.severity() == severity)
        .count()
}

fn summary(intake: &Intake, diagnostics: &[Diagnostic], simulation: bool) -> String {
    let entered = intake.files.iter().filter(|f| f.enters()).count();
    let known = intake.files.iter().filter(|f| f.known).count();
    let refused = intake.files.len() - entered - known;
    let agreed =
        |n: usize, one: &str, many: &str| format!("{n} {}", if n < 2 { one } else { many });
    let entering = if simulation {
        format!("{entered} à importer")
    } else {
        agreed(entered, "importé", "importés")
    };
    let mut parts = vec![
        count(intake.files.len(), "fichier lu", "fichiers lus"),
        entering,
    ];
    if known > 0 {
        parts.push(agreed(known, "déjà connu", "déjà connus"));
    }
    parts.push(agreed(refused, "refusé", "refusés"));
    let errors = count(
        severity_count(diagnostics, Severity::Error),
        "erreur",
        "erreurs",
    );
    let warnings = count(
        severity_count(diagnostics, Severity::Warning),
        "alerte",
        "alertes",
    );
    let import = match (&intake.import, simulation) {
        (_, true) => " Simulation : rien n’a été écrit.".to_owned(),
        (Some(id), _) => {
            format!(" Import {id} (à reprendre, au besoin : observatoire annuler {id}).")
        }
        (None, _) => " Rien n’a été écrit.".to_owned(),
    };
    format!("{} : {errors}, {warnings}.{import}", parts.join(", "))
}
