//! Whether what is told of attendance or of answers, all shares together, would say who came or what was answered. Each
//! share bounds a sum of seats (a service at a meeting, a response to an item: there or not). Seats that are all taken,
//! or none of which is, in every way of filling them that fits all that is told, are given back.
//!
//! A share is told or not by what any value of it would give away, never by its own: that it is hidden tells nothing.

use super::seat_bound::SeatBound;
use super::seat_ways::{SeatGroups, SeatWay};

/// States looked at for one value; what is not decided by then is hidden.
const STEPS: usize = 20_000;

/// Whether a share of these seats may be told beside what was: none of its possible values would give a seat back.
pub(super) fn may_be_told(told: &[SeatBound], seats: &[String], of: usize) -> bool {
    let mut possible = 0;
    for value in SeatBound::all(seats, of) {
        let near = near(told, &value);
        match found(&near) {
            SeatsTold::Nothing => possible += 1,
            SeatsTold::Contradiction => {}
            SeatsTold::Seats => return false,
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
enum SeatsTold {
    /// Nobody in particular.
    Nothing,
    /// They cannot be true together.
    Contradiction,
    /// Some seats are all taken, or none is; or it could not be decided.
    Seats,
}

/// For each group of seats that stand for each other, looks for a way to fill them where one at least is taken, and for
/// one where not all are.
fn found(bounds: &[SeatBound]) -> SeatsTold {
    let Some(groups) = SeatGroups::of(bounds) else {
        return SeatsTold::Seats;
    };
    let mut steps = STEPS;
    let way = match groups.way(None, &mut steps) {
        SeatWay::Known(way) => way,
        SeatWay::None => return SeatsTold::Contradiction,
        SeatWay::Undecided => return SeatsTold::Seats,
    };
    let mut ways = vec![way];
    for (group, size) in groups.sizes.iter().enumerate() {
        for (low, high) in [(1, *size), (0, size - 1)] {
            if ways.iter().any(|w| (low..=high).contains(&w[group])) {
                continue;
            }
            match groups.way(Some((group, low, high)), &mut steps) {
                SeatWay::Known(way) => ways.push(way),
                SeatWay::None | SeatWay::Undecided => return SeatsTold::Seats,
            }
        }
    }
    SeatsTold::Nothing
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::super::person_figures::share;
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

    /// What touches nothing that was told is told.
    #[test]
    fn seats_of_their_own_are_told() {
        let part = SeatBound::of(&seats(9), 4, 9).expect("told");
        let others: Vec<String> = (0..9).map(|s| format!("T-002·{s}")).collect();
        assert!(may_be_told(&[part], &others, 9));
    }
}
