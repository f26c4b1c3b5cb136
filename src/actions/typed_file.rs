//! A file of text that people write whole on a page: shown with the state that they saw, kept byte for byte where they
//! changed nothing, what it held kept beside, put back.

use std::path::PathBuf;

use super::dated_copies::DatedCopies;
use crate::base::error::{Error, Result};
use crate::base::files::{sha256, write_file};
use crate::base::text::visible;
use crate::base::written::text_of;

/// Mark that some editors put before the first letter.
const BOM: &str = "\u{feff}";

/// A file and the copies of what it held.
pub(super) struct TypedFile<'a> {
    pub(super) path: PathBuf,
    pub(super) copies: DatedCopies<'a>,
    /// What a page shows where there is no file yet.
    pub(super) starter: &'a str,
}

/// A file as a page shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ShownFile {
    /// Its text, lines ended by a line feed.
    pub(crate) text: String,
    /// Names the bytes that are shown; empty where there is no file.
    pub(crate) seen: String,
    /// Why it cannot be typed on a page; none when it can.
    pub(crate) locked: Option<&'static str>,
    /// Name of the copy that « Remettre » would put back.
    pub(crate) before: Option<String>,
}

/// What became of what was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum TypedFileOutcome {
    /// It is written; what was there is kept.
    Written,
    /// What is asked is what is there.
    Same,
    /// Others changed the file since it was shown: nothing was written.
    Stale,
    /// It does not hold together: nothing was written; every fault on a line.
    Refused(String),
}

const NOT_TEXT: &str = "Ce fichier n’est pas un texte en UTF-8 : ouvrez-le dans le Bloc-notes, puis « Enregistrer sous », encodage UTF-8.";
const UNSEEN: &str =
    "Ce fichier contient des caractères qu’une page ne montre pas : changez-le dans le Bloc-notes.";

impl TypedFile<'_> {
    /// The file as a page shows it.
    ///
    /// # Errors
    ///
    /// A disk that refuses.
    pub(super) fn shown(&self) -> Result<ShownFile> {
        self.shown_of(self.bytes()?.as_deref())
    }

    fn shown_of(&self, bytes: Option<&[u8]>) -> Result<ShownFile> {
        let Some(bytes) = bytes else {
            return Ok(ShownFile {
                text: self.starter.to_owned(),
                seen: String::new(),
                locked: None,
                before: self.before(None)?,
            });
        };
        let held = text_of(bytes).ok();
        let text = held.map_or_else(String::new, plain);
        let locked = match held {
            None => Some(NOT_TEXT),
            Some(_) if visible(&text) != text || text.contains('\r') => Some(UNSEEN),
            Some(_) => None,
        };
        Ok(ShownFile {
            text,
            seen: sha256(bytes),
            locked,
            before: self.before(Some(bytes))?,
        })
    }

    /// Keeps what was typed over the state that was seen, if `check` reads it.
    ///
    /// # Errors
    ///
    /// A file that a page cannot show; a disk that refuses.
    pub(super) fn keep(
        &self,
        typed: &str,
        seen: &str,
        check: impl Fn(&str) -> Result<()>,
    ) -> Result<TypedFileOutcome> {
        // Read once: what is compared is what is kept.
        let bytes = self.bytes()?;
        let shown = self.shown_of(bytes.as_deref())?;
        if let Some(why) = shown.locked {
            return Err(Error::Usage(why.to_owned()));
        }
        if shown.seen != seen {
            return Ok(TypedFileOutcome::Stale);
        }
        let typed = plain(typed);
        if typed == shown.text {
            return Ok(TypedFileOutcome::Same);
        }
        let held = bytes.as_deref().and_then(|b| text_of(b).ok());
        let text = held.map_or_else(|| typed.clone(), |held| over(held, &typed));
        if let Err(refused) = check(&text) {
            return Ok(TypedFileOutcome::Refused(refused.to_string()));
        }
        let is_marked = |b: &Vec<u8>| b.starts_with(BOM.as_bytes());
        let mark = if bytes.as_ref().is_some_and(is_marked) {
            BOM
        } else {
            ""
        };
        self.replace(bytes.as_deref(), format!("{mark}{text}").as_bytes())
    }

    /// Puts back what was there before the last change; what is there now is kept in its turn.
    ///
    /// # Errors
    ///
    /// Nothing to put back; a disk that refuses.
    pub(super) fn put_back(
        &self,
        seen: &str,
        check: impl Fn(&str) -> Result<()>,
    ) -> Result<TypedFileOutcome> {
        let now = self.bytes()?;
        if now.as_deref().map_or_else(String::new, sha256) != seen {
            return Ok(TypedFileOutcome::Stale);
        }
        let name = self.before(now.as_deref())?.ok_or_else(|| {
            Error::Usage("Il n’y a rien d’avant à remettre : rien n’a été changé ici.".to_owned())
        })?;
        let path = self.copies.path(&name);
        let then = std::fs::read(&path).map_err(Error::io(&path, "lecture"))?;
        let text = text_of(&then).map_err(|_| Error::Usage(NOT_TEXT.to_owned()))?;
        if let Err(refused) = check(text) {
            return Ok(TypedFileOutcome::Refused(refused.to_string()));
        }
        self.replace(now.as_deref(), &then)
    }

    /// The copy is laid first: a stop between leaves the file as it was.
    fn replace(&self, now: Option<&[u8]>, bytes: &[u8]) -> Result<TypedFileOutcome> {
        self.copies.keep(now.unwrap_or(self.starter.as_bytes()))?;
        write_file(&self.path, bytes)?;
        Ok(TypedFileOutcome::Written)
    }

    fn bytes(&self) -> Result<Option<Vec<u8>>> {
        if !self.path.is_file() {
            return Ok(None);
        }
        let bytes = std::fs::read(&self.path).map_err(Error::io(&self.path, "lecture"))?;
        Ok(Some(bytes))
    }

    /// The last copy that differs from what is there.
    fn before(&self, now: Option<&[u8]>) -> Result<Option<String>> {
        let names = self.copies.names()?.into_iter().rev();
        let mut other = names.filter(|name| {
            let held = std::fs::read(self.copies.path(name));
            held.is_ok_and(|held| Some(held.as_slice()) != now)
        });
        Ok(other.next())
    }
}

