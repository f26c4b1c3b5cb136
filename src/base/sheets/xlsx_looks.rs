//! How an XLSX shows a cell, where what it shows is not what it holds: « 75 % » for 0.75, « 3/10 » for 3, a text
//! that was struck out. Whoever reads the sheet on a screen reads those; a note must be what was read.

use std::collections::{HashMap, HashSet};

use quick_xml::Reader;
use quick_xml::events::Event;

use super::cells::Value;
use super::xml_names::{attribute, local};

/// What a format adds to a number.
#[derive(Debug, Clone, PartialEq, Eq)]
enum ShownUnit {
    Percent,
    /// « /10 », « sur 5 ».
    After(String),
}

/// How a style shows its cells.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct CellLook {
    unit: Option<ShownUnit>,
    struck: bool,
}

/// In place of a value that was struck out.
const STRUCK: &str = " (barré)";

impl CellLook {
    fn is_plain(&self) -> bool {
        self.unit.is_none() && !self.struck
    }

    /// What a person reads of a value; none where it is the value itself.
    pub(super) fn shown(&self, value: &Value) -> Option<Value> {
        let text = match (value, &self.unit) {
            (Value::Number(n), Some(ShownUnit::Percent)) => {
                format!("{} %", (n * 10_000.0).round() / 100.0)
            }
            (Value::Number(_), Some(ShownUnit::After(unit))) => format!("{}{unit}", value.text()),
            (Value::Number(_) | Value::Text(_), _) if self.struck => value.text(),
            _ => return None,
        };
        let struck = if self.struck { STRUCK } else { "" };
        Some(Value::Text(format!("{text}{struck}")))
    }
}

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
                    let look = CellLook {
                        unit: unit(&id, code.unwrap_or_default()),
                        struck: number("fontId").is_some_and(|f| struck_fonts.contains(&f)),
                    };
                    if !look.is_plain() {
                        found.insert(styles_seen, look);
                    }
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

/// What a format adds to a number: 9 and 10 are percents wherever they come from (ECMA-376, 18.8.30).
fn unit(id: &str, code: &str) -> Option<ShownUnit> {
    if id == "9" || id == "10" {
        return Some(ShownUnit::Percent);
    }
    let first = code.split(';').next().unwrap_or("");
    let (mut literal, mut bare) = (String::new(), String::new());
    let (mut quoted, mut escaped) = (false, false);
    for c in first.chars() {
        match c {
            _ if escaped => {
                literal.push(c);
                escaped = false;
            }
            '"' => quoted = !quoted,
            '\\' if !quoted => escaped = true,
            _ if quoted => literal.push(c),
            _ => bare.push(c),
        }
    }
    if bare.contains('%') || literal.contains('%') {
        return Some(ShownUnit::Percent)
            .filter(|_| bare.contains('%'))
            .or(Some(ShownUnit::After(literal)));
    }
    let is_share = literal.contains('/') || literal.to_lowercase().contains("sur");
    // The whole may stand outside the quotes: 0"/"10.
    let digits: String = bare
        .chars()
        .skip_while(|c| !c.is_ascii_digit())
        .skip(1)
        .collect();
    let whole: String = digits.chars().filter(|c| ('1'..='9').contains(c)).collect();
    let says_whole = literal.chars().any(|c| c.is_ascii_digit()) || !whole.is_empty();
    if !is_share || !says_whole {
        return None;
    }
    let shown = if literal.chars().any(|c| c.is_ascii_digit()) {
        literal
    } else {
        format!("{literal}{digits}")
    };
    Some(ShownUnit::After(shown))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_that_say_more_than_the_number_are_known() {
        assert_eq!(unit("9", ""), Some(ShownUnit::Percent));
        assert_eq!(unit("164", "0.0%"), Some(ShownUnit::Percent));
        let after = |text: &str| Some(ShownUnit::After(text.to_owned()));
        assert_eq!(unit("164", "0\"/10\""), after("/10"));
        assert_eq!(unit("164", "0\\/\\5"), after("/5"));
        assert_eq!(unit("164", "0\" sur 10\""), after(" sur 10"));
        for plain in [
            "General",
            "0.00",
            "dd/mm/yyyy",
            "# ?/4",
            "0\" enfants\"",
            "#,##0",
        ] {
            assert_eq!(unit("164", plain), None, "{plain}");
        }
    }

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
