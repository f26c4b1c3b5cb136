//! Copies of the registry that a synchroniser left beside it, since two people had filled it in at once
//! (« structures-PC2.csv », « structures (1).csv », « … conflit … »): merged cell by cell. Of two texts,
//! the one that the registry held once gives way to the one that it never held; where both are new, what
//! it held stands, and a person is asked. No line leaves on the word of a copy.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::registry::Registry;
use super::registry_file::registry_file;
use super::registry_history::RegistryHistory;
use super::registry_lines::{RegistryLines, lines_of, registry_of};
use super::registry_reader::parse_registry;
use crate::base::diagnostics::{Code, Diagnostic, Location};
use crate::base::error::{Error, Result};
use crate::base::text::list;

/// Cells told of one copy; those beyond are counted.
const TOLD: usize = 12;

/// A registry, and what is to be said of its copies.
pub(super) struct MergedRegistry {
    pub(super) registry: Registry,
    pub(super) remarks: Vec<Diagnostic>,
}

/// Where what the registry held is kept.
pub(super) fn history_dir(root: &Path) -> PathBuf {
    root.join("data").join("reperes").join("registre")
}

/// The registry in the other format, beside the first.
const WORKBOOK: &str = "structures.xlsx";

/// Reads the registry of an observatory folder, and its copies.
pub(super) fn read_registry(root: &Path) -> Result<MergedRegistry> {
    let path = registry_file(root)?;
    let bytes = std::fs::read(&path).map_err(Error::io(&path, "lecture"))?;
    let registry = parse_registry(&path, &bytes)?;
    let other = other_registry(&path, &registry);
    let mut merged = merge_copies(&path, registry, &history_dir(root))?;
    merged.remarks.extend(other);
    Ok(merged)
}

/// What is to be said of a second registry, in the other format: only one of them is read, and a person
/// may be filling in the other.
fn other_registry(main: &Path, registry: &Registry) -> Option<Diagnostic> {
    let other = main.with_file_name(WORKBOOK);
    if other == main || !other.is_file() {
        return None;
    }
    let at = Location::file(&other.display().to_string());
    let own = lines_of(registry);
    let lines = match read_copy(&other) {
        Ok(lines) if lines == own => {
            let message = "ce classeur dit la même chose que structures.csv, et n’est pas lu.";
            return Some(Diagnostic::new(Code::RegistryTwin, at, message));
        }
        Ok(lines) => lines,
        Err(_) => RegistryLines::new(),
    };
    let codes: BTreeSet<&String> = own.keys().chain(lines.keys()).collect();
    let unlike = codes.into_iter().filter(|c| own.get(*c) != lines.get(*c));
    let unlike: Vec<String> = unlike.cloned().collect();
    let message = format!(
        "deux registres des accueils, et ils ne disent pas la même chose : structures.csv est lu, ce classeur ne l’est pas. Lignes qui diffèrent : {}.",
        counted(&unlike)
    );
    Some(Diagnostic::new(Code::RegistryTwice, at, message))
}

/// Merges what copies hold into the registry read from `main`; `history` is where what it held is kept.
///
/// # Errors
///
/// A folder that cannot be listed.
fn merge_copies(main: &Path, registry: Registry, history: &Path) -> Result<MergedRegistry> {
    let mut remarks = Vec::new();
    let mut copies = Vec::new();
    for path in copies_of(main)? {
        match read_copy(&path) {
            Ok(lines) => copies.push(RegistryCopy { path, lines }),
            Err(error) => {
                let why = error.to_string();
                let why = why.lines().next().unwrap_or_default();
                let message = format!("cette copie n’est pas lue ({why})");
                remarks.push(told(&path, &message));
            }
        }
    }
    if copies.is_empty() {
        return Ok(MergedRegistry { registry, remarks });
    }
    let merging = RegistryMerging {
        main: lines_of(&registry),
        history: &RegistryHistory::read(history)?,
        copies: &copies,
    };
    let merged = merging.run(main);
    for copy in &copies {
        remarks.push(merging.remark(copy, &merged.lines));
    }
    remarks.extend(merged.contested);
    Ok(MergedRegistry {
        registry: registry_of(main, &merged.lines, &registry)?,
        remarks,
    })
}

/// A copy, read.
struct RegistryCopy {
    path: PathBuf,
    lines: RegistryLines,
}

fn read_copy(path: &Path) -> Result<RegistryLines> {
    let bytes = std::fs::read(path).map_err(Error::io(path, "lecture"))?;
    Ok(lines_of(&parse_registry(path, &bytes)?))
}

