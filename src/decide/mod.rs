//! From figures to what comes first and what is done about it: priorities, plans, the
//! indicators of the convention, who has returned what.
//!
//! | question | file |
//! |---|---|
//! | who has returned what, what is late, which axes and answers will not be publishable | `completeness` |
//! | participation and recommendations for the CTG, counted and summed | `ctg`; what of them is shown: `disclosure::clear::clear_ctg` |
//! | which expected critères of an experiment nothing will measure at its pilots | `expected_criteres` |
//! | what to lean on, what to begin with, practices worth a visit | `priorities` |
//! | improvement plans | `plans` |

pub mod completeness;
pub mod ctg;
pub mod expected_criteres;
pub mod plans;
pub mod priorities;
