//! `purger`: every figure stays but those it announces, nothing of a person stays in the folder, and
//! neither a kill nor a synchroniser brings anything back.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use polars::prelude::{AnyValue, DataFrame, DataType};
use polars_io::SerReader as _;
use polars_io::prelude::ParquetReader;
use serde_json::Value;

use observatoire::convention::{Register, Registers};

use crate::atelier::{Atelier, files, is};

/// After the retention of both campaigns of the example.
const LATER: &str = "2030-01-01";

fn purged(atelier: &Atelier, before: &str) -> Value {
    let (code, told) = atelier.json(&["purger", "--avant", before, "--confirmer"]);
    assert_eq!(code, 0, "{told}");
    told["resultat"].clone()
}

fn figures(atelier: &Atelier, campaign: &str) -> Vec<Vec<String>> {
    let answer = atelier.run(&["indicateurs", "--campagne", campaign]);
    assert_eq!(answer.code, 0, "{}", answer.stderr);
    rows(&answer.stdout)
}

fn rows(table: &str) -> Vec<Vec<String>> {
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let rows = reader.records().map(|r| r.expect("a row"));
    rows.map(|r| r.iter().map(str::to_owned).collect())
        .collect()
}

/// (campaign, structure, level, code, source) of what a purge announces under a name.
fn announced(told: &Value, name: &str) -> BTreeSet<Vec<String>> {
    let mut all = BTreeSet::new();
    for campaign in told["campagnes"].as_array().expect("campaigns") {
        for figure in campaign[name].as_array().expect("figures") {
            let text = |v: &Value| v.as_str().expect("text").to_owned();
            all.insert(vec![
                text(&campaign["campagne"]),
                text(&figure["structure"]),
                text(&figure["niveau"]),
                text(&figure["code"]),
                text(&figure["source"]),
            ]);
        }
    }
    all
}

/// Bytes of every file of the folder, by name.
fn snapshot(atelier: &Atelier, under: &str) -> Vec<(String, Vec<u8>)> {
    let root = atelier.root().join(under);
    let read = |name: String| {
        let bytes = std::fs::read(root.join(&name)).expect("readable");
        (name, bytes)
    };
    let kept = files(&root).into_iter().filter(|n| !n.contains("verrou"));
    kept.map(read).collect()
}

#[test]
fn every_figure_stays_but_those_announced() {
    let atelier = Atelier::demo();
    let campaigns = ["C1", "C2"];
    let before = campaigns.map(|c| figures(&atelier, c));
    let compared = rows(&atelier.run(&["comparer", "C1", "C2"]).stdout);
    let importance = ["expliquer", "C2/TERRITOIRE/IMPORTANCE"];
    let was_important = atelier.run(&importance).stdout;
    let told = purged(&atelier, LATER);
    let (mut differ, mut together) = (BTreeSet::new(), BTreeSet::new());
    for (campaign, before) in campaigns.iter().zip(&before) {
        let after = figures(&atelier, campaign);
        assert_eq!(before.len(), after.len());
        for (was, now) in before.iter().zip(&after).filter(|(a, b)| a != b) {
            assert_eq!(was[..5], now[..5]);
            // What the organiser decides is made of the answers that are left.
            if now[1].is_empty() {
                together.insert(was[..5].to_vec());
                continue;
            }
            assert!(now[6].starts_with("effectif_insuffisant"), "{now:?}");
            assert_eq!(now[5], "", "{now:?}");
            differ.insert(was[..5].to_vec());
        }
    }
    assert!(differ.len() > 100, "{}", differ.len());
    assert_eq!(differ, announced(&told, "chiffres_masques"));
    assert_eq!(together, announced(&told, "chiffres_territoire"));
    // Levels, differences and verdicts of critères and axes; margins move by what few people spread.
    let told = |table: &[Vec<String>]| -> BTreeSet<Vec<String>> {
        let own = table
            .iter()
            .filter(|r| ["critere", "axe"].contains(&&*r[0]))
            .filter(|r| r[1] != "INC-4");
        own.map(|r| [&r[..7], &r[11..]].concat()).collect()
    };
    let after = rows(&atelier.run(&["comparer", "C1", "C2"]).stdout);
    assert_eq!(told(&compared), told(&after));
    assert!(
        atelier
            .run(&importance)
            .stdout
            .contains(was_important.trim_end())
    );
}

