//! Watches a target: an input that takes too long ends the process with what it was, since nothing else
//! can stop it.

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// Longer than this is a hang.
const LIMIT: Duration = Duration::from_secs(10);

/// The input being read, and since when.
type Current = Arc<Mutex<Option<(Instant, Vec<u8>)>>>;

/// Over one target.
pub struct Watch {
    current: Current,
    over: Arc<AtomicBool>,
}

impl Watch {
    pub fn over(target: &'static str) -> Self {
        let watch = Self {
            current: Arc::default(),
            over: Arc::default(),
        };
        let (current, over) = (Arc::clone(&watch.current), Arc::clone(&watch.over));
        std::thread::spawn(move || {
            while !over.load(Ordering::Relaxed) {
                std::thread::sleep(Duration::from_millis(200));
                let now = current.lock().expect("free");
                if let Some((since, input)) = now.as_ref()
                    && since.elapsed() > LIMIT
                {
                    let kept = keep(target, 0, input);
                    eprintln!("{target}: more than {LIMIT:?} over {kept}");
                    std::process::exit(101);
                }
            }
        });
        watch
    }

    pub fn begin(&self, input: &[u8]) {
        *self.current.lock().expect("free") = Some((Instant::now(), input.to_vec()));
    }

    pub fn end(&self) {
        *self.current.lock().expect("free") = None;
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.over.store(true, Ordering::Relaxed);
    }
}

/// Keeps an input that broke a target; gives where.
pub fn keep(target: &str, rank: usize, input: &[u8]) -> String {
    let name = format!("observatoire-{target}-{rank}-{}", std::process::id());
    let path: PathBuf = std::env::temp_dir().join(name);
    std::fs::write(&path, input).expect("kept");
    path.display().to_string()
}

/// Begins to measure the most memory that the process has, where the system can.
pub fn reset_peak() {
    let _ = std::fs::write("/proc/self/clear_refs", "5");
}

/// Memory of the process, in MiB.
pub struct Memory {
    /// The most since the last [`reset_peak`].
    pub peak: u64,
    /// What it has now.
    pub now: u64,
}

/// Where the system tells.
pub fn memory() -> Option<Memory> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = |key: &str| {
        let found = status.lines().find_map(|l| l.strip_prefix(key))?;
        let kibibytes = found.split_whitespace().next()?.parse::<u64>().ok()?;
        Some(kibibytes >> 10)
    };
    Some(Memory {
        peak: line("VmHWM:")?,
        now: line("VmRSS:")?,
    })
}
