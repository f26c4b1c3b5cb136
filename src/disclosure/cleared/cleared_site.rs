//! What may be shown of one site.

use std::collections::BTreeMap;

use super::cleared_action::ClearedAction;
use super::cleared_activity::ClearedActivity;
use super::cleared_advice::ClearedAdvice;
use super::cleared_distribution::ClearedDistribution;
use super::cleared_figure::ClearedFigure;
use super::cleared_identity::ClearedIdentity;
use super::cleared_imperatif::{ClearedCorrection, ClearedGap, ClearedImperatif};
use super::cleared_rating::ClearedRating;
use super::cleared_words::ClearedWords;
use super::mask::Mask;
use super::respondents::Respondents;
use crate::base::day::Day;
use crate::vocabulary::referentiel::SourceCode;

/// What was received of one source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Received {
    /// Who speaks.
    pub source: SourceCode,
    /// How many grids or sessions; for a questionnaire, the low end of the band of its respondents
    /// (see [`ClearedSite::returns`]).
    pub count: usize,
    /// Days of the grids, ISO, in order.
    pub days: Vec<Day>,
}

/// Rules of law of a site, counted apart from levels.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ClearedRules {
    /// Met.
    pub met: usize,
    /// Of those, put right since they were found otherwise.
    pub corrected: usize,
    /// Of those that were checked.
    pub checked: usize,
    /// Of those that apply.
    pub applicable: usize,
}

/// Everything of one site that its readers may see.
#[derive(Debug, Clone)]
pub struct ClearedSite {
    /// Codes of the critères asked here that the organiser decides.
    pub organiser: Vec<String>,
    /// Structure code.
    pub structure: String,
    /// Whether some of its figures say what an earlier edition said.
    pub repeats: bool,
    /// Impératifs applicable, in order.
    pub imperatifs: Vec<ClearedImperatif>,
    /// The same at the campaign before, for critères that have not changed since.
    pub previous_imperatifs: Vec<ClearedImperatif>,
    /// Rules of law, but for what leaves the tool; none where none applies.
    pub rules: Option<ClearedRules>,
    /// Findings put right since, but for what leaves the tool.
    pub corrections: Vec<ClearedCorrection>,
    /// Axes in order.
    pub axes: Vec<ClearedFigure>,
    /// Critères in order.
    pub criteres: Vec<ClearedFigure>,
    /// Points to lean on, at most three.
    pub strengths: Vec<ClearedAdvice>,
    /// Points to work on, at most three, impératifs first.
    pub priorities: Vec<ClearedAdvice>,
    /// Codes of the critères where this site's practice is worth a visit.
    pub practices: Vec<String>,
    /// What was rated of critères other than impératifs; empty for anyone but the team.
    pub ratings: Vec<ClearedRating>,
    /// Perception gaps, widest first; empty for anyone but the team.
    pub gaps: Vec<ClearedGap>,
    /// Distributions by source: families, children, staff.
    pub distributions: BTreeMap<SourceCode, Vec<ClearedDistribution>>,
    /// Answers to questions outside the référentiel; to its team and elected people alone.
    pub outside: Vec<ClearedDistribution>,
    /// Keywords of families, themes of interviews, remarks of the team; empty for anyone else.
    pub words: ClearedWords,
    /// Actions of its plan, the most pressing first.
    pub actions: Vec<ClearedAction>,
    /// What the findings propose, whether the plan answers it or not; empty for anyone but the team.
    pub proposals: Vec<ClearedAction>,
    /// What the accueil is, as far as files say it.
    pub identity: ClearedIdentity,
    /// Activity indicators.
    pub activities: Vec<ClearedActivity>,
    /// Grids and sessions received, by source.
    pub received: Vec<Received>,
    /// Respondents by questionnaire.
    pub returns: BTreeMap<SourceCode, Respondents>,
    /// How many figures were masked, by reason.
    pub masked: BTreeMap<Mask, usize>,
}
