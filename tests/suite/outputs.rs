//! Where the program writes, and what becomes of what cannot be written: folders of any name, streams
//! that refuse, files that must not be written over, formulas, characters that command a terminal.

use std::process::Command;

use observatoire::vocabulary::referentiel::SourceCode;

use crate::atelier::{Atelier, files};
use crate::fixtures::form;

/// A folder name that every pattern language reads as something else.
const HOSTILE: &str = if cfg!(windows) {
    "Observatoire [CTG] 100% {x} é à obs[1]"
} else {
    "Observatoire [CTG] 100% {x} é à obs*? obs[1]"
};

/// The example without the copy of the référentiel that other tests change.
fn as_demo_lays_it() -> Atelier {
    let atelier = Atelier::demo();
    let copy = atelier.root().join("grids/referentiel-v2.toml");
    std::fs::remove_file(copy).expect("the bench lays it");
    atelier
}

#[test]
fn a_folder_of_any_name_gives_the_same_reports() {
    let plain = as_demo_lays_it();
    let atelier = Atelier::empty();
    let answer = atelier.raw(&["demo", &format!("{HOSTILE}/a [b]*")]);
    assert_eq!(answer.code, 0, "{}", answer.stderr);
    // A neighbour that a pattern would read instead.
    let neighbour = atelier.raw(&["demo", "Observatoire C 100% x é à obs1"]);
    assert_eq!(neighbour.code, 0, "{}", neighbour.stderr);
    let root = atelier.root().with_file_name(HOSTILE).join("a [b]*");
    for folder in ["reports/rendus", "grids", "data/exemple"] {
        let (ours, theirs) = (root.join(folder), plain.root().join(folder));
        assert_eq!(files(&ours), files(&theirs), "{folder}");
        // What a delivery says of itself is keyed at random.
        let compared = files(&ours).into_iter();
        for name in compared.filter(|n| !n.ends_with(".observatoire-livraison")) {
            let read = |dir: &std::path::Path| std::fs::read(dir.join(&name)).expect("readable");
            assert!(read(&ours) == read(&theirs), "{folder}/{name} differs");
        }
    }
    let table = |root: &std::path::Path| {
        let root = root.to_string_lossy().into_owned();
        let answer = atelier.raw(&["--dossier", &root, "exporter", "structures"]);
        assert_eq!(answer.code, 0, "{}", answer.stderr);
        let figures = atelier.raw(&["--dossier", &root, "indicateurs", "--campagne", "C1"]);
        (answer.stdout, figures.stdout)
    };
    assert!(table(&root) == table(&plain.root()));
    let out = root.join("{a,b}*.parquet");
    let written = atelier.raw(&[
        "--dossier",
        &root.to_string_lossy(),
        "indicateurs",
        "--format",
        "parquet",
        "--sortie",
        &out.to_string_lossy(),
    ]);
    assert_eq!(written.code, 0, "{}", written.stderr);
    assert!(out.is_file());
}

#[cfg(unix)]
#[test]
fn every_file_of_the_folder_opens_for_whoever_a_plain_one_opens_for() {
    use std::os::unix::fs::PermissionsExt;
    let atelier = as_demo_lays_it();
    // A copy has the rights of a plain file: the example itself is looked at.
    let made = Atelier::empty();
    let script = "umask 027; exec \"$0\" demo observatoire";
    let answer = sh(&made, script);
    assert_eq!(answer.status.code(), Some(0));
    let mut seen = 0;
    for name in files(&made.root()) {
        let about = std::fs::metadata(made.root().join(&name)).expect("a file");
        assert_eq!(about.permissions().mode() & 0o777, 0o640, "{name}");
        let folder = made.root().join(&name);
        let folder = folder.parent().expect("a folder");
        let about = std::fs::metadata(folder).expect("a folder");
        assert_eq!(
            about.permissions().mode() & 0o777,
            0o750,
            "{}",
            folder.display()
        );
        seen += 1;
    }
    assert_eq!(seen, files(&atelier.root()).len());
}

/// Runs a line of shell in the atelier; `$0` is the program.
#[cfg(unix)]
fn sh(atelier: &Atelier, script: &str) -> std::process::Output {
    Command::new("sh")
        .args(["-c", script, env!("CARGO_BIN_EXE_observatoire")])
        .current_dir(atelier.root().parent().expect("a folder"))
        .env("NO_COLOR", "1")
        .output()
        .expect("a shell")
}

