//! In print, where no attribute and no column carries them: one line a section that says the keys of its figures.

use std::collections::BTreeSet;

use super::document::{Block, ReportSection};

/// Characters of the codes listed at most; beyond, an example stands for them.
const LISTED: usize = 56;

/// « Clés : C2/P01/ suivi de PRO, REL, SEC »; nothing where no figure has a key.
pub(super) fn key_line(section: &ReportSection) -> String {
    let mut keys: Vec<&str> = Vec::new();
    let mut seen = BTreeSet::new();
    for block in &section.blocks {
        for key in of_block(block) {
            if !key.is_empty() && seen.insert(key) {
                keys.push(key);
            }
        }
    }
    let Some(first) = keys.first() else {
        return String::new();
    };
    let place = |key: &str| key.rsplit_once('/').map_or("", |parts| parts.0).to_owned();
    let code = |key: &str| key.rsplit_once('/').map_or("", |parts| parts.1).to_owned();
    let places: BTreeSet<String> = keys.iter().map(|key| place(key)).collect();
    let codes: Vec<String> = keys.iter().map(|key| code(key)).collect();
    let codes = codes.join(", ");
    match keys.as_slice() {
        [only] => format!("Clé : {only}"),
        _ if places.len() == 1 && codes.len() <= LISTED => {
            format!("Clés : {}/ suivi de {codes}", place(first))
        }
        _ if places.len() == 1 => format!(
            "Clés : {}/ suivi du code de la ligne, par exemple {first}",
            place(first)
        ),
        _ => format!("Clés : campagne/accueil/code, par exemple {first}"),
    }
}

fn of_block(block: &Block) -> Vec<&str> {
    match block {
        Block::Subheading { .. } | Block::Writing(_) => Vec::new(),
        Block::Paragraph { keys, .. } => keys.iter().map(String::as_str).collect(),
        Block::List { items, .. } => {
            let keys = items.iter().flat_map(|item| &item.keys);
            keys.map(String::as_str).collect()
        }
        Block::Facts { rows } => {
            let keys = rows.iter().flat_map(|row| &row.keys);
            keys.map(String::as_str).collect()
        }
        Block::Musts { items } => items.iter().map(|item| item.key.as_str()).collect(),
        Block::Cards { cards } => cards.iter().map(|card| card.key.as_str()).collect(),
        Block::Figure(figure) => {
            let cells = figure
                .table
                .rows
                .iter()
                .flatten()
                .map(|cell| cell.key.as_str());
            cells
                .chain(figure.keys.iter().map(String::as_str))
                .collect()
        }
        Block::Table(table) => {
            let cells = table.rows.iter().flatten().map(|cell| cell.key.as_str());
            cells.chain(table.keys.iter().map(String::as_str)).collect()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::tabular::{Heading, Table};
    use crate::base::text::Datum;

    fn section(keys: &[&str]) -> ReportSection {
        let rows = keys
            .iter()
            .map(|key| vec![Datum::count(1).keyed(*key)])
            .collect();
        let table = Table::new("", vec![Heading::figures("n")], rows);
        ReportSection::new("Titre", "Feuille", vec![Block::Table(table)])
    }

    #[test]
    fn keys_are_said_once_and_short() {
        assert_eq!(key_line(&section(&["", ""])), "");
        assert_eq!(
            key_line(&section(&["C2/P01/PLAN", "C2/P01/PLAN"])),
            "Clé : C2/P01/PLAN"
        );
        assert_eq!(
            key_line(&section(&["C2/P01/PRO", "C2/P01/REL"])),
            "Clés : C2/P01/ suivi de PRO, REL"
        );
        assert_eq!(
            key_line(&section(&["C2/P01/PRO", "C2/P02/PRO"])),
            "Clés : campagne/accueil/code, par exemple C2/P01/PRO"
        );
    }
}