/// Where the score of a source is shown, one élément hidden alone would be read from it and the others.
#[test]
fn no_hidden_element_is_alone_under_a_score() {
    let atelier = Atelier::demo();
    purged(&atelier, LATER);
    let mut hidden_under_a_score = 0;
    for campaign in ["C1", "C2"] {
        let table = figures(&atelier, campaign);
        let scores = table
            .iter()
            .filter(|r| r[2] == "source" && !r[5].is_empty());
        for score in scores {
            let start = format!("{}-{}-", score[3], score[4]);
            let answered: Vec<&Vec<String>> = (table.iter())
                .filter(|r| r[2] == "element" && r[1] == score[1] && r[3].starts_with(&start))
                .filter(|r| r[7] != "0")
                .collect();
            let hidden = answered.iter().filter(|r| r[6] == "effectif_insuffisant");
            let hidden = hidden.count();
            assert!(hidden != 1 || answered.len() == 1, "{score:?}");
            hidden_under_a_score += hidden;
        }
    }
    assert!(hidden_under_a_score > 0, "nothing was tried");
}

/// What points at a person in the example, before it is purged.
struct Traces {
    /// Long enough to be looked for in any bytes.
    long: BTreeSet<String>,
    /// Codes of observers: looked for as whole cells.
    observers: BTreeSet<String>,
}

/// What people said in the follow-up of the convention, and what tells one who answered a small questionnaire.
fn of_the_convention(atelier: &Atelier) -> BTreeSet<String> {
    let long = of_the_convention_said(&snapshot(atelier, "data/ctg"));
    assert!(long.len() > 10, "{long:?}");
    long
}

/// The same, in some files.
fn of_the_convention_said(held: &[(String, Vec<u8>)]) -> BTreeSet<String> {
    let mut long = BTreeSet::new();
    for (_, bytes) in held.iter().filter(|(n, _)| is(n, "json")) {
        let entry: Value = serde_json::from_slice(bytes).expect("JSON");
        let lines = entry["changements"].as_object().into_iter().flatten();
        let said = lines.filter_map(|(_, cells)| cells["paroles.propos"].as_str());
        long.extend(said.map(str::to_owned));
        let responses = entry["reponses"].as_array().into_iter().flatten();
        long.extend(responses.filter_map(|r| r["cle"].as_str().map(str::to_owned)));
    }
    long
}

impl Traces {
    fn of(atelier: &Atelier) -> Self {
        let answer = atelier.run(&["exporter", "observations"]);
        let mut reader = csv::Reader::from_reader(answer.stdout.as_bytes());
        let heads = reader.headers().expect("headings").clone();
        let at = |name: &str| heads.iter().position(|h| h == name).expect(name);
        let (respondent, comment, file) = (at("repondant"), at("commentaire"), at("fichier"));
        let (observer, raw, level) = (at("observateur"), at("valeur_brute"), at("niveau"));
        let mut long = BTreeSet::new();
        let mut observers = BTreeSet::new();
        for row in reader.records().map(|r| r.expect("a row")) {
            for column in [respondent, comment, file] {
                long.insert(row[column].to_owned());
            }
            // Words of open answers, notes and practices: no modality is that long.
            if row[level].is_empty() && row[raw].chars().count() > 40 {
                long.insert(row[raw].to_owned());
            }
            observers.insert(row[observer].to_owned());
        }
        for name in files(&atelier.root().join("data/store")) {
            if name.starts_with("cle-repondants") {
                let path = atelier.root().join("data/store").join(&name);
                let key = std::fs::read_to_string(path).expect("a key");
                long.extend(key.lines().map(str::to_owned));
            }
        }
        long.extend(of_the_convention(atelier));
        long.retain(|text| text.chars().count() >= 4);
        observers.retain(|code| !code.is_empty() && code != "consensus");
        assert!(long.len() > 700 && observers.len() >= 3, "{}", long.len());
        Self { long, observers }
    }

