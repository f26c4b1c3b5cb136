//! Activity indicators: what is rare, what tells of a few persons, what counts respondents.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use super::answer_decisions::{AnswerDecisions, PRINTED_SOURCES};
use super::answer_group::{AnswerGroup, GroupState};
use super::campaign_figures::CampaignFigures;
use super::remainder::{UNDECIDED, is_dominant};
use crate::disclosure::cleared::{CountOf, Mask, Respondents, Shown};
use crate::figures::{Figure, FigureStatus, Level, SiteActivity};
use crate::vocabulary::config::Thresholds;
use crate::vocabulary::referentiel::{ActivityCode, SourceCode};

/// Events and children so few that their number names them.
const RARE: [&str; 2] = ["I13a", "I18"];
/// Rare events hide under this number.
const RARE_UNDER: f64 = 5.0;
/// Their hours tell as much as their number.
const HOURS: &str = "I13b";
/// A share of children with a health plan.
const PLANS: &str = "I14";
/// Diplomas, departures and trainings of a team, one by one.
const OF_STAFF: [&str; 4] = ["I06b", "I07b", "I08", "I11"];
/// Participation of teams, and the families' response rate.
const PARTICIPATION: [&str; 4] = ["I11", "I12a", "I12b", "I16"];
/// What came from a team of what was awaited from it.
const OF_TEAM: [&str; 2] = ["O2", "O2b"];
/// Sites needed for a total of staff or events.
const SITES_MIN: usize = 3;

/// A figure of a site, by position.
struct SiteFigure<'a> {
    site: usize,
    figure: &'a Figure,
}

/// The questionnaire whose respondents an indicator counts.
fn counted_respondents(code: &str) -> Option<SourceCode> {
    match code {
        "I12b" => Some(SourceCode::Eqp),
        "I16" => Some(SourceCode::Fam),
        _ => None,
    }
}

/// Why an activity indicator of a site that has this value is hidden; none where it is printed.
pub(crate) fn hidden_activity(
    figures: &CampaignFigures,
    thresholds: &Thresholds,
    answers: &AnswerDecisions,
    site: usize,
    figure: &Figure,
    value: f64,
) -> Option<Mask> {
    let code = figure.code.as_str();
    let together = figures.audience.reads_all_sites();
    let is_rare = RARE.contains(&code) && value > 0.0 && value < RARE_UNDER;
    let few_plans = code == PLANS && (1..RARE_UNDER as usize).contains(&figure.expected);
    if code == HOURS || (together && (RARE.contains(&code) || code == PLANS)) {
        Some(Mask::NotForAudience)
    } else if is_rare || few_plans {
        Some(Mask::Rare)
    } else if thresholds.equipe == 0 && OF_STAFF.contains(&code) {
        Some(Mask::NotForAudience)
    } else {
        let source =
            counted_respondents(code).or_else(|| judged_respondents(figures, site, code))?;
        answers.return_state(source, AnswerGroup::Site(site)).mask()
    }
}

/// The questionnaire whose number of respondents an indicator counts, or compares with the team (O2).
pub(crate) fn told_respondents(code: &str) -> Option<SourceCode> {
    let of_team = OF_TEAM.contains(&code).then_some(SourceCode::Eqp);
    counted_respondents(code).or(of_team)
}

/// What tells of a team (O2) tells whether half of its members answered, where they were counted.
fn judged_respondents(figures: &CampaignFigures, site: usize, code: &str) -> Option<SourceCode> {
    let structure = &figures.structures[site].code;
    let answered = figures.figure(structure, Level::Activite, "I12b")?;
    let is_judged = OF_TEAM.contains(&code) && answered.value.is_some();
    is_judged.then_some(SourceCode::Eqp)
}

/// Whether a count of teams may be said, `staffed` of which are told by how many of their members answered: to who
/// reads no team by itself, only where none could be told apart.
pub(crate) fn may_count_teams(thresholds: &Thresholds, staffed: usize) -> bool {
    thresholds.equipe > 0 || staffed == 0 || staffed >= UNDECIDED
}

