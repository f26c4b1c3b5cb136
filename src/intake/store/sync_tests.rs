//! Two or three machines share a folder through a synchroniser that brings files one by one, in any
//! order, by halves, twice, under other names. Whatever happens, no answer is lost and none is counted
//! twice: as long as a machine does not have everything, it says so or shows what the actions that it
//! has add up to; once it has everything, all show the same. Many interleavings:
//! `SYNCHRONISATIONS=10000 cargo test … sync_tests`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rand::seq::SliceRandom as _;
use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;

use super::store_tests::{long, row, v1};
use super::*;
use crate::base::day::on;
use crate::intake::observations::{Observation, Statut, typed_files};

/// Interleavings in the suite.
const FEW: u64 = 150;

/// Units that machines quarrel about: two grids and a questionnaire of two structures.
const UNITS: [&str; 5] = [
    "AUT|R01|été|||REL-1-AUT-1",
    "AUT|R02|été|||REL-1-AUT-1",
    "OBS|R01|1|O1||REL-1-OBS-1",
    "OBS|R02|1|O2||REL-1-OBS-1",
    "OBS|R02|2|O2||REL-1-OBS-1",
];

/// What one machine did.
#[derive(Clone)]
struct Acted {
    name: String,
    /// Actions whose manifests it had.
    seen: BTreeSet<usize>,
    what: What,
}

#[derive(Clone)]
enum What {
    /// A file: its units, and the value that all its answers bear.
    Import { units: Vec<usize>, value: String },
    /// The import taken back.
    Undo(usize),
}

struct World<'a> {
    root: tempfile::TempDir,
    machines: usize,
    referentiel: &'a Referentiel,
    dice: ChaCha8Rng,
    done: Vec<Acted>,
    /// Bytes of every file that a machine wrote, by its path in the shared folder.
    written: BTreeMap<String, Arc<Vec<u8>>>,
    told_unwhole: usize,
}

impl<'a> World<'a> {
    fn new(seed: u64, referentiel: &'a Referentiel) -> Self {
        let mut dice = ChaCha8Rng::seed_from_u64(seed);
        Self {
            root: tempfile::tempdir().expect("a folder"),
            machines: dice.random_range(2..=3),
            referentiel,
            dice,
            done: Vec::new(),
            written: BTreeMap::new(),
            told_unwhole: 0,
        }
    }

    fn folder(&self, machine: usize) -> PathBuf {
        self.root.path().join(format!("m{machine}"))
    }

    fn store(&self, machine: usize) -> Store {
        let store = Store::at(self.folder(machine).join("store"));
        store.referentiels.know(self.referentiel);
        store.on(&format!("PC{machine}"))
    }

    /// Actions whose manifests a machine has.
    fn has(&self, machine: usize) -> Option<BTreeSet<usize>> {
        let dir = self.folder(machine).join("store").join("manifestes");
        let read = manifest::read_all(&dir).ok()?;
        let ranks = self.done.iter().enumerate();
        let had = ranks.filter(|(_, d)| read.all.contains_key(&d.name));
        Some(had.map(|(rank, _)| rank).collect())
    }

    /// Remembers what a machine has written.
    fn collect(&mut self, machine: usize) {
        let folder = self.folder(machine);
        for path in files(&folder) {
            let is_mark = path.starts_with("reperes/");
            let is_own = path == format!("reperes/PC{machine}.json");
            let is_stray = path.contains(" (1)") || path.contains("-PC9");
            if is_stray || path.contains("verrou") || (is_mark && !is_own) {
                continue;
            }
            let bytes = std::fs::read(folder.join(&path)).expect("readable");
            // What is named by its content never changes; what was brought by halves is not the machine's.
            if is_own || !self.written.contains_key(&path) {
                self.written.insert(path, Arc::new(bytes));
            }
        }
    }

    fn act(&mut self, machine: usize) {
        let Some(seen) = self.has(machine) else {
            self.told_unwhole += 1;
            return;
        };
        let store = self.store(machine);
        let what = if self.dice.random_bool(0.25) {
            self.undo(&store, &seen)
        } else {
            self.import(&store)
        };
        let Some(what) = what else { return };
        let dir = self.folder(machine).join("store").join("manifestes");
        let names = manifest::read_all(&dir).expect("whole").all;
        let new = names
            .keys()
            .find(|n| self.done.iter().all(|d| d.name != **n));
        // The very same action of the very same machine and day is the same manifest.
        if let Some(name) = new {
            let name = name.clone();
            self.done.push(Acted { name, seen, what });
        }
        self.collect(machine);
    }

