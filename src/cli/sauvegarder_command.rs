//! `sauvegarder`: the whole folder as one archive.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::json;

use super::done::Done;
use crate::actions::sauvegarder::{BackupOutcome, BackupRequest, back_up};
use crate::base::backup::LeftAside;
use crate::base::error::Result;
use crate::base::text::{count, megabytes};

/// `sauvegarder`.
#[derive(Args)]
pub(super) struct SauvegarderArgs {
    /// Archive à écrire (par défaut : à côté du dossier, « Sauvegarde … AAAA-MM-JJ.zip »)
    #[arg(long, value_name = "F.zip")]
    pub sortie: Option<PathBuf>,
    /// Laisse de côté les rapports déjà écrits, que « rapport » sait refaire
    #[arg(long)]
    pub sans_rapports: bool,
}

/// Runs the command.
pub(super) fn run(folder: Option<&Path>, args: &SauvegarderArgs) -> Result<Done> {
    let outcome = back_up(&BackupRequest {
        folder: folder.map(Path::to_path_buf),
        out: args.sortie.clone(),
        reports: !args.sans_rapports,
        day: None,
    })?;
    Ok(Done {
        text: said(&outcome),
        result: json!({
            "sauvegarde": outcome.path,
            "remplace": outcome.replaced,
            "fichiers": outcome.files,
            "octets": outcome.bytes,
            "taille": outcome.length,
            "cle_des_repondants": outcome.key,
            "noms_des_observateurs": outcome.observers,
            "laisses": names(&outcome.left),
            "noms_refuses_par_windows": names(&outcome.odd),
        }),
        summary: "Sauvegarde écrite, puis relue en entier.".to_owned(),
        ..Done::default()
    })
}

fn names(left: &[LeftAside]) -> Vec<serde_json::Value> {
    let told = left.iter();
    told.map(|l| json!({ "nom": l.name, "raison": l.why }))
        .collect()
}

fn said(outcome: &BackupOutcome) -> String {
    let former = if outcome.replaced {
        " (à la place de la sauvegarde qui s’y trouvait)"
    } else {
        ""
    };
    let mut text = format!(
        "{}{former}\n{}, {} ; l’archive en fait {}.\n",
        outcome.path.display(),
        count(outcome.files, "fichier", "fichiers"),
        megabytes(outcome.bytes),
        megabytes(outcome.length),
    );
    for (title, left) in [
        ("Laissé de côté", &outcome.left),
        ("À renommer avant de restaurer sous Windows", &outcome.odd),
    ] {
        for one in left {
            let _ = writeln!(text, "{title} : {} ({}).", one.name, one.why);
        }
    }
    let mut held = vec!["les réponses reçues"];
    if outcome.key {
        held.push("la clé sans laquelle un répondant qui revient ne serait pas reconnu");
    }
    if outcome.observers {
        held.push("les noms des observateurs");
    }
    let _ = write!(
        text,
        "Confidentiel : cette archive n’est pas chiffrée et contient {}. Gardez-la là où vous gardez l’observatoire, jamais dans une messagerie ; détruisez-la quand la conservation des réponses est terminée : « purger » n’y entre pas.",
        held.join(", ")
    );
    text
}
