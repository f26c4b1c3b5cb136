//! What is asked before anything is written: each question stops a script that did not confirm, leaves
//! the store as it was, and lets in who says so.

use std::collections::HashMap;

use observatoire::forms::{FilledRating, FormIdentity, write};
use observatoire::vocabulary::referentiel::{SourceCode, StructureType};

use crate::atelier::Atelier;
use crate::fixtures::v1;
use crate::layouts::{csv, label};

/// A grid of R01: who, when, and notes that `seed` draws.
struct Grid<'a> {
    visit: &'a str,
    observer: &'a str,
    date: &'a str,
    seed: usize,
}

const FIRST: Grid = Grid {
    visit: "1",
    observer: "O1",
    date: "2026-05-12",
    seed: 1,
};

fn bytes(grid: &Grid) -> Vec<u8> {
    let referentiel = v1();
    let elements = referentiel.instrument(SourceCode::Obs, StructureType::Mixte);
    let answers: HashMap<String, FilledRating> = elements
        .enumerate()
        .map(|(i, (_, e))| {
            let note = ["1", "2", "3", "4"][((i + 1) * (grid.seed * 31 + 17) / 5 + grid.seed) % 4];
            (e.code.clone(), FilledRating::new(note, ""))
        })
        .collect();
    let identity = FormIdentity {
        code: "R01".into(),
        name: "ALSH Les Colombages".into(),
        visit: grid.visit.into(),
        date: grid.date.into(),
        observer: grid.observer.into(),
        ..FormIdentity::default()
    };
    write(
        &referentiel,
        SourceCode::Obs,
        StructureType::Mixte,
        &identity,
        &answers,
        false,
    )
    .expect("a form")
}

struct Run {
    atelier: Atelier,
}

impl Run {
    fn new() -> Self {
        Self {
            atelier: Atelier::blank(),
        }
    }

    fn import(&self, name: &str, bytes: &[u8], options: &[&str]) -> (i32, serde_json::Value) {
        let path = self.atelier.write(&format!("reçus/{name}"), bytes);
        let mut all = vec!["importer", &path, "--campagne"];
        if !options.contains(&"C2") {
            all.push("C1");
        }
        all.extend(options);
        self.atelier.json(&all)
    }

    fn enters(&self, name: &str, grid: &Grid) {
        let (exit, said) = self.import(name, &bytes(grid), &[]);
        assert_eq!(exit, 0, "{said:#}");
    }

    /// Stopped with this code, nothing written; then let in by who confirms. What confirming said.
    fn asked(
        &self,
        name: &str,
        bytes: &[u8],
        code: &str,
        words: &[&str],
        options: &[&str],
    ) -> String {
        let before = self.store();
        let (exit, said) = self.import(name, bytes, options);
        assert_eq!(exit, 1, "{said:#}");
        let all = said["diagnostics"].as_array().expect("diagnostics");
        let own: Vec<String> = (all.iter())
            .filter(|d| d["code"] == code)
            .map(|d| format!("{} {}", d["message"], d["remede"]))
            .collect();
        assert!(!own.is_empty(), "{code} : {said:#}");
        for word in words {
            assert!(
                own.iter().any(|told| told.contains(word)),
                "{word} : {own:#?}"
            );
        }
        assert!(own[0].contains("--confirmer"), "{own:#?}");
        assert_eq!(self.store(), before, "something was written");
        let confirmed: Vec<&str> = options.iter().copied().chain(["--confirmer"]).collect();
        let (exit, said) = self.import(name, bytes, &confirmed);
        assert_eq!(exit, 0, "{said:#}");
        let told = said["diagnostics"].to_string();
        assert!(told.contains("VIS-515"), "{told}");
        told
    }

    fn store(&self) -> Vec<String> {
        let dir = self.atelier.root().join("data/store/manifestes");
        if dir.is_dir() {
            crate::atelier::files(&dir)
        } else {
            Vec::new()
        }
    }

