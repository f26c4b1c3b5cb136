//! Progress of long work, on a terminal only.

use std::io::IsTerminal;
use std::sync::{Mutex, PoisonError};

use indicatif::{ProgressBar, ProgressStyle};

use crate::actions::progress::{Progress, Work};

/// Work shorter than this many steps says nothing.
const SHORT: usize = 40;

/// A bar on stderr; nothing when piped or short.
#[derive(Default)]
pub(super) struct TerminalProgress {
    bar: Mutex<Option<ProgressBar>>,
}

impl Progress for TerminalProgress {
    fn begin(&self, work: Work, steps: usize) {
        if steps < SHORT || !std::io::stderr().is_terminal() {
            return;
        }
        let bar = ProgressBar::new(steps as u64);
        let template = "{bar:30} {pos}/{len} {msg}, encore {eta}";
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        bar.set_message(match work {
            Work::Reports => "rapports",
        });
        *self.bar.lock().unwrap_or_else(PoisonError::into_inner) = Some(bar);
    }

    fn step(&self) {
        let bar = self.bar.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(bar) = bar.as_ref() {
            bar.inc(1);
        }
    }

    fn end(&self) {
        let bar = self.bar.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(bar) = bar.as_ref() {
            bar.finish_and_clear();
        }
    }
}
