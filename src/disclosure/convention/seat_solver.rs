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

    /// What is left of a share less another is given back where all counts that print the same leave nobody, or all.
    #[test]
    fn a_year_less_a_part_of_it_is_not_told_where_it_gives_back_the_rest() {
        let mut given = 0;
        for (of, part_of) in [(14, 9), (12, 7), (18, 13), (20, 14)] {
            for (n, m) in (0..=of).flat_map(|n| (0..=part_of).map(move |m| (n, m))) {
                let rest = of - part_of;
                if n < m || n - m > rest {
                    continue;
                }
                let year = SeatBound::of(&seats(of), n, of);
                let part = SeatBound::of(&seats(part_of), m, part_of);
                let (Some(year), Some(part)) = (year, part) else {
                    continue;
                };
                let alone = gives_back(std::slice::from_ref(&year))
                    || gives_back(std::slice::from_ref(&part));
                let same = |n: usize, of: usize| {
                    let told = share(n, of).map(|s| s.text);
                    (0..=of).filter(move |k| share(*k, of).map(|s| s.text) == told)
                };
                let left: BTreeSet<usize> = same(n, of)
                    .flat_map(|n| same(m, part_of).filter_map(move |m| n.checked_sub(m)))
                    .filter(|left| *left <= rest)
                    .collect();
                let is_known = left.len() == 1 && (left.contains(&0) || left.contains(&rest));
                assert_eq!(
                    gives_back(&[year, part]),
                    is_known || alone,
                    "{n} of {of}, {m} of {part_of}"
                );
                given += usize::from(is_known);
            }
        }
        assert!(given > 0);
    }
}
