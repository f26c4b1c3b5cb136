//! Sentences about the rules of calculation. Every number is that of the référentiel: a report
//! that says « 0,3 niveau » while figures are judged at 0,6 is worse than one that says nothing.

use crate::base::text::{decimals, rounded};
use crate::vocabulary::referentiel::{Referentiel, Rules};

/// Decimals after which a parameter is said rounded.
const MOST_DECIMALS: usize = 3;

/// A number with the decimals it was written with: « 0,3 », « 0,25 », « 2 ».
pub(crate) fn plain(value: f64) -> String {
    let exact = |digits: &usize| (rounded(value, *digits) - value).abs() < 1e-9;
    let digits = (0..MOST_DECIMALS).find(exact).unwrap_or(MOST_DECIMALS);
    decimals(value, digits)
}

/// « 0,3 niveau », « 2 niveaux ».
pub(crate) fn levels(value: f64) -> String {
    let unit = if value < 2.0 { "niveau" } else { "niveaux" };
    format!("{} {unit}", plain(value))
}

/// A change in the reports of one site.
pub(crate) fn change_announced(rules: &Rules) -> String {
    format!(
        "Un changement n’est annoncé (« en hausse », « en baisse ») que s’il dépasse {} ; « plutôt » dit un sens probable, sans l’annoncer.",
        least_change(rules)
    )
}

/// What a change has to exceed before it is announced.
pub(crate) fn least_change(rules: &Rules) -> String {
    if rules.mic > 0.0 {
        let counts = levels(rules.mic);
        format!("à la fois {counts} et la marge de mesure connue")
    } else {
        "la marge de mesure connue".to_owned()
    }
}

/// Rule 5, as a condition: « les deux tiers de ses critères ont une valeur ».
pub(crate) fn axe_published(rules: &Rules) -> String {
    let part = rules.couverture_axe;
    if part <= 0.0 {
        return "un de ses critères a une valeur".to_owned();
    }
    if part >= 1.0 {
        return "tous ses critères ont une valeur".to_owned();
    }
    let named = [
        (1.0 / 3.0, "un tiers"),
        (1.0 / 2.0, "la moitié"),
        (2.0 / 3.0, "les deux tiers"),
        (3.0 / 4.0, "les trois quarts"),
    ];
    let name = named.iter().find(|(share, _)| (share - part).abs() < 1e-9);
    let part = name.map_or_else(
        || format!("{} %", plain(part * 100.0)),
        |(_, words)| (*words).to_owned(),
    );
    format!("{part} de ses critères ont une valeur")
}

/// « 8 axes et 40 critères ».
pub(crate) fn size(referentiel: &Referentiel) -> String {
    let counted = |n: usize, one: &str, many: &str| {
        let word = if n < 2 { one } else { many };
        format!("{n} {word}")
    };
    format!(
        "{} et {}",
        counted(referentiel.axes.len(), "axe", "axes"),
        counted(referentiel.in_use(), "critère", "critères")
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vocabulary::referentiel::{embedded_v1, parse};

    fn rules(mic: f64, couverture_axe: f64) -> Rules {
        let v1 = parse("v1", embedded_v1()).expect("the embedded référentiel");
        Rules {
            couverture_axe,
            mic,
            ..v1.rules
        }
    }

    #[test]
    fn each_parameter_is_said_as_it_was_written() {
        let said = |mic, part| {
            let rules = rules(mic, part);
            (least_change(&rules), axe_published(&rules))
        };
        let (change, axe) = said(0.3, 2.0 / 3.0);
        assert_eq!(change, "à la fois 0,3 niveau et la marge de mesure connue");
        assert_eq!(axe, "les deux tiers de ses critères ont une valeur");
        let (change, axe) = said(0.25, 0.6);
        assert_eq!(change, "à la fois 0,25 niveau et la marge de mesure connue");
        assert_eq!(axe, "60 % de ses critères ont une valeur");
        let (change, axe) = said(0.0, 1.0);
        assert_eq!(change, "la marge de mesure connue");
        assert_eq!(axe, "tous ses critères ont une valeur");
        assert_eq!(levels(2.0), "2 niveaux");
    }
}
