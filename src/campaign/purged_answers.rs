//! What to say where answers would have been read and are no more.

use crate::base::diagnostics::{Code, Diagnostic, Location};
use crate::base::text::list;
use crate::intake::store::PurgeRecord;
use crate::vocabulary::referentiel::SourceCode;

/// Answers of a campaign that are no more.
#[derive(Debug, Clone, Default)]
pub(crate) struct PurgedAnswers {
    /// Its campaign.
    pub campaign: String,
    /// By source.
    pub records: Vec<PurgeRecord>,
}

impl PurgedAnswers {
    /// Whether answers of a source are no more.
    pub(crate) fn of(&self, source: SourceCode) -> Option<&PurgeRecord> {
        self.records.iter().find(|r| r.source == source)
    }

    /// « réponses OBS et FAM de C1 purgées le 03/07/2027 »; none when nothing was.
    pub(crate) fn sentence(&self) -> Option<String> {
        if self.records.is_empty() {
            return None;
        }
        let first = &self.records[0].date;
        if self.records.iter().all(|r| r.date == *first) {
            let sources: Vec<&str> = self.records.iter().map(|r| r.source.as_str()).collect();
            return Some(format!(
                "réponses {} de {} purgées le {}",
                list(&sources),
                self.campaign,
                first.short()
            ));
        }
        let each = self.records.iter();
        let each: Vec<String> = each
            .map(|r| format!("{} le {}", r.source, r.date.short()))
            .collect();
        Some(format!(
            "réponses de {} purgées : {}",
            self.campaign,
            list(&each)
        ))
    }

    /// The same as a diagnostic, with what cannot be had any more.
    pub(crate) fn diagnostic(&self, missing: &str) -> Option<Diagnostic> {
        let sentence = self.sentence()?;
        let message = format!("{sentence} ; {missing}.");
        Some(Diagnostic::new(
            Code::AnswersPurged,
            Location::none(),
            message,
        ))
    }
}
