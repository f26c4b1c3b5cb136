//! The log of deliveries: a later delivery of the same campaign whose number of answers differs by
//! less than the threshold repeats what was printed (`docs/confidentiality.md`), so that nobody
//! gets one late answer by comparing two editions.
//!
//! ```text
//! let mut log = DeliveryLog::open(root)?;
//! let mut delivery = clear_delivery(&material, &structures);
//! let repeats = log.apply(&mut delivery);    // before anything is rendered
//! …                                          // render and write
//! log.record(&delivery, repeats, date);      // once the delivery is in place
//! log.save()?;
//! ```
//!
//! One log serves every audience that is logged: the same persons read several of them.

mod delivery_log;
mod figure_key;
mod kept_answers;
mod kept_levels;
mod repeated_answers;

pub use delivery_log::{Delivered, DeliveryLog, Repeats};