    /// Visits and observers in place, « 1 O1 ».
    fn visits(&self) -> Vec<String> {
        let (_, table) = self
            .atelier
            .json(&["exporter", "observations", "--campagne", "C1"]);
        let rows = table["resultat"].as_array().expect("rows");
        let mut all: Vec<String> = rows
            .iter()
            .filter(|r| r["source"] == "OBS")
            .map(|r| {
                format!(
                    "{} {}",
                    r["visite"].as_str().unwrap_or(""),
                    r["observateur"].as_str().unwrap_or("")
                )
            })
            .collect();
        all.sort();
        all.dedup();
        all
    }
}

#[test]
fn a_date_of_another_campaign_is_asked() {
    let run = Run::new();
    let autumn = bytes(&Grid {
        date: "2026-11-12",
        ..FIRST
    });
    run.asked(
        "g.xlsx",
        &autumn,
        "VIS-510",
        &["12/11/2026", "C2", "--campagne C2"],
        &[],
    );
    let run = Run::new();
    let wrong_year = bytes(&Grid {
        date: "2025-05-13",
        ..FIRST
    });
    run.asked(
        "g.xlsx",
        &wrong_year,
        "VIS-510",
        &["13/05/2025", "à plus de six mois de C1"],
        &[],
    );
    // A late visit is no question.
    Run::new().enters(
        "g.xlsx",
        &Grid {
            date: "2026-07-10",
            ..FIRST
        },
    );
    let run = Run::new();
    let table = "structure,date,REL-1-FAM-1,LIE-1-FAM-1\nR01,2026-11-12,3,4\nR01,2026-11-13,2,1\nR01,2026-05-12,2,1\n";
    run.asked(
        "familles.csv",
        table.as_bytes(),
        "VIS-510",
        &["2\u{a0}lignes sur 3"],
        &["--source", "FAM"],
    );
}

#[test]
fn what_another_campaign_holds_is_asked() {
    let run = Run::new();
    run.enters("g.xlsx", &FIRST);
    run.asked(
        "h.xlsx",
        &bytes(&FIRST),
        "VIS-511",
        &["ce même fichier", "C1", "I001"],
        &["C2"],
    );
    let run = Run::new();
    run.enters("g.xlsx", &FIRST);
    let dated = bytes(&Grid {
        date: "2026-11-12",
        ..FIRST
    });
    run.asked(
        "h.xlsx",
        &dated,
        "VIS-511",
        &["exactement les notes", "C1"],
        &["C2"],
    );
    // Another grid is no question.
    let (exit, said) = run.import(
        "i.xlsx",
        &bytes(&Grid {
            date: "2026-11-12",
            seed: 5,
            observer: "O2",
            ..FIRST
        }),
        &["C2"],
    );
    assert_eq!(exit, 0, "{said:#}");
}

#[test]
fn a_grid_whose_observer_was_corrected_would_count_twice() {
    let run = Run::new();
    run.enters("g.xlsx", &FIRST);
    let corrected = bytes(&Grid {
        observer: "O2",
        ..FIRST
    });
    run.asked(
        "g.xlsx",
        &corrected,
        "VIS-512",
        &[
            "presque les mêmes notes",
            "annuler I001 --fichier \\\"g.xlsx\\\"",
        ],
        &[],
    );
    assert_eq!(run.visits(), ["1 O1", "1 O2"]);
    // Another observer, who saw other things the same day, is a double scoring.
    let run = Run::new();
    run.enters("g.xlsx", &FIRST);
    run.enters(
        "h.xlsx",
        &Grid {
            observer: "O2",
            seed: 2,
            ..FIRST
        },
    );
    assert_eq!(run.visits(), ["1 O1", "1 O2"]);
    // The same grid with another date takes the place of the first.
    run.enters(
        "i.xlsx",
        &Grid {
            date: "2026-05-12",
            seed: 1,
            ..FIRST
        },
    );
    assert_eq!(run.visits(), ["1 O1", "1 O2"]);
}

#[test]
fn a_corrected_date_replaces_and_makes_no_second_visit() {
    let run = Run::new();
    run.enters("g.xlsx", &FIRST);
    run.enters(
        "g.xlsx",
        &Grid {
            date: "2026-05-19",
            ..FIRST
        },
    );
    assert_eq!(run.visits(), ["1 O1"]);
}

