//! Closed questions that a service adds to its own questionnaires, outside the référentiel: proposed, said once by a
//! person, shown as distributions in their own words under the disclosure of all answers, never guessed into a report.

use std::path::PathBuf;

use rust_xlsxwriter::Workbook;
use serde_json::Value;

use crate::atelier::{Atelier, files, is};
use crate::correspondences::{Choice, cells, fill, workbook};

/// Her own question, with the typography of a form.
const ASKED: &str = "Par quel moyen venez-vous ?";
const PHONE: &str = "06 12 34 56 78";
/// What only one family does, in a small accueil.
const RARE: &str = "à trottinette jaune";

const REGISTRY: &str = "code;nom;type\nR01;Les Colombages;mixte\nR02;La Boucle;mixte\nR03;Le Bac;mixte\nR04;La Mare;mixte\nR05;Le Pré;mixte\nR06;Le Clos;mixte\nR07;La Haie;mixte\n";

/// How many families of each accueil come by car, on foot, by bicycle.
const ANSWERS: [(&str, [usize; 3]); 7] = [
    ("R01", [12, 8, 4]),
    ("R02", [6, 9, 5]),
    ("R03", [5, 6, 5]),
    ("R04", [2, 1, 0]),
    ("R05", [1, 2, 1]),
    ("R06", [1, 1, 1]),
    ("R07", [1, 1, 2]),
];
const MEANS: [&str; 3] = ["En voiture", "à pied", "à vélo"];

fn atelier() -> Atelier {
    let atelier = Atelier::blank();
    atelier.write("data/structures.csv", REGISTRY.as_bytes());
    atelier
}

/// Lines of the export: accueil, how they come.
fn lines() -> Vec<[String; 2]> {
    let mut all = Vec::new();
    for (site, counts) in ANSWERS {
        for (rank, n) in counts.into_iter().enumerate() {
            all.extend((0..n).map(|_| [site.to_owned(), MEANS[rank].to_owned()]));
        }
    }
    all
}

/// An export of Microsoft Forms with her own question, a telephone and free words.
fn export(lines: &[[String; 2]]) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let headings = [
        "ID",
        "Heure de début",
        "Heure de fin",
        "Structure",
        "REL-1-FAM-1",
        ASKED,
        "Votre numéro de téléphone",
        "Vos remarques",
    ];
    for (col, heading) in (0..).zip(headings) {
        sheet.write_string(0, col, heading).expect("a cell");
    }
    for (row, [site, means]) in (1..).zip(lines) {
        let level = if row % 3 == 0 { "3" } else { "4" };
        let id = row.to_string();
        let words = format!("Rien à changer, réponse {row}");
        let day = "12/05/2026 10:04";
        let line = [
            id.as_str(),
            day,
            day,
            site.as_str(),
            level,
            means.as_str(),
            PHONE,
            words.as_str(),
        ];
        for (col, cell) in (0..).zip(line) {
            sheet.write_string(row, col, cell).expect("a cell");
        }
    }
    book.save_to_buffer().expect("a workbook")
}

fn import(atelier: &Atelier, lines: &[[String; 2]]) -> (i32, Value) {
    let path = atelier.write("avis.xlsx", &export(lines));
    atelier.json(&["importer", &path, "--campagne", "C1", "--source", "FAM"])
}

fn told<'a>(said: &'a Value, code: &str) -> Vec<&'a Value> {
    let all = said["diagnostics"].as_array().into_iter().flatten();
    all.filter(|d| d["code"] == code).collect()
}

/// Agrees to what is proposed, in the workbook.
fn agree(atelier: &Atelier, choice: &str) -> PathBuf {
    let path = workbook(atelier);
    let row = cells(&path, "Colonnes")
        .into_iter()
        .find(|row| row[0] == ASKED)
        .expect("asked");
    assert!(
        row.contains(&"En voiture ; à pied ; à vélo".to_owned()),
        "{row:?}"
    );
    let choice = Choice {
        sheet: "Colonnes",
        row: ASKED,
        under: "Accepter",
        value: choice,
    };
    fill(&path, &[choice]);
    path
}

