//! What was cleared of a convention for an audience: plain values, texts that passed the screen, no person.

use super::ctg_audience::CtgAudience;
use crate::base::day::Day;
use crate::privacy::Quotation;

/// The convention as an audience may see it on a day.
#[derive(Debug, Clone)]
pub struct CtgView {
    /// Who reads.
    pub audience: CtgAudience,
    /// Day of the state.
    pub day: Day,
    /// « Convention territoriale globale 2022-2026 ».
    pub title: String,
    /// Who signed.
    pub signatories: Vec<String>,
    /// First day of the convention.
    pub from: Day,
    /// Last day.
    pub to: Day,
    /// Avenants, in order.
    pub amendments: Vec<CtgAmendment>,
    /// What is due, in order of day, past ones too.
    pub deadlines: Vec<CtgDeadline>,
    /// Axes that have a fiche here.
    pub axes: Vec<CtgAxis>,
    /// Fiches that this audience reads.
    pub fiches: Vec<CtgFiche>,
    /// Actions, in order of fiche, then of the register.
    pub actions: Vec<CtgAction>,
    /// Decisions, in order of meeting.
    pub decisions: Vec<CtgDecision>,
    /// Meetings that have a date, in order.
    pub meetings: Vec<CtgMeeting>,
    /// Words of people, with their agreement.
    pub sayings: Vec<CtgSaying>,
    /// Themes of all that was said.
    pub themes: Vec<CtgTheme>,
    /// Texts of actions, decisions and words that are not shown.
    pub withheld: usize,
}

/// An avenant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CtgAmendment {
    /// Number.
    pub number: u32,
    /// Day of signature.
    pub date: Day,
    /// What it changes.
    pub subject: String,
}

/// What is due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CtgDeadline {
    /// « bilan final ».
    pub what: &'static str,
    /// When.
    pub date: Day,
}

/// An axe.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CtgAxis {
    /// `A1`; empty for fiches without axe.
    pub code: String,
    /// What it says.
    pub label: String,
}

/// A fiche.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CtgFiche {
    /// `OBSERVATOIRE`.
    pub code: String,
    /// Its axe.
    pub axis: String,
    /// What it says.
    pub title: String,
    /// « abrogée par l’avenant n° 2 ».
    pub state: String,
    /// Whether an avenant put an end to it.
    pub is_abrogated: bool,
    /// petite_enfance, enfance…
    pub field: String,
    /// What it sets out to do.
    pub objectives: Vec<String>,
    /// What is expected of it.
    pub expected: Vec<String>,
}

/// An action.
#[derive(Debug, Clone, PartialEq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a word of a line that people read"
)]
pub struct CtgAction {
    /// `ACT-007`.
    pub id: String,
    /// Codes of its fiches that this audience reads.
    pub fiches: Vec<String>,
    /// Whether all its fiches were abrogated.
    pub is_abrogated: bool,
    /// What is done, or what stands in its place.
    pub text: String,
    /// What it aims at; may be empty.
    pub objective: String,
    /// Who carries it: functions or kinds of functions, services.
    pub carriers: Vec<String>,
    /// Who supports it.
    pub supporters: Vec<String>,
    /// First day.
    pub from: Option<Day>,
    /// Deadline.
    pub due: Option<Day>,
    /// « en cours ».
    pub status: &'static str,
    /// Whether it is done.
    pub is_done: bool,
    /// Whether nothing more is expected of it.
    pub is_closed: bool,
    /// Steps done, planned.
    pub steps: Option<(usize, usize)>,
    /// « à surveiller »; may be empty.
    pub appreciation: &'static str,
    /// What was done lately; may be empty.
    pub lately: String,
    /// What makes it hard; may be empty.
    pub difficulty: String,
    /// What is asked of those who decide; may be empty.
    pub decision: String,
    /// Planned, in euros.
    pub planned_cost: Option<f64>,
    /// Spent, in euros.
    pub spent: Option<f64>,
    /// Days past its deadline.
    pub days_late: Option<usize>,
    /// Whether nobody has touched it for ninety days.
    pub is_dormant: bool,
    /// Last touched.
    pub updated: Option<Day>,
}

/// A decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CtgDecision {
    /// `DEC-003`.
    pub id: String,
    /// Id of the meeting that took it; may be empty.
    pub meeting: String,
    /// What was decided.
    pub text: String,
    /// Fiches that it is of.
    pub fiches: Vec<String>,
    /// Who does it.
    pub carriers: Vec<String>,
    /// By when.
    pub due: Option<Day>,
    /// « faite », « sans suite »…
    pub sequel: &'static str,
    /// Whether something is still expected.
    pub is_open: bool,
    /// Whether its day has passed and nothing was done.
    pub is_without_sequel: bool,
}

/// A meeting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CtgMeeting {
    /// `T-008`.
    pub id: String,
    /// Day.
    pub date: Day,
    /// « COPIL ».
    pub kind: &'static str,
    /// What it is called; may be empty.
    pub title: String,
    /// Fiches that it is about.
    pub fiches: Vec<String>,
    /// Day that its compte rendu was sent.
    pub sent: Option<Day>,
}

/// Words of someone, who agreed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CtgSaying {
    /// « famille ».
    pub who: &'static str,
    /// Fiche or change that they are about; may be empty.
    pub about: String,
    /// Themes.
    pub themes: Vec<String>,
    /// The words.
    pub words: Quotation,
}

/// A theme, and how many spoke of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CtgTheme {
    /// The theme.
    pub theme: String,
    /// « moins de 5 », « environ 10 »; exact for the équipe projet.
    pub told: String,
}

impl CtgView {
    /// A fiche.
    pub fn fiche(&self, code: &str) -> Option<&CtgFiche> {
        self.fiches.iter().find(|f| f.code == code)
    }

    /// Fiches of an axe.
    pub fn fiches_of<'a>(&'a self, axis: &'a str) -> impl Iterator<Item = &'a CtgFiche> {
        self.fiches.iter().filter(move |f| f.axis == axis)
    }

    /// Actions of fiches in force.
    pub fn running(&self) -> impl Iterator<Item = &CtgAction> {
        self.actions.iter().filter(|a| !a.is_abrogated)
    }

    /// A meeting.
    pub fn meeting(&self, id: &str) -> Option<&CtgMeeting> {
        self.meetings.iter().find(|m| m.id == id)
    }

    /// What is due from the day of the state on.
    pub fn to_come(&self) -> impl Iterator<Item = &CtgDeadline> {
        self.deadlines.iter().filter(|d| d.date >= self.day)
    }
}
