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

/// The text, no longer than Excel accepts: other formats keep it whole.
pub(crate) fn fitting(text: &str) -> String {
    text.chars().take(LONGEST).collect()
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
        if let Some(number) = number_format(cell.unit) {
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

fn number_format(unit: Unit) -> Option<&'static str> {
    match unit {
        Unit::Words => None,
        Unit::Level => Some("0.0"),
        Unit::Share => Some("0 %"),
        Unit::Fifths => Some("0 \"sur 5\""),
        Unit::Tenths => Some("0 \"sur 10\""),
        Unit::Whole => Some("# ##0"),
        Unit::Euros => Some("# ##0 \"€\""),
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
