//! The partials of one import or of several: flat rows in the order of units, whole numbers only.

use super::Tally;
use crate::vocabulary::referentiel::SourceCode;

/// What answers of one unit share.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct AnswerUnit {
    /// Structure code.
    pub structure: String,
    /// Who speaks.
    pub source: SourceCode,
    /// Visit (OBS), empty for the rest.
    pub visit: String,
    /// Observer's code (OBS) or second coder's (DIR), empty for the rest and for a consensus.
    pub observer: String,
    /// Whether the rating is the one that observers agreed on.
    pub consensus: bool,
    /// Whether a later import replaced it, or someone took it back.
    pub hidden: bool,
}

/// The visit that a unit's answers count for: one interview is one, whatever its two coders called it.
pub(crate) fn counted_visit(source: SourceCode, written: &str) -> &str {
    if source == SourceCode::Obs {
        written
    } else {
        ""
    }
}

/// (unit, élément): the tally of its answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct ElementTally {
    /// Position of the unit.
    pub unit: u32,
    /// Position of the élément in the référentiel of the fold.
    pub element: u32,
    /// Its answers.
    pub tally: Tally,
}

/// (unit, élément, modality): scored answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct ModalityCount {
    /// Position of the unit.
    pub unit: u32,
    /// Position of the élément.
    pub element: u32,
    /// Position in the scale, polarity applied.
    pub modality: u32,
    /// Scored answers.
    pub count: u32,
}

/// (unit, critère): respondents who gave it a scored answer. Which answers count depends on the type
/// of the structure, which the registry may change after the import: hence one row per set of types
/// that a respondent's scored éléments apply to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct CritereRespondents {
    /// Position of the unit.
    pub unit: u32,
    /// Position of the critère.
    pub critere: u32,
    /// Bits of the types of structure.
    pub types: u8,
    /// Respondents.
    pub respondents: u32,
}

/// Respondents of a unit who answered anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct UnitRespondents {
    /// Position of the unit.
    pub unit: u32,
    /// Respondents.
    pub respondents: u32,
}

/// A grid received: a unit without respondents, on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct GridDay {
    /// Position of the unit.
    pub unit: u32,
    /// Days since 1970-01-01; none when unknown.
    pub day: Option<i32>,
}

/// (unit, critère): families who gave these very levels to the critère and to all the rest, what
/// Spearman's correlation needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct FamilyPairs {
    /// Position of the unit.
    pub unit: u32,
    /// Position of the critère.
    pub critere: u32,
    /// Sum of a family's levels on it, in micro-levels.
    pub sum: i64,
    /// How many levels.
    pub levels: u32,
    /// Sum of its levels on all other critères, in micro-levels.
    pub rest_sum: i64,
    /// How many levels.
    pub rest_levels: u32,
    /// Families.
    pub count: u32,
}

/// (unit, élément): too few people answered for what they said to be kept past its time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct MaskedCell {
    /// Position of the unit.
    pub unit: u32,
    /// Position of the élément.
    pub element: u32,
    /// Mean level that it shares with others of the same critère, so that the score of the source
    /// stays; none where the source has no score.
    pub mean: Option<f64>,
    /// Squared deviations within all the masked cells of the élément, on the first of them alone, in
    /// levels squared: what the spread of respondents owes to them.
    pub deviations: f64,
    /// Their degrees of freedom.
    pub freedom: u32,
}

/// Everything folded from answers, each table in order of unit, then of position.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Partials {
    /// Tallies.
    pub elements: Vec<ElementTally>,
    /// Modalities.
    pub modalities: Vec<ModalityCount>,
    /// Respondents of critères.
    pub criteres: Vec<CritereRespondents>,
    /// Respondents of units.
    pub respondents: Vec<UnitRespondents>,
    /// Grids.
    pub grids: Vec<GridDay>,
    /// Families.
    pub families: Vec<FamilyPairs>,
    /// Cells that a purge masked; none before.
    pub masked: Vec<MaskedCell>,
}

impl Partials {
    /// Adds those of the units that come next.
    pub(crate) fn append(&mut self, mut next: Self) {
        self.elements.append(&mut next.elements);
        self.modalities.append(&mut next.modalities);
        self.criteres.append(&mut next.criteres);
        self.respondents.append(&mut next.respondents);
        self.grids.append(&mut next.grids);
        self.families.append(&mut next.families);
        self.masked.append(&mut next.masked);
    }
}
