//! An interval of a number: where the truth is thought to be, ends included.

/// From `low` to `high`, in the unit of what it surrounds (levels, shares, ranks of agreement).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// Lower end.
    pub low: f64,
    /// Upper end, not below `low`.
    pub high: f64,
}

impl Interval {
    /// As far on both sides of a centre.
    pub fn around(centre: f64, half: f64) -> Self {
        Self {
            low: centre - half,
            high: centre + half,
        }
    }

    /// Whether zero lies outside: a sign can be told.
    pub fn tells_a_sign(&self) -> bool {
        self.low > 0.0 || self.high < 0.0
    }

    /// Both ends through a rising function.
    #[must_use]
    pub fn map(self, rising: impl Fn(f64) -> f64) -> Self {
        Self {
            low: rising(self.low),
            high: rising(self.high),
        }
    }

    /// Distance between its ends.
    pub fn width(&self) -> f64 {
        self.high - self.low
    }
}
