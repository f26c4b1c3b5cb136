//! Certification, and what each trainee missed.

use super::{Section, bound, text};
use crate::base::tabular::{Field, Heading, Table};
use crate::base::text::percent;
use crate::figures::reliability::Trainee;
use crate::figures::reliability::{LEAST_ELEMENTS, LEAST_VISITS};
use crate::stats::calibration::Standard;
use crate::vocabulary::referentiel::Referentiel;
use crate::wording::reliability_words;

/// Certification, and what each trainee missed.
pub fn of_training(
    found: &[Trainee],
    master: &str,
    standard: Standard,
    r: &Referentiel,
) -> Vec<Section> {
    let rows = found.iter().map(|t| {
        let c = t.calibration.as_ref().ok();
        let interval = c.map(|c| c.exact_interval);
        vec![
            text(t.observer.as_str()),
            Field::Whole(t.visits as i64),
            Field::Whole(c.map_or(0, |c| c.n as i64)),
            Field::decimal(c.map(|c| c.exact)),
            bound(interval, false),
            bound(interval, true),
            Field::decimal(c.map(|c| c.within_one)),
            Field::decimal(c.map(|c| c.applicability)),
            Field::decimal(c.map(|c| c.bias)),
            Field::decimal(c.and_then(|c| c.kappa.ok())),
            text(reliability_words::verdict(t)),
        ]
    });
    let missed = found.iter().flat_map(|t| {
        t.missed.iter().map(|missed| {
            let element = &r.elements[missed.element];
            vec![
                text(t.observer.as_str()),
                text(element.code.as_str()),
                text(element.label.as_str()),
                Field::Decimal(missed.gap),
                Field::Whole(missed.times as i64),
            ]
        })
    });
    let words = if found.is_empty() {
        vec![format!(
            "Aucun observateur n’a noté une visite que {master} a notée aussi."
        )]
    } else {
        vec![
            format!("Cotation de référence : {master}."),
            format!(
                "À atteindre : {} de notes égales et {} à un niveau près, sur {} éléments et {} visites au moins.",
                percent(standard.exact),
                percent(standard.within_one),
                LEAST_ELEMENTS,
                LEAST_VISITS
            ),
            "L’intervalle dit ce que vaudrait le taux sur beaucoup d’éléments : 24 sur 30 peut cacher un vrai 63 %.".to_owned(),
        ]
    };
    vec![
        Section {
            words,
            table: Table::new(
                "Formation",
                vec![
                    Heading::text("observateur"),
                    Heading::whole("visites"),
                    Heading::whole("elements"),
                    Heading::decimal("accord_exact"),
                    Heading::decimal("bas"),
                    Heading::decimal("haut"),
                    Heading::decimal("accord_a_un_niveau"),
                    Heading::decimal("accord_nc"),
                    Heading::decimal("ecart_moyen"),
                    Heading::decimal("kappa"),
                    Heading::text("verdict"),
                ],
                rows.collect(),
            ),
        },
        Section {
            words: vec![
                "Éléments notés autrement que la référence, le plus d’écart d’abord.".to_owned(),
            ],
            table: Table::new(
                "Éléments manqués",
                vec![
                    Heading::text("observateur"),
                    Heading::text("code"),
                    Heading::text("libelle"),
                    Heading::decimal("ecart"),
                    Heading::whole("fois"),
                ],
                missed.collect(),
            ),
        },
    ]
}