fn told(path: &Path, message: &str) -> Diagnostic {
    let at = Location::file(&path.display().to_string());
    Diagnostic::new(Code::RegistryCopied, at, format!("{message}."))
}

/// Files beside the registry whose name a synchroniser made of its own.
fn copies_of(main: &Path) -> Result<Vec<PathBuf>> {
    let folder = main.parent().unwrap_or(Path::new("."));
    let mut copies = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(Error::io(folder, "lecture"))? {
        let path = entry.map_err(Error::io(folder, "lecture"))?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if path.is_file() && is_copy(&name) {
            copies.push(path.clone());
        }
    }
    copies.sort_unstable();
    Ok(copies)
}

/// « structures-PC2.csv » (OneDrive names the machine, in capitals), « structures (1).csv », « structures
/// (copie en conflit de …).csv »; a copy that a person made and named is left alone.
fn is_copy(name: &str) -> bool {
    let Some((stem, extension)) = name.rsplit_once('.') else {
        return false;
    };
    let is_table = ["csv", "xlsx"]
        .iter()
        .any(|e| extension.eq_ignore_ascii_case(e));
    let Some(rest) = stem.strip_prefix("structures").filter(|_| is_table) else {
        return false;
    };
    let lower = rest.to_lowercase();
    let numbered = rest
        .trim()
        .strip_prefix('(')
        .and_then(|r| r.strip_suffix(')'));
    let is_number = |n: &str| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit());
    let is_machine = |m: &str| {
        let is_part = |b: u8| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'-';
        m.bytes().all(is_part) && m.bytes().any(|b| b.is_ascii_uppercase())
    };
    lower.contains("conflit")
        || lower.contains("conflict")
        || numbered.is_some_and(is_number)
        || rest.strip_prefix('-').is_some_and(is_machine)
}

/// The registry and its copies being merged.
struct RegistryMerging<'a> {
    main: RegistryLines,
    history: &'a RegistryHistory,
    copies: &'a [RegistryCopy],
}

/// What they come to.
struct MergedLines {
    lines: RegistryLines,
    contested: Vec<Diagnostic>,
}

/// What a cell comes to.
struct SettledCell {
    text: String,
    /// Texts between which a person must choose.
    contested: Vec<String>,
}

impl RegistryMerging<'_> {
    fn run(&self, main: &Path) -> MergedLines {
        let mut merged = MergedLines {
            lines: RegistryLines::new(),
            contested: Vec::new(),
        };
        let known = self.history.state();
        let others = self.copies.iter().flat_map(|c| c.lines.keys());
        let codes: BTreeSet<&String> = self.main.keys().chain(others).collect();
        for code in codes {
            let is_removed = !self.main.contains_key(code)
                && known.get(code).is_some_and(|line| {
                    let holding = self.copies.iter().filter_map(|c| c.lines.get(code));
                    holding.clone().all(|copied| copied == line)
                });
            // Removed here, and nobody wrote on it elsewhere.
            if is_removed {
                continue;
            }
            let holders: Vec<_> = (std::iter::once(&self.main))
                .chain(self.copies.iter().map(|c| &c.lines))
                .filter_map(|lines| lines.get(code))
                .collect();
            let columns: BTreeSet<&String> = holders.iter().flat_map(|h| h.keys()).collect();
            for column in columns {
                let texts = holders
                    .iter()
                    .map(|h| h.get(column).map_or("", String::as_str));
                let settled = self.settle(code, column, &texts.collect::<Vec<&str>>());
                if !settled.contested.is_empty() {
                    merged
                        .contested
                        .push(contested(main, code, column, &settled));
                }
                if !settled.text.is_empty() {
                    let line = merged.lines.entry(code.clone()).or_default();
                    line.insert(column.clone(), settled.text);
                }
            }
        }
        merged
    }

    /// `texts`: what the registry says, then its copies.
    fn settle(&self, code: &str, column: &str, texts: &[&str]) -> SettledCell {
        let alone = |text: &str| SettledCell {
            text: text.to_owned(),
            contested: Vec::new(),
        };
        let distinct: BTreeSet<&str> = texts.iter().copied().collect();
        if let (1, Some(text)) = (distinct.len(), texts.first()) {
            return alone(text);
        }
        let held = self.history.held(code, column);
        let was_held = |text: &str| {
            held.iter().any(|h| h.text == text) || (text.is_empty() && held.is_empty())
        };
        let new: Vec<&str> = distinct.iter().copied().filter(|t| !was_held(t)).collect();
        if let [only] = new[..] {
            return alone(only);
        }
        let offered: Vec<_> = (held.iter().copied())
            .filter(|h| new.is_empty() && distinct.contains(h.text))
            .collect();
        if let [last] = self.history.latest(&offered)[..] {
            return alone(last);
        }
        let before = self.history.latest(&held);
        let stands = match before[..] {
            [one] => one,
            _ => texts.first().copied().unwrap_or_default(),
        };
        SettledCell {
            text: stands.to_owned(),
            contested: distinct.into_iter().map(str::to_owned).collect(),
        }
    }

    /// What came of a copy.
    fn remark(&self, copy: &RegistryCopy, merged: &RegistryLines) -> Diagnostic {
        if copy.lines == self.main {
            let at = Location::file(&copy.path.display().to_string());
            return Diagnostic::new(Code::StoreCopy, at, "même contenu que le registre.");
        }
        let (mut taken, mut left) = (Vec::new(), Vec::new());
        for (code, cells) in &copy.lines {
            let (Some(own), Some(now)) = (self.main.get(code), merged.get(code)) else {
                let kept = merged.contains_key(code);
                let line = format!("la ligne {code}");
                if kept { &mut taken } else { &mut left }.push(line);
                continue;
            };
            let columns: BTreeSet<&String> = cells.keys().chain(own.keys()).collect();
            for column in columns {
                let text = cells.get(column);
                let shown = text.map_or("", String::as_str);
                let cell = format!("{code}, « {column} » : « {shown} »");
                if text != now.get(column) {
                    left.push(cell);
                } else if text != own.get(column) {
                    taken.push(cell);
                }
            }
        }
        let gone = self
            .main
            .keys()
            .filter(|code| !copy.lines.contains_key(*code));
        let gone = gone.filter(|code| !self.history.held(code, "code").is_empty());
        left.extend(gone.map(|code| format!("l’absence de la ligne {code}")));
        let message = format!(
            "cette copie est réunie au registre ; en viennent : {} ; n’en sont pas gardés : {}",
            counted(&taken),
            counted(&left)
        );
        told(&copy.path, &message)
    }
}

