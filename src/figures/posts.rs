//! Indicators that count the posts of a team: qualification, turnover, training.

use super::activity_lines::ActivityLine;
use super::site_activity::{Measure, SiteActivity};

impl SiteActivity<'_> {
    /// Share of the posts occupied at the end of the campaign whose diploma fits.
    pub(super) fn posts(&self, fits: impl Fn(&str) -> bool) -> Measure {
        let end = &self.campaign.fin.to_string();
        let occupied: Vec<ActivityLine> = self.posts_at(end).collect();
        let diploma =
            |l: &ActivityLine| l.get("diplome").map(str::to_lowercase).unwrap_or_default();
        let found = occupied.iter().filter(|l| fits(&diploma(l))).count();
        let total = occupied.len();
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

    /// Trained animateurs: from `denominateurs` when both counts are there, else from the posts.
    pub(super) fn trained(&self) -> Measure {
        let declared = self.ratio("formes", "animateurs", 1.0);
        if declared.value.is_some() {
            return declared;
        }
        let end = &self.campaign.fin.to_string();
        let posts: Vec<ActivityLine> = self.posts_at(end).collect();
        let trained = |l: &&ActivityLine| {
            l.get("formations")
                .and_then(|f| f.parse::<f64>().ok())
                .is_some_and(|f| f > 0.0)
        };
        let found = posts.iter().filter(trained).count();
        let total = posts.len();
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

fn occupied_at(line: ActivityLine, day: &str) -> bool {
    let get = |column: &str| line.get(column).unwrap_or("");
    let (entry, exit) = (get("entree"), get("sortie"));
    (entry.is_empty() || entry <= day) && (exit.is_empty() || exit > day)
}
