//! Campaigns computed and compared some structures at a time: a line needs the figures of its structure alone, and ten
//! thousand structures have ten million of them.

use std::collections::BTreeSet;

use super::open_observatory::{OpenObservatory, side};
use crate::base::diagnostics::Checked;
use crate::compare::{Comparisons, Following, Moment};
use crate::figures::{HeldLevels, Indicators, PartedCampaign};
use crate::vocabulary::config::{Campaign, Structure};

/// Structures to compare at once.
pub(crate) const AT_ONCE: usize = 256;

/// Campaigns being computed together, two or more, the oldest first.
pub(crate) struct CampaignsByParts<'a> {
    /// The observatory.
    pub opened: &'a OpenObservatory,
    /// Which ones.
    pub campaigns: Vec<&'a Campaign>,
    /// The same, ready to be computed.
    pub parted: Vec<PartedCampaign<'a>>,
    /// Levels whose lines are wanted.
    pub held: HeldLevels,
}

impl CampaignsByParts<'_> {
    /// The last compared with the first, and followed on the way; `each` is shown all the figures of some structures,
    /// so many at once, then of others. Campaigns hold afterwards what they are to hold of them.
    pub(crate) fn compared(
        &mut self,
        at_once: usize,
        mut each: impl FnMut(&[Indicators]),
    ) -> Checked<Comparisons> {
        let campaigns = (self.opened, self.campaigns.as_slice());
        let wholes = self.parted.iter().map(PartedCampaign::whole);
        let mut following = Following::of(&moments(campaigns, wholes), self.held);
        let structures = self.parted.iter().flat_map(PartedCampaign::structures);
        let codes: BTreeSet<&str> = structures.map(|s| s.code.as_str()).collect();
        let codes: Vec<&str> = codes.into_iter().collect();
        for chunk in codes.chunks(at_once) {
            let part = |one: &mut PartedCampaign| {
                let own = one.structures().iter().copied();
                let own = own.filter(|s| chunk.binary_search(&s.code.as_str()).is_ok());
                one.part(&own.collect::<Vec<&Structure>>())
            };
            let parts: Vec<Indicators> = self.parted.iter_mut().map(part).collect();
            following.add(&moments(campaigns, &parts));
            each(&parts);
        }
        let wholes = self.parted.iter_mut().map(PartedCampaign::settled);
        following.settle(&moments(campaigns, wholes))
    }
}

fn moments<'a>(
    (opened, campaigns): (&'a OpenObservatory, &[&Campaign]),
    figures: impl IntoIterator<Item = &'a Indicators>,
) -> Vec<Moment<'a>> {
    let each = campaigns.iter().zip(figures);
    each.map(|(campaign, indicators)| Moment {
        side: side(opened, campaign, indicators),
        year: campaign.middle(),
    })
    .collect()
}
