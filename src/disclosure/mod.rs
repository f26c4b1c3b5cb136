//! What one audience may see (`domain.md` section 7, `design.md` section 5). Reports are built from
//! the types of this module and from nothing else: a figure that was not cleared cannot be printed,
//! and none holds more digits than are printed.
//!
//! # What is protected, and how much
//!
//! A reader holds every file of a delivery, the deliveries of both campaigns and of other audiences
//! that the same persons read, and knows the référentiel, its weights and the rounding. Then:
//!
//! - **Answers** (`tree`). Whatever a difference of published groups isolates must itself be a group
//!   that could be published: enough answers, from two sites at least, none so common (90 %) that
//!   everyone's is known, and at least `marge_niveau` apart. Counts are taken as known to the unit:
//!   protection owes nothing to rounding. (Insee, *Manuel de protection des données tabulées*: three
//!   units for a total, 85 % dominance; statistics.md 9.2: a complement under k is refused.)
//! - **Means** (`levels`). What remains possible for a hidden mean, once all equations between
//!   printed levels are solved by intervals, spans at least `marge_niveau` (one whole level by
//!   default): the protection level of an audit (statistics.md 9.2), in levels.
//! - **Near unanimity** (`tree`, `distribution`). « 90 % ou plus » is printed from nine answers in
//!   ten on, not for unanimity alone, which it would then mean; under ten answers, « 80 % ou plus ».
//!   The means that such answers enter leave at least one of them undecided.
//! - **Editions** (`log`). What two editions of a campaign differ by is no one, or a group that could
//!   be published; otherwise the later repeats the earlier.
//! - **Words** (`verbatim`). No name, number or address, no comment on an impératif, no character
//!   that shows nothing.
//!
//! Not protected: what a member of a hidden group knows of the others by subtracting their own
//! answer, beyond what three sites and the thresholds leave; and a third campaign, whose own
//! delivery is taken as if it had been compared with nothing.

mod actions;
mod activity;
mod advice;
mod answers;
mod booklet;
mod ctg;
mod delivery;
mod distribution;
mod figure;
mod given;
mod ground;
mod imperatif;
mod ledger;
mod levels;
mod log;
mod masking;
mod names;
mod plain;
mod printed;
mod sector;
mod site;
mod territory;
mod tree;
mod verbatim;
mod words;

pub use actions::ClearedAction;
pub use activity::ClearedActivity;
pub use advice::{ClearedAdvice, Why};
pub use booklet::{ClearedBooklet, ClearedRemarkable, clear_booklet};
pub use ctg::ClearedCtg;
pub use delivery::{ClearedDelivery, clear_delivery};
pub use distribution::{ClearedDistribution, Respondents, Shares};
pub use figure::{ClearedFigure, Evolution};
pub use imperatif::{ClearedGap, ClearedImperatif};
pub use log::{Delivered, DeliveryLog, Repeats};
pub use masking::{MaskedCell, Masking, Place, summary};
pub use sector::ClearedSector;
pub use site::ClearedSite;
pub use territory::{AxeEvolution, ClearedPractice, ClearedTerritory, SiteAxes, SiteImperatifs};
pub use words::{ClearedWord, ClearedWords};

use crate::compare::Comparisons;
use crate::decide::ctg::CtgMoment;
use crate::decide::plans::Action;
pub use crate::decide::plans::Standing;
use crate::decide::priorities::Priorities;
pub use crate::figures::OUTSIDE;
use crate::figures::reliability::Observers;
use crate::figures::voices::Voices;
use crate::figures::{Indicators, leaves_the_tool as is_outside};
pub use crate::vocabulary::Audience;
use crate::vocabulary::config::{Structure, Thresholds};
use crate::vocabulary::referentiel::Referentiel;

/// Why something is not shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Mask {
    /// Fewer answers than the audience's threshold.
    TooFew,
    /// Fewer than five events.
    Rare,
    /// Never shown to this audience at this scale.
    NotForAudience,
    /// A serious finding leaves the tool.
    Outside,
    /// Would give back another figure that is masked.
    Derivable,
}

impl Mask {
    /// What is printed instead.
    pub fn words(self) -> &'static str {
        match self {
            Self::TooFew => "effectif trop faible",
            Self::Rare => "< 5",
            Self::NotForAudience => "non diffusé à cette échelle",
            Self::Outside => OUTSIDE,
            Self::Derivable => "non diffusé : permettrait d’en retrouver un autre",
        }
    }

    /// Word of exports and of the log.
    pub fn as_str(self) -> &'static str {
        ["effectif", "rare", "public", "hors", "deduction"][self as usize]
    }

    /// Reads the word back; a word that is not known says that something is hidden all the same.
    pub(super) fn parse(word: &str) -> Self {
        let all = [
            Self::TooFew,
            Self::Rare,
            Self::NotForAudience,
            Self::Outside,
        ];
        let found = all.into_iter().find(|m| m.as_str() == word);
        found.unwrap_or(Self::Derivable)
    }

    /// Why, where masked figures are counted.
    pub fn reason(self) -> &'static str {
        match self {
            Self::TooFew => "effectif trop faible",
            Self::Rare => "moins de cinq cas",
            Self::NotForAudience => "non diffusé à cette échelle",
            Self::Outside => "à traiter hors de l’observatoire",
            Self::Derivable => "permettrait d’en retrouver un autre",
        }
    }
}

/// A figure that may be printed, or the reason why not.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Shown<T> {
    /// May be printed.
    Value(T),
    /// May not.
    Masked(Mask),
}

impl<T: Copy> Shown<T> {
    /// The value, if it may be printed.
    pub fn value(&self) -> Option<T> {
        match self {
            Self::Value(value) => Some(*value),
            Self::Masked(_) => None,
        }
    }
}

/// Everything a clearance decides on; held here so that callers cannot hand it to a renderer.
pub struct Material<'a> {
    /// Figures of the campaign.
    pub indicators: &'a Indicators,
    /// Figures of the campaign before, if any.
    pub previous: Option<&'a Indicators>,
    /// Its vocabulary and the structures active in it: what was delivered of it is taken into
    /// account.
    pub before: Option<(&'a Referentiel, &'a [&'a Structure])>,
    /// Evolution from it, if any.
    pub evolution: Option<&'a Comparisons>,
    /// What comes first, and who could help.
    pub priorities: &'a Priorities,
    /// What people say in their own words.
    pub voices: &'a Voices,
    /// Whether observers agree.
    pub observers: &'a Observers,
    /// Actions of all plans.
    pub actions: &'a [Action],
    /// What the findings of the campaign propose.
    pub proposals: &'a [Action],
    /// Indicators of the convention territoriale globale, campaign after campaign, this one last.
    pub ctg: &'a [CtgMoment],
    /// Day of the edition, ISO: what is late is late on that day.
    pub day: &'a str,
    /// Vocabulary of the campaign.
    pub referentiel: &'a Referentiel,
    /// Thresholds of the audience.
    pub thresholds: Thresholds,
    /// Thresholds of those who read this delivery beside their own
    /// ([`Audience::also_read_by`]): what they are not shown there stays hidden here.
    pub also: Option<Thresholds>,
    /// The audience.
    pub audience: Audience,
}

impl<'a> Material<'a> {
    /// The campaign before as it was delivered to the same audience, by itself.
    fn earlier(&self) -> Option<(Self, &'a [&'a Structure])> {
        let (referentiel, structures) = self.before?;
        let material = Self {
            indicators: self.previous?,
            previous: None,
            before: None,
            evolution: None,
            referentiel,
            ..*self
        };
        Some((material, structures))
    }
}
