//! Sentences made from figures: they agree in gender and number and read like written ones.

use std::fmt::Write;

use crate::base::day::short_day;
use crate::base::text::{
    Datum, Unit, count, date_short, decimal1, decimals, list, number_word, rounded,
};
use crate::disclosure::{
    AgreementShares, ClearedAction, ClearedAdvice, ClearedAgreement, ClearedCorrection,
    ClearedFigure, ClearedRules, Evolution, IntegrationProof, NotCounted, Shown, Why,
};
use crate::figures::FigureStatus;
use crate::stats::change::Verdict;
use crate::vocabulary::referentiel::regulation::Regulation;
use crate::wording::verdict_words::verdict_words;

/// The text with a capital at its head.
pub(super) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

/// « 7 atteints sur 9 applicables ; un n’a pas été évalué. »
pub(super) fn imperatifs(met: usize, applicable: usize, unknown: usize) -> String {
    if applicable == 0 {
        return "Aucun critère impératif ne s’applique à cet accueil.".to_owned();
    }
    let head = match met {
        0 => "Aucun critère impératif atteint".to_owned(),
        1 => "Un critère impératif atteint".to_owned(),
        n => format!("{n} critères impératifs atteints"),
    };
    let tail = match unknown {
        0 => String::new(),
        1 => " ; un n’a pas été évalué".to_owned(),
        n => format!(" ; {} n’ont pas été évalués", number_word(n, false)),
    };
    format!(
        "{head} sur {}{tail}.",
        count(applicable, "applicable", "applicables")
    )
}

/// Why some figures are not those of today.
pub(super) const REPEATS: &str = "Des chiffres de ce rapport redisent une édition précédente : depuis, trop peu de réponses sont venues, ou parties, pour que la différence ne désigne personne.";

/// When an impératif is met, for whom a report is.
pub(super) const MUST_RULE: &str = "Un critère impératif est atteint quand tout ce que la règle y demande est constaté conforme ; ses autres éléments font son niveau, et rien ne compense un manquement.";

/// « Corrigé depuis le 20/11/2026 : Le 119 est affiché… »
pub(super) fn corrected(correction: &ClearedCorrection) -> String {
    let day = correction.day;
    let day = day.map_or(String::new(), |d| format!(" le {}", d.short()));
    format!("Corrigé depuis{day} : {}", correction.label)
}

/// Which texts the rules come from: what was read on that day is the law, not the accueil.
pub(super) fn texts_of_law(law: &Regulation) -> String {
    let (read, known): (Vec<_>, Vec<_>) = law.articles.iter().partition(|a| a.is_read());
    let days = read.iter().map(|a| a.verified.as_str());
    let day = (days.chain([law.verified.as_str()]).min()).filter(|day| !day.is_empty());
    let day = day.map_or_else(String::new, |day| {
        format!(", relus par l’observatoire le {}", date_short(day))
    });
    let known = match known.len() {
        0 => String::new(),
        1 => " (un seul reste à relire)".to_owned(),
        n => format!(" ({} restent à relire)", number_word(n, false)),
    };
    format!(
        "Elles viennent des textes de loi en vigueur au {}{day}{known}.",
        date_short(&law.en_vigueur)
    )
}

/// « Règles de droit constatées à l’accueil : 21 conformes sur 22, 3 restent à vérifier. »
pub(super) fn rules(rules: ClearedRules, law: &Regulation) -> String {
    if rules.checked == 0 {
        return format!(
            "Règles de droit constatées à l’accueil : aucune encore, sur les {} qui s’appliquent. {}",
            rules.applicable,
            texts_of_law(law)
        );
    }
    let left = rules.applicable - rules.checked;
    let left = match left {
        0 => String::new(),
        1 => " ; une reste à vérifier".to_owned(),
        n => format!(" ; {n} restent à vérifier"),
    };
    let met = count(rules.met, "conforme", "conformes");
    let corrected = match rules.corrected {
        0 => String::new(),
        1 => ", dont une corrigée depuis le constat".to_owned(),
        n => format!(", dont {n} corrigées depuis le constat"),
    };
    format!(
        "Règles de droit constatées à l’accueil : {met} sur {}{corrected}{left}. {}",
        rules.checked,
        texts_of_law(law)
    )
}

