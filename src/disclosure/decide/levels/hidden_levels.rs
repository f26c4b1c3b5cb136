//! What a site's readers do not get of its critères and axes.

use std::collections::{BTreeMap, BTreeSet};

use crate::disclosure::cleared::Mask;
use crate::vocabulary::referentiel::SourceCode;

/// A mean that must stay hidden: a critère by its code, what a source says of it, or what a source
/// answers to an élément by its code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ProtectedMean {
    pub(crate) code: String,
    pub(crate) source: Option<SourceCode>,
}

/// A critère or axe without value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct HiddenValue {
    /// Why.
    pub(crate) mask: Mask,
    /// For the sake of what; none for a figure masked on its own account.
    pub(crate) protects: Option<ProtectedMean>,
}

/// What a site's readers do not get of its critères and axes, by code.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct HiddenLevels {
    /// Without value.
    pub(crate) values: BTreeMap<String, HiddenValue>,
    /// Whose change is not said, and what each protects.
    pub(crate) changes: BTreeMap<String, ProtectedMean>,
    /// Whose value of the campaign before stays hidden.
    pub(crate) before: BTreeSet<String>,
}

/// What can be masked for the sake of others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum MaskablePart {
    /// The value of a critère or axe.
    Value(String),
    /// Its change.
    Change(String),
}

impl HiddenLevels {
    /// A change is said only where both values are.
    pub(crate) fn hides_change(&self, code: &str) -> bool {
        let either_value = self.values.contains_key(code) || self.before.contains(code);
        either_value || self.changes.contains_key(code)
    }

    /// Why a value is not shown; none where it is.
    pub(crate) fn mask_of(&self, code: &str) -> Option<Mask> {
        self.values.get(code).map(|hidden| hidden.mask)
    }

    /// The same with one part more, hidden for the sake of a mean.
    pub(crate) fn with(&self, part: &MaskablePart, protects: &ProtectedMean) -> Self {
        let mut more = self.clone();
        match part {
            MaskablePart::Value(code) => {
                let value = HiddenValue {
                    mask: Mask::Derivable,
                    protects: Some(protects.clone()),
                };
                more.values.insert(code.clone(), value);
            }
            MaskablePart::Change(code) => {
                more.changes.insert(code.clone(), protects.clone());
            }
        }
        more
    }
}
