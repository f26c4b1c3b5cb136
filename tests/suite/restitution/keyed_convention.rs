//! Every figure of a table of the documents of the convention carries a key, and « expliquer » answers every key.

use std::collections::BTreeSet;

use super::keyed::{explained, numbers, pages};
use crate::atelier::Atelier;

/// Columns that say days, words that people typed, where one started and what is aimed at, or how a figure is made.
const WORDS: [&str; 15] = [
    "État",
    "Action",
    "Départ",
    "Cible",
    "Ce qui est compté",
    "Indicateur",
    "Intitulé",
    "Période",
    "Fiche",
    "Pratique",
    "Combien",
    "Preuves",
    "Autres explications",
    "Ce qui s’est passé, ce qui est dû",
    "Changement",
];

#[test]
fn every_figure_of_the_convention_carries_a_key_that_is_answered() {
    let atelier = Atelier::demo();
    let pages = pages(&atelier.root().join("reports/ctg"));
    assert_eq!(pages.len(), 6, "{:?}", pages.keys());
    let mut bare = BTreeSet::new();
    let mut keys = BTreeSet::new();
    let mut cells = 0;
    for (name, page) in &pages {
        for said in page {
            keys.extend(said.keys.iter().cloned());
            let is_figure = said.tag == "td" && !numbers(&said.text).is_empty();
            if !is_figure || WORDS.contains(&said.under.as_str()) {
                continue;
            }
            cells += 1;
            if said.keys.is_empty() {
                bare.insert(format!("{name} · {} · {}", said.under, said.text));
            }
        }
    }
    assert!(bare.is_empty(), "{} : {bare:#?}", bare.len());
    assert!(cells > 300 && keys.len() > 80, "{cells} {}", keys.len());
    let told = explained(&atelier, &keys);
    assert_eq!(told.len(), keys.len());
    assert!(told.values().all(|text| text.lines().count() > 2));
}
