//! What an XLSX holds that the workbook library does not give: formulas that nobody computed, and the
//! comments of cells. Looked for only where a sheet may have some.

use std::collections::HashMap;
use std::io::{Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

use super::cell_looks::CellLook;
use super::cells::{CellComment, PageWords};
use super::comment_words::unsigned;
use super::opened::MAX_TEXT;
use super::page_words::page_words;
use super::xlsb_comments;
use super::xlsb_looks;
use super::xlsx_looks::looks;
use super::xlsx_struck::{StruckCell, strikes, struck_cells, struck_texts};
use super::xml_names::{attribute, local};
use crate::base::diagnostics::CellRef;

/// The parts of a workbook, by the names of its sheets.
pub(super) struct SheetParts<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    paths: HashMap<String, String>,
}

/// Most comments of a sheet.
const MAX_COMMENTS: usize = 10_000;
/// What a part that is read here may inflate to.
const MAX_READ: u64 = 64 << 20;

impl<'a> SheetParts<'a> {
    /// None when the archive does not say which part is which sheet.
    pub(super) fn of(bytes: &'a [u8]) -> Option<Self> {
        let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
        let workbook = part(&mut archive, "xl/workbook.xml")?;
        let targets = relations(&part(&mut archive, "xl/_rels/workbook.xml.rels")?, "xl");
        let mut paths = HashMap::new();
        each_tag(&workbook, |tag| {
            let id = || attribute(tag, "id");
            if local(tag) == "sheet"
                && let (Some(name), Some(id)) = (attribute(tag, "name"), id())
                && let Some(path) = targets.get(&id)
            {
                paths.insert(name, path.path.clone());
            }
        });
        Some(Self { archive, paths })
    }

    /// The same of a binary workbook.
    pub(super) fn of_binary(bytes: &'a [u8]) -> Option<Self> {
        let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
        let workbook = part(&mut archive, "xl/workbook.bin")?;
        let targets = relations(&part(&mut archive, "xl/_rels/workbook.bin.rels")?, "xl");
        let sheets = xlsb_comments::sheets(&workbook).into_iter();
        let paths = sheets.filter_map(|s| Some((s.name, targets.get(&s.relation)?.path.clone())));
        let paths = paths.collect();
        Some(Self { archive, paths })
    }

    /// Cells of a sheet that hold a formula and no value: written by a program that computes nothing.
    pub(super) fn uncomputed(&mut self, sheet: &str) -> Vec<CellRef> {
        let path = self.paths.get(sheet).cloned();
        let xml = path.and_then(|p| part(&mut self.archive, &p));
        xml.map_or_else(Vec::new, |xml| uncomputed(&xml))
    }

    /// The styles that show something else than what cells hold.
    pub(super) fn looks(&mut self) -> HashMap<usize, CellLook> {
        if let Some(xml) = part(&mut self.archive, "xl/styles.xml") {
            return looks(&xml);
        }
        let binary = part(&mut self.archive, "xl/styles.bin");
        binary.map_or_else(HashMap::new, |part| xlsb_looks::looks(&part))
    }

    /// Whether some style strikes cells out.
    pub(super) fn strikes_cells(bytes: &[u8]) -> bool {
        let archive = ZipArchive::new(Cursor::new(bytes)).ok();
        let styles = archive.and_then(|mut a| part(&mut a, "xl/styles.xml"));
        styles.is_some_and(|xml| strikes(&xml))
    }

    /// Texts that cells share, where some words are struck out.
    pub(super) fn struck_texts(&mut self) -> HashMap<usize, String> {
        let strings = part(&mut self.archive, "xl/sharedStrings.xml");
        strings.map_or_else(HashMap::new, |xml| struck_texts(&xml))
    }

    /// Cells of a sheet of which some words are struck out.
    pub(super) fn struck(
        &mut self,
        sheet: &str,
        texts: &HashMap<usize, String>,
    ) -> Vec<StruckCell> {
        let path = self.paths.get(sheet).cloned();
        let xml = path.and_then(|p| part(&mut self.archive, &p));
        xml.map_or_else(Vec::new, |xml| struck_cells(&xml, texts))
    }

