//! The quarterly follow-up: where actions and recommendations stand.

use super::table_outcome::not_for_publication;
use crate::base::day::Day;
use crate::base::diagnostics::Diagnostic;
use crate::base::error::{Error, Result};
use crate::base::tabular::Table;
use crate::base::text::count;
use crate::campaign::{OpenObservatory, day_or_today};
use crate::decide::ctg::{ctg, ctg_table};
use crate::decide::plans::{
    ActionCounts, InTime, Quarter, SeenQuarter, actions_table, follow_up_table, quarters,
    quarters_table,
};
use crate::figures::{HeldLevels, Level};

/// Which quarters.
pub(crate) struct QuartersRequest {
    /// The last one to show; that of the day otherwise.
    pub until: Option<Quarter>,
    /// Day on which they are looked at, AAAA-MM-JJ; today otherwise.
    pub date: Option<String>,
}

/// The follow-up.
pub(crate) struct QuartersOutcome {
    /// The territory, quarter by quarter.
    pub quarters: Vec<QuarterStanding>,
    /// Structure by structure, quarter by quarter.
    pub by_structure: Table,
    /// Actions of the last quarter shown that count in none of its columns: brought during a campaign that was not over.
    pub not_yet: usize,
    seen: Vec<SeenQuarter>,
}

impl QuartersOutcome {
    /// Why the plan holds more actions than the last line counts.
    pub(crate) fn left_out(&self) -> Option<String> {
        (self.not_yet > 0).then(|| {
            format!(
                "{} encore : une action ajoutée pendant une campagne compte une fois cette campagne finie.",
                count(self.not_yet, "action du plan n’y est pas", "actions du plan n’y sont pas")
            )
        })
    }
}

/// Where the territory stands at a quarter.
pub(crate) struct QuarterStanding {
    /// Quarter.
    pub quarter: Quarter,
    /// Day on which it is looked at.
    pub day: Day,
    /// Actions by status.
    pub counts: ActionCounts,
    /// Actions done in time among those due.
    pub in_time: InTime,
    /// Recommendations issued.
    pub issued: usize,
    /// Those that entered a project.
    pub integrated: usize,
    /// Their share, 0..1.
    pub integrated_share: Option<f64>,
}

/// Follows the plans up.
///
/// # Errors
///
/// A day that is none, a quarter that has not begun.
pub(crate) fn follow(
    opened: &OpenObservatory,
    request: &QuartersRequest,
) -> Result<QuartersOutcome> {
    let day = day_or_today(request.date.as_deref())?;
    let plans = &opened.plans;
    let this_quarter = Quarter::of(day);
    let until = request.until.unwrap_or(this_quarter);
    if until > this_quarter {
        return Err(Error::Usage(format!(
            "Le {} n’a pas commencé le {}. Pour le voir quand même : --date.",
            until.label(),
            day.short()
        )));
    }
    let seen = quarters(plans, until, day);
    let standings = seen.iter().map(|SeenQuarter { quarter, day }| {
        let (quarter, day) = (*quarter, *day);
        let known = plans.known_on(day);
        let recommendations = known.recommendations(None, day);
        QuarterStanding {
            quarter,
            day,
            counts: known.counts(None, day),
            in_time: known.in_time(None, day),
            issued: recommendations.issued,
            integrated: recommendations.integrated.len(),
            integrated_share: recommendations.share(),
        }
    });
    let not_yet = seen.last().map_or(0, |last| {
        let known = plans.known_on(last.day);
        let counted = known.actions.iter().filter(|a| a.is_issued(last.day));
        known.actions.len() - counted.count()
    });
    Ok(QuartersOutcome {
        quarters: standings.collect(),
        not_yet,
        by_structure: follow_up_table(plans, opened.observatory.registry.all(), &seen),
        seen,
    })
}

/// The workbook of a follow-up.
pub(crate) struct QuartersWorkbook {
    /// Its sheets.
    pub sheets: Vec<Table>,
    /// What was noticed.
    pub diagnostics: Vec<Diagnostic>,
}

/// The sheets of a follow-up, with the indicators of the convention.
///
/// # Errors
///
/// A store that cannot be read.
pub(crate) fn sheets(
    opened: &OpenObservatory,
    outcome: &QuartersOutcome,
) -> Result<QuartersWorkbook> {
    let plans = &opened.plans;
    let campaigns = opened.observatory.settings.campaigns.iter();
    let held = HeldLevels::of(&[Level::Activite]);
    let figures = campaigns
        .map(|c| Ok(opened.indicators_of(c, held)?.value))
        .collect::<Result<Vec<_>>>()?;
    let seen = &outcome.seen;
    let last = &seen[seen.len() - 1..];
    Ok(QuartersWorkbook {
        sheets: vec![
            quarters_table(plans, seen),
            ctg_table(&ctg(&figures)),
            follow_up_table(plans, opened.observatory.registry.all(), last),
            actions_table(&plans.actions, last[0].day),
        ],
        diagnostics: vec![not_for_publication(
            "le classeur donne des effectifs par accueil : il reste au service.",
        )],
    })
}
