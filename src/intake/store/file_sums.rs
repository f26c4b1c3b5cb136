//! What tells a damaged file of the store; files are written through `base::files`.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use sha2::{Digest, Sha256};

pub(super) use crate::base::files::{create_dir, sync_dir, write_atomic};

/// SHA-256 of a file; none when it cannot be read.
pub(super) fn sha256_of(path: &Path) -> Option<String> {
    let mut file = File::open(path).ok()?;
    let mut sum = Sha256::new();
    let mut bytes = vec![0; 1 << 16];
    loop {
        match file.read(&mut bytes).ok()? {
            0 => return Some(crate::base::text::hex(sum.finalize())),
            read => sum.update(&bytes[..read]),
        }
    }
}
