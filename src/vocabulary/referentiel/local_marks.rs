//! What a territory's own layer (`grids/local.toml`) did to the référentiel that was shipped, where it did it.

use crate::base::day::Day;

/// Who decided, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LocalDecision {
    /// The day.
    pub day: Day,
    /// « COPIL »; empty when the file does not say.
    pub by: String,
}

impl LocalDecision {
    /// « COPIL, le 12/03/2026 », « le 12/03/2026 ».
    pub fn dated(&self) -> String {
        match self.by.as_str() {
            "" => format!("le {}", self.day.short()),
            by => format!("{by}, le {}", self.day.short()),
        }
    }
}

/// A target that the territory set.
#[derive(Debug, Clone, PartialEq)]
pub struct LocalTarget {
    /// The target as shipped, in levels.
    pub shipped: f64,
    /// Who set the other, and when.
    pub decision: LocalDecision,
}

/// A critère that does not apply in the territory: asked of nobody, measured nowhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PutAside {
    /// Why.
    pub reason: String,
    /// Why the rule of law that it holds is not at stake; empty when it holds none.
    pub law: String,
    /// Who said so, and when.
    pub decision: LocalDecision,
}

impl PutAside {
    /// « ENV-2 ne s’applique pas sur ce territoire : aucun extérieur (COPIL, le 12/03/2026). »
    pub fn sentence(&self, code: &str) -> String {
        let unended = |text: &str| text.trim().trim_end_matches('.').to_owned();
        let rule = match self.law.as_str() {
            "" => String::new(),
            law => format!(" La règle de droit qu’il tient : {}.", unended(law)),
        };
        format!(
            "{code} ne s’applique pas sur ce territoire : {} ({}).{rule}",
            unended(&self.reason),
            self.decision.dated()
        )
    }
}

/// A sentence of the territory's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LocalSentence {
    /// Its élément was added.
    Added,
    /// It replaces this one.
    Reworded {
        /// As shipped.
        shipped: String,
    },
}
