//! The children's questionnaire on paper: a page for who leads the workshop, then one page for each age, with drawn
//! answers that end the sentence.

use serde::Serialize;

use super::printed_words::{
    FormHead, Paper, PaperAnswer, answers, instructions, open_question, protocol,
};
use crate::forms::asked::AskedForm;
use crate::vocabulary::referentiel::{AgeBand, Element};

/// What the template reads, under its French names.
#[derive(Serialize)]
pub(super) struct ChildrenPage<'a> {
    #[serde(flatten)]
    head: FormHead<'a>,
    #[serde(rename = "protocole")]
    protocol: Vec<String>,
    /// How the workshop is led.
    #[serde(rename = "atelier")]
    workshop: Vec<String>,
    pages: Vec<AgePage<'a>>,
    #[serde(rename = "libre")]
    open_question: &'static str,
    #[serde(rename = "libre_consigne")]
    open_notice: &'static str,
}

/// The page of an age.
#[derive(Serialize)]
struct AgePage<'a> {
    /// « 4 à 7 ans »; empty when one page is for all.
    #[serde(rename = "tranche")]
    band: &'static str,
    #[serde(rename = "lignes")]
    lines: Vec<ChildLine<'a>>,
}

#[derive(Serialize)]
struct ChildLine<'a> {
    /// That of the sheet to type answers into.
    #[serde(rename = "numero")]
    number: usize,
    #[serde(rename = "texte")]
    text: &'a str,
    #[serde(rename = "choix")]
    choices: Vec<PaperAnswer>,
}

impl<'a> ChildrenPage<'a> {
    pub(super) fn new(asked: &'a AskedForm<'a>, paper: &Paper<'a>) -> Self {
        let (open_question, open_notice) = open_question(asked.source);
        let pages = pages(asked);
        Self {
            head: FormHead::new(asked, paper, instructions(asked)),
            protocol: protocol(asked, paper.numbers),
            workshop: workshop(asked, pages.len() > 1),
            pages,
            open_question,
            open_notice,
        }
    }
}

fn workshop(asked: &AskedForm, has_bands: bool) -> Vec<String> {
    let mut lines: Vec<String> = asked.welcome.to_vec();
    if has_bands {
        lines.push("Les pages suivantes sont celles des enfants, une par âge : imprimez pour chacun celle de son âge, sur une seule face.".to_owned());
        lines.push("4 à 7 ans : lisez chaque phrase à voix haute, deux fois, puis laissez le temps d’entourer. Par petits groupes, sans que l’un voie la feuille de l’autre.".to_owned());
        lines
            .push("8 à 11 ans : chacun lit seul ; relisez une phrase à qui le demande.".to_owned());
    } else {
        lines.push("La page suivante est celle des enfants, une par enfant, sur une seule face. Lisez les phrases à voix haute à qui ne lit pas encore.".to_owned());
    }
    lines.push("Ne reformulez pas une phrase, ne commentez pas une réponse. Ramassez les feuilles pliées, sans les lire devant le groupe.".to_owned());
    lines
}

/// One page for each age where some questions are for one alone, else one page.
fn pages<'a>(asked: &'a AskedForm<'a>) -> Vec<AgePage<'a>> {
    let all = asked.printed();
    let page = |band, is_asked: &dyn Fn(&Element) -> bool| {
        let numbered = (1..).zip(&all).filter(|(_, e)| is_asked(e));
        AgePage {
            band,
            lines: numbered.map(|(n, e)| child_line(asked, n, e)).collect(),
        }
    };
    if all.iter().all(|e| e.ages.is_none()) {
        return vec![page("", &|_| true)];
    }
    let bands = [
        (AgeBand::Young, "4 à 7 ans"),
        (AgeBand::Older, "8 à 11 ans"),
    ];
    let of = |(band, words)| page(words, &|e| e.ages.is_none_or(|a| a == band));
    bands.into_iter().map(of).collect()
}

fn child_line<'a>(asked: &AskedForm, number: usize, element: &'a Element) -> ChildLine<'a> {
    ChildLine {
        number,
        text: &element.label,
        choices: answers(asked, element),
    }
}
