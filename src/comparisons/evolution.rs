//! Rule 8: evolution between two campaigns, structure by structure, then the territory on the
//! matched panel.

use std::collections::BTreeSet;

use super::{Comparisons, Line};
use crate::diagnostics::{Checked, Code, Diagnostic, Location};
use crate::indicators::{Figure, FigureStatus, Indicators, Level};
use crate::referentiel::{Critere, Referentiel, SourceCode};
use crate::stats::change::{Verdict, smallest_detectable_change, verdict, z_for_lines};

/// One campaign of a comparison.
#[derive(Clone, Copy)]
pub struct Side<'a> {
    /// Its figures.
    pub indicators: &'a Indicators,
    /// Its référentiel.
    pub referentiel: &'a Referentiel,
}

/// Compares two campaigns.
pub fn compare(before: Side, after: Side) -> Checked<Comparisons> {
    let sites = |side: Side| -> BTreeSet<String> {
        side.indicators
            .figures()
            .iter()
            .map(|f| f.structure.clone())
            .collect()
    };
    let (first, second) = (sites(before), sites(after));
    let mut comparer = Comparer::new(before, after);
    for structure in first.union(&second) {
        let both = first.contains(structure) && second.contains(structure);
        comparer.structure(
            structure,
            both.then_some(()).ok_or(first.contains(structure)),
        );
    }
    let panel: Vec<String> = first.intersection(&second).cloned().collect();
    comparer.territory(&panel);
    comparer.judge();
    let entries: Vec<String> = second.difference(&first).cloned().collect();
    let exits: Vec<String> = first.difference(&second).cloned().collect();
    comparer.panel_diagnostics(&entries, &exits);
    let value = Comparisons {
        lines: comparer.lines.into_iter().map(|d| d.line).collect(),
        panel,
        entries,
        exits,
    };
    Checked {
        value,
        diagnostics: comparer.diagnostics,
    }
}

/// A line before its verdict: the margin depends on how many lines the table has.
struct Draft {
    line: Line,
    /// Noise of both values, per unit of rating variance; 0 when unknown.
    noise: (f64, f64),
    identical: bool,
    judged: bool,
}

struct Comparer<'a> {
    before: Side<'a>,
    after: Side<'a>,
    /// Standard deviation of one rating, when visits were scored twice.
    rating_sd: Option<f64>,
    lines: Vec<Draft>,
    diagnostics: Vec<Diagnostic>,
}

impl<'a> Comparer<'a> {
    fn new(before: Side<'a>, after: Side<'a>) -> Self {
        let (a, b) = (
            before.indicators.rating_variance,
            after.indicators.rating_variance,
        );
        let freedom = a.1 + b.1;
        let rating_sd = (freedom > 0).then(|| ((a.0 + b.0) / freedom as f64).sqrt());
        let mut diagnostics = Vec::new();
        if rating_sd.is_none() {
            let message = "aucune visite n’a été notée par deux observateurs : la marge de mesure n’est pas estimée.";
            diagnostics.push(Diagnostic::new(Code::NoMargin, Location::none(), message));
        }
        Self {
            before,
            after,
            rating_sd,
            lines: Vec::new(),
            diagnostics,
        }
    }

    /// The same critère on both sides: same code, same canonical hash.
    fn same(&self, code: &str) -> Option<bool> {
        let hash = |r: &Referentiel| r.critere(code).map(|c| r.criteres[c].hash.clone());
        Some(hash(self.before.referentiel)? == hash(self.after.referentiel)?)
    }

    fn line(&self, level: Level, code: &str, structure: &str) -> Line {
        Line {
            level,
            code: code.to_owned(),
            source: None,
            structure: structure.to_owned(),
            value1: None,
            value2: None,
            delta: None,
            interval: None,
            verdict: None,
            a_verifier: false,
            raison: String::new(),
            version1: self.before.indicators.version.clone(),
            version2: self.after.indicators.version.clone(),
        }
    }

    fn keep(&mut self, line: Line) {
        self.lines.push(Draft {
            line,
            noise: (0.0, 0.0),
            identical: false,
            judged: false,
        });
    }

