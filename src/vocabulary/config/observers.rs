//! `data/observateurs.csv`: who is behind the code of an observer (`code;noms`, names and initials
//! separated by « ; »). It stays on the machine: read to recognise what hand-made grids write, never
//! exported, never printed in a report, and what a purge forgets leaves it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::list_cell::ListCell;
use crate::base::error::{Error, Result};
use crate::base::files::write_atomic;
use crate::base::sheets::open;
use crate::base::text::fold;

/// The file, within the folder.
pub(crate) const OBSERVERS_FILE: &str = "data/observateurs.csv";
const NAMES: &str = "noms";
const EMPTY: &str = "\u{feff}code;noms\r\n";

/// Observers' codes by the names that people write.
#[derive(Debug, Clone, Default)]
pub struct KnownObservers {
    /// Code → its names, as written.
    lines: BTreeMap<String, Vec<String>>,
}

/// Who is behind what a grid writes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum ObserverFound {
    /// One observer.
    One(String),
    /// Several have this name or these initials.
    Several(Vec<String>),
    /// Nobody; those who may be meant.
    Nobody(Vec<String>),
}

/// Whether a text is a code: O1, OBS12.
pub(crate) fn is_observer_code(text: &str) -> bool {
    let digits = text.trim_start_matches(|c: char| c.is_ascii_alphabetic());
    let letters = text.len() - digits.len();
    (1..=4).contains(&letters)
        && (1..=4).contains(&digits.len())
        && digits.chars().all(|c| c.is_ascii_digit())
}

/// A name whatever its order, its dots and its case: « M. D. », « md »; « DUPONT Marie », « Marie Dupont ».
pub(crate) fn observer_key(name: &str) -> String {
    let folded = fold(name);
    let mut words: Vec<String> = Vec::new();
    let mut is_after_letter = false;
    for word in folded.split(|c: char| !c.is_alphanumeric()) {
        let is_letter = word.chars().count() == 1;
        match words.last_mut() {
            Some(last) if is_letter && is_after_letter => last.push_str(word),
            _ if !word.is_empty() => words.push(word.to_owned()),
            _ => continue,
        }
        is_after_letter = is_letter;
    }
    words.sort_unstable();
    words.join(" ")
}

/// The letters of a name, in any order: « Marie Dupont » → « d », « m ».
fn initials(name: &str) -> Vec<char> {
    let folded = fold(name);
    let words: Vec<&str> = folded
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .collect();
    let mut letters: Vec<char> = match words[..] {
        [lone] if lone.chars().count() <= 3 => lone.chars().collect(),
        _ => words.iter().filter_map(|w| w.chars().next()).collect(),
    };
    letters.sort_unstable();
    letters
}

impl KnownObservers {
    /// Reads the file of a folder; nobody when there is none.
    ///
    /// # Errors
    ///
    /// [`Error::Config`] with every line that is wrong.
    pub(super) fn read(root: &Path) -> Result<Self> {
        let path = path_in(root);
        if !path.is_file() {
            return Ok(Self::default());
        }
        let bytes = std::fs::read(&path).map_err(Error::io(&path, "lecture"))?;
        Self::parse(&bytes)
    }

    fn parse(bytes: &[u8]) -> Result<Self> {
        let opened = open(Path::new("observateurs.csv"), bytes);
        let opened = opened.map_err(|d| Error::Config(d.to_string()))?;
        let mut observers = Self::default();
        let Some(sheet) = opened.value.sheets.iter().find(|s| !s.rows.is_empty()) else {
            return Ok(observers);
        };
        let header = &sheet.rows[0];
        let column = |name: &str| {
            let mut cells = header.cells.iter();
            cells.find(|c| fold(&c.value.text()) == name).map(|c| c.col)
        };
        // A list that nobody gave headings: codes, then names.
        let is_headed = column("code").is_some();
        let code_at = column("code").unwrap_or(0);
        let named = [column(NAMES), column("nom")];
        let last = header.cells.iter().map(|c| c.col).max().unwrap_or(0);
        // Names that nobody quoted go on in the cells that follow the last column.
        let goes_on = named.contains(&Some(last));
        let is_name = |col: u32| {
            if is_headed {
                named.contains(&Some(col)) || (goes_on && col > last)
            } else {
                col > code_at
            }
        };
        let mut problems = Vec::new();
        for row in sheet.rows.iter().skip(usize::from(is_headed)) {
            let code = sheet.text(row.index, code_at).to_ascii_uppercase();
            let line = row.index + 1;
            if !is_observer_code(&code) {
                problems.push(format!(
                    "{OBSERVERS_FILE}, ligne {line} : le code d’un observateur s’écrit comme O1."
                ));
                continue;
            }
            let cells = row.cells.iter();
            let cells = cells.filter(|c| c.col != code_at && is_name(c.col));
            let texts: Vec<String> = cells.map(|c| c.value.text()).collect();
            let names = texts.iter().flat_map(|t| t.split(';')).map(str::trim);
            let names = names.filter(|n| !n.is_empty()).map(str::to_owned);
            observers.lines.entry(code).or_default().extend(names);
        }
        if problems.is_empty() {
            Ok(observers)
        } else {
            Err(Error::Config(problems.join("\n")))
        }
    }

