//! The governance of a convention as an audience may see it: functions, who comes to what, what was answered.

use crate::base::text::Datum;

/// A box of the organigramme: a function, or several of one kind for who is not told each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CtgPost {
    /// « Coopération enfance », « coopération thématique (3 fonctions) ».
    pub title: String,
    /// « CCThématique ».
    pub nature: String,
    /// Instances that it is a member of, as they are read.
    pub instances: Vec<&'static str>,
    /// How many boxes are above it.
    pub depth: usize,
    /// What it hangs on.
    pub above: String,
    /// « pourvue », « non pourvue », « 2 sur 3 ».
    pub filled: String,
    /// Whether nobody holds it.
    pub is_vacant: bool,
}

/// A line of who comes to what.
#[derive(Debug, Clone, PartialEq)]
pub struct CtgAttendance {
    /// A service, or all of them.
    pub who: String,
    /// In the order of the instances.
    pub came: Vec<Datum>,
}

/// An item of a questionnaire.
#[derive(Debug, Clone, PartialEq)]
pub struct CtgItem {
    /// The sentence.
    pub words: String,
    /// Share of favourable answers.
    pub favourable: Datum,
}

/// The governance over a year.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CtgGovernance {
    /// In the order of the drawing.
    pub posts: Vec<CtgPost>,
    /// Functions of the register.
    pub functions: usize,
    /// Of them, those that somebody holds.
    pub filled: usize,
    /// Functions that somebody holds and that are tied to nothing.
    pub untied: usize,
    /// Circles of functions that hang on each other.
    pub circles: usize,
    /// Instances that met, as they are read.
    pub instances: Vec<&'static str>,
    /// Services, or all of them together.
    pub attendance: Vec<CtgAttendance>,
    /// Title of the questionnaire on tools, and its items, the most reserved first.
    pub survey: String,
    /// Its items.
    pub items: Vec<CtgItem>,
}
