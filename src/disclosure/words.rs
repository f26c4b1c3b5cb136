//! Words that one audience may read: keywords that enough people use, themes, a few screened
//! quotations, remarks of the team itself.

use std::collections::BTreeMap;

use super::verbatim::Screen;
use super::{Audience, Material};
use crate::figures::voices::{Interview, keywords, themes};

/// Answers needed before any is quoted (`domain.md` section 7).
const QUOTED_FROM: usize = 10;
/// Answers that must share a word, and keywords shown.
const SHARED: usize = 5;
const KEYWORDS: usize = 8;
/// Quotations per theme, on the territory.
const QUOTES: usize = 3;
/// Interviews needed before themes are counted.
const INTERVIEWS: usize = 5;
/// Interviews that must mention a theme before it is listed.
const MENTIONED: usize = 2;

/// A keyword or a theme.
#[derive(Debug, Clone, PartialEq)]
pub struct ClearedWord {
    /// The word.
    pub word: String,
    /// How many used it, out of how many.
    pub count: (usize, usize),
    /// Screened quotations, may be empty.
    pub quotes: Vec<String>,
}

/// Words cleared for a site or for the territory.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ClearedWords {
    /// Keywords of families' open answers.
    pub keywords: Vec<ClearedWord>,
    /// Themes of interviews.
    pub themes: Vec<ClearedWord>,
    /// Remarks of the team: critère (may be empty) and text.
    pub remarks: Vec<(String, String)>,
}

/// A screen that has learnt from all that people wrote, plans included.
pub(super) fn screen(material: &Material) -> Screen {
    let voices = material.voices;
    let families = voices.families.iter().map(|f| f.1.as_str());
    let said = voices.interviews.iter().map(|i| i.propos.as_str());
    let actions = material
        .actions
        .iter()
        .flat_map(|a| [a.action.as_str(), &a.objectif]);
    Screen::new(material.referentiel, families.chain(said).chain(actions))
}

/// Clears the words of some structures; `remarks` only where the team itself reads.
pub(super) fn clear(
    material: &Material,
    screen: &Screen,
    structures: &[&str],
    remarks: bool,
) -> ClearedWords {
    let voices = material.voices;
    let inside = |s: &str| structures.contains(&s);
    let answers: Vec<&str> = voices
        .families
        .iter()
        .filter(|(s, _)| inside(s))
        .map(|(_, text)| text.as_str())
        .collect();
    let interviews: Vec<&Interview> = voices
        .interviews
        .iter()
        .filter(|i| inside(&i.structure))
        .collect();
    // Families and the public read what comes back, never a sentence of someone.
    let quoted = material.audience != Audience::Familles;
    ClearedWords {
        keywords: shared(&answers, screen, quoted),
        themes: counted(material, &interviews, screen, quoted && !remarks),
        remarks: voices
            .remarks
            .iter()
            .filter(|r| remarks && inside(&r.structure))
            .filter(|r| !is_must(material, &r.critere, &r.texte))
            .map(|r| (screen.clean(&r.critere), screen.clean(&r.texte)))
            .collect(),
    }
}

/// Comments on impératifs are never printed, nor on what is treated outside the observatory
/// (`design.md` section 5), whether the critère is said beside the text (by its code or by that of
/// an élément) or in it.
pub(super) fn is_must(material: &Material, critere: &str, text: &str) -> bool {
    let r = material.referentiel;
    let must = |code: &str| {
        let element = r.element(code).map(|e| r.elements[e].critere);
        let position = r.critere(code).or(element);
        position.is_some_and(|c| r.criteres[c].imperatif || r.criteres[c].hors_observatoire)
    };
    let in_text = text.split(|c: char| !c.is_alphanumeric() && c != '-');
    must(critere) || in_text.into_iter().any(must)
}

fn shared(answers: &[&str], screen: &Screen, quoted: bool) -> Vec<ClearedWord> {
    let quoted = quoted && answers.len() >= QUOTED_FROM;
    let found = keywords(answers, SHARED).into_iter();
    let found = found
        .filter(|k| screen.is_plain_word(&k.word))
        .take(KEYWORDS);
    let mut said: Vec<String> = Vec::new();
    found
        .map(|k| {
            // The same sentence is quoted once, under the first of its words.
            let texts = k.places.iter().map(|i| screen.clean(answers[*i]));
            let fresh = texts.filter(|_| quoted).find(|t| !said.contains(t));
            said.extend(fresh.clone());
            ClearedWord {
                quotes: fresh.into_iter().collect(),
                count: (k.answers, answers.len()),
                word: screen.clean(&k.word),
            }
        })
        .collect()
}

fn counted(
    material: &Material,
    interviews: &[&Interview],
    screen: &Screen,
    quoted: bool,
) -> Vec<ClearedWord> {
    if interviews.len() < INTERVIEWS {
        return Vec::new();
    }
    let mut texts: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let open = |i: &&&Interview| !is_must(material, &i.critere, &i.propos);
    for interview in interviews.iter().filter(open) {
        for theme in &interview.themes {
            texts.entry(theme).or_default().push(&interview.propos);
        }
    }
    let quotes = |theme: &str| -> Vec<String> {
        let all = texts.get(theme).into_iter().flatten();
        let kept = all.filter(|t| quoted && !t.is_empty());
        kept.take(QUOTES).map(|t| screen.clean(t)).collect()
    };
    themes(interviews)
        .into_iter()
        .filter(|(_, n)| n.interviews >= MENTIONED)
        .map(|(theme, n)| ClearedWord {
            quotes: quotes(&theme),
            count: (n.interviews, interviews.len()),
            word: screen.clean(&theme),
        })
        .collect()
}
