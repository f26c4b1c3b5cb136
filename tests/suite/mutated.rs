//! Files that nobody wrote: every format, loader and register is fed what mutations make of true ones.
//! Each is read or refused with a reason; none panics, none takes more than ten seconds or a gibibyte.
//!
//! The run of the suite is short and the same each time. `tests/fuzz.sh MINUTES` runs for longer;
//! `OBSERVATOIRE_MUTATIONS=10000` runs so many inputs a target. What breaks a target is kept in the
//! folder of temporary files, and said.

mod compound;
mod convention_targets;
mod delivery_target;
mod mutations;
mod targets;
mod watch;

use std::time::{Duration, Instant};

use convention_targets::CONVENTION;
pub use delivery_target::sealed_end;
use mutations::Mutator;
pub use mutations::pack;
use targets::{TARGETS, Target};
use watch::Watch;

/// Inputs of a target in the suite: workbooks are slower to read than texts.
const FEW: usize = 60;

/// What one input may add to the memory of the process, in MiB; where nothing is kept from one input to
/// the next, what all may reach.
const ROOM: u64 = 1024;

/// What a target went through.
#[derive(Default)]
struct Tally {
    inputs: usize,
    read: usize,
    /// Inputs that panicked, and those that took too much memory, as they were kept.
    broke: Vec<String>,
    panics: usize,
    /// Most memory, in MiB.
    peak: u64,
    slowest: Duration,
    elapsed: Duration,
}

/// How long to go on.
#[derive(Clone, Copy)]
enum Length {
    Inputs(usize),
    Time(Duration),
}

impl Length {
    fn goes_on(self, inputs: usize, start: Instant) -> bool {
        match self {
            Self::Inputs(most) => inputs < most,
            Self::Time(most) => start.elapsed() < most,
        }
    }
}

fn run(target: &Target, length: Length) -> Tally {
    let seeds = (target.seeds)();
    assert!(!seeds.is_empty(), "{} has no seed", target.name);
    let watch = Watch::over(target.name);
    let start = Instant::now();
    let mut tally = Tally::default();
    let mut call = (target.make)();
    for seed in &seeds {
        assert!(call(seed), "{}: a seed is refused", target.name);
    }
    while length.goes_on(tally.inputs, start) {
        let mut mutator = Mutator::new(target.name, tally.inputs as u64);
        let input = mutator.mutate(&seeds, target.shape);
        watch::reset_peak();
        let before = watch::memory().map_or(0, |m| m.now);
        let begun = Instant::now();
        watch.begin(&input);
        let ended = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| call(&input)));
        watch.end();
        tally.slowest = tally.slowest.max(begun.elapsed());
        tally.inputs += 1;
        if let Ok(read) = ended {
            tally.read += usize::from(read);
        } else {
            tally.panics += 1;
            let kept = watch::keep(target.name, tally.inputs, &input);
            tally.broke.push(format!("panic: {kept}"));
        }
        let peak = watch::memory().map_or(0, |m| m.peak);
        tally.peak = tally.peak.max(peak);
        if peak > before + ROOM {
            let kept = watch::keep(target.name, tally.inputs, &input);
            tally.broke.push(format!("{} MiB: {kept}", peak - before));
        }
    }
    if tally.peak > ROOM && tally.broke.is_empty() {
        let name = target.name;
        tally
            .broke
            .push(format!("{name} keeps memory: {} MiB", tally.peak));
    }
    tally.elapsed = start.elapsed();
    tally
}

fn report(name: &str, tally: &Tally) -> String {
    let rate = tally.inputs as f64 / tally.elapsed.as_secs_f64().max(0.001);
    format!(
        "{name:<16} {:>8} inputs {rate:>8.0}/s {:>8} read {:>4} panics, slowest {:>6} ms, {:>5} MiB",
        tally.inputs,
        tally.read,
        tally.panics,
        tally.slowest.as_millis(),
        tally.peak
    )
}

#[test]
fn nothing_that_is_read_makes_the_program_panic() {
    let asked = |name: &str| std::env::var(name).ok().and_then(|v| v.parse::<u64>().ok());
    let only = std::env::var("OBSERVATOIRE_CIBLE").unwrap_or_default();
    let length = match (
        asked("OBSERVATOIRE_MUTATIONS"),
        asked("OBSERVATOIRE_SECONDES"),
    ) {
        (_, Some(seconds)) => Length::Time(Duration::from_secs(seconds)),
        (Some(inputs), None) => Length::Inputs(inputs as usize),
        (None, None) => Length::Inputs(FEW),
    };
    let mut broke = Vec::new();
    let is_asked = |t: &&Target| only.is_empty() || t.name == only;
    for target in TARGETS.iter().chain(&CONVENTION).filter(is_asked) {
        let tally = run(target, length);
        println!("{}", report(target.name, &tally));
        broke.extend(tally.broke);
    }
    assert!(broke.is_empty(), "{broke:#?}");
}

