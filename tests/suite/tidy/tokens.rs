//! Rust source cut into words and signs, without comments, texts and what is there for tests only.

/// Words, `::`, and signs one by one; a text is `""`.
pub fn tokens(text: &str) -> Vec<String> {
    without_tests(&cut(text))
}

fn cut(text: &str) -> Vec<String> {
    let chars: Vec<char> = text.chars().collect();
    let (mut tokens, mut at) = (Vec::new(), 0);
    while at < chars.len() {
        let rest = &chars[at..];
        at += match rest {
            ['/', '/', ..] => rest.iter().position(|c| *c == '\n').unwrap_or(rest.len()),
            ['/', '*', ..] => comment(rest),
            ['"', ..] | ['b' | 'c', '"', ..] | ['r', '"' | '#', ..] | ['b', 'r', '"' | '#', ..]
                if quoted(rest).is_some() =>
            {
                tokens.push("\"\"".to_owned());
                quoted(rest).unwrap_or(1)
            }
            ['\'', ..] => character(rest),
            [':', ':', ..] => {
                tokens.push("::".to_owned());
                2
            }
            [c, ..] if c.is_alphabetic() || *c == '_' => {
                let word: String = rest
                    .iter()
                    .take_while(|c| c.is_alphanumeric() || **c == '_')
                    .collect();
                let length = word.chars().count();
                tokens.push(word);
                length
            }
            [c, ..] if c.is_numeric() => rest.iter().take_while(|c| c.is_alphanumeric()).count(),
            [c, ..] => {
                if !c.is_whitespace() {
                    tokens.push(c.to_string());
                }
                1
            }
            [] => 1,
        };
    }
    tokens
}

fn comment(rest: &[char]) -> usize {
    let (mut depth, mut at) = (1, 2);
    while depth > 0 && at < rest.len() {
        match &rest[at..] {
            ['/', '*', ..] => (depth, at) = (depth + 1, at + 2),
            ['*', '/', ..] => (depth, at) = (depth - 1, at + 2),
            _ => at += 1,
        }
    }
    at
}

/// Length of a text, raw or not; nothing when what begins here is a word.
fn quoted(rest: &[char]) -> Option<usize> {
    let prefix = rest
        .iter()
        .take_while(|c| matches!(c, 'b' | 'c' | 'r'))
        .count();
    let raw = rest[..prefix].contains(&'r');
    let hashes = rest[prefix..].iter().take_while(|c| **c == '#').count();
    if rest.get(prefix + hashes) != Some(&'"') || (hashes > 0 && !raw) {
        return None;
    }
    let mut at = prefix + hashes + 1;
    while at < rest.len() {
        match rest[at] {
            '\\' if !raw => at += 2,
            '"' if rest[at + 1..]
                .iter()
                .take(hashes)
                .filter(|c| **c == '#')
                .count()
                == hashes =>
            {
                return Some(at + 1 + hashes);
            }
            _ => at += 1,
        }
    }
    Some(rest.len())
}

/// A character, or the quote of a lifetime.
fn character(rest: &[char]) -> usize {
    match rest {
        ['\'', '\\', _, after @ ..] => 4 + after.iter().position(|c| *c == '\'').unwrap_or(0),
        ['\'', _, '\'', ..] => 3,
        _ => 1,
    }
}

/// The bracket that closes the one at `at`.
pub fn closing(tokens: &[String], at: usize) -> usize {
    let mut depth = 0_usize;
    for (index, token) in tokens.iter().enumerate().skip(at) {
        match token.as_str() {
            "(" | "[" | "{" => depth += 1,
            ")" | "]" | "}" => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return index;
                }
            }
            _ => {}
        }
    }
    tokens.len()
}

fn without_tests(tokens: &[String]) -> Vec<String> {
    let text = |at: usize| tokens.get(at).map_or("", String::as_str);
    let (mut kept, mut at) = (Vec::new(), 0);
    while at < tokens.len() {
        if text(at) == "#" && text(at + 1) == "[" {
            let end = closing(tokens, at + 1) + 1;
            let attribute = &tokens[at..end.min(tokens.len())];
            let says = |word: &str| attribute.iter().any(|t| t == word);
            if text(at + 2) == "cfg" && says("test") && !says("not") {
                at = end_of_item(tokens, end);
            } else {
                // What a derive names is used as much as what a function calls.
                kept.extend_from_slice(attribute);
                at = end;
            }
            continue;
        }
        kept.push(tokens[at].clone());
        at += 1;
    }
    kept
}

/// Past the `;` or the braces of an item, attributes included.
fn end_of_item(tokens: &[String], from: usize) -> usize {
    let mut at = from;
    while at < tokens.len() {
        match tokens[at].as_str() {
            "{" => return closing(tokens, at) + 1,
            "(" | "[" => at = closing(tokens, at) + 1,
            ";" | "," => return at + 1,
            "}" => return at,
            _ => at += 1,
        }
    }
    at
}

#[test]
fn texts_comments_and_tests_are_left_out() {
    let source = "/* a /* b */ c */ use x::y; // z\nfn f<'a>(c: &'a str) { g(\"crate::h\", '\"', r#\"crate::\"i\"#) }\n#[cfg(test)]\nmod tests { fn k() {} }\nfn last() {}";
    let words: Vec<String> = tokens(source)
        .into_iter()
        .filter(|t| t.starts_with(char::is_alphabetic))
        .collect();
    assert_eq!(
        words,
        [
            "use", "x", "y", "fn", "f", "a", "c", "a", "str", "g", "fn", "last"
        ]
    );
}
