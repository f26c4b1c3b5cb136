//! Questionnaires on paper (FAM, EQP, ENS): one sheet, numbered sentences, boxes with their words, no code. The numbers
//! are those of the sheet to type answers into.

use serde::Serialize;

use super::printed_words::{FormHead, Paper, answers, instructions, open_question};
use crate::forms::asked::AskedForm;
use crate::vocabulary::referentiel::Element;

/// What the template reads, under its French names.
#[derive(Serialize)]
pub(super) struct PeoplePage<'a> {
    #[serde(flatten)]
    head: FormHead<'a>,
    /// What it is for, until when, what becomes of the answers.
    #[serde(rename = "presentation")]
    welcome: &'a [String],
    themes: Vec<Theme<'a>>,
    #[serde(rename = "libre")]
    open_question: &'static str,
    #[serde(rename = "libre_consigne")]
    open_notice: &'static str,
}

#[derive(Serialize)]
struct Theme<'a> {
    label: &'a str,
    #[serde(rename = "blocs")]
    blocks: Vec<PeopleBlock<'a>>,
}

/// Sentences for the same people.
#[derive(Serialize)]
struct PeopleBlock<'a> {
    /// For whom they are; empty for all.
    condition: &'a str,
    #[serde(rename = "lignes")]
    lines: Vec<PeopleLine<'a>>,
}

#[derive(Serialize)]
struct PeopleLine<'a> {
    #[serde(rename = "numero")]
    number: usize,
    #[serde(rename = "texte")]
    text: &'a str,
    #[serde(rename = "choix")]
    choices: Vec<String>,
}

impl<'a> PeoplePage<'a> {
    pub(super) fn new(asked: &'a AskedForm<'a>, paper: &Paper<'a>) -> Self {
        let (open_question, open_notice) = open_question(asked.source);
        Self {
            head: FormHead::new(asked, paper, instructions(asked)),
            welcome: asked.welcome,
            themes: themes(asked),
            open_question,
            open_notice,
        }
    }
}

fn themes<'a>(asked: &'a AskedForm<'a>) -> Vec<Theme<'a>> {
    let r = asked.referentiel;
    let printed: Vec<NumberedElement> = (1..).zip(asked.printed()).collect();
    let axe_of = |e: &NumberedElement| r.criteres[e.1.critere].axe;
    let themes = printed.chunk_by(|a, b| axe_of(a) == axe_of(b));
    let theme = |own: &[NumberedElement<'a>]| {
        let blocks = own.chunk_by(|a, b| a.1.filter == b.1.filter);
        let block = |own: &[NumberedElement<'a>]| PeopleBlock {
            condition: (own[0].1.filter).map_or("", |f| &r.filters[f].label),
            lines: own.iter().map(|e| line(asked, e)).collect(),
        };
        Theme {
            label: &r.axes[axe_of(&own[0])].label,
            blocks: blocks.map(block).collect(),
        }
    };
    themes.map(theme).collect()
}

/// An élément behind the number that people read.
type NumberedElement<'a> = (usize, &'a Element);

fn line<'a>(asked: &AskedForm, (number, element): &NumberedElement<'a>) -> PeopleLine<'a> {
    PeopleLine {
        number: *number,
        text: &element.label,
        choices: answers(asked, element)
            .into_iter()
            .map(|a| a.label)
            .collect(),
    }
}
