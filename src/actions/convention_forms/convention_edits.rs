//! The text of `ctg/convention.toml` once a block is changed, added or removed: what is meant changes, every other byte stays.

use std::fmt::Write;
use std::ops::Range;

use toml_edit::{InlineTable, Item, Table, Value};

use super::convention_document::{BlockTable, ConventionDocument, held};
use super::convention_parts::ConventionPart;
use super::convention_values::KeyChange;

/// Keys with what becomes of each.
pub(super) type KeyChanges = Vec<(&'static str, KeyChange)>;

/// What is written in place of a stretch of the text.
struct TextEdit {
    at: Range<usize>,
    with: String,
}

/// Where a line begins, and where it ends, its line feed included.
fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |feed| feed + 1)
}

fn line_end(text: &str, at: usize) -> usize {
    text[at..]
        .find('\n')
        .map_or(text.len(), |feed| at + feed + 1)
}

/// A place where a line can be put: nothing stands before it on its own.
fn on_a_line(text: &str, at: usize, lines: &str) -> TextEdit {
    let feed = if at > 0 && !text[..at].ends_with('\n') {
        "\n"
    } else {
        ""
    };
    TextEdit {
        at: at..at,
        with: format!("{feed}{lines}"),
    }
}

fn applied(text: &str, mut edits: Vec<TextEdit>) -> String {
    let mut new = text.to_owned();
    // The last first: places before stay where they are. Of two at one place, the one asked first stands first.
    edits.reverse();
    edits.sort_by_key(|edit| std::cmp::Reverse(edit.at.start));
    for edit in edits {
        new.replace_range(edit.at, &edit.with);
    }
    new
}

/// The text with some keys of a block changed.
pub(super) fn with_keys(
    document: &ConventionDocument<'_>,
    block: &BlockTable<'_>,
    changes: &KeyChanges,
) -> String {
    let (own, within): (Vec<_>, Vec<_>) = changes.iter().partition(|(key, _)| !key.contains('.'));
    let mut edits = key_edits(
        document.text,
        block.table,
        &own,
        "",
        last_line(document.text, block.table),
    );
    edits.extend(inner_edits(document.text, block.table, &within));
    applied(document.text, edits)
}

/// Where a key more goes: after the last value of a table.
fn last_line(text: &str, table: &Table) -> usize {
    line_end(text, table.span().map_or(text.len(), |span| span.end))
}

/// Changes of keys that stand on lines of their own; new ones go to `end`.
fn key_edits(
    text: &str,
    table: &Table,
    changes: &[&(&str, KeyChange)],
    before: &str,
    end: usize,
) -> Vec<TextEdit> {
    let edit = |(key, change): &&(&str, KeyChange)| {
        let name = key.rsplit('.').next().unwrap_or(key);
        let place = held(table, name).and_then(Item::span);
        match (change, place) {
            (KeyChange::Kept, _) | (KeyChange::Removed, None) => None,
            (KeyChange::Set(value), Some(at)) => Some(TextEdit {
                at,
                with: value.clone(),
            }),
            (KeyChange::Set(value), None) => {
                Some(on_a_line(text, end, &format!("{before}{name} = {value}\n")))
            }
            (KeyChange::Removed, Some(at)) => Some(TextEdit {
                at: line_start(text, at.start)..line_end(text, at.end),
                with: String::new(),
            }),
        }
    };
    changes.iter().filter_map(edit).collect()
}

