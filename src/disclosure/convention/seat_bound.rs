//! What a printed share says of the seats that it adds up.

use std::collections::BTreeSet;

use super::person_figures::share;

/// What a printed share says of some seats.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct SeatBound {
    /// Seats.
    pub seats: BTreeSet<String>,
    /// How many came, at least.
    pub least: usize,
    /// At most.
    pub most: usize,
}

impl SeatBound {
    /// What a share, as it is printed of `n` out of `of`, says of the seats that it adds up; none where nothing is printed.
    pub(super) fn of(seats: &[String], n: usize, of: usize) -> Option<Self> {
        let told = share(n, of)?;
        let fits = |n: &usize| share(*n, of).is_some_and(|other| other.text == told.text);
        let mut same = (0..=of).filter(fits);
        let least = same.next()?;
        let seats: BTreeSet<String> = seats.iter().cloned().collect();
        Some(Self {
            most: same.next_back().unwrap_or(least).min(seats.len()),
            least,
            seats,
        })
    }

    /// Every value that these seats may have, as it would be printed.
    pub(super) fn all(seats: &[String], of: usize) -> Vec<Self> {
        let mut all: Vec<Self> = Vec::new();
        let places = seats.iter().collect::<BTreeSet<_>>().len();
        for n in 0..=of.min(places) {
            all.extend(Self::of(seats, n, of).filter(|b| all.last() != Some(b)));
        }
        all
    }
}
