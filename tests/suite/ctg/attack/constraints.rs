//! The attacker's own solver: whole numbers between bounds, tied by what is read; a value is found when no other one fits
//! all that was read. By propagation and trial, not by differences.

/// What ties some unknowns.
#[derive(Clone, Debug)]
pub enum Tie {
    /// Their sum lies between two numbers.
    Sum(Vec<usize>, i64, i64),
    /// Of these groups, so many have one that is above zero.
    AnyOf(Vec<Vec<usize>>, i64, i64),
    /// Of these pairs of groups, so many have one above zero in both.
    Both(Vec<(Vec<usize>, Vec<usize>)>, i64, i64),
    /// The first is nothing when the sum of the others is, and no less than it otherwise.
    Persons(usize, Vec<usize>),
}

/// Unknowns between bounds.
#[derive(Clone, Default)]
pub struct Unknowns {
    pub most: Vec<i64>,
    pub ties: Vec<Tie>,
}

/// States looked at for one question.
const STATES: usize = 4_000;

#[derive(Clone)]
struct Room {
    low: Vec<i64>,
    high: Vec<i64>,
}

/// An unknown that has no room left.
struct Impossible;

impl Room {
    fn at_least(&mut self, v: usize, n: i64) -> Result<bool, Impossible> {
        if n <= self.low[v] {
            return Ok(false);
        }
        self.low[v] = n;
        if n > self.high[v] {
            Err(Impossible)
        } else {
            Ok(true)
        }
    }

    fn at_most(&mut self, v: usize, n: i64) -> Result<bool, Impossible> {
        if n >= self.high[v] {
            return Ok(false);
        }
        self.high[v] = n;
        if n < self.low[v] {
            Err(Impossible)
        } else {
            Ok(true)
        }
    }

    fn sum(&self, all: &[usize]) -> (i64, i64) {
        (
            all.iter().map(|v| self.low[*v]).sum(),
            all.iter().map(|v| self.high[*v]).sum(),
        )
    }

    /// Whether one of a group is above zero: surely, possibly.
    fn any(&self, group: &[usize]) -> (bool, bool) {
        (
            group.iter().any(|v| self.low[*v] > 0),
            group.iter().any(|v| self.high[*v] > 0),
        )
    }

    /// None of them is above zero.
    fn none(&mut self, group: &[usize]) -> Result<bool, Impossible> {
        let mut moved = false;
        for v in group {
            moved |= self.at_most(*v, 0)?;
        }
        Ok(moved)
    }

    /// One of them at least is above zero.
    fn one(&mut self, group: &[usize]) -> Result<bool, Impossible> {
        let mut open = group.iter().filter(|v| self.high[**v] > 0);
        match (open.next(), open.next()) {
            (None, _) => Err(Impossible),
            (Some(v), None) => {
                let v = *v;
                self.at_least(v, 1)
            }
            _ => Ok(false),
        }
    }

