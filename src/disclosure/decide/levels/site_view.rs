//! One campaign of one site, as its readers see it beside its levels.

use crate::disclosure::decide::activity_decisions::PrintedActivities;
use crate::disclosure::decide::answer_decisions::AnswerDecisions;
use crate::disclosure::decide::campaign_figures::CampaignFigures;
use crate::disclosure::decide::reading::Reading;
use crate::figures::Level;
use crate::vocabulary::config::Thresholds;
use crate::vocabulary::referentiel::{Axe, Critere, SourceCode};

/// One campaign of one site.
#[derive(Clone, Copy)]
pub(crate) struct SiteView<'a> {
    /// Code of the structure.
    pub(crate) code: &'a str,
    pub(crate) figures: &'a CampaignFigures<'a>,
    pub(crate) thresholds: &'a Thresholds,
    pub(crate) answers: &'a AnswerDecisions,
    /// Position of the site among the structures.
    pub(crate) site: usize,
    /// Activity indicators printed for it.
    pub(crate) activities: PrintedActivities,
    /// What the reader knows besides.
    pub(crate) reading: Reading,
    /// Totals that they read elsewhere; none where those of `answers` are.
    pub(crate) beside: Option<&'a AnswerDecisions>,
}

impl<'a> SiteView<'a> {
    /// The same to a reader of another campaign, who is told apart by the code of their team.
    pub(crate) fn read_by(&self, reading: Reading, campaign: &CampaignFigures) -> Self {
        let reading = match reading {
            Reading::Team(team) => {
                let own = self.figures.position(&campaign.structures[team].code);
                own.map_or(Reading::Anyone, Reading::Team)
            }
            other => other,
        };
        Self { reading, ..*self }
    }

    /// How far apart what remains possible must lie: half as far for who knows more than anyone.
    pub(crate) fn margin(&self) -> f64 {
        let margin = self.thresholds.marge_niveau;
        if self.reading == Reading::Anyone {
            margin
        } else {
            margin / 2.0
        }
    }

    /// The same beside totals that the reader is told elsewhere.
    pub(crate) fn beside(self, totals: &'a AnswerDecisions) -> Self {
        Self {
            beside: Some(totals),
            ..self
        }
    }

    /// Whose totals bound the answers of the site.
    pub(crate) fn totals(&self) -> &'a AnswerDecisions {
        self.beside.unwrap_or(self.answers)
    }

    /// An axe by its code.
    pub(crate) fn axe(&self, code: &str) -> Option<&'a Axe> {
        let axes = &self.figures.referentiel.axes;
        axes.iter().find(|a| a.code == code)
    }

    /// Positions of the critères of an axe.
    pub(crate) fn positions(&self, axe: &str) -> &'a [usize] {
        self.axe(axe).map_or(&[], |a| &a.criteres)
    }

    /// A critère by its position.
    pub(crate) fn critere(&self, position: usize) -> &'a Critere {
        &self.figures.referentiel.criteres[position]
    }

    /// Level of a critère or axe.
    pub(crate) fn value(&self, level: Level, code: &str) -> Option<f64> {
        self.figures.figure(self.code, level, code)?.value
    }

    /// Level of a critère by its position.
    pub(crate) fn level(&self, critere: usize) -> Option<f64> {
        self.figures.table(self.site).level(critere)
    }

    /// What a source says of a critère.
    pub(crate) fn source(&self, critere: &str, source: SourceCode) -> Option<f64> {
        let scores = self.figures.indicators.scores(self.code)?;
        scores.source(critere, source)?.value
    }

    /// Whether a questionnaire has fewer respondents to a critère than this audience may see, or is kept back for the
    /// sake of another site.
    pub(crate) fn is_few(&self, source: SourceCode, critere: usize) -> bool {
        let is_kept_back = self.answers.keeps_back(self.site, critere, source);
        is_kept_back || self.has_few(source, critere)
    }

    /// The same by the number of its respondents alone.
    pub(crate) fn has_few(&self, source: SourceCode, critere: usize) -> bool {
        let n = self.figures.table(self.site).respondents(critere, source);
        let least = self.thresholds.per_site(source);
        source.is_questionnaire() && (least == 0 || n < least)
    }

    /// Whether a measure is among the activity indicators that this audience reads for the site.
    pub(crate) fn prints(&self, measure: &str) -> bool {
        self.activities.tell(measure)
    }
}
