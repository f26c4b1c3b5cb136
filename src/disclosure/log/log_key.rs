//! The local key under which the log keeps fingerprints of answers: whoever gets the log without it
//! cannot try the few sums that a small group may have.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::base::error::{Error, Result};
use crate::base::text::hex;

/// The key of a log.
#[derive(Clone)]
pub(crate) struct LogKey([u8; 32]);

impl std::fmt::Debug for LogKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("LogKey")
    }
}

impl LogKey {
    /// A new one.
    ///
    /// # Errors
    ///
    /// The system gives no random bytes.
    pub(crate) fn random() -> Result<Self> {
        let mut bytes = [0; 32];
        getrandom::fill(&mut bytes).map_err(|e| {
            Error::Store(format!(
                "Le système n’a pas donné de nombre au hasard ({e}) : redémarrez l’ordinateur, puis recommencez."
            ))
        })?;
        Ok(Self(bytes))
    }

    /// Reads what [`LogKey::text`] wrote.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let mut bytes = [0; 32];
        if text.len() != 64 || !text.is_ascii() {
            return None;
        }
        for (byte, pair) in bytes.iter_mut().zip(text.as_bytes().chunks(2)) {
            let digits = std::str::from_utf8(pair).ok()?;
            *byte = u8::from_str_radix(digits, 16).ok()?;
        }
        Some(Self(bytes))
    }

    pub(crate) fn text(&self) -> String {
        hex(self.0)
    }

    /// What tells it from another without giving it.
    pub(crate) fn own_seal(&self) -> String {
        self.seal("journal")
    }

    /// A fingerprint that only this key makes.
    pub(crate) fn seal(&self, fingerprint: &str) -> String {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.0)
            .unwrap_or_else(|_| unreachable!("HMAC takes a key of any length"));
        mac.update(fingerprint.as_bytes());
        hex(&mac.finalize().into_bytes()[..8])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_read_back_and_another_gives_other_fingerprints() {
        let key = LogKey::random().expect("random");
        let again = LogKey::parse(&key.text()).expect("readable");
        assert_eq!(key.seal("12/4"), again.seal("12/4"));
        assert_ne!(key.seal("12/4"), key.seal("13/4"));
        let other = LogKey::random().expect("random");
        assert_ne!(key.seal("12/4"), other.seal("12/4"));
        assert!(LogKey::parse("zz").is_none());
    }
}
