//! Counts of those that came at least once, and of meetings where two services were together: each is told so that no
//! value of it says of one that it came, or that it did not.

use super::person_figures::{FEW, share};
use crate::base::text::Datum;
use crate::convention::{ComputedIndicator, OF_ACTIONS};

/// Whether how many of those that could come did at least once may be told: each had five seats at least, of which none
/// is known then.
pub(super) fn has_room(c: &ComputedIndicator) -> bool {
    c.rooms.len() >= 2 && c.rooms.iter().all(|room| *room >= FEW)
}

/// In place of none or one: nobody at all would be everybody's absence.
pub(super) fn at_most_one(c: &ComputedIndicator) -> Option<Datum> {
    (whole(c.numerator) < 2).then(|| Datum::words("un au plus"))
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
