//! What people write for a bilan: kept byte for byte, whatever their editor put in it; what is left to write is counted;
//! what cannot be read, or is read by nothing, is told with its place.

use std::path::Path;

use observatoire::base::diagnostics::Code;
use observatoire::convention::{
    BilanTextFile, TEXTS_FOLDER, TextFolder, TextPart, TextState, lay_starters, next_choices,
    text_places,
};

use super::World;
use crate::atelier::Atelier;

fn places(root: &Path) -> (World, Vec<BilanTextFile>) {
    let text = std::fs::read_to_string(root.join("ctg/convention.toml")).expect("a convention");
    let world = World::new(root, &text);
    let places = text_places(&world.convention);
    (world, places)
}

#[test]
fn texts_stay_as_they_were_typed_and_only_missing_ones_are_laid() {
    let atelier = Atelier::demo();
    let root = atelier.root();
    let (_, places) = places(&root);
    let folder = root.join(TEXTS_FOLDER);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("a folder");
    let own: [(&str, &[u8]); 3] = [
        ("04-changements.md", b"\xef\xbb\xbfUn mot.\r\n\r\nDeux\r\n"),
        (
            "06-GOUVERNANCE.md",
            "Écrit d’un trait, sans fin de ligne".as_bytes(),
        ),
        ("08-demarche.md", b"d\xe9j\xe0 vu\n"),
    ];
    for (name, bytes) in own {
        std::fs::write(folder.join(name), bytes).expect("written");
    }
    let laid = lay_starters(&root, &places).expect("laid");
    assert_eq!(laid.len(), places.len() - own.len());
    assert_eq!(
        lay_starters(&root, &places).expect("laid"),
        Vec::<String>::new()
    );
    for (name, bytes) in own {
        assert_eq!(
            std::fs::read(folder.join(name)).expect("there"),
            bytes,
            "{name}"
        );
    }

    let read = TextFolder::read(&root, &places);
    let state = |part: &TextPart| &read.get(part).expect("a text").state;
    assert_eq!(state(&TextPart::Changes), &TextState::Complete);
    assert_eq!(state(&TextPart::Governance), &TextState::Complete);
    assert_eq!(state(&TextPart::Essentials), &TextState::ToComplete(5));
    assert!(matches!(
        state(&TextPart::Approach),
        TextState::Unreadable(_)
    ));
    let told: Vec<(Code, String)> = read
        .diagnostics
        .iter()
        .map(|d| (d.code, d.at.to_string()))
        .collect();
    assert_eq!(
        told,
        [(
            Code::TextUnread,
            "ctg/textes/08-demarche.md › ligne 1, colonne 2".to_owned()
        )]
    );
}

#[test]
fn a_text_that_nothing_reads_is_told_with_the_nearest_name() {
    let atelier = Atelier::demo();
    let root = atelier.root();
    let (_, places) = places(&root);
    let name = format!("{TEXTS_FOLDER}/04-changements.md.txt");
    atelier.write(&name, b"Perdu.");
    atelier.write(&format!("{TEXTS_FOLDER}/~$01-essentiel.docx"), b"");
    let read = TextFolder::read(&root, &places);
    let told: Vec<&observatoire::base::diagnostics::Diagnostic> = read
        .diagnostics
        .iter()
        .filter(|d| d.code == Code::TextStray)
        .collect();
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(
        told[0].message.contains("04-changements.md"),
        "{}",
        told[0].message
    );
}

#[test]
fn what_becomes_of_a_fiche_is_read_or_told() {
    let atelier = Atelier::demo();
    let root = atelier.root();
    let (world, places) = places(&root);
    let typed = "- OBSERVATOIRE : **garder**, parce que les équipes s’en servent\r\n\
                 - passerelles : adapter. Moins d’étapes.\r\n\
                 - PARENTALITE : peut-être\r\n\
                 - LUDOTEQUE : arrêter\r\n\
                 - GOUVERNANCE : [à compléter : garder]\r\n\
                 - OBSERVATOIRE : arrêter\r\n\
                 - Mobilité des jeunes : ajouter, parce que le car ne passe plus\r\n\
                 Une remarque : rien de plus.\r\n";
    atelier.write(&format!("{TEXTS_FOLDER}/09-suite.md"), typed.as_bytes());
    let read = TextFolder::read(&root, &places);
    let text = read.get(&TextPart::Next).expect("a text");
    let (choices, told) = next_choices(&world.convention, text);
    let made: Vec<(&str, &str, &str)> = choices
        .iter()
        .map(|c| (c.fiche.as_str(), c.verdict.word(), c.reason.as_str()))
        .collect();
    assert_eq!(
        made,
        [
            (
                "OBSERVATOIRE",
                "garder",
                "parce que les équipes s’en servent"
            ),
            ("PASSERELLES", "adapter", "Moins d’étapes."),
            (
                "Mobilité des jeunes",
                "ajouter",
                "parce que le car ne passe plus"
            ),
        ]
        .map(|(f, v, r)| (f, v, r.trim_start_matches(". ")))
    );
    let places: Vec<&str> = told.iter().filter_map(|d| d.at.cell.as_deref()).collect();
    assert_eq!(places, ["ligne 3", "ligne 4", "ligne 6"]);
    assert!(told.iter().all(|d| d.code == Code::NextUnclear));
    assert!(
        told[1].message.contains("LUDOTHEQUE"),
        "{}",
        told[1].message
    );
}
