//! The key of a launch: 128 random bits that the browser of this person alone is handed, and what is sealed
//! with it.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::base::error::{Error, Result};

/// Bytes of the key.
const LENGTH: usize = 16;

/// The key of a launch, in hexadecimal.
#[derive(Clone)]
pub(super) struct LaunchKey(String);

impl LaunchKey {
    /// A new one.
    ///
    /// # Errors
    ///
    /// A system that gives no random numbers.
    pub(super) fn draw() -> Result<Self> {
        let mut bytes = [0; LENGTH];
        getrandom::fill(&mut bytes).map_err(|e| {
            Error::Store(format!(
                "Le système n’a pas donné de nombre au hasard ({e}) : la page ne peut pas être protégée. Redémarrez l’ordinateur et recommencez."
            ))
        })?;
        Ok(Self(crate::base::text::hex(bytes)))
    }

    /// One that another launch wrote.
    pub(super) fn read(written: &str) -> Option<Self> {
        let is_key = written.len() == 2 * LENGTH && written.bytes().all(|b| b.is_ascii_hexdigit());
        is_key.then(|| Self(written.to_owned()))
    }

    /// Its digits.
    pub(super) fn digits(&self) -> &str {
        &self.0
    }

    /// Whether a text is the key, in a time that says nothing of where they part.
    pub(super) fn is(&self, written: &str) -> bool {
        same(self.0.as_bytes(), written.as_bytes())
    }

    /// What only who knows the key could have said of a text.
    pub(super) fn seal(&self, text: &str) -> String {
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(self.0.as_bytes()) else {
            return String::new();
        };
        mac.update(text.as_bytes());
        crate::base::text::hex(mac.finalize().into_bytes())
    }

    /// Whether a seal is that of a text.
    pub(super) fn sealed(&self, text: &str, seal: &str) -> bool {
        !seal.is_empty() && same(self.seal(text).as_bytes(), seal.as_bytes())
    }
}

fn same(a: &[u8], b: &[u8]) -> bool {
    a.len() == b.len() && a.iter().zip(b).fold(0, |found, (x, y)| found | (x ^ y)) == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_knows_itself_and_its_seals_alone() {
        let (key, other) = (
            LaunchKey::draw().expect("a key"),
            LaunchKey::draw().expect("a key"),
        );
        assert_eq!(key.digits().len(), 32);
        assert!(key.is(key.digits()) && !key.is(other.digits()) && !key.is(""));
        assert!(key.sealed("fait", &key.seal("fait")));
        assert!(
            !key.sealed("fait.", &key.seal("fait")) && !key.sealed("fait", &other.seal("fait"))
        );
        assert!(!key.sealed("fait", ""));
        assert!(LaunchKey::read(key.digits()).is_some());
        assert!(LaunchKey::read("../../etc/passwd").is_none());
    }
}