    fn found_in(&self, bytes: &[u8]) -> Option<&str> {
        let text = String::from_utf8_lossy(bytes);
        self.long
            .iter()
            .map(String::as_str)
            .find(|trace| text.contains(trace))
    }
}

/// Every text of a table, cell by cell.
fn cells(path: &Path) -> Vec<String> {
    let file = std::fs::File::open(path).expect("readable");
    let frame: DataFrame = ParquetReader::new(file).finish().expect("a table");
    let texts = (frame.columns().iter()).filter(|c| *c.dtype() == DataType::String);
    let mut all = Vec::new();
    for column in texts {
        for row in 0..column.len() {
            if let Ok(AnyValue::String(text)) = column.get(row) {
                all.push(text.to_owned());
            }
        }
    }
    all
}

/// Leaves what commands that were killed had begun to write, everywhere that they write; `verifier --profond` says so.
fn leave_unfinished(atelier: &Atelier, traces: &Traces) {
    let imports = atelier.root().join("data/store/imports");
    let import = std::fs::read_dir(imports)
        .expect("imports")
        .flatten()
        .next();
    let import = import.expect("an import").file_name();
    let import = format!("data/store/imports/{}", import.to_string_lossy());
    let text = traces.long.iter().next().expect("a trace");
    for folder in [
        "data",
        "data/reperes",
        "data/store",
        "data/store/manifestes",
        &import,
    ] {
        let name = format!("{folder}/.observatoire-7-7.tmp");
        atelier.write(&name, format!("{text};Marie Dupont").as_bytes());
    }
    // Among the settings, what was just written may be another command's.
    let path = atelier.root().join("data/.observatoire-7-7.tmp");
    let file = std::fs::File::options().write(true).open(path);
    let old = std::time::SystemTime::now() - Duration::from_hours(1);
    file.expect("open").set_modified(old).expect("dated");
    let told = atelier.run(&["verifier", "--profond"]).stderr;
    assert!(
        told.contains("BAS-103") && told.contains("interrompue"),
        "{told}"
    );
}

#[test]
fn nothing_of_a_person_stays_in_the_folder() {
    let atelier = Atelier::demo();
    let traces = Traces::of(&atelier);
    leave_unfinished(&atelier, &traces);
    let told = purged(&atelier, LATER);
    let remaining = told["restent"].as_array().expect("files");
    let remaining: BTreeSet<String> = (remaining.iter())
        .map(|f| f["fichier"].as_str().expect("a path").replace('\\', "/"))
        .collect();
    let mut searched = 0;
    for name in files(&atelier.root()) {
        assert!(!is(&name, "tmp"), "{name}");
        if remaining.contains(&name) {
            continue;
        }
        searched += 1;
        let path = atelier.root().join(&name);
        let bytes = std::fs::read(&path).expect("readable");
        assert_eq!(traces.found_in(&bytes), None, "{name}");
        if is(&name, "parquet") {
            for cell in cells(&path) {
                assert_eq!(traces.found_in(cell.as_bytes()), None, "{name}");
                let parts: Vec<&str> = cell.split('|').collect();
                let code = traces
                    .observers
                    .iter()
                    .find(|o| parts.contains(&o.as_str()));
                assert_eq!(code, None, "{name} : {cell}");
            }
        }
    }
    assert!(searched > 20, "{searched}");
    // Raw files and reports are there, listed, untouched.
    assert!(remaining.iter().any(|f| f.contains("Grille OBS P01")));
    assert!(remaining.iter().all(|f| atelier.root().join(f).is_file()));
    let (_, checked) = atelier.json(&["verifier"]);
    for import in checked["resultat"]["donnees_personnelles"]
        .as_array()
        .expect("imports")
    {
        for held in [
            "reponses",
            "propos",
            "identifiants",
            "observateurs",
            "noms_de_fichiers",
        ] {
            assert_eq!(import[held], 0, "{import}");
        }
        assert_eq!(import["cle"], false);
        assert_eq!(import["echeance"], Value::Null);
    }
}