/// An observatory where the question was said and read.
fn read(lines: &[[String; 2]]) -> (Atelier, String) {
    let atelier = atelier();
    assert_ne!(import(&atelier, lines).0, 0, "nothing is guessed");
    agree(&atelier, "question");
    let (code, said) = import(&atelier, lines);
    assert_eq!(code, 0, "{said:#}");
    let read = told(&said, "ELE-317");
    assert_eq!(read.len(), 1, "{said:#}");
    let message = read[0]["message"].as_str().expect("a message");
    let start = message.find("Q-FAM-").expect("its code");
    (atelier, message[start..start + 14].to_owned())
}

fn report(atelier: &Atelier, day: &str, format: &str) {
    let answer = atelier.run(&[
        "rapport",
        "--campagne",
        "C1",
        "--format",
        format,
        "--date",
        day,
    ]);
    assert_eq!(answer.code, 0, "{}", answer.stderr);
}

/// The page whose name holds all these words, without its typography.
fn page(atelier: &Atelier, named: &[&str]) -> String {
    let rendered = atelier.root().join("reports/rendus");
    let all = files(&rendered);
    let found: Vec<&String> = (all.iter())
        .filter(|name| is(name, "html") && named.iter().all(|w| name.contains(w)))
        .filter(|name| !name.contains("editions"))
        .collect();
    assert_eq!(found.len(), 1, "{named:?} among {all:?}");
    let text = std::fs::read_to_string(rendered.join(found[0])).expect("a page");
    text.replace(['\u{a0}', '\u{202f}'], " ")
}

/// The part of a page that shows her questions.
fn section(page: &str) -> Option<&str> {
    let start = page.find("Vos questions, hors référentiel</h2>")?;
    let rest = &page[start..];
    Some(&rest[..rest.find("</details>").unwrap_or(rest.len())])
}

#[test]
fn a_question_is_proposed_said_once_and_shown_as_it_was_asked() {
    let mut all = lines();
    all.push(["R04".to_owned(), RARE.to_owned()]);
    let atelier = atelier();
    let (code, said) = import(&atelier, &all);
    assert_ne!(code, 0);
    let asked = told(&said, "ELE-309");
    assert_eq!(asked.len(), 1, "{said:#}");
    assert!(
        asked[0]["remede"]
            .as_str()
            .expect("a remedy")
            .contains("« question »")
    );
    assert_eq!(
        told(&said, "ELE-305").len(),
        1,
        "the telephone is dropped, and said"
    );
    agree(&atelier, "1");
    let (code, said) = import(&atelier, &all);
    assert_eq!(code, 0, "{said:#}");
    let read = told(&said, "ELE-317")[0]["message"].as_str().expect("said");
    assert!(
        read.replace('\u{a0}', " ")
            .contains("75 réponses, dont 1 autre"),
        "{read}"
    );

    report(&atelier, "2026-07-10", "html,xlsx,docx,pdf");
    let team = page(&atelier, &["equipe-R01"]);
    let own = section(&team).expect("her questions");
    for words in [ASKED, "En voiture", "50 %", "33 %", "17 %", "24"] {
        assert!(own.contains(words), "{words}: {own}");
    }
    assert!(
        !own.contains("autre réponse"),
        "nobody here gave another: {own}"
    );
    let small = page(&atelier, &["equipe-R06"]);
    let own = section(&small).expect("her questions");
    assert!(
        own.contains("effectif trop faible") && !own.contains("voiture"),
        "{own}"
    );
    let elus = page(&atelier, &["elus"]);
    let own = section(&elus).expect("her questions");
    assert!(own.contains("En voiture") && own.contains("75"), "{own}");
    let families = page(&atelier, &["familles/familles.html"]);
    assert!(section(&families).is_none());

    // Neither the telephone nor the words of a rare answer reach the disk.
    for name in files(&atelier.root()) {
        if name == "avis.xlsx" {
            continue;
        }
        let bytes = std::fs::read(atelier.root().join(&name)).expect("readable");
        for kept in [PHONE, RARE] {
            let found = bytes.windows(kept.len()).any(|w| w == kept.as_bytes());
            assert!(!found, "{kept} in {name}");
        }
    }
    let answer = atelier.run(&["verifier", "--profond"]);
    assert_eq!(answer.code, 0, "{}{}", answer.stdout, answer.stderr);
}

