//! The campaigns of a folder, side by side: where each stands, what came in, and what it compares with; and what the last
//! one leaves for the next to look at again.

use crate::base::day::Day;
use crate::base::error::Result;
use crate::campaign::OpenObservatory;
use crate::decide::completeness::{State, follow_up};
use crate::figures::{FigureStatus, HeldLevels, Indicators, Level};
use crate::vocabulary::config::{Campaign, Observatory};
use crate::vocabulary::referentiel::Critere;

/// A campaign, listed.
pub(crate) struct ListedCampaign<'a> {
    /// The campaign.
    pub(crate) campaign: &'a Campaign,
    /// Whether it is over, runs, or is ahead.
    pub(crate) standing: CampaignStanding,
    /// How many accueils are open then.
    pub(crate) sites: usize,
    /// Returns asked: accueils × sources.
    pub(crate) asked: usize,
    /// Returns that came.
    pub(crate) received: usize,
    /// Critères that it looks at: in its scope, and that apply here.
    pub(crate) criteres: usize,
    /// What it compares with, when a campaign comes before.
    pub(crate) beside: Option<SeriesBreaks<'a>>,
}

/// Where a campaign stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CampaignStanding {
    /// Not begun.
    Ahead,
    /// Running.
    Runs,
    /// Over.
    Over,
}

/// What two campaigns that follow each other compare on.
pub(crate) struct SeriesBreaks<'a> {
    /// The campaign before.
    pub(crate) before: &'a Campaign,
    /// Critères that compare.
    pub(crate) same: usize,
    /// Critères that both look at, whose sentences, answers or rules are no more the same: code, words, what changed.
    pub(crate) broken: Vec<BrokenCritere>,
    /// Critères that one of both leaves out.
    pub(crate) left_out: usize,
}

/// A critère whose series stops.
pub(crate) struct BrokenCritere {
    /// `REL-2`.
    pub(crate) code: String,
    /// What a person reads.
    pub(crate) label: String,
    /// What changed of its éléments, in sentences.
    pub(crate) changes: Vec<String>,
}

/// What campaigns found of a critère, for who chooses the scope of the next.
pub(crate) struct CritereStory<'a> {
    /// The critère.
    pub(crate) critere: &'a Critere,
    /// Campaigns that measured it, the oldest first.
    pub(crate) measured: Vec<&'a str>,
    /// Accueils where an impératif is not met, in the last campaign.
    pub(crate) unmet: usize,
    /// Accueils below the target, in the last campaign.
    pub(crate) below: usize,
    /// Accueils measured in the last campaign.
    pub(crate) sites: usize,
    /// Actions of plans that are open on it.
    pub(crate) actions: usize,
}

impl CritereStory<'_> {
    /// Whether something is left to be looked at again: an impératif not met, an open action, half of the accueils at
    /// least below the target.
    pub(crate) fn to_see_again(&self) -> bool {
        self.unmet > 0 || self.actions > 0 || (self.sites > 0 && self.below * 2 >= self.sites)
    }

    /// Whether it was looked at again already: two campaigns measured it.
    pub(crate) fn seen_again(&self) -> bool {
        self.measured.len() > 1
    }
}

/// Every campaign, the last one first.
///
/// # Errors
///
/// A store that cannot be read.
pub(crate) fn list_campaigns(
    opened: &OpenObservatory,
    day: Day,
) -> Result<Vec<ListedCampaign<'_>>> {
    let settings = &opened.observatory.settings;
    let mut all: Vec<&Campaign> = settings.campaigns.iter().collect();
    all.sort_by_key(|c| std::cmp::Reverse((c.debut, &c.id)));
    let listed = all.into_iter().map(|campaign| {
        let checked = opened.indicators_of(campaign, HeldLevels::NOTHING)?;
        let scope = opened.scope(campaign);
        let returns = follow_up(&checked.value, &scope, settings, day).returns;
        let of = |state: &dyn Fn(State) -> bool| returns.iter().filter(|r| state(r.state)).count();
        Ok(ListedCampaign {
            campaign,
            standing: standing(campaign, day),
            sites: scope.structures.len(),
            asked: of(&|s| s != State::NotAsked),
            received: of(&|s| s == State::Received),
            criteres: scope_of(&opened.observatory, campaign).count(),
            beside: opened
                .before(campaign)
                .pop()
                .map(|b| breaks(&opened.observatory, b, campaign)),
        })
    });
    listed.collect()
}

fn standing(campaign: &Campaign, day: Day) -> CampaignStanding {
    if day < campaign.debut {
        CampaignStanding::Ahead
    } else if day > campaign.fin {
        CampaignStanding::Over
    } else {
        CampaignStanding::Runs
    }
}

