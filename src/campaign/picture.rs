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
use crate::disclosure::{
    Audit, ClearanceInput, ClearedAggregates, ClearedBooklet, ClearedDelivery, DecisionMemo,
    DeliveryLog, EarlierCampaign, EditionKey, OtherReader, Repeats, StoppedWords, ToldEdition,
    audit, clear_aggregates, clear_booklet, clear_delivery, count_stopped,
};
use crate::figures::reliability::{Observers, observers};
use crate::figures::voices::{self, Voices, outside_questions};
use crate::figures::{
    CampaignFold, FoldReach, HeldFigures, HeldLevels, Indicators, Level, PartedCampaign, Scope,
    SingledOut, neighbours,
};
use crate::vocabulary::config::{Campaign, Structure};
use crate::vocabulary::referentiel::{Referentiel, SourceCode};
use crate::vocabulary::{AskedWordings, Audience};

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
    active: Vec<&'a Structure>,
    /// What was decided to hide.
    decided: DecisionMemo,
    /// Names what decisions rest on.
    grounds: String,
}

/// What is said of all structures together.
#[derive(Debug)]
pub(crate) struct Together {
    /// Whether observers agree.
    pub observers: Observers,
    /// Indicators of the convention, every campaign up to this one.
    pub ctg: Vec<CtgMoment>,
}

/// What of a campaign's aggregates may leave the territory.
pub(crate) struct ReleaseView {
    /// Counts cleared.
    pub cleared: ClearedAggregates,
    /// What of it repeats an earlier edition.
    pub repeats: Repeats,
}

/// What one audience may read of a campaign.
pub(crate) struct AudienceView {
    /// Figures and words cleared.
    pub cleared: ClearedDelivery,
    /// What of it repeats an earlier edition.
    pub repeats: Repeats,
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

    /// What a clearance for an audience decides on, on the day of the edition.
    fn clearance_input<'b>(
        &'b self,
        opened: &'b OpenObservatory,
        audience: Audience,
        day: Day,
    ) -> ClearanceInput<'b> {
        let audiences = &opened.observatory.settings.audiences;
        ClearanceInput {
            indicators: &self.indicators,
            before: self.before.as_ref().map(|b| EarlierCampaign {
                indicators: &b.indicators,
                referentiel: b.referentiel,
                structures: &b.structures,
                evolution: &b.compared,
            }),
            places: &self.active,
            priorities: &self.priorities,
            voices: &self.voices,
            wordings: &self.wordings,
            observers: self.together.as_ref().map(|all| &all.observers),
            actions: &opened.plans.actions,
            proposals: &self.proposals,
            ctg: self.together.as_ref().map_or(&[][..], |all| &all.ctg[..]),
            day,
            referentiel: self.referentiel,
            thresholds: audiences[audience],
            also: (audience.also_read_by().iter())
                .map(|other| OtherReader {
                    audience: *other,
                    thresholds: audiences[*other],
                })
                .collect(),
            audience,
            decided: &self.decided,
            grounds: &self.grounds,
        }
    }

    /// Lets go what was decided for readers who are served: what is not kept is decided again where others need it.
    pub(crate) fn forget_decisions(&self) {
        self.decided.forget();
    }

    /// Practices that all teams may read of; `cleared` is what they may see of the figures.
    pub(crate) fn booklet(
        &self,
        opened: &OpenObservatory,
        day: Day,
        cleared: &ClearedDelivery,
    ) -> ClearedBooklet {
        let input = self.clearance_input(opened, cleared.audience, day);
        clear_booklet(&input, &self.structures, cleared)
    }

    /// Whether what an audience will read gives back what is hidden from it.
    pub(crate) fn audit(&self, opened: &OpenObservatory, audience: Audience, day: Day) -> Audit {
        audit(
            &self.clearance_input(opened, audience, day),
            &self.structures,
        )
    }

    /// What people wrote and no audience may be given, by reason.
    pub(crate) fn stopped_words(
        &self,
        opened: &OpenObservatory,
        audience: Audience,
        day: Day,
    ) -> Vec<StoppedWords> {
        count_stopped(&self.clearance_input(opened, audience, day))
    }

    /// What an audience may read on a day of the structures given, which are all of them where it reads
    /// them side by side; what differs by too few answers from an earlier edition repeats it.
    ///
    /// # Errors
    ///
    /// A file of the log that is no longer what it was.
    pub(crate) fn clear(
        &self,
        opened: &OpenObservatory,
        structures: &[&Structure],
        audience: Audience,
        day: Day,
        log: &DeliveryLog,
    ) -> Result<AudienceView> {
        let alone = &mut ToldEdition::default();
        self.clear_beside(opened, structures, audience, day, (log, alone))
    }

    /// The same beside what others are told of the same edition.
    ///
    /// # Errors
    ///
    /// See [`Picture::clear`].
    pub(crate) fn clear_beside(
        &self,
        opened: &OpenObservatory,
        structures: &[&Structure],
        audience: Audience,
        day: Day,
        (log, told): (&DeliveryLog, &mut ToldEdition),
    ) -> Result<AudienceView> {
        let edition = (&self.edition_key(), audience);
        let compared = told.compared(log, edition, &self.clears_whole(opened, day))?;
        self.make_room(|| log.let_go());
        let input = self.clearance_input(opened, audience, day);
        let mut cleared = clear_delivery(&input, structures);
        self.make_room(|| self.forget_decisions());
        let is_whole = structures.len() == self.structures.len();
        let repeats = told.apply(log, &mut cleared, &compared, is_whole)?;
        Ok(AudienceView { cleared, repeats })
    }

    /// What of the aggregates may be handed to the département on a day.
    ///
    /// # Errors
    ///
    /// See [`Picture::clear`].
    pub(crate) fn release(
        &self,
        opened: &OpenObservatory,
        day: Day,
        log: &DeliveryLog,
    ) -> Result<ReleaseView> {
        let edition = (&self.edition_key(), Audience::Departement);
        let alone = &mut ToldEdition::default();
        let compared = alone.compared(log, edition, &self.clears_whole(opened, day))?;
        self.make_room(|| log.let_go());
        let input = self.clearance_input(opened, Audience::Departement, day);
        let mut cleared = clear_aggregates(&input, &self.structures);
        self.make_room(|| self.forget_decisions());
        let repeats = alone.apply(log, &mut cleared.delivery, &compared, true)?;
        self.make_room(|| log.let_go());
        let replaced = |structure: &str, question: &str| repeats.replaces(structure, question);
        cleared.withhold_repeated(replaced, self.referentiel);
        Ok(ReleaseView { cleared, repeats })
    }

    /// Of a vast territory, lets go what can be made or read again: what earlier editions printed has no room beside
    /// what a delivery is cleared with, nor this beside that.
    fn make_room(&self, let_go: impl FnOnce()) {
        if self.structures.len() > VAST {
            let_go();
        }
    }

    /// Which edition deliveries of this picture are of.
    fn edition_key(&self) -> EditionKey {
        EditionKey {
            campaign: self.campaign.id.clone(),
            grounds: self.grounds.clone(),
        }
    }

    /// Makes what an audience may read of all structures.
    fn clears_whole(
        &self,
        opened: &OpenObservatory,
        day: Day,
    ) -> impl Fn(Audience) -> ClearedDelivery {
        move |audience| {
            let input = self.clearance_input(opened, audience, day);
            clear_delivery(&input, &self.structures)
        }
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
