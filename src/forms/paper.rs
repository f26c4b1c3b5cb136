//! Forms to fill in with a pen, as PDF: grids whose answers say what each level looks like, questionnaires on one sheet,
//! one page of drawings for each age of children.
//!
//! | question | file |
//! |---|---|
//! | OBS, AUT, DIR: critères, levels beside each élément, room to write | `grid_page` |
//! | FAM, EQP, ENS: numbered sentences, boxes with words, no code | `people_page` |
//! | a small questionnaire of the convention | `survey_page` |
//! | titles, instructions, answers as they are drawn | `printed_words` |
//! | ENF: one page for each age, after that of who leads the workshop | `children_page` |

mod children_page;
mod grid_page;
mod people_page;
mod printed_words;
mod survey_page;

use serde::Serialize;
use serde_json::Value;

use super::asked::AskedForm;
use crate::base::error::{Error, Result};
use crate::base::text::{make_visible, nbsp};
use crate::base::typeset::{Info, compile};
use crate::convention::Survey;
use crate::vocabulary::referentiel::SourceCode;
use children_page::ChildrenPage;
use grid_page::GridPage;
use people_page::PeoplePage;
pub use printed_words::{Paper, PaperAnswer, answers, instructions};

/// A template: its name, by which a folder may replace it, and its text.
type Template = (&'static str, &'static str);

const GRID: Template = (
    "grille.typ",
    include_str!("../../reports/modeles/grille.typ"),
);
const PEOPLE: Template = (
    "questionnaire.typ",
    include_str!("../../reports/modeles/questionnaire.typ"),
);
const CHILDREN: Template = (
    "grille-enfants.typ",
    include_str!("../../reports/modeles/grille-enfants.typ"),
);

/// Writes a form; one place asked about is printed, else a line is left for it.
///
/// # Errors
///
/// [`Error::Render`] when the template is wrong, [`Error::Io`] when it cannot be read.
pub fn paper(asked: &AskedForm, paper: &Paper) -> Result<Vec<u8>> {
    if asked.source == SourceCode::Enf {
        print(CHILDREN, &ChildrenPage::new(asked, paper), paper)
    } else if asked.is_questionnaire() {
        print(PEOPLE, &PeoplePage::new(asked, paper), paper)
    } else {
        print(GRID, &GridPage::new(asked, paper), paper)
    }
}

/// Writes a small questionnaire.
///
/// # Errors
///
/// As [`paper`].
pub fn survey_paper(survey: &Survey, paper: &Paper) -> Result<Vec<u8>> {
    print(PEOPLE, &survey_page::survey_page(survey, paper), paper)
}

fn print((name, embedded): Template, page: &impl Serialize, paper: &Paper) -> Result<Vec<u8>> {
    let own = paper.templates.join(name);
    let template = if own.is_file() {
        std::fs::read_to_string(&own).map_err(Error::io(&own, "lecture"))?
    } else {
        embedded.to_owned()
    };
    let mut data = serde_json::to_value(page)
        .map_err(|e| Error::Render(format!("La grille ne peut pas être écrite ({e}).")))?;
    make_visible(&mut data);
    set_spaces(&mut data);
    let data = data.to_string().into_bytes();
    let info = Info {
        date: paper.date,
        ..Info::default()
    };
    compile(&template, name, &[("/donnees.json", data)], info)
}

/// No-break spaces where French has them: no box begins a line with a colon.
fn set_spaces(data: &mut Value) {
    match data {
        Value::String(text) => *text = nbsp(text).into_owned(),
        Value::Array(all) => all.iter_mut().for_each(set_spaces),
        Value::Object(all) => all.values_mut().for_each(set_spaces),
        _ => {}
    }
}
