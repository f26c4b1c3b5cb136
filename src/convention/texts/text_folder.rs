//! The folder of texts as it is: each file read and never written again, what is left to write, what no section takes.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{ErrorKind, Read, Write};
use std::path::Path;

use super::text_parts::TextPart;
use super::text_places::{BilanTextFile, TEXTS_FOLDER};
use crate::base::diagnostics::{Code, Diagnostic, Location};
use crate::base::error::{Error, Result};
use crate::base::files::create_dir;
use crate::base::text::{count, suggest};
use crate::base::written::{NotText, WrittenText, text_of};

/// Longest text, in bytes: a hundred pages.
const LONGEST: u64 = 400_000;
/// Files of the folder that other parts read, without their extension.
const READ_ELSEWHERE: [&str; 1] = ["contributions"];

/// How far a text is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TextState {
    /// Nothing is left to write.
    Complete,
    /// So many places are.
    ToComplete(usize),
    /// There is a file, that cannot be read: why.
    Unreadable(String),
}

/// A text of a bilan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BilanText {
    /// Its file, from the folder of the observatory.
    pub path: String,
    /// What was typed, or the sentence that one starts from; empty when it cannot be read.
    pub typed: String,
    /// The same, read.
    pub text: WrittenText,
    /// How far it is.
    pub state: TextState,
}

/// All texts.
#[derive(Debug, Clone, Default)]
pub struct TextFolder {
    texts: BTreeMap<TextPart, BilanText>,
    /// What was noticed.
    pub diagnostics: Vec<Diagnostic>,
}

impl TextFolder {
    /// Reads the folder, under that of an observatory. A file that cannot be read is told, and its section is left to
    /// write.
    pub fn read(root: &Path, places: &[BilanTextFile]) -> Self {
        let folder = root.join(TEXTS_FOLDER);
        let names = names(&folder);
        let mut own = Self::default();
        for place in places {
            // Some disks do not tell capitals apart, some people do not either.
            let found = names.iter().find(|n| n.eq_ignore_ascii_case(&place.file));
            let read = found.map(|name| read_one(&folder.join(name)));
            let text = match read {
                None => typed(place, &place.starter),
                Some(Ok(text)) if text.trim().is_empty() => typed(place, &place.starter),
                Some(Ok(text)) => typed(place, &text),
                Some(Err(problem)) => {
                    own.diagnostics.push(problem.told(place));
                    BilanText {
                        path: place.path(),
                        typed: String::new(),
                        text: WrittenText::default(),
                        state: TextState::Unreadable(problem.why),
                    }
                }
            };
            own.texts.insert(place.part.clone(), text);
        }
        let strays = names.iter().filter_map(|name| stray(name, places));
        own.diagnostics.extend(strays);
        own
    }

    /// The text of a section.
    pub fn get(&self, part: &TextPart) -> Option<&BilanText> {
        self.texts.get(part)
    }

    /// All, in order of sections.
    pub fn all(&self) -> impl Iterator<Item = (&TextPart, &BilanText)> {
        self.texts.iter()
    }
}

impl BilanText {
    /// What is left to do, in a sentence; empty once it is whole.
    pub fn left(&self) -> String {
        match &self.state {
            TextState::Complete => String::new(),
            TextState::ToComplete(places) => format!(
                "À compléter dans {} ({}).",
                self.path,
                count(*places, "endroit", "endroits")
            ),
            TextState::Unreadable(why) => format!(
                "{} n’a pas pu être lu : {why}. Rien n’y a été changé.",
                self.path
            ),
        }
    }
}

/// Lays what people start from in files that are not there yet; never touches one that is. Gives the files laid.
///
/// # Errors
///
/// A folder that cannot be made; a file that cannot be written.
pub fn lay_starters(root: &Path, places: &[BilanTextFile]) -> Result<Vec<String>> {
    let folder = root.join(TEXTS_FOLDER);
    create_dir(&folder)?;
    let there = names(&folder);
    let mut laid = Vec::new();
    for place in places {
        if there.iter().any(|n| n.eq_ignore_ascii_case(&place.file)) {
            continue;
        }
        let path = folder.join(&place.file);
        // Somebody may begin it in this very instant: never over it.
        match File::create_new(&path) {
            Ok(mut file) => {
                let written = file.write_all(place.starter.as_bytes());
                written.map_err(Error::io(&path, "écriture"))?;
                laid.push(place.path());
            }
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            Err(error) => return Err(Error::io(&path, "écriture")(error)),
        }
    }
    Ok(laid)
}

