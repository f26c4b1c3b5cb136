//! What a bilan is made of, and the box that its sections end with.

use crate::base::text::list;
use crate::disclosure::{CtgDefinition, CtgIndicator, CtgText, CtgTexts, CtgTried, CtgView};
use crate::reports::ctg::ctg_keys::CtgKeys;
use crate::reports::document::Block;
use crate::reports::writing_box::WritingBox;

/// Which bilan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum BilanKind {
    /// A few pages between two bilans.
    Standing,
    /// At mid-term: what was done, what changed, the work itself, what comes next.
    MidTerm,
    /// The whole.
    Final,
}

impl BilanKind {
    /// All of them, the shortest first.
    pub(crate) const ALL: [Self; 3] = [Self::Standing, Self::MidTerm, Self::Final];

    /// Word of the command line and of file names.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Standing => "point_etape",
            Self::MidTerm => "intermediaire",
            Self::Final => "final",
        }
    }

    /// What the document is called.
    pub(crate) fn title(self) -> &'static str {
        match self {
            Self::Standing => "Point d’étape de la convention",
            Self::MidTerm => "Bilan intermédiaire de la convention",
            Self::Final => "Bilan final de la convention",
        }
    }
}

/// A bilan.
pub(crate) struct BilanReport<'a> {
    /// Which.
    pub kind: BilanKind,
    /// Whether it is the extract of one field.
    pub is_extract: bool,
    /// The convention.
    pub view: &'a CtgView,
    /// Its keys, over the whole convention.
    pub keys: CtgKeys,
    /// Indicators, each over its own period.
    pub indicators: &'a [CtgIndicator],
    /// What each counts.
    pub definitions: &'a [CtgDefinition],
    /// Experiments.
    pub experiments: &'a [CtgTried],
    /// What people wrote.
    pub texts: &'a CtgTexts,
}

impl BilanReport<'_> {
    /// Whether a section is in this bilan for this reader: who lives there reads no follow-up.
    pub(super) fn follows(&self) -> bool {
        self.view.audience.reads_follow_up()
    }
}

/// The box of a text.
pub(super) fn writing(text: Option<&CtgText>) -> Option<Block> {
    let text = text?;
    Some(Block::Writing(WritingBox {
        file: text.path.clone(),
        left: text.left.clone(),
        text: text.text.clone(),
    }))
}

/// The same under a heading, where computed parts stand above it.
pub(super) fn headed(text: Option<&CtgText>) -> Vec<Block> {
    let heading = text.map(|_| Block::heading("Ce que nous en disons"));
    heading.into_iter().chain(writing(text)).collect()
}

/// Codes and titles of fiches, « a, b et c ».
pub(super) fn named(titles: &[String]) -> String {
    list(titles)
}
