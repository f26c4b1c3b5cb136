//! An import killed at any instant leaves the state before or the state after, and never a half.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use observatoire::vocabulary::referentiel::SourceCode;

use crate::atelier::Atelier;
use crate::fixtures::form;

fn start(root: &Path, folder: &Path) -> std::process::Child {
    Command::new(env!("CARGO_BIN_EXE_observatoire"))
        .arg("--dossier")
        .arg(root)
        .args(["importer", "--campagne", "C1"])
        .arg(folder)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the binary runs")
}

#[test]
fn a_kill_at_any_instant_leaves_before_or_after() {
    let atelier = Atelier::blank();
    let observers: Vec<String> = (1..=6).map(|i| format!("O{i}")).collect();
    for observer in &observers {
        let name = format!("reçus/{observer}.xlsx");
        atelier.write(&name, &form(SourceCode::Obs, "1", observer, &[]));
    }
    let folder = atelier.root().join("reçus");
    let rows = || {
        let answer = atelier.run(&["exporter", "observations"]);
        assert_eq!(answer.code, 0, "{}", answer.stderr);
        answer.stdout.lines().count() - 1
    };
    let whole = {
        let again = Atelier::blank();
        let mut child = start(&again.root(), &folder);
        assert!(child.wait().expect("ended").success());
        let table = again.run(&["exporter", "observations"]).stdout;
        table.lines().count() - 1
    };
    let mut seen = 0;
    for instant in 0..40 {
        let mut child = start(&atelier.root(), &folder);
        std::thread::sleep(Duration::from_millis(instant));
        // Already over is as good an instant as any.
        let _ = child.kill();
        child.wait().expect("ended");
        let now = rows();
        assert!(
            now == seen || now == whole,
            "{now} of {whole} after {instant} ms"
        );
        seen = now;
    }
    let answer = atelier.run(&["importer", &folder.to_string_lossy(), "--campagne", "C1"]);
    assert_eq!(answer.code, 0, "{}", answer.stderr);
    assert_eq!(rows(), whole);
}