/// Lines ended by a line feed, as a browser sends them back.
fn plain(text: &str) -> String {
    text.replace("\r\n", "\n")
}

/// What was typed over what was held: lines that are the same at both ends keep their bytes, the others take the end
/// of line that the file has.
fn over(held: &str, typed: &str) -> String {
    let old: Vec<&str> = held.split_inclusive('\n').collect();
    let new: Vec<&str> = typed.split_inclusive('\n').collect();
    let same = |(a, b): &(&&str, &&str)| plain(a) == ***b;
    let first = old.iter().zip(&new).take_while(same).count();
    let rest = (old.len().min(new.len())).saturating_sub(first);
    let ends = old.iter().rev().zip(new.iter().rev());
    let last = ends.take(rest).take_while(same).count();
    let is_windows = held.contains("\r\n");
    let middle = new[first..new.len() - last].concat();
    let middle = if is_windows {
        middle.replace('\n', "\r\n")
    } else {
        middle
    };
    let (before, after) = (&old[..first], &old[old.len() - last..]);
    format!("{}{middle}{}", before.concat(), after.concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_not_touched_keeps_its_bytes() {
        let mixed = "un\r\ndeux\ntrois\r\n";
        assert_eq!(over(mixed, "un\ndeux\ntrois\n"), mixed);
        assert_eq!(
            over(mixed, "un\ndeux\nautre\ntrois\n"),
            "un\r\ndeux\nautre\r\ntrois\r\n"
        );
        assert_eq!(over("a\nb\n", "a\n"), "a\n");
        assert_eq!(over("a\na\n", "a\na\na\n"), "a\na\na\n");
        assert_eq!(over("", "x"), "x");
    }

    #[test]
    fn a_file_is_kept_put_back_and_never_over_another_state() {
        let dir = tempfile::tempdir().expect("a folder");
        let before = dir.path().join("avant");
        let file = TypedFile {
            path: dir.path().join("a.txt"),
            copies: DatedCopies::of_text(&before, "a", ".txt"),
            starter: "début\n",
        };
        let sound = |_: &str| Ok(());
        let shown = file.shown().expect("shown");
        assert_eq!((shown.text.as_str(), shown.seen.as_str()), ("début\n", ""));
        assert_eq!(
            file.keep("début\r\n", "", sound).expect("kept"),
            TypedFileOutcome::Same
        );
        let refusing = |_: &str| Err(Error::Config("ligne 1".to_owned()));
        let refused = file.keep("un\r\n", "", refusing).expect("told");
        assert_eq!(refused, TypedFileOutcome::Refused("ligne 1".to_owned()));
        assert_eq!(
            file.keep("un\r\n", "", sound).expect("kept"),
            TypedFileOutcome::Written
        );
        assert_eq!(
            file.keep("deux\r\n", "", sound).expect("told"),
            TypedFileOutcome::Stale
        );
        let seen = file.shown().expect("shown").seen;
        assert_eq!(
            file.put_back(&seen, sound).expect("back"),
            TypedFileOutcome::Written
        );
        assert_eq!(file.shown().expect("shown").text, "début\n");
    }
}
