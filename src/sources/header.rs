//! The header row of a wide table: which column holds which élément, and what the others are.

use super::personal::{is_personal_content, is_personal_heading};
use super::{Context, Sheet, Workbook};
use crate::diagnostics::{CellRef, Code, Diagnostic};
use crate::referentiel::{Referentiel, SourceCode};
use crate::text::fold;

/// What a column holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Column {
    /// Answers to an élément, by its code.
    Element(String, SourceCode),
    /// Comments on an élément, by its code.
    Comment(String),
    Structure,
    Respondent,
    Date,
    Visit,
    Observer,
    /// An open question.
    Open,
    /// A tool's own column, of no interest.
    Silent,
    Ignored,
    Personal,
}

/// Columns of a header row, by position.
pub(super) struct Header {
    pub row: u32,
    pub columns: Vec<(u32, Column)>,
}

/// Rows in which the header is looked for.
const DEPTH: usize = 10;

/// The code that a heading carries: `REL-1-FAM-1`, `REL1FAM1`, `FAM[REL1FAM1]`, `FAM_REL1FAM1`,
/// or a code followed by a separator and the question.
pub(super) fn element_code(heading: &str, referentiel: &Referentiel) -> Option<usize> {
    let heading = heading.trim();
    if let Some(found) = referentiel.element(heading).filter(|_| heading.len() <= 20) {
        return Some(found);
    }
    let bracketed = heading
        .split_once('[')
        .and_then(|(_, rest)| rest.split_once(']'))
        .map(|(code, _)| code);
    let prefixed = heading.rsplit_once('_').map(|(_, code)| code);
    let first = heading.split([' ', '.', ':', '\u{a0}', '\n', '[']).next();
    [bracketed, prefixed, first]
        .into_iter()
        .flatten()
        .filter(|c| c.len() >= 7 && c.len() <= 20)
        .find_map(|code| referentiel.element(code))
}

/// Whether a text has the shape of an élément's code, `AAA-1-BBB-2`, known or not.
pub(super) fn looks_like_code(text: &str) -> bool {
    let plain: String = text.chars().filter(char::is_ascii_alphanumeric).collect();
    let bytes = plain.as_bytes();
    let shape = |i: usize, digit: bool| {
        bytes.get(i).is_some_and(|b| {
            if digit {
                b.is_ascii_digit()
            } else {
                b.is_ascii_alphabetic()
            }
        })
    };
    text.len() <= 14
        && (8..=10).contains(&bytes.len())
        && (0..3).all(|i| shape(i, false))
        && shape(3, true)
        && shape(bytes.len() - 1, true)
        && plain.chars().filter(char::is_ascii_alphabetic).count() == 6
}

/// Whether a heading is a comment on an élément, and on which.
fn comment_code(heading: &str, referentiel: &Referentiel) -> Option<usize> {
    let folded = fold(heading);
    let marks = [
        "[comment]",
        "comment]",
        " commentaire",
        " commentaires",
        " comment",
    ];
    let stem = marks.iter().find_map(|m| folded.strip_suffix(m))?;
    element_code(&stem.replace(' ', "-"), referentiel).or_else(|| element_code(stem, referentiel))
}

impl Header {
    /// The first row, among the first ones, that carries the most élément codes (at least one).
    pub(super) fn find(sheet: &Sheet, referentiel: &Referentiel) -> Option<(u32, usize)> {
        let count = |row: &super::Row| {
            row.cells
                .iter()
                .filter(|c| element_code(&c.value.text(), referentiel).is_some())
                .count()
        };
        let mut best: Option<(u32, usize)> = None;
        for row in sheet.rows.iter().take(DEPTH) {
            let codes = count(row);
            if codes > best.map_or(0, |b| b.1) {
                best = Some((row.index, codes));
            }
        }
        best
    }

