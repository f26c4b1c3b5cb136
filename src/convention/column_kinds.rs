//! What a column of a register may hold, and what is known of each.

use super::convention_words::{
    Appreciation, Attendance, ClosedWord, FunctionNature, Grain, OuiNon, PartnerKind,
    PracticeProof, Speaker, SuiviDocument, SuiviStatus, TempsKind,
};

/// What a column may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RegisterHolds {
    /// Free words, that name nobody.
    Text,
    /// A day.
    Day,
    /// A number ≥ 0.
    Number,
    /// A word of a closed list.
    Word(WordList),
    /// Words of a closed list, separated by commas.
    Words(WordList),
    /// Codes of fiches, separated by commas.
    Fiches,
    /// Codes of structures, separated by commas.
    Structures,
    /// Code of an experiment.
    Experiment,
    /// Code of an indicator.
    Indicator,
    /// A meeting: its id, or its title word for word.
    Temps,
    /// Made by the program, never read back.
    Computed,
}

/// A closed list of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "each is the list of its own type")]
pub enum WordList {
    TempsKind,
    SuiviStatus,
    Appreciation,
    Attendance,
    PartnerKind,
    FunctionNature,
    SuiviDocument,
    PracticeProof,
    Speaker,
    Grain,
    OuiNon,
}

fn labels<W: ClosedWord>() -> Vec<&'static str> {
    W::ALL.iter().map(|w| w.label()).collect()
}

fn label<W: ClosedWord>(text: &str) -> Option<&'static str> {
    W::read(text).map(ClosedWord::label)
}

macro_rules! every_list {
    ($self:ident, $call:ident $(, $text:expr)?) => {
        match $self {
            Self::TempsKind => $call::<TempsKind>($($text)?),
            Self::SuiviStatus => $call::<SuiviStatus>($($text)?),
            Self::Appreciation => $call::<Appreciation>($($text)?),
            Self::Attendance => $call::<Attendance>($($text)?),
            Self::PartnerKind => $call::<PartnerKind>($($text)?),
            Self::FunctionNature => $call::<FunctionNature>($($text)?),
            Self::SuiviDocument => $call::<SuiviDocument>($($text)?),
            Self::PracticeProof => $call::<PracticeProof>($($text)?),
            Self::Speaker => $call::<Speaker>($($text)?),
            Self::Grain => $call::<Grain>($($text)?),
            Self::OuiNon => $call::<OuiNon>($($text)?),
        }
    };
}

impl WordList {
    /// The labels, in order.
    pub fn labels(self) -> Vec<&'static str> {
        every_list!(self, labels)
    }

    /// The label that a cell means.
    pub(super) fn read(self, text: &str) -> Option<&'static str> {
        every_list!(self, label, text)
    }
}

/// What is known of a column.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ColumnSpec {
    /// In the journal.
    pub key: &'static str,
    /// Heading.
    pub heading: &'static str,
    /// What it may hold.
    pub holds: RegisterHolds,
    /// Width in characters.
    pub width: f64,
    /// Whether a line cannot do without it.
    pub needed: bool,
}
