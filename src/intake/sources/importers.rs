//! Every importer, and the one that a file belongs to.

use super::accueil_list::is_accueil_list;
use super::source::{Confidence, Context, Source};
use super::{activity_tables, grid, notes, own_form, tools};
use crate::base::diagnostics::{Code, Diagnostic, Location};
use crate::base::sheets::{Format, Workbook, own_form_layout};
use crate::base::text::PastedLine;

/// Every importer; on equal confidence the first wins.
pub const SOURCES: [&dyn Source; 17] = [
    &own_form::OwnWorkbook,
    &activity_tables::ActivityTables,
    &notes::Notes,
    &tools::limesurvey::TOOL,
    &tools::kobo::TOOL,
    &tools::odk::TOOL,
    &tools::ms_forms::TOOL,
    &tools::nextcloud_forms::TOOL,
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
    if definition(book).is_some() || is_torn_from_its_root(book) {
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
    // A list of accueils holds no answers, and what is sure of its own form keeps it.
    let is_doubtful = best.is_none_or(|(sure, _)| sure < Confidence::Likely);
    if is_doubtful && is_accueil_list(book) {
        return None;
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

/// Whether a text is the table of a repeated group of ODK without the responses that it belongs to.
fn is_torn_from_its_root(book: &Workbook) -> bool {
    let text = matches!(book.format, Format::Text { .. });
    text && book.sheets.len() == 1 && book.sheets.iter().all(tools::odk::is_repeat)
}

/// Diagnostic of a file that no importer recognises: what it is when that is known, the tools’ names otherwise.
pub fn unrecognised(book: &Workbook) -> Diagnostic {
    no_collection(book).unwrap_or_else(|| of_nobody(book))
}

fn of_nobody(book: &Workbook) -> Diagnostic {
    let names: Vec<&str> = SOURCES.iter().map(|s| s.name()).collect();
    Diagnostic::new(Code::ToolUnknown, Location::file(&book.file), "rien n’y dit de quoi il s’agit : ni grille, ni export d’un outil connu, ni tableau de réponses.")
        .with_remedy(format!(
            "Si c’est une grille (une ligne par critère observé), donnez un titre à chaque colonne (« Critère », puis « Note » ou les niveaux de 1 à 4), puis relancez. Si ce sont des réponses à un questionnaire, une ligne par personne, dites lequel : --source FAM (familles), ENF, EQP ou ENS, avec --outil tableau ; les titres seront alors à relier aux éléments. Si c’est l’export d’un outil, précisez --outil : {}.",
            names.join(", ")
        ))
}

/// What a table that is no collection is, when it is one of those that people send by mistake, and which command takes it.
pub(crate) fn no_collection(book: &Workbook) -> Option<Diagnostic> {
    let file = &*book.file;
    let readme = book.sheet(own_form_layout::SHEET_README);
    if readme.is_some_and(|s| s.text(0, 0) == own_form_layout::PLAN_MARK) {
        let message = "c’est un plan d’amélioration, pas une collecte.";
        let told = Diagnostic::new(Code::ToolUnknown, Location::file(file), message);
        return Some(told.with_remedy("Importez-le avec « observatoire plan importer »."));
    }
    if let Some(tool) = definition(book) {
        let message = format!("c’est la définition d’un formulaire {tool}, pas ses réponses.");
        let told = Diagnostic::new(Code::ToolUnknown, Location::file(file), message);
        return Some(
            told.with_remedy("Exportez les réponses depuis l’outil, et importez cet export."),
        );
    }
    if is_torn_from_its_root(book) {
        let message = "c’est la table d’un groupe répété d’ODK, séparée de ses réponses.";
        let told = Diagnostic::new(Code::ToolUnknown, Location::file(file), message);
        return Some(
            told.with_remedy("Importez l’archive .zip de l’export, sans la décompresser."),
        );
    }
    if is_accueil_list(book) {
        let message =
            "c’est une liste d’accueils, pas une collecte : elle ne porte aucune réponse.";
        let command = PastedLine::new(None).with(&["accueils", file]);
        let remedy =
            format!("Pour voir ce qu’elle ferait du registre, sans rien changer : {command}.");
        let told = Diagnostic::new(Code::ToolUnknown, Location::file(file), message);
        return Some(told.with_remedy(remedy));
    }
    None
}
