//! What is sent to who directs each accueil: a folder of its own, made by the same road as the reports by audience, under
//! names that any system takes, one edition a day.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use calamine::{Data, Reader, open_workbook_auto};

use crate::atelier::{Answer, Atelier, files, is};
use crate::masking::deliveries_to;

const REPORTS: &str = "reports/rendus/C2";
const DAY: &str = "2026-12-15";
const COVER: &str = "À lire d’abord.html";

fn send(atelier: &Atelier, day: &str, more: &[&str]) -> Answer {
    let all = ["rapport", "--campagne", "C2", "--date", day, "--dossiers"];
    let answer = atelier.run(&[&all, more].concat());
    assert_eq!(answer.code, 0, "{}", answer.stderr);
    answer
}

/// Files of each folder that was sent on a day, by folder.
fn sent(atelier: &Atelier, day: &str) -> BTreeMap<String, BTreeSet<String>> {
    let mut folders: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for name in files(&atelier.root().join(REPORTS).join("dossiers").join(day)) {
        if let Some((folder, file)) = name.split_once('/') {
            let own = folders.entry(folder.to_owned()).or_default();
            own.insert(file.to_owned());
        }
    }
    folders
}

fn folder(atelier: &Atelier, name: &str) -> PathBuf {
    let day = atelier.root().join(REPORTS).join("dossiers").join(DAY);
    day.join(name)
}

/// Every text of a workbook.
fn texts(path: &Path) -> String {
    let mut book = open_workbook_auto(path).expect("a workbook");
    let mut all = String::new();
    for sheet in book.sheet_names() {
        let range = book.worksheet_range(&sheet).expect("a sheet");
        for (_, _, cell) in range.used_cells() {
            if let Data::String(text) = cell {
                all.push_str(text);
                all.push('\n');
            }
        }
    }
    all
}

#[test]
fn each_accueil_has_its_folder_and_reads_of_no_other() {
    let atelier = Atelier::demo();
    let told = send(&atelier, DAY, &["--format", "html,pdf,xlsx,docx"]);
    assert!(
        told.stdout.contains("14\u{a0}dossiers prêts"),
        "{}",
        told.stdout
    );
    let folders = sent(&atelier, DAY);
    assert_eq!(folders.len(), 14);
    let registry = std::fs::read_to_string(atelier.root().join("data/structures.csv"));
    let registry = registry.expect("a registry");
    let names: Vec<(&str, &str)> = (registry.lines().skip(1))
        .filter_map(|line| {
            let mut cells = line.split(',');
            Some((cells.next()?, cells.next()?))
        })
        .collect();
    let mut read = 0;
    for (code, name) in &names {
        let Some(own) = folders.get(&format!("{name} ({code})")) else {
            assert_eq!(*code, "P07", "closed since");
            continue;
        };
        let mut expected = BTreeSet::from([
            COVER.to_owned(),
            format!("Plan d’amélioration - {name} - {DAY}.xlsx"),
        ]);
        for report in [
            "Rapport à l’équipe",
            "Page des familles",
            "Carte d’identité",
        ] {
            for format in ["html", "pdf", "xlsx", "docx"] {
                expected.insert(format!("{report} - {name} - {DAY}.{format}"));
            }
        }
        assert_eq!(own, &expected);
        let place = folder(&atelier, &format!("{name} ({code})"));
        for file in own {
            let text = match file {
                file if is(file, "html") => {
                    std::fs::read_to_string(place.join(file)).expect("a page")
                }
                file if is(file, "xlsx") => texts(&place.join(file)),
                _ => continue,
            };
            read += 1;
            for (_, other) in names.iter().filter(|(c, _)| c != code) {
                // Practices that a team may go and see are told by the name of where they are.
                let visits = file.starts_with("Rapport à l’équipe");
                assert!(visits || !text.contains(other), "{file} names {other}");
            }
        }
    }
    assert!(read > 100, "{read}");
}

