//! What the organiser decides, as an equation between the means of all sites: how many answered where is
//! known, and so are what documents and data say.

use observatoire::disclosure::{ClearedOrganiser, Shown};
use observatoire::figures::{FigureStatus, Level};
use observatoire::vocabulary::referentiel::SourceCode;

use super::knowledge::{Knowledge, printed};
use super::worlds::Campaign;

impl Knowledge {
    /// Learns the values printed of the territory, and those of the éléments beside them.
    pub(super) fn organiser(&mut self, campaign: &Campaign, told: &[ClearedOrganiser], era: &str) {
        for own in told {
            let whole = self.organiser_whole(campaign, &own.figure.code, era);
            if let Some(Shown::Value(value)) = own.figure.value {
                let (low, high) = printed(value);
                self.solver.learn(whole, low, high);
            }
            for element in &own.elements {
                let name = format!("OE|{era}|{}", element.code);
                if let Some(value) = element.value {
                    self.learn_level(&name, value);
                }
            }
        }
    }

    /// The unknown value of a critère, tied to its sources, its éléments, and the sites behind them.
    pub(super) fn organiser_whole(&mut self, campaign: &Campaign, code: &str, era: &str) -> usize {
        let whole = self.solver.level(&format!("OT|{era}|{code}"));
        let r = &campaign.referentiel;
        let Some(critere) = r.critere(code).map(|c| &r.criteres[c]) else {
            return whole;
        };
        let figure = |level, code: &str, source| {
            campaign
                .indicators
                .organiser_figure(level, code, Some(source))
        };
        let unseen = figure(Level::Source, code, SourceCode::Obs)
            .is_some_and(|f| f.status == FigureStatus::Absent);
        let mut sources = Vec::new();
        for source in SourceCode::ALL {
            let mut weight = critere.source_weights[source as usize];
            if source == SourceCode::Aut && unseen && r.rules.auto_remplace_obs {
                weight += critere.source_weights[SourceCode::Obs as usize];
            }
            if weight <= 0.0
                || figure(Level::Source, code, source).is_none_or(|f| f.value.is_none())
            {
                continue;
            }
            let mut parts = Vec::new();
            for element in critere.elements.iter().map(|&e| &r.elements[e]) {
                let value = figure(Level::Element, &element.code, source).and_then(|f| f.value);
                let Some(value) = value.filter(|_| element.source == source) else {
                    continue;
                };
                let unknown = self.solver.level(&format!("OE|{era}|{}", element.code));
                parts.push((unknown, element.weight));
                if source.is_questionnaire() {
                    self.organiser_sites(campaign, (unknown, &element.code, source), era);
                } else {
                    self.solver.learn(unknown, value, value);
                }
            }
            let name = format!("OS|{era}|{code}|{source}");
            let unknown = self.solver.level(&name);
            self.solver.mean(unknown, &parts);
            sources.push((unknown, weight));
        }
        if !sources.is_empty() {
            self.solver.mean(whole, &sources);
        }
        whole
    }

    /// An élément of a questionnaire is the mean of the sites, each by the number of its answers.
    fn organiser_sites(
        &mut self,
        campaign: &Campaign,
        (whole, code, source): (usize, &str, SourceCode),
        era: &str,
    ) {
        let mut parts = Vec::new();
        for structure in &campaign.structures {
            let site = &structure.code;
            let own = &campaign.indicators;
            let figure = own.get_source(site, Level::Element, code, Some(source));
            if let Some(figure) = figure.filter(|f| f.value.is_some()) {
                let unknown = self.solver.level(&format!("M|{era}|{site}|{code}"));
                parts.push((unknown, figure.n as f64));
            }
        }
        if !parts.is_empty() {
            self.solver.mean(whole, &parts);
        }
    }
}
