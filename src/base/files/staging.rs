//! A delivery written beside its folder, then put there file by file, each whole: what it replaces
//! is what an earlier delivery wrote, and nothing else is touched. What was delivered on another day
//! is kept first, in `editions/AAAA-MM-JJ`. At no instant is a report missing, and the index, which is put
//! last, names none that is not there.

use std::collections::{BTreeMap, BTreeSet};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use super::atomic::{
    create_dir, folder_of, is_temporary, patiently, remove_temporaries, sync_dir, write_atomic,
};
use super::dated_files::{dated_name, day_in_name, day_written};
use super::delivery_mark::{DeliveryMark, MARK, fingerprint};
use super::held_folder::{HeldFolder, sweep};
use crate::base::day::Day;
use crate::base::error::{Error, Result};

/// Begins the name of a folder in the making.
const PREFIX: &str = ".livraison-";

/// Extensions of reports.
const REPORTS: [&str; 3] = ["html", "pdf", "xlsx"];

/// A delivery in the making; dropped before [`Staging::put`], nothing of it stays.
pub(crate) struct Staging {
    out: PathBuf,
    /// Day of the edition.
    day: Day,
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
    /// Files of editions of other days that were replaced and kept, by day.
    pub(crate) dated: BTreeMap<Day, usize>,
}