#[test]
fn grids_a_month_apart_are_two_visits_numbered_by_date() {
    let run = Run::new();
    run.enters("g.xlsx", &FIRST);
    let june = bytes(&Grid {
        date: "2026-06-16",
        seed: 2,
        ..FIRST
    });
    let told = run.asked(
        "h.xlsx",
        &june,
        "VIS-513",
        &["12/05/2026", "16/06/2026", "visite 2"],
        &[],
    );
    assert!(told.contains("VIS-516"), "{told}");
    assert_eq!(run.visits(), ["1 O1", "2 O1"]);
    // It comes back corrected: known by its day, it takes its own place.
    let (exit, said) = run.import(
        "h.xlsx",
        &bytes(&Grid {
            date: "2026-06-16",
            seed: 3,
            ..FIRST
        }),
        &[],
    );
    assert_eq!(exit, 0, "{said:#}");
    assert_eq!(run.visits(), ["1 O1", "2 O1"]);
    // Another observer of that second day scored it too, under the number of the form.
    let other = bytes(&Grid {
        observer: "O2",
        date: "2026-06-16",
        seed: 4,
        ..FIRST
    });
    run.asked("i.xlsx", &other, "VIS-513", &["visite 2"], &[]);
    assert_eq!(run.visits(), ["1 O1", "2 O1", "2 O2"]);
}

#[test]
fn two_files_of_one_run_are_numbered_by_date_too() {
    let run = Run::new();
    run.atelier.write(
        "reçus/a.xlsx",
        &bytes(&Grid {
            date: "2026-06-16",
            seed: 2,
            ..FIRST
        }),
    );
    run.atelier.write("reçus/b.xlsx", &bytes(&FIRST));
    let folder = run.atelier.root().join("reçus");
    let folder = folder.to_string_lossy();
    let (exit, said) = run.atelier.json(&["importer", &folder, "--campagne", "C1"]);
    assert_eq!(exit, 1, "{said:#}");
    let (exit, said) = run
        .atelier
        .json(&["importer", &folder, "--campagne", "C1", "--confirmer"]);
    assert_eq!(exit, 0, "{said:#}");
    assert_eq!(run.visits(), ["1 O1", "2 O1"]);
}

/// Two observers on two days are no double scoring, and enter no margin.
#[test]
fn a_false_double_scoring_enters_no_margin() {
    let run = Run::new();
    run.enters("g.xlsx", &FIRST);
    let later = bytes(&Grid {
        observer: "O2",
        date: "2026-05-26",
        seed: 2,
        ..FIRST
    });
    run.asked(
        "h.xlsx",
        &later,
        "VIS-513",
        &["12/05/2026", "26/05/2026"],
        &[],
    );
    assert_eq!(run.visits(), ["1 O1", "2 O2"]);
    let (_, said) = run.atelier.json(&["fidelite", "--campagne", "C1"]);
    let text = said.to_string();
    assert!(!text.contains("\"visites_doubles\":1"), "{text}");
    let answer = run.atelier.run(&["fidelite", "--campagne", "C1"]);
    assert!(
        answer.stdout.contains('0') || answer.code != 0,
        "{}",
        answer.stdout
    );
    // Nothing says that they were there the same day.
    let run = Run::new();
    run.enters("g.xlsx", &FIRST);
    let undated = bytes(&Grid {
        observer: "O2",
        date: "",
        seed: 2,
        ..FIRST
    });
    run.asked("h.xlsx", &undated, "VIS-513", &["la date manque"], &[]);
}

