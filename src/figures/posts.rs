//! Indicators that count the posts of a team: qualification, turnover, training.

use super::activity_lines::ActivityLine;
use super::site_activity::{Measure, SiteActivity};
use crate::intake::observations::directs;
use crate::vocabulary::referentiel::regulation::DirectionFinding;

impl SiteActivity<'_> {
    /// Share of the posts occupied at the end of the campaign whose diploma fits, of those of which it is known:
    /// an empty cell denies nobody theirs.
    pub(super) fn posts(&self, fits: impl Fn(&str) -> bool) -> Measure {
        let end = &self.campaign.fin.to_string();
        let known: Vec<String> = self.posts_at(end).filter_map(diploma).collect();
        let found = known.iter().filter(|diploma| fits(diploma)).count();
        let total = known.len();
        Measure::of(
            (total > 0).then(|| found as f64 / total as f64),
            found,
            total,
        )
    }

    /// Departures over the twelve months before the end of the campaign, over the mean of the
    /// posts occupied at both ends of that year.
    pub(super) fn turnover(&self) -> Measure {
        let end = &self.campaign.fin.to_string();
        let Some(start) = self.campaign.fin.year_before() else {
            return Measure::default();
        };
        let start = start.to_string();
        let left = |l: &ActivityLine| {
            l.get("sortie")
                .is_some_and(|d| !d.is_empty() && *d > *start && *d <= **end)
        };
        let departures = self.prefixed("poste").filter(left).count();
        let at = |day: &str| self.posts_at(day).count() as f64;
        let mean = f64::midpoint(at(&start), at(end));
        Measure::of(
            (mean > 0.0).then(|| departures as f64 / mean),
            departures,
            mean as usize,
        )
    }

    /// Whether who directs has the diploma that the size of the accueil asks for: 1 or 0, none when its days, its
    /// places or the diploma are not known.
    pub(super) fn direction(&self) -> Measure {
        let end = &self.campaign.fin.to_string();
        let is_director = |l: &ActivityLine| l.get("fonction").is_some_and(directs);
        let posts: Vec<ActivityLine> = self.posts_at(end).filter(is_director).collect();
        let (days, places) = (self.structure.jours_an, self.structure.places());
        let law = self.regulation;
        let found = |line: &ActivityLine| match line.get("direction") {
            // Past its time a post says it by itself.
            Some("oui") => DirectionFinding::Conforms,
            Some("non") => DirectionFinding::Short,
            Some(_) => DirectionFinding::Unknown,
            None => law.direction_finding(days, places, diploma(*line).as_deref()),
        };
        // Of two who direct, one with the diploma is enough.
        let mut findings: Vec<DirectionFinding> = posts.iter().map(found).collect();
        if findings.is_empty() {
            findings.push(law.direction_finding(days, places, None));
        }
        let is = |wanted| findings.contains(&wanted);
        let value = if is(DirectionFinding::Conforms) {
            Some(1.0)
        } else if is(DirectionFinding::Unknown) {
            None
        } else {
            Some(0.0)
        };
        Measure::of(value, posts.len(), 1)
    }

    /// Trained animateurs: from `denominateurs` when both counts are there, else from the posts.
    pub(super) fn trained(&self) -> Measure {
        let declared = self.ratio("formes", "animateurs", 1.0);
        if declared.value.is_some() {
            return declared;
        }
        let end = &self.campaign.fin.to_string();
        let posts: Vec<ActivityLine> = self.posts_at(end).collect();
        let trainings = posts
            .iter()
            .filter_map(|l| l.get("formations")?.parse::<f64>().ok());
        let trainings: Vec<f64> = trainings.collect();
        let found = trainings.iter().filter(|n| **n > 0.0).count();
        let total = trainings.len();
        Measure::of(
            (total > 0).then(|| found as f64 / total as f64),
            found,
            total,
        )
    }

    /// Posts occupied on a day.
    fn posts_at(&self, day: &str) -> impl Iterator<Item = ActivityLine<'_>> {
        self.prefixed("poste")
            .filter(move |line| occupied_at(*line, day))
    }
}

/// The diploma of a post; none when nobody wrote it.
fn diploma(line: ActivityLine) -> Option<String> {
    let written = line.get("diplome")?;
    (!written.is_empty()).then(|| written.to_lowercase())
}

/// Whether a post is occupied on an ISO day.
pub(super) fn occupied_at(line: ActivityLine, day: &str) -> bool {
    let get = |column: &str| line.get(column).unwrap_or("");
    let (entry, exit) = (get("entree"), get("sortie"));
    (entry.is_empty() || entry <= day) && (exit.is_empty() || exit > day)
}
