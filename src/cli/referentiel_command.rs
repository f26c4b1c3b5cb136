//! `referentiel`: read as a person reads it, and what the territory changes to it.

use std::path::Path;

use clap::{Args, Subcommand};

use super::done::Done;
use super::opening::open;
use super::referentiel_changes::{
    self, AddArgs, AsideArgs, BackArgs, RetireArgs, RewordArgs, TargetArgs,
};
use super::referentiel_text::{told, told_json};
use crate::actions::referentiel_lire::{ReadRequest, read};
use crate::actions::referentiel_local::differences;
use crate::base::error::{Error, Result};
use crate::campaign::OpenObservatory;

/// `referentiel`.
#[derive(Args)]
pub(super) struct ReferentielArgs {
    /// What to read, when there is no sub-command.
    #[command(flatten)]
    pub reading: ReadingArgs,
    /// What to change.
    #[command(subcommand)]
    pub what: Option<ReferentielCommand>,
}

/// What to read.
#[derive(Args, Default, PartialEq, Eq)]
pub(super) struct ReadingArgs {
    /// Un axe ou un critère seulement
    #[arg(long, value_name = "CODE")]
    pub critere: Option<String>,
    /// Campagne (par défaut : la dernière)
    #[arg(long, value_name = "ID")]
    pub campagne: Option<String>,
    /// Ce que grids/local.toml change au référentiel, et ce que cela rompt
    #[arg(long)]
    pub ecarts: bool,
}

/// Sub-commands.
#[derive(Subcommand)]
pub(super) enum ReferentielCommand {
    /// Lit le référentiel d’une campagne, avec ce qui est local (par défaut)
    #[command(visible_alias = "read")]
    Lire(ReadingArgs),
    /// Fixe la cible d’un critère ou d’un axe, avec le jour de la décision
    #[command(visible_alias = "target")]
    Objectif(TargetArgs),
    /// Écarte un critère qui ne s’applique pas ici, avec le motif
    #[command(visible_alias = "put-aside")]
    SansObjet(AsideArgs),
    /// Reprend un critère écarté
    #[command(visible_alias = "put-back")]
    Reprendre(BackArgs),
    /// Reformule la phrase d’un élément : la série de son critère est rompue
    #[command(visible_alias = "reword")]
    Reformuler(RewordArgs),
    /// Ajoute un élément à un critère : sa série est rompue
    #[command(visible_alias = "add")]
    Ajouter(AddArgs),
    /// Cesse de demander un élément ajouté : la série de son critère est rompue
    #[command(visible_alias = "retire")]
    Retirer(RetireArgs),
}

/// Runs the command.
pub(super) fn run(folder: Option<&Path>, args: &ReferentielArgs) -> Result<Done> {
    let opened = open(folder)?;
    let Some(what) = &args.what else {
        return reading(&opened, &args.reading);
    };
    if args.reading != ReadingArgs::default() {
        return Err(Error::Usage(
            "Les options se placent après la sous-commande : observatoire referentiel lire --critere REL-2.".to_owned(),
        ));
    }
    match what {
        ReferentielCommand::Lire(args) => reading(&opened, args),
        ReferentielCommand::Objectif(args) => referentiel_changes::target(&opened, args),
        ReferentielCommand::SansObjet(args) => referentiel_changes::aside(&opened, args),
        ReferentielCommand::Reprendre(args) => referentiel_changes::back(&opened, args),
        ReferentielCommand::Reformuler(args) => referentiel_changes::reword(&opened, args),
        ReferentielCommand::Ajouter(args) => referentiel_changes::add(&opened, args),
        ReferentielCommand::Retirer(args) => referentiel_changes::retire(&opened, args),
    }
}

fn reading(opened: &OpenObservatory, args: &ReadingArgs) -> Result<Done> {
    if args.ecarts {
        if args.critere.is_some() || args.campagne.is_some() {
            return Err(Error::Usage(
                "--ecarts dit tout ce qui est local, dans toutes les campagnes : donnez-le seul."
                    .to_owned(),
            ));
        }
        let found = differences(opened)?;
        return Ok(Done {
            text: found.sentences.join("\n"),
            result: serde_json::json!({ "ecarts": found.sentences }),
            ..Done::default()
        });
    }
    let outcome = read(
        opened,
        &ReadRequest {
            campaign: args.campagne.clone(),
            code: args.critere.clone(),
        },
    )?;
    Ok(Done {
        text: told(&outcome),
        result: told_json(&outcome),
        ..Done::default()
    })
}
