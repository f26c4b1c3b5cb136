//! Whether what is told of attendance or of answers, all shares together, would say who came or what was answered. Each
//! share bounds a sum of seats (a service at a meeting, a response to an item: there or not); the difference of a share
//! and of others within it bounds what is left. A set of seats that is bounded to none or to all of them gives every
//! one of them back.
//!
//! A share is told or not by what any value of it would give away, never by its own: that it is hidden tells nothing.

use std::collections::{BTreeMap, BTreeSet};

use super::person_figures::share;

/// Differences looked at for one value; what is not decided by then is hidden.
const STEPS: usize = 20_000;

/// What a printed share says of some seats.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct SeatBound {
    /// Seats.
    seats: BTreeSet<String>,
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

    /// Every value that these seats may have, as it would be printed.
    fn all(seats: &[String], of: usize) -> Vec<Self> {
        let mut all: Vec<Self> = Vec::new();
        let places = seats.iter().collect::<BTreeSet<_>>().len();
        for n in 0..=of.min(places) {
            all.extend(Self::of(seats, n, of).filter(|b| all.last() != Some(b)));
        }
        all
    }
}

/// Whether a share of these seats may be told beside what was: none of its possible values would give a seat back.
pub(super) fn may_be_told(told: &[SeatBound], seats: &[String], of: usize) -> bool {
    let mut possible = 0;
    for value in SeatBound::all(seats, of) {
        let near = near(told, &value);
        match found(&near) {
            Found::Nothing => possible += 1,
            Found::Contradiction => {}
            Found::Seats => return false,
        }
    }
    possible > 0
}

/// The value, and what was told of seats that it shares, or that those share, and so on.
fn near(told: &[SeatBound], value: &SeatBound) -> Vec<SeatBound> {
    let mut near = vec![value.clone()];
    let mut left: Vec<&SeatBound> = told.iter().collect();
    let mut from = 0;
    while from < near.len() {
        let own = near[from].seats.clone();
        let (touching, others): (Vec<_>, Vec<_>) =
            left.into_iter().partition(|b| !b.seats.is_disjoint(&own));
        near.extend(touching.into_iter().cloned());
        left = others;
        from += 1;
    }
    near
}

/// What bounds say together.
#[derive(Debug, PartialEq, Eq)]
enum Found {
    /// Nobody in particular.
    Nothing,
    /// They cannot be true together.
    Contradiction,
    /// Some seats are all taken, or none is; or it could not be decided.
    Seats,
}

/// Seats that are in the same bounds stand for each other: a mask of such groups, and how many seats each has.
struct Groups {
    sizes: Vec<i64>,
    bounds: Vec<(u128, i64, i64)>,
}

impl Groups {
    /// None where there are too many of them.
    fn of(bounds: &[SeatBound]) -> Option<Self> {
        let mut inside: BTreeMap<&String, Vec<usize>> = BTreeMap::new();
        for (rank, bound) in bounds.iter().enumerate() {
            for seat in &bound.seats {
                inside.entry(seat).or_default().push(rank);
            }
        }
        let mut sizes: BTreeMap<Vec<usize>, i64> = BTreeMap::new();
        for ranks in inside.into_values() {
            *sizes.entry(ranks).or_default() += 1;
        }
        if sizes.len() > 128 {
            return None;
        }
        let mask = |rank: usize| {
            let own = sizes.keys().enumerate().filter(|(_, r)| r.contains(&rank));
            own.fold(0_u128, |mask, (group, _)| mask | (1 << group))
        };
        let bounds = bounds.iter().enumerate();
        Some(Self {
            bounds: bounds
                .map(|(rank, b)| (mask(rank), b.least as i64, b.most as i64))
                .collect(),
            sizes: sizes.into_values().collect(),
        })
    }

    fn room(&self, mask: u128) -> i64 {
        let groups = self.sizes.iter().enumerate();
        let own = groups.filter(|(group, _)| mask & (1 << group) != 0);
        own.map(|(_, size)| size).sum()
    }
}

/// Looks at every difference of a bound and of others within it, until a contradiction.
fn found(bounds: &[SeatBound]) -> Found {
    let Some(groups) = Groups::of(bounds) else {
        return Found::Seats;
    };
    let (mut steps, mut gives) = (0, false);
    for &(whole, least, most) in &groups.bounds {
        let inside: Vec<_> = (groups.bounds.iter())
            .filter(|(part, ..)| *part != whole && part & !whole == 0)
            .collect();
        let mut open = vec![(0, whole, least, most)];
        while let Some((from, left, least, most)) = open.pop() {
            steps += 1;
            if steps > STEPS {
                return Found::Seats;
            }
            if left != 0 {
                let room = groups.room(left);
                if most < 0 || least > room {
                    return Found::Contradiction;
                }
                gives |= most == 0 || least == room;
            }
            for (rank, &&(part, low, high)) in inside.iter().enumerate().skip(from) {
                if part & !left == 0 {
                    open.push((rank + 1, left & !part, least - high, most - low));
                }
            }
        }
    }
    if gives { Found::Seats } else { Found::Nothing }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seats(n: usize) -> Vec<String> {
        (0..n).map(|s| format!("T-001·{s:02}")).collect()
    }

    /// A year of which a part is told is told itself where no value of it would say that all the others came, or none.
    #[test]
    fn a_year_less_a_part_of_it_is_not_told_where_a_value_would_give_back_the_rest() {
        let (mut told, mut hidden) = (0, 0);
        for (of, part_of) in [(14, 9), (12, 7), (18, 13), (20, 14), (40, 12), (60, 30)] {
            for m in 0..=part_of {
                let part = SeatBound::of(&seats(part_of), m, part_of).expect("told");
                let rest = of - part_of;
                let same = |n: usize, of: usize| {
                    let told = share(n, of).map(|s| s.text);
                    (0..=of).filter(move |k| share(*k, of).map(|s| s.text) == told)
                };
                // Counts that are left by some value of the year, with all that prints the same.
                let gives = (m..=m + rest).any(|n| {
                    let left: BTreeSet<usize> = same(n, of)
                        .flat_map(|n| same(m, part_of).filter_map(move |m| n.checked_sub(m)))
                        .filter(|left| *left <= rest)
                        .collect();
                    left.len() == 1 && (left.contains(&0) || left.contains(&rest))
                });
                let may = may_be_told(std::slice::from_ref(&part), &seats(of), of);
                assert!(!(may && gives), "{m} of {part_of}, then of {of}");
                *(if may { &mut told } else { &mut hidden }) += 1;
            }
        }
        assert!(told > 0 && hidden > 0, "{told} told, {hidden} hidden");
    }

    /// What nobody could solve in time is not told; what touches nothing is.
    #[test]
    fn seats_of_their_own_are_told() {
        let part = SeatBound::of(&seats(9), 4, 9).expect("told");
        let others: Vec<String> = (0..9).map(|s| format!("T-002·{s}")).collect();
        assert!(may_be_told(&[part], &others, 9));
    }
}
