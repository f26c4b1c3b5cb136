//! What does not hold together once a block is changed: with the field where it was typed, or the block that rests on it.

use super::convention_document::{BlockTable, ConventionDocument};

/// What does not hold together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct BlockFault {
    /// Key of the field of the form that is meant; none for another block, or for no field.
    pub(crate) field: Option<&'static str>,
    /// The other block that is meant: its id, what people call it.
    pub(crate) elsewhere: Option<(String, String)>,
    pub(crate) message: String,
}

/// The faults of a file as it stands, each with the block where it is mended.
pub(crate) fn faults_by_block(text: &str, told: &str) -> Vec<(String, BlockFault)> {
    let document = ConventionDocument::of(text);
    let lines = told.lines().filter(|line| !line.trim().is_empty());
    let placed = lines.map(|line| (line.to_owned(), placed(line, document.as_ref(), &|_| false)));
    placed.collect()
}

/// « ctg/convention.toml, ligne 12, colonne 3 : … » as the block and the field where it stands.
pub(super) fn placed(
    told: &str,
    document: Option<&ConventionDocument<'_>>,
    is_own: &dyn Fn(&BlockTable<'_>) -> bool,
) -> BlockFault {
    let after = told.split_once(", ligne ").map_or("", |(_, rest)| rest);
    let digits = after
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(after.len());
    let message = match after.split_once(" : ") {
        Some((place, message)) if place.contains("colonne") => sentence(message),
        _ => told.to_owned(),
    };
    let line = after[..digits].parse::<usize>().ok();
    let found = line
        .zip(document)
        .and_then(|(line, document)| document.at_line(line));
    let (field, elsewhere) = match found {
        Some((block, key)) if is_own(&block) => {
            let mut fields = block.part.fields().iter();
            let named = |own: &str| key.as_deref() == own.split('.').next();
            (fields.find(|f| named(f.key)).map(|f| f.key), None)
        }
        Some((block, _)) => (
            None,
            Some((block.id.clone(), block.part.called(&block.name()))),
        ),
        None => (None, None),
    };
    BlockFault {
        field,
        elsewhere,
        message,
    }
}

/// With its capital.
fn sentence(message: &str) -> String {
    let mut letters = message.chars();
    let first = letters.next().map(|c| c.to_uppercase().to_string());
    format!("{}{}", first.unwrap_or_default(), letters.as_str())
}
