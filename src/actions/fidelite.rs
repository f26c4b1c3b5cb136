//! Agreement between observers, their training, consistency of questionnaires.

use super::table_outcome::not_for_publication;
use crate::base::diagnostics::Diagnostic;
use crate::base::error::{Error, Result};
use crate::base::text::suggest;
use crate::campaign::OpenObservatory;
use crate::figures::reliability::{
    RatedAnswer, Section, observers, of_interviews, of_observers, of_scales, of_training,
    questionnaires, train,
};
use crate::stats::calibration::Standard;
use crate::vocabulary::config::{Campaign, Training};
use crate::vocabulary::referentiel::SourceCode;

/// What to analyse.
pub(crate) struct ReliabilityRequest {
    /// Campaign; the latest otherwise.
    pub campaign: Option<String>,
    /// Observer whose ratings are the reference of a training; agreement of all otherwise.
    pub reference: Option<String>,
}

/// The analysis.
pub(crate) struct ReliabilityOutcome {
    /// Campaign.
    pub campaign: String,
    /// A table with its sentences, one a question.
    pub sections: Vec<Section>,
    /// What was noticed.
    pub diagnostics: Vec<Diagnostic>,
}

/// Analyses a campaign.
///
/// # Errors
///
/// An unknown campaign or observer; a store that cannot be read.
pub(crate) fn analyse(
    opened: &OpenObservatory,
    request: &ReliabilityRequest,
) -> Result<ReliabilityOutcome> {
    let campaign = opened.observatory.campaign(request.campaign.as_deref())?;
    let referentiel = opened.observatory.referentiel(campaign);
    let purged = opened.purged(campaign)?;
    let fold = opened.fold(campaign)?;
    let ratings = fold.rated(SourceCode::Obs)?;
    let sections = if let Some(master) = &request.reference {
        must_have_rated(&ratings, master, campaign)?;
        let standard = standard(opened.observatory.settings.training);
        let trainees = train(&ratings, master, standard);
        of_training(&trainees, master, standard, referentiel)
    } else {
        let mut sections = of_observers(&observers(&ratings, referentiel), referentiel);
        let marks = fold.rated(SourceCode::Dir)?;
        let scope = opened.scope(campaign);
        let spread = fold.computation(&scope)?.spread();
        sections.extend(of_interviews(
            &observers(&marks, referentiel),
            &spread,
            referentiel,
        ));
        let stored = opened.store.load(Some(&campaign.id))?;
        let scales = questionnaires(&stored, referentiel)?;
        sections.extend(of_scales(&scales, referentiel));
        sections
    };
    let mut diagnostics = vec![not_for_publication(
        "la sévérité d’un observateur ne se diffuse pas : cette analyse reste au service.",
    )];
    diagnostics.extend(purged.diagnostic(
        "l’accord se lit dans les notes gardées, sous des numéros tirés au sort, et la cohérence des questionnaires ne se calcule plus",
    ));
    Ok(ReliabilityOutcome {
        campaign: campaign.id.clone(),
        sections,
        diagnostics,
    })
}

/// What a trainee must reach.
pub(super) fn standard(training: Training) -> Standard {
    Standard {
        exact: training.exact,
        within_one: training.a_un_niveau,
    }
}

fn must_have_rated(ratings: &[RatedAnswer], observer: &str, campaign: &Campaign) -> Result<()> {
    let mut observers: Vec<&str> = ratings.iter().map(|a| a.who.as_str()).collect();
    observers.sort_unstable();
    observers.dedup();
    if observers.contains(&observer) {
        return Ok(());
    }
    let suggested = suggest(observer, observers.iter().copied()).listed_or(&observers);
    Err(Error::Usage(format!(
        "« {observer} » n’a noté aucune visite de {} (observateurs : {suggested}).",
        campaign.id
    )))
}
