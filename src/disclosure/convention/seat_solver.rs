//! Whether what is told of attendance, all shares together, would say who came. Each share bounds a sum of seats (a
//! service at a meeting: there or not); the difference of a share and of others within it bounds what is left. A set of
//! seats that is bounded to none or to all of them gives every one of them back.

use std::collections::BTreeSet;

use super::person_figures::share;

/// Differences looked at for one figure; what is not decided by then is hidden.
const STEPS: usize = 20_000;

/// What a printed share says of some seats.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct SeatBound {
    /// Seats.
    pub seats: BTreeSet<String>,
    /// How many came, at least.
    least: usize,
    /// At most.
    most: usize,
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
}

/// Whether some seats are known once all of these are printed.
pub(super) fn gives_back(bounds: &[SeatBound]) -> bool {
    let mut steps = 0;
    for whole in bounds {
        let inside: Vec<&SeatBound> = (bounds.iter())
            .filter(|b| b.seats.len() < whole.seats.len() && b.seats.is_subset(&whole.seats))
            .collect();
        let mut open = vec![(
            0,
            whole.seats.clone(),
            whole.least as i64,
            whole.most as i64,
        )];
        while let Some((from, left, least, most)) = open.pop() {
            steps += 1;
            let is_known = !left.is_empty() && (most <= 0 || least >= left.len() as i64);
            if is_known || steps > STEPS {
                return true;
            }
            for (rank, part) in inside.iter().enumerate().skip(from) {
                if part.seats.is_subset(&left) {
                    let rest = left.difference(&part.seats).cloned().collect();
                    let (least, most) = (least - part.most as i64, most - part.least as i64);
                    open.push((rank + 1, rest, least, most));
                }
            }
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seats(n: usize) -> Vec<String> {
        (0..n).map(|s| format!("T-001·{s:02}")).collect()
    }

    #[test]
    fn a_year_less_a_quarter_of_which_all_came_is_not_told() {
        // Ten of fourteen over the year, five of nine over a part: the five others all came.
        let year = SeatBound::of(&seats(14), 10, 14).expect("told");
        let part = SeatBound::of(&seats(9), 5, 9).expect("told");
        assert!(!gives_back(std::slice::from_ref(&year)));
        assert!(gives_back(&[year.clone(), part]));
        assert!(!gives_back(&[year.clone(), year]));
    }
}