/// Activity indicators that a site's readers see, one bit each: a vast territory has a set for each accueil, reader and
/// campaign.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct PrintedActivities(u64);

/// What each indicator divides, in their order.
static COLUMNS: LazyLock<Vec<Vec<&'static str>>> = LazyLock::new(|| {
    let codes = ActivityCode::all().map(ActivityCode::as_str);
    codes.map(SiteActivity::columns).collect()
});

impl PrintedActivities {
    fn of(codes: impl Iterator<Item = ActivityCode>) -> Self {
        Self(codes.fold(0, |all, code| all | Self::bit(code)))
    }

    fn bit(code: ActivityCode) -> u64 {
        1 << code as u32
    }

    fn hold(self, code: ActivityCode) -> bool {
        self.0 & Self::bit(code) != 0
    }

    /// Whether a measure is told: by its code, or by the columns that it divides.
    pub(crate) fn tell(self, measure: &str) -> bool {
        let mut all = ActivityCode::all().zip(COLUMNS.iter());
        all.any(|(code, columns)| {
            let is_measure =
                || code.as_str() == measure || columns.iter().copied().eq(measure.split('/'));
            self.hold(code) && is_measure()
        })
    }
}

/// The indicators that a site's readers see.
pub(crate) fn printed_activities(
    figures: &CampaignFigures,
    thresholds: &Thresholds,
    answers: &AnswerDecisions,
    site: usize,
) -> PrintedActivities {
    let structure = &figures.structures[site].code;
    let printed: BTreeSet<&str> = figures
        .figures(structure, Level::Activite)
        .filter(|f| {
            f.value.is_some_and(|value| {
                hidden_activity(figures, thresholds, answers, site, f, value).is_none()
            })
        })
        .map(|f| f.code.as_str())
        .collect();
    PrintedActivities::of(ActivityCode::all().filter(|code| printed.contains(code.as_str())))
}

/// The participation of teams (I11, I12) and the families' response rate (I16), summed
/// over the sites that know both counts; none where one site could be told apart.
pub(crate) fn participation(
    figures: &CampaignFigures,
    thresholds: &Thresholds,
    answers: &AnswerDecisions,
) -> BTreeMap<String, CountOf> {
    let mut sums = BTreeMap::new();
    for code in PARTICIPATION {
        let counted: Vec<SiteFigure> = sites_with(figures, code)
            .filter(|s| s.figure.expected > 0)
            .collect();
        let sum = CountOf {
            n: counted.iter().map(|s| s.figure.n).sum(),
            of: counted.iter().map(|s| s.figure.expected).sum(),
        };
        let staff = OF_STAFF.contains(&code) && thresholds.equipe == 0;
        let may_be_said = match counted_respondents(code) {
            Some(source) => {
                let counted = counted.iter().map(|s| (s.site, s.figure.n));
                is_rest_safe(answers, source, counted, thresholds)
            }
            None => !staff || (counted.len() >= SITES_MIN && sum.of >= thresholds.territoire),
        };
        if may_be_said && !counted.is_empty() {
            sums.insert(code.to_owned(), sum);
        }
    }
    sums
}

