//! A name that a person may say whose it is, once for all files.

/// Whose name it may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum AskedKind {
    /// An accueil's.
    Structure,
    /// An observer's: a person's name, shown to who imports and kept nowhere but on this machine.
    Observer,
}

/// A name that leads to nobody, as files write it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct AskedName {
    /// Whose.
    pub kind: AskedKind,
    /// As it is written.
    pub written: String,
    /// Codes of those it may be, the nearest first.
    pub near: Vec<String>,
}
