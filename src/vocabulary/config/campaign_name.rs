//! What a person calls a campaign: by its season (« automne 2026 »), by its month where another has the same season,
//! by its code where another has the same month too.

use super::settings::Campaign;
use crate::base::day::Day;
use crate::base::text::fold;

/// A campaign as it is said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CampaignName {
    /// « automne 2026 », « mai 2026 », « C1 ».
    pub name: String,
    /// When: « à l’automne 2026 », « en mai 2026 », « à C1 ».
    pub when: String,
}

/// Seasons by their month, and what goes before them.
const SEASONS: [(&str, &str); 4] = [
    ("hiver", "à l’"),
    ("printemps", "au "),
    ("été", "à l’"),
    ("automne", "à l’"),
];

/// The season that a month is in (December is a winter’s, that of the year it begins in).
fn season(day: Day) -> (&'static str, &'static str) {
    SEASONS[usize::from(day.date().month().unsigned_abs()) % 12 / 3]
}

/// « mai 2026 ».
fn month(day: Day) -> String {
    let long = day.long();
    long.split_once('\u{a0}')
        .map_or_else(|| long.clone(), |(_, month)| month.to_owned())
}

/// Another campaign than that of a code, of this name, whatever its capitals and accents.
pub(crate) fn namesake<'a>(all: &'a [Campaign], id: &str, label: &str) -> Option<&'a Campaign> {
    let own = fold(label);
    let mut others = all.iter().filter(|c| c.id != id);
    others.find(|c| fold(&c.label) == own)
}

impl Campaign {
    /// Its name, with its code and its days where another bears the same: « Suivi (C2, du 02/11/2026 au 18/12/2026) ».
    pub(crate) fn label_among(&self, all: &[Self]) -> String {
        if namesake(all, &self.id, &self.label).is_none() {
            return self.label.clone();
        }
        let (debut, fin) = (self.debut.short(), self.fin.short());
        format!("{} ({}, du {debut} au {fin})", self.label, self.id)
    }

    /// What this campaign is called among all those of the territory.
    pub fn called(&self, all: &[Self]) -> CampaignName {
        let same = |like: &dyn Fn(Day) -> String| {
            let own = like(self.debut);
            let alike = all.iter().filter(|c| like(c.debut) == own);
            (alike.count() <= 1).then_some(own)
        };
        let by_season = |day: Day| format!("{} {}", season(day).0, day.date().year());
        if let Some(name) = same(&by_season) {
            let when = format!("{}{name}", season(self.debut).1);
            return CampaignName { name, when };
        }
        if let Some(name) = same(&month) {
            let when = format!("en {name}");
            return CampaignName { name, when };
        }
        CampaignName {
            name: self.id.clone(),
            when: format!("à {}", self.id),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::day::on;

    fn campaign(id: &str, debut: &str) -> Campaign {
        Campaign {
            id: id.to_owned(),
            label: String::new(),
            debut: on(debut),
            fin: on(debut),
            referentiel: "v2".to_owned(),
            criteres: Vec::new(),
            sources: Vec::new(),
        }
    }

    #[test]
    fn campaigns_are_called_by_what_tells_them_apart() {
        let all = [
            campaign("C1", "2026-04-27"),
            campaign("C2", "2026-11-02"),
            campaign("C3", "2027-09-01"),
            campaign("C4", "2027-11-20"),
            campaign("C5", "2028-01-10"),
            campaign("C6", "2028-01-20"),
            campaign("C7", "2028-08-01"),
        ];
        let when: Vec<String> = all.iter().map(|c| c.called(&all).when).collect();
        assert_eq!(
            when,
            [
                "au printemps 2026",
                "à l’automne 2026",
                "en septembre 2027",
                "en novembre 2027",
                "à C5",
                "à C6",
                "à l’été 2028"
            ]
        );
        assert_eq!(all[1].called(&all).name, "automne 2026");
    }

    #[test]
    fn two_of_one_name_are_told_apart_by_code_and_days() {
        let labelled = |id: &str, debut: &str, label: &str| Campaign {
            label: label.to_owned(),
            ..campaign(id, debut)
        };
        let all = [
            labelled("C1", "2026-04-27", "État des lieux"),
            labelled("C2", "2027-04-27", "etat  des LIEUX"),
            labelled("C3", "2028-04-27", "Suivi"),
        ];
        let told = all.each_ref().map(|c| c.label_among(&all));
        assert_eq!(
            told,
            [
                "État des lieux (C1, du 27/04/2026 au 27/04/2026)",
                "etat  des LIEUX (C2, du 27/04/2027 au 27/04/2027)",
                "Suivi"
            ]
        );
    }
}
