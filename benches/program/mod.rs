//! Runs the program as anybody does and prints what it took, one JSON line per case on stdout:
//! `{"banc":"indicateurs","cas":"300 accueils","secondes":0.41,"processeur":0.38,"mio":180}`.
//! Processor seconds and peak memory are read in `/proc`, and are null elsewhere than on Linux.

#![allow(dead_code, reason = "each bench uses what it needs")]

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

/// Between two looks at a running program.
const LOOK: Duration = Duration::from_millis(5);

/// What a run took.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Spent {
    /// Seconds on the clock.
    pub(crate) seconds: f64,
    /// Seconds of processor, user and system.
    pub(crate) cpu: Option<f64>,
    /// Peak memory, in MiB.
    pub(crate) mib: Option<f64>,
}

impl Spent {
    /// What a piece of work of this very process takes.
    pub(crate) fn of(work: impl FnOnce()) -> Self {
        let (start, before) = (Instant::now(), own_cpu());
        work();
        Self {
            seconds: start.elapsed().as_secs_f64(),
            cpu: own_cpu().zip(before).map(|(after, before)| after - before),
            mib: None,
        }
    }
}

/// A folder for the time of a bench.
pub(crate) struct Bench {
    name: &'static str,
    folder: tempfile::TempDir,
}

impl Bench {
    /// An empty folder.
    pub(crate) fn new(name: &'static str) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        Self { name, folder }
    }

    /// The observatory of the bench.
    pub(crate) fn root(&self) -> PathBuf {
        self.folder.path().join("observatoire")
    }

    /// A path beside it.
    pub(crate) fn path(&self, name: &str) -> String {
        let path = self.folder.path().join(name);
        path.to_str().expect("a path").to_owned()
    }

    /// Raw files of a fictitious territory, imported.
    pub(crate) fn imported(&self, structures: usize, campaigns: usize) {
        self.simulated(structures, campaigns, &[]);
    }

    /// The same, with more said to `simuler`.
    pub(crate) fn simulated(&self, structures: usize, campaigns: usize, more: &[&str]) {
        let root = self.root();
        let root = root.to_str().expect("a path");
        let (many, campaigns) = (structures.to_string(), campaigns.to_string());
        let simulate = ["simuler", root, "--structures", &many, "--graine", "7"];
        run(&[&simulate[..], &["--campagnes", &campaigns], more].concat());
        let last: usize = campaigns.parse().expect("a number");
        for campaign in (1..=last).map(|k| format!("C{k}")) {
            let raw = format!("{root}/data/brut/{campaign}");
            self.run(&["--silencieux", "importer", &raw, "--campagne", &campaign]);
        }
    }

    /// Runs a command on the observatory.
    pub(crate) fn run(&self, arguments: &[&str]) -> Spent {
        let root = self.root();
        run(&[&["--dossier", root.to_str().expect("a path")], arguments].concat())
    }

    /// Runs a command on the observatory, and prints what it took.
    pub(crate) fn case(&self, case: &str, arguments: &[&str]) -> Spent {
        let spent = self.run(arguments);
        self.print(case, spent, &json!({}));
        spent
    }

    /// Prints a case, with what else is to be known of it.
    pub(crate) fn print(&self, case: &str, spent: Spent, more: &Value) {
        let mut line = json!({
            "banc": self.name,
            "cas": case,
            "secondes": rounded(spent.seconds, 3),
            "processeur": spent.cpu.map(|cpu| rounded(cpu, 2)),
            "mio": spent.mib.map(f64::round),
        });
        if let (Some(line), Some(more)) = (line.as_object_mut(), more.as_object()) {
            line.extend(more.clone());
        }
        println!("{line}");
    }

    /// What is folded of the imports leaves: they will be folded again.
    pub(crate) fn unfold(&self) {
        let imports = self.root().join("data/store/imports");
        for import in std::fs::read_dir(imports).expect("imports").flatten() {
            let folded = import.path().join("agregats");
            if folded.is_dir() {
                std::fs::remove_dir_all(folded).expect("removed");
            }
        }
    }
}

/// The n-th number among the arguments of the bench.
pub(crate) fn argument(position: usize, default: usize) -> usize {
    let mut numbers = std::env::args().filter_map(|a| a.parse().ok());
    numbers.nth(position).unwrap_or(default)
}

/// Rounds what is printed.
pub(crate) fn rounded(value: f64, digits: i32) -> f64 {
    let scale = 10_f64.powi(digits);
    (value * scale).round() / scale
}

/// Files under a folder.
pub(crate) fn files(dir: &Path) -> usize {
    let entries = std::fs::read_dir(dir).into_iter().flatten().flatten();
    let counts = entries.map(|e| {
        if e.path().is_dir() {
            files(&e.path())
        } else {
            1
        }
    });
    counts.sum()
}

/// Runs the program to its end.
pub(crate) fn run(arguments: &[&str]) -> Spent {
    let start = Instant::now();
    let mut child = Command::new(env!("CARGO_BIN_EXE_observatoire"))
        .args(arguments)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program");
    let mut spent = Spent::default();
    let status = loop {
        if let Some(status) = child.try_wait().expect("a child") {
            break status;
        }
        look(&child, &mut spent);
        std::thread::sleep(LOOK);
    };
    // 1: done, with errors in the data to be told.
    let code = status.code();
    assert!(
        code == Some(0) || code == Some(1),
        "{arguments:?}: {status}"
    );
    spent.seconds = start.elapsed().as_secs_f64();
    spent
}

/// What a running program has taken so far (`proc(5)`); what cannot be read stays as it was.
fn look(child: &Child, spent: &mut Spent) {
    let read = |name: &str| std::fs::read_to_string(format!("/proc/{}/{name}", child.id()));
    spent.cpu = read("stat")
        .ok()
        .and_then(|s| cpu_seconds(&s))
        .or(spent.cpu);
    let status = read("status").unwrap_or_default();
    let line = status.lines().find(|l| l.starts_with("VmHWM"));
    let kib = line.and_then(|l| l.split_whitespace().nth(1)?.parse::<f64>().ok());
    spent.mib = kib.map(|k| k / 1024.0).or(spent.mib);
}

/// What this process has taken so far.
fn own_cpu() -> Option<f64> {
    cpu_seconds(&std::fs::read_to_string("/proc/self/stat").ok()?)
}

/// User and system time, in seconds, of a line of `proc(5)`.
fn cpu_seconds(stat: &str) -> Option<f64> {
    let fields = stat.rsplit(')').next()?.split_whitespace();
    let ticks: Vec<f64> = fields.skip(11).take(2).flat_map(str::parse).collect();
    (ticks.len() == 2).then(|| (ticks[0] + ticks[1]) / 100.0)
}
