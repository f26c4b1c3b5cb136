//! Aggregates that territories share, as `exporter agregats` writes them and `--agregats` reads them, over
//! random référentiels.
//!
//! | question | file |
//! |---|---|
//! | does the sum of a hundred territories equal one store? | `territories_merged` |
//! | can aggregates that left give an answer back? | `aggregates_released` |
//! | an observatory drawn at random | `drawn_territory` |

mod aggregates_released;
mod drawn_territory;
#[path = "../../../tests/suite/naive/random_worlds.rs"]
#[allow(dead_code, unreachable_pub, reason = "shared with the suite")]
mod random_worlds;
mod territories_merged;
