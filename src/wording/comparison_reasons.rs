//! Reasons of a comparison's lines, in a few French words each; exports, reports and the log join
//! them with « ; ».

use std::fmt::Write;

use crate::base::text::{count, decimals, list, percent, signed};
use crate::compare::{
    CommonTrend, CompositePlace, ExperimentReading, LevelTrend, Line, LineReason, MissingEvidence,
    MissingSide, Standing, Way,
};
use crate::stats::change::z_for_lines;
use crate::stats::level_filter::FollowedLevel;
use crate::stats::ranks::Flag;

/// Everything to know of a line; empty when there is nothing.
pub(crate) fn of_line(line: &Line) -> String {
    let words: Vec<String> = line.reasons.iter().map(reason).collect();
    words.join(" ; ")
}

fn reason(reason: &LineReason) -> String {
    if let Some(fixed) = fixed(reason) {
        return fixed.to_owned();
    }
    match reason {
        LineReason::Missing { first, second } => missing(*first, *second),
        LineReason::NoValue(status) => status.label().to_owned(),
        LineReason::SourceAppeared(source) => format!("source apparue : {source}"),
        LineReason::SourceGone(source) => format!("source disparue : {source}"),
        LineReason::OnSources(sources) => {
            let names: Vec<String> = sources.iter().map(ToString::to_string).collect();
            format!("écart sur {}, que les deux campagnes ont", list(&names))
        }
        LineReason::TooFewCommon { common, expected } => format!(
            "{} sur {expected} : trop peu pour conclure",
            count(*common, "critère commun", "critères communs")
        ),
        LineReason::OnCommon(common) => format!(
            "sur {}",
            count(*common, "critère commun", "critères communs")
        ),
        LineReason::FewAnswers { least } => format!("moins de {least} réponses : pas de verdict"),
        LineReason::FewCentres { least } => format!("moins de {least} accueils : pas de verdict"),
        LineReason::Panel {
            centres,
            rising,
            falling,
            still,
        } => format!(
            "moyenne de {} aux deux campagnes : {rising} en hausse, {falling} en baisse, {still} sans changement",
            count(*centres, "accueil présent", "accueils présents")
        ),
        LineReason::Organiser { centres } => format!(
            "décidé par l’organisateur : les réponses de {} ensemble",
            match centres {
                1 => "1 accueil présent aux deux campagnes".to_owned(),
                n => format!("{n} accueils présents aux deux campagnes"),
            }
        ),
        LineReason::Chance { p } => chance(*p),
        LineReason::Trend(trend) => format!("tendance : {}", level_trend(trend)),
        LineReason::CommonTrend(trend) => common_trend(trend),
        LineReason::PilotRank {
            rank,
            centres,
            p,
            attainable,
        } => format!(
            "{} de {centres} accueils ; p = {}, au mieux {}",
            rank_words(*rank),
            decimals(*p, 3),
            decimals(*attainable, 3)
        ),
        LineReason::Overdispersed(phi) => format!(
            "les accueils diffèrent plus que le hasard des réponses (φ = {}) : limites élargies d’autant",
            decimals(*phi, 1)
        ),
        LineReason::Reliability(kept) => format!("fiabilité {}", decimals(*kept, 2)),
        LineReason::Apart {
            below,
            above,
            alike,
        } => apart(some(below), some(above), *alike),
        LineReason::ApartInNumber {
            below,
            above,
            alike,
        } => apart(some_centres(*below), some_centres(*above), *alike),
        LineReason::PossibleRanks {
            best,
            worst,
            centres,
        } => format!("place possible : de {best} à {worst} sur {centres}"),
        LineReason::BesidePeers { gap, peers } => format!(
            "{} par rapport à ses pairs {}",
            signed(*gap, 1),
            list(peers)
        ),
        LineReason::WeightShift { places } => format!(
            "d’un choix de pondération à un autre, un accueil change en moyenne de {} place",
            decimals(*places, 1)
        ),
        LineReason::Without(codes) => format!("sans {}, où un axe manque", list(codes)),
        LineReason::CompositePlace(place) => composite_place(place),
        LineReason::Ahead {
            rival,
            share,
            alike,
        } => ahead(rival, *share, *alike),
        LineReason::CompositeMargin(Some(margin)) => {
            format!("valeur à {} près", decimals(*margin, 1))
        }
        _ => String::new(),
    }
}

