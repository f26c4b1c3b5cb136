//! What audiences may read of a picture: cleared, compared with what earlier editions said, audited.

use super::open_observatory::OpenObservatory;
use super::picture::{Picture, VAST};
use crate::base::day::Day;
use crate::base::error::Result;
use crate::disclosure::{
    Audit, ClearanceInput, ClearedBooklet, ClearedDelivery, DeliveryLog, EarlierCampaign,
    EditionKey, Masking, OtherReader, ReleasedAggregates, Repeats, StoppedWords, ToldEdition,
    audit, clear_aggregates, clear_booklet, clear_delivery, clear_listing, count_stopped,
};
use crate::vocabulary::Audience;
use crate::vocabulary::config::Structure;

/// What of a campaign's aggregates may leave the territory.
pub(crate) struct ReleaseView {
    /// What the log of deliveries is to remember.
    pub told: AudienceView,
    /// Counts that may leave.
    pub released: ReleasedAggregates,
}

/// What one audience may read of a campaign.
pub(crate) struct AudienceView {
    /// Figures and words cleared.
    pub cleared: ClearedDelivery,
    /// What of it repeats an earlier edition.
    pub repeats: Repeats,
}

impl Picture<'_> {
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
        let is_whole = structures.len() == self.structures.len();
        let clear = |input: &ClearanceInput| (clear_delivery(input, structures), ());
        let asked = (audience, day, is_whole);
        Ok(self.clear_and_compare(opened, asked, (log, told), clear)?.0)
    }

    /// What an audience may read on a day of all structures, and the list of what is masked in it.
    ///
    /// # Errors
    ///
    /// See [`Picture::clear`].
    pub(crate) fn clear_listing(
        &self,
        opened: &OpenObservatory,
        audience: Audience,
        day: Day,
        log: &DeliveryLog,
    ) -> Result<(AudienceView, Masking)> {
        let alone = &mut ToldEdition::default();
        let clear = |input: &ClearanceInput| clear_listing(input, &self.structures);
        self.clear_and_compare(opened, (audience, day, true), (log, alone), clear)
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
        let asked = (Audience::Departement, day, true);
        let alone = &mut ToldEdition::default();
        let clear = |input: &ClearanceInput| clear_aggregates(input, &self.structures);
        let both = self.clear_and_compare(opened, asked, (log, alone), clear);
        let (told, mut released) = both?;
        let replaced = |structure: &str, question: &str| told.repeats.replaces(structure, question);
        released.withhold_repeated(replaced, self.referentiel);
        Ok(ReleaseView { told, released })
    }

    /// Clears a delivery, and puts back in it what earlier editions printed where too few answers have changed since. Of a
    /// vast territory, neither they nor what the delivery is decided with stay beside the other.
    fn clear_and_compare<T>(
        &self,
        opened: &OpenObservatory,
        (audience, day, is_whole): (Audience, Day, bool),
        (log, told): (&DeliveryLog, &mut ToldEdition),
        clear: impl FnOnce(&ClearanceInput) -> (ClearedDelivery, T),
    ) -> Result<(AudienceView, T)> {
        let edition = (&self.edition_key(), audience);
        let compared = told.compared(log, edition, &self.clears_whole(opened, day, log))?;
        self.make_room(|| log.let_go());
        let (mut cleared, besides) = clear(&self.clearance_input(opened, audience, day));
        self.make_room(|| self.forget_decisions());
        let repeats = told.apply(log, &mut cleared, &compared, is_whole)?;
        self.make_room(|| log.let_go());
        Ok((AudienceView { cleared, repeats }, besides))
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

    /// Makes what an audience may read of all structures, to be compared with what `log` holds of them.
    fn clears_whole(
        &self,
        opened: &OpenObservatory,
        day: Day,
        log: &DeliveryLog,
    ) -> impl Fn(Audience) -> ClearedDelivery {
        move |audience| {
            self.make_room(|| log.let_go());
            let input = self.clearance_input(opened, audience, day);
            let cleared = clear_delivery(&input, &self.structures);
            self.make_room(|| self.forget_decisions());
            cleared
        }
    }
}
