//! Levels that repeat what was printed, and what is made of them.

use std::collections::BTreeSet;

use super::earlier_editions::EarlierEditions;
use super::kept_levels::fingerprints;
use super::log_key::LogKey;
use super::printed_levels::nearly_the_same;
use super::repeated_answers::InsteadOfTodays;
use super::told_level::ToldLevel;
use crate::disclosure::cleared::{
    AxeEvolution, ClearedDelivery, ClearedFigure, ClearedSite, ClearedTerritory, ExactAnswers,
    FigurePlace, LevelAnswers, Mask, NotCounted, Shown, SiteAxe, TerritoryMean, figures_of,
};
use crate::disclosure::decide::printed_level;
use crate::vocabulary::Audience;

/// What was printed, and the key of its fingerprints.
pub(crate) struct LevelMemory<'a> {
    pub(crate) earlier: EarlierEditions<'a>,
    pub(crate) key: Option<&'a LogKey>,
    pub(crate) audience: Audience,
}

impl LevelMemory<'_> {
    /// Sites of a delivery that must repeat earlier answers.
    pub(crate) fn repeating(&self, delivery: &ClearedDelivery) -> BTreeSet<String> {
        let sites = delivery.sites.iter().map(|site| &site.structure);
        let repeating = sites.filter(|site| self.repeats(&delivery.exact, site));
        repeating.cloned().collect()
    }

    fn repeats(&self, exact: &ExactAnswers, structure: &str) -> bool {
        let history = self.earlier.levels(structure);
        let answers = exact.levels.get(structure).filter(|_| !history.is_empty());
        answers.is_some_and(|answers| {
            let fresh = fingerprints(answers, self.key);
            nearly_the_same(&history, answers, &fresh, exact.least).is_some()
        })
    }

    /// Puts back the levels of the sites where too few answers changed; how many figures it
    /// changes.
    pub(crate) fn restore(&self, delivery: &mut ClearedDelivery) -> usize {
        let mut count = 0;
        let mut touched = Vec::new();
        for site in &mut delivery.sites {
            if let Some(answers) = delivery.exact.levels.get(&site.structure) {
                let codes = self.put_back(site, answers, &delivery.exact);
                site.repeats |= !codes.is_empty();
                count += codes.len();
                touched.extend(codes);
            }
        }
        if !touched.is_empty() {
            count += self.restore_territory(&mut delivery.territory, &delivery.sites, &touched);
        }
        count
    }

    /// Codes of the figures of a site that change.
    fn put_back(
        &self,
        site: &mut ClearedSite,
        answers: &LevelAnswers,
        exact: &ExactAnswers,
    ) -> Vec<String> {
        let history = self.earlier.levels(&site.structure);
        if history.is_empty() {
            return Vec::new();
        }
        let fresh = fingerprints(answers, self.key);
        let whole = nearly_the_same(&history, answers, &fresh, exact.least);
        let mut changed = Vec::new();
        let mut hidden = Vec::new();
        for figure in site.criteres.iter_mut().chain(&mut site.axes) {
            let Some(sources) = exact.carried_by.get(&figure.code) else {
                continue;
            };
            let earlier = match whole {
                Some(printed) if printed.rests_on(sources, answers) => {
                    printed.told(self.audience, &figure.code, answers, exact)
                }
                // What it said no longer holds, and what it would say now is withheld.
                None if (history.iter()).any(|p| p.tells_hidden(sources, answers, exact)) => {
                    ToldLevel::default()
                }
                _ => continue,
            };
            if earlier.put_back(figure) {
                changed.push(figure.code.clone());
            }
            if !matches!(figure.value, Some(Shown::Value(_))) {
                hidden.push(figure.code.clone());
            }
        }
        // Nothing is put forward of a figure that is not told.
        site.strengths
            .retain(|advice| !hidden.contains(&advice.code));
        site.priorities
            .retain(|advice| !hidden.contains(&advice.code));
        site.practices.retain(|code| !hidden.contains(code));
        changed
    }

    /// What is made of the figures of sites: from what is printed of them, where any repeats.
    fn restore_territory(
        &self,
        territory: &mut ClearedTerritory,
        sites: &[ClearedSite],
        touched: &[String],
    ) -> usize {
        for row in &mut territory.sites {
            if let Some(site) = sites.iter().find(|s| s.structure == row.structure) {
                row.axes = site.axes.iter().map(site_axe).collect();
            }
        }
        let mut count = 0;
        for mean in territory.axes.iter_mut().chain(&mut territory.criteres) {
            if touched.contains(&mean.figure.code) {
                count += usize::from(mean_of_printed(mean, sites));
            }
        }
        territory.criteres.retain(|mean| mean.sites > 0);
        self.restore_evolution(territory, touched);
        territory.recount(sites);
        count
    }

    /// What the organiser decides, as it was last printed where a total that it is made of repeats; kept back
    /// where it was not. How many figures change.
    pub(crate) fn restore_organiser(
        &self,
        territory: &mut ClearedTerritory,
        instead: &InsteadOfTodays,
    ) -> usize {
        let told = self.earlier.printed.territory(self.audience);
        let repeats = |code: &String| instead.at(&FigurePlace::Territory, code).is_some();
        let mut count = 0;
        for own in &mut territory.organiser {
            if !own.questions.iter().any(repeats) {
                continue;
            }
            let before = own.figure.clone();
            match told.and_then(|told| told.get(&own.figure.code)) {
                Some(earlier) => {
                    earlier.put_back(&mut own.figure);
                    own.elements.clear();
                }
                None => own.withhold(Mask::Derivable),
            }
            count += usize::from(own.figure != before);
        }
        count
    }

    /// The evolution of the panel as it was last printed; silent where it was not.
    fn restore_evolution(&self, territory: &mut ClearedTerritory, touched: &[String]) {
        let told = self.earlier.printed.territory(self.audience);
        let mut silent = Vec::new();
        territory.evolution.retain_mut(|line| {
            if !touched.contains(&line.code) {
                return true;
            }
            let earlier = told.and_then(|told| told.get(&line.code));
            let is_told = earlier.is_some_and(|earlier| put_back_line(line, earlier));
            if !is_told {
                silent.push(line.code.clone());
            }
            is_told
        });
        for mean in &mut territory.axes {
            let code = &mean.figure.code;
            let line = territory.evolution.iter().find(|e| e.code == *code);
            mean.figure.previous = line.map(|e| e.before);
        }
        territory.silent.extend(silent);
    }
}

