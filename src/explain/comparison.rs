//! Why a change is, or is not, called a change; how a figure stands among the others.

use crate::stats::interval::Interval;
use std::fmt::Write;

use super::campaign_history::Since;
use super::explainer::Explainer;
use crate::base::text::{count, decimals, percent, signed};
use crate::compare::Line;
use crate::figures::{Basis, DOUBLE_CODED_NEEDED, Figure, Level};
use crate::stats::proportion::wilson;
use crate::stats::ranks::binomial_limits;
use crate::vocabulary::referentiel::{Element, Rules};
use crate::wording::verdict_words::verdict_words;
use crate::wording::{comparison_reasons, rule_sentences};

impl Explainer<'_> {
    /// Paragraphs that follow the making of a critère or an axe.
    pub(super) fn beyond(&self, level: Level, code: &str) -> String {
        let mut text = self.error(level, code);
        text.push_str(&self.evolution(level, code));
        text.push_str(&self.trend(level, code));
        text.push_str(&self.among(level, code));
        if level == Level::Critere {
            text.push_str(&self.status(code));
            text.push_str(&self.priority(code));
        }
        text
    }

    /// How the figure stands among the centres: the value that noise leaves credible, the limits of
    /// the funnel, whom it can be told apart from.
    fn among(&self, level: Level, code: &str) -> String {
        // Why there is no value is told at its head.
        let beside = self.beside.get(self.structure, level, code);
        let Some(line) = beside.filter(|line| line.value1.is_some()) else {
            return String::new();
        };
        let share = level == Level::Enquete;
        let said = |v: f64| if share { percent(v) } else { decimals(v, 2) };
        let mut text = String::from("\nParmi les accueils : ");
        if let (Some(own), Some(shrunken)) = (line.value1, line.value2) {
            let _ = write!(
                text,
                "{}, ramené à {} pour tenir compte du hasard (moyenne du territoire {}) ; ",
                said(own),
                said(shrunken),
                said(own - line.delta.unwrap_or(0.0))
            );
        }
        let _ = writeln!(text, "{}.", comparison_reasons::of_line(line));
        let answers = self.indicators.figures().iter().find(|f| {
            (f.structure.as_str(), f.level, f.code.as_str()) == (self.structure, level, code)
        });
        let target = line.value1.zip(line.delta).map(|(v, d)| v - d);
        if let (true, Some(f), Some(target)) = (share && line.value2.is_some(), answers, target)
            && let Ok(limits) = binomial_limits(f.n, target, &[0.001, 0.999])
        {
            let _ = writeln!(
                text,
                "  Si cet accueil était comme les autres, {} donneraient entre {} et {} de favorables, 998 fois sur 1 000.",
                count(f.n, "réponse", "réponses"),
                percent(limits[0]),
                percent(limits[1])
            );
        }
        text
    }

    /// Favourable share of a question, with its interval.
    pub(super) fn favourable(&self, element: &Element) -> String {
        let found = self.figure(Level::Enquete, &element.code, Some(element.source));
        let Some((f, share)) = found.and_then(|f| Some((f, f.value?))) else {
            return String::new();
        };
        let favourable = (share * f.n as f64).round() as usize;
        let interval =
            wilson(favourable, f.n, 0.95).map_or(String::new(), |Interval { low, high }| {
                format!(
                    ", entre {} et {} (Wilson, 95 %)",
                    percent(low),
                    percent(high)
                )
            });
        format!(
            "\nPart favorable : {favourable} sur {}, soit {}{interval}.\n",
            count(f.n, "réponse", "réponses"),
            percent(share)
        )
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
        if figure.noise.is_observed() {
            let from = match spread.basis() {
                Basis::Visits => "mesuré sur les secondes visites",
                Basis::Declared => "surtout déclaré dans le référentiel",
            };
            let _ = write!(
                text,
                " ; visites : écart type {} pour un élément d’un jour à l’autre, {} pour l’effet du jour, {from}",
                decimals(spread.element_variance().sqrt(), 2),
                decimals(spread.day_variance().sqrt(), 2)
            );
        }
        if figure.noise.marks > 0.0 {
            let from = match spread.double_coded {
                0 => "déclaré dans le référentiel",
                1..DOUBLE_CODED_NEEDED => {
                    "surtout déclaré dans le référentiel, trop peu d’entretiens étant codés à deux"
                }
                _ => "mesuré sur les entretiens codés à deux",
            };
            let _ = write!(
                text,
                " ; entretien : écart type {} par note, {from}",
                decimals(spread.mark_variance().sqrt(), 2)
            );
        }
        if figure.noise.respondents > 0.0 {
            let part = decimals(figure.noise.respondents, 2);
            let _ = write!(text, " ; part des répondants : {part}");
        }
        let noise = &figure.noise;
        let parts = [
            (noise.visits, spread.element_variance()),
            (noise.days.powi(2), spread.day_variance()),
            (noise.marks, spread.mark_variance()),
        ];
        let mut parts: Vec<String> = (parts.iter())
            .filter(|(times, _)| *times > 0.0)
            .map(|(times, variance)| {
                format!(
                    "{} × {}²",
                    decimals(*times, 4),
                    decimals(variance.sqrt(), 4)
                )
            })
            .collect();
        if noise.respondents > 0.0 {
            parts.push(format!("{}²", decimals(noise.respondents, 4)));
        }
        let _ = writeln!(
            text,
            ".\n  {} = racine de {}.",
            decimals(se, 4),
            parts.join(" + ")
        );
        text
    }

    /// Whether an impératif changed status.
    fn status(&self, code: &str) -> String {
        let Some(Since { earlier, compared }) = self.since else {
            return String::new();
        };
        let line = compared.get(self.structure, Level::Imperatif, code);
        let said = |v: f64| if v > 0.5 { "atteint" } else { "non atteint" };
        match line.and_then(|l| l.value1.zip(l.value2)) {
            Some((a, b)) => format!(
                "\nImpératif depuis {earlier} : {}, puis {}.\n",
                said(a),
                said(b)
            ),
            None => String::new(),
        }
    }

    /// Rule 8, with its numbers.
    fn evolution(&self, level: Level, code: &str) -> String {
        let Some(Since { earlier, compared }) = self.since else {
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
    if figure.noise.lone {
        "inconnue, un questionnaire n’a qu’une réponse"
    } else {
        "sans objet, les données d’activité sont des faits"
    }
}

/// A line of comparison, with the rule that judged it.
pub(super) fn change(line: &Line, rules: &Rules) -> String {
    let (Some(a), Some(b), Some(delta)) = (line.value1, line.value2, line.delta) else {
        return format!(
            "pas de comparaison ({}).\n",
            comparison_reasons::of_line(line)
        );
    };
    let share = line.level == Level::Enquete;
    let value = |v: f64| {
        if share { percent(v) } else { decimals(v, 2) }
    };
    let gap = |v: f64| {
        if share { points(v) } else { signed(v, 2) }
    };
    let mut text = format!(
        "de {} à {}, soit {} ; verdict : {}.\n",
        value(a),
        value(b),
        gap(delta),
        words(line)
    );
    if !line.reasons.is_empty() {
        let _ = writeln!(text, "  {}.", comparison_reasons::of_line(line));
    }
    let counts = if share {
        points(rules.mic_part).replace('+', "")
    } else {
        rule_sentences::levels(rules.mic)
    };
    let _ = match line.interval {
        Some(Interval { low, high }) => writeln!(
            text,
            "  Le vrai changement est sans doute entre {} et {}, compte tenu du bruit et du nombre de lignes lues ensemble. Un changement est annoncé s’il atteint {counts}, si cet intervalle ne contient pas zéro et si sa direction est sûre à 99 %.{}",
            gap(low),
            gap(high),
            thought(line)
        ),
        None if line.verdict.is_none() => Ok(()),
        None => writeln!(
            text,
            "  Sans marge connue, seul compte le changement minimal : {counts}."
        ),
    };
    text
}

/// What all the lines read together leave to think of one of them.
fn thought(line: &Line) -> String {
    let (Some(rise), Some(error)) = (line.rise, line.se) else {
        return String::new();
    };
    let size = if line.level == Level::Enquete {
        points(error).replace('+', "")
    } else {
        format!("{} niveau", decimals(error, 2))
    };
    format!(
        "\n  Erreur type de l’écart : {size}{} ; probabilité que ce soit une hausse, toutes les lignes de ce tableau lues ensemble : {}.",
        how_wide(line, error),
        percent(rise)
    )
}

/// What the interval is made of, so that it can be worked out again.
fn how_wide(line: &Line, error: f64) -> String {
    let (Some(together), Some(interval)) = (line.together, line.interval) else {
        return String::new();
    };
    let lines = count(together.lines, "ligne", "lignes");
    let each = decimals(together.confidence * 100.0, 2);
    let shared =
        format!("{lines} de ce tableau se partagent 5 % de risque, {each} % pour celle-ci");
    match (line.level, line.structure.is_empty()) {
        (Level::Enquete, false) => format!(" ; intervalle de Newcombe : {shared}"),
        (Level::Enquete, true) => {
            format!(" ; intervalle de Student sur les écarts des accueils : {shared}")
        }
        _ => format!(
            " ; intervalle : écart ± {} × {} ({shared})",
            decimals(interval.width() / 2.0 / error, 3),
            decimals(error, 4)
        ),
    }
}

/// « +12 points », of a share.
fn points(share: f64) -> String {
    let points = signed(share * 100.0, 0);
    let unit = if (share * 100.0).abs() < 1.5 {
        "point"
    } else {
        "points"
    };
    format!("{points} {unit}")
}

fn words(line: &Line) -> &'static str {
    line.verdict.map_or("aucun", verdict_words)
}