    fn import(&mut self, store: &Store) -> Option<What> {
        let earlier: Vec<What> = (self.done.iter())
            .filter(|d| matches!(d.what, What::Import { .. }))
            .map(|d| d.what.clone())
            .collect();
        let again = !earlier.is_empty() && self.dice.random_bool(0.15);
        let what = if again {
            earlier[self.dice.random_range(0..earlier.len())].clone()
        } else {
            let mut units: Vec<usize> = (0..UNITS.len()).collect();
            units.shuffle(&mut self.dice);
            units.truncate(self.dice.random_range(1..=3));
            units.sort_unstable();
            let value = format!("v{}", self.dice.random::<u32>());
            What::Import { units, value }
        };
        let What::Import { units, value } = &what else {
            return None;
        };
        let rows: Vec<Observation> = (units.iter())
            .map(|u| row(UNITS[*u], Statut::Note, value, ""))
            .collect();
        let codes = ElementCodes::of(self.referentiel);
        let typed = typed_files(&long(&rows, "I001"), &[], &codes).expect("typed");
        let files = typed.iter().map(|file| Incoming {
            file: ImportedFile {
                name: file.file.clone(),
                sha256: value.clone(),
                tool: "essai".to_owned(),
                mapping: String::new(),
                wordings: None,
                questions: BTreeMap::new(),
                rows: 0,
                cells: Vec::new(),
                corrected: Vec::new(),
                diagnostics: BTreeMap::new(),
            },
            records: file.records.iter().collect(),
        });
        let new = NewImport {
            replaces: &[],
            date: on("2026-05-12"),
            campaign: "C1",
            referentiel: self.referentiel,
            files: files.collect(),
        };
        if store.add(new).is_ok() {
            return Some(what);
        }
        self.told_unwhole += 1;
        None
    }

    fn undo(&mut self, store: &Store, seen: &BTreeSet<usize>) -> Option<What> {
        let Ok(state) = store.state() else {
            self.told_unwhole += 1;
            return None;
        };
        let live: Vec<&store_state::Import> =
            state.imports.iter().filter(|i| i.is_live()).collect();
        if live.is_empty() {
            return None;
        }
        let import = live[self.dice.random_range(0..live.len())];
        let target = seen.iter().find(|s| self.done[**s].name == import.name);
        let target = *target.expect("an action of ours");
        store
            .undo(on("2026-05-13"), &import.label, None)
            .expect("undone");
        Some(What::Undo(target))
    }

    /// The synchroniser brings some of what is written, in any order and shape.
    fn bring(&mut self, to: usize) {
        let mut paths: Vec<String> = self.written.keys().cloned().collect();
        paths.shuffle(&mut self.dice);
        let some = self.dice.random_range(0..=paths.len());
        for path in &paths[..some] {
            let bytes = self.written[path].clone();
            let place = self.folder(to).join(path);
            if std::fs::read(&place).is_ok_and(|have| have == *bytes) {
                continue;
            }
            let stray = self.dice.random_range(0..12);
            let cut = bytes.len() * self.dice.random_range(0..9) / 10;
            match stray {
                // Half of it; the rest comes later.
                0 => put(&place, &bytes[..cut]),
                // Under another name as well.
                1 => {
                    put(&place, &bytes);
                    put(&renamed(&place, " (1)"), &bytes);
                }
                // Half of it under another name.
                2 => {
                    put(&place, &bytes);
                    put(&renamed(&place, "-PC9"), &bytes[..cut]);
                }
                // Under another name alone, for now or for good.
                3 if !path.contains("referentiels") => put(&renamed(&place, "-PC9"), &bytes),
                _ => put(&place, &bytes),
            }
        }
    }

    /// Everything has arrived; what only came under another name may stay so.
    fn bring_all(&mut self) {
        for machine in 0..self.machines {
            for (path, bytes) in &self.written {
                let place = self.folder(machine).join(path);
                let other = renamed(&place, "-PC9");
                let is_there = std::fs::read(&other).is_ok_and(|have| have == **bytes);
                if is_there && !place.exists() && !path.starts_with("reperes/") {
                    continue;
                }
                put(&place, bytes);
            }
        }
    }

