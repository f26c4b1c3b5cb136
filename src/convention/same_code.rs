//! Whether two codes are one: whatever their case and their accents, in files, in cells and on the command line.

use crate::base::text::fold;

/// « Passerelles » is « PASSERELLES ».
pub(crate) fn same_code(one: &str, other: &str) -> bool {
    fold(one.trim()) == fold(other.trim())
}
