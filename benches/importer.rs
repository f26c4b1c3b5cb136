//! Reading 1 000 workbooks of some 70 rated éléments, to typed columns, against bare calamine on
//! the same files and threads, then written to the store. `rapport` is the ratio to bare calamine, run
//! in turn (the median of the rounds, on the clock and in processor time): the aims are 1.25 at most
//! to typed columns, 1.6 with writing. `cargo bench --bench importer [-- CLASSEURS]`

mod program;

use std::io::Cursor;
use std::path::PathBuf;

use calamine::{Reader, Xlsx};
use observatoire::forms::{self, FilledRating, FormIdentity};
use observatoire::intake::store::Store;
use observatoire::intake::{FileCorrections, Request, import};
use observatoire::vocabulary::config::{Observatory, Settings};
use observatoire::vocabulary::referentiel::{Referentiel, SourceCode, StructureType};
use program::{Bench, Spent, argument, rounded};
use rayon::prelude::*;
use serde_json::json;

const ROUNDS: usize = 7;

/// An observatory with as many structures as workbooks, and its filled grids.
fn lay(dir: &std::path::Path, n: usize) -> (Observatory, Vec<PathBuf>) {
    let settings = "[territoire]\nnom = \"Banc\"\n[[campagnes]]\nid = \"C1\"\nlabel = \"C1\"\n\
        debut = \"2026-04-27\"\nfin = \"2026-07-03\"\nreferentiel = \"v2\"\n";
    Settings::parse("observatoire.toml", settings).expect("settings");
    std::fs::create_dir_all(dir.join("data/brut")).expect("a folder");
    std::fs::write(dir.join("observatoire.toml"), settings).expect("written");
    let lines = (0..n).map(|i| format!("S{i:05},Accueil {i},mixte,oui\n"));
    let registry = format!("code,nom,type,pedt\n{}", lines.collect::<String>());
    std::fs::write(dir.join("data/structures.csv"), registry).expect("written");
    let observatory = Observatory::open(Some(dir)).expect("an observatory");
    let referentiel = observatory.referentiel(&observatory.settings.campaigns[0]);
    let paths: Vec<PathBuf> = (0..n)
        .into_par_iter()
        .map(|i| {
            let asked = referentiel.instrument(SourceCode::Obs, StructureType::Mixte);
            let answers = asked
                .map(|(e, x)| {
                    (
                        x.code.clone(),
                        FilledRating::new(modality(referentiel, x.scale, e + i), ""),
                    )
                })
                .collect::<std::collections::HashMap<String, FilledRating>>();
            let identity = FormIdentity {
                code: format!("S{i:05}"),
                name: format!("Accueil {i}"),
                visit: "1".to_owned(),
                date: "2026-05-12".to_owned(),
                observer: "O1".to_owned(),
                ..FormIdentity::default()
            };
            let kind = StructureType::Mixte;
            let bytes = forms::write(
                referentiel,
                SourceCode::Obs,
                kind,
                &identity,
                &answers,
                false,
            );
            let path = dir.join(format!("data/brut/Grille S{i:05}.xlsx"));
            std::fs::write(&path, bytes.expect("a form")).expect("written");
            path
        })
        .collect();
    (observatory, paths)
}

/// Code of a modality of a scale, one after the other.
fn modality(referentiel: &Referentiel, scale: usize, rank: usize) -> String {
    let all = &referentiel.scales[scale].modalities;
    all[rank % all.len()].code.clone()
}

/// Every cell of every sheet, as calamine gives them.
fn bare(paths: &[PathBuf]) -> usize {
    paths
        .par_iter()
        .map(|path| {
            let bytes = std::fs::read(path).expect("readable");
            let mut book = Xlsx::new(Cursor::new(bytes)).expect("a workbook");
            let names = book.sheet_names();
            let cells = |name: &String| {
                book.worksheet_range(name)
                    .map_or(0, |r| r.used_cells().count())
            };
            names.iter().map(cells).sum::<usize>()
        })
        .sum()
}

/// What a piece of work took, against bare calamine run just before it on the same files: a machine
/// that is busy slows both.
struct Paired {
    /// Medians over the rounds, in seconds of the clock.
    spent: Spent,
    /// Medians of the ratios, clock and processor.
    ratio: f64,
    cpu_ratio: Option<f64>,
}

impl Paired {
    /// Each round: bare calamine, then the work.
    fn measure(paths: &[PathBuf], mut work: impl FnMut(usize)) -> Self {
        let mut rounds: Vec<(Spent, Spent)> = Vec::new();
        for round in 0..ROUNDS {
            let alone = Spent::of(|| assert!(bare(paths) > 0));
            rounds.push((alone, Spent::of(|| work(round))));
        }
        let clock = |f: fn(&(Spent, Spent)) -> f64| median(rounds.iter().map(f).collect());
        let cpu = rounds.iter().map(|(a, w)| Some(w.cpu? / a.cpu?));
        Self {
            spent: Spent {
                seconds: clock(|(_, work)| work.seconds),
                cpu: rounds
                    .iter()
                    .map(|(_, w)| w.cpu)
                    .collect::<Option<_>>()
                    .map(median),
                mib: None,
            },
            ratio: clock(|(alone, work)| work.seconds / alone.seconds),
            cpu_ratio: cpu.collect::<Option<_>>().map(median),
        }
    }

    fn print(&self, bench: &Bench, case: &str) {
        let more = json!({
            "fils": rayon::current_num_threads(),
            "rapport": rounded(self.ratio, 2),
            "rapport_processeur": self.cpu_ratio.map(|r| rounded(r, 2)),
        });
        bench.print(case, self.spent, &more);
    }
}

fn median(mut all: Vec<f64>) -> f64 {
    all.sort_by(f64::total_cmp);
    all[all.len() / 2]
}

fn main() {
    let n = argument(0, 1000);
    let bench = Bench::new("importer");
    let dir = bench.root();
    let (observatory, paths) = lay(&dir, n);
    let store = Store::at(observatory.store_dir());
    let corrections = FileCorrections::new();
    let request = |simulation| Request {
        elsewhere: None,
        replaces: &[],
        corrections: &corrections,
        confirmation: observatoire::intake::WhoConfirms::Nobody,
        folder: None,
        paths: &paths,
        campaign: &observatory.settings.campaigns[0],
        source: None,
        structure: None,
        tool: None,
        mapping: None,
        accept_near: false,
        ignored: &[],
        simulation,
        reread: false,
        date: "2026-05-12".parse().expect("a day"),
    };
    let typed = Paired::measure(&paths, |_| {
        let read = import(&observatory, &store, &request(true)).expect("read");
        assert!(read.files.iter().all(|f| f.rows > 60));
    });
    typed.print(&bench, &format!("{n} classeurs, colonnes typées"));
    let written = Paired::measure(&paths, |round| {
        let store = Store::at(dir.join(format!("base{round}/data/store")));
        import(&observatory, &store, &request(false)).expect("imported");
    });
    written.print(&bench, &format!("{n} classeurs, lecture et écriture"));
}
