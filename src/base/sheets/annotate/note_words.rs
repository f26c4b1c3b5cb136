//! Which words of a note are the program's: a workbook that was sent back is imported again, and nobody wrote them.

/// What begins what the program writes in a note, and nothing that a person would write.
pub(super) const HEADING: &str = "À corriger (observatoire)";
/// What it says of a cell that was put right.
pub(super) const FORMER: &str = "Corrigé depuis (observatoire)";
/// Author of notes of the program.
pub(super) const AUTHOR: &str = "Observatoire";

/// What somebody wrote in a note, without what the program added after it.
pub(crate) fn without_own_words(text: &str) -> &str {
    match text.find(HEADING).or_else(|| text.find(FORMER)) {
        Some(at) => text[..at].trim(),
        None => text,
    }
}
