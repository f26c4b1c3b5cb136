//! The names of tags and attributes of an XML part, whatever the prefixes that its writer chose.

use quick_xml::events::BytesStart;

/// The name of a tag without its prefix.
pub(super) fn local<'t>(tag: &'t BytesStart) -> &'t str {
    let name = tag.name().into_inner();
    name.rsplit(':').next().unwrap_or(name)
}

/// An attribute by its name without prefix, entities read.
pub(super) fn attribute(tag: &BytesStart, name: &str) -> Option<String> {
    let found = tag.attributes().flatten().find(|a| {
        let key = a.key.as_ref();
        key.rsplit(':').next() == Some(name)
    })?;
    Some(htmlize::unescape(&*found.value).into_owned())
}
