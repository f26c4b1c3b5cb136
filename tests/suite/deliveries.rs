//! Deliveries: remembered before they are in place, never missing, never deleting; the log noticed
//! when a part of it is lost.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use crate::atelier::{Atelier, files, is};
use crate::masking::deliveries_to;
use crate::mutated::sealed_end;

const FAMILIES: &str = "data/exemple/C2/results-survey998101.csv";
const LOG: &str = "data/livraisons";
/// What machines have seen of it.
const SEEN: &str = "data/reperes/livraisons";
const REPORTS: &str = "reports/rendus/C2";

/// Adds families of one site to the example, and imports them.
fn late_families(atelier: &Atelier, ids: std::ops::Range<u32>) {
    let mut late = std::fs::read_to_string(atelier.root().join(FAMILIES)).expect("families");
    for id in ids {
        let line = format!(
            "\"{id}\";\"2026-11-20 10:00:00\";\"3\";\"fr\";\"{id}\";\"R01\";\"AO02\";\"AO02\";\"AO01\";\"AO02\";\"AO03\";\"AO02\";\"\"\r\n"
        );
        late.push_str(&line);
    }
    let path = atelier.write(FAMILIES, late.as_bytes());
    let answer = atelier.run(&["importer", &path, "--campagne", "C2"]);
    assert_eq!(answer.code, 0, "{}", answer.stderr);
}

fn report(atelier: &Atelier, more: &[&str]) -> crate::atelier::Answer {
    let mut all = vec!["rapport", "--campagne", "C2", "--date", "2026-12-15"];
    all.extend(more);
    atelier.run(&all)
}

/// Rows of figures in the page of a team: « libellé 12 % 30 %… », but for how many answered.
fn rows_of_answers(atelier: &Atelier) -> Vec<String> {
    let path = atelier.root().join(REPORTS).join("equipes/equipe-R01.html");
    let page = std::fs::read_to_string(path).expect("a page");
    let is_figure =
        |row: &&str| row.starts_with("><th") && row.contains('%') && !row.contains("I16");
    let rows = page.split("<tr").filter(is_figure);
    rows.map(|row| row.split("</tr>").next().unwrap_or("").to_owned())
        .collect()
}

#[test]
fn one_late_family_is_not_told_to_the_team_by_two_editions() {
    let atelier = Atelier::demo();
    let before = rows_of_answers(&atelier);
    assert!(before.len() > 20, "{}", before.len());
    late_families(&atelier, 301..302);
    let only = ["--public", "equipe", "--format", "html"];
    assert_eq!(report(&atelier, &only).code, 0);
    let moved = |atelier: &Atelier| {
        let after = rows_of_answers(atelier);
        before.iter().zip(&after).filter(|(a, b)| a != b).count()
    };
    let told = moved(&atelier);
    // Enough of them may be told; and without the log, the first would have been.
    late_families(&atelier, 301..315);
    assert_eq!(report(&atelier, &only).code, 0);
    let refreshed = moved(&atelier);
    std::fs::remove_dir_all(atelier.root().join("reports/rendus")).expect("removed");
    std::fs::remove_dir_all(atelier.root().join(LOG)).expect("removed");
    std::fs::remove_dir_all(atelier.root().join(SEEN)).expect("removed");
    late_families(&atelier, 301..302);
    assert_eq!(report(&atelier, &only).code, 0);
    let careless = moved(&atelier);
    println!(
        "lignes qui bougent : {told} ; sans journal {careless} ; quatorze familles {refreshed}"
    );
    assert!(told == 0 && refreshed > 5 && careless > 5);
}

/// Every page of an edition, by name.
fn pages(atelier: &Atelier) -> BTreeMap<String, String> {
    let dir = atelier.root().join(REPORTS);
    let names = files(&dir).into_iter().filter(|name| is(name, "html"));
    let names = names.filter(|name| name != "index.html");
    let read = |name: String| {
        let page = std::fs::read_to_string(dir.join(&name)).expect("a page");
        (name, page)
    };
    names.map(read).collect()
}

