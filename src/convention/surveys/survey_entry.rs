//! One file of what questionnaires brought, `E001-<content>.json`: never edited, named by what its bytes come to.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::base::day::Day;

pub(super) const SURVEY_FORMAT: u32 = 1;

/// What an entry does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "genre", rename_all = "snake_case")]
pub(crate) enum SurveyDeed {
    /// Responses came in.
    Reponses {
        /// Answers, the most favourable first, as the questionnaire had them that day.
        echelle: Vec<String>,
        /// How many of the first are favourable.
        favorables: usize,
        /// Items that agreeing with is unfavourable.
        inverses: Vec<String>,
        reponses: Vec<KeptResponse>,
    },
    /// Another entry counts no more.
    Annulation {
        /// Name of its bytes.
        vise: String,
    },
    /// The responses of another entry became counts; its file is no more.
    Purge {
        /// Name of its bytes.
        vise: String,
        echelle: usize,
        favorables: usize,
        inverses: Vec<String>,
        comptes: Vec<KeptCount>,
    },
}

/// A response, without anybody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct KeptResponse {
    /// What makes it known again when the same export comes back.
    pub cle: String,
    pub date: Day,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub groupe: String,
    /// Item → rank of the answer, 0 for the first.
    pub reponses: BTreeMap<String, usize>,
}

/// Answers of a purged entry, over a quarter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct KeptCount {
    /// Its first and last days.
    pub du: Day,
    pub au: Day,
    /// Responses.
    pub n: usize,
    /// Item → answers of each rank.
    pub reponses: BTreeMap<String, Vec<usize>>,
}

/// One file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct SurveyEntry {
    pub(super) format: u32,
    /// `E001`.
    pub id: String,
    /// Day of the run.
    pub date: Day,
    /// Code of the questionnaire.
    pub enquete: String,
    /// Name of the file, without its folder; empty for what is no import.
    pub fichier: String,
    /// Of its bytes.
    pub sha256: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub poste: String,
    #[serde(flatten)]
    pub deed: SurveyDeed,
}

impl SurveyEntry {
    /// Responses that it brought.
    pub(crate) fn responses(&self) -> &[KeptResponse] {
        match &self.deed {
            SurveyDeed::Reponses { reponses, .. } => reponses,
            _ => &[],
        }
    }
}
