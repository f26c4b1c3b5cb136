//! Text as tools export it, with tags and entities left in.

use quick_xml::escape::unescape_with;

/// A heading without tags, entities nor line ends: `A &amp; B<br>C` → « A & B C ».
pub fn untagged(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(open) = rest.find('<') {
        let tag = &rest[open + 1..];
        let close = tag
            .find('>')
            .filter(|_| tag.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/'));
        let Some(close) = close else {
            plain.push_str(&rest[..=open]);
            rest = tag;
            continue;
        };
        plain.push_str(&rest[..open]);
        plain.push(' ');
        rest = &tag[close + 1..];
    }
    plain.push_str(rest);
    let named = |name: &str| match name {
        "amp" => Some("&"),
        "lt" => Some("<"),
        "gt" => Some(">"),
        "quot" => Some("\""),
        "apos" | "rsquo" | "lsquo" => Some("’"),
        "nbsp" => Some(" "),
        "eacute" => Some("é"),
        "egrave" => Some("è"),
        "ecirc" => Some("ê"),
        "agrave" => Some("à"),
        "ccedil" => Some("ç"),
        "ocirc" => Some("ô"),
        _ => None,
    };
    let decoded = unescape_with(&plain, named).map(std::borrow::Cow::into_owned);
    let decoded = decoded.unwrap_or(plain);
    decoded.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_and_entities_go() {
        assert_eq!(untagged("A &amp; B<br />C&nbsp;:\n d"), "A & B C : d");
        assert_eq!(
            untagged("moins de 3 < 5 &inconnu;"),
            "moins de 3 < 5 &inconnu;"
        );
    }
}
