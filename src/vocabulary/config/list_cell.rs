//! One more name in a cell that lists some, in a table that a person keeps: the bytes of every other cell
//! stay as they are, separators, quotes, encoding and line ends included.

use std::path::Path;

use super::text_cells::{ByteEdit, Encoded, TextLines};
use crate::base::diagnostics::CellRef;
use crate::base::error::{Error, Result};
use crate::base::sheets::{Format, Sheet, open};
use crate::base::text::fold;

/// What to add, and where.
pub(super) struct ListCell<'a> {
    /// The file, for messages and its format.
    pub(super) path: &'a Path,
    /// What the column « code » of its line holds.
    pub(super) code: &'a str,
    /// Heading of the column that lists names; added after the last one where it is not there.
    pub(super) column: &'static str,
    /// The name to add.
    pub(super) name: &'a str,
    /// Whether a line is added for a code that has none.
    pub(super) adds_line: bool,
}

/// The table with the name in it.
pub(super) struct ListCellAdded {
    /// The whole file.
    pub(super) bytes: Vec<u8>,
    /// Where the name stands.
    pub(super) cell: CellRef,
}

impl ListCell<'_> {
    /// Adds the name.
    ///
    /// # Errors
    ///
    /// A workbook, which this program never writes into; a text in an encoding that it does not write; a
    /// table without this code.
    pub(super) fn add_to(&self, bytes: &[u8]) -> Result<ListCellAdded> {
        let opened = open(self.path, bytes).map_err(|d| Error::Config(d.to_string()))?;
        let book = opened.value;
        let sheets = book.sheets.iter();
        let sheet = sheets.into_iter().find(|s| !s.rows.is_empty());
        let sheet = sheet.ok_or_else(|| self.refuse("le tableau est vide"))?;
        let place = self.place(sheet)?;
        let Format::Text { delimiter } = book.format else {
            return Err(self.by_hand(place.cell));
        };
        if bytes.starts_with(&[0xFF, 0xFE])
            || bytes.starts_with(&[0xFE, 0xFF])
            || bytes.contains(&0)
        {
            return Err(self.by_hand(place.cell));
        }
        let written = Encoded::all(bytes).into_iter().filter_map(|encoding| {
            let bytes = self.edited(bytes, delimiter, &place, encoding)?;
            self.reads_back(&bytes, sheet, &place).then_some(bytes)
        });
        let bytes = written.into_iter().next();
        Ok(ListCellAdded {
            bytes: bytes.ok_or_else(|| self.by_hand(place.cell))?,
            cell: place.cell,
        })
    }

    fn refuse(&self, why: &str) -> Error {
        Error::Config(format!("{} : {why}.", self.path.display()))
    }

    /// What a person does where the program does not write.
    fn by_hand(&self, cell: CellRef) -> Error {
        Error::Usage(format!(
            "{} n’est pas un texte CSV que le programme sait compléter sans y toucher autre chose. Ouvrez-le, ajoutez « {} » dans la cellule {cell} (colonne « {} », ligne de {}), après un point-virgule s’il y a déjà un nom, et enregistrez.",
            self.path.display(),
            self.name,
            self.column,
            self.code
        ))
    }

    fn place(&self, sheet: &Sheet) -> Result<ListPlace> {
        let header = &sheet.rows[0];
        let named = |name: &str| {
            let cells = header.cells.iter();
            cells.into_iter().find(|c| fold(&c.value.text()) == name)
        };
        let code = named("code").ok_or_else(|| self.refuse("il manque la colonne « code »"))?;
        let widest = sheet
            .rows
            .iter()
            .flat_map(|r| r.cells.iter().map(|c| c.col));
        let next = widest.max().unwrap_or(0) + 1;
        let found = named(self.column).map(|c| c.col);
        let wanted = fold(self.code);
        let below = sheet.rows.iter().skip(1);
        let mut own = below.filter(|r| fold(&sheet.text(r.index, code.col)) == wanted);
        let row = match own.next() {
            Some(row) => Some(row.index),
            None if self.adds_line => None,
            None => {
                let why = format!("aucune ligne n’a le code {}", self.code);
                return Err(self.refuse(&why));
            }
        };
        let last = sheet.rows.last().map_or(0, |r| r.index);
        let cell = CellRef::new(row.unwrap_or(last + 1), found.unwrap_or(next));
        Ok(ListPlace {
            cell,
            is_new_line: row.is_none(),
            is_new_column: found.is_none(),
            header: header.index,
            code: code.col,
            before: row.map_or_else(String::new, |r| sheet.text(r, cell.col)),
        })
    }

    /// The bytes with the name added; none where a letter has no place in the encoding.
    fn edited(
        &self,
        bytes: &[u8],
        delimiter: u8,
        place: &ListPlace,
        encoding: Encoded,
    ) -> Option<Vec<u8>> {
        let lines = TextLines::of(bytes, delimiter);
        let mut edits = Vec::new();
        if place.is_new_column {
            let line = lines.get(place.header)?;
            edits.push(line.with(place.cell.col, self.column.as_bytes().to_vec(), delimiter));
        }
        let list = if place.before.is_empty() {
            self.name.to_owned()
        } else {
            format!("{} ; {}", place.before, self.name)
        };
        let list = encoding.field(&list, delimiter)?;
        if place.is_new_line {
            let mut fields = vec![Vec::new(); place.cell.col.max(place.code) as usize + 1];
            fields[place.code as usize] = encoding.field(self.code, delimiter)?;
            fields[place.cell.col as usize] = list;
            let end = lines.line_end(bytes);
            let mut text = if bytes.ends_with(b"\n") || bytes.ends_with(b"\r") {
                Vec::new()
            } else {
                end.to_vec()
            };
            text.extend(fields.join(&delimiter));
            text.extend(end);
            edits.push(ByteEdit {
                start: bytes.len(),
                end: bytes.len(),
                text,
            });
        } else {
            edits.push(
                lines
                    .get(place.cell.row)?
                    .with(place.cell.col, list, delimiter),
            );
        }
        edits.sort_by_key(|e| std::cmp::Reverse(e.start));
        let mut edited = bytes.to_vec();
        for edit in edits {
            edited.splice(edit.start..edit.end, edit.text);
        }
        Some(edited)
    }

    /// Whether the table reads as before, but for the name.
    fn reads_back(&self, bytes: &[u8], before: &Sheet, place: &ListPlace) -> bool {
        let Ok(opened) = open(self.path, bytes) else {
            return false;
        };
        let mut sheets = opened.value.sheets.iter();
        let Some(after) = sheets.find(|s| !s.rows.is_empty()) else {
            return false;
        };
        let is_touched = |row: u32, col: u32| {
            (row, col) == (place.cell.row, place.cell.col)
                || (place.is_new_line && row == place.cell.row)
                || (place.is_new_column && (row, col) == (place.header, place.cell.col))
        };
        let untouched = |sheet: &Sheet| {
            let rows = sheet.rows.iter();
            let cells = rows.flat_map(|r| r.cells.iter().map(|c| (r.index, c.col, c.value.text())));
            let kept = cells.filter(|(row, col, _)| !is_touched(*row, *col));
            kept.collect::<Vec<(u32, u32, String)>>()
        };
        let list = after.text(place.cell.row, place.cell.col);
        let names = list.split(';').map(str::trim);
        untouched(before) == untouched(after)
            && names.into_iter().any(|n| n == self.name.trim())
            && fold(&after.text(place.cell.row, place.code)) == fold(self.code)
    }
}

