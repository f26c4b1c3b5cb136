//! The log of deliveries: a later delivery of the same campaign whose number of answers differs by
//! less than the threshold repeats what was printed (`docs/confidentiality.md`), so that nobody
//! gets one late answer by comparing two editions.
//!
//! ```text
//! let mut log = DeliveryLog::begin(root)?;   // held until the delivery is in place
//! let mut delivery = clear_delivery(&material, &structures);
//! let repeats = told.apply(&log, &mut delivery, true, &clear);   // before anything is rendered
//! …                                          // render beside the place
//! log.record(&delivery, &repeats, date);
//! let held = log.save()?;                    // before anything is put in place; dropped once it is
//! ```
//!
//! One log serves every audience that is logged: the same persons read several of them.
//!
//! | question | file |
//! |---|---|
//! | documents of the convention: figures of persons printed again | `convention_log` |
//! | begin, apply, record, save; two deliveries at once (ten minutes’ patience) | `delivery_log` |
//! | several audiences of one edition, each after those who read it beside their own | `told_edition` |
//! | the files of `data/livraisons/`: sealed, one lost or altered | `log_folder` |
//! | – the format of one | `delivery_record` |
//! | – the former single file taken over | `former_log` |
//! | deliveries in `reports/rendus` that the log must know of | `known_deliveries` |
//! | which answers must repeat an earlier edition, and the totals with them? | `repeated_answers` |
//! | – what is kept of them | `kept_answers` |
//! | indicators that tell of respondents: kept back once, kept back after | `kept_activities` |
//! | – of questions outside the référentiel, whose list of answers may change | `outside_labels` |
//! | which levels must? | `repeated_levels` |
//! | – what is kept of them | `kept_levels` |
//! | all that was printed of a campaign, in order | `printed_history` |
//! | deliveries handed on to a folder that is restored | `log_carrying` |
//! | the key of the log’s fingerprints | `log_key` |
//! | how a question at a place is named | `figure_key` |
//! | where a question was asked, what its totals are made of | `asked_places` |

mod asked_places;
mod convention_log;
mod delivery_log;
mod delivery_record;
mod figure_key;
mod former_log;
mod kept_activities;
mod kept_answers;
mod kept_levels;
mod known_deliveries;
mod log_carrying;
mod log_folder;
mod log_key;
mod outside_labels;
mod printed_history;
mod repeated_answers;
mod repeated_levels;
mod told_edition;

pub use delivery_log::{DeliveryLog, Repeats, SavedLog};
pub use delivery_record::Delivered;
pub(crate) use log_carrying::{CarriedLog, carry_deliveries};
pub use told_edition::ToldEdition;
