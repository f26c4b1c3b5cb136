//! Answers to a question as they may be printed.

use std::sync::Arc;

use super::mask::Mask;
use super::respondents::Respondents;
use crate::base::text::{Datum, SharedText, rounded, share_of};
use crate::vocabulary::own_question::OTHER_ANSWER;
use crate::vocabulary::referentiel::{SourceCode, favourable_modalities};

/// Answers to one question, cleared.
#[derive(Debug, Clone, PartialEq)]
pub struct ClearedDistribution {
    /// Code of the élément.
    pub code: SharedText,
    /// The question, in the words that people answered where these are the same for all.
    pub label: SharedText,
    /// What is to be said of these words.
    pub asked: AskedAs,
    /// Who answered.
    pub source: SourceCode,
    /// Labels of the modalities, least favourable first.
    pub modalities: Arc<[String]>,
    /// Whether to agree is unfavourable (« Mon travail m’épuise »).
    pub reversed: bool,
    /// What may be shown; apart, since most questions of a small accueil are hidden.
    pub shares: Result<Box<Shares>, Mask>,
}

/// In which words a question was asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AskedAs {
    /// In the référentiel's.
    Reference,
    /// In those of another questionnaire, read as this sentence of the référentiel.
    Own {
        /// The référentiel's.
        reference: SharedText,
    },
    /// In several, of so many kinds.
    Several(usize),
    /// In other words, that are not kept.
    Lost,
    /// Outside the référentiel, in the words of the questionnaire.
    Outside,
}

/// Shares of a question.
#[derive(Debug, Clone, PartialEq)]
pub struct Shares {
    /// One share 0..1 per modality; empty where nearly everyone answered alike. From twenty answers on each is
    /// rounded to the whole percent, so that they may sum to 0.99 or 1.01; under twenty they are in tenths, under
    /// ten in fifths, and sum to 1.
    pub parts: Vec<f64>,
    /// What the parts are told of: 100 (percents), 10 or 5 (`docs/confidentiality.md`, bands).
    pub out_of: usize,
    /// Share of the favourable modalities together: rounded in its turn in percents, the sum of its parts under
    /// twenty answers; 0 where nearly everyone answered alike.
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

/// An answer to a question outside the référentiel, and what is told of its share.
#[derive(Debug, Clone, PartialEq)]
pub struct ToldAnswer {
    /// In the words of the questionnaire.
    pub answer: String,
    /// Its share.
    pub told: Datum,
}

impl ClearedDistribution {
    /// What is told of each answer to a question outside the référentiel, in their order; the one that nearly everyone
    /// gave alone. « Autre réponse » is told where somebody gave one.
    pub fn told_answers(&self) -> Vec<ToldAnswer> {
        let Ok(shares) = &self.shares else {
            return Vec::new();
        };
        let answered = |answer: &String, told: Datum| ToldAnswer {
            answer: answer.clone(),
            told,
        };
        if let Some(rank) = shares.unanimous {
            let least = share_of(shares.at_least, shares.least_out_of());
            let alone = self.modalities.get(rank);
            return alone
                .map(|a| answered(a, Datum::words(format!("{least} ou plus"))))
                .into_iter()
                .collect();
        }
        let all = self.modalities.iter().zip(&shares.parts);
        all.filter(|(answer, share)| **share > 0.0 || *answer != OTHER_ANSWER)
            .map(|(answer, share)| answered(answer, Datum::share_of(*share, shares.out_of)))
            .collect()
    }
}

impl Shares {
    /// What « ou plus » is told of: tenths where parts are no percents.
    pub fn least_out_of(&self) -> usize {
        self.out_of.max(10)
    }

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

    /// The same under twenty answers: what the parts that are printed add up to.
    pub(in crate::disclosure) fn favourable_among(parts: &[f64]) -> f64 {
        let favourable = parts.iter().rev().take(favourable_modalities(parts.len()));
        rounded(favourable.sum(), 2)
    }
}
