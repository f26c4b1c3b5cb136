//! Campaigns compared some structures at a time, and which of their figures come from elsewhere than before.

use crate::base::diagnostics::{Checked, Code, Diagnostic, Location};
use crate::base::error::Result;
use crate::base::text::count;
use crate::campaign::{ComparedCampaigns, OpenObservatory};
use crate::compare::Comparisons;
use crate::figures::{HeldLevels, Indicators, Level, OF_TWO_ORIGINS, SourceBreak};
use crate::vocabulary::config::Campaign;
use crate::vocabulary::referentiel::ActivityCode;
use crate::wording::source_breaks::source_break;

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
    let mut breaks = SourceBreaks::default();
    let held = (HeldLevels::NOTHING.into(), HeldLevels::ALL.into());
    let compared = ComparedCampaigns::of(opened, campaigns, held, |parts| breaks.add(parts))?;
    // What was noticed of the figures is said with them; what was not added, with their sum.
    let mut noticed = compared.noticed;
    noticed.retain(|d| d.code == Code::VersionBreak);
    noticed.extend(breaks.told());
    Ok(FollowedCampaigns {
        comparisons: compared.comparisons,
        noticed,
    })
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
    use crate::base::diagnostics::Checked;
    use crate::campaign::{CampaignsByParts, side};
    use crate::compare::{Line, Moment, follow};
    use crate::figures::{HeldFigures, HeldScore, PartedCampaign, Scope, SingledOut};

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

    /// What campaigns by parts come to: lines, and what is held of figures.
    fn by_parts(
        opened: &OpenObservatory,
        campaigns: &[&Campaign],
        held: HeldFigures,
        at_once: usize,
    ) -> (Checked<Comparisons>, Vec<Indicators>) {
        let scopes: Vec<Scope> = campaigns.iter().map(|c| opened.scope(c)).collect();
        let parted = scopes.iter().map(|s| opened.parted(s, held));
        let mut together = CampaignsByParts {
            opened,
            campaigns: campaigns.to_vec(),
            parted: parted.map(|p| p.expect("a campaign").value).collect(),
            held,
        };
        let mut shown = 0;
        let compared = together.compared(at_once, |parts| {
            shown += parts[0].figures().len();
        });
        let wholes = together.parted.into_iter().map(PartedCampaign::into_whole);
        let wholes: Vec<Indicators> = wholes.collect();
        assert!(held.levels != HeldLevels::ALL || shown == wholes[0].figures().len());
        (compared, wholes)
    }

    #[test]
    fn parts_add_up_to_the_whole_however_many_are_taken_at_once() {
        let (_folder, opened) = simulated();
        let all: Vec<&Campaign> = opened.observatory.settings.campaigns.iter().collect();
        for campaigns in [&all[..2], &all[..]] {
            let figures: Vec<Indicators> = campaigns
                .iter()
                .map(|c| {
                    opened
                        .indicators_of(c, HeldLevels::ALL)
                        .expect("figures")
                        .value
                })
                .collect();
            let each = campaigns.iter().zip(&figures);
            let moments: Vec<Moment> = each
                .map(|(campaign, indicators)| Moment {
                    side: side(&opened, campaign, indicators),
                    year: campaign.middle(),
                })
                .collect();
            let whole = follow(&moments);
            assert!(!whole.value.lines.is_empty() && !whole.value.exits.is_empty());
            for at_once in [1, 4, 100] {
                let (found, held) = by_parts(&opened, campaigns, HeldLevels::ALL.into(), at_once);
                assert_eq!(found.value.lines, whole.value.lines, "{at_once}");
                assert_eq!(found.value.panel, whole.value.panel, "{at_once}");
                assert_eq!(found.value.entries, whole.value.entries, "{at_once}");
                assert_eq!(found.value.exits, whole.value.exits, "{at_once}");
                assert_eq!(found.diagnostics, whole.diagnostics, "{at_once}");
                for (held, figures) in held.iter().zip(&figures) {
                    assert_eq!(held.figures(), figures.figures(), "{at_once}");
                    assert_eq!(held.organiser(), figures.organiser(), "{at_once}");
                }
            }
        }
    }

    /// What reports print is what it would be, were all figures held; what is not held is worth the same.
    #[test]
    fn figures_that_are_printed_are_the_same_when_the_others_are_not_held() {
        let (_folder, opened) = simulated();
        let all: Vec<&Campaign> = opened.observatory.settings.campaigns.iter().collect();
        let (whole, figures) = by_parts(&opened, &all[..2], HeldLevels::ALL.into(), 4);
        let (found, held) = by_parts(&opened, &all[..2], HeldLevels::PRINTED.into(), 4);
        let printed = |level| HeldLevels::PRINTED.keeps(level);
        let lines = whole.value.lines.iter().filter(|l| printed(l.level));
        assert!(lines.eq(&found.value.lines));
        let mut worth = 0;
        for (held, figures) in held.iter().zip(&figures) {
            assert!(held.figures().len() < figures.figures().len());
            for figure in figures.figures() {
                let (structure, code) = (&figure.structure, &figure.code);
                let found = held.get_source(structure, figure.level, code, figure.source);
                assert_eq!(found, Some(figure).filter(|f| printed(f.level)));
                let scores = [held, figures].map(|all| {
                    let (all, source) = (all.scores(structure)?, figure.source?);
                    match figure.level {
                        Level::Element => all.element(code, source),
                        Level::Source => all.source(code, source),
                        _ => None,
                    }
                });
                let told = Some(HeldScore::of(figure));
                let is_scored = matches!(figure.level, Level::Element | Level::Source);
                assert_eq!(scores, [told.filter(|_| is_scored); 2]);
                worth += usize::from(is_scored);
            }
        }
        assert!(worth > 1000, "{worth}");
    }

    /// What is singled out is what it would be, were all held; of the rest nothing more is.
    #[test]
    fn figures_that_are_singled_out_are_held_whatever_their_level() {
        let (_folder, opened) = simulated();
        let all: Vec<&Campaign> = opened.observatory.settings.campaigns.iter().collect();
        let (whole, figures) = by_parts(&opened, &all, HeldLevels::ALL.into(), 4);
        let structure = figures[0].figures()[0].structure.to_string();
        let questions = figures[2].figures().iter();
        let mut questions = questions.filter(|f| f.level == Level::Enquete && f.value.is_some());
        let code = questions.next().expect("a question").code.to_string();
        let singled_out = SingledOut {
            structures: [structure.clone()].into(),
            codes: [code.clone()].into(),
            is_of_questions: true,
        };
        let held = HeldFigures::beside(HeldLevels::PRINTED, &singled_out);
        let is_theirs = |own: &str, of: &str| own == structure || *of == code;
        let (found, held) = by_parts(&opened, &all, held, 4);
        for (held, figures) in held.iter().zip(&figures) {
            let mut beside = 0;
            for figure in figures.figures() {
                let found =
                    held.get_source(&figure.structure, figure.level, &figure.code, figure.source);
                let is_printed = HeldLevels::PRINTED.keeps(figure.level);
                let is_kept = is_printed || is_theirs(&figure.structure, &figure.code);
                assert_eq!(found, Some(figure).filter(|_| is_kept));
                beside += usize::from(is_kept && !is_printed);
            }
            assert!(beside > 50, "{beside}");
        }
        let is_kept = |line: &&Line| {
            let is_printed = HeldLevels::PRINTED.keeps(line.level);
            is_printed || line.structure.is_empty() || is_theirs(&line.structure, &line.code)
        };
        let kept: Vec<&Line> = whole.value.lines.iter().filter(is_kept).collect();
        assert!(kept.iter().any(|line| line.level == Level::Enquete));
        assert!(kept.into_iter().eq(&found.value.lines));
    }
}