/// What is sent is what the reports by audience say, byte for byte, and the log knows it.
#[test]
fn what_is_sent_is_what_teams_and_families_are_given() {
    let atelier = Atelier::demo();
    let before = ["equipe", "familles", "elus"].map(|a| deliveries_to(&atelier, a).len());
    send(&atelier, DAY, &["--structure", "R04"]);
    let after = ["equipe", "familles", "elus"].map(|a| deliveries_to(&atelier, a).len());
    assert_eq!(after, [before[0] + 1, before[1] + 1, before[2]]);
    let folders = sent(&atelier, DAY);
    assert_eq!(folders.keys().collect::<Vec<_>>(), ["ALSH La Boucle (R04)"]);
    let place = folder(&atelier, "ALSH La Boucle (R04)");
    for (report, by_audience) in [
        ("Rapport à l’équipe", "equipes/equipe-R04"),
        ("Page des familles", "familles/familles-R04"),
        ("Carte d’identité", "equipes/carte-identite-R04"),
    ] {
        for format in ["html", "pdf", "xlsx"] {
            let own = place.join(format!("{report} - ALSH La Boucle - {DAY}.{format}"));
            let other = atelier
                .root()
                .join(REPORTS)
                .join(format!("{by_audience}.{format}"));
            let read = |path: &Path| std::fs::read(path).expect("a report");
            assert!(read(&own) == read(&other), "{report} {format}");
        }
    }
}

/// The workbook of the plan goes back in without a change, holds this accueil alone, and tells of no change that its
/// report does not.
#[test]
fn the_plan_that_is_sent_comes_back() {
    let atelier = Atelier::demo();
    send(&atelier, DAY, &["--format", "html"]);
    let place = folder(&atelier, "ALSH La Boucle (R04)");
    let path = place.join(format!("Plan d’amélioration - ALSH La Boucle - {DAY}.xlsx"));
    let path = path.to_string_lossy();
    let again = atelier.run(&["plan", "importer", &path]);
    assert_eq!(again.code, 0, "{}", again.stderr);
    assert!(again.stdout.contains("rien de nouveau"), "{}", again.stdout);
    let text = texts(Path::new(&*path));
    assert!(text.contains("R04") && !text.contains("R01"), "{text}");
}

/// An edition of another day has its folders, and the index opens those of each day.
#[test]
fn another_day_has_folders_of_its_own() {
    let atelier = Atelier::demo();
    send(&atelier, DAY, &["--format", "html", "--structure", "R01"]);
    let first = sent(&atelier, DAY);
    let page = folder(&atelier, "ALSH Les Colombages (R01)");
    let page = page.join(format!(
        "Rapport à l’équipe - ALSH Les Colombages - {DAY}.html"
    ));
    let before = std::fs::read(&page).expect("a report");
    send(
        &atelier,
        "2026-12-20",
        &["--format", "html", "--structure", "R01"],
    );
    send(
        &atelier,
        "2026-12-20",
        &["--format", "html", "--structure", "P01"],
    );
    assert_eq!(sent(&atelier, DAY), first);
    assert_eq!(std::fs::read(&page).expect("a report"), before);
    assert_eq!(sent(&atelier, "2026-12-20").len(), 2);
    let root = atelier.root().join(REPORTS);
    let index = std::fs::read_to_string(root.join("index.html")).expect("an index");
    for day in [DAY, "2026-12-20"] {
        assert!(
            index.contains(&format!("dossiers/{day}/index.html")),
            "{day}"
        );
    }
    let mut opened = 0;
    for name in files(&root.join("dossiers"))
        .iter()
        .filter(|n| is(n, "html"))
    {
        if !name.ends_with("index.html") && !name.ends_with(COVER) {
            continue;
        }
        let page = root.join("dossiers").join(name);
        for file in links(&page) {
            assert!(file.is_file(), "{name} → {}", file.display());
            opened += 1;
        }
    }
    assert!(opened >= 3 * 4 + 3, "{opened}");
    // The next delivery of reports keeps both, and says where they are.
    let all = [
        "rapport",
        "--campagne",
        "C2",
        "--public",
        "elus",
        "--format",
        "html",
    ];
    assert_eq!(
        atelier
            .run(&[&all[..], &["--date", "2026-12-21"]].concat())
            .code,
        0
    );
    let index = std::fs::read_to_string(root.join("index.html")).expect("an index");
    assert!(index.contains("dossiers/2026-12-20/index.html"));
}

