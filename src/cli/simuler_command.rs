//! `simuler`: a fictitious observatory of any size, its raw files included, or its answers straight in the store.

use std::path::PathBuf;

use clap::Args;

use super::done::Done;
use crate::actions::simuler::{DirectRequest, SimulateRequest, simulate, simulate_direct};
use crate::base::error::Result;
use crate::base::text::{PastedLine, count};

/// `simuler`.
#[derive(Args)]
pub(super) struct SimulerArgs {
    /// Dossier à créer
    #[arg(value_name = "DOSSIER")]
    pub dir: PathBuf,
    /// Nombre d’accueils
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=40_000))]
    pub structures: u32,
    /// Nombre de campagnes
    #[arg(long, value_name = "K", value_parser = clap::value_parser!(u32).range(1..=20))]
    pub campagnes: u32,
    /// Graine : la même redonne les mêmes données
    #[arg(long, value_name = "S")]
    pub graine: u64,
    /// Nombre de réponses de familles par accueil ; avec --direct, nombre de réponses par campagne,
    /// tous accueils et toutes sources ensemble
    #[arg(long, value_name = "N")]
    pub reponses: Option<u32>,
    /// Écrire les réponses directement dans la base, sans fichiers bruts : pour des dizaines de
    /// millions de réponses
    #[arg(long, requires = "reponses")]
    pub direct: bool,
}

/// Runs the command.
pub(super) fn run(args: &SimulerArgs) -> Result<Done> {
    if let (true, Some(answers)) = (args.direct, args.reponses) {
        return run_direct(args, answers);
    }
    let request = SimulateRequest {
        dir: args.dir.clone(),
        structures: args.structures as usize,
        campaigns: args.campagnes as usize,
        seed: args.graine,
        answers: args.reponses.map(|n| n as usize),
    };
    let outcome = simulate(&request)?;
    let first = outcome.raw.join("C1").display().to_string();
    let text = format!(
        "DONNÉES FICTIVES : {} de {} sur {} dans {}.\nImportez une campagne : {}",
        count(outcome.files, "fichier", "fichiers"),
        count(request.structures, "accueil", "accueils"),
        count(request.campaigns, "campagne", "campagnes"),
        outcome.raw.display(),
        PastedLine::new(Some(&args.dir)).with(&["importer", &first, "--campagne", "C1"])
    );
    Ok(Done {
        text,
        result: serde_json::json!({ "fichiers": outcome.files, "dossier": args.dir }),
        ..Done::default()
    })
}

fn run_direct(args: &SimulerArgs, answers: u32) -> Result<Done> {
    let outcome = simulate_direct(&DirectRequest {
        dir: args.dir.clone(),
        structures: args.structures as usize,
        campaigns: args.campagnes as usize,
        seed: args.graine,
        answers: u64::from(answers),
    })?;
    let total: u64 = outcome.answers.iter().sum();
    let text = format!(
        "DONNÉES FICTIVES : {} de {} sur {} dans la base de {}.\nCalculez : {}",
        count(total as usize, "réponse", "réponses"),
        count(args.structures as usize, "accueil", "accueils"),
        count(args.campagnes as usize, "campagne", "campagnes"),
        args.dir.display(),
        PastedLine::new(Some(&args.dir)).with(&["indicateurs", "--campagne", "C1"])
    );
    Ok(Done {
        text,
        result: serde_json::json!({ "reponses": outcome.answers, "dossier": args.dir }),
        ..Done::default()
    })
}
