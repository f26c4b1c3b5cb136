//! What a rule that is read in two ways would give the other way: it matters where it turns an answer.

/// What a value would be under the readings of a rule that were not kept (`docs/domain.md` §2).
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct OtherReadings {
    /// Under the other reading of mixed ages, where it changes a session.
    pub ages: Option<f64>,
    /// Counting the director by the children of the day, where it changes a session.
    pub size: Option<f64>,
    /// Whether nobody has said yet how mixed ages are read: what this reading decides is neither met nor failed.
    pub to_settle: bool,
}

impl OtherReadings {
    /// The same, each value converted.
    pub(super) fn map(self, convert: impl Fn(f64) -> f64) -> Self {
        Self {
            ages: self.ages.map(&convert),
            size: self.size.map(&convert),
            ..self
        }
    }

    /// Whether what is asked of `own` gets another answer under another reading.
    pub(super) fn decide<T: PartialEq>(self, own: f64, asked: impl Fn(f64) -> T) -> bool {
        let others = [self.ages, self.size].into_iter().flatten();
        let answer = asked(own);
        others.map(asked).any(|other| other != answer)
    }

    /// Whether the answer hangs on a reading that nobody has settled.
    pub(super) fn unsettled<T: PartialEq>(self, own: f64, asked: impl Fn(f64) -> T) -> bool {
        let of_ages = Self { size: None, ..self };
        self.to_settle && of_ages.decide(own, asked)
    }
}
