//! Opaque respondents: HMAC-SHA-256 of the tool's own response id under a local random key, so
//! that the same response is recognised again and nobody can be found behind it.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// The local key of a store.
#[derive(Clone)]
pub struct RespondentKey([u8; 32]);

impl RespondentKey {
    /// Wraps 32 random bytes.
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// 16 hexadecimal digits for a response, distinct for each of the parts.
    pub fn opaque(&self, parts: &[&str]) -> String {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.0)
            .unwrap_or_else(|_| unreachable!("HMAC takes a key of any length"));
        for part in parts {
            // The length keeps ("ab", "c") apart from ("a", "bc").
            mac.update(&(part.len() as u64).to_le_bytes());
            mac.update(part.as_bytes());
        }
        let digest = mac.finalize().into_bytes();
        crate::base::text::hex(&digest[..8])
    }
}
