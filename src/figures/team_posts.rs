//! The posts of an accueil on the last day of a campaign, counted as its table of posts gives them, and the two counts of
//! `denominateurs` that say how large it is.

use super::activity_lines::ActivityLine;
use super::collect::Collected;
use super::posts::occupied_at;
use crate::base::day::Day;
use crate::intake::observations::directs;

/// Posts occupied on a day.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TeamPosts {
    /// All of them, at least one.
    pub occupied: usize,
    /// Of those, who direct.
    pub directing: usize,
    /// What they come to in full-time posts; none when the share of one of them is not known.
    pub full_time: Option<f64>,
}

impl TeamPosts {
    /// Those of a structure; none when its table names no post that is occupied that day.
    pub(crate) fn of(collected: &Collected, structure: &str, day: Day) -> Option<Self> {
        let day = day.to_string();
        let lines = collected.lines(structure);
        let posts: Vec<ActivityLine> = lines
            .filter(|line| line.id().starts_with("poste") && occupied_at(*line, &day))
            .collect();
        let directs = |line: &&ActivityLine| line.get("fonction").is_some_and(directs);
        let shares = posts
            .iter()
            .map(|line| line.get("quotite")?.parse::<f64>().ok());
        let full_time: Option<f64> = shares.sum();
        (!posts.is_empty()).then(|| Self {
            occupied: posts.len(),
            directing: posts.iter().filter(directs).count(),
            full_time,
        })
    }
}

/// How large an accueil is and whom it works with, as `denominateurs` counts them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct CountedAround {
    /// Children that it receives.
    pub children: Option<usize>,
    /// Partners of the year.
    pub partners: Option<usize>,
}

impl CountedAround {
    /// Those of a structure.
    pub(crate) fn of(collected: &Collected, structure: &str) -> Self {
        let mut lines = collected.lines(structure);
        let line = lines.find(|line| line.id() == "denominateurs");
        let count = |column: &str| line?.get(column)?.parse::<usize>().ok();
        Self {
            children: count("enfants"),
            partners: count("partenaires"),
        }
    }
}
