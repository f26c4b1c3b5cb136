//! The governance of a year: its indicators, the organigramme, who comes to what, what those who work together say.

use super::ctg_head::convention_line;
use super::ctg_keys::CtgKeys;
use super::governance_blocks::{organigramme, what_partners_say, who_comes, without_value};
use super::indicator_rows::indicator_rows;
use crate::base::error::Result;
use crate::disclosure::{CtgGovernance, CtgIndicator, CtgView};
use crate::reports::document::{Block, Document, Head, ReportSection};

/// A year of governance.
pub(crate) struct GovernanceReport<'a> {
    /// `2026`.
    pub year: String,
    /// The state.
    pub view: &'a CtgView,
    /// Its keys.
    pub keys: CtgKeys,
    /// Functions, who came, what was answered.
    pub governance: CtgGovernance,
    /// Indicators of governance over the year.
    pub indicators: Vec<CtgIndicator>,
    /// Code of the indicator that the questionnaire on tools gives.
    pub survey_indicator: String,
}

impl GovernanceReport<'_> {
    /// The document.
    ///
    /// # Errors
    ///
    /// A drawing that cannot be made.
    pub(crate) fn document(&self, head: Head) -> Result<Document> {
        let title = format!("Les indicateurs de la gouvernance, {}", self.year);
        let mut blocks = vec![convention_line(self.view)];
        match indicator_rows(&title, &self.indicators) {
            Some(rows) => blocks.push(rows),
            None => blocks.push(Block::text(
                "Aucun indicateur de gouvernance n’est montré à ce public.",
            )),
        }
        blocks.extend(without_value(&self.indicators).map(Block::note));
        let mut sections = vec![ReportSection::new(
            "Où en est la gouvernance",
            "Gouvernance",
            blocks,
        )];
        sections.extend(self.parts()?);
        Ok(Document { head, sections })
    }

    /// The organigramme, who comes to what, what those who work together say; a bilan takes them too.
    ///
    /// # Errors
    ///
    /// A drawing that cannot be made.
    pub(crate) fn parts(&self) -> Result<Vec<ReportSection>> {
        let mut sections = Vec::new();
        if self.view.audience.reads_follow_up() {
            sections.push(ReportSection::new(
                "L’organigramme fonctionnel",
                "Organigramme",
                organigramme(&self.governance, &self.keys)?,
            ));
            sections.push(ReportSection::new(
                "Qui vient à quoi",
                "Qui vient à quoi",
                who_comes(&self.governance, self.view, &self.keys),
            ));
        }
        let mut own = self.indicators.iter();
        let indicator = own.find(|i| i.code == self.survey_indicator);
        sections.push(ReportSection::new(
            "Ce qu’en disent ceux qui travaillent ensemble",
            "Ce qui est dit",
            what_partners_say(&self.governance, self.view, indicator),
        ));
        Ok(sections)
    }
}
