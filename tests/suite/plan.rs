//! Improvement plans, through the real workbook: round trip, corrections, history, what is late,
//! what a campaign shows (`figures`), and a fixture per diagnostic (`faults`).

mod faults;
mod figures;

pub use faults::faults;

use crate::atelier::on;
use observatoire::base::sheets::open;
use observatoire::decide::plans::{ActionField, ActionRecord, PlanBook, PlanLine, write};
use serde_json::Value;

use crate::atelier::{Atelier, files, is};

/// A line of a workbook: its id (empty for a new action) and its fields.
pub fn line(id: &str, fields: &[(ActionField, &str)]) -> PlanLine {
    PlanLine {
        id: id.to_owned(),
        record: fields.iter().map(|(f, t)| (*f, (*t).to_owned())).collect(),
        ..PlanLine::default()
    }
}

/// What every action of these tests begins with.
pub const NEW: [(ActionField, &str); 7] = [
    (ActionField::Structure, "R01"),
    (ActionField::Campagne, "C1"),
    (ActionField::Criteres, "REL-2"),
    (ActionField::Priorite, "haute"),
    (ActionField::Constat, "Niveau 2,3."),
    (ActionField::Action, "Une demi-journée de formation"),
    (ActionField::Statut, "à lancer"),
];

pub fn with(more: &[(ActionField, &'static str)]) -> Vec<(ActionField, &'static str)> {
    let mut fields: Vec<(ActionField, &str)> = NEW.to_vec();
    fields.retain(|(f, _)| !more.iter().any(|(m, _)| m == f));
    fields.extend(more);
    fields
}

pub fn workbook(version: &str, lines: Vec<PlanLine>) -> Vec<u8> {
    let book = PlanBook {
        lines,
        structures: vec!["R01".into(), "P01".into()],
        campaigns: vec!["C1".into(), "C2".into()],
        criteres: vec!["REL-2".into(), "SEC-5".into()],
        version: version.into(),
        date: on("2026-09-15"),
        territory: String::new(),
        fictitious: false,
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
    (1..=sheet.rows.len() as u32)
        .map(|r| (0..31).map(|c| sheet.text(r, c)).collect())
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
    let entries = kept.iter().filter(|f| f.starts_with('A')).count();
    assert_eq!(entries, 2, "{kept:?}");
}

/// What two machines wrote at once, brought together by a synchroniser: what both had seen stands, and a
/// person is asked.
#[test]
fn a_cell_that_two_machines_filled_at_once_is_contested_until_a_person_chooses() {
    let (one, two) = (Atelier::blank(), Atelier::blank());
    let plans = |atelier: &Atelier| atelier.root().join("data/plans");
    let bring = |from: &Atelier, to: &Atelier| {
        for name in files(&plans(from)).iter().filter(|n| is(n, "json")) {
            let bytes = std::fs::read(plans(from).join(name)).expect("readable");
            to.write(&format!("data/plans/{name}"), &bytes);
        }
    };
    enter(&one, "plan.xlsx", &workbook("", vec![line("", &NEW)]));
    bring(&one, &two);
    let objective = |text: &'static str, version: &str| {
        let fields = with(&[(ActionField::Objectif, text)]);
        workbook(version, vec![line("R01-C1-01", &fields)])
    };
    enter(&one, "un.xlsx", &objective("Niveau 3", "A001"));
    enter(&two, "deux.xlsx", &objective("Niveau 4", "A001"));
    bring(&two, &one);
    let list = ["plan", "lister", "--date", "2026-12-15"];
    let told = one.run(&list);
    for word in ["PLA-916", "R01-C1-01", "Niveau 3", "Niveau 4"] {
        assert!(told.stderr.contains(word), "{word}: {}", told.stderr);
    }
    // What both had seen was nothing.
    let (code, said) = one.json(&list);
    assert_eq!(code, 1, "{said:#}");
    assert_eq!(said["resultat"][0]["objectif"], Value::Null, "{said:#}");
    // It was contested still when this workbook was brought in.
    let path = one.write("choix.xlsx", &objective("Niveau 4", ""));
    let chosen = one.run(&["plan", "importer", &path]);
    assert_eq!(chosen.code, 1, "{}", chosen.stderr);
    let told = one.run(&list);
    assert!(!told.stderr.contains("PLA-916"), "{}", told.stderr);
    let kept = actions(&one, &["lister", "--date", "2026-12-15"]);
    assert_eq!(kept[0]["objectif"], "Niveau 4", "{:#}", kept[0]);
}

#[test]
fn every_field_comes_back_as_it_was_written() {
    let atelier = Atelier::blank();
    let fields = [
        (ActionField::Structure, "R01"),
        (ActionField::Campagne, "C1"),
        (ActionField::Criteres, "SEC-5, REL-2"),
        (ActionField::Priorite, "impératif"),
        (
            ActionField::Constat,
            "« 3 issues »\nsur deux lignes ; 😀 שלום",
        ),
        (ActionField::Objectif, "=HYPERLINK(\"http://x\")"),
        (ActionField::Action, "<script>alert(1)</script>"),
        (ActionField::Type, "aménagement"),
        (ActionField::Responsable, "direction de l’accueil"),
        (ActionField::Appui, "services techniques"),
        (ActionField::Cout, "1200.5"),
        (ActionField::Debut, "2026-09-07"),
        (ActionField::Echeance, "2026-10-30"),
        (ActionField::Indicateur, "issues dégagées"),
        (ActionField::Cible, "4,0"),
        (ActionField::Statut, "réalisée"),
        (ActionField::Close, "2026-10-12"),
        (ActionField::Integree, "oui"),
        (ActionField::Document, "Projet pédagogique"),
        (ActionField::TypeDocument, "projet pédagogique"),
        (ActionField::Page, "12"),
        (ActionField::DateIntegration, "2026-10-20"),
        (ActionField::Organisateur, "oui"),
        (ActionField::Causes, "non"),
        (ActionField::Mesure, "oui"),
        (ActionField::Pilote, "oui"),
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
            ActionField::Cout => found.as_f64() == Some(1200.5),
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
        (ActionField::Statut, "en cours"),
        (ActionField::Responsable, "direction"),
        (ActionField::Echeance, "2026-10-01"),
    ]);
    enter(
        &atelier,
        "b.xlsx",
        &workbook("A001", vec![line("R01-C1-01", &begun)]),
    );
    // A cell emptied empties the field.
    let mut emptied = begun.clone();
    emptied.retain(|(f, _)| *f != ActionField::Constat);
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
    let leader = with(&[(ActionField::Responsable, "direction")]);
    let deadline = with(&[(ActionField::Echeance, "2026-10-01")]);
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
    let due = with(&[(ActionField::Echeance, "2026-10-01")]);
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
fn two_files_of_one_run_that_disagree_are_not_both_taken() {
    let atelier = Atelier::blank();
    enter(&atelier, "un.xlsx", &workbook("", vec![line("", &NEW)]));
    let leads = |who: &'static str| {
        let fields = with(&[(ActionField::Responsable, who)]);
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
    let record: ActionRecord = ActionField::ALL
        .iter()
        .map(|f| (*f, f.heading().to_owned()))
        .collect();
    assert_eq!(record.len(), 27);
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

#[test]
fn two_commands_at_once_both_enter() {
    let atelier = Atelier::blank();
    let paths: Vec<String> = (0..4)
        .map(|i| {
            let action: &'static str = ["un", "deux", "trois", "quatre"][i];
            let bytes = workbook("", vec![line("", &with(&[(ActionField::Action, action)]))]);
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
