//! Campaigns computed and compared some structures at a time: a line needs the figures of its structure alone, and ten
//! thousand structures have ten million of them.

use std::collections::BTreeSet;

use super::open_observatory::{OpenObservatory, side};
use crate::base::diagnostics::{Checked, Diagnostic};
use crate::base::error::Result;
use crate::compare::{Comparisons, Following, Moment};
use crate::figures::{HeldFigures, Indicators, PartedCampaign, Scope};
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
    /// Whose lines are wanted.
    pub held: HeldFigures<'a>,
}

/// Whole campaigns that were computed together.
pub(crate) struct ComparedCampaigns {
    /// The last compared with the first, and followed on the way.
    pub comparisons: Checked<Comparisons>,
    /// What is held of the figures of each.
    pub figures: Vec<Indicators>,
    /// What is to be said of the campaigns before any figure is.
    pub noticed: Vec<Diagnostic>,
}

impl ComparedCampaigns {
    /// Compares campaigns, two or more, the oldest first: what is held of their figures, of their lines. `each` is
    /// shown all the figures of some structures, then of others.
    ///
    /// # Errors
    ///
    /// A store that cannot be read.
    pub(crate) fn of(
        opened: &OpenObservatory,
        campaigns: &[&Campaign],
        (figures, lines): (HeldFigures, HeldFigures),
        each: impl FnMut(&[Indicators]),
    ) -> Result<Self> {
        let scopes: Vec<Scope> = campaigns.iter().map(|c| opened.scope(c)).collect();
        let mut noticed = Vec::new();
        let mut parted = Vec::new();
        for scope in &scopes {
            let checked = opened.parted(scope, figures)?;
            noticed.extend(checked.diagnostics);
            parted.push(checked.value);
        }
        let mut together = CampaignsByParts {
            opened,
            campaigns: campaigns.to_vec(),
            parted,
            held: lines,
        };
        let comparisons = together.compared(AT_ONCE, each);
        let wholes = together.parted.into_iter();
        Ok(Self {
            comparisons,
            figures: wholes.map(PartedCampaign::into_whole).collect(),
            noticed,
        })
    }
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
