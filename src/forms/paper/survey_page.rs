//! A small questionnaire on paper: one sheet, numbered sentences, boxes with their words, no code, no place asked for.

use serde_json::{Value, json};

use super::printed_words::Paper;
use crate::convention::Survey;

/// What the template of questionnaires reads.
pub(super) fn survey_page(survey: &Survey, paper: &Paper) -> Value {
    let answers: Vec<&str> = survey
        .scale
        .iter()
        .chain(&survey.no_opinion)
        .map(String::as_str)
        .collect();
    let line = |number: usize, text: &str, choices: &[&str]| json!({ "numero": number, "texte": text, "choix": choices });
    let items = survey
        .items
        .iter()
        .enumerate()
        .map(|(i, item)| line(i + 1, &item.words, &answers));
    let mut themes = Vec::new();
    if let Some(group) = &survey.group {
        let choices: Vec<&str> = group.choices.iter().map(String::as_str).collect();
        let own = json!({ "numero": "", "texte": group.words, "choix": choices });
        themes.push(json!({ "label": "Vous", "blocs": [{ "condition": "", "lignes": [own] }] }));
    }
    themes.push(json!({ "label": "Votre avis", "blocs": [{ "condition": "", "lignes": items.collect::<Vec<_>>() }] }));
    json!({
        "titre": survey.title,
        "territoire": paper.territory,
        "accueil": "",
        "sans_accueil": true,
        "mention": if paper.fictitious { "DONNÉES FICTIVES" } else { "" },
        "consignes": ["Cochez une case par phrase ; vous pouvez en passer. N’écrivez aucun nom."],
        "presentation": if survey.welcome.is_empty() { Vec::new() } else { vec![survey.welcome.as_str()] },
        "themes": themes,
        "libre": "",
        "libre_consigne": "",
    })
}
