//! Tables laid out for people: a sheet with headings in words that stay in sight, filters, typed cells in French
//! formats, heights set (LibreOffice computes none), printed in landscape on the width of one page. What a cell
//! means is decided by who makes it (`exports::people_book`).

use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, Note, Worksheet, XlsxError};

use crate::base::day::Day;
use crate::base::looks::{LETTER, excel_day, fitting, text_lines};
use crate::base::palette::{ALERT, INK, PANEL, RULE, SECOND};
use crate::base::tabular::Heading;
use crate::base::text::{nbsp, visible};

/// How a number is shown; Excel puts the comma and the spaces of the reader's language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NumberLook {
    /// A level, 3,2.
    Level,
    /// A difference of levels, +0,25: a second digit, so that what is small is not printed as nothing.
    Gap,
    /// A share 0..1, in whole percents.
    Share,
    /// A difference of shares, in points of percent.
    ShareGap,
    /// A whole number.
    Whole,
    /// A coefficient, 0,83.
    Coefficient,
    /// Any other quantity, one digit.
    OneDigit,
    /// Euros.
    Euros,
    /// 1 or 0: « atteint », « non atteint ».
    Met,
    /// Any other number, as it is.
    Other,
}

impl NumberLook {
    const ALL: [Self; 10] = [
        Self::Level,
        Self::Gap,
        Self::Share,
        Self::ShareGap,
        Self::Whole,
        Self::Coefficient,
        Self::OneDigit,
        Self::Euros,
        Self::Met,
        Self::Other,
    ];

    /// The format of Excel.
    fn code(self) -> &'static str {
        match self {
            Self::Level => "0.0",
            Self::Gap => "+0.00;\"−\"0.00;0.00",
            Self::OneDigit => "#,##0.0",
            Self::Share => "0 %",
            Self::ShareGap => "+0 %;\"−\"0 %;0 %",
            Self::Whole => "#,##0",
            Self::Coefficient => "0.00;\"−\"0.00;0.00",
            Self::Euros => "#,##0\" €\"",
            Self::Met => "\"atteint\";;\"non atteint\"",
            Self::Other => "General",
        }
    }
}

/// A cell as a person reads it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum ReadCell {
    /// Words.
    Words(String),
    /// Words that ask for someone's eye: bold, and red where there is colour.
    Alert(String),
    /// A number, whole, and how it is shown.
    Number(f64, NumberLook),
    /// A day, as a true date.
    Day(Day),
    /// Nothing.
    Nothing,
}

/// A sheet for people.
#[derive(Debug, Clone, Default)]
pub(crate) struct PeopleSheet {
    /// Name of the sheet.
    pub name: String,
    /// Printed at the head of its pages.
    pub caption: String,
    /// Columns; their help says what each holds, shown where the pointer stays.
    pub columns: Vec<Heading>,
    /// Rows of as many cells.
    pub rows: Vec<Vec<ReadCell>>,
    /// How many first columns stay in sight.
    pub kept: u16,
    /// Sentences under the rows.
    pub notes: Vec<String>,
}

/// What stands at the head and the foot of each page.
#[derive(Debug, Clone, Default)]
pub(crate) struct PrintedPage {
    /// Territory.
    pub territory: String,
    /// What warns the reader, at the right of the head; may be empty.
    pub warning: String,
}

/// Widths of all columns together, in characters: more would print smaller than nine points.
const PAGE: f64 = 172.0;
/// Widest column of words, narrowest one.
const WIDEST: f64 = 58.0;
const NARROWEST: f64 = 8.0;
/// A column of words that does not fit is no narrower than this: the page is then printed smaller.
const FLOOR: f64 = 24.0;
/// A word longer than this may be cut between two lines.
const LONG_WORD: usize = 22;
/// Room of the arrow of a filter, in characters.
const ARROW: f64 = 3.0;
/// Height of a line (not that of a row that says none, so that each says its own), and tallest row that Excel accepts, in points.
const LINE: f64 = 15.5;
const TALLEST: f64 = 409.0;
/// How much wider bold letters are.
const BOLD: f64 = 1.12;

struct PeopleLooks {
    heading: Format,
    /// Over numbers: the arrow of the filter stands at the right.
    centred: Format,
    words: Format,
    alert: Format,
    day: Format,
    note: Format,
    numbers: Vec<(NumberLook, Format)>,
}

impl PeopleLooks {
    fn new() -> Self {
        let base = Format::new()
            .set_font_color(INK)
            .set_align(FormatAlign::Top)
            .set_border_bottom(FormatBorder::Thin)
            .set_border_bottom_color(RULE);
        let words = base.clone().set_text_wrap().set_align(FormatAlign::Left);
        let number = |look: NumberLook| {
            let format = base.clone().set_num_format(look.code());
            // Apart from the words of the next column.
            (look, format.set_align(FormatAlign::Right).set_indent(1))
        };
        let heading = Format::new()
            .set_bold()
            .set_text_wrap()
            .set_font_color(INK)
            .set_background_color(PANEL)
            .set_align(FormatAlign::Top)
            .set_border_bottom(FormatBorder::Medium);
        Self {
            centred: heading.clone().set_align(FormatAlign::Center),
            heading: heading.set_align(FormatAlign::Left),
            alert: words.clone().set_bold().set_font_color(ALERT),
            words,
            day: (base.clone().set_num_format("dd/mm/yyyy")).set_align(FormatAlign::Left),
            note: Format::new()
                .set_text_wrap()
                .set_font_color(SECOND)
                .set_align(FormatAlign::Top),
            numbers: NumberLook::ALL.map(number).to_vec(),
        }
    }