    /// Reads the header row: every column gets a meaning, doubtful ones a diagnostic.
    pub(super) fn read(
        book: &Workbook,
        sheet: &Sheet,
        row: u32,
        context: &Context,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Self {
        let mut columns: Vec<(u32, Column)> = Vec::new();
        let cells = sheet
            .row(row)
            .map(|r| r.cells.as_slice())
            .unwrap_or_default();
        for cell in cells {
            let heading = cell.value.text();
            let at = book.at(sheet, CellRef::new(row, cell.col));
            let shown: String = heading.chars().take(60).collect();
            let column = classify(&heading, sheet, cell.col, row, context.referentiel);
            let twice = columns
                .iter()
                .find(|(_, c)| *c == column)
                .map(|(col, _)| *col);
            match (&column, twice) {
                (Column::Element(code, _), Some(first)) => {
                    let first = CellRef::new(row, first);
                    diagnostics.push(Diagnostic::new(
                        Code::ElementTwice,
                        at,
                        format!("« {code} » est déjà en {first}."),
                    ));
                    continue;
                }
                (Column::Personal, _) => {
                    diagnostics.push(Diagnostic::new(
                        Code::PersonalColumn,
                        at,
                        format!("colonne « {shown} » écartée : elle peut désigner une personne."),
                    ));
                }
                (Column::Ignored, _) if looks_like_code(&heading) => {
                    let codes: Vec<&str> = context
                        .referentiel
                        .elements
                        .iter()
                        .map(|e| e.code.as_str())
                        .collect();
                    let near = crate::text::nearest(&heading, &codes).join(", ");
                    diagnostics.push(Diagnostic::new(Code::ElementUnknown, at, format!("l’élément « {shown} » n’existe pas dans le référentiel {}. Les plus proches : {near}.", context.referentiel.version)));
                }
                (Column::Ignored, _) => {
                    diagnostics.push(Diagnostic::new(
                        Code::ColumnIgnored,
                        at,
                        format!("colonne « {shown} » ignorée."),
                    ));
                }
                _ => {}
            }
            columns.push((cell.col, column));
        }
        Self { row, columns }
    }

    /// Position of the first column with a meaning.
    pub(super) fn position(&self, wanted: &Column) -> Option<u32> {
        self.columns
            .iter()
            .find(|(_, c)| c == wanted)
            .map(|(col, _)| *col)
    }
}

/// Tool columns that carry nothing for us.
const SILENT: [&str; 14] = [
    "lastpage",
    "last page",
    "derniere page",
    "startlanguage",
    "start language",
    "langue de depart",
    "seed",
    "tete de serie",
    "startdate",
    "datestamp",
    "interviewtime",
    "total time",
    "heure de fin",
    "date de la derniere action",
];

fn classify(heading: &str, sheet: &Sheet, col: u32, row: u32, referentiel: &Referentiel) -> Column {
    if let Some(c) = comment_code(heading, referentiel) {
        return Column::Comment(referentiel.elements[c].code.clone());
    }
    if let Some(e) = element_code(heading, referentiel) {
        let element = &referentiel.elements[e];
        return Column::Element(element.code.clone(), element.source);
    }
    let folded = fold(heading);
    let folded = folded
        .split(". ")
        .next()
        .unwrap_or("")
        .trim_end_matches([':', ' ']);
    match folded {
        "structure"
        | "code structure"
        | "code de la structure"
        | "nom de la structure"
        | "accueil"
        | "site"
        | "centre"
        | "votre accueil"
        | "code" => Column::Structure,
        "id"
        | "response id"
        | "id de la reponse"
        | "numero"
        | "n°"
        | "repondant"
        | "serial"
        | "uuid"
        | "identifiant de la reponse" => Column::Respondent,
        "date" | "submitdate" | "date submitted" | "date de soumission" | "horodateur"
        | "date de la visite" => Column::Date,
        "visite" => Column::Visit,
        "observateur" | "observatrice" => Column::Observer,
        _ if SILENT.contains(&folded) || folded.starts_with("grouptime") => Column::Silent,
        _ if is_personal_heading(heading) || is_personal_content(sheet, col, row + 1) => {
            Column::Personal
        }
        folded if is_open_question(folded) => Column::Open,
        _ => Column::Ignored,
    }
}

/// Words that announce an open question.
const OPEN: [&str; 10] = [
    "commentaire",
    "remarque",
    "suggestion",
    "expression libre",
    "reponse libre",
    "a ajouter",
    "autre chose",
    "un mot",
    "vous dire",
    "verbatim",
];

fn is_open_question(folded: &str) -> bool {
    folded == "libre" || OPEN.iter().any(|words| folded.contains(words))
}

#[cfg(test)]
mod tests {
    use super::looks_like_code;

    #[test]
    fn the_shape_of_a_code() {
        for text in ["REL-9-OBS-1", "rel9obs12", "ZZZ-1-FAM-3"] {
            assert!(looks_like_code(text), "{text}");
        }
        for text in ["Structure", "REL-2", "Accueil 2026", "Q1"] {
            assert!(!looks_like_code(text), "{text}");
        }
    }
}