#[test]
fn a_visit_or_a_session_of_a_closed_day_is_asked() {
    for (date, why) in [("2026-05-14", "Ascension"), ("2026-05-17", "dimanche")] {
        let run = Run::new();
        run.asked(
            "g.xlsx",
            &bytes(&Grid { date, ..FIRST }),
            "VIS-514",
            &[why],
            &[],
        );
    }
    let heads = "structure,date,plage,temps,duree_h,presents_moins6,presents_6plus,animateurs\n";
    let session = |code: &str, date: &str, present: u32| {
        format!("{code},{date},journée,extrascolaire,8,{present},{present},4\n")
    };
    let run = Run::new();
    let whit = format!("{heads}{}", session("R01", "2026-05-25", 10));
    run.asked(
        "seances.csv",
        whit.as_bytes(),
        "VIS-514",
        &["lundi de Pentecôte", "R01"],
        &[],
    );
    // Nobody came: nothing to ask.
    let run = Run::new();
    let empty = format!(
        "{heads}{}{}",
        session("R01", "2026-05-25", 0),
        session("R01", "2026-05-26", 9)
    );
    let (exit, said) = run.import("seances.csv", empty.as_bytes(), &[]);
    assert_eq!(exit, 0, "{said:#}");
    let run = Run::new();
    let closed = format!("{heads}{}", session("P03", "2026-05-26", 10));
    run.asked(
        "seances.csv",
        closed.as_bytes(),
        "VIS-514",
        &["après sa fermeture"],
        &[],
    );
}

#[test]
fn a_day_of_sessions_whose_date_was_corrected_would_count_twice() {
    let heads = "structure,date,plage,temps,duree_h,presents_moins6,presents_6plus,animateurs\n";
    let run = Run::new();
    let table = |day: &str| {
        format!(
            "{heads}R01,{day},journée,extrascolaire,8,11,13,4\nR01,2026-05-20,journée,extrascolaire,8,10,12,4\n"
        )
    };
    let (exit, said) = run.import("seances.csv", table("2026-05-13").as_bytes(), &[]);
    assert_eq!(exit, 0, "{said:#}");
    let moved = table("2026-05-27");
    run.asked(
        "seances.csv",
        moved.as_bytes(),
        "VIS-512",
        &["27/05/2026", "13/05/2026"],
        &[],
    );
}

#[test]
fn two_registries_that_differ_stop_an_import() {
    let run = Run::new();
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (row, line) in [["code", "nom", "type"], ["R01", "Les Colombages", "mixte"]]
        .iter()
        .enumerate()
    {
        for (col, text) in line.iter().enumerate() {
            sheet.write(row as u32, col as u16, *text).expect("written");
        }
    }
    let bytes_of = book.save_to_buffer().expect("a workbook");
    run.atelier.write("data/structures.xlsx", &bytes_of);
    let (exit, said) = run.import("g.xlsx", &bytes(&FIRST), &[]);
    assert_eq!(exit, 1, "{said:#}");
    assert!(run.store().is_empty());
    let told = said["diagnostics"].to_string();
    assert!(told.contains("BAS-113") && told.contains("P01"), "{told}");
    // Who confirms imports by the CSV; every command still says that there are two.
    let (_, said) = run.import("g.xlsx", &bytes(&FIRST), &["--confirmer"]);
    assert!(said["resultat"]["import"].is_string(), "{said:#}");
    // The same content twice is only told.
    let run = Run::new();
    run.atelier.write(
        "data/structures.csv",
        b"code,nom,type\nR01,Les Colombages,mixte\n",
    );
    run.atelier.write("data/structures.xlsx", &bytes_of);
    let (exit, said) = run.import("g.xlsx", &bytes(&FIRST), &[]);
    assert_eq!(exit, 0, "{said:#}");
    assert!(
        said["diagnostics"].to_string().contains("BAS-114"),
        "{said:#}"
    );
}

#[test]
fn a_comparison_given_backwards_stops() {
    let run = Run::new();
    let said = run.atelier.run(&["comparer", "C2", "C1"]);
    assert_eq!(said.code, 2, "{}", said.stdout);
    for words in ["CMP-806", "comparer C1 C2", "--confirmer"] {
        assert!(said.stderr.contains(words), "{words} : {}", said.stderr);
    }
    let meant = run.atelier.run(&["comparer", "C2", "C1", "--confirmer"]);
    assert_eq!(meant.code, 0, "{}", meant.stderr);
    assert!(meant.stderr.contains("CMP-806"), "{}", meant.stderr);
    assert_eq!(run.atelier.run(&["comparer", "C1", "C2"]).code, 0);
}