/// Found by who read elected people’s first: a team was then told that too few families had answered.
#[test]
fn who_is_served_first_takes_nothing_from_the_others() {
    let atelier = Atelier::demo();
    let forget = || {
        for dir in ["reports/rendus", LOG, SEEN] {
            std::fs::remove_dir_all(atelier.root().join(dir)).expect("removed");
        }
    };
    forget();
    let html = ["--format", "html"];
    assert_eq!(report(&atelier, &html).code, 0);
    let at_once = pages(&atelier);
    for first in ["elus", "familles", "renouvellement", "equipe"] {
        forget();
        let only = ["--public", first, "--format", "html"];
        assert_eq!(report(&atelier, &only).code, 0);
        assert_eq!(report(&atelier, &html).code, 0);
        let after = pages(&atelier);
        let names = at_once.keys();
        let other: Vec<&String> = names.filter(|n| at_once[*n] != after[*n]).collect();
        assert!(other.is_empty(), "{first} first changes {other:?}");
    }
    // A family more makes another edition, which says that some of it repeats.
    late_families(&atelier, 301..302);
    assert_eq!(report(&atelier, &html).code, 0);
    let later = pages(&atelier);
    let repeats = |page: &String| page.contains("redisent une édition précédente");
    assert!(!at_once.values().any(repeats));
    let told: Vec<&String> = later.keys().filter(|n| repeats(&later[*n])).collect();
    assert!(told.iter().any(|n| n.contains("equipe-R01")), "{told:?}");
    assert!(told.iter().any(|n| n.contains("elus")), "{told:?}");
    assert!(!told.iter().any(|n| n.contains("equipe-R02")), "{told:?}");
}

#[test]
fn a_delivery_adds_and_replaces_and_deletes_nothing() {
    let atelier = Atelier::demo();
    let out = atelier.root().join(REPORTS);
    let before: BTreeSet<String> = files(&out).into_iter().collect();
    atelier.write(&format!("{REPORTS}/elus/mes notes.txt"), b"notes");
    atelier.write(&format!("{REPORTS}/elus/synthese-elus.html"), b"ma version");
    let answer = report(&atelier, &["--public", "elus", "--format", "html"]);
    assert_eq!(answer.code, 0, "{}", answer.stderr);
    let after: BTreeSet<String> = files(&out).into_iter().collect();
    let missing: Vec<&String> = before.difference(&after).collect();
    let added: Vec<&String> = after.difference(&before).collect();
    assert!(missing.is_empty(), "{missing:?}");
    assert_eq!(
        added,
        ["elus/mes notes.txt", "elus/synthese-elus (modifié 1).html"]
    );
    let kept = std::fs::read(out.join("elus/synthese-elus (modifié 1).html"));
    assert_eq!(kept.expect("kept"), b"ma version");
    assert!(
        answer.stdout.contains("Rien n’a été supprimé"),
        "{}",
        answer.stdout
    );
    // The index still opens every report.
    let index = std::fs::read_to_string(out.join("index.html")).expect("an index");
    let unlisted: Vec<&String> = before
        .iter()
        .filter(|name| name.contains('/') && !index.contains(name.as_str()))
        .collect();
    assert!(unlisted.is_empty(), "{unlisted:?}");
}

/// Addresses of a page that lead to files.
fn links(page: &Path) -> Vec<std::path::PathBuf> {
    let text = std::fs::read_to_string(page).expect("a page");
    let folder = page.parent().expect("a folder");
    let addresses = text.split("href=\"").skip(1);
    let addresses = addresses.filter_map(|rest| rest.split('"').next());
    let files = addresses.filter(|address| !address.starts_with('#') && !address.contains(':'));
    files.map(|address| folder.join(address)).collect()
}

