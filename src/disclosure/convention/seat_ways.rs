//! Ways of filling seats that fit all that is told of them.

use std::collections::BTreeMap;

use super::seat_bound::SeatBound;

/// A way of filling groups of seats.
pub(super) enum SeatWay {
    /// How many of each group are taken.
    Known(Vec<i64>),
    /// There is none.
    None,
    /// None was found in time.
    Undecided,
}

/// A sum of groups, between two numbers.
struct GroupSum {
    groups: Vec<usize>,
    least: i64,
    most: i64,
}

/// Seats that are in the same bounds stand for each other.
pub(super) struct SeatGroups {
    /// How many seats each group has.
    pub sizes: Vec<i64>,
    sums: Vec<GroupSum>,
}

/// More groups than that are not looked at.
const MOST_GROUPS: usize = 200;

impl SeatGroups {
    /// None where there are too many of them.
    pub(super) fn of(bounds: &[SeatBound]) -> Option<Self> {
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
        let of_bound = |rank: usize| {
            let own = sizes.keys().enumerate().filter(|(_, r)| r.contains(&rank));
            own.map(|(group, _)| group).collect()
        };
        let sums = bounds.iter().enumerate().map(|(rank, b)| GroupSum {
            groups: of_bound(rank),
            least: b.least as i64,
            most: b.most as i64,
        });
        let sums = sums.collect();
        (sizes.len() <= MOST_GROUPS).then(|| Self {
            sums,
            sizes: sizes.into_values().collect(),
        })
    }

    /// A way that fits all sums, one group being between two numbers where it is asked.
    pub(super) fn way(&self, asked: Option<(usize, i64, i64)>, steps: &mut usize) -> SeatWay {
        let mut room: Vec<(i64, i64)> = self.sizes.iter().map(|size| (0, *size)).collect();
        if let Some((group, low, high)) = asked {
            room[group] = (low, high);
        }
        let mut open = vec![room];
        while let Some(mut room) = open.pop() {
            if *steps == 0 {
                return SeatWay::Undecided;
            }
            *steps -= 1;
            if !self.narrow(&mut room) {
                continue;
            }
            // The group with the least room is cut: its middle is tried first.
            let left = room
                .iter()
                .enumerate()
                .filter(|(_, (low, high))| low < high);
            let Some((group, &(low, high))) = left.min_by_key(|(_, (low, high))| high - low) else {
                return SeatWay::Known(room.into_iter().map(|(low, _)| low).collect());
            };
            let middle = low + (high - low) / 2;
            for part in [(middle + 1, high), (low, middle - 1), (middle, middle)] {
                if part.0 <= part.1 {
                    let mut cut = room.clone();
                    cut[group] = part;
                    open.push(cut);
                }
            }
        }
        SeatWay::None
    }

    /// Takes away what no way can be, until nothing moves; false where nothing is left.
    fn narrow(&self, room: &mut [(i64, i64)]) -> bool {
        loop {
            let mut moved = false;
            for sum in &self.sums {
                let low: i64 = sum.groups.iter().map(|g| room[*g].0).sum();
                let high: i64 = sum.groups.iter().map(|g| room[*g].1).sum();
                if high < sum.least || low > sum.most {
                    return false;
                }
                for group in &sum.groups {
                    let (own_low, own_high) = room[*group];
                    let next = (
                        own_low.max(sum.least - (high - own_high)),
                        own_high.min(sum.most - (low - own_low)),
                    );
                    if next.0 > next.1 {
                        return false;
                    }
                    moved |= next != room[*group];
                    room[*group] = next;
                }
            }
            if !moved {
                return true;
            }
        }
    }
}
