//! The tags of a part with their places, so that a change touches what it must and nothing else: neither the order of
//! attributes, nor blanks, nor what is not understood.

use std::ops::Range;

use quick_xml::Reader;
use quick_xml::events::Event;

use super::cell_marks::{INCOHERENT, Unmarkable};

/// What a tag does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TagKind {
    /// `<a>`.
    Opens,
    /// `<a/>`.
    Whole,
    /// `</a>`.
    Closes,
}

/// A tag, where it stands.
#[derive(Debug, Clone)]
pub(super) struct PlacedTag<'x> {
    pub(super) kind: TagKind,
    /// Its bytes in the part.
    pub(super) place: Range<usize>,
    /// Elements around it.
    pub(super) depth: usize,
    text: &'x str,
}

impl<'x> PlacedTag<'x> {
    fn name(&self) -> &'x str {
        let inner = self.text.trim_start_matches(['<', '/']);
        let end = inner.find(|c: char| c.is_ascii_whitespace() || c == '>' || c == '/');
        &inner[..end.unwrap_or(inner.len())]
    }

    /// Its name without prefix.
    pub(super) fn local(&self) -> &'x str {
        let name = self.name();
        name.rsplit(':').next().unwrap_or(name)
    }

    /// Its prefix with the colon, empty where there is none: `x:`.
    pub(super) fn prefix(&self) -> &'x str {
        let name = self.name();
        &name[..name.len() - self.local().len()]
    }

    /// Whether it begins an element of that name.
    pub(super) fn begins(&self, local: &str) -> bool {
        self.kind != TagKind::Closes && self.local() == local
    }

    /// Whether it ends an element of that name that is not empty.
    pub(super) fn ends(&self, local: &str) -> bool {
        self.kind == TagKind::Closes && self.local() == local
    }

    /// An attribute by its exact name, as it is written.
    pub(super) fn raw(&self, name: &str) -> Option<&'x str> {
        let found = attributes(self.text).find(|a| a.name == name)?;
        Some(&self.text[found.value])
    }

    /// An attribute by its name, whatever its prefix.
    pub(super) fn any(&self, local: &str) -> Option<&'x str> {
        let is = |name: &str| !name.starts_with("xmlns") && name.rsplit(':').next() == Some(local);
        let found = attributes(self.text).find(|a| is(a.name))?;
        Some(&self.text[found.value])
    }

    /// The prefix that its declarations give to a namespace, with the colon.
    pub(super) fn prefix_of(&self, namespace: &str) -> Option<String> {
        let declared = attributes(self.text).filter(|a| &self.text[a.value.clone()] == namespace);
        let mut named = declared.filter_map(|a| a.name.strip_prefix("xmlns:"));
        named.next().map(|prefix| format!("{prefix}:"))
    }

    /// The same tag with some attributes set, others as they were.
    pub(super) fn with(&self, set: &[(&str, &str)]) -> String {
        let mut edits = Edits::default();
        let mut end = self.text.len() - 1;
        if self.text[..end].ends_with('/') {
            end -= 1;
        }
        let end = self.text[..end].trim_end().len();
        for (name, value) in set {
            match attributes(self.text).find(|a| a.name == *name) {
                Some(known) => edits.replace(known.value, *value),
                None => edits.replace(end..end, format!(" {name}=\"{value}\"")),
            }
        }
        edits.applied(self.text)
    }

    /// The same tag without an attribute.
    pub(super) fn without(&self, name: &str) -> String {
        let mut edits = Edits::default();
        if let Some(known) = attributes(self.text).find(|a| a.name == name) {
            edits.replace(known.whole, "");
        }
        edits.applied(self.text)
    }

    /// The tag of an empty element, as one that opens; and the tag that closes it.
    pub(super) fn opened(&self) -> (String, String) {
        let inner = self.text.trim_end_matches('>').trim_end_matches('/');
        (
            format!("{}>", inner.trim_end()),
            format!("</{}>", self.name()),
        )
    }
}

/// An attribute of a tag, by places in the tag.
struct PlacedAttribute<'t> {
    name: &'t str,
    value: Range<usize>,
    /// With the blank before it.
    whole: Range<usize>,
}