/// Changes of `reference`, a table within a line, or written otherwise by hand.
fn inner_edits(text: &str, table: &Table, changes: &[&(&'static str, KeyChange)]) -> Vec<TextEdit> {
    let Some((outer, _)) = changes.first().and_then(|(key, _)| key.split_once('.')) else {
        return Vec::new();
    };
    if changes.iter().all(|(_, change)| *change == KeyChange::Kept) {
        return Vec::new();
    }
    let whole = match table.get(outer) {
        Some(Item::Table(inner)) if inner.is_dotted() => {
            // `reference.valeur = …`: lines of the block itself.
            let before = format!("{outer}.");
            return key_edits(text, inner, changes, &before, last_line(text, table));
        }
        Some(Item::Table(inner)) => {
            return key_edits(text, inner, changes, "", last_line(text, inner));
        }
        None => "{}",
        Some(item) => item.span().map_or("{}", |span| &text[span]),
    };
    let parsed = whole.parse::<Value>().ok();
    let mut inner = parsed
        .and_then(|v| v.as_inline_table().cloned())
        .unwrap_or_default();
    for (key, change) in changes {
        let name = key.rsplit('.').next().unwrap_or(key);
        match (change, inner.get_mut(name)) {
            (KeyChange::Kept, _) => {}
            (KeyChange::Removed, _) => {
                inner.remove(name);
            }
            (KeyChange::Set(value), held) => {
                let Ok(mut value) = value.parse::<Value>() else {
                    continue;
                };
                if let Some(held) = held {
                    *value.decor_mut() = held.decor().clone();
                    *held = value;
                } else {
                    value.decor_mut().clear();
                    put_last(&mut inner, name, value);
                }
            }
        }
    }
    let change = if inner.is_empty() {
        KeyChange::Removed
    } else {
        inner.decor_mut().clear();
        KeyChange::Set(Value::InlineTable(inner).to_string().trim().to_owned())
    };
    key_edits(text, table, &[&(outer, change)], "", last_line(text, table))
}

/// One key more in a table within a line: the space before its bracket stays there.
fn put_last(table: &mut InlineTable, name: &str, mut value: Value) {
    if let Some((_, last)) = table.iter_mut().last() {
        if let Some(space) = last.decor().suffix().cloned() {
            value.decor_mut().set_suffix(space);
        }
        last.decor_mut().set_suffix("");
        value.decor_mut().set_prefix(" ");
    }
    table.insert(name, value);
}

/// The text with one block more, after those of its part.
pub(super) fn with_block(
    document: &ConventionDocument<'_>,
    part: ConventionPart,
    changes: &KeyChanges,
) -> String {
    let (text, mut lines) = (document.text, format!("[[{}]]\n", part.key()));
    let (own, within): (Vec<_>, Vec<_>) = changes.iter().partition(|(key, _)| !key.contains('.'));
    for (key, change) in own {
        if let KeyChange::Set(value) = change {
            let _ = writeln!(lines, "{key} = {value}");
        }
    }
    let inner: Vec<String> = within
        .iter()
        .filter_map(|(key, change)| match change {
            KeyChange::Set(value) => Some(format!("{} = {value}", key.rsplit('.').next()?)),
            _ => None,
        })
        .collect();
    if let Some((outer, _)) = within.first().and_then(|(key, _)| key.split_once('.'))
        && !inner.is_empty()
    {
        let _ = writeln!(lines, "{outer} = {{ {} }}", inner.join(", "));
    }
    // After the last block of its part, else of the nearest part before it.
    let rank = ConventionPart::ALL
        .iter()
        .position(|own| *own == part)
        .unwrap_or(0);
    let parts = ConventionPart::ALL[..=rank].iter().rev();
    let last = parts.filter_map(|own| {
        document
            .blocks(*own)
            .into_iter()
            .map(|b| b.span().end)
            .max()
    });
    let at = last
        .map(|end| after_its_comments(text, line_end(text, end)))
        .next();
    let at = at.unwrap_or(text.len());
    let gap = if text[at..].starts_with('[') {
        "\n"
    } else {
        ""
    };
    applied(text, vec![on_a_line(text, at, &format!("\n{lines}{gap}"))])
}

/// Comments right under a block are about it, unless they stand right above the next one.
fn after_its_comments(text: &str, from: usize) -> usize {
    let mut at = from;
    while text[at..].trim_start_matches([' ', '\t']).starts_with('#') {
        at = line_end(text, at);
    }
    if text[at..].starts_with('[') {
        from
    } else {
        at
    }
}

/// The text without a block. A comment right above it goes with it, but that of the first of its part, which is about all.
pub(super) fn without_block(document: &ConventionDocument<'_>, block: &BlockTable<'_>) -> String {
    let text = document.text;
    let span = block.span();
    let mut from = line_start(text, span.start);
    let is_first = block.rank == 0;
    let mut above = from;
    while above > 0 && text[line_start(text, above - 1)..].starts_with('#') {
        above = line_start(text, above - 1);
    }
    if !is_first {
        from = above;
    }
    let mut to = after_its_comments(text, line_end(text, span.end));
    // One empty line where there were two around it; the comment about all stands apart from the next block.
    let is_empty_before = from == 0 || text[..from].ends_with("\n\n");
    if is_empty_before && text[to..].starts_with('\n') {
        to += 1;
    }
    let gap = if is_first && above < from && !text[to..].starts_with('\n') {
        "\n"
    } else {
        ""
    };
    applied(
        text,
        vec![TextEdit {
            at: from..to,
            with: gap.to_owned(),
        }],
    )
}
