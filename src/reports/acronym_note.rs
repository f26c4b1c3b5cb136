//! Acronyms that a printed page uses, each said once at its end, for readers who are not of the trade.

use super::document::{Block, Document, ListItem};

/// What each stands for.
const MEANINGS: [(&str, &str); 15] = [
    (
        "119",
        "numéro national de l’enfance en danger, gratuit, jour et nuit",
    ),
    ("AEEH", "allocation d’éducation de l’enfant handicapé"),
    ("ALSH", "accueil de loisirs sans hébergement"),
    ("BAFA", "brevet d’aptitude aux fonctions d’animateur"),
    ("BAFD", "brevet d’aptitude aux fonctions de directeur"),
    ("Caf", "caisse d’allocations familiales"),
    ("CASF", "code de l’action sociale et des familles"),
    ("CRIP", "cellule de recueil des informations préoccupantes"),
    ("CTG", "convention territoriale globale"),
    (
        "DSDEN",
        "direction des services départementaux de l’éducation nationale",
    ),
    ("PAI", "projet d’accueil individualisé (santé)"),
    ("PEDT", "projet éducatif de territoire"),
    ("PPS", "projet personnalisé de scolarisation"),
    (
        "SDJES",
        "service départemental à la jeunesse, à l’engagement et aux sports",
    ),
    (
        "SESSAD",
        "service d’éducation spéciale et de soins à domicile",
    ),
];

/// Adds the note after the last printed part; nothing where no acronym is used.
pub(super) fn explained(mut document: Document) -> Document {
    let mut words = Vec::new();
    words.push(document.head.title.clone());
    words.push(document.head.subtitle.clone());
    for section in document.printed() {
        words.push(section.title.clone());
        section
            .blocks
            .iter()
            .for_each(|block| read(block, &mut words));
    }
    let is_used = |acronym: &str| {
        let mut all = words
            .iter()
            .flat_map(|text| text.split(|c: char| !c.is_alphanumeric()));
        all.any(|word| word == acronym)
    };
    let used = MEANINGS.iter().filter(|(acronym, _)| is_used(acronym));
    let said: Vec<String> = used
        .map(|(acronym, meaning)| format!("{acronym}, {meaning}"))
        .collect();
    let mut printed = document
        .sections
        .iter_mut()
        .filter(|section| !section.annex);
    if let (false, Some(last)) = (said.is_empty(), printed.next_back()) {
        last.blocks
            .push(Block::note(format!("Sigles : {}.", said.join(" ; "))));
    }
    document
}

/// Every text of a block.
fn read(block: &Block, words: &mut Vec<String>) {
    let mut put = |text: &str| words.push(text.to_owned());
    match block {
        Block::Subheading { text } | Block::Paragraph { text, .. } => put(text),
        Block::List { items, .. } => {
            for ListItem {
                strong,
                text,
                under,
                ..
            } in items
            {
                [strong, text].into_iter().chain(under).for_each(|t| put(t));
            }
        }
        Block::Facts { rows } => rows.iter().for_each(|fact| {
            put(&fact.name);
            put(&fact.value);
            put(&fact.note);
        }),
        Block::Musts { items } => items.iter().for_each(|must| {
            put(&must.code);
            put(&must.label);
            put(&must.word);
            must.details.iter().for_each(|t| put(t));
        }),
        Block::Figure(figure) => {
            put(&figure.title);
            put(&figure.caption);
            figure
                .table
                .rows
                .iter()
                .flatten()
                .for_each(|cell| put(&cell.text));
        }
        Block::Table(table) => {
            put(&table.note);
            table.columns.iter().for_each(|column| put(&column.name));
            table.rows.iter().flatten().for_each(|cell| put(&cell.text));
        }
        Block::Cards { cards } => cards.iter().for_each(|card| {
            put(&card.label);
            card.rated.iter().for_each(|t| put(t));
            put(&card.next_step);
        }),
        Block::Writing(own) => own.words().iter().for_each(|t| put(t)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reports::document::{Head, ReportSection};

    #[test]
    fn an_acronym_is_said_once_and_a_word_that_holds_it_is_none() {
        let page = |text: &str| Document {
            head: Head::default(),
            sections: vec![
                ReportSection::new("Un", "Un", vec![Block::text(text)]),
                ReportSection::new("Deux", "Deux", vec![Block::text("CRIP")]).annexed(),
            ],
        };
        let said = |text: &str| match explained(page(text)).sections[0].blocks.last() {
            Some(Block::Paragraph { text, .. }) => text.clone(),
            _ => String::new(),
        };
        assert_eq!(
            said("Un PAI, deux PAI, et le PEDT."),
            "Sigles : PAI, projet d’accueil individualisé (santé) ; PEDT, projet éducatif de territoire."
        );
        assert_eq!(said("PAIX"), "PAIX");
    }
}
