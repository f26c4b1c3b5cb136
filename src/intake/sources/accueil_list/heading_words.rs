//! The words of a heading, as turns are looked for in them; those that say that persons stand below.

use crate::base::text::fold;

/// Words that say that a column is about persons, besides those of any file.
const PERSONS: [&str; 18] = [
    "responsable",
    "directeur",
    "directrice",
    "direction",
    "contact",
    "referent",
    "referente",
    "coordinateur",
    "coordinatrice",
    "coordonnateur",
    "president",
    "presidente",
    "interlocuteur",
    "elu",
    "elue",
    "maire",
    "adjoint",
    "animateur",
];

/// Whether a heading of a list says that persons stand below.
pub(super) fn is_about_persons(heading: &str) -> bool {
    let said = simple(heading);
    said.split(' ').any(|word| PERSONS.contains(&word))
}

/// The words of a heading in the singular, signs of comparison as words.
pub(super) fn simple(heading: &str) -> String {
    let signed = heading.replace('+', " plus ").replace('<', " moins de ");
    let signed = format!(" {}", signed.trim().replace(['–', '−'], "-"));
    let signed = signed
        .replace(" - de ", " moins de ")
        .replace(" -de ", " moins de ");
    let signed = signed
        .replace(" -6", " moins 6")
        .replace(" - 6", " moins 6");
    let folded = fold(&signed);
    let words = folded.split(|c: char| !c.is_alphanumeric());
    let words = words.filter(|w| !w.is_empty()).map(|word| {
        let long = word.chars().count() > 3;
        word.strip_suffix('s')
            .filter(|_| long || word == "ans")
            .unwrap_or(word)
    });
    words.collect::<Vec<_>>().join(" ")
}
