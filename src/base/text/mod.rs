//! Everything said in French that is not a template: numbers, dates, plurals, lists, typography,
//! and the folding that matches names whatever their accents.
//!
//! | question | file |
//! |---|---|
//! | numbers in French, and their rounding | `number` |
//! | dates: read (12/05/26…), written | `date` |
//! | plurals, « a, b et c », numbers in letters | `plural` |
//! | are two names or headings the same: accents, case, « St » | `fold` |
//! | « Vouliez-vous dire »: from how alike on (0.75), how many | `suggest` |
//! | no-break spaces, apostrophes | `typo` |
//! | a figure as read and as a workbook keeps it | `datum` |
//! | a text as the name of a file, in an address | `file_name` |
//! | a text that a spreadsheet would compute | `formula` |
//! | characters that act on a terminal | `visible` |
//! | tags and entities in what tools export | `untagged` |
//! | a command ready to paste, quoted as shells read it | `pasted` |
//! | a text shared by many rows | `shared_text` |
//! | a text cut to a width | `short_text` |

mod date;
mod datum;
mod file_name;
mod fold;
mod formula;
mod number;
mod pasted;
mod plural;
mod shared_text;
mod short_text;
mod suggest;
mod typo;
mod untagged;
mod visible;

/// Lower-case hexadecimal, two digits a byte.
pub use const_hex::encode as hex;
pub use date::{
    date_long, date_short, date_within, dates_in, fits_a_workbook, is_month, iso_date,
    iso_date_month_first, month_rank, weekday_contradicts, years,
};
pub use datum::{Datum, Unit};
pub(crate) use file_name::{in_address, safe_file_name};
pub use fold::{fold, plain_words};
pub use formula::without_formula;
pub use number::{
    decimal1, decimals, integer, megabytes, percent, printed_level, rounded, share_of, signed,
    whole,
};
pub(crate) use pasted::PastedLine;
pub use plural::{count, list, none, number_word};
pub use shared_text::SharedText;
pub(crate) use shared_text::SharedTexts;
pub(crate) use short_text::short;
pub use suggest::{Suggestion, nearness, suggest};
pub use typo::{LONGEST_WORD, nbsp};
pub use untagged::untagged;
pub use visible::{acts, make_visible, visible, visible_line};
