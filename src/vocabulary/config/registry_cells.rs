//! Cells of the registry written one by one, in the file that a person keeps: every other cell, its columns of
//! her own, the order of its lines, its encoding stay as they are. What would not read as a registry is never
//! written.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::registry_file::registry_file;
use super::registry_lines::{RegistryLines, lines_of};
use super::registry_reader::{
    RegistryProblem, column_named, known_columns, parse_registry, registry_problems,
};
use super::text_cells::{ByteEdit, Encoded, TextLines};
use crate::base::error::{Error, Result};
use crate::base::files::{remove_old_temporaries, sha256, write_atomic};
use crate::base::sheets::{Format, Sheet, open};
use crate::base::text::fold;

/// One change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum RegistryEdit {
    /// A cell of a line that is there.
    Cell {
        /// Code of the structure.
        code: String,
        /// Column of the registry.
        column: &'static str,
        /// What it becomes; empty to empty it.
        text: String,
    },
    /// One more line, at the end.
    Line(BTreeMap<&'static str, String>),
    /// A line that is there no more.
    Gone {
        /// Code of the structure.
        code: String,
    },
}

/// The registry with the changes in it.
#[derive(Debug)]
pub(crate) enum EditedRegistry {
    /// It reads; nothing is written yet.
    Sound(RegistryBytes),
    /// What would be wrong, cell by cell.
    Refused(Vec<RegistryProblem>),
}

/// A registry as it would be written.
#[derive(Debug)]
pub(crate) struct RegistryBytes {
    /// The file.
    pub(crate) path: PathBuf,
    bytes: Vec<u8>,
}

impl RegistryBytes {
    /// SHA-256 of the file once it is written.
    pub(crate) fn sum(&self) -> String {
        sha256(&self.bytes)
    }

    /// Writes it, at once.
    ///
    /// # Errors
    ///
    /// A disk that refuses; a file that Excel holds.
    pub(crate) fn write(&self) -> Result<()> {
        if let Some(folder) = self.path.parent() {
            // What kills left there long ago; a folder that cannot be listed is said when it is written.
            let _ = remove_old_temporaries(folder);
        }
        write_atomic(&self.path, &self.bytes)
    }
}

/// A column of the registry by its name; none when it has no such one.
pub(crate) fn registry_column(name: &str) -> Option<&'static str> {
    let plain = fold(name).replace(' ', "_");
    column_named(&plain)
}

/// Makes the changes in the bytes of the registry; without `keeping`, its lines go first: they were those that
/// `init` lays as an example.
///
/// # Errors
///
/// No registry; a workbook, which this program never writes into; a code that has no line, or has one already;
/// a text in an encoding that takes no such letter.
pub(crate) fn edited_registry(
    root: &Path,
    edits: &[RegistryEdit],
    keeping: bool,
) -> Result<EditedRegistry> {
    let path = registry_file(root)?;
    let bytes = std::fs::read(&path).map_err(Error::io(&path, "lecture"))?;
    let bytes = if keeping {
        bytes
    } else {
        headings_alone(&bytes)
    };
    let opened = open(&path, &bytes).map_err(|d| Error::Config(d.to_string()))?;
    let book = opened.value;
    let is_wide = bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]);
    let (Format::Text { delimiter }, false) = (book.format, is_wide) else {
        return Err(Error::Usage(format!(
            "{} n’est pas un texte CSV, et le programme n’écrit dans aucun classeur. Ouvrez-le dans Excel, enregistrez-le sous « structures.csv » (CSV UTF-8, point-virgule), à côté, puis retirez l’ancien.",
            path.display()
        )));
    };
    let sheet = book.sheets.iter().find(|s| !s.rows.is_empty());
    let sheet = sheet.ok_or_else(|| Error::Config(format!("{} est vide.", path.display())))?;
    let editing = Editing {
        path: &path,
        sheet,
        delimiter,
        columns: columns_of(sheet),
    };
    let place = editing.place(edits)?;
    let mut refused = Vec::new();
    for encoding in Encoded::all(&bytes) {
        let Some(edited) = editing.written(&bytes, &place, encoding) else {
            continue;
        };
        let problems = registry_problems(&path, &edited)?;
        if !problems.is_empty() {
            refused = problems;
            continue;
        }
        if editing.reads_as_meant(&bytes, &edited, edits, keeping)? {
            return Ok(EditedRegistry::Sound(RegistryBytes {
                path,
                bytes: edited,
            }));
        }
    }
    if refused.is_empty() {
        return Err(Error::Usage(format!(
            "{} ne peut pas être complété sans toucher au reste. Enregistrez-le en « CSV UTF-8 » dans Excel, puis recommencez.",
            path.display()
        )));
    }
    Ok(EditedRegistry::Refused(refused))
}

