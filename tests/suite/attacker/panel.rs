//! What is said of an axe over the sites of both campaigns: a mean of all of them, those whose own
//! level is hidden among them.

use observatoire::compare::{Side, compare};
use observatoire::disclosure::ClearedDelivery;
use observatoire::figures::Level;
use observatoire::vocabulary::referentiel::Axe;

use super::knowledge::{Knowledge, printed};
use super::worlds::Campaign;

impl Knowledge {
    /// What the second delivery says of the sites that it compares, taken together.
    pub fn panel(&mut self, before: &Campaign, after: &Campaign, delivery: &ClearedDelivery) {
        if delivery.territory.evolution.is_empty() {
            return;
        }
        let [first, second] = [before, after].map(|campaign| Side {
            indicators: &campaign.indicators,
            referentiel: &campaign.referentiel,
        });
        let lines = compare(first, second).value.lines;
        for said in &delivery.territory.evolution {
            let axe = after.referentiel.axes.iter().find(|a| a.code == said.code);
            let axe = axe.expect("an axe of the référentiel");
            let compared = lines.iter().filter(|line| {
                let is_axe = line.level == Level::Axe && line.code == said.code;
                is_axe && line.is_in_panel() && !line.structure.is_empty()
            });
            let sites: Vec<&str> = compared.map(|line| line.structure.as_str()).collect();
            for (era, value) in [("1", said.before), ("2", said.after)] {
                let parts = sites.iter().map(|site| {
                    let own = self.common_mean([before, after], (site, axe), era);
                    (own, 1.0)
                });
                let parts: Vec<(usize, f64)> = parts.collect();
                let mean = self.solver.level(&format!("P|{era}|{}", said.code));
                let (low, high) = printed(value);
                self.solver.learn(mean, low, high);
                self.solver.mean(mean, &parts);
            }
        }
    }

    /// The mean of a site over the critères of an axe that both campaigns value.
    fn common_mean(
        &mut self,
        campaigns: [&Campaign; 2],
        (site, axe): (&str, &Axe),
        era: &str,
    ) -> usize {
        let r = &campaigns[1].referentiel;
        let is_valued = |code: &str| {
            campaigns.iter().all(|campaign| {
                let figure = campaign.indicators.get(site, Level::Critere, code);
                figure.is_some_and(|f| f.value.is_some())
            })
        };
        let criteres = axe.criteres.iter().map(|c| &r.criteres[*c]);
        let parts: Vec<(usize, f64)> = criteres
            .filter(|critere| is_valued(&critere.code))
            .filter_map(|critere| {
                let level = self.compared_level(campaigns, site, &critere.code, era)?;
                Some((level, critere.weight))
            })
            .collect();
        let mean = self.solver.level(&format!("K|{era}|{site}|{}", axe.code));
        self.solver.mean(mean, &parts);
        mean
    }
}
