//! Layout of the plan's workbook, shared by what writes it and what reads it back.

use super::field::Field;

/// Sheet that holds the actions.
pub(super) const SHEET_PLAN: &str = "Plan";
/// Hidden sheet that holds the choices of drop-down lists.
pub(super) const SHEET_LISTS: &str = "Listes";
/// Label, in `Lisez-moi`, of the entry of the journal that the workbook was written from; its value
/// is at its right.
pub(super) const BASE: &str = "État du plan";
/// Row of the headings, zero-based.
pub(super) const HEADINGS_ROW: u32 = 1;
/// Heading of the column of ids.
pub(super) const HEADING_ID: &str = "Identifiant";

/// A column of the sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Column {
    /// Id of the action; given by the program.
    Id,
    /// Name of the structure, for the reader.
    Name,
    /// « en retard », computed by Excel.
    Alert,
    /// What a later campaign shows, for the reader.
    Effect,
    /// A field that people fill in.
    Field(Field),
}

/// Columns in order, with their widths in characters. A printed page ends after `Action`, another
/// after « en retard »: each repeats the first two columns and fits a landscape A4.
pub(super) const COLUMNS: [(Column, f64); 30] = [
    (Column::Id, 11.0),
    (Column::Field(Field::Structure), 8.0),
    (Column::Name, 16.0),
    (Column::Field(Field::Campagne), 9.0),
    (Column::Field(Field::Criteres), 9.0),
    (Column::Field(Field::Priorite), 10.0),
    (Column::Field(Field::Constat), 44.0),
    (Column::Field(Field::Objectif), 30.0),
    (Column::Field(Field::Action), 32.0),
    (Column::Field(Field::Type), 13.0),
    (Column::Field(Field::Responsable), 20.0),
    (Column::Field(Field::Appui), 16.0),
    (Column::Field(Field::Cout), 9.0),
    (Column::Field(Field::Debut), 11.0),
    (Column::Field(Field::Echeance), 11.0),
    (Column::Field(Field::Indicateur), 26.0),
    (Column::Field(Field::Cible), 7.0),
    (Column::Field(Field::Statut), 11.0),
    (Column::Field(Field::Close), 12.0),
    (Column::Alert, 9.0),
    (Column::Field(Field::Raison), 18.0),
    (Column::Field(Field::Integree), 17.0),
    (Column::Field(Field::Document), 20.0),
    (Column::Field(Field::Page), 7.0),
    (Column::Field(Field::DateIntegration), 11.0),
    (Column::Field(Field::Organisateur), 12.0),
    (Column::Field(Field::Causes), 12.0),
    (Column::Field(Field::Mesure), 12.0),
    (Column::Field(Field::Pilote), 12.0),
    (Column::Effect, 22.0),
];

impl Column {
    /// Heading of the column.
    pub fn heading(self) -> &'static str {
        match self {
            Self::Id => HEADING_ID,
            Self::Name => "Accueil",
            Self::Alert => "En retard",
            Self::Effect => "Effet mesuré",
            Self::Field(field) => field.heading(),
        }
    }

    /// Where it stands.
    pub fn position(self) -> u16 {
        let found = COLUMNS.iter().position(|(column, _)| *column == self);
        found.unwrap_or(0) as u16
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_has_one_column() {
        for field in Field::ALL {
            let own = COLUMNS.iter().filter(|(c, _)| *c == Column::Field(*field));
            assert_eq!(own.count(), 1, "{}", field.key());
        }
        assert_eq!(COLUMNS.len(), Field::ALL.len() + 4);
    }
}
