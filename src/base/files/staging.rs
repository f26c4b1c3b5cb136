//! A folder written beside its place, then put there whole.

use std::path::{Path, PathBuf};

use super::atomic::{create_dir, folder_of, patiently};
use crate::base::error::{Error, Result};

/// File that marks a folder which a delivery wrote, and which the next may replace.
const MARK: &str = ".observatoire-livraison";

/// A folder in the making; dropped before [`Staging::put`], nothing of it stays.
pub(crate) struct Staging {
    out: PathBuf,
    fresh: tempfile::TempDir,
}

impl Staging {
    /// A new folder beside `out`, on the same disk.
    ///
    /// # Errors
    ///
    /// `out` holds something else than a delivery; the disk refuses.
    pub(crate) fn beside(out: &Path) -> Result<Self> {
        if holds_something_else(out)? {
            return Err(Error::Usage(format!(
                "{} contient déjà autre chose qu’une livraison de rapports. Choisissez un autre dossier.",
                out.display()
            )));
        }
        let parent = folder_of(out);
        create_dir(parent)?;
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
    pub(crate) fn write(&self, name: &str, bytes: &[u8]) -> Result<()> {
        let path = name
            .split('/')
            .fold(self.fresh.path().to_path_buf(), |p, part| p.join(part));
        if let Some(dir) = path.parent() {
            create_dir(dir)?;
        }
        std::fs::write(&path, bytes).map_err(Error::io(&path, "écriture"))
    }

    /// Takes the place of the earlier delivery, which stands aside until it is discarded.
    ///
    /// On Windows a folder of which any file is open cannot be renamed: an instant is waited for, then
    /// the earlier delivery stays whole and the error says to close it.
    pub(crate) fn put(self) -> Result<FormerFolder> {
        self.write(MARK, b"")?;
        let (out, fresh) = (self.out, self.fresh);
        if !out.exists() {
            patiently(|| std::fs::rename(fresh.path(), &out))
                .map_err(Error::io(&out, "écriture"))?;
            let _ = fresh.keep();
            return Ok(FormerFolder { aside: None });
        }
        // The old folder steps aside first: at no instant is there half of either.
        let aside = fresh.path().with_extension("ancien");
        patiently(|| std::fs::rename(&out, &aside)).map_err(Error::io(&out, "remplacement"))?;
        if let Err(refused) = patiently(|| std::fs::rename(fresh.path(), &out)) {
            patiently(|| std::fs::rename(&aside, &out))
                .map_err(Error::io(&aside, "remise en place"))?;
            return Err(Error::io(&out, "écriture")(refused));
        }
        let _ = fresh.keep();
        Ok(FormerFolder { aside: Some(aside) })
    }
}

/// What stood where a delivery was put. Apart from [`Staging::put`]: a delivery that is in place must
/// be remembered even when the former one cannot be removed.
#[must_use = "the former delivery stays aside until it is discarded"]
pub(crate) struct FormerFolder {
    aside: Option<PathBuf>,
}

impl FormerFolder {
    /// Removes it.
    pub(crate) fn discard(self) -> Result<()> {
        self.aside.map_or(Ok(()), |aside| {
            patiently(|| std::fs::remove_dir_all(&aside)).map_err(Error::io(&aside, "suppression"))
        })
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
            staging.put().and_then(FormerFolder::discard).expect("put");
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
