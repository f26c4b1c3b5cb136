//! The annual bilan of the chargés de coopération, as Sphinx exports it: its columns change from a year to the next, so
//! that `grids/correspondances/sphinx-cct-*.toml` says which ones are wanted. What no correspondence names is listed and
//! kept nowhere.

use std::path::Path;

use crate::base::diagnostics::{CellRef, Code, Diagnostic};
use crate::base::error::{Error, Result};
use crate::base::sheets::{Value, Workbook};
use crate::base::text::{count, plain_words, short};
use crate::base::toml_error::toml_message;
use crate::intake::sources::correspondence::Correspondence;
use crate::intake::sources::{SurveyTable, headed_table, survey_tables};
use crate::privacy::{is_personal_content, is_personal_heading};
use crate::vocabulary::config::read_text;
use crate::vocabulary::referentiel::Referentiel;

const FOLDER: &str = "grids/correspondances";
/// What correspondences of this kind are called, before the year.
const TOOL: &str = "sphinx-cct";

/// What a column may be wanted for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ReviewField {
    Fte,
    Interventions,
    Theme,
    Difficulties,
    Needs,
}

impl ReviewField {
    fn read(text: &str) -> Option<Self> {
        Some(match text {
            "etp" => Self::Fte,
            "interventions" => Self::Interventions,
            "thematique" => Self::Theme,
            "difficultes" => Self::Difficulties,
            "besoins" => Self::Needs,
            _ => return None,
        })
    }
}

/// What one CCT says.
#[derive(Debug, Clone, Default)]
pub(in crate::convention) struct CctReview {
    pub row: u32,
    pub fte: Option<f64>,
    pub interventions: Option<f64>,
    pub theme: String,
    pub difficulties: String,
    pub needs: String,
}

/// The bilans of a file.
#[derive(Debug)]
pub(in crate::convention) struct CctReviews {
    pub sheet: String,
    /// Year that they are of.
    pub period: String,
    pub reviews: Vec<CctReview>,
    pub diagnostics: Vec<Diagnostic>,
}

/// Correspondences of this kind.
#[derive(Debug, Default)]
pub(in crate::convention) struct ReviewCorrespondences(Vec<Correspondence>);

impl ReviewCorrespondences {
    /// Reads them; none is no error.
    ///
    /// # Errors
    ///
    /// A file that cannot be read or is no correspondence; a column that leads nowhere.
    pub(in crate::convention) fn load(root: &Path) -> Result<Self> {
        let folder = root.join(FOLDER);
        if !folder.is_dir() {
            return Ok(Self::default());
        }
        let mut all = Vec::new();
        for entry in std::fs::read_dir(&folder).map_err(Error::io(&folder, "lecture"))? {
            let path = entry.map_err(Error::io(&folder, "lecture"))?.path();
            let file = path
                .file_name()
                .map_or_else(String::new, |n| n.to_string_lossy().to_lowercase());
            let is_toml = path
                .extension()
                .is_some_and(|e| e.eq_ignore_ascii_case("toml"));
            if !file.starts_with(TOOL) || !is_toml {
                continue;
            }
            let name = format!("{FOLDER}/{file}");
            let text = read_text(&path)?;
            let read = Correspondence::parse(&text)
                .map_err(|e| Error::Config(toml_message(&name, &text, &e)))?;
            let odd = read
                .columns
                .iter()
                .find(|c| ReviewField::read(&c.target).is_none() && c.target != "ignorer");
            if let Some(column) = odd {
                return Err(Error::Config(format!(
                    "{name} : « {} » mène à « {} » ; admis : etp, interventions, thematique, difficultes, besoins, ignorer.",
                    column.heading, column.target
                )));
            }
            all.push(read);
        }
        // The latest year first.
        all.sort_by(|a, b| b.shape.cmp(&a.shape));
        Ok(Self(all))
    }
}

/// The bilans of a file; none when no correspondence names two of its columns.
pub(super) fn cct_reviews(
    book: &Workbook,
    known: &ReviewCorrespondences,
    referentiel: &Referentiel,
) -> Option<CctReviews> {
    let mut tables = survey_tables(book, referentiel);
    for sheet in book.sheets.iter().filter(|s| !s.hidden) {
        tables.extend(
            sheet
                .rows
                .iter()
                .take(10)
                .map(|row| headed_table(sheet, row.index)),
        );
    }
    let mut best: Option<(usize, &SurveyTable, &Correspondence)> = None;
    for table in &tables {
        for correspondence in &known.0 {
            let found = wanted(table, correspondence).len();
            if found >= 2 && best.is_none_or(|(most, ..)| found > most) {
                best = Some((found, table, correspondence));
            }
        }
    }
    let (_, table, correspondence) = best?;
    Some(read(book, table, correspondence))
}

