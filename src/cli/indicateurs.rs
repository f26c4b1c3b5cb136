//! `indicateurs`: the analyst's table, complete, not for publication.

use std::path::Path;

use super::Done;
use super::arguments::TableArgs;
use super::session::{Session, deliver};
use crate::base::diagnostics::{Code, Diagnostic, Location};
use crate::base::error::Result;
use crate::exports;

/// Runs the command.
pub fn run(folder: Option<&Path>, args: &TableArgs) -> Result<Done> {
    let session = Session::open(folder)?;
    let campaign = session.observatory.campaign(args.campagne.as_deref())?;
    let checked = session.indicators(campaign)?;
    let table = exports::indicators(std::slice::from_ref(&checked.value));
    let mut done = deliver(&table, &args.table)?;
    let warning = "ce tableau est complet : il n’est pas destiné à la diffusion.";
    done.diagnostics.push(Diagnostic::new(
        Code::NotForPublication,
        Location::none(),
        warning,
    ));
    done.diagnostics.extend(checked.diagnostics);
    Ok(done)
}
