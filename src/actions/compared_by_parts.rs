//! Campaigns compared some structures at a time: a line needs the figures of its structure alone, and ten
//! thousand structures have ten million of them.

use std::collections::BTreeSet;

use crate::base::diagnostics::{Checked, Code, Diagnostic, Location};
use crate::base::error::Result;
use crate::base::text::count;
use crate::campaign::{OpenObservatory, side};
use crate::compare::{Comparisons, Following, Moment};
use crate::figures::{Indicators, Level, OF_TWO_ORIGINS, PartedCampaign, Scope, SourceBreak};
use crate::vocabulary::config::{Campaign, Structure};
use crate::vocabulary::referentiel::ActivityCode;
use crate::wording::source_breaks::source_break;

/// Structures compared at once.
const AT_ONCE: usize = 256;

/// What became of campaigns compared.
pub(super) struct FollowedCampaigns {
    /// Their lines, and what is to be said of them.
    pub comparisons: Checked<Comparisons>,
    /// What was not added up, and figures that are two series.
    pub noticed: Vec<Diagnostic>,
}

/// Follows campaigns, two or more, the oldest first.
///
/// # Errors
///
/// A store that cannot be read.
pub(super) fn followed_by_parts(
    opened: &OpenObservatory,
    campaigns: &[&Campaign],
) -> Result<FollowedCampaigns> {
    followed(opened, campaigns, AT_ONCE)
}