/// What people said in the follow-up of the convention: an old copy that a synchroniser brings back gives no word back, and
/// leaves again with the next purge; other lines stay.
#[test]
fn words_of_the_convention_leave_and_do_not_come_back() {
    let atelier = Atelier::demo();
    let root = atelier.root();
    let lines = |register: Register| {
        let registers = Registers::load(&root, None).expect("readable");
        registers.rows(register).len()
    };
    let said = lines(Register::Paroles);
    let meetings = lines(Register::Temps);
    let before = snapshot(&atelier, "data/ctg/journal");
    let told = purged(&atelier, LATER);
    assert_eq!(told["paroles"], said, "{told}");
    assert!(said > 2 && meetings > 2);
    assert_eq!(
        (lines(Register::Paroles), lines(Register::Temps)),
        (0, meetings)
    );
    for (name, bytes) in &before {
        atelier.write(&format!("data/ctg/journal/{name}"), bytes);
    }
    assert_eq!(
        (lines(Register::Paroles), lines(Register::Temps)),
        (0, meetings)
    );
    purged(&atelier, LATER);
    let traces = of_the_convention_said(&before);
    for (name, bytes) in snapshot(&atelier, "data/ctg/journal") {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        assert!(!traces.iter().any(|t| text.contains(t.as_str())), "{name}");
    }
    assert_eq!(
        (lines(Register::Paroles), lines(Register::Temps)),
        (0, meetings)
    );
    // One byte more than what a purge left, and the entry is used no more.
    let (name, _) = &before[0];
    let path = root.join("data/ctg/journal").join(name);
    let mut bytes = std::fs::read(&path).expect("there");
    bytes.push(b' ');
    std::fs::write(&path, bytes).expect("written");
    assert!(Registers::load(&root, None).is_err());
}

#[test]
fn nothing_changes_without_a_confirmation() {
    let atelier = Atelier::demo();
    atelier.run(&["indicateurs", "--campagne", "C1"]);
    let before = snapshot(&atelier, "data");
    let refused = atelier.run(&["purger", "--avant", LATER]);
    assert_eq!(refused.code, 2, "{}", refused.stderr);
    assert!(refused.stdout.contains("Partiraient"), "{}", refused.stdout);
    assert!(refused.stderr.contains("--confirmer"), "{}", refused.stderr);
    let looked = atelier.run(&["purge", "--avant", LATER, "--simulation"]);
    assert_eq!(looked.code, 0, "{}", looked.stderr);
    assert_eq!(looked.stdout, refused.stdout);
    let early = atelier.run(&["purger", "--avant", "2027-04-01", "--confirmer"]);
    assert_eq!(early.code, 0, "{}", early.stderr);
    assert!(early.stdout.contains("Aucune réponse"), "{}", early.stdout);
    assert_eq!(atelier.run(&["purger", "--avant", "demain"]).code, 2);
    assert!(snapshot(&atelier, "data") == before);
}

