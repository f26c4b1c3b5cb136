//! Everything that a folder of reports holds, whatever the format: texts, and tables as rows of
//! cells.

use std::path::Path;

use calamine::{Data, Reader, open_workbook_auto};

use crate::atelier::files;

/// One file read.
#[derive(Debug, Default)]
pub struct Document {
    pub name: String,
    /// All it says.
    pub text: String,
    /// Its tables.
    pub tables: Vec<Vec<Vec<String>>>,
    /// Numbers in typed cells.
    pub numbers: Vec<f64>,
}

/// Reads every report of a folder.
pub fn read_all(folder: &Path) -> Vec<Document> {
    let documents = files(folder).into_iter().filter_map(|name| {
        let path = folder.join(&name);
        let end = name.rsplit('.').next().unwrap_or("");
        let mut document = match end {
            "html" => html(&std::fs::read_to_string(&path).expect("UTF-8")),
            "xlsx" => workbook(&path),
            "pdf" => pdf(&path),
            _ => return None,
        };
        document.name = name;
        Some(document)
    });
    documents.collect()
}

/// Text without markup; cells of tables.
fn html(page: &str) -> Document {
    let mut document = Document::default();
    let mut rest = page;
    while let Some(start) = rest.find('<') {
        document.text.push_str(&entities(&rest[..start]));
        let Some(end) = rest[start..].find('>') else {
            break;
        };
        let tag = rest[start + 1..start + end].to_lowercase();
        let name: String = tag
            .chars()
            .take_while(|c| c.is_ascii_alphanumeric() || *c == '/')
            .collect();
        rest = &rest[start + end + 1..];
        match name.as_str() {
            "style" | "script" => {
                let close = format!("</{name}>");
                rest = rest.find(&close).map_or("", |i| &rest[i + close.len()..]);
            }
            "table" => document.tables.push(Vec::new()),
            "tr" => {
                if let Some(table) = document.tables.last_mut() {
                    table.push(Vec::new());
                }
            }
            "td" | "th" => {
                let close = ["</td>", "</th>"].iter().filter_map(|c| rest.find(c)).min();
                let cell = plain(&rest[..close.unwrap_or(0)]);
                if let Some(row) = document.tables.last_mut().and_then(|t| t.last_mut()) {
                    row.push(cell);
                }
            }
            _ => document.text.push(' '),
        }
    }
    document.text.push_str(&entities(rest));
    document
}

fn plain(markup: &str) -> String {
    let mut out = String::new();
    let mut inside = false;
    for c in markup.chars() {
        match c {
            '<' => inside = true,
            '>' => inside = false,
            c if !inside => out.push(c),
            _ => {}
        }
    }
    entities(&out)
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

fn entities(text: &str) -> String {
    [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#x27;", "'"),
        ("&#x2f;", "/"),
        ("&nbsp;", " "),
        ("&amp;", "&"),
    ]
    .iter()
    .fold(text.to_owned(), |t, (from, to)| t.replace(from, to))
}

fn workbook(path: &Path) -> Document {
    let mut document = Document::default();
    let mut book = open_workbook_auto(path).expect("a workbook");
    for name in book.sheet_names() {
        let range = book.worksheet_range(&name).expect("a sheet");
        let mut table = Vec::new();
        for row in range.rows() {
            document.numbers.extend(row.iter().filter_map(|c| match c {
                Data::Float(v) => Some(*v),
                _ => None,
            }));
            let cells: Vec<String> = row.iter().map(ToString::to_string).collect();
            document.text.push_str(&cells.join(" "));
            document.text.push('\n');
            table.push(cells);
        }
        document.tables.push(table);
    }
    document
}

fn pdf(path: &Path) -> Document {
    let file = lopdf::Document::load(path).expect("a PDF");
    let pages: Vec<u32> = file.get_pages().keys().copied().collect();
    Document {
        text: file.extract_text(&pages).expect("text"),
        ..Document::default()
    }
}

#[test]
fn a_page_gives_its_text_and_its_cells() {
    let page = "<p>n&nbsp;= 12</p><style>a{}</style><table><tr><th>A</th><th>B</th></tr>\
                <tr><td><b>x</b> y</td><td>3,2</td></tr></table>";
    let read = html(page);
    assert!(read.text.contains("n = 12") && !read.text.contains("a{}"));
    assert_eq!(read.tables, [[["A", "B"], ["x y", "3,2"]]]);
}
