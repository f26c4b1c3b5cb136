//! Headings that carry the wording of an élément instead of its code: the same words, or nearly.
//!
//! | question | file |
//! |---|---|
//! | a wording taken for an élément: the same words; near ones, that wait for a person | this file |
//! | the wordings shown to a person who says what a column asks (never taken) | `nearest` |

mod nearest;

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};

use super::edit_distance::EditPattern;
use super::titles::ColumnTitle;
use crate::base::text::{fold, plain_words};
use crate::vocabulary::referentiel::{Referentiel, SourceCode};

/// Under this proximity two wordings are not the same question.
const NEAR: f64 = 0.75;
/// Headings shorter than this say too little to be compared.
const SHORTEST: usize = 14;

/// Texts longer than this are no question of a form.
const LONGEST: usize = 400;

/// Proximity of two wordings, 0..1, ordered.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Proximity(pub f64);

impl Eq for Proximity {}

impl PartialOrd for Proximity {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Proximity {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.total_cmp(&other.0)
    }
}

/// What is said beside a resemblance of which one wording denies the other.
pub(super) const DENIED: &str = ", mais l’un nie ce que l’autre affirme";

/// Wordings of the éléments that a file may hold.
pub(super) struct Labels<'a> {
    referentiel: &'a Referentiel,
    source: Option<SourceCode>,
    /// Folded wording → positions.
    words: BTreeMap<&'a str, Vec<usize>>,
    /// Wordings of one élément alone, with their letters counted.
    bags: Vec<(&'a str, usize, LetterCounts)>,
    /// Length of the shortest wording.
    shortest: usize,
    /// What was looked for before: cells repeat each other, and are asked several times.
    met: RefCell<HashMap<String, Option<NearLabel>>>,
}

/// The élément whose wording is nearest, and how near.
type NearLabel = (usize, Proximity);

/// How many of each letter a text has; the last place counts all that is no letter.
type LetterCounts = [u8; 27];

fn bag(text: &str) -> LetterCounts {
    let mut bag = [0_u8; 27];
    for c in text.bytes() {
        let place = if c.is_ascii_lowercase() { c - b'a' } else { 26 };
        let count = &mut bag[usize::from(place)];
        *count = count.saturating_add(1);
    }
    bag
}

/// No fewer edits than this turn one text into the other.
fn fewest_edits(a: &LetterCounts, b: &LetterCounts) -> usize {
    let (mut more, mut less) = (0, 0);
    for (x, y) in a.iter().zip(b) {
        more += usize::from(x.saturating_sub(*y));
        less += usize::from(y.saturating_sub(*x));
    }
    more.max(less)
}

impl<'a> Labels<'a> {
    /// Wordings of one source, or of all when nothing says which.
    pub(super) fn new(referentiel: &'a Referentiel, source: Option<SourceCode>) -> Self {
        let mut words: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (i, element) in referentiel.elements.iter().enumerate() {
            let fits = source.is_none_or(|s| s == element.source);
            if fits && element.don.is_none() {
                words.entry(&element.words).or_default().push(i);
            }
        }
        let single = words.iter().filter(|(_, all)| all.len() == 1);
        let bags = single.map(|(words, all)| (*words, all[0], bag(words)));
        Self {
            referentiel,
            source,
            bags: bags.collect(),
            shortest: words.keys().map(|w| w.len()).min().unwrap_or(usize::MAX),
            met: RefCell::default(),
            words,
        }
    }

    /// The source that it is narrowed to.
    pub(super) fn source(&self) -> Option<SourceCode> {
        self.source
    }

