//! What a comment laid on a cell says, whoever wrote it and in whatever format.

use super::annotate::without_own_words;

/// What a comment says, without the name of its author, nor what Excel writes above a conversation, nor what the
/// program wrote in a workbook that it sent back.
pub(super) fn unsigned(text: &str, author: &str) -> String {
    let text = without_own_words(text.trim());
    let text = match text.strip_prefix('[') {
        Some(_) => ["Comment:", "Commentaire :", "Commentaire\u{a0}:"]
            .iter()
            .filter_map(|mark| text.split_once(mark))
            .map(|(_, said)| said)
            .next()
            .unwrap_or(text),
        None => text,
    };
    let signed = text
        .strip_prefix(author)
        .and_then(|rest| rest.trim_start().strip_prefix(':'));
    let said = if author.is_empty() {
        text
    } else {
        signed.unwrap_or(text)
    };
    said.split_whitespace().collect::<Vec<_>>().join(" ")
}
