//! How the cells of a form look.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

/// The few looks of a form.
pub(super) struct Looks {
    pub(super) title: Format,
    pub(super) label: Format,
    pub(super) open: Format,
    pub(super) date: Format,
    pub(super) heading: Format,
    pub(super) text: Format,
    pub(super) rating: Format,
    pub(super) question: Format,
    pub(super) closed: Format,
}

impl Looks {
    pub(super) fn new() -> Self {
        let cell = || {
            Format::new()
                .set_border(FormatBorder::Thin)
                .set_border_color(Color::RGB(0x00D5_DAE0))
                .set_align(FormatAlign::Top)
                .set_text_wrap()
        };
        Self {
            title: Format::new().set_bold().set_font_size(14),
            label: Format::new().set_bold(),
            open: cell().set_unlocked(),
            date: cell()
                .set_unlocked()
                .set_num_format("dd/mm/yyyy")
                .set_align(FormatAlign::Left),
            heading: cell()
                .set_bold()
                .set_font_color(Color::White)
                .set_background_color(Color::RGB(0x001F_4E79)),
            text: cell(),
            rating: cell()
                .set_unlocked()
                .set_bold()
                .set_align(FormatAlign::Center),
            question: Format::new().set_bold().set_align(FormatAlign::Right),
            closed: cell().set_background_color(Color::RGB(0x00EC_EFF2)),
        }
    }
}
