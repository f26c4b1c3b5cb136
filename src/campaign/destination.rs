//! Where a command may write what `--sortie` names: nowhere that the observatory, or another one, keeps
//! what it lives on, and over nothing that was imported.

use std::path::{Component, Path, PathBuf};

use sha2::{Digest, Sha256};

use super::open_observatory::OpenObservatory;
use crate::base::error::{Error, Result};
use crate::base::files::write_file;
use crate::vocabulary::config::SETTINGS_FILE;

/// A file that may be written.
pub(crate) struct Destination {
    /// The file.
    pub path: PathBuf,
    /// Whether a file stands there.
    pub replaces: bool,
}

impl Destination {
    /// Writes it at once.
    ///
    /// # Errors
    ///
    /// A disk that refuses.
    pub(crate) fn write(&self, bytes: &[u8]) -> Result<()> {
        write_file(&self.path, bytes)
    }

    /// Its path, and what it took the place of.
    pub(crate) fn told(&self) -> String {
        let former = if self.replaces {
            " (à la place du fichier qui s’y trouvait)"
        } else {
            ""
        };
        format!("{}{former}", self.path.display())
    }
}

impl OpenObservatory {
    /// A file that `--sortie` names.
    ///
    /// # Errors
    ///
    /// It is a folder or a device; a file of an observatory, or in its store, its plans or its log; a file
    /// that was imported.
    pub(crate) fn destination(&self, path: &Path) -> Result<Destination> {
        let replaces = path.exists();
        if replaces && !path.is_file() {
            return Err(Error::Usage(format!(
                "{} n’est pas un fichier. Donnez à --sortie le nom d’un fichier à créer.",
                path.display()
            )));
        }
        outside_observatories(path)?;
        if replaces && let Some(import) = self.imported_as(path)? {
            return Err(Error::Usage(format!(
                "{} contient des réponses reçues (import {import}) : l’écraser les perdrait. Donnez un autre nom à --sortie.",
                path.display()
            )));
        }
        Ok(Destination {
            path: path.to_path_buf(),
            replaces,
        })
    }

    /// The import that holds the bytes of a file.
    fn imported_as(&self, path: &Path) -> Result<Option<String>> {
        let bytes = std::fs::read(path).map_err(Error::io(path, "lecture"))?;
        let sum = crate::base::text::hex(Sha256::digest(&bytes));
        for campaign in &self.observatory.settings.campaigns {
            if let Some(import) = self.store.files_in_place(&campaign.id)?.remove(&sum) {
                return Ok(Some(import));
            }
        }
        Ok(None)
    }
}

/// Refuses what an observatory lives on, whichever links, « .. » or capitals lead there.
///
/// # Errors
///
/// As said; a folder that cannot be looked up.
pub(crate) fn outside_observatories(path: &Path) -> Result<()> {
    let real = resolved(path)?;
    for root in real.ancestors().skip(1) {
        if !root.join(SETTINGS_FILE).is_file() {
            continue;
        }
        let inside = real.strip_prefix(root).unwrap_or(&real);
        if belongs(inside, real.exists()) {
            return Err(Error::Usage(format!(
                "{} est à l’observatoire lui-même ({}) : rien ne l’écrase. Donnez un autre nom à --sortie, par exemple dans reports/.",
                path.display(),
                inside.display()
            )));
        }
    }
    Ok(())
}

/// Whether a place inside an observatory is its own: the store, the plans and the log wholly; elsewhere
/// what is there already, blank forms and reports apart.
fn belongs(inside: &Path, exists: bool) -> bool {
    // Windows and macOS take capitals and small letters for the same name.
    let parts: Vec<String> = inside
        .components()
        .map(|part| part.as_os_str().to_string_lossy().to_lowercase())
        .collect();
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    match parts.as_slice() {
        [
            "data",
            "store" | "plans" | "ctg" | "reperes" | "saisies",
            ..,
        ]
        | ["ctg", "convention.toml" | "echanges.toml"] => true,
        ["data", name, ..] if name.starts_with("livraisons") => true,
        ["grids", "vierges", ..] => false,
        ["data" | "grids" | "ctg", ..] | ["reports", "modeles", ..] => exists,
        [file] => *file == SETTINGS_FILE,
        _ => false,
    }
}

/// The path without links nor « .. », as far as it exists.
fn resolved(path: &Path) -> Result<PathBuf> {
    let whole = std::path::absolute(path).map_err(Error::io(path, "lecture"))?;
    let mut missing = Vec::new();
    let mut known = whole.as_path();
    loop {
        match known.canonicalize() {
            Ok(mut real) => {
                for part in missing.into_iter().rev() {
                    match part {
                        Component::ParentDir => {
                            real.pop();
                        }
                        part => real.push(part),
                    }
                }
                return Ok(real);
            }
            // A link to nowhere is replaced itself, not what it names.
            Err(_) => match (known.components().next_back(), known.parent()) {
                (Some(part), Some(parent)) => {
                    missing.push(part);
                    known = parent;
                }
                _ => return Ok(whole),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_observatory_lives_on_is_never_written_over() {
        let dir = tempfile::tempdir().expect("a folder");
        let root = dir.path().join("obs");
        let write = |name: &str| write_file(&root.join(name), b"x").expect("written");
        let own = [
            "observatoire.toml",
            "data/structures.csv",
            "data/reçus/O1.xlsx",
            "data/store/format.json",
            "grids/referentiel-v2.toml",
            "grids/correspondances/a.toml",
            "reports/modeles/base.html",
        ];
        for name in own {
            write(name);
        }
        write("reports/rendus/C1/index.html");
        write("grids/vierges/Grille.xlsx");
        let refused = |path: PathBuf| outside_observatories(&path).is_err();
        for name in own {
            assert!(refused(root.join(name)), "{name}");
            assert!(
                refused(root.join("reports/../data/..").join(name)),
                "{name}"
            );
        }
        for name in [
            "data/store/new.csv",
            "data/plans/p.xlsx",
            "data/ctg/journal/x.json",
            "data/saisies/R01-OBS-3f9a-1.json",
            "ctg/convention.toml",
            "ctg/echanges.toml",
            "data/livraisons.json",
            "DATA/Store/x",
        ] {
            assert!(refused(root.join(name)), "{name}");
        }
        for name in [
            "suivi.xlsx",
            "data/export.csv",
            "reports/rendus/C1/index.html",
            "reports/suivi.xlsx",
            "grids/vierges/Grille.xlsx",
        ] {
            assert!(!refused(root.join(name)), "{name}");
        }
        assert!(!refused(dir.path().join("ailleurs/a.csv")));
    }

    #[cfg(unix)]
    #[test]
    fn a_link_is_followed_before_anything_is_allowed() {
        let dir = tempfile::tempdir().expect("a folder");
        let root = dir.path().join("obs");
        write_file(&root.join("observatoire.toml"), b"x").expect("written");
        write_file(&root.join("data/store/a"), b"x").expect("written");
        let link = |to: &str, name: &str| {
            std::os::unix::fs::symlink(root.join(to), dir.path().join(name)).expect("linked");
        };
        link("observatoire.toml", "a.csv");
        link("data/store", "dossier");
        assert!(outside_observatories(&dir.path().join("a.csv")).is_err());
        assert!(outside_observatories(&dir.path().join("dossier/new.csv")).is_err());
    }
}
