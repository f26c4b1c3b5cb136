//! A change written into `grids/local.toml`: the entry that is meant changes, a new one goes under those of its table, and
//! everything else stays to the byte, comments typed by hand included.

use toml_edit::{Array, ArrayOfTables, DocumentMut, Item, Table, value};

use super::layer_file::LOCAL_FILE;
use crate::base::day::Day;
use crate::base::error::{Error, Result};
use crate::vocabulary::referentiel::local_tables::{
    AdditionEntry, AsideEntry, RewordingEntry, TargetEntry,
};

/// What is asked to change.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum LayerEdit {
    /// A target; that of the same day is replaced.
    Target(TargetEntry),
    /// A critère put aside.
    Aside(AsideEntry),
    /// It applies again.
    Back {
        /// Its code.
        critere: String,
        /// From this day.
        day: Day,
    },
    /// A sentence; that of the same day is replaced.
    Rewording(RewordingEntry),
    /// An élément added.
    Addition(AdditionEntry),
    /// An élément of the territory's own that is asked no more.
    Retired {
        /// Its code.
        element: String,
        /// From this day.
        day: Day,
    },
}

/// A layer that says nothing yet: what a new one begins with.
pub(crate) const BLANK_LAYER: &str = include_str!("../../../../data/init/local.toml");

/// The text of a layer once changed; an empty one is begun.
///
/// # Errors
///
/// A text that is no TOML; an entry that is not there to be taken back.
pub(crate) fn edited(text: &str, edits: &[LayerEdit]) -> Result<String> {
    let is_new = text.trim().is_empty();
    let begun = if is_new { BLANK_LAYER } else { text };
    let mut document: DocumentMut = begun
        .parse()
        .map_err(|e| Error::Config(format!("{LOCAL_FILE} : {e}")))?;
    // What a file of comments alone says stands before the first entry.
    let head = if document.is_empty() {
        document = DocumentMut::new();
        format!("{}\n", begun.trim_end())
    } else {
        String::new()
    };
    for edit in edits {
        apply(&mut document, edit)?;
    }
    let written = head + &document.to_string();
    // As the file was: an editor of Windows ends its lines so.
    if text.contains("\r\n") {
        return Ok(written.replace("\r\n", "\n").replace('\n', "\r\n"));
    }
    Ok(written)
}

fn apply(document: &mut DocumentMut, edit: &LayerEdit) -> Result<()> {
    match edit {
        LayerEdit::Target(target) => {
            let day = target.decision.to_string();
            let same = [("code", target.code.as_str()), ("decision", day.as_str())];
            let entry = entry(document, "cibles", &same)?;
            set(entry, "cible", value(target.cible));
            text(entry, "instance", &target.instance);
        }
        LayerEdit::Aside(aside) => {
            let day = aside.decision.to_string();
            let same = [
                ("critere", aside.critere.as_str()),
                ("decision", day.as_str()),
            ];
            let entry = entry(document, "sans_objet", &same)?;
            set(entry, "motif", value(&aside.motif));
            text(entry, "regle", &aside.regle);
            text(entry, "instance", &aside.instance);
            entry.remove("retire");
        }
        LayerEdit::Back { critere, day } => {
            retire(document, "sans_objet", "critere", critere, *day)?;
        }
        LayerEdit::Rewording(said) => {
            let day = said.depuis.to_string();
            let same = [("element", said.element.as_str()), ("depuis", day.as_str())];
            let entry = entry(document, "reformulations", &same)?;
            set(entry, "phrase", value(&said.phrase));
        }
        LayerEdit::Addition(added) => addition(document, added)?,
        LayerEdit::Retired { element, day } => {
            retire(document, "ajouts", "code", element, *day)?;
        }
    }
    Ok(())
}

fn addition(document: &mut DocumentMut, added: &AdditionEntry) -> Result<()> {
    let entry = entry(document, "ajouts", &[("code", added.code.as_str())])?;
    set(entry, "critere", value(&added.critere));
    set(entry, "source", value(added.source.as_str()));
    set(entry, "echelle", value(&added.echelle));
    set(entry, "phrase", value(&added.phrase));
    set(entry, "depuis", value(added.depuis.to_string()));
    let words = |words: Vec<&str>| value(words.into_iter().collect::<Array>());
    if let Some(types) = &added.types {
        set(
            entry,
            "types",
            words(types.iter().map(|t| t.as_str()).collect()),
        );
    }
    if !added.moments.is_empty() {
        let moments = added.moments.iter().map(|m| m.as_str());
        set(entry, "moments", words(moments.collect()));
    }
    // One counts as the others: said only when it does not.
    if added.poids.total_cmp(&1.0).is_ne() {
        set(entry, "poids", value(added.poids));
    }
    if let Some(anchors) = &added.ancres {
        set(
            entry,
            "ancres",
            words(anchors.iter().map(String::as_str).collect()),
        );
    }
    if let Some(ages) = added.ages {
        set(entry, "ages", value(ages.as_str()));
    }
    Ok(())
}