/// Reasons that hold no number.
fn fixed(reason: &LineReason) -> Option<&'static str> {
    Some(match reason {
        LineReason::LeftPanel => "sortie du panel",
        LineReason::EnteredPanel => "entrée dans le panel",
        LineReason::VersionBreak => "rupture de version",
        LineReason::ObserverChanged => "l’observateur a changé",
        LineReason::OverallMark => "note d’ensemble : son évolution se lit axe par axe",
        LineReason::NoCommonCritere => "aucun critère commun aux deux campagnes",
        LineReason::LoneAnswer => "une seule réponse à un questionnaire : pas de verdict",
        LineReason::DataChanged => "la donnée a changé : elle n’entre pas dans l’écart",
        LineReason::SameData => "la donnée est la même",
        LineReason::OtherRulesVerified => {
            "ce qui a été vérifié n’est pas la même chose d’une campagne à l’autre"
        }
        LineReason::SameRatings => "mêmes notes",
        LineReason::WouldTell(missing) => missing_evidence(*missing),
        LineReason::TooFewForTest => "effectif trop petit pour un test",
        LineReason::NoEffect => "non calculable : il faut un changement chez le pilote et ailleurs",
        LineReason::SameChangeEverywhere => {
            "le même changement partout : rien ne distingue le pilote"
        }
        LineReason::StandardisedChanges => {
            "p calculé sur les changements rapportés à leur marge, inégale selon les accueils"
        }
        LineReason::Experiment(ExperimentReading::Unprovable) => {
            "trop peu d’accueils pour prouver un effet : un indice, à confirmer par d’autres pilotes"
        }
        LineReason::Experiment(ExperimentReading::Proven) => {
            "écart qui dépasse le hasard, si le pilote n’a pas été choisi pour son élan"
        }
        LineReason::Experiment(ExperimentReading::Unproven) => "l’écart peut être dû au hasard",
        LineReason::UnknownMargins => {
            "marge inconnue pour trop d’accueils : ne les comparez pas entre eux"
        }
        LineReason::NoDifference => "pas de différence décelable entre accueils",
        LineReason::Standing(Standing::Above) => "au-dessus de la moyenne",
        LineReason::Standing(Standing::Below) => "au-dessous de la moyenne",
        LineReason::Standing(Standing::Near) => "proche de la moyenne",
        LineReason::NotComparedShares => {
            "trop peu d’accueils ou réponses unanimes : ne les comparez pas entre eux"
        }
        LineReason::OneMark => {
            "une seule note d’une seule personne : trop peu pour le distinguer d’un autre accueil"
        }
        LineReason::NoFunnel => "trop peu de réponses par accueil pour un graphique en entonnoir",
        LineReason::OutsideFunnel => "hors des limites à 99,8 % : à regarder de près avec l’équipe",
        LineReason::InsideFunnel => "dans les limites attendues du hasard",
        LineReason::CompositeMargin(None) => "marge de mesure inconnue",
        _ => return None,
    })
}

/// What to do to know.
fn missing_evidence(missing: MissingEvidence) -> &'static str {
    match missing {
        MissingEvidence::SecondVisit => "une seconde visite suffirait",
        MissingEvidence::SecondReader => "un entretien noté par deux personnes suffirait",
        MissingEvidence::TwiceTheAnswers => "deux fois plus de réponses suffiraient",
        MissingEvidence::AllOfThem => {
            "il faudrait à la fois une seconde visite, un entretien noté par deux personnes et plus de réponses"
        }
        MissingEvidence::NextCampaign => "aucune collecte de plus à cette campagne n’y suffirait",
    }
}

fn missing(first: Option<MissingSide>, second: Option<MissingSide>) -> String {
    let words = |side: MissingSide| match side {
        MissingSide::OutOfScope => "hors du champ",
        MissingSide::PutAside => "sans objet sur ce territoire",
        MissingSide::Status(status) => status.label(),
    };
    match (first.map(words), second.map(words)) {
        (Some(a), Some(b)) => format!("première campagne : {a} ; seconde : {b}"),
        (Some(a), None) => format!("première campagne : {a}"),
        (None, Some(b)) => format!("seconde campagne : {b}"),
        (None, None) => String::new(),
    }
}

/// « p = 0,042 », « p < 0,001 ».
fn chance(p: f64) -> String {
    if p < 0.001 {
        "p < 0,001".to_owned()
    } else {
        format!("p = {}", decimals(p, 3))
    }
}

/// « +0,25 niveau par an sur 3 campagnes ».
pub(crate) fn level_trend(trend: &LevelTrend) -> String {
    let campaigns = trend.campaigns;
    let mut text = match trend.followed {
        Some(followed) => followed_level(&followed, campaigns),
        None => format!("marge inconnue à l’une des {campaigns} campagnes : niveau non suivi"),
    };
    if let Some(per_year) = trend.per_year {
        text.push_str(" ; ");
        text.push_str(&signed(per_year, 2));
        text.push_str(" niveau par an");
        if let Some(p) = trend.p {
            let _ = write!(text, " ({})", chance(p));
        }
    }
    text
}

