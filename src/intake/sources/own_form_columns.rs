//! Where the columns of the program's own workbook stand, when someone has moved them.

use crate::base::sheets::Sheet;
use crate::base::sheets::own_form_layout::{
    COL_CODE, COL_COMMENT, COL_RATING, COL_REMARKABLE, HEADINGS, HEADINGS_ROW, REMARKABLE,
    untouched,
};
use crate::base::text::fold;

/// Rows in which the headings are looked for: someone may have inserted a few.
const HEADER_DEPTH: u32 = 20;

/// Where the columns stand in this file.
pub(super) struct OwnFormColumns {
    pub(super) header: u32,
    pub(super) code: u32,
    pub(super) rating: u32,
    pub(super) comment: Option<u32>,
    /// Absent from the forms of the first days, and from those that observe nothing.
    pub(super) remarkable: Option<u32>,
}

impl OwnFormColumns {
    /// The headings where the form put them, as nearly always.
    fn untouched(sheet: &Sheet) -> Option<Self> {
        // A form older than the flag has no such column.
        let flagged = sheet.text(HEADINGS_ROW, COL_REMARKABLE) == REMARKABLE;
        untouched(sheet).then_some(Self {
            header: HEADINGS_ROW,
            code: COL_CODE,
            rating: COL_RATING,
            comment: Some(COL_COMMENT),
            remarkable: flagged.then_some(COL_REMARKABLE),
        })
    }

    pub(super) fn find(sheet: &Sheet) -> Option<Self> {
        if let Some(as_made) = Self::untouched(sheet) {
            return Some(as_made);
        }
        for row in sheet.rows.iter().take_while(|r| r.index < HEADER_DEPTH) {
            let at = |heading: &str| {
                let wanted = fold(heading);
                row.cells
                    .iter()
                    .find(|c| fold(&c.value.text()).starts_with(&wanted))
                    .map(|c| c.col)
            };
            if let (Some(code), Some(rating), Some(_)) =
                (at(HEADINGS[0]), at(HEADINGS[4]), at(HEADINGS[3]))
            {
                return Some(Self {
                    header: row.index,
                    code,
                    rating,
                    comment: at(HEADINGS[5]),
                    remarkable: at(REMARKABLE),
                });
            }
        }
        None
    }
}