/// The last entry of a code that is not over is so from a day on.
fn retire(document: &mut DocumentMut, table: &str, key: &str, code: &str, day: Day) -> Result<()> {
    let entries = tables(document, table)?.iter_mut();
    let open = entries.filter(|e| has(e, key, code) && !e.contains_key("retire"));
    let Some(entry) = open.last() else {
        return Err(Error::Usage(format!(
            "« {code} » ne figure pas dans {LOCAL_FILE} ({table}) : il n’y a rien à retirer."
        )));
    };
    set(entry, "retire", value(day.to_string()));
    Ok(())
}

/// The entry that has these values, else a new one that has them.
fn entry<'d>(
    document: &'d mut DocumentMut,
    table: &str,
    same: &[(&str, &str)],
) -> Result<&'d mut Table> {
    let entries = tables(document, table)?;
    let is_same = |entry: &Table| same.iter().all(|(key, said)| has(entry, key, said));
    let found = entries.iter().position(is_same);
    let rank = found.unwrap_or(entries.len());
    if found.is_none() {
        let mut new = Table::new();
        for (key, said) in same {
            new.insert(key, value(*said));
        }
        new.decor_mut().set_prefix("\n");
        entries.push(new);
    }
    entries
        .get_mut(rank)
        .ok_or_else(|| Error::Config(format!("{LOCAL_FILE} : « {table} » ne se modifie pas.")))
}

fn tables<'d>(document: &'d mut DocumentMut, table: &str) -> Result<&'d mut ArrayOfTables> {
    let item = document
        .entry(table)
        .or_insert_with(|| Item::ArrayOfTables(ArrayOfTables::new()));
    // `cibles = [{ … }]` says the same as `[[cibles]]`, where entries can be added.
    if let Some(array) = item.as_value().and_then(toml_edit::Value::as_array)
        && array.iter().all(toml_edit::Value::is_inline_table)
        && let Ok(read) = std::mem::take(item).into_array_of_tables()
    {
        *item = Item::ArrayOfTables(read);
    }
    item.as_array_of_tables_mut().ok_or_else(|| {
        Error::Config(format!(
            "{LOCAL_FILE} : « {table} » s’écrit « [[{table}]] », une fois par entrée."
        ))
    })
}

fn has(entry: &Table, key: &str, said: &str) -> bool {
    entry.get(key).and_then(Item::as_str) == Some(said)
}

/// Changes a key; what was written around its value stays.
fn set(entry: &mut Table, key: &str, new: Item) {
    let decor = entry
        .get(key)
        .and_then(Item::as_value)
        .map(|v| v.decor().clone());
    let mut new = new;
    if let (Some(decor), Some(value)) = (decor, new.as_value_mut()) {
        *value.decor_mut() = decor;
    }
    entry.insert(key, new);
}

/// Changes a key, or removes it when there is nothing to say.
fn text(entry: &mut Table, key: &str, said: &str) {
    if said.is_empty() {
        entry.remove(key);
    } else {
        set(entry, key, value(said));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::day::on;
    use crate::vocabulary::referentiel::local::LocalLayer;

    fn target(code: &str, cible: f64, day: &str) -> LayerEdit {
        LayerEdit::Target(TargetEntry {
            code: code.to_owned(),
            cible,
            decision: on(day),
            instance: "COPIL".to_owned(),
        })
    }

    #[test]
    fn what_was_typed_by_hand_stays_around_what_changes() {
        let written = "# À nous.\r\n\r\n# Voir le compte rendu.\r\n[[cibles]]\r\ncode = \"REL-2\"\r\ncible = 3.2 # prudente\r\ndecision = \"2026-03-12\"\r\n\r\n# Fin.\r\n";
        let edits = [
            target("REL-2", 3.4, "2026-03-12"),
            target("REL-3", 3.0, "2026-03-12"),
        ];
        let new = edited(written, &edits).expect("edited");
        for kept in [
            "# À nous.\r\n",
            "# Voir le compte rendu.\r\n",
            "cible = 3.4 # prudente\r\n",
            "# Fin.",
        ] {
            assert!(new.contains(kept), "{kept}\n{new}");
        }
        let read = LocalLayer::parse(&new).expect("a layer").tables;
        assert_eq!(read.cibles.len(), 2);
        assert_eq!(read.cibles[0].instance, "COPIL");
        assert_eq!(edited(&new, &edits).expect("again"), new);
    }

    #[test]
    fn the_shipped_layer_says_nothing_and_takes_entries() {
        assert!(
            LocalLayer::parse(BLANK_LAYER)
                .expect("a layer")
                .tables
                .is_empty()
        );
        let new = edited("", &[target("REL", 3.4, "2026-03-12")]).expect("edited");
        assert!(new.starts_with(BLANK_LAYER.trim_end()), "{new}");
        assert_eq!(
            LocalLayer::parse(&new)
                .expect("a layer")
                .tables
                .cibles
                .len(),
            1
        );
        let back = LayerEdit::Back {
            critere: "ENV-2".to_owned(),
            day: on("2026-09-01"),
        };
        assert!(edited(&new, &[back]).is_err());
    }
}
