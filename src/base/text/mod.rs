//! Everything said in French that is not a template: numbers, dates, plurals, lists, typography,
//! and the folding that matches names whatever their accents.

mod date;
mod datum;
mod fold;
mod hex;
mod number;
mod plural;
mod shared_text;
mod typo;

pub use date::{date_long, date_short, iso_date, iso_date_month_first, years};
pub use datum::{Datum, Unit};
pub use fold::{fold, nearest, plain_words};
pub use hex::hex;
pub use number::{decimal1, decimals, integer, percent, rounded, signed};
pub use plural::{count, list, none, number_word};
pub use shared_text::SharedText;
pub use typo::{LONGEST_WORD, nbsp};
