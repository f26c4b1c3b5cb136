//! Columns of the registry, in words, and how each is filled in.

use crate::actions::registry_edit::ChangedRegistryCell;
use crate::base::day::Day;

/// How a cell is filled in.
const TEXT: &str = "text";
const DAY: &str = "date";
const NUMBER: &str = "number";
pub(super) const KIND: &str = "type";
pub(super) const YES: &str = "oui";

/// Columns: name, words, how it is filled in. The code is apart: it never changes.
pub(super) const CELLS: &[(&str, &str, &str)] = &[
    ("nom", "Nom", TEXT),
    ("type", "Type", KIND),
    ("secteur", "Secteur", TEXT),
    ("commune", "Commune", TEXT),
    ("insee", "Code INSEE de la commune", TEXT),
    ("capacite_moins6", "Places, moins de 6 ans", NUMBER),
    ("capacite_6plus", "Places, 6 ans et plus", NUMBER),
    ("jours_an", "Jours d’ouverture par an", NUMBER),
    ("ouverture", "Ouvert depuis le", DAY),
    ("fermeture", "Fermé après le", DAY),
    ("pedt", "Couvert par un PEDT", YES),
    ("pedt_debut", "PEDT : du", DAY),
    ("pedt_fin", "PEDT : au", DAY),
    (
        "pedt_temps",
        "PEDT : temps couverts (matin, midi, soir, mercredi)",
        TEXT,
    ),
    ("latitude", "Latitude", TEXT),
    ("longitude", "Longitude", TEXT),
    ("alias", "Autres noms, séparés par « ; »", TEXT),
    ("horaires", "Horaires", TEXT),
    ("tarifs", "Tarifs", TEXT),
    ("partenaires", "Partenaires", TEXT),
    ("contrats", "Contrats de l’équipe", TEXT),
];

/// A column of the registry, in words.
pub(super) fn cell_words(column: &str) -> Option<&'static str> {
    let found = CELLS.iter().find(|(name, ..)| *name == column);
    found.map(|(_, words, _)| *words)
}

/// « Commune : Thil → Aubac ; Places, 6 ans et plus : vide → 40 »: what to put back is what stands first.
pub(super) fn changes(changed: &[ChangedRegistryCell]) -> String {
    let word = |text: &str| match (text, text.parse::<Day>()) {
        ("", _) => "vide".to_owned(),
        (_, Ok(day)) => day.short(),
        (text, _) => text.to_owned(),
    };
    let told = changed.iter().map(|c| {
        let name = cell_words(c.column).unwrap_or(c.column);
        format!("{name} : {} → {}", word(&c.before), word(&c.after))
    });
    told.collect::<Vec<_>>().join(" ; ")
}

/// What is said of columns, in the words of the page.
pub(super) fn in_words(message: &str) -> String {
    let named = CELLS
        .iter()
        .map(|(name, words, _)| (format!("« {name} »"), words));
    named.fold(message.to_owned(), |said, (name, words)| {
        said.replace(&name, &format!("« {words} »"))
    })
}
