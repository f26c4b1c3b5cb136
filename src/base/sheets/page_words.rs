//! What an XLSX sheet says elsewhere than in its cells: the header and footer of its printed page, the prompts and
//! the lists of its drop-downs. A person reads it beside the notes.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::cells::{PageWords, Sheet};
use super::xml_names::{attribute, local};
use crate::base::diagnostics::CellRef;

/// Most texts of a sheet.
const MOST: usize = 200;

/// The words of a sheet's part that stand after its cells.
pub(super) fn page_words(xml: &[u8]) -> Vec<PageWords> {
    const END: &[u8] = b"</sheetData>";
    let end = xml.windows(END.len()).rposition(|w| w == END);
    let tail = &xml[end.map_or(0, |at| at + END.len())..];
    // What follows the cells stands in no element any more.
    let mut reader = Reader::from_reader(tail);
    reader.config_mut().check_end_names = false;
    reader.config_mut().allow_unmatched_ends = true;
    let (mut found, mut inside, mut list) = (Vec::new(), String::new(), None);
    let mut said = String::new();
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) => {
                local(&tag).clone_into(&mut inside);
                said.clear();
                if inside == "dataValidation" {
                    list = of_validation(&tag, &mut found);
                }
            }
            Ok(Event::Empty(tag)) if local(&tag) == "dataValidation" => {
                of_validation(&tag, &mut found);
            }
            Ok(Event::Text(text)) => said.push_str(&htmlize::unescape(&*text)),
            Ok(Event::GeneralRef(entity)) => {
                said.push_str(&htmlize::unescape(format!("&{};", &*entity)));
            }
            Ok(Event::End(_)) => {
                found.extend(said_in(&inside, &said, list));
                inside.clear();
            }
            Ok(Event::Eof) | Err(_) => break,
            Ok(_) => {}
        }
        if found.len() >= MOST {
            break;
        }
    }
    found.retain(|w| !w.text.trim().is_empty());
    found
}

/// What an element says: a header of the page, the list of a validation.
fn said_in(element: &str, text: &str, list: Option<CellRef>) -> Option<PageWords> {
    if element.ends_with("Header") || element.ends_with("Footer") {
        return Some(PageWords {
            at: None,
            text: without_marks(text),
        });
    }
    let listed = || levels_listed(text).unwrap_or_else(|| format!("={text}"));
    (element == "formula1" && list.is_some()).then(|| PageWords {
        at: list,
        text: listed(),
    })
}

/// The prompt and the refusal of a validation; its first cell, where it offers a list.
fn of_validation(tag: &BytesStart, found: &mut Vec<PageWords>) -> Option<CellRef> {
    let area = attribute(tag, "sqref").unwrap_or_default();
    let first = area.split([' ', ':']).next().unwrap_or_default();
    let at = first.parse::<CellRef>().ok();
    for name in ["promptTitle", "prompt", "errorTitle", "error"] {
        let text = attribute(tag, name).unwrap_or_default();
        if !text.is_empty() {
            found.push(PageWords { at, text });
        }
    }
    at.filter(|_| attribute(tag, "type").is_some_and(|t| t == "list"))
}

/// Lists that stand on a sheet, « =Listes!$A$1:$A$5 », are what they hold; those of words say nothing here.
pub(super) fn with_lists(words: Vec<PageWords>, own: &Sheet, sheets: &[Sheet]) -> Vec<PageWords> {
    let known = |words: PageWords| match words.text.strip_prefix('=') {
        Some(area) => levels_of(area, own, sheets).map(|text| PageWords { text, ..words }),
        None => Some(words),
    };
    words.into_iter().filter_map(known).collect()
}

/// « note de 1 à 5 », of the numbers of an area.
fn levels_of(area: &str, own: &Sheet, sheets: &[Sheet]) -> Option<String> {
    let (sheet, cells) = match area.rsplit_once('!') {
        Some((name, cells)) => {
            let name = name.trim_matches('\'').replace("''", "'");
            (sheets.iter().find(|s| *s.name == *name)?, cells)
        }
        None => (own, area),
    };
    let cells = cells.replace('$', "");
    let (first, last) = cells.split_once(':')?;
    let (first, last): (CellRef, CellRef) = (first.parse().ok()?, last.parse().ok()?);
    let rows = sheet.rows.iter();
    let rows = rows.filter(|r| (first.row..=last.row).contains(&r.index));
    let numbers = rows.filter_map(|r| r.text(first.col).trim().parse::<u32>().ok());
    bounds(&numbers.collect::<Vec<u32>>())
}

fn bounds(numbers: &[u32]) -> Option<String> {
    let (least, most) = (numbers.iter().min()?, numbers.iter().max()?);
    (numbers.len() >= 2).then(|| format!("note de {least} à {most}"))
}

/// « "1,2,3,4,5" » is « note de 1 à 5 »; a list of words, or one that stands elsewhere, says nothing here.
fn levels_listed(formula: &str) -> Option<String> {
    let inside = formula.trim().strip_prefix('"')?.strip_suffix('"')?;
    let numbers: Vec<u32> = (inside.split([',', ';']))
        .filter_map(|w| w.trim().parse().ok())
        .collect();
    bounds(&numbers)
}

/// A header without what places and dresses its parts: « &L&"Arial"&12Note sur 10 » is « Note sur 10 ».
fn without_marks(text: &str) -> String {
    let mut plain = String::new();
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if c != '&' {
            plain.push(c);
            continue;
        }
        match chars.next() {
            Some('&') => plain.push('&'),
            Some('"') => {
                chars.by_ref().find(|c| *c == '"');
            }
            Some('K') => {
                (0..6).for_each(|_| {
                    chars.next_if(char::is_ascii_hexdigit);
                });
            }
            Some(size) if size.is_ascii_digit() => {
                while chars.next_if(char::is_ascii_digit).is_some() {}
            }
            _ => plain.push(' '),
        }
    }
    plain.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::sheets::cells::{Cell, Row, Value};

    #[test]
    fn headers_prompts_and_lists_are_read_after_the_cells() {
        let xml = br#"<worksheet><sheetData><row r="1"><c r="A1"/></row></sheetData><dataValidations count="2">
            <dataValidation type="list" sqref="E11:E71" promptTitle="Note" prompt="1 = ma&#238;tris&#233;"><formula1>"1,2,3,4,5"</formula1></dataValidation>
            <dataValidation type="list" sqref="B2"><formula1>$A$1:$A$4</formula1></dataValidation></dataValidations>
            <headerFooter><oddHeader>&amp;L&amp;"Arial,Gras"&amp;12Note sur 10&amp;R&amp;P</oddHeader></headerFooter></worksheet>"#;
        let at = Some(CellRef::new(10, 4));
        let said = |at, text: &str| PageWords {
            at,
            text: text.to_owned(),
        };
        let wanted = [
            said(at, "Note"),
            said(at, "1 = maîtrisé"),
            said(at, "note de 1 à 5"),
        ];
        let found = page_words(xml);
        assert_eq!(found[..3], wanted);
        assert_eq!(found[3].text, "=$A$1:$A$4");
        assert!(found[4].text.starts_with("Note sur 10"), "{:?}", found[4]);
        assert_eq!(found.len(), 5);
        let mut sheet = Sheet::default();
        for row in 0..4_u32 {
            let level = Cell::new(0, Value::Number(f64::from(row)));
            sheet.rows.push(Row {
                index: row,
                cells: vec![level],
            });
        }
        let known = with_lists(found, &sheet, &[]);
        assert_eq!(known[3].text, "note de 0 à 3");
        assert_eq!(page_words(b"<worksheet/>"), []);
    }
}
