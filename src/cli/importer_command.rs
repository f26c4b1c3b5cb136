//! `importer`: files and folders into the store, with a line per file.

use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::json;

use super::aligned::aligned;
use super::cells_read::cells_of;
use super::changes_told::{changes_json, changes_line, changes_of};
use super::choices::source;
use super::done::Done;
use super::opening::open;
use super::output::Output;
use super::questions::{asked, someone_sits_there};
use super::returned_lines::{return_line, returned_json, returned_of};
use crate::actions::importer::{FileFate, ImportOutcome, ImportRequest, ImportTally, import_files};
use crate::base::diagnostics::Diagnostic;
use crate::base::error::Result;
use crate::base::text::count;
use crate::intake::{FileOutcome, WhoConfirms};
use crate::vocabulary::referentiel::SourceCode;

/// `importer`.
#[derive(Args)]
pub(super) struct ImporterArgs {
    /// Fichiers ou dossiers à importer : grilles, questionnaires, activité, entretiens, remarques,
    /// pratiques remarquables et accords des équipes
    #[arg(value_name = "FICHIER", required = true)]
    pub fichiers: Vec<PathBuf>,
    /// Campagne à laquelle appartiennent les réponses
    #[arg(long, value_name = "C")]
    pub campagne: String,
    /// Source, quand le fichier ne la dit pas : OBS, AUT, DIR, FAM, ENF, EQP, ENS, DON
    #[arg(long, value_name = "S", value_parser = source)]
    pub source: Option<SourceCode>,
    /// Structure, quand le fichier ne la dit pas
    #[arg(long, value_name = "CODE")]
    pub structure: Option<String>,
    /// Outil d’origine, quand il n’est pas reconnu
    #[arg(long, value_name = "NOM")]
    pub outil: Option<String>,
    /// Correspondance à utiliser, quelle que soit la forme du fichier
    #[arg(long, value_name = "F.toml")]
    pub correspondance: Option<PathBuf>,
    /// Accepte les colonnes dont l’en-tête ressemble à un élément, sans les confirmer une à une
    #[arg(long)]
    pub accepter_proches: bool,
    /// Colonne (ou ligne) à ignorer, par son titre ; retenu pour tous les fichiers de cette forme.
    /// « toutes » : toutes celles que le programme ne comprend pas
    #[arg(long, value_name = "TITRE")]
    pub ignorer: Vec<String>,
    /// Répond oui d’avance à ce qui serait demandé avant d’écrire (dates d’une autre campagne, jour de
    /// fermeture, grille en double…) : à n’ajouter qu’une fois tout vérifié
    #[arg(long)]
    pub confirmer: bool,
    /// Écrit dans un classeur Excel tout ce qui est à corriger, cause par cause ; une fois rempli,
    /// « corriger » le relit, pour tous les fichiers
    #[arg(long, value_name = "LISTE.xlsx")]
    pub liste: Option<PathBuf>,
    /// Écrit dans ce dossier, pour chaque classeur .xlsx qui a des remarques, le classeur reçu tel quel, ses
    /// cellules fautives colorées et annotées : à renvoyer à qui l’a rempli
    #[arg(long, value_name = "DOSSIER")]
    pub renvoyer: Option<PathBuf>,
    /// Montre ce qui serait importé, et ce qu’est devenue chaque cellule, sans rien changer
    #[arg(long)]
    pub simulation: bool,
}

const HEADERS: [&str; 7] = [
    "Fichier",
    "Outil",
    "Campagne",
    "Structures",
    "Lignes",
    "Réponses",
    "Résultat",
];

/// Runs the command.
pub(super) fn run(folder: Option<&Path>, args: &ImporterArgs, output: Output) -> Result<Done> {
    let opened = open(folder)?;
    let ask = |questions: &[Diagnostic]| asked(questions);
    let confirmation = match args.confirmer {
        true => WhoConfirms::Given,
        false if !args.simulation && someone_sits_there(output) => WhoConfirms::Asked(&ask),
        false => WhoConfirms::Nobody,
    };
    let request = ImportRequest {
        paths: args.fichiers.clone(),
        campaign: args.campagne.clone(),
        source: args.source,
        structure: args.structure.clone(),
        tool: args.outil.clone(),
        mapping: args.correspondance.clone(),
        accept_near: args.accepter_proches,
        ignored: args.ignorer.clone(),
        simulation: args.simulation,
        confirmation,
        list: args.liste.clone(),
        return_to: args.renvoyer.clone(),
        folder: folder.map(Path::to_path_buf),
        ..ImportRequest::default()
    };
    let outcome = import_files(&opened, &request)?;
    let files = outcome.intake.files.iter();
    let rows: Vec<Vec<String>> = files.map(|f| row(&outcome, f)).collect();
    Ok(Done {
        text: aligned(&HEADERS, &rows)
            + &changes_of(&outcome)
            + &cells_of(&outcome)
            + &returned_of(&outcome),
        result: as_json(&outcome),
        diagnostics: outcome.diagnostics(),
        summary: closing_line(&outcome)
            + &changes_line(&outcome)
            + &list_line(&outcome)
            + &return_line(&outcome),
        ..Done::default()
    })
}

