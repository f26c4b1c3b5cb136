//! What each audience may not see, and why: the whole delivery is cleared, whatever is asked of it.
//! `cargo bench --bench masquage [-- ACCUEILS]`

mod program;

use program::{Bench, argument};

fn main() {
    let structures = argument(0, 300);
    let bench = Bench::new("masquage");
    bench.imported(structures, 1);
    // Folded before the first case: it would pay for all.
    let out = bench.path("indicateurs.csv");
    bench.run(&[
        "indicateurs",
        "--campagne",
        "C1",
        "--format",
        "csv",
        "--sortie",
        &out,
    ]);
    // Small centres are where most must be hidden: each reader within ten seconds, both campaigns.
    let small = Bench::new("masquage");
    small.simulated(35, 2, &["--reponses", "9"]);
    for campaign in ["C1", "C2"] {
        let out = small.path("indicateurs.csv");
        let format = ["--format", "csv", "--sortie", &out];
        small.run(&[&["indicateurs", "--campagne", campaign], &format[..]].concat());
    }
    for audience in ["equipe", "elus", "familles"] {
        let arguments = ["verifier", "--campagne", "C2", "--public", audience];
        small.case(&format!("35 petits accueils, {audience}"), &arguments);
    }
    for audience in ["equipe", "elus", "familles"] {
        let arguments = ["verifier", "--campagne", "C1", "--public", audience];
        bench.case(&format!("{structures} accueils, {audience}"), &arguments);
    }
}
