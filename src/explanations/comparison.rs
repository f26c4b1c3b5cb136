//! Why a change is, or is not, called a change; how a figure stands among the others; why a
//! critère comes first.

use std::fmt::Write;

use super::Explainer;
use crate::comparisons::Line;
use crate::indicators::{Basis, Figure, Level};
use crate::referentiel::Rules;
use crate::stats::change::Verdict;
use crate::text::decimals;

impl Explainer<'_> {
    /// Paragraphs that follow the making of a critère or an axe.
    pub(super) fn beyond(&self, level: Level, code: &str) -> String {
        let mut text = self.error(level, code);
        text.push_str(&self.evolution(level, code));
        text.push_str(&self.trend(level, code));
        if let Some(line) = self.beside.get(self.structure, level, code) {
            let _ = writeln!(text, "\nParmi les accueils : {}.", line.raison);
        }
        if level == Level::Critere {
            text.push_str(&self.priority(code));
        }
        text
    }

    /// Standard error of a figure, and what it is made of.
    fn error(&self, level: Level, code: &str) -> String {
        let Some(figure) = self.figure(level, code, None).filter(|f| f.value.is_some()) else {
            return String::new();
        };
        let spread = &self.indicators.spread;
        let Some(se) = spread.standard_error(&figure.noise) else {
            return format!("\nMarge de mesure : {}.\n", why_unknown(figure));
        };
        let mut text = format!("\nMarge de mesure : erreur type {} niveau", decimals(se, 2));
        let observed = match spread.basis() {
            Basis::Visits => format!(
                "{} d’une visite à l’autre pour un élément, {} pour l’effet du jour",
                decimals(spread.element_variance().sqrt(), 2),
                decimals(spread.day_variance().sqrt(), 2)
            ),
            _ => format!(
                "{} entre observateurs d’une même visite, sans l’effet du jour",
                decimals(spread.rating_variance().sqrt(), 2)
            ),
        };
        if figure.noise.is_observed() {
            let _ = write!(text, " (écart type {observed})");
        }
        if figure.noise.respondents > 0.0 {
            let part = decimals(figure.noise.respondents, 2);
            let _ = write!(text, " ; part des répondants : {part}");
        }
        text.push_str(".\n");
        text
    }

    /// Rule 8, with its numbers.
    fn evolution(&self, level: Level, code: &str) -> String {
        let Some((earlier, compared)) = self.compared else {
            return String::new();
        };
        let Some(line) = compared.get(self.structure, level, code) else {
            return String::new();
        };
        let mut text = format!("\nÉvolution depuis {earlier} : ");
        text.push_str(&change(line, &self.scope.referentiel.rules));
        text
    }
}

fn why_unknown(figure: &Figure) -> &'static str {
    match (figure.noise.lone, figure.noise.unknown) {
        (true, _) => "inconnue, un questionnaire n’a qu’une réponse",
        (_, true) => "inconnue, les réponses sont trop peu nombreuses",
        _ if figure.noise.is_observed() => {
            "inconnue, rien n’a été noté deux fois dans cette campagne"
        }
        _ => "sans objet, l’entretien et les données d’activité sont pris comme des faits",
    }
}

/// A line of comparison, with the rule that judged it.
pub(super) fn change(line: &Line, rules: &Rules) -> String {
    let (Some(a), Some(b), Some(delta)) = (line.value1, line.value2, line.delta) else {
        return format!("pas de comparaison ({}).\n", line.raison);
    };
    let mut text = format!(
        "de {} à {}, soit {} ; verdict : {}.\n",
        decimals(a, 2),
        decimals(b, 2),
        signed(delta),
        words(line)
    );
    if !line.raison.is_empty() {
        let _ = writeln!(text, "  {}.", line.raison);
    }
    let counts = if line.level == Level::Enquete {
        rules.mic_part
    } else {
        rules.mic
    };
    match line.interval {
        Some((low, high)) => {
            let _ = writeln!(
                text,
                "  Entre {} et {}, compte tenu du bruit et du nombre de lignes lues ensemble. Il faut un changement d’au moins {} qui dépasse cette marge.",
                signed(low),
                signed(high),
                decimals(counts, 1)
            );
        }
        None => {
            let _ = writeln!(
                text,
                "  Sans marge connue, seul compte le changement minimal : {}.",
                decimals(counts, 1)
            );
        }
    }
    text
}

fn words(line: &Line) -> &'static str {
    match line.verdict {
        Some(Verdict::Progresse) => "progresse",
        Some(Verdict::Recule) => "recule",
        Some(Verdict::Stable) => "stable",
        Some(Verdict::Indetermine) => "l’écart est trop faible ou trop incertain pour conclure",
        Some(Verdict::NonComparable) => "non comparable",
        None => "aucun",
    }
}

fn signed(value: f64) -> String {
    let sign = if value < 0.0 { "−" } else { "+" };
    format!("{sign}{}", decimals(value.abs(), 2))
}
