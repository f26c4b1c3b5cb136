//! What the convention territoriale globale asks of its observatory (O1–O3): participation of the teams in its
//! trainings and campaigns, recommendations integrated into the projets pédagogiques ou de fonctionnement; per
//! site, for the territory, campaign after campaign. Counts add up, so that the territory is the sum of its
//! sites and not a mean of shares.

use std::collections::{BTreeMap, BTreeSet};

use crate::base::tabular::{Field, Heading, Table};
use crate::figures::{Figure, Indicators, Level, convention};
use crate::vocabulary::referentiel::{ActivityCode, TRAININGS_UNKNOWN};

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
}

/// The indicators of a site or of the territory, those whose denominator is known.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ctg {
    parts: BTreeMap<ActivityCode, Part>,
    /// Whether answers of the members of a team are among what is judged (O2).
    pub counts_staff: bool,
    /// Whether they would be, had anyone said how many the team are.
    pub lacks_headcount: bool,
}

impl Ctg {
    /// An indicator; 0 of 0 when it is not known.
    pub fn part(&self, code: ActivityCode) -> Part {
        self.parts.get(&code).copied().unwrap_or_default()
    }

    fn of<'a>(figures: impl IntoIterator<Item = &'a Figure>) -> Self {
        let mut ctg = Self::default();
        for figure in figures {
            let Ok(code) = figure.code.parse::<ActivityCode>() else {
                continue;
            };
            if code == ActivityCode::I12b {
                ctg.counts_staff = figure.value.is_some();
                ctg.lacks_headcount = figure.expected == 0;
            }
            if figure.value.is_none() {
                continue;
            }
            if code.is_of_convention() {
                let (n, of) = (figure.n, figure.expected);
                ctg.parts.insert(code, Part { n, of });
            }
        }
        ctg
    }
}

/// The indicators of one structure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SiteCtg {
    /// Structure code.
    pub structure: String,
    /// Its parts.
    pub ctg: Ctg,
}

/// The indicators at one campaign.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CtgMoment {
    /// Campaign id.
    pub campagne: String,
    /// Structures active in it, by code.
    pub sites: Vec<SiteCtg>,
    /// Sum of the sites whose denominator is known; a site that has closed since is not among them.
    pub territoire: Ctg,
}

impl CtgMoment {
    /// Sites whose team is asked for its answers and has no known headcount: the rest alone is judged.
    pub fn without_headcount(&self, code: ActivityCode) -> usize {
        let sites = self.sites.iter().filter(|s| s.ctg.lacks_headcount);
        if code == ActivityCode::O2 {
            sites.count()
        } else {
            0
        }
    }

    /// Sites whose part rests on how many of a team answered.
    pub fn staffed(&self, code: ActivityCode) -> usize {
        if !matches!(code, ActivityCode::O2 | ActivityCode::O2b) {
            return 0;
        }
        let sites = self.sites.iter();
        let staffed = sites.filter(|s| s.ctg.counts_staff && s.ctg.part(code).of > 0);
        staffed.count()
    }
}

/// The indicators campaign after campaign, in the order given.
pub fn ctg<'a>(campaigns: impl IntoIterator<Item = &'a Indicators>) -> Vec<CtgMoment> {
    campaigns.into_iter().map(moment).collect()
}

fn moment(indicators: &Indicators) -> CtgMoment {
    let figures = indicators.figures().iter();
    let codes: BTreeSet<&str> = figures.map(|f| f.structure.as_str()).collect();
    let of_site = |code: &str| {
        let own = indicators.of(code).iter();
        Ctg::of(own.filter(|f| f.level == Level::Activite))
    };
    CtgMoment {
        campagne: indicators.campagne.clone(),
        sites: (codes.into_iter())
            .map(|code| SiteCtg {
                structure: code.to_owned(),
                ctg: of_site(code),
            })
            .collect(),
        territoire: Ctg::of(&convention(indicators)),
    }
}

/// Columns of an indicator: what is counted, out of what, the share.
const COLUMNS: [(ActivityCode, [&str; 3]); 4] = [
    (
        ActivityCode::O1,
        ["equipes_formees", "equipes_invitees", "taux_formation"],
    ),
    (
        ActivityCode::O2,
        ["equipes_participantes", "equipes", "taux_equipes"],
    ),
    (
        ActivityCode::O2b,
        ["equipes_un_retour", "equipes_attendues", "taux_un_retour"],
    ),
    (
        ActivityCode::O3,
        [
            "recommandations_integrees",
            "recommandations_emises",
            "taux_recommandations",
        ],
    ),
];

/// The territory then each structure, campaign after campaign: counts and shares, then what is missing of the
/// territory. `structure` is empty for the territory. A site's own figures are for the convention's file, not
/// for publication.
pub fn ctg_table(moments: &[CtgMoment]) -> Table {
    let mut columns = vec![Heading::text("campagne"), Heading::text("structure")];
    for (_, [n, of, share]) in COLUMNS {
        columns.extend([
            Heading::whole(n),
            Heading::whole(of),
            Heading::decimal(share),
        ]);
    }
    columns.push(Heading::text("remarque"));
    let mut rows = Vec::new();
    for moment in moments {
        let sites = moment.sites.iter().map(|s| (s.structure.as_str(), &s.ctg));
        for (structure, ctg) in std::iter::once(("", &moment.territoire)).chain(sites) {
            let text = |t: &str| Field::Text(t.to_owned());
            let mut row = vec![text(&moment.campagne), text(structure)];
            for (code, _) in COLUMNS {
                row.extend(ctg.part(code).fields());
            }
            row.push(if structure.is_empty() {
                Field::Text(format!("O1 non calculable : {TRAININGS_UNKNOWN}."))
            } else {
                Field::Empty
            });
            rows.push(row);
        }
    }
    Table::new("Indicateurs CTG", columns, rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_without_denominator_is_no_zero() {
        let known = Part { n: 0, of: 4 };
        assert_eq!(known.share(), Some(0.0));
        assert_eq!(Part::default().share(), None);
        assert_eq!(
            Part::default().fields(),
            [Field::Empty, Field::Empty, Field::Empty]
        );
        assert_eq!(Ctg::default().part(ActivityCode::O1), Part::default());
    }

    #[test]
    fn every_indicator_of_the_convention_has_its_columns() {
        let codes: Vec<ActivityCode> = COLUMNS.iter().map(|(code, _)| *code).collect();
        assert_eq!(codes, ActivityCode::OF_CONVENTION);
        let moment = CtgMoment::default();
        assert_eq!(ctg_table(&[moment]).rows.len(), 1);
    }
}