    /// What a machine must show of the actions that it has: written apart from what it tests, from what
    /// each action had seen.
    fn expected(&self, has: &BTreeSet<usize>) -> Vec<(String, String)> {
        let undone: BTreeSet<usize> = (has.iter())
            .filter_map(|d| match self.done[*d].what {
                What::Undo(target) => Some(target),
                What::Import { .. } => None,
            })
            .collect();
        let mut rows = Vec::new();
        for (unit, place) in UNITS.iter().enumerate() {
            let holders: BTreeSet<usize> = (has.iter().copied())
                .filter(|d| !undone.contains(d) && self.value(*d, unit).is_some())
                .collect();
            let shown = self
                .stands(&holders, unit)
                .and_then(|d| self.value(d, unit));
            rows.extend(shown.map(|value| ((*place).to_owned(), value.to_owned())));
        }
        rows.sort();
        rows
    }

    fn value(&self, done: usize, unit: usize) -> Option<&str> {
        match &self.done[done].what {
            What::Import { units, value } if units.contains(&unit) => Some(value),
            _ => None,
        }
    }

    fn stands(&self, holders: &BTreeSet<usize>, unit: usize) -> Option<usize> {
        let mut left = holders.clone();
        while !left.is_empty() {
            let last: Vec<usize> = (left.iter().copied())
                .filter(|d| left.iter().all(|o| !self.done[*o].seen.contains(d)))
                .collect();
            let values: BTreeSet<_> = last.iter().map(|d| self.value(*d, unit)).collect();
            if values.len() == 1 {
                return last.first().copied();
            }
            left.retain(|d| last.iter().all(|l| self.done[*l].seen.contains(d)));
        }
        None
    }

    /// Compares what a machine shows with what it must; none when it says that it is not whole.
    fn check(&self, machine: usize, at: &str) -> Option<Vec<String>> {
        let store = self.store(machine);
        let (Ok(state), Ok(table)) = (store.state(), store.load(None)) else {
            return None;
        };
        let frame = table.frame();
        let column = |name: &str| {
            let column = frame.column(name).expect("a column");
            column.str().expect("text").clone()
        };
        let (structure, source) = (column("structure"), column("source"));
        let (visit, observer) = (column("visite"), column("observateur"));
        let (element, value) = (column("element"), column("valeur_brute"));
        let mut shown: Vec<(String, String)> = (0..frame.height())
            .map(|i| {
                let at = |c: &polars::prelude::StringChunked| c.get(i).unwrap_or("").to_owned();
                let place = [&source, &structure, &visit, &observer].map(at).join("|");
                (format!("{place}||{}", at(&element)), at(&value))
            })
            .collect();
        shown.sort();
        let has = self.has(machine).expect("read already");
        assert_eq!(shown, self.expected(&has), "{at}, machine {machine}");
        let labels: Vec<String> = state.imports.iter().map(|i| i.label.clone()).collect();
        let apart: BTreeSet<&String> = labels.iter().collect();
        assert_eq!(apart.len(), labels.len(), "{at}: {labels:?}");
        Some(labels)
    }
}

/// Files of a folder, with « / » between folders, in order.
fn files(dir: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(dir).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.path().is_dir() {
            let inside = files(&entry.path());
            found.extend(inside.into_iter().map(|f| format!("{name}/{f}")));
        } else {
            found.push(name);
        }
    }
    found.sort();
    found
}

fn put(path: &Path, bytes: &[u8]) {
    std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
    std::fs::write(path, bytes).expect("written");
}

fn renamed(path: &Path, mark: &str) -> PathBuf {
    let stem = path
        .file_stem()
        .expect("a name")
        .to_string_lossy()
        .into_owned();
    let end = path
        .extension()
        .map(|e| format!(".{}", e.to_string_lossy()));
    path.with_file_name(format!("{stem}{mark}{}", end.unwrap_or_default()))
}

/// What is measured, for who runs the tests by hand.
fn say(text: &str) {
    use std::io::Write as _;
    writeln!(std::io::stderr(), "{text}").expect("a terminal");
}

/// What an interleaving came to.
#[derive(Clone, Copy, Default)]
struct InterleavingCounts {
    actions: usize,
    contested: usize,
    unwhole: usize,
    compared: usize,
}

impl InterleavingCounts {
    fn plus(self, other: Self) -> Self {
        Self {
            actions: self.actions + other.actions,
            contested: self.contested + other.contested,
            unwhole: self.unwhole + other.unwhole,
            compared: self.compared + other.compared,
        }
    }
}

