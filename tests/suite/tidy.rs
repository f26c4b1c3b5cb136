//! Rules of the house that no compiler holds: who may use whom, no circle between files, pages that
//! references lead to, a line per file in the head of its folder, one build for all, no network code, a README
//! line per command.

mod arrows;
mod heads;
mod packages;
mod references;
mod tokens;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use arrows::Arrows;

/// What each stage may use, besides itself. The order is that of the flow (`docs/architecture.md`
/// §2): a stage knows those before it. `lib.rs` and `main.rs` are no stage.
const MAY_USE: &[(&str, &[&str])] = &[
    ("base", &[]),
    ("stats", &[]),
    ("vocabulary", &["base"]),
    ("privacy", &["base", "stats", "vocabulary"]),
    ("intake", &["base", "privacy", "vocabulary"]),
    ("figures", &["base", "intake", "stats", "vocabulary"]),
    ("compare", &["base", "figures", "stats", "vocabulary"]),
    (
        "decide",
        &[
            "base",
            "compare",
            "figures",
            "intake",
            "privacy",
            "stats",
            "vocabulary",
        ],
    ),
    (
        "convention",
        &["base", "decide", "intake", "privacy", "stats", "vocabulary"],
    ),
    (
        "disclosure",
        &[
            "base",
            "compare",
            "convention",
            "decide",
            "figures",
            "privacy",
            "stats",
            "vocabulary",
        ],
    ),
    (
        "wording",
        &[
            "base",
            "compare",
            "decide",
            "disclosure",
            "figures",
            "stats",
            "vocabulary",
        ],
    ),
    // Nothing but what was cleared reaches a report; a few words of figures are told apart below.
    ("reports", &["base", "disclosure", "vocabulary", "wording"]),
    (
        "explain",
        &[
            "base",
            "compare",
            "convention",
            "decide",
            "disclosure",
            "figures",
            "intake",
            "stats",
            "vocabulary",
            "wording",
        ],
    ),
    (
        "exports",
        &[
            "base",
            "compare",
            "convention",
            "decide",
            "figures",
            "intake",
            "vocabulary",
            "wording",
        ],
    ),
    ("forms", &["base", "convention", "intake", "vocabulary"]),
    (
        "guides",
        &["base", "forms", "reports", "vocabulary", "wording"],
    ),
    (
        "demo",
        &[
            "base",
            "convention",
            "decide",
            "forms",
            "intake",
            "vocabulary",
        ],
    ),
    (
        "campaign",
        &[
            "base",
            "compare",
            "convention",
            "decide",
            "disclosure",
            "explain",
            "exports",
            "figures",
            "intake",
            "privacy",
            "reports",
            "stats",
            "vocabulary",
            "wording",
        ],
    ),
    (
        "actions",
        &[
            "base",
            "campaign",
            "compare",
            "convention",
            "decide",
            "demo",
            "disclosure",
            "explain",
            "exports",
            "figures",
            "forms",
            "guides",
            "intake",
            "privacy",
            "reports",
            "stats",
            "vocabulary",
            "wording",
        ],
    ),
];

/// The faces: over everything, used by nobody; the server serves the pages, and the command line starts it.
const FACES: &[&str] = &["cli", "pages", "web"];
const BETWEEN_FACES: &[(&str, &str)] = &[("web", "pages"), ("cli", "web")];

/// What a stage uses of a later one, file by file, for want of a better place. May only shrink.
const EXCEPTIONS: &[(&str, &str)] = &[
    // Statuses, verdicts and where an action stands are words of what was cleared.
    ("reports/", "decide/plans/standing.rs"),
    ("reports/", "figures/figure.rs"),
    ("reports/", "figures/serious.rs"),
    // Sentences that a delivery remembers, that a plan proposes or that `fidelite` tabulates are worded
    // where they are kept: `wording` itself reads numbers and enums alone.
    ("decide/plans/effect.rs", "wording/comparison_reasons.rs"),
    (
        "disclosure/clear/clear_figure.rs",
        "wording/comparison_reasons.rs",
    ),
    (
        "disclosure/clear/clear_territory.rs",
        "wording/practice_words.rs",
    ),
    (
        "figures/reliability/reliability_tables/",
        "wording/reliability_words.rs",
    ),
    ("reports/", "stats/change.rs"),
];

/// Files in circles, by the folder that holds each circle. May only shrink, and must be emptied.
const CIRCLES: &[(&str, usize)] = &[];

/// Type names that two types bear, and names that two files bear (`mod.rs` apart). May only shrink.
const NAMES_TWICE: (usize, usize) = (10, 10);

