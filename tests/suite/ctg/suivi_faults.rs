//! A fixture per diagnostic of the follow-up: the workbook that causes it, where it points, and that nothing enters when
//! it is an error; a column of names that leaves no trace; two machines that fill the same cell.

use std::path::Path;

use observatoire::base::diagnostics::{Code, Severity};
use observatoire::base::sheets;
use rust_xlsxwriter::{Format, Workbook as Written};

use super::{edited, put};
use crate::atelier::{Atelier, files};
use crate::fixtures::sheet;

/// What a person can get wrong, where it is said, what must be said of it.
pub struct SuiviFault {
    pub code: Code,
    at: (&'static str, &'static str),
    says: &'static str,
    change: Change,
}

/// What is done to the exported workbook.
enum Change {
    /// Another workbook.
    Other,
    /// Cells replaced: sheet, row, column, text.
    Cells(Vec<(&'static str, u32, u16, &'static str)>),
    /// A sheet renamed.
    Renamed(&'static str),
    /// The sheet of meetings hidden.
    Hidden,
    /// Two rows laid above the sheet of meetings, the first merged.
    Titled,
    /// Two cells of the register of meetings merged.
    Merged,
}

fn cells(
    code: Code,
    at: (&'static str, &'static str),
    says: &'static str,
    edits: &[(&'static str, u32, u16, &'static str)],
) -> SuiviFault {
    SuiviFault {
        code,
        at,
        says,
        change: Change::Cells(edits.to_vec()),
    }
}

/// Each is looked at over the example.
pub fn suivi_faults() -> Vec<SuiviFault> {
    use Code as C;
    let whole = |code, at, says, change| SuiviFault {
        code,
        at,
        says,
        change,
    };
    let mut faults = vec![
        whole(
            C::SuiviUnrecognised,
            ("", ""),
            "aucune feuille",
            Change::Other,
        ),
        whole(
            C::SuiviSheetRenamed,
            ("Réunions 2026", ""),
            "« Temps »",
            Change::Renamed("Réunions 2026"),
        ),
        whole(
            C::SuiviHiddenSheet,
            ("Temps", ""),
            "masquée",
            Change::Hidden,
        ),
        whole(
            C::SuiviTitleRows,
            ("Temps", "A4"),
            "ligne 4",
            Change::Titled,
        ),
        whole(
            C::SuiviMergedCells,
            ("Temps", "F3"),
            "de F3 à F4",
            Change::Merged,
        ),
    ];
    faults.extend(contents());
    faults.extend(lines());
    faults
}

/// Columns and cells.
fn contents() -> Vec<SuiviFault> {
    use Code as C;
    vec![
        cells(
            C::SuiviColumnMissing,
            ("Temps", ""),
            "« Remarque »",
            &[("Temps", 1, 13, "Commentaire libre")],
        ),
        cells(
            C::ColumnIgnored,
            ("Temps", "O2"),
            "« Salle »",
            &[("Temps", 1, 14, "Salle"), ("Temps", 2, 14, "Mairie")],
        ),
        cells(
            C::PersonalColumn,
            ("Temps", "O2"),
            "rien n’en est gardé",
            &[
                ("Temps", 1, 14, "Nom et prénom"),
                ("Temps", 2, 14, "Camille Martin"),
            ],
        ),
        cells(C::SheetUnread, ("Divers", ""), "aucun registre", &[]),
        cells(
            C::SuiviDateText,
            ("Temps", "B3"),
            "2026-01-15",
            &[("Temps", 2, 1, "15 janvier 2026")],
        ),
        cells(
            C::DateUnreadable,
            ("Temps", "B3"),
            "mi-janvier",
            &[("Temps", 2, 1, "mi-janvier")],
        ),
        cells(
            C::NumberUnreadable,
            ("Temps", "I3"),
            "une heure",
            &[("Temps", 2, 8, "une heure")],
        ),
        cells(
            C::SuiviWord,
            ("Temps", "C3"),
            "groupe de travail",
            &[("Temps", 2, 2, "groupe de travai")],
        ),
        cells(
            C::SuiviReference,
            ("Présences", "B3"),
            "T-999",
            &[("Présences", 2, 1, "T-999")],
        ),
        cells(
            C::SuiviReference,
            ("Temps", "E3"),
            "GOUVERNANCE",
            &[("Temps", 2, 4, "GOUVERNANC")],
        ),
        cells(
            C::SuiviReference,
            ("Temps", "G3"),
            "R01",
            &[("Temps", 2, 6, "R1")],
        ),
        cells(
            C::SuiviReference,
            ("Relevés", "B3"),
            "PAR1",
            &[("Relevés", 2, 1, "PAR2")],
        ),
    ]
}

/// Lines as wholes.
#[expect(clippy::too_many_lines, reason = "a table")]
fn lines() -> Vec<SuiviFault> {
    use Code as C;
    vec![
        cells(
            C::SuiviRowUnknown,
            ("Temps", "A34"),
            "T-09",
            &[
                ("Temps", 33, 0, "T-099"),
                ("Temps", 33, 1, "2026-12-01"),
                ("Temps", 33, 2, "visite"),
            ],
        ),
        cells(
            C::SuiviRowTwice,
            ("Temps", "A34"),
            "déjà plus haut",
            &[
                ("Temps", 33, 0, "T-001"),
                ("Temps", 33, 1, "2026-12-01"),
                ("Temps", 33, 2, "visite"),
            ],
        ),
        cells(
            C::SuiviPerson,
            ("Temps", "N3"),
            "personne",
            &[("Temps", 2, 13, "à revoir avec Mme Durand")],
        ),
        cells(
            C::SuiviPerson,
            ("Actions", "E3"),
            "personne",
            &[("Actions", 2, 4, "Nadège Leroy")],
        ),
        cells(
            C::SuiviMeanwhile,
            ("Actions", "J5"),
            "« réalisée »",
            &[("Lisez-moi", 1, 1, "A001"), ("Actions", 4, 9, "suspendue")],
        ),
        cells(
            C::SuiviMeanwhile,
            ("Temps", "I3"),
            "on ne sait pas de quel export",
            &[("Lisez-moi", 1, 1, ""), ("Temps", 2, 8, "7")],
        ),
        cells(
            C::SuiviLookedAt,
            ("", ""),
            "le 01/07/2026",
            &[("Lisez-moi", 1, 1, "consultation au 2026-07-01")],
        ),
        cells(
            C::SuiviCodeTaken,
            ("Documents", "A22"),
            "« DOC-020 »",
            &[
                ("Lisez-moi", 1, 1, "A001"),
                ("Documents", 21, 3, "Un tout autre document"),
            ],
        ),
        cells(
            C::SuiviEmptied,
            ("Temps", "I3"),
            "reste",
            &[("Lisez-moi", 1, 1, ""), ("Temps", 2, 8, "")],
        ),
        cells(
            C::NumberUnreadable,
            ("Relevés", "E3"),
            "Écrivez « 45 % »",
            &[("Relevés", 2, 1, "G07"), ("Relevés", 2, 4, "45")],
        ),
        cells(
            C::DateUnreadable,
            ("Temps", "B3"),
            "entre 1901 et 2099",
            &[("Temps", 2, 1, "15/01/1026")],
        ),
        cells(
            C::SuiviRecognised,
            ("Temps", "A3"),
            "T-001",
            &[("Temps", 2, 0, "")],
        ),
        cells(
            C::SuiviIncomplete,
            ("Temps", "B3"),
            "« Date »",
            &[("Temps", 2, 1, "")],
        ),
        cells(
            C::SuiviRowRemoved,
            ("Paroles", "A3"),
            "PAL-001",
            &[
                ("Paroles", 2, 1, ""),
                ("Paroles", 2, 2, ""),
                ("Paroles", 2, 3, ""),
                ("Paroles", 2, 4, ""),
                ("Paroles", 2, 5, ""),
                ("Paroles", 2, 6, ""),
            ],
        ),
        cells(
            C::SuiviFunctionUnknown,
            ("Temps", "J3"),
            "CCT-TERR",
            &[("Temps", 2, 9, "CCT-TERR")],
        ),
    ]
}

fn exported(demo: &Atelier) -> Vec<u8> {
    let out = demo.root().join("suivi.xlsx");
    let answer = demo.run(&["ctg", "exporter", "--sortie", &out.to_string_lossy()]);
    assert_eq!(answer.code, 0, "{}", answer.stderr);
    std::fs::read(out).expect("written")
}

impl SuiviFault {
    fn workbook(&self, bytes: &[u8]) -> Vec<u8> {
        match &self.change {
            Change::Other => sheet("Feuil1", &[&["Nom", "Âge"], &["x", "3"]]),
            Change::Cells(edits) if edits.is_empty() => again(bytes, |page, sheet| {
                if sheet == "Paroles" {
                    page.set_name("Divers").expect("a name");
                    put(page, (1, 2), "Autre chose");
                }
                0
            }),
            Change::Cells(edits) => edited(bytes, edits),
            Change::Renamed(name) => again(bytes, |page, sheet| {
                if sheet == "Temps" {
                    page.set_name(*name).expect("a name");
                }
                0
            }),
            Change::Hidden => again(bytes, |page, sheet| {
                if sheet == "Temps" {
                    page.set_hidden(true);
                }
                0
            }),
            Change::Titled => again(bytes, |page, sheet| {
                if sheet != "Temps" {
                    return 0;
                }
                page.merge_range(0, 0, 0, 5, "Communauté de communes", &Format::new())
                    .expect("merged");
                2
            }),
            Change::Merged => again(bytes, |page, sheet| {
                if sheet == "Temps" {
                    page.merge_range(2, 5, 3, 5, "enfance", &Format::new())
                        .expect("merged");
                }
                0
            }),
        }
    }
}

/// The workbook written again; what is done to a page first gives how many rows it is pushed down by.
fn again(bytes: &[u8], change: impl Fn(&mut rust_xlsxwriter::Worksheet, &str) -> u32) -> Vec<u8> {
    let book = sheets::open(Path::new("suivi.xlsx"), bytes)
        .expect("it opens")
        .value;
    let mut written = Written::new();
    for sheet in &book.sheets {
        let page = written.add_worksheet();
        page.set_name(&*sheet.name).expect("a name");
        let mut rest = Vec::new();
        for row in &sheet.rows {
            rest.extend(
                row.cells
                    .iter()
                    .map(|c| (row.index, c.col as u16, c.value.text())),
            );
        }
        let down = change(page, &sheet.name);
        let is_divers = &*sheet.name == "Paroles" && down == 0 && page.name() == "Divers";
        for (row, column, text) in rest {
            let covered = column == 5
                && (2..4).contains(&row)
                && &*sheet.name == "Temps"
                && down == 0
                && page.name() == "Temps";
            if !covered && !is_divers {
                put(page, (row + down, column), &text);
            }
        }
    }
    written.save_to_buffer().expect("a workbook")
}

#[test]
fn every_diagnostic_of_the_follow_up_has_its_workbook() {
    let demo = Atelier::demo();
    let bytes = exported(&demo);
    let journal = || files(&demo.root().join("data/ctg/journal"));
    let before = journal();
    let mut wrong = Vec::new();
    for (i, fault) in suivi_faults().iter().enumerate() {
        let path = demo.write(&format!("faute {i}.xlsx"), &fault.workbook(&bytes));
        let (code, said) = demo.json(&["ctg", "importer", &path, "--simulation"]);
        let all = said["diagnostics"].as_array().expect("a list");
        let (sheet, cell) = fault.at;
        let told = all.iter().find(|d| {
            let words = format!("{} {}", d["message"], d["remede"]);
            let place = |key: &str, wanted: &str| d[key].as_str().unwrap_or("") == wanted;
            d["code"] == fault.code.as_str()
                && words.contains(fault.says)
                && place("feuille", sheet)
                && place("cellule", cell)
        });
        let is_error = fault.code.severity() == Severity::Error;
        let result = said["resultat"]["fichiers"][0]["resultat"]
            .as_str()
            .unwrap_or("");
        if told.is_none() || (code == 1) != is_error || result.starts_with("refusé") != is_error {
            wrong.push(format!(
                "{} {:?}: {code} {result} {:#}",
                fault.code.as_str(),
                fault.at,
                said["diagnostics"]
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(before, journal(), "a simulation writes nothing");
}

/// A column of names: told, and found nowhere in the folder afterwards.
#[test]
fn a_column_of_names_leaves_no_trace() {
    let demo = Atelier::demo();
    let bytes = exported(&demo);
    let edits = [
        ("Temps", 1, 14, "Nom et prénom"),
        ("Temps", 2, 14, "Camille Martinelli"),
        ("Temps", 2, 8, "7"),
    ];
    let path = demo.write("../noms.xlsx", &edited(&bytes, &edits));
    let (code, said) = demo.json(&["ctg", "importer", &path]);
    assert_eq!(code, 0, "{said:#}");
    assert_eq!(
        said["resultat"]["fichiers"][0]["modifiees"]
            .as_array()
            .expect("a list")
            .len(),
        1
    );
    assert!(!said.to_string().contains("Martinelli"));
    for name in files(&demo.root().join("data/ctg")) {
        let kept = std::fs::read(demo.root().join("data/ctg").join(&name)).expect("readable");
        assert!(
            !String::from_utf8_lossy(&kept).contains("Martinelli"),
            "{name}"
        );
    }
}

/// Two machines fill the same cell without having seen each other: what both had stands, both values are told.
#[test]
fn two_machines_fill_the_same_cell() {
    let (one, other) = (Atelier::demo(), Atelier::demo());
    let bytes = exported(&one);
    for (atelier, hours) in [(&one, "3"), (&other, "5")] {
        let path = atelier.write("rempli.xlsx", &edited(&bytes, &[("Temps", 2, 8, hours)]));
        assert_eq!(atelier.run(&["ctg", "importer", &path]).code, 0);
    }
    let journal = other.root().join("data/ctg/journal");
    for name in files(&journal) {
        let kept = std::fs::read(journal.join(&name)).expect("readable");
        one.write(&format!("data/ctg/journal/{name}"), &kept);
    }
    let (code, said) = one.json(&["ctg", "indicateurs"]);
    assert_eq!(code, 1, "a cell is to be chosen");
    let all = said["diagnostics"].as_array().expect("a list");
    let told = all
        .iter()
        .find(|d| d["code"] == "CTG-215")
        .expect("it is told");
    let words = told["message"].as_str().expect("words");
    for part in ["Temps T-001", "Durée (h)", "« 3 »", "« 5 »", "« 2 » reste"] {
        assert!(words.contains(part), "{part} in {words}");
    }
}
