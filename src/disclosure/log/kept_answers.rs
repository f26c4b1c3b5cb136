//! What the log keeps of a question: what was printed, and the answers of what was shown (never
//! those of what was hidden).

use serde::{Deserialize, Serialize};

use crate::disclosure::cleared::{Mask, Respondents, Shares};
use crate::figures::Distribution;

/// A question at a place.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct KeptAnswers {
    /// Answers behind it.
    pub(crate) n: usize,
    /// Counts and « ne sait pas », of what was shown alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    comptes: Option<(Vec<usize>, usize)>,
    /// Why nothing was printed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    masque: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    parts: Vec<f64>,
    #[serde(default)]
    nsp: f64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    unanime: Option<usize>,
    #[serde(default)]
    au_moins: f64,
}

impl KeptAnswers {
    pub(crate) fn of(answers: &Distribution, shares: &Result<Shares, Mask>) -> Self {
        let empty = Self {
            n: answers.total(),
            comptes: None,
            masque: None,
            parts: Vec::new(),
            nsp: 0.0,
            unanime: None,
            au_moins: 0.0,
        };
        match shares {
            Err(mask) => Self {
                masque: Some(mask.as_str().to_owned()),
                ..empty
            },
            Ok(shares) => Self {
                comptes: Some((answers.counts.clone(), answers.nsp)),
                parts: shares.parts.clone(),
                nsp: shares.nsp,
                unanime: shares.unanimous,
                au_moins: shares.at_least,
                ..empty
            },
        }
    }

    /// Answers of what was shown.
    pub(crate) fn answers(&self) -> Option<Distribution> {
        let (counts, nsp) = self.comptes.clone()?;
        Some(Distribution { counts, nsp })
    }

    /// Whether shares were printed.
    pub(crate) fn is_shown(&self) -> bool {
        self.masque.is_none()
    }

    /// What was printed.
    pub(crate) fn shares(&self) -> Result<Shares, Mask> {
        if let Some(mask) = &self.masque {
            return Err(Mask::parse(mask));
        }
        let respondents = Respondents::of(self.n);
        Ok(Shares {
            parts: self.parts.clone(),
            n: respondents.least(),
            respondents,
            nsp: self.nsp,
            unanimous: self.unanime,
            at_least: self.au_moins,
        })
    }
}
