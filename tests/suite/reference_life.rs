//! The life of a référentiel: its critères explained without a campaign, its text changed under answers, forms made of it.

use std::collections::HashMap;
use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use observatoire::forms::{self, FilledRating, FormIdentity};
use observatoire::vocabulary::referentiel::{SourceCode, StructureType, embedded, parse};

use crate::atelier::Atelier;

/// An observatory of the référentiel as shipped, with one accueil.
pub fn shipped() -> Atelier {
    let atelier = Atelier::blank();
    let path = atelier.root().join("observatoire.toml");
    let settings = std::fs::read_to_string(&path).expect("settings");
    let settings = settings.replace("referentiel = \"v1\"", "referentiel = \"v2\"");
    std::fs::write(&path, settings).expect("written");
    atelier
}

pub fn cells(bytes: &[u8], sheet: &str) -> Vec<Vec<String>> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).expect("a workbook");
    let range = book.worksheet_range(sheet).expect("a sheet");
    let text = |cell: &Data| match cell {
        Data::String(text) => text.clone(),
        Data::Empty => String::new(),
        other => other.to_string(),
    };
    range
        .rows()
        .map(|row| row.iter().map(text).collect())
        .collect()
}

/// A grid of R01, filled by `rate` (code → note).
fn filled(atelier: &Atelier, rate: impl Fn(&str) -> &'static str) -> String {
    let r = parse("v2", embedded()).expect("the shipped référentiel");
    let asked = r.instrument(SourceCode::Obs, StructureType::Mixte);
    let answers: HashMap<String, FilledRating> = asked
        .map(|(_, e)| (e.code.clone(), FilledRating::new(rate(&e.code), "")))
        .collect();
    let identity = FormIdentity {
        code: "R01".to_owned(),
        name: "ALSH Les Colombages".to_owned(),
        visit: "1".to_owned(),
        date: "2026-05-13".to_owned(),
        observer: "O1".to_owned(),
        ..FormIdentity::default()
    };
    let kind = StructureType::Mixte;
    let bytes = forms::write(&r, SourceCode::Obs, kind, &identity, &answers, true);
    atelier.write("reçus/OBS.xlsx", &bytes.expect("a form"))
}

/// The grid of a visit carries the protocol and the anchors, asks what its moment can show, and comes back as it was filled.
#[test]
fn a_grid_of_a_moment_carries_the_protocol_and_comes_back() {
    let atelier = shipped();
    let made = atelier.run(&[
        "grille",
        "OBS",
        "--structure",
        "R01",
        "--moment",
        "depart,gouter",
    ]);
    assert_eq!(made.code, 0, "{}", made.stderr);
    let path = atelier
        .root()
        .join("grids/vierges/Grille OBS R01 depart gouter.xlsx");
    let rows = cells(&std::fs::read(&path).expect("a form"), "Grille");
    let all = rows.concat().join("\n");
    for words in [
        "mettez l’enfant en sécurité",
        "119",
        "N’écrivez rien de cela dans la grille",
        "CF conforme",
    ] {
        assert!(all.contains(words), "{words}\n{all}");
    }
    let codes: Vec<&String> = rows
        .iter()
        .map(|r| &r[0])
        .filter(|c| c.contains("-OBS-"))
        .collect();
    assert!(!codes.is_empty() && codes.len() <= 30, "{codes:?}");
    assert!(
        codes.iter().any(|c| *c == "REL-1-OBS-3") && !codes.iter().any(|c| *c == "SEC-7-OBS-1")
    );
    let anchored = rows
        .iter()
        .find(|r| r[0] == "PRO-5-OBS-1")
        .expect("an élément");
    assert_eq!(anchored[3].lines().count(), 5, "{}", anchored[3]);
    let wrong = atelier.run(&["grille", "FAM", "--moment", "depart"]);
    assert_eq!(wrong.code, 2);
}