    /// Cells of a sheet that bear one of some styles, with its number.
    pub(super) fn styled(
        &mut self,
        sheet: &str,
        looks: &HashMap<usize, CellLook>,
    ) -> Vec<(CellRef, usize)> {
        let Some(path) = self.paths.get(sheet).cloned() else {
            return Vec::new();
        };
        let Some(xml) = part(&mut self.archive, &path) else {
            return Vec::new();
        };
        if path.to_lowercase().ends_with("bin") {
            return xlsb_looks::styled(&xml, looks);
        }
        let mut found = Vec::new();
        each_tag(&xml, |tag| {
            if local(tag) != "c" {
                return;
            }
            let style = attribute(tag, "s").and_then(|s| s.parse::<usize>().ok());
            let at = attribute(tag, "r").and_then(|r| r.parse::<CellRef>().ok());
            if let (Some(at), Some(style)) = (at, style.filter(|s| looks.contains_key(s))) {
                found.push((at, style));
            }
        });
        found
    }

    /// What a sheet says elsewhere than in its cells.
    pub(super) fn page_words(&mut self, sheet: &str) -> Vec<PageWords> {
        let path = self.paths.get(sheet).cloned();
        let xml = path.and_then(|p| part(&mut self.archive, &p));
        xml.map_or_else(Vec::new, |xml| page_words(&xml))
    }

    /// The comments laid on the cells of a sheet, without who wrote them.
    pub(super) fn comments(&mut self, sheet: &str) -> Vec<CellComment> {
        let Some(path) = self.paths.get(sheet).cloned() else {
            return Vec::new();
        };
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", &path));
        let rels = part(&mut self.archive, &format!("{folder}/_rels/{name}.rels"));
        let targets = rels.map_or_else(HashMap::new, |xml| relations(&xml, folder));
        let of_comments = targets
            .into_values()
            .filter(|t| t.kind.ends_with("/comments"));
        let mut found = Vec::new();
        for target in of_comments {
            let is_binary = target.path.to_lowercase().ends_with("bin");
            match part(&mut self.archive, &target.path) {
                Some(part) if is_binary => found.extend(xlsb_comments::comments(&part)),
                Some(xml) => found.extend(comments(&xml)),
                None => {}
            }
        }
        found.truncate(MAX_COMMENTS);
        found
    }
}

/// Where a relation leads.
pub(super) struct RelationTarget {
    pub(super) kind: String,
    pub(super) path: String,
}

/// The bytes of a part, within bounds; none when there is no such part.
pub(super) fn part(archive: &mut ZipArchive<Cursor<&[u8]>>, name: &str) -> Option<Vec<u8>> {
    let file = archive.by_name(name).ok()?;
    let mut bytes = Vec::new();
    file.take(MAX_READ).read_to_end(&mut bytes).ok()?;
    Some(bytes)
}

pub(super) fn each_tag(xml: &[u8], mut seen: impl FnMut(&BytesStart)) {
    let mut reader = Reader::from_reader(xml);
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag) | Event::Empty(tag)) => seen(&tag),
            Ok(Event::Eof) | Err(_) => return,
            Ok(_) => {}
        }
    }
}

/// The relations of a part that lies in a folder, by id, with the paths that they lead to.
pub(super) fn relations(xml: &[u8], folder: &str) -> HashMap<String, RelationTarget> {
    let mut all = HashMap::new();
    each_tag(xml, |tag| {
        let get = |name: &str| attribute(tag, name);
        if let (Some(id), Some(kind), Some(target)) = (get("Id"), get("Type"), get("Target")) {
            let path = resolved(folder, &target);
            all.insert(id, RelationTarget { kind, path });
        }
    });
    all
}

/// « ../comments1.xml » from « xl/worksheets » is « xl/comments1.xml ».
fn resolved(folder: &str, target: &str) -> String {
    if let Some(absolute) = target.strip_prefix('/') {
        return absolute.to_owned();
    }
    let mut steps: Vec<&str> = folder.split('/').filter(|s| !s.is_empty()).collect();
    for step in target.split('/') {
        match step {
            ".." => {
                steps.pop();
            }
            "." | "" => {}
            step => steps.push(step),
        }
    }
    steps.join("/")
}

