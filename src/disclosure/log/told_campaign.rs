//! What one audience is told of a campaign by an edition in the making, beyond what it held already.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::printed_answers::ToldAnswers;
use super::printed_levels::ToldLevels;
use crate::vocabulary::Audience;

/// What an audience is told, of what those who read another delivery beside it may compare.
#[derive(Debug)]
pub(crate) struct ToldCampaign {
    pub(crate) audience: Audience,
    /// « place/question » → answers and what is told of them.
    pub(crate) answers: FxHashMap<Box<str>, ToldAnswers>,
    /// By site.
    pub(crate) levels: BTreeMap<String, ToldLevels>,
}

impl ToldCampaign {
    /// Nothing is told.
    pub(crate) fn nothing_to(audience: Audience) -> Self {
        Self {
            audience,
            answers: FxHashMap::default(),
            levels: BTreeMap::new(),
        }
    }
}
