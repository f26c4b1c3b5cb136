//! `comparer`: one campaign against another, or centres side by side.

use std::path::Path;

use super::Done;
use super::arguments::ComparerArgs;
use super::session::{Session, deliver};
use crate::comparisons::{Side, compare, side_by_side};
use crate::error::{Error, Result};
use crate::exports;

/// Runs the command.
pub fn run(folder: Option<&Path>, args: &ComparerArgs) -> Result<Done> {
    let session = Session::open(folder)?;
    if args.structures {
        if !args.campagnes.is_empty() {
            return Err(Error::Usage(
                "comparer --structures porte sur une seule campagne : --campagne C.".to_owned(),
            ));
        }
        let campaign = session.observatory.campaign(args.campagne.as_deref())?;
        let checked = session.indicators(campaign)?;
        let mut done = deliver(
            &exports::comparisons(&side_by_side(&checked.value)),
            &args.table,
        )?;
        done.diagnostics = checked.diagnostics;
        return Ok(done);
    }
    let [first, second] = args.campagnes.as_slice() else {
        return Err(Error::Usage(
            "comparer demande deux campagnes (comparer C1 C2) ou --structures.".to_owned(),
        ));
    };
    let (first, second) = (
        session.observatory.campaign(Some(first))?,
        session.observatory.campaign(Some(second))?,
    );
    let (before, after) = (session.indicators(first)?, session.indicators(second)?);
    let side = |campaign, indicators| Side {
        indicators,
        referentiel: session.observatory.referentiel(campaign),
    };
    let compared = compare(side(first, &before.value), side(second, &after.value));
    let mut done = deliver(&exports::comparisons(&compared.value), &args.table)?;
    done.diagnostics = compared.diagnostics;
    Ok(done)
}
