//! Files of the folder that `purger` never deletes and that may still bear what people said: raw files,
//! reports, copies. They are listed, for a person to decide.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::base::error::{Error, Result};
use crate::base::text::hex;
use crate::intake::store::StoreState;

/// Why a file is to be looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum RemainingKind {
    /// Its bytes are those of a file that was imported.
    Imported,
    /// Codes of observers and their names.
    Observers,
    /// Tables that no manifest names.
    Interrupted,
    /// A report or an export, made from answers.
    Report,
    /// A text that somebody wrote, or a copy of it as it was: what people said may be quoted there.
    Written,
    /// Anything else that is none of the observatory's own files.
    Other,
}

impl RemainingKind {
    /// What a person reads.
    pub(crate) fn label(self) -> &'static str {
        match self {
            Self::Imported => "fichier brut importé",
            Self::Observers => "noms des observateurs",
            Self::Interrupted => "reste d’un import interrompu, ou en cours de synchronisation",
            Self::Report => "rapport",
            Self::Written => "texte écrit à la main, à relire",
            Self::Other => "à regarder",
        }
    }
}

/// A file that a person has to look at.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct RemainingFile {
    /// Why.
    pub(crate) kind: RemainingKind,
    /// Its path within the folder.
    pub(crate) path: PathBuf,
}

/// Folders and files that the observatory keeps itself, and that say nothing of answers.
const OWN: [&str; 21] = [
    ".git",
    "ctg/convention.toml",
    "ctg/echanges.toml",
    "ctg/prochaine-convention.toml",
    "ctg/enquetes",
    "grids",
    "observatoire.toml",
    "reports/modeles",
    "data/store",
    "data/structures.csv",
    "data/structures.xlsx",
    "data/communes.geojson",
    "data/communes.csv",
    "data/contexte.csv",
    "data/ecoles.csv",
    "data/plans",
    "data/ctg/journal",
    "data/ctg/enquetes",
    "data/ctg/transmissions",
    "data/ctg/poche.json",
    "data/reperes",
];
/// What people write of a bilan, and copies of it by day.
const WRITTEN: [&str; 2] = ["ctg/textes/", "data/ctg/versions/"];
/// How copies of a text are called, of all that is kept by day; the rest is settings.
const COPIED_TEXT: &str = "-contributions.";
/// The log of deliveries: what was printed, nobody's answers.
const LOG: &str = "data/livraisons";
const REPORTS: &str = "reports";
const OBSERVERS: &str = "data/observateurs.csv";

/// Lists them, by kind then by path.
///
/// # Errors
///
/// A folder that cannot be read.
pub(crate) fn remaining_files(
    root: &Path,
    state: &StoreState,
    strays: Vec<PathBuf>,
) -> Result<Vec<RemainingFile>> {
    let imports = state.imports.iter();
    let known: BTreeSet<&str> = imports
        .flat_map(|i| i.manifest.files.iter().map(|f| f.sha256.as_str()))
        .collect();
    let strays = strays.into_iter().map(|path| RemainingFile {
        kind: RemainingKind::Interrupted,
        path: path.strip_prefix(root).unwrap_or(&path).to_path_buf(),
    });
    let mut found: Vec<RemainingFile> = strays.collect();
    let mut folders = vec![root.to_path_buf()];
    while let Some(folder) = folders.pop() {
        let entries = std::fs::read_dir(&folder).map_err(Error::io(&folder, "lecture"))?;
        for entry in entries {
            let path = entry.map_err(Error::io(&folder, "lecture"))?.path();
            let inside = path.strip_prefix(root).unwrap_or(&path).to_path_buf();
            if is_own(&inside) {
                continue;
            }
            // A link is not followed: it may lead out of the folder, or back into it.
            if path.is_symlink() || path.is_file() {
                let kind = kind_of(&path, &inside, &known);
                found.push(RemainingFile { kind, path: inside });
            } else if path.is_dir() {
                folders.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}

/// The path with « / », whatever the system writes.
fn plain(inside: &Path) -> String {
    let parts: Vec<String> = (inside.iter())
        .map(|part| part.to_string_lossy().into_owned())
        .collect();
    parts.join("/")
}

fn is_own(inside: &Path) -> bool {
    let path = plain(inside);
    // Settings of before, kept beside those of today.
    let is_settings =
        path.starts_with("observatoire.avant-") && path.rsplit('.').next() == Some("toml");
    let is_copy = path.starts_with(WRITTEN[1]) && !path.contains(COPIED_TEXT);
    OWN.contains(&path.as_str()) || path.starts_with(LOG) || is_settings || is_copy
}

fn kind_of(path: &Path, inside: &Path, known: &BTreeSet<&str>) -> RemainingKind {
    let place = plain(inside);
    if place == OBSERVERS {
        RemainingKind::Observers
    } else if sum_of(path).is_some_and(|sum| known.contains(sum.as_str())) {
        RemainingKind::Imported
    } else if place.starts_with(REPORTS) {
        RemainingKind::Report
    } else if WRITTEN.iter().any(|folder| place.starts_with(folder)) {
        RemainingKind::Written
    } else {
        RemainingKind::Other
    }
}

/// None for what cannot be read: it is listed all the same.
fn sum_of(path: &Path) -> Option<String> {
    // A pipe that nobody writes into would be waited for without end.
    let is_plain = path.metadata().ok()?.is_file();
    let mut file = is_plain.then(|| File::open(path).ok()).flatten()?;
    let mut sum = Sha256::new();
    let mut bytes = vec![0; 1 << 16];
    loop {
        match file.read(&mut bytes).ok()? {
            0 => return Some(hex(sum.finalize())),
            read => sum.update(&bytes[..read]),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_ours_is_listed_and_told_apart() {
        let dir = tempfile::tempdir().expect("a folder");
        for (name, text) in [
            ("observatoire.toml", "x"),
            ("data/store/imports/a/reponses.parquet", "x"),
            ("data/livraisons.json", "x"),
            ("data/plans/A001-x.json", "x"),
            ("data/ctg/journal/A001-x.json", "x"),
            ("data/observateurs.csv", "O1;Anne"),
            ("data/bruts/Zoé.xlsx", "x"),
            ("reports/rendus/elus.html", "x"),
            ("sauvegarde.zip", "x"),
            ("ctg/textes/07-paroles.md", "x"),
            ("data/ctg/versions/2026-06-30-0001-aa-convention.toml", "x"),
            ("data/ctg/versions/2026-06-30-0002-bb-contributions.md", "x"),
        ] {
            let path = dir.path().join(name);
            std::fs::create_dir_all(path.parent().expect("a parent")).expect("made");
            std::fs::write(path, text).expect("written");
        }
        let found =
            remaining_files(dir.path(), &StoreState::default(), Vec::new()).expect("readable");
        let told: Vec<(String, RemainingKind)> =
            (found.iter()).map(|f| (plain(&f.path), f.kind)).collect();
        assert_eq!(
            told,
            [
                ("data/observateurs.csv".to_owned(), RemainingKind::Observers),
                ("reports/rendus/elus.html".to_owned(), RemainingKind::Report),
                (
                    "ctg/textes/07-paroles.md".to_owned(),
                    RemainingKind::Written
                ),
                (
                    "data/ctg/versions/2026-06-30-0002-bb-contributions.md".to_owned(),
                    RemainingKind::Written
                ),
                ("data/bruts/Zoé.xlsx".to_owned(), RemainingKind::Other),
                ("sauvegarde.zip".to_owned(), RemainingKind::Other),
            ]
        );
    }
}
