//! What people wrote for a bilan, as it is printed: whole, whoever reads, for the service signs it. What the screen sees in
//! it is told with its line to who prints it for others than those who wrote it.

use std::collections::BTreeMap;

use super::ctg_audience::CtgAudience;
use super::ctg_material::CtgMaterial;
use crate::base::diagnostics::{Code, Diagnostic, Location};
use crate::base::text::list;
use crate::base::written::WrittenText;
use crate::convention::{BilanText, NextChoice, TextFolder, TextPart};

/// A text of a bilan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CtgText {
    /// Its file, from the folder of the observatory.
    pub path: String,
    /// What is left to write, in a sentence; empty once it is whole.
    pub left: String,
    /// The text.
    pub text: WrittenText,
}

/// What is proposed for a fiche.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CtgNext {
    /// Code of a fiche, or what a new one is called.
    pub fiche: String,
    /// « garder », « adapter », « arrêter », « ajouter ».
    pub verdict: &'static str,
    /// Whether it is a new one.
    pub is_new: bool,
    /// Why, as typed.
    pub reason: String,
}

/// The texts of a bilan.
#[derive(Debug, Clone, Default)]
pub struct CtgTexts {
    texts: BTreeMap<TextPart, CtgText>,
    /// What is proposed, fiche by fiche.
    pub next: Vec<CtgNext>,
}

impl CtgTexts {
    /// Five sentences.
    pub fn essentials(&self) -> Option<&CtgText> {
        self.texts.get(&TextPart::Essentials)
    }

    /// Means.
    pub fn means(&self) -> Option<&CtgText> {
        self.texts.get(&TextPart::Means)
    }

    /// That of a fiche.
    pub fn fiche(&self, code: &str) -> Option<&CtgText> {
        self.texts.get(&TextPart::Fiche(code.to_owned()))
    }

    /// What changed.
    pub fn changes(&self) -> Option<&CtgText> {
        self.texts.get(&TextPart::Changes)
    }

    /// That of an experiment.
    pub fn experiment(&self, code: &str) -> Option<&CtgText> {
        self.texts.get(&TextPart::Experiment(code.to_owned()))
    }

    /// What partners say.
    pub fn governance(&self) -> Option<&CtgText> {
        self.texts.get(&TextPart::Governance)
    }

    /// What is heard in words.
    pub fn words(&self) -> Option<&CtgText> {
        self.texts.get(&TextPart::Words)
    }

    /// The work itself.
    pub fn approach(&self) -> Option<&CtgText> {
        self.texts.get(&TextPart::Approach)
    }

    /// What comes next.
    pub fn next_text(&self) -> Option<&CtgText> {
        self.texts.get(&TextPart::Next)
    }
}

/// What comes next but for the lines that are a table: nobody reads them twice.
fn without(text: &BilanText, choices: &[NextChoice]) -> WrittenText {
    let is_kept = |rank: usize| !choices.iter().any(|c| c.line == rank);
    let lines = text.typed.lines().enumerate();
    let kept: Vec<&str> = lines
        .filter(|(rank, _)| is_kept(*rank))
        .map(|(_, line)| line)
        .collect();
    WrittenText::read(&kept.join("\n"))
}

impl CtgMaterial<'_> {
    /// The texts as they are printed.
    pub(crate) fn bilan_texts(folder: &TextFolder, choices: &[NextChoice]) -> CtgTexts {
        let texts = folder.all().map(|(part, own)| {
            let text = CtgText {
                path: own.path.clone(),
                left: own.left(),
                text: match part {
                    TextPart::Next => without(own, choices),
                    _ => own.text.clone(),
                },
            };
            (part.clone(), text)
        });
        let next = choices.iter().map(|choice| CtgNext {
            fiche: choice.fiche.clone(),
            verdict: choice.verdict.word(),
            is_new: choice.verdict.is_new(),
            reason: choice.reason.clone(),
        });
        CtgTexts {
            texts: texts.collect(),
            next: next.collect(),
        }
    }

    /// What the screen sees in texts, line by line; nothing for those who wrote them.
    pub(crate) fn screened<'t>(
        &self,
        printed: impl IntoIterator<Item = &'t BilanText>,
        audience: CtgAudience,
    ) -> Vec<Diagnostic> {
        if audience.reads_all() {
            return Vec::new();
        }
        let mut told = Vec::new();
        for text in printed {
            for (rank, line) in text.typed.lines().enumerate() {
                let seen = self.texts.seen_in(line);
                if seen.is_empty() {
                    continue;
                }
                let at = Location {
                    cell: Some(format!("ligne {}", rank + 1)),
                    ..Location::file(&text.path)
                };
                let seen: Vec<String> = seen.into_iter().map(str::to_owned).collect();
                let message = format!(
                    "Cette ligne semble contenir : {}. Elle est imprimée telle quelle pour : {}.",
                    list(&seen),
                    audience.label()
                );
                told.push(Diagnostic::new(Code::TextScreened, at, message));
            }
        }
        told
    }
}
