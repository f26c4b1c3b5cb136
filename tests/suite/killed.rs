//! A command stopped at any instant, or that cannot write, leaves the state before or the state after,
//! and never a half; begun again, it goes to its end.
//!
//! The suite stops each verb a few times. `OBSERVATOIRE_ARRETS=1000` stops each so many times. Half of
//! the stops are spread over the run, half over the time from its first write on. By hand, verbs of several seconds
//! are frozen instead, at so many instants of few runs (`frozen`).

#[cfg(target_os = "linux")]
mod frozen;
mod instants;
#[cfg(target_os = "linux")]
mod refused_calls;
mod refused_writes;
mod verbs;

use std::collections::BTreeMap;
use std::process::{Command, Stdio};
use std::time::Duration;

use instants::Instants;
use verbs::{Bench, Leaves, Seen, VERBS, Verb};

/// Stops of a verb in the suite; long verbs have fewer.
const FEW: usize = 50;
/// Of those, one in so many is begun again; by hand all of them, but for verbs that take seconds.
const BEGUN_AGAIN: usize = 4;

fn start(bench: &Bench, verb: &Verb) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_observatoire"));
    command
        .args(verb.line())
        .current_dir(bench.folder())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    command
}

/// What stops showed of a verb.
#[derive(Default)]
struct Tally {
    tried: usize,
    /// Stopped while it ran: others were over.
    running: usize,
    before: usize,
    after: usize,
    between: usize,
    /// Temporary files that stay, under names that nobody opens: where, how many.
    left: BTreeMap<String, usize>,
    lost: Vec<String>,
}

impl Tally {
    fn note(&mut self, verb: &Verb, found: &Seen, ends: &[Seen; 2], when: &str) {
        self.tried += 1;
        if *found == ends[0] {
            self.before += 1;
        } else if *found == ends[1] {
            self.after += 1;
        } else if is_whole(verb, found, ends) {
            self.between += 1;
        } else {
            let lost = format!("{when}: {}", found.against(&ends[1]));
            self.lost.push(lost);
        }
    }

    fn told(&self, name: &str) -> String {
        format!(
            "{name:<18} {:>5} tried {:>5} running {:>5} before {:>5} between {:>5} after {:>3} lost, leftovers {:?}",
            self.tried,
            self.running,
            self.before,
            self.between,
            self.after,
            self.lost.len(),
            self.left
        )
    }
}

/// Whether what is found is no half: the state before, the state after, or what the verb may leave
/// between.
fn is_whole(verb: &Verb, found: &Seen, ends: &[Seen; 2]) -> bool {
    let between = match verb.leaves {
        Leaves::Whole => false,
        Leaves::EachFile => found.is_between(&ends[0], &ends[1]),
        Leaves::Unfinished => true,
    };
    between || ends.contains(found)
}

/// The states before and after, and how long the way from one to the other is.
fn ends(verb: &Verb) -> ([Seen; 2], Instants) {
    let bench = Bench::of(verb);
    let before = bench.look(verb);
    let mut child = start(&bench, verb).spawn().expect("the binary runs");
    let instants = Instants::of(&mut child, &bench, verb);
    let ended = child.wait().expect("ended");
    assert!(
        ended.code().is_some_and(|c| c < 2),
        "{}: {ended}",
        verb.name
    );
    let after = bench.look(verb);
    assert_ne!(before, after, "{} changes nothing", verb.name);
    ([before, after], instants)
}

fn stop(verb: &Verb, times: usize, begun_again: usize) -> Tally {
    let (ends, mut instants) = ends(verb);
    let log = Bench::of(verb).log();
    let mut tally = Tally::default();
    for i in 0..times {
        let bench = Bench::of(verb);
        let mut child = start(&bench, verb).spawn().expect("the binary runs");
        let instant: Duration = instants.wait(&mut child, (&bench, verb), i, times);
        let is_over = child.try_wait().expect("a child").is_some();
        tally.running += usize::from(!is_over);
        instants.note(is_over);
        // Already over is as good an instant as any.
        let _ = child.kill();
        child.wait().expect("ended");
        let found = bench.look(verb);
        let when = format!("{} after {instant:?}, {instants:?}", verb.name);
        tally.note(verb, &found, &ends, &when);
        if verb.leaves == Leaves::EachFile && found != ends[0] && bench.log() == log {
            let unlogged = format!("{when}: delivered, and not remembered");
            tally.lost.push(unlogged);
        }
        if i % begun_again > 0 || verb.adds && found == ends[1] {
            continue;
        }
        // Begun again, it ends; what it had done already may be refused as done.
        let again = start(&bench, verb).status().expect("the binary runs");
        let code = again.code().unwrap_or(-1);
        let ended = bench.look(verb);
        if code > 2 || ended != ends[1] {
            tally
                .lost
                .push(format!("{when}, again {code}: {}", ended.against(&ends[1])));
        }
        if let Some(left) = bench.leftover() {
            let folder = left.rsplit_once('/').map_or("", |(folder, _)| folder);
            *tally.left.entry(folder.to_owned()).or_default() += 1;
        }
    }
    tally
}

#[test]
fn a_stop_at_any_instant_leaves_before_or_after() {
    let asked = std::env::var("OBSERVATOIRE_ARRETS").ok();
    let asked = asked.and_then(|n| n.parse::<usize>().ok());
    let only = std::env::var("OBSERVATOIRE_VERBE").unwrap_or_default();
    let mut lost: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for verb in VERBS.iter().filter(|v| v.name.contains(&only)) {
        let few = match (verb.long, verb.slow) {
            (true, _) => 3,
            (_, true) => FEW / BEGUN_AGAIN,
            _ => FEW,
        };
        let times = asked.unwrap_or(few);
        let takes_seconds = verb.slow || verb.long;
        let begun_again = if asked.map_or(!verb.long, |_| takes_seconds) {
            BEGUN_AGAIN
        } else {
            1
        };
        #[cfg(target_os = "linux")]
        let tally = match asked.filter(|_| verb.long) {
            Some(times) => frozen::freeze(verb, times),
            None => stop(verb, times, begun_again),
        };
        #[cfg(not(target_os = "linux"))]
        let tally = stop(verb, times, begun_again);
        println!("{}", tally.told(verb.name));
        if !tally.lost.is_empty() {
            lost.insert(verb.name, tally.lost);
        }
    }
    assert!(lost.is_empty(), "{lost:#?}");
}
