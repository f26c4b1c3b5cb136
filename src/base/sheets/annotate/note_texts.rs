//! The notes of a sheet: what people wrote stays, what the program has to say comes after it, once. Conversations
//! are left alone: a spreadsheet would no longer know them.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::ops::Range;

use super::cell_marks::{INCOHERENT, Unmarkable};
use super::note_words::{AUTHOR, FORMER, HEADING, without_own_words};
use super::part_links::NameFamily;
use super::tag_places::{Edits, PlacedTag, TagKind, each_tag, escaped, with_child};
use crate::base::diagnostics::CellRef;

/// Characters of a note.
const LONGEST: usize = 4_000;

/// A part of notes, made.
pub(super) struct NotesMade {
    pub(super) xml: String,
    /// Cells that had no note.
    pub(super) new: Vec<CellRef>,
    /// How many cells bear what the program says.
    pub(super) laid: usize,
}

/// A note that is there.
struct FormerNote {
    at: CellRef,
    author: usize,
    /// What it says, as it is written in the part.
    words: String,
    /// Place of what it holds.
    text: Option<Range<usize>>,
    /// Where runs end: what Excel keeps of Japanese readings comes after.
    end: usize,
    /// The tag of the words that are read.
    word: Range<usize>,
    /// Words that stand alone, without a run around them.
    bare: Vec<Range<usize>>,
    prefix: String,
}

/// The notes of a sheet with those wanted; a part is made where there is none.
pub(super) fn with_notes(
    former: Option<&str>,
    family: NameFamily,
    wanted: &BTreeMap<CellRef, &str>,
) -> Result<NotesMade, Unmarkable> {
    let empty;
    let xml = if let Some(xml) = former {
        xml
    } else {
        empty = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<comments xmlns=\"{}\"><authors></authors><commentList></commentList></comments>",
            family.main()
        );
        &empty
    };
    let read = FormerNotes::of(xml)?;
    let mut edits = Edits::default();
    let (mut known, mut laid) = (BTreeSet::new(), 0);
    for note in &read.notes {
        known.insert(note.at);
        let is_conversation = read
            .authors
            .get(note.author)
            .is_some_and(|a| a.starts_with("tc="));
        if is_conversation {
            continue;
        }
        match wanted.get(&note.at) {
            Some(text) => {
                note.append(&mut edits, text);
                laid += 1;
            }
            None => note.forget(&mut edits),
        }
    }
    let new: Vec<CellRef> = wanted
        .keys()
        .filter(|at| !known.contains(at))
        .copied()
        .collect();
    laid += new.len();
    let xml = edits.applied(xml);
    if new.is_empty() {
        return Ok(NotesMade { xml, new, laid });
    }
    let author = read.authors.iter().position(|a| a == AUTHOR);
    let (xml, author) = if let Some(known) = author {
        (xml, known)
    } else {
        let added = with_child(&xml, "authors", |p| {
            format!("<{p}author>{AUTHOR}</{p}author>")
        })?;
        (added.ok_or(INCOHERENT)?, read.authors.len())
    };
    let added = with_child(&xml, "commentList", |p| {
        let mut made = String::new();
        for at in &new {
            let runs = runs(p, wanted.get(at).unwrap_or(&""), false);
            let _ = write!(
                made,
                "<{p}comment ref=\"{at}\" authorId=\"{author}\"><{p}text>{runs}</{p}text></{p}comment>"
            );
        }
        made
    })?;
    Ok(NotesMade {
        xml: added.ok_or(INCOHERENT)?,
        new,
        laid,
    })
}

/// What the program says, as runs.
fn runs(p: &str, text: &str, after: bool) -> String {
    let kept: String = text.chars().take(LONGEST).collect();
    let cut = if kept.len() < text.len() {
        " […]"
    } else {
        ""
    };
    let before = if after { "\n\n" } else { "" };
    let look = format!(
        "<{p}sz val=\"9\"/><{p}color indexed=\"81\"/><{p}rFont val=\"Tahoma\"/><{p}family val=\"2\"/>"
    );
    format!(
        "<{p}r><{p}rPr><{p}b/>{look}</{p}rPr><{p}t xml:space=\"preserve\">{before}{HEADING}</{p}t></{p}r><{p}r><{p}rPr>{look}</{p}rPr><{p}t xml:space=\"preserve\">\n{}{cut}</{p}t></{p}r>",
        escaped(&kept)
    )
}