/// An edition of another day keeps what it replaces, under its day, and both indexes open what is there.
#[test]
fn an_edition_of_another_day_keeps_the_one_before() {
    let atelier = Atelier::demo();
    let out = atelier.root().join(REPORTS);
    let report_of = |name: &str| std::fs::read(out.join(name)).expect("a report");
    let before = report_of("elus/synthese-elus.html");
    let deliver = |day: &str| {
        let answer = atelier.run(&[
            "rapport",
            "--campagne",
            "C2",
            "--public",
            "elus",
            "--format",
            "html",
            "--date",
            day,
        ]);
        assert_eq!(answer.code, 0, "{}", answer.stderr);
        answer.stdout
    };
    let told = deliver("2026-12-20");
    let kept = "editions/2026-12-15";
    // The synthesis, and the Plan mercredi of the territory.
    let line = format!("2 fichiers gardés dans {kept}.");
    assert!(told.replace('\u{a0}', " ").contains(&line), "{told}");
    assert_eq!(
        report_of(&format!("{kept}/elus/synthese-elus.html")),
        before
    );
    let again = deliver("2026-12-20");
    assert!(!again.contains("fichier gardé dans"), "{again}");
    for index in ["index.html".to_owned(), format!("{kept}/index.html")] {
        let links = links(&out.join(&index));
        let lost: Vec<_> = links.iter().filter(|file| !file.is_file()).collect();
        assert!(!links.is_empty() && lost.is_empty(), "{index}: {lost:?}");
    }
    // What was not written again is said to be of the other day.
    let index = std::fs::read_to_string(out.join("index.html")).expect("an index");
    assert!(index.contains("PDF du 15"), "{index}");
}

#[test]
fn a_log_of_which_a_part_is_lost_stops_deliveries() {
    let atelier = Atelier::demo();
    let dir = atelier.root().join(LOG);
    let names = files(&dir);
    let one = names
        .iter()
        .find(|name| name.contains("-elus-"))
        .expect("a delivery");
    let refused = |what: &str| {
        for command in [&["rapport"][..], &["verifier", "--public", "elus"]] {
            let answer = atelier.run(command);
            assert_eq!(answer.code, 3, "{what} : {}", answer.stdout);
            assert!(answer.stderr.contains("livraisons"), "{}", answer.stderr);
            assert!(answer.stderr.contains("sauvegarde"), "{}", answer.stderr);
        }
    };
    let whole = std::fs::read(dir.join(one)).expect("readable");
    std::fs::remove_file(dir.join(one)).expect("removed");
    refused("un fichier manque");
    let mut flipped = whole.clone();
    let middle = flipped.len() / 2;
    flipped[middle] ^= 1;
    std::fs::write(dir.join(one), &flipped).expect("written");
    refused("un bit changé");
    std::fs::write(dir.join(one), &whole).expect("written");
    // A copy that a synchroniser made is the same delivery.
    let copy = one.replace(".json", " (1).json");
    std::fs::write(dir.join(copy), &whole).expect("written");
    assert_eq!(atelier.run(&["verifier", "--public", "elus"]).code, 0);
    std::fs::remove_dir_all(&dir).expect("removed");
    refused("tout manque");
    std::fs::remove_dir_all(atelier.root().join("reports/rendus")).expect("removed");
    // Reports may have been handed over and deleted here: this machine remembers.
    refused("tout manque, rapports compris");
    std::fs::remove_dir_all(atelier.root().join(SEEN)).expect("removed");
    assert_eq!(atelier.run(&["verifier", "--public", "elus"]).code, 0);
}

#[test]
fn the_former_log_is_taken_over() {
    let atelier = Atelier::demo();
    let told = deliveries_to(&atelier, "elus");
    let last = told.last().expect("a delivery");
    let mut campaign = last["campagnes"]["C2"].clone();
    for key in ["publics", "territoire", "activites", "fondement"] {
        campaign.as_object_mut().expect("an object").remove(key);
    }
    let former = serde_json::json!({
        "livraisons": last["livraisons"],
        "campagnes": { "C2": campaign },
    });
    std::fs::remove_dir_all(atelier.root().join(LOG)).expect("removed");
    std::fs::remove_dir_all(atelier.root().join(SEEN)).expect("removed");
    for file in files(&atelier.root().join("reports/rendus")) {
        if file.ends_with(".observatoire-livraison") {
            atelier.write(&format!("reports/rendus/{file}"), b"");
        }
    }
    atelier.write("data/livraisons.json", former.to_string().as_bytes());
    assert_eq!(atelier.run(&["verifier", "--public", "elus"]).code, 0);
    assert!(atelier.root().join("data/livraisons.json").is_file());
    let answer = report(&atelier, &["--public", "elus", "--format", "html"]);
    assert_eq!(answer.code, 0, "{}", answer.stderr);
    assert!(!atelier.root().join("data/livraisons.json").exists());
    let names = files(&atelier.root().join(LOG));
    assert!(
        names.iter().any(|n| n.starts_with("reprise-")) || names.len() == 3,
        "{names:?}"
    );
    assert_eq!(deliveries_to(&atelier, "elus").len(), 2);
}

