//! Tables that some tools save as web pages or as SpreadsheetML under the name of a workbook
//! (« .xls »): rows and cells by their tags, however badly the rest is written.

use std::sync::Arc;

use super::cell_looks::STRUCK;
use super::cell_values::text_value;
use super::cells::{Cell, MergedArea, PageWords, Row, Sheet, Value};
use super::opened::{MAX_CELLS, MAX_COL, MAX_ROW, Opened};
use crate::base::diagnostics::{CellRef, Diagnostic};
use crate::base::text::untagged;

/// Texts around the tables that are kept, and their length.
const SAID: usize = 60;
const LONGEST: usize = 400;
/// Cells over several columns or rows that are followed.
const SPANS: usize = 500;

/// The sheets of a marked-up text; none when it holds no table.
pub(super) fn read(file: &Opened, text: &str) -> Result<Vec<Sheet>, Diagnostic> {
    let head: String = text.chars().take(2048).collect::<String>().to_lowercase();
    let marked = head.trim_start().starts_with('<')
        && ["<html", "<table", "<?xml", "<!doctype"]
            .iter()
            .any(|m| head.contains(m));
    if !marked {
        return Ok(Vec::new());
    }
    let mut walk = MarkedTables {
        file,
        sheets: Vec::new(),
        place: (0, 0),
        free: Vec::new(),
        open: None,
        struck: false,
        outside: String::new(),
        said: Vec::new(),
        left: MAX_CELLS,
    };
    let mut rest = text;
    while let Some(start) = rest.find('<') {
        walk.text(&rest[..start]);
        let tag = &rest[start + 1..];
        let Some(end) = tag.find('>') else { break };
        walk.tag(&tag[..end])?;
        rest = &tag[end + 1..];
    }
    walk.said_outside();
    let said = walk.said.into_iter();
    let said: Vec<PageWords> = said.map(|text| PageWords { at: None, text }).collect();
    walk.sheets.retain(|s| !s.rows.is_empty());
    for sheet in &mut walk.sheets {
        sheet.page_words.clone_from(&said);
    }
    Ok(walk.sheets)
}

struct MarkedTables<'a> {
    file: &'a Opened,
    sheets: Vec<Sheet>,
    /// Where the next cell goes.
    place: (u32, u32),
    /// By column, the first row that no cell above covers.
    free: Vec<u32>,
    /// The text of the open cell, and how many columns and rows it covers.
    open: Option<(String, u32, u32)>,
    /// Whether some of it is struck out.
    struck: bool,
    /// Text that stands in no cell, since the last tag that ends a paragraph.
    outside: String,
    /// What was said so far around the tables.
    said: Vec<String>,
    left: usize,
}

impl MarkedTables<'_> {
    fn text(&mut self, text: &str) {
        match &mut self.open {
            Some((content, ..)) => content.push_str(text),
            None if self.outside.len() < LONGEST => self.outside.push_str(text),
            None => {}
        }
    }

    /// Keeps what stands around the tables: a title, a paragraph, a caption.
    fn said_outside(&mut self) {
        let text = untagged(&std::mem::take(&mut self.outside));
        if !text.is_empty() && self.said.len() < SAID && !self.said.contains(&text) {
            self.said.push(text);
        }
    }

    fn tag(&mut self, tag: &str) -> Result<(), Diagnostic> {
        let name = tag
            .split([' ', '\n', '\r', '\t', '/'])
            .find(|p| !p.is_empty())
            .unwrap_or("");
        let name = name.rsplit(':').next().unwrap_or("").to_ascii_lowercase();
        let closing = tag.starts_with('/');
        if self.open.is_none() {
            match name.as_str() {
                "p" | "div" | "h1" | "h2" | "h3" | "h4" | "caption" | "title" | "li" | "table"
                | "body" => {
                    self.said_outside();
                }
                // What dresses the page says nothing.
                "style" | "script" => self.outside.clear(),
                _ => {}
            }
        }
        match (name.as_str(), closing) {
            ("s" | "strike" | "del", false) => self.struck |= self.open.is_some(),
            ("table", false) => {
                self.close()?;
                self.sheet(tag);
            }
            ("tr" | "row", false) => {
                self.close()?;
                self.row(tag);
            }
            ("td" | "th" | "cell", false) => {
                self.close()?;
                let number = |key: &str| attribute(tag, key).and_then(|v| v.parse::<u32>().ok());
                if let Some(index) = number("Index").filter(|_| name == "cell") {
                    self.place.1 = index.saturating_sub(1);
                }
                let across =
                    number("colspan").or(number("MergeAcross").map(|n| n.saturating_add(1)));
                let down = number("rowspan").or(number("MergeDown").map(|n| n.saturating_add(1)));
                self.struck = attribute(tag, "style").is_some_and(|s| s.contains("line-through"));
                self.open = Some((String::new(), across.unwrap_or(1), down.unwrap_or(1)));
                if tag.ends_with('/') {
                    self.close()?;
                }
            }
            ("td" | "th" | "cell" | "tr" | "row" | "table", true) => self.close()?,
            ("br" | "p" | "div", _) => self.text(" "),
            _ => {}
        }
        Ok(())
    }

    fn sheet(&mut self, tag: &str) {
        let name = attribute(tag, "Name").unwrap_or_default();
        self.place = (0, 0);
        self.free.clear();
        self.sheets.push(Sheet {
            name: Arc::from(name.as_str()),
            ..Sheet::default()
        });
    }

    fn row(&mut self, tag: &str) {
        let next = self
            .sheets
            .last()
            .and_then(|s| s.rows.last())
            .map(|r| r.index + 1);
        let index = attribute(tag, "Index").and_then(|v| v.parse::<u32>().ok());
        self.place = match index {
            Some(index) => (index.saturating_sub(1), 0),
            // A row without content still counts.
            None if self.place.1 == 0 && self.place.0 > 0 => (self.place.0 + 1, 0),
            None => (next.unwrap_or(self.place.0), 0),
        };
    }

    /// Puts the open cell in its place, right of what a cell above still covers.
    fn close(&mut self) -> Result<(), Diagnostic> {
        let Some((content, across, down)) = self.open.take() else {
            return Ok(());
        };
        if self.sheets.is_empty() {
            self.sheet("");
        }
        let Some(sheet) = self.sheets.last_mut() else {
            return Ok(());
        };
        let (row, mut col) = self.place;
        while self.free.get(col as usize).is_some_and(|r| *r > row) {
            col += 1;
        }
        if row >= MAX_ROW
            || col.saturating_add(across) > MAX_COL
            || down > MAX_ROW
            || self.left == 0
        {
            return Err(self
                .file
                .too_large("trop de lignes, de colonnes ou de cellules"));
        }
        self.left -= 1;
        if down > 1 {
            let end = (col + across.max(1)) as usize;
            self.free.resize(self.free.len().max(end), 0);
            self.free[col as usize..end].fill(row.saturating_add(down));
        }
        if (across > 1 || down > 1) && sheet.merges.len() < SPANS {
            let last = CellRef::new(row + down.max(1) - 1, col + across.max(1) - 1);
            let first = CellRef::new(row, col);
            sheet.merges.push(MergedArea { first, last });
        }
        let mut text = untagged(&content);
        if !text.is_empty() {
            if std::mem::take(&mut self.struck) {
                text.push_str(STRUCK);
            }
            let value = text_value(&text).unwrap_or(Value::Text(text));
            let cell = Cell::new(col, value);
            match sheet.rows.last_mut() {
                Some(last) if last.index == row => last.cells.push(cell),
                Some(last) if last.index > row => {}
                _ => sheet.rows.push(Row {
                    index: row,
                    cells: vec![cell],
                }),
            }
        }
        self.place = (row, col + across.max(1));
        Ok(())
    }
}

