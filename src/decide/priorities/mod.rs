//! What first, and who could help: three points to lean on and three to work on per structure,
//! practices worth a visit and who could learn from them (`docs/statistics.md` §7).
//!
//! | question | file |
//! |---|---|
//! | what do families hold most to? | `importance`; the correlation: `stats::importance` |
//! | the three points to lean on and three to begin with; in which order? | `advice` |
//! | where is something done better than elsewhere (six centres, 10 % of false discoveries, confirmed)? | `worth_a_visit` |
//! | what they are drawn from (a type alone) | `priority_ground` |

mod advice;
mod importance;
mod priority_ground;
mod worth_a_visit;

use std::collections::BTreeMap;

use rayon::prelude::*;

pub use advice::{Advice, Priority, PriorityKind, Strength};
pub(crate) use importance::importance_of;
pub use importance::{Importance, importance};
pub use priority_ground::PriorityGround;
pub(crate) use worth_a_visit::FALSE_DISCOVERIES;
pub use worth_a_visit::{Confirmation, Practice};

/// Priorities of a campaign.
#[derive(Debug, Clone, Default)]
pub struct Priorities {
    /// Structure code → what to lean on and begin with.
    pub sites: BTreeMap<String, Advice>,
    /// Practices worth a visit, in the order of the référentiel, then of structures.
    pub practices: Vec<Practice>,
    /// What families hold most to.
    pub importance: Importance,
}

/// Draws the priorities of every structure, then the practices worth a visit.
pub fn priorities(ground: &PriorityGround) -> Priorities {
    let sites: BTreeMap<String, Advice> = ground
        .structures
        .par_iter()
        .map(|s| (s.code.clone(), advice::of(ground, &s.code)))
        .collect();
    Priorities {
        practices: worth_a_visit::practices(ground, &sites),
        sites,
        importance: ground.importance.clone(),
    }
}