fn as_json(outcome: &ImportOutcome) -> serde_json::Value {
    let files = outcome.intake.files.iter().map(|f| {
        json!({
            "fichier": f.name,
            "outil": f.tool,
            "campagne": outcome.campaign,
            "structures": f.structures,
            "lignes": f.lines,
            "reponses": f.answers,
            "vides": f.rows - f.answers,
            "resultat": verdict(outcome.fate(f)),
            "collectes": changes_json(f),
            "cellules": f.cells,
        })
    });
    json!({
        "import": outcome.intake.import,
        "fichiers": files.collect::<Vec<_>>(),
        "questions": outcome.questions,
        "liste": outcome.list.as_ref().map(|list| &list.told),
        "renvoi": outcome.returned.as_ref().map(returned_json),
    })
}

fn row(outcome: &ImportOutcome, file: &FileOutcome) -> Vec<String> {
    let structures = match file.structures.as_slice() {
        [] => "–".to_owned(),
        few if few.len() <= 3 => few.join(", "),
        many => format!("{} structures", many.len()),
    };
    let tool = if file.tool.is_empty() {
        "–"
    } else {
        file.tool
    };
    vec![
        // Its own name is shown here, to who typed it, and kept nowhere.
        match &file.given {
            Some(given) => format!("{} ({given})", file.name),
            None => file.name.clone(),
        },
        tool.to_owned(),
        outcome.campaign.clone(),
        structures,
        file.lines.to_string(),
        file.answers.to_string(),
        verdict(outcome.fate(file)),
    ]
}

fn verdict(fate: FileFate) -> String {
    match fate {
        FileFate::Known => "déjà importé".to_owned(),
        FileFate::Refused { errors } => {
            format!("refusé ({})", count(errors, "erreur", "erreurs"))
        }
        FileFate::WouldEnter => "serait importé".to_owned(),
        FileFate::Entered => "importé".to_owned(),
    }
}

/// Where what is to be corrected was listed.
fn list_line(outcome: &ImportOutcome) -> String {
    let Some(list) = &outcome.list else {
        return String::new();
    };
    format!(
        "\nÀ corriger : {} dans {} ; {} pour tous les fichiers.",
        count(list.causes, "cause", "causes"),
        list.told,
        count(
            outcome.questions,
            "question s’y répond une fois",
            "questions s’y répondent une fois"
        )
    )
}

/// « 12 fichiers lus, 11 importés, 1 refusé : 2 erreurs, 0 alerte. Import I003 (…). »
pub(super) fn closing_line(outcome: &ImportOutcome) -> String {
    let tally = outcome.tally();
    let import = match (&outcome.intake.import, outcome.simulation) {
        (_, true) => " Simulation : rien n’a été écrit.".to_owned(),
        (Some(id), _) => {
            format!(" Import {id} (à reprendre, au besoin : observatoire annuler {id}).")
        }
        (None, _) => " Rien n’a été écrit.".to_owned(),
    };
    format!(
        "{} : {}, {}.{import}",
        files(&tally, outcome.simulation),
        count(tally.errors, "erreur", "erreurs"),
        count(tally.warnings, "alerte", "alertes")
    )
}

fn files(tally: &ImportTally, simulation: bool) -> String {
    let mut parts = vec![count(tally.read, "fichier lu", "fichiers lus")];
    parts.push(if simulation {
        format!("{} à importer", tally.entered)
    } else {
        agreed(tally.entered, "importé")
    });
    if tally.known > 0 {
        parts.push(agreed(tally.known, "déjà connu"));
    }
    parts.push(agreed(tally.refused, "refusé"));
    parts.join(", ")
}

/// « 1 importé », « 2 importés ».
fn agreed(n: usize, word: &str) -> String {
    format!("{n} {word}{}", if n < 2 { "" } else { "s" })
}
