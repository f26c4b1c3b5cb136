//! A verb of several seconds looked at at many instants of one run: it is frozen, its folder is copied as a stop
//! would have left it, and it goes on; the last instant of a run is a stop. A thousand instants of `demo` are so
//! had in twenty runs.

use std::process::{Child, Command};
use std::time::{Duration, Instant};

use super::verbs::{Bench, Seen, Verb};
use super::{Tally, ends, start};

/// Instants of one run.
const OF_A_RUN: usize = 50;
/// Runs whose instants all differ.
const SHIFTS: u32 = 7;
/// Part of its length from which a run is stopped for good.
const LATE: f64 = 0.95;
/// One instant in so many is begun again, whole.
const BEGUN_AGAIN: usize = 10;

/// Looks at so many instants of a verb, all of them while it runs.
pub fn freeze(verb: &Verb, times: usize) -> Tally {
    let (ends, instants) = ends(verb);
    let mut whole = instants.whole();
    let mut tally = Tally::default();
    for run in 0.. {
        if tally.tried >= times {
            break;
        }
        let bench = Bench::of(verb);
        let mut child = start(&bench, verb).spawn().expect("the binary runs");
        let step = whole / OF_A_RUN as u32;
        // Runs differ by a part of the time between two instants.
        std::thread::sleep(step.mul_f64(f64::from(run % SHIFTS) / f64::from(SHIFTS)));
        let mut ran = Duration::ZERO;
        while tally.tried < times {
            let begun = Instant::now();
            std::thread::sleep(step);
            ran += begun.elapsed();
            if child.try_wait().expect("a child").is_some() {
                // Runs are longer or shorter than the first was, as the machine is busy.
                whole = ran;
                break;
            }
            let is_stop = ran > whole.mul_f64(LATE) || tally.tried + 1 == times;
            signal(&child, if is_stop { "-KILL" } else { "-STOP" });
            if is_stop {
                child.wait().expect("ended");
            } else {
                wait_until_frozen(&child);
            }
            tally.running += 1;
            let copy = bench.copied();
            let when = format!("{} frozen after {ran:?} of run {run}", verb.name);
            look(verb, &copy, &ends, &mut tally, &when);
            if is_stop {
                break;
            }
            signal(&child, "-CONT");
        }
        let _ = child.kill();
        child.wait().expect("ended");
    }
    tally
}

/// What a copy holds, and where it ends once begun again.
fn look(verb: &Verb, copy: &Bench, ends: &[Seen; 2], tally: &mut Tally, when: &str) {
    let found = copy.look(verb);
    tally.note(verb, &found, ends, when);
    if !tally.tried.is_multiple_of(BEGUN_AGAIN) {
        return;
    }
    let again = start(copy, verb).status().expect("the binary runs");
    let code = again.code().unwrap_or(-1);
    let ended = copy.look(verb);
    if code > 2 || ended != ends[1] {
        let how = ended.against(&ends[1]);
        tally.lost.push(format!("{when}, again {code}: {how}"));
    }
}

fn signal(child: &Child, name: &str) {
    let sent = Command::new("kill")
        .args([name, &child.id().to_string()])
        .status();
    assert!(sent.is_ok_and(|s| s.success()), "kill {name}");
}

/// A signal is on its way for an instant; all threads are still once the kernel says so.
fn wait_until_frozen(child: &Child) {
    let stat = format!("/proc/{}/stat", child.id());
    for _ in 0..1000 {
        let said = std::fs::read_to_string(&stat).unwrap_or_default();
        let state = said.rsplit_once(") ").map_or("", |(_, rest)| rest);
        if state.starts_with(['T', 'Z']) {
            return;
        }
        std::thread::sleep(Duration::from_micros(200));
    }
    panic!("{} is not frozen", child.id());
}
