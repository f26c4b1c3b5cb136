//! Above the lines of a grid: who and when; on a visit, its moments, its hours and how many were there; the protocol.

use rust_xlsxwriter::{DataValidation, Format, FormatAlign, FormatBorder, Worksheet, XlsxError};

use super::{GridForm, WIDTHS};
use crate::base::looks::{FormLooks, excel_day};
use crate::base::sheets::own_form_layout::{
    CIRCUMSTANCES, COL_COMMENT, COL_LABEL, COL_REMARKABLE, HEADINGS_ROW, IDENTITY, IDENTITY_ROW,
    SECOND_CODER, SECOND_CODER_WHEN,
};
use crate::forms::row_heights::{TEXT_LINE, WrappedText, fit};
use crate::vocabulary::referentiel::SourceCode;

/// How each of the circumstances is written.
const WRITTEN: [&str; 3] = [
    "Tour des lieux, arrivée, activité, repas, goûter, départ",
    "De 16 h 30 à 18 h",
    "Moins de 6 ans, 6 ans et plus, membres de l’équipe : 12 + 20 / 3",
];

impl GridForm<'_> {
    pub(super) fn identity_block(
        &self,
        sheet: &mut Worksheet,
        looks: &FormLooks,
    ) -> Result<(), XlsxError> {
        let id = self.identity;
        let instrument = format!("{} {}", self.source, self.source.label());
        let values = [
            instrument.as_str(),
            self.referentiel.version.as_str(),
            &id.code,
            &id.name,
            &id.visit,
            &id.date,
            &id.observer,
        ];
        let is_interview = self.source == SourceCode::Dir;
        for (i, (label, value)) in IDENTITY.iter().zip(values).enumerate() {
            let row = IDENTITY_ROW + i as u32;
            let is_who = i + 1 == IDENTITY.len();
            let label = if is_who && is_interview {
                second_coder_box(sheet, row)?;
                &SECOND_CODER
            } else {
                label
            };
            sheet.write_string_with_format(row, 0, *label, &looks.label)?;
            let wrapped = WrappedText {
                text: value,
                width: WIDTHS[1],
            };
            fit(sheet, row, 1, &[wrapped])?;
            let date = value
                .parse::<jiff::civil::Date>()
                .ok()
                .filter(|_| *label == IDENTITY[5]);
            match date {
                Some(d) => {
                    sheet.write_datetime_with_format(row, 1, &excel_day(d)?, &looks.date)?;
                }
                None => {
                    sheet.write_string_with_format(row, 1, value, &looks.open)?;
                }
            }
        }
        Ok(())
    }

    /// When the visit was, and how many were there.
    pub(super) fn circumstances(
        &self,
        sheet: &mut Worksheet,
        looks: &FormLooks,
    ) -> Result<(), XlsxError> {
        if !self.observes() {
            return Ok(());
        }
        let moments: Vec<&str> = self.identity.moments.iter().map(|m| m.label()).collect();
        let known = [
            moments.join(", "),
            self.identity.hours.clone(),
            self.identity.present.clone(),
        ];
        let col = COL_LABEL as u16;
        for ((label, value), (row, how)) in CIRCUMSTANCES
            .iter()
            .zip(known)
            .zip((IDENTITY_ROW..).zip(WRITTEN))
        {
            sheet.write_string_with_format(row, col - 1, *label, &looks.question)?;
            sheet.write_string_with_format(row, col, value, &looks.open)?;
            let said = DataValidation::new()
                .allow_any_value()
                .set_input_title(*label)?
                .set_input_message(how)?;
            sheet.add_data_validation(row, col, row, col, &said)?;
        }
        Ok(())
    }

    /// What to do before a grave fact, beside the block, in one cell of many lines.
    pub(super) fn protocol(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        for row in IDENTITY_ROW..HEADINGS_ROW {
            sheet.set_row_height(row, TEXT_LINE + 1.0)?;
        }
        let Some(text) = self.referentiel.protocol_line() else {
            return Ok(());
        };
        let boxed = Format::new()
            .set_text_wrap()
            .set_align(FormatAlign::Top)
            .set_border(FormatBorder::Medium);
        // The consent of the team has the column of notes, on the last row of the block.
        let first = COL_COMMENT as u16;
        let last = if self.observes() {
            COL_REMARKABLE as u16
        } else {
            first
        };
        let (top, bottom) = (IDENTITY_ROW, HEADINGS_ROW - 1);
        sheet.merge_range(top, first, bottom, last, &text, &boxed)?;
        Ok(())
    }
}

/// Who marks an interview again; what it is for is said where it is written.
fn second_coder_box(sheet: &mut Worksheet, row: u32) -> Result<(), XlsxError> {
    let said = DataValidation::new()
        .allow_any_value()
        .set_input_title(SECOND_CODER)?
        .set_input_message(SECOND_CODER_WHEN)?;
    sheet.add_data_validation(row, 1, row, 1, &said)?;
    Ok(())
}
