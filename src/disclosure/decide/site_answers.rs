//! What each site answered: to a question, to a questionnaire at all.

use super::answer_group::SiteAnswers;
use super::campaign_figures::CampaignFigures;
use crate::figures::Distribution;
use crate::figures::voices::OutsideQuestion;
use crate::vocabulary::referentiel::SourceCode;

/// Answers of each site to a question.
pub(super) fn question_answers(figures: &CampaignFigures, element: usize) -> Vec<SiteAnswers> {
    let collected = &figures.indicators.collected;
    let structures = figures.structures.iter().zip(&figures.sector_of);
    structures
        .map(|(structure, sector)| SiteAnswers {
            sector: *sector,
            answers: collected
                .distribution(&structure.code, element)
                .unwrap_or_default(),
        })
        .collect()
}

/// Answers of each site to a question outside the référentiel, which is told by site and of the whole alone.
pub(super) fn outside_answers(
    figures: &CampaignFigures,
    outside: &OutsideQuestion,
) -> Vec<SiteAnswers> {
    let sites = figures.structures.iter().map(|structure| {
        let counts = outside.counts.get(&structure.code).cloned();
        SiteAnswers {
            sector: None,
            answers: Distribution {
                counts: counts.unwrap_or_else(|| vec![0; outside.answers.len()]),
                nsp: 0,
            },
        }
    });
    sites.collect()
}

/// Respondents of each site to a questionnaire, as one modality that they all chose.
pub(super) fn respondents(figures: &CampaignFigures, source: SourceCode) -> Vec<SiteAnswers> {
    let collected = &figures.indicators.collected;
    let structures = figures.structures.iter().zip(&figures.sector_of);
    structures
        .map(|(structure, sector)| SiteAnswers {
            sector: *sector,
            answers: Distribution {
                counts: vec![collected.respondents(&structure.code, source)],
                nsp: 0,
            },
        })
        .collect()
}
