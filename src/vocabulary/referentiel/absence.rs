//! What is written where there is no level: the same words in every file, whatever its tool.

use super::model::Scale;
use crate::base::text::fold;

/// Why an answer has no level.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Absence {
    /// Non concerné.
    Nc,
    /// Non observé.
    No,
    /// Ne sait pas.
    Nsp,
}

const WORDS: [(Absence, &[&str]); 3] = [
    (
        Absence::Nc,
        &[
            "nc",
            "n.c",
            "n/c",
            "so",
            "s.o",
            "s/o",
            "non concerne",
            "non concernee",
            "sans objet",
        ],
    ),
    (
        Absence::No,
        &["no", "n.o", "n/o", "non observe", "non observee"],
    ),
    (
        Absence::Nsp,
        &["nsp", "n.s.p", "ne sait pas", "je ne sais pas", "sans avis"],
    ),
];

impl Absence {
    /// « N.O. », « NO. », « non observé » → NO.
    pub fn of(text: &str) -> Option<Self> {
        let folded = fold(text);
        let plain = folded.trim_end_matches('.');
        let found = WORDS.iter().find(|(_, words)| words.contains(&plain));
        found.map(|(absence, _)| *absence)
    }

    /// `NC`, `NO`, `NSP`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Nc => "NC",
            Self::No => "NO",
            Self::Nsp => "NSP",
        }
    }
}

impl Scale {
    /// Whether an absence may be answered.
    pub fn admits(&self, absence: Absence) -> bool {
        match absence {
            Absence::Nc => self.nc,
            Absence::No => self.no,
            Absence::Nsp => self.nsp,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn absences_are_known_whatever_the_hand() {
        for text in ["NO", "no.", "N.O.", "n.o", "Non observé", " non observée. "] {
            assert_eq!(Absence::of(text), Some(Absence::No), "{text}");
        }
        assert_eq!(Absence::of("NC"), Some(Absence::Nc));
        assert_eq!(Absence::of("Je ne sais pas"), Some(Absence::Nsp));
        for text in ["", "non", "note", "3"] {
            assert_eq!(Absence::of(text), None, "{text}");
        }
    }
}
