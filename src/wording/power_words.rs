//! What a collection would show, in words.

use crate::base::text::{count, decimals};
use crate::compare::{CollectionDesign, MissingEvidence, Power, PowerLine, PowerSubject};
use crate::figures::Level;

/// « Un axe d’un accueil visité deux fois ».
pub(crate) fn subject(subject: PowerSubject) -> String {
    let named = |level| match level {
        Level::Axe => "Un axe",
        _ => "Un critère",
    };
    match subject {
        PowerSubject::Centre(level, effort) => {
            let how = match effort {
                Some(MissingEvidence::SecondVisit) => "visité deux fois",
                Some(MissingEvidence::SecondReader) => {
                    "visité une fois, l’entretien noté par deux personnes"
                }
                Some(MissingEvidence::TwiceTheAnswers) => {
                    "visité une fois, avec deux fois plus de réponses"
                }
                _ => "visité une fois",
            };
            format!("{} d’un accueil {how}", named(level))
        }
        PowerSubject::Territory(level) => {
            format!("{} du territoire, en moyenne des accueils", named(level))
        }
        PowerSubject::Question => "Une question aux familles d’un accueil".to_owned(),
    }
}

/// « 0,5 niveau », « 18 points » of a share; « hors de portée » beyond the scale.
pub(crate) fn change(line: &PowerLine, change: Option<f64>) -> String {
    match (change, line.subject) {
        (None, _) => "hors de portée".to_owned(),
        (Some(share), PowerSubject::Question) => {
            count((share * 100.0).ceil() as usize, "point", "points")
        }
        // Rounded up: what is said is enough.
        (Some(levels), _) => {
            let enough = (levels * 10.0 - 1e-9).ceil() / 10.0;
            let unit = if enough < 2.0 { "niveau" } else { "niveaux" };
            format!("{} {unit}", decimals(enough, 1))
        }
    }
}

/// What was counted with.
pub(crate) fn design(design: CollectionDesign) -> String {
    let CollectionDesign {
        centres,
        second_visits,
        families,
        staff,
    } = design;
    let twice = match second_visits.min(centres) {
        0 => "aucun deux fois".to_owned(),
        n => format!("{n} deux fois"),
    };
    format!(
        "{} à chaque campagne, {twice} ; dans chacun, {} et {} de l’équipe qui répondent.",
        count(centres, "accueil visité", "accueils visités"),
        count(families, "famille", "familles"),
        count(staff, "membre", "membres"),
    )
}

/// What is called seen.
pub(crate) fn seen(mic: f64) -> String {
    format!(
        "Un changement est compté comme vu quand il le serait quatre fois sur cinq, si les vrais changements sont d’ordinaire de l’ordre de {} niveau, et si les deux campagnes sont recueillies de la même façon. La ligne vaut pour le critère, ou l’axe, du milieu : pour la moitié d’entre eux, il faut un changement plus grand.",
        decimals(mic, 1)
    )
}

/// What errors rest on.
pub(crate) fn errors_from(measured_in: Option<&str>) -> String {
    match measured_in {
        Some(campaign) => format!(
            "L’erreur d’une visite est mesurée sur les secondes visites de {campaign}."
        ),
        None => "L’erreur d’une visite est celle que le référentiel déclare : elle n’a pas encore été mesurée ici.".to_owned(),
    }
}

/// What to do: second visits, and which effort shows most in one accueil.
pub(crate) fn advice(power: &Power, design: CollectionDesign) -> Vec<String> {
    let wanted = power.recommended;
    let planned = design.second_visits.min(design.centres);
    let mut said = vec![if planned >= wanted {
        format!(
            "{} : assez pour mesurer l’erreur d’une visite (un accueil sur cinq, trois au moins).",
            count(planned, "seconde visite", "secondes visites")
        )
    } else {
        format!(
            "Visitez une seconde fois {} (un sur cinq, trois au moins), un autre jour : leurs paires de visites mesurent l’erreur d’une visite, et toutes les marges reposent sur elle. Deux observateurs le même jour ne la mesurent pas.",
            count(wanted, "accueil", "accueils")
        )
    }];
    said.extend(best_effort(power));
    said
}

/// The effort that lowers most the change that is seen of an axe of one accueil.
fn best_effort(power: &Power) -> Option<String> {
    let of = |wanted: &dyn Fn(Option<MissingEvidence>) -> bool| {
        let lines = power.lines.iter().filter(|l| match l.subject {
            PowerSubject::Centre(Level::Axe, effort) => wanted(effort),
            _ => false,
        });
        lines.min_by(|a, b| a.error.total_cmp(&b.error))
    };
    let planned = of(&|effort| effort.is_none())?;
    let best = of(&|effort| effort.is_some())?;
    let PowerSubject::Centre(_, Some(effort)) = best.subject else {
        return None;
    };
    let what = match effort {
        MissingEvidence::SecondVisit => "une seconde visite",
        MissingEvidence::SecondReader => "un entretien noté par deux personnes",
        _ => "deux fois plus de réponses",
    };
    // Efforts that show the same once rounded are not told apart.
    let seen = |line: &PowerLine| change(line, line.likely);
    let as_good = power.lines.iter().filter(|l| match l.subject {
        PowerSubject::Centre(Level::Axe, _) => seen(l) == seen(best),
        _ => false,
    });
    (best.error < planned.error - 1e-9 && as_good.count() == 1).then(|| {
        format!(
            "Dans un accueil, c’est {what} qui fait voir les plus petits changements d’un axe : « plutôt en hausse » à partir de {} au lieu de {}.",
            change(best, best.likely),
            change(planned, planned.likely)
        )
    })
}
