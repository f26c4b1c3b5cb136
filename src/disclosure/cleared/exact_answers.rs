//! What a delivery rests on, to the unit: kept beside it for the log of deliveries, and out of
//! reach of renderers.

use std::collections::{BTreeMap, BTreeSet};

use super::figure_place::FigurePlace;
use crate::base::text::SharedText;
use crate::figures::Distribution;
use crate::vocabulary::referentiel::SourceCode;

/// One question at one place.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct AskedQuestion {
    pub(crate) place: FigurePlace,
    pub(crate) code: SharedText,
    /// Fewest answers by which a later delivery must differ to be printed.
    pub(crate) least: usize,
    /// Fewest answers from which this audience is shown any at this place; 0 means never.
    pub(crate) shown_from: usize,
    pub(crate) answers: Distribution,
    pub(crate) shown: bool,
}

/// Answers to one question of a questionnaire: their sum in micro-levels, and how many.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct LevelSum {
    pub(crate) sum: i64,
    pub(crate) count: usize,
}

/// Answers behind the levels of one site.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct LevelAnswers {
    /// Respondents, by questionnaire.
    pub(crate) respondents: BTreeMap<SourceCode, usize>,
    /// Questions answered, by questionnaire, in the order of the référentiel.
    pub(crate) sums: BTreeMap<SourceCode, Vec<LevelSum>>,
}

/// Everything exact of a delivery.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct ExactAnswers {
    pub(crate) asked: Vec<AskedQuestion>,
    /// By code of structure.
    pub(crate) levels: BTreeMap<String, LevelAnswers>,
    /// Sector of each site that has one.
    pub(crate) sectors: BTreeMap<String, FigurePlace>,
    /// Fewest respondents by which the levels of a site must differ to be printed anew.
    pub(crate) least: usize,
    /// Fewest respondents of each questionnaire from which a site's are shown.
    pub(crate) per_site: BTreeMap<SourceCode, usize>,
    /// Questionnaires that each critère and axe may rest on.
    pub(crate) carried_by: BTreeMap<String, BTreeSet<SourceCode>>,
    /// Names what decisions rest on; empty where nobody can say.
    pub(crate) grounds: String,
}

impl ExactAnswers {
    /// Sector of a site.
    pub(crate) fn sector_of(&self, site: &FigurePlace) -> Option<&FigurePlace> {
        match site {
            FigurePlace::Site(code) => self.sectors.get(code.as_str()),
            _ => None,
        }
    }
}