/// What is said of an accueil that is not declared: nothing was checked, and it is no safer than others.
pub(super) fn outside_the_law(law: &Regulation) -> String {
    let d = law.definition;
    format!(
        "Hors du droit des accueils de mineurs : encadrement, qualification et contrôle des personnes ne sont pas vérifiés ; vérifier si la déclaration est due ({} mineurs, {} jours, {} h ou {} h sous PEDT).",
        d.mineurs, d.jours, d.heures, d.heures_pedt
    )
}

/// A level that rounding would show on the wrong side of its target gets one more decimal.
fn level_digits(value: f64, target: f64) -> usize {
    let below = value < target - 1e-9;
    let hides = below && decimal1(value) == decimal1(target);
    if hides { 2 } else { 1 }
}

/// The level as a cell.
pub(super) fn level_datum(value: f64, target: f64) -> Datum {
    let digits = level_digits(value, target);
    Datum {
        text: decimals(value, digits),
        number: Some(rounded(value, digits)),
        unit: Unit::Level,
        ..Datum::default()
    }
}

/// « 3,2 sur 4 », or why there is no value.
pub(super) fn level(figure: &ClearedFigure) -> String {
    match figure.value {
        Some(Shown::Value(v)) => format!("{} sur 4", decimals(v, level_digits(v, figure.target))),
        Some(Shown::Masked(mask)) => mask.words().to_owned(),
        None => figure.status.label().to_owned(),
    }
}

/// « objectif 3,0 atteint », « objectif 3,0 : il manque 0,4 ».
pub(super) fn target(figure: &ClearedFigure) -> String {
    let Some(v) = figure.value.as_ref().and_then(Shown::value) else {
        return String::new();
    };
    let goal = decimal1(figure.target);
    if v >= figure.target - 1e-9 {
        format!("objectif {goal} atteint")
    } else {
        let gap = figure.target - v;
        let shown = if decimal1(gap) == "0,0" {
            decimals(gap, 2)
        } else {
            decimal1(gap)
        };
        format!("objectif {goal} : il manque {shown}")
    }
}

/// Verdict in plain words, with the change where a direction is told.
pub(super) fn verdict(evolution: &Evolution) -> String {
    let sign = |d: f64| format!("{}{}", if d > 0.0 { "+" } else { "" }, decimal1(d));
    let Some(verdict) = evolution.verdict else {
        return String::new();
    };
    let words = verdict_words(verdict);
    let has_way = !matches!(
        verdict,
        Verdict::Stable | Verdict::Indetermine | Verdict::NonComparable
    );
    let text = match (has_way, evolution.delta) {
        (true, Some(d)) => format!("{words} ({})", sign(d)),
        _ => words.to_owned(),
    };
    if evolution.a_verifier && verdict.is_firm() {
        format!("{text}, à confirmer")
    } else {
        text
    }
}

/// Why a critère is put forward.
pub(super) fn why(advice: &ClearedAdvice, strength: bool) -> String {
    let mut text = match (advice.why, strength) {
        (Why::Imperatif, _) => "Critère impératif non atteint : à traiter d’abord.",
        (Why::Sure, true) => "Au-dessus de l’objectif, au-delà de la marge de mesure.",
        (Why::Likely, true) => "À l’objectif ou au-dessus, à la marge de mesure près.",
        (Why::Unmeasured, true) => {
            "À l’objectif ou au-dessus ; la marge de mesure n’est pas connue."
        }
        (Why::Sure, false) => "Sous l’objectif, au-delà de la marge de mesure.",
        (Why::Likely, false) => {
            "Sans doute sous l’objectif : l’écart reste dans la marge de mesure."
        }
        (Why::Unmeasured, false) => "Sous l’objectif ; la marge de mesure n’est pas connue.",
    }
    .to_owned();
    if advice.important {
        text.push_str(" Les familles contentes sur ce point sont aussi les plus contentes de l’accueil en général.");
    }
    if let Some(tie) = tie_words(&advice.ties) {
        let _ = write!(text, " {tie} : l’ordre est celui du référentiel.");
    }
    text
}

