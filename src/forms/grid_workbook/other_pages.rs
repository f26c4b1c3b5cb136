//! The pages beside the grid: what levels look like, critère by critère; how the grid is filled in.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::GridForm;
use crate::base::looks::FormLooks;
use crate::base::sheets::own_form_layout::{MARK, SHEET_DESCRIPTORS, SHEET_README};
use crate::forms::asked::COUNTED_OCCASIONS;
use crate::forms::row_heights::{TEXT_LINE, TITLE_LINE, WrappedText, fit};
use crate::vocabulary::referentiel::{
    README_INTERVIEW_LINE, README_LINES, README_OBSERVER_LINES, SourceCode, own_visit,
};

/// Width of a column of descriptors, in characters.
const LEVEL_WIDTH: f64 = 38.0;
/// Width of the page of explanations.
const README_WIDTH: f64 = 110.0;

fn wide(text: &str) -> WrappedText<'_> {
    WrappedText {
        text,
        width: LEVEL_WIDTH,
    }
}

impl GridForm<'_> {
    pub(super) fn descriptors(
        &self,
        sheet: &mut Worksheet,
        looks: &FormLooks,
    ) -> Result<(), XlsxError> {
        sheet.set_name(SHEET_DESCRIPTORS)?;
        let headings = self.levels();
        for (c, heading) in headings.iter().enumerate() {
            sheet.write_string_with_format(0, c as u16, heading, &looks.heading)?;
            sheet.set_column_width(c as u16, LEVEL_WIDTH)?;
        }
        let shown = self
            .referentiel
            .criteres
            .iter()
            .enumerate()
            .filter(|(c, _)| {
                self.referentiel
                    .elements_of(*c, self.source, self.kind)
                    .next()
                    .is_some()
            });
        for (i, (_, critere)) in shown.enumerate() {
            let row = i as u32 + 1;
            let title = format!("{} {}", critere.code, critere.label);
            sheet.write_string_with_format(row, 0, &title, &looks.text)?;
            let mut wrapped = vec![wide(&title)];
            for (level, text) in critere.descripteurs.iter().enumerate() {
                sheet.write_string_with_format(row, level as u16 + 1, text, &looks.text)?;
                wrapped.push(wide(text));
            }
            fit(sheet, row, 1, &wrapped)?;
        }
        sheet.set_repeat_rows(0, 0)?;
        sheet.set_row_height(0, TEXT_LINE + 3.0)?;
        sheet.set_freeze_panes(1, 1)?;
        sheet
            .set_landscape()
            .set_paper_size(9)
            .set_print_fit_to_pages(1, 0);
        Ok(())
    }

    /// Headings of the descriptors: names of levels where the référentiel gives some to all, else their numbers.
    fn levels(&self) -> Vec<String> {
        let r = self.referentiel;
        let first = r.instrument(self.source, self.kind).next();
        let scale = first.map(|(_, e)| &r.scales[e.scale]);
        let named = scale.filter(|s| r.purpose.protocol.is_empty() && s.modalities.len() == 4);
        let level = |n: usize| {
            named.map_or_else(
                || format!("Niveau {}", n + 1),
                |s| format!("{} · {}", s.modalities[n].code, s.modalities[n].label),
            )
        };
        std::iter::once("Critère".to_owned())
            .chain((0..4).map(level))
            .collect()
    }

    /// What a rating is, in this référentiel.
    fn scale_words(&self) -> Vec<String> {
        let r = self.referentiel;
        if r.purpose.protocol.is_empty() {
            return vec!["Note de 1 à 4 : 1 non engagé, 2 en démarrage, 3 installé, 4 maîtrisé. Les descripteurs de chaque critère sont dans la feuille « Descripteurs ».".to_owned()];
        }
        let mut words = vec!["Chaque élément a ses réponses, dans la liste de la case Note. Ce que vaut chaque réponse est écrit sous l’élément. La feuille « Descripteurs » donne des repères pour se situer ; personne ne les coche.".to_owned()];
        words.extend(r.legends(self.source));
        if self.observes() {
            words.push(COUNTED_OCCASIONS.to_owned());
        }
        words
    }

    pub(super) fn readme(&self, sheet: &mut Worksheet, looks: &FormLooks) -> Result<(), XlsxError> {
        sheet.set_name(SHEET_README)?;
        sheet.write_string_with_format(0, 0, MARK, &looks.title)?;
        sheet.set_row_height(0, TITLE_LINE)?;
        let mut lines: Vec<String> = README_LINES.map(str::to_owned).into();
        lines.push(format!(
            "Référentiel {} : {}.",
            self.referentiel.version, self.referentiel.titre
        ));
        if self.observes() {
            lines.splice(3..3, README_OBSERVER_LINES.map(str::to_owned));
        }
        if self.source == SourceCode::Dir {
            lines.push(README_INTERVIEW_LINE.to_owned());
        }
        let protocol = self.referentiel.purpose.protocol.iter().cloned();
        let call = Some(self.identity.call.clone()).filter(|c| !c.is_empty());
        let protocol: Vec<String> = protocol.chain(call).collect();
        lines.splice(1..1, own_visit(&self.identity.moments));
        lines.splice(1..1, self.scale_words());
        lines.splice(0..0, protocol);
        sheet.set_column_width(0, README_WIDTH)?;
        for (row, line) in (2..).zip(&lines) {
            sheet.write_string_with_format(row, 0, line, &looks.wrapped)?;
            let text = WrappedText {
                text: line,
                width: README_WIDTH,
            };
            fit(sheet, row, 1, &[text])?;
        }
        sheet.set_paper_size(9).set_print_fit_to_pages(1, 0);
        Ok(())
    }
}
