//! Answers to a question as they may be printed.

use super::mask::Mask;
use super::respondents::Respondents;
use crate::vocabulary::referentiel::SourceCode;

/// Answers to one question, cleared.
#[derive(Debug, Clone, PartialEq)]
pub struct ClearedDistribution {
    /// Code of the élément.
    pub code: String,
    /// The question.
    pub label: String,
    /// Who answered.
    pub source: SourceCode,
    /// Labels of the modalities, least favourable first.
    pub modalities: Vec<String>,
    /// What may be shown.
    pub shares: Result<Shares, Mask>,
}

/// Shares of a question.
#[derive(Debug, Clone, PartialEq)]
pub struct Shares {
    /// One share 0..1 per modality, whole percents that sum to 1; empty where nearly everyone
    /// answered alike.
    pub parts: Vec<f64>,
    /// Respondents with an opinion: exact from twenty on, else the low end of its band.
    pub n: usize,
    /// The same, as it is printed.
    pub respondents: Respondents,
    /// « Ne sait pas », as a share of those asked, whole percents; 0 where nearly everyone
    /// answered alike.
    pub nsp: f64,
    /// The answer that (nearly) everyone gave: print « 90 % ou plus » and no share.
    pub unanimous: Option<usize>,
    /// What « ou plus » starts from: 0.9, or 0.8 under ten answers, where nine tenths would mean
    /// all of them.
    pub at_least: f64,
}
