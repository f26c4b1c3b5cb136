//! A folder written beside its place, then put there whole.

use std::path::{Path, PathBuf};

use crate::base::error::{Error, Result};

/// File that marks a folder which a delivery wrote, and which the next may replace.
const MARK: &str = ".observatoire-livraison";

/// A folder in the making; dropped before [`Staging::put`], nothing of it stays.
pub struct Staging {
    out: PathBuf,
    fresh: tempfile::TempDir,
}

impl Staging {
    /// A new folder beside `out`, on the same disk.
    ///
    /// # Errors
    ///
    /// `out` holds something else than a delivery; the disk refuses.
    pub fn beside(out: &Path) -> Result<Self> {
        if holds_something_else(out)? {
            return Err(Error::Usage(format!(
                "{} contient déjà autre chose qu’une livraison de rapports. Choisissez un autre dossier.",
                out.display()
            )));
        }
        let parent = out
            .parent()
            .filter(|p| !p.as_os_str().is_empty())
            .unwrap_or(Path::new("."));
        std::fs::create_dir_all(parent).map_err(Error::io(parent, "création du dossier"))?;
        let mut builder = tempfile::Builder::new();
        builder.prefix(".livraison-");
        // A delivery is there to be read by others than who writes it.
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o755));
        let fresh = builder
            .tempdir_in(parent)
            .map_err(Error::io(parent, "écriture"))?;
        Ok(Self {
            out: out.to_path_buf(),
            fresh,
        })
    }

    /// Writes a file by its relative name, with « / » between folders.
    pub fn write(&self, name: &str, bytes: &[u8]) -> Result<()> {
        let path = name
            .split('/')
            .fold(self.fresh.path().to_path_buf(), |p, part| p.join(part));
        if let Some(dir) = path.parent() {
            std::fs::create_dir_all(dir).map_err(Error::io(dir, "création du dossier"))?;
        }
        std::fs::write(&path, bytes).map_err(Error::io(&path, "écriture"))
    }

    /// Takes the place of the earlier delivery.
    pub fn put(self) -> Result<()> {
        self.write(MARK, b"")?;
        let (out, fresh) = (self.out, self.fresh);
        if !out.exists() {
            return std::fs::rename(fresh.keep(), &out).map_err(Error::io(&out, "écriture"));
        }
        // The old folder steps aside first: at no instant is there half of either.
        let aside = fresh.path().with_extension("ancien");
        std::fs::rename(&out, &aside).map_err(Error::io(&out, "remplacement"))?;
        if let Err(refused) = std::fs::rename(fresh.path(), &out) {
            let _ = std::fs::rename(&aside, &out);
            return Err(Error::io(&out, "écriture")(refused));
        }
        let _ = fresh.keep();
        std::fs::remove_dir_all(&aside).map_err(Error::io(&aside, "suppression"))
    }
}

fn holds_something_else(out: &Path) -> Result<bool> {
    if !out.exists() || out.join(MARK).is_file() {
        return Ok(false);
    }
    let mut entries = std::fs::read_dir(out).map_err(Error::io(out, "lecture"))?;
    Ok(entries.next().is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_delivery_replaces_a_delivery_and_nothing_else() {
        let root = tempfile::tempdir().expect("folder");
        let out = root.path().join("C1");
        for text in ["un", "deux"] {
            let staging = Staging::beside(&out).expect("a place");
            staging
                .write("elus/page.html", text.as_bytes())
                .expect("written");
            staging.put().expect("put");
            let read = std::fs::read_to_string(out.join("elus").join("page.html"));
            assert_eq!(read.expect("the page"), text);
        }
        let unfinished = Staging::beside(&out).expect("a place");
        unfinished.write("autre.html", b"x").expect("written");
        drop(unfinished);
        let left = std::fs::read_dir(root.path()).expect("readable").count();
        assert_eq!(left, 1, "nothing lies about");
        std::fs::write(root.path().join("mes notes.txt"), "à garder").expect("written");
        assert!(Staging::beside(root.path()).is_err());
    }
}
