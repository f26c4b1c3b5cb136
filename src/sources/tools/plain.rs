//! Any table with one column per élément code, or per question as the référentiel words it.

use crate::sources::header::{Header, recognised_labels};
use crate::sources::responses::{Dialect, Frame};
use crate::sources::{Confidence, Context, Sheet};

/// Any other table.
pub const TOOL: Dialect = Dialect {
    name: "tableau",
    label: "tableau, une colonne par élément",
    frame,
    one_sheet: false,
    ..Dialect::PLAIN
};

fn frame(sheet: &Sheet, context: &Context) -> Option<Frame> {
    if let Some((row, codes)) = Header::find(sheet, context.referentiel) {
        let confidence = if codes >= 2 {
            Confidence::Likely
        } else {
            Confidence::Possible
        };
        return Some(Frame::under(confidence, row));
    }
    let labels = recognised_labels(sheet, context)?;
    Some(Frame::under(Confidence::Possible, labels))
}
