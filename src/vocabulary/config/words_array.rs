//! A list of words of a TOML file, changed word by word: those that stay keep their place, their line and the comment
//! beside them (which the file holds before the word that follows).

use toml_edit::{Array, Value};

/// Takes away the words that are not wanted, and puts those that lack at the end.
pub(super) fn set_words(array: &mut Array, wanted: &[String]) {
    let next_line = line_start(array);
    let held: Vec<Value> = array.iter().cloned().collect();
    let mut left = String::new();
    let mut is_left = false;
    array.clear();
    for mut value in held {
        let keeps = value
            .as_str()
            .is_some_and(|w| wanted.iter().any(|x| x == w));
        if !keeps {
            if !is_left {
                left = before(&value);
            }
            is_left = true;
            continue;
        }
        if is_left {
            value.decor_mut().set_prefix(left.clone());
            is_left = false;
        }
        array.push_formatted(value);
    }
    let trailing = array.trailing().as_str().unwrap_or("").to_owned();
    if trailing.contains('#') {
        if !is_left {
            left = format!("{}{next_line}", trailing.trim_end());
            is_left = true;
        }
        array.set_trailing("\n");
    }
    for word in wanted {
        if array.iter().any(|held| held.as_str() == Some(word)) {
            continue;
        }
        let prefix = match (is_left, array.is_empty()) {
            (true, _) => std::mem::take(&mut left),
            (false, true) => String::new(),
            (false, false) => next_line.clone(),
        };
        is_left = false;
        let mut value = Value::from(word.as_str());
        value.decor_mut().set_prefix(prefix);
        array.push_formatted(value);
    }
    if is_left && left.contains('#') {
        array.set_trailing(left.trim_end_matches([' ', '\t']));
    }
}

/// The words of a list, when it holds nothing else.
pub(super) fn words_of(array: &Array) -> Option<Vec<&str>> {
    array.iter().map(Value::as_str).collect()
}

fn before(value: &Value) -> String {
    let prefix = value.decor().prefix().and_then(|p| p.as_str());
    prefix.unwrap_or_default().to_owned()
}

/// What stands between two words: a space, or a line and its indent.
fn line_start(array: &Array) -> String {
    let prefixes = array.iter().map(before);
    let lines = prefixes.filter_map(|p| p.rfind('\n').map(|at| p[at..].to_owned()));
    lines.last().unwrap_or_else(|| " ".to_owned())
}

#[cfg(test)]
mod tests {
    use super::set_words;
    use toml_edit::DocumentMut;

    fn changed(list: &str, words: &[&str]) -> String {
        let mut document: DocumentMut = format!("a = {list}").parse().expect("toml");
        let words: Vec<String> = words.iter().map(|w| (*w).to_owned()).collect();
        let array = document["a"].as_array_mut().expect("a list");
        set_words(array, &words);
        let text = document.to_string();
        text.parse::<DocumentMut>().expect("still toml");
        text["a = ".len()..].trim_end().to_owned()
    }

    #[test]
    fn comments_stay_beside_the_words_that_stay() {
        let list = "[\n  \"A\", # un\n  \"B\", # deux\n  \"C\", # trois\n]";
        assert_eq!(changed(list, &["A", "B", "C"]), list);
        assert_eq!(
            changed(list, &["A", "C"]),
            "[\n  \"A\", # un\n  \"C\", # trois\n]"
        );
        assert_eq!(
            changed(list, &["A", "B", "C", "D"]),
            "[\n  \"A\", # un\n  \"B\", # deux\n  \"C\", # trois\n  \"D\",\n]"
        );
        assert_eq!(
            changed(list, &["A", "D", "E"]),
            "[\n  \"A\", # un\n  \"D\",\n  \"E\",\n]"
        );
        assert_eq!(changed(list, &["A"]), "[\n  \"A\", # un\n]");
        assert_eq!(changed("[\"A\", \"B\"]", &["B", "C"]), "[\"B\", \"C\"]");
        assert_eq!(
            changed("[\"A\"]", &["A", "C", "D"]),
            "[\"A\", \"C\", \"D\"]"
        );
        assert_eq!(changed("[]", &["A", "B"]), "[\"A\", \"B\"]");
    }
}