    fn narrow(&mut self, tie: &Tie) -> Result<bool, Impossible> {
        let mut moved = false;
        match tie {
            Tie::Sum(all, least, most) => {
                let (low, high) = self.sum(all);
                if high < *least || low > *most {
                    return Err(Impossible);
                }
                for v in all {
                    let (own_low, own_high) = (self.low[*v], self.high[*v]);
                    moved |= self.at_least(*v, least - (high - own_high))?;
                    moved |= self.at_most(*v, most - (low - own_low))?;
                }
            }
            Tie::AnyOf(groups, least, most) => {
                let known: Vec<(bool, bool)> = groups.iter().map(|g| self.any(g)).collect();
                let sure = known.iter().filter(|k| k.0).count() as i64;
                let may = known.iter().filter(|k| k.1).count() as i64;
                if sure > *most || may < *least {
                    return Err(Impossible);
                }
                for (group, (is_sure, is_open)) in groups.iter().zip(known) {
                    if !is_sure && is_open && sure == *most {
                        moved |= self.none(group)?;
                    }
                    if !is_sure && is_open && may == *least {
                        moved |= self.one(group)?;
                    }
                }
            }
            Tie::Both(pairs, least, most) => {
                let known: Vec<_> = pairs
                    .iter()
                    .map(|(a, b)| (self.any(a), self.any(b)))
                    .collect();
                let sure = known.iter().filter(|(a, b)| a.0 && b.0).count() as i64;
                let may = known.iter().filter(|(a, b)| a.1 && b.1).count() as i64;
                if sure > *most || may < *least {
                    return Err(Impossible);
                }
                for ((a, b), (ka, kb)) in pairs.iter().zip(known) {
                    if may == *least && ka.1 && kb.1 {
                        moved |= self.one(a)?;
                        moved |= self.one(b)?;
                    }
                    if sure == *most && ka.1 && kb.1 && !(ka.0 && kb.0) {
                        if ka.0 {
                            moved |= self.none(b)?;
                        } else if kb.0 {
                            moved |= self.none(a)?;
                        }
                    }
                }
            }
            Tie::Persons(persons, came) => {
                let (low, high) = self.sum(came);
                moved |= self.at_least(*persons, low)?;
                if high == 0 {
                    moved |= self.at_most(*persons, 0)?;
                }
                if self.high[*persons] < high {
                    let most = self.high[*persons];
                    for v in came {
                        moved |= self.at_most(*v, most - (low - self.low[*v]))?;
                    }
                }
                if self.low[*persons] > 0 {
                    moved |= self.one(came)?;
                }
            }
        }
        Ok(moved)
    }

    fn settle(&mut self, ties: &[Tie]) -> Result<(), Impossible> {
        loop {
            let mut moved = false;
            for tie in ties {
                moved |= self.narrow(tie)?;
            }
            if !moved {
                return Ok(());
            }
        }
    }
}

impl Unknowns {
    pub fn add(&mut self, most: i64) -> usize {
        self.most.push(most);
        self.most.len() - 1
    }

    /// Whether these values fit all that was read.
    pub fn fits(&self, values: &[i64]) -> bool {
        let mut room = Room {
            low: values.to_vec(),
            high: values.to_vec(),
        };
        room.settle(&self.ties).is_ok()
    }

    /// Whether some values fit what was read and one tie more, tried near known ones first; none when it was not decided.
    pub fn is_possible(&self, more: Tie, near: &[i64]) -> Option<bool> {
        let mut ties = self.ties.clone();
        ties.push(more);
        let mut left = STATES;
        let room = Room {
            low: vec![0; self.most.len()],
            high: self.most.clone(),
        };
        search(room, &ties, near, &mut left)
    }
}

fn search(mut room: Room, ties: &[Tie], near: &[i64], left: &mut usize) -> Option<bool> {
    if *left == 0 {
        return None;
    }
    *left -= 1;
    if room.settle(ties).is_err() {
        return Some(false);
    }
    // The least room first, but a value that is not that of `near` is settled before all others.
    let open = (0..near.len()).filter(|v| room.low[*v] < room.high[*v]);
    let chosen = open.min_by_key(|v| {
        let own = near[*v];
        let moved = own < room.low[*v] || own > room.high[*v];
        (!moved, room.high[*v] - room.low[*v])
    });
    let Some(v) = chosen else {
        return Some(true);
    };
    let (low, high) = (room.low[v], room.high[v]);
    let first = near[v].clamp(low, high);
    let mut decided = Some(false);
    for (low, high) in [(first, first), (low, first - 1), (first + 1, high)] {
        if low > high {
            continue;
        }
        let mut next = room.clone();
        next.low[v] = low;
        next.high[v] = high;
        match search(next, ties, near, left) {
            Some(true) => return Some(true),
            None => decided = None,
            Some(false) => {}
        }
    }
    decided
}
