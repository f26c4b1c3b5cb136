//! Where an entry of `grids/local.toml`, or one of its keys, stands: line and column.

use toml_edit::{ImDocument, Item};

use crate::base::toml_error::line_column;

/// An entry by its table and its rank there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct EntryRank {
    /// `cibles`.
    pub table: &'static str,
    /// From 0.
    pub rank: usize,
}

/// Places of a file that was read already.
pub(super) struct EntryPlaces<'a> {
    text: &'a str,
    document: Option<ImDocument<&'a str>>,
}

impl<'a> EntryPlaces<'a> {
    pub(super) fn of(text: &'a str) -> Self {
        Self {
            text,
            document: ImDocument::parse(text).ok(),
        }
    }

    /// « ligne 12, colonne 3 »: of the key, else of the entry, else of the first line.
    pub(super) fn place(&self, entry: EntryRank, key: &str) -> String {
        let offset = self.offset(entry, key).unwrap_or(0);
        let (line, column) = line_column(self.text, offset);
        format!("ligne {line}, colonne {column}")
    }

    fn offset(&self, entry: EntryRank, key: &str) -> Option<usize> {
        let item = self.document.as_ref()?.get(entry.table)?;
        match item {
            Item::ArrayOfTables(tables) => {
                let table = tables.get(entry.rank)?;
                let own = table.get(key).and_then(Item::span);
                own.or_else(|| table.span()).map(|span| span.start)
            }
            // `cibles = [{ code = … }]`.
            other => {
                let value = other.as_array()?.get(entry.rank)?;
                let own = value.as_inline_table().and_then(|t| t.get(key)?.span());
                own.or_else(|| value.span()).map(|span| span.start)
            }
        }
    }
}
