//! Levels of a site as editions printed them, held once where several audiences were told the same.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::told_level::ToldLevel;
use crate::base::text::{SharedText, SharedTexts};
use crate::disclosure::cleared::{ExactAnswers, LevelAnswers};
use crate::vocabulary::Audience;
use crate::vocabulary::referentiel::SourceCode;

/// Figures by code, in order, those of which nothing was told left out.
pub(crate) type LevelsByCode = Arc<[(SharedText, ToldLevel)]>;

/// Codes of critères and axes, each held once.
#[derive(Debug, Default)]
pub(crate) struct LevelCodes(SharedTexts);

impl LevelCodes {
    /// Figures by code, in order; what tells nothing is left out.
    pub(crate) fn figures<C: AsRef<str>>(
        &mut self,
        figures: impl Iterator<Item = (C, ToldLevel)>,
    ) -> LevelsByCode {
        let told = figures.filter(|(_, figure)| *figure != ToldLevel::default());
        let mut told: Vec<_> = told
            .map(|(code, figure)| (self.0.shared(code.as_ref()), figure))
            .collect();
        told.sort_by(|(a, _), (b, _)| a.cmp(b));
        told.into()
    }
}

/// Audiences in the order of their words, in which what others were told is looked at: an edition repeats the same figure
/// whatever version of the program printed it.
const BY_WORD: [Audience; Audience::ALL.len()] = [
    Audience::Departement,
    Audience::Elus,
    Audience::Equipe,
    Audience::Familles,
    Audience::Pratiques,
    Audience::Renouvellement,
];

/// Levels of a site as one delivery told them.
#[derive(Debug)]
pub(crate) struct ToldLevels {
    /// Respondents by questionnaire.
    pub(crate) respondents: BTreeMap<SourceCode, usize>,
    /// Fingerprints of their answers.
    pub(crate) fingerprints: BTreeMap<SourceCode, String>,
    pub(crate) figures: LevelsByCode,
}

/// Answers behind the levels of a site as they once stood, and what each audience was told of them.
#[derive(Debug, Clone)]
pub(crate) struct PrintedLevels {
    respondents: BTreeMap<SourceCode, usize>,
    fingerprints: BTreeMap<SourceCode, String>,
    /// By audience, in their order.
    told: [Option<LevelsByCode>; Audience::ALL.len()],
}

/// Whether an audience that is told this of a site is told what it was already: adding it would change nothing.
pub(crate) fn holds_levels(
    history: &[PrintedLevels],
    levels: &ToldLevels,
    audience: Audience,
) -> bool {
    let mut latest_first = history.iter().rev();
    let known = latest_first.find(|state| state.fingerprints == levels.fingerprints);
    known.is_some_and(|state| state.told[audience as usize].as_ref() == Some(&levels.figures))
}

/// Adds what a delivery told of a site to what earlier ones did.
pub(crate) fn add_levels(
    history: &mut Vec<PrintedLevels>,
    levels: &ToldLevels,
    audiences: &[Audience],
) {
    let is_same = |last: &PrintedLevels| last.fingerprints == levels.fingerprints;
    let known = history.iter().rposition(is_same);
    let position = known.unwrap_or(history.len());
    if known.is_none() {
        history.push(PrintedLevels {
            respondents: levels.respondents.clone(),
            fingerprints: levels.fingerprints.clone(),
            told: Default::default(),
        });
    }
    let told = &mut history[position].told;
    let alike = told
        .iter()
        .flatten()
        .find(|other| **other == levels.figures);
    let figures = Arc::clone(alike.unwrap_or(&levels.figures));
    for audience in audiences {
        told[*audience as usize] = Some(Arc::clone(&figures));
    }
}

impl PrintedLevels {
    /// Whether some questionnaire of the site changed by fewer respondents than the threshold; `fresh` are the
    /// fingerprints of its answers.
    fn moved_little(
        &self,
        answers: &LevelAnswers,
        fresh: &BTreeMap<SourceCode, String>,
        least: usize,
    ) -> bool {
        SourceCode::ALL.into_iter().any(|s| {
            let before = self.respondents.get(&s).copied().unwrap_or(0);
            let now = answers.respondents.get(&s).copied().unwrap_or(0);
            let few = before.abs_diff(now) < least.max(1);
            few && self.fingerprints.get(&s) != fresh.get(&s)
        })
    }