fn uncomputed(xml: &[u8]) -> Vec<CellRef> {
    let mut reader = Reader::from_reader(xml);
    let (mut found, mut cell) = (Vec::new(), None);
    let (mut formula, mut value, mut inside) = (false, false, false);
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) if local(&tag) == "c" => {
                cell = attribute(&tag, "r").and_then(|r| r.parse::<CellRef>().ok());
                // A text that a formula gives may be empty.
                value = attribute(&tag, "t").is_some_and(|t| t == "str");
                formula = false;
            }
            Ok(Event::Start(tag) | Event::Empty(tag)) => {
                formula |= local(&tag) == "f";
                inside = local(&tag) == "v";
                value |= local(&tag) == "is";
            }
            Ok(Event::Text(text)) => value |= inside && !text.trim().is_empty(),
            Ok(Event::End(tag)) if tag.name().as_ref().rsplit(':').next() == Some("c") => {
                let bare = formula && !value;
                found.extend(cell.take().filter(|_| bare));
            }
            Ok(Event::Eof) | Err(_) => return found,
            Ok(_) => {}
        }
    }
}

fn comments(xml: &[u8]) -> Vec<CellComment> {
    let mut reader = Reader::from_reader(xml);
    let (mut found, mut authors) = (Vec::new(), Vec::new());
    let (mut cell, mut author, mut text) = (None, None, String::new());
    let mut inside = String::new();
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) => {
                local(&tag).clone_into(&mut inside);
                if inside == "comment" {
                    cell = attribute(&tag, "ref").and_then(|r| r.parse::<CellRef>().ok());
                    author = attribute(&tag, "authorId").and_then(|n| n.parse::<usize>().ok());
                    text.clear();
                } else if inside == "author" {
                    text.clear();
                }
            }
            Ok(Event::Text(part)) if ["t", "author"].contains(&inside.as_str()) => {
                if text.len() < MAX_TEXT {
                    text.push_str(&htmlize::unescape(&*part));
                }
            }
            Ok(Event::GeneralRef(entity)) if ["t", "author"].contains(&inside.as_str()) => {
                text.push_str(&htmlize::unescape(format!("&{};", &*entity)));
            }
            Ok(Event::End(tag)) => {
                let name = tag
                    .name()
                    .as_ref()
                    .rsplit(':')
                    .next()
                    .unwrap_or_default()
                    .to_owned();
                if name == "author" {
                    authors.push(std::mem::take(&mut text));
                } else if name == "comment" {
                    let by = author
                        .and_then(|a: usize| authors.get(a))
                        .map_or("", String::as_str);
                    let said = unsigned(&text, by);
                    if let Some(cell) = cell.take().filter(|_| !said.is_empty()) {
                        found.push(CellComment::new(cell, said));
                    }
                }
                inside.clear();
            }
            Ok(Event::Eof) | Err(_) => return found,
            Ok(_) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_lose_their_author_and_keep_their_words() {
        let xml = b"<comments><authors><author>Jeanne D.</author></authors><commentList>\
            <comment ref=\"E16\" authorId=\"0\"><text><r><t>Jeanne D.:</t></r><r><t xml:space=\"preserve\">\n\
            vu &amp; revu</t></r></text></comment></commentList></comments>";
        let cell = CellRef::new(15, 4);
        let text = "vu & revu".to_owned();
        assert_eq!(comments(xml), [CellComment::new(cell, text)]);
        let threaded = "[Threaded comment]\n\nYour version…\n\nComment:\n    trop tard";
        assert_eq!(unsigned(threaded, ""), "trop tard");
        assert_eq!(
            resolved("xl/worksheets", "../comments1.xml"),
            "xl/comments1.xml"
        );
        assert_eq!(
            resolved("xl", "/xl/worksheets/a.xml"),
            "xl/worksheets/a.xml"
        );
    }

    #[test]
    fn a_formula_without_a_value_was_not_computed() {
        let xml = b"<sheetData><row r=\"1\"><c r=\"A1\"><f>1+1</f></c><c r=\"B1\" t=\"str\"><f>IF(1,\"\")</f><v></v></c>\
            <c r=\"C1\"><f>2</f><v>2</v></c><c r=\"D1\"/><c r=\"E1\"><f>2</f><v></v></c></row></sheetData>";
        assert_eq!(uncomputed(xml), [CellRef::new(0, 0), CellRef::new(0, 4)]);
    }
}
