//! A small questionnaire: items, one scale for all, a group variable.

pub(in crate::convention) use crate::convention::versions::SURVEYS;

/// A questionnaire.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Survey {
    /// `OUTILS`.
    pub code: String,
    /// « Les outils de la coopération ».
    pub title: String,
    /// What is said before the questions.
    pub welcome: String,
    /// Answers, the most favourable first.
    pub scale: Vec<String>,
    /// How many of the first answers are favourable.
    pub top: usize,
    /// Answers that are none: « Je ne sais pas ».
    pub no_opinion: Vec<String>,
    /// In order.
    pub items: Vec<SurveyItem>,
    /// Who answers, when it is asked.
    pub group: Option<SurveyGroup>,
    /// Months that responses are kept one by one.
    pub kept_months: u32,
}

/// A sentence that one agrees with, or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SurveyItem {
    /// `OUT1`.
    pub code: String,
    /// The sentence.
    pub words: String,
    /// Whether agreeing is unfavourable.
    pub reversed: bool,
}

/// The question that tells groups apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SurveyGroup {
    /// `SERVICE`.
    pub code: String,
    /// The question.
    pub words: String,
    /// What may be answered.
    pub choices: Vec<String>,
}

impl Survey {
    /// An item by its code or its sentence.
    pub fn item(&self, named: &str) -> Option<&SurveyItem> {
        let wanted = crate::base::text::plain_words(named);
        let mut items = self.items.iter();
        items.find(|i| {
            crate::convention::same_code(&i.code, named)
                || crate::base::text::plain_words(&i.words) == wanted
        })
    }

    /// Code of an answer in our own forms: `A1` for the first.
    pub(crate) fn answer_code(rank: usize) -> String {
        format!("A{}", rank + 1)
    }
}
