//! How workbooks look: one set of formats for exports, forms, plans and reports, and what all of
//! them share.

use jiff::civil::Date;
use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, XlsxError,
};

use crate::base::palette::{ACCENT, ALERT, CLOSED, INK, LEVELS, PANEL, RULE, SECOND, WHITE};
use crate::base::text::{Datum, Unit};

/// Longest text that Excel keeps in a cell.
const LONGEST: usize = 32_767;

/// An empty workbook with these properties and a fixed date, a day of January 2026: the bytes are
/// equal from one run to the next.
pub(crate) fn fixed_workbook(day: u8, properties: DocProperties) -> Result<Workbook, XlsxError> {
    let mut book = Workbook::new();
    let created = ExcelDateTime::from_ymd(2026, 1, day)?;
    book.set_properties(&properties.set_creation_datetime(&created));
    Ok(book)
}

/// A day as Excel counts it.
pub(crate) fn excel_day(day: Date) -> Result<ExcelDateTime, XlsxError> {
    let (year, month) = (day.year().unsigned_abs(), day.month().unsigned_abs());
    ExcelDateTime::from_ymd(year, month, day.day().unsigned_abs())
}

/// The day that a report prints in a table, 31/10/2026, as Excel counts it; none for any other text.
pub(crate) fn printed_day(text: &str) -> Option<ExcelDateTime> {
    let parts: Vec<&str> = text.split('/').collect();
    let [day, month, year] = parts.as_slice() else {
        return None;
    };
    let is_printed = (day.len(), month.len(), year.len()) == (2, 2, 4);
    let made = ExcelDateTime::from_ymd(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?);
    made.ok().filter(|_| is_printed)
}

/// The text, no longer than Excel accepts: other formats keep it whole.
pub(crate) fn fitting(text: &str) -> String {
    text.chars().take(LONGEST).collect()
}

/// Width of a letter beside the digit that columns are measured by: 0.9 in a French text, counted wider so that no
/// line is cut.
pub(crate) const LETTER: f64 = 0.98;

/// Lines that a text needs in a column of so many characters: words go to the next line as they do on a page.
pub(crate) fn text_lines(text: &str, room: f64) -> f64 {
    let room = room.max(1.0);
    let one = |line: &str| {
        let (mut lines, mut used) = (1.0, 0.0);
        for word in line.split(' ') {
            let width = word.chars().count() as f64 * LETTER;
            let beside = if used > 0.0 {
                used + LETTER + width
            } else {
                width
            };
            if beside <= room {
                used = beside;
                continue;
            }
            if used > 0.0 {
                lines += 1.0;
            }
            // A word longer than the column is cut.
            let cut = (width / room).ceil().max(1.0) - 1.0;
            lines += cut;
            used = width - cut * room;
        }
        lines
    };
    text.lines().map(one).sum::<f64>().max(1.0)
}

/// Height of a row of wrapped texts, each with the width of its column, in points: LibreOffice computes none, and
/// Excel takes no more than 409.
pub(crate) fn row_height(cells: &[(&str, f64)]) -> f64 {
    let lines = cells.iter().map(|(text, width)| text_lines(text, *width));
    (lines.fold(1.0, f64::max) * 15.0).min(409.0)
}

/// Looks of an export: headings and exact decimals.
pub(crate) struct ExportLooks {
    pub heading: Format,
    pub decimal: Format,
    pub day: Format,
}

impl ExportLooks {
    pub(crate) fn new() -> Self {
        Self {
            heading: Format::new().set_bold().set_text_wrap(),
            decimal: Format::new().set_num_format("0.000000"),
            day: Format::new().set_num_format("yyyy-mm-dd"),
        }
    }
}

/// Looks of what people fill in: grids and plans.
pub(crate) struct FormLooks {
    pub title: Format,
    pub label: Format,
    pub heading: Format,
    /// What is printed and not to be changed.
    pub text: Format,
    /// What may be changed.
    pub open: Format,
    pub date: Format,
    pub euros: Format,
    pub rating: Format,
    pub question: Format,
    /// What the program writes and nobody changes.
    pub locked: Format,
    /// What is not asked here.
    pub closed: Format,
    pub alert: Format,
    /// Explanations beside their label, without borders.
    pub plain: Format,
    /// Explanations alone.
    pub wrapped: Format,
}

impl FormLooks {
    pub(crate) fn new() -> Self {
        let cell = Format::new()
            .set_border(FormatBorder::Thin)
            .set_border_color(Color::RGB(RULE))
            .set_align(FormatAlign::Top)
            .set_text_wrap();
        let open = cell.clone().set_unlocked();
        Self {
            title: Format::new().set_bold().set_font_size(14),
            label: Format::new().set_bold(),
            heading: (cell.clone().set_bold())
                .set_font_color(Color::White)
                .set_background_color(Color::RGB(ACCENT)),
            date: (open.clone().set_num_format("dd/mm/yyyy")).set_align(FormatAlign::Left),
            euros: open.clone().set_num_format("#,##0.00"),
            rating: open.clone().set_bold().set_align(FormatAlign::Center),
            open,
            question: Format::new().set_bold().set_align(FormatAlign::Right),
            locked: cell.clone().set_background_color(Color::RGB(PANEL)),
            closed: cell.clone().set_background_color(Color::RGB(CLOSED)),
            alert: cell.clone().set_bold().set_font_color(Color::RGB(ALERT)),
            text: cell,
            plain: Format::new().set_text_wrap().set_align(FormatAlign::Top),
            wrapped: Format::new().set_text_wrap(),
        }
    }
}

