//! What points at a person, and nowhere else: columns of files that are dropped before anything is
//! kept (`personal_columns`), texts of a plan that are refused (`titled_names`), names of files that
//! are not kept, what people wrote and may not be quoted (`quote_screen`). Rather one sentence too few
//! than one too many.
//!
//! | question | file |
//! |---|---|
//! | which columns of a file are dropped: by heading (58), by what half of their cells look like | `personal_columns` |
//! | may a text be quoted (240 letters at most, 600 of a plan), all reasons together? | `quote_screen` |
//! | – the reasons, in a word | `motif` |
//! | – what patterns say of it | `findings` |
//! | – does it resemble what may not be quoted, when nothing was recognised? weights learnt from the corpora | `likeness` |
//! | – what of a text is weighed so | `likeness_traits` |
//! | – which clauses are weighed by themselves | `clauses` |
//! | – does it name someone? | `names` |
//! | – lists of names | `given_names` |
//! | – words that look like one | `common_words` |
//! | – does it reach someone: eight digits, five numbers in words, e-mail, account? | `contact_signs` |
//! | – is a word an address | `addresses` |
//! | – is it a telephone | `telephones` |
//! | – accusations, violence, health, turns that point at one | `vocabulary` |
//! | – a text as words to look at | `word_tokens` |
//! | – characters that a page can hold | `plain_text` |
//! | – words that were let through, as a type | `quotation` |
//! | a plan that names someone (« Madame … ») is refused | `titled_names` |
//! | a file’s or a sheet’s name that names someone | `file_names` |

mod addresses;
mod clauses;
mod common_words;
mod contact_signs;
mod file_names;
mod findings;
mod given_names;
mod likeness;
mod likeness_traits;
mod motif;
mod names;
mod personal_columns;
mod plain_text;
mod quotation;
mod quote_screen;
mod telephones;
mod titled_names;
mod vocabulary;
mod word_tokens;

pub(crate) use file_names::FileNames;
pub(crate) use motif::Motif;
pub(crate) use personal_columns::{is_personal_content, is_personal_heading};
pub use quotation::Quotation;
pub(crate) use quote_screen::QuoteScreen;
pub(crate) use titled_names::{is_a_person, names_someone};

/// What no screen sees, for who publishes.
pub(crate) const READ_AGAIN: &str = "Avant de publier, relisez les citations, les pratiques et les plans : le programme écarte les noms, les contacts, les accusations, la violence et la santé, mais il ne voit ni un surnom, ni une allusion, ni un détail que seuls les gens d’ici comprennent.";
