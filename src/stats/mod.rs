//! Numbers in, numbers out: no frames, no files; every formula with its source.

pub mod change;
