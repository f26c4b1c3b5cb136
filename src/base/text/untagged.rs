//! Text as tools export it, with tags and entities left in.

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
    // As in an attribute: « observations&notes » holds no entity, whatever a browser makes of it.
    let decoded = htmlize::unescape_attribute(plain);
    decoded.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_and_entities_go() {
        assert_eq!(untagged("A &amp; B<br />C&nbsp;:\n d"), "A & B C : d");
        let plain =
            "Cœur&nbsp;: m&eacute;tier l&rsquo;&#233;t&#xE9; R&D observations&notes &inconnu;";
        let read = "Cœur : métier l’été R&D observations&notes &inconnu;";
        assert_eq!(untagged(plain), read);
        assert_eq!(
            untagged("moins de 3 < 5 &inconnu;"),
            "moins de 3 < 5 &inconnu;"
        );
    }
}
