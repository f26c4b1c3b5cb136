//! What `fidelite` says: tables, and what to do about them in words.
//!
//! | question | file |
//! |---|---|
//! | agreement, disputed éléments, severity, as `fidelite` prints them | `observer_tables`; computed in `reliability::observers` |
//! | interviews marked by two people, and what their error is taken to be | `interview_tables`; computed in `reliability::observers`, `figures::noise` |
//! | certification, and what each trainee missed | `training_tables`; computed in `reliability::training` |
//! | consistency of questionnaires | `scale_tables`; computed in `reliability::scales` |

mod interview_tables;
mod observer_tables;
mod scale_tables;
mod training_tables;

use crate::base::tabular::{Field, Table};
use crate::stats::interval::Interval;

pub use interview_tables::of_interviews;
pub use observer_tables::of_observers;
pub use scale_tables::of_scales;
pub use training_tables::of_training;

/// A table and what it means.
pub struct Section {
    /// The table; its name is the title.
    pub table: Table,
    /// Sentences, the most useful first.
    pub words: Vec<String>,
}

fn text(value: impl Into<String>) -> Field {
    Field::Text(value.into())
}

fn bound(interval: Option<Interval>, high: bool) -> Field {
    Field::decimal(interval.map(|i| if high { i.high } else { i.low }))
}