    /// Whether answers that are shown nowhere came to a level of these questionnaires, or left it, since it was printed:
    /// the difference would be theirs.
    pub(crate) fn tells_hidden(
        &self,
        sources: &BTreeSet<SourceCode>,
        answers: &LevelAnswers,
        exact: &ExactAnswers,
    ) -> bool {
        let comes_or_goes = |source: &SourceCode| {
            let before = self.respondents.get(source).copied().unwrap_or(0);
            let now = answers.respondents.get(source).copied().unwrap_or(0);
            let least = exact.per_site.get(source).copied().unwrap_or(0);
            let is_hidden = least == 0 || before.max(now) < least;
            is_hidden && (before == 0) != (now == 0)
        };
        sources.iter().any(comes_or_goes)
    }

    /// Whether anyone answered one of these questionnaires, then or now.
    pub(crate) fn rests_on(&self, sources: &BTreeSet<SourceCode>, answers: &LevelAnswers) -> bool {
        let asked = |s: &SourceCode| {
            self.respondents.contains_key(s) || answers.respondents.contains_key(s)
        };
        sources.iter().any(asked)
    }

    /// What an audience was told of a figure; what others were, where it was told nothing of the
    /// site then and each questionnaire stood on the same side of its threshold as now.
    pub(crate) fn told(
        &self,
        audience: Audience,
        code: &str,
        answers: &LevelAnswers,
        exact: &ExactAnswers,
    ) -> ToldLevel {
        if let Some(own) = &self.told[audience as usize] {
            return figure_of(own, code).cloned().unwrap_or_default();
        }
        let crossed = exact.per_site.iter().any(|(source, least)| {
            let before = self.respondents.get(source).copied().unwrap_or(0);
            let now = answers.respondents.get(source).copied().unwrap_or(0);
            (before >= *least) != (now >= *least)
        });
        if crossed {
            return ToldLevel::default();
        }
        let figures = BY_WORD.iter().filter_map(|other| {
            let told = self.told[*other as usize].as_ref();
            told.and_then(|told| figure_of(told, code))
        });
        figures.fold(ToldLevel::default(), |all, other| all.or(other))
    }
}

fn figure_of<'a>(figures: &'a LevelsByCode, code: &str) -> Option<&'a ToldLevel> {
    let found = figures.binary_search_by(|(own, _)| own.as_str().cmp(code));
    found.ok().map(|position| &figures[position].1)
}

/// The latest of the earlier answers of a site from which too few differ; none where all may be
/// printed anew.
pub(crate) fn nearly_the_same<'a>(
    history: &'a [PrintedLevels],
    answers: &LevelAnswers,
    fresh: &BTreeMap<SourceCode, String>,
    least: usize,
) -> Option<&'a PrintedLevels> {
    let mut latest_first = history.iter().rev();
    latest_first.find(|printed| printed.moved_little(answers, fresh, least))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_audience_is_looked_at_once_in_the_order_of_its_word() {
        let mut sorted = Audience::ALL;
        sorted.sort_by_key(|audience| audience.as_str());
        assert_eq!(BY_WORD, sorted);
    }

    #[test]
    fn a_level_told_alike_is_held_once_and_what_tells_nothing_is_not() {
        let mut codes = LevelCodes::default();
        let level = |value| ToldLevel {
            value,
            ..ToldLevel::default()
        };
        let mut told = || ToldLevels {
            respondents: BTreeMap::new(),
            fingerprints: BTreeMap::new(),
            figures: codes.figures([("B", level(Some(2.5))), ("A", level(None))].into_iter()),
        };
        let mut states = Vec::new();
        add_levels(&mut states, &told(), &[Audience::Equipe]);
        add_levels(&mut states, &told(), &[Audience::Elus]);
        assert_eq!(states.len(), 1);
        let [equipe, elus] = [Audience::Equipe, Audience::Elus]
            .map(|audience| states[0].told[audience as usize].clone().expect("told"));
        assert!(Arc::ptr_eq(&equipe, &elus));
        assert_eq!(equipe.len(), 1);
        assert!(holds_levels(&states, &told(), Audience::Elus));
        assert!(!holds_levels(&states, &told(), Audience::Familles));
        // Who was told nothing then repeats what others were.
        let repeated = states[0].told(
            Audience::Familles,
            "B",
            &LevelAnswers::default(),
            &ExactAnswers::default(),
        );
        assert_eq!(repeated.value, Some(2.5));
    }
}
