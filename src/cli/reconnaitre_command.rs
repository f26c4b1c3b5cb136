//! `reconnaitre`: another name of an accueil, or who is behind the code of an observer.

use std::path::Path;

use clap::Args;

use super::done::Done;
use super::opening::open;
use crate::actions::reconnaitre::{NameOutcome, NameRequest, NamedOne, learn};
use crate::base::error::{Error, Result};

/// `reconnaitre`.
#[derive(Args)]
pub(super) struct ReconnaitreArgs {
    /// Le nom tel que les fichiers l’écrivent : « Jean Moulin », « M. D. »
    #[arg(value_name = "NOM")]
    pub nom: String,
    /// Code de l’accueil que ce nom désigne ; écrit dans la colonne alias du registre
    #[arg(long, value_name = "CODE", conflicts_with = "observateur")]
    pub structure: Option<String>,
    /// Code de l’observateur que ce nom ou ces initiales désignent ; écrit dans data/observateurs.csv,
    /// qui reste sur ce poste
    #[arg(long, value_name = "CODE")]
    pub observateur: Option<String>,
}

/// Runs the command.
pub(super) fn run(folder: Option<&Path>, args: &ReconnaitreArgs) -> Result<Done> {
    let of = match (&args.structure, &args.observateur) {
        (Some(code), _) => NamedOne::Structure(code.clone()),
        (None, Some(code)) => NamedOne::Observer(code.clone()),
        (None, None) => {
            return Err(Error::Usage(
                "Dites qui ce nom désigne : --structure CODE pour un accueil, --observateur CODE pour un observateur.".to_owned(),
            ));
        }
    };
    let opened = open(folder)?;
    let request = NameRequest {
        name: args.nom.clone(),
        of,
    };
    let outcome = learn(&opened, &request)?;
    Ok(Done {
        text: said(args.nom.trim(), &outcome),
        result: serde_json::json!({ "qui": outcome.who, "ecrit": outcome.written }),
        ..Done::default()
    })
}

fn said(name: &str, outcome: &NameOutcome) -> String {
    let who = &outcome.who;
    match &outcome.written {
        Some(place) => {
            format!("« {name} » désigne désormais {who} (écrit dans {place}). Relancez l’import.")
        }
        None => format!("« {name} » désigne déjà {who} : rien à écrire."),
    }
}
