//! Consistency of each questionnaire, and of its questions.

use super::{Section, bound, text};
use crate::base::tabular::{Field, Heading, Table};
use crate::figures::reliability::QuestionnaireScale;
use crate::vocabulary::referentiel::Referentiel;
use crate::wording::reliability_words;

/// Consistency of each questionnaire.
pub fn of_scales(found: &[QuestionnaireScale], r: &Referentiel) -> Vec<Section> {
    let rows = found.iter().map(|s| {
        let alpha = s.alpha.as_ref().ok();
        let interval = alpha.and_then(|a| a.interval);
        let omega = s.omega.as_ref().ok().and_then(|o| o.omega.ok());
        vec![
            text(s.source.as_str()),
            Field::Whole(s.respondents as i64),
            Field::Whole(s.complete as i64),
            Field::Whole(s.items.len() as i64),
            Field::decimal(alpha.map(|a| a.alpha)),
            bound(interval, false),
            bound(interval, true),
            Field::decimal(omega),
            text(reliability_words::warning(s)),
        ]
    });
    let items = found.iter().flat_map(|s| {
        s.items.iter().map(|i| {
            let weak = i.item_rest.is_none_or(|c| c < 0.2);
            vec![
                text(s.source.as_str()),
                text(r.elements[i.element].code.as_str()),
                text(r.elements[i.element].label.as_str()),
                Field::decimal(i.item_rest),
                Field::decimal(i.alpha_without),
                text(match (i.item_rest, weak) {
                    (None, _) => "ne varie pas",
                    (_, true) => "mesure autre chose que les autres questions",
                    _ => "",
                }),
            ]
        })
    });
    vec![
        Section {
            words: vec![
                "Les questions d’un même questionnaire vont-elles dans le même sens ? La grille d’observation, elle, n’a pas à y aller.".to_owned(),
            ],
            table: Table::new("Questionnaires", vec![
                    Heading::text("source"),
                    Heading::whole("repondants"),
                    Heading::whole("complets"),
                    Heading::whole("questions"),
                    Heading::decimal("alpha"),
                    Heading::decimal("bas"),
                    Heading::decimal("haut"),
                    Heading::decimal("omega"),
                    Heading::text("avertissement"),
                ], rows.collect()),
        },
        Section {
            words: Vec::new(),
            table: Table::new("Questions", vec![
                    Heading::text("source"),
                    Heading::text("code"),
                    Heading::text("libelle"),
                    Heading::decimal("correlation_aux_autres"),
                    Heading::decimal("alpha_sans_elle"),
                    Heading::text("lecture"),
                ], items.collect()),
        },
    ]
}
