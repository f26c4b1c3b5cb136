//! One line of `comparer`.

use super::line_reason::LineReason;
use crate::base::text::SharedText;
use crate::figures::Level;
use crate::stats::change::Verdict;
use crate::stats::interval::Interval;
use crate::vocabulary::referentiel::SourceCode;

/// A value before, a value after, and what may be said of the difference.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// Kind of figure.
    pub level: Level,
    /// Code of the critère or axe.
    pub code: SharedText,
    /// Source, when the line is about one.
    pub source: Option<SourceCode>,
    /// Structure code; empty for the territory.
    pub structure: SharedText,
    /// Value in the first campaign (or of the structure, side by side).
    pub value1: Option<f64>,
    /// Value in the second campaign (or of the territory, side by side).
    pub value2: Option<f64>,
    /// Second minus first; none when they do not compare.
    pub delta: Option<f64>,
    /// 95 % interval of the difference, for all lines of the table together.
    pub interval: Option<Interval>,
    /// Standard error of the difference of two levels; none when it is not known.
    pub se: Option<f64>,
    /// How many lines of its table share the risk with it, and the confidence that its own interval has for it.
    pub together: Option<LinesTogether>,
    /// Probability that it is truly a rise, all changes of the table being read together; none where nothing
    /// is judged, or where the same was rated twice.
    pub rise: Option<f64>,
    /// Sources that it is the change of, when they are not all those of both campaigns.
    pub sources: Vec<SourceCode>,
    /// None where no verdict may be given.
    pub verdict: Option<Verdict>,
    /// The observer changed.
    pub a_verifier: bool,
    /// Why it reads as it does, the first thing to know first.
    pub reasons: Vec<LineReason>,
    /// Version of the référentiel, first campaign.
    pub version1: SharedText,
    /// Version of the référentiel, second campaign.
    pub version2: SharedText,
}

impl Line {
    /// A line without values.
    pub(super) fn new(
        level: Level,
        code: impl Into<SharedText>,
        structure: impl Into<SharedText>,
        versions: (&SharedText, &SharedText),
    ) -> Self {
        Self {
            level,
            code: code.into(),
            source: None,
            structure: structure.into(),
            value1: None,
            value2: None,
            delta: None,
            interval: None,
            se: None,
            together: None,
            rise: None,
            sources: Vec::new(),
            verdict: None,
            a_verifier: false,
            reasons: Vec::new(),
            version1: versions.0.clone(),
            version2: versions.1.clone(),
        }
    }

    /// Sets both values and their difference.
    pub(super) fn set(&mut self, before: f64, after: f64) {
        (self.value1, self.value2) = (Some(before), Some(after));
        self.delta = Some(after - before);
    }

    /// Adds a reason.
    pub(super) fn say(&mut self, reason: LineReason) {
        // One or two a line, and lines may be a million: room for four would be most of their memory.
        self.reasons.reserve_exact(1);
        self.reasons.push(reason);
    }

    /// Whether the line of an axe counts in the mean of the territory: its change was measured, and not on the very
    /// data of the campaign before.
    pub fn is_in_panel(&self) -> bool {
        self.delta.is_some() && !self.reasons.contains(&LineReason::SameData)
    }

    /// Verdict and mark as the contract writes them: `progresse+a_verifier`.
    pub fn verdict_text(&self) -> String {
        let mut text = self.verdict.map_or("", Into::into).to_owned();
        if self.a_verifier && !text.is_empty() {
            text.push_str("+a_verifier");
        }
        text
    }
}

/// Lines whose intervals hold together.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LinesTogether {
    /// How many.
    pub lines: usize,
    /// Confidence of the interval of each, 0..1.
    pub confidence: f64,
}

/// The lines, and who entered or left between the two.
#[derive(Debug, Clone, Default)]
pub struct Comparisons {
    /// Structures in order of code, then the territory.
    pub lines: Vec<Line>,
    /// Active in both.
    pub panel: Vec<String>,
    /// Active in the second only.
    pub entries: Vec<String>,
    /// Active in the first only.
    pub exits: Vec<String>,
}

impl Comparisons {
    /// A line of a structure (empty: the territory).
    pub fn get(&self, structure: &str, level: Level, code: &str) -> Option<&Line> {
        self.lines
            .iter()
            .find(|l| l.structure == structure && l.level == level && l.code == code)
    }
}
