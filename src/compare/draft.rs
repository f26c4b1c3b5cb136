//! A line before its verdict, and what its margin rests on.

use super::{Line, LineReason};
use crate::figures::{Level, Noise};
use crate::stats::change::Verdict;
use crate::stats::proportion::ShareCount;

/// What a line's margin rests on.
pub(super) enum Ground {
    /// Nothing to judge, or judged already.
    Settled,
    /// Levels: the noise of both values; whether the answers are the same.
    Levels {
        noise: (Noise, Noise),
        identical: bool,
    },
    /// Favourable answers out of answers, before and after; whether they are the same persons'.
    Shares {
        before: ShareCount,
        after: ShareCount,
        identical: bool,
    },
    /// Changes of a favourable share, one per structure; what respondents alone make their mean uncertain
    /// by.
    Changes { changes: Vec<f64>, error: f64 },
}

/// A line before its verdict: the margin depends on how many lines its table has.
pub(super) struct Draft {
    pub line: Line,
    pub ground: Ground,
}

impl Draft {
    pub(super) fn settled(line: Line) -> Self {
        Self {
            line,
            ground: Ground::Settled,
        }
    }

    /// Not the same thing on both sides.
    pub(super) fn broken(mut line: Line) -> Self {
        line.verdict = Some(Verdict::NonComparable);
        line.say(LineReason::VersionBreak);
        Self::settled(line)
    }

    /// The same, to be looked at before it is believed.
    pub(super) fn doubted(mut self, doubts: Vec<LineReason>) -> Self {
        self.line.a_verifier |= !doubts.is_empty();
        self.line.reasons.extend(doubts);
        self
    }

    pub(super) fn is_judged(&self) -> bool {
        !matches!(self.ground, Ground::Settled)
    }

    /// The table it belongs to: a structure's axes, its critères, its questionnaires.
    pub(super) fn table(&self) -> (&str, Level) {
        (&self.line.structure, self.line.level)
    }

    /// Whether the same ratings stand on both sides.
    pub(super) fn is_identical(&self) -> bool {
        match self.ground {
            Ground::Levels { identical, .. } | Ground::Shares { identical, .. } => identical,
            Ground::Settled | Ground::Changes { .. } => false,
        }
    }
}

/// Standard error of a share, of which one answer each way is added: none is known without error
/// (Agresti & Caffo 2000).
pub(super) fn share_error(count: ShareCount) -> f64 {
    let n = count.answers as f64 + 2.0;
    let share = (count.favourable as f64 + 1.0) / n;
    (share * (1.0 - share) / n).sqrt()
}
