//! The figures of a campaign: folded first, then from what is folded. The aim: 300 structures within
//! 0.4 s of processor and 200 MB. `cargo bench --bench indicateurs [-- ACCUEILS]`

mod program;

use program::{Bench, argument};

fn main() {
    let structures = argument(0, 300);
    let bench = Bench::new("indicateurs");
    bench.imported(structures, 1);
    let table = |format: &'static str| ["indicateurs", "--campagne", "C1", "--format", format];
    for (what, format, name) in [
        ("pliage et csv", "csv", "a.csv"),
        ("csv", "csv", "b.csv"),
        ("parquet", "parquet", "c.parquet"),
        ("xlsx", "xlsx", "d.xlsx"),
    ] {
        let out = bench.path(name);
        let arguments = [&table(format)[..], &["--sortie", &out]].concat();
        bench.case(&format!("{structures} accueils, {what}"), &arguments);
    }
}
