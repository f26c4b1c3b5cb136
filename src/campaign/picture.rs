//! Everything known of a campaign, in stages: its figures, what changed since the campaign
//! before, what comes first, what people say, whether observers agree, what could be done, and the
//! indicators of the convention.
//!
//! A picture is of the whole territory, or within reach of one structure: what its team reads. Noise,
//! importance and what hides names are drawn from all structures either way, by the same road.

use std::collections::HashSet;

use super::asked_words::asked_wordings;
use super::campaigns_by_parts::{AT_ONCE, CampaignsByParts};
use super::edition_grounds::edition_grounds;
use super::open_observatory::{OpenObservatory, not_added};
use super::proposed::proposals;
use super::question_lists::question_lists;
use crate::base::day::Day;
use crate::base::diagnostics::Diagnostic;
use crate::base::error::Result;
use crate::compare::Comparisons;
use crate::decide::ctg::{CtgMoment, ctg};
use crate::decide::plans::Action;
use crate::decide::priorities::{Priorities, PriorityGround, importance_of, priorities};
use crate::disclosure::DecisionMemo;
use crate::figures::reliability::{Observers, observers};
use crate::figures::voices::{self, Voices, outside_questions};
use crate::figures::{
    CampaignFold, FoldReach, HeldFigures, HeldLevels, Indicators, Level, PartedCampaign, Scope,
    SingledOut, neighbours,
};
use crate::vocabulary::AskedWordings;
use crate::vocabulary::config::{Campaign, Structure};
use crate::vocabulary::referentiel::{Referentiel, SourceCode};

/// Accueils of which one document, or what one delivery is cleared with, takes as much room as figures may: what is not
/// needed at once is let go.
pub(super) const VAST: usize = 2_000;

/// The campaign before.
pub(crate) struct Before<'a> {
    /// Which one.
    pub campaign: &'a Campaign,
    /// Its référentiel.
    pub referentiel: &'a Referentiel,
    /// Structures active in it.
    pub structures: Vec<&'a Structure>,
    /// Its figures.
    pub indicators: Indicators,
    /// Evolution since then.
    pub compared: Comparisons,
}

/// How far a picture goes.
#[derive(Clone, Copy)]
pub(crate) enum Reach<'a> {
    /// Every structure, and what is said of them together.
    Territory,
    /// A structure active in the campaign and those that it is set beside.
    Structure(&'a Structure),
}

/// A campaign as reports and explanations see it.
pub(crate) struct Picture<'a> {
    /// The campaign.
    pub campaign: &'a Campaign,
    /// Its référentiel.
    pub referentiel: &'a Referentiel,
    /// Structures active in it, within reach.
    pub structures: Vec<&'a Structure>,
    /// Their figures.
    pub indicators: Indicators,
    /// The campaign before, if any.
    pub before: Option<Before<'a>>,
    /// What comes first, and who could help.
    pub priorities: Priorities,
    /// What people say in their own words, of all structures.
    pub voices: Voices,
    /// In which words people were asked, where these are not the référentiel's.
    pub wordings: AskedWordings,
    /// What its findings propose to do.
    pub proposals: Vec<Action>,
    /// What is said of all structures together; none within reach of one.
    pub together: Option<Together>,
    /// What could not be added of the aggregates computed from.
    pub not_added: Option<Diagnostic>,
    /// All structures active in it: the names of places that no quotation is stopped for.
    pub(super) active: Vec<&'a Structure>,
    /// What was decided to hide.
    pub(super) decided: DecisionMemo,
    /// Names what decisions rest on.
    pub(super) grounds: String,
}

/// What is said of all structures together.
#[derive(Debug)]
pub(crate) struct Together {
    /// Whether observers agree.
    pub observers: Observers,
    /// Indicators of the convention, every campaign up to this one.
    pub ctg: Vec<CtgMoment>,
}

impl<'a> Picture<'a> {
    /// Computes every stage once, in order, of all that is within reach; actions are proposed on a day. Of figures it
    /// holds what reports print.
    ///
    /// # Errors
    ///
    /// A store that cannot be read.
    pub(crate) fn of(
        opened: &'a OpenObservatory,
        campaign: &'a Campaign,
        reach: Reach,
        day: Day,
    ) -> Result<Self> {
        Self::holding(opened, campaign, (reach, HeldLevels::PRINTED.into()), day)
    }

    /// The same of the whole territory, with the figures that are singled out to be explained.
    ///
    /// # Errors
    ///
    /// A store that cannot be read.
    pub(crate) fn explained(
        opened: &'a OpenObservatory,
        campaign: &'a Campaign,
        singled_out: &SingledOut,
        day: Day,
    ) -> Result<Self> {
        let held = HeldFigures::beside(HeldLevels::PRINTED, singled_out);
        Self::holding(opened, campaign, (Reach::Territory, held), day)
    }

