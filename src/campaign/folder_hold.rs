//! Everything that commands write in an observatory, held at once: what is copied meanwhile is of one
//! moment. Files that a person fills in (the registry, the settings) are under no lock: each is whole.

use std::path::Path;

use crate::base::error::Result;
use crate::base::files::Lock;

/// Folders of `data` that a command locks while it writes, in the order in which they are taken here.
const LOCKED: [&str; 5] = [
    "store",
    "livraisons",
    "plans",
    "ctg/journal",
    "ctg/enquetes",
];

/// The locks; released when dropped.
#[derive(Debug)]
pub(crate) struct FolderHold {
    _locks: Vec<Lock>,
}

impl FolderHold {
    /// Waits for the commands that write, then keeps others waiting.
    ///
    /// # Errors
    ///
    /// A command that does not finish; a folder that cannot be written.
    pub(crate) fn take(root: &Path) -> Result<Self> {
        let places = LOCKED.iter().map(|name| root.join("data").join(name));
        let there = places.filter(|place| place.is_dir());
        let locks: Result<Vec<Lock>> = there.map(|place| Lock::take(&place)).collect();
        Ok(Self { _locks: locks? })
    }
}
