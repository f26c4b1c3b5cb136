//! Who reads a delivery, and what is decided for each of them, one after the other.

use std::sync::Arc;

use super::campaign_figures::CampaignFigures;
use super::decision_memo::{DecisionKey, DecisionMemo};
use super::decisions::{Decisions, Ground, ReaderDecisions};
use crate::vocabulary::Audience;
use crate::vocabulary::config::Thresholds;

/// Who reads a delivery, and from how many answers on.
#[derive(Debug, Clone, Copy)]
pub struct OtherReader {
    /// Whose own delivery it is.
    pub audience: Audience,
    /// What they are shown there.
    pub thresholds: Thresholds,
}

/// Those who read a delivery.
#[derive(Debug, Clone)]
pub(crate) struct Readers {
    /// The audience.
    pub(crate) own: OtherReader,
    /// Those who read this delivery beside their own: what they are not shown there stays hidden
    /// here.
    pub(crate) also: Vec<OtherReader>,
}

/// What an audience is told of a campaign, and was told of the one before.
pub(crate) struct Decided {
    pub(crate) now: Arc<Decisions>,
    pub(crate) before: Option<Arc<Decisions>>,
}

/// Decides on a campaign, and first on the one before as it was delivered by itself.
pub(crate) fn decide(
    figures: &CampaignFigures,
    readers: &Readers,
    before: Option<&CampaignFigures>,
    memo: &DecisionMemo,
) -> Decided {
    let mut campaigns = of_campaigns(figures, readers, before, memo);
    let own = campaigns.now.pop().map(|own| own.decisions);
    Decided {
        now: own.unwrap_or_else(|| unreachable!("the audience is among its readers")),
        before: campaigns.before.pop().map(|own| own.decisions),
    }
}

/// What each reader gets of a campaign and got of the one before, the audience last.
pub(crate) struct Campaigns<'a, 'b> {
    pub(crate) now: Vec<ReaderDecisions<'a>>,
    pub(crate) before: Vec<ReaderDecisions<'b>>,
}

pub(crate) fn of_campaigns<'a, 'b>(
    figures: &CampaignFigures<'a>,
    readers: &Readers,
    before: Option<&CampaignFigures<'b>>,
    memo: &DecisionMemo,
) -> Campaigns<'a, 'b> {
    let delivered = before.map(|figures| of_readers(figures, readers, None, memo));
    let before = delivered.unwrap_or_default();
    Campaigns {
        now: of_readers(figures, readers, Some(&before), memo),
        before,
    }
}

/// What each reader gets, the audience last; each hides what those before it are not shown. `before`:
/// what was delivered of the campaign before; none of that one itself.
fn of_readers<'a>(
    figures: &CampaignFigures<'a>,
    readers: &Readers,
    before: Option<&[ReaderDecisions]>,
    memo: &DecisionMemo,
) -> Vec<ReaderDecisions<'a>> {
    // A team reads its own delivery like any other: what is decided of it is what others rest on.
    let everyone = || readers.also.iter().chain([&readers.own]);
    let team = everyone().find(|reader| is_team(reader));
    let codes = figures.structures.iter().map(|s| s.code.clone());
    let mut key = DecisionKey {
        structures: codes.collect(),
        is_before: before.is_none(),
        readers: Vec::new(),
    };
    let before = before.unwrap_or_default();
    let mut all: Vec<ReaderDecisions> = Vec::new();
    for (rank, reader) in everyone().enumerate() {
        let figures = figures.read_by(reader.audience);
        let ground = Ground {
            thresholds: reader.thresholds,
            team: team.map(|team| team.thresholds),
            base: all.last(),
            before: before.get(rank),
            base_before: rank.checked_sub(1).and_then(|base| before.get(base)),
        };
        key.readers.push(reader.audience);
        let decisions = memo.get_or(key.clone(), || Decisions::of(&figures, &ground));
        all.push(ReaderDecisions { figures, decisions });
    }
    all
}

fn is_team(reader: &OtherReader) -> bool {
    reader.audience == Audience::Equipe
}
