//! Lists of a word processor: bullets of two depths, then those that are numbered, each from its own number.

use std::fmt::Write;

/// The first of the lists that are numbered; the one before is that of bullets.
pub(super) const FIRST_NUMBERED: usize = 2;

/// A list that is numbered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct NumberedList {
    /// Its first number.
    pub first: u32,
    /// 0, or 1 under another.
    pub depth: usize,
}

/// `word/numbering.xml`: bullets of two depths, then lists that are numbered, each from its own number.
pub(super) fn numbering(namespace: &str, numbered: &[NumberedList]) -> String {
    let level = |depth: usize, format: &str, mark: &str| {
        let left = 360 * (depth + 1);
        format!(
            "<w:lvl w:ilvl=\"{depth}\"><w:start w:val=\"1\"/><w:numFmt w:val=\"{format}\"/><w:lvlText w:val=\"{mark}\"/><w:lvlJc w:val=\"left\"/><w:pPr><w:ind w:left=\"{left}\" w:hanging=\"260\"/></w:pPr></w:lvl>"
        )
    };
    let mut out = format!(
        "<w:numbering xmlns:w=\"{namespace}\"><w:abstractNum w:abstractNumId=\"0\"><w:multiLevelType w:val=\"hybridMultilevel\"/>{}{}</w:abstractNum>",
        level(0, "bullet", "•"),
        level(1, "bullet", "–")
    );
    if !numbered.is_empty() {
        let _ = write!(
            out,
            "<w:abstractNum w:abstractNumId=\"1\"><w:multiLevelType w:val=\"hybridMultilevel\"/>{}{}</w:abstractNum>",
            level(0, "decimal", "%1."),
            level(1, "decimal", "%2.")
        );
    }
    out.push_str("<w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num>");
    for (at, list) in numbered.iter().enumerate() {
        let (number, depth, first) = (FIRST_NUMBERED + at, list.depth, list.first);
        let _ = write!(
            out,
            "<w:num w:numId=\"{number}\"><w:abstractNumId w:val=\"1\"/><w:lvlOverride w:ilvl=\"{depth}\"><w:startOverride w:val=\"{first}\"/></w:lvlOverride></w:num>"
        );
    }
    out.push_str("</w:numbering>");
    out
}