/// A grid made by hand: what stands above it, what is noted.
fn by_hand(above: &[&[&str]], notes: &[(&str, &str)]) -> Vec<u8> {
    let labels: Vec<String> = notes.iter().map(|n| label(n.0)).collect();
    let lines: Vec<[&str; 2]> = (labels.iter().zip(notes))
        .map(|(l, n)| [l.as_str(), n.1])
        .collect();
    let lines: Vec<&[&str]> = lines.iter().map(<[&str; 2]>::as_slice).collect();
    let head: [&[&str]; 3] = [
        &["Accueil", "R01"],
        &["Observateur", "O1"],
        &["Date", "12/05/2026"],
    ];
    let headings: [&[&str]; 1] = [&["Ce que l’on regarde", "Note"]];
    csv(";", &[above, &head, &headings, &lines].concat()).into_bytes()
}

const NOTED: [(&str, &str); 4] = [
    ("REL-1-OBS-1", "1"),
    ("REL-1-OBS-2", "3"),
    ("REL-2-OBS-1", "2"),
    ("REL-2-OBS-2", "4"),
];

#[test]
fn a_title_that_says_something_else_is_asked() {
    let registry =
        "code;nom;type\nR01;ALSH Les Colombages;mixte\nR02;Périscolaire Jules Ferry;mixte\n";
    for (title, word) in [
        ("EXEMPLE DE GRILLE REMPLIE", "vraie grille"),
        ("Niveau VISÉ pour 2027", "que l’on vise"),
        ("Rappel des notes de la visite 2025", "autre visite"),
        ("AUTO-ÉVALUATION", "--source AUT"),
        ("Grille – Périscolaire Jules Ferry", "R02"),
        ("Grille du R02", "R02"),
        ("Visite du 14 mai 2026", "14/05/2026"),
    ] {
        let run = Run::new();
        run.atelier
            .write("data/structures.csv", registry.as_bytes());
        let grid = by_hand(&[&[title]], &NOTED);
        run.asked("g.csv", &grid, "VIS-517", &[word], &[]);
    }
    for plain in [
        "Grille d’observation – visite 1",
        "Visite du 12 mai 2026",
        "Objectif de la visite : observer l’accueil du matin",
        "ALSH Les Colombages",
    ] {
        let run = Run::new();
        run.atelier
            .write("data/structures.csv", registry.as_bytes());
        let (exit, said) = run.import("g.csv", &by_hand(&[&[plain]], &NOTED), &[]);
        assert_eq!(exit, 0, "{plain}: {said:#}");
    }
    // Whose grid it is was said.
    let run = Run::new();
    let own = by_hand(&[&["AUTO-ÉVALUATION"]], &NOTED);
    let (exit, said) = run.import("g.csv", &own, &["--source", "OBS"]);
    assert_eq!(exit, 0, "{said:#}");
}

