//! What the organiser decides, between campaigns: one line for the territory, over the answers of the
//! structures active in all of them, judged as any level is; no line of a structure.

use std::collections::BTreeSet;

use super::judge::{Draft, Ground};
use super::pair::{Pair, Side};
use super::{Line, LineReason, MissingSide};
use crate::figures::{Figure, Level};
use crate::vocabulary::referentiel::SourceCode;

/// Whether the organiser decides a critère on either side: it is then no line of a structure.
pub(super) fn is_organisers(pair: Pair, code: &str) -> bool {
    let decides = |side: Side| {
        let r = side.referentiel;
        r.critere(code).is_some_and(|c| r.criteres[c].organiser)
    };
    decides(pair.before) || decides(pair.after)
}

/// One line per critère that the organiser decides on either side.
pub(super) fn lines(pair: Pair, panel: &BTreeSet<&str>) -> Vec<Draft> {
    let of = |side: Side| {
        let among = |structure: &str| panel.contains(structure);
        side.indicators.organiser_among(side.referentiel, among)
    };
    let (before, after) = (of(pair.before), of(pair.after));
    let criteres = before.iter().chain(&after);
    let mut codes: Vec<&str> = criteres
        .filter(|f| f.level == Level::Critere)
        .map(|f| f.code.as_str())
        .collect();
    codes.sort_unstable();
    codes.dedup();
    let ground = OrganiserPair {
        pair,
        before: &before,
        after: &after,
        centres: panel.len(),
    };
    codes.into_iter().map(|code| ground.line(code)).collect()
}

/// Its value at each campaign over the structures active in all of them; none where one has none, or
/// where the critère changed.
pub(super) fn values(sides: &[Side], code: &str) -> Option<Vec<f64>> {
    let last = *sides.last()?;
    let mut panel: BTreeSet<&str> = last.structures();
    for side in sides {
        let here = side.structures();
        panel.retain(|structure| here.contains(structure));
    }
    let value = |side: &Side| {
        let pair = Pair {
            before: *side,
            after: last,
        };
        let among = |structure: &str| panel.contains(structure);
        let figures = side.indicators.organiser_among(side.referentiel, among);
        let figure = find(&figures, Level::Critere, code, None)?;
        figure.value.filter(|_| pair.same(code) == Some(true))
    };
    sides.iter().map(value).collect()
}

fn find<'a>(
    figures: &'a [Figure],
    level: Level,
    code: &str,
    source: Option<SourceCode>,
) -> Option<&'a Figure> {
    let mut own = figures.iter();
    own.find(|f| f.level == level && f.code == *code && f.source == source)
}

/// Figures of what the organiser decides on both sides.
struct OrganiserPair<'a> {
    pair: Pair<'a>,
    before: &'a [Figure],
    after: &'a [Figure],
    /// Structures active on both.
    centres: usize,
}

impl OrganiserPair<'_> {
    fn line(&self, code: &str) -> Draft {
        let mut line = Line::new(Level::Critere, code, "", self.pair.versions());
        let both = [self.before, self.after].map(|side| find(side, Level::Critere, code, None));
        (line.value1, line.value2) = (both[0].and_then(|f| f.value), both[1].and_then(|f| f.value));
        if self.pair.same(code) == Some(false) {
            return Draft::broken(line);
        }
        let (Some(v1), Some(v2)) = (line.value1, line.value2) else {
            let [first, second] = both.map(missing);
            line.say(LineReason::Missing { first, second });
            return Draft::settled(line);
        };
        line.set(v1, v2);
        line.say(LineReason::Organiser {
            centres: self.centres,
        });
        let doubts = self.doubts(code);
        line.a_verifier = !doubts.is_empty();
        line.reasons.extend(doubts);
        let noise = both.map(|f| f.map(|f| f.noise).unwrap_or_default());
        let ground = Ground::Levels {
            noise: (noise[0], noise[1]),
            identical: self.is_identical(code),
        };
        Draft { line, ground }
    }

    /// Sources that appeared or are gone.
    fn doubts(&self, code: &str) -> Vec<LineReason> {
        let r = self.pair.after.referentiel;
        let weighs = |source: SourceCode| {
            let critere = r.critere(code).map(|c| &r.criteres[c]);
            critere.is_some_and(|c| c.source_weights[source as usize] > 0.0)
        };
        let used = |figures: &[Figure], source| {
            let score = find(figures, Level::Source, code, Some(source));
            weighs(source) && score.is_some_and(|f| f.value.is_some())
        };
        SourceCode::ALL
            .into_iter()
            .filter_map(
                |source| match (used(self.before, source), used(self.after, source)) {
                    (false, true) => Some(LineReason::SourceAppeared(source)),
                    (true, false) => Some(LineReason::SourceGone(source)),
                    _ => None,
                },
            )
            .collect()
    }

    /// Whether nothing changed in any élément.
    fn is_identical(&self, code: &str) -> bool {
        let r = self.pair.after.referentiel;
        let elements = r.critere(code).map(|c| r.criteres[c].elements.iter());
        elements.into_iter().flatten().all(|&e| {
            let element = &r.elements[e];
            let [before, after] = [self.before, self.after].map(|side| {
                let found = find(side, Level::Element, &element.code, Some(element.source));
                found.map(|f| (f.value.map(f64::to_bits), f.n, f.status))
            });
            before == after
        })
    }
}

fn missing(figure: Option<&Figure>) -> Option<MissingSide> {
    match figure {
        None => Some(MissingSide::OutOfScope),
        Some(f) if f.value.is_none() => Some(MissingSide::Status(f.status)),
        Some(_) => None,
    }
}
