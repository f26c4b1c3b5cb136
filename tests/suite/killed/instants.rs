//! When to stop a command: half of the times anywhere in its run, half from its first write on, which is
//! short and at the end.

use std::process::Child;
use std::time::{Duration, Instant, SystemTime};

use super::verbs::{Bench, Verb};

/// How long a run is, and how long what it writes.
#[derive(Debug, Clone, Copy)]
pub struct Instants {
    whole: Duration,
    writing: Duration,
}

impl Instants {
    /// Follows a run to its end.
    pub fn of(child: &mut Child, bench: &Bench, verb: &Verb) -> Self {
        let (begun, before) = (Instant::now(), bench.touched(verb));
        let mut first = None;
        while child.try_wait().expect("a child").is_none() {
            if first.is_none() && bench.touched(verb) != before {
                first = Some(begun.elapsed());
            }
            std::thread::sleep(PAUSE);
        }
        let whole = begun.elapsed();
        Self {
            whole,
            writing: whole.saturating_sub(first.unwrap_or(whole)),
        }
    }

    /// How long a run is.
    #[cfg(target_os = "linux")]
    pub fn whole(&self) -> Duration {
        self.whole
    }

    /// Waits for the instant of a rank among so many; gives how long that was.
    pub fn wait(&self, child: &mut Child, at: (&Bench, &Verb), rank: usize, of: usize) -> Duration {
        let (bench, verb) = at;
        let begun = Instant::now();
        let share = 1.1 * (rank as f64 + 0.5) / of as f64;
        if rank.is_multiple_of(2) {
            std::thread::sleep(self.whole.mul_f64(share));
            return begun.elapsed();
        }
        let before: Option<SystemTime> = bench.touched(verb);
        let is_running = |child: &mut Child| child.try_wait().expect("a child").is_none();
        while bench.touched(verb) == before && is_running(child) {
            std::thread::sleep(PAUSE);
        }
        std::thread::sleep(self.writing.mul_f64(share));
        begun.elapsed()
    }

    /// Runs are longer or shorter than the first was, as the machine is busy: one in ten is to be over.
    pub fn note(&mut self, is_over: bool) {
        let by = if is_over { 0.97 } else { 1.003 };
        self.whole = self.whole.mul_f64(by);
        self.writing = self.writing.mul_f64(by);
    }
}

/// Between two looks at the folder.
const PAUSE: Duration = Duration::from_micros(200);
