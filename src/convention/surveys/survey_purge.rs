//! Responses whose time is over: one file of responses becomes counts by quarter, and is no more. A figure over whole
//! quarters stays what it was.

use std::collections::BTreeMap;
use std::path::Path;

use super::survey_entry::{KeptCount, KeptResponse, SurveyDeed};
use super::survey_model::Survey;
use super::survey_store::SurveyTarget;
use crate::base::day::Day;
use crate::base::error::Result;
use crate::decide::plans::Quarter;

/// What was purged, or would be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PurgedSurvey {
    /// `E001`.
    pub id: String,
    /// Code of the questionnaire.
    pub survey: String,
    /// Responses that became counts.
    pub responses: usize,
    /// Since when they should have.
    pub due: Day,
}

/// Purges what is due by a day; how many files of responses an earlier purge had replaced and not removed: they go too.
///
/// # Errors
///
/// Responses that cannot be read, written or removed.
pub(crate) fn purge_surveys(
    root: &Path,
    surveys: &[Survey],
    by: Day,
    today: Day,
    simulation: bool,
) -> Result<(Vec<PurgedSurvey>, usize)> {
    let mut target = SurveyTarget::open(root, simulation)?;
    let mut purged = Vec::new();
    let outlived = target.answers.outlived.clone();
    if !simulation {
        for name in &outlived {
            target.remove(name)?;
        }
    }
    for (name, entry) in target.answers.imports().cloned().collect::<Vec<_>>() {
        let SurveyDeed::Reponses {
            echelle,
            favorables,
            inverses,
            reponses,
        } = &entry.deed
        else {
            continue;
        };
        let months = surveys
            .iter()
            .find(|s| s.code == entry.enquete)
            .map_or(24, |s| s.kept_months);
        let last = reponses.iter().map(|r| r.date).max().unwrap_or(entry.date);
        let Some(due) = last.months_after(months).filter(|due| *due <= by) else {
            continue;
        };
        purged.push(PurgedSurvey {
            id: entry.id.clone(),
            survey: entry.enquete.clone(),
            responses: reponses.len(),
            due,
        });
        if simulation {
            continue;
        }
        let is_cancelled = target.answers.cancelled(&name).is_some();
        let deed = SurveyDeed::Purge {
            vise: name.clone(),
            echelle: echelle.len(),
            favorables: *favorables,
            inverses: inverses.clone(),
            comptes: if is_cancelled {
                Vec::new()
            } else {
                counts(reponses, echelle.len())
            },
        };
        target.commit(today, &entry.enquete, &entry.fichier, &entry.sha256, deed)?;
        target.remove(&name)?;
    }
    Ok((purged, outlived.len()))
}

fn counts(responses: &[KeptResponse], scale: usize) -> Vec<KeptCount> {
    let mut quarters: BTreeMap<Day, KeptCount> = BTreeMap::new();
    for response in responses {
        let au = Quarter::of(response.date).last_day();
        // Two months before the month that it ends with.
        let du = Day::from_number(au.number() - 75).map_or(au, Day::month);
        let own = quarters.entry(du).or_insert_with(|| KeptCount {
            du,
            au,
            n: 0,
            reponses: BTreeMap::new(),
        });
        own.n += 1;
        for (item, rank) in &response.reponses {
            let ranks = own
                .reponses
                .entry(item.clone())
                .or_insert_with(|| vec![0; scale]);
            if let Some(n) = ranks.get_mut(*rank) {
                *n += 1;
            }
        }
    }
    quarters.into_values().collect()
}
