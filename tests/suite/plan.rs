//! Improvement plans, through the real workbook: round trip, corrections, history, what is late,
//! what a campaign shows, and a fixture per diagnostic.

use observatoire::diagnostics::{Code, Severity};
use observatoire::plans::{Book, Field, Line, Record, write};
use observatoire::sources::open;
use serde_json::Value;

use crate::atelier::{Atelier, files};
use crate::fixtures::sheet;

/// A line of a workbook: its id (empty for a new action) and its fields.
fn line(id: &str, fields: &[(Field, &str)]) -> Line {
    Line {
        id: id.to_owned(),
        record: fields.iter().map(|(f, t)| (*f, (*t).to_owned())).collect(),
        ..Line::default()
    }
}

/// What every action of these tests begins with.
const NEW: [(Field, &str); 7] = [
    (Field::Structure, "R01"),
    (Field::Campagne, "C1"),
    (Field::Criteres, "REL-2"),
    (Field::Priorite, "haute"),
    (Field::Constat, "Niveau 2,3."),
    (Field::Action, "Une demi-journée de formation"),
    (Field::Statut, "à lancer"),
];

fn with(more: &[(Field, &'static str)]) -> Vec<(Field, &'static str)> {
    let mut fields: Vec<(Field, &str)> = NEW.to_vec();
    fields.retain(|(f, _)| !more.iter().any(|(m, _)| m == f));
    fields.extend(more);
    fields
}

fn workbook(version: &str, lines: Vec<Line>) -> Vec<u8> {
    let book = Book {
        lines,
        structures: vec!["R01".into(), "P01".into()],
        campaigns: vec!["C1".into(), "C2".into()],
        criteres: vec!["REL-2".into(), "SEC-5".into()],
        version: version.into(),
        date: "2026-09-15".into(),
        ..Book::default()
    };
    write(&book).expect("a workbook")
}

/// Imports a workbook that must enter; gives what the command says.
fn enter(atelier: &Atelier, name: &str, bytes: &[u8]) -> Value {
    let path = atelier.write(name, bytes);
    let (code, said) = atelier.json(&["plan", "importer", &path]);
    assert_eq!(code, 0, "{said:#}");
    said
}

/// The actions, on a day.
fn actions(atelier: &Atelier, arguments: &[&str]) -> Vec<Value> {
    let mut all = vec!["plan"];
    all.extend(arguments);
    let (code, said) = atelier.json(&all);
    assert_eq!(code, 0, "{said:#}");
    said["resultat"].as_array().expect("actions").clone()
}

/// The cells of the exported sheet, by row then column.
fn exported(atelier: &Atelier) -> Vec<Vec<String>> {
    let path = atelier.root().join("plan.xlsx");
    let path = path.to_string_lossy();
    let said = atelier.run(&[
        "plan",
        "exporter",
        "--sortie",
        &path,
        "--date",
        "2026-12-15",
    ]);
    assert_eq!(said.code, 0, "{}", said.stderr);
    let bytes = std::fs::read(&*path).expect("a workbook");
    let book = open(std::path::Path::new("plan.xlsx"), &bytes).expect("readable");
    let sheet = book.value.sheet("Plan").expect("a sheet").clone();
    (1..sheet.rows.len() as u32 + 1)
        .map(|r| (0..30).map(|c| sheet.text(r, c)).collect())
        .collect()
}

#[test]
fn a_workbook_goes_out_and_back_without_a_change() {
    let atelier = Atelier::demo();
    let before = actions(&atelier, &["--date", "2026-12-15"]);
    assert!(before.len() > 20, "{}", before.len());
    exported(&atelier);
    let path = atelier.root().join("plan.xlsx");
    let again = atelier.run(&["plan", "importer", &path.to_string_lossy()]);
    assert_eq!(again.code, 0, "{}", again.stderr);
    assert!(again.stdout.contains("rien de nouveau"), "{}", again.stdout);
    assert_eq!(actions(&atelier, &["--date", "2026-12-15"]), before);
    let kept = files(&atelier.root().join("data/plans"));
    let entries = kept.iter().filter(|f| f.ends_with(".json")).count();
    assert_eq!(entries, 2, "{kept:?}");
}

#[test]
fn every_field_comes_back_as_it_was_written() {
    let atelier = Atelier::blank();
    let fields = [
        (Field::Structure, "R01"),
        (Field::Campagne, "C1"),
        (Field::Criteres, "SEC-5, REL-2"),
        (Field::Priorite, "impératif"),
        (Field::Constat, "« 3 issues »\nsur deux lignes ; 😀 שלום"),
        (Field::Objectif, "=HYPERLINK(\"http://x\")"),
        (Field::Action, "<script>alert(1)</script>"),
        (Field::Type, "aménagement"),
        (Field::Responsable, "direction de l’accueil"),
        (Field::Appui, "services techniques"),
        (Field::Cout, "1200.5"),
        (Field::Debut, "2026-09-07"),
        (Field::Echeance, "2026-10-30"),
        (Field::Indicateur, "issues dégagées"),
        (Field::Cible, "4,0"),
        (Field::Statut, "réalisée"),
        (Field::Close, "2026-10-12"),
        (Field::Integree, "oui"),
        (Field::Document, "Projet pédagogique"),
        (Field::Page, "12"),
        (Field::DateIntegration, "2026-10-20"),
        (Field::Organisateur, "oui"),
        (Field::Causes, "non"),
        (Field::Mesure, "oui"),
        (Field::Pilote, "oui"),
    ];
    enter(
        &atelier,
        "plan 1.xlsx",
        &workbook("", vec![line("", &fields)]),
    );
    let kept = actions(&atelier, &["--date", "2027-01-01"]);
    assert_eq!(kept.len(), 1);
    for (field, text) in fields {
        let found = &kept[0][field.key()];
        let same = match field {
            Field::Cout => found.as_f64() == Some(1200.5),
            _ => found == text,
        };
        assert!(same, "{}: {found}", field.key());
    }
    assert_eq!(kept[0]["id"], "R01-C1-01");
    let cells = exported(&atelier);
    assert_eq!(cells[1][0], "R01-C1-01");
    assert!(cells[1].contains(&"=HYPERLINK(\"http://x\")".to_owned()));
    assert!(
        cells[1].contains(&"2026-10-12".to_owned()),
        "a real date: {:?}",
        cells[1]
    );
}

#[test]
fn corrections_replace_and_the_history_keeps_who_knew_what() {
    let atelier = Atelier::blank();
    enter(&atelier, "a.xlsx", &workbook("", vec![line("", &NEW)]));
    let begun = with(&[
        (Field::Statut, "en cours"),
        (Field::Responsable, "direction"),
        (Field::Echeance, "2026-10-01"),
    ]);
    enter(
        &atelier,
        "b.xlsx",
        &workbook("A001", vec![line("R01-C1-01", &begun)]),
    );
    // A cell emptied empties the field.
    let mut emptied = begun.clone();
    emptied.retain(|(f, _)| *f != Field::Constat);
    enter(
        &atelier,
        "c.xlsx",
        &workbook("A002", vec![line("R01-C1-01", &emptied)]),
    );
    let kept = &actions(&atelier, &[])[0];
    assert_eq!(
        (&kept["statut"], &kept["constat"]),
        (&"en cours".into(), &Value::Null)
    );
    let (_, said) = atelier.json(&["plan", "historique", "r01-c1-01"]);
    let changes = said["resultat"]["changements"].as_array().expect("changes");
    let of = |field: &str| -> Vec<(String, String, String)> {
        let own = changes.iter().filter(|c| c["champ"] == field);
        let text = |v: &Value| v.as_str().unwrap_or("").to_owned();
        own.map(|c| (text(&c["fichier"]), text(&c["avant"]), text(&c["apres"])))
            .collect()
    };
    let change = |a: &str, b: &str, c: &str| (a.to_owned(), b.to_owned(), c.to_owned());
    let statuses = [
        change("a.xlsx", "", "à lancer"),
        change("b.xlsx", "à lancer", "en cours"),
    ];
    assert_eq!(of("statut"), statuses);
    assert_eq!(of("constat")[1], change("c.xlsx", "Niveau 2,3.", ""));
    let unknown = atelier.run(&["plan", "historique", "R01-C1-09"]);
    assert_eq!(unknown.code, 2);
    assert!(unknown.stderr.contains("R01-C1-01"), "{}", unknown.stderr);
}

#[test]
fn the_same_bytes_twice_change_nothing_and_a_simulation_writes_nothing() {
    let atelier = Atelier::blank();
    let bytes = workbook("", vec![line("", &NEW)]);
    let path = atelier.write("a.xlsx", &bytes);
    let tried = atelier.run(&["plan", "importer", &path, "--simulation"]);
    assert_eq!(tried.code, 0, "{}", tried.stderr);
    assert!(tried.stdout.contains("serait importé"), "{}", tried.stdout);
    assert!(actions(&atelier, &[]).is_empty());
    enter(&atelier, "a.xlsx", &bytes);
    let (_, said) = atelier.json(&["plan", "importer", &path]);
    assert_eq!(said["diagnostics"][0]["code"], "FIC-109");
    assert_eq!(actions(&atelier, &[]).len(), 1);
}

#[test]
fn what_a_team_did_not_touch_stays_as_others_left_it() {
    let atelier = Atelier::blank();
    enter(&atelier, "a.xlsx", &workbook("", vec![line("", &NEW)]));
    // Both teams start from A001; one writes the leader, the other the deadline.
    let leader = with(&[(Field::Responsable, "direction")]);
    let deadline = with(&[(Field::Echeance, "2026-10-01")]);
    enter(
        &atelier,
        "b.xlsx",
        &workbook("A001", vec![line("R01-C1-01", &leader)]),
    );
    enter(
        &atelier,
        "c.xlsx",
        &workbook("A001", vec![line("R01-C1-01", &deadline)]),
    );
    let kept = &actions(&atelier, &[])[0];
    assert_eq!(
        (&kept["responsable"], &kept["echeance"]),
        (&"direction".into(), &"2026-10-01".into())
    );
}

#[test]
fn late_is_computed_on_the_day_asked() {
    let atelier = Atelier::blank();
    let due = with(&[(Field::Echeance, "2026-10-01")]);
    enter(&atelier, "a.xlsx", &workbook("", vec![line("", &due)]));
    let late = |day: &str| actions(&atelier, &["--retard", "--date", day]).len();
    assert_eq!((late("2026-10-01"), late("2026-10-02")), (0, 1));
    let shown = atelier.run(&["plan", "--date", "2026-10-02"]);
    assert!(shown.stdout.contains("EN RETARD"), "{}", shown.stdout);
    assert!(shown.stderr.contains("1 en retard"), "{}", shown.stderr);
    assert_eq!(actions(&atelier, &["--statut", "réalisée"]).len(), 0);
    assert_eq!(actions(&atelier, &["--structure", "R01"]).len(), 1);
    let misplaced = atelier.run(&["plan", "--retard", "historique", "R01-C1-01"]);
    assert_eq!(misplaced.code, 2, "{}", misplaced.stdout);
}

#[test]
fn proposals_are_the_unmet_imperatifs_and_the_priorities_and_come_once() {
    let atelier = Atelier::demo();
    let propose = [
        "plan",
        "proposer",
        "--campagne",
        "C2",
        "--date",
        "2026-12-15",
    ];
    let (_, tried) = atelier.json(&[propose.as_slice(), &["--simulation"]].concat());
    let (_, said) = atelier.json(&propose);
    let new = said["resultat"].as_array().expect("actions").clone();
    assert_eq!(tried["resultat"].as_array().map(Vec::len), Some(new.len()));
    let table = crate::naive::rows(&atelier.run(&["indicateurs", "--campagne", "C2"]).stdout);
    for row in table.iter().filter(|r| r["statut"] == "non_atteint") {
        let made = new.iter().any(|a| {
            a["structure"] == row["structure"]
                && a["criteres"] == row["code"]
                && a["priorite"] == "impératif"
        });
        assert!(made, "{row:?}");
    }
    let musts = new.iter().filter(|a| a["priorite"] == "impératif").count();
    assert!(musts > 0 && new.len() > musts);
    let observations = atelier.run(&["exporter", "observations"]).stdout;
    let comments: Vec<String> = crate::naive::rows(&observations)
        .into_iter()
        .map(|r| r["commentaire"].clone())
        .filter(|c| c.len() > 12)
        .collect();
    for action in &new {
        let said = action.to_string();
        assert!(
            !comments.iter().any(|c| said.contains(c.as_str())),
            "{said}"
        );
        assert!(
            !action["constat"].as_str().unwrap_or("").is_empty(),
            "{said}"
        );
    }
    let (_, again) = atelier.json(&propose);
    assert_eq!(again["resultat"].as_array().map(Vec::len), Some(0));
}

#[test]
fn a_campaign_shows_the_effect_of_what_was_done_or_begun() {
    let atelier = Atelier::demo();
    let (_, said) = atelier.json(&["plan", "effet", "--campagne", "C2"]);
    let effects = said["resultat"].as_array().expect("effects");
    assert!(effects.len() > 5, "{}", effects.len());
    let compared = crate::naive::rows(&atelier.run(&["comparer", "C1", "C2"]).stdout);
    let list = actions(&atelier, &["--date", "2026-12-11"]);
    for effect in effects {
        let action = list
            .iter()
            .find(|a| a["id"] == effect["action"])
            .expect("its action");
        assert!(
            ["réalisée", "en cours"].contains(&action["statut_au"].as_str().unwrap_or("")),
            "{action}"
        );
        let line = compared.iter().find(|l| {
            l["niveau"] == "critere"
                && effect["structure"] == l["structure"]
                && effect["critere"] == l["code"]
        });
        let Some(line) = line else {
            assert!(effect["delta"].is_null(), "{effect}");
            continue;
        };
        let delta = line["delta"].parse::<f64>().ok();
        assert_eq!(effect["delta"].as_f64(), delta, "{effect}");
        assert_eq!(
            effect["verdict"].as_str().unwrap_or(""),
            line["verdict"],
            "{effect}"
        );
    }
    let cells = exported(&atelier);
    assert!(
        cells.iter().any(|row| row[29].contains("à C2 :")),
        "effects in the workbook"
    );
}

#[test]
fn the_follow_up_adds_up_and_the_two_indicators_are_explained() {
    let atelier = Atelier::demo();
    let path = atelier.root().join("suivi.csv");
    let path = path.to_string_lossy();
    let said = atelier.run(&[
        "plan",
        "suivi",
        "--trimestre",
        "2026-T4",
        "--date",
        "2026-12-31",
        "--sortie",
        &path,
    ]);
    assert_eq!(said.code, 0, "{}", said.stderr);
    let rows = crate::naive::rows(&std::fs::read_to_string(&*path).expect("a CSV"));
    let number = |r: &crate::naive::Row, k: &str| r[k].parse::<usize>().expect("a count");
    for quarter in ["2026-T3", "2026-T4"] {
        let of = |territory: bool| {
            rows.iter().filter(move |r| {
                r["trimestre"] == quarter && r["structure"].is_empty() == territory
            })
        };
        for column in [
            "emises",
            "a_lancer",
            "en_cours",
            "realisees",
            "abandonnees",
            "en_retard",
            "recommandations_integrees",
        ] {
            let sites: usize = of(false).map(|r| number(r, column)).sum();
            let territory = of(true).next().expect("a row");
            assert_eq!(sites, number(territory, column), "{quarter} {column}");
        }
        let t = of(true).next().expect("a row");
        let parts = ["a_lancer", "en_cours", "realisees", "abandonnees"];
        assert_eq!(
            parts.iter().map(|p| number(t, p)).sum::<usize>(),
            number(t, "emises")
        );
    }
    let last = rows
        .iter()
        .rfind(|r| r["structure"].is_empty())
        .expect("a row");
    for column in [
        "realisees",
        "en_cours",
        "en_retard",
        "abandonnees",
        "recommandations_integrees",
    ] {
        assert!(number(last, column) > 0, "the example shows no {column}");
    }
    for code in ["I20", "I21"] {
        let said = atelier
            .run(&["expliquer", &format!("C2/R01/{code}")])
            .stdout;
        assert!(
            said.contains("plan d’amélioration") && said.contains("R01-C1-01"),
            "{said}"
        );
        let before = atelier
            .run(&["expliquer", &format!("C1/R01/{code}")])
            .stdout;
        assert!(!before.contains("R01-C1-01"), "{before}");
    }
    let xlsx = atelier.root().join("suivi.xlsx");
    let xlsx = xlsx.to_string_lossy();
    let said = atelier.run(&[
        "plan",
        "suivi",
        "--date",
        "2026-12-31",
        "--format",
        "xlsx",
        "--sortie",
        &xlsx,
    ]);
    assert_eq!(said.code, 0, "{}", said.stderr);
    let soon = atelier.run(&[
        "plan",
        "suivi",
        "--trimestre",
        "2027-T2",
        "--date",
        "2026-12-31",
    ]);
    assert_eq!(soon.code, 2, "{}", soon.stdout);
}

/// What a team can get wrong, where it is said, and what must be said of it.
pub struct Fault {
    pub code: Code,
    cell: &'static str,
    says: &'static str,
    bytes: Vec<u8>,
}

fn fault(code: Code, cell: &'static str, says: &'static str, lines: Vec<Line>) -> Fault {
    let bytes = workbook("A002", lines);
    Fault {
        code,
        cell,
        says,
        bytes,
    }
}

/// Each is imported over one action of R01 and one of P01, R01's having changed since A002.
pub fn faults() -> Vec<Fault> {
    use Code as C;
    use Field as F;
    let one = |id: &str, more: &[(Field, &'static str)]| vec![line(id, &with(more))];
    let own = |more: &[(Field, &'static str)]| one("R01-C1-01", more);
    let csv = |code, cell, says, text: &str| Fault {
        code,
        cell,
        says,
        bytes: text.as_bytes().to_vec(),
    };
    let minimal = "Identifiant;Structure;Campagne;Critères;Action;Statut;Échéance;Météo\n";
    vec![
        Fault {
            code: C::PlanUnrecognised,
            cell: "",
            says: "titres d’un plan",
            bytes: sheet("Feuil1", &[&["Nom", "Âge"], &["x", "3"]]),
        },
        fault(C::ActionUnknown, "A3", "R01-C1-01", one("R01-C1-07", &[])),
        fault(
            C::ActionTwice,
            "A4",
            "déjà plus haut",
            vec![line("R01-C1-01", &NEW), line("R01-C1-01", &NEW)],
        ),
        fault(
            C::ActionMoved,
            "B3",
            "« R01 »",
            own(&[(F::Structure, "P01")]),
        ),
        fault(
            C::PlanCritere,
            "E3",
            "REL-22",
            own(&[(F::Criteres, "REL-22")]),
        ),
        fault(C::PlanCampaign, "D3", "C9", one("", &[(F::Campagne, "C9")])),
        fault(
            C::PlanCampaign,
            "D3",
            "de quelle campagne",
            one("", &[(F::Campagne, "")]),
        ),
        fault(
            C::PlanWord,
            "R3",
            "en retard",
            own(&[(F::Statut, "en retard")]),
        ),
        fault(
            C::AbandonedWithoutReason,
            "U3",
            "sans raison",
            own(&[(F::Statut, "abandonnée")]),
        ),
        fault(
            C::DoneWithoutDate,
            "S3",
            "sans date",
            own(&[(F::Statut, "réalisée")]),
        ),
        fault(
            C::IntegratedWithoutProof,
            "X3",
            "la page et la date",
            own(&[(F::Integree, "oui"), (F::Document, "Projet")]),
        ),
        fault(
            C::PlanPerson,
            "K3",
            "personne",
            own(&[(F::Responsable, "Mme Durand")]),
        ),
        fault(
            C::PlanPerson,
            "I3",
            "personne",
            own(&[(F::Action, "appeler le 06 12 34 56 78")]),
        ),
        fault(
            C::StructureUnknown,
            "B3",
            "R1",
            one("", &[(F::Structure, "R1")]),
        ),
        fault(
            C::StructureMissing,
            "B3",
            "quelle structure",
            one("", &[(F::Structure, "")]),
        ),
        fault(
            C::PlanDates,
            "O3",
            "précède le début",
            own(&[(F::Debut, "2026-10-01"), (F::Echeance, "2026-09-01")]),
        ),
        fault(
            C::PlanDates,
            "S3",
            "n’est pas venu",
            own(&[(F::Statut, "réalisée"), (F::Close, "2098-01-01")]),
        ),
        fault(
            C::PlanIncomplete,
            "K3",
            "le responsable et l’échéance",
            own(&[(F::Statut, "en cours")]),
        ),
        fault(
            C::ChangedMeanwhile,
            "Q3",
            "« 3,5 »",
            own(&[(F::Cible, "4,0")]),
        ),
        fault(C::ActionRecognised, "A3", "R01-C1-01", one("", &[])),
        csv(
            C::DateUnreadable,
            "G2",
            "bientôt",
            &format!(
                "{minimal}R01-C1-01;R01;C1;REL-2;Une demi-journée de formation;à lancer;bientôt;\n"
            ),
        ),
        csv(
            C::ColumnIgnored,
            "H1",
            "Météo",
            &format!("{minimal}R01-C1-01;R01;C1;REL-2;Une demi-journée;à lancer;01/10/2026;beau\n"),
        ),
        csv(
            C::NumberUnreadable,
            "E2",
            "un peu",
            "Identifiant;Structure;Action;Statut;Coût (€)\nR01-C1-01;R01;Une demi-journée;à lancer;un peu\n",
        ),
    ]
}

fn fails(fault: &Fault) -> Option<String> {
    let atelier = Atelier::blank();
    enter(&atelier, "un.xlsx", &workbook("", vec![line("", &NEW)]));
    let site = with(&[(Field::Structure, "P01")]);
    enter(
        &atelier,
        "deux.xlsx",
        &workbook("A001", vec![line("", &site)]),
    );
    let changed = with(&[(Field::Cible, "3,5")]);
    enter(
        &atelier,
        "trois.xlsx",
        &workbook("A002", vec![line("R01-C1-01", &changed)]),
    );
    let before = actions(&atelier, &[]);
    let path = atelier.write("rendu.xlsx", &fault.bytes);
    let (exit, said) = atelier.json(&["plan", "importer", &path]);
    let all = said["diagnostics"].as_array().expect("diagnostics");
    let found = all.iter().find(|d| {
        d["code"] == fault.code.as_str()
            && (fault.cell.is_empty() || d["cellule"] == fault.cell)
            && d["message"]
                .as_str()
                .is_some_and(|m| m.contains(fault.says))
    });
    let error = fault.code.severity() == Severity::Error;
    let unchanged = actions(&atelier, &[]) == before;
    let remedy = found.and_then(|d| d["remede"].as_str()).unwrap_or("");
    let whole = found.is_some() && (!error || (unchanged && !remedy.is_empty()));
    if whole && (exit == 1) == error {
        None
    } else {
        Some(format!(
            "{} {:?}: exit {exit}, {all:#?}",
            fault.code, fault.says
        ))
    }
}

#[test]
fn every_fault_of_a_plan_is_named_located_and_harmless() {
    let failures: Vec<String> = faults().iter().filter_map(fails).collect();
    assert!(failures.is_empty(), "{}", failures.join("\n\n"));
}

#[test]
fn two_files_of_one_run_that_disagree_are_not_both_taken() {
    let atelier = Atelier::blank();
    enter(&atelier, "un.xlsx", &workbook("", vec![line("", &NEW)]));
    let leads = |who: &'static str| {
        let fields = with(&[(Field::Responsable, who)]);
        workbook("A001", vec![line("R01-C1-01", &fields)])
    };
    atelier.write("rendus/a.xlsx", &leads("direction"));
    atelier.write("rendus/b.xlsx", &leads("coordination"));
    let folder = atelier.root().join("rendus");
    let (code, said) = atelier.json(&["plan", "importer", &folder.to_string_lossy()]);
    assert_eq!(code, 1);
    let message = said["diagnostics"][0]["message"]
        .as_str()
        .unwrap_or("")
        .to_owned();
    assert!(message.contains("a.xlsx"), "{said:#}");
    assert_eq!(actions(&atelier, &[])[0]["responsable"], "direction");
}

/// A record of every field, to be sure that no column is forgotten.
#[test]
fn the_workbook_has_every_field_and_guards_identity() {
    let record: Record = Field::ALL
        .iter()
        .map(|f| (*f, f.heading().to_owned()))
        .collect();
    assert_eq!(record.len(), 26);
    let bytes = workbook("A007", vec![line("R01-C1-01", &NEW)]);
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("a zip");
    let mut part = String::new();
    let mut file = zip.by_name("xl/worksheets/sheet1.xml").expect("a sheet");
    std::io::Read::read_to_string(&mut file, &mut part).expect("text");
    for mark in [
        "<sheetProtection",
        "<pane ",
        "<dataValidation ",
        "orientation=\"landscape\"",
        "paperSize=\"9\"",
    ] {
        assert!(part.contains(mark), "{mark}");
    }
}

#[test]
fn a_plan_given_to_the_wrong_command_is_sent_where_it_belongs() {
    let atelier = Atelier::blank();
    let path = atelier.write("plan.xlsx", &workbook("", vec![line("", &NEW)]));
    let said = atelier.run(&["importer", &path, "--campagne", "C1"]);
    assert_eq!(said.code, 1);
    assert!(
        said.stderr.contains("observatoire plan importer"),
        "{}",
        said.stderr
    );
}

/// A grid of R01 where every élément of a critère has a rating, the others 3.
fn grid(critere: &str, rating: &str) -> Vec<u8> {
    let r = crate::fixtures::v1();
    let position = r.critere(critere).expect("a critère");
    let own = r.criteres[position]
        .elements
        .iter()
        .map(|&e| &r.elements[e].code);
    let edits: Vec<(&str, &str, &str)> = own
        .map(|code| (code.as_str(), rating, "une scène précise, avec le prénom"))
        .collect();
    crate::fixtures::form(
        observatoire::referentiel::SourceCode::Obs,
        "1",
        "O1",
        &edits,
    )
}

#[test]
fn a_serious_finding_leaves_the_tool_and_nothing_of_it_is_copied() {
    let atelier = Atelier::blank();
    let path = atelier.write("g.xlsx", &grid("REL-5", "1"));
    let read = atelier.run(&["importer", &path, "--campagne", "C1"]);
    assert_eq!(read.code, 0, "{}", read.stderr);
    let (_, said) = atelier.json(&["plan", "proposer", "--campagne", "C1"]);
    let new = said["resultat"].as_array().expect("actions");
    let mine = new
        .iter()
        .find(|a| a["criteres"] == "REL-5")
        .expect("mandatory");
    assert_eq!(
        mine["constat"],
        "à traiter hors de l’observatoire : organisateur, SDJES, 119"
    );
    assert_eq!(mine["priorite"], "impératif");
    for field in ["objectif", "action", "indicateur", "cible"] {
        assert!(mine[field].is_null(), "{mine:#}");
    }
    assert!(!said.to_string().contains("prénom"), "{said:#}");
    // What protects the child comes first, before the projet.
    let order: Vec<&str> = new.iter().filter_map(|a| a["criteres"].as_str()).collect();
    let place = |code| order.iter().position(|c| *c == code);
    assert!(place("REL-5") < place("PRO-1"), "{order:?}");
}

#[test]
fn two_commands_at_once_both_enter() {
    let atelier = Atelier::blank();
    let paths: Vec<String> = (0..4)
        .map(|i| {
            let action: &'static str = ["un", "deux", "trois", "quatre"][i];
            let bytes = workbook("", vec![line("", &with(&[(Field::Action, action)]))]);
            atelier.write(&format!("{i}.xlsx"), &bytes)
        })
        .collect();
    std::thread::scope(|scope| {
        for path in &paths {
            let atelier = &atelier;
            scope.spawn(move || {
                let said = atelier.run(&["plan", "importer", path]);
                assert_eq!(said.code, 0, "{}", said.stderr);
            });
        }
    });
    let kept = actions(&atelier, &[]);
    let ids: std::collections::BTreeSet<&str> =
        kept.iter().filter_map(|a| a["id"].as_str()).collect();
    assert_eq!(
        ids.into_iter().collect::<Vec<_>>(),
        ["R01-C1-01", "R01-C1-02", "R01-C1-03", "R01-C1-04"]
    );
}