/// How many people answered each questionnaire over the territory, whatever the questions they answered: where
/// the sites whose number is not told cannot be found from it.
pub(crate) fn returned(
    figures: &CampaignFigures,
    thresholds: &Thresholds,
    answers: &AnswerDecisions,
) -> BTreeMap<SourceCode, Respondents> {
    let told = |source: &SourceCode| {
        let among = |is_in: &dyn Fn(usize) -> bool| -> Vec<(usize, usize)> {
            let sites = (0..figures.structures.len()).filter(|site| is_in(*site));
            let of = |site| (site, answers.respondents(*source, AnswerGroup::Site(site)));
            sites.map(of).collect()
        };
        // The response rate adds up the sites whose number of people is known: the others are what is left.
        let counted = |site: usize| {
            let code = &figures.structures[site].code;
            let rate = PARTICIPATION
                .into_iter()
                .find(|rate| counted_respondents(rate) == Some(*source));
            let figure = rate.and_then(|rate| figures.figure(code, Level::Activite, rate));
            figure.is_some_and(|f| f.value.is_some() && f.expected > 0)
        };
        let safe = |sites: Vec<(usize, usize)>| {
            is_rest_safe(answers, *source, sites.into_iter(), thresholds)
        };
        let parts = [
            among(&|_| true),
            among(&counted),
            among(&|site| !counted(site)),
        ];
        parts.into_iter().all(safe)
    };
    let printed = PRINTED_SOURCES.into_iter().filter(told);
    printed
        .map(|source| {
            let all = answers.respondents(source, AnswerGroup::Territory);
            (source, Respondents::of(all))
        })
        .collect()
}

/// Respondents of the sites that are not told, as the total gives them back; `counted` are sites, and how many
/// answered at each.
fn is_rest_safe(
    answers: &AnswerDecisions,
    source: SourceCode,
    counted: impl Iterator<Item = (usize, usize)>,
    thresholds: &Thresholds,
) -> bool {
    let hidden: Vec<usize> = counted
        .filter(|(site, n)| {
            let state = answers.return_state(source, AnswerGroup::Site(*site));
            *n > 0 && state.mask().is_some()
        })
        .map(|(_, n)| n)
        .collect();
    let least = thresholds.territoire.max(1);
    let sum: usize = hidden.iter().sum();
    let largest = hidden.iter().max().copied().unwrap_or(0);
    let enough = hidden.len() >= UNDECIDED && sum >= least && !is_dominant(largest, sum);
    answers.return_state(source, AnswerGroup::Territory) == GroupState::Exact
        && (hidden.is_empty() || enough)
}

fn sites_with<'a>(
    figures: &'a CampaignFigures,
    code: &'static str,
) -> impl Iterator<Item = SiteFigure<'a>> {
    let sites = figures.structures.iter().enumerate();
    let own = sites.filter_map(move |(site, structure)| {
        let figure = figures.figure(&structure.code, Level::Activite, code)?;
        Some(SiteFigure { site, figure })
    });
    own.filter(|s| s.figure.value.is_some())
}

/// Rare events over the territory: their total, or « < 5 ».
pub(crate) fn rare_totals(figures: &CampaignFigures) -> BTreeMap<String, Shown<f64>> {
    let mut totals = BTreeMap::new();
    for code in RARE {
        let values: Vec<f64> = sites_with(figures, code)
            .filter_map(|s| s.figure.value)
            .collect();
        // A site whose count was purged would be missing from the sum.
        let purged = figures.structures.iter().any(|structure| {
            let figure = figures.figure(&structure.code, Level::Activite, code);
            figure.is_some_and(|f| f.status == FigureStatus::EffectifInsuffisant)
        });
        if values.len() < SITES_MIN || purged {
            continue;
        }
        let total: f64 = values.iter().sum();
        // A team knows its own count, from the same number on: the rest may be as rare.
        let is_rare = |count: f64| count > 0.0 && count < RARE_UNDER;
        let read = values.iter().filter(|value| **value >= RARE_UNDER);
        let mut rests = read.map(|value| total - value);
        let shown = if is_rare(total) || rests.any(is_rare) {
            Shown::Masked(Mask::Rare)
        } else {
            Shown::Value(total)
        };
        totals.insert(code.to_owned(), shown);
    }
    totals
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_measure_is_told_by_its_code_or_by_what_it_divides() {
        let printed = PrintedActivities::of([ActivityCode::I11, ActivityCode::O3].into_iter());
        assert!(printed.tell("I11") && printed.tell("O3"));
        assert!(printed.tell("formes/animateurs"));
        assert!(!printed.tell("animateurs") && !printed.tell("I12b") && !printed.tell("I16"));
        assert!(!PrintedActivities::default().tell("I11"));
    }
}
