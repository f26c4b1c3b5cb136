//! Folders of this machine, walked by links, for whom a browser shows no chooser of folders: the usual places, what a
//! folder holds. Names of folders alone: no file is read, listed or named.

use std::path::{Component, Path, PathBuf};
use std::time::Duration;

use crate::base::error::{Error, Result};
use crate::base::text::fold;
use crate::vocabulary::config::SETTINGS_FILE;

/// How many folders a page lists.
const LISTED: usize = 300;
/// How long a drive may take to say that it is there: one whose network is away says nothing for a long while.
const PATIENCE: Duration = Duration::from_millis(300);

/// A folder, and the word for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FolderPlace {
    /// « Documents », « Disque C ».
    pub(crate) name: String,
    /// Where it is, whole.
    pub(crate) path: PathBuf,
    /// Whether it holds an observatory.
    pub(crate) is_observatory: bool,
}

/// A folder that is looked into.
#[derive(Debug)]
pub(crate) struct WalkedFolder {
    /// Those above it and itself, from the root.
    pub(crate) way: Vec<FolderPlace>,
    /// Those inside, by name; hidden ones aside.
    pub(crate) inside: Vec<FolderPlace>,
    /// How many more are inside than a page lists.
    pub(crate) more: usize,
}

impl FolderPlace {
    fn of(path: &Path) -> Self {
        let name = path.file_name().map_or_else(
            || path.display().to_string(),
            |n| n.to_string_lossy().into_owned(),
        );
        Self::named(&name, path)
    }

    fn named(name: &str, path: &Path) -> Self {
        Self {
            name: name.to_owned(),
            path: path.to_owned(),
            is_observatory: path.join(SETTINGS_FILE).is_file(),
        }
    }
}

/// Where people keep what is theirs, under their own folder.
pub(crate) fn documents(home: &Path) -> PathBuf {
    let documents = home.join("Documents");
    if documents.is_dir() {
        documents
    } else {
        home.to_owned()
    }
}

/// A path that nothing bears yet.
pub(crate) fn free_path(path: &Path) -> PathBuf {
    let numbered = (2..).map(|n| PathBuf::from(format!("{} {n}", path.display())));
    let mut all = std::iter::once(path.to_owned()).chain(numbered);
    all.find(|p| !p.exists()).unwrap_or_else(|| path.to_owned())
}

/// Documents, desktop, OneDrive, the user's own folder, then drives; those that are there.
pub(crate) fn usual_places(home: &Path) -> Vec<FolderPlace> {
    let mut named = vec![
        ("Documents".to_owned(), home.join("Documents")),
        ("Bureau".to_owned(), home.join("Desktop")),
        ("Bureau".to_owned(), home.join("Bureau")),
    ];
    for variable in ["OneDriveCommercial", "OneDrive"] {
        if let Some(cloud) = std::env::var_os(variable).map(PathBuf::from) {
            let word = FolderPlace::of(&cloud).name;
            named.push((format!("{word}, Documents"), cloud.join("Documents")));
            named.push((format!("{word}, Bureau"), cloud.join("Desktop")));
            named.push((word, cloud));
        }
    }
    named.push(("OneDrive".to_owned(), home.join("OneDrive")));
    named.push(("Votre dossier personnel".to_owned(), home.to_owned()));
    named.extend(drives());
    let mut found: Vec<FolderPlace> = Vec::new();
    for (name, path) in named {
        if path.is_dir() && found.iter().all(|p| p.path != path) {
            found.push(FolderPlace::named(&name, &path));
        }
    }
    found
}

/// Drives that answer at once; the root where the system has no drives.
fn drives() -> Vec<(String, PathBuf)> {
    if !cfg!(windows) {
        return vec![("Tout l’ordinateur".to_owned(), PathBuf::from("/"))];
    }
    let (say, said) = std::sync::mpsc::channel();
    for letter in 'C'..='Z' {
        let say = say.clone();
        // One that hangs is left to its thread.
        std::thread::spawn(move || {
            let path = PathBuf::from(format!("{letter}:\\"));
            if path.is_dir() {
                let _ = say.send((format!("Disque {letter}"), path));
            }
        });
    }
    drop(say);
    let mut found: Vec<_> = std::iter::from_fn(|| said.recv_timeout(PATIENCE).ok()).collect();
    found.sort();
    found
}

