//! Which figures of structures are held once they are computed: a vast territory has millions of those that nobody
//! looks at one by one.

use std::collections::BTreeSet;

use super::figure::Figure;
use super::figure_level::Level;

/// Levels of which figures of structures are held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct HeldLevels {
    /// A bit for each level.
    levels: u8,
    /// Whether what éléments and sources are worth is.
    scores: bool,
}

impl HeldLevels {
    /// All of them.
    pub(crate) const ALL: Self = Self::scored(&Level::ALL);
    /// Those that reports print: of éléments and sources what they are worth alone is held.
    pub(crate) const PRINTED: Self = Self::scored(&[
        Level::Critere,
        Level::Imperatif,
        Level::Axe,
        Level::Activite,
        Level::Regle,
    ]);
    /// Of a campaign that printed figures are set against: the same, without the rules of law.
    pub(crate) const EARLIER: Self = Self::scored(&[
        Level::Critere,
        Level::Imperatif,
        Level::Axe,
        Level::Activite,
    ]);
    /// Those that are set side by side.
    pub(crate) const SIDE_BY_SIDE: Self = Self::of(&[Level::Axe, Level::Critere, Level::Enquete]);
    /// None.
    pub(crate) const NOTHING: Self = Self::of(&[]);

    /// Figures of some levels, and nothing of the others.
    pub(crate) const fn of(levels: &[Level]) -> Self {
        let mut held = 0;
        let mut i = 0;
        while i < levels.len() {
            held |= 1 << levels[i] as u8;
            i += 1;
        }
        Self {
            levels: held,
            scores: false,
        }
    }

    /// The same, with what éléments and sources are worth.
    const fn scored(levels: &[Level]) -> Self {
        Self {
            scores: true,
            ..Self::of(levels)
        }
    }

    /// Whether figures of a level are held.
    pub(crate) fn keeps(self, level: Level) -> bool {
        self.levels & (1 << level as u8) != 0
    }

    /// What is held of the campaign before.
    pub(crate) fn before(self) -> Self {
        if self == Self::PRINTED {
            Self::EARLIER
        } else {
            self
        }
    }

    /// Whether what éléments and sources are worth is.
    pub(super) fn scores(self) -> bool {
        self.scores
    }
}

/// Figures that are held whatever their level is: somebody asks how they were made.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(crate) struct SingledOut {
    /// Codes of structures of which every figure is.
    pub(crate) structures: BTreeSet<String>,
    /// Codes of critères and éléments, of which the figure of every structure is.
    pub(crate) codes: BTreeSet<String>,
    /// Whether a question is among them: what changed of one is judged beside what changed of all.
    pub(crate) is_of_questions: bool,
}

impl SingledOut {
    fn has(&self, structure: &str, code: &str) -> bool {
        self.structures.contains(structure) || self.codes.contains(code)
    }
}

/// What is held of a campaign or of a comparison.
#[derive(Debug, Clone, Copy)]
pub(crate) struct HeldFigures<'a> {
    pub(crate) levels: HeldLevels,
    singled_out: Option<&'a SingledOut>,
}

impl From<HeldLevels> for HeldFigures<'_> {
    fn from(levels: HeldLevels) -> Self {
        Self {
            levels,
            singled_out: None,
        }
    }
}

impl<'a> HeldFigures<'a> {
    /// Some levels, and what is singled out beside them.
    pub(crate) fn beside(levels: HeldLevels, singled_out: &'a SingledOut) -> Self {
        Self {
            levels,
            singled_out: Some(singled_out),
        }
    }

    /// What is held of the campaign before.
    pub(crate) fn before(self) -> Self {
        Self {
            levels: self.levels.before(),
            ..self
        }
    }

    /// Whether a figure is held.
    pub(super) fn keeps(self, figure: &Figure) -> bool {
        self.levels.keeps(figure.level) || self.is_apart(&figure.structure, &figure.code)
    }

    /// Whether lines of a level are to be judged: those of questions are judged by themselves.
    pub(crate) fn compares(self, level: Level) -> bool {
        let asks = self.singled_out.is_some_and(|own| own.is_of_questions);
        self.levels.keeps(level) || (asks && level == Level::Enquete)
    }

    /// Whether a line is held once it is judged; those of the territory are.
    pub(crate) fn keeps_line(self, level: Level, structure: &str, code: &str) -> bool {
        self.levels.keeps(level) || structure.is_empty() || self.is_apart(structure, code)
    }

    fn is_apart(self, structure: &str, code: &str) -> bool {
        self.singled_out.is_some_and(|own| own.has(structure, code))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_singled_out_is_held_beside_levels() {
        let singled_out = SingledOut {
            structures: BTreeSet::from(["R01".to_owned()]),
            codes: BTreeSet::from(["REL-2-ENF-1".to_owned()]),
            is_of_questions: true,
        };
        let held = HeldFigures::beside(HeldLevels::PRINTED, &singled_out);
        assert!(held.keeps_line(Level::Axe, "R02", "REL"));
        assert!(held.keeps_line(Level::Enquete, "R01", "REL-3-ENF-1"));
        assert!(held.keeps_line(Level::Enquete, "R02", "REL-2-ENF-1"));
        assert!(held.keeps_line(Level::Enquete, "", "REL-3-ENF-1"));
        assert!(!held.keeps_line(Level::Enquete, "R02", "REL-3-ENF-1"));
        assert!(held.compares(Level::Enquete) && held.before().compares(Level::Enquete));
        let alone = HeldFigures::from(HeldLevels::PRINTED);
        assert!(!alone.compares(Level::Enquete));
        assert!(alone.levels.keeps(Level::Regle) && !alone.before().levels.keeps(Level::Regle));
    }
}