    /// Narrowed to the source that most headings speak from, when none was known.
    pub(super) fn settled(self, titles: &[ColumnTitle]) -> Self {
        if self.source.is_some() {
            return self;
        }
        let mut counts: BTreeMap<SourceCode, usize> = BTreeMap::new();
        for text in titles.iter().flat_map(ColumnTitle::texts) {
            for part in parts(text) {
                for e in self
                    .words
                    .get(plain_words(part).as_str())
                    .into_iter()
                    .flatten()
                {
                    *counts
                        .entry(self.referentiel.elements[*e].source)
                        .or_default() += 1;
                }
            }
        }
        match counts.into_iter().max_by_key(|c| c.1) {
            Some((source, _)) => Self::new(self.referentiel, Some(source)),
            None => self,
        }
    }

    /// The élément whose wording this is; none when two éléments share it. What stands before it must not
    /// turn it: « Jamais : … », « L’an dernier : … » ask something else.
    pub(super) fn exact(&self, heading: &str) -> Option<usize> {
        // No wording is as short: crosses, codes and numbers need not be folded.
        if heading.len() < self.shortest {
            return None;
        }
        let own = self.exact_line(heading).or_else(|| self.grouped(heading));
        own.or_else(|| {
            let found = parts(heading).find_map(|part| Some((part, self.only(part)?)));
            let (part, element) = found?;
            let around = heading.replacen(part, " ", 1);
            (!turns(&around)).then_some(element)
        })
    }

    /// The same of the line of a grid: nothing but a number or a precision may stand beside its words.
    pub(super) fn exact_line(&self, line: &str) -> Option<usize> {
        if line.len() < self.shortest {
            return None;
        }
        let line = self.referentiel.without_anchors(line).unwrap_or(line);
        self.only(line).or_else(|| self.only(unnumbered(line)))
    }

    /// The same behind the names of our own groups, « Relations…/REL-5 Aucune humiliation… · impératif/… »: whatever
    /// these say, they do not turn it.
    fn grouped(&self, heading: &str) -> Option<usize> {
        let (path, last) = heading.rsplit_once('/')?;
        let is_own = path.split('/').all(|step| self.is_group(step));
        self.only(last).filter(|_| is_own)
    }

    fn is_group(&self, step: &str) -> bool {
        let words = plain_words(step);
        let criteres = self.referentiel.criteres.iter();
        let mut titles = criteres.map(|c| plain_words(&format!("{} {}", c.code, c.label)));
        let mut axes = self.referentiel.axes.iter();
        axes.any(|a| plain_words(&a.label) == words) || titles.any(|t| words.starts_with(&t))
    }

    fn only(&self, words: &str) -> Option<usize> {
        match self.words.get(plain_words(words).as_str())?.as_slice() {
            [only] => Some(*only),
            _ => None,
        }
    }

    /// The first élément that bears these words, where that of a code does not.
    pub(super) fn of_others(&self, words: &str, own: usize) -> Option<usize> {
        let bearers = self.words.get(plain_words(words).as_str())?;
        (!bearers.contains(&own))
            .then(|| bearers.first().copied())
            .flatten()
    }

    /// The other élément whose very words stand beside a code: one of the two is wrong.
    pub(super) fn other_words(&self, text: &str, code: &str) -> Option<usize> {
        let elements = &self.referentiel.elements;
        let own = self.referentiel.element(code)?;
        // « REL-1-FAM-1 Mon enfant… », « REL1FAM1. Mon enfant… »: the words after the code.
        let after = text
            .trim()
            .split_once(char::is_whitespace)
            .map(|(_, rest)| rest.trim());
        let found = self.exact(text).or_else(|| self.exact(after?))?;
        (found != own && elements[found].words != elements[own].words).then_some(found)
    }

    /// Whether one of two near wordings denies what the other says: « … reste posé », « … ne reste pas
    /// posé ». However near, nobody may take one for the other unread.
    pub(super) fn denies(&self, heading: &str, element: usize) -> bool {
        const DENIALS: [&str; 7] = ["pas", "jamais", "aucun", "aucune", "rien", "ni", "non"];
        let denials = |text: &str| {
            let folded = fold(text);
            let words = folded.split(|c: char| !c.is_alphanumeric());
            words.filter(|w| DENIALS.contains(w)).count()
        };
        denials(heading) != denials(&self.referentiel.elements[element].label)
    }

