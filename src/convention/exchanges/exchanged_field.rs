//! What may be asked of the observatory: its figures, its tables; and what it does not hold.

use crate::convention::convention_words::Grain;
use crate::vocabulary::config::Observatory;
use crate::vocabulary::referentiel::ActivityCode;

/// A table that an exchange may be about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExchangedTable {
    /// The registry of accueils.
    Structures,
    /// Open answers of the follow-up, screened, agreed to by who said them.
    Words,
    /// Answers one by one, which never leave.
    Answers,
}

/// What is exchanged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ExchangedField {
    /// An indicator of activity or of the observatory: `I20`, `O2`.
    Activity(ActivityCode),
    /// The level of an axe: `axe:REL`.
    Axis(String),
    /// The level of a critère: `critere:LIE-3`.
    Critere(String),
    /// A table: `table:structures`.
    Table(ExchangedTable),
}

/// What a code begins with when the observatory does not hold it: the register keeps the request all the same.
const ELSEWHERE: &str = "autre:";

/// Tables, by name.
const TABLES: [(&str, ExchangedTable); 3] = [
    ("table:structures", ExchangedTable::Structures),
    ("table:paroles", ExchangedTable::Words),
    ("table:observations", ExchangedTable::Answers),
];

impl ExchangedField {
    /// The field of a code; none when the observatory has nothing of that name.
    pub(super) fn read(code: &str, observatory: &Observatory) -> Option<Self> {
        if let Ok(activity) = code.parse::<ActivityCode>() {
            return Some(Self::Activity(activity));
        }
        if let Some((_, table)) = TABLES.iter().find(|(name, _)| *name == code) {
            return Some(Self::Table(*table));
        }
        let known = known_codes(observatory);
        if !known.iter().any(|k| k == code) {
            return None;
        }
        match code.split_once(':') {
            Some(("axe", axe)) => Some(Self::Axis(axe.to_owned())),
            Some(("critere", critere)) => Some(Self::Critere(critere.to_owned())),
            _ => None,
        }
    }

    /// Whether it is made of totals alone.
    pub fn is_figure(&self) -> bool {
        match self {
            Self::Activity(_) | Self::Axis(_) | Self::Critere(_) => true,
            Self::Table(table) => *table == ExchangedTable::Structures,
        }
    }

    /// Whether it is told at a grain.
    pub(super) fn has_grain(&self, grain: Grain) -> bool {
        match self {
            Self::Table(_) => grain == Grain::Structure,
            _ => matches!(grain, Grain::Structure | Grain::Territoire),
        }
    }
}

/// Whether a code says itself that the observatory does not hold it.
pub(super) fn is_elsewhere(code: &str) -> bool {
    code.strip_prefix(ELSEWHERE)
        .is_some_and(|rest| !rest.trim().is_empty())
}

/// Whether it is a critère that is treated outside of the observatory, in one of the référentiels.
pub(super) fn leaves_the_tool(code: &str, observatory: &Observatory) -> bool {
    let Some(code) = code.strip_prefix("critere:") else {
        return false;
    };
    let criteres = observatory.referentiels.values().flat_map(|r| &r.criteres);
    criteres
        .filter(|c| c.code == code)
        .any(|c| c.hors_observatoire || c.protection)
}

/// Every code that may be asked for.
pub(super) fn known_codes(observatory: &Observatory) -> Vec<String> {
    let activities = ActivityCode::all().map(|code| code.as_str().to_owned());
    let referentiels = observatory.referentiels.values();
    let axes = referentiels.clone().flat_map(|r| &r.axes);
    let axes = axes.map(|axe| format!("axe:{}", axe.code));
    let criteres = referentiels.flat_map(|r| &r.criteres);
    let criteres = criteres.map(|critere| format!("critere:{}", critere.code));
    let tables = TABLES.iter().map(|(name, _)| (*name).to_owned());
    let mut all: Vec<String> = activities
        .chain(axes)
        .chain(criteres)
        .chain(tables)
        .collect();
    all.sort();
    all.dedup();
    all
}
