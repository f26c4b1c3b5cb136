//! Layout of the plan's workbook, shared by what writes it and what reads it back.

use super::field::ActionField;

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
pub(super) enum PlanColumn {
    /// Id of the action; given by the program.
    Id,
    /// Name of the structure, for the reader.
    Name,
    /// « en retard », computed by Excel.
    Alert,
    /// What a later campaign shows, for the reader.
    Effect,
    /// A field that people fill in.
    Field(ActionField),
}

/// Columns in order, with their widths in characters. A printed page ends after `Action`, another
/// after « en retard »: each repeats the first two columns and fits a landscape A4.
pub(super) const COLUMNS: [(PlanColumn, f64); 31] = [
    (PlanColumn::Id, 11.0),
    (PlanColumn::Field(ActionField::Structure), 8.0),
    (PlanColumn::Name, 16.0),
    (PlanColumn::Field(ActionField::Campagne), 9.0),
    (PlanColumn::Field(ActionField::Criteres), 9.0),
    (PlanColumn::Field(ActionField::Priorite), 10.0),
    (PlanColumn::Field(ActionField::Constat), 44.0),
    (PlanColumn::Field(ActionField::Objectif), 30.0),
    (PlanColumn::Field(ActionField::Action), 32.0),
    (PlanColumn::Field(ActionField::Type), 13.0),
    (PlanColumn::Field(ActionField::Responsable), 20.0),
    (PlanColumn::Field(ActionField::Appui), 16.0),
    (PlanColumn::Field(ActionField::Cout), 9.0),
    (PlanColumn::Field(ActionField::Debut), 11.0),
    (PlanColumn::Field(ActionField::Echeance), 11.0),
    (PlanColumn::Field(ActionField::Indicateur), 26.0),
    (PlanColumn::Field(ActionField::Cible), 7.0),
    (PlanColumn::Field(ActionField::Statut), 11.0),
    (PlanColumn::Field(ActionField::Close), 12.0),
    (PlanColumn::Alert, 9.0),
    (PlanColumn::Field(ActionField::Raison), 18.0),
    (PlanColumn::Field(ActionField::Integree), 17.0),
    (PlanColumn::Field(ActionField::Document), 20.0),
    (PlanColumn::Field(ActionField::TypeDocument), 14.0),
    (PlanColumn::Field(ActionField::Page), 7.0),
    (PlanColumn::Field(ActionField::DateIntegration), 11.0),
    (PlanColumn::Field(ActionField::Organisateur), 12.0),
    (PlanColumn::Field(ActionField::Causes), 12.0),
    (PlanColumn::Field(ActionField::Mesure), 12.0),
    (PlanColumn::Field(ActionField::Pilote), 12.0),
    (PlanColumn::Effect, 22.0),
];

impl PlanColumn {
    /// Heading of the column.
    pub(super) fn heading(self) -> &'static str {
        match self {
            Self::Id => HEADING_ID,
            Self::Name => "Accueil",
            Self::Alert => "En retard",
            Self::Effect => "Effet mesuré",
            Self::Field(field) => field.heading(),
        }
    }

    /// Where it stands.
    pub(super) fn position(self) -> u16 {
        let found = COLUMNS.iter().position(|(column, _)| *column == self);
        found.unwrap_or(0) as u16
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_has_one_column() {
        for field in ActionField::ALL {
            let own = COLUMNS
                .iter()
                .filter(|(c, _)| *c == PlanColumn::Field(*field));
            assert_eq!(own.count(), 1, "{}", field.key());
        }
        assert_eq!(COLUMNS.len(), ActionField::ALL.len() + 4);
    }
}
