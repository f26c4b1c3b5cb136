//! Keys by which `expliquer` tells what a document of the convention prints: `CTG/ACTIONS/2026-T2`.

use crate::disclosure::CtgView;

/// Keys of a document.
#[derive(Debug, Clone)]
pub(crate) struct CtgKeys {
    /// `2026-T2`, or a day; none for who is given no keys.
    period: Option<String>,
}

impl CtgKeys {
    /// Keys over a period, for a reader who is given some.
    pub(crate) fn of(view: &CtgView, period: impl Into<String>) -> Self {
        let told = view.audience.reads_follow_up();
        Self {
            period: told.then(|| period.into()),
        }
    }

    /// The key of a count or of a line: `ACTIONS`, `ACTIONS:A1`, `DECISIONS`, `ACT-007`; empty without keys.
    pub(crate) fn key(&self, code: &str) -> String {
        let key = self.period.as_ref().map(|p| format!("CTG/{code}/{p}"));
        key.unwrap_or_default()
    }

    /// The same, for blocks that have several.
    pub(crate) fn keys(&self, code: &str) -> Vec<String> {
        let key = self.key(code);
        if key.is_empty() {
            Vec::new()
        } else {
            vec![key]
        }
    }
}