impl Staging {
    /// A new folder beside `out`, on the same disk, for the edition of a day; what kills left there is
    /// swept.
    ///
    /// # Errors
    ///
    /// `out` holds something else than a delivery; the disk refuses.
    pub(crate) fn beside(out: &Path, day: Day) -> Result<Self> {
        if holds_something_else(out)? {
            return Err(Error::Usage(format!(
                "{} contient déjà autre chose qu’une livraison de rapports. Choisissez un autre dossier.",
                out.display()
            )));
        }
        let mut mark = DeliveryMark::default();
        if out.join(MARK).is_file() {
            mark = DeliveryMark::read(out)?;
        }
        if out.is_dir() {
            remove_temporaries(out)?;
        }
        if mark.is_former() {
            mark = mark.replacing(&reports_of(out), None, &[]);
        }
        let parent = folder_of(out);
        create_dir(parent)?;
        sweep(parent, PREFIX)?;
        Ok(Self {
            out: out.to_path_buf(),
            day,
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

    /// The day of the edition of a report that will stand in the folder: just written, or left by an earlier
    /// delivery. None for what will not.
    pub(crate) fn standing(&self, name: &str) -> Option<Day> {
        let written = self.written.lock().unwrap_or_else(PoisonError::into_inner);
        if written.contains_key(name) {
            return Some(self.day);
        }
        let path = under(&self.out, name);
        let stands = self.mark.names(name) && path.is_file();
        let day = || self.mark.day_of_file(name).or_else(|| day_written(&path));
        stands.then(|| day().unwrap_or(self.day))
    }

    /// Names of all the reports that will stand in their place, whichever delivery wrote them.
    pub(crate) fn all_standing(&self) -> BTreeSet<String> {
        let written = self.written.lock().unwrap_or_else(PoisonError::into_inner);
        let earlier = self
            .mark
            .file_names()
            .filter(|name| day_in_name(name).is_none() && under(&self.out, name).is_file());
        let earlier: Vec<String> = earlier.map(str::to_owned).collect();
        written.keys().cloned().chain(earlier).collect()
    }

    /// Reports of editions of other days that will stand beside this one: those kept already, and those
    /// that it replaces; by day, under the names that they had, their own `index` aside.
    ///
    /// # Errors
    ///
    /// A file that cannot be read.
    pub(crate) fn earlier(&self, index: &str) -> Result<BTreeMap<Day, BTreeSet<String>>> {
        let mut earlier: BTreeMap<Day, BTreeSet<String>> = BTreeMap::new();
        let written = self.written.lock().unwrap_or_else(PoisonError::into_inner);
        for name in written.keys() {
            let replaced = read_if_there(&under(&self.out, name))?;
            if let Some(day) = replaced.and_then(|bytes| self.former_day(name, &bytes)) {
                earlier.entry(day).or_default().insert(name.clone());
            }
        }
        for name in self.mark.file_names() {
            if let Some((day, own)) = day_in_name(name)
                && own != index
                && under(&self.out, name).is_file()
            {
                earlier.entry(day).or_default().insert(own.to_owned());
            }
        }
        Ok(earlier)
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
        // What will be kept is marked first: a delivery that is stopped here finds it again.
        let kept = self.kept_dated(written.keys().filter(|name| *name != last))?;
        let mut mark = self.mark.replacing(&written, Some(self.day), log);
        for file in kept.values() {
            mark.keep(&file.name, &file.print, file.day);
        }
        mark.write(&self.out)?;
        let mut done = PutOutcome::default();
        let others = written.keys().filter(|name| *name != last);
        for name in others.chain(written.keys().filter(|name| *name == last)) {
            self.put_one(name, kept.get(name.as_str()), &mut done)?;
        }
        sync_dir(&self.out)?;
        mark = mark.replaced(&written);
        mark.write(&self.out)?;
        done.kept = self.stay(&mark, &written);
        Ok(done)
    }

    /// Reports of editions of other days that are about to be replaced, by name: where each is kept.
    fn kept_dated<'n>(
        &self,
        names: impl Iterator<Item = &'n String>,
    ) -> Result<BTreeMap<&'n str, DatedFile>> {
        let mut kept = BTreeMap::new();
        for name in names {
            let Some(bytes) = read_if_there(&under(&self.out, name))? else {
                continue;
            };
            if let Some(day) = self.former_day(name, &bytes) {
                kept.insert(name.as_str(), dated(&self.out, name, &bytes, day)?);
            }
        }
        Ok(kept)
    }

    /// Puts a file in its place; `kept`: where what it replaces is kept first.
    fn put_one(&self, name: &str, kept: Option<&DatedFile>, done: &mut PutOutcome) -> Result<()> {
        let (from, to) = (under(self.fresh.path(), name), under(&self.out, name));
        if let Some(dir) = to.parent() {
            create_dir(dir)?;
        }
        match std::fs::read(&to) {
            Ok(bytes) if self.is_ours(name, &bytes) => {
                done.replaced += 1;
                if let Some(kept) = kept {
                    *done.dated.entry(kept.day).or_default() += 1;
                    let copy = under(&self.out, &kept.name);
                    create_dir(folder_of(&copy))?;
                    write_atomic(&copy, &bytes)?;
                }
            }
            Ok(_) => done.aside.push(put_aside(&self.out, name)?),
            Err(e) if e.kind() == ErrorKind::NotFound => done.added += 1,
            Err(e) => return Err(Error::io(&to, "lecture")(e)),
        }
        patiently(|| std::fs::rename(&from, &to)).map_err(Error::io(&to, "écriture"))
    }

    /// The day of the edition of a file that is about to be replaced, when it is another one. Pages of
    /// kept editions are no reports.
    fn former_day(&self, name: &str, bytes: &[u8]) -> Option<Day> {
        if day_in_name(name).is_some() || !self.mark.is_ours(name, bytes) {
            return None;
        }
        let day = self.mark.day_of(bytes);
        let day = day.or_else(|| day_written(&under(&self.out, name)))?;
        (day != self.day).then_some(day)
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
            .filter(|name| !written.contains_key(*name) && day_in_name(name).is_none());
        earlier
            .filter(|name| under(&self.out, name).is_file())
            .count()
    }
}

/// Where a report of an edition of another day is kept.
struct DatedFile {
    name: String,
    print: String,
    day: Day,
}

/// A name under which a report of an edition of another day can be kept: nothing kept is written over.
fn dated(out: &Path, name: &str, bytes: &[u8], day: Day) -> Result<DatedFile> {
    let mut rank = 1;
    loop {
        let name = dated_name(name, day, rank);
        match read_if_there(&under(out, &name))? {
            Some(there) if there != bytes => rank += 1,
            _ => {
                return Ok(DatedFile {
                    name,
                    print: fingerprint(bytes),
                    day,
                });
            }
        }
    }
}

fn read_if_there(path: &Path) -> Result<Option<Vec<u8>>> {
    match std::fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(e) if e.kind() == ErrorKind::NotFound => Ok(None),
        Err(e) => Err(Error::io(path, "lecture")(e)),
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
    for entry in std::fs::read_dir(out).map_err(Error::io(out, "lecture"))? {
        let entry = entry.map_err(Error::io(out, "lecture"))?;
        // A first delivery that was stopped before its mark left nothing else.
        if !is_temporary(&entry.file_name().to_string_lossy()) {
            return Ok(true);
        }
    }
    Ok(false)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::day::on;

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
        deliver_on("2026-12-15", out, files)
    }

