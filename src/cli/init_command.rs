//! `init`: a new, commented observatory folder.

use std::path::PathBuf;

use clap::Args;

use super::done::Done;
use super::territoire_command::{epci_json, epci_line};
use crate::actions::init::{FirstCampaign, InitRequest, init};
use crate::base::error::Result;
use crate::base::text::PastedLine;
use crate::campaign::day_or_today;

/// `init`.
#[derive(Args)]
pub(super) struct InitArgs {
    /// Dossier à créer
    #[arg(value_name = "DOSSIER")]
    pub dir: PathBuf,
    /// Premier jour de la première campagne, AAAA-MM-JJ [défaut : aujourd’hui]
    #[arg(long, value_name = "JOUR")]
    pub debut: Option<String>,
    /// Dernier jour de la première campagne, AAAA-MM-JJ [défaut : dix semaines plus tard]
    #[arg(long, value_name = "JOUR")]
    pub fin: Option<String>,
    /// EPCI du territoire, par son nom ou son SIREN : remplit son nom, ses communes et leur population
    #[arg(long, value_name = "NOM")]
    pub epci: Option<String>,
}

/// Runs the command.
pub(super) fn run(args: &InitArgs) -> Result<Done> {
    let mut first = FirstCampaign::from(day_or_today(args.debut.as_deref())?);
    if let Some(last) = &args.fin {
        first.fin = day_or_today(Some(last))?;
    }
    let outcome = init(&InitRequest {
        dir: args.dir.clone(),
        territory: None,
        first: Some(first),
        epci: args.epci.clone(),
    })?;
    let line = PastedLine::new(Some(&outcome.dir));
    let (dir, settings) = (outcome.dir.display(), outcome.settings);
    let territory = outcome.epci.as_ref().map(epci_line).unwrap_or_default();
    let text = format!(
        "Dossier créé : {dir}\n{territory}\
         Première campagne, C1 : du {} au {}.\n\n\
         1. Décrivez le territoire et les campagnes dans {dir}/{settings}.\n\
         2. Remplissez le registre {dir}/data/structures.csv.\n\
         3. Lisez le référentiel, et fixez vos cibles : {}\n\
         4. Importez : {}\n\
         5. Vérifiez : {}",
        outcome.first.debut.short(),
        outcome.first.fin.short(),
        line.with(&["referentiel"]),
        line.with(&["importer", "FICHIERS", "--campagne", "C1"]),
        line.with(&["verifier"])
    );
    Ok(Done {
        text,
        result: serde_json::json!({
            "dossier": outcome.dir,
            "debut": outcome.first.debut,
            "fin": outcome.first.fin,
            "epci": outcome.epci.as_ref().map(epci_json),
        }),
        ..Done::default()
    })
}
