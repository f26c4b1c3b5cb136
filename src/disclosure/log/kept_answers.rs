//! What a file of the log keeps of a question: what was printed, and the answers of what was shown (never those of what
//! was hidden, of which it keeps the number alone).

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::printed_answers::{ShownAnswers, ToldAnswers};
use crate::disclosure::cleared::{Mask, Respondents, Shares};
use crate::figures::Distribution;

/// What one delivery printed of a question at a place.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct KeptAnswers {
    /// Answers behind it.
    n: usize,
    /// Counts and « ne sait pas », of what was shown alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    comptes: Option<(Vec<usize>, usize)>,
    /// Why nothing was printed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    masque: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    parts: Vec<f64>,
    /// What the parts were told of; percents in deliveries that do not say.
    #[serde(default = "percents")]
    sur: usize,
    #[serde(default)]
    nsp: f64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    unanime: Option<usize>,
    #[serde(default)]
    au_moins: f64,
    /// Its answers in their order, of a question outside the référentiel that was shown.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    modalites: Vec<String>,
}

/// What parts were told of before they said it.
fn percents() -> usize {
    100
}

impl KeptAnswers {
    /// What is kept of what a delivery tells.
    pub(crate) fn of(told: &ToldAnswers) -> Self {
        let empty = Self {
            n: told.n,
            comptes: None,
            masque: None,
            parts: Vec::new(),
            sur: percents(),
            nsp: 0.0,
            unanime: None,
            au_moins: 0.0,
            modalites: Vec::new(),
        };
        match &told.shown {
            Err(mask) => Self {
                masque: Some(mask.as_str().to_owned()),
                ..empty
            },
            Ok(shown) => {
                let answers = shown.answers.as_ref();
                let shares = &shown.shares;
                Self {
                    comptes: answers.map(|answers| (answers.counts.clone(), answers.nsp)),
                    parts: shares.parts.clone(),
                    sur: shares.out_of,
                    nsp: shares.nsp,
                    unanime: shares.unanimous,
                    au_moins: shares.at_least,
                    modalites: shown.labels.clone(),
                    ..empty
                }
            }
        }
    }

    /// What the delivery told.
    pub(crate) fn told(self) -> ToldAnswers {
        let shown = match &self.masque {
            Some(word) => Err(Mask::parse(word)),
            None => Ok(Arc::new(ShownAnswers {
                answers: (self.comptes.clone()).map(|(counts, nsp)| Distribution { counts, nsp }),
                shares: self.shares(),
                labels: self.modalites,
            })),
        };
        ToldAnswers { n: self.n, shown }
    }

    fn shares(&self) -> Shares {
        let respondents = Respondents::of(self.n);
        let favourable = || {
            let counts = &self.comptes.as_ref()?.0;
            (!self.parts.is_empty()).then(|| match self.sur {
                100 => Shares::favourable_of(counts),
                _ => Shares::favourable_among(&self.parts),
            })
        };
        Shares {
            parts: self.parts.clone(),
            out_of: self.sur,
            favourable: favourable().unwrap_or(0.0),
            n: respondents.least(),
            respondents,
            nsp: self.nsp,
            unanimous: self.unanime,
            at_least: self.au_moins,
        }
    }
}