    /// The élément whose wording is nearest, and how near.
    pub(super) fn near(&self, heading: &str) -> Option<NearLabel> {
        if heading.len() < SHORTEST {
            return None;
        }
        if let Some(met) = self.met.borrow().get(heading) {
            return *met;
        }
        let candidates = parts(heading)
            .map(plain_words)
            .filter(|p| (SHORTEST..=LONGEST).contains(&p.chars().count()));
        let nearest = candidates.filter_map(|part| self.nearest(&part));
        let nearest = nearest.max_by_key(|found| found.1);
        self.met.borrow_mut().insert(heading.to_owned(), nearest);
        nearest
    }

    fn nearest(&self, part: &str) -> Option<NearLabel> {
        let (length, letters) = (part.len(), bag(part));
        // Too many letters differ: not worth comparing.
        let close = |words: &str, other: &LetterCounts| {
            let longest = length.max(words.len()) as f64;
            fewest_edits(&letters, other) as f64 <= (1.0 - NEAR) * longest + 1.0
        };
        let mut alike = self.bags.iter().filter(|b| close(b.0, &b.2)).peekable();
        alike.peek()?;
        let pattern = EditPattern::new(part);
        alike
            .map(|(words, e, _)| (*e, Proximity(pattern.likeness(words))))
            .filter(|(_, score)| score.0 >= NEAR)
            .max_by_key(|(_, score)| *score)
    }
}

/// Without the number of a question and the mark that ends it: « 1. », « Q4) », « 2.1 », « a) », « • »,
/// « (impératif) », « (obligatoire) », « \* ».
fn unnumbered(line: &str) -> &str {
    const ENDS: [&str; 7] = [
        "(imperatif)",
        "(obligatoire)",
        "(une seule reponse)",
        "(reponse)",
        "[reponse]",
        "[imperatif]",
        "*",
    ];
    let line = line.trim();
    let (first, rest) = line.split_once(char::is_whitespace).unwrap_or(("", line));
    let mark = first.trim_end_matches(['.', ')', ':', '-', '–', '°', '/', ']']);
    let mark = mark.trim_start_matches(['(', '[']);
    let digits = mark.trim_start_matches(|c: char| c.is_ascii_alphabetic());
    let letters = mark.len() - digits.len();
    let is_number = !digits.is_empty()
        && letters <= 1
        && (digits.len() <= 2 || digits.contains('.') && digits.len() <= 5)
        && digits.chars().all(|c| c.is_ascii_digit() || c == '.');
    let is_letter = digits.is_empty() && letters == 1 && mark.len() < first.len();
    let is_bullet = ["-", "–", "•", "*", "·", "□", "☐"].contains(&first);
    let begun = if is_number || is_letter || is_bullet {
        rest.trim_start_matches(['-', '–', ':', '.', ')', ' '])
    } else {
        line
    };
    let mut ended = begun;
    if let Some(at) = begun.rfind(['(', '[', '*']) {
        let end = fold(&begun[at..]);
        let is_code = is_short_code(end.trim_matches(['(', ')', '[', ']']));
        if ENDS.contains(&end.as_str()) || is_code {
            ended = begun[..at].trim_end();
        }
    }
    ended
}

/// « REL-1-FAM-1 », « Q12 », « 2.1 »; « 2e enfant » and « N-1 » are no code.
fn is_short_code(folded: &str) -> bool {
    const LONGEST: usize = 12;
    let is_of_codes = |c: char| c.is_ascii_alphanumeric() || ['-', '_', '.'].contains(&c);
    folded.chars().count() <= LONGEST
        && folded.chars().any(|c| c.is_ascii_digit())
        && folded.chars().all(is_of_codes)
        && !folded.starts_with("n-")
        && !(folded.starts_with(|c: char| c.is_ascii_digit()) && folded.ends_with('e'))
}

