//! The parameter file as written: keys in French, unknown ones refused.

use serde::Deserialize;

use super::MixedAges;
use crate::vocabulary::referentiel::PedtTime;
use crate::vocabulary::referentiel::ids::StructureType;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawRegulation {
    pub version: String,
    pub en_vigueur: String,
    #[serde(default)]
    pub verifie_le: String,
    pub ages_melanges: MixedAges,
    #[serde(default)]
    pub ages_melanges_repondu_le: String,
    pub duree_longue_h: f64,
    pub encadrement: Vec<RawRatio>,
    pub pedt: RawPedt,
    pub intervenants: RawSpeakers,
    pub directeur: RawDirector,
    pub capacite: RawText,
    pub effectif_maximal: RawMost,
    pub accueil_de_loisirs: RawDefinition,
    pub qualification: RawQualification,
    pub direction: RawDirection,
    pub baignade: RawBathing,
    #[serde(default)]
    pub articles: Vec<RawArticle>,
}

/// Where a rule stands, and when somebody read it there.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawText {
    pub article: String,
    pub source: String,
    pub verifie_le: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawRatio {
    pub situation: String,
    pub moins6: u32,
    pub plus6: u32,
    pub article: String,
    pub source: String,
    pub verifie_le: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawPedt {
    pub article: String,
    pub source: String,
    pub verifie_le: String,
    #[serde(default)]
    pub taux_local: Vec<RawLocalRatio>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawLocalRatio {
    pub temps: PedtTime,
    pub moins6: u32,
    pub plus6: u32,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawSpeakers {
    pub animateurs_presents_min: u32,
    pub article: String,
    pub source: String,
    pub verifie_le: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawDirector {
    pub compte_si_organise_pour_au_plus: u32,
    pub article: String,
    pub source: String,
    pub verifie_le: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawMost {
    pub maximum: u32,
    pub article: String,
    pub source: String,
    pub verifie_le: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawDefinition {
    pub mineurs_min: u32,
    pub jours_an_min: u32,
    pub heures_jour_min: u32,
    pub heures_jour_min_pedt: u32,
    pub article: String,
    pub source: String,
    pub verifie_le: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawQualification {
    pub qualifies_min: String,
    pub non_qualifies_max: String,
    pub non_qualifies_exception: Vec<u32>,
    pub article: String,
    pub source: String,
    pub verifie_le: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawDirection {
    pub jours: u32,
    pub mineurs: u32,
    pub diplomes_professionnels: Vec<String>,
    pub article: String,
    pub source: String,
    pub verifie_le: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawBathing {
    pub moins6: u32,
    pub plus6: u32,
    pub article: String,
    pub source: String,
    pub verifie_le: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawArticle {
    pub article: String,
    pub objet: String,
    pub types: Option<Vec<StructureType>>,
    pub source: String,
    #[serde(default)]
    pub lecture: HowRead,
    pub verifie_le: String,
}

/// How an article was read by who wrote the file.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum HowRead {
    /// Its own words.
    Texte,
    /// As a service of the State, a publisher or a guide sums it up.
    Guide,
    /// Known, not read again.
    #[default]
    Memoire,
}
