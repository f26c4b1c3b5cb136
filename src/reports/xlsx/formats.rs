//! How cells look.

use rust_xlsxwriter::{Format, FormatAlign, FormatBorder};

use crate::base::text::{Datum, Unit};

const INK: u32 = 0x001B_1F23;
const SECOND: u32 = 0x004A_5560;
const RULE: u32 = 0x00D5_DAE0;
const PANEL: u32 = 0x00F5_F7F9;
const ALERT: u32 = 0x009B_1C1C;
/// Levels 1 to 4, light to dark.
const LEVELS: [u32; 4] = [0x00D9_E7EC, 0x009C_C3CF, 0x004E_93A8, 0x001D_5A70];

/// Formats used in every sheet.
pub(super) struct Formats {
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

impl Formats {
    pub(super) fn new() -> Self {
        let base = Format::new().set_font_size(11.0).set_font_color(INK);
        let wrapped = base
            .clone()
            .set_text_wrap()
            .set_align(FormatAlign::Top)
            .set_align(FormatAlign::Left);
        let head = wrapped
            .clone()
            .set_bold()
            .set_border_bottom(FormatBorder::Medium)
            .set_align(FormatAlign::Bottom);
        Self {
            title: base.clone().set_bold().set_font_size(16.0),
            warning: base.clone().set_bold().set_font_color(ALERT),
            heading: base.clone().set_bold().set_font_size(12.0),
            text: wrapped.clone(),
            second: wrapped.clone().set_font_color(SECOND),
            strong: wrapped.clone().set_bold(),
            head_centred: head.clone().set_align(FormatAlign::Center),
            head,
            label: wrapped.set_font_color(SECOND),
        }
    }

    /// A cell of a table; `row` is the style of its whole row, `first` whether it is its heading.
    pub(super) fn cell(cell: &Datum, row: &str, first: bool, centred: bool) -> Format {
        let mut format = Format::new()
            .set_font_size(11.0)
            .set_font_color(INK)
            .set_text_wrap()
            .set_align(FormatAlign::Top)
            .set_border_bottom(FormatBorder::Thin)
            .set_border_bottom_color(RULE);
        format = format.set_align(if centred && !first {
            FormatAlign::Center
        } else {
            FormatAlign::Left
        });
        if row == "axe" {
            format = format.set_bold().set_background_color(PANEL);
        }
        format = match cell.unite {
            Unit::Mots => format,
            Unit::Niveau => format.set_num_format("0.0"),
            Unit::Part => format.set_num_format("0 %"),
            Unit::Entier => format.set_num_format("# ##0"),
            Unit::Euros => format.set_num_format("# ##0 \"€\""),
            Unit::Nombre => format.set_num_format("General"),
        };
        match cell.classe.as_str() {
            "non-atteint" | "hors" => format.set_bold().set_font_color(ALERT),
            "sans-objet" => format.set_font_color(SECOND),
            level => match level
                .strip_prefix('n')
                .and_then(|d| d.parse::<usize>().ok())
            {
                Some(n @ 1..=4) => shade(format, n),
                _ => format,
            },
        }
    }
}

fn shade(format: Format, level: usize) -> Format {
    let format = format.set_bold().set_background_color(LEVELS[level - 1]);
    if level == 4 {
        format.set_font_color(0x00FF_FFFF_u32)
    } else {
        format
    }
}

/// Colour of the `i`-th of `n` modalities, light to dark.
pub(super) fn modality(i: usize, n: usize) -> u32 {
    LEVELS[if n < 2 { 3 } else { i * 3 / (n - 1) }]
}

/// Colours of series: current campaign, previous one, target.
pub(super) const SERIES: [u32; 3] = [0x001F_4E79, 0x009C_C3CF, SECOND];
