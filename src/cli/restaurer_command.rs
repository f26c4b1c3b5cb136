//! `restaurer`: an archive of `sauvegarder` put back.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::json;

use super::done::Done;
use crate::actions::restaurer::{RestoreOutcome, RestoreRequest, restore};
use crate::base::error::Result;
use crate::base::text::{count, megabytes};
use crate::disclosure::CarriedLog;
use crate::vocabulary::config::Observatory;

/// `restaurer`.
#[derive(Args)]
pub(super) struct RestaurerArgs {
    /// Archive écrite par « sauvegarder »
    #[arg(value_name = "F.zip")]
    pub archive: PathBuf,
    /// Dossier nouveau ou vide, ou observatoire à remplacer (par défaut : l’observatoire courant)
    #[arg(value_name = "DOSSIER")]
    pub dir: Option<PathBuf>,
    /// Remplace l’observatoire qui s’y trouve ; ce qu’il contenait est gardé à côté. Sans cette option, dit
    /// seulement ce qui serait fait
    #[arg(long)]
    pub confirmer: bool,
}

/// Runs the command.
pub(super) fn run(folder: Option<&Path>, args: &RestaurerArgs) -> Result<Done> {
    let target = match (&args.dir, folder) {
        (Some(dir), _) => dir.clone(),
        (None, Some(folder)) => folder.to_path_buf(),
        (None, None) => Observatory::root_of(None)?,
    };
    let outcome = restore(&RestoreRequest {
        archive: args.archive.clone(),
        target,
        confirmed: args.confirmer,
        day: None,
    })?;
    Ok(Done {
        text: said(&outcome),
        result: json!({
            "dossier": outcome.target,
            "sauvegarde_du": outcome.date,
            "territoire": outcome.territory,
            "rapports": outcome.reports,
            "fichiers": outcome.files,
            "octets": outcome.bytes,
            "remplace": outcome.replaces,
            "fait": outcome.done,
            "garde": outcome.aside,
            "livraisons_reprises": match outcome.deliveries {
                CarriedLog::Added(n) => Some(n),
                CarriedLog::Apart => None,
            },
            "ouverture": outcome.unopened,
        }),
        summary: closing_line(&outcome),
        diagnostics: outcome.diagnostics,
        ..Done::default()
    })
}

fn closing_line(outcome: &RestoreOutcome) -> String {
    match (outcome.done, outcome.replaces) {
        (true, _) => "Chaque fichier a été vérifié avant d’être remis en place.".to_owned(),
        (false, _) => {
            "La sauvegarde est entière. Rien n’a été changé : ajoutez --confirmer pour remplacer."
                .to_owned()
        }
    }
}

fn said(outcome: &RestoreOutcome) -> String {
    let territory = match outcome.territory.as_str() {
        "" => String::new(),
        name => format!(", {name}"),
    };
    let reports = if outcome.reports {
        ""
    } else {
        ", sans les rapports déjà écrits"
    };
    let mut text = format!(
        "Sauvegarde du {}{territory} : {}, {}{reports}.\n",
        outcome.date.short(),
        count(outcome.files, "fichier", "fichiers"),
        megabytes(outcome.bytes),
    );
    let target = outcome.target.display();
    if !outcome.done {
        let _ = write!(
            text,
            "Elle remplacerait tout ce que contient {target} ; ce qui s’y trouve serait gardé dans un sous-dossier « avant-restauration-… »."
        );
        return text;
    }
    let _ = writeln!(text, "Remise en place dans {target}.");
    if let Some(aside) = &outcome.aside {
        let _ = writeln!(
            text,
            "Ce qui s’y trouvait est gardé dans {} : effacez-le quand tout est vérifié, il contient des réponses.",
            aside.display()
        );
    }
    match outcome.deliveries {
        CarriedLog::Added(0) => {}
        CarriedLog::Added(n) => {
            let _ = writeln!(
                text,
                "{} depuis la sauvegarde : le journal s’en souvient, pour que les éditions à venir ne trahissent aucune réponse.",
                count(n, "livraison faite", "livraisons faites")
            );
        }
        CarriedLog::Apart => text.push_str(
            "Le journal des livraisons qui s’y trouvait n’est pas celui de la sauvegarde : il reste avec ce qui est gardé, et les éditions à venir ne s’en souviendront pas.\n",
        ),
    }
    if let Some(why) = &outcome.unopened {
        let _ = writeln!(text, "Ce qui est remis en place ne s’ouvre pas : {why}");
    }
    text.push_str(
        "La clé des répondants est revenue avec le reste : un répondant sera reconnu. Ne continuez que dans un seul des deux dossiers si l’ancien existe encore sur un autre poste : deux suites d’une même sauvegarde ne se rejoignent pas.",
    );
    text
}