/// The value of an attribute, by the end of its name: `ss:Index="3"` for `Index`.
fn attribute(tag: &str, name: &str) -> Option<String> {
    let lower = tag.to_ascii_lowercase();
    let at = lower.find(&format!("{}=", name.to_ascii_lowercase()))?;
    let value = &tag[at + name.len() + 1..];
    let quote = value.chars().next()?;
    let inside = match quote {
        '"' | '\'' => value[1..].split(quote).next()?,
        _ => value.split([' ', '/', '>']).next()?,
    };
    Some(inside.to_owned())
}

#[cfg(test)]
mod tests {
    use crate::base::sheets::open;
    use std::path::Path;

    fn cells(text: &str) -> Vec<(u32, u32, String)> {
        let book = open(Path::new("export.xls"), text.as_bytes())
            .expect("read")
            .value;
        let rows = book.sheets[0].rows.iter();
        rows.flat_map(|r| r.cells.iter().map(|c| (r.index, c.col, c.value.text())))
            .collect()
    }

    #[test]
    fn a_web_page_named_xls_is_a_table() {
        let page = "<html><body><table border=1><tr><th colspan=2>Avis &amp; notes<th>N</tr>\n\
            <tr><td rowspan=2>R01</td><td>a<br>b</td><td>3</td></tr><tr><td></td><td>4</td></tr></table>";
        let found = cells(page);
        let at = |r: u32, c: u32| {
            found
                .iter()
                .find(|f| (f.0, f.1) == (r, c))
                .map(|f| f.2.as_str())
        };
        assert_eq!(at(0, 0), Some("Avis & notes"));
        assert_eq!(at(0, 2), Some("N"));
        assert_eq!(at(1, 1), Some("a b"));
        assert_eq!(at(2, 2), Some("4"));
    }

    #[test]
    fn what_stands_around_a_table_and_what_is_struck_is_read() {
        let page = "<html><head><style>td{color:red}</style><title>Visite du 19/05</title></head><body><h2>1 = très bien</h2>\
            <table><tr><td>Note</td><td><s>4</s></td><td style='text-decoration:line-through'>2</td></tr></table>\
            <p>Jules Ferry</p></body></html>";
        let book = open(Path::new("export.xls"), page.as_bytes())
            .expect("read")
            .value;
        let said: Vec<&str> = book.sheets[0]
            .page_words
            .iter()
            .map(|w| w.text.as_str())
            .collect();
        assert_eq!(said, ["Visite du 19/05", "1 = très bien", "Jules Ferry"]);
        let found = cells(page);
        assert_eq!(found[1].2, "4 (barré)");
        assert_eq!(found[2].2, "2 (barré)");
    }

    #[test]
    fn spreadsheetml_skips_to_its_indexes() {
        let xml = "<?xml version=\"1.0\"?><Workbook xmlns:ss=\"urn:schemas-microsoft-com:office:spreadsheet\">\
            <Worksheet ss:Name=\"A\"><Table><Row><Cell><Data ss:Type=\"String\">code</Data></Cell>\
            <Cell ss:Index=\"4\"><Data ss:Type=\"Number\">3</Data></Cell></Row>\
            <Row ss:Index=\"5\"><Cell><Data ss:Type=\"String\">fin</Data></Cell></Row></Table></Worksheet></Workbook>";
        assert_eq!(
            cells(xml),
            [
                (0, 0, "code".to_owned()),
                (0, 3, "3".to_owned()),
                (4, 0, "fin".to_owned())
            ]
        );
    }
}
