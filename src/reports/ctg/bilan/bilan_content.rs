//! What a bilan is made of, and the box that its sections end with.

use crate::base::text::list;
use crate::disclosure::{CtgDefinition, CtgIndicator, CtgText, CtgTexts, CtgTried, CtgView};
use crate::reports::ctg::ctg_keys::CtgKeys;
use crate::reports::ctg::experiment::ExperimentReport;
use crate::reports::ctg::governance_report::GovernanceReport;
use crate::reports::ctg::what_changed::WhatChanged;
use crate::reports::document::{Block, ReportSection};
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
    /// Experiments, as they are announced.
    pub tried: &'a [CtgTried],
    /// What is measured of them, for who reads levels of accueils.
    pub experiments: &'a [ExperimentReport<'a>],
    /// The governance of the year of the day; none where it is no part of this bilan.
    pub governance: Option<&'a GovernanceReport<'a>>,
    /// What changed for those who live here; none where it is no part of this bilan.
    pub territory: Option<&'a WhatChanged<'a>>,
    /// What people wrote.
    pub texts: &'a CtgTexts,
}

impl BilanReport<'_> {
    /// Whether a section is in this bilan for this reader: who lives there reads no follow-up.
    pub(super) fn follows(&self) -> bool {
        self.view.audience.reads_follow_up()
    }

    /// Whether an indicator is printed with the governance, and not on the page of its fiche.
    pub(super) fn is_of_governance(&self, indicator: &CtgIndicator) -> bool {
        let own = self.governance.filter(|_| self.follows());
        own.is_some_and(|g| g.indicators.iter().any(|i| i.code == indicator.code))
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

/// Sections made elsewhere, under a section of the bilan: « 4.1 Le maillage ».
pub(super) fn under(rank: usize, sections: Vec<ReportSection>) -> Vec<ReportSection> {
    let numbered = (1..).zip(sections).map(|(own, section)| ReportSection {
        title: format!("{rank}.{own} {}", section.title),
        sheet: format!("{rank}.{own} {}", section.sheet),
        ..section
    });
    numbered.collect()
}

/// Codes and titles of fiches, « a, b et c ».
pub(super) fn named(titles: &[String]) -> String {
    list(titles)
}
