//! The text of the settings, changed key by key: what is meant changes, everything else stays to the byte, comments
//! typed by hand included. Whether it can be read is for [`super::Observatory::with_settings`] to say.

use toml_edit::{Array, ArrayOfTables, DocumentMut, InlineTable, Item, Table, TableLike, Value};

use super::settings::SETTINGS_FILE;
use super::settings_change::{SettingsChange, SettingsLine, SettingsPlace, SettingsValue};
use super::untouched_lines::with_lines_of;
use super::words_array::{set_words, words_of};
use crate::base::error::{Error, Result};

/// The text of the settings once changed.
///
/// # Errors
///
/// A text that is no TOML; an entry that is not there; a table written in a way that cannot be changed.
pub(crate) fn changed_settings(text: &str, changes: &[SettingsChange]) -> Result<String> {
    let mut document: DocumentMut = (text.replace("\r\n", "\n").parse())
        .map_err(|e| Error::Config(format!("{SETTINGS_FILE} : {e}")))?;
    for change in changes {
        apply(&mut document, change)?;
    }
    Ok(with_lines_of(text, &document.to_string()))
}

fn apply(document: &mut DocumentMut, change: &SettingsChange) -> Result<()> {
    match change {
        SettingsChange::Set { place, key, value } => {
            if *place == SettingsPlace::Top && !document.contains_key(key) {
                put_first(document, key, value);
                return Ok(());
            }
            set(at(document, place)?, key, value);
        }
        SettingsChange::Remove { place, key } => {
            if let Some(table) = found(document.as_table_mut(), place)? {
                table.remove(key);
            }
        }
        SettingsChange::Add { table, keys } => add(document, table, keys)?,
        SettingsChange::Drop { table, key, is } => {
            let rank = rank_of(document, table, key, is)?;
            match document.get_mut(table) {
                Some(Item::ArrayOfTables(all)) => {
                    all.remove(rank);
                }
                Some(Item::Value(Value::Array(all))) => {
                    all.remove(rank);
                }
                _ => return Err(odd(table)),
            }
        }
    }
    Ok(())
}

/// A key of the file itself stands before its tables, under the comment that heads the file.
fn put_first(document: &mut DocumentMut, key: &str, said: &SettingsValue) {
    let is_first = document.iter().all(|(_, item)| !item.is_value());
    document.insert(key, Item::Value(value_of(said)));
    let Some(head) = first_table(document).filter(|_| is_first) else {
        return;
    };
    let prefix = head.decor().prefix().and_then(|p| p.as_str());
    let prefix = prefix.unwrap_or_default().to_owned();
    let (above, below) = match prefix.rfind("\n\n") {
        Some(at) => prefix.split_at(at + 2),
        None => ("", prefix.as_str()),
    };
    head.decor_mut()
        .set_prefix(format!("\n{}", below.trim_start_matches('\n')));
    if let Some(mut written) = document.key_mut(key) {
        written.leaf_decor_mut().set_prefix(above.to_owned());
    }
}

/// The table that the file begins with.
fn first_table(document: &mut DocumentMut) -> Option<&mut Table> {
    let tables = document.iter_mut().filter_map(|(_, item)| match item {
        Item::Table(table) if !table.is_implicit() && !table.is_dotted() => Some(table),
        Item::ArrayOfTables(all) => all.get_mut(0),
        _ => None,
    });
    tables.min_by_key(|table| table.position())
}

/// Where a key is to be written; a table that lacks is made.
fn at<'d>(document: &'d mut DocumentMut, place: &SettingsPlace) -> Result<&'d mut dyn TableLike> {
    if let SettingsPlace::Table(path) = place {
        let mut table: &mut dyn TableLike = document.as_table_mut();
        for (depth, name) in path.iter().enumerate() {
            let is_last = depth + 1 == path.len();
            if !table.contains_key(name) {
                let mut new = Table::new();
                new.set_implicit(!is_last);
                if is_last {
                    new.decor_mut().set_prefix("\n");
                }
                table.insert(name, Item::Table(new));
            }
            let item = table.get_mut(name).ok_or_else(|| odd(name))?;
            table = item.as_table_like_mut().ok_or_else(|| odd(name))?;
        }
        return Ok(table);
    }
    found(document.as_table_mut(), place)?.ok_or_else(|| odd("campagnes"))
}

/// Where a key stands; none when its table is not there.
fn found<'d>(top: &'d mut Table, place: &SettingsPlace) -> Result<Option<&'d mut dyn TableLike>> {
    match place {
        SettingsPlace::Top => Ok(Some(top)),
        SettingsPlace::Table(path) => {
            let mut table: &mut dyn TableLike = top;
            for name in path {
                let Some(item) = table.get_mut(name) else {
                    return Ok(None);
                };
                table = item.as_table_like_mut().ok_or_else(|| odd(name))?;
            }
            Ok(Some(table))
        }
        SettingsPlace::Entry { table, key, is } => {
            let rank = rank_of(top, table, key, is)?;
            let entry: Option<&mut dyn TableLike> = match top.get_mut(table) {
                Some(Item::ArrayOfTables(all)) => all.get_mut(rank).map(|t| t as _),
                Some(Item::Value(Value::Array(all))) => {
                    let entry = all.get_mut(rank).and_then(Value::as_inline_table_mut);
                    entry.map(|t| t as _)
                }
                _ => None,
            };
            entry.map(Some).ok_or_else(|| odd(table))
        }
    }
}