/// Adds to a log its last delivery of C2 once more, altered, under the name that its bytes give it.
fn seal_altered(atelier: &Atelier, alter: impl Fn(&mut serde_json::Value)) -> String {
    let log = atelier.root().join(LOG);
    let names = files(&log).into_iter();
    let names: Vec<String> = names
        .filter(|n| n != "journal.json" && is(n, "json"))
        .collect();
    let read = |name: &String| std::fs::read(log.join(name)).expect("a delivery");
    let records = names
        .iter()
        .map(|name| serde_json::from_slice(&read(name)).expect("JSON"));
    let mut last: serde_json::Value = records
        .filter(|record: &serde_json::Value| record["campagnes"]["C2"].is_object())
        .max_by_key(|record| record["rang"].as_u64())
        .expect("a delivery");
    last["rang"] = (names.len() + 1).into();
    last["precedentes"] = names.into();
    alter(&mut last);
    let bytes = serde_json::to_vec(&last).expect("JSON");
    let name = format!("2026-12-31-elus-{}.json", sealed_end(&bytes));
    atelier.write(&format!("{LOG}/{name}"), &bytes);
    name
}

#[test]
fn what_no_delivery_writes_is_named_before_an_edition_needs_it() {
    let atelier = Atelier::demo();
    let name = seal_altered(&atelier, |record| {
        // Of another edition: what is to be compared with it reads it.
        record["campagnes"]["C2"]["fondement"] = "autre".into();
        let told = record["campagnes"]["C2"]["reponses"].as_object_mut();
        told.expect("answers")
            .insert("territoire/X".into(), "oui".into());
    });
    let looked = atelier.run(&["verifier", "--profond"]);
    let said = looked.stdout + &looked.stderr;
    assert!(looked.code != 0 && said.contains(&name), "{said}");
    let refused = report(&atelier, &["--public", "elus", "--format", "html"]);
    assert_eq!(refused.code, 3, "{}", refused.stderr);
    assert!(refused.stderr.contains(&name), "{}", refused.stderr);
}

#[test]
fn a_delivery_to_readers_of_another_version_stops_the_next_one() {
    let atelier = Atelier::demo();
    let name = seal_altered(&atelier, |record| {
        record["campagnes"]["C2"]["publics"] = serde_json::json!(["maires"]);
    });
    let refused = report(&atelier, &["--public", "elus", "--format", "html"]);
    assert_eq!(refused.code, 3, "{}", refused.stderr);
    let said = [name.as_str(), "« maires »", "Mettez le programme à jour."];
    assert!(
        said.iter().all(|s| refused.stderr.contains(s)),
        "{}",
        refused.stderr
    );
}

#[test]
fn a_folder_in_the_place_of_a_delivery_is_named_and_what_it_hides_is_asked_for() {
    let atelier = Atelier::demo();
    let log = atelier.root().join(LOG);
    let names = files(&log);
    let hidden = names.iter().find(|name| name.contains("-elus-"));
    let hidden = log.join(hidden.expect("a delivery"));
    std::fs::remove_file(&hidden).expect("removed");
    std::fs::create_dir(&hidden).expect("a folder");
    let refused = |said: &str| {
        let answer = report(&atelier, &["--public", "elus", "--format", "html"]);
        assert_eq!(answer.code, 3, "{}", answer.stdout);
        assert!(answer.stderr.contains(said), "{}", answer.stderr);
    };
    refused("sortez-le de data/livraisons");
    std::fs::rename(&hidden, atelier.root().join("à côté")).expect("moved");
    refused("sauvegarde");
}

