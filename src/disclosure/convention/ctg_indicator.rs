//! An indicator of the convention as an audience may see it: rounded as it is printed.

use crate::base::day::Day;
use crate::base::text::Datum;

/// Whether there is something to print.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CtgStatus {
    /// A value.
    Known,
    /// A value that a person declared.
    Declared,
    /// None: the reason says why.
    NotComputable,
    /// Its period or its source is to come.
    ToCome,
    /// One that this audience is not told.
    Hidden,
}

/// Something told beside.
#[derive(Debug, Clone, PartialEq)]
pub struct CtgBeside {
    /// What.
    pub label: String,
    /// How much.
    pub value: Datum,
}

/// The value from which one starts.
#[derive(Debug, Clone, PartialEq)]
pub struct CtgStart {
    /// Value.
    pub value: Datum,
    /// Day that it holds of.
    pub day: Option<Day>,
    /// Where it comes from.
    pub source: String,
}

/// An indicator over a period.
#[derive(Debug, Clone, PartialEq)]
pub struct CtgIndicator {
    /// `G07`.
    pub code: String,
    /// Code of its fiche; empty for the whole convention.
    pub fiche: String,
    /// What it measures.
    pub label: String,
    /// « réalisation », « résultat », « changement ».
    pub nature: &'static str,
    /// « % », « réunions »…
    pub unit: String,
    /// `2026-T4`.
    pub period: String,
    /// First day of it.
    pub from: Day,
    /// Last day that counts.
    pub to: Day,
    /// Status.
    pub status: CtgStatus,
    /// What is printed: the value, or words in its place.
    pub value: Datum,
    /// « 12 sur 14 »; empty where it is not told.
    pub divided: String,
    /// Lines that it rests on, to those who are told.
    pub rows: Option<usize>,
    /// Why there is no value; empty otherwise.
    pub reason: String,
    /// Where one started.
    pub start: Option<CtgStart>,
    /// What is aimed at.
    pub target: Option<Datum>,
    /// Whether what is printed is at the target; none where it cannot be said.
    pub reaches_target: Option<bool>,
    /// What is told beside.
    pub beside: Vec<CtgBeside>,
    /// Key by which `expliquer` tells it; empty for who is given none.
    pub key: String,
    /// Whether it repeats an earlier edition, from which too few persons differ.
    pub repeats: bool,
    /// What the log keeps of a figure of persons.
    pub(super) persons: Option<(usize, usize)>,
    /// Seats that it adds up, where it is a share of attendance.
    pub(super) seats: Vec<String>,
}

impl CtgIndicator {
    /// The number that is printed, to be printed again as the start of what follows, and its words where they say more
    /// than the number (« environ 40 % »).
    ///
    /// # Errors
    ///
    /// Why there is none, in words.
    pub fn to_start_from(&self) -> Result<(f64, String), String> {
        if !matches!(self.status, CtgStatus::Known | CtgStatus::Declared) {
            return Err(self.reason.clone());
        }
        let told = &self.value.text;
        let is_bound = told.contains("ou plus") || told.contains("ou moins");
        let number = match told.as_str() {
            "oui, diffusé" => Some(1.0),
            "oui, non diffusé" => Some(0.5),
            "non" => Some(0.0),
            _ => self.value.number,
        };
        let (Some(number), false) = (number, is_bound) else {
            return Err(format!("lue « {told} », qui n’est pas un nombre"));
        };
        let is_near = told.starts_with("environ") || self.persons.is_some();
        let words = is_near.then(|| format!("lue « {told} »"));
        Ok((number, words.unwrap_or_default()))
    }

    /// Whether it rests on persons, so that what was told of it counts.
    pub fn counts_persons(&self) -> bool {
        self.persons.is_some()
    }

    /// Whether this audience is not told it.
    pub fn is_hidden(&self) -> bool {
        self.status == CtgStatus::Hidden
    }

    /// « 2026-T4 » is printed « 4e trimestre 2026 »; a year as it is.
    pub fn period_words(&self) -> String {
        match self.period.split_once("-T") {
            Some((year, "1")) => format!("1er trimestre {year}"),
            Some((year, quarter)) => format!("{quarter}e trimestre {year}"),
            None if self.period == "convention" => "toute la convention".to_owned(),
            None if self.period.bytes().all(|b| b.is_ascii_digit()) => self.period.clone(),
            None => format!("campagne {}", self.period),
        }
    }
}
