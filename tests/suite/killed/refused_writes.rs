//! Writes that the system refuses, at every size: the file is cut there, as on a full disk.

use std::process::Command;

use super::verbs::{Bench, VERBS};

/// Runs a verb that may write no file longer than so many blocks of 512 bytes; the system refuses, and
/// does not kill.
#[cfg(unix)]
fn limited(bench: &Bench, verb: &super::Verb, blocks: usize) -> std::process::Output {
    let script = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$@\"");
    Command::new("sh")
        .args(["-c", &script, "sh", env!("CARGO_BIN_EXE_observatoire")])
        .args(verb.line())
        .current_dir(bench.folder())
        .env("NO_COLOR", "1")
        .output()
        .expect("a shell")
}

#[cfg(unix)]
#[test]
fn a_refused_write_at_any_size_leaves_before_or_after() {
    /// Nothing, then what each file of a folder in turn goes beyond.
    const LIMITS: [usize; 12] = [0, 1, 2, 3, 4, 6, 8, 12, 16, 32, 64, 8192];
    let only = std::env::var("OBSERVATOIRE_VERBE").unwrap_or_default();
    for verb in VERBS.iter().filter(|v| v.name.contains(&only) && !v.long) {
        let (ends, _) = super::ends(verb);
        let (mut refused, mut done) = (0, 0);
        for blocks in LIMITS {
            let bench = Bench::of(verb);
            let output = limited(&bench, verb, blocks);
            let told = String::from_utf8_lossy(&output.stderr).into_owned();
            let name = format!("{}, {blocks} blocks: {told}", verb.name);
            match output.status.code() {
                Some(0 | 1) => {
                    done += 1;
                    let seen = bench.look(verb);
                    assert!(seen == ends[1], "{name}: {}", seen.against(&ends[1]));
                }
                Some(3) => {
                    refused += 1;
                    assert!(told.contains("taille permise"), "{name}");
                    assert!(
                        !told.contains("abîmée") && !told.contains("faute"),
                        "{name}"
                    );
                    let seen = bench.look(verb);
                    let whole = super::is_whole(verb, &seen, &ends);
                    assert!(whole, "{name}: {}", seen.against(&ends[1]));
                }
                other => panic!("{other:?} {name}"),
            }
            assert_eq!(bench.leftover(), None, "{name}");
        }
        println!("{:<14} {refused:>3} refused {done:>3} done", verb.name);
        assert!(refused > 0 && done > 0, "{}: {refused}, {done}", verb.name);
    }
}

/// A file where a folder should be.
#[test]
fn what_stands_in_the_way_is_told_and_stays() {
    let mut tried = 0;
    for verb in &VERBS {
        let Some(place) = verb.place() else { continue };
        let bench = Bench::of(verb);
        let path = bench.folder().join(place);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        if std::fs::write(&path, "un fichier").is_err() {
            continue;
        }
        let output = Command::new(env!("CARGO_BIN_EXE_observatoire"))
            .args(verb.line())
            .current_dir(bench.folder())
            .output()
            .expect("the binary runs");
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        let name = format!("{}: {told}", verb.name);
        assert!(matches!(output.status.code(), Some(1..=3)), "{name}");
        assert!(
            !told.contains("abîmée") && !told.contains("os error"),
            "{name}"
        );
        assert_eq!(
            std::fs::read(&path).expect("there"),
            b"un fichier",
            "{name}"
        );
        tried += 1;
    }
    assert!(tried > 5, "{tried}");
}
