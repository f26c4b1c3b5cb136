//! Meetings as people name them in other sheets: by their id, or by their title word for word.

use std::collections::BTreeMap;

use super::register_columns::{Register, RegisterColumn, TempsColumn};
use super::registers::SuiviRecord;
use super::suivi_cells::RefusedCell;
use super::suivi_field::named_record;
use crate::base::diagnostics::Code;
use crate::base::text::{fold, list, suggest};

/// Every meeting, its id and its title.
pub(super) struct MeetingNames {
    all: Vec<(String, String)>,
}

impl MeetingNames {
    /// Those of some records.
    pub(super) fn of(records: &BTreeMap<String, SuiviRecord>) -> Self {
        let title = TempsColumn::Intitule.field();
        let meetings = records.iter().filter_map(|(name, record)| {
            let (register, id) = named_record(name)?;
            let is_kept = register == Register::Temps && !record.is_empty();
            let title = record.get(&title).cloned().unwrap_or_default();
            is_kept.then(|| (id.to_owned(), title))
        });
        Self {
            all: meetings.collect(),
        }
    }

    /// The id of the meeting that a cell names.
    ///
    /// # Errors
    ///
    /// None, or several: told with what resembles.
    pub(super) fn id(&self, text: &str) -> Result<String, RefusedCell> {
        let by_id = self
            .all
            .iter()
            .find(|(id, _)| id.eq_ignore_ascii_case(text));
        if let Some((id, _)) = by_id {
            return Ok(id.clone());
        }
        let titled = self
            .all
            .iter()
            .filter(|(_, title)| fold(title) == fold(text));
        let ids: Vec<&str> = titled.map(|(id, _)| id.as_str()).collect();
        match ids.as_slice() {
            [only] => Ok((*only).to_owned()),
            [] => {
                let message = format!("le temps « {text} » n’existe pas.");
                let names = self
                    .all
                    .iter()
                    .flat_map(|(id, title)| [id.as_str(), title.as_str()]);
                let near = suggest(text, names);
                Err(RefusedCell::new(Code::SuiviReference, message).near(&near))
            }
            several => {
                let message = format!(
                    "« {text} » est l’intitulé de plusieurs temps : {} ; écrivez l’identifiant.",
                    list(several)
                );
                Err(RefusedCell::new(Code::SuiviReference, message))
            }
        }
    }
}