#[test]
fn what_was_purged_is_said_and_does_not_come_back() {
    let atelier = Atelier::demo();
    let late = atelier.run(&["verifier", "--date", "2027-07-03"]);
    assert!(late.stderr.contains("CON-752"), "{}", late.stderr);
    assert!(late.stderr.contains("campagne C1"), "{}", late.stderr);
    let told = purged(&atelier, "2027-07-03");
    assert_eq!(told["campagnes"].as_array().map(Vec::len), Some(1));
    let after = atelier.run(&["verifier", "--date", "2027-07-03"]);
    assert!(!after.stderr.contains("CON-75"), "{}", after.stderr);
    assert!(after.stdout.contains("plus rien"), "{}", after.stdout);
    for ask in [
        &["exporter", "observations", "--campagne", "C1"][..],
        &["fidelite", "--campagne", "C1"],
        &["indicateurs", "--campagne", "C1"],
    ] {
        let answer = atelier.run(ask);
        assert_eq!(answer.code, 0, "{}", answer.stderr);
        assert!(
            answer.stderr.contains("CON-751"),
            "{ask:?} {}",
            answer.stderr
        );
    }
    for code in ["REL-2", "REL-1-FAM-1", "I04", "I08"] {
        let explained = atelier.run(&["expliquer", &format!("C1/R01/{code}")]);
        assert_eq!(explained.code, 0, "{}", explained.stderr);
        assert!(
            explained.stdout.contains("purgées le"),
            "{code} {}",
            explained.stdout
        );
    }
    let explained = atelier.run(&["expliquer", "C1/TERRITOIRE/FIDELITE"]);
    assert!(explained.stdout.contains("purgées"), "{}", explained.stdout);
    let funnel = [
        "comparer",
        "--structures",
        "--campagne",
        "C1",
        "--entonnoir",
        "f.svg",
    ];
    assert!(atelier.run(&funnel).stderr.contains("purgées le"));
    let reports = atelier.run(&["rapport", "--campagne", "C1", "--public", "elus"]);
    assert_eq!(reports.code, 0, "{}", reports.stderr);
    assert!(reports.stdout.contains("purgées"), "{}", reports.stdout);
    // The same file, another of the same source, an import taken back: all refused, and no key is made
    // for nobody.
    let key = atelier.root().join("data/store/cle-repondants-C1");
    assert!(!key.exists());
    let raw = atelier
        .root()
        .join("data/exemple/C1/Grille OBS P01 visite 1 O1.xlsx");
    let again = atelier.run(&["importer", &raw.to_string_lossy(), "--campagne", "C1"]);
    assert_eq!(again.code, 1);
    assert!(again.stderr.contains("FIC-113"), "{}", again.stderr);
    assert!(
        again.stderr.contains("ne reviennent pas"),
        "{}",
        again.stderr
    );
    let other = atelier.root().join("data/exemple/C2");
    let other = files(&other)
        .into_iter()
        .find(|n| n.starts_with("Grille OBS"))
        .map(|n| other.join(n))
        .expect("a grid of the other campaign");
    let more = atelier.run(&["importer", &other.to_string_lossy(), "--campagne", "C1"]);
    assert_eq!(more.code, 1);
    assert!(
        more.stderr.contains("ne s’y ajoutent plus"),
        "{}",
        more.stderr
    );
    assert!(!key.exists());
    let undone = atelier.run(&["annuler", "I001"]);
    assert_eq!(undone.code, 2);
    assert!(undone.stderr.contains("a été purgé"), "{}", undone.stderr);
}

/// Observations and activity data of the first campaign, without the names of their files.
fn kept_answers(atelier: &Atelier) -> Vec<Vec<String>> {
    let table = rows(
        &atelier
            .run(&["exporter", "observations", "--campagne", "C1"])
            .stdout,
    );
    let own = (table.into_iter()).filter(|r| ["OBS", "DON"].contains(&&*r[2]));
    let mut own: Vec<Vec<String>> = own.map(|r| [&r[..14], &r[15..]].concat()).collect();
    own.sort();
    own
}

