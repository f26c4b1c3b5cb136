//! A computed indicator: its value, what was divided, its status, the lines that it comes from.

use super::register_columns::Register;
use super::suivi_period::SuiviPeriod;

/// Whether there is a value, and of which kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IndicatorStatus {
    /// Computed.
    Ok,
    /// It cannot be: the reason says why.
    NotComputable,
    /// Its period, or its source, is still to come.
    ToCome,
    /// Typed by a person in `Relevés`.
    Declared,
}

impl IndicatorStatus {
    /// In tables and JSON.
    pub fn key(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::NotComputable => "non_calculable",
            Self::ToCome => "a_venir",
            Self::Declared => "declare",
        }
    }

    /// As people read it.
    pub fn words(self) -> &'static str {
        match self {
            Self::Ok => "calculé",
            Self::NotComputable => "non calculable",
            Self::ToCome => "à venir",
            Self::Declared => "déclaré",
        }
    }
}

/// A line of a register that a value comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeenRow {
    /// Register.
    pub register: Register,
    /// Line.
    pub id: String,
    /// What it says for this value, in a sentence.
    pub says: String,
}

/// A line of a file, or a figure of the observatory, that a value comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceLine {
    /// Where it stands.
    pub place: String,
    /// What it says for this value, in a sentence.
    pub says: String,
}

/// Something told beside a value: « heures », 4.5.
#[derive(Debug, Clone, PartialEq)]
pub struct BesideValue {
    /// What.
    pub label: String,
    /// How much.
    pub value: f64,
}

/// The value of an indicator over a period.
#[derive(Debug, Clone, PartialEq)]
pub struct ComputedIndicator {
    /// `G07`.
    pub code: String,
    /// Over what.
    pub period: SuiviPeriod,
    /// Status.
    pub status: IndicatorStatus,
    /// Value: a number, or a share 0..1.
    pub value: Option<f64>,
    /// What is divided, or counted.
    pub numerator: Option<f64>,
    /// By what.
    pub denominator: Option<f64>,
    /// Lines that it rests on: temps, actions, documents…
    pub n: usize,
    /// Why there is no value, in words; empty otherwise.
    pub reason: String,
    /// What is told beside.
    pub beside: Vec<BesideValue>,
    /// Lines that it comes from.
    pub rows: Vec<SeenRow>,
    /// What else is told of it, in sentences.
    pub notes: Vec<String>,
    /// Seats that a share of attendance or of answers adds up: a meeting and a service, a response and an item.
    pub(crate) seats: Vec<String>,
    /// Of a count of those that came at least once: for each that could, in how many seats.
    pub(crate) rooms: Vec<usize>,
    /// Lines of files and figures of the observatory that it comes from.
    pub lines: Vec<SourceLine>,
}

/// What a calculation finds, before it is an indicator.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Found {
    pub value: Option<f64>,
    pub numerator: Option<f64>,
    pub denominator: Option<f64>,
    pub n: usize,
    pub reason: String,
    pub beside: Vec<BesideValue>,
    pub rows: Vec<SeenRow>,
    pub notes: Vec<String>,
    pub seats: Vec<String>,
    pub rooms: Vec<usize>,
    pub lines: Vec<SourceLine>,
}

impl Found {
    /// A count.
    pub(super) fn count(value: usize) -> Self {
        Self {
            value: Some(value as f64),
            numerator: Some(value as f64),
            n: value,
            ..Self::default()
        }
    }

    /// A share; no value, and the reason, when there is nothing to divide by.
    pub(super) fn share(numerator: f64, denominator: f64, n: usize, empty: &str) -> Self {
        let divides = denominator > 0.0;
        Self {
            value: divides.then(|| numerator / denominator),
            numerator: divides.then_some(numerator),
            denominator: divides.then_some(denominator),
            n,
            reason: if divides {
                String::new()
            } else {
                empty.to_owned()
            },
            ..Self::default()
        }
    }

    /// No value.
    pub(super) fn none(reason: impl Into<String>) -> Self {
        Self {
            reason: reason.into(),
            ..Self::default()
        }
    }

    #[must_use]
    pub(super) fn beside(mut self, label: impl Into<String>, value: f64) -> Self {
        self.beside.push(BesideValue {
            label: label.into(),
            value,
        });
        self
    }

    /// The same, of these seats.
    #[must_use]
    pub(super) fn seated(mut self, seats: Vec<String>) -> Self {
        self.seats = seats;
        self
    }

    /// The same, where each of those counted could come in so many seats.
    #[must_use]
    pub(super) fn roomed(mut self, rooms: impl IntoIterator<Item = usize>) -> Self {
        self.rooms = rooms.into_iter().collect();
        self
    }

    #[must_use]
    pub(super) fn seen(mut self, rows: Vec<SeenRow>) -> Self {
        self.rows = rows;
        self
    }
}
