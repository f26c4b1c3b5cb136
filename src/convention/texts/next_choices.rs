//! What is to become of each fiche, as it was typed in `09-suite.md`: one line a fiche, « CODE : garder, parce que… ».

use super::text_folder::BilanText;
use crate::base::diagnostics::{Code, Diagnostic, Location};
use crate::base::text::{fold, suggest};
use crate::convention::Convention;

/// What is proposed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NextVerdict {
    /// As it is.
    Keep,
    /// With changes.
    Adapt,
    /// No longer.
    Stop,
    /// A new one.
    Add,
}

impl NextVerdict {
    const ALL: [Self; 4] = [Self::Keep, Self::Adapt, Self::Stop, Self::Add];

    /// The word that is typed.
    pub fn word(self) -> &'static str {
        match self {
            Self::Keep => "garder",
            Self::Adapt => "adapter",
            Self::Stop => "arrêter",
            Self::Add => "ajouter",
        }
    }

    /// Whether it is of a fiche that is not there yet.
    pub fn is_new(self) -> bool {
        self == Self::Add
    }
}

/// What is proposed for one fiche.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NextChoice {
    /// Code of a fiche; what a new one is called.
    pub fiche: String,
    /// What is proposed.
    pub verdict: NextVerdict,
    /// Why, as typed.
    pub reason: String,
    /// Rank of its line in the file, from 0.
    pub line: usize,
}

/// The choices of a text, and what was wrong in it.
pub fn next_choices(
    convention: &Convention,
    text: &BilanText,
) -> (Vec<NextChoice>, Vec<Diagnostic>) {
    let mut choices: Vec<NextChoice> = Vec::new();
    let mut told = Vec::new();
    for (rank, line) in text.typed.lines().enumerate() {
        let mut tell = |message: String| {
            let at = Location {
                cell: Some(format!("ligne {}", rank + 1)),
                ..Location::file(&text.path)
            };
            told.push(Diagnostic::new(Code::NextUnclear, at, message));
        };
        match choice(convention, line) {
            TypedChoice::None => {}
            TypedChoice::Unclear(message) => tell(message),
            TypedChoice::Made(made) => {
                if choices.iter().any(|c| c.fiche == made.fiche) {
                    let message = format!(
                        "La fiche {} est déjà dite plus haut : la première ligne est gardée.",
                        made.fiche
                    );
                    tell(message);
                } else {
                    choices.push(NextChoice { line: rank, ..made });
                }
            }
        }
    }
    (choices, told)
}

enum TypedChoice {
    /// A line of prose, or one that is left to write.
    None,
    Unclear(String),
    Made(NextChoice),
}

fn choice(convention: &Convention, line: &str) -> TypedChoice {
    let bare = line.trim().trim_start_matches(['-', '*', '•', '+']).trim();
    let Some((named, said)) = bare.split_once(':') else {
        return TypedChoice::None;
    };
    let named = named.trim_matches(['*', '_', ' ', '\u{a0}']);
    let said = said.trim_matches(['*', '_', ' ', '\u{a0}']);
    if said.starts_with('[') || named.is_empty() {
        return TypedChoice::None;
    }
    let same = |text: &str| fold(text) == fold(named);
    let mut fiches = convention.fiches.iter();
    let fiche = fiches.find(|f| same(&f.code) || same(&f.title));
    let end = said
        .find(|c: char| !c.is_alphabetic())
        .unwrap_or(said.len());
    let (word, rest) = said.split_at(end);
    let verdict = NextVerdict::ALL
        .into_iter()
        .find(|v| fold(v.word()) == fold(word));
    let codes = convention.fiches.iter().map(|f| f.code.as_str());
    let fiche_code = match (fiche, verdict) {
        (Some(fiche), Some(NextVerdict::Add)) => {
            return TypedChoice::Unclear(format!(
                "La fiche {} existe : elle se garde, s’adapte ou s’arrête.",
                fiche.code
            ));
        }
        (Some(fiche), Some(_)) => fiche.code.clone(),
        (Some(fiche), None) => {
            return TypedChoice::Unclear(format!(
                "« {word} » n’est pas une suite pour la fiche {} : garder, adapter ou arrêter.",
                fiche.code
            ));
        }
        (None, Some(NextVerdict::Add)) => named.to_owned(),
        (None, Some(_)) => {
            return TypedChoice::Unclear(format!(
                "La fiche « {named} » n’est pas dans la convention.{}",
                suggest(named, codes).question()
            ));
        }
        (None, None) => return TypedChoice::None,
    };
    let reason = rest
        .trim_matches(['*', '_', ' ', ',', ';', ':', '\u{a0}'])
        .trim_start_matches('.')
        .trim_start();
    verdict.map_or(TypedChoice::None, |verdict| {
        TypedChoice::Made(NextChoice {
            fiche: fiche_code,
            verdict,
            reason: reason.to_owned(),
            line: 0,
        })
    })
}
