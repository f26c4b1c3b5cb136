//! OBS, AUT and DIR forms as workbooks: drop-down lists, frozen headings, descriptors at hand, A4.
//!
//! | question | file |
//! |---|---|
//! | flags of practices and the team’s consent, on an observer’s form | `sharing` |

mod sharing;

use std::collections::{BTreeSet, HashMap};

use rust_xlsxwriter::{DataValidation, DocProperties, ProtectionOptions, Worksheet, XlsxError};

use super::asked::COUNTED_OCCASIONS;
use crate::base::error::{Error, Result};
use crate::base::looks::{FormLooks, excel_day, fixed_workbook};
use crate::base::sheets::own_form_layout::{
    COL_COMMENT, COL_LABEL, COL_RATING, COL_REMARKABLE, FICTITIOUS, HEADINGS, HEADINGS_ROW,
    IDENTITY, IDENTITY_ROW, MARK, REMARKABLE, SECOND_CODER, SECOND_CODER_WHEN, SHEET_DESCRIPTORS,
    SHEET_GRID, SHEET_README, TITLES,
};
use crate::vocabulary::referentiel::{
    Element, HEADCOUNT_WRITTEN, README_INTERVIEW_LINE, README_LINES, README_OBSERVER_LINES,
    Referentiel, SourceCode, StructureType, VisitMoment, own_visit,
};

/// Who and when, at the head of a form.
#[derive(Debug, Clone, Default)]
pub struct FormIdentity {
    /// Structure code.
    pub code: String,
    /// Structure name.
    pub name: String,
    /// Visit number (OBS).
    pub visit: String,
    /// ISO date, empty when blank.
    pub date: String,
    /// Observer's code (OBS), or that of the interview's second coder (DIR).
    pub observer: String,
    /// Whether the team agrees to share its practices: `oui`, `non` or empty (OBS).
    pub consent: String,
    /// Éléments flagged as remarkable (OBS); their comments describe the practice.
    pub remarkable: BTreeSet<String>,
    /// Moments that the grid is for; none for all of them (OBS).
    pub moments: Vec<VisitMoment>,
    /// Whom to call when a child is in danger; empty where nobody said.
    pub call: String,
}

/// What was answered to an élément.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FilledRating {
    /// Rating, as written.
    pub rating: String,
    /// Comment.
    pub comment: String,
}

impl FilledRating {
    /// A rating and its comment.
    pub fn new(rating: impl Into<String>, comment: impl Into<String>) -> Self {
        Self {
            rating: rating.into(),
            comment: comment.into(),
        }
    }
}

/// Writes a form, blank or filled.
///
/// # Errors
///
/// [`Error::Render`] when the workbook cannot be made.
pub fn write(
    referentiel: &Referentiel,
    source: SourceCode,
    kind: StructureType,
    identity: &FormIdentity,
    answers: &HashMap<String, FilledRating>,
    fictitious: bool,
) -> Result<Vec<u8>> {
    let form = GridForm {
        referentiel,
        source,
        kind,
        identity,
        answers,
        fictitious,
    };
    form.build()
        .map_err(|e| Error::Render(format!("La grille ne peut pas être écrite ({e}).")))
}

struct GridForm<'a> {
    referentiel: &'a Referentiel,
    source: SourceCode,
    kind: StructureType,
    identity: &'a FormIdentity,
    answers: &'a HashMap<String, FilledRating>,
    fictitious: bool,
}