/// The same, so many structures at once.
fn followed(
    opened: &OpenObservatory,
    campaigns: &[&Campaign],
    at_once: usize,
) -> Result<FollowedCampaigns> {
    let scopes: Vec<Scope> = campaigns.iter().map(|c| opened.scope(c)).collect();
    let mut parted = Vec::new();
    let mut noticed = Vec::new();
    for scope in &scopes {
        let checked = opened.parted(scope)?;
        // What was noticed of the figures is said with them; what was not added, with their sum.
        let not_added = |d: &Diagnostic| d.code == Code::VersionBreak;
        noticed.extend(checked.diagnostics.into_iter().filter(not_added));
        parted.push(checked.value);
    }
    let campaigns = (opened, campaigns);
    let mut following = Following::of(&moments(
        campaigns,
        parted.iter().map(PartedCampaign::whole),
    ));
    let mut breaks = SourceBreaks::default();
    let structures = parted.iter().flat_map(PartedCampaign::structures);
    let codes: BTreeSet<&str> = structures.map(|s| s.code.as_str()).collect();
    let codes: Vec<&str> = codes.into_iter().collect();
    for chunk in codes.chunks(at_once) {
        let part = |one: &mut PartedCampaign| {
            let own = one.structures().iter().copied();
            let own = own.filter(|s| chunk.binary_search(&s.code.as_str()).is_ok());
            one.part(&own.collect::<Vec<&Structure>>())
        };
        let parts: Vec<Indicators> = parted.iter_mut().map(part).collect();
        following.add(&moments(campaigns, &parts));
        breaks.add(&parts);
    }
    noticed.extend(breaks.told());
    let wholes = parted.iter_mut().map(PartedCampaign::settled);
    Ok(FollowedCampaigns {
        comparisons: following.settle(&moments(campaigns, wholes)),
        noticed,
    })
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

/// Figures whose source changed from one campaign to the next: they are two series, and have no line.
#[derive(Default)]
struct SourceBreaks(Vec<CountedBreak>);

/// How many structures a figure breaks at, between two campaigns.
struct CountedBreak {
    /// Rank of the first of both campaigns.
    rank: usize,
    code: &'static str,
    structures: usize,
    first: SourceBreak,
}

impl SourceBreaks {
    /// Adds some structures, with their figures in every campaign.
    fn add(&mut self, campaigns: &[Indicators]) {
        for (rank, pair) in campaigns.windows(2).enumerate() {
            let (before, after) = (&pair[0], &pair[1]);
            for code in OF_TWO_ORIGINS.map(ActivityCode::as_str) {
                let figures = after.figures().iter();
                let own = figures.filter(|f| f.level == Level::Activite && f.code == *code);
                for found in own.filter_map(|f| after.source_break(before, &f.structure, code)) {
                    self.count(rank, code, found);
                }
            }
        }
    }

    fn count(&mut self, rank: usize, code: &'static str, found: SourceBreak) {
        let mut known = self.0.iter_mut();
        match known.find(|b| (b.rank, b.code) == (rank, code)) {
            Some(counted) => counted.structures += 1,
            None => self.0.push(CountedBreak {
                rank,
                code,
                structures: 1,
                first: found,
            }),
        }
    }

    /// One remark for each, pair of campaigns after pair, in the order of the figures.
    fn told(mut self) -> Vec<Diagnostic> {
        let codes = OF_TWO_ORIGINS.map(ActivityCode::as_str);
        let place = |code: &str| codes.iter().position(|c| *c == code);
        self.0.sort_by_key(|b| (b.rank, place(b.code)));
        let told = self.0.iter().map(|b| {
            let message = format!(
                "{} ({}) : {}.",
                b.code,
                count(b.structures, "accueil", "accueils"),
                source_break(&b.first)
            );
            Diagnostic::new(Code::SourceBreak, Location::none(), message)
        });
        told.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::actions::simuler::{DirectRequest, simulate_direct};
    use crate::compare::follow;

    /// Three campaigns of nine structures, of which one closes on the way and one opens.
    fn simulated() -> (tempfile::TempDir, OpenObservatory) {
        let folder = tempfile::tempdir().expect("a folder");
        let dir = folder.path().join("observatoire");
        simulate_direct(&DirectRequest {
            dir: dir.clone(),
            structures: 9,
            campaigns: 3,
            seed: 11,
            answers: 20_000,
        })
        .expect("simulated");
        let path = dir.join("data/structures.csv");
        let registry = std::fs::read_to_string(&path).expect("a registry");
        let mut lines: Vec<Vec<String>> = registry
            .lines()
            .map(|line| line.split(',').map(str::to_owned).collect())
            .collect();
        let column = |name: &str| lines[0].iter().position(|c| c.ends_with(name));
        let (closing, opening) = (column("fermeture"), column("ouverture"));
        let opened = OpenObservatory::open(Some(&dir)).expect("an observatory");
        let days = &opened.observatory.settings.campaigns;
        lines[2][closing.expect("a column")] = days[0].fin.to_string();
        lines[4][opening.expect("a column")] = days[2].debut.to_string();
        let registry: Vec<String> = lines.iter().map(|cells| cells.join(",")).collect();
        std::fs::write(&path, registry.join("\n")).expect("written");
        let opened = OpenObservatory::open(Some(&dir)).expect("an observatory");
        (folder, opened)
    }

    #[test]
    fn parts_add_up_to_the_whole_however_many_are_taken_at_once() {
        let (_folder, opened) = simulated();
        let all: Vec<&Campaign> = opened.observatory.settings.campaigns.iter().collect();
        for campaigns in [&all[..2], &all[..]] {
            let figures: Vec<Indicators> = campaigns
                .iter()
                .map(|c| opened.indicators(c).expect("figures").value)
                .collect();
            let whole = follow(&moments((&opened, campaigns), &figures));
            assert!(!whole.value.lines.is_empty() && !whole.value.exits.is_empty());
            for at_once in [1, 4, 100] {
                let parts = followed(&opened, campaigns, at_once).expect("followed");
                let found = &parts.comparisons;
                assert_eq!(found.value.lines, whole.value.lines, "{at_once}");
                assert_eq!(found.value.panel, whole.value.panel, "{at_once}");
                assert_eq!(found.value.entries, whole.value.entries, "{at_once}");
                assert_eq!(found.value.exits, whole.value.exits, "{at_once}");
                assert_eq!(found.diagnostics, whole.diagnostics, "{at_once}");
            }
        }
    }
}
