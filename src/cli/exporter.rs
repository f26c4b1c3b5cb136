//! `exporter`: the long table as stored, or the registry.

use std::path::Path;

use super::Done;
use super::arguments::{Exported, ExporterArgs};
use super::session::{Session, deliver};
use crate::base::error::Result;
use crate::exports;

/// Runs the command.
pub fn run(folder: Option<&Path>, args: &ExporterArgs) -> Result<Done> {
    let session = Session::open(folder)?;
    let table = match args.table {
        Exported::Structures => exports::structures(&session.observatory.registry),
        Exported::Observations => {
            let campaign = match &args.campagne {
                Some(id) => Some(session.observatory.campaign(Some(id))?.id.as_str()),
                None => None,
            };
            exports::observations(&session.store.load(campaign)?)?
        }
    };
    deliver(&table, &args.output)
}
