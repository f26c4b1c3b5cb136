//! When in the day an observer sees an élément: visits have moments, and nobody sees a whole day in one.

use serde::{Deserialize, Serialize};

/// A moment of an accueil.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    strum::IntoStaticStr,
    strum::EnumString,
    strum::VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum VisitMoment {
    /// Before or after the children: what is displayed, exits, rooms.
    Lieux,
    /// Children come.
    ArriveeMatin,
    /// They play, build, go out.
    Activite,
    /// Lunch.
    Repas,
    /// The afternoon snack.
    Gouter,
    /// They leave.
    Depart,
}

impl VisitMoment {
    /// All of them, in the order of the day.
    pub const ALL: &'static [Self] = <Self as strum::VariantArray>::VARIANTS;

    /// The word of files and commands: `arrivee_matin`.
    pub fn as_str(self) -> &'static str {
        self.into()
    }

    /// What a person reads.
    pub fn label(self) -> &'static str {
        match self {
            Self::Lieux => "Tour des lieux",
            Self::ArriveeMatin => "Arrivée",
            Self::Activite => "Activité",
            Self::Repas => "Repas",
            Self::Gouter => "Goûter",
            Self::Depart => "Départ",
        }
    }
}

/// What a grid that asks about some moments alone says of itself; nothing when it asks about all.
pub fn own_visit(moments: &[VisitMoment]) -> Option<String> {
    let labels: Vec<&str> = moments.iter().map(|m| m.label()).collect();
    (!labels.is_empty()).then(|| {
        format!(
            "Cette grille est celle de ces moments : {}. Elle compte comme une visite et porte son propre numéro : les autres moments se notent sur une autre grille, sous un autre numéro.",
            labels.join(", ")
        )
    })
}

/// Moments at which an élément can be seen; none for what no moment limits.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct MomentSet(u8);

impl MomentSet {
    /// Whether it can be seen then: at any moment when none is said.
    pub fn admits(self, moment: VisitMoment) -> bool {
        self.0 == 0 || self.0 & (1 << moment as u8) != 0
    }

    /// Whether no moment is said.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Those said, in the order of the day.
    pub fn iter(self) -> impl Iterator<Item = VisitMoment> {
        let said = move |m: &VisitMoment| self.0 & (1 << *m as u8) != 0;
        VisitMoment::ALL.iter().copied().filter(said)
    }
}

impl FromIterator<VisitMoment> for MomentSet {
    fn from_iter<I: IntoIterator<Item = VisitMoment>>(all: I) -> Self {
        Self(all.into_iter().fold(0, |set, m| set | 1 << m as u8))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_element_without_moment_is_seen_at_any() {
        let some: MomentSet = [VisitMoment::Depart, VisitMoment::Lieux]
            .into_iter()
            .collect();
        assert_eq!(
            some.iter().collect::<Vec<_>>(),
            [VisitMoment::Lieux, VisitMoment::Depart]
        );
        assert!(some.admits(VisitMoment::Depart) && !some.admits(VisitMoment::Repas));
        assert!(MomentSet::default().admits(VisitMoment::Repas));
        assert_eq!("arrivee_matin".parse(), Ok(VisitMoment::ArriveeMatin));
        assert_eq!(VisitMoment::ArriveeMatin.as_str(), "arrivee_matin");
    }
}