/// Critères that a campaign looks at.
fn scope_of<'a>(
    observatory: &'a Observatory,
    campaign: &'a Campaign,
) -> impl Iterator<Item = &'a Critere> {
    let all = observatory.referentiel(campaign).criteres.iter();
    all.filter(|c| campaign.expects_critere(&c.code) && c.put_aside.is_none())
}

/// What a campaign compares with the one before on.
pub(super) fn breaks<'a>(
    observatory: &'a Observatory,
    before: &'a Campaign,
    campaign: &'a Campaign,
) -> SeriesBreaks<'a> {
    let (then, now) = (
        observatory.referentiel(before),
        observatory.referentiel(campaign),
    );
    let changes = now.changes_since(then);
    let mut found = SeriesBreaks {
        before,
        same: 0,
        broken: Vec::new(),
        left_out: 0,
    };
    for critere in scope_of(observatory, campaign) {
        let earlier = scope_of(observatory, before).find(|c| c.code == critere.code);
        match earlier {
            None => found.left_out += 1,
            Some(earlier) if earlier.hash == critere.hash => found.same += 1,
            Some(_) => {
                let start = format!("{}-", critere.code);
                let own = changes.iter().filter(|c| c.code().starts_with(&start));
                found.broken.push(BrokenCritere {
                    code: critere.code.clone(),
                    label: critere.label.to_string(),
                    changes: own
                        .map(crate::vocabulary::referentiel::ElementChange::sentence)
                        .collect(),
                });
            }
        }
    }
    let own = |code: &str| scope_of(observatory, campaign).any(|c| c.code == code);
    found.left_out += scope_of(observatory, before)
        .filter(|c| !own(&c.code))
        .count();
    found
}

/// The last campaign that answers came into; none yet.
///
/// # Errors
///
/// A store that cannot be read.
pub(crate) fn last_answered(opened: &OpenObservatory) -> Result<Option<&Campaign>> {
    let state = opened.store.state()?;
    let mut last: Option<&Campaign> = None;
    for campaign in &opened.observatory.settings.campaigns {
        let later = last.is_none_or(|l| (l.debut, &l.id) < (campaign.debut, &campaign.id));
        if later && !opened.store.live(&state, &campaign.id)?.is_empty() {
            last = Some(campaign);
        }
    }
    Ok(last)
}

/// What campaigns found, up to one, of each critère of the référentiel of another, in its order.
///
/// # Errors
///
/// A store that cannot be read.
pub(crate) fn critere_stories<'a>(
    opened: &'a OpenObservatory,
    last: Option<&'a Campaign>,
    of: &Campaign,
) -> Result<Vec<CritereStory<'a>>> {
    let held = HeldLevels::of(&[Level::Critere, Level::Imperatif]);
    let mut found: Vec<(&Campaign, Indicators)> = Vec::new();
    if let Some(last) = last {
        for campaign in opened.before(last).into_iter().chain([last]) {
            found.push((campaign, opened.indicators_of(campaign, held)?.value));
        }
    }
    let criteres = opened.observatory.referentiel(of).criteres.iter();
    Ok(criteres
        .map(|critere| story(opened, critere, &found))
        .collect())
}

fn story<'a>(
    opened: &'a OpenObservatory,
    critere: &'a Critere,
    found: &[(&'a Campaign, Indicators)],
) -> CritereStory<'a> {
    let code = critere.code.as_str();
    let mut told = CritereStory {
        critere,
        measured: Vec::new(),
        unmet: 0,
        below: 0,
        sites: 0,
        actions: 0,
    };
    for (rank, (campaign, indicators)) in found.iter().enumerate() {
        let is_last = rank + 1 == found.len();
        let mut measured = 0;
        for site in opened.active_in(campaign) {
            let level = indicators.get(&site.code, Level::Critere, code);
            let must = indicators.get(&site.code, Level::Imperatif, code);
            let judged = must.map(|f| f.status);
            let value = level.and_then(|f| f.value);
            let is_judged = matches!(
                judged,
                Some(FigureStatus::Atteint | FigureStatus::NonAtteint)
            );
            measured += usize::from(value.is_some() || is_judged);
            if is_last {
                told.unmet += usize::from(judged == Some(FigureStatus::NonAtteint));
                told.below += usize::from(value.is_some_and(|v| v < critere.cible));
            }
        }
        if measured > 0 {
            told.measured.push(&campaign.id);
        }
        if is_last {
            told.sites = measured;
        }
    }
    let open = opened.plans.actions.iter();
    let open = open.filter(|a| !a.is_draft && !a.statut.is_closed());
    told.actions = open
        .filter(|a| a.criteres.iter().any(|c| c == code))
        .count();
    told
}
