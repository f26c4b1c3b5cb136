//! Rule 8: evolution between two campaigns, structure by structure, then the territory.

use std::collections::BTreeSet;

use super::common_sources::{CommonSources, compared};
use super::draft::{Draft, Ground};
use super::judge::{judge, status_verdict};
use super::pair::{Pair, Side};
use super::{Comparisons, Line, LineReason, MissingSide, organiser_lines, territory};
use crate::base::diagnostics::{Checked, Code, Diagnostic, Location};
use crate::figures::{Basis, Figure, HeldFigures, HeldLevels, Indicators, Level, Noise, Spread};
use crate::stats::change::Verdict;
use crate::stats::proportion::ShareCount;
use crate::vocabulary::referentiel::Critere;

/// Compares two campaigns, the older first.
pub fn compare(before: Side, after: Side) -> Checked<Comparisons> {
    let pair = Pair { before, after };
    let mut gathered = Gathered::new(pair, HeldLevels::ALL.into());
    gathered.add(pair);
    gathered.settle(pair)
}

/// A comparison under way: lines of the structures handed over so far, before their verdicts. It needs
/// their figures no more.
pub(super) struct Gathered<'a> {
    /// How far observers and visits differ, both campaigns together.
    spread: Spread,
    /// Whose lines are wanted: tables are judged level by level, axes and critères together.
    pub(super) held: HeldFigures<'a>,
    pub(super) drafts: Vec<Draft>,
    /// Structures that have figures in each campaign, the older first.
    present: [BTreeSet<String>; 2],
    diagnostics: Vec<Diagnostic>,
}

impl<'a> Gathered<'a> {
    /// Of two campaigns, no structure of which is compared yet.
    pub(super) fn new(pair: Pair, held: HeldFigures<'a>) -> Self {
        let spread = pair
            .before
            .indicators
            .spread
            .pooled(pair.after.indicators.spread);
        Self {
            spread,
            held,
            drafts: Vec::new(),
            present: Default::default(),
            diagnostics: margins(&spread),
        }
    }

    /// Adds the lines of some structures: all the figures that both campaigns have of them. Parts come in
    /// order of code.
    pub(super) fn add(&mut self, part: Pair) {
        let (first, second) = (part.before.structures(), part.after.structures());
        let mut comparer = Comparer {
            pair: part,
            held: self.held,
            drafts: &mut self.drafts,
            diagnostics: &mut self.diagnostics,
        };
        for structure in first.union(&second) {
            match (first.contains(structure), second.contains(structure)) {
                (true, true) => comparer.structure(structure),
                (true, false) => comparer.absent(structure, &LineReason::LeftPanel),
                _ => comparer.absent(structure, &LineReason::EnteredPanel),
            }
        }
        for (all, here) in self.present.iter_mut().zip([first, second]) {
            all.extend(here.into_iter().map(str::to_owned));
        }
    }

    /// Adds the lines of the territory, then gives each its verdict, all being read together.
    pub(super) fn settle(mut self, whole: Pair) -> Checked<Comparisons> {
        let [first, second] = &self.present;
        let own = |codes: Vec<&String>| codes.into_iter().cloned().collect::<Vec<String>>();
        let panel = own(first.intersection(second).collect());
        let entries = own(second.difference(first).collect());
        let exits = own(first.difference(second).collect());
        let means = territory::means(&self.drafts, whole);
        self.drafts.extend(means);
        let both = panel.iter().map(String::as_str).collect();
        self.drafts.extend(organiser_lines::lines(whole, &both));
        let rules = &whole.after.referentiel.rules;
        judge(
            &mut self.drafts,
            &self.spread,
            rules,
            whole.after.indicators,
        );
        let moved = [(&entries, "entre dans le panel"), (&exits, "sort du panel")];
        for (structures, what) in moved {
            self.diagnostics.extend(panel_changes(structures, what));
        }
        let value = Comparisons {
            lines: self.drafts.into_iter().map(|d| d.line).collect(),
            panel,
            entries,
            exits,
        };
        Checked {
            value,
            diagnostics: self.diagnostics,
        }
    }
}

/// What the margin of visits rests on, where it was not measured.
fn margins(spread: &Spread) -> Vec<Diagnostic> {
    let note = |code, message: &str| vec![Diagnostic::new(code, Location::none(), message)];
    match (spread.basis(), spread.rating_variance()) {
        (Basis::Visits, _) => Vec::new(),
        (Basis::Declared, Some(_)) => note(
            Code::ObserverMargin,
            "la marge des visites vient surtout des écarts déclarés dans le référentiel : des visites notées à deux ne disent rien de l’effet du jour. Une seconde visite dans un accueil sur cinq la mesurerait.",
        ),
        (Basis::Declared, None) => note(
            Code::NoMargin,
            "aucune visite n’a été notée par deux observateurs, moins de trois accueils ont été visités deux fois : la marge des visites est celle que déclare le référentiel. Une seconde visite dans un accueil sur cinq la mesurerait.",
        ),
    }
}