/// « 2 masqués pour protéger des personnes, 1 sans assez de notes »; nothing where nobody is left out.
pub(super) fn left_out(out: NotCounted) -> String {
    let hidden = (out.hidden > 0).then(|| {
        let masked = count(out.hidden, "masqué", "masqués");
        format!("{masked} pour protéger des personnes")
    });
    let without = (out.without > 0).then(|| format!("{} sans assez de notes", out.without));
    let said: Vec<String> = hidden.into_iter().chain(without).collect();
    said.join(", ")
}

/// Tied critères that are named; beyond, they are counted.
const TIES_NAMED: usize = 3;

/// « À égalité avec ENV-2 et REL-1 »; none of no tie.
fn tie_words(ties: &[String]) -> Option<String> {
    match ties.len() {
        0 => None,
        1..=TIES_NAMED => Some(format!("À égalité avec {}", list(ties))),
        n => Some(format!("À égalité avec {n} autres critères")),
    }
}

/// Agreement between observers on the territory; no observer is told apart.
pub(super) fn agreement(agreement: ClearedAgreement) -> String {
    let (all, twice) = (agreement.visits, agreement.scored_twice);
    let Some(AgreementShares { exact, within_one }) = agreement.shares else {
        return "Aucune visite n’a été notée par deux observateurs : l’accord entre eux n’est pas connu.".to_owned();
    };
    let visits = if twice < 2 {
        "visite notée"
    } else {
        "visites notées"
    };
    format!(
        "Accord entre observateurs, sur {twice} {visits} à plusieurs (de {all}) : même note {} fois sur cent, à un niveau près {} fois sur cent.",
        decimals(exact * 100.0, 0),
        decimals(within_one * 100.0, 0)
    )
}

/// Marks as words.
pub(super) fn marks(figure: &ClearedFigure) -> Vec<String> {
    let mut marks = Vec::new();
    if figure.status == FigureStatus::Provisoire {
        marks.push("provisoire : sans observation extérieure".to_owned());
    }
    if figure.fragile {
        marks.push("tendance fragile : peu de réponses ou d’éléments notés".to_owned());
    }
    marks
}

/// « 13 accueils sont comparés. L’Oison n’était pas évalué au printemps 2026 ; La Mare ne l’est plus. »; `when`
/// was the campaign before.
pub(super) fn panel(compared: usize, entries: &[String], exits: &[String], when: &str) -> String {
    let mut text = match compared {
        0 => "Aucun accueil n’est comparé.".to_owned(),
        1 => "Un seul accueil est comparé.".to_owned(),
        n => format!(
            "{} accueils sont comparés.",
            capital(&number_word(n, false))
        ),
    };
    let were = if entries.len() < 2 {
        "n’était pas évalué"
    } else {
        "n’étaient pas évalués"
    };
    let entered = (!entries.is_empty()).then(|| format!("{} {were} {when}", list(entries)));
    let are = |alone: bool| match (alone, exits.len()) {
        (false, 1) => "ne l’est plus",
        (false, _) => "ne le sont plus",
        (true, 1) => "n’est plus évalué",
        (true, _) => "ne sont plus évalués",
    };
    let left = (!exits.is_empty()).then(|| format!("{} {}", list(exits), are(entries.is_empty())));
    let said: Vec<String> = entered.into_iter().chain(left).collect();
    if !said.is_empty() {
        let _ = write!(text, " {}.", said.join(" ; "));
    }
    text
}