/// Where each library is called, and nowhere else.
const HOMES: &[(&str, &[&str])] = &[
    ("axum", &["web/"]),
    ("calamine", &["base/sheets/"]),
    ("clap", &["cli/", "main.rs"]),
    ("etcetera", &["pages/user_folder.rs"]),
    ("hyper", &["web/server.rs"]),
    ("hyper_util", &["web/server.rs"]),
    ("indicatif", &["cli/"]),
    ("minijinja", &["reports/templates.rs", "pages/render.rs"]),
    ("opener", &["pages/opened_folder.rs"]),
    ("plotters", &["reports/charts/"]),
    (
        "rust_xlsxwriter",
        &[
            "base/",
            "convention/",
            "decide/plans/",
            "demo/",
            "forms/",
            "intake/correction_list/list_workbook",
            "intake/correspondence_workbook",
            "reports/xlsx",
        ],
    ),
    ("resvg", &["reports/charts/chart_png.rs"]),
    ("tokio", &["web/"]),
    ("typst", &["base/typeset/"]),
    ("webbrowser", &["web/opening_page.rs"]),
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Names from `src` on, with their texts.
fn sources() -> Vec<(String, String)> {
    let src = root().join("src");
    let read = |name: String| {
        let text = std::fs::read_to_string(src.join(&name)).expect("readable");
        (name.replace('\\', "/"), text)
    };
    let names = crate::atelier::files(&src);
    names
        .into_iter()
        .filter(|n| crate::atelier::is(n, "rs"))
        .map(read)
        .collect()
}

fn stage(file: &str) -> &str {
    file.split('/')
        .next()
        .unwrap_or(file)
        .trim_end_matches(".rs")
}

#[test]
fn stages_use_only_those_before_them() {
    let rules: BTreeMap<&str, &[&str]> = MAY_USE.iter().copied().collect();
    let arrows = Arrows::of(&sources());
    assert!(
        arrows.to.len() > 200,
        "{} files with arrows",
        arrows.to.len()
    );
    let mut broken = Vec::new();
    for (file, used) in &arrows.to {
        for other in used {
            let (from, to) = (stage(file), stage(other));
            let face = match (FACES.contains(&from), FACES.contains(&to)) {
                (true, true) => BETWEEN_FACES.contains(&(from, to)),
                (face, _) => face || matches!(from, "lib" | "main"),
            };
            let allowed = rules.get(from).is_some_and(|a| a.contains(&to));
            let excepted = EXCEPTIONS
                .iter()
                .any(|(a, b)| file.starts_with(a) && other.starts_with(b));
            if from != to && !face && !allowed && !excepted {
                broken.push(format!("{file} uses {other}"));
            }
        }
    }
    assert!(broken.is_empty(), "{broken:#?}");
}

#[test]
fn every_stage_has_its_rule() {
    let named = |stage: &str| {
        FACES.contains(&stage)
            || matches!(stage, "lib" | "main")
            || MAY_USE.iter().any(|(s, _)| *s == stage)
    };
    let strange: BTreeSet<String> = sources()
        .iter()
        .map(|(file, _)| stage(file).to_owned())
        .filter(|s| !named(s))
        .collect();
    assert!(
        strange.is_empty(),
        "no rule says what these may use: {strange:?}"
    );
    for (at, (stage, allowed)) in MAY_USE.iter().enumerate() {
        let before: Vec<&str> = MAY_USE[..at].iter().map(|(s, _)| *s).collect();
        assert!(
            allowed.iter().all(|a| before.contains(a)),
            "{stage} uses a later stage"
        );
    }
}

#[test]
fn no_file_uses_itself_through_others() {
    let mut files: BTreeMap<String, Vec<BTreeSet<String>>> = BTreeMap::new();
    for circle in Arrows::of(&sources()).circles() {
        files
            .entry(common_folder(&circle))
            .or_default()
            .push(circle);
    }
    let known: BTreeMap<&str, usize> = CIRCLES.iter().copied().collect();
    files.retain(|folder, circles| {
        let count: usize = circles.iter().map(BTreeSet::len).sum();
        count > known.get(folder.as_str()).copied().unwrap_or(0)
    });
    assert!(
        files.is_empty(),
        "new circles (`python3 tests/compte.py --all` prints their arrows): {files:#?}"
    );
}

/// The deepest folder, or file with its folder, that holds all of these files.
fn common_folder(files: &BTreeSet<String>) -> String {
    let parts = |file: &String| -> Vec<String> {
        let modules = file.trim_end_matches(".rs").trim_end_matches("/mod");
        modules.split('/').map(str::to_owned).collect()
    };
    let mut shared: Option<Vec<String>> = None;
    for file in files {
        let these = parts(file);
        shared = Some(match shared {
            None => these,
            Some(before) => before
                .into_iter()
                .zip(these)
                .take_while(|(a, b)| a == b)
                .map(|(a, _)| a)
                .collect(),
        });
    }
    shared.unwrap_or_default().join("/")
}

/// `Line` in six places with six meanings is six searches for a newcomer.
#[test]
fn a_name_means_one_thing() {
    let sources = sources();
    let mut types: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (name, file) in Arrows::of(&sources).types {
        types.entry(name).or_default().push(file);
    }
    let mut files: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (file, _) in sources {
        let name = file.rsplit('/').next().unwrap_or_default().to_owned();
        files.entry(name).or_default().push(file);
    }
    files.remove("mod.rs");
    assert!(types.len() > 300 && files.len() > 200);
    types.retain(|_, places| places.len() > 1);
    files.retain(|_, places| places.len() > 1);
    assert!(
        types.len() <= NAMES_TWICE.0,
        "{} types: {types:#?}",
        types.len()
    );
    assert!(
        files.len() <= NAMES_TWICE.1,
        "{} files: {files:#?}",
        files.len()
    );
}

#[test]
fn libraries_stay_where_they_belong() {
    let mut strays = Vec::new();
    for (file, text) in sources() {
        let tokens = tokens::tokens(&text);
        let called = |library: &str| {
            let part = format!("{library}_");
            let names = |word: &str| word == library || word.starts_with(&part);
            tokens.windows(2).any(|w| w[1] == "::" && names(&w[0]))
        };
        for (library, homes) in HOMES {
            let at_home = homes.iter().any(|h| file.starts_with(h));
            if !at_home && called(library) {
                strays.push(format!("{file} uses {library}"));
            }
        }
    }
    assert!(strays.is_empty(), "{strays:#?}");
}

#[test]
fn nothing_prints_below_the_faces() {
    for (file, text) in sources() {
        // Files of tests alone may print what they measured.
        if FACES.contains(&stage(&file)) || file == "main.rs" || file.ends_with("_tests.rs") {
            continue;
        }
        let tokens = tokens::tokens(&text);
        let prints = |w: &[String]| {
            matches!(
                w[0].as_str(),
                "print" | "println" | "eprint" | "eprintln" | "dbg"
            ) && w[1] == "!"
        };
        assert!(!tokens.windows(2).any(prints), "{file} prints");
    }
}

/// Lines of the server: the guards are read whole, by whoever doubts them.
const SERVER: usize = 3_000;

#[test]
fn faces_compute_nothing_and_the_server_stays_small() {
    let arrows = Arrows::of(&sources());
    let mut computing = Vec::new();
    for (file, text) in sources() {
        if !FACES.contains(&stage(&file)) {
            continue;
        }
        let used = arrows.to.get(&file).into_iter().flatten();
        computing.extend(
            used.filter(|other| stage(other) == "stats")
                .map(|other| format!("{file} uses {other}")),
        );
        let tokens = tokens::tokens(&text);
        if tokens.windows(2).any(|w| w[0] == "as" && w[1] == "f64") {
            computing.push(format!("{file} makes figures of counts"));
        }
    }
    assert!(computing.is_empty(), "{computing:#?}");
    let server = sources().into_iter().filter(|(f, _)| stage(f) == "web");
    let lines: usize = server.map(|(_, text)| text.lines().count()).sum();
    assert!((500..=SERVER).contains(&lines), "{lines} lines of server");
}

/// The commands, as `cli/command_line.rs` spells them on the command line.
#[test]
fn every_command_has_its_line_in_the_readme() {
    let readme = std::fs::read_to_string(root().join("README.md")).expect("a README");
    let help = std::process::Command::new(env!("CARGO_BIN_EXE_observatoire"))
        .arg("--help")
        .output()
        .expect("the program runs");
    let help = String::from_utf8(help.stdout).expect("UTF-8");
    let commands: Vec<&str> = help
        .lines()
        .filter(|l| l.starts_with("  ") && l[2..].starts_with(|c: char| c.is_ascii_lowercase()))
        .filter_map(|l| l.split_whitespace().next())
        .filter(|c| !matches!(*c, "help" | "aide"))
        .collect();
    assert!(commands.len() >= 14, "{help}");
    for command in commands {
        assert!(
            readme.contains(&format!("observatoire {command}")),
            "{command}"
        );
    }
}

/// What people wrote reaches a report through one screen: only it makes a quotation, and every field
/// of what was cleared that may hold their words is one.
#[test]
fn words_of_people_are_quotations_that_the_screen_alone_makes() {
    let free = [
        "texte",
        "quotes",
        "word",
        "constat",
        "objectif",
        "action",
        "responsable",
        "appui",
        "indicateur",
        "document",
        "page",
    ];
    let mut seen = 0;
    for (name, text) in sources() {
        let made = text.contains("Quotation::new(") || text.contains("Quotation {");
        let own = name.starts_with("privacy/");
        let told = text.contains("-> Quotation {") || text.contains("for Quotation {");
        assert!(!made || own || told, "{name} makes a quotation");
        if !name.starts_with("disclosure/cleared/") {
            continue;
        }
        for line in text.lines().map(str::trim) {
            let field = line.strip_prefix("pub ").and_then(|l| l.split_once(": "));
            if let Some((field, kind)) = field.filter(|f| free.contains(&f.0)) {
                assert!(kind.contains("Quotation"), "{name}: {field}: {kind}");
                seen += 1;
            }
        }
    }
    assert!(seen >= 12, "{seen}");
}
