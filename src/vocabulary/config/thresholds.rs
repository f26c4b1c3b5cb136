//! From how many answers on a figure may be shown, by audience (`docs/domain.md` §7).

use std::collections::BTreeMap;
use std::ops::{Index, IndexMut};

use serde::Deserialize;

use crate::base::error::{Error, Result};
use crate::base::text::suggest;
use crate::vocabulary::Audience;
use crate::vocabulary::referentiel::SourceCode;

/// Thresholds of one audience.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Thresholds {
    /// Least number of families or children per site; 0 means never per site.
    pub repondants: usize,
    /// Least number of staff or teachers per site; 0 means never per site.
    pub equipe: usize,
    /// Least number of answers per sector or territory; 0 means never.
    pub territoire: usize,
    /// Least width, in levels, of what published figures leave possible for a hidden mean.
    pub marge_niveau: f64,
}

impl Thresholds {
    /// Least number of answers of a source at one site; 0 means never. People who work there, or
    /// next door at school, are few and known: they follow the threshold of staff.
    pub fn per_site(&self, source: SourceCode) -> usize {
        match source {
            SourceCode::Eqp | SourceCode::Ens => self.equipe,
            _ => self.repondants,
        }
    }
}

/// Thresholds of every audience.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct AudienceThresholds([Thresholds; Audience::ALL.len()]);

impl Index<Audience> for AudienceThresholds {
    type Output = Thresholds;

    fn index(&self, audience: Audience) -> &Thresholds {
        &self.0[audience as usize]
    }
}

impl IndexMut<Audience> for AudienceThresholds {
    fn index_mut(&mut self, audience: Audience) -> &mut Thresholds {
        &mut self.0[audience as usize]
    }
}

/// What the file may say of one audience: what it leaves out keeps its default.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawThresholds {
    repondants: Option<usize>,
    equipe: Option<usize>,
    territoire: Option<usize>,
    marge_niveau: Option<f64>,
}

/// One whole level of the scale 1 to 4: what remains possible must change what one would say.
const MARGIN: f64 = 1.0;
/// Insee shows no cell of fewer than three units: no file may ask for less.
const LEAST: usize = 3;
/// Thresholds that the file need not say (`docs/domain.md` §7). Partners and the département read the
/// renewal file and aggregates beside elected people; the booklet of practices goes to every team and
/// holds no answer of anyone.
fn default_of(audience: Audience) -> Thresholds {
    let (repondants, equipe, territoire) = match audience {
        Audience::Equipe => (5, 5, 5),
        Audience::Familles => (10, 0, 10),
        Audience::Elus | Audience::Renouvellement | Audience::Departement => (10, 0, 5),
        Audience::Pratiques => (0, 0, 0),
    };
    Thresholds {
        repondants,
        equipe,
        territoire,
        marge_niveau: MARGIN,
    }
}

/// Whether its readers also read what elected people are given.
fn reads_as_elus(audience: Audience) -> bool {
    matches!(audience, Audience::Renouvellement | Audience::Departement)
}

/// Thresholds of every audience: the file over the defaults. What is not said of the renewal file and
/// of aggregates follows the elected people, since the same persons read both.
pub(super) fn of_all(
    name: &str,
    raw: &BTreeMap<String, RawThresholds>,
) -> Result<AudienceThresholds> {
    let known = Audience::ALL.map(Audience::as_str);
    for audience in raw.keys() {
        if !known.contains(&audience.as_str()) {
            let near = suggest(audience, known);
            return Err(Error::Config(format!(
                "{name} : public « {audience} » inconnu{} ; admis : {}.",
                near.best_clause(),
                known.join(", ")
            )));
        }
    }
    let mut all = AudienceThresholds(Audience::ALL.map(default_of));
    // In this order elected people come before who reads as they do.
    for audience in Audience::ALL {
        let mut own = all[audience];
        if reads_as_elus(audience) {
            own = all[Audience::Elus];
        }
        if let Some(said) = raw.get(audience.as_str()) {
            own.repondants = said.repondants.unwrap_or(own.repondants);
            own.equipe = said.equipe.unwrap_or(own.equipe);
            own.territoire = said.territoire.unwrap_or(own.territoire);
            own.marge_niveau = said.marge_niveau.unwrap_or(own.marge_niveau);
        }
        check(name, audience.as_str(), &own)?;
        all[audience] = own;
    }
    Ok(all)
}

fn check(name: &str, audience: &str, own: &Thresholds) -> Result<()> {
    let counts = [
        ("repondants", own.repondants),
        ("equipe", own.equipe),
        ("territoire", own.territoire),
    ];
    if let Some((key, value)) = counts.iter().find(|(_, n)| (1..LEAST).contains(n)) {
        return Err(Error::Config(format!(
            "{name} : publics.{audience} : {key} = {value} ; un seuil est d’au moins {LEAST} réponses, ou 0 pour ne jamais montrer."
        )));
    }
    if !(0.0..=3.0).contains(&own.marge_niveau) {
        return Err(Error::Config(format!(
            "{name} : publics.{audience} : marge_niveau est un nombre de niveaux, de 0 à 3."
        )));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<AudienceThresholds> {
        let raw: BTreeMap<String, RawThresholds> =
            toml::from_str(text).map_err(|e| Error::Config(e.to_string()))?;
        of_all("observatoire.toml", &raw)
    }

    #[test]
    fn the_renewal_file_follows_elected_people_unless_told_otherwise() {
        let all = read("[elus]\nrepondants = 15").expect("thresholds");
        assert_eq!(all[Audience::Renouvellement].repondants, 15);
        let all = read("[elus]\nrepondants = 15\n[renouvellement]\nrepondants = 20").expect("both");
        assert_eq!(all[Audience::Renouvellement].repondants, 20);
        assert_eq!(all[Audience::Departement].repondants, 15);
        assert_eq!(all[Audience::Familles].territoire, 10);
    }

    #[test]
    fn teachers_count_as_staff() {
        let all = read("").expect("defaults");
        assert_eq!(all[Audience::Elus].per_site(SourceCode::Ens), 0);
        assert_eq!(all[Audience::Elus].per_site(SourceCode::Enf), 10);
    }

    #[test]
    fn a_threshold_that_shows_one_person_is_refused() {
        let said = read("[equipe]\nequipe = 1")
            .expect_err("one person")
            .to_string();
        assert!(said.contains("publics.equipe : equipe = 1"), "{said}");
        let said = read("[elu]\nequipe = 5").expect_err("a typo").to_string();
        assert!(said.contains("le plus proche est « elus »"), "{said}");
    }
}
