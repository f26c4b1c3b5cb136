//! Whose answers, and what may be shown of them.

use crate::disclosure::cleared::Mask;
use crate::figures::Distribution;

/// Whose answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum AnswerGroup {
    /// A site by position.
    Site(usize),
    /// A sector by position.
    Sector(usize),
    /// The whole.
    Territory,
}

/// What may be shown of one group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum GroupState {
    /// Nobody was asked.
    Empty,
    /// Its distribution.
    Exact,
    /// Only that nearly all gave the same answer.
    Blurred,
    /// Nothing.
    Masked(Mask),
}

impl GroupState {
    /// Why nothing is shown; none where something is.
    pub(crate) fn mask(self) -> Option<Mask> {
        match self {
            Self::Masked(mask) => Some(mask),
            _ => None,
        }
    }

    pub(crate) fn is_shown(self) -> bool {
        matches!(self, Self::Exact | Self::Blurred)
    }
}

/// Answers of one site to a question.
#[derive(Debug, Clone)]
pub(crate) struct SiteAnswers {
    /// Its sector, by position.
    pub(crate) sector: Option<usize>,
    pub(crate) answers: Distribution,
}

/// From how many answers on, and how far apart they must lie.
#[derive(Debug, Clone)]
pub(crate) struct GroupRules {
    /// Least number at a site; 0 means never.
    pub(crate) site: usize,
    /// Of a sector.
    pub(crate) sector: usize,
    /// Of the territory.
    pub(crate) territory: usize,
    /// Level of each modality, empty when answers are no levels.
    pub(crate) levels: Vec<f64>,
    /// Least distance in levels between the answers of what remains.
    pub(crate) margin: f64,
    /// Least number from which the team of a site is shown its own; 0 when teams do not read this.
    pub(crate) team: usize,
    /// Answers are opinions: near unanimity tells everyone's.
    pub(crate) opinions: bool,
    /// Sites are read side by side, with their totals.
    pub(crate) together: bool,
}

impl GroupRules {
    /// The same of a question that no reader is shown of any place.
    pub(crate) fn never(self) -> Self {
        Self {
            site: 0,
            sector: 0,
            territory: 0,
            team: 0,
            together: false,
            ..self
        }
    }

    /// Least number of answers under a total.
    pub(crate) fn least_under(&self, total: AnswerGroup) -> usize {
        match total {
            AnswerGroup::Sector(_) => self.sector,
            _ => self.territory,
        }
    }
}