#[test]
fn each_source_has_its_time() {
    let atelier = Atelier::demo();
    let settings = atelier.root().join("observatoire.toml");
    let written = std::fs::read_to_string(&settings).expect("settings");
    let own = format!("{written}\n[conservation]\nOBS = 60\nDON = 60\n");
    std::fs::write(&settings, own).expect("written");
    let before = figures(&atelier, "C1");
    let all_answers = kept_answers(&atelier);
    let first = purged(&atelier, LATER);
    // What stays does, to the comment, but for the names of files.
    assert_eq!(kept_answers(&atelier), all_answers);
    let held = |c: &str| {
        let ask = ["exporter", "observations", "--campagne", c];
        let table = rows(&atelier.run(&ask).stdout);
        let sources: BTreeSet<String> = table.iter().map(|r| r[2].clone()).collect();
        let days = table.iter().filter(|r| !r[7].is_empty()).count();
        (sources, days)
    };
    let kept: BTreeSet<String> = ["OBS", "DON"].map(str::to_owned).into();
    assert_eq!(held("C1").0, kept);
    assert!(held("C1").1 > 0);
    let comments = rows(
        &atelier
            .run(&["exporter", "observations", "--campagne", "C1"])
            .stdout,
    );
    assert!(
        comments.iter().any(|r| !r[12].is_empty()),
        "comments of what stays"
    );
    let explained = atelier.run(&["expliquer", "C1/P01/REL-2-OBS-1"]);
    assert!(
        explained.stdout.contains("import I001"),
        "{}",
        explained.stdout
    );
    let second = purged(&atelier, "2032-01-01");
    // Activity data stay, without day nor person.
    let activity: BTreeSet<String> = ["DON".to_owned()].into();
    assert_eq!(held("C1"), (activity, 0));
    let all: BTreeSet<Vec<String>> = announced(&first, "chiffres_masques")
        .union(&announced(&second, "chiffres_masques"))
        .cloned()
        .collect();
    let after = figures(&atelier, "C1");
    let differ: BTreeSet<Vec<String>> = (before.iter().zip(&after))
        .filter(|(a, b)| a != b)
        .map(|(a, _)| a[..5].to_vec())
        .collect();
    let announced: BTreeSet<Vec<String>> = all.into_iter().filter(|f| f[0] == "C1").collect();
    assert_eq!(differ, announced);
}

#[test]
fn cancelled_imports_and_forgotten_campaigns_are_said_and_purged() {
    let atelier = Atelier::demo();
    assert_eq!(atelier.run(&["annuler", "I002"]).code, 0);
    let settings = atelier.root().join("observatoire.toml");
    let written = std::fs::read_to_string(&settings).expect("settings");
    // Without C1: its answers are nobody's any more.
    let blocks: Vec<&str> = written.split("[[campagnes]]").collect();
    let kept: Vec<&str> = blocks
        .iter()
        .copied()
        .filter(|b| !b.contains("id = \"C1\""))
        .collect();
    std::fs::write(&settings, kept.join("[[campagnes]]")).expect("written");
    let told = atelier.run(&["verifier"]);
    assert!(told.stderr.contains("CON-754"), "{}", told.stderr);
    assert!(
        told.stdout.contains("annulé mais encore là"),
        "{}",
        told.stdout
    );
    let traces_left = |atelier: &Atelier| {
        let store = atelier.root().join("data/store/imports");
        let names = files(&store);
        let words = names.iter().filter(|n| n.ends_with("propos.parquet"));
        words.map(|n| cells(&store.join(n)).len()).sum::<usize>()
    };
    assert!(traces_left(&atelier) > 0);
    let done = purged(&atelier, LATER);
    assert_eq!(
        done["campagnes"].as_array().map(Vec::len),
        Some(2),
        "{done}"
    );
    assert_eq!(done["campagnes"][0]["decrite"], false);
    assert_eq!(done["campagnes"][1]["imports_annules"][0], "I002");
    assert_eq!(traces_left(&atelier), 0);
    // Described again, its figures are there.
    std::fs::write(&settings, written).expect("written");
    let figures = figures(&atelier, "C1");
    assert!(figures.iter().any(|r| r[2] == "axe" && !r[5].is_empty()));
}

