//! Rules of the house that the compiler does not hold: who may use whom, short functions, a
//! README line per command.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// What each module may use, besides itself.
const MAY_USE: &[(&str, &[&str])] = &[
    ("error", &[]),
    ("text", &[]),
    ("stats", &[]),
    ("diagnostics", &["text"]),
    ("referentiel", &["config", "diagnostics", "error", "text"]),
    ("table", &["error"]),
    ("tabular", &["error"]),
    ("pdf", &["error"]),
    ("sources", &["diagnostics", "referentiel", "text"]),
    (
        "config",
        &["diagnostics", "error", "referentiel", "sources", "text"],
    ),
    (
        "observations",
        &[
            "config",
            "diagnostics",
            "error",
            "referentiel",
            "sources",
            "table",
            "text",
        ],
    ),
    ("store", &["error", "observations", "table", "text"]),
    (
        "intake",
        &[
            "config",
            "diagnostics",
            "error",
            "observations",
            "referentiel",
            "sources",
            "store",
            "text",
        ],
    ),
    (
        "indicators",
        &[
            "config",
            "diagnostics",
            "error",
            "observations",
            "referentiel",
            "stats",
            "table",
        ],
    ),
    (
        "comparisons",
        &[
            "config",
            "diagnostics",
            "error",
            "indicators",
            "referentiel",
            "stats",
            "text",
        ],
    ),
    (
        "completeness",
        &["config", "indicators", "referentiel", "tabular"],
    ),
    (
        "reliability",
        &[
            "error",
            "observations",
            "referentiel",
            "stats",
            "table",
            "tabular",
            "text",
        ],
    ),
    ("voices", &["error", "observations", "stats", "table"]),
    (
        "priorities",
        &[
            "comparisons",
            "config",
            "error",
            "indicators",
            "observations",
            "referentiel",
            "reliability",
            "stats",
        ],
    ),
    (
        "plans",
        &[
            "comparisons",
            "config",
            "diagnostics",
            "error",
            "indicators",
            "intake",
            "priorities",
            "referentiel",
            "sources",
            "stats",
            "store",
            "tabular",
            "text",
        ],
    ),
    ("ctg", &["indicators", "tabular"]),
    (
        "exports",
        &[
            "comparisons",
            "config",
            "error",
            "indicators",
            "observations",
            "referentiel",
            "table",
            "tabular",
        ],
    ),
    (
        "explanations",
        &[
            "comparisons",
            "error",
            "indicators",
            "observations",
            "plans",
            "priorities",
            "referentiel",
            "reliability",
            "stats",
            "table",
            "text",
            "voices",
        ],
    ),
    (
        "disclosure",
        &[
            "comparisons",
            "config",
            "ctg",
            "error",
            "indicators",
            "plans",
            "priorities",
            "referentiel",
            "reliability",
            "stats",
            "text",
            "voices",
        ],
    ),
    ("charts", &["text"]),
    (
        "reports",
        &[
            "charts",
            "config",
            "disclosure",
            "error",
            "indicators",
            "pdf",
            "referentiel",
            "stats",
            "text",
        ],
    ),
    ("forms", &["error", "pdf", "referentiel", "sources"]),
    (
        "simulation",
        &["config", "error", "forms", "plans", "referentiel", "text"],
    ),
];

fn sources() -> Vec<(String, PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    for name in crate::atelier::files(&root) {
        let path = root.join(&name);
        let module = name
            .split('/')
            .next()
            .unwrap_or("")
            .trim_end_matches(".rs")
            .to_owned();
        let text = std::fs::read_to_string(&path).expect("readable");
        found.push((module, path, text));
    }
    found
}

/// The part of a file before its tests.
fn code(text: &str) -> &str {
    text.split("#[cfg(test)]").next().unwrap_or(text)
}