#[test]
fn what_would_no_longer_be_seen_is_asked_and_what_changes_is_told() {
    let run = Run::new();
    let (exit, said) = run.import("g.csv", &by_hand(&[], &NOTED), &[]);
    assert_eq!(exit, 0, "{said:#}");
    // The other half of the visit, in a file of its own.
    let half = by_hand(
        &[],
        &[
            ("REL-3-OBS-1", "2"),
            ("REL-3-OBS-2", "2"),
            ("REL-1-OBS-1", "1"),
        ],
    );
    let words = ["I001", "3\u{a0}notes n’y seraient plus", "REL-1-OBS-2 (3)"];
    run.asked("h.csv", &half, "VIS-518", &words, &[]);
    // All that was noted comes back, some of it changed.
    let run = Run::new();
    assert_eq!(run.import("g.csv", &by_hand(&[], &NOTED), &[]).0, 0);
    let mut changed = NOTED.to_vec();
    changed[1].1 = "2";
    changed.push(("REL-3-OBS-1", "4"));
    let (exit, said) = run.import("g.csv", &by_hand(&[], &changed), &[]);
    assert_eq!(exit, 0, "{said:#}");
    let all = said["diagnostics"].as_array().expect("diagnostics");
    let told = all.iter().find(|d| d["code"] == "VIS-502").expect("told");
    let message = told["message"].as_str().unwrap_or_default();
    for word in ["REL-1-OBS-2 : 3 → 2", "1\u{a0}note ajoutée"] {
        assert!(message.contains(word), "{message}");
    }
    assert_eq!(told["severite"], "alerte", "{told}");
    // Fewer families than before.
    let run = Run::new();
    let families = |n: usize| {
        let rows: Vec<String> = (0..n).map(|i| format!("R01,2026-05-1{i},3,4\n")).collect();
        let rows = rows.concat();
        format!("structure,date,REL-1-FAM-1,LIE-1-FAM-1\n{rows}").into_bytes()
    };
    let (exit, said) = run.import("f.csv", &families(4), &["--source", "FAM"]);
    assert_eq!(exit, 0, "{said:#}");
    let words = ["2\u{a0}répondants au lieu de 4"];
    run.asked(
        "f.csv",
        &families(2),
        "VIS-518",
        &words,
        &["--source", "FAM"],
    );
    // The evening, once the morning is in.
    let run = Run::new();
    let heads = "structure,date,plage,temps,duree_h,presents_moins6,presents_6plus,animateurs\n";
    let session = |plage: &str| {
        format!("{heads}R01,2026-05-12,{plage},periscolaire,2,10,12,3\n").into_bytes()
    };
    let (exit, said) = run.import("matin.csv", &session("matin"), &[]);
    assert_eq!(exit, 0, "{said:#}");
    run.asked(
        "soir.csv",
        &session("soir"),
        "VIS-518",
        &["1\u{a0}séance n’y serait plus", "matin"],
        &[],
    );
}

#[test]
fn a_session_on_two_lines_is_asked() {
    let run = Run::new();
    let heads = "structure,date,plage,temps,duree_h,presents_moins6,presents_6plus,animateurs\n";
    let table = format!(
        "{heads}R01,2026-05-12,soir,periscolaire,2,10,12,3\nR01,2026-05-12,soir,periscolaire,2,11,12,3\n"
    );
    run.asked("s.csv", table.as_bytes(), "VIS-519", &["R01", "soir"], &[]);
}

#[test]
fn a_visit_that_stands_on_several_sheets_is_one() {
    let run = Run::new();
    let mut book = rust_xlsxwriter::Workbook::new();
    for (name, notes) in [("Relations", &NOTED[..2]), ("Cadre", &NOTED[2..])] {
        let sheet = book.add_worksheet().set_name(name).expect("named");
        let head = [
            ["Accueil", "R01"],
            ["Observateur", "O1"],
            ["Date", "12/05/2026"],
            ["Ce que l’on regarde", "Note"],
        ];
        for (row, cells) in (0..).zip(head) {
            sheet
                .write(row, 0, cells[0])
                .and_then(|s| s.write(row, 1, cells[1]))
                .expect("written");
        }
        for (row, (code, note)) in (4..).zip(notes) {
            sheet
                .write(row, 0, label(code))
                .and_then(|s| s.write(row, 1, *note))
                .expect("written");
        }
    }
    let bytes = book.save_to_buffer().expect("a workbook");
    let (exit, said) = run.import("axes.xlsx", &bytes, &[]);
    assert_eq!(exit, 0, "{said:#}");
    assert!(
        said["diagnostics"].to_string().contains("VIS-520"),
        "{said:#}"
    );
    assert_eq!(run.visits(), ["1 O1"]);
    let listed = run
        .atelier
        .run(&["exporter", "observations", "--campagne", "C1"])
        .stdout;
    for (code, _) in NOTED {
        assert_eq!(listed.matches(code).count(), 1, "{listed}");
    }
    assert!(
        listed.contains("Relations") && listed.contains("Cadre"),
        "{listed}"
    );
}
