//! Calls of the system refused one at a time (flush of a file or of a folder, rename, creation, write,
//! removal), wherever they are made: a small library loaded before the system's own counts them, and
//! refuses the one that is asked. Needs a C compiler; without, it is said, and the test left aside.
//!
//! The suite refuses few; `OBSERVATOIRE_REFUS=40` refuses so many of each kind and verb.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;

use super::verbs::{Bench, Leaves, VERBS, Verb};

/// Kinds in the suite; by hand all of them.
const FEW: [&str; 3] = ["fsync", "rename", "open"];

/// A call to refuse.
struct Refusal {
    kind: String,
    rank: usize,
}

fn library() -> Option<&'static Path> {
    static BUILT: OnceLock<Option<PathBuf>> = OnceLock::new();
    let built = BUILT.get_or_init(|| {
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/suite/killed/refuse.c");
        let out =
            std::env::temp_dir().join(format!("observatoire-refus-{}.so", std::process::id()));
        let mut compiler = Command::new("cc");
        compiler.args(["-shared", "-fPIC", "-O1", "-o"]).arg(&out);
        let built = compiler.arg(source).arg("-ldl").status();
        built.is_ok_and(|status| status.success()).then_some(out)
    });
    if built.is_none() {
        eprintln!("cc n’est pas installé : appels du système non refusés.");
    }
    built.as_deref()
}

fn run(bench: &Bench, verb: &Verb, set: (&str, &str)) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_observatoire"));
    if let Some(library) = library() {
        command.env("LD_PRELOAD", library).env(set.0, set.1);
    }
    command
        .args(verb.line())
        .current_dir(bench.folder())
        .env("NO_COLOR", "1")
        .output()
        .expect("the binary runs")
}

/// How many calls of each kind a verb makes.
fn calls(verb: &Verb) -> Vec<Refusal> {
    let bench = Bench::of(verb);
    let out = bench.folder().join("appels");
    run(
        &bench,
        verb,
        ("OBSERVATOIRE_COMPTE", &out.to_string_lossy()),
    );
    let counted = std::fs::read_to_string(&out).expect("calls were counted");
    let read = |line: &str| {
        let (kind, rank) = line.split_once(' ').expect("a kind, a number");
        let rank = rank.parse().expect("a number");
        Refusal {
            kind: kind.to_owned(),
            rank,
        }
    };
    counted.lines().map(read).collect()
}

/// Ranks to refuse among so many, spread over them.
fn spread(total: usize, most: usize) -> Vec<usize> {
    let chosen = most.min(total);
    (0..chosen)
        .map(|i| (2 * i + 1) * total / (2 * chosen) + 1)
        .collect()
}

#[test]
fn a_refused_call_leaves_before_or_after() {
    if library().is_none() {
        return;
    }
    let asked = std::env::var("OBSERVATOIRE_REFUS").ok();
    let asked = asked.and_then(|n| n.parse::<usize>().ok());
    let only = std::env::var("OBSERVATOIRE_VERBE").unwrap_or_default();
    let (mut lost, mut all_refused) = (Vec::new(), 0);
    for verb in VERBS.iter().filter(|v| v.name.contains(&only) && !v.long) {
        let (ends, _) = super::ends(verb);
        let (mut refused, mut done) = (0, 0);
        for of_kind in calls(verb) {
            if asked.is_none() && !FEW.contains(&&*of_kind.kind) {
                continue;
            }
            for rank in spread(of_kind.rank, asked.unwrap_or(1)) {
                let bench = Bench::of(verb);
                let log = bench.log();
                let call = format!("{}:{rank}", of_kind.kind);
                let output = run(&bench, verb, ("OBSERVATOIRE_REFUS", &call));
                let told = String::from_utf8_lossy(&output.stderr).into_owned();
                let name = format!("{}, {call}: {told}", verb.name);
                let seen = bench.look(verb);
                let is_whole = match output.status.code() {
                    // It did without.
                    Some(0 | 1) => {
                        done += 1;
                        seen == ends[1]
                    }
                    Some(3) => {
                        refused += 1;
                        super::is_whole(verb, &seen, &ends)
                    }
                    _ => false,
                };
                if !is_whole || told.contains("abîmée") || told.contains("faute") {
                    lost.push(format!("{name} {}", seen.against(&ends[1])));
                }
                if verb.leaves == Leaves::EachFile && seen != ends[0] && bench.log() == log {
                    lost.push(format!("{name} delivered, and not remembered"));
                }
                if verb.adds && seen == ends[1] {
                    continue;
                }
                let again = super::start(&bench, verb)
                    .status()
                    .expect("the binary runs");
                let ended = bench.look(verb);
                if again.code().is_none_or(|c| c > 2) || ended != ends[1] {
                    lost.push(format!(
                        "{name}, again {again}: {}",
                        ended.against(&ends[1])
                    ));
                }
            }
        }
        println!(
            "{:<14} {refused:>4} refused {done:>4} done without",
            verb.name
        );
        all_refused += refused;
    }
    assert!(all_refused > 5 || !only.is_empty(), "{all_refused}");
    assert!(lost.is_empty(), "{lost:#?}");
}
