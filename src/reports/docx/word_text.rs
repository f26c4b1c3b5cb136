//! Paragraphs and runs of WordprocessingML. Every text goes through here: French typography, nothing that acts
//! rather than shows (a control character is no XML), then the five characters that markup takes.

use quick_xml::escape::escape;

use crate::base::text::{nbsp, visible};

/// A text as it stands between two tags, or in an attribute.
pub(super) fn escaped(text: &str) -> String {
    escape(nbsp(&visible(text)).as_ref()).into_owned()
}

/// A run: a text of one look.
pub(super) fn run(text: &str) -> String {
    looking(text, "")
}

/// A run in bold.
pub(super) fn bold(text: &str) -> String {
    looking(text, "<w:b/>")
}

/// A run whose look is said; lines of its text stay lines.
pub(super) fn looking(text: &str, look: &str) -> String {
    let look = if look.is_empty() {
        String::new()
    } else {
        format!("<w:rPr>{look}</w:rPr>")
    };
    let lines: Vec<String> = text
        .split('\n')
        .map(|line| format!("<w:t xml:space=\"preserve\">{}</w:t>", escaped(line)))
        .collect();
    format!("<w:r>{look}{}</w:r>", lines.join("<w:br/>"))
}

/// A paragraph of runs in a style.
pub(super) fn runs(style: &str, runs: &str) -> String {
    runs_with(style, "", runs)
}

/// A paragraph of runs in a style whose properties are said too, in the order of the schema.
pub(super) fn runs_with(style: &str, properties: &str, runs: &str) -> String {
    format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/>{properties}</w:pPr>{runs}</w:p>")
}

/// A paragraph of one text in a style.
pub(super) fn paragraph(style: &str, text: &str) -> String {
    runs(style, &run(text))
}

/// A paragraph of one text in a style whose properties are said too.
pub(super) fn with_properties(style: &str, properties: &str, text: &str) -> String {
    runs_with(style, properties, &run(text))
}