/// Whether words beside a wording may turn what it asks: they deny it, speak of another time or place, of
/// what it weighs.
fn turns(around: &str) -> bool {
    const TURNING: [&str; 55] = [
        "pas",
        "jamais",
        "aucun",
        "aucune",
        "rien",
        "ni",
        "non",
        "sans",
        "manque",
        "absence",
        "contraire",
        "faux",
        "difficulte",
        "difficultes",
        "refus",
        "importance",
        "important",
        "importe",
        "idealement",
        "ideal",
        "souhait",
        "souhaite",
        "objectif",
        "priorite",
        "rang",
        "classement",
        "moyenne",
        "nombre",
        "nb",
        "nbre",
        "effectif",
        "total",
        "somme",
        "taux",
        "dernier",
        "derniere",
        "precedent",
        "precedente",
        "avant",
        "travailler",
        "selon",
        "conjoint",
        "conjointe",
        "aine",
        "ainee",
        "cadet",
        "cadette",
        "frere",
        "soeur",
        "fratrie",
        "second",
        "seconde",
        "deuxieme",
        "2e",
        "3e",
    ];
    let folded = fold(around);
    // « Êtes-vous d’accord, ou pas, avec ces phrases ? » asks them all; « 1 = pas d’accord, 4 = d’accord » says
    // the scale. « Pas d’accord : », « Nombre de « d’accord » : » ask something else.
    let is_scale = folded.matches("accord").count() > 1 || folded.contains('=');
    if is_scale || folded.contains("phrase") || around.contains('?') {
        return false;
    }
    let mut words = folded.split(|c: char| !c.is_alphanumeric());
    let year = |w: &str| w.len() == 4 && w.bytes().all(|b| b.is_ascii_digit());
    // « À la cantine : … »; a group’s name before a slash is no place of it.
    let is_place = |w: &str| around.contains(':') && ["ecole", "cantine", "maison"].contains(&w);
    folded.contains("n-1") || words.any(|w| TURNING.contains(&w) || year(w) || is_place(w))
}

/// A heading, and what it holds when a grid's question stands before the line:
/// « Question [ligne] », « Question (ligne) », « Question: ligne », « Question - ligne », « groupe/ligne ».
fn parts(heading: &str) -> impl Iterator<Item = &str> {
    let bracket = heading
        .rsplit_once('[')
        .and_then(|(_, rest)| rest.rsplit_once(']'))
        .map(|(inside, _)| inside);
    let round = heading
        .trim_end()
        .strip_suffix(')')
        .and_then(|h| h.split_once('('))
        .map(|(_, inside)| inside);
    let after = |mark: &'static str| heading.rsplit_once(mark).map(|(_, rest)| rest);
    let all = [
        Some(heading),
        bracket,
        round,
        after(": "),
        after(" - "),
        after("/"),
    ];
    all.into_iter().flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vocabulary::referentiel::{embedded_v1, parse};

    #[test]
    fn the_same_words_are_certain_and_near_ones_are_scored() {
        let r = parse("v1", embedded_v1()).expect("the référentiel");
        let labels = Labels::new(&r, Some(SourceCode::Fam));
        let code = |e: usize| r.elements[e].code.clone();
        let e = r.element("LIE-1-FAM-1").expect("an élément");
        let label = &r.elements[e].label;
        assert_eq!(labels.exact(label), Some(e));
        assert_eq!(
            labels.exact(&format!("Dites-nous [{}]", label.to_uppercase())),
            Some(e)
        );
        let round = format!("Que pensez-vous de… ({label})");
        assert_eq!(labels.exact(&round), Some(e));
        let changed = label.replace("mon enfant", "notre enfant");
        assert_eq!(labels.exact(&changed), None);
        let (found, score) = labels.near(&changed).expect("near");
        assert_eq!(code(found), "LIE-1-FAM-1");
        assert!(score.0 < 1.0);
        assert!(labels.near("Tranche d’âge de l’enfant").is_none());
    }
}