/// Found by mutation: a chain of sectors that bites its tail, which a library followed until the
/// memory was full.
#[test]
fn a_workbook_whose_chain_of_sectors_has_no_end_is_refused() {
    let bytes = include_bytes!("mutated/graines/chaine.xls");
    let refused = observatoire::base::sheets::open(std::path::Path::new("a.xls"), bytes);
    assert_eq!(refused.expect_err("damaged").code.as_str(), "FIC-102");
}

/// Found by mutation: a sheet said that it had four thousand million rows, for which a library made room
/// at once, and the system ended the program.
#[test]
fn an_old_sheet_that_says_it_is_endless_is_read_as_it_is() {
    let bytes = include_bytes!("mutated/graines/reponses.xls");
    let read =
        |bytes: &[u8]| observatoire::base::sheets::open(std::path::Path::new("a.xls"), bytes);
    let expected = read(bytes).expect("readable").value;
    // The record of dimensions: its kind, its length, then rows and columns.
    let is_said = |w: &[u8]| w[..4] == [0x00, 0x02, 14, 0];
    let mut altered = bytes.to_vec();
    let places: Vec<usize> = (0..bytes.len() - 18)
        .filter(|at| is_said(&bytes[*at..]))
        .collect();
    assert!(!places.is_empty(), "no sheet says its size");
    for at in places {
        altered[at + 8..at + 12].fill(0xff);
        altered[at + 14..at + 16].fill(0xff);
    }
    assert_eq!(read(&altered).expect("readable").value, expected);
}

/// Found by mutation: a row that nothing closes, whose end a library looked for without end.
#[test]
fn a_table_that_nothing_closes_is_refused() {
    let sheet = |end: &str| {
        let xml = format!(
            "<office:document-content xmlns:office=\"o\" xmlns:table=\"t\" xmlns:text=\"x\"><office:body>\
             <office:spreadsheet><table:table table:name=\"A\"><table:table-row>\
             <table:table-cell office:value-type=\"string\"><text:p>R01</text:p></table:table-cell>{end}"
        );
        let manifest = "<manifest:manifest xmlns:manifest=\"m\"/>";
        let parts = [
            ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
            ("content.xml", xml.as_str()),
            ("META-INF/manifest.xml", manifest),
        ];
        let parts = parts.map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec()));
        let bytes = mutations::pack(&parts).expect("an archive");
        observatoire::base::sheets::open(std::path::Path::new("a.ods"), &bytes)
    };
    let whole = "</table:table-row></table:table></office:spreadsheet></office:body></office:document-content>";
    let read = sheet(whole).expect("readable").value;
    assert_eq!(read.sheets[0].text(0, 0), "R01");
    for end in ["", "</table:table-row><table:table-rows>"] {
        assert_eq!(sheet(end).expect_err("cut").code.as_str(), "FIC-102");
    }
}

/// The same of a workbook of today: how many texts it holds.
#[test]
fn a_workbook_that_announces_more_texts_than_it_holds_is_refused() {
    let refused = |count: &str| {
        let sst = format!("<sst uniqueCount=\"{count}\"><si><t>structure</t></si></sst>");
        let parts = [
            ("xl/workbook.xml", "<workbook/>"),
            ("xl/SharedStrings.xml", sst.as_str()),
        ];
        let parts = parts.map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec()));
        let bytes = mutations::pack(&parts).expect("an archive");
        let read = observatoire::base::sheets::open(std::path::Path::new("a.xlsx"), &bytes);
        read.expect_err("no workbook").to_string()
    };
    for count in ["9999999999", "99999999999999999999999"] {
        assert!(refused(count).contains("annonce plus de textes"), "{count}");
    }
    assert!(!refused("1").contains("annonce"));
}

#[test]
fn mutations_are_the_same_each_time_and_differ_from_their_seed() {
    let seed = include_bytes!("mutated/graines/reponses.ods").to_vec();
    let compound = include_bytes!("mutated/graines/reponses.xls").to_vec();
    let text = b"structure;REL-1-FAM-1\r\nR01;3\r\n".to_vec();
    for (seeds, shape) in [
        (vec![seed], mutations::Shape::Zip),
        (vec![text.clone()], mutations::Shape::Table),
        (vec![text], mutations::Shape::Text),
        (vec![compound], mutations::Shape::Compound),
    ] {
        let made = |n: u64| Mutator::new("essai", n).mutate(&seeds, shape);
        let all: Vec<Vec<u8>> = (0..40).map(made).collect();
        assert_eq!(all, (0..40).map(made).collect::<Vec<_>>());
        let changed = all.iter().filter(|m| **m != seeds[0]).count();
        assert!(changed >= 38, "{changed}");
        let whole = |m: &&Vec<u8>| zip::ZipArchive::new(std::io::Cursor::new(m.as_slice())).is_ok();
        if shape == mutations::Shape::Zip {
            assert!(
                all.iter().filter(whole).count() > 15,
                "few archives still open"
            );
        }
    }
}
