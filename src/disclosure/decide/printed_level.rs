//! Levels as they are printed: rounded here, so that no renderer holds more digits than it shows.

use crate::base::text::rounded;

/// Levels between which a mean is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct LevelRange {
    pub(crate) low: f64,
    pub(crate) high: f64,
}

impl LevelRange {
    /// All levels.
    pub(crate) const ALL: Self = Self {
        low: 1.0,
        high: 4.0,
    };

    /// One level alone.
    pub(crate) fn just(level: f64) -> Self {
        Self {
            low: level,
            high: level,
        }
    }

    /// How far apart its ends are.
    pub(crate) fn width(self) -> f64 {
        self.high - self.low
    }
}

/// A level rounded for print, and what a reader knows of the true one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct PrintedLevel {
    /// What is printed.
    pub(crate) value: f64,
    /// Least that it can be.
    pub(crate) low: f64,
    /// Most that it can be.
    pub(crate) high: f64,
}

impl PrintedLevel {
    /// What a reader knows of the true one.
    pub(crate) fn range(self) -> LevelRange {
        LevelRange {
            low: self.low,
            high: self.high,
        }
    }
}

/// One decimal; one more where rounding would put a level on the other side of its target.
pub(crate) fn printed_level(value: f64, target: f64) -> PrintedLevel {
    let is_below = value < target - 1e-9;
    for (digits, half) in [(1, 0.05), (2, 0.005)] {
        let printed = rounded(value, digits);
        if (printed < target - 1e-9) == is_below {
            return PrintedLevel {
                value: printed,
                low: printed - half,
                high: printed + half,
            };
        }
    }
    if is_below {
        // A hair under the target: the last hundredth under it.
        let value = (target * 100.0 - 1e-6).floor() / 100.0;
        return PrintedLevel {
            value,
            low: value,
            high: target,
        };
    }
    PrintedLevel {
        value: target,
        low: target,
        high: target + 0.01,
    }
}

/// A change in levels: one decimal.
pub(crate) fn printed_change(delta: f64) -> PrintedLevel {
    let value = rounded(delta, 1);
    PrintedLevel {
        value,
        low: value - 0.05,
        high: value + 0.05,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounding_never_crosses_the_target() {
        for (value, target, printed) in [
            (2.96, 3.0, 2.96),
            (2.94, 3.0, 2.9),
            (3.04, 3.0, 3.0),
            (2.999, 3.0, 2.99),
            (3.041, 3.04, 3.04),
            (3.25, 3.25, 3.3),
            (4.0, 4.0, 4.0),
        ] {
            let said = printed_level(value, target);
            assert!((said.value - printed).abs() < 1e-9, "{value} {said:?}");
            assert!(
                said.low - 1e-9 <= value && value <= said.high + 1e-9,
                "{said:?}"
            );
        }
        assert!((printed_change(-0.25).value + 0.3).abs() < 1e-9);
    }
}