fn run(seed: u64, referentiel: &Referentiel) -> InterleavingCounts {
    let mut world = World::new(seed, referentiel);
    let mut counts = InterleavingCounts::default();
    for step in 0..world.dice.random_range(4..14) {
        let machine = world.dice.random_range(0..world.machines);
        if world.dice.random_bool(0.5) {
            world.act(machine);
        } else {
            world.bring(machine);
        }
        match world.check(machine, &format!("seed {seed}, step {step}")) {
            Some(_) => counts.compared += 1,
            None => counts.unwhole += 1,
        }
    }
    world.bring_all();
    let mut all = Vec::new();
    for machine in 0..world.machines {
        let store = world.store(machine);
        if let Err(error) = store.load(None) {
            panic!("seed {seed}, machine {machine}, in the end: {error}");
        }
        let told = store.notices().take();
        counts.contested += usize::from(told.iter().any(|d| d.code == Code::UnitContested));
        all.push(world.check(machine, &format!("seed {seed}, in the end")));
    }
    assert!(
        all.windows(2).all(|pair| pair[0] == pair[1]),
        "seed {seed}: {all:?}"
    );
    counts.actions = world.done.len();
    counts.unwhole += world.told_unwhole;
    counts
}

#[test]
fn no_interleaving_loses_or_doubles_an_answer() {
    let wanted = std::env::var("SYNCHRONISATIONS").ok();
    let wanted = wanted.and_then(|n| n.parse().ok()).unwrap_or(FEW);
    let referentiel = v1();
    // Threads of their own: those of the pool would begin another interleaving while they wait for a
    // part of this one.
    let threads = std::thread::available_parallelism().map_or(2, usize::from) as u64;
    let total = std::thread::scope(|scope| {
        let parts: Vec<_> = (0..threads)
            .map(|first| {
                let referentiel = &referentiel;
                scope.spawn(move || {
                    let seeds = (first..wanted).step_by(threads as usize);
                    seeds
                        .map(|seed| run(seed, referentiel))
                        .fold(InterleavingCounts::default(), InterleavingCounts::plus)
                })
            })
            .collect();
        let ended = parts.into_iter().map(|p| p.join().expect("no failure"));
        ended.fold(InterleavingCounts::default(), InterleavingCounts::plus)
    });
    say(&format!(
        "{wanted} interleavings: {} actions, {} states compared on the way, {} times « not whole » was said, {} machines contested in the end",
        total.actions, total.compared, total.unwhole, total.contested
    ));
    // The dice do try what matters.
    assert!(total.contested > 0 && total.unwhole > 0 && total.compared > 0);
}

#[test]
fn two_machines_that_had_not_seen_each_other_ask_a_person() {
    let referentiel = v1();
    let mut world = World::new(7, &referentiel);
    world.machines = 2;
    let (a, b) = (world.store(0), world.store(1));
    let import = |world: &World, store: &Store, value: &str| {
        let rows = [row(UNITS[0], Statut::Note, value, "")];
        let codes = ElementCodes::of(world.referentiel);
        let typed = typed_files(&long(&rows, "I001"), &[], &codes).expect("typed");
        let file = ImportedFile {
            name: format!("{value}.csv"),
            sha256: value.to_owned(),
            tool: String::new(),
            mapping: String::new(),
            wordings: None,
            questions: BTreeMap::new(),
            rows: 0,
            cells: Vec::new(),
            corrected: Vec::new(),
            diagnostics: BTreeMap::new(),
        };
        let records = typed[0].records.iter().collect();
        let new = NewImport {
            replaces: &[],
            date: on("2026-05-12"),
            campaign: "C1",
            referentiel: world.referentiel,
            files: vec![Incoming { file, records }],
        };
        store.add(new).expect("entered").import
    };
    let shown = |store: &Store| {
        let table = store.load(None).expect("answers");
        let values = table.frame().column("valeur_brute").expect("values");
        let values = values.str().expect("text").iter().flatten();
        values.map(str::to_owned).collect::<Vec<_>>()
    };
    let sync = |world: &mut World| {
        world.collect(0);
        world.collect(1);
        world.bring_all();
    };
    assert_eq!(import(&world, &a, "avant"), "I001");
    sync(&mut world);
    assert_eq!(import(&world, &a, "ici"), "I002");
    assert_eq!(import(&world, &b, "là"), "I002");
    sync(&mut world);
    assert_eq!(shown(&a), ["avant"], "what both had stands");
    assert_eq!(shown(&b), ["avant"]);
    let told = a.notices().take();
    let contested: Vec<&Diagnostic> = told
        .iter()
        .filter(|d| d.code == Code::UnitContested)
        .collect();
    assert_eq!(contested.len(), 1);
    let said = contested[0].to_string();
    for word in ["PC0", "PC1", "observatoire annuler I002-", "R01 AUT"] {
        assert!(said.contains(word), "{word}: {said}");
    }
    // Neither file is in place: importing one of them again is to choose it.
    let in_place = a.files_in_place("C1").expect("files");
    assert!(!in_place.contains_key("ici") && in_place.contains_key("avant"));
    let state = a.state().expect("a state");
    let theirs = state.imports.iter().find(|i| i.machine == "PC1");
    let label = theirs.expect("an import").label.clone();
    assert!(
        a.undo(on("2026-05-13"), "I002", None).is_err(),
        "which one?"
    );
    a.undo(on("2026-05-13"), &label, None).expect("undone");
    sync(&mut world);
    assert_eq!(shown(&a), ["ici"]);
    assert_eq!(shown(&b), ["ici"]);
    assert_eq!(
        import(&world, &b, "là"),
        "I003",
        "a label is never given again"
    );
    assert_eq!(shown(&b), ["là"]);
}