    /// Lines of one structure; `active` is `Err(true)` when it was active in the first campaign
    /// only, `Err(false)` in the second only.
    fn structure(&mut self, structure: &str, active: Result<(), bool>) {
        for level in [Level::Critere, Level::Imperatif, Level::Axe] {
            for code in self.codes(structure, level) {
                let f1 = self.before.indicators.get(structure, level, &code);
                let f2 = self.after.indicators.get(structure, level, &code);
                let mut line = self.line(level, &code, structure);
                line.value1 = f1.and_then(|f| f.value);
                line.value2 = f2.and_then(|f| f.value);
                match active {
                    Err(first_only) => {
                        let moved = if first_only {
                            "sortie du panel"
                        } else {
                            "entrée dans le panel"
                        };
                        moved.clone_into(&mut line.raison);
                        self.keep(line);
                    }
                    Ok(()) => match level {
                        Level::Critere => self.critere(line, f1, f2),
                        Level::Imperatif => self.imperatif(line, f1, f2),
                        _ => self.axe(line, structure),
                    },
                }
            }
        }
    }

    /// Codes of a level on either side, in the order of the référentiels.
    fn codes(&self, structure: &str, level: Level) -> Vec<String> {
        let of = |side: Side<'a>| {
            let figures = side.indicators.figures().iter();
            figures
                .filter(move |f| f.structure == structure && f.level == level)
                .map(|f| f.code.clone())
        };
        let mut codes: Vec<String> = of(self.before).collect();
        for code in of(self.after) {
            if !codes.contains(&code) {
                codes.push(code);
            }
        }
        codes
    }

    fn critere(&mut self, mut line: Line, f1: Option<&Figure>, f2: Option<&Figure>) {
        if self.same(&line.code) == Some(false) {
            let (a, b) = (&line.version1, &line.version2);
            let message = format!("{} : le critère a changé entre {a} et {b}.", line.code);
            let known = self.diagnostics.iter().any(|d| d.message == message);
            if !known {
                self.diagnostics.push(Diagnostic::new(
                    Code::VersionBreak,
                    Location::none(),
                    message,
                ));
            }
            line.verdict = Some(Verdict::NonComparable);
            "rupture de version".clone_into(&mut line.raison);
            return self.keep(line);
        }
        let (Some(v1), Some(v2)) = (line.value1, line.value2) else {
            line.raison = missing(f1, f2);
            return self.keep(line);
        };
        line.delta = Some(v2 - v1);
        let doubts = self.doubts(&line.structure, &line.code);
        line.a_verifier = !doubts.is_empty();
        line.raison = doubts.join(" ; ");
        let identical = self.identical(&line.structure, &line.code);
        let noise = (f1.map_or(0.0, |f| f.noise), f2.map_or(0.0, |f| f.noise));
        self.lines.push(Draft {
            line,
            noise,
            identical,
            judged: true,
        });
    }

    /// An impératif is met or not: no margin, a change of status is a change.
    fn imperatif(&mut self, mut line: Line, f1: Option<&Figure>, f2: Option<&Figure>) {
        if self.same(&line.code) == Some(false) {
            line.verdict = Some(Verdict::NonComparable);
            "rupture de version".clone_into(&mut line.raison);
        } else if let (Some(a), Some(b)) = (line.value1, line.value2) {
            line.delta = Some(b - a);
            line.verdict = Some(match b - a {
                d if d > 0.0 => Verdict::Progresse,
                d if d < 0.0 => Verdict::Recule,
                _ => Verdict::Stable,
            });
        } else {
            line.raison = missing(f1, f2);
        }
        self.keep(line);
    }

    /// An axe is compared on the critères valued in both campaigns, with rule 5's coverage of
    /// those expected in both.
    fn axe(&mut self, mut line: Line, structure: &str) {
        let r = self.after.referentiel;
        let expected = self.expected_in_both(structure, &line.code);
        let comparable: Vec<&Critere> = expected
            .iter()
            .copied()
            .filter(|c| self.same(&c.code) == Some(true))
            .collect();
        if comparable.is_empty() {
            line.verdict = Some(Verdict::NonComparable);
            "aucun critère commun aux deux campagnes".clone_into(&mut line.raison);
            return self.keep(line);
        }
        let common: Vec<(&Critere, &Figure, &Figure)> = comparable
            .iter()
            .filter_map(|c| self.valued_in_both(structure, c))
            .collect();
        let weight = |criteres: &[&Critere]| criteres.iter().map(|c| c.weight).sum::<f64>();
        let used: Vec<&Critere> = common.iter().map(|(c, ..)| *c).collect();
        let (seen, all) = (weight(&used), weight(&expected));
        line.raison = format!("sur {} critères communs", common.len());
        if all <= 0.0 || seen / all < r.rules.couverture_axe - 1e-9 {
            line.raison = format!(
                "{} critères communs sur {} : trop peu pour conclure",
                common.len(),
                expected.len()
            );
            return self.keep(line);
        }
        let mean = |pick: &dyn Fn(&(&Critere, &Figure, &Figure)) -> f64| {
            common.iter().map(|t| t.0.weight * pick(t)).sum::<f64>() / seen
        };
        let noise = |pick: &dyn Fn(&(&Critere, &Figure, &Figure)) -> f64| {
            common
                .iter()
                .map(|t| (t.0.weight / seen).powi(2) * pick(t))
                .sum::<f64>()
        };
        let value1 = mean(&|t| t.1.value.unwrap_or(0.0));
        let value2 = mean(&|t| t.2.value.unwrap_or(0.0));
        (line.value1, line.value2, line.delta) =
            (Some(value1), Some(value2), Some(value2 - value1));
        let noise = (noise(&|t| t.1.noise), noise(&|t| t.2.noise));
        let identical = used.iter().all(|c| self.identical(structure, &c.code));
        line.a_verifier = used
            .iter()
            .any(|c| !self.doubts(structure, &c.code).is_empty());
        self.lines.push(Draft {
            line,
            noise,
            identical,
            judged: true,
        });
    }

    fn expected_in_both(&self, structure: &str, axe: &str) -> Vec<&'a Critere> {
        let r = self.after.referentiel;
        let figure =
            |side: Side<'a>, c: &Critere| side.indicators.get(structure, Level::Critere, &c.code);
        r.criteres
            .iter()
            .filter(|c| r.axes[c.axe].code == axe)
            .filter(|c| {
                let pair = (figure(self.before, c), figure(self.after, c));
                matches!(pair, (Some(a), Some(b)) if a.status != FigureStatus::Nc && b.status != FigureStatus::Nc)
            })
            .collect()
    }

    fn valued_in_both<'c>(
        &self,
        structure: &str,
        critere: &'c Critere,
    ) -> Option<(&'c Critere, &'a Figure, &'a Figure)> {
        let figure = |side: Side<'a>| {
            side.indicators
                .get(structure, Level::Critere, &critere.code)
                .filter(|f| f.value.is_some())
        };
        Some((critere, figure(self.before)?, figure(self.after)?))
    }

    /// Why a change should be looked at before it is believed.
    fn doubts(&self, structure: &str, critere: &str) -> Vec<String> {
        let used = |side: Side<'a>| -> BTreeSet<SourceCode> {
            SourceCode::ALL
                .into_iter()
                .filter(|s| {
                    let found =
                        side.indicators
                            .get_source(structure, Level::Source, critere, Some(*s));
                    let counts = side.referentiel.critere(critere).is_some_and(|c| {
                        side.referentiel.criteres[c].source_weights[*s as usize] > 0.0
                    });
                    counts && found.is_some_and(|f| f.value.is_some())
                })
                .collect()
        };
        let observers = |side: Side<'a>| -> BTreeSet<String> {
            let key = (structure.to_owned(), SourceCode::Obs);
            let grids = side.indicators.collected.grids.get(&key);
            grids.into_iter().flatten().map(|g| g.1.clone()).collect()
        };
        let (u1, u2) = (used(self.before), used(self.after));
        let mut doubts = Vec::new();
        if u1.contains(&SourceCode::Obs)
            && u2.contains(&SourceCode::Obs)
            && observers(self.before) != observers(self.after)
        {
            doubts.push("l’observateur a changé".to_owned());
        }
        for source in u2.difference(&u1) {
            doubts.push(format!("source apparue : {source}"));
        }
        for source in u1.difference(&u2) {
            doubts.push(format!("source disparue : {source}"));
        }
        doubts
    }

    /// Whether the éléments behind a critère have the same values from as many answers.
    fn identical(&self, structure: &str, critere: &str) -> bool {
        let r = self.after.referentiel;
        let Some(c) = r.critere(critere) else {
            return false;
        };
        r.criteres[c].elements.iter().all(|&e| {
            let element = &r.elements[e];
            let figure = |side: Side<'a>| {
                let found = side.indicators.get_source(
                    structure,
                    Level::Element,
                    &element.code,
                    Some(element.source),
                );
                found.map(|f| (f.value.map(f64::to_bits), f.n, f.status))
            };
            figure(self.before) == figure(self.after)
        })
    }

    /// Mean of the structures of the panel that have a value on both sides.
    fn territory(&mut self, panel: &[String]) {
        let members: BTreeSet<&str> = panel.iter().map(String::as_str).collect();
        let mut codes: Vec<(Level, String)> = Vec::new();
        for draft in &self.lines {
            let key = (draft.line.level, draft.line.code.clone());
            if draft.judged && !codes.contains(&key) {
                codes.push(key);
            }
        }
        for (level, code) in codes {
            let used: Vec<&Draft> = self
                .lines
                .iter()
                .filter(|d| d.judged && d.line.level == level && d.line.code == code)
                .filter(|d| members.contains(d.line.structure.as_str()))
                .collect();
            let k = used.len() as f64;
            let mean = |pick: &dyn Fn(&Draft) -> f64| used.iter().map(|d| pick(d)).sum::<f64>() / k;
            let mut line = self.line(level, &code, "");
            let (v1, v2) = (
                mean(&|d| d.line.value1.unwrap_or(0.0)),
                mean(&|d| d.line.value2.unwrap_or(0.0)),
            );
            (line.value1, line.value2, line.delta) = (Some(v1), Some(v2), Some(v2 - v1));
            line.raison = format!(
                "moyenne de {} accueils présents aux deux campagnes",
                used.len()
            );
            let noise = (mean(&|d| d.noise.0) / k, mean(&|d| d.noise.1) / k);
            let identical = used.iter().all(|d| d.identical);
            self.lines.push(Draft {
                line,
                noise,
                identical,
                judged: true,
            });
        }
    }

    /// Intervals and verdicts, the margin set for all judged lines together.
    fn judge(&mut self) {
        let mic = self.after.referentiel.rules.mic;
        let z = z_for_lines(self.lines.iter().filter(|d| d.judged).count());
        let rating_sd = self.rating_sd;
        for draft in self.lines.iter_mut().filter(|d| d.judged) {
            let Some(delta) = draft.line.delta else {
                continue;
            };
            // Without an observation in the figure its error is unknown, not zero.
            let sem = |noise: f64| {
                rating_sd
                    .filter(|_| noise > 0.0)
                    .map(|sd| sd * noise.sqrt())
            };
            let sdc = smallest_detectable_change(sem(draft.noise.0), sem(draft.noise.1), z);
            draft.line.interval = sdc.map(|s| (delta - s, delta + s));
            draft.line.verdict = Some(verdict(delta, mic, sdc, draft.identical));
            if sdc.is_none() && !draft.identical {
                let reason = std::mem::take(&mut draft.line.raison);
                let parts = [reason.as_str(), "marge non estimée"];
                draft.line.raison = parts
                    .into_iter()
                    .filter(|p| !p.is_empty())
                    .collect::<Vec<_>>()
                    .join(" ; ");
            }
        }
    }

    fn panel_diagnostics(&mut self, entries: &[String], exits: &[String]) {
        for (structures, what) in [(entries, "entre dans le panel"), (exits, "sort du panel")] {
            for structure in structures {
                let message =
                    format!("{structure} {what} ; elle n’est pas dans l’évolution du territoire.");
                self.diagnostics.push(Diagnostic::new(
                    Code::PanelChange,
                    Location::none(),
                    message,
                ));
            }
        }
    }
}

/// Why a line has no change: which side has no value.
fn missing(f1: Option<&Figure>, f2: Option<&Figure>) -> String {
    let say = |f: Option<&Figure>| match f {
        None => Some("hors du champ".to_owned()),
        Some(f) if f.value.is_none() => Some(f.status.label().to_owned()),
        Some(_) => None,
    };
    match (say(f1), say(f2)) {
        (Some(a), Some(b)) => format!("première campagne : {a} ; seconde : {b}"),
        (Some(a), None) => format!("première campagne : {a}"),
        (None, Some(b)) => format!("seconde campagne : {b}"),
        (None, None) => String::new(),
    }
}
