//! The correspondence that a table's columns suggest, for a person to read, correct and confirm.

use std::collections::BTreeSet;

use super::column_reader::ColumnReader;
use super::column_role::ColumnRole;
use super::correspondence::{Correspondence, IGNORED, MappedColumn, MappedWord};
use super::element_codes::element_code;
use super::titles::ColumnTitle;
use super::usual_headings::modality;

/// Most words to translate that a correspondence lists.
const FOREIGN: usize = 12;
/// Rows in which they are looked for.
const SEEN: usize = 2_000;

impl ColumnReader<'_> {
    /// A correspondence to read and correct, when some column was matched by its words.
    pub(super) fn proposal(
        &self,
        titles: &[ColumnTitle],
        read: &[ColumnRole],
    ) -> Option<Correspondence> {
        if self.mapping.is_some() {
            return None;
        }
        let r = self.context.referentiel;
        let coded = |t: &ColumnTitle| t.texts.iter().any(|x| element_code(x, r).is_some());
        // A table of questions that nobody knows is worth a correspondence to fill in, too.
        let mut matched = !titles.iter().any(coded);
        let uncoded = titles.iter().zip(read).filter(|pair| !coded(pair.0));
        let columns: Vec<MappedColumn> = uncoded
            .filter_map(|(title, role)| self.column_proposal(title, role))
            .collect();
        matched |= columns.iter().any(|c| c.target != IGNORED);
        matched.then(|| Correspondence {
            tool: self.tool.name.to_owned(),
            shape: self.form.clone(),
            columns,
            words: self.foreign_words(titles, read),
        })
    }

    /// Where a column seems to lead, for a person to agree; none for what every form may have.
    fn column_proposal(&self, title: &ColumnTitle, role: &ColumnRole) -> Option<MappedColumn> {
        let exact = || title.texts().any(|text| self.labels.exact(text).is_some());
        let (target, proximity) = match role {
            ColumnRole::Near(code, proximity) => (code.as_str(), proximity.0),
            ColumnRole::Element(code, _) if exact() => (code.as_str(), 1.0),
            ColumnRole::Element(code, _) => {
                let nearest = self.near(title);
                (
                    code.as_str(),
                    nearest.map_or(1.0, |(_, proximity)| proximity.0),
                )
            }
            ColumnRole::Ignored => (IGNORED, 1.0),
            _ => return None,
        };
        Some(MappedColumn {
            heading: title.name()?.to_owned(),
            target: target.to_owned(),
            proximity: (proximity * 100.0).round() / 100.0,
            confirmed: !matches!(role, ColumnRole::Near(..)) && !self.holds(title, role),
        })
    }

    /// Whether a column that nobody understands holds something: it is left out once a person said so.
    fn holds(&self, title: &ColumnTitle, role: &ColumnRole) -> bool {
        let rows = self.sheet.rows.iter();
        let mut below = rows.filter(|row| row.index >= self.frame.data);
        *role == ColumnRole::Ignored && below.any(|row| row.cell(title.col).is_some())
    }

    /// Answers that the scales do not know, at most a dozen, to translate in the correspondence.
    fn foreign_words(&self, titles: &[ColumnTitle], read: &[ColumnRole]) -> Vec<MappedWord> {
        let r = self.context.referentiel;
        let mut words: BTreeSet<String> = BTreeSet::new();
        for (title, column) in titles.iter().zip(read) {
            let (ColumnRole::Element(code, _) | ColumnRole::Near(code, _)) = column else {
                continue;
            };
            let scale = r.element(code).map(|e| &r.scales[r.elements[e].scale]);
            let rows = self
                .sheet
                .rows
                .iter()
                .filter(|row| row.index >= self.frame.data);
            let written = rows.map(|row| row.text(title.col));
            let unknown = |w: &String| {
                // Only what can be a choice: what people wrote stays in the file.
                (1..=40).contains(&w.chars().count())
                    && !self.tool.blank.contains(&w.as_str())
                    && scale.is_some_and(|s| modality(s, w.trim_end_matches(';')).is_none())
            };
            words.extend(written.take(SEEN).filter(unknown).take(FOREIGN));
        }
        let blank = |written: String| MappedWord {
            written,
            worth: String::new(),
            confirmed: false,
        };
        words.into_iter().take(FOREIGN).map(blank).collect()
    }
}
