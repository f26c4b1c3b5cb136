//! `ctg/enquetes/*.toml` → questionnaires: what does not hold together is refused with its place, all at once.

use std::path::Path;

use serde::Deserialize;
use toml::Spanned;

use super::survey_model::{SURVEYS, Survey, SurveyGroup, SurveyItem};
use crate::base::diagnostics::Code;
use crate::base::error::{Error, Result};
use crate::base::text::plain_words;
use crate::base::toml_error::toml_message;
use crate::convention::convention_problems::ConventionProblems;
use crate::convention::same_code;
use crate::convention::versions::KnownFiles;
use crate::vocabulary::config::read_text;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawSurvey {
    enquete: RawSurveyHead,
    items: Vec<RawItem>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawSurveyHead {
    code: Spanned<String>,
    intitule: String,
    #[serde(default)]
    accueil: String,
    echelle: Spanned<Vec<String>>,
    favorables: Option<Spanned<usize>>,
    #[serde(default)]
    sans_avis: Vec<String>,
    groupe: Option<RawGroup>,
    #[serde(default = "two_years")]
    conservation_mois: u32,
}

fn two_years() -> u32 {
    24
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawGroup {
    code: Spanned<String>,
    libelle: String,
    modalites: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawItem {
    code: Spanned<String>,
    libelle: Spanned<String>,
    #[serde(default)]
    inverse: bool,
}

/// Every questionnaire of an observatory, by name of file.
///
/// # Errors
///
/// A file that cannot be read, or does not hold together: every problem with its line.
pub fn load_surveys(root: &Path) -> Result<Vec<Survey>> {
    surveys_among(&KnownFiles::of_today(root))
}

/// The same as they were known on a day.
///
/// # Errors
///
/// See [`load_surveys`].
pub(super) fn surveys_among(files: &KnownFiles) -> Result<Vec<Survey>> {
    let (mut all, mut refused): (Vec<Survey>, Vec<String>) = (Vec::new(), Vec::new());
    for (name, path) in files.within(SURVEYS)? {
        match parse_survey(&name, &read_text(&path)?) {
            Ok(survey) if all.iter().any(|s| same_code(&s.code, &survey.code)) => {
                refused.push(format!(
                    "{name} : l’enquête « {} » est déjà dans un autre fichier.",
                    survey.code
                ));
            }
            Ok(survey) => all.push(survey),
            Err(error) => refused.push(error.to_string()),
        }
    }
    if refused.is_empty() {
        Ok(all)
    } else {
        Err(Error::Config(refused.join("\n")))
    }
}

/// The questionnaire that a text describes.
///
/// # Errors
///
/// See [`load_surveys`].
pub fn parse_survey(name: &str, text: &str) -> Result<Survey> {
    let raw: RawSurvey =
        toml::from_str(text).map_err(|e| Error::Config(toml_message(name, text, &e)))?;
    let mut problems = ConventionProblems::new(name, text, Code::ConventionDoubt);
    check(&raw, &mut problems);
    if !problems.refused.is_empty() {
        return Err(Error::Config(problems.refused.join("\n")));
    }
    let head = raw.enquete;
    let items = raw.items.into_iter().map(|i| SurveyItem {
        code: i.code.into_inner(),
        words: i.libelle.into_inner(),
        reversed: i.inverse,
    });
    Ok(Survey {
        code: head.code.into_inner(),
        title: head.intitule,
        welcome: head.accueil,
        scale: head.echelle.into_inner(),
        top: head.favorables.map_or(2, Spanned::into_inner),
        no_opinion: head.sans_avis,
        items: items.collect(),
        group: head.groupe.map(|g| SurveyGroup {
            code: g.code.into_inner(),
            words: g.libelle,
            choices: g.modalites,
        }),
        kept_months: head.conservation_mois,
    })
}

fn check(raw: &RawSurvey, problems: &mut ConventionProblems) {
    let head = &raw.enquete;
    let codes = raw
        .items
        .iter()
        .map(|i| &i.code)
        .chain(head.groupe.iter().map(|g| &g.code));
    problems.once(codes.clone(), "code");
    // LimeSurvey takes no other.
    for code in codes.chain([&head.code]) {
        let text = code.get_ref();
        let starts = text.chars().next().is_some_and(|c| c.is_ascii_alphabetic());
        if !starts || text.len() > 20 || !text.chars().all(|c| c.is_ascii_alphanumeric()) {
            problems.refuse(
                code.span().start,
                &format!(
                    "code « {text} » : une lettre, puis des lettres et des chiffres, vingt au plus"
                ),
            );
        }
    }
    if raw.items.is_empty() {
        problems.refuse(
            head.code.span().start,
            "l’enquête n’a aucune question ([[items]])",
        );
    }
    let mut words: Vec<String> = Vec::new();
    for item in &raw.items {
        let plain = plain_words(item.libelle.get_ref());
        if plain.is_empty() || words.contains(&plain) {
            problems.refuse(item.libelle.span().start, "libellé vide, ou déjà plus haut");
        }
        words.push(plain);
    }
    scale(head, problems);
}

fn scale(head: &RawSurveyHead, problems: &mut ConventionProblems) {
    let answers: Vec<String> = head
        .echelle
        .get_ref()
        .iter()
        .map(|a| plain_words(a))
        .collect();
    let at = head.echelle.span().start;
    let mut seen = answers.clone();
    seen.sort();
    seen.dedup();
    if !(2..=9).contains(&answers.len())
        || seen.len() != answers.len()
        || answers.iter().any(String::is_empty)
    {
        problems.refuse(at, "l’échelle a de deux à neuf réponses différentes, de la plus favorable à la moins favorable");
    }
    let top = head.favorables.as_ref().map_or(2, |f| *f.get_ref());
    if top == 0 || top >= answers.len() {
        let at = head.favorables.as_ref().map_or(at, |f| f.span().start);
        problems.refuse(
            at,
            "favorables : au moins une réponse, et moins que l’échelle n’en a",
        );
    }
}
