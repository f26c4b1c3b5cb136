//! Who waits for long work is told of it as it goes.

/// What is being done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Work {
    /// Reports are laid out and written.
    Reports,
}

/// Told of long work, from several threads.
pub(crate) trait Progress: Sync {
    /// So many steps begin.
    fn begin(&self, work: Work, steps: usize);

    /// One step is done.
    fn step(&self);

    /// All steps are done, or the work stopped.
    fn end(&self);
}