/// Facts are conform or not; « NC » could be either « non conforme » or « non concerné », and is refused.
#[test]
fn findings_are_met_or_not_and_an_ambiguous_one_is_refused() {
    let atelier = shipped();
    let rate = |code: &str| match code {
        "SEC-7-OBS-1" => "NF",
        code if code.starts_with("SEC-3-OBS") || code.starts_with("SEC-5-OBS") => "CF",
        "REL-1-OBS-1" => "4",
        _ => "NO",
    };
    let path = filled(&atelier, rate);
    let (code, said) = atelier.json(&["importer", &path, "--campagne", "C1", "--confirmer"]);
    assert_eq!(code, 0, "{said:#}");
    let answer = atelier.run(&["indicateurs", "--campagne", "C1"]);
    let line = |start: &str| {
        let found = answer.stdout.lines().find(|l| l.starts_with(start));
        found.unwrap_or_else(|| panic!("{start}")).to_owned()
    };
    assert!(line("C1,R01,imperatif,SEC-7,").contains(",0.000000,non_atteint,1,1,"));
    assert!(line("C1,R01,regle,SEC-5,").contains(",1.000000,ok,2,2,"));
    assert!(line("C1,R01,element,SEC-7-OBS-1,OBS,").contains(",1.000000,ok,"));
    let (code, said) = atelier.json(&["expliquer", "C1/R01/SEC-7"]);
    assert_eq!(code, 0);
    assert!(
        said.to_string().contains("au-dessous de 4 : SEC-7-OBS-1"),
        "{said:#}"
    );
    let ambiguous = filled(
        &atelier,
        |code| {
            if code == "SEC-7-OBS-1" { "NC" } else { "NO" }
        },
    );
    let (code, said) = atelier.json(&["importer", &ambiguous, "--campagne", "C1", "--confirmer"]);
    assert_eq!(code, 1);
    assert!(said.to_string().contains("non conforme"), "{said:#}");
}

/// A form saved as text, its anchors under its sentences, is the same grid.
#[test]
fn a_form_saved_as_text_is_the_same_grid() {
    let atelier = shipped();
    let path = filled(
        &atelier,
        |code| if code == "REL-1-OBS-1" { "3" } else { "NO" },
    );
    let rows = cells(&std::fs::read(&path).expect("a form"), "Grille");
    let quoted = |cell: &String| format!("\"{}\"", cell.replace('"', "\"\""));
    let mut rows = rows;
    for row in rows.iter_mut().filter(|r| r[0] == "Date") {
        "13/05/2026".clone_into(&mut row[1]);
    }
    let line = |row: &Vec<String>| row.iter().map(quoted).collect::<Vec<_>>().join(";");
    let text: Vec<String> = rows.iter().map(line).collect();
    let path = atelier.write("reçus/OBS.csv", text.join("\r\n").as_bytes());
    let (code, said) = atelier.json(&["importer", &path, "--campagne", "C1", "--confirmer"]);
    assert_eq!(code, 0, "{said:#}");
    let answer = atelier.run(&["indicateurs", "--campagne", "C1"]);
    assert!(
        answer
            .stdout
            .contains("C1,R01,element,REL-1-OBS-1,OBS,3.000000,ok,1,1,")
    );
}

/// A sentence that changed under answers is told, with both wordings, wherever one looks.
#[test]
fn a_sentence_changed_under_answers_is_told() {
    let atelier = shipped();
    let path = filled(
        &atelier,
        |code| {
            if code == "REL-1-OBS-1" { "3" } else { "NO" }
        },
    );
    let (code, said) = atelier.json(&["importer", &path, "--campagne", "C1", "--confirmer"]);
    assert_eq!(code, 0, "{said:#}");
    let quiet = atelier.json(&["verifier", "--campagne", "C1"]).1;
    assert!(!quiet.to_string().contains("BAS-115"), "{quiet:#}");
    let file = atelier.root().join("grids/referentiel-v2.toml");
    let text = std::fs::read_to_string(&file).expect("the référentiel");
    let edited = text.replace(
        "Un adulte salue par son prénom l’enfant qui arrive.",
        "Un adulte salue l’enfant qui arrive.",
    );
    std::fs::write(&file, edited).expect("written");
    let said = atelier
        .json(&["verifier", "--campagne", "C1"])
        .1
        .to_string();
    assert!(
        said.contains("BAS-115") && said.contains("par son prénom"),
        "{said}"
    );
    let told = atelier.run(&["expliquer", "C1/R01/REL-1-OBS-1"]).stdout;
    assert!(
        told.contains("demandait « Un adulte salue par son prénom"),
        "{told}"
    );
}

/// `expliquer SEC-1` answers without a campaign, and a code that is none is told the nearest.
#[test]
fn a_critere_is_explained_without_campaign() {
    let atelier = shipped();
    let told = atelier.run(&["expliquer", "SEC-1"]);
    assert_eq!(told.code, 0, "{}", told.stderr);
    for words in [
        "loi : CASF R.227-15",
        "vérifiées le 27/11/2026, sauf 2",
        "Cible : 3,0",
        "premiers pas",
    ] {
        assert!(told.stdout.contains(words), "{words}\n{}", told.stdout);
    }
    let none = atelier.run(&["expliquer", "SEC-99"]);
    assert_eq!(none.code, 2, "{}", none.stderr);
    for word in ["OBS", "indéterminé"] {
        assert_eq!(atelier.run(&["expliquer", word]).code, 0, "{word}");
    }
}
