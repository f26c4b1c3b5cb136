//! A level and its change as an audience was told them.

use std::sync::Arc;

use crate::disclosure::cleared::{ClearedFigure, Evolution, Mask, Shown};

/// A level and its change as they were told; nothing where both were hidden.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct ToldLevel {
    pub(crate) value: Option<f64>,
    pub(crate) previous: Option<f64>,
    /// What was said of its change, if that was more than nothing.
    pub(crate) change: Option<Arc<Evolution>>,
}

impl ToldLevel {
    pub(crate) fn of(f: &ClearedFigure) -> Self {
        let change = f.evolution.as_ref().filter(|e| e.verdict.is_some());
        Self {
            value: f.value.as_ref().and_then(Shown::value),
            previous: f.previous,
            change: change.map(|e| Arc::new(e.clone())),
        }
    }

    /// Prints again what was printed; what is masked today stays masked.
    pub(crate) fn put_back(&self, f: &mut ClearedFigure) -> bool {
        let before = f.clone();
        if matches!(f.value, Some(Shown::Value(_))) {
            f.value = Some(
                self.value
                    .map_or(Shown::Masked(Mask::Derivable), Shown::Value),
            );
        }
        if f.previous.is_some() {
            f.previous = self.previous;
        }
        if f.evolution.is_some() {
            f.evolution = self.change.as_deref().cloned();
        }
        *f != before
    }

    /// What either of two readers was told of the same figure.
    pub(crate) fn or(&self, other: &Self) -> Self {
        let (more, less) = if self.change.is_some() {
            (self, other)
        } else {
            (other, self)
        };
        Self {
            value: more.value.or(less.value),
            previous: more.previous.or(less.previous),
            change: more.change.clone(),
        }
    }
}