    fn holding(
        opened: &'a OpenObservatory,
        campaign: &'a Campaign,
        (reach, held): (Reach, HeldFigures),
        day: Day,
    ) -> Result<Self> {
        let scope = reach.scope(opened, campaign, campaign);
        let referentiel = scope.referentiel;
        let fold = opened.fold(campaign)?;
        let parted = reach.parted(&fold, &scope, held)?;
        let (computed, families) = rayon::join(
            || computed(opened, campaign, parted, (reach, held)),
            || fold.families(),
        );
        let (indicators, before) = computed?;
        let priorities = priorities(&PriorityGround {
            indicators: &indicators,
            previous: before.as_ref().map(|b| &b.indicators),
            referentiel,
            structures: &scope.structures,
            importance: importance_of(&families?),
        });
        let wordings = asked_wordings(opened, campaign)?;
        let proposals = proposals(opened, campaign, &indicators, &wordings, &priorities, day);
        let together = match reach {
            Reach::Structure(_) => None,
            Reach::Territory => Some(Together {
                observers: observers(&fold.rated(SourceCode::Obs)?, referentiel),
                ctg: convention(opened, campaign, &indicators, before.as_ref())?,
            }),
        };
        Ok(Self {
            campaign,
            referentiel,
            voices: said(opened, campaign)?,
            wordings,
            not_added: not_added(&fold),
            active: opened.active_in(campaign),
            structures: scope.structures,
            indicators,
            before,
            priorities,
            proposals,
            together,
            decided: DecisionMemo::default(),
            grounds: edition_grounds(opened)?,
        })
    }
}

impl Reach<'_> {
    /// Structures active in `campaign` within reach: those that a structure is set beside are those of
    /// `pictured`, the campaign that the picture is of.
    fn scope<'a>(
        self,
        opened: &'a OpenObservatory,
        campaign: &'a Campaign,
        pictured: &Campaign,
    ) -> Scope<'a> {
        let structures = match self {
            Self::Territory => opened.active_in(campaign),
            Self::Structure(own) => {
                let mut near = neighbours(&opened.active_in(pictured), own);
                near.retain(|s| s.active(campaign.debut, campaign.fin));
                near
            }
        };
        opened.scope_of(campaign, structures)
    }

    /// A scope that is within reach, ready to be computed.
    fn parted<'s>(
        self,
        fold: &CampaignFold,
        scope: &'s Scope<'s>,
        held: HeldFigures<'s>,
    ) -> Result<PartedCampaign<'s>> {
        let codes: HashSet<&str> = scope.structures.iter().map(|s| s.code.as_str()).collect();
        let reach = match self {
            Self::Territory => FoldReach::Territory,
            Self::Structure(_) => FoldReach::Structures(&codes),
        };
        let computation = fold.computation_of(scope, reach)?;
        Ok(PartedCampaign::new(computation, held))
    }
}

/// Figures of a campaign, and the campaign before it, if any, with what changed since.
fn computed<'a>(
    opened: &'a OpenObservatory,
    campaign: &'a Campaign,
    now: PartedCampaign,
    (reach, held): (Reach, HeldFigures),
) -> Result<(Indicators, Option<Before<'a>>)> {
    let Some(previous) = opened.before(campaign).pop() else {
        return Ok((now.alone(), None));
    };
    let scope = reach.scope(opened, previous, campaign);
    let then = reach.parted(&opened.fold(previous)?, &scope, held.before())?;
    let mut both = CampaignsByParts {
        opened,
        campaigns: vec![previous, campaign],
        parted: vec![then, now],
        held,
    };
    let compared = both.compared(AT_ONCE, |_| ()).value;
    let mut figures = both.parted.into_iter().map(PartedCampaign::into_whole);
    let (Some(then), Some(now)) = (figures.next(), figures.next()) else {
        unreachable!("two campaigns were compared");
    };
    drop(figures);
    let before = Before {
        campaign: previous,
        referentiel: scope.referentiel,
        structures: scope.structures,
        indicators: then,
        compared,
    };
    Ok((now, Some(before)))
}

/// What people say in their own words, and what they answer to questions outside the référentiel.
fn said(opened: &OpenObservatory, campaign: &Campaign) -> Result<Voices> {
    let words = opened.words(campaign)?;
    Ok(Voices {
        outside: outside_questions(&words, &question_lists(opened, campaign)?)?,
        ..voices::read(&words)?
    })
}

/// Indicators of the convention, every campaign up to this one, in order; the two at hand are not
/// computed again.
fn convention(
    opened: &OpenObservatory,
    campaign: &Campaign,
    indicators: &Indicators,
    before: Option<&Before>,
) -> Result<Vec<CtgMoment>> {
    let mut moments = Vec::new();
    for earlier in opened.before(campaign) {
        if before.is_none_or(|b| b.campaign.id != earlier.id) {
            let held = HeldLevels::of(&[Level::Activite]);
            moments.extend(ctg([&opened.indicators_of(earlier, held)?.value]));
        }
    }
    moments.extend(ctg(before.map(|b| &b.indicators)));
    moments.extend(ctg([indicators]));
    Ok(moments)
}