/// An activity value with its unit.
pub(super) fn with_unit(value: f64, unit: &str) -> Datum {
    match unit {
        "%" => Datum::share(value),
        "rapport" => Datum {
            text: decimals(value, 2),
            number: Some(rounded(value, 2)),
            unit: Unit::Number,
            ..Datum::default()
        },
        _ => {
            let digits = usize::from(value.fract() != 0.0);
            Datum {
                text: format!("{}\u{a0}{unit}", decimals(value, digits)),
                number: Some(rounded(value, digits)),
                unit: Unit::Number,
                ..Datum::default()
            }
        }
    }
}

/// Where an action stands: « réalisée le 12/05/2026 », « en retard » ; where its recommendation was
/// integrated, and what the critère did since.
pub(super) fn action_state(a: &ClearedAction) -> String {
    let standing = a.standing.label();
    let mut said = vec![a.realisation.map_or_else(
        || standing.to_owned(),
        |done| format!("{standing} le {}", done.short()),
    )];
    if let Some(IntegrationProof {
        document,
        page,
        date,
    }) = &a.integree
    {
        let place = if page.is_empty() {
            document.to_string()
        } else {
            format!("{document}, page {page}")
        };
        said.push(format!(
            "intégrée au document « {place} » le {}",
            short_day(*date)
        ));
    }
    if let Some(effect) = a.effet.as_ref().map(verdict).filter(|v| !v.is_empty()) {
        said.push(format!(
            "sur le critère, d’une campagne à l’autre : {effect}"
        ));
    }
    said.retain(|s| !s.is_empty());
    said.join(" ; ")
}

/// What is done, without the sentence of the référentiel that it answers: « … (« Un adulte s’arrête… ») ».
pub(super) fn in_short(action: &str) -> &str {
    let action = action.trim_end_matches(['.', ' ']);
    let quoted = action.strip_suffix("»)").and_then(|a| a.rsplit_once("(«"));
    let alone = quoted.map_or(action, |(before, _)| before.trim_end());
    if alone.is_empty() { action } else { alone }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn imperatifs_agree() {
        assert_eq!(
            imperatifs(0, 9, 0),
            "Aucun critère impératif atteint sur 9\u{a0}applicables."
        );
        assert_eq!(
            imperatifs(1, 1, 0),
            "Un critère impératif atteint sur 1\u{a0}applicable."
        );
        assert_eq!(
            imperatifs(7, 9, 1),
            "7 critères impératifs atteints sur 9\u{a0}applicables ; un n’a pas été évalué."
        );
        assert_eq!(
            imperatifs(3, 9, 2),
            "3 critères impératifs atteints sur 9\u{a0}applicables ; deux n’ont pas été évalués."
        );
        assert_eq!(
            imperatifs(0, 0, 0),
            "Aucun critère impératif ne s’applique à cet accueil."
        );
    }

    #[test]
    fn rounding_never_hides_a_missed_target() {
        assert_eq!(level_datum(2.96, 3.0).text, "2,96");
        assert_eq!(level_datum(3.04, 3.0).text, "3,0");
    }

    #[test]
    fn an_action_is_told_without_what_it_answers() {
        assert_eq!(
            in_short("Afficher le 119 (« Le 119 est affiché »)."),
            "Afficher le 119"
        );
        assert_eq!(in_short("Acheter des coussins."), "Acheter des coussins");
        assert_eq!(in_short("(« Seul »)"), "(« Seul »)");
    }

    #[test]
    fn panels_agree() {
        let names = |n: &[&str]| n.iter().map(|s| (*s).to_owned()).collect::<Vec<_>>();
        let when = "au printemps 2026";
        assert_eq!(
            panel(13, &names(&["L’Oison"]), &names(&["La Mare"]), when),
            "13 accueils sont comparés. L’Oison n’était pas évalué au printemps 2026 ; La Mare ne l’est plus."
        );
        assert_eq!(
            panel(1, &[], &names(&["B", "C"]), when),
            "Un seul accueil est comparé. B et C ne sont plus évalués."
        );
    }
}