#[test]
fn every_format_tells_it_and_expliquer_leads_to_the_columns() {
    let (atelier, code) = read(&lines());
    report(&atelier, "2026-07-10", "html,xlsx,docx");
    let rendered = atelier.root().join("reports/rendus");
    let books: Vec<String> = files(&rendered)
        .into_iter()
        .filter(|n| is(n, "xlsx") && n.contains("equipe-R01"))
        .collect();
    let book = rendered.join(&books[0]);
    assert!(crate::correspondences::names(&book).contains(&"Vos questions".to_owned()));
    let rows = cells(&book, "Vos questions").concat().join("\n");
    assert!(
        rows.contains("En voiture") && rows.contains(&code),
        "{rows}"
    );

    for (place, n) in [("R01", 24), ("territoire", 74)] {
        let answer = atelier.run(&["expliquer", &format!("C1/{place}/{code}")]);
        assert_eq!(answer.code, 0, "{}", answer.stderr);
        let told = answer.stdout.replace(['\u{a0}', '\u{202f}'], " ");
        let counted = format!("{n} réponses comptées");
        for words in [counted.as_str(), "colonne F", "avis.xlsx", "imprime"] {
            assert!(told.contains(words), "{words}: {told}");
        }
    }
    let small = atelier.run(&["expliquer", &format!("C1/R06/{}", code.to_lowercase())]);
    assert!(
        small.stdout.contains("Réponses non montrées"),
        "{}",
        small.stdout
    );
    let unknown = atelier.run(&["expliquer", "C1/R01/Q-FAM-00000000"]);
    assert_eq!(unknown.code, 2);
    assert!(unknown.stderr.contains(&code), "{}", unknown.stderr);

    // Answers are rows of their own kind, under the question, and no figure is made of them.
    let table = atelier.run(&["exporter", "observations", "--campagne", "C1"]);
    let rows = table.stdout.lines().filter(|l| l.contains(",QUESTION,"));
    assert_eq!(rows.count(), 74);
    let figures = atelier.run(&["indicateurs", "--campagne", "C1"]);
    assert!(!figures.stdout.contains(&code));
}

#[test]
fn a_later_edition_gives_no_late_answer_away_whatever_the_list_becomes() {
    let (atelier, _) = read(&lines());
    report(&atelier, "2026-07-10", "html");
    let first = section(&page(&atelier, &["elus"]))
        .expect("shown")
        .to_owned();
    // Two families of one accueil answer late.
    let mut later = lines();
    later.extend([["R04", MEANS[0]], ["R04", MEANS[1]]].map(|l| l.map(str::to_owned)));
    let (code, said) = import(&atelier, &later);
    assert_eq!(code, 0, "{said:#}");
    report(&atelier, "2026-07-11", "html");
    let second = section(&page(&atelier, &["elus"]))
        .expect("shown")
        .to_owned();
    assert_eq!(
        first, second,
        "two late answers would be read from the difference"
    );
    // The list is said in another order: shares stay with their answers.
    let book = workbook(&atelier);
    let choice = Choice {
        sheet: "Colonnes",
        row: ASKED,
        under: "Réponses admises",
        value: "à vélo ; à pied ; En voiture",
    };
    fill(&book, &[choice]);
    let text = book.with_extension("toml");
    let said = std::fs::read_to_string(&text).expect("text");
    let kept = said
        .replace("    \"En voiture\",\n", "")
        .replace("    \"à pied\",\n", "");
    std::fs::write(&text, kept).expect("written");
    later.push(["R05".to_owned(), MEANS[0].to_owned()]);
    let (code, said) = import(&atelier, &later);
    assert_eq!(code, 0, "{said:#}");
    report(&atelier, "2026-07-12", "html");
    let third = page(&atelier, &["elus"]);
    let third = section(&third).expect("shown");
    let share = |page: &str, means: &str| {
        let row = page[page.find(means).expect("the answer")..].to_owned();
        let end = row.find(" %").expect("a share");
        let digits = row[..end].chars().rev().take_while(char::is_ascii_digit);
        digits.collect::<String>()
    };
    for means in MEANS {
        assert_eq!(share(&first, means), share(third, means), "{means}");
    }
}