    /// Who is behind a name or initials; never a guess.
    pub(crate) fn find(&self, written: &str) -> ObserverFound {
        let wanted = observer_key(written);
        let of = |fits: &dyn Fn(&str) -> bool| -> Vec<String> {
            let lines = self.lines.iter();
            let fitting = lines.filter(|line| line.1.iter().any(|name| fits(name)));
            fitting.map(|line| line.0.clone()).collect()
        };
        let mut named = of(&|name| observer_key(name) == wanted);
        match named.len() {
            1 => ObserverFound::One(named.remove(0)),
            0 => {
                let letters = initials(written);
                let words: BTreeSet<&str> = wanted.split(' ').collect();
                ObserverFound::Nobody(of(&|name| {
                    let own = observer_key(name);
                    let own: BTreeSet<&str> = own.split(' ').collect();
                    let shares = words.is_subset(&own) || own.is_subset(&words);
                    shares || (letters.len() > 1 && initials(name) == letters)
                }))
            }
            _ => ObserverFound::Several(named),
        }
    }

    /// Codes that the file names.
    pub(crate) fn codes(&self) -> impl Iterator<Item = &str> {
        self.lines.keys().map(String::as_str)
    }
}

fn path_in(root: &Path) -> PathBuf {
    root.join("data").join("observateurs.csv")
}

/// Writes who is behind a code; every other line stays as it is.
///
/// # Errors
///
/// A file that is no text, or that cannot be written.
pub(crate) fn learn_observer(root: &Path, code: &str, name: &str) -> Result<()> {
    let path = path_in(root);
    let bytes = if path.is_file() {
        std::fs::read(&path).map_err(Error::io(&path, "lecture"))?
    } else {
        EMPTY.as_bytes().to_vec()
    };
    let edit = ListCell {
        path: &path,
        code,
        column: NAMES,
        name,
        adds_line: true,
    };
    let added = edit.add_to(&bytes)?;
    KnownObservers::parse(&added.bytes)?;
    write_atomic(&path, &added.bytes)
}

/// Takes out the lines of some codes; the file leaves with the last of them.
///
/// # Errors
///
/// A file that cannot be read or written.
pub(crate) fn forget_observers(root: &Path, codes: &BTreeSet<String>) -> Result<usize> {
    let known = KnownObservers::read(root)?;
    let gone = known.codes().filter(|code| codes.contains(*code)).count();
    if gone == 0 {
        return Ok(0);
    }
    let path = path_in(root);
    let mut text = EMPTY.to_owned();
    let mut left = 0;
    for (code, names) in known.lines.iter().filter(|line| !codes.contains(line.0)) {
        let names = names.join(" ; ").replace('"', "\"\"");
        text.extend([code, ";\"", &names, "\"\r\n"]);
        left += 1;
    }
    if left == 0 {
        std::fs::remove_file(&path).map_err(Error::io(&path, "suppression"))?;
    } else {
        write_atomic(&path, text.as_bytes())?;
    }
    Ok(gone)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known() -> KnownObservers {
        let text = "code;noms\r\nO1;Marie Dupont;MD\r\nO2;\"Jean Brun ; J.B.\"\r\nO3;Jeanne Blanc ; JB\r\n";
        KnownObservers::parse(text.as_bytes()).expect("observers")
    }

    #[test]
    fn names_and_initials_lead_to_a_code() {
        let one = |code: &str| ObserverFound::One(code.to_owned());
        for written in ["Marie Dupont", "DUPONT Marie", "M.D.", "m d", "MD"] {
            assert_eq!(known().find(written), one("O1"), "{written}");
        }
        assert_eq!(known().find("Jean-Brun"), one("O2"));
        let both = ["O2".to_owned(), "O3".to_owned()];
        assert_eq!(known().find("jb"), ObserverFound::Several(both.to_vec()));
        // Proposed, never taken.
        let nobody =
            |codes: &[&str]| ObserverFound::Nobody(codes.iter().map(|c| (*c).to_owned()).collect());
        assert_eq!(known().find("Marie"), nobody(&["O1"]));
        assert_eq!(
            known().find("Denis Martin"),
            nobody(&["O1"]),
            "same initials"
        );
        assert_eq!(known().find("Paul"), nobody(&[]));
    }

    #[test]
    fn who_is_learnt_is_known_and_who_is_forgotten_leaves() {
        let folder = tempfile::tempdir().expect("a folder");
        let root = folder.path();
        std::fs::create_dir(root.join("data")).expect("made");
        learn_observer(root, "O1", "Élise D.").expect("written");
        learn_observer(root, "O2", "PB").expect("written");
        learn_observer(root, "O1", "ED").expect("written");
        let found = |name: &str| KnownObservers::read(root).expect("read").find(name);
        assert_eq!(found("elise d"), ObserverFound::One("O1".to_owned()));
        assert_eq!(found("E.D."), ObserverFound::One("O1".to_owned()));
        let codes = |list: &[&str]| list.iter().map(|c| (*c).to_owned()).collect();
        assert_eq!(
            forget_observers(root, &codes(&["O1", "O9"])).expect("written"),
            1
        );
        assert_eq!(found("ED"), ObserverFound::Nobody(Vec::new()));
        assert_eq!(found("pb"), ObserverFound::One("O2".to_owned()));
        assert_eq!(forget_observers(root, &codes(&["O2"])).expect("written"), 1);
        assert!(!path_in(root).exists());
    }

    #[test]
    fn a_list_without_headings_is_read() {
        let list = KnownObservers::parse(b"O1;Anne\nO2;Paul\n").expect("observers");
        assert_eq!(list.find("paul"), ObserverFound::One("O2".to_owned()));
    }

    #[test]
    fn a_line_without_a_code_is_said() {
        let refused = KnownObservers::parse(b"code;noms\nMarie;MD\n").expect_err("refused");
        assert!(refused.to_string().contains("ligne 2"));
    }
}
