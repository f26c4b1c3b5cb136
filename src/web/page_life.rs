//! When it is time to stop: a person who closed her last tab does not think of the window behind it.
//!
//! A page says each minute that it is open. A tab that its browser put to sleep says nothing for hours and
//! says so again when it wakes; the script tells, then, that the observatory was closed meanwhile. Without
//! scripts nobody says anything, and the wait is a day of work.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use tokio::sync::Notify;

/// After the last page closed.
const ALONE: Duration = Duration::from_mins(30);
/// Where no page can say that it is open.
const SILENT: Duration = Duration::from_hours(10);

/// Signs of life of the pages.
#[derive(Debug)]
pub(super) struct PageLife {
    began: Instant,
    /// Seconds from the beginning to the last sign.
    last: AtomicU64,
    /// Whether a page ever said by itself that it is open.
    speaks: AtomicBool,
    stop: Notify,
}

impl PageLife {
    pub(super) fn new() -> Self {
        Self {
            began: Instant::now(),
            last: AtomicU64::new(0),
            speaks: AtomicBool::new(false),
            stop: Notify::new(),
        }
    }

    /// Somebody asked something.
    pub(super) fn sign(&self) {
        self.last
            .store(self.began.elapsed().as_secs(), Ordering::Relaxed);
    }

    /// A page said that it is open.
    pub(super) fn page_is_open(&self) {
        self.speaks.store(true, Ordering::Relaxed);
        self.sign();
    }

    /// Whether nobody has been there for long enough.
    pub(super) fn is_over(&self) -> bool {
        self.over_after(self.began.elapsed())
    }

    fn over_after(&self, elapsed: Duration) -> bool {
        let patience = if self.speaks.load(Ordering::Relaxed) {
            ALONE
        } else {
            SILENT
        };
        let last = Duration::from_secs(self.last.load(Ordering::Relaxed));
        elapsed.saturating_sub(last) >= patience
    }

    /// A person closed it.
    pub(super) fn close(&self) {
        self.stop.notify_one();
    }

    /// Waits for a person to close it.
    pub(super) async fn closed(&self) {
        self.stop.notified().await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_an_hour_after_the_last_page_or_a_day_without_scripts() {
        let minutes = |n: u64| Duration::from_secs(60 * n);
        let life = PageLife::new();
        assert!(!life.over_after(minutes(9 * 60)) && life.over_after(minutes(10 * 60)));
        life.page_is_open();
        assert!(!life.over_after(minutes(29)) && life.over_after(minutes(31)));
    }
}
