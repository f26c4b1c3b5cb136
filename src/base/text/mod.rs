//! Everything said in French that is not a template: numbers, dates, plurals, lists, typography,
//! and the folding that matches names whatever their accents.

mod date;
mod datum;
mod fold;
mod hex;
mod markup;
mod number;
mod plural;
mod suggest;
mod typo;

pub use date::{date_long, date_short, iso_date, iso_date_month_first, years};
pub use datum::{Datum, Unit};
pub use fold::{fold, plain_words};
pub use hex::hex;
pub use markup::untagged;
pub use number::{decimal1, decimals, integer, percent, rounded, signed};
pub use plural::{count, list, none, number_word};
pub use suggest::{Suggestion, suggest};
pub use typo::{LONGEST_WORD, nbsp};