/// « niveau suivi sur 3 campagnes : 3,1 (de 2,8 à 3,4) ; +0,3 depuis la première (de −0,1 à +0,7) ».
fn followed_level(followed: &FollowedLevel, campaigns: usize) -> String {
    let z = z_for_lines(0.05, 1);
    let (level, change) = (followed.level, followed.change);
    let half = z * followed.error;
    let moved = z * followed.change_error;
    format!(
        "niveau suivi sur {campaigns} campagnes : {} (de {} à {}), {} depuis la première (de {} à {})",
        decimals(level, 2),
        decimals((level - half).max(1.0), 2),
        decimals((level + half).min(4.0), 2),
        signed(change, 2),
        signed(change - moved, 2),
        signed(change + moved, 2)
    )
}

fn common_trend(trend: &CommonTrend) -> String {
    let counted = |centres: usize| count(centres, "accueil", "accueils");
    match trend {
        CommonTrend::TooFew { centres } => format!(
            "tendance commune non calculable : {} à toutes les campagnes",
            counted(*centres)
        ),
        CommonTrend::Unknown(reason) => {
            format!("tendance commune non calculable : {}", reason.label())
        }
        CommonTrend::Tested { centres, p, way } => {
            let way = match way {
                Some(Way::Up) => "hausse",
                Some(Way::Down) => "baisse",
                None => "ni hausse ni baisse au-delà du hasard",
            };
            format!(
                "tendance commune à {} : {way} ({})",
                counted(*centres),
                chance(*p)
            )
        }
    }
}

/// « le changement le plus favorable », « le 3ᵉ changement le plus favorable ».
fn rank_words(rank: usize) -> String {
    match rank {
        1 => "le changement le plus favorable".to_owned(),
        n => format!("le {n}ᵉ changement le plus favorable"),
    }
}

/// Names of centres; none of nobody.
fn some(codes: &[String]) -> Option<String> {
    (!codes.is_empty()).then(|| list(codes))
}

/// How many centres; none of nobody.
fn some_centres(centres: usize) -> Option<String> {
    (centres > 0).then(|| count(centres, "accueil", "accueils"))
}

fn apart(below: Option<String>, above: Option<String>, alike: usize) -> String {
    let mut words = Vec::new();
    if let Some(below) = below {
        words.push(format!("sûrement au-dessus de {below}"));
    }
    if let Some(above) = above {
        words.push(format!("sûrement au-dessous de {above}"));
    }
    words.push(match (words.is_empty(), alike) {
        (true, _) => "ne se distingue d’aucun autre accueil".to_owned(),
        (false, 0) => "se distingue de tous les autres".to_owned(),
        (false, 1) => "ne se distingue pas du dernier".to_owned(),
        (false, n) => format!("ne se distingue pas des {n} autres"),
    });
    words.join(", ")
}

fn composite_place(place: &CompositePlace) -> String {
    let whole = |rank: f64| decimals(rank, 0);
    let (best, usual, worst) = (whole(place.best), whole(place.usual), whole(place.worst));
    let centres = place.centres;
    let text = if best == worst {
        format!("place {usual} sur {centres} quels que soient les poids autour de ceux demandés")
    } else {
        format!(
            "selon le choix de pondération, place de {best} à {worst} sur {centres}, {usual} le plus souvent"
        )
    };
    let Some(left_out) = place.left_out else {
        return text;
    };
    let (low, high) = (whole(left_out.best), whole(left_out.worst));
    if low == high {
        format!("{text} ; encore {low} si l’on retire un axe")
    } else {
        format!("{text} ; de {low} à {high} si l’on retire un axe")
    }
}

fn ahead(rival: &str, share: f64, alike: bool) -> String {
    let alike = if alike {
        ", mais les deux ne se distinguent pas une fois compté le bruit de mesure"
    } else {
        ""
    };
    format!(
        "devant {rival} dans {} des choix de pondération{alike}",
        percent(share)
    )
}

/// Alerts only are commented on: one centre in twenty is outside 95 % by chance.
pub(crate) fn funnel_reading(flag: Flag) -> &'static str {
    match flag {
        Flag::Alert => "hors des limites à 99,8 %",
        Flag::Watch | Flag::Ok => "dans ce que le hasard permet",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_become_a_sentence() {
        let panel = LineReason::Panel {
            centres: 13,
            rising: 9,
            falling: 3,
            still: 1,
        };
        assert_eq!(
            reason(&panel),
            "moyenne de 13\u{a0}accueils présents aux deux campagnes : 9 en hausse, 3 en baisse, 1 sans changement"
        );
        assert_eq!(reason(&LineReason::Chance { p: 0.0004 }), "p < 0,001");
        let apart = LineReason::Apart {
            below: vec!["R01".to_owned(), "R02".to_owned()],
            above: Vec::new(),
            alike: 1,
        };
        assert_eq!(
            reason(&apart),
            "sûrement au-dessus de R01 et R02, ne se distingue pas du dernier"
        );
    }
}