#[test]
fn modules_use_only_what_they_may() {
    let rules: BTreeMap<&str, &[&str]> = MAY_USE.iter().copied().collect();
    let mut broken = Vec::new();
    for (module, path, text) in sources() {
        let Some(allowed) = rules.get(module.as_str()) else {
            continue;
        };
        for used in code(&text).split("crate::").skip(1) {
            let used: String = used
                .chars()
                .take_while(|c| c.is_ascii_lowercase() || *c == '_')
                .collect();
            if !used.is_empty() && used != module && !allowed.contains(&used.as_str()) {
                broken.push(format!("{} uses {used}", path.display()));
            }
        }
    }
    broken.dedup();
    assert!(broken.is_empty(), "{broken:#?}");
}

#[test]
fn libraries_stay_where_they_belong() {
    let home = [
        ("calamine::", "workbook.rs"),
        ("plotters::", "charts"),
        ("minijinja::", "templates.rs"),
        ("typst::", "pdf"),
    ];
    for (module, path, text) in sources() {
        for (library, place) in home {
            let at_home = path.to_string_lossy().contains(place) || module == place;
            assert!(
                at_home || !code(&text).contains(library),
                "{} uses {library}",
                path.display()
            );
        }
    }
}

#[test]
fn nine_functions_in_ten_are_under_fifty_lines() {
    let mut lengths = Vec::new();
    for (_, _, text) in sources() {
        let lines: Vec<&str> = code(&text).lines().collect();
        for (start, line) in lines.iter().enumerate() {
            let indent = line.len() - line.trim_start().len();
            let is_function = line
                .trim_start()
                .trim_start_matches("pub ")
                .trim_start_matches("pub(super) ")
                .starts_with("fn ");
            if !is_function || line.trim_end().ends_with(';') {
                continue;
            }
            let close = format!("{}}}", " ".repeat(indent));
            if let Some(length) = lines[start..].iter().position(|l| **l == close) {
                lengths.push(length + 1);
            }
        }
    }
    let long = lengths.iter().filter(|l| **l >= 50).count();
    assert!(
        lengths.len() > 200 && long * 10 <= lengths.len(),
        "{long} of {}",
        lengths.len()
    );
}

#[test]
fn every_command_has_its_line_in_the_readme() {
    let readme = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md"))
        .expect("a README");
    for command in [
        "demo",
        "init",
        "simuler",
        "importer",
        "annuler",
        "verifier",
        "indicateurs",
        "exporter",
        "comparer",
        "grille",
        "fidelite",
        "rapport",
        "plan",
        "expliquer",
    ] {
        assert!(
            readme.contains(&format!("observatoire {command}")),
            "{command}"
        );
    }
}

/// « crate version [features] » of everything built, with or without what tests alone need.
fn built(edges: &str) -> BTreeMap<String, String> {
    let output = std::process::Command::new(env!("CARGO"))
        .args(["tree", "--offline", "--prefix", "none", "--edges", edges])
        .args(["--format", "{p}|{f}"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo runs");
    assert!(output.status.success(), "cargo tree {edges}");
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    let lines = text.lines().map(|l| l.trim_end_matches(" (*)"));
    lines
        .filter_map(|l| l.split_once('|'))
        .map(|(name, features)| (name.to_owned(), features.to_owned()))
        .collect()
}

/// A feature that only a dev-dependency switches on makes cargo build a crate, and all that rests
/// on it, a second time: the two commands of the README would not share one build.
#[test]
fn the_program_and_its_tests_share_one_build() {
    let (program, tests) = (built("no-dev"), built("normal,build,dev"));
    let twice: Vec<String> = program
        .iter()
        .filter(|(name, features)| tests.get(*name) != Some(features))
        .map(|(name, features)| format!("{name}: {features} / {:?}", tests.get(name)))
        .collect();
    // A leaf that nothing heavy rests on costs a second.
    let heavy: Vec<&String> = twice.iter().filter(|t| !t.starts_with("digest ")).collect();
    assert!(heavy.is_empty(), "{heavy:#?}");
}
