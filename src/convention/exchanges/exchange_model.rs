//! An exchange of data: who asks, what, what was said and decided of it.

use super::exchange_words::{
    DataNature, DecisionWord, DpoWord, ExchangeSide, ImpactStudy, OpinionWord,
};
use super::exchanged_field::ExchangedField;
use crate::base::day::Day;
use crate::convention::convention_words::Grain;

pub use crate::convention::versions::EXCHANGES_FILE;

/// An exchange of data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DataExchange {
    /// `E01`.
    pub id: String,
    /// Which way data go.
    pub side: ExchangeSide,
    /// Who asks for them.
    pub requester: String,
    /// Who holds them.
    pub holder: String,
    /// Day of the request.
    pub asked_on: Option<Day>,
    /// What is asked, in words.
    pub subject: String,
    /// What for.
    pub purpose: String,
    /// On what ground.
    pub basis: String,
    /// The exact list of what is asked.
    pub data: Vec<ExchangedData>,
    /// Whether it is worth it.
    pub opportunity: ExchangeOpinion,
    /// Whether it can be done.
    pub feasibility: ExchangeOpinion,
    /// Whether the law allows it.
    pub conformity: ExchangeOpinion,
    /// Whether the consequences for persons were studied.
    pub impact_study: Option<ImpactStudy>,
    /// What the délégué à la protection des données says.
    pub dpo: DpoOpinion,
    /// What was decided.
    pub decision: ExchangeDecision,
    /// Its entry in the register of treatments.
    pub register: RegisterEntry,
    /// How long who receives the data keeps them.
    pub months: Option<u32>,
    /// Last day on which data may be sent.
    pub until: Option<Day>,
}

/// Something that is exchanged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExchangedData {
    /// As it is written: `I20`, `axe:REL`.
    pub code: String,
    /// What that is; none of who is not ours to know (what we ask for, what the observatory does not hold).
    pub field: Option<ExchangedField>,
    /// How near to persons.
    pub nature: DataNature,
    /// What each line is about.
    pub grain: Grain,
    /// Fewer answers, cases or events than that are hidden.
    pub least: usize,
}

/// What someone thinks of an exchange, and when.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ExchangeOpinion {
    /// What; none while nobody said.
    pub word: Option<OpinionWord>,
    /// Why.
    pub reason: String,
    /// When.
    pub day: Option<Day>,
    /// Which function said it.
    pub by: String,
}

/// What the délégué à la protection des données says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DpoOpinion {
    /// Whose délégué: that of who holds the data.
    pub of_holder: bool,
    /// Day that he or she was asked.
    pub asked_on: Option<Day>,
    /// What; none while nothing was answered.
    pub word: Option<DpoWord>,
    /// What is asked for.
    pub advice: Vec<String>,
    /// When.
    pub day: Option<Day>,
}

/// What was decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExchangeDecision {
    /// What.
    pub word: DecisionWord,
    /// Why.
    pub reason: String,
    /// When.
    pub day: Option<Day>,
}

/// Where an exchange stands in the register of treatments.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RegisterEntry {
    /// Since when.
    pub day: Option<Day>,
    /// Under which reference.
    pub reference: String,
}

impl DataExchange {
    /// Whether anything of it is more than totals.
    pub fn is_sensitive(&self) -> bool {
        (self.data.iter()).any(|data| data.nature != DataNature::Aggregated)
    }

    /// Whether anything of it tells of somebody’s health.
    pub fn tells_of_health(&self) -> bool {
        (self.data.iter()).any(|data| data.nature == DataNature::Health)
    }

    /// Whether it was agreed to.
    pub fn is_agreed(&self) -> bool {
        self.decision.word == DecisionWord::Agreed
    }
}