/// Which entry of a table is meant.
fn rank_of(top: &Table, table: &str, key: &str, is: &str) -> Result<usize> {
    let rank = match top.get(table) {
        Some(Item::ArrayOfTables(all)) => {
            let mut all = all.iter();
            all.position(|t| t.get(key).and_then(Item::as_str) == Some(is))
        }
        Some(Item::Value(Value::Array(all))) => all.iter().position(|v| {
            let entry = v.as_inline_table();
            entry.and_then(|t| t.get(key)).and_then(Value::as_str) == Some(is)
        }),
        _ => None,
    };
    rank.ok_or_else(|| {
        Error::Usage(format!(
            "« {is} » ne figure pas dans {SETTINGS_FILE} ({table})."
        ))
    })
}

fn add(document: &mut DocumentMut, table: &str, keys: &[(String, SettingsValue)]) -> Result<()> {
    let new = || Item::ArrayOfTables(ArrayOfTables::new());
    match document.entry(table).or_insert_with(new) {
        Item::ArrayOfTables(all) => {
            let mut entry = Table::new();
            for (key, said) in keys {
                entry.insert(key, Item::Value(value_of(said)));
            }
            entry.decor_mut().set_prefix("\n");
            all.push(entry);
        }
        Item::Value(Value::Array(all)) => {
            let mut entry = InlineTable::new();
            for (key, said) in keys {
                entry.insert(key, value_of(said));
            }
            all.push(entry);
        }
        _ => return Err(odd(table)),
    }
    Ok(())
}

/// Changes a key; what was written around its value stays, and a value that says the same already is left.
fn set(table: &mut dyn TableLike, key: &str, said: &SettingsValue) {
    let held = table.get_mut(key).and_then(Item::as_value_mut);
    let Some(held) = held else {
        table.insert(key, Item::Value(value_of(said)));
        return;
    };
    if says(held, said) {
        return;
    }
    if let (Value::Array(array), SettingsValue::Words(words)) = (&mut *held, said)
        && words_of(array).is_some()
    {
        set_words(array, words);
        return;
    }
    let decor = held.decor().clone();
    *held = value_of(said);
    *held.decor_mut() = decor;
}

/// Whether a value says this already, however it is written.
fn says(held: &Value, said: &SettingsValue) -> bool {
    match said {
        SettingsValue::Text(text) => held.as_str() == Some(text),
        SettingsValue::Whole(number) => held.as_integer() == Some(*number),
        SettingsValue::Decimal(number) => {
            #[expect(clippy::cast_precision_loss, reason = "settings are small")]
            let whole = held.as_integer().map(|n| n as f64);
            let held = held.as_float().or(whole);
            held.is_some_and(|h| (h - number).abs() < f64::EPSILON)
        }
        SettingsValue::Words(words) => {
            let held = held.as_array().and_then(words_of);
            held.is_some_and(|held| held == *words)
        }
        SettingsValue::Lines(lines) => {
            let held = held.as_array();
            held.is_some_and(|held| {
                held.len() == lines.len()
                    && held
                        .iter()
                        .zip(lines)
                        .all(|(held, line)| says_line(held, line))
            })
        }
    }
}

fn value_of(said: &SettingsValue) -> Value {
    match said {
        SettingsValue::Text(text) => text.as_str().into(),
        SettingsValue::Whole(number) => (*number).into(),
        SettingsValue::Decimal(number) => (*number).into(),
        SettingsValue::Words(words) => {
            Value::Array(words.iter().map(String::as_str).collect::<Array>())
        }
        SettingsValue::Lines(lines) => lines_value(lines),
    }
}

/// Whether an entry within a list says this, and nothing else.
fn says_line(held: &Value, line: &SettingsLine) -> bool {
    held.as_inline_table().is_some_and(|held| {
        let same =
            |(key, said): &(&str, SettingsValue)| held.get(key).is_some_and(|h| says(h, said));
        held.len() == line.len() && line.iter().all(same)
    })
}

/// Entries, one a line.
fn lines_value(lines: &[SettingsLine]) -> Value {
    let mut array = Array::new();
    for line in lines {
        let keys = line.iter().map(|(key, said)| (*key, value_of(said)));
        let mut value = Value::InlineTable(keys.collect::<InlineTable>());
        value.decor_mut().set_prefix("\n  ");
        array.push_formatted(value);
    }
    if !lines.is_empty() {
        array.set_trailing_comma(true);
        array.set_trailing("\n");
    }
    Value::Array(array)
}

