//! Mistakes of a layer: each is refused with its file, its line and what to do.

use crate::atelier::Atelier;

/// What a folder with this layer answers.
fn answered(bytes: &[u8]) -> (i32, String) {
    let atelier = crate::reference_life::shipped();
    atelier.write("grids/local.toml", bytes);
    let answer = atelier.run(&["verifier"]);
    (answer.code, answer.stderr.replace('\u{a0}', " "))
}

/// An entry of each table, its keys as given.
fn target(code: &str, level: &str, decision: &str) -> String {
    format!("# Une ligne.\n[[cibles]]\ncode = \"{code}\"\ncible = {level}\n{decision}\n")
}

fn added(critere: &str, code: &str, source: &str, scale: &str, phrase: &str) -> String {
    format!(
        "[[ajouts]]\ncritere = \"{critere}\"\ncode = \"{code}\"\nsource = \"{source}\"\nechelle = \"{scale}\"\nphrase = \"{phrase}\"\ndepuis = \"2026-01-01\"\n"
    )
}

const DAY: &str = "decision = \"2026-03-12\"";
const SINCE: &str = "depuis = \"2026-01-01\"";

fn reworded(element: &str, phrase: &str, since: &str) -> String {
    format!("[[reformulations]]\nelement = \"{element}\"\nphrase = \"{phrase}\"\n{since}\n")
}

fn aside(critere: &str, more: &str) -> String {
    format!("[[sans_objet]]\ncritere = \"{critere}\"\n{more}\n{DAY}\n")
}

const OK: &str = "L’adulte attend la fin de la phrase de l’enfant.";

/// A layer, where its mistake stands, and what is said of it.
type Mistake = (String, &'static str, &'static str);

/// Each is refused, with its line, in French.
fn refused(cases: Vec<Mistake>) {
    for (text, place, says) in cases {
        let (code, said) = answered(text.as_bytes());
        assert_eq!(code, 3, "{text}: {said}");
        assert!(
            said.contains("grids/local.toml") && said.contains(place) && said.contains(says),
            "{text}\n→ {said}\nwanted {place} {says}"
        );
        assert!(!said.contains("expected"), "{said}");
    }
}

#[test]
fn a_target_that_cannot_be_is_refused() {
    refused(vec![
        (
            target("REL-22", "3.2", DAY),
            "ligne 3, colonne 8",
            "le plus proche est « REL-2 »",
        ),
        (
            target("REL-2", "5", DAY),
            "ligne 4, colonne 9",
            "entre 1 et 4",
        ),
        (target("REL-2", "nan", DAY), "ligne 4", "entre 1 et 4"),
        (
            target("REL-2", "\"haute\"", DAY),
            "ligne 4",
            "il faut un nombre",
        ),
        (target("REL-2", "3,2", DAY), "ligne 4", "mal écrit"),
        (
            target("REL-2", "3.2", ""),
            "ligne 2",
            "il manque la clé « decision »",
        ),
        (
            target("REL-2", "3.2", "decision = \"12/03/2026\""),
            "ligne 5",
            "n’est pas une date (AAAA-MM-JJ)",
        ),
        (
            target("REL-2", "3.2", "decison = \"2026-03-12\""),
            "ligne 5",
            "le plus proche est « decision »",
        ),
        (
            target("REL-2", "3.2", DAY).repeat(2),
            "ligne 8",
            "écrit deux fois pour le 12/03/2026",
        ),
    ]);
}

#[test]
fn what_may_not_be_put_aside_is_refused() {
    refused(vec![
        (
            aside("SEC-1", "motif = \"Non.\""),
            "ligne 2",
            "est un impératif",
        ),
        (
            aside("SEC-9", "motif = \"Non.\""),
            "ligne 2",
            "protège les enfants",
        ),
        (
            aside("ENV-5", "motif = \"Aucun repas.\""),
            "ligne 2",
            "dites dans « regle »",
        ),
        (aside("ENV-2", "motif = \" \""), "ligne 3", "dites pourquoi"),
        (aside("ENV-2", ""), "ligne 1", "il manque la clé « motif »"),
        (
            aside("ENV-22", "motif = \"Non.\""),
            "ligne 2",
            "le plus proche est « ENV-2 »",
        ),
        (
            aside("ENV-2", "motif = \"Non.\"").repeat(2),
            "ligne 6",
            "déjà sans objet plus haut",
        ),
        (
            aside("ENV-2", "motif = \"Non.\"\nretire = \"2025-01-01\""),
            "ligne 4",
            "vient après la décision",
        ),
    ]);
}

