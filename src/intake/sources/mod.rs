//! Files in. `open` turns bytes into sheets of located cells; a [`Source`] recognises one tool's
//! layout and yields [`Answers`]. An importer knows its tool's habits and nothing of scores.

mod activity;
mod answers;
mod codes;
mod columns;
mod dates;
mod dialect;
mod grid;
mod header;
mod heading;
mod known;
mod labels;
pub mod mapping;
pub mod notes;
mod open;
mod own;
pub mod own_layout;
mod personal;
pub mod practices;
mod questions;
mod responses;
mod sheet;
mod tools;

pub use answers::{Answer, Answers, Located, OPEN_ANSWER, Record};
pub use open::open;
pub use sheet::{Cell, Format, Row, Sheet, Value, Workbook};

use crate::base::diagnostics::{Checked, Code, Diagnostic, Location};
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
    pub mappings: &'a [mapping::Mapping],
    /// Whether near wordings enter without being confirmed one by one.
    pub accept_near: bool,
    /// Whether the user names the structure: a sheet's name is then no place.
    pub place_given: bool,
}

impl<'a> Context<'a> {
    /// The correspondence for a set of headings.
    fn mapping_of(&self, shape: &str) -> Option<&'a mapping::Mapping> {
        let fits = |m: &&mapping::Mapping| m.forme == shape || m.forme == mapping::ANY_SHAPE;
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

/// Every importer; on equal confidence the first wins.
pub const SOURCES: [&dyn Source; 16] = [
    &own::OwnWorkbook,
    &activity::Activity,
    &notes::Notes,
    &tools::limesurvey::TOOL,
    &tools::kobo::TOOL,
    &tools::odk::TOOL,
    &tools::ms_forms::TOOL,
    &tools::google_forms::TOOL,
    &tools::framaforms::TOOL,
    &tools::drupal::TOOL,
    &tools::surveymonkey::TOOL,
    &tools::qualtrics::TOOL,
    &tools::typeform::TOOL,
    &tools::sphinx::TOOL,
    &tools::plain::TOOL,
    &grid::HandMadeGrid,
];

/// The importer named by `--outil`, else the surest one.
pub fn choose(
    book: &Workbook,
    context: &Context,
    tool: Option<&str>,
) -> Option<&'static dyn Source> {
    if let Some(name) = tool {
        return SOURCES.into_iter().find(|s| s.name() == name);
    }
    if definition(book).is_some() {
        return None;
    }
    let mut best: Option<(Confidence, &'static dyn Source)> = None;
    for source in SOURCES {
        let confidence = source.recognises(book, context);
        if confidence > best.map_or(Confidence::None, |(c, _)| c) {
            best = Some((confidence, source));
        }
        // Nothing can be surer: the others need not look.
        if confidence == Confidence::Certain {
            break;
        }
    }
    best.map(|(_, source)| source)
}

/// What a form's definition is, when someone sends it in place of its answers.
fn definition(book: &Workbook) -> Option<&'static str> {
    let named = |name: &str| {
        book.sheets
            .iter()
            .any(|s| s.name.trim().eq_ignore_ascii_case(name))
    };
    if named("survey") && named("choices") {
        return Some("XLSForm");
    }
    let first = book.sheets.first()?.rows.first()?;
    let headed = |name: &str| first.cells.iter().any(|c| c.value.text() == name);
    let structure = ["class", "type/scale", "name", "relevance"];
    structure.iter().all(|h| headed(h)).then_some("LimeSurvey")
}

/// Diagnostic of a file that no importer recognises, with the tools' names; a plan is sent where it
/// belongs.
pub fn unrecognised(book: &Workbook) -> Diagnostic {
    let file = &*book.file;
    let readme = book.sheet(own_layout::SHEET_README);
    if readme.is_some_and(|s| s.text(0, 0) == own_layout::PLAN_MARK) {
        let message = "c’est un plan d’amélioration, pas une collecte.";
        return Diagnostic::new(Code::ToolUnknown, Location::file(file), message)
            .with_remedy("Importez-le avec « observatoire plan importer ».");
    }
    if let Some(tool) = definition(book) {
        let message = format!("c’est la définition d’un formulaire {tool}, pas ses réponses.");
        return Diagnostic::new(Code::ToolUnknown, Location::file(file), message)
            .with_remedy("Exportez les réponses depuis l’outil, et importez cet export.");
    }
    let names: Vec<&str> = SOURCES.iter().map(|s| s.name()).collect();
    Diagnostic::new(Code::ToolUnknown, Location::file(file), "ce tableau n’est reconnu par aucun importeur.")
        .with_remedy(format!(
            "Vérifiez qu’une ligne d’en-tête porte les codes des éléments (REL-2-OBS-1…), ou précisez --outil : {}.",
            names.join(", ")
        ))
}