fn counted(cells: &[String]) -> String {
    match cells {
        [] => "rien".to_owned(),
        cells if cells.len() <= TOLD => list(cells),
        cells => format!(
            "{}, et {} autres",
            cells[..TOLD].join(", "),
            cells.len() - TOLD
        ),
    }
}

fn contested(main: &Path, code: &str, column: &str, settled: &SettledCell) -> Diagnostic {
    let texts: Vec<String> = (settled.contested.iter())
        .map(|t| format!("« {t} »"))
        .collect();
    let message = format!(
        "{code}, « {column} » : rempli à la fois {} ; « {} » reste.",
        list(&texts),
        settled.text
    );
    let at = Location::file(&main.display().to_string());
    Diagnostic::new(Code::RegistryContested, at, message)
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "code,nom,type,commune,pedt,capacite_6plus\n";
    const BASE: &str = "A01,Les Pins,mixte,Aubac,oui,30\nA02,Le Parc,mixte,,non,\n";

    struct Folder(tempfile::TempDir);

    impl Folder {
        fn new() -> Self {
            Self(tempfile::tempdir().expect("a folder"))
        }

        fn write(&self, name: &str, rows: &str) {
            std::fs::write(self.0.path().join(name), format!("{HEAD}{rows}")).expect("written");
        }

        fn history(&self) -> PathBuf {
            self.0.path().join("reperes")
        }

        fn main(&self) -> PathBuf {
            self.0.path().join("structures.csv")
        }

        fn merged(&self) -> MergedRegistry {
            let bytes = std::fs::read(self.main()).expect("readable");
            let registry = parse_registry(&self.main(), &bytes).expect("a registry");
            merge_copies(&self.main(), registry, &self.history()).expect("merged")
        }

        /// As an import does.
        fn note(&self) {
            let lines = lines_of(&self.merged().registry);
            let history = RegistryHistory::read(&self.history()).expect("readable");
            history.note(&self.history(), &lines).expect("written");
        }
    }

    fn cell(merged: &MergedRegistry, code: &str, column: &str) -> String {
        let lines = lines_of(&merged.registry);
        let cell = lines.get(code).and_then(|line| line.get(column));
        cell.cloned().unwrap_or_default()
    }

    fn codes(merged: &MergedRegistry) -> Vec<&'static str> {
        merged.remarks.iter().map(|d| d.code.as_str()).collect()
    }

    #[test]
    fn what_each_changed_enters_and_nothing_is_put_back() {
        let folder = Folder::new();
        folder.write("structures.csv", BASE);
        folder.note();
        // One names the commune of A02 and imports; the other, who has not seen it, opens a place and
        // adds an accueil, in the other order and with other ways of writing.
        folder.write(
            "structures.csv",
            &BASE.replace("Le Parc,mixte,", "Le Parc,mixte,Brugnac"),
        );
        folder.note();
        let copy =
            "A03,La Prairie,mixte,,,\nA02,Le Parc,mixte,,,\nA01,Les Pins,mixte,Aubac,OUI,36\n";
        folder.write("structures-PC2.csv", copy);
        let merged = folder.merged();
        assert_eq!(cell(&merged, "A02", "commune"), "Brugnac");
        assert_eq!(cell(&merged, "A01", "capacite_6plus"), "36");
        assert_eq!(cell(&merged, "A03", "nom"), "La Prairie");
        assert_eq!(codes(&merged), ["BAS-111"]);
        let told = merged.remarks[0].to_string();
        for word in ["« 36 »", "la ligne A03", "A02, « commune » : «  »"] {
            assert!(told.contains(word), "{word}: {told}");
        }
        // Noted, it is merged the same.
        folder.note();
        assert_eq!(cell(&folder.merged(), "A01", "capacite_6plus"), "36");
    }

    #[test]
    fn where_both_wrote_what_was_there_stands_and_a_person_chooses() {
        let folder = Folder::new();
        folder.write("structures.csv", BASE);
        folder.note();
        folder.write(
            "structures.csv",
            &BASE.replace("Les Pins", "Les Grands Pins"),
        );
        folder.write(
            "structures (1).csv",
            &BASE.replace("Les Pins", "Les Petits Pins"),
        );
        let merged = folder.merged();
        assert_eq!(cell(&merged, "A01", "nom"), "Les Pins");
        assert_eq!(codes(&merged), ["BAS-111", "BAS-112"]);
        // Chosen: both say it.
        folder.write(
            "structures.csv",
            &BASE.replace("Les Pins", "Les Petits Pins"),
        );
        let merged = folder.merged();
        assert_eq!(cell(&merged, "A01", "nom"), "Les Petits Pins");
        assert_eq!(codes(&merged), ["BAS-101"]);
    }

    #[test]
    fn without_a_history_an_empty_cell_is_filled_and_others_are_contested() {
        let folder = Folder::new();
        folder.write("structures.csv", BASE);
        let copy = BASE
            .replace("Le Parc,mixte,", "Le Parc,mixte,Brugnac")
            .replace(",30", ",31");
        folder.write("structures (Copie en conflit de PC).csv", &copy);
        let merged = folder.merged();
        assert_eq!(cell(&merged, "A02", "commune"), "Brugnac");
        assert_eq!(cell(&merged, "A01", "capacite_6plus"), "30");
        assert_eq!(codes(&merged), ["BAS-111", "BAS-112"]);
    }

    #[test]
    fn a_line_leaves_by_the_registry_alone() {
        let folder = Folder::new();
        folder.write("structures.csv", BASE);
        folder.note();
        let first = BASE.lines().next().expect("a line");
        // The copy lacks A02: it stays.
        folder.write("structures-PC2.csv", first);
        assert_eq!(cell(&folder.merged(), "A02", "nom"), "Le Parc");
        // The registry lacks it, and the copy did not touch it: it leaves.
        folder.write("structures.csv", first);
        folder.write("structures-PC2.csv", BASE);
        assert_eq!(cell(&folder.merged(), "A02", "nom"), "");
        // The copy wrote on it: it stays.
        folder.write(
            "structures-PC2.csv",
            &BASE.replace("Le Parc,mixte,", "Le Parc,mixte,Brugnac"),
        );
        assert_eq!(cell(&folder.merged(), "A02", "commune"), "Brugnac");
    }

    #[test]
    fn a_copy_that_cannot_be_read_is_told_and_one_that_a_person_named_is_left_alone() {
        let folder = Folder::new();
        folder.write("structures.csv", BASE);
        for name in [
            "structures - Copie.csv",
            "structures-2025.csv",
            "structures avant.csv",
        ] {
            folder.write(name, "A09,Ailleurs,mixte,,,\n");
        }
        assert_eq!(codes(&folder.merged()), [""; 0]);
        std::fs::write(folder.0.path().join("structures-PC2.csv"), "").expect("written");
        let merged = folder.merged();
        assert_eq!(codes(&merged), ["BAS-111"]);
        assert!(merged.remarks[0].to_string().contains("n’est pas lue"));
        assert_eq!(merged.registry.all().len(), 2);
    }
}