impl GridForm<'_> {
    fn build(&self) -> Result<Vec<u8>, XlsxError> {
        let mut book = fixed_workbook(15, DocProperties::new().set_title(self.title()))?;
        let looks = FormLooks::new();
        self.grid(book.add_worksheet(), &looks)?;
        self.descriptors(book.add_worksheet(), &looks)?;
        self.readme(book.add_worksheet(), &looks)?;
        book.save_to_buffer()
    }

    fn title(&self) -> String {
        let what = match self.source {
            SourceCode::Obs => TITLES[0],
            SourceCode::Aut => TITLES[1],
            _ => TITLES[2],
        };
        let mark = if self.fictitious { FICTITIOUS } else { "" };
        format!("{what}{mark}")
    }

    fn grid(&self, sheet: &mut Worksheet, looks: &FormLooks) -> Result<(), XlsxError> {
        sheet.set_name(SHEET_GRID)?;
        sheet.write_string_with_format(0, 0, self.title(), &looks.title)?;
        self.identity_block(sheet, looks)?;
        for (c, heading) in HEADINGS.iter().enumerate() {
            sheet.write_string_with_format(HEADINGS_ROW, c as u16, *heading, &looks.heading)?;
        }
        if self.observes() {
            let col = COL_REMARKABLE as u16;
            sheet.write_string_with_format(HEADINGS_ROW, col, REMARKABLE, &looks.heading)?;
            sheet.set_column_width(col, 13)?;
            self.consent(sheet, looks)?;
        }
        // An observer's form has the team's consent in that column, on the row of its own code.
        let consent = IDENTITY_ROW + IDENTITY.len() as u32 - 1;
        for (line, row) in self
            .referentiel
            .head_of(self.source)
            .iter()
            .zip(IDENTITY_ROW..)
        {
            let row = row + u32::from(self.observes() && row >= consent);
            sheet.write_string(row, COL_LABEL as u16, line)?;
        }
        let instrument = self.instrument();
        for (i, element) in instrument.iter().enumerate() {
            self.line(sheet, looks, HEADINGS_ROW + 1 + i as u32, element)?;
        }
        let widths = [14.0, 22.0, 34.0, 62.0, 8.0, 48.0];
        for (c, width) in widths.into_iter().enumerate() {
            sheet.set_column_width(c as u16, width)?;
        }
        sheet.set_freeze_panes(HEADINGS_ROW + 1, 0)?;
        sheet
            .set_landscape()
            .set_paper_size(9)
            .set_print_fit_to_pages(1, 0);
        sheet.set_repeat_rows(HEADINGS_ROW, HEADINGS_ROW)?;
        if self.fictitious {
            sheet.set_header("&CDONNÉES FICTIVES");
        }
        sheet.set_footer(format!(
            "&L{} · {}&RPage &P / &N",
            self.identity.code, self.referentiel.version
        ));
        // No password: it guards against slips, and a coordinator can lift it.
        sheet.protect_with_options(&ProtectionOptions {
            format_columns: true,
            format_rows: true,
            ..ProtectionOptions::default()
        });
        Ok(())
    }

    /// The éléments asked, in order.
    fn instrument(&self) -> Vec<&Element> {
        let moments = &self.identity.moments;
        let is_asked =
            |e: &Element| moments.is_empty() || moments.iter().any(|m| e.moments.admits(*m));
        let all = self.referentiel.instrument(self.source, self.kind);
        all.map(|(_, e)| e).filter(|e| is_asked(e)).collect()
    }

    fn identity_block(&self, sheet: &mut Worksheet, looks: &FormLooks) -> Result<(), XlsxError> {
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

    fn line(
        &self,
        sheet: &mut Worksheet,
        looks: &FormLooks,
        row: u32,
        element: &Element,
    ) -> Result<(), XlsxError> {
        let r = self.referentiel;
        let critere = &r.criteres[element.critere];
        let axe = &r.axes[critere.axe];
        let mark = if critere.imperatif {
            " (impératif)"
        } else {
            ""
        };
        let texts = [
            element.code.clone(),
            format!("{} {}", axe.marque, axe.label),
            format!("{} {}{mark}", critere.code, critere.label),
            element.form_text(&r.scales[element.scale]),
        ];
        for (c, text) in texts.iter().enumerate() {
            sheet.write_string_with_format(row, c as u16, text, &looks.text)?;
        }
        let FilledRating { rating, comment } =
            self.answers.get(&element.code).cloned().unwrap_or_default();
        let (rating_col, comment_col) = (COL_RATING as u16, COL_COMMENT as u16);
        match rating.parse::<f64>() {
            Ok(number) => sheet.write_number_with_format(row, rating_col, number, &looks.rating)?,
            Err(_) => sheet.write_string_with_format(row, rating_col, &rating, &looks.rating)?,
        };
        sheet.write_string_with_format(row, comment_col, &comment, &looks.open)?;
        let scale = &r.scales[element.scale];
        let mut allowed: Vec<&str> = scale.modalities.iter().map(|m| m.code.as_str()).collect();
        if scale.no {
            allowed.push("NO");
        }
        if scale.nc && !r.forbids_nc(element) {
            allowed.push(if scale.is_finding() { "SO" } else { "NC" });
        }
        if element.headcount {
            count_box(sheet, row)?;
        } else {
            let list = DataValidation::new()
                .allow_list_strings(&allowed)?
                .set_error_title("Note non admise")?
                .set_error_message(format!("Notes admises : {}.", allowed.join(", ")))?;
            sheet.add_data_validation(row, rating_col, row, rating_col, &list)?;
        }
        if self.observes() {
            self.flag(sheet, looks, row, element)?;
        }
        Ok(())
    }

    fn descriptors(&self, sheet: &mut Worksheet, looks: &FormLooks) -> Result<(), XlsxError> {
        sheet.set_name(SHEET_DESCRIPTORS)?;
        let headings = self.levels();
        for (c, heading) in headings.iter().enumerate() {
            sheet.write_string_with_format(0, c as u16, heading, &looks.heading)?;
            sheet.set_column_width(c as u16, 38)?;
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
            sheet.write_string_with_format(row, 0, title, &looks.text)?;
            for (level, text) in critere.descripteurs.iter().enumerate() {
                sheet.write_string_with_format(row, level as u16 + 1, text, &looks.text)?;
            }
        }
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
        let mut words = vec!["Chaque élément a ses réponses, dans la liste de la case Note. La feuille « Descripteurs » donne des repères pour se situer ; personne ne les coche.".to_owned()];
        words.extend(r.legends(self.source));
        if self.observes() {
            words.push(COUNTED_OCCASIONS.to_owned());
        }
        words
    }

    fn readme(&self, sheet: &mut Worksheet, looks: &FormLooks) -> Result<(), XlsxError> {
        sheet.set_name(SHEET_README)?;
        sheet.write_string_with_format(0, 0, MARK, &looks.title)?;
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
        sheet.set_column_width(0, 110)?;
        for (i, line) in lines.iter().enumerate() {
            sheet.write_string_with_format(i as u32 + 2, 0, line, &looks.wrapped)?;
        }
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

/// Where children and adults are counted: how to write it is said where it is written.
fn count_box(sheet: &mut Worksheet, row: u32) -> Result<(), XlsxError> {
    let col = COL_RATING as u16;
    let said = DataValidation::new()
        .allow_any_value()
        .set_input_title("Comptage")?
        .set_input_message(format!("Écrivez : {HEADCOUNT_WRITTEN}."))?;
    sheet.add_data_validation(row, col, row, col, &said)?;
    Ok(())
}
