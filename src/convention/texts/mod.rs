//! What people write in a bilan: one file a section under `ctg/textes/`, kept byte for byte (`docs/ctg.md` §7).
//!
//! | question | file |
//! |---|---|
//! | in which sections do people write | `text_parts` |
//! | – what is each file called, what sentence do they start from | `text_places` |
//! | what does the folder hold: read, left to write, of no section | `text_folder` |
//! | which sentences are laid where there is none yet | `text_starters` |
//! | what is to become of each fiche | `next_choices` |
//! | – as the `convention.toml` that could come next | `next_convention` |

mod next_choices;
mod next_convention;
mod text_folder;
mod text_parts;
mod text_places;
mod text_starters;

pub use next_choices::{NextChoice, NextVerdict, next_choices};
pub use next_convention::{NextStart, next_convention};
pub use text_folder::{BilanText, TextFolder, TextState, lay_starters};
pub use text_parts::TextPart;
pub use text_places::{BilanTextFile, TEXTS_FOLDER, text_places};
