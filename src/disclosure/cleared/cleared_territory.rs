//! What elected people may see of the territory.

use std::collections::BTreeMap;

use super::cleared_action::ClearedAction;
use super::cleared_ctg::ClearedCtg;
use super::cleared_distribution::ClearedDistribution;
use super::cleared_figure::{ClearedFigure, Evolution};
use super::cleared_imperatif::ClearedImperatif;
use super::cleared_organiser::ClearedOrganiser;
use super::cleared_site::{ClearedRules, ClearedSite};
use super::cleared_words::ClearedWords;
use super::count_of::CountOf;
use super::mask::{Mask, Shown};
use super::respondents::Respondents;
use crate::figures::FigureStatus;
use crate::vocabulary::referentiel::SourceCode;

/// Evolution of an axe over the panel.
#[derive(Debug, Clone, PartialEq)]
pub struct AxeEvolution {
    /// Code.
    pub code: String,
    /// Label.
    pub label: String,
    /// Level at the campaign before.
    pub before: f64,
    /// Level now.
    pub after: f64,
    /// Half of the interval of the change, in levels, rounded up to the tenth: what measuring leaves open for all
    /// lines of the table together; none over fewer than three accueils, or where it is not known.
    pub margin: Option<f64>,
    /// What may be said of the change.
    pub change: Evolution,
}

/// Mean of the sites whose own figure is shown, each counting once.
#[derive(Debug, Clone, PartialEq)]
pub struct TerritoryMean {
    /// The mean.
    pub figure: ClearedFigure,
    /// Sites behind it.
    pub sites: usize,
    /// Sites that it concerns and does not hold, and why.
    pub left_out: NotCounted,
}

/// Sites that a figure of the territory concerns, and that are not in it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct NotCounted {
    /// Whose level is hidden to protect somebody.
    pub hidden: usize,
    /// That have no level: too little was rated.
    pub without: usize,
}

impl NotCounted {
    /// Of the figures that sites have of one axe or critère; who it does not concern is left out of nothing.
    pub(in crate::disclosure) fn of<'a>(figures: impl Iterator<Item = &'a ClearedFigure>) -> Self {
        let mut left_out = Self::default();
        for figure in figures {
            match figure.value {
                Some(Shown::Value(_)) => {}
                Some(Shown::Masked(_)) => left_out.hidden += 1,
                None if figure.status == FigureStatus::Nc => {}
                None => left_out.without += 1,
            }
        }
        left_out
    }

    /// How many.
    pub fn all(self) -> usize {
        self.hidden + self.without
    }
}

/// The figures that sites have of one axe or critère.
pub(in crate::disclosure) fn figures_of<'a>(
    sites: &'a [ClearedSite],
    code: &'a str,
) -> impl Iterator<Item = &'a ClearedFigure> {
    let figures = sites.iter().flat_map(|s| s.criteres.iter().chain(&s.axes));
    figures.filter(move |f| f.code == code)
}

/// An axe of one site among the others.
#[derive(Debug, Clone, PartialEq)]
pub struct SiteAxe {
    /// Code of the axe.
    pub code: String,
    /// Its level; none when there is none.
    pub value: Option<Shown<f64>>,
    /// Why there is none.
    pub status: FigureStatus,
}

/// One site's axes.
#[derive(Debug, Clone, PartialEq)]
pub struct SiteAxes {
    /// Structure code.
    pub structure: String,
    /// In the order of the référentiel.
    pub axes: Vec<SiteAxe>,
}

/// One site's impératifs.
#[derive(Debug, Clone, PartialEq)]
pub struct SiteImperatifs {
    /// Structure code.
    pub structure: String,
    /// In order.
    pub imperatifs: Vec<ClearedImperatif>,
    /// Rules of law, counted apart; none where none applies.
    pub rules: Option<ClearedRules>,
}

/// Sites of which a critère is under a bar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CritereCount {
    /// Code.
    pub code: String,
    /// Label.
    pub label: String,
    /// Sites under the bar.
    pub below: usize,
    /// Sites whose level is shown.
    pub valued: usize,
    /// Those it concerns besides.
    pub left_out: NotCounted,
}

/// Agreement over all observers: no observer's own figure leaves `fidelite`.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct ClearedAgreement {
    /// Visits.
    pub visits: usize,
    /// Visits scored by two observers.
    pub scored_twice: usize,
    /// How often they agree, when it is known.
    pub shares: Option<AgreementShares>,
}

/// How often two observers agree, 0..1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct AgreementShares {
    /// On the same level.
    pub exact: f64,
    /// Within one level.
    pub within_one: f64,
}

