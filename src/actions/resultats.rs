//! What a campaign found, accueil by accueil, beside the campaign before: figures and lines as they are, for who sees
//! everything.

use crate::base::diagnostics::Diagnostic;
use crate::base::error::Result;
use crate::campaign::{ComparedCampaigns, OpenObservatory};
use crate::compare::{Comparisons, Line};
use crate::figures::{Figure, FigureStatus, HeldLevels, Indicators, Level};
use crate::vocabulary::config::{Campaign, Structure};
use crate::vocabulary::referentiel::{Critere, Referentiel};

/// Which results.
pub(crate) struct ResultsRequest {
    /// Campaign; the latest otherwise.
    pub campaign: Option<String>,
    /// Whether the campaign before is set beside.
    pub beside: bool,
}

/// What was found.
pub(crate) struct ResultsOutcome<'a> {
    /// The campaign before, when it is set beside and there is one.
    pub before: Option<&'a Campaign>,
    /// Accueils of the campaign, by code.
    pub sites: Vec<&'a Structure>,
    /// Its référentiel.
    pub referentiel: &'a Referentiel,
    /// What was noticed.
    pub diagnostics: Vec<Diagnostic>,
    indicators: Indicators,
    comparisons: Option<Comparisons>,
}

/// Impératifs of an accueil.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(crate) struct ImperatifCounts {
    /// Met.
    pub met: usize,
    /// Not met.
    pub unmet: usize,
    /// Not judged, for want of answers.
    pub unknown: usize,
}

/// Levels that the pages of results read.
const READ: HeldLevels = HeldLevels::of(&[Level::Axe, Level::Critere, Level::Imperatif]);

/// Gives the results of a campaign.
///
/// # Errors
///
/// An unknown campaign; a store that cannot be read.
pub(crate) fn results<'a>(
    opened: &'a OpenObservatory,
    request: &ResultsRequest,
) -> Result<ResultsOutcome<'a>> {
    let campaign = opened.observatory.campaign(request.campaign.as_deref())?;
    let checked = opened.indicators_of(campaign, READ)?;
    let mut diagnostics = opened.shared_remarks();
    diagnostics.extend(checked.diagnostics);
    let earlier = opened.before(campaign).last().copied();
    let before = earlier.filter(|_| request.beside);
    let comparisons = match before {
        Some(before) => {
            let held = (HeldLevels::NOTHING.into(), READ.into());
            let compared = ComparedCampaigns::of(opened, &[before, campaign], held, |_| ())?;
            Some(compared.comparisons.value)
        }
        None => None,
    };
    let mut sites = opened.active_in(campaign);
    sites.sort_by(|a, b| a.code.cmp(&b.code));
    Ok(ResultsOutcome {
        before,
        sites,
        referentiel: opened.observatory.referentiel(campaign),
        diagnostics,
        indicators: checked.value,
        comparisons,
    })
}

impl ResultsOutcome<'_> {
    /// A figure of an accueil.
    pub(crate) fn figure(&self, site: &str, level: Level, code: &str) -> Option<&Figure> {
        self.indicators.get(site, level, code)
    }

    /// What changed since the campaign before.
    pub(crate) fn line(&self, site: &str, level: Level, code: &str) -> Option<&Line> {
        self.comparisons.as_ref()?.get(site, level, code)
    }

    /// Impératifs of an accueil, counted.
    pub(crate) fn imperatifs(&self, site: &str) -> ImperatifCounts {
        let mut counts = ImperatifCounts::default();
        let figures = self.indicators.of(site).iter();
        for figure in figures.filter(|f| f.level == Level::Imperatif) {
            match figure.status {
                FigureStatus::Atteint => counts.met += 1,
                FigureStatus::NonAtteint => counts.unmet += 1,
                FigureStatus::Nc => {}
                _ => counts.unknown += 1,
            }
        }
        counts
    }

    /// Critères of an axe that an accueil answers for, impératifs first; what the organiser decides is apart.
    pub(crate) fn criteres(&self, axe: usize) -> Vec<&Critere> {
        let all = self.referentiel.criteres.iter();
        let mut own: Vec<&Critere> = all.filter(|c| c.axe == axe && !c.organiser).collect();
        own.sort_by_key(|c| !c.imperatif);
        own
    }
}
