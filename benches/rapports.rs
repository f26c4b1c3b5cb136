//! Every report of a large territory in one format after another: reports per second, CPU per
//! structure, peak memory. The aims: at most 5 ms of CPU per structure for HTML with its charts, 60 ms
//! for its PDF. `cargo bench --bench rapports [-- ACCUEILS]`

use std::ffi::OsString;
use std::path::Path;
use std::time::Instant;

use mimalloc::MiMalloc;

/// As in the program.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

/// Runs a command of the program in this process.
fn run(arguments: &[&str]) {
    let all = std::iter::once("observatoire").chain(arguments.iter().copied());
    let code = observatoire::cli::main(all.map(OsString::from));
    assert!(code < 2, "{arguments:?}: {code}");
}

/// CPU seconds of this process so far, user and system (`proc(5)`); none elsewhere than on Linux.
fn cpu() -> Option<f64> {
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    let fields: Vec<&str> = stat.rsplit(')').next()?.split_whitespace().collect();
    let ticks: f64 = [11, 12]
        .iter()
        .filter_map(|i| fields.get(*i)?.parse::<f64>().ok())
        .sum();
    Some(ticks / 100.0)
}

/// Peak memory of this process, in MiB.
fn peak() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|l| l.starts_with("VmHWM"))?;
    let kib: f64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kib / 1024.0)
}

fn files(dir: &Path) -> usize {
    let entries = std::fs::read_dir(dir).into_iter().flatten().flatten();
    entries
        .map(|e| {
            if e.path().is_dir() {
                files(&e.path())
            } else {
                1
            }
        })
        .sum()
}

fn main() {
    let asked = std::env::args()
        .skip(1)
        .find_map(|a| a.parse::<usize>().ok());
    let structures = asked.unwrap_or(300);
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path().join("observatoire");
    let root = root.to_str().expect("a path");
    let many = structures.to_string();
    let lay = [
        "simuler",
        root,
        "--structures",
        &many,
        "--campagnes",
        "2",
        "--graine",
        "7",
    ];
    run(&lay);
    for campaign in ["C1", "C2"] {
        let raw = format!("{root}/data/brut/{campaign}");
        run(&[
            "--silencieux",
            "--dossier",
            root,
            "importer",
            &raw,
            "--campagne",
            campaign,
        ]);
    }
    let registry =
        std::fs::read_to_string(format!("{root}/data/structures.csv")).expect("a registry");
    let first = registry
        .lines()
        .nth(1)
        .and_then(|l| l.split(',').next())
        .expect("a structure");
    // What every report shares: figures, comparisons, masking.
    let arguments = [
        "--structure",
        first,
        "--public",
        "equipe",
        "--format",
        "html",
    ];
    // Once to warm up: what is only paid by the first delivery would be taken off all the others.
    measure(root, "mise en route", &arguments, None);
    let alone = measure(root, "une structure seule, html", &arguments, None);
    for (audience, format) in [
        ("equipe", "html"),
        ("equipe", "pdf"),
        ("equipe", "xlsx"),
        ("elus", "html,pdf,xlsx"),
    ] {
        let arguments = ["--public", audience, "--format", format];
        let shared = (audience == "equipe").then_some((alone, structures));
        measure(root, &format!("{audience}, {format}"), &arguments, shared);
    }
    measure(root, "tout", &[], None);
    if let Some(peak) = peak() {
        println!("mémoire au plus haut : {peak:.0} Mio");
    }
}

/// Delivers once; gives its CPU seconds. `shared`: what was spent before any report, and between how
/// many structures the rest is shared.
fn measure(root: &str, what: &str, arguments: &[&str], shared: Option<(f64, usize)>) -> f64 {
    let out = format!("{root}/reports/rendus/banc");
    let mut all = vec![
        "--silencieux",
        "--dossier",
        root,
        "rapport",
        "--campagne",
        "C2",
    ];
    all.extend(["--date", "2026-12-15", "--sortie", &out]);
    all.extend(arguments);
    let (wall, before) = (Instant::now(), cpu().unwrap_or_default());
    run(&all);
    let spent = cpu().unwrap_or_default() - before;
    let seconds = wall.elapsed().as_secs_f64();
    let written = files(Path::new(&out)).saturating_sub(2);
    println!(
        "{what} : {written} fichiers en {seconds:.1} s, {:.0} par seconde, {spent:.1} s de processeur",
        written as f64 / seconds
    );
    if let Some((alone, structures)) = shared {
        let each = (spent - alone).max(0.0) / structures as f64 * 1000.0;
        println!("    {each:.1} ms de processeur par structure, le calcul partagé mis à part");
    }
    spent
}
