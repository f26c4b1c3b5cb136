//! What the workbook of a plan holds, before it is written.

use super::field::ActionRecord;
use crate::base::day::Day;

/// A line of the workbook.
#[derive(Debug, Clone, Default)]
pub struct PlanLine {
    /// Id of the action; empty when the program has not given one yet.
    pub id: String,
    /// Name of the structure.
    pub name: String,
    /// Its fields.
    pub record: ActionRecord,
    /// Whether it is late on the day of edition.
    pub late: bool,
    /// What a later campaign shows of it.
    pub effect: String,
}

/// What the workbook holds and offers.
#[derive(Debug, Clone)]
pub struct PlanBook {
    /// Who runs the observatory.
    pub territory: String,
    /// Actions, in order.
    pub lines: Vec<PlanLine>,
    /// Codes of structures to choose from.
    pub structures: Vec<String>,
    /// Ids of campaigns to choose from.
    pub campaigns: Vec<String>,
    /// Codes of critères to choose from.
    pub criteres: Vec<String>,
    /// Entry of the journal that it is written from; empty when nothing is kept yet.
    pub version: String,
    /// ISO day of edition.
    pub date: Day,
    /// Whether every page says « DONNÉES FICTIVES ».
    pub fictitious: bool,
}
