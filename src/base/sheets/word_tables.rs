//! The tables of a document of a word processor (Office Open XML), each as a sheet: « Tableau 1 », « Tableau 2 »… Words
//! around them are not read. The same guards as for workbooks; the archive is bounded before anything is kept.

use std::io::{Cursor, Read};
use std::path::Path;
use std::sync::Arc;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

use super::cells::{Format, MergedArea, Sheet, Value, Workbook};
use super::open_here::named;
use super::opened::{MAX_MERGES, Opened};
use super::sheet_builder::{SheetBuilder, SheetRoom};
use super::xml_names::{attribute, local};
use crate::base::diagnostics::{CellRef, Checked, Diagnostic};

/// The part that holds the text.
const BODY: &str = "word/document.xml";
/// What it may inflate to: a report of a hundred pages holds one or two.
const MAX_BODY: u64 = 32 << 20;
/// Parts of an archive.
const MAX_PARTS: usize = 5_000;
/// Tables read, depth of tags.
const MAX_TABLES: usize = 500;
const MAX_DEPTH: usize = 200;

/// The tables of a document; none when the bytes are something else.
pub(crate) fn open_word(
    path: &Path,
    bytes: &[u8],
) -> Option<Result<Checked<Workbook>, Diagnostic>> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let is_word = archive.index_for_name(BODY).is_some();
    is_word.then(|| {
        let file = named(path);
        let sheets = body(&file, &mut archive).and_then(|xml| tables(&file, &xml))?;
        Ok(Checked {
            value: Workbook {
                file: Arc::clone(&file.name),
                format: Format::Document,
                sheets,
            },
            diagnostics: Vec::new(),
        })
    })
}

/// The text of a document, within bounds.
fn body(file: &Opened, archive: &mut ZipArchive<Cursor<&[u8]>>) -> Result<Vec<u8>, Diagnostic> {
    if archive.len() > MAX_PARTS {
        return Err(file.too_large("plus de 5 000 parties dans l’archive"));
    }
    let damaged = || file.unreadable("une partie du document est abîmée");
    let part = archive.by_name(BODY).map_err(|_| damaged())?;
    let mut xml = Vec::new();
    let mut bounded = part.take(MAX_BODY + 1);
    bounded.read_to_end(&mut xml).map_err(|_| damaged())?;
    if xml.len() as u64 > MAX_BODY {
        return Err(file.too_large("plus de 32 Mio de texte une fois décompressé"));
    }
    Ok(xml)
}

/// Where one is in the text.
struct TableReading<'a> {
    file: &'a Opened,
    room: SheetRoom,
    sheets: Vec<Sheet>,
    /// Tables inside cells belong to their cell.
    inside: usize,
    row: u32,
    col: u32,
    /// Columns that the cell covers, and whether it goes on from the one above.
    span: u32,
    goes_on: bool,
    text: String,
    rows: Vec<(CellRef, String)>,
    merges: Vec<MergedArea>,
    /// Whether words are being read, and whether they were struck by who tracks changes.
    in_text: bool,
    removed: usize,
}

fn tables(file: &Opened, xml: &[u8]) -> Result<Vec<Sheet>, Diagnostic> {
    let mut reading = TableReading {
        file,
        room: SheetRoom::default(),
        sheets: Vec::new(),
        inside: 0,
        row: 0,
        col: 0,
        span: 1,
        goes_on: false,
        text: String::new(),
        rows: Vec::new(),
        merges: Vec::new(),
        in_text: false,
        removed: 0,
    };
    let mut reader = Reader::from_reader(xml);
    let mut depth = 0_usize;
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) => {
                depth += 1;
                if depth > MAX_DEPTH {
                    return Err(file.too_large("plus de 200 balises l’une dans l’autre"));
                }
                reading.opens(&tag)?;
            }
            Ok(Event::Empty(tag)) => reading.holds(&tag),
            Ok(Event::Text(text)) => reading.says(&htmlize::unescape(&*text)),
            Ok(Event::GeneralRef(entity)) => {
                reading.says(&htmlize::unescape(format!("&{};", &*entity)));
            }
            Ok(Event::End(tag)) => {
                depth = depth.saturating_sub(1);
                let name = tag.name().into_inner();
                reading.closes(name.rsplit(':').next().unwrap_or(name))?;
            }
            Ok(Event::Eof) if depth == 0 => return Ok(reading.sheets),
            Ok(Event::Eof) | Err(_) => {
                return Err(file.unreadable("le texte du document est tronqué ou abîmé"));
            }
            Ok(_) => {}
        }
    }
}

