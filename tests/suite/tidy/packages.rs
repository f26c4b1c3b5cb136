//! What the program is built from: one build for all, nothing that speaks to a network, licences
//! that a collectivité may hand out.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

/// Everything reaches these when it opens a connection of its own.
const NETWORK: &[&str] = &[
    "curl",
    "h2",
    "isahc",
    "native-tls",
    "object_store",
    "openssl",
    "openssl-sys",
    "quinn",
    "reqwest",
    "ring",
    "rustls",
    "surf",
    "ureq",
];

const CRATES_IO: &str = "registry+https://github.com/rust-lang/crates.io-index";

fn cargo(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO"))
        .args(arguments)
        .arg("--offline")
        .current_dir(super::root())
        .output()
        .expect("cargo runs");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "cargo {arguments:?}: {said}");
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// « crate version » → features of everything built, with or without what tests alone need.
fn built(edges: &str) -> BTreeMap<String, String> {
    let text = cargo(&[
        "tree", "--prefix", "none", "--edges", edges, "--format", "{p}|{f}",
    ]);
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

/// Every package that any platform or feature would build.
fn locked() -> Vec<toml::Table> {
    let text = std::fs::read_to_string(super::root().join("Cargo.lock")).expect("Cargo.lock");
    let lock: toml::Table = text.parse().expect("TOML");
    let packages = lock["package"].as_array().expect("packages");
    packages
        .iter()
        .filter_map(|p| p.as_table().cloned())
        .collect()
}

/// « Tout reste sur le poste »: no client, no TLS, whatever the platform.
#[test]
fn no_package_speaks_to_a_network() {
    let packages = locked();
    let names: BTreeSet<&str> = packages.iter().filter_map(|p| p["name"].as_str()).collect();
    assert!(
        names.contains("polars") && names.len() > 100,
        "{} packages",
        names.len()
    );
    let network: Vec<&&str> = names.iter().filter(|n| NETWORK.contains(n)).collect();
    assert!(network.is_empty(), "{network:?}");
}

/// The local page answers this machine's browser; it asks nothing of anybody. HTTP is built without its client,
/// nothing of ours connects but to ask a first start whether it is there, on 127.0.0.1.
#[test]
fn http_is_answered_and_never_asked() {
    let built = built("no-dev");
    let mut seen = 0;
    for (name, features) in built.iter().filter(|(n, _)| n.starts_with("hyper")) {
        seen += 1;
        let client: Vec<&str> = features
            .split(',')
            .filter(|f| f.contains("client") || *f == "full" || *f == "http2")
            .collect();
        assert!(client.is_empty(), "{name}: {client:?}");
    }
    assert_eq!(seen, 2, "hyper and hyper-util");
    let callers: Vec<String> = super::sources()
        .into_iter()
        .filter(|(_, text)| text.contains("TcpStream::connect") || text.contains("UdpSocket"))
        .map(|(file, _)| file)
        .collect();
    assert_eq!(callers, ["web/instances.rs"]);
}

/// `deny.toml` says the same to `cargo deny`, which sees other platforms too; this needs no tool
/// beyond cargo.
#[test]
fn licences_and_sources_are_those_of_deny_toml() {
    let deny = std::fs::read_to_string(super::root().join("deny.toml")).expect("deny.toml");
    let deny: toml::Table = deny.parse().expect("TOML");
    let allowed = deny["licenses"]["allow"].as_array().expect("a list");
    let allowed: BTreeSet<&str> = allowed.iter().filter_map(toml::Value::as_str).collect();
    let edges = "normal,build,dev";
    let text = cargo(&[
        "tree", "--prefix", "none", "--edges", edges, "--format", "{p}|{l}",
    ]);
    let lines: BTreeSet<&str> = text.lines().map(|l| l.trim_end_matches(" (*)")).collect();
    let licences = lines.iter().filter_map(|l| l.split_once('|'));
    let refused: Vec<(&str, &str)> = licences.filter(|(_, l)| !satisfied(l, &allowed)).collect();
    assert!(lines.len() > 100 && refused.is_empty(), "{refused:#?}");
    let strangers: Vec<toml::Table> = locked()
        .into_iter()
        .filter(|p| {
            p.get("source")
                .is_some_and(|s| s.as_str() != Some(CRATES_IO))
        })
        .collect();
    assert!(strangers.is_empty(), "{strangers:#?}");
}

/// An SPDX expression: `OR` before `AND`, parentheses, the old « A/B ».
fn satisfied(expression: &str, allowed: &BTreeSet<&str>) -> bool {
    let spaced = expression
        .replace('(', " ( ")
        .replace(')', " ) ")
        .replace('/', " OR ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut at = 0;
    any_of(&words, &mut at, allowed) && at == words.len()
}

fn any_of(words: &[&str], at: &mut usize, allowed: &BTreeSet<&str>) -> bool {
    let mut fits = all_of(words, at, allowed);
    while words.get(*at) == Some(&"OR") {
        *at += 1;
        fits |= all_of(words, at, allowed);
    }
    fits
}

fn all_of(words: &[&str], at: &mut usize, allowed: &BTreeSet<&str>) -> bool {
    let mut fits = one(words, at, allowed);
    while words.get(*at) == Some(&"AND") {
        *at += 1;
        fits &= one(words, at, allowed);
    }
    fits
}

fn one(words: &[&str], at: &mut usize, allowed: &BTreeSet<&str>) -> bool {
    let word = words.get(*at).copied().unwrap_or_default();
    *at += 1;
    if word == "(" {
        let fits = any_of(words, at, allowed);
        *at += 1;
        return fits;
    }
    if words.get(*at) == Some(&"WITH") {
        let exception = words.get(*at + 1).copied().unwrap_or_default();
        *at += 2;
        return allowed.contains(format!("{word} WITH {exception}").as_str());
    }
    allowed.contains(word)
}

#[test]
fn expressions_of_licences_are_understood() {
    let allowed = BTreeSet::from(["MIT", "Zlib", "Apache-2.0 WITH LLVM-exception"]);
    for fits in [
        "MIT",
        "GPL-3.0 OR MIT",
        "MIT/GPL-2.0",
        "(GPL-2.0 OR Zlib) AND MIT",
        "Apache-2.0 WITH LLVM-exception",
    ] {
        assert!(satisfied(fits, &allowed), "{fits}");
    }
    for refused in [
        "",
        "GPL-3.0",
        "MIT AND GPL-3.0",
        "(GPL-2.0 OR Zlib) AND GPL-2.0",
        "Apache-2.0",
    ] {
        assert!(!satisfied(refused, &allowed), "{refused}");
    }
}
