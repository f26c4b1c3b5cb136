//! The tables of a territory's own layer: as `grids/local.toml` has them, and as those that hold in a campaign are kept
//! at the end of the référentiel that it was read with. Keys in the users' own French.

use serde::{Deserialize, Serialize};

use super::ids::{SourceCode, StructureType};
use super::moment::VisitMoment;
use super::origin::AgeBand;
use crate::base::day::Day;

/// The four tables.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct LocalTables {
    /// Targets.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub cibles: Vec<TargetEntry>,
    /// Critères that do not apply.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sans_objet: Vec<AsideEntry>,
    /// Sentences said otherwise.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub reformulations: Vec<RewordingEntry>,
    /// Éléments of the territory's own.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub ajouts: Vec<AdditionEntry>,
}

impl LocalTables {
    /// Whether nothing is written.
    pub(crate) fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// A target, from the day that an instance decided it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct TargetEntry {
    /// Of a critère or of an axe.
    pub code: String,
    /// In levels.
    pub cible: f64,
    /// The day.
    pub decision: Day,
    /// « COPIL ».
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub instance: String,
}

/// A critère that does not apply.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct AsideEntry {
    /// Its code.
    pub critere: String,
    /// Why.
    pub motif: String,
    /// Why the rule of law that it holds is not at stake.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub regle: String,
    /// The day.
    pub decision: Day,
    /// « COPIL ».
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub instance: String,
    /// The day from which it applies again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retire: Option<Day>,
}

/// A sentence said otherwise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RewordingEntry {
    /// Code of the élément.
    pub element: String,
    /// What people read.
    pub phrase: String,
    /// Campaigns that begin then or later ask it.
    pub depuis: Day,
}

/// An élément of the territory's own.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct AdditionEntry {
    /// Code of its critère.
    pub critere: String,
    /// Its own, `REL-2-OBS-L1`.
    pub code: String,
    /// Who answers.
    pub source: SourceCode,
    /// How.
    pub echelle: String,
    /// What people read.
    pub phrase: String,
    /// Campaigns that begin then or later ask it.
    pub depuis: Day,
    /// Campaigns that begin then or later ask it no more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retire: Option<Day>,
    /// Weight inside the source score.
    #[serde(default = "one")]
    pub poids: f64,
    /// Types of accueil asked; all of those of the critère otherwise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub types: Option<Vec<StructureType>>,
    /// OBS: when it is seen.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub moments: Vec<VisitMoment>,
    /// What each of four levels looks like.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ancres: Option<[String; 4]>,
    /// ENF: whom it is for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ages: Option<AgeBand>,
}

fn one() -> f64 {
    1.0
}

/// Whether a code is of the form that only a layer may give: its last part is L and a number, `REL-2-OBS-L1`.
pub(crate) fn is_local_code(code: &str) -> bool {
    let last = code.rsplit('-').next().unwrap_or("");
    let number = last.strip_prefix('L').unwrap_or("");
    code.contains('-')
        && !number.is_empty()
        && !number.starts_with('0')
        && number.chars().all(|c| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::is_local_code;
    use crate::vocabulary::referentiel::{embedded, parse};

    #[test]
    fn no_shipped_code_is_of_the_form_that_a_layer_gives() {
        let r = parse("v2", embedded()).expect("the shipped one");
        for element in &r.elements {
            assert!(!is_local_code(&element.code), "{}", element.code);
        }
        for (code, is_local) in [
            ("REL-2-OBS-L1", true),
            ("REL-2-OBS-L12", true),
            ("REL-2-OBS-L01", false),
            ("REL-2-OBS-L", false),
            ("REL-2-OBS-1", false),
            ("L1", false),
        ] {
            assert_eq!(is_local_code(code), is_local, "{code}");
        }
    }
}
