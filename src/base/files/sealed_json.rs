//! A small JSON file that says what its own content comes to: cut, flipped or edited, it is known. For
//! files whose name cannot be what their bytes come to.
//!
//! ```text
//! {"sceau":"<SHA-256 of what « contenu » holds>","contenu":
//! { … }
//! }
//! ```

use std::path::Path;

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::atomic::write_file;
use super::byte_sums::sha256;
use super::checked_file::Damage;
use crate::base::error::{Error, Result};

const BEGINS: &str = "{\"sceau\":\"";
const MIDDLE: &str = "\",\"contenu\":\n";
const ENDS: &str = "\n}\n";

/// The bytes of a sealed file.
///
/// # Errors
///
/// What cannot be written as JSON.
pub(crate) fn sealed<T: Serialize>(content: &T) -> Result<Vec<u8>> {
    let text = serde_json::to_string_pretty(content).map_err(|e| {
        Error::Store(format!(
            "Un fichier de la base ne peut pas être écrit ({e})."
        ))
    })?;
    let seal = sha256(text.as_bytes());
    Ok(format!("{BEGINS}{seal}{MIDDLE}{text}{ENDS}").into_bytes())
}

/// Writes a sealed file, whole or not at all, in a folder that need not exist yet.
///
/// # Errors
///
/// A disk that refuses.
pub(crate) fn write_sealed<T: Serialize>(path: &Path, content: &T) -> Result<()> {
    write_file(path, &sealed(content)?)
}

/// What a sealed file holds.
///
/// # Errors
///
/// See [`Damage`]: a file that was never sealed differs too.
pub(crate) fn read_sealed<T: DeserializeOwned>(path: &Path) -> Result<T, Damage> {
    let bytes = std::fs::read(path)?;
    if bytes.is_empty() {
        return Err(Damage::Empty);
    }
    unsealed(&bytes).ok_or(Damage::Different)
}

/// The content of sealed bytes; none when they are not whole.
pub(crate) fn unsealed<T: DeserializeOwned>(bytes: &[u8]) -> Option<T> {
    let text = std::str::from_utf8(bytes).ok()?;
    let rest = text.strip_prefix(BEGINS)?.strip_suffix(ENDS)?;
    let (seal, content) = rest.split_once(MIDDLE)?;
    (sha256(content.as_bytes()) == seal).then_some(())?;
    serde_json::from_str(content).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_flip_and_no_cut_passes() {
        let content = vec!["un".to_owned(), "deux".to_owned()];
        let bytes = sealed(&content).expect("sealed");
        assert_eq!(unsealed::<Vec<String>>(&bytes), Some(content));
        let value: serde_json::Value = serde_json::from_slice(&bytes).expect("plain JSON");
        assert_eq!(value["contenu"][1], "deux");
        for at in 0..bytes.len() {
            assert_eq!(unsealed::<Vec<String>>(&bytes[..at]), None, "cut at {at}");
            for bit in 0..8 {
                let mut flipped = bytes.clone();
                flipped[at] ^= 1 << bit;
                assert_eq!(unsealed::<Vec<String>>(&flipped), None, "{at}, {bit}");
            }
        }
    }
}
