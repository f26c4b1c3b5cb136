//! `plan`: improvement actions, from their proposal to their effect.

mod arguments;
pub mod effet;
mod exporter;
mod historique;
mod importer;
mod lister;
pub mod proposer;
mod suivi;

use std::path::Path;

pub use arguments::PlanArgs;
use arguments::PlanCommand;
use effet::effects;

use super::Done;
use super::importer::today;
use super::session::{Session, iso_day};
use crate::base::error::{Error, Result};

/// Runs the command.
pub fn run(folder: Option<&Path>, args: &PlanArgs) -> Result<Done> {
    let session = Session::open(folder)?;
    let Some(what) = &args.what else {
        return lister::run(&session, &args.list);
    };
    if args.list.is_set() {
        return Err(Error::Usage(
            "Les options se placent après la sous-commande : observatoire plan exporter --structure R01 --sortie plan.xlsx.".to_owned(),
        ));
    }
    match what {
        PlanCommand::Lister(args) => lister::run(&session, args),
        PlanCommand::Proposer(args) => proposer::run(&session, args),
        PlanCommand::Exporter(args) => exporter::run(&session, args),
        PlanCommand::Importer(args) => importer::run(&session, args),
        PlanCommand::Suivi(args) => suivi::run(&session, args),
        PlanCommand::Effet(args) => effet::run(&session, args),
        PlanCommand::Historique(args) => historique::run(&session, args),
    }
}

/// The day asked, else today.
fn day(asked: Option<&String>) -> Result<String> {
    asked.map_or_else(|| Ok(today()), |date| iso_day(date))
}

/// A text on one line, cut to a width.
fn short(text: &str, width: usize) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= width {
        return line;
    }
    let cut: String = line.chars().take(width.saturating_sub(1)).collect();
    format!("{}…", cut.trim_end())
}
