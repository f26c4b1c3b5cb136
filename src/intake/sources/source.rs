//! What an importer is: it recognises one tool’s layout, and yields the answers of a file.

use super::answers::Answers;
use super::correspondence::{ANY_SHAPE, Correspondence, IGNORED};
use crate::base::day::Day;
use crate::base::diagnostics::Checked;
use crate::base::sheets::Workbook;
use crate::base::text::fold;
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

/// Days of a campaign.
#[derive(Debug, Clone, Copy)]
pub struct CampaignDays {
    /// First.
    pub first: Day,
    /// Last.
    pub last: Day,
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
    /// Whether the user names the tool (`--outil`): it is not to be asked.
    pub forced: bool,
    /// First and last day of the campaign, where it is known: they give a date its year.
    pub days: Option<CampaignDays>,
    /// Headings of columns that a person says to leave out (`--ignorer`).
    pub ignored: &'a [String],
}

/// In place of a heading, every column that nobody understands.
const EVERY_COLUMN: &str = "toutes";

/// Characters of a title that a remark shows.
const SHOWN: usize = 60;

/// The beginning of a title, as remarks show it.
pub(crate) fn shown_title(title: &str) -> String {
    title.chars().take(SHOWN).collect()
}

impl<'a> Context<'a> {
    /// Whether a person says, this time, that a column does not count.
    pub(crate) fn leaves_out(&self, heading: &str) -> bool {
        let wanted = fold(heading);
        self.ignored
            .iter()
            .map(|said| fold(said))
            .any(|said| said == wanted || said == EVERY_COLUMN)
    }

    /// Whether a person names that very column to be left out: it is, whatever it seems to hold.
    pub(crate) fn names_out(&self, heading: &str) -> bool {
        let wanted = fold(heading);
        let named = wanted != EVERY_COLUMN && !wanted.is_empty();
        named && self.ignored.iter().any(|said| fold(said) == wanted)
    }

    /// What a person named to be left out, and no cell of a file says.
    pub(crate) fn named_nowhere(&self, book: &Workbook) -> Vec<&'a String> {
        let by_place = |said: &str| ["colonne ", "ligne "].iter().any(|w| said.contains(w));
        let named = self.ignored.iter().filter(|said| {
            let folded = fold(said);
            folded != EVERY_COLUMN && !by_place(&folded)
        });
        let mut missing: Vec<&String> = named.collect();
        if missing.is_empty() {
            return missing;
        }
        let cells = book
            .sheets
            .iter()
            .flat_map(|s| &s.rows)
            .flat_map(|r| &r.cells);
        for cell in cells {
            let text = fold(&cell.value.text());
            missing.retain(|said| fold(said) != text);
        }
        missing
    }

    /// The correspondence for a set of headings.
    pub(super) fn mapping_of(&self, shape: &str) -> Option<&'a Correspondence> {
        self.fitting(shape).next()
    }

    fn fitting(&self, shape: &str) -> impl Iterator<Item = &'a Correspondence> {
        let fits = move |m: &&Correspondence| m.shape == shape || m.shape == ANY_SHAPE;
        self.mappings.iter().filter(fits)
    }

    /// Whether a person said, once, that a column of a shape does not count.
    pub(crate) fn is_ignored(&self, shape: &str, heading: &str) -> bool {
        let mut fitting = self.fitting(shape);
        fitting.any(|m| m.target(heading) == Some(IGNORED))
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