fn odd(table: &str) -> Error {
    Error::Config(format!(
        "{SETTINGS_FILE} : « {table} » est écrit d’une manière qui ne se change pas d’ici : changez-le dans le fichier."
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    const WRITTEN: &str = "# À nous.\r\n\r\n# Le territoire.\r\n[territoire]\nnom = \"Val\" # court\r\n\r\n[[campagnes]]\r\nid = \"C1\"\r\ncriteres = [\r\n  \"PRO-1\", # oui\r\n  \"REL-2\",\r\n]\r\n# Avant la fin.\r\n[plan]\r\nhaute_jours = 90\r\n# Fin.";

    fn set_in(place: SettingsPlace, key: &str, value: SettingsValue) -> SettingsChange {
        SettingsChange::Set {
            place,
            key: key.to_owned(),
            value,
        }
    }

    fn table(name: &str) -> SettingsPlace {
        SettingsPlace::Table(vec![name.to_owned()])
    }

    fn words(all: &[&str]) -> SettingsValue {
        SettingsValue::Words(all.iter().map(|w| (*w).to_owned()).collect())
    }

    #[test]
    fn all_but_what_is_meant_stays_to_the_byte() {
        let name = set_in(
            table("territoire"),
            "nom",
            SettingsValue::Text("Orme".to_owned()),
        );
        let new = changed_settings(WRITTEN, std::slice::from_ref(&name)).expect("changed");
        assert_eq!(new, WRITTEN.replace("\"Val\"", "\"Orme\""));
        assert_eq!(
            changed_settings(&new, std::slice::from_ref(&name)).expect("again"),
            new
        );
        let fewer = set_in(
            SettingsPlace::campaign("C1"),
            "criteres",
            words(&["PRO-1", "SEC-4"]),
        );
        let new = changed_settings(WRITTEN, &[fewer]).expect("changed");
        assert_eq!(new, WRITTEN.replace("REL-2", "SEC-4"));
    }

    #[test]
    fn a_list_of_entries_is_written_one_a_line() {
        let line = |insee: &str, population| {
            vec![
                ("insee", SettingsValue::Text(insee.to_owned())),
                ("population", SettingsValue::Whole(population)),
            ]
        };
        let lines = SettingsValue::Lines(vec![line("27006", 158), line("27011", 1207)]);
        let set = set_in(table("territoire"), "communes", lines);
        let new = changed_settings(WRITTEN, std::slice::from_ref(&set)).expect("changed");
        let entries = "communes = [\r\n  { insee = \"27006\", population = 158 },\r\n  { insee = \"27011\", population = 1207 },\r\n]\r\n";
        assert!(new.contains(entries), "{new}");
        assert_eq!(changed_settings(&new, &[set]).expect("again"), new);
    }

    #[test]
    fn what_lacks_is_made_where_it_belongs() {
        let changes = [
            set_in(
                SettingsPlace::Top,
                "conservation_mois",
                SettingsValue::Whole(24),
            ),
            set_in(
                SettingsPlace::Table(vec!["publics".to_owned(), "elus".to_owned()]),
                "marge_niveau",
                SettingsValue::Decimal(0.5),
            ),
            SettingsChange::Add {
                table: "campagnes".to_owned(),
                keys: vec![("id".to_owned(), SettingsValue::Text("C2".to_owned()))],
            },
            SettingsChange::Remove {
                place: table("plan"),
                key: "haute_jours".to_owned(),
            },
        ];
        let new = changed_settings(WRITTEN, &changes).expect("changed");
        let head =
            "# À nous.\r\n\r\nconservation_mois = 24\r\n\r\n# Le territoire.\r\n[territoire]";
        assert!(new.starts_with(head), "{new}");
        assert!(
            new.contains("]\r\n\r\n[[campagnes]]\r\nid = \"C2\"\r\n# Avant la fin.\r\n[plan]"),
            "{new}"
        );
        assert!(
            new.contains("[publics.elus]\r\nmarge_niveau = 0.5"),
            "{new}"
        );
        assert!(!new.contains("haute_jours"), "{new}");
        let gone = SettingsChange::Drop {
            table: "campagnes".to_owned(),
            key: "id".to_owned(),
            is: "C9".to_owned(),
        };
        assert!(changed_settings(WRITTEN, &[gone]).is_err());
    }

    #[test]
    fn tables_within_a_line_are_changed_there() {
        let inline = "territoire = { nom = \"Val\" }\ncampagnes = [{ id = \"C1\" }]\n";
        let changes = [
            set_in(
                SettingsPlace::campaign("C1"),
                "id",
                SettingsValue::Text("C2".to_owned()),
            ),
            set_in(
                table("territoire"),
                "courriel",
                SettingsValue::Text("a@b.fr".to_owned()),
            ),
        ];
        let new = changed_settings(inline, &changes).expect("changed");
        assert_eq!(
            new,
            "territoire = { nom = \"Val\" , courriel = \"a@b.fr\" }\ncampagnes = [{ id = \"C2\" }]\n"
        );
    }
}
