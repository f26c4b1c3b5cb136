//! What a column of a table of responses holds.

use super::labels::Proximity;
use crate::vocabulary::referentiel::SourceCode;

/// What a column holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum ColumnRole {
    /// Answers to an élément, by its code.
    Element(String, SourceCode),
    /// Comments on an élément, by its code.
    Comment(String),
    /// A few words on a whole critère, by its code.
    CritereComment(String),
    /// When a visit was: its moments, its hours.
    Circumstance,
    /// Ticked when this modality (by its code) was chosen among those of an élément.
    Choice(String, SourceCode, String),
    /// One of several columns that share the answers to an élément.
    Part(String, SourceCode),
    Structure,
    Respondent,
    Date,
    /// When the tool received the response.
    Stamp,
    Visit,
    Observer,
    /// Who marks an interview again, beside the first.
    SecondCoder,
    /// An open question.
    Open,
    /// A closed question outside the référentiel, with the answers that a person agreed on.
    OwnQuestion(Vec<String>),
    /// The same, refused: why.
    OwnRefused(String),
    /// Description of a remarkable practice, by the code of its critère.
    Practice(String),
    /// Critères ticked as remarkable.
    Flags,
    /// Whether the team agrees to share its practices.
    Consent,
    /// A tool's own column, of no interest.
    Silent,
    /// A person said that it does not count.
    LeftOut,
    /// Nobody understands it.
    Ignored,
    Personal,
    /// Who the respondents are, which is not kept.
    Profile,
    /// Worded nearly like an élément: nothing enters before someone agrees.
    Near(String, Proximity),
}