/// Structures that only one of both campaigns has.
fn panel_changes(structures: &[String], what: &str) -> Vec<Diagnostic> {
    let told = structures.iter().map(|structure| {
        let message =
            format!("{structure} {what} ; elle n’est pas dans l’évolution du territoire.");
        Diagnostic::new(Code::PanelChange, Location::none(), message)
    });
    told.collect()
}

/// A critère, its levels in both campaigns, what they rest on.
type Common<'a> = (&'a Critere, (f64, f64), CommonSources);

/// Some structures being compared.
struct Comparer<'a, 'b> {
    pair: Pair<'a>,
    held: HeldFigures<'b>,
    drafts: &'b mut Vec<Draft>,
    diagnostics: &'b mut Vec<Diagnostic>,
}

impl<'a> Comparer<'a, '_> {
    /// The line of a figure, with what it is on either side.
    fn line(&self, figure: &Figure) -> Line {
        let (code, structure) = (&figure.code, &figure.structure);
        let mut line = Line::new(figure.level, code, structure, self.pair.versions());
        line.source = figure.source;
        (line.value1, line.value2) = self.values(figure);
        line
    }

    /// Lines of a structure that only one campaign has.
    fn absent(&mut self, structure: &str, why: &LineReason) {
        for level in self.levels() {
            for figure in self.figures(structure, level) {
                let mut line = self.line(figure);
                line.say(why.clone());
                self.drafts.push(Draft::settled(line));
            }
        }
    }

    /// Lines of a structure that both campaigns have.
    fn structure(&mut self, structure: &str) {
        for level in self.levels() {
            for figure in self.figures(structure, level) {
                let line = self.line(figure);
                let draft = match level {
                    Level::Critere => self.critere(line),
                    Level::Imperatif => self.imperatif(line),
                    Level::Axe => self.axe(line),
                    _ => self.survey(line),
                };
                self.drafts.push(draft);
            }
        }
    }

    /// Levels compared, of which lines are wanted.
    fn levels(&self) -> Vec<Level> {
        let all = [Level::Critere, Level::Imperatif, Level::Axe, Level::Enquete];
        let kept = all.into_iter().filter(|level| self.held.compares(*level));
        kept.collect()
    }

    /// One figure per code of a level on either side, in the order of the référentiels; none of a critère
    /// that the organiser decides now or did.
    fn figures(&self, structure: &str, level: Level) -> Vec<&'a Figure> {
        let of = |indicators: &'a Indicators| {
            let figures = indicators.of(structure).iter();
            figures.filter(move |f| f.level == level)
        };
        let mut found: Vec<&Figure> = of(self.pair.before.indicators).collect();
        let known: BTreeSet<&str> = found.iter().map(|f| f.code.as_str()).collect();
        let more = of(self.pair.after.indicators).filter(|f| !known.contains(f.code.as_str()));
        found.extend(more);
        if level == Level::Critere {
            found.retain(|f| !organiser_lines::is_organisers(self.pair, &f.code));
        }
        found
    }

    /// The same figure on each side.
    fn both(&self, line: &Line) -> (Option<&'a Figure>, Option<&'a Figure>) {
        let find = |side: Side<'a>| {
            side.indicators
                .get_source(&line.structure, line.level, &line.code, line.source)
        };
        (find(self.pair.before), find(self.pair.after))
    }

    fn values(&self, figure: &Figure) -> (Option<f64>, Option<f64>) {
        let find = |side: Side<'a>| {
            let found = side.indicators.get_source(
                &figure.structure,
                figure.level,
                &figure.code,
                figure.source,
            );
            found.and_then(|f| f.value)
        };
        (find(self.pair.before), find(self.pair.after))
    }

    fn critere(&mut self, mut line: Line) -> Draft {
        if self.pair.same(&line.code) == Some(false) {
            let (a, b) = self.pair.versions();
            let code = &line.code;
            let message = if a == b {
                let sides = [self.pair.before, self.pair.after];
                let [a, b] = sides.map(|side| side.indicators.campagne.as_str());
                format!(
                    "{code} : le critère a changé entre {a} et {b}, par ce que le territoire en reformule ou y ajoute."
                )
            } else {
                format!("{code} : le critère a changé entre {a} et {b}.")
            };
            if !self.diagnostics.iter().any(|d| d.message == message) {
                let place = Location::none();
                let broken = Diagnostic::new(Code::VersionBreak, place, message);
                self.diagnostics.push(broken);
            }
            return Draft::broken(line);
        }
        let (Some(v1), Some(v2)) = (line.value1, line.value2) else {
            return self.without_change(line);
        };
        line.set(v1, v2);
        let r = self.pair.after.referentiel;
        let Some(critere) = r.critere(&line.code).map(|c| &r.criteres[c]) else {
            return Draft::settled(line);
        };
        let common = self.pair.common(&line.structure, critere);
        let sources = common.compared.clone();
        let draft = compared(line, common);
        let doubts = if draft.is_judged() {
            self.pair.doubts(&draft.line.structure, &sources)
        } else {
            Vec::new()
        };
        draft.doubted(doubts)
    }

    /// An impératif is met or not: no margin, a change of status is a change.
    fn imperatif(&self, mut line: Line) -> Draft {
        if self.pair.same(&line.code) == Some(false) {
            return Draft::broken(line);
        }
        let (Some(a), Some(b)) = (line.value1, line.value2) else {
            return self.without_change(line);
        };
        line.set(a, b);
        let moves = (b - a).abs() > 0.5;
        if self.pair.has_changed_status(&line.structure, &line.code) == moves {
            line.verdict = Some(status_verdict(b - a));
        } else {
            line.say(LineReason::OtherRulesVerified);
        }
        Draft::settled(line)
    }

    /// An axe is compared on the critères valued in both campaigns, with rule 5's coverage of
    /// those expected in both.
    fn axe(&self, mut line: Line) -> Draft {
        let axes = &self.pair.after.referentiel.axes;
        if !axes.iter().any(|a| a.code == line.code) {
            line.say(LineReason::OverallMark);
            return Draft::settled(line);
        }
        let expected = self.pair.expected(&line.structure, &line.code);
        let same = |c: &&&Critere| self.pair.same(&c.code) == Some(true);
        if !expected.iter().any(|c| same(&c)) {
            line.verdict = Some(Verdict::NonComparable);
            line.say(LineReason::NoCommonCritere);
            return Draft::settled(line);
        }
        let site = line.structure.clone();
        let valued = |c: &&&Critere| self.pair.is_valued(&site, c);
        let common: Vec<Common> = expected
            .iter()
            .filter(same)
            .filter(valued)
            .map(|c| (*c, self.pair.common(&site, c)))
            .filter_map(|(c, common)| Some((c, common.rated()?, common)))
            .collect();
        let seen: f64 = common.iter().map(|(c, ..)| c.weight).sum();
        let all: f64 = expected.iter().map(|c| c.weight).sum();
        let least = self.pair.after.referentiel.rules.couverture_axe;
        if seen / all < least - 1e-9 {
            line.say(LineReason::TooFewCommon {
                common: common.len(),
                expected: expected.len(),
            });
            return Draft::settled(line);
        }
        line.say(LineReason::OnCommon(common.len()));
        let mean = |pick: &dyn Fn((f64, f64)) -> f64| {
            let sum: f64 = common.iter().map(|t| t.0.weight * pick(t.1)).sum();
            sum / seen
        };
        line.set(mean(&|levels| levels.0), mean(&|levels| levels.1));
        if common.iter().all(|t| t.2.is_same_data()) {
            line.say(LineReason::SameData);
            return Draft::settled(line);
        }
        let noise = |pick: &dyn Fn(&CommonSources) -> Noise| {
            Noise::mean(common.iter().map(|t| (t.0.weight, pick(&t.2))))
        };
        let doubts = common
            .iter()
            .any(|t| !self.pair.doubts(&site, &t.2.compared).is_empty());
        line.a_verifier = doubts;
        let ground = Ground::Levels {
            noise: (noise(&|c| c.noise.0), noise(&|c| c.noise.1)),
            identical: common.iter().all(|t| t.2.identical || t.2.is_same_data()),
        };
        Draft { line, ground }
    }

    /// Favourable share of one question of a questionnaire.
    fn survey(&self, mut line: Line) -> Draft {
        let critere = self.pair.critere_of(&line.code);
        if critere.is_some_and(|c| self.pair.same(c) == Some(false)) {
            return Draft::broken(line);
        }
        let (Some(v1), Some(v2)) = (line.value1, line.value2) else {
            return self.without_change(line);
        };
        line.set(v1, v2);
        let counts = |f: Option<&Figure>| ShareCount {
            favourable: f.map_or(0, |f| {
                (f.value.unwrap_or(0.0) * f.n as f64).round() as usize
            }),
            answers: f.map_or(0, |f| f.n),
        };
        let (f1, f2) = self.both(&line);
        let (before, after) = (counts(f1), counts(f2));
        let ground = Ground::Shares {
            before,
            after,
            // As many of other families are not the same ones.
            identical: self.pair.is_one_campaign() && before == after,
        };
        Draft { line, ground }
    }

    /// Why a line has no change: which side has no value.
    fn without_change(&self, mut line: Line) -> Draft {
        let missing = |side: Side, f: Option<&Figure>| match f {
            None if side.put_aside(&line.code) => Some(MissingSide::PutAside),
            None => Some(MissingSide::OutOfScope),
            Some(f) if f.value.is_none() => Some(MissingSide::Status(f.status)),
            Some(_) => None,
        };
        let (f1, f2) = self.both(&line);
        let (first, second) = (missing(self.pair.before, f1), missing(self.pair.after, f2));
        if first.is_some() || second.is_some() {
            line.say(LineReason::Missing { first, second });
        }
        Draft::settled(line)
    }
}