/// Where the name goes.
struct ListPlace {
    cell: CellRef,
    is_new_line: bool,
    is_new_column: bool,
    header: u32,
    /// Column of codes.
    code: u32,
    /// What the cell held.
    before: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn added(text: &[u8], code: &str, name: &str, adds_line: bool) -> Result<Vec<u8>> {
        let edit = ListCell {
            path: Path::new("structures.csv"),
            code,
            column: "alias",
            name,
            adds_line,
        };
        edit.add_to(text).map(|done| done.bytes)
    }

    fn text(before: &str, code: &str, name: &str) -> String {
        let after = added(before.as_bytes(), code, name, false).expect("written");
        String::from_utf8(after).expect("UTF-8")
    }

    #[test]
    fn nothing_but_the_cell_changes() {
        let before = "\u{feff}code;nom;alias;type\r\n\"P01\";\"Jean; \"\"Moulin\"\"\"; ;mixte\r\n\r\nR01;Les Pins;Pins;mixte";
        assert_eq!(
            text(before, "r01", "Les Pins d’Aubac"),
            before.replace(";Pins;", ";\"Pins ; Les Pins d’Aubac\";")
        );
        assert_eq!(text(before, "P01", "JM"), before.replace("; ;", ";JM;"));
    }

    #[test]
    fn a_column_that_is_not_there_is_added_after_the_last() {
        assert_eq!(
            text("code,nom,type\nP01,A,mixte\nR01,É\n", "R01", "Les Pins, é"),
            "code,nom,type,alias\nP01,A,mixte\nR01,É,,\"Les Pins, é\"\n"
        );
        assert_eq!(
            text("sep=;\ncode;nom\nP01;\"a\nb\"\n", "P01", "x"),
            "sep=;\ncode;nom;alias\nP01;\"a\nb\";x\n"
        );
    }

    #[test]
    fn letters_are_written_as_the_file_does() {
        let before = b"code;nom\r\nP01;\xc9cole\r\n";
        let after = added(before, "P01", "\u{c9}t\u{e9}", false).expect("written");
        assert_eq!(after, b"code;nom;alias\r\nP01;\xc9cole;\xc9t\xe9\r\n");
        assert!(added(before, "P01", "日本", false).is_err());
        // A plain text is one that Excel reads as Windows writes.
        let plain = added(b"code;nom\nP01;A\n", "P01", "\u{c9}cole", false).expect("written");
        assert_eq!(plain, b"code;nom;alias\nP01;A;\xc9cole\n");
    }

    #[test]
    fn a_line_is_added_for_who_has_none_when_asked() {
        let after = added(b"code;alias\r\nO1;MD", "O2", "JB", true).expect("written");
        assert_eq!(after, b"code;alias\r\nO1;MD\r\nO2;JB\r\n");
        assert!(added(b"code;alias\r\nO1;MD\r\n", "O2", "JB", false).is_err());
    }

    #[test]
    fn what_cannot_be_written_says_what_to_do() {
        let utf16: Vec<u8> = "\u{feff}code;nom\nP01;A\n"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        let refused = added(&utf16, "P01", "JM", false)
            .expect_err("refused")
            .to_string();
        assert!(
            refused.contains("cellule C2") && refused.contains("« JM »"),
            "{refused}"
        );
    }
}