fn wanted(table: &SurveyTable, correspondence: &Correspondence) -> Vec<(u32, ReviewField)> {
    let columns = table.columns.iter().filter_map(|column| {
        let said = column.titles.iter().find_map(|title| {
            let own = plain_words(title);
            let mut said = correspondence.columns.iter().filter(|c| c.confirmed);
            said.find(|c| plain_words(&c.heading) == own)
        })?;
        Some((column.col, ReviewField::read(&said.target)?))
    });
    columns.collect()
}

fn read(book: &Workbook, table: &SurveyTable, correspondence: &Correspondence) -> CctReviews {
    let columns = wanted(table, correspondence);
    let mut reviews = CctReviews {
        sheet: table.sheet.name.to_string(),
        period: correspondence.shape.clone(),
        reviews: Vec::new(),
        diagnostics: left_out(book, table, correspondence, &columns),
    };
    for row in &table.rows {
        let mut review = CctReview {
            row: row.index,
            ..CctReview::default()
        };
        let mut is_blank = true;
        for (col, field) in &columns {
            let text = table.answer(row, *col);
            if text.is_empty() {
                continue;
            }
            is_blank = false;
            if let Some(Value::Error(error)) = row.get(*col) {
                let message = format!("« {error} » est une erreur de calcul, pas une réponse.");
                let at = book.at(table.sheet, CellRef::new(row.index, *col));
                let told = Diagnostic::new(Code::IncomingWord, at, message);
                reviews.diagnostics.push(told);
                continue;
            }
            match field {
                ReviewField::Theme => review.theme = text,
                ReviewField::Difficulties => review.difficulties = text,
                ReviewField::Needs => review.needs = text,
                ReviewField::Fte | ReviewField::Interventions => match number(row.get(*col)) {
                    Some(n) if *field == ReviewField::Fte => review.fte = Some(n),
                    Some(n) => review.interventions = Some(n),
                    None => {
                        let message = format!("« {} » n’est pas un nombre.", short(&text, 40));
                        let at = book.at(table.sheet, CellRef::new(row.index, *col));
                        reviews
                            .diagnostics
                            .push(Diagnostic::new(Code::IncomingWord, at, message));
                    }
                },
            }
        }
        if !is_blank {
            reviews.reviews.push(review);
        }
    }
    reviews
}

fn number(value: Option<&Value>) -> Option<f64> {
    let read = match value? {
        Value::Number(n) => Some(*n),
        other => other
            .text()
            .replace(',', ".")
            .split_whitespace()
            .collect::<String>()
            .parse()
            .ok(),
    };
    read.filter(|n: &f64| n.is_finite() && *n >= 0.0)
}

/// Columns that no correspondence names: what names or reaches someone is not quoted.
fn left_out(
    book: &Workbook,
    table: &SurveyTable,
    correspondence: &Correspondence,
    columns: &[(u32, ReviewField)],
) -> Vec<Diagnostic> {
    let mut others = Vec::new();
    let mut persons = 0;
    for column in table
        .columns
        .iter()
        .filter(|c| !columns.iter().any(|(col, _)| *col == c.col))
    {
        let heading = column.titles.first().map_or("", String::as_str);
        let cells: Vec<String> = table
            .rows
            .iter()
            .map(|r| r.text(column.col))
            .filter(|t| !t.is_empty())
            .collect();
        let is_ignored = correspondence.target(heading) == Some("ignorer");
        if is_personal_heading(heading) || is_personal_content(&cells) {
            persons += 1;
        } else if !heading.is_empty() && !is_ignored {
            others.push(format!("« {} »", short(heading, 60)));
        }
    }
    let at = || book.at(table.sheet, CellRef::new(table.header, 0));
    let mut told = Vec::new();
    if persons > 0 {
        let message = format!(
            "{} : rien n’en est gardé.",
            count(
                persons,
                "colonne désigne ou joint des personnes",
                "colonnes désignent ou joignent des personnes"
            )
        );
        told.push(Diagnostic::new(Code::PersonalColumn, at(), message));
    }
    if !others.is_empty() {
        let message = format!(
            "{} : {}.",
            count(
                others.len(),
                "colonne sans correspondance, dont rien n’est gardé",
                "colonnes sans correspondance, dont rien n’est gardé"
            ),
            others.join(", ")
        );
        told.push(Diagnostic::new(Code::IncomingLeftOut, at(), message));
    }
    told
}
