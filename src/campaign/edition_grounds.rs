//! What the decisions of an edition rest on, in one word: whether two deliveries made one after another are one edition.

use std::fmt::Write;

use super::open_observatory::OpenObservatory;
use crate::base::error::Result;
use crate::base::files::sha256;
use crate::vocabulary::referentiel::local::LOCAL_FILE;

/// Names the answers that count, the accueils, the settings, the référentiels and their local layer, and the version of
/// the program: a change of any of them makes other grounds. Empty where answers of other territories are read too.
///
/// # Errors
///
/// A store that cannot be read.
pub(super) fn edition_grounds(opened: &OpenObservatory) -> Result<String> {
    if opened.is_shared() {
        return Ok(String::new());
    }
    let observatory = &opened.observatory;
    let mut told = env!("CARGO_PKG_VERSION").to_owned();
    let layer = std::fs::read(observatory.root.join(LOCAL_FILE)).unwrap_or_default();
    let written = write!(
        told,
        "\n{:?}\n{:?}\n{:?}\n{}",
        opened.store.state()?.heads,
        observatory.settings,
        observatory.registry.all(),
        sha256(&layer),
    );
    let referentiels = observatory.referentiels.iter();
    let mut all = referentiels.map(|(campaign, r)| write!(told, "\n{campaign} {}", r.hash));
    let whole = written.is_ok() && all.all(|one| one.is_ok());
    Ok(if whole {
        sha256(told.as_bytes())
    } else {
        String::new()
    })
}