#[test]
fn what_is_no_closed_question_is_refused_with_why() {
    let atelier = atelier();
    let several: Vec<[String; 2]> = (0..12)
        .map(|i| {
            let means = ["à pied;", "à vélo;", "à pied;à vélo;"][i % 3];
            ["R01".to_owned(), means.to_owned()]
        })
        .collect();
    assert_ne!(import(&atelier, &several).0, 0);
    let path = workbook(&atelier).with_extension("toml");
    let text = std::fs::read_to_string(&path).expect("proposed");
    assert!(
        !text.contains("vers = \"question\""),
        "never proposed: {text}"
    );
    for (answers, why) in [
        ("[\"à pied\", \"à vélo\"]", "plusieurs réponses"),
        ("[]", "rien ne dit quelles réponses"),
        ("[\"Julie Martin\", \"à pied\"]", "cellules"),
    ] {
        let said = format!(
            "outil = \"msforms\"\nforme = \"toutes\"\n[[colonnes]]\ntitre = \"{ASKED}\"\nvers = \"question\"\nreponses = {answers}\n"
        );
        let given = atelier.write("dit.toml", said.as_bytes());
        let file = atelier.write("avis.xlsx", &export(&several));
        let (code, said) = atelier.json(&[
            "importer",
            &file,
            "--campagne",
            "C1",
            "--correspondance",
            &given,
        ]);
        assert_ne!(code, 0);
        let refused = told(&said, "ELE-316");
        assert_eq!(refused.len(), 1, "{said:#}");
        let message = refused[0]["message"].as_str().expect("why");
        assert!(message.contains(why), "{message}");
    }
}

#[test]
fn an_answer_that_names_somebody_is_neither_proposed_nor_read() {
    let atelier = atelier();
    let named: Vec<[String; 2]> = (0..12)
        .map(|i| {
            [
                "R01".to_owned(),
                ["Julie Martin", "Karim Benali"][i % 2].to_owned(),
            ]
        })
        .collect();
    assert_ne!(import(&atelier, &named).0, 0);
    let path = workbook(&atelier).with_extension("toml");
    let text = std::fs::read_to_string(&path).expect("proposed");
    assert!(
        !text.contains("Julie") && !text.contains("\"question\""),
        "{text}"
    );
    let said = format!(
        "outil = \"msforms\"\nforme = \"toutes\"\n[[colonnes]]\ntitre = \"{ASKED}\"\nvers = \"question\"\nreponses = [\"Julie Martin\", \"Karim Benali\"]\n"
    );
    let given = atelier.write("dit.toml", said.as_bytes());
    let file = atelier.write("avis.xlsx", &export(&named));
    let (code, said) = atelier.json(&[
        "importer",
        &file,
        "--campagne",
        "C1",
        "--correspondance",
        &given,
    ]);
    assert_ne!(code, 0);
    assert_eq!(told(&said, "ELE-316").len(), 1, "{said:#}");
}

#[test]
fn a_purge_leaves_nothing_of_it() {
    let (atelier, code) = read(&lines());
    report(&atelier, "2026-07-10", "html");
    let purged = atelier.run(&["purger", "--avant", "2029-01-01", "--confirmer"]);
    assert_eq!(purged.code, 0, "{}{}", purged.stdout, purged.stderr);
    let table = atelier.run(&["exporter", "observations", "--campagne", "C1"]);
    assert!(!table.stdout.contains("QUESTION"), "{}", table.stdout);
    for name in files(&atelier.root().join("data/store/manifestes")) {
        let path = atelier.root().join("data/store/manifestes").join(name);
        let text = std::fs::read_to_string(path).expect("a manifest");
        assert!(!text.contains("venez-vous"), "{text}");
    }
    report(&atelier, "2026-07-20", "html");
    assert!(section(&page(&atelier, &["elus"])).is_none());
    let gone = atelier.run(&["expliquer", &format!("C1/R01/{code}")]);
    assert_eq!(gone.code, 2);
}
