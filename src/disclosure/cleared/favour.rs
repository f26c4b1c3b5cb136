//! How many answers to a question are favourable, as far as it is told.

use std::cmp::Ordering;

use super::cleared_distribution::ClearedDistribution;
use crate::base::text::percent;
use crate::vocabulary::referentiel::favourable_modalities;

/// How many answers are favourable: the two highest modalities, the highest of three.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Favour {
    /// This share.
    Exactly(f64),
    /// Nearly everyone, all told alike: this share or more.
    AtLeast(f64),
    /// Nearly nobody.
    AtMost(f64),
}

impl Favour {
    /// Of a question whose answers are shown.
    pub fn of(q: &ClearedDistribution) -> Option<Self> {
        let shares = q.shares.as_ref().ok()?;
        let Some(position) = shares.unanimous else {
            return Some(Self::Exactly(shares.favourable));
        };
        let top = favourable_modalities(q.modalities.len());
        Some(if position + top >= q.modalities.len() {
            Self::AtLeast(shares.at_least)
        } else {
            Self::AtMost(1.0 - shares.at_least)
        })
    }

    /// The share that is told.
    pub fn told(self) -> f64 {
        let (Self::Exactly(share) | Self::AtLeast(share) | Self::AtMost(share)) = self;
        share
    }

    /// « 75 % », « 90 % ou plus », « 10 % ou moins ».
    pub fn words(self) -> String {
        match self {
            Self::Exactly(share) => percent(share),
            Self::AtLeast(share) => format!("{} ou plus", percent(share)),
            Self::AtMost(share) => format!("{} ou moins", percent(share)),
        }
    }

    /// The most reserved first: « 10 % ou moins » before 10 %, « 90 % ou plus » after 90 %.
    pub fn order(self, other: Self) -> Ordering {
        let side = |favour: Self| match favour {
            Self::AtMost(_) => 0,
            Self::Exactly(_) => 1,
            Self::AtLeast(_) => 2,
        };
        let told = self.told().total_cmp(&other.told());
        told.then(side(self).cmp(&side(other)))
    }
}