/// Files that a page leads to.
fn links(page: &Path) -> Vec<PathBuf> {
    let text = std::fs::read_to_string(page).expect("a page");
    let folder = page.parent().expect("a folder");
    let addresses = text.split("href=\"").skip(1);
    let addresses = addresses.filter_map(|rest| rest.split('"').next());
    let files = addresses.filter(|address| !address.starts_with('#'));
    files.map(|address| folder.join(decoded(address))).collect()
}

fn decoded(address: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = address.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        if *first == b'%' {
            let digits = std::str::from_utf8(&after[..2]).expect("two digits");
            bytes.push(u8::from_str_radix(digits, 16).expect("hexadecimal"));
            rest = &after[2..];
        } else {
            bytes.push(*first);
            rest = after;
        }
    }
    String::from_utf8(bytes).expect("UTF-8")
}

/// Names as people could write them; each accueil keeps its own folder, under a name that Windows takes.
#[test]
fn names_are_those_that_any_system_takes() {
    let atelier = Atelier::demo();
    let long = "une très longue suite de mots ".repeat(5);
    let hostile = [
        ("P01", "A/B : « l’école » <ici> | là ?"),
        ("P02", "CON"),
        ("P03", "Les Pommiers..."),
        ("P04", long.as_str()),
        ("P05", "Les Tilleuls"),
        ("P06", "LES TILLEULS"),
        ("P08", "Les Tilleuls"),
        ("P09", "aux.txt"),
        ("P10", "100 % nature & Cie #1"),
    ];
    let path = "data/structures.csv";
    let registry = std::fs::read_to_string(atelier.root().join(path)).expect("a registry");
    let renamed = registry.lines().map(|line| {
        let mut cells: Vec<&str> = line.splitn(3, ',').collect();
        if let Some((_, name)) = hostile.iter().find(|(code, _)| *code == cells[0]) {
            cells[1] = name;
        }
        cells.join(",")
    });
    let renamed: Vec<String> = renamed.collect();
    atelier.write(path, renamed.join("\n").as_bytes());
    send(&atelier, DAY, &["--format", "html"]);
    let folders = sent(&atelier, DAY);
    assert_eq!(folders.len(), 14, "{:?}", folders.keys());
    let lower: BTreeSet<String> = folders.keys().map(|name| name.to_lowercase()).collect();
    assert_eq!(lower.len(), folders.len());
    for (folder, own) in &folders {
        assert_eq!(own.len(), 5, "{folder}: {own:?}");
        for file in own {
            for part in [folder, file] {
                assert!(windows_takes(part), "{part}");
            }
            let path = format!("{REPORTS}/dossiers/{DAY}/{folder}/{file}");
            assert!(path.encode_utf16().count() < 200, "{path}");
        }
    }
    let page = atelier.root().join(REPORTS).join("dossiers").join(DAY);
    assert_eq!(links(&page.join("index.html")).len(), 14);
    for file in links(&page.join("index.html")) {
        assert!(file.is_file(), "{}", file.display());
        for file in links(&file) {
            assert!(file.is_file(), "{}", file.display());
        }
    }
}

fn windows_takes(name: &str) -> bool {
    let base = name
        .split('.')
        .next()
        .unwrap_or_default()
        .trim()
        .to_uppercase();
    let reserved = ["CON", "PRN", "AUX", "NUL", "COM1", "LPT1"];
    let is_refused = |c: char| "<>:\"/\\|?*".contains(c) || c.is_control();
    !name.contains(is_refused)
        && !name.ends_with(['.', ' '])
        && !name.starts_with(' ')
        && !reserved.contains(&base.as_str())
}

#[test]
fn folders_and_one_audience_are_not_asked_together() {
    let atelier = Atelier::demo();
    let answer = atelier.run(&["rapport", "--dossiers", "--public", "elus"]);
    assert_eq!(answer.code, 2, "{}", answer.stderr);
    assert!(answer.stderr.contains("--dossiers"), "{}", answer.stderr);
}