fn site_axe(figure: &ClearedFigure) -> SiteAxe {
    SiteAxe {
        code: figure.code.clone(),
        value: figure.value,
        status: figure.status,
    }
}

/// The mean of what is printed of the sites; whether it changes.
fn mean_of_printed(mean: &mut TerritoryMean, sites: &[ClearedSite]) -> bool {
    let code = &mean.figure.code;
    let figures = sites
        .iter()
        .filter_map(|s| s.criteres.iter().chain(&s.axes).find(|f| f.code == *code));
    let values: Vec<f64> = figures
        .filter_map(|f| f.value.as_ref().and_then(Shown::value))
        .collect();
    let average = values.iter().sum::<f64>() / values.len().max(1) as f64;
    let value = if values.is_empty() {
        Shown::Masked(Mask::Derivable)
    } else {
        Shown::Value(printed_level(average, mean.figure.target).value)
    };
    let changes = mean.figure.value != Some(value);
    mean.sites = values.len();
    mean.left_out = NotCounted::of(figures_of(sites, &mean.figure.code));
    mean.figure.value = Some(value);
    changes
}

fn put_back_line(line: &mut AxeEvolution, earlier: &ToldLevel) -> bool {
    let mut figure = line_figure(line);
    earlier.put_back(&mut figure);
    let told = (figure.previous, figure.value, figure.evolution);
    let (Some(before), Some(Shown::Value(after)), Some(change)) = told else {
        return false;
    };
    line.before = before;
    line.after = after;
    line.change = change;
    true
}

/// The evolution of an axe over the territory, as a figure.
pub(crate) fn line_figure(line: &AxeEvolution) -> ClearedFigure {
    ClearedFigure {
        code: line.code.clone(),
        label: line.label.as_str().into(),
        axe: line.code.clone(),
        value: Some(Shown::Value(line.after)),
        previous: Some(line.before),
        target: 0.0,
        status: crate::figures::FigureStatus::Ok,
        fragile: false,
        evolution: Some(line.change.clone()),
    }
}
