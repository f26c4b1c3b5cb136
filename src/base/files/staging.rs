//! A delivery written beside its folder, then put there file by file, each whole: what it replaces
//! is what an earlier delivery wrote, and nothing else is touched. At no instant is a report
//! missing, and the index, which is put last, names none that is not there.

use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use super::atomic::{create_dir, folder_of, patiently, remove_temporaries, sync_dir};
use super::delivery_mark::{DeliveryMark, MARK, fingerprint};
use super::held_folder::{HeldFolder, sweep};
use crate::base::error::{Error, Result};

/// Begins the name of a folder in the making.
const PREFIX: &str = ".livraison-";

/// Extensions of reports.
const REPORTS: [&str; 3] = ["html", "pdf", "xlsx"];

/// A delivery in the making; dropped before [`Staging::put`], nothing of it stays.
pub(crate) struct Staging {
    out: PathBuf,
    mark: DeliveryMark,
    /// Fingerprints of what was written, by relative name.
    written: Mutex<BTreeMap<String, String>>,
    fresh: HeldFolder,
}

/// What a delivery did to its folder.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct PutOutcome {
    /// Files that were not there.
    pub(crate) added: usize,
    /// Files of an earlier delivery that were replaced.
    pub(crate) replaced: usize,
    /// Files that had been changed by hand since, under the names where they were put aside.
    pub(crate) aside: Vec<String>,
    /// Files of earlier deliveries that stay.
    pub(crate) kept: usize,
}

impl Staging {
    /// A new folder beside `out`, on the same disk; what kills left there is swept.
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
        let mut mark = DeliveryMark::default();
        if out.join(MARK).is_file() {
            mark = DeliveryMark::read(out)?;
            remove_temporaries(out)?;
        }
        if mark.is_former() {
            mark = mark.replacing(&reports_of(out), &[]);
        }
        let parent = folder_of(out);
        create_dir(parent)?;
        sweep(parent, PREFIX)?;
        Ok(Self {
            out: out.to_path_buf(),
            mark,
            written: Mutex::default(),
            fresh: HeldFolder::within(parent, PREFIX)?,
        })
    }

    /// Writes a file by its relative name, with « / » between folders.
    pub(crate) fn write(&self, name: &str, bytes: &[u8]) -> Result<()> {
        let path = under(self.fresh.path(), name);
        if let Some(dir) = path.parent() {
            create_dir(dir)?;
        }
        std::fs::write(&path, bytes).map_err(Error::io(&path, "écriture"))?;
        let mut written = self.written.lock().unwrap_or_else(PoisonError::into_inner);
        written.insert(name.to_owned(), fingerprint(bytes));
        Ok(())
    }

    /// Whether a report will stand in the folder: just written, or left by an earlier delivery.
    pub(crate) fn will_stand(&self, name: &str) -> bool {
        let written = self.written.lock().unwrap_or_else(PoisonError::into_inner);
        let stands = self.mark.names(name) && under(&self.out, name).is_file();
        written.contains_key(name) || stands
    }

    /// Puts every file in its place, `last` after all others, each at once; `log` names the files of
    /// the log that remember this delivery.
    ///
    /// # Errors
    ///
    /// A file that cannot be replaced (on Windows, one that is open): those put before it stay, each
    /// whole, and the same command finishes the rest.
    pub(crate) fn put(self, last: &str, log: &[String]) -> Result<PutOutcome> {
        let written = self.written.lock().unwrap_or_else(PoisonError::into_inner);
        create_dir(&self.out)?;
        let mut mark = self.mark.replacing(&written, log);
        mark.write(&self.out)?;
        let mut done = PutOutcome::default();
        let others = written.keys().filter(|name| *name != last);
        for name in others.chain(written.keys().filter(|name| *name == last)) {
            self.put_one(name, &mut done)?;
        }
        sync_dir(&self.out)?;
        mark = mark.replaced(&written);
        mark.write(&self.out)?;
        done.kept = self.stay(&mark, &written);
        Ok(done)
    }

    fn put_one(&self, name: &str, done: &mut PutOutcome) -> Result<()> {
        let (from, to) = (under(self.fresh.path(), name), under(&self.out, name));
        if let Some(dir) = to.parent() {
            create_dir(dir)?;
        }
        match std::fs::read(&to) {
            Ok(bytes) if self.is_ours(name, &bytes) => done.replaced += 1,
            Ok(_) => done.aside.push(put_aside(&self.out, name)?),
            Err(e) if e.kind() == ErrorKind::NotFound => done.added += 1,
            Err(e) => return Err(Error::io(&to, "lecture")(e)),
        }
        patiently(|| std::fs::rename(&from, &to)).map_err(Error::io(&to, "écriture"))
    }

    /// A delivery that was killed may have put the very same bytes.
    fn is_ours(&self, name: &str, bytes: &[u8]) -> bool {
        self.mark.is_ours(name, bytes) || {
            let fresh = std::fs::read(under(self.fresh.path(), name));
            fresh.is_ok_and(|fresh| fresh == bytes)
        }
    }

    /// Files of earlier deliveries that are still there.
    fn stay(&self, mark: &DeliveryMark, written: &BTreeMap<String, String>) -> usize {
        let earlier = mark
            .file_names()
            .filter(|name| !written.contains_key(*name));
        earlier
            .filter(|name| under(&self.out, name).is_file())
            .count()
    }
}

