//! The closed vocabularies: who speaks (source) and what kind of accueil (type).

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// Who speaks. The order is that of every table and sum.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    strum::IntoStaticStr,
)]
#[serde(rename_all = "UPPERCASE")]
#[strum(serialize_all = "UPPERCASE")]
pub enum SourceCode {
    /// External observation visit.
    Obs,
    /// Self-assessment by the whole team.
    Aut,
    /// Interview of the director, with documents.
    Dir,
    /// Families' questionnaire.
    Fam,
    /// Children's questionnaire.
    Enf,
    /// Staff questionnaire.
    Eqp,
    /// Teachers' questionnaire.
    Ens,
    /// Activity and staff data.
    Don,
}

impl SourceCode {
    /// All of them, in order.
    pub const ALL: [Self; 8] = [
        Self::Obs,
        Self::Aut,
        Self::Dir,
        Self::Fam,
        Self::Enf,
        Self::Eqp,
        Self::Ens,
        Self::Don,
    ];

    /// The three letters used in codes and exports.
    pub fn as_str(self) -> &'static str {
        self.into()
    }

    /// What a person reads.
    pub fn label(self) -> &'static str {
        match self {
            Self::Obs => "observation externe",
            Self::Aut => "auto-évaluation de l’équipe",
            Self::Dir => "entretien avec la direction",
            Self::Fam => "questionnaire aux familles",
            Self::Enf => "questionnaire aux enfants",
            Self::Eqp => "questionnaire à l’équipe",
            Self::Ens => "questionnaire aux écoles",
            Self::Don => "données d’activité",
        }
    }

    /// Whether its éléments decide an impératif: what is seen, shown or measured.
    pub fn counts_for_imperatif(self) -> bool {
        matches!(self, Self::Obs | Self::Dir | Self::Don)
    }

    /// Whether answers come from anonymous respondents (thresholds on their number apply).
    pub fn is_questionnaire(self) -> bool {
        matches!(self, Self::Fam | Self::Enf | Self::Eqp | Self::Ens)
    }
}

impl fmt::Display for SourceCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for SourceCode {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let wanted = text.trim();
        Self::ALL
            .into_iter()
            .find(|s| s.as_str().eq_ignore_ascii_case(wanted))
            .ok_or(())
    }
}

/// Kind of accueil, from the registry (CASF R.227-1 for the declared ones).
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    strum::IntoStaticStr,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum StructureType {
    /// Holidays only.
    Extrascolaire,
    /// Wednesdays only.
    Mercredi,
    /// Wednesdays and holidays.
    Mixte,
    /// Before and after school, without the midday meal.
    Periscolaire,
    /// Before and after school, with the midday meal.
    PeriscolaireRepas,
    /// Childcare outside the law of accueils collectifs de mineurs.
    NonDeclaree,
}

impl StructureType {
    /// All of them, in order.
    pub const ALL: [Self; 6] = [
        Self::Extrascolaire,
        Self::Mercredi,
        Self::Mixte,
        Self::Periscolaire,
        Self::PeriscolaireRepas,
        Self::NonDeclaree,
    ];

    /// The word of the registry and of the référentiel.
    pub fn as_str(self) -> &'static str {
        self.into()
    }

    /// What a person reads.
    pub fn label(self) -> &'static str {
        match self {
            Self::Extrascolaire => "accueil de loisirs des vacances",
            Self::Mercredi => "accueil de loisirs du mercredi",
            Self::Mixte => "accueil de loisirs, mercredis et vacances",
            Self::Periscolaire => "accueil périscolaire",
            Self::PeriscolaireRepas => "accueil périscolaire avec repas",
            Self::NonDeclaree => "garderie non déclarée",
        }
    }
}

impl FromStr for StructureType {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let wanted = text.trim();
        Self::ALL
            .into_iter()
            .find(|t| t.as_str().eq_ignore_ascii_case(wanted))
            .ok_or(())
    }
}

/// A set of types of accueil: where a critère or an élément applies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct TypeSet(u8);

impl TypeSet {
    /// Every type.
    pub const ALL: Self = Self(0b11_1111);
    /// No type.
    pub const NONE: Self = Self(0);

    /// One bit per type, in their order: how a set is kept in a table of whole numbers.
    pub(crate) fn bits(self) -> u8 {
        self.0
    }

    /// Whether the type is in the set.
    pub fn contains(self, kind: StructureType) -> bool {
        self.0 & (1 << kind as u8) != 0
    }

    /// What is in both.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// Whether nothing is in the set.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The types of the set, in order.
    pub fn iter(self) -> impl Iterator<Item = StructureType> {
        StructureType::ALL
            .into_iter()
            .filter(move |t| self.contains(*t))
    }
}

impl FromIterator<StructureType> for TypeSet {
    fn from_iter<I: IntoIterator<Item = StructureType>>(types: I) -> Self {
        Self(
            types
                .into_iter()
                .fold(0, |bits, kind| bits | 1 << kind as u8),
        )
    }
}
