//! Counts of those that came at least once, and of meetings where two services were together: each is told so that no
//! value of it says of one that it came, or that it did not.

use super::person_figures::{FEW, share};
use crate::base::text::Datum;
use crate::convention::{ComputedIndicator, OF_ACTIONS};

/// How many of those that could come did at least once. None where the count itself may be told: each had five seats
/// at least, and two came or more; `Some(None)` where nothing may.
pub(super) fn came_at_least_once(c: &ComputedIndicator, of: Option<f64>) -> Option<Option<Datum>> {
    let n = whole(c.numerator);
    let could = c.rooms.len();
    let has_room = c.rooms.iter().all(|room| *room >= FEW);
    if has_room && could >= 2 {
        return (n < 2).then(|| {
            let told = Datum {
                text: "un au plus".to_owned(),
                ..Datum::none()
            };
            Some(told)
        });
    }
    // Every value that could be must leave room for another one.
    let of = whole(of);
    let words = |n: usize| share(n, of).map(|s| s.text);
    let is_open = (0..=could).all(|n| {
        let same = (0..=could).filter(|other| words(*other) == words(n));
        words(n).is_some() && same.count() > 1
    });
    Some(share(n, of).filter(|_| is_open))
}

/// Collaborations: of actions, which everybody reads; of meetings, within what others could be.
pub(super) fn collaborations(c: &ComputedIndicator) -> Datum {
    let actions = of_actions(c);
    let (meetings, of) = (together(c), c.seats.len());
    if of == 0 {
        return Datum::count(actions);
    }
    let Some(told) = share(meetings, of) else {
        return Datum {
            text: format!("{} ou plus", Datum::count(actions).text),
            ..Datum::count(actions)
        };
    };
    let fits = |n: &usize| share(*n, of).is_some_and(|s| s.text == told.text);
    let least = (0..=of).find(fits).unwrap_or(0);
    let most = (0..=of).rfind(fits).unwrap_or(of);
    let least = Datum::count(actions + least);
    Datum {
        text: format!("{} à {}", least.text, actions + most),
        ..least
    }
}

/// The meetings among them, out of those where both were awaited; none where too few are told to be remembered.
pub(super) fn met_together(c: &ComputedIndicator) -> Option<(usize, usize)> {
    (c.seats.len() >= FEW).then(|| (together(c), c.seats.len()))
}

fn together(c: &ComputedIndicator) -> usize {
    whole(c.numerator).saturating_sub(of_actions(c))
}

fn of_actions(c: &ComputedIndicator) -> usize {
    let told = c.beside.iter().find(|b| b.label == OF_ACTIONS);
    whole(told.map(|b| b.value))
}

fn whole(n: Option<f64>) -> usize {
    n.unwrap_or(0.0).max(0.0).round() as usize
}
