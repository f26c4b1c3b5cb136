//! What is measured of a territory (T01–T09), and at which times of a child's week.

use crate::convention::convention_words::ClosedWord;
use crate::vocabulary::referentiel::StructureType;

/// A measure of the territory.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum AccessMeasure {
    /// Children whose commune has an accueil.
    Covered,
    /// Children near an accueil.
    Near,
    /// Places for a hundred children.
    Places,
    /// Hours that are offered.
    Hours,
    /// Children who come.
    Use,
    /// Requests refused.
    Refusals,
    /// Hours of children with an AEEH.
    Aeeh,
    /// Accueils at their target, axe by axe.
    AtTarget,
    /// Favourable answers of families.
    Families,
}

impl ClosedWord for AccessMeasure {
    const ALL: &'static [Self] = &[
        Self::Covered,
        Self::Near,
        Self::Places,
        Self::Hours,
        Self::Use,
        Self::Refusals,
        Self::Aeeh,
        Self::AtTarget,
        Self::Families,
    ];

    fn key(self) -> &'static str {
        match self {
            Self::Covered => "T01",
            Self::Near => "T02",
            Self::Places => "T03",
            Self::Hours => "T04",
            Self::Use => "T05",
            Self::Refusals => "T06",
            Self::Aeeh => "T07",
            Self::AtTarget => "T08",
            Self::Families => "T09",
        }
    }

    fn label(self) -> &'static str {
        match self {
            Self::Covered => "part des enfants dont la commune a un accueil",
            Self::Near => "part des enfants près d’un accueil, à vol d’oiseau",
            Self::Places => "places pour 100 enfants",
            Self::Hours => "heures d’ouverture offertes",
            Self::Use => "recours : enfants accueillis ÷ enfants du territoire",
            Self::Refusals => "refus faute de place",
            Self::Aeeh => "heures d’accueil d’enfants bénéficiaires de l’AEEH",
            Self::AtTarget => "accueils à l’objectif, par axe",
            Self::Families => "réponses favorables des familles",
        }
    }
}

impl AccessMeasure {
    /// How it is computed, in one sentence.
    pub(crate) fn formula(self) -> &'static str {
        match self {
            Self::Covered => {
                "enfants de 3 à 11 ans des communes où un accueil déclaré est ouvert ce jour-là ÷ enfants de 3 à 11 ans du territoire"
            }
            Self::Near => {
                "enfants de 3 à 11 ans des communes dont le centre est à moins de cette distance, à vol d’oiseau, d’un accueil déclaré ouvert ÷ enfants du territoire"
            }
            Self::Places => {
                "100 × places des accueils déclarés ouverts qui les disent ÷ enfants de 3 à 11 ans du territoire"
            }
            Self::Hours => "heures de capacité ouverte que les accueils déclarent, additionnées",
            Self::Use => {
                "enfants différents que chaque accueil déclare, additionnés (un enfant qui va dans deux accueils compte deux fois) ÷ enfants de 3 à 11 ans du territoire"
            }
            Self::Refusals => {
                "demandes refusées ÷ demandes, additionnées sur les accueils qui disent les deux"
            }
            Self::Aeeh => {
                "heures déclarées par les accueils, additionnées pour le territoire seul ; rien sous 5 enfants"
            }
            Self::AtTarget => {
                "couples accueil × axe dont le niveau atteint la cible ÷ couples comparés, mêmes accueils aux deux campagnes"
            }
            Self::Families => {
                "réponses des deux modalités hautes ÷ réponses données, sur les questions posées aux deux campagnes ; l’intervalle compte les familles, pas les réponses"
            }
        }
    }

    /// Whether it is computed from communes and accueils alone.
    pub(crate) fn is_of_map(self) -> bool {
        matches!(self, Self::Covered | Self::Near | Self::Places)
    }
}

/// A time of a child's week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum AccessTime {
    /// Before and after school.
    School,
    /// Wednesdays.
    Wednesday,
    /// Holidays.
    Holidays,
}

impl ClosedWord for AccessTime {
    const ALL: &'static [Self] = &[Self::School, Self::Wednesday, Self::Holidays];

    fn key(self) -> &'static str {
        match self {
            Self::School => "periscolaire",
            Self::Wednesday => "mercredi",
            Self::Holidays => "vacances",
        }
    }

    fn label(self) -> &'static str {
        match self {
            Self::School => "avant et après l’école",
            Self::Wednesday => "le mercredi",
            Self::Holidays => "aux vacances",
        }
    }
}

impl AccessTime {
    /// Whether an accueil of a kind is open at that time, by what its kind says.
    pub(crate) fn is_of(self, kind: StructureType) -> bool {
        match self {
            Self::School => matches!(
                kind,
                StructureType::Periscolaire | StructureType::PeriscolaireRepas
            ),
            Self::Wednesday => matches!(kind, StructureType::Mercredi | StructureType::Mixte),
            Self::Holidays => matches!(kind, StructureType::Extrascolaire | StructureType::Mixte),
        }
    }
}