fn attributes(tag: &str) -> impl Iterator<Item = PlacedAttribute<'_>> {
    let mut from = tag.find(|c: char| c.is_ascii_whitespace());
    std::iter::from_fn(move || {
        let start = from?;
        let rest = &tag[start..];
        let name_at = start + rest.len() - rest.trim_start().len();
        let equals = name_at + tag[name_at..].find('=')?;
        let quote_at = equals + tag[equals..].find(['"', '\''])?;
        let quote = tag[quote_at..].chars().next()?;
        let end = quote_at + 1 + tag[quote_at + 1..].find(quote)?;
        from = Some(end + 1);
        Some(PlacedAttribute {
            name: tag[name_at..equals].trim(),
            value: quote_at + 1..end,
            whole: start..end + 1,
        })
    })
}

/// Every tag of a part, in order.
///
/// # Errors
///
/// A part that is no XML.
pub(super) fn each_tag<'x>(
    xml: &'x str,
    mut seen: impl FnMut(&PlacedTag<'x>) -> Result<(), Unmarkable>,
) -> Result<(), Unmarkable> {
    // Positions are counted after it.
    let skipped = xml.len() - xml.trim_start_matches('\u{feff}').len();
    let mut reader = Reader::from_str(&xml[skipped..]);
    let (mut start, mut depth) = (skipped, 0_usize);
    loop {
        let event = reader.read_event().map_err(|_| INCOHERENT)?;
        let end = skipped + usize::try_from(reader.buffer_position()).map_err(|_| INCOHERENT)?;
        let kind = match event {
            Event::Start(_) => Some(TagKind::Opens),
            Event::Empty(_) => Some(TagKind::Whole),
            Event::End(_) => Some(TagKind::Closes),
            Event::Eof => return Ok(()),
            _ => None,
        };
        if let Some(kind) = kind {
            let text = xml.get(start..end).filter(|t| t.starts_with('<'));
            let text = text.filter(|t| t.ends_with('>')).ok_or(INCOHERENT)?;
            if kind == TagKind::Closes {
                depth = depth.saturating_sub(1);
            }
            seen(&PlacedTag {
                kind,
                place: start..end,
                depth,
                text,
            })?;
            if kind == TagKind::Opens {
                depth += 1;
            }
        }
        start = end;
    }
}

/// What is changed in a text.
#[derive(Debug, Default)]
pub(super) struct Edits(Vec<(Range<usize>, String)>);

impl Edits {
    /// Puts a text in the place of another; what is added at one place keeps its order.
    pub(super) fn replace(&mut self, place: Range<usize>, by: impl Into<String>) {
        self.0.push((place, by.into()));
    }

    /// The text, changed.
    pub(super) fn applied(mut self, text: &str) -> String {
        self.0.sort_by_key(|(place, _)| (place.start, place.end));
        let added: usize = self.0.iter().map(|(_, by)| by.len()).sum();
        let mut made = String::with_capacity(text.len() + added);
        let mut at = 0;
        for (place, by) in self.0 {
            made.push_str(text.get(at..place.start).unwrap_or_default());
            made.push_str(&by);
            at = place.end.max(at);
        }
        made.push_str(text.get(at..).unwrap_or_default());
        made
    }
}

/// A part with one more child at the end of the first element of a name; none where there is no such element.
pub(super) fn with_child(
    xml: &str,
    parent: &str,
    child: impl FnOnce(&str) -> String,
) -> Result<Option<String>, Unmarkable> {
    let (mut edits, mut child, mut depth) = (Edits::default(), Some(child), None);
    each_tag(xml, |tag| {
        if child.is_none() {
            return Ok(());
        }
        if tag.begins(parent) && depth.is_none() {
            depth = Some(tag.depth);
            if tag.kind == TagKind::Whole
                && let Some(child) = child.take()
            {
                let (opens, closes) = tag.opened();
                let made = child(tag.prefix());
                edits.replace(tag.place.clone(), format!("{opens}{made}{closes}"));
            }
        } else if tag.ends(parent)
            && depth == Some(tag.depth)
            && let Some(child) = child.take()
        {
            edits.replace(tag.place.start..tag.place.start, child(tag.prefix()));
        }
        Ok(())
    })?;
    Ok(child.is_none().then(|| edits.applied(xml)))
}

/// A text as it is written in a part: what no part may hold is left out.
pub(super) fn escaped(text: &str) -> String {
    let mut made = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => made.push_str("&amp;"),
            '<' => made.push_str("&lt;"),
            '>' => made.push_str("&gt;"),
            '"' => made.push_str("&quot;"),
            '\n' | '\t' => made.push(c),
            c if c.is_control() || c == '\u{fffe}' || c == '\u{ffff}' => {}
            c => made.push(c),
        }
    }
    made
}
