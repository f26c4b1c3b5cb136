//! What people write in a bilan: one file a section under `ctg/textes/`, kept byte for byte (`docs/ctg.md` §5).
//!
//! | question | file |
//! |---|---|
//! | in which sections do people write, what is each file called, what sentence do they start from | `text_places` |
//! | what does the folder hold: read, left to write, of no section | `text_folder` |
//! | which sentences are laid where there is none yet | `text_starters` |
//! | what is to become of each fiche | `next_choices` |

mod next_choices;
mod text_folder;
mod text_places;
mod text_starters;

pub use next_choices::{NextChoice, NextVerdict, next_choices};
pub use text_folder::{BilanText, TextFolder, TextState, lay_starters};
pub use text_places::{TEXTS_FOLDER, TextPart, TextPlace, text_places};