impl TableReading<'_> {
    fn opens(&mut self, tag: &BytesStart) -> Result<(), Diagnostic> {
        match local(tag) {
            "tbl" => {
                self.inside += 1;
                if self.inside == 1 {
                    if self.sheets.len() >= MAX_TABLES {
                        return Err(self.file.too_large("plus de 500 tableaux"));
                    }
                    (self.row, self.rows, self.merges) = (0, Vec::new(), Vec::new());
                }
            }
            "tr" if self.inside == 1 => self.col = 0,
            "tc" if self.inside == 1 => {
                (self.span, self.goes_on) = (1, false);
                self.text.clear();
            }
            "del" | "moveFrom" => self.removed += 1,
            "t" => self.in_text = true,
            _ => self.holds(tag),
        }
        Ok(())
    }

    /// A tag that holds nothing.
    fn holds(&mut self, tag: &BytesStart) {
        if self.inside == 0 {
            return;
        }
        let value = || attribute(tag, "val").unwrap_or_default();
        match local(tag) {
            "gridSpan" if self.inside == 1 => self.span = value().parse().unwrap_or(1).max(1),
            "vMerge" if self.inside == 1 => self.goes_on = value() != "restart",
            "br" | "cr" | "tab" => self.says_aside(),
            _ => {}
        }
    }

    fn says_aside(&mut self) {
        self.text.push('\n');
    }

    fn says(&mut self, words: &str) {
        if self.in_text && self.inside > 0 && self.removed == 0 {
            self.text.push_str(words);
        }
    }

    fn closes(&mut self, name: &str) -> Result<(), Diagnostic> {
        match name {
            "t" => self.in_text = false,
            "p" if self.inside > 0 => self.text.push('\n'),
            "del" | "moveFrom" => self.removed = self.removed.saturating_sub(1),
            "tc" if self.inside == 1 => self.cell(),
            "tr" if self.inside == 1 => self.row += 1,
            "tbl" => {
                self.inside = self.inside.saturating_sub(1);
                if self.inside == 0 {
                    self.table()?;
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn cell(&mut self) {
        let at = CellRef::new(self.row, self.col);
        if self.goes_on && self.merges.len() < MAX_MERGES {
            let above = CellRef::new(self.row.saturating_sub(1), self.col);
            self.merges.push(MergedArea {
                first: above,
                last: at,
            });
        }
        if self.span > 1 && self.merges.len() < MAX_MERGES {
            let last = CellRef::new(self.row, self.col.saturating_add(self.span - 1));
            self.merges.push(MergedArea { first: at, last });
        }
        let text = self.text.trim();
        if !text.is_empty() {
            self.rows.push((at, text.to_owned()));
        }
        self.col = self.col.saturating_add(self.span);
    }

    fn table(&mut self) -> Result<(), Diagnostic> {
        let name = format!("Tableau {}", self.sheets.len() + 1);
        let mut sheet = SheetBuilder::new(self.file, &name, false, &mut self.room);
        for (at, text) in std::mem::take(&mut self.rows) {
            sheet.push(at, Some(Value::Text(text)))?;
        }
        let mut sheet = sheet.sheet;
        sheet.merges = std::mem::take(&mut self.merges);
        self.sheets.push(sheet);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn document(body: &str) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        let mut zip = zip::ZipWriter::new(&mut bytes);
        let options = zip::write::SimpleFileOptions::default();
        zip.start_file(BODY, options).expect("a part");
        write!(zip, "<w:document><w:body>{body}</w:body></w:document>").expect("written");
        zip.finish().expect("closed");
        bytes.into_inner()
    }

    fn cell(text: &str) -> String {
        format!("<w:tc><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>")
    }

    fn read(body: &str) -> Result<Workbook, Diagnostic> {
        let bytes = document(body);
        let opened = open_word(Path::new("a.docx"), &bytes).expect("a document");
        opened.map(|checked| checked.value)
    }

    #[test]
    fn each_table_is_a_sheet_and_struck_words_are_not_read() {
        let struck = "<w:tc><w:p><w:del><w:r><w:t>ancien</w:t></w:r></w:del><w:ins><w:r><w:t>nouveau &amp; court</w:t></w:r></w:ins></w:p></w:tc>";
        let body = format!(
            "<w:p><w:r><w:t>avant</w:t></w:r></w:p><w:tbl><w:tr>{}{}</w:tr><w:tr>{struck}{}</w:tr></w:tbl><w:tbl><w:tr>{}</w:tr></w:tbl>",
            cell("A"),
            cell("B"),
            cell(""),
            cell("C")
        );
        let book = read(&body).expect("tables");
        assert_eq!(book.sheets.len(), 2);
        let first = &book.sheets[0];
        assert_eq!(first.rows[0].text(1), "B");
        assert_eq!(first.rows[1].text(0), "nouveau & court");
        assert_eq!(first.rows[1].text(1), "");
    }

    #[test]
    fn merged_cells_are_said_and_a_truncated_text_is_refused() {
        let merged = "<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val=\"2\"/></w:tcPr><w:p/></w:tc></w:tr></w:tbl>";
        assert_eq!(read(merged).expect("a table").sheets[0].merges.len(), 1);
        let deep = format!("{}{}", "<a>".repeat(300), "</a>".repeat(300));
        assert!(read(&deep).is_err());
        assert!(read("<w:tbl><w:tr>").is_err());
        assert!(open_word(Path::new("a.xlsx"), b"PK").is_none());
    }
}
