//! Counts of those that came at least once, and of what two services did together: each is told so that no value of it
//! says of one that it came, or that it did not.

use super::person_figures::FEW;
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

/// Collaborations: those of actions, which everybody reads, « ou plus » where two services could meet; none where there is
/// nothing but meetings. Any count of these would say, with shares of the same seats, that one of them was there.
pub(super) fn collaborations(c: &ComputedIndicator) -> Option<Datum> {
    let actions = of_actions(c);
    if c.seats.is_empty() {
        return Some(Datum::count(actions));
    }
    // No number: whether the target is reached is not known of a least one.
    let told = Datum::words(format!("{} ou plus", Datum::count(actions).text));
    (actions > 0).then_some(told)
}

fn of_actions(c: &ComputedIndicator) -> usize {
    let told = c.beside.iter().find(|b| b.label == OF_ACTIONS);
    whole(told.map(|b| b.value))
}

fn whole(n: Option<f64>) -> usize {
    n.unwrap_or(0.0).max(0.0).round() as usize
}