/// A path that was typed, pasted or followed: whole, without the quotes that Explorer puts around, that goes down only.
///
/// # Errors
///
/// One that is not whole, climbs, or is a word of the system rather than a folder.
pub(crate) fn whole_path(typed: &str, home: &Path) -> Result<PathBuf> {
    let plain = typed.trim_matches(['"', '«', '»', ' ', '\u{a0}']);
    let path = PathBuf::from(plain);
    let climbs = path.components().any(|c| match c {
        Component::ParentDir => true,
        Component::Prefix(p) => p.kind().is_verbatim() || plain.starts_with(r"\\."),
        _ => false,
    });
    if climbs || plain.contains('\0') {
        return Err(Error::Usage(format!(
            "« {plain} » n’est pas un chemin à ouvrir ici : donnez celui que montre l’Explorateur."
        )));
    }
    if !path.is_absolute() {
        return Err(Error::Usage(format!(
            "« {plain} » ne dit pas où est ce dossier : donnez le chemin entier, comme {}.",
            documents(home).join("Observatoire").display()
        )));
    }
    // Its components put together again: no « . », no doubled separator.
    Ok(path.components().collect())
}

/// What a folder holds.
///
/// # Errors
///
/// As [`whole_path`]; one that is not there, or that this session may not read.
pub(crate) fn walk(typed: &str, home: &Path) -> Result<WalkedFolder> {
    let path = whole_path(typed, home)?;
    let entries = std::fs::read_dir(&path).map_err(|_| {
        Error::Usage(format!(
            "{} ne s’ouvre pas : ce dossier n’est pas là, ou votre session n’y a pas droit.",
            path.display()
        ))
    })?;
    let mut inside: Vec<FolderPlace> = entries
        .flatten()
        .map(|e| e.path())
        .filter(|p| is_shown(p))
        .map(|p| FolderPlace::of(&p))
        .collect();
    inside.sort_by_cached_key(|p| (!p.is_observatory, fold(&p.name), p.name.clone()));
    let more = inside.len().saturating_sub(LISTED);
    inside.truncate(LISTED);
    let mut way: Vec<FolderPlace> = path.ancestors().map(FolderPlace::of).collect();
    way.reverse();
    Ok(WalkedFolder { way, inside, more })
}

/// A folder that a person would see: neither hidden nor of the system, whose name is text.
fn is_shown(path: &Path) -> bool {
    let Some(name) = path.file_name().and_then(|n| n.to_str()) else {
        return false;
    };
    !name.starts_with(['.', '$']) && path.is_dir() && !is_hidden(path)
}

#[cfg(windows)]
fn is_hidden(path: &Path) -> bool {
    use std::os::windows::fs::MetadataExt;
    // FILE_ATTRIBUTE_HIDDEN, FILE_ATTRIBUTE_SYSTEM.
    std::fs::symlink_metadata(path).is_ok_and(|m| m.file_attributes() & 0x6 != 0)
}

#[cfg(not(windows))]
fn is_hidden(_: &Path) -> bool {
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_are_named_files_are_not_and_nothing_climbs() {
        let dir = tempfile::tempdir().expect("a folder");
        for name in ["Zoé", "École", "obs", ".caché"] {
            std::fs::create_dir(dir.path().join(name)).expect("made");
        }
        std::fs::write(dir.path().join("secret.xlsx"), b"x").expect("written");
        std::fs::write(dir.path().join("obs").join(SETTINGS_FILE), b"").expect("written");
        let at = dir.path().display().to_string();
        let found = walk(&format!("\"{at}\" "), dir.path()).expect("read");
        let names: Vec<&str> = found.inside.iter().map(|p| p.name.as_str()).collect();
        assert_eq!(names, ["obs", "École", "Zoé"]);
        assert!(found.inside[0].is_observatory && !found.inside[1].is_observatory);
        assert_eq!(found.way.last().expect("itself").path, dir.path());
        for refused in [
            format!("{at}/obs/../.."),
            "Documents".to_owned(),
            "..".to_owned(),
            String::new(),
            format!("{at}/secret.xlsx"),
            format!("{at}/nulle part"),
        ] {
            let error = walk(&refused, dir.path()).expect_err(&refused);
            assert!(matches!(error, Error::Usage(_)), "{refused}: {error}");
        }
    }

    #[test]
    #[cfg(windows)]
    fn words_of_the_system_are_no_folders() {
        for refused in [r"\\?\C:\Users", r"\\.\PhysicalDrive0", r"\\.\pipe\x"] {
            assert!(whole_path(refused, Path::new(r"C:\")).is_err(), "{refused}");
        }
        assert!(whole_path(r"\\serveur\partage\Enfance", Path::new(r"C:\")).is_ok());
    }
}
