//! `rapport`: every report of a campaign.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use clap::Args;

use super::choices::{report_audience, report_format};
use super::done::Done;
use super::opening::open_over;
use super::terminal_progress::TerminalProgress;
use crate::actions::rapport::{ReportsOutcome, ReportsRequest, deliver};
use crate::base::error::Result;
use crate::base::files::{PutOutcome, edition_folder};
use crate::base::text::{count, list};
use crate::privacy::READ_AGAIN;
use crate::reports::ReportFormat;
use crate::vocabulary::Audience;

/// `rapport`.
#[derive(Args)]
pub(super) struct RapportArgs {
    /// Dossiers d’agrégats d’autres territoires, additionnés à la place des réponses d’ici
    #[arg(long, value_name = "DOSSIER", num_args = 1..)]
    pub agregats: Vec<PathBuf>,
    /// Campagne (par défaut : la plus récente)
    #[arg(long, value_name = "C")]
    pub campagne: Option<String>,
    /// Un seul public (par défaut : tous)
    #[arg(long, value_parser = report_audience())]
    pub public: Option<Audience>,
    /// Un seul accueil
    #[arg(long, value_name = "CODE")]
    pub structure: Option<String>,
    /// Un dossier par accueil, prêt à envoyer à sa direction (rapport à l’équipe, classeur du plan, page des familles,
    /// carte d’identité), à la place des dossiers par public
    #[arg(long, conflicts_with = "public")]
    pub dossiers: bool,
    /// Formats, séparés par des virgules
    #[arg(
        long,
        value_parser = report_format(),
        value_name = "html,pdf,xlsx,docx",
        default_value = "html,pdf,xlsx",
        value_delimiter = ','
    )]
    pub format: Vec<ReportFormat>,
    /// Date d’édition, AAAA-MM-JJ (par défaut : aujourd’hui)
    #[arg(long, value_name = "DATE")]
    pub date: Option<String>,
    /// Rapport définitif : les remarques des équipes sont toutes arrivées (sinon, dix jours ouvrés après la première
    /// remise à l’équipe)
    #[arg(long)]
    pub definitif: bool,
    /// Dossier à écrire (par défaut : reports/rendus)
    #[arg(long, value_name = "DOSSIER")]
    pub sortie: Option<PathBuf>,
}

/// Runs the command.
pub(super) fn run(folder: Option<&Path>, args: &RapportArgs) -> Result<Done> {
    let opened = open_over(folder, &args.agregats)?;
    let request = ReportsRequest {
        campaign: args.campagne.clone(),
        audience: args.public,
        structure: args.structure.clone(),
        dossiers: args.dossiers,
        formats: args.format.iter().copied().collect(),
        date: args.date.clone(),
        is_final: args.definitif,
        out: args.sortie.clone(),
    };
    let written = deliver(&opened, &request, &TerminalProgress::default())?;
    let mut lines = vec![format!(
        "{} en {}. Ouvrez {}",
        count(written.reports, "rapport écrit", "rapports écrits"),
        count(written.files, "fichier", "fichiers"),
        written.index.display()
    )];
    lines.extend(sent_lines(&written));
    lines.extend(folder_lines(&written.put));
    lines.extend(written.masked.iter().cloned());
    lines.push(READ_AGAIN.to_owned());
    Ok(Done {
        text: lines.join("\n"),
        result: serde_json::json!({
            "rapports": written.reports,
            "fichiers": written.files,
            "accueil": written.index,
            "dossiers": written.dossiers,
            "sans_action": written.without_action,
            "masques": written.masked,
            "a_relire": READ_AGAIN,
            "ajoutes": written.put.added,
            "remplaces": written.put.replaced,
            "gardes": written.put.kept,
            "editions_gardees": written.put.dated.iter()
                .map(|(day, files)| (day.to_string(), *files))
                .collect::<BTreeMap<String, usize>>(),
            "mis_de_cote": written.put.aside,
        }),
        diagnostics: written.diagnostics,
        ..Done::default()
    })
}

/// What is ready to be sent, and which workbooks are empty.
fn sent_lines(written: &ReportsOutcome) -> Vec<String> {
    let mut lines = Vec::new();
    if written.dossiers > 0 {
        lines.push(format!(
            "{}, à envoyer entiers, chacun à la direction de son accueil.",
            count(written.dossiers, "dossier prêt", "dossiers prêts")
        ));
    }
    if !written.without_action.is_empty() {
        lines.push(format!(
            "Plan encore vide : {}. « observatoire plan proposer » le remplit à partir des constats.",
            list(&written.without_action)
        ));
    }
    lines
}

/// What was done to a folder that held reports already.
fn folder_lines(put: &PutOutcome) -> Vec<String> {
    let mut lines = Vec::new();
    if put.replaced + put.kept + put.aside.len() > 0 {
        lines.push(format!(
            "Dans ce dossier : {}, {}, {}. Rien n’a été supprimé.",
            count(put.added, "fichier ajouté", "fichiers ajoutés"),
            count(put.replaced, "remplacé", "remplacés"),
            count(
                put.kept,
                "gardé d’une édition précédente",
                "gardés d’éditions précédentes"
            ),
        ));
    }
    lines.extend(put.dated.iter().map(|(day, files)| {
        format!(
            "Édition du {} : {} dans {}.",
            day.short(),
            count(*files, "fichier gardé", "fichiers gardés"),
            edition_folder(*day)
        )
    }));
    let aside = put.aside.iter();
    lines.extend(aside.map(|name| {
        format!("Ce rapport avait été modifié à la main ; votre version est gardée sous le nom « {name} ».")
    }));
    lines
}
