//! Where the columns of the program's own workbook stand, when someone has moved, added or renamed some.

use super::correspondence::shape;
use super::heading::without_precision;
use super::source::Context;
use crate::base::diagnostics::CellRef;
use crate::base::sheets::own_form_layout::{
    COL_CODE, COL_COMMENT, COL_LABEL, COL_RATING, COL_REMARKABLE, HEADINGS, HEADINGS_ROW,
    REMARKABLE, WORDINGS, untouched,
};
use crate::base::sheets::{Row, Sheet};
use crate::base::text::fold;

/// Rows in which the headings are looked for: someone may have inserted a few.
const HEADER_DEPTH: u32 = 20;
/// Headings of the form that make a row its own.
const ENOUGH: usize = 4;
/// What a correspondence calls the column of notes, of comments, of flags.
pub(super) const NOTE: &str = "note";
/// See [`NOTE`].
pub(super) const COMMENT: &str = "commentaire";
/// See [`NOTE`].
const FLAG: &str = "remarquable";

/// Where the columns stand in this file.
#[derive(Default)]
pub(super) struct OwnFormColumns {
    pub(super) header: u32,
    pub(super) code: u32,
    /// None when no heading, or more than one, says that it is the note.
    pub(super) rating: Option<u32>,
    pub(super) comment: Option<u32>,
    /// Absent from the forms of the first days, and from those that observe nothing.
    pub(super) remarkable: Option<u32>,
    /// Columns of the form's own wordings.
    pub(super) wordings: Vec<u32>,
    /// The one that words éléments.
    pub(super) label: Option<u32>,
}

/// The columns of a form, and what is to be asked of them.
#[derive(Default)]
pub(super) struct FoundColumns {
    pub(super) columns: OwnFormColumns,
    pub(super) doubts: Vec<HeadingDoubt>,
    /// Fingerprint of the headings.
    pub(super) shape: String,
}

/// Several columns under one heading of the form.
pub(super) struct HeadingDoubt {
    heading: &'static str,
    pub(super) cols: Vec<u32>,
}

impl HeadingDoubt {
    /// « « Note » : deux colonnes (E10 et F10). »
    pub(super) fn sentence(&self, header: u32) -> String {
        let places = self
            .cols
            .iter()
            .map(|c| CellRef::new(header, *c).to_string());
        format!(
            "plusieurs colonnes s’appellent « {} » : {}. Aucune n’est choisie à votre place.",
            self.heading,
            places.collect::<Vec<_>>().join(", ")
        )
    }
}

impl OwnFormColumns {
    /// The headings where the form put them, as nearly always.
    fn untouched(sheet: &Sheet) -> Option<Self> {
        let headings = sheet.row(HEADINGS_ROW)?;
        // A form older than the flag has no such column.
        let flagged = headings.text(COL_REMARKABLE) == REMARKABLE;
        let wanted = HEADINGS.len() + usize::from(flagged);
        (untouched(sheet) && headings.cells.len() == wanted).then(|| Self {
            header: HEADINGS_ROW,
            code: COL_CODE,
            rating: Some(COL_RATING),
            comment: Some(COL_COMMENT),
            remarkable: flagged.then_some(COL_REMARKABLE),
            wordings: WORDINGS.collect(),
            label: Some(COL_LABEL),
        })
    }

    /// The columns whose headings are those of the form; a heading that two columns bear is nobody's.
    pub(super) fn find(sheet: &Sheet, context: &Context) -> FoundColumns {
        if let Some(columns) = Self::untouched(sheet) {
            return FoundColumns {
                columns,
                shape: shape(HEADINGS.into_iter()),
                doubts: Vec::new(),
            };
        }
        let Some(row) = header_row(sheet) else {
            return FoundColumns::default();
        };
        let texts: Vec<String> = row.cells.iter().map(|c| c.value.text()).collect();
        let mut reading = HeadingsReading {
            row,
            context,
            shape: shape(texts.iter().map(String::as_str)),
            doubts: Vec::new(),
        };
        let label = reading.column(HEADINGS[3], None);
        let columns = Self {
            label,
            header: row.index,
            code: reading.column(HEADINGS[0], None).unwrap_or(COL_CODE),
            rating: reading.column(HEADINGS[4], Some(NOTE)),
            comment: reading.column(HEADINGS[5], Some(COMMENT)),
            remarkable: reading.column(REMARKABLE, Some(FLAG)),
            wordings: (HEADINGS[1..=2].iter())
                .filter_map(|h| reading.column(h, None))
                .chain(label)
                .collect(),
        };
        FoundColumns {
            columns,
            doubts: reading.doubts,
            shape: reading.shape,
        }
    }

    /// The columns that are read.
    pub(super) fn known(&self) -> Vec<u32> {
        let read = [self.rating, self.comment, self.remarkable];
        read.into_iter().flatten().chain([self.code]).collect()
    }
}

/// The row of headings of a form while its columns are looked for.
struct HeadingsReading<'a> {
    row: &'a Row,
    context: &'a Context<'a>,
    shape: String,
    doubts: Vec<HeadingDoubt>,
}

impl HeadingsReading<'_> {
    /// The one column under a heading, else the one that a person said to be it (`role`).
    fn column(&mut self, heading: &'static str, role: Option<&str>) -> Option<u32> {
        let mapping = self.context.mapping_of(&self.shape);
        let agreed = |text: &str| Some(mapping?.target(text)? == role?);
        // What a person said to be it is it, whatever else bears the heading.
        if let [said] = self.under(|text| agreed(text) == Some(true)).as_slice() {
            return Some(*said);
        }
        let same: Vec<u32> = self.under(|text| is_heading(text, heading) && agreed(text).is_none());
        match same.as_slice() {
            [only] => Some(*only),
            [] => None,
            _ => {
                self.doubts.push(HeadingDoubt {
                    heading,
                    cols: same,
                });
                None
            }
        }
    }

    fn under(&self, fits: impl Fn(&str) -> bool) -> Vec<u32> {
        let cells = self.row.cells.iter();
        let same = cells.filter(|c| fits(&c.value.text()));
        same.map(|c| c.col).collect()
    }
}

/// The very heading, whatever the case, the precision between parentheses or the mark that ends it.
pub(super) fn is_heading(written: &str, heading: &str) -> bool {
    let folded = fold(written);
    let plain = without_precision(folded.trim_end_matches([':', '*', '.', ' ']));
    plain.trim_end_matches([':', '*', '.', ' ']) == fold(heading)
}

/// The row that has the headings of a form: its code, its élément, and its note or two others.
fn header_row(sheet: &Sheet) -> Option<&Row> {
    let top = sheet.rows.iter().take_while(|r| r.index < HEADER_DEPTH);
    top.into_iter().find(|row| {
        let has = |heading: &&str| {
            let mut cells = row.cells.iter();
            cells.any(|c| is_heading(&c.value.text(), heading))
        };
        let enough = || has(&HEADINGS[4]) || HEADINGS.iter().filter(|h| has(h)).count() >= ENOUGH;
        has(&HEADINGS[0]) && has(&HEADINGS[3]) && enough()
    })
}

/// Whether a sheet has the headings of the program's own form.
pub(super) fn is_headed(sheet: &Sheet) -> bool {
    untouched(sheet) || header_row(sheet).is_some()
}
