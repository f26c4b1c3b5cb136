//! Every report of a large territory in one format after another: CPU per structure, files per second.
//! The aims: at most 5 ms of CPU per structure for HTML with its charts, 60 ms for its PDF.
//! `cargo bench --bench rapports [-- ACCUEILS]`

mod program;

use std::path::Path;

use program::{Bench, Spent, argument, files, rounded};
use serde_json::json;

fn main() {
    let structures = argument(0, 300);
    let bench = Bench::new("rapports");
    bench.imported(structures, 2);
    let registry = std::fs::read_to_string(bench.root().join("data/structures.csv"));
    let registry = registry.expect("a registry");
    let first = registry.lines().nth(1).and_then(|l| l.split(',').next());
    // What every report shares: figures, comparisons, masking.
    let team = ["--public", "equipe", "--format", "html"];
    let alone = [&["--structure", first.expect("a structure")], &team[..]].concat();
    // Once to fold: what is only paid by the first delivery would be taken off all the others.
    deliver(&bench, structures, "mise en route", &alone, None);
    let shared = deliver(
        &bench,
        structures,
        "une structure seule, html",
        &alone,
        None,
    );
    for (audience, format) in [
        ("equipe", "html"),
        ("equipe", "pdf"),
        ("equipe", "xlsx"),
        ("elus", "html,pdf,xlsx"),
    ] {
        let arguments = ["--public", audience, "--format", format];
        let shared = shared.cpu.filter(|_| audience == "equipe");
        let what = format!("{audience}, {format}");
        deliver(&bench, structures, &what, &arguments, shared);
    }
    deliver(&bench, structures, "tout", &[], None);
}

/// Delivers once. `shared`: seconds of processor spent before any report; the rest is shared between
/// structures.
fn deliver(
    bench: &Bench,
    structures: usize,
    what: &str,
    arguments: &[&str],
    shared: Option<f64>,
) -> Spent {
    let out = bench.path(&what.replace([' ', ','], "-"));
    let rapport = ["--silencieux", "rapport", "--campagne", "C2"];
    let when = ["--date", "2026-12-15", "--sortie", &out];
    let spent = bench.run(&[&rapport[..], &when[..], arguments].concat());
    let each = spent.cpu.zip(shared).map(|(cpu, shared)| {
        let each = (cpu - shared).max(0.0) / structures as f64 * 1000.0;
        rounded(each, 1)
    });
    let more = json!({ "fichiers": files(Path::new(&out)), "ms_par_accueil": each });
    bench.print(&format!("{structures} accueils, {what}"), spent, &more);
    spent
}
