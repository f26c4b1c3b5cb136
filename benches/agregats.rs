//! Answers by the million, straight in the store: writing them, folding them, and all that is computed
//! once they are folded. The aim: 200 M answers of 33 000 structures folded within 120 s and 6 GiB.
//! `cargo bench --bench agregats [-- REPONSES ACCUEILS]`

mod program;

use program::{Bench, argument, run};

fn main() {
    let (answers, structures) = (argument(0, 2_000_000), argument(1, 3000));
    let bench = Bench::new("agregats");
    let name = |what: &str| format!("{answers} réponses, {structures} accueils, {what}");
    let root = bench.root();
    let root = root.to_str().expect("a path");
    let (total, many) = (answers.to_string(), structures.to_string());
    let simulate = ["simuler", root, "--structures", &many, "--campagnes", "1"];
    let direct = ["--graine", "7", "--reponses", &total, "--direct"];
    let written = run(&[&simulate[..], &direct[..]].concat());
    bench.print(&name("écriture"), written, &serde_json::json!({}));
    let out = bench.path("indicateurs.parquet");
    let shared = bench.path("agregats");
    let figures = ["indicateurs", "--campagne", "C1", "--format", "parquet"];
    let figures = [&figures[..], &["--sortie", &out]].concat();
    bench.case(&name("pliage et indicateurs"), &figures);
    bench.case(&name("indicateurs"), &figures);
    let export = ["exporter", "agregats", "--campagne", "C1"];
    let export = [&export[..], &["--sortie", &shared]].concat();
    bench.case(&name("exporter agregats"), &export);
    let first = std::fs::read_to_string(bench.root().join("data/structures.csv"));
    let first = first.expect("a registry");
    let first = first.lines().nth(1).and_then(|l| l.split(',').next());
    let report = ["rapport", "--public", "equipe", "--format", "html"];
    let report = [&report[..], &["--structure", first.expect("a structure")]].concat();
    bench.case(&name("rapport d’une équipe"), &report);
}
