//! The few measures of activity data that each site brings: two sessions and its denominators.

use crate::base::day::Day;
use crate::demo::activity_data::{
    DENOMINATOR_COLUMNS, SESSION_COLUMNS, denominator, site_sessions,
};
use crate::demo::scenario::{DemoCampaign, DemoScenario, DemoSite};

/// Sessions of a site.
const SESSIONS: usize = 2;
/// Columns of a session that say which it is.
const SESSION_KEYS: usize = 4;
/// Measures of a site; each line of denominators begins with the structure.
pub(super) const MEASURES: usize =
    SESSIONS * (SESSION_COLUMNS.len() - SESSION_KEYS) + DENOMINATOR_COLUMNS.len() - 1;

/// One line of activity data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct MeasureLine {
    /// Identity, « seance 2026-05-12 soir ».
    pub(super) line: String,
    /// Its day.
    pub(super) day: Option<Day>,
    /// Its measures.
    pub(super) measures: Vec<DrawnMeasure>,
}

/// One measure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct DrawnMeasure {
    pub(super) code: &'static str,
    pub(super) value: String,
}

/// Lines of a site.
pub(super) fn lines(
    plan: &DemoScenario,
    campaign: &DemoCampaign,
    site: &DemoSite,
) -> Vec<MeasureLine> {
    let denominators = denominator(plan, campaign, site);
    let columns = DENOMINATOR_COLUMNS[1..].iter().zip(&denominators);
    let table = MeasureLine {
        line: "denominateurs".to_owned(),
        day: None,
        measures: columns
            .map(|(code, value)| DrawnMeasure {
                code,
                value: value.to_string(),
            })
            .collect(),
    };
    let text = site_sessions(plan, campaign, site, SESSIONS);
    let sessions = text.lines().map(session);
    // In order of unit: « denominateurs » comes before « seances ».
    let mut lines = vec![table];
    let mut sessions: Vec<MeasureLine> = sessions.collect();
    sessions.sort_by(|a, b| (a.day, &a.line).cmp(&(b.day, &b.line)));
    lines.append(&mut sessions);
    lines
}

fn session(row: &str) -> MeasureLine {
    let cells: Vec<&str> = row.split(',').collect();
    let cell = |name: &str| {
        let position = SESSION_COLUMNS.iter().position(|c| *c == name);
        position.and_then(|p| cells.get(p)).copied().unwrap_or("")
    };
    let columns = SESSION_COLUMNS.iter().zip(&cells).skip(SESSION_KEYS);
    MeasureLine {
        line: format!("seance {} {}", cell("date"), cell("plage")),
        day: cell("date").parse().ok(),
        measures: columns
            .map(|(code, value)| DrawnMeasure {
                code,
                value: (*value).to_owned(),
            })
            .collect(),
    }
}
