//! OBS, AUT and DIR forms as workbooks: drop-down lists, frozen headings, descriptors at hand, A4.
//!
//! | question | file |
//! |---|---|
//! | who, when, the protocol: what stands above the lines | `grid_head` |
//! | the pages of descriptors and of explanations | `other_pages` |
//! | flags of practices and the team’s consent, on an observer’s form | `sharing` |

mod grid_head;
mod other_pages;
mod sharing;

use std::collections::{BTreeSet, HashMap};

use rust_xlsxwriter::{DataValidation, DocProperties, ProtectionOptions, Worksheet, XlsxError};

use super::row_heights::{TEXT_LINE, TITLE_LINE, WrappedText, fit};
use crate::base::error::{Error, Result};
use crate::base::looks::{FormLooks, fixed_workbook};
use crate::base::sheets::own_form_layout::{
    COL_COMMENT, COL_RATING, COL_REMARKABLE, COMMENT_HEADING, FICTITIOUS, HEADINGS, HEADINGS_ROW,
    REMARKABLE, SHEET_GRID, TITLES,
};
use crate::vocabulary::referentiel::{
    Element, HEADCOUNT_WRITTEN, Referentiel, Scale, SourceCode, StructureType, VisitMoment,
};

/// Widths of the columns, in characters: printed on A4, their texts stay above nine points.
const WIDTHS: [f64; 6] = [14.0, 22.0, 24.0, 54.0, 7.0, 46.0];
/// Lines of a row, at least: room to write what was seen on a printed grid.
const LEAST_LINES: usize = 3;

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
    /// When the visit was, « De 16 h 30 à 18 h » (OBS).
    pub hours: String,
    /// How many were there, « 12 + 20 / 3 » (OBS).
    pub present: String,
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
        sheet.set_row_height(0, TITLE_LINE)?;
        self.protocol(sheet)?;
        self.identity_block(sheet, looks)?;
        self.circumstances(sheet, looks)?;
        for (c, heading) in HEADINGS.iter().enumerate() {
            let is_comment = c == COL_COMMENT as usize;
            let heading = if is_comment {
                COMMENT_HEADING
            } else {
                *heading
            };
            sheet.write_string_with_format(HEADINGS_ROW, c as u16, heading, &looks.heading)?;
        }
        sheet.set_row_height(HEADINGS_ROW, TEXT_LINE + 3.0)?;
        if self.observes() {
            let col = COL_REMARKABLE as u16;
            sheet.write_string_with_format(HEADINGS_ROW, col, REMARKABLE, &looks.heading)?;
            sheet.set_column_width(col, 13)?;
            self.consent(sheet, looks)?;
        }
        let instrument = self.instrument();
        for (i, element) in instrument.iter().enumerate() {
            self.line(sheet, looks, HEADINGS_ROW + 1 + i as u32, element)?;
        }
        for (c, width) in WIDTHS.into_iter().enumerate() {
            sheet.set_column_width(c as u16, width)?;
        }
        sheet.set_freeze_panes(HEADINGS_ROW + 1, 0)?;
        sheet
            .set_landscape()
            .set_paper_size(9)
            .set_margins(0.4, 0.4, 0.5, 0.5, 0.25, 0.25)
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
            element.grid_text(&r.scales[element.scale]),
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
        let written = texts.iter().chain([&rating, &comment]).zip(WIDTHS);
        let wrapped: Vec<WrappedText> = written
            .map(|(text, width)| WrappedText { text, width })
            .collect();
        fit(sheet, row, LEAST_LINES, &wrapped)?;
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
            let list = note_list(element, scale, &allowed)?;
            sheet.add_data_validation(row, rating_col, row, rating_col, &list)?;
        }
        if self.observes() {
            self.flag(sheet, looks, row, element)?;
        }
        Ok(())
    }
}

/// The notes admitted; whoever comes to the cell reads what each is worth, where Excel takes a text of that length.
fn note_list(
    element: &Element,
    scale: &Scale,
    allowed: &[&str],
) -> Result<DataValidation, XlsxError> {
    const LONGEST: usize = 255;
    let list = DataValidation::new()
        .allow_list_strings(allowed)?
        .set_error_title("Note non admise")?
        .set_error_message(format!("Notes admises : {}.", allowed.join(", ")))?;
    let text = element.grid_text(scale);
    let levels: Vec<&str> = text.lines().skip(1).collect();
    let levels = levels.join("\n");
    if levels.is_empty() || levels.chars().count() > LONGEST {
        return Ok(list);
    }
    list.set_input_title(&element.code)?
        .set_input_message(levels)
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