#[test]
fn a_kill_leaves_before_or_after_and_the_next_run_completes() {
    let model = Atelier::demo();
    let before = figures(&model, "C1");
    let start = Instant::now();
    purged(&model, LATER);
    let whole = start.elapsed();
    let after = figures(&model, "C1");
    let (mut befores, mut afters, mut unfinished) = (0, 0, 0);
    for instant in 0..14 {
        let atelier = Atelier::demo();
        let mut child = Command::new(env!("CARGO_BIN_EXE_observatoire"))
            .arg("--dossier")
            .arg(atelier.root())
            .args(["purger", "--avant", LATER, "--confirmer"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("the binary runs");
        std::thread::sleep(whole.mul_f64(f64::from(instant) / 12.0) + Duration::from_millis(1));
        // Already over is as good an instant as any.
        let _ = child.kill();
        child.wait().expect("ended");
        let now = figures(&atelier, "C1");
        if now == before {
            befores += 1;
        } else {
            assert!(now == after, "neither before nor after at {instant}");
            afters += 1;
        }
        let checked = atelier.run(&["verifier"]);
        unfinished += usize::from(checked.stderr.contains("CON-753"));
        purged(&atelier, LATER);
        assert_eq!(figures(&atelier, "C1"), after);
        let checked = atelier.run(&["verifier"]);
        assert!(!checked.stderr.contains("CON-753"), "{}", checked.stderr);
    }
    println!("killed: before {befores}, after {afters}, of which to be completed {unfinished}");
    assert!(befores > 0);
}

/// A synchroniser that had not heard of the purge brings everything back.
#[test]
fn what_a_synchroniser_brings_back_is_not_used_and_leaves_again() {
    let atelier = Atelier::demo();
    let store = snapshot(&atelier, "data/store");
    purged(&atelier, LATER);
    let after = figures(&atelier, "C1");
    for (name, bytes) in store {
        if !atelier.root().join("data/store").join(&name).exists() {
            atelier.write(&format!("data/store/{name}"), &bytes);
        }
    }
    assert_eq!(figures(&atelier, "C1"), after);
    let told = atelier.run(&["verifier"]);
    assert!(told.stderr.contains("CON-753"), "{}", told.stderr);
    let before = snapshot(&atelier, "data/store").len();
    let again = atelier.run(&["purger", "--confirmer"]);
    assert_eq!(again.code, 0, "{}", again.stderr);
    assert!(again.stdout.contains("interrompue"), "{}", again.stdout);
    assert!(snapshot(&atelier, "data/store").len() < before);
    assert!(!atelier.run(&["verifier"]).stderr.contains("CON-753"));
    assert_eq!(figures(&atelier, "C1"), after);
}

#[test]
fn the_register_and_the_notices_follow_the_settings() {
    let atelier = Atelier::blank();
    let settings = atelier.root().join("observatoire.toml");
    let written = std::fs::read_to_string(&settings).expect("settings");
    std::fs::write(
        &settings,
        format!("conservation_mois = 30\n{written}\n[conservation]\nENF = 7\n"),
    )
    .expect("written");
    let register = atelier.run(&["exporter", "registre"]);
    assert_eq!(register.code, 0, "{}", register.stderr);
    let told = register.stdout.replace('\u{a0}', " ");
    assert!(told.contains("30 mois"), "{told}");
    assert!(told.contains("enfants : 7 mois"), "{told}");
    // Observations, questionnaires, activity, plans, practices; the follow-up of the convention and its questionnaires.
    assert_eq!(rows(&register.stdout).len(), 7);
    let folder = atelier.root().join("notices");
    let out = folder.to_string_lossy().into_owned();
    let told = atelier.run(&["exporter", "notices", "--sortie", &out]);
    assert_eq!(told.code, 0, "{}", told.stderr);
    let names = files(&folder);
    let children = format!("notice-enfants.{}", "md");
    assert!(names.contains(&children), "{names:?}");
    let children = std::fs::read_to_string(folder.join(&children)).expect("a notice");
    assert!(children.contains("7 mois"), "{children}");
    for name in names.iter().filter(|n| is(n, "pdf")) {
        let bytes = std::fs::read(folder.join(name)).expect("readable");
        assert!(bytes.starts_with(b"%PDF"), "{name}");
    }
    assert_eq!(atelier.run(&["exporter", "notices"]).code, 2);
    let wrong = format!("{written}\n[conservation]\nFAMILLES = 7\n");
    std::fs::write(&settings, wrong).expect("written");
    let refused = atelier.run(&["verifier"]);
    assert_eq!(refused.code, 3);
    assert!(
        refused.stderr.contains("n’est pas une source"),
        "{}",
        refused.stderr
    );
}
