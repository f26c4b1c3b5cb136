//! What the bytes of a file come to, whole and block by block, so that what is read is known to be what
//! was written: a part of a large file is checked without reading the rest.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::base::text::hex;

/// Bytes that are checked at once in a large file.
pub(crate) const BLOCK: usize = 1 << 20;
/// Files up to this length are always read whole: their blocks need no sums.
const WHOLE: u64 = 8 << 20;

/// What the bytes of a file come to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct ByteSums {
    /// SHA-256 of all.
    pub(crate) sha256: String,
    /// SHA-256 of each [`BLOCK`], of a large file; empty for others.
    #[serde(rename = "blocs", default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) blocks: Vec<String>,
}

/// Sums bytes as they pass.
#[derive(Clone, Default)]
pub(crate) struct Summing {
    whole: Sha256,
    block: Sha256,
    in_block: usize,
    blocks: Vec<String>,
    bytes: u64,
}

impl Summing {
    /// The bytes that come next.
    pub(crate) fn update(&mut self, mut bytes: &[u8]) {
        self.bytes += bytes.len() as u64;
        self.whole.update(bytes);
        while !bytes.is_empty() {
            let taken = bytes.len().min(BLOCK - self.in_block);
            self.block.update(&bytes[..taken]);
            self.in_block += taken;
            bytes = &bytes[taken..];
            if self.in_block == BLOCK {
                self.end_block();
            }
        }
    }

    fn end_block(&mut self) {
        let block = std::mem::take(&mut self.block);
        self.blocks.push(hex(block.finalize()));
        self.in_block = 0;
    }

    /// What they come to.
    pub(crate) fn finish(mut self) -> ByteSums {
        if self.in_block > 0 {
            self.end_block();
        }
        ByteSums {
            sha256: hex(self.whole.finalize()),
            blocks: if self.bytes > WHOLE {
                self.blocks
            } else {
                Vec::new()
            },
        }
    }
}

/// SHA-256 of bytes, in hexadecimal.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    hex(Sha256::digest(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sum_is_the_same_however_bytes_come() {
        let bytes: Vec<u8> = (0..3 * BLOCK / 2).map(|i| (i % 251) as u8).collect();
        let mut once = Summing::default();
        once.update(&bytes);
        let mut often = Summing::default();
        for part in bytes.chunks(7777) {
            often.update(part);
        }
        let (once, often) = (once.finish(), often.finish());
        assert_eq!(once, often);
        assert_eq!(once.sha256, sha256(&bytes));
        assert!(once.blocks.is_empty(), "a small file is read whole");
    }

    #[test]
    fn a_large_file_has_a_sum_a_block() {
        let bytes = vec![7; WHOLE as usize + 5];
        let mut summing = Summing::default();
        summing.update(&bytes);
        let sums = summing.finish();
        assert_eq!(sums.blocks.len(), 9);
        assert_eq!(sums.blocks[0], sha256(&bytes[..BLOCK]));
        assert_eq!(sums.blocks[8], sha256(&[7; 5]));
    }
}