#[cfg(target_os = "linux")]
#[test]
fn a_stream_that_refuses_is_an_error_and_a_closed_one_is_quiet() {
    let atelier = Atelier::demo();
    for command in [
        "--dossier observatoire indicateurs",
        "--dossier observatoire --json indicateurs",
        "--dossier observatoire exporter observations",
        "--dossier observatoire verifier",
        "--help",
    ] {
        let full = sh(&atelier, &format!("\"$0\" {command} > /dev/full"));
        let told = String::from_utf8_lossy(&full.stderr);
        assert_eq!(full.status.code(), Some(3), "{command}: {told}");
        assert!(
            told.contains("sortie standard") && told.contains("plein"),
            "{command}: {told}"
        );
        let quiet = sh(&atelier, &format!("\"$0\" {command} | head -c 1"));
        let told = String::from_utf8_lossy(&quiet.stderr);
        assert!(
            !told.contains("Erreur") && !told.contains("Broken"),
            "{command}: {told}"
        );
    }
    let piped = "\"$0\" --dossier observatoire --silencieux indicateurs; echo $? >&2";
    let piped = sh(&atelier, &format!("{{ {piped}; }} | true"));
    assert_eq!(String::from_utf8_lossy(&piped.stderr).trim(), "0");
    // Remarks that nobody can be told of were not said.
    let mute = sh(
        &atelier,
        "\"$0\" --dossier observatoire indicateurs 2> /dev/full",
    );
    assert_eq!(mute.status.code(), Some(3));
    let quiet = sh(
        &atelier,
        "\"$0\" --dossier observatoire indicateurs 2>&- | true",
    );
    assert_eq!(quiet.status.code(), Some(0));
}

/// What `--sortie` must leave as it is, by its path in the folder.
const OWN: [&str; 6] = [
    "observatoire.toml",
    "data/structures.csv",
    "data/exemple/C1/../../structures.csv",
    "grids/referentiel-v2.toml",
    "data/livraisons.json",
    "data/plans/nouveau.xlsx",
];

#[test]
fn what_the_observatory_lives_on_is_never_written_over() {
    let atelier = Atelier::demo();
    let root = atelier.root();
    let before = contents(&atelier);
    let store = files(&root.join("data/store"));
    let raw = files(&root.join("data/exemple/C1"));
    let mut own: Vec<String> = OWN.iter().map(|name| (*name).to_owned()).collect();
    own.extend(
        store
            .iter()
            .take(3)
            .map(|name| format!("data/store/{name}")),
    );
    own.push(format!("data/exemple/C1/{}", raw[0]));
    own.push("data/exemple".to_owned());
    let verbs: [&[&str]; 7] = [
        &["indicateurs"],
        &["exporter", "observations"],
        &["exporter", "sql"],
        &["verifier"],
        &["fidelite"],
        &["plan", "exporter"],
        &["comparer", "C1", "C2", "--format", "xlsx"],
    ];
    for verb in verbs {
        for name in &own {
            let out = root.join(name).to_string_lossy().into_owned();
            let mut all = verb.to_vec();
            all.extend(["--sortie", out.as_str()]);
            let answer = atelier.run(&all);
            assert_eq!(answer.code, 2, "{all:?}: {}", answer.stderr);
        }
    }
    for folder in ["data/store/C1", "data/plans", "data/exemple/C1"] {
        let out = root.join(folder).to_string_lossy().into_owned();
        assert_eq!(
            atelier.run(&["rapport", "--sortie", &out]).code,
            2,
            "{folder}"
        );
    }
    assert_eq!(contents(&atelier), before);
}

/// Every file of the folder and its bytes.
fn contents(atelier: &Atelier) -> Vec<(String, Vec<u8>)> {
    let root = atelier.root();
    let read = |name: String| {
        let bytes = std::fs::read(root.join(&name)).expect("readable");
        (name, bytes)
    };
    files(&root).into_iter().map(read).collect()
}

#[test]
fn a_raw_file_is_not_written_over_and_another_is_told() {
    let atelier = Atelier::blank();
    let filled = form(SourceCode::Obs, "1", "O1", &[]);
    // Outside the folder, as people keep what they receive.
    let received = atelier.root().with_file_name("reçu.xlsx");
    std::fs::write(&received, &filled).expect("written");
    let received = received.to_string_lossy().into_owned();
    let answer = atelier.run(&["importer", &received, "--campagne", "C1"]);
    assert_eq!(answer.code, 0, "{}", answer.stderr);
    let refused = atelier.run(&["plan", "exporter", "--sortie", &received]);
    assert_eq!(refused.code, 2, "{}", refused.stderr);
    assert!(refused.stderr.contains("import"), "{}", refused.stderr);
    assert_eq!(std::fs::read(&received).expect("there"), filled);
    let out = atelier.root().with_file_name("suivi.xlsx");
    let out = out.to_string_lossy().into_owned();
    let first = atelier.run(&["verifier", "--sortie", &out]);
    assert!(!first.stderr.contains("à la place"), "{}", first.stderr);
    let second = atelier.run(&["verifier", "--sortie", &out]);
    assert!(second.stderr.contains("à la place"), "{}", second.stderr);
    // Blank forms have the names of filled ones.
    let blank = ["grille", "OBS", "--structure", "R01", "--sortie", "grilles"];
    let first = atelier.run(&blank);
    assert_eq!(first.code, 0, "{}", first.stderr);
    let name = files(&atelier.root().with_file_name("grilles")).remove(0);
    let path = atelier.root().with_file_name("grilles").join(name);
    assert!(atelier.run(&blank).stderr.contains("à la place"));
    std::fs::write(&path, &filled).expect("filled in");
    assert_eq!(atelier.run(&blank).code, 2);
    assert_eq!(std::fs::read(&path).expect("there"), filled);
}

