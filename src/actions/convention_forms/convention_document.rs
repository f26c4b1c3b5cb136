//! The blocks of `ctg/convention.toml` as they are written: what tells each from the others, where each stands.

use std::ops::Range;

use toml_edit::{ImDocument, Item, Table, TableLike};

use super::convention_parts::ConventionPart;
use crate::convention::{ClosedWord, DeadlineKind};

/// A text that is TOML, whatever it says.
pub(super) struct ConventionDocument<'a> {
    pub(super) text: &'a str,
    document: ImDocument<&'a str>,
}

/// A block of it.
#[derive(Clone)]
pub(super) struct BlockTable<'d> {
    pub(super) part: ConventionPart,
    /// From 0, within its part.
    pub(super) rank: usize,
    /// Names it in addresses: `fiches-F4`, `echeances-bilan_final-2026-11-30`.
    pub(super) id: String,
    pub(super) table: &'d Table,
}

/// What stands somewhere in a table, « reference.valeur » within its « reference ».
pub(super) fn held<'t>(table: &'t dyn TableLike, path: &str) -> Option<&'t Item> {
    match path.split_once('.') {
        None => table.get(path),
        Some((first, rest)) => table.get(first)?.as_table_like()?.get(rest),
    }
}

/// A text, a number, a word or a day, as the file says it; empty for what is none.
pub(super) fn plain(item: Option<&Item>) -> String {
    let Some(value) = item.and_then(Item::as_value) else {
        return String::new();
    };
    if let Some(text) = value.as_str() {
        return text.to_owned();
    }
    let number = value.as_integer().map(|n| n.to_string());
    let number = number.or_else(|| value.as_float().map(|n| n.to_string()));
    let said = number.or_else(|| {
        value
            .as_bool()
            .map(|b| if b { "oui" } else { "non" }.to_owned())
    });
    said.or_else(|| value.as_datetime().map(ToString::to_string))
        .unwrap_or_default()
}

impl BlockTable<'_> {
    /// The text of a key; empty when there is none.
    pub(super) fn text(&self, key: &str) -> String {
        plain(held(self.table, key)).trim().to_owned()
    }

    /// What people call it, beside the word of its part.
    pub(super) fn name(&self) -> String {
        match self.part {
            ConventionPart::Head => String::new(),
            ConventionPart::Amendments => self.text("numero"),
            ConventionPart::Deadlines => {
                let kind = self.text("type");
                DeadlineKind::read(&kind).map_or(kind, |k| k.label().to_owned())
            }
            _ => self.text("code"),
        }
    }

    /// Where it stands: from its header to its last value.
    pub(super) fn span(&self) -> Range<usize> {
        let start = self.table.span().map_or(0, |span| span.start);
        start..end_of(self.table)
    }
}

/// End of the last value of a table and of those under it.
fn end_of(table: &Table) -> usize {
    let own = table.span().map_or(0, |span| span.end);
    let under = table.iter().filter_map(|(_, item)| match item {
        Item::Table(table) => Some(end_of(table)),
        Item::ArrayOfTables(all) => all.iter().map(end_of).max(),
        _ => None,
    });
    under.fold(own, usize::max)
}

impl<'a> ConventionDocument<'a> {
    /// None where it is no TOML.
    pub(super) fn of(text: &'a str) -> Option<Self> {
        let document = ImDocument::parse(text).ok()?;
        Some(Self { text, document })
    }

    /// The blocks of a part.
    pub(super) fn blocks(&self, part: ConventionPart) -> Vec<BlockTable<'_>> {
        let tables: Vec<&Table> = match (part, self.document.get(part.key())) {
            (ConventionPart::Head, Some(Item::Table(table))) => vec![table],
            (ConventionPart::Head, _) => Vec::new(),
            (_, Some(Item::ArrayOfTables(all))) => all.iter().collect(),
            _ => Vec::new(),
        };
        let mut blocks: Vec<BlockTable<'_>> = Vec::new();
        for (rank, table) in tables.into_iter().enumerate() {
            let words = part.identity().iter().map(|key| plain(held(table, key)));
            let parts: Vec<String> = std::iter::once(part.key().to_owned())
                .chain(words)
                .collect();
            let id = parts.join("-");
            let again = blocks
                .iter()
                .filter(|b| b.id.split('~').next() == Some(&id))
                .count();
            let id = if again == 0 {
                id
            } else {
                format!("{id}~{}", again + 1)
            };
            blocks.push(BlockTable {
                part,
                rank,
                id,
                table,
            });
        }
        blocks
    }

    /// Whether a part is there, and written in a way that no form changes: a list within a line.
    pub(super) fn is_odd(&self, part: ConventionPart) -> bool {
        match (part, self.document.get(part.key())) {
            (_, None) => false,
            (ConventionPart::Head, Some(item)) => !item.is_table(),
            (_, Some(item)) => !item.is_array_of_tables(),
        }
    }

    /// All blocks, in the order of the parts.
    pub(super) fn all(&self) -> Vec<BlockTable<'_>> {
        ConventionPart::ALL
            .iter()
            .flat_map(|part| self.blocks(*part))
            .collect()
    }

    /// The block that an address names.
    pub(super) fn find(&self, id: &str) -> Option<BlockTable<'_>> {
        self.all().into_iter().find(|block| block.id == id)
    }

    /// The block that a line, from 1, stands in, and its key on that line.
    pub(super) fn at_line(&self, line: usize) -> Option<(BlockTable<'_>, Option<String>)> {
        let lines = self.text.split_inclusive('\n');
        let from: usize = lines.take(line.saturating_sub(1)).map(str::len).sum();
        let to = self.text[from..]
            .find('\n')
            .map_or(self.text.len(), |end| from + end);
        let before = self.all().into_iter().filter(|b| b.span().start <= to);
        let block = before.max_by_key(|b| b.span().start)?;
        let keys = block.table.iter();
        let on_it = keys.filter(|(_, item)| {
            item.span()
                .is_some_and(|span| span.start <= to && from <= span.end)
        });
        let key = on_it.map(|(key, _)| key.to_owned()).next();
        Some((block, key))
    }
}
