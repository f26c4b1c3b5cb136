//! Files that people write by hand, under the folder of the observatory, of which versions are kept.

use crate::vocabulary::config::{OUTLINES_FILE, REGISTRY_FILES, SETTINGS_FILE};

/// What was signed.
pub const CONVENTION_FILE: &str = "ctg/convention.toml";
/// Exchanges of data.
pub const EXCHANGES_FILE: &str = "ctg/echanges.toml";
/// What may have contributed to changes, as a committee decides it. Other texts of a bilan are not kept: what is taken out of one
/// because it names somebody must not stay.
pub const CONTRIBUTIONS_FILE: &str = "ctg/textes/contributions.md";
/// Series of the territory.
pub const CONTEXT_TABLE: &str = "data/contexte.csv";
/// Its communes.
pub const COMMUNES_TABLE: &str = "data/communes.csv";
/// Pupils of its schools.
pub const SCHOOLS_TABLE: &str = "data/ecoles.csv";
/// Folder of small questionnaires.
pub(crate) const SURVEYS: &str = "ctg/enquetes";
/// Folder of the référentiel, its own layer and the rules of law.
const GRIDS: &str = "grids";

/// Files alone in their kind.
const FILES: [&str; 8] = [
    CONVENTION_FILE,
    EXCHANGES_FILE,
    CONTRIBUTIONS_FILE,
    CONTEXT_TABLE,
    COMMUNES_TABLE,
    SCHOOLS_TABLE,
    OUTLINES_FILE,
    SETTINGS_FILE,
];

/// A folder whose files of an ending are kept.
struct KeptFolder {
    folder: &'static str,
    ending: &'static str,
    /// Before the names of its files among versions.
    prefix: &'static str,
}

const FOLDERS: [KeptFolder; 2] = [
    KeptFolder {
        folder: SURVEYS,
        ending: ".toml",
        prefix: "enquete-",
    },
    KeptFolder {
        folder: GRIDS,
        ending: ".toml",
        prefix: "grille-",
    },
];

/// In the name of a copy that the program keeps beside what a page changed.
const COPY: &str = ".avant-";

/// Every file that is alone in its kind.
pub(super) fn alone() -> impl Iterator<Item = &'static str> {
    FILES.into_iter().chain(REGISTRY_FILES)
}

/// Folders of the others.
pub(super) fn folders() -> impl Iterator<Item = &'static str> {
    FOLDERS.iter().map(|kept| kept.folder)
}

/// Whether versions are kept of a file of one of these folders.
pub(super) fn is_kept(folder: &str, file: &str) -> bool {
    let small = file.to_lowercase();
    let mut all = FOLDERS.iter().filter(|kept| kept.folder == folder);
    all.any(|kept| small.ends_with(kept.ending))
        && !small.contains(COPY)
        && !file.starts_with(['.', '~'])
}

/// Whether a file is read by the whole observatory, and not by its convention alone.
pub(super) fn is_of_observatory(name: &str) -> bool {
    name == SETTINGS_FILE
        || name == OUTLINES_FILE
        || REGISTRY_FILES.contains(&name)
        || name
            .strip_prefix(GRIDS)
            .is_some_and(|rest| rest.starts_with('/'))
}

/// How a file is called among versions.
pub(super) fn slug_of(name: &str) -> String {
    let (folder, file) = name.rsplit_once('/').unwrap_or(("", name));
    let own = FOLDERS.iter().find(|kept| kept.folder == folder);
    format!("{}{file}", own.map_or("", |kept| kept.prefix))
}

/// The file that is called so among versions.
pub(super) fn name_of(slug: &str) -> Option<String> {
    let mut all = FOLDERS.iter();
    if let Some((kept, file)) = all.find_map(|kept| Some((kept, slug.strip_prefix(kept.prefix)?))) {
        return Some(format!("{}/{file}", kept.folder));
    }
    alone()
        .find(|name| slug_of(name) == slug)
        .map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_found_again_by_what_it_is_called_among_versions() {
        let within = ["ctg/enquetes/outils.toml", "grids/local.toml"];
        for name in alone().chain(within) {
            assert_eq!(name_of(&slug_of(name)).as_deref(), Some(name));
        }
        assert_eq!(name_of("lisez-moi.txt"), None);
    }

    #[test]
    fn copies_and_hidden_files_are_not_versions_of_their_own() {
        assert!(is_kept("grids", "LOCAL.TOML") && !is_kept("ctg/textes", "01-essentiel.md"));
        for file in ["local.avant-2026-11-28.toml", "~$x.toml", "notes.txt"] {
            assert!(!is_kept("grids", file), "{file}");
        }
    }
}
