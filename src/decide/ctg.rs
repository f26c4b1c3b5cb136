//! The two indicators that the convention territoriale globale asks for: participation of the teams
//! in trainings and campaigns (I11, I12), recommendations integrated into the projets pédagogiques
//! ou de fonctionnement (I20); per site, for the territory, campaign after campaign. Counts add up,
//! so that the territory is the sum of its sites and not a mean of shares.

use std::collections::BTreeSet;

use crate::base::tabular::{Field, Heading, Table};
use crate::figures::{Indicators, Level};

/// So many out of so many.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Part {
    /// Numerator.
    pub n: usize,
    /// Denominator; 0 when it is not known.
    pub of: usize,
}

impl Part {
    /// n / of, 0..1; none when the denominator is missing.
    pub fn share(self) -> Option<f64> {
        (self.of > 0).then(|| self.n as f64 / self.of as f64)
    }

    /// Nothing at all when the denominator is missing.
    fn fields(self) -> [Field; 3] {
        match self.share() {
            None => [Field::Empty, Field::Empty, Field::Empty],
            share => [
                Field::Whole(self.n as i64),
                Field::Whole(self.of as i64),
                Field::decimal(share),
            ],
        }
    }

    fn add(&mut self, other: Self) {
        self.n += other.n;
        self.of += other.of;
    }
}

/// Both indicators, of a site or of the territory.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Ctg {
    /// Animateurs trained in the year / animateurs (I11).
    pub formations: Part,
    /// Teams that returned their self-assessment / teams invited (I12a).
    pub equipes: Part,
    /// Animateurs who answered / animateurs (I12b).
    pub animateurs: Part,
    /// Recommendations integrated / issued (I20).
    pub recommandations: Part,
}

impl Ctg {
    fn add(&mut self, other: &Self) {
        self.formations.add(other.formations);
        self.equipes.add(other.equipes);
        self.animateurs.add(other.animateurs);
        self.recommandations.add(other.recommandations);
    }
}

/// Both indicators of one structure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SiteCtg {
    /// Structure code.
    pub structure: String,
    /// Its parts.
    pub ctg: Ctg,
}

/// Both indicators at one campaign.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CtgMoment {
    /// Campaign id.
    pub campagne: String,
    /// Structures active in it, by code.
    pub sites: Vec<SiteCtg>,
    /// Sum of the sites whose denominator is known; a site that has closed since is not among them.
    pub territoire: Ctg,
}

/// Both indicators campaign after campaign, in the order given.
pub fn ctg<'a>(campaigns: impl IntoIterator<Item = &'a Indicators>) -> Vec<CtgMoment> {
    campaigns.into_iter().map(moment).collect()
}

fn moment(indicators: &Indicators) -> CtgMoment {
    let figures = indicators.figures().iter();
    let codes: BTreeSet<&str> = figures.map(|f| f.structure.as_str()).collect();
    let mut moment = CtgMoment {
        campagne: indicators.campagne.clone(),
        ..CtgMoment::default()
    };
    for code in codes {
        let ctg = site(indicators, code);
        moment.territoire.add(&ctg);
        moment.sites.push(SiteCtg {
            structure: code.to_owned(),
            ctg,
        });
    }
    moment
}

fn site(indicators: &Indicators, structure: &str) -> Ctg {
    let part = |code: &str| {
        let figure = indicators.get(structure, Level::Activite, code);
        let known = figure.filter(|f| f.value.is_some());
        known.map_or_else(Part::default, |f| Part {
            n: f.n,
            of: f.expected,
        })
    };
    Ctg {
        formations: part("I11"),
        equipes: part("I12a"),
        animateurs: part("I12b"),
        recommandations: part("I20"),
    }
}

/// The territory then each structure, campaign after campaign: counts and shares. `structure` is
/// empty for the territory. A site's own figures are for the convention's file, not for publication.
pub fn ctg_table(moments: &[CtgMoment]) -> Table {
    let parts = [
        ("animateurs_formes", "animateurs", "taux_formation"),
        ("equipes_participantes", "equipes", "taux_equipes"),
        (
            "animateurs_repondants",
            "animateurs_invites",
            "taux_animateurs",
        ),
        (
            "recommandations_integrees",
            "recommandations_emises",
            "taux_recommandations",
        ),
    ];
    let mut columns = vec![Heading::text("campagne"), Heading::text("structure")];
    for (n, of, share) in parts {
        columns.extend([
            Heading::whole(n),
            Heading::whole(of),
            Heading::decimal(share),
        ]);
    }
    let mut rows = Vec::new();
    for moment in moments {
        let sites = moment.sites.iter().map(|s| (s.structure.as_str(), &s.ctg));
        for (structure, ctg) in std::iter::once(("", &moment.territoire)).chain(sites) {
            let text = |t: &str| Field::Text(t.to_owned());
            let mut row = vec![text(&moment.campagne), text(structure)];
            for part in [
                ctg.formations,
                ctg.equipes,
                ctg.animateurs,
                ctg.recommandations,
            ] {
                row.extend(part.fields());
            }
            rows.push(row);
        }
    }
    Table::new("Indicateurs CTG", columns, rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_territory_adds_up_its_sites() {
        let mut all = Ctg::default();
        for (n, of) in [(1, 2), (0, 0), (8, 8)] {
            all.add(&Ctg {
                recommandations: Part { n, of },
                ..Ctg::default()
            });
        }
        // 9 of 10, where the mean of the shares would say 75 %.
        assert_eq!(all.recommandations.share(), Some(0.9));
        assert_eq!(all.formations.share(), None);
    }
}