    fn number(&self, look: NumberLook) -> &Format {
        let found = self.numbers.iter().find(|(own, _)| *own == look);
        found.map_or(&self.words, |(_, format)| format)
    }
}

impl PeopleSheet {
    /// Writes it on an empty sheet.
    pub(crate) fn write(&self, sheet: &mut Worksheet, page: &PrintedPage) -> Result<(), XlsxError> {
        let looks = PeopleLooks::new();
        let widths = self.widths();
        sheet.set_name(&self.name)?;
        print_on_one_width(sheet, &self.caption, page);
        sheet
            .set_repeat_rows(0, 0)?
            .set_freeze_panes(1, self.kept)?;
        self.write_headings(sheet, &looks, &widths)?;
        for (r, row) in self.rows.iter().enumerate() {
            let r = r as u32 + 1;
            for (c, cell) in row.iter().enumerate() {
                write_cell(sheet, (r, c as u16), cell, &looks)?;
            }
            let cells = row.iter().zip(&widths);
            let tallest = cells.map(|(cell, width)| cell.lines(*width));
            let tallest = tallest.fold(1.0, f64::max) * LINE;
            sheet.set_row_height(r, tallest.min(TALLEST))?;
        }
        let last = self.columns.len().max(1) as u16 - 1;
        if !self.rows.is_empty() {
            sheet.autofilter(0, 0, self.rows.len() as u32, last)?;
        }
        self.write_notes(sheet, &looks.note, &widths)
    }

    fn write_headings(
        &self,
        sheet: &mut Worksheet,
        looks: &PeopleLooks,
        widths: &[f64],
    ) -> Result<(), XlsxError> {
        let mut tallest: f64 = 1.0;
        for (c, (heading, width)) in self.columns.iter().zip(widths).enumerate() {
            let c = c as u16;
            let name = nbsp(&visible(&heading.name)).into_owned();
            sheet.set_column_width(c, *width)?;
            let format = if self.holds_numbers(usize::from(c)) {
                &looks.centred
            } else {
                &looks.heading
            };
            sheet.write_string_with_format(0, c, &name, format)?;
            if !heading.help.is_empty() {
                let note = Note::new(nbsp(&heading.help).into_owned()).add_author_prefix(false);
                sheet.insert_note(0, c, &note.set_width(260).set_height(90))?;
            }
            tallest = tallest.max(text_lines(&name, (width - ARROW) / BOLD));
        }
        sheet.set_row_height(0, tallest * LINE + 4.0)?;
        Ok(())
    }

    /// Under the rows, over all the columns; an empty row keeps them out of the filter.
    fn write_notes(
        &self,
        sheet: &mut Worksheet,
        format: &Format,
        widths: &[f64],
    ) -> Result<(), XlsxError> {
        let last = widths.len().max(1) as u16 - 1;
        let room: f64 = widths.iter().sum();
        for (at, note) in self.notes.iter().enumerate() {
            let row = (self.rows.len() + 2 + at) as u32;
            let text = fitting(&nbsp(&visible(note)));
            if last == 0 {
                sheet.write_string_with_format(row, 0, &text, format)?;
            } else {
                sheet.merge_range(row, 0, row, last, &text, format)?;
            }
            let height = text_lines(&text, room) * LINE;
            sheet.set_row_height(row, height.min(TALLEST))?;
        }
        Ok(())
    }

    /// Each column as wide as what it holds; the widest give way until all of them fit the page.
    fn widths(&self) -> Vec<f64> {
        let needs: Vec<ColumnNeed> = (0..self.columns.len()).map(|c| self.need(c)).collect();
        let mut widest = WIDEST;
        loop {
            let widths: Vec<f64> = needs.iter().map(|need| need.width(widest)).collect();
            if widths.iter().sum::<f64>() <= PAGE || widest <= FLOOR {
                return widths;
            }
            widest -= 2.0;
        }
    }

    fn holds_numbers(&self, column: usize) -> bool {
        let cells = self.rows.iter().filter_map(|row| row.get(column));
        let mut said = cells.filter(|cell| **cell != ReadCell::Nothing);
        said.next()
            .is_some_and(|cell| matches!(cell, ReadCell::Number(..)))
    }

