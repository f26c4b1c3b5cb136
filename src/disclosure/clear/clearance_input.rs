//! Everything a clearance decides on; held here so that callers cannot hand it to a renderer.

use crate::base::day::Day;
use crate::compare::Comparisons;
use crate::decide::ctg::CtgMoment;
use crate::decide::plans::Action;
use crate::decide::priorities::Priorities;
use crate::disclosure::decide::{CampaignFigures, DecisionMemo, OtherReader, Readers};
use crate::figures::Indicators;
use crate::figures::reliability::Observers;
use crate::figures::voices::Voices;
use crate::vocabulary::config::{Structure, Thresholds};
use crate::vocabulary::referentiel::Referentiel;
use crate::vocabulary::{AskedWordings, Audience};

/// Everything a clearance decides on.
pub struct ClearanceInput<'a> {
    /// Figures of the campaign.
    pub indicators: &'a Indicators,
    /// The campaign before, if any.
    pub before: Option<EarlierCampaign<'a>>,
    /// All structures active in the campaign: their names are places, never persons.
    pub places: &'a [&'a Structure],
    /// What comes first, and who could help.
    pub priorities: &'a Priorities,
    /// What people say in their own words.
    pub voices: &'a Voices,
    /// In which words people were asked, where these are not the référentiel's.
    pub wordings: &'a AskedWordings,
    /// Whether observers agree, where sites are read together.
    pub observers: Option<&'a Observers>,
    /// Actions of all plans.
    pub actions: &'a [Action],
    /// What the findings of the campaign propose.
    pub proposals: &'a [Action],
    /// Indicators of the convention territoriale globale, campaign after campaign, this one last.
    pub ctg: &'a [CtgMoment],
    /// Day of the edition: what is late is late on that day.
    pub day: Day,
    /// Vocabulary of the campaign.
    pub referentiel: &'a Referentiel,
    /// Thresholds of the audience.
    pub thresholds: Thresholds,
    /// Those who read this delivery beside their own, in the order of
    /// [`Audience::also_read_by`]: what they are not shown there stays hidden here.
    pub also: Vec<OtherReader>,
    /// The audience.
    pub audience: Audience,
    /// What has been decided of the same figures.
    pub decided: &'a DecisionMemo,
    /// Names everything that decisions rest on: answers, accueils, thresholds. Deliveries made one after another on the
    /// same grounds are one edition. Empty where nobody can say.
    pub grounds: &'a str,
}

/// The campaign before: what was delivered of it is taken into account.
#[derive(Clone, Copy)]
pub struct EarlierCampaign<'a> {
    /// Its figures.
    pub indicators: &'a Indicators,
    /// Its vocabulary.
    pub referentiel: &'a Referentiel,
    /// The structures active in it, in order of code.
    pub structures: &'a [&'a Structure],
    /// Evolution from it.
    pub evolution: &'a Comparisons,
}

impl<'a> ClearanceInput<'a> {
    /// Evolution from the campaign before, if any.
    pub(crate) fn evolution(&self) -> Option<&'a Comparisons> {
        self.before.map(|before| before.evolution)
    }

    /// Those who read this delivery.
    pub(crate) fn readers(&self) -> Readers {
        Readers {
            own: OtherReader {
                audience: self.audience,
                thresholds: self.thresholds,
            },
            also: self.also.clone(),
        }
    }

    /// Figures of the campaign, `structures` being those active in it.
    pub(crate) fn figures(&self, structures: &[&'a Structure]) -> CampaignFigures<'a> {
        CampaignFigures::new(
            self.indicators,
            self.evolution(),
            self.referentiel,
            structures,
            self.audience,
            self.decided.tables(structures, false),
        )
        .beside(&self.voices.outside)
    }

    /// Figures of the campaign before as they were delivered to the same audience, by themselves.
    pub(crate) fn earlier_figures(&self) -> Option<CampaignFigures<'a>> {
        let before = self.before?;
        Some(CampaignFigures::new(
            before.indicators,
            None,
            before.referentiel,
            before.structures,
            self.audience,
            self.decided.tables(before.structures, true),
        ))
    }
}
