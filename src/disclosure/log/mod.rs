//! The log of deliveries: a later delivery of the same campaign whose number of answers differs by
//! less than the threshold repeats what was printed (`docs/confidentiality.md`), so that nobody
//! gets one late answer by comparing two editions.
//!
//! ```text
//! let mut log = DeliveryLog::begin(root)?;   // held until the delivery is in place
//! let compared = told.compared(&log, (&edition, audience), &clear)?;
//! let mut delivery = clear_delivery(&material, &structures);
//! let repeats = told.apply(&log, &mut delivery, &compared, true)?;   // before anything is rendered
//! log.record(&delivery, &repeats, date)?;    // beside the log
//! …                                          // render beside the place
//! let held = log.save()?;                    // before anything is put in place; dropped once it is
//! ```
//!
//! One log serves every audience that is logged: the same persons read several of them.
//!
//! | question | file |
//! |---|---|
//! | documents of the convention: figures of persons printed again | `convention_log` |
//! | begin, record, save; two deliveries at once (ten minutes’ patience) | `delivery_log` |
//! | several audiences of one edition, each after those who read it beside their own | `told_edition` |
//! | – what one of them is told | `told_campaign` |
//! | the files of `data/livraisons/`: sealed, one lost or altered | `log_folder` |
//! | – the bytes of one, known by its name | `sealed_bytes` |
//! | – the format of one: its head, what it told | `delivery_record` |
//! | – what it told, read when an edition is compared with it | `record_file`, `record_reading` |
//! | – the former single file taken over | `former_log` |
//! | deliveries in `reports/rendus` that the log must know of | `known_deliveries` |
//! | what is kept of a delivery that was made | `kept_delivery` |
//! | what a delivery must not be compared with | `earlier_editions` |
//! | – deliveries before its own edition | `printed_deliveries` |
//! | – all that they printed, in order | `printed_history` |
//! | a delivery that repeats what was printed | `repeated_delivery` |
//! | – which answers must, and the totals with them? | `repeated_answers` |
//! | – – as a file keeps them; as editions printed them | `kept_answers`, `printed_answers` |
//! | – – of questions outside the référentiel, whose list of answers may change | `outside_labels` |
//! | – which levels must? | `repeated_levels` |
//! | – – as a file keeps them; as editions printed them | `kept_levels`, `printed_levels` |
//! | – – one level as it was told | `told_level` |
//! | – indicators that tell of respondents: kept back once, kept back after | `kept_activities` |
//! | deliveries handed on to a folder that is restored | `log_carrying` |
//! | the key of the log’s fingerprints | `log_key` |
//! | how a question at a place is named | `figure_key` |
//! | where a question was asked, what its totals are made of | `asked_places` |

mod asked_places;
mod convention_log;
mod delivery_log;
mod delivery_record;
mod earlier_editions;
mod figure_key;
mod former_log;
mod kept_activities;
mod kept_answers;
mod kept_delivery;
mod kept_levels;
mod known_deliveries;
mod log_carrying;
mod log_folder;
mod log_key;
mod outside_labels;
mod printed_answers;
mod printed_deliveries;
mod printed_history;
mod printed_levels;
mod record_file;
mod record_reading;
mod repeated_answers;
mod repeated_delivery;
mod repeated_levels;
mod sealed_bytes;
mod told_campaign;
mod told_edition;
mod told_level;

pub use delivery_log::{DeliveryLog, EditionKey, SavedLog};
pub use delivery_record::Delivered;
pub(crate) use log_carrying::{CarriedLog, carry_deliveries};
pub use repeated_delivery::Repeats;
pub use told_edition::{Compared, ToldEdition};
