//! `ctg/convention.toml`, commented, to be cut down.

use std::path::PathBuf;

use crate::base::error::{Error, Result};
use crate::base::files::write_file;
use crate::campaign::OpenObservatory;
use crate::convention::{CONVENTION_FILE, SHIPPED_REVIEW, SHIPPED_SURVEYS, parse_convention};

const TEMPLATE: &str = include_str!("../../data/init/convention.toml");

/// What was laid.
pub(crate) struct ConventionLaid {
    /// The file.
    pub file: PathBuf,
    /// Fiches in it.
    pub fiches: usize,
    /// Indicators in it.
    pub indicators: usize,
}

/// Lays the file.
///
/// # Errors
///
/// It is there already; it cannot be written.
pub(crate) fn lay_convention(opened: &OpenObservatory) -> Result<ConventionLaid> {
    let file = opened.observatory.root.join(CONVENTION_FILE);
    if file.exists() {
        return Err(Error::Usage(format!(
            "{CONVENTION_FILE} existe déjà : modifiez-le, ou mettez-le de côté pour repartir d’un modèle."
        )));
    }
    let read = parse_convention(CONVENTION_FILE, TEMPLATE, &opened.observatory)?.value;
    // The convention last: where it is, nothing is laid again, so that a stop before leaves nothing that is missing for good.
    for shipped in SHIPPED_SURVEYS.iter().chain([&SHIPPED_REVIEW]) {
        let own = opened.observatory.root.join(shipped.file);
        // One that is there was rewritten by someone.
        if !own.exists() {
            write_file(&own, shipped.text.as_bytes())?;
        }
    }
    write_file(&file, TEMPLATE.as_bytes())?;
    Ok(ConventionLaid {
        file,
        fiches: read.fiches.len(),
        indicators: read.indicators.len(),
    })
}