#[test]
fn a_sentence_that_may_not_be_said_otherwise_is_refused() {
    refused(vec![
        (
            reworded("REL-2-OBS-99", OK, SINCE),
            "ligne 2",
            "le plus proche est « REL-2-OBS-",
        ),
        (
            reworded("SEC-7-OBS-1", OK, SINCE),
            "ligne 2",
            "règle de droit",
        ),
        (
            reworded("REL-5-OBS-1", OK, SINCE),
            "ligne 2",
            "décide d’un impératif",
        ),
        (
            reworded("REL-2-OBS-1", "…", SINCE),
            "ligne 3",
            "écrivez la phrase",
        ),
        (
            reworded("REL-2-OBS-1", "=SOMME(A1)", SINCE),
            "ligne 3",
            "un tableur la calculerait",
        ),
        (
            reworded("REL-2-OBS-1", OK, ""),
            "ligne 1",
            "il manque la clé « depuis »",
        ),
        (
            reworded("REL-2-OBS-1", OK, SINCE).repeat(2),
            "ligne 6",
            "écrit deux fois",
        ),
    ]);
}

#[test]
fn a_file_that_says_nothing_or_something_else_is_refused() {
    refused(vec![
        (
            "[[cible]]\ncode = \"REL-2\"\n".to_owned(),
            "ligne 1",
            "le plus proche est « cibles »",
        ),
        (String::new(), "ligne 1", "le fichier est vide"),
        (" \r\n\n".to_owned(), "ligne 1", "le fichier est vide"),
    ]);
}

#[test]
fn an_element_of_another_form_is_refused() {
    refused(vec![
        (
            added("REL-2", "REL-2-OBS-1", "OBS", "frequence4", OK),
            "ligne 3",
            "« REL-2-OBS-L1 »",
        ),
        (
            added("REL-2", "REL-3-OBS-L1", "OBS", "frequence4", OK),
            "ligne 3",
            "« REL-2-OBS-L1 »",
        ),
        (
            added("REL-2", "REL-2-OBS-L01", "OBS", "frequence4", OK),
            "ligne 3",
            "« REL-2-OBS-L1 »",
        ),
        (
            added("REL-99", "REL-99-OBS-L1", "OBS", "frequence4", OK),
            "ligne 2",
            "n’existe pas",
        ),
        (
            added("REL-2", "REL-2-OBS-L1", "OBS", "frequence5", OK),
            "ligne 5",
            "n’est pas une échelle des formulaires OBS",
        ),
        (
            added("REL-2", "REL-2-OBS-L1", "OBS", "accord4", OK),
            "ligne 5",
            "n’est pas une échelle des formulaires OBS",
        ),
        (
            added("REL-2", "REL-2-OBS-L1", "OBS", "ancres4", OK),
            "ligne 5",
            "quatre « ancres »",
        ),
        (
            added("REL-2", "REL-2-OBS-L1", "OBSS", "frequence4", OK),
            "ligne 4",
            "OBS",
        ),
        (
            added("REL-2", "REL-2-DON-L1", "DON", "mesure", OK),
            "ligne 4",
            "se calcule",
        ),
    ]);
}

