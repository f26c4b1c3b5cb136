//! A box to write in: what people typed in a file of their own, or the sentence that they start from. It says where it is
//! typed as long as something is left to write, and in a word processor a comment stands there.

use serde::Serialize;

use crate::base::written::WrittenText;

/// A box of a document.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct WritingBox {
    /// Where it is typed, under the folder: `ctg/textes/04-changements.md`.
    #[serde(rename = "fichier")]
    pub file: String,
    /// What is left to do, in a sentence; empty once it is whole.
    #[serde(rename = "reste")]
    pub left: String,
    /// What was typed.
    #[serde(rename = "texte")]
    pub text: WrittenText,
}

impl WritingBox {
    /// Whether nothing is left to write.
    pub fn is_complete(&self) -> bool {
        self.left.is_empty()
    }

    /// What the comment of a word processor says there. What is typed in a document is read by nobody but its readers:
    /// it would be lost at the next edition, and that must be said where it is typed.
    pub fn comment(&self) -> Option<String> {
        (!self.is_complete()).then(|| {
            format!(
                "{} Ce que vous écrivez dans ce document Word y reste, mais l’édition suivante repart de {}.",
                self.left, self.file
            )
        })
    }

    /// Its words.
    pub(super) fn words(&self) -> [String; 2] {
        [self.left.clone(), self.text.plain()]
    }
}
