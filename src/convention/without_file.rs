//! Where `ctg/convention.toml` is absent: the fiches of the référentiel of the latest campaign, and no indicator.

use super::convention_file::convention_among;
use super::convention_model::{CONVENTION_FILE, Convention, SignedFiche};
use super::convention_words::FicheState;
use super::versions::KnownFiles;
use crate::base::diagnostics::Checked;
use crate::base::error::{Error, Result};
use crate::vocabulary::config::Observatory;

/// The convention of an observatory, else the fiches of its référentiel.
///
/// # Errors
///
/// A file that does not hold together; no file and no campaign.
pub(crate) fn convention_or_fiches(observatory: &Observatory) -> Result<Checked<Convention>> {
    convention_or_fiches_among(observatory, &KnownFiles::of_today(&observatory.root))
}

/// The same as it was known on a day.
///
/// # Errors
///
/// See [`convention_or_fiches`].
pub(crate) fn convention_or_fiches_among(
    observatory: &Observatory,
    files: &KnownFiles,
) -> Result<Checked<Convention>> {
    if let Some(loaded) = convention_among(observatory, files)? {
        return Ok(loaded);
    }
    let latest = observatory.campaign(None)?;
    let campaigns = &observatory.settings.campaigns;
    let from = campaigns.iter().map(|c| c.debut).min();
    let to = campaigns.iter().map(|c| c.fin).max();
    let (Some(from), Some(to)) = (from, to) else {
        return Err(Error::Config(format!(
            "{CONVENTION_FILE} manque : « observatoire ctg init » l’écrit."
        )));
    };
    let fiches = observatory
        .referentiel(latest)
        .fiches
        .iter()
        .map(|f| SignedFiche {
            code: f.code.clone(),
            axis: String::new(),
            title: f.label.clone(),
            state: FicheState::Active,
            amendment: None,
            criteres: Vec::new(),
            field: String::new(),
            objectives: Vec::new(),
            expected: Vec::new(),
            leads: Vec::new(),
        });
    let value = Convention {
        title: format!("Fiches du référentiel ({CONVENTION_FILE} n’est pas écrit)"),
        signatories: Vec::new(),
        from,
        to,
        early_childhood_scheme: false,
        amendments: Vec::new(),
        deadlines: Vec::new(),
        axes: Vec::new(),
        fiches: fiches.collect(),
        indicators: Vec::new(),
        experiments: Vec::new(),
    };
    Ok(Checked {
        value,
        diagnostics: Vec::new(),
    })
}
