//! Words that one audience may read: keywords that enough people use, themes, a few screened
//! quotations, remarks of the team itself.

use std::collections::BTreeMap;

use super::clearance_input::ClearanceInput;
use super::clearing::Clearing;
use crate::disclosure::cleared::{ClearedRemark, ClearedWord, ClearedWords, CountOf};
use crate::figures::voices::{Interview, Keyword, keywords, themes};
use crate::privacy::{Quotation, QuoteScreen};
use crate::vocabulary::Audience;
use crate::vocabulary::referentiel::Referentiel;

/// Answers needed before any is quoted (`docs/domain.md` §7).
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

/// A screen that knows the names of places, and has learnt from all that people wrote, plans included.
pub(crate) fn screen_of(input: &ClearanceInput) -> QuoteScreen {
    let voices = input.voices;
    let families = voices.families.iter().map(|f| f.texte.as_str());
    let interviews = voices.interviews.iter().map(|i| i.propos.as_str());
    let actions = input
        .actions
        .iter()
        .flat_map(|a| [a.action.as_str(), &a.objectif]);
    let places = input
        .places
        .iter()
        .flat_map(|s| [s.nom.as_str(), s.commune.as_str(), s.secteur.as_str()]);
    QuoteScreen::new(
        input.referentiel,
        places,
        families.chain(interviews).chain(actions),
    )
}

/// Clears the words of some structures, in order of code; `remarks` only where the team itself reads.
pub(crate) fn clear_words(clearing: &Clearing, structures: &[&str], remarks: bool) -> ClearedWords {
    let (input, screen) = (clearing.input, clearing.screen);
    if input.audience == Audience::Departement {
        return ClearedWords::default();
    }
    let material = clearing.material;
    let sites = || structures.iter();
    let answers = sites().flat_map(|site| material.families.get(site));
    let answers: Vec<&str> = answers.map(|answer| answer.texte.as_str()).collect();
    let interviews = sites().flat_map(|site| material.interviews.get(site));
    let interviews: Vec<&Interview> = interviews.copied().collect();
    // Families and the public read what comes back, never a sentence of someone.
    let quoted = input.audience != Audience::Familles;
    ClearedWords {
        keywords: shared(&answers, screen, quoted),
        themes: counted(input, &interviews, screen, quoted && !remarks),
        remarks: sites()
            .filter(|_| remarks)
            .flat_map(|site| material.remarks.get(site))
            .filter(|r| !is_must(input, &r.critere, &r.texte))
            .filter_map(|r| {
                let known = input.referentiel.critere(&r.critere).is_some();
                Some(ClearedRemark {
                    critere: if known {
                        r.critere.clone()
                    } else {
                        String::new()
                    },
                    texte: screen.quote(&r.texte)?,
                })
            })
            .collect(),
    }
}

/// Comments on impératifs are never printed, nor on what is treated outside the observatory
/// (`docs/confidentiality.md`), whether the critère is said beside the text (by its code or by that
/// of an élément) or in it.
pub(crate) fn is_must(input: &ClearanceInput, critere: &str, text: &str) -> bool {
    let r = input.referentiel;
    let words = text.split(|c: char| !c.is_alphanumeric() && c != '-');
    words.chain([critere]).any(|code| is_code_of_must(r, code))
}

/// Whether a word is the code of such a critère, or that of an élément of one.
fn is_code_of_must(r: &Referentiel, code: &str) -> bool {
    let element = r.element(code).map(|e| r.elements[e].critere);
    let position = r.critere(code).or(element);
    position.is_some_and(|c| {
        let critere = &r.criteres[c];
        critere.imperatif || critere.hors_observatoire
    })
}

fn shared(answers: &[&str], screen: &QuoteScreen, quoted: bool) -> Vec<ClearedWord> {
    let quoted = quoted && answers.len() >= QUOTED_FROM;
    let mut used: Vec<Quotation> = Vec::new();
    // An answer stands under several words and is screened once.
    let mut screened: Vec<Option<Option<Quotation>>> = vec![None; answers.len()];
    let plain = keywords(answers, SHARED).into_iter();
    together(plain.filter(|k| screen.is_plain_word(&k.word)))
        .into_iter()
        .filter_map(|k| Some((screen.quote(&k.word)?, k)))
        .take(KEYWORDS)
        .map(|(word, k)| {
            // The same sentence is quoted once, under the first of its words.
            let texts = k.places.iter().filter(|_| quoted);
            let fresh = texts
                .filter_map(|i| {
                    let answer = screened[*i].get_or_insert_with(|| screen.quote(answers[*i]));
                    answer.clone()
                })
                .find(|t| !used.contains(t));
            used.extend(fresh.clone());
            ClearedWord {
                quotes: fresh.into_iter().collect(),
                count: CountOf {
                    n: k.answers,
                    of: answers.len(),
                },
                word,
            }
        })
        .collect()
}

/// Words that come in the very same answers are one line: alone, each says less than they do together.
fn together(words: impl Iterator<Item = Keyword>) -> Vec<Keyword> {
    let mut lines: Vec<Keyword> = Vec::new();
    for word in words {
        match lines.iter_mut().find(|line| line.places == word.places) {
            Some(line) => {
                line.word.push_str(", ");
                line.word.push_str(&word.word);
            }
            None => lines.push(word),
        }
    }
    lines
}

fn counted(
    input: &ClearanceInput,
    interviews: &[&Interview],
    screen: &QuoteScreen,
    quoted: bool,
) -> Vec<ClearedWord> {
    if interviews.len() < INTERVIEWS {
        return Vec::new();
    }
    let mut texts: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for interview in interviews {
        if is_must(input, &interview.critere, &interview.propos) {
            continue;
        }
        for theme in &interview.themes {
            texts.entry(theme).or_default().push(&interview.propos);
        }
    }
    themes(interviews)
        .into_iter()
        .filter(|(_, n)| n.interviews >= MENTIONED)
        .filter_map(|(theme, n)| {
            Some(ClearedWord {
                quotes: texts
                    .get(theme.as_str())
                    .into_iter()
                    .flatten()
                    .filter(|text| quoted && !text.is_empty())
                    .filter_map(|text| screen.quote(text))
                    .take(QUOTES)
                    .collect(),
                count: CountOf {
                    n: n.interviews,
                    of: interviews.len(),
                },
                word: screen.quote(&theme)?,
            })
        })
        .collect()
}
