//! The styles of an XLSX that show something else than what cells hold.

use std::collections::{HashMap, HashSet};

use quick_xml::Reader;
use quick_xml::events::Event;

use super::cell_looks::CellLook;
use super::xml_names::{attribute, local};

/// The styles of a workbook that show something else than what cells hold, by number.
pub(super) fn looks(styles: &[u8]) -> HashMap<usize, CellLook> {
    let mut reader = Reader::from_reader(styles);
    let mut formats: HashMap<String, String> = HashMap::new();
    let (mut fonts, mut struck_fonts) = (0_usize, HashSet::new());
    let mut found = HashMap::new();
    let (mut in_fonts, mut in_cells, mut styles_seen) = (false, false, 0_usize);
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag) | Event::Empty(tag)) => match local(&tag) {
                "numFmt" => {
                    let id = attribute(&tag, "numFmtId");
                    formats.extend(id.zip(attribute(&tag, "formatCode")));
                }
                "fonts" => in_fonts = true,
                "cellXfs" => in_cells = true,
                "font" if in_fonts => fonts += 1,
                "strike" if in_fonts => {
                    let is_off = attribute(&tag, "val").is_some_and(|v| v == "0" || v == "false");
                    if !is_off {
                        struck_fonts.insert(fonts.saturating_sub(1));
                    }
                }
                "xf" if in_cells => {
                    let number = |name: &str| attribute(&tag, name)?.parse::<usize>().ok();
                    let id = attribute(&tag, "numFmtId").unwrap_or_default();
                    let code = formats.get(&id).map(String::as_str);
                    let struck = number("fontId").is_some_and(|f| struck_fonts.contains(&f));
                    let look = CellLook::of(&id, code.unwrap_or_default(), struck);
                    found.extend(look.map(|look| (styles_seen, look)));
                    styles_seen += 1;
                }
                _ => {}
            },
            Ok(Event::End(tag)) => match tag.name().as_ref().rsplit(':').next() {
                Some("fonts") => in_fonts = false,
                Some("cellXfs") => return found,
                _ => {}
            },
            Ok(Event::Eof) | Err(_) => return found,
            Ok(_) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::sheets::cells::Value;

    #[test]
    fn styles_show_percents_and_struck_words() {
        let styles = br#"<styleSheet><numFmts count="1"><numFmt numFmtId="165" formatCode="0&quot;/10&quot;"/></numFmts>
            <fonts><font><sz val="11"/></font><font><strike/></font><font><strike val="0"/></font></fonts>
            <cellStyleXfs><xf numFmtId="9" fontId="1"/></cellStyleXfs>
            <cellXfs><xf numFmtId="0" fontId="0"/><xf numFmtId="9" fontId="0"/><xf numFmtId="165" fontId="0"/>
            <xf numFmtId="0" fontId="1"/><xf numFmtId="0" fontId="2"/></cellXfs></styleSheet>"#;
        let looks = looks(styles);
        let mut numbers: Vec<usize> = looks.keys().copied().collect();
        numbers.sort_unstable();
        assert_eq!(numbers, [1, 2, 3]);
        let shown = |style: usize, value: Value| looks[&style].shown(&value).map(|v| v.text());
        assert_eq!(shown(1, Value::Number(0.75)).as_deref(), Some("75 %"));
        assert_eq!(shown(2, Value::Number(3.0)).as_deref(), Some("3/10"));
        assert_eq!(shown(3, Value::Number(3.0)).as_deref(), Some("3 (barré)"));
        assert_eq!(shown(2, Value::Text("vu".to_owned())), None);
    }
}