    fn need(&self, column: usize) -> ColumnNeed {
        let words = self.columns[column].name.split(' ').map(length);
        let longest = words.max().unwrap_or(0) as f64;
        let heading = (longest * LETTER + 0.2) * BOLD + ARROW;
        let mut need = ColumnNeed {
            least: heading.max(NARROWEST),
            most: heading.max(NARROWEST),
        };
        for cell in self.rows.iter().filter_map(|row| row.get(column)) {
            let (word, line) = cell.lengths();
            need.least = need.least.max(word.min(LONG_WORD) as f64 * LETTER + 1.0);
            need.most = need.most.max(line as f64 * LETTER + 1.5);
        }
        need
    }
}

/// What a column needs, in characters.
struct ColumnNeed {
    /// Not to cut a word.
    least: f64,
    /// Not to wrap.
    most: f64,
}

impl ColumnNeed {
    fn width(&self, widest: f64) -> f64 {
        self.most.min(widest).max(self.least)
    }
}

impl ReadCell {
    fn words(&self) -> Option<&str> {
        match self {
            Self::Words(text) | Self::Alert(text) => Some(text),
            _ => None,
        }
    }

    /// Lines that it needs in a column.
    fn lines(&self, width: f64) -> f64 {
        match self {
            Self::Alert(text) => text_lines(text, width / BOLD),
            _ => self.words().map_or(1.0, |text| text_lines(text, width)),
        }
    }

    /// Its longest word and its longest line, in characters.
    fn lengths(&self) -> (usize, usize) {
        match self {
            Self::Words(text) | Self::Alert(text) => (
                text.split([' ', '\n']).map(length).max().unwrap_or(0),
                text.lines().map(length).max().unwrap_or(0),
            ),
            Self::Number(_, NumberLook::Met) => (11, 11),
            Self::Number(number, NumberLook::Whole | NumberLook::Euros | NumberLook::Other) => {
                let shown = length(&format!("{number:.0}")) + 3;
                (shown, shown)
            }
            Self::Number(..) => (7, 7),
            Self::Day(_) => (10, 10),
            Self::Nothing => (0, 0),
        }
    }
}

fn length(text: &str) -> usize {
    text.chars().count()
}

fn write_cell(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    cell: &ReadCell,
    looks: &PeopleLooks,
) -> Result<(), XlsxError> {
    let words = |text: &str| fitting(&nbsp(&visible(text)));
    match cell {
        ReadCell::Words(text) => {
            sheet.write_string_with_format(row, column, words(text), &looks.words)?
        }
        ReadCell::Alert(text) => {
            sheet.write_string_with_format(row, column, words(text), &looks.alert)?
        }
        ReadCell::Number(number, look) => {
            sheet.write_number_with_format(row, column, *number, looks.number(*look))?
        }
        ReadCell::Day(day) => match excel_day(day.date()) {
            Ok(date) => sheet.write_datetime_with_format(row, column, &date, &looks.day)?,
            // Excel knows no day before 1900.
            Err(_) => sheet.write_string_with_format(row, column, day.short(), &looks.words)?,
        },
        ReadCell::Nothing => sheet.write_blank(row, column, &looks.words)?,
    };
    Ok(())
}

/// A title as Excel accepts the name of a sheet: 31 characters, some of which are kept for itself.
pub(crate) fn sheet_name(title: &str) -> String {
    let allowed = title.chars().map(|c| match c {
        '[' | ']' | ':' | '*' | '?' | '/' | '\\' => '-',
        c => c,
    });
    let short: String = allowed.take(31).collect();
    short.trim().to_owned()
}

/// A4 in landscape, as wide as one page, with a head and a foot.
pub(crate) fn print_on_one_width(sheet: &mut Worksheet, caption: &str, page: &PrintedPage) {
    sheet
        .set_paper_size(9)
        .set_landscape()
        .set_print_fit_to_pages(1, 0)
        .set_margins(0.4, 0.4, 0.7, 0.6, 0.3, 0.3)
        .set_header(format!("&L{}&R&B{}", command_free(caption), page.warning))
        .set_footer(format!(
            "&L{}&RPage &P sur &N",
            command_free(&page.territory)
        ));
}

/// `&` begins a command in headers and footers, which hold 255 characters together.
fn command_free(text: &str) -> String {
    let short: String = text.chars().take(120).collect();
    nbsp(&visible(&short)).replace('&', "&&")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet(cells: &[&str]) -> PeopleSheet {
        let row = cells.iter().map(|c| ReadCell::Words((*c).to_owned()));
        PeopleSheet {
            columns: cells
                .iter()
                .map(|_| Heading::text("Ce qui est écrit"))
                .collect(),
            rows: vec![row.collect()],
            ..PeopleSheet::default()
        }
    }

    #[test]
    fn columns_share_the_page_and_cut_no_word() {
        let long = "une phrase qui n’en finit pas ".repeat(9);
        let many = sheet(&[long.as_str(); 6]).widths();
        assert!(many.iter().sum::<f64>() <= PAGE, "{many:?}");
        assert!(many.iter().all(|w| *w > 12.0), "{many:?}");
        let few = sheet(&["R01", &long]).widths();
        assert!(few[0] < 15.0 && few[1] > 50.0, "{few:?}");
    }
}