#[test]
fn init_completes_and_never_replaces() {
    let atelier = Atelier::blank();
    std::fs::remove_file(atelier.root().join("observatoire.toml")).expect("removed");
    let registry = std::fs::read(atelier.root().join("data/structures.csv")).expect("there");
    let refused = atelier.raw(&["init", "observatoire"]);
    assert_eq!(refused.code, 2, "{}", refused.stderr);
    assert!(
        refused.stderr.contains("structures.csv"),
        "{}",
        refused.stderr
    );
    let kept = std::fs::read(atelier.root().join("data/structures.csv")).expect("there");
    assert_eq!(kept, registry);
}

#[test]
fn formulas_of_people_are_words_in_a_csv() {
    let atelier = Atelier::blank();
    let hostile = "=HYPERLINK(\"http://x\")";
    let edits = [("REL-1-a", "3", hostile), ("REL-1-b", "3", "bien;=1+1")];
    let codes: Vec<String> = crate::fixtures::v1()
        .elements
        .iter()
        .filter(|e| e.source == SourceCode::Obs)
        .map(|e| e.code.clone())
        .take(2)
        .collect();
    let edits = [
        (codes[0].as_str(), edits[0].1, edits[0].2),
        (codes[1].as_str(), edits[1].1, edits[1].2),
    ];
    atelier.write("reçus/a.xlsx", &form(SourceCode::Obs, "1", "O1", &edits));
    let folder = atelier.root().join("reçus").to_string_lossy().into_owned();
    let answer = atelier.run(&["importer", &folder, "--campagne", "C1"]);
    assert_eq!(answer.code, 0, "{}", answer.stderr);
    let plain = atelier.run(&["exporter", "observations"]).stdout;
    assert!(
        plain.contains("'=HYPERLINK(") && plain.contains("bien;'=1+1"),
        "{plain}"
    );
    assert!(!plain.contains("\"=HYPERLINK"));
    let raw = atelier.run(&["exporter", "observations", "--brut"]).stdout;
    assert!(
        raw.contains("\"=HYPERLINK(") && raw.contains("bien;=1+1"),
        "{raw}"
    );
    assert_eq!(plain.replace('\'', ""), raw.replace('\'', ""));
}

#[test]
fn nothing_commands_a_terminal_nor_a_report() {
    let atelier = Atelier::demo();
    let registry = atelier.root().join("data/structures.csv");
    let text = std::fs::read_to_string(&registry).expect("a registry");
    let nasty = "\u{1b}[2J\u{9b}31m\u{202e}\u{7}";
    let first = text.lines().nth(1).expect("a line").to_owned();
    let mut cells: Vec<&str> = first.split(',').collect();
    let name = format!("{}{nasty}", cells[1].trim_matches('"'));
    cells[1] = &name;
    let text = text.replace(&first, &cells.join(","));
    std::fs::write(&registry, text).expect("written");
    let named = atelier.write("reçus/a\u{202e}.csv", b"code;niveau\nR01;\x1b[2J\n");
    let acts = |text: &str| {
        text.chars().find(|c| {
            c.is_control() && !"\n\r\t".contains(*c) || ('\u{202a}'..='\u{202e}').contains(c)
        })
    };
    for arguments in [
        vec!["verifier"],
        vec!["importer", &named, "--campagne", "C2"],
        vec!["--json", "importer", &named, "--campagne", "C2"],
        vec!["--json", "verifier"],
        vec!["fidelite"],
        vec!["plan", "lister"],
        vec!["expliquer", "C1/\u{1b}[2J"],
        vec!["\u{1b}[2J"],
        vec!["exporter", "\u{202e}"],
    ] {
        let answer = atelier.run(&arguments);
        for text in [&answer.stdout, &answer.stderr] {
            assert_eq!(acts(text), None, "{arguments:?}: {text}");
        }
        if arguments[0] == "--json" {
            let read: serde_json::Value = serde_json::from_str(&answer.stdout).expect("JSON");
            assert!(read.is_object());
        }
    }
    let date = ["--date", "2026-12-15", "--campagne", "C1"];
    let answer = atelier.run(&[&["rapport"], date.as_slice()].concat());
    assert_eq!(answer.code, 0, "{}", answer.stderr);
    let mut shown = 0;
    let rendered = atelier.root().join("reports/rendus/C1");
    for page in files(&rendered).iter().filter(|f| f.contains(".html")) {
        let text = std::fs::read_to_string(rendered.join(page)).expect("a page");
        assert_eq!(acts(&text), None, "{page}");
        shown += usize::from(text.contains('␛'));
    }
    assert!(shown > 0, "the name is on no page");
}