/// A synchroniser’s copy of a delivery is that delivery, and may leave before it is read.
#[test]
fn a_copy_of_a_delivery_that_a_synchroniser_made_changes_nothing() {
    let atelier = Atelier::demo();
    let log = atelier.root().join(LOG);
    for name in files(&log) {
        if let Some(stem) = name.strip_suffix(".json").filter(|stem| *stem != "journal") {
            let bytes = std::fs::read(log.join(&name)).expect("a delivery");
            atelier.write(&format!("{LOG}/{stem} (1).json"), &bytes);
        }
    }
    late_families(&atelier, 1..2);
    let before = deliveries_to(&atelier, "elus");
    let answer = report(&atelier, &["--public", "elus", "--format", "html"]);
    assert_eq!(answer.code, 0, "{}", answer.stderr);
    assert!(before.len() < deliveries_to(&atelier, "elus").len());
}

fn start(atelier: &Atelier, more: &[&str]) -> Child {
    Command::new(env!("CARGO_BIN_EXE_observatoire"))
        .arg("--dossier")
        .arg(atelier.root())
        .args([
            "rapport",
            "--campagne",
            "C2",
            "--date",
            "2026-12-16",
            "--format",
            "html",
        ])
        .args(more)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the binary runs")
}

#[test]
fn deliveries_at_the_same_time_lose_no_entry() {
    let atelier = Atelier::demo();
    let before = deliveries_to(&atelier, "elus").len();
    let outs: Vec<String> = (0..3).map(|i| format!("sortie-{i}")).collect();
    let mut running: Vec<Child> = outs
        .iter()
        .map(|out| {
            let out = atelier.root().join(out);
            start(
                &atelier,
                &["--public", "elus", "--sortie", &out.to_string_lossy()],
            )
        })
        .collect();
    for child in &mut running {
        assert!(child.wait().expect("ended").success());
    }
    let told = deliveries_to(&atelier, "elus");
    assert_eq!(told.len(), before + outs.len());
    let ranks: BTreeSet<u64> = told.iter().filter_map(|d| d["rang"].as_u64()).collect();
    assert_eq!(ranks.len(), told.len());
}

fn staged(reports: &Path) -> usize {
    let entries = std::fs::read_dir(reports).expect("readable").flatten();
    let names = entries.map(|e| e.file_name().to_string_lossy().into_owned());
    names.filter(|name| name.starts_with('.')).count()
}

/// `OBSERVATOIRE_KILLS` asks for more of them.
#[test]
fn a_kill_leaves_every_report_and_no_delivery_that_the_log_does_not_know() {
    let atelier = Atelier::demo();
    let kills = std::env::var("OBSERVATOIRE_KILLS").ok();
    let kills: u64 = kills.and_then(|n| n.parse().ok()).unwrap_or(12);
    let out = atelier.root().join(REPORTS);
    let all = files(&out);
    let whole = std::time::Instant::now();
    assert!(start(&atelier, &[]).wait().expect("ended").success());
    let whole = whole.elapsed();
    for rank in 0..kills {
        let mut child = start(&atelier, &[]);
        std::thread::sleep(whole.mul_f64(0.3 + 0.8 * rank as f64 / kills as f64));
        let _ = child.kill();
        child.wait().expect("ended");
        for name in all.iter().filter(|name| crate::atelier::is(name, "html")) {
            let page = std::fs::read_to_string(out.join(name)).expect("a page stands");
            assert!(page.trim_end().ends_with("</html>"), "{name} is cut");
        }
        // What stands is known to the log, or the next command would say so.
        let answer = atelier.run(&["verifier", "--public", "elus"]);
        assert_eq!(answer.code, 0, "{}", answer.stderr);
    }
    std::thread::sleep(Duration::from_millis(50));
    assert!(start(&atelier, &[]).wait().expect("ended").success());
    assert_eq!(staged(&atelier.root().join("reports/rendus")), 0);
}