#[test]
fn a_store_that_lost_its_last_manifest_or_all_of_it_is_not_an_empty_one() {
    let referentiel = v1();
    let mut world = World::new(3, &referentiel);
    for _ in 0..3 {
        let store = world.store(0);
        world.import(&store).expect("imported");
    }
    let store = world.store(0);
    let state = store.state().expect("a state");
    let last = state.heads[0].clone();
    let dir = world.folder(0).join("store");
    let path = dir.join("manifestes").join(format!("{last}.json"));
    let bytes = std::fs::read(&path).expect("readable");
    std::fs::remove_file(&path).expect("removed");
    let said = store.state().expect_err("not whole").to_string();
    assert!(said.contains(&last) && said.contains("PC0"), "{said}");
    assert!(
        world.import(&store).is_none(),
        "nobody writes over what is not whole"
    );
    std::fs::write(&path, bytes).expect("put back");
    assert_eq!(store.state().expect("a state"), state);
    std::fs::remove_dir_all(&dir).expect("removed");
    let said = store.load(None).expect_err("not empty").to_string();
    assert!(said.contains("reperes"), "{said}");
}

/// `IMPORTS=3000 cargo test … a_store_of_many_imports` prints how long such a store takes to open.
#[test]
fn a_store_of_many_imports_opens() {
    let wanted = std::env::var("IMPORTS").ok().and_then(|n| n.parse().ok());
    let wanted: usize = wanted.unwrap_or(100);
    let referentiel = v1();
    let world = World::new(1, &referentiel);
    let store = world.store(0);
    let dir = store.manifests_dir();
    let mut seen = Vec::new();
    for rank in 0..wanted {
        let value = format!("v{rank}");
        let rows = [row(UNITS[rank % UNITS.len()], Statut::Note, &value, "")];
        let codes = ElementCodes::of(&referentiel);
        let typed = typed_files(&long(&rows, "I001"), &[], &codes).expect("typed");
        let records = [typed[0].records.iter().collect()];
        let tables = ImportTables::of("C1", &records).expect("tables");
        let written = import_writer::write(&store.imports_dir(), |w| w.push(&tables));
        let written = written.expect("written");
        let file = ImportedFile {
            name: format!("{value}.csv"),
            sha256: value,
            tool: "essai".to_owned(),
            mapping: String::new(),
            wordings: None,
            questions: BTreeMap::new(),
            rows: 1,
            cells: Vec::new(),
            corrected: Vec::new(),
            diagnostics: BTreeMap::new(),
        };
        let brought = ImportManifest {
            label: format!("I{:03}", rank + 1),
            campaign: "C1".to_owned(),
            version: "v1".to_owned(),
            referentiel: referentiel.hash.clone(),
            content: written.content,
            files: vec![file],
            replaces: Vec::new(),
            tables: written.tables,
        };
        let action = StoreAction::Import(brought);
        let manifest = ActionManifest::new(on("2026-05-12"), seen, action);
        seen = vec![manifest.write(&dir).expect("written")];
    }
    let begun = std::time::Instant::now();
    let state = store.state().expect("a state");
    let opened = begun.elapsed();
    let live = store.live(&state, "C1").expect("imports");
    say(&format!(
        "{wanted} imports: state {opened:?}, and units of all {:?}",
        begun.elapsed()
    ));
    assert_eq!((state.imports.len(), live.len()), (wanted, wanted));
    let shown = live.iter().flat_map(|l| &l.units).filter(|u| !u.hidden);
    assert_eq!(shown.count(), UNITS.len().min(wanted));
}