impl FormerNote {
    /// Sees a tag within it; `holder` is what holds an element that closes.
    fn see(&mut self, xml: &str, tag: &PlacedTag, holder: &str) {
        match (tag.local(), tag.kind) {
            ("text", TagKind::Opens) => {
                self.text = Some(tag.place.end..tag.place.end);
                self.end = tag.place.end;
            }
            ("text", TagKind::Closes) => {
                if let Some(text) = &mut self.text {
                    text.end = tag.place.start;
                }
            }
            ("t", TagKind::Opens) => self.word = tag.place.clone(),
            ("t", TagKind::Closes) => {
                if holder != "rPh" {
                    let words = xml.get(self.word.end..tag.place.start);
                    self.words.push_str(words.unwrap_or_default());
                }
                if holder == "text" {
                    self.bare.push(self.word.start..tag.place.end);
                    self.end = tag.place.end;
                }
            }
            ("r", TagKind::Closes) => self.end = tag.place.end,
            _ => {}
        }
    }

    /// Adds what the program says, in the place of what it said before.
    fn append(&self, edits: &mut Edits, said: &str) {
        let p = &self.prefix;
        let Some(text) = &self.text else {
            return;
        };
        if self.words.contains(HEADING) {
            let own = without_own_words(&self.words);
            let kept = if own.is_empty() {
                String::new()
            } else {
                format!("<{p}r><{p}t xml:space=\"preserve\">{own}</{p}t></{p}r>")
            };
            let made = runs(p, said, !own.is_empty());
            edits.replace(text.clone(), format!("{kept}{made}"));
            return;
        }
        for bare in &self.bare {
            edits.replace(bare.start..bare.start, format!("<{p}r>"));
            edits.replace(bare.end..bare.end, format!("</{p}r>"));
        }
        edits.replace(self.end..self.end, runs(p, said, true));
    }

    /// Takes back what the program said of a cell that has nothing wrong any more.
    fn forget(&self, edits: &mut Edits) {
        let (p, Some(text)) = (&self.prefix, &self.text) else {
            return;
        };
        if self.words.contains(HEADING) {
            let own = without_own_words(&self.words);
            let own = if own.is_empty() { FORMER } else { own };
            let kept = format!("<{p}r><{p}t xml:space=\"preserve\">{own}</{p}t></{p}r>");
            edits.replace(text.clone(), kept);
        }
    }
}

/// The notes that are there, and who wrote them.
#[derive(Default)]
struct FormerNotes {
    authors: Vec<String>,
    notes: Vec<FormerNote>,
}

impl FormerNotes {
    fn of(xml: &str) -> Result<Self, Unmarkable> {
        let mut all = Self::default();
        let (mut author, mut path): (usize, Vec<&str>) = (0, Vec::new());
        let mut note: Option<FormerNote> = None;
        each_tag(xml, |tag| {
            match (tag.local(), tag.kind) {
                ("author", TagKind::Opens) => author = tag.place.end,
                ("author", TagKind::Whole) => all.authors.push(String::new()),
                ("author", TagKind::Closes) => {
                    let name = xml.get(author..tag.place.start).unwrap_or_default();
                    all.authors.push(htmlize::unescape(name).into_owned());
                }
                ("comment", TagKind::Opens) => note = begun(tag),
                ("comment", TagKind::Closes) => all.notes.extend(note.take()),
                _ => {
                    if let Some(note) = &mut note {
                        // A tag that closes still stands last in the path.
                        let holder = path.iter().rev().nth(1).copied().unwrap_or_default();
                        note.see(xml, tag, holder);
                    }
                }
            }
            match tag.kind {
                TagKind::Opens => path.push(tag.local()),
                TagKind::Closes => drop(path.pop()),
                TagKind::Whole => {}
            }
            Ok(())
        })?;
        Ok(all)
    }
}

fn begun(tag: &PlacedTag) -> Option<FormerNote> {
    Some(FormerNote {
        at: tag.raw("ref")?.parse().ok()?,
        author: tag.raw("authorId").and_then(|n| n.parse().ok())?,
        words: String::new(),
        text: None,
        end: tag.place.end,
        word: 0..0,
        bare: Vec::new(),
        prefix: tag.prefix().to_owned(),
    })
}