/// A file by its relative name, with « / » between folders.
fn under(folder: &Path, name: &str) -> PathBuf {
    let parts = name.split('/');
    parts.fold(folder.to_path_buf(), |path, part| path.join(part))
}

/// Gives another name to a file that somebody changed; tells it.
fn put_aside(out: &Path, name: &str) -> Result<String> {
    let (stem, extension) = name.rsplit_once('.').unwrap_or((name, "txt"));
    let mut rank = 1;
    loop {
        let other = format!("{stem} (modifié {rank}).{extension}");
        let (from, to) = (under(out, name), under(out, &other));
        if to.exists() {
            rank += 1;
            continue;
        }
        patiently(|| std::fs::rename(&from, &to)).map_err(Error::io(&from, "mise à l’écart"))?;
        return Ok(other);
    }
}

/// Reports in a folder that the former program delivered, which kept no list, with their
/// fingerprints.
fn reports_of(out: &Path) -> BTreeMap<String, String> {
    let entries = |folder: &Path| std::fs::read_dir(folder).into_iter().flatten().flatten();
    let inside = entries(out).flat_map(|entry| entries(&entry.path()));
    let mut reports = BTreeMap::new();
    for entry in entries(out).chain(inside) {
        let path = entry.path();
        let is_report = path
            .extension()
            .is_some_and(|e| REPORTS.iter().any(|r| e == *r));
        let name = path
            .strip_prefix(out)
            .map(|name| name.to_string_lossy().replace('\\', "/"));
        if let (true, Ok(name), Ok(bytes)) = (is_report, name, std::fs::read(&path)) {
            reports.insert(name, fingerprint(&bytes));
        }
    }
    reports
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

    #[cfg(unix)]
    #[test]
    fn a_delivery_opens_for_whoever_a_plain_folder_opens_for() {
        use std::os::unix::fs::PermissionsExt;
        let root = tempfile::tempdir().expect("folder");
        let rights = |name: &str| {
            let about = std::fs::metadata(root.path().join(name)).expect("a folder");
            about.permissions().mode()
        };
        deliver(&root.path().join("C1"), &[("elus/a.html", "x")]);
        create_dir(&root.path().join("plain")).expect("made");
        assert_eq!(rights("C1"), rights("plain"));
        assert_eq!(rights("C1/elus"), rights("plain"));
    }

    fn deliver(out: &Path, files: &[(&str, &str)]) -> PutOutcome {
        let staging = Staging::beside(out).expect("a place");
        for (name, text) in files {
            staging.write(name, text.as_bytes()).expect("written");
        }
        staging.put("index.html", &[]).expect("put")
    }

    fn read(out: &Path, name: &str) -> String {
        std::fs::read_to_string(under(out, name)).expect("a file")
    }

    #[test]
    fn a_delivery_replaces_its_own_files_and_no_other() {
        let root = tempfile::tempdir().expect("folder");
        let out = root.path().join("C1");
        let first = [
            ("elus/a.html", "un"),
            ("equipes/b.html", "b"),
            ("index.html", "i"),
        ];
        let done = deliver(&out, &first);
        assert_eq!((done.added, done.replaced, done.kept), (3, 0, 0));
        std::fs::write(out.join("mes notes.txt"), "à garder").expect("written");
        let done = deliver(&out, &[("elus/a.html", "deux"), ("index.html", "j")]);
        assert_eq!((done.added, done.replaced, done.kept), (0, 2, 1));
        assert_eq!(read(&out, "elus/a.html"), "deux");
        assert_eq!(read(&out, "equipes/b.html"), "b");
        assert_eq!(read(&out, "mes notes.txt"), "à garder");
        let left = std::fs::read_dir(root.path()).expect("readable").count();
        assert_eq!(left, 1, "nothing lies about");
        std::fs::write(root.path().join("autre.txt"), "").expect("written");
        assert!(Staging::beside(root.path()).is_err());
    }

    #[test]
    fn a_report_changed_by_hand_is_put_aside() {
        let root = tempfile::tempdir().expect("folder");
        let out = root.path().join("C1");
        deliver(&out, &[("elus/a.html", "un")]);
        std::fs::write(out.join("elus").join("a.html"), "annoté").expect("written");
        let done = deliver(&out, &[("elus/a.html", "deux")]);
        assert_eq!(done.aside, ["elus/a (modifié 1).html"]);
        assert_eq!(read(&out, "elus/a.html"), "deux");
        assert_eq!(read(&out, "elus/a (modifié 1).html"), "annoté");
    }

    #[test]
    fn the_index_may_name_what_an_earlier_delivery_left() {
        let root = tempfile::tempdir().expect("folder");
        let out = root.path().join("C1");
        deliver(&out, &[("a.html", "a")]);
        std::fs::write(out.join("b.html"), "hers").expect("written");
        let staging = Staging::beside(&out).expect("a place");
        staging.write("c.html", b"c").expect("written");
        let stand = ["a.html", "b.html", "c.html"].map(|name| staging.will_stand(name));
        assert_eq!(stand, [true, false, true]);
    }
}