/// Looks of a report.
pub(crate) struct ReportLooks {
    pub title: Format,
    pub warning: Format,
    pub heading: Format,
    pub text: Format,
    pub second: Format,
    pub strong: Format,
    /// What is left to write, shaded.
    pub to_write: Format,
    pub head: Format,
    pub head_centred: Format,
    pub label: Format,
}

/// Where a cell of a report's table stands.
#[derive(Debug, Clone, Copy)]
pub(crate) struct CellPlace<'a> {
    /// Style of its whole row.
    pub row: &'a str,
    /// Whether it is the heading of its row.
    pub first: bool,
    /// Whether its column is centred.
    pub centred: bool,
}

impl ReportLooks {
    pub(crate) fn new() -> Self {
        let base = Format::new().set_font_size(11.0).set_font_color(INK);
        let wrapped = (base.clone().set_text_wrap())
            .set_align(FormatAlign::Top)
            .set_align(FormatAlign::Left);
        let head = (wrapped.clone().set_bold())
            .set_border_bottom(FormatBorder::Medium)
            .set_align(FormatAlign::Bottom);
        Self {
            title: base.clone().set_bold().set_font_size(16.0),
            warning: base.clone().set_bold().set_font_color(ALERT),
            heading: base.set_bold().set_font_size(12.0),
            text: wrapped.clone(),
            second: wrapped.clone().set_font_color(SECOND),
            strong: wrapped.clone().set_bold(),
            to_write: (wrapped.clone().set_background_color(PANEL))
                .set_border_left(FormatBorder::Dashed),
            head_centred: head.clone().set_align(FormatAlign::Center),
            head,
            label: wrapped.set_font_color(SECOND),
        }
    }

    /// A cell of a table.
    pub(crate) fn cell(cell: &Datum, place: CellPlace) -> Format {
        let align = if place.centred && !place.first {
            FormatAlign::Center
        } else {
            FormatAlign::Left
        };
        let mut format = Format::new()
            .set_font_size(11.0)
            .set_font_color(INK)
            .set_text_wrap()
            .set_align(FormatAlign::Top)
            .set_border_bottom(FormatBorder::Thin)
            .set_border_bottom_color(RULE)
            .set_align(align);
        if place.row == "axe" {
            format = format.set_bold().set_background_color(PANEL);
        }
        if let Some(number) = number_format(cell) {
            format = format.set_num_format(number);
        }
        match cell.class.as_str() {
            "non-atteint" | "hors" => format.set_bold().set_font_color(ALERT),
            "sans-objet" => format.set_font_color(SECOND),
            class => match class.strip_prefix('n').map(str::parse::<usize>) {
                Some(Ok(level @ 1..=4)) => shade(format, level),
                _ => format,
            },
        }
    }
}

/// The format that shows the number as its text does: « +0,4 » has its sign, « 2,96 » both its digits. Excel puts
/// the comma and the spaces of its reader's language.
fn number_format(cell: &Datum) -> Option<&'static str> {
    let digits = cell.text.rsplit_once(',').map_or(0, |(_, rest)| {
        rest.chars().take_while(char::is_ascii_digit).count()
    });
    let signed = cell.text.starts_with('+');
    match cell.unit {
        Unit::Words => None,
        Unit::Level => Some(match (signed, digits > 1) {
            (false, false) => "0.0",
            (false, true) => "0.00",
            (true, false) => "+0.0",
            (true, true) => "+0.00",
        }),
        Unit::Share => Some("0 %"),
        Unit::Fifths => Some("0 \"sur 5\""),
        Unit::Tenths => Some("0 \"sur 10\""),
        Unit::Whole => Some("#,##0"),
        Unit::Euros => Some("#,##0 \"€\""),
        Unit::Number => Some("General"),
    }
}

fn shade(format: Format, level: usize) -> Format {
    let format = format.set_bold().set_background_color(LEVELS[level - 1]);
    if level == 4 {
        format.set_font_color(WHITE)
    } else {
        format
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_go_to_the_next_line_whole() {
        assert!((text_lines("", 10.0) - 1.0).abs() < f64::EPSILON);
        assert!((text_lines("un deux", 10.0) - 1.0).abs() < f64::EPSILON);
        // 12 + 1 + 12 letters in a room of 20: two lines, where their sum alone would say so too; five words of
        // eleven letters need five lines, where their sum says three.
        assert!((text_lines("réaménagements réaménagements", 20.0) - 2.0).abs() < f64::EPSILON);
        let five = ["signalement"; 5].join(" ");
        assert!((text_lines(&five, 20.0) - 5.0).abs() < f64::EPSILON);
        assert!((text_lines("a\nb\nc", 20.0) - 3.0).abs() < f64::EPSILON);
    }

    #[test]
    fn a_printed_day_is_a_day() {
        assert!(printed_day("31/10/2026").is_some());
        for text in [
            "31/10/26",
            "2026-10-31",
            "31/13/2026",
            "1/2",
            "",
            "le 31/10/2026",
        ] {
            assert!(printed_day(text).is_none(), "{text}");
        }
    }

    #[test]
    fn a_number_is_shown_as_its_text_says() {
        let shown = |datum: Datum| number_format(&datum);
        assert_eq!(shown(Datum::level(3.2)), Some("0.0"));
        assert_eq!(shown(Datum::change(0.44)), Some("+0.0"));
        assert_eq!(shown(Datum::printed_level(2.96)), Some("0.00"));
    }
}
