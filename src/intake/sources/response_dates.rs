//! Dates of a table of responses: one way of writing them per column.

use super::column_role::ColumnRole;
use super::dialect::TableFrame;
use super::header::Header;
use crate::base::sheets::{Row, Sheet};
use crate::base::text::{count, iso_date, iso_date_month_first};

/// Columns that date a response, the day that the form asks for first.
pub(super) struct Dates {
    /// Column, and whether it writes the month before the day.
    columns: Vec<(u32, bool)>,
}

impl Dates {
    pub(super) fn of(sheet: &Sheet, header: &Header, frame: TableFrame) -> Self {
        let found = [ColumnRole::Date, ColumnRole::Stamp];
        let found = found.iter().filter_map(|c| header.position(c));
        let columns = found.map(|col| (col, month_first(sheet, col, frame)));
        Self {
            columns: columns.collect(),
        }
    }

    /// The column and text of a response's date; none when it has none.
    pub(super) fn written(&self, row: &Row) -> Option<(u32, String)> {
        let all = self.columns.iter().map(|(col, _)| (*col, row.text(*col)));
        all.into_iter()
            .find(|(_, text)| !text.is_empty() && !text.starts_with("1980-01-01"))
    }

    /// The columns that date a response.
    pub(super) fn columns(&self) -> impl Iterator<Item = u32> {
        self.columns.iter().map(|c| c.0)
    }

    /// ISO date of what a column holds.
    pub(super) fn read(&self, col: u32, written: &str) -> Option<String> {
        let american = self.columns.contains(&(col, true));
        if american {
            iso_date_month_first(written)
        } else {
            iso_date(written)
        }
    }

    /// What to say of the dates that do not read.
    pub(super) fn doubt(&self, sheet: &Sheet, frame: TableFrame) -> Option<String> {
        let rows = sheet.rows.iter().filter(|r| r.index >= frame.data);
        let unread = |r: &&Row| {
            self.written(r)
                .is_some_and(|(col, text)| self.read(col, &text).is_none())
        };
        let n = rows.filter(unread).count();
        (n > 0).then(|| {
            if n == 1 {
                return "une date ne se lit pas : cette réponse reste sans date.".to_owned();
            }
            let many = count(n, "date", "dates");
            format!("{many} ne se lisent pas : ces réponses restent sans date.")
        })
    }
}

/// Whether a column may write the day or the month first, and nothing in it tells: every number fits
/// both, and none is padded with a zero, as French dates are.
pub(super) fn is_ambiguous(sheet: &Sheet, col: u32, frame: TableFrame) -> bool {
    let rows = sheet.rows.iter().filter(|r| r.index >= frame.data);
    let (mut dates, mut differ) = (0, false);
    for row in rows {
        let text = row.text(col);
        let mut parts = text.split(['/', ' ', ',']);
        let (Some(first), Some(second)) = (parts.next(), parts.next()) else {
            continue;
        };
        let (Ok(a), Ok(b)) = (first.parse::<u32>(), second.parse::<u32>()) else {
            continue;
        };
        if a > 12 || b > 12 || first.starts_with('0') || second.starts_with('0') {
            return false;
        }
        dates += 1;
        differ |= a != b;
    }
    dates > 0 && differ
}

/// Some second number is beyond 12, and no first one is: 5/25/2026 can only be 25 May.
fn month_first(sheet: &Sheet, col: u32, frame: TableFrame) -> bool {
    let rows = sheet.rows.iter().filter(|r| r.index >= frame.data);
    let (mut first, mut second) = (0, 0);
    for row in rows {
        let text = row.text(col);
        let mut numbers = text.split(['/', ' ', ',']).map(str::parse::<u32>);
        if let (Some(Ok(a)), Some(Ok(b))) = (numbers.next(), numbers.next()) {
            first = first.max(a);
            second = second.max(b);
        }
    }
    first <= 12 && (13..=31).contains(&second)
}
