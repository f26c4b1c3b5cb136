//! What the organiser decides, between campaigns: one line for the territory, over the answers of the
//! structures active in all of them, judged as any level is; no line of a structure.

use std::collections::BTreeSet;

use super::common_sources::{BothSources, compared};
use super::draft::Draft;
use super::pair::{Pair, SameRating, Side};
use super::series_point::SeriesPoint;
use super::{Line, LineReason, MissingSide};
use crate::figures::{Figure, Level};
use crate::vocabulary::referentiel::{Critere, SourceCode};

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
pub(super) fn values(
    sides: &[Side],
    panel: &BTreeSet<&str>,
    code: &str,
) -> Option<Vec<SeriesPoint>> {
    let last = *sides.last()?;
    let value = |side: &Side| {
        let pair = Pair {
            before: *side,
            after: last,
        };
        let among = |structure: &str| panel.contains(structure);
        let figures = side.indicators.organiser_among(side.referentiel, among);
        let figure = find(&figures, Level::Critere, code, None)?;
        let value = figure.value.filter(|_| pair.same(code) == Some(true))?;
        Some(SeriesPoint {
            value,
            noise: figure.noise,
        })
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
        let r = self.pair.after.referentiel;
        let Some(critere) = r.critere(code).map(|c| &r.criteres[c]) else {
            return Draft::settled(line);
        };
        let score = Level::Source;
        let both = BothSources {
            critere,
            rules: &r.rules,
            before: &|source| find(self.before, score, code, Some(source)),
            after: &|source| find(self.after, score, code, Some(source)),
            identical: &|source| self.is_identical(critere, source),
        };
        compared(line, both.common())
    }

    /// Whether nothing changed in any élément of a source; other families answered in another campaign.
    fn is_identical(&self, critere: &Critere, source: SourceCode) -> bool {
        if source.is_questionnaire() && !self.pair.is_one_campaign() {
            return false;
        }
        let r = self.pair.after.referentiel;
        let elements = critere.elements.iter().map(|&e| &r.elements[e]);
        let mut own = elements.filter(|element| element.source == source);
        own.all(|element| {
            let [before, after] = [self.before, self.after].map(|side| {
                let found = find(side, Level::Element, &element.code, Some(element.source));
                found.map(SameRating::of)
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
