//! How many answers to a question are favourable, as far as it is told; how many people agree with what is written.

use std::cmp::Ordering;

use super::cleared_distribution::ClearedDistribution;
use crate::base::text::{Datum, rounded, share_of};
use crate::vocabulary::referentiel::favourable_modalities;

/// A share as it is told: of a hundred, of ten or of five answers.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct ToldShare {
    /// The share, 0..1.
    pub share: f64,
    /// What it is told of.
    pub out_of: usize,
}

impl ToldShare {
    fn words(self) -> String {
        share_of(self.share, self.out_of)
    }
}

/// How many answers are favourable: the two highest modalities, the highest of three.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Favour {
    /// This share.
    Exactly(ToldShare),
    /// Nearly everyone, all told alike: this share or more.
    AtLeast(ToldShare),
    /// Nearly nobody.
    AtMost(ToldShare),
}

impl Favour {
    /// Of a question whose answers are shown.
    pub fn of(q: &ClearedDistribution) -> Option<Self> {
        let top = favourable_modalities(q.modalities.len());
        let shares = q.shares.as_ref().ok()?;
        Self::among(q, shares.favourable, |position| {
            position + top >= q.modalities.len()
        })
    }

    /// How many agree with what is written, of a question to which agreeing is unfavourable: the answers at the
    /// other end. Their parts are added as they are printed.
    pub fn agreeing(q: &ClearedDistribution) -> Option<Self> {
        let top = favourable_modalities(q.modalities.len());
        let shares = q.shares.as_ref().ok()?;
        let agree = rounded(shares.parts.iter().take(top).sum(), 2);
        Self::among(q, agree, |position| position < top)
    }

    /// A share, or what near unanimity says of it where its answer is `among` those that are counted.
    fn among(q: &ClearedDistribution, share: f64, among: impl Fn(usize) -> bool) -> Option<Self> {
        let shares = q.shares.as_ref().ok()?;
        let Some(position) = shares.unanimous else {
            let out_of = shares.out_of;
            return Some(Self::Exactly(ToldShare { share, out_of }));
        };
        let told = |share| ToldShare {
            share,
            out_of: shares.least_out_of(),
        };
        Some(if among(position) {
            Self::AtLeast(told(shares.at_least))
        } else {
            Self::AtMost(told(1.0 - shares.at_least))
        })
    }

    fn share(self) -> ToldShare {
        let (Self::Exactly(told) | Self::AtLeast(told) | Self::AtMost(told)) = self;
        told
    }

    /// The share that is told.
    pub fn told(self) -> f64 {
        self.share().share
    }

    /// « 75 % », « 90 % ou plus », « 2 sur 5 », « 2 sur 10 ou moins ».
    pub fn words(self) -> String {
        let words = self.share().words();
        match self {
            Self::Exactly(_) => words,
            Self::AtLeast(_) => format!("{words} ou plus"),
            Self::AtMost(_) => format!("{words} ou moins"),
        }
    }

    /// « 75 % de réponses favorables », « 4 réponses favorables sur 5 ».
    pub fn said(self) -> String {
        let told = self.share();
        if told.out_of == 100 {
            return format!("{} de réponses favorables", self.words());
        }
        let parts = rounded(told.share * told.out_of as f64, 0) as usize;
        let s = if parts < 2 { "" } else { "s" };
        let bound = match self {
            Self::Exactly(_) => "",
            Self::AtLeast(_) => " ou plus",
            Self::AtMost(_) => " ou moins",
        };
        format!(
            "{parts} réponse{s} favorable{s} sur\u{a0}{}{bound}",
            told.out_of
        )
    }

    /// The same as a cell: a number where it is one.
    pub fn datum(self) -> Datum {
        match self {
            Self::Exactly(told) => Datum::share_of(told.share, told.out_of),
            bound => Datum::words(bound.words()),
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
