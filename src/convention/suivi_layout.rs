//! Layout of the workbook of the follow-up, shared by what writes it and what reads it back.

/// Content of `Lisez-moi!A1`.
pub(super) const SUIVI_MARK: &str = "Tableau de suivi de la convention territoriale globale";
/// Label, in `Lisez-moi`, of the import that the workbook was written from; its value is at its right.
pub(super) const SUIVI_BASE: &str = "État du suivi";
/// Sheet of what is missing.
pub(super) const SHEET_MISSING: &str = "À compléter";
/// Row of the headings, zero-based.
pub(super) const SUIVI_HEADINGS: u32 = 1;
/// Row of the first line.
pub(super) const SUIVI_FIRST: u32 = SUIVI_HEADINGS + 1;
/// What the mark of a workbook begins with when it shows what was known of an earlier day, then that day.
pub(super) const LOOKED_AT: &str = "consultation au";
