//! What an observer gathers to be told to other teams: flags beside the éléments, the team's consent.

use rust_xlsxwriter::{DataValidation, Worksheet, XlsxError};

use super::GridForm;
use crate::base::looks::FormLooks;
use crate::base::sheets::own_form_layout::{COL_REMARKABLE, CONSENT, IDENTITY, IDENTITY_ROW};
use crate::vocabulary::referentiel::{Element, SourceCode};

impl GridForm<'_> {
    /// Flags and consent are an observer's to gather.
    pub(super) fn observes(&self) -> bool {
        self.source == SourceCode::Obs
    }

    pub(super) fn consent(
        &self,
        sheet: &mut Worksheet,
        looks: &FormLooks,
    ) -> Result<(), XlsxError> {
        let row = IDENTITY_ROW + IDENTITY.len() as u32 - 1;
        sheet.write_string_with_format(row, 3, CONSENT, &looks.question)?;
        sheet.write_string_with_format(row, 4, &self.identity.consent, &looks.rating)?;
        let list = DataValidation::new()
            .allow_list_strings(&["oui", "non"])?
            .set_error_title("Réponse inattendue")?
            .set_error_message("Écrivez oui ou non ; laissez vide si l’équipe n’a pas répondu.")?;
        sheet.add_data_validation(row, 4, row, 4, &list)?;
        Ok(())
    }

    /// A cross beside what is worth telling others; never on an impératif, whose comments are not
    /// printed.
    pub(super) fn flag(
        &self,
        sheet: &mut Worksheet,
        looks: &FormLooks,
        row: u32,
        element: &Element,
    ) -> Result<(), XlsxError> {
        let col = COL_REMARKABLE as u16;
        if self.referentiel.criteres[element.critere].imperatif {
            sheet.write_blank(row, col, &looks.closed)?;
            return Ok(());
        }
        let flagged = self.identity.remarkable.contains(&element.code);
        let mark = if flagged { "x" } else { "" };
        sheet.write_string_with_format(row, col, mark, &looks.rating)?;
        let list = DataValidation::new()
            .allow_list_strings(&["x"])?
            .set_error_title("Marque inattendue")?
            .set_error_message("Écrivez x et décrivez la pratique dans le commentaire.")?;
        sheet.add_data_validation(row, col, row, col, &list)?;
        Ok(())
    }
}
