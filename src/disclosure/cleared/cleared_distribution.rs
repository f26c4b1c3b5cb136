//! Answers to a question as they may be printed.

use super::mask::Mask;
use super::respondents::Respondents;
use crate::base::text::rounded;
use crate::vocabulary::referentiel::{SourceCode, favourable_modalities};

/// Answers to one question, cleared.
#[derive(Debug, Clone, PartialEq)]
pub struct ClearedDistribution {
    /// Code of the élément.
    pub code: String,
    /// The question, in the words that people answered where these are the same for all.
    pub label: String,
    /// What is to be said of these words.
    pub asked: AskedAs,
    /// Who answered.
    pub source: SourceCode,
    /// Labels of the modalities, least favourable first.
    pub modalities: Vec<String>,
    /// What may be shown.
    pub shares: Result<Shares, Mask>,
}

/// In which words a question was asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AskedAs {
    /// In the référentiel's.
    Reference,
    /// In those of another questionnaire, read as this sentence of the référentiel.
    Own {
        /// The référentiel's.
        reference: String,
    },
    /// In several, of so many kinds.
    Several(usize),
    /// In other words, that are not kept.
    Lost,
}

/// Shares of a question.
#[derive(Debug, Clone, PartialEq)]
pub struct Shares {
    /// One share 0..1 per modality, each rounded to the whole percent, so that they may sum to 0.99 or 1.01;
    /// empty where nearly everyone answered alike.
    pub parts: Vec<f64>,
    /// Share of the favourable modalities together, rounded in its turn; 0 where nearly everyone answered alike.
    pub favourable: f64,
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

impl Shares {
    /// Share of the favourable modalities together, in whole percents: rounded once, as the export of its
    /// question is, rather than added up from rounded parts; `counts` are those of modalities, least favourable
    /// first.
    pub(in crate::disclosure) fn favourable_of(counts: &[usize]) -> f64 {
        let n: usize = counts.iter().sum();
        let favourable = counts
            .iter()
            .rev()
            .take(favourable_modalities(counts.len()));
        rounded(favourable.sum::<usize>() as f64 / n.max(1) as f64, 2)
    }
}