/// Sites of an evolution, by code.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ClearedPanel {
    /// In both campaigns.
    pub compared: Vec<String>,
    /// In this one alone.
    pub entered: Vec<String>,
    /// In the one before alone.
    pub left: Vec<String>,
}

/// A practice worth a visit.
#[derive(Debug, Clone, PartialEq)]
pub struct ClearedPractice {
    /// Code of the critère.
    pub code: String,
    /// Its label.
    pub label: String,
    /// Site where it is seen.
    pub structure: String,
    /// What confirms it.
    pub confirmed_by: &'static str,
    /// Sites that have it among their priorities.
    pub learners: Vec<String>,
}

/// The territory, cleared.
#[derive(Debug, Clone, Default)]
pub struct ClearedTerritory {
    /// Whether some of its figures, or of those of sites, say what an earlier edition said.
    pub repeats: bool,
    /// Mean of the sites per axe.
    pub axes: Vec<TerritoryMean>,
    /// Mean of the sites per critère.
    pub criteres: Vec<TerritoryMean>,
    /// Critères that the organiser decides, in no site's axe.
    pub organiser: Vec<ClearedOrganiser>,
    /// Evolution per axe on the matched panel.
    pub evolution: Vec<AxeEvolution>,
    /// Sites by code: value per axe.
    pub sites: Vec<SiteAxes>,
    /// Sites by code: impératifs.
    pub imperatifs: Vec<SiteImperatifs>,
    /// Critères below target, those of most sites first.
    pub below_target: Vec<CritereCount>,
    /// Critères at level 2 or under, those of most sites first.
    pub low: Vec<CritereCount>,
    /// Actions of all plans, by site.
    pub actions: Vec<ClearedAction>,
    /// Indicators of the convention territoriale globale.
    pub ctg: Vec<ClearedCtg>,
    /// Families' answers, territory.
    pub distributions: BTreeMap<SourceCode, Vec<ClearedDistribution>>,
    /// Answers to questions outside the référentiel; to elected people alone.
    pub outside: Vec<ClearedDistribution>,
    /// Keywords of families and themes of interviews.
    pub words: ClearedWords,
    /// How many people answered each questionnaire, where it may be said.
    pub returns: BTreeMap<SourceCode, Respondents>,
    /// Participation by code of indicator, over the sites that know both counts.
    pub participation: BTreeMap<String, CountOf>,
    /// Children with health needs and accidents over the territory: their total, or « < 5 ».
    pub rare: BTreeMap<String, Shown<f64>>,
    /// Axes whose evolution is not said, since it would give back a site's.
    pub(in crate::disclosure) silent: Vec<String>,
    /// Practices worth a visit.
    pub practices: Vec<ClearedPractice>,
    /// Agreement between observers.
    pub agreement: ClearedAgreement,
    /// Sites of the evolution.
    pub panel: ClearedPanel,
    /// How many figures were masked, by reason.
    pub masked: BTreeMap<Mask, usize>,
}

/// « En démarrage » or less.
const LOW: f64 = 2.0;

impl ClearedTerritory {
    /// Counts the sites of each critère again, from what is printed of them.
    pub(in crate::disclosure) fn recount(&mut self, sites: &[ClearedSite]) {
        self.below_target = critere_counts(sites, |figure| figure.target - 1e-9);
        self.low = critere_counts(sites, |_| LOW + 1e-9);
    }
}

/// Critères by number of sites under a bar, the most frequent first.
fn critere_counts(sites: &[ClearedSite], bar: impl Fn(&ClearedFigure) -> f64) -> Vec<CritereCount> {
    let mut counts: BTreeMap<&str, CritereCount> = BTreeMap::new();
    for figure in sites.iter().flat_map(|s| &s.criteres) {
        let Some(value) = figure.value.as_ref().and_then(Shown::value) else {
            continue;
        };
        let count = counts.entry(&figure.code).or_insert_with(|| CritereCount {
            code: figure.code.clone(),
            label: figure.label.to_string(),
            below: 0,
            valued: 0,
            left_out: NotCounted::default(),
        });
        count.valued += 1;
        count.below += usize::from(value < bar(figure));
    }
    let below = counts.into_values().filter(|count| count.below > 0);
    let mut sorted: Vec<CritereCount> = below.collect();
    for count in &mut sorted {
        count.left_out = NotCounted::of(figures_of(sites, &count.code));
    }
    sorted.sort_by(|a, b| b.below.cmp(&a.below).then_with(|| a.code.cmp(&b.code)));
    sorted
}