/// The first line of a text, and its mark.
fn headings_alone(bytes: &[u8]) -> Vec<u8> {
    let end = bytes.iter().position(|b| *b == b'\n');
    bytes[..end.map_or(bytes.len(), |at| at + 1)].to_vec()
}

fn columns_of(sheet: &Sheet) -> BTreeMap<&'static str, u32> {
    let cells = sheet.rows[0].cells.iter();
    cells
        .filter_map(|c| Some((registry_column(&c.value.text())?, c.col)))
        .collect()
}

/// A registry in the course of being edited.
struct Editing<'a> {
    path: &'a Path,
    sheet: &'a Sheet,
    delimiter: u8,
    columns: BTreeMap<&'static str, u32>,
}

/// Where changes go: column by column, line by line.
struct EditPlaces {
    /// Columns that are added after the last one, in order.
    added: Vec<&'static str>,
    /// Row → column → text.
    cells: BTreeMap<u32, BTreeMap<u32, String>>,
    /// New lines, by column.
    lines: Vec<BTreeMap<u32, String>>,
    /// Rows that go.
    gone: Vec<u32>,
}

impl Editing<'_> {
    fn place(&self, edits: &[RegistryEdit]) -> Result<EditPlaces> {
        let widest = self
            .sheet
            .rows
            .iter()
            .flat_map(|r| r.cells.iter().map(|c| c.col));
        let next = widest.max().map_or(0, |col| col + 1);
        let mut places = EditPlaces {
            added: Vec::new(),
            cells: BTreeMap::new(),
            lines: Vec::new(),
            gone: Vec::new(),
        };
        let used = edits.iter().flat_map(|edit| match edit {
            RegistryEdit::Cell { column, .. } => vec![*column],
            RegistryEdit::Line(cells) => cells.keys().copied().collect(),
            RegistryEdit::Gone { .. } => Vec::new(),
        });
        let used: Vec<&'static str> = used.collect();
        for column in known_columns() {
            if used.contains(&column) && !self.columns.contains_key(column) {
                places.added.push(column);
            }
        }
        let col = |column: &str| {
            let own = self.columns.get(column).copied();
            let added = places.added.iter().position(|c| *c == column);
            own.or_else(|| Some(next + added? as u32)).unwrap_or(next)
        };
        let mut cells: BTreeMap<u32, BTreeMap<u32, String>> = BTreeMap::new();
        let mut lines = Vec::new();
        let mut gone = Vec::new();
        for edit in edits {
            match edit {
                RegistryEdit::Cell { code, column, text } => {
                    let row = self.row_of(code)?;
                    cells
                        .entry(row)
                        .or_default()
                        .insert(col(column), text.clone());
                }
                RegistryEdit::Gone { code } => gone.push(self.row_of(code)?),
                RegistryEdit::Line(own) => {
                    lines.push(own.iter().map(|(c, text)| (col(c), text.clone())).collect());
                }
            }
        }
        let header = self.sheet.rows[0].index;
        for column in &places.added {
            let place = col(column);
            cells
                .entry(header)
                .or_default()
                .insert(place, (*column).to_owned());
        }
        places.cells = cells;
        places.lines = lines;
        places.gone = gone;
        Ok(places)
    }

    fn row_of(&self, code: &str) -> Result<u32> {
        let col = self.columns.get("code").copied().unwrap_or(0);
        let wanted = fold(code);
        let mut rows = self.sheet.rows.iter().skip(1);
        let row = rows.find(|r| fold(&r.text(col)) == wanted);
        row.map(|r| r.index).ok_or_else(|| {
            Error::Usage(format!(
                "{} : aucune ligne n’a le code {code}.",
                self.path.display()
            ))
        })
    }

    /// The bytes with the changes; none where a letter has no place in the encoding.
    fn written(&self, bytes: &[u8], places: &EditPlaces, encoding: Encoded) -> Option<Vec<u8>> {
        let lines = TextLines::of(bytes, self.delimiter);
        let mut edits = Vec::new();
        for (row, cells) in &places.cells {
            let line = lines.get(*row)?;
            let mut fields: Vec<Vec<u8>> = line
                .fields
                .iter()
                .map(|f| bytes[f.clone()].to_vec())
                .collect();
            for (col, text) in cells {
                let col = *col as usize;
                fields.resize(fields.len().max(col + 1), Vec::new());
                fields[col] = encoding.field(text, self.delimiter)?;
            }
            edits.push(ByteEdit {
                start: line.fields.first()?.start,
                end: line.fields.last()?.end,
                text: fields.join(&self.delimiter),
            });
        }
        for row in &places.gone {
            let line = lines.get(*row)?;
            let end = line.fields.last()?.end;
            let after = &bytes[end..];
            let broken = after
                .iter()
                .take(2)
                .take_while(|b| matches!(b, b'\r' | b'\n'));
            let ended = if after.starts_with(b"\r\n") {
                2
            } else {
                broken.count().min(1)
            };
            edits.push(ByteEdit {
                start: line.fields.first()?.start,
                end: end + ended,
                text: Vec::new(),
            });
        }
        if !places.lines.is_empty() {
            edits.push(self.more(bytes, &lines, places, encoding)?);
        }
        edits.sort_by_key(|e| std::cmp::Reverse(e.start));
        let mut edited = bytes.to_vec();
        for edit in edits {
            edited.splice(edit.start..edit.end, edit.text);
        }
        Some(edited)
    }

    /// New lines at the end of the text.
    fn more(
        &self,
        bytes: &[u8],
        lines: &TextLines,
        places: &EditPlaces,
        encoding: Encoded,
    ) -> Option<ByteEdit> {
        let end = lines.line_end(bytes);
        let header = self.sheet.rows[0]
            .cells
            .last()
            .map_or(0, |c| c.col as usize + 1);
        let width = header + places.added.len();
        let is_ended = bytes.ends_with(b"\n") || bytes.ends_with(b"\r");
        let mut text = if is_ended { Vec::new() } else { end.to_vec() };
        for cells in &places.lines {
            let mut fields = vec![Vec::new(); width];
            for (col, value) in cells {
                let col = *col as usize;
                fields.resize(fields.len().max(col + 1), Vec::new());
                fields[col] = encoding.field(value, self.delimiter)?;
            }
            text.extend(fields.join(&self.delimiter));
            text.extend(end);
        }
        Some(ByteEdit {
            start: bytes.len(),
            end: bytes.len(),
            text,
        })
    }

    /// Whether the registry reads as before, but for what was to change.
    fn reads_as_meant(
        &self,
        before: &[u8],
        after: &[u8],
        edits: &[RegistryEdit],
        keeping: bool,
    ) -> Result<bool> {
        let mut lines = if keeping {
            lines_of(&parse_registry(self.path, before)?)
        } else {
            RegistryLines::new()
        };
        let read = lines_of(&parse_registry(self.path, after)?);
        let mut codes = lines.len();
        let mut touched: Vec<(String, &str)> = Vec::new();
        for edit in edits {
            match edit {
                RegistryEdit::Cell { code, column, .. } => touched.push((fold(code), *column)),
                RegistryEdit::Line(_) => codes += 1,
                RegistryEdit::Gone { code } => {
                    lines.retain(|held, _| fold(held) != fold(code));
                    codes -= 1;
                }
            }
        }
        let is_touched = |code: &str, column: &str| {
            touched
                .iter()
                .any(|(c, own)| *c == fold(code) && *own == column)
        };
        let mut kept = read.clone();
        kept.retain(|code, _| lines.contains_key(code));
        for side in [&mut lines, &mut kept] {
            for (code, cells) in side.iter_mut() {
                // A PEDT is told by its dates too: what is said of it moves together.
                let pedt = touched
                    .iter()
                    .any(|(c, own)| *c == fold(code) && own.starts_with("pedt"));
                cells.retain(|column, _| {
                    !(is_touched(code, column) || pedt && column.starts_with("pedt"))
                });
            }
        }
        Ok(read.len() == codes && lines == kept)
    }
}
