//! Improvement actions that an audience may read.

use super::cleared_figure::Evolution;
use crate::base::day::Day;
use crate::decide::plans::Standing;
use crate::privacy::Quotation;

/// In place of an action whose words may not be printed.
pub(crate) const UNTOLD_ACTION: &str = "Action suivie par l’équipe, non décrite ici";

impl ClearedAction {
    /// Whether its words may be read.
    pub fn is_described(&self) -> bool {
        !self.action.is_empty() && self.action.as_str() != UNTOLD_ACTION
    }
}

/// An action of a plan, cleared: texts screened, nothing on a finding that leaves the tool.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ClearedAction {
    /// Identifier in the plan; empty for a proposal.
    pub id: String,
    /// Structure code.
    pub structure: String,
    /// Critères it is about.
    pub criteres: Vec<String>,
    /// What was found, with the evidence.
    pub constat: Quotation,
    /// What is aimed at.
    pub objectif: Quotation,
    /// What is done.
    pub action: Quotation,
    /// Organisation, formation, aménagement, projet, moyens.
    pub kind: String,
    /// Whether it answers an impératif that is not met.
    pub imperatif: bool,
    /// Priority in words.
    pub priorite: String,
    /// Function of who leads it.
    pub responsable: Quotation,
    /// Who helps.
    pub appui: Quotation,
    /// Cost in euros.
    pub cout: Option<f64>,
    /// When it is due, if a day is set.
    pub echeance: Option<Day>,
    /// How it will be seen.
    pub indicateur: Quotation,
    /// Where it stands at the date of edition.
    pub standing: Standing,
    /// Whether it is still to be done.
    pub open: bool,
    /// Whether its deadline is over.
    pub late: bool,
    /// When it was done, if it was.
    pub realisation: Option<Day>,
    /// Document, page and date where the recommendation was integrated.
    pub integree: Option<IntegrationProof>,
    /// What the critère did since.
    pub effet: Option<Evolution>,
}

/// Where a recommendation was integrated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IntegrationProof {
    /// Title of the document.
    pub document: Quotation,
    /// Page or heading.
    pub page: Quotation,
    /// Day.
    pub date: Option<Day>,
}