fn typed(place: &BilanTextFile, typed: &str) -> BilanText {
    let text = WrittenText::read(typed);
    let state = match text.missing() {
        0 => TextState::Complete,
        places => TextState::ToComplete(places),
    };
    BilanText {
        path: place.path(),
        typed: typed.to_owned(),
        text,
        state,
    }
}

/// Why a file cannot be read, and where.
struct TextProblem {
    why: String,
    place: Option<String>,
}

impl TextProblem {
    fn new(why: &str) -> Self {
        Self {
            why: why.to_owned(),
            place: None,
        }
    }

    fn of(not_text: NotText) -> Self {
        let (why, place) = match not_text {
            NotText::Utf16 => ("il est enregistré en UTF-16", "ligne 1".to_owned()),
            NotText::OtherEncoding { line, column } => (
                "il n’est pas enregistré en UTF-8",
                format!("ligne {line}, colonne {column}"),
            ),
            NotText::Binary { line } => ("ce n’est pas un texte", format!("ligne {line}")),
        };
        Self {
            why: why.to_owned(),
            place: Some(place),
        }
    }

    fn told(&self, place: &BilanTextFile) -> Diagnostic {
        let at = Location {
            cell: self.place.clone(),
            ..Location::file(&place.path())
        };
        let message = format!(
            "Ce texte n’est pas repris dans le bilan : {}. Le fichier n’est pas changé.",
            self.why
        );
        Diagnostic::new(Code::TextUnread, at, message)
    }
}

fn read_one(path: &Path) -> std::result::Result<String, TextProblem> {
    let refused = |error: &std::io::Error| TextProblem::new(&format!("lecture refusée ({error})"));
    let about = fs::metadata(path).map_err(|e| refused(&e))?;
    if !about.is_file() {
        return Err(TextProblem::new("ce n’est pas un fichier"));
    }
    let file = File::open(path).map_err(|e| refused(&e))?;
    let mut bytes = Vec::new();
    file.take(LONGEST + 1)
        .read_to_end(&mut bytes)
        .map_err(|e| refused(&e))?;
    if bytes.len() as u64 > LONGEST {
        return Err(TextProblem::new("il dépasse cent pages"));
    }
    let text = text_of(&bytes).map_err(TextProblem::of)?;
    Ok(text.to_owned())
}

/// What the folder holds, in order; files that systems and word processors leave aside.
fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let names = entries.map(|entry| entry.file_name().to_string_lossy().into_owned());
    let is_own = |name: &String| {
        let hidden = ['.', '~'].iter().any(|c| name.starts_with(*c));
        let system = ["desktop.ini", "thumbs.db"];
        !hidden && !system.contains(&name.to_lowercase().as_str())
    };
    let mut names: Vec<String> = names.filter(is_own).collect();
    names.sort();
    names
}

/// A file that nothing reads: what was written in it would be nowhere.
fn stray(name: &str, places: &[BilanTextFile]) -> Option<Diagnostic> {
    let others = READ_ELSEWHERE.map(|stem| format!("{stem}.md"));
    let known = places.iter().map(|p| &p.file).chain(&others);
    let known: Vec<&str> = known.map(String::as_str).collect();
    if known.iter().any(|k| k.eq_ignore_ascii_case(name)) {
        return None;
    }
    let near = suggest(name, known);
    let message = format!(
        "Aucune section ne reprend ce fichier : ce qui y est écrit n’est imprimé nulle part.{}",
        near.question()
    );
    let at = Location::file(&format!("{TEXTS_FOLDER}/{name}"));
    Some(Diagnostic::new(Code::TextStray, at, message))
}
