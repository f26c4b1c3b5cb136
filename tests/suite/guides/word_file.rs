//! A file of a word processor, read by hand: its parts, the texts under each heading, and whether all that it names
//! is there.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// What stands under a heading; what stands before the first one is under none.
#[derive(Default)]
pub struct Section {
    pub title: String,
    pub lines: Vec<String>,
}

/// The file.
pub struct WordFile {
    /// Parts that are text, by their names.
    pub parts: BTreeMap<String, String>,
    /// Names of all parts, in order.
    names: Vec<String>,
    /// Texts, heading after heading.
    pub sections: Vec<Section>,
}

/// Without what typography adds to spaces.
pub fn plain(text: &str) -> String {
    text.replace(['\u{a0}', '\u{202f}'], " ")
}

fn attribute(tag: &BytesStart, name: &str) -> Option<String> {
    let found = tag
        .attributes()
        .flatten()
        .find(|a| a.key.as_ref() == name)?;
    Some(found.value.as_ref().to_owned())
}

impl WordFile {
    pub fn read(bytes: &[u8]) -> Self {
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("an archive");
        let (mut parts, mut names) = (BTreeMap::new(), Vec::new());
        for at in 0..archive.len() {
            let mut part = archive.by_index(at).expect("a part");
            let name = part.name().expect("a name").into_owned();
            let mut content = Vec::new();
            part.read_to_end(&mut content).expect("readable");
            names.push(name.clone());
            if let Ok(text) = String::from_utf8(content) {
                parts.insert(name, text);
            }
        }
        let sections = sections(&parts["word/document.xml"]);
        Self {
            parts,
            names,
            sections,
        }
    }

    /// The section whose title begins so.
    pub fn section(&self, title: &str) -> Option<&Section> {
        self.sections.iter().find(|s| s.title.starts_with(title))
    }

    /// Whether a line holds these words.
    pub fn says(&self, words: &str) -> bool {
        let words = plain(words);
        let mut lines = self.sections.iter().flat_map(|s| &s.lines);
        lines.any(|line| line.contains(&words))
    }

    /// Values of an attribute of a tag, in a part.
    fn values(&self, part: &str, tag: &str, name: &str) -> Vec<String> {
        let mut values = Vec::new();
        walk(&self.parts[part], |event| {
            if let Event::Start(found) | Event::Empty(found) = event
                && found.name().as_ref() == tag
            {
                values.extend(attribute(found, name));
            }
        });
        values
    }

    /// All that is named is there, and what should be real is.
    pub fn check(&self) {
        assert_eq!(self.names[0], "[Content_Types].xml");
        for text in self.parts.values().filter(|t| t.starts_with("<?xml")) {
            walk(text, |_| {});
        }
        let typed: BTreeSet<String> = self
            .values("[Content_Types].xml", "Override", "PartName")
            .into_iter()
            .collect();
        let endings = self.values("[Content_Types].xml", "Default", "Extension");
        for name in &self.names[1..] {
            let ending = name.rsplit('.').next().expect("an ending");
            let is_typed = typed.contains(&format!("/{name}"));
            assert!(is_typed || endings.iter().any(|e| e == ending), "{name}");
        }
        for part in &typed {
            assert!(self.names.contains(&part[1..].to_owned()), "{part}");
        }
        for (relations, folder) in [
            ("_rels/.rels", ""),
            ("word/_rels/document.xml.rels", "word/"),
        ] {
            for target in self.values(relations, "Relationship", "Target") {
                assert!(
                    self.names.contains(&format!("{folder}{target}")),
                    "{target}"
                );
            }
        }
        self.check_styles();
        self.check_tables();
    }

    fn check_styles(&self) {
        let main = "word/document.xml";
        let known = self.values("word/styles.xml", "w:style", "w:styleId");
        let used = ["w:pStyle", "w:tblStyle"].map(|tag| self.values(main, tag, "w:val"));
        let used = used.concat();
        for style in &used {
            assert!(known.contains(style), "{style}");
        }
        for style in ["Title", "Heading1", "ListBullet"] {
            assert!(used.iter().any(|u| u == style), "{style}");
        }
        let based = self.values("word/styles.xml", "w:basedOn", "w:val");
        assert!(based.iter().all(|style| known.contains(style)), "{based:?}");
        assert_eq!(self.values("word/styles.xml", "w:lang", "w:val"), ["fr-FR"]);
        assert_eq!(self.values(main, "w:pgSz", "w:w"), ["11906"]);
        assert_eq!(self.values(main, "w:pgSz", "w:h"), ["16838"]);
        assert_eq!(self.values("word/numbering.xml", "w:num", "w:numId"), ["1"]);
    }

    /// A table with headings repeats them; its rows have as many cells as it has columns.
    fn check_tables(&self) {
        let (mut columns, mut cells, mut headed, mut wants) = (0, 0, false, false);
        walk(&self.parts["word/document.xml"], |event| match event {
            Event::Start(tag) | Event::Empty(tag) => match tag.name().as_ref() {
                "w:tbl" => (columns, headed) = (0, false),
                "w:tblLook" => wants = attribute(tag, "w:firstRow").as_deref() == Some("1"),
                "w:gridCol" => columns += 1,
                "w:tblHeader" => headed = true,
                "w:tr" => cells = 0,
                "w:tc" => cells += 1,
                _ => {}
            },
            Event::End(tag) => match tag.name().as_ref() {
                "w:tr" => assert_eq!(cells, columns),
                "w:tbl" => assert_eq!(headed, wants),
                _ => {}
            },
            _ => {}
        });
        assert!(columns > 0 || !self.parts["word/document.xml"].contains("<w:tbl>"));
    }
}

/// Every event of a text that is well-formed.
fn walk(text: &str, mut seen: impl FnMut(&Event)) {
    let mut reader = Reader::from_str(text);
    loop {
        match reader.read_event().expect("well-formed") {
            Event::Eof => break,
            event => seen(&event),
        }
    }
}

/// Paragraphs under the headings of the first rank.
fn sections(document: &str) -> Vec<Section> {
    let mut sections = vec![Section::default()];
    let (mut style, mut words, mut within) = (String::new(), String::new(), false);
    walk(document, |event| match event {
        Event::Start(tag) | Event::Empty(tag) => match tag.name().as_ref() {
            "w:p" => (style, words) = (String::new(), String::new()),
            "w:pStyle" => style = attribute(tag, "w:val").unwrap_or_default(),
            "w:t" => within = true,
            "w:br" => words.push(' '),
            _ => {}
        },
        Event::Text(text) if within => words.push_str(&text.xml10_content()),
        Event::GeneralRef(entity) => words.push_str(match entity.as_ref() {
            "amp" => "&",
            "lt" => "<",
            "gt" => ">",
            "quot" => "\"",
            other => panic!("{other}"),
        }),
        Event::End(tag) => match tag.name().as_ref() {
            "w:t" => within = false,
            "w:p" if style == "Heading1" => sections.push(Section {
                title: plain(&words),
                ..Section::default()
            }),
            "w:p" => {
                let last = sections.last_mut().expect("one at least");
                last.lines.push(plain(&words));
            }
            _ => {}
        },
        _ => {}
    });
    sections
}
