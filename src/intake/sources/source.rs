//! What an importer is: it recognises one tool’s layout, and yields the answers of a file.

use super::answers::Answers;
use super::correspondence::{ANY_SHAPE, Correspondence};
use crate::base::diagnostics::Checked;
use crate::base::sheets::Workbook;
use crate::vocabulary::referentiel::{Referentiel, SourceCode};

/// How sure an importer is that a file is its own; the highest wins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Confidence {
    /// Not this tool.
    None,
    /// A table like any other: only a correspondence can tell what it asks.
    Faint,
    /// The shape fits, nothing proves it.
    Possible,
    /// Several marks of the tool.
    Likely,
    /// A mark that only this tool writes.
    Certain,
}

/// What an importer may know besides the file.
pub struct Context<'a> {
    /// Vocabulary of the campaign.
    pub referentiel: &'a Referentiel,
    /// Source that the user names, when the file does not tell (`--source`).
    pub source: Option<SourceCode>,
    /// Correspondences that people confirmed.
    pub mappings: &'a [Correspondence],
    /// Whether near wordings enter without being confirmed one by one.
    pub accept_near: bool,
    /// Whether the user names the structure: a sheet's name is then no place.
    pub place_given: bool,
}

impl<'a> Context<'a> {
    /// The correspondence for a set of headings.
    pub(super) fn mapping_of(&self, shape: &str) -> Option<&'a Correspondence> {
        let fits = |m: &&Correspondence| m.shape == shape || m.shape == ANY_SHAPE;
        self.mappings.iter().find(fits)
    }
}

/// One tool's layout.
pub trait Source: Sync {
    /// Name for `--outil`.
    fn name(&self) -> &'static str;
    /// What a person reads.
    fn label(&self) -> &'static str;
    /// How sure it is that the file is its own.
    fn recognises(&self, book: &Workbook, context: &Context) -> Confidence;
    /// The answers of the file, with what was noticed; an `erreur` keeps the file out.
    fn read(&self, book: &Workbook, context: &Context) -> Checked<Answers>;
}