#[test]
fn an_element_that_lacks_or_has_too_much_is_refused() {
    refused(vec![
        (
            added("REL-2", "REL-2-FAM-L1", "FAM", "accord4", OK) + "moments = [\"repas\"]\n",
            "ligne 3",
            "« moments » va avec",
        ),
        (
            added("REL-2", "REL-2-OBS-L1", "OBS", "frequence4", OK) + "poids = -1\n",
            "ligne 3",
            "le poids doit être positif",
        ),
        (
            added("REL-2", "REL-2-OBS-L1", "OBS", "frequence4", OK)
                .replace("source = \"OBS\"\n", ""),
            "ligne 1",
            "il manque la clé « source »",
        ),
        (
            added("REL-2", "REL-2-OBS-L1", "OBS", "frequence4", OK)
                .replace("echelle = \"frequence4\"\n", ""),
            "ligne 1",
            "il manque la clé « echelle »",
        ),
        (
            added("REL-2", "REL-2-OBS-L1", "OBS", "frequence4", OK)
                .replace("critere = \"REL-2\"\n", ""),
            "ligne 1",
            "il manque la clé « critere »",
        ),
        (
            added("REL-2", "REL-2-OBS-L1", "OBS", "frequence4", OK).repeat(2),
            "ligne 10",
            "écrit deux fois",
        ),
    ]);
}

/// Every mistake of a file is told at once.
#[test]
fn all_mistakes_are_told_at_once() {
    let text = target("REL-22", "7", DAY) + &aside("SEC-1", "motif = \"Non.\"");
    let (_, said) = answered(text.as_bytes());
    assert_eq!(said.matches("grids/local.toml, ligne").count(), 3, "{said}");
}

/// As editors of Windows save: a mark at the start and their ends of lines are read; UTF-16 and Windows-1252 are told.
#[test]
fn a_layer_is_read_as_editors_save_it_or_its_encoding_is_told() {
    let text = "[[cibles]]\r\ncode = \"REL-2\"\r\ncible = 3.2\r\ndecision = \"2026-03-12\"\r\ninstance = \"Comité d’été\"\r\n";
    let marked = [b"\xef\xbb\xbf".as_slice(), text.as_bytes()].concat();
    for bytes in [text.as_bytes(), &marked] {
        let (code, said) = answered(bytes);
        assert!(code < 2, "{said}");
    }
    let mut utf16 = vec![0xff, 0xfe];
    utf16.extend(text.encode_utf16().flat_map(u16::to_le_bytes));
    let (code, said) = answered(&utf16);
    assert_eq!(code, 3);
    assert!(
        said.contains("local.toml") && said.contains("UTF-16") && said.contains("Bloc-notes"),
        "{said}"
    );
    let ansi: Vec<u8> = text
        .chars()
        .map(|c| {
            if c == 'é' {
                0xe9
            } else if c.is_ascii() {
                c as u8
            } else {
                b'\''
            }
        })
        .collect();
    let (code, said) = answered(&ansi);
    assert_eq!(code, 3);
    assert!(said.contains("ligne 5") && said.contains("UTF-8"), "{said}");
}

/// Windows hides what ends a name.
#[test]
fn a_layer_under_another_name_is_told() {
    let atelier = crate::reference_life::shipped();
    std::fs::rename(
        atelier.root().join("grids/local.toml"),
        atelier.root().join("grids/local.toml.txt"),
    )
    .expect("renamed");
    let answer = atelier.run(&["verifier"]);
    assert_eq!(answer.code, 3);
    assert!(
        answer.stderr.contains("local.toml.txt") && answer.stderr.contains("Renommez-le"),
        "{}",
        answer.stderr
    );
}

/// A change that cannot be is refused before anything is written.
#[test]
fn a_change_that_cannot_be_writes_nothing() {
    let atelier = Atelier::demo();
    let before = std::fs::read(atelier.root().join("grids/local.toml")).expect("a layer");
    let commands: [&[&str]; 6] = [
        &["referentiel", "objectif", "VIE-2", "3,2"],
        &["referentiel", "objectif", "REL-2", "5"],
        &[
            "referentiel",
            "objectif",
            "REL-2",
            "3,2",
            "--decision",
            "hier",
        ],
        &["referentiel", "reprendre", "ENV-2"],
        &["referentiel", "retirer", "REL-2-OBS-L1"],
        &["referentiel", "--ecarts", "--critere", "REL-2"],
    ];
    for command in commands {
        let answer = atelier.run(command);
        assert!(answer.code >= 2, "{command:?}: {}", answer.stdout);
        let now = std::fs::read(atelier.root().join("grids/local.toml")).expect("a layer");
        assert_eq!(now, before, "{command:?}");
    }
}
