//! A list of texts of a TOML file, written anew from the lines of a form: what stays keeps its writing and the comment
//! beside it, in whatever order.

use toml_edit::{Array, Value};

/// An entry with what stands around it.
struct ListEntry {
    /// The line and its indent, comments above included; empty for the first of a line.
    before: String,
    value: Value,
    /// Comment on its line.
    beside: String,
}

/// The list once it holds these, and those only, in this order; entries are matched by `shown`.
pub(super) fn list_of(
    held: Option<Array>,
    wanted: &[String],
    shown: &dyn Fn(&Value) -> String,
) -> String {
    let held = held.unwrap_or_default();
    let end = closing(&held);
    let last_line = end.find('\n').map_or("", |at| &end[at..]);
    let mut old = entries(&held);
    let indent = old
        .iter()
        .map(|e| e.before.as_str())
        .find(|b| b.contains('\n'));
    let indent = indent.map(|b| b[b.rfind('\n').unwrap_or(0)..].to_owned());
    let has_comma = held.trailing_comma();
    let mut array = Array::new();
    let mut beside = String::new();
    for text in wanted {
        let kept = old.iter().position(|e| shown(&e.value) == *text);
        let entry = kept.map_or_else(
            || ListEntry {
                before: String::new(),
                value: Value::from(text.as_str()),
                beside: String::new(),
            },
            |at| old.remove(at),
        );
        let mut before = entry.before;
        if !before.contains('\n') {
            before = match &indent {
                Some(line) => line.clone(),
                None if array.is_empty() => String::new(),
                None => " ".to_owned(),
            };
        }
        let mut value = entry.value;
        value.decor_mut().set_prefix(format!("{beside}{before}"));
        beside = entry.beside;
        array.push_formatted(value);
    }
    if array.is_empty() && beside.is_empty() {
        return "[]".to_owned();
    }
    array.set_trailing_comma(has_comma || beside.contains('#'));
    let end = if beside.contains('#') && !last_line.contains('\n') {
        "\n"
    } else {
        ""
    };
    array.set_trailing(format!("{beside}{last_line}{end}"));
    array.decor_mut().clear();
    Value::Array(array).to_string().trim().to_owned()
}

/// What stands before the bracket that closes; after a comma it is the list's own, else the last entry's.
fn closing(array: &Array) -> String {
    let last = array.iter().last().filter(|_| !array.trailing_comma());
    let own = last
        .and_then(|value| value.decor().suffix())
        .unwrap_or(array.trailing());
    own.as_str().unwrap_or("").to_owned()
}

fn entries(array: &Array) -> Vec<ListEntry> {
    let mut all: Vec<ListEntry> = Vec::new();
    for value in array {
        let prefix = value
            .decor()
            .prefix()
            .and_then(|p| p.as_str())
            .unwrap_or("");
        // What stands before the first is about the whole list.
        let cut = if all.is_empty() {
            0
        } else {
            prefix.find('\n').unwrap_or(0)
        };
        let (beside, before) = prefix.split_at(cut);
        if let Some(last) = all.last_mut() {
            beside.clone_into(&mut last.beside);
        }
        let (before, beside) = (before.to_owned(), String::new());
        all.push(ListEntry {
            before,
            value: value.clone(),
            beside,
        });
    }
    let end = closing(array);
    if let Some(last) = all.last_mut() {
        end[..end.find('\n').unwrap_or(0)].clone_into(&mut last.beside);
        if !array.trailing_comma() {
            last.value.decor_mut().set_suffix("");
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn changed(list: &str, wanted: &[&str]) -> String {
        let held: Value = list.parse().expect("toml");
        let wanted: Vec<String> = wanted.iter().map(|w| (*w).to_owned()).collect();
        let shown = |v: &Value| v.as_str().unwrap_or_default().to_owned();
        let new = list_of(held.as_array().cloned(), &wanted, &shown);
        let read: Value = new.parse().expect("still toml");
        let read: Vec<String> = read.as_array().expect("a list").iter().map(shown).collect();
        assert_eq!(read, wanted, "{new}");
        new
    }

    #[test]
    fn comments_go_with_their_entries_and_the_order_is_that_of_the_form() {
        let list = "[\n  \"A\", # un\n  # sur deux\n  'B', # deux\n  \"C\"\n]";
        assert_eq!(changed(list, &["A", "B", "C"]), list);
        assert_eq!(
            changed(list, &["B", "A"]),
            "[\n  # sur deux\n  'B', # deux\n  \"A\", # un\n]"
        );
        assert_eq!(changed(list, &["C", "D"]), "[\n  \"C\",\n  \"D\"\n]");
        assert_eq!(
            changed("[\"A\", \"B\"]", &["B", "A", "D"]),
            "[\"B\", \"A\", \"D\"]"
        );
        assert_eq!(
            changed("[]", &["L’un", "\"deux\""]),
            "[\"L’un\", '\"deux\"']"
        );
        assert_eq!(changed("[\"A\"]", &[]), "[]");
        assert_eq!(
            changed("[\"A\", \"A\"]", &["A", "A", "A"]),
            "[\"A\", \"A\", \"A\"]"
        );
    }
}
