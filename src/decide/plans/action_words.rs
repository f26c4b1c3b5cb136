//! The closed vocabularies of a plan. The label is what people read, choose in a list, and what is
//! kept: there is no other code to learn.

use crate::base::text::fold;
use crate::vocabulary::referentiel::ActionKind;

/// A word of a closed list.
pub trait Word: Copy + PartialEq + 'static {
    /// All of them, in order.
    const ALL: &'static [Self];

    /// What a person reads and writes.
    fn label(self) -> &'static str;

    /// The word that a cell holds, whatever its case and accents.
    fn read(text: &str) -> Option<Self> {
        let wanted = fold(text);
        let mut all = Self::ALL.iter().copied();
        all.find(|word| fold(word.label()) == wanted)
    }

    /// The labels, in order.
    fn labels() -> Vec<&'static str> {
        Self::ALL.iter().map(|word| word.label()).collect()
    }
}

/// How pressing an action is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Urgency {
    /// An impératif is not met: the action is mandatory.
    Imperatif,
    /// Surely below the target.
    Haute,
    /// Below the target, within noise; or a wish of the team.
    Moyenne,
}

impl Word for Urgency {
    const ALL: &'static [Self] = &[Self::Imperatif, Self::Haute, Self::Moyenne];

    fn label(self) -> &'static str {
        match self {
            Self::Imperatif => "impératif",
            Self::Haute => "haute",
            Self::Moyenne => "moyenne",
        }
    }
}

/// Where an action stands. « En retard » is computed, never written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// Not begun.
    ToLaunch,
    /// Begun.
    Running,
    /// Done, on a known day.
    Done,
    /// Given up, for a written reason.
    Abandoned,
}

impl Word for Status {
    const ALL: &'static [Self] = &[Self::ToLaunch, Self::Running, Self::Done, Self::Abandoned];

    fn label(self) -> &'static str {
        match self {
            Self::ToLaunch => "à lancer",
            Self::Running => "en cours",
            Self::Done => "réalisée",
            Self::Abandoned => "abandonnée",
        }
    }
}

impl Status {
    /// Whether nothing more is expected.
    pub fn is_closed(self) -> bool {
        matches!(self, Self::Done | Self::Abandoned)
    }
}

impl Word for ActionKind {
    const ALL: &'static [Self] = &Self::ALL;

    fn label(self) -> &'static str {
        Self::label(self)
    }
}

/// What kind of document a recommendation is written into. Only a projet counts for the convention.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DocumentKind {
    /// The projet pédagogique of the accueil.
    Pedagogique,
    /// Its projet de fonctionnement.
    Fonctionnement,
    /// Any other: livret d'accueil, règlement, compte rendu.
    Autre,
}

impl Word for DocumentKind {
    const ALL: &'static [Self] = &[Self::Pedagogique, Self::Fonctionnement, Self::Autre];

    fn label(self) -> &'static str {
        match self {
            Self::Pedagogique => "projet pédagogique",
            Self::Fonctionnement => "projet de fonctionnement",
            Self::Autre => "autre",
        }
    }
}

impl DocumentKind {
    /// What the words of a title say, where nobody chose: a title that names neither projet is another document.
    pub fn of_title(title: &str) -> Self {
        let title = format!(" {} ", fold(title));
        let says = |words: &str| title.contains(&format!(" {words} "));
        if says("projet pedagogique") || says("projets pedagogiques") {
            Self::Pedagogique
        } else if says("projet de fonctionnement") || says("projets de fonctionnement") {
            Self::Fonctionnement
        } else {
            Self::Autre
        }
    }

    /// Whether what is written there is integrated, as the convention counts.
    pub fn counts(self) -> bool {
        self != Self::Autre
    }
}

/// Yes or no, as a list offers it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum YesNo {
    /// « oui ».
    Yes,
    /// « non ».
    No,
}

impl Word for YesNo {
    const ALL: &'static [Self] = &[Self::Yes, Self::No];

    fn label(self) -> &'static str {
        match self {
            Self::Yes => "oui",
            Self::No => "non",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_read_whatever_their_case_and_accents() {
        assert_eq!(Status::read(" A LANCER "), Some(Status::ToLaunch));
        assert_eq!(Urgency::read("Impératif"), Some(Urgency::Imperatif));
        assert_eq!(
            ActionKind::read("amenagement"),
            Some(ActionKind::Amenagement)
        );
        assert_eq!(Status::read("en retard"), None);
        assert_eq!(YesNo::labels(), ["oui", "non"]);
    }

    #[test]
    fn a_document_is_what_its_title_says() {
        for (title, kind) in [
            ("Projet pédagogique 2026-2027", DocumentKind::Pedagogique),
            ("PROJET PEDAGOGIQUE", DocumentKind::Pedagogique),
            (
                "Notre projet de fonctionnement",
                DocumentKind::Fonctionnement,
            ),
            ("Livret d’accueil", DocumentKind::Autre),
            ("Projet", DocumentKind::Autre),
            ("Projet éducatif de territoire", DocumentKind::Autre),
        ] {
            assert_eq!(DocumentKind::of_title(title), kind, "{title}");
        }
        assert!(!DocumentKind::Autre.counts());
    }
}
