//! A cell of the follow-up as the journal keeps it: a column of a register (`temps.date`), of a line (`Temps T-007`).

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::column_kinds::RegisterHolds;
use super::register_columns::{Register, SuiviField};
use crate::base::diagnostics::Code;
use crate::base::journal::{JournalField, JournalWords};

impl JournalField for SuiviField {
    const WORDS: JournalWords = JournalWords {
        one: "suivi de la convention",
        some: "des lignes du suivi",
        contested: Code::SuiviContested,
    };

    fn heading(self) -> &'static str {
        self.spec().heading
    }

    fn refers_to(self) -> Option<&'static str> {
        (self.spec().holds == RegisterHolds::Temps).then_some("Temps ")
    }
}

impl fmt::Display for SuiviField {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.register.key(), self.spec().key)
    }
}

impl Serialize for SuiviField {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for SuiviField {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let found = text.split_once('.').and_then(|(register, key)| {
            let mut registers = Register::ALL.iter();
            let register = *registers.find(|r| r.key() == register)?;
            Self::all(register).find(|field| field.spec().key == key)
        });
        found.ok_or_else(|| de::Error::custom(format!("colonne « {text} » inconnue")))
    }
}

/// A column of a register by its key.
pub(crate) fn register_field(register: Register, key: &str) -> Option<SuiviField> {
    SuiviField::all(register).find(|field| field.spec().key == key)
}

/// The name of a line in the journal: « Temps T-007 ».
pub(super) fn record_name(register: Register, id: &str) -> String {
    format!("{} {id}", register.sheet())
}

/// The register and the id of a line of the journal.
pub(super) fn named_record(name: &str) -> Option<(Register, &str)> {
    let (sheet, id) = name.split_once(' ')?;
    let mut registers = Register::ALL.iter();
    Some((*registers.find(|r| r.sheet() == sheet)?, id))
}
