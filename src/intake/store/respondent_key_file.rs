//! The key of opaque respondents, `cle-repondants`, with what its digits come to: a key of which one
//! digit changed would make strangers of all respondents, in silence.

use std::path::Path;

use crate::base::error::{Error, Result};
use crate::base::files::{sha256, write_atomic};
use crate::base::text::hex;
use crate::intake::observations::RespondentKey;

/// Its file, in the store.
pub(super) const KEY: &str = "cle-repondants";
/// Digits of the sum.
const SUM_DIGITS: usize = 16;

/// Makes a key.
///
/// # Errors
///
/// A system without randomness, a disk that refuses.
pub(super) fn make(path: &Path) -> Result<()> {
    let mut bytes = [0_u8; 32];
    getrandom::fill(&mut bytes)
        .map_err(|e| Error::Store(format!("Le système ne donne pas de hasard ({e}).")))?;
    write_atomic(path, text_of(&hex(bytes)).as_bytes())
}

/// Reads it.
///
/// # Errors
///
/// A key that cannot be read, or is not what was written.
pub(super) fn read(path: &Path) -> Result<RespondentKey> {
    let text = std::fs::read_to_string(path).map_err(Error::io(path, "lecture"))?;
    let digits = digits(&text).ok_or_else(|| damaged(path))?;
    let mut bytes = [0_u8; 32];
    const_hex::decode_to_slice(digits, &mut bytes).map_err(|_| damaged(path))?;
    Ok(RespondentKey::new(bytes))
}

/// Adds its sum to a key that an earlier version of the program wrote without.
///
/// # Errors
///
/// A disk that refuses.
pub(super) fn seal(path: &Path) -> Result<()> {
    let text = std::fs::read_to_string(path).map_err(Error::io(path, "lecture"))?;
    let bare = text.trim();
    if is_bare(bare) {
        write_atomic(path, text_of(bare).as_bytes())?;
    }
    Ok(())
}

fn text_of(digits: &str) -> String {
    let sum = sha256(digits.as_bytes());
    format!("{digits}\n{}\n", &sum[..SUM_DIGITS])
}

fn is_bare(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|b| b.is_ascii_hexdigit())
}

/// The digits of a sound key.
fn digits(text: &str) -> Option<&str> {
    if is_bare(text.trim()) {
        return Some(text.trim());
    }
    let digits = text.split('\n').next()?;
    (text == text_of(digits)).then_some(digits)
}

fn damaged(path: &Path) -> Error {
    Error::Store(format!(
        "{} : cette clé n’est plus celle qui a été écrite (abîmée, incomplète ou remplacée). Remettez-la depuis une sauvegarde, ou demandez au logiciel de synchronisation sa version précédente : sans elle, un répondant qui revient ne serait pas reconnu.",
        path.display()
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_flip_passes_and_an_older_key_is_sealed() {
        let dir = tempfile::tempdir().expect("a folder");
        let path = dir.path().join(KEY);
        std::fs::write(&path, "ab".repeat(32)).expect("written");
        assert!(read(&path).is_ok());
        seal(&path).expect("sealed");
        let sealed = std::fs::read(&path).expect("readable");
        assert_eq!(sealed.len(), 64 + 1 + SUM_DIGITS + 1);
        for at in 0..sealed.len() {
            for bit in 0..7 {
                let mut flipped = sealed.clone();
                flipped[at] ^= 1 << bit;
                std::fs::write(&path, &flipped).expect("written");
                assert!(read(&path).is_err(), "{at}, {bit}");
            }
        }
        make(&path).expect("made");
        assert!(read(&path).is_ok());
    }
}