    fn deliver_on(day: &str, out: &Path, files: &[(&str, &str)]) -> PutOutcome {
        let staging = Staging::beside(out, on(day)).expect("a place");
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
        assert!(Staging::beside(root.path(), on("2026-12-15")).is_err());
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

    /// Three editions: the report of each day but the last is kept under its day, once.
    #[test]
    fn an_edition_of_another_day_is_kept() {
        let root = tempfile::tempdir().expect("folder");
        let out = root.path().join("C1");
        let day = |day: &str, text: &str| {
            let files = [("elus/a.html", text), ("index.html", text)];
            deliver_on(day, &out, &files)
        };
        let done = [
            day("2026-11-26", "un"),
            day("2026-11-26", "un corrigé"),
            day("2026-12-01", "deux"),
            day("2026-12-15", "trois"),
        ];
        let dated = done.map(|done| done.dated.into_keys().collect::<Vec<Day>>());
        let none = Vec::new();
        let kept = [vec![on("2026-11-26")], vec![on("2026-12-01")]];
        assert_eq!(
            dated,
            [none.clone(), none, kept[0].clone(), kept[1].clone()]
        );
        assert_eq!(read(&out, "elus/a.html"), "trois");
        assert_eq!(read(&out, "editions/2026-11-26/elus/a.html"), "un corrigé");
        assert_eq!(read(&out, "editions/2026-12-01/elus/a.html"), "deux");
        assert!(!under(&out, "editions/2026-12-01/index.html").exists());
        // An old day delivered again, then left: nothing kept is written over.
        day("2026-11-26", "un encore");
        let done = day("2026-12-15", "trois");
        assert_eq!(done.dated[&on("2026-11-26")], 1);
        assert_eq!(read(&out, "editions/2026-11-26/elus/a.html"), "un corrigé");
        assert_eq!(
            read(&out, "editions/2026-11-26/elus/a (2).html"),
            "un encore"
        );
        assert_eq!(read(&out, "editions/2026-12-15/elus/a.html"), "trois");
        assert_eq!(done.kept, 0);
    }

    /// What will stand is told before it is put: the index names it.
    #[test]
    fn editions_kept_are_known_before() {
        let root = tempfile::tempdir().expect("folder");
        let out = root.path().join("C1");
        deliver_on("2026-11-26", &out, &[("a.html", "un"), ("b.html", "un")]);
        deliver_on("2026-12-01", &out, &[("a.html", "deux")]);
        let staging = Staging::beside(&out, on("2026-12-15")).expect("a place");
        staging.write("a.html", b"trois").expect("written");
        staging.write("b.html", b"trois").expect("written");
        let earlier = staging.earlier("index.html").expect("readable");
        let names = |day: &str| earlier[&on(day)].iter().cloned().collect::<Vec<String>>();
        assert_eq!(names("2026-11-26"), ["a.html", "b.html"]);
        assert_eq!(names("2026-12-01"), ["a.html"]);
    }

    #[test]
    fn the_index_may_name_what_an_earlier_delivery_left() {
        let root = tempfile::tempdir().expect("folder");
        let out = root.path().join("C1");
        deliver(&out, &[("a.html", "a")]);
        std::fs::write(out.join("b.html"), "hers").expect("written");
        let staging = Staging::beside(&out, on("2026-12-15")).expect("a place");
        staging.write("c.html", b"c").expect("written");
        let stand = ["a.html", "b.html", "c.html"].map(|name| staging.standing(name));
        assert_eq!(
            stand,
            [Some(on("2026-12-15")), None, Some(on("2026-12-15"))]
        );
        let later = Staging::beside(&out, on("2026-12-20")).expect("a place");
        assert_eq!(later.standing("a.html"), Some(on("2026-12-15")));
    }
}
