//! A closed question that a service added to its own questionnaire: is a column one (few short answers that come
//! back), which answers does it admit, why is what a person said of it refused? Nothing enters as one unless a
//! person said so.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use crate::base::diagnostics::CellRef;
use crate::base::text::{iso_date, iso_date_month_first};
use crate::vocabulary::own_question::same_answer;

/// Fewest and most answers that a closed question may admit.
const FEWEST: usize = 2;
const MOST: usize = 12;
/// Characters of an answer: a longer one is a sentence.
const LONGEST: usize = 80;
/// Filled cells from which a column can be told to be closed.
const FILLED: usize = 6;
/// How often an answer stands in a column before it is one of those that are proposed.
const OFTEN: usize = 2;
/// Share of the filled cells that the answers agreed must make, in tenths.
const PROPOSED: usize = 8;
/// The same once a person said which they are.
const SAID: usize = 5;
/// What tools write between several answers in one cell, and no answer bears.
const MARKS: [char; 3] = [';', '\n', '|'];

/// Degrees that questionnaires offer, in their order: one that somebody gave alone is a degree all the same, and no
/// words of theirs.
const DEGREES: [&[&str]; 8] = [
    &[
        "tout à fait d’accord",
        "plutôt d’accord",
        "d’accord",
        "ni d’accord ni pas d’accord",
        "plutôt pas d’accord",
        "pas d’accord",
        "pas du tout d’accord",
    ],
    &[
        "tout à fait",
        "plutôt oui",
        "plutôt",
        "un peu",
        "plutôt non",
        "pas vraiment",
        "pas du tout",
    ],
    &[
        "oui, tout à fait",
        "oui, plutôt",
        "non, pas vraiment",
        "non, plutôt pas",
        "non, pas du tout",
    ],
    &[
        "très satisfait",
        "satisfait",
        "plutôt satisfait",
        "peu satisfait",
        "plutôt insatisfait",
        "insatisfait",
        "pas satisfait",
        "pas du tout satisfait",
        "très insatisfait",
    ],
    &["toujours", "souvent", "parfois", "rarement", "jamais"],
    &[
        "tous les jours",
        "plusieurs fois par semaine",
        "une fois par semaine",
        "moins souvent",
        "jamais",
    ],
    &["oui", "plutôt oui", "un peu", "plutôt non", "non"],
    &[
        "très bien",
        "bien",
        "assez bien",
        "moyen",
        "mal",
        "très mal",
    ],
];

/// A column that was read as a question outside the référentiel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct AskedColumn {
    /// Its sheet, empty for a CSV.
    pub(crate) sheet: Arc<str>,
    /// The question.
    pub(crate) question: String,
    /// Where it stands.
    pub(crate) at: CellRef,
    /// The answers agreed, in their order.
    pub(crate) answers: Vec<String>,
}

/// The answers of a column that holds a closed question, the first that came first; none where it holds words, dates,
/// numbers of all kinds, or several answers in one cell.
pub(crate) fn closed_answers<'a>(cells: impl Iterator<Item = &'a str>) -> Option<Vec<String>> {
    let mut met: BTreeMap<String, MetAnswer> = BTreeMap::new();
    let mut filled = 0;
    for cell in cells {
        let text = single(cell);
        if text.is_empty() {
            continue;
        }
        let is_date = iso_date(text)
            .or_else(|| iso_date_month_first(text))
            .is_some();
        if text.chars().count() > LONGEST || is_date {
            return None;
        }
        let first = MetAnswer {
            count: 0,
            rank: filled,
            text: text.to_owned(),
        };
        met.entry(same_answer(text)).or_insert(first).count += 1;
        filled += 1;
    }
    let mut often: Vec<&MetAnswer> = met.values().filter(|m| m.count >= OFTEN).collect();
    often.sort_by_key(|m| m.rank);
    if let Some(degrees) = degrees_of(&often).filter(|_| often.len() >= FEWEST) {
        let mut given: Vec<(usize, &MetAnswer)> = (met.values())
            .filter_map(|m| Some((degree(degrees, &m.text)?, m)))
            .collect();
        given.sort_by_key(|(rank, _)| *rank);
        often = given.into_iter().map(|(_, m)| m).collect();
    }
    let kept: usize = often.iter().map(|m| m.count).sum();
    let is_few = (FEWEST..=MOST).contains(&often.len());
    let known: HashSet<String> = met.keys().cloned().collect();
    let several = met.values().any(|m| is_several(&m.text, &known));
    let is_closed = filled >= FILLED && is_few && kept * 10 >= filled * PROPOSED && !several;
    is_closed.then(|| often.into_iter().map(|m| m.text.clone()).collect())
}

/// The degrees that all these answers are of.
fn degrees_of(answers: &[&MetAnswer]) -> Option<&'static [&'static str]> {
    let mut all = DEGREES.into_iter();
    all.find(|degrees| answers.iter().all(|a| degree(degrees, &a.text).is_some()))
}

/// Where an answer stands among degrees; « ne sait pas » comes after them.
fn degree(degrees: &[&str], answer: &str) -> Option<usize> {
    let wanted = same_answer(answer);
    let known = degrees.iter().position(|d| same_answer(d) == wanted);
    let unsaid = [
        "ne sait pas",
        "je ne sais pas",
        "sans avis",
        "sans opinion",
        "non concerné",
    ];
    let unsaid = || unsaid.iter().position(|d| same_answer(d) == wanted);
    known.or_else(|| Some(degrees.len() + unsaid()?))
}

/// An answer, and where it was first met.
struct MetAnswer {
    count: usize,
    rank: usize,
    text: String,
}

/// A cell without the mark that ends a choice in some tools.
pub(super) fn single(cell: &str) -> &str {
    cell.trim().trim_end_matches(';').trim()
}

/// Whether a cell gives several answers at once, of those known: a mark that no answer bears between them says so by
/// itself, a comma where each part is one.
fn is_several(cell: &str, known: &HashSet<String>) -> bool {
    let text = single(cell);
    let parts = |between: char| -> Vec<String> {
        let all = text.split(between).map(same_answer);
        all.filter(|part| !part.is_empty()).collect()
    };
    let marked = MARKS
        .into_iter()
        .map(parts)
        .any(|parts| parts.len() > 1 && parts.iter().any(|part| known.contains(part)));
    let by_comma = parts(',');
    marked || by_comma.len() > 1 && by_comma.iter().all(|part| known.contains(part))
}

/// Why the answers that a person said of a column are none of a closed question; nothing where they are.
pub(super) fn refusal<'a>(
    answers: &[String],
    cells: impl Iterator<Item = &'a str>,
) -> Option<String> {
    let known: HashSet<String> = answers.iter().map(|a| same_answer(a)).collect();
    if answers.is_empty() {
        return Some("rien ne dit quelles réponses elle admet".to_owned());
    }
    if known.len() < answers.len() {
        return Some("une réponse y est dite deux fois".to_owned());
    }
    if !(FEWEST..=MOST).contains(&answers.len()) {
        return Some(format!(
            "elle admet {} réponses : une question fermée en admet de {FEWEST} à {MOST}",
            answers.len()
        ));
    }
    if let Some(long) = answers.iter().find(|a| a.chars().count() > LONGEST) {
        let shown: String = long.chars().take(40).collect();
        return Some(format!(
            "« {shown}… » est une phrase, pas une réponse à cocher"
        ));
    }
    let (mut filled, mut said) = (0, 0);
    for cell in cells {
        let text = single(cell);
        if text.is_empty() {
            continue;
        }
        if !known.contains(&same_answer(text)) && is_several(text, &known) {
            let why = "des cellules tiennent plusieurs réponses : une question à choix multiples se lit d’un export qui donne une colonne par réponse";
            return Some(why.to_owned());
        }
        filled += 1;
        said += usize::from(known.contains(&same_answer(text)));
    }
    (said * 10 < filled * SAID).then(|| {
        format!(
            "{said} de ses {filled} cellules remplies seulement tiennent une des réponses dites"
        )
    })
}

/// The answer agreed that a cell gives, as it was agreed; none for any other.
pub(super) fn agreed<'a>(answers: &'a [String], cell: &str) -> Option<&'a str> {
    let wanted = same_answer(single(cell));
    let found = answers.iter().find(|a| same_answer(a) == wanted)?;
    Some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn closed(cells: &[&str]) -> Option<Vec<String>> {
        closed_answers(cells.iter().copied())
    }

    #[test]
    fn a_degree_given_once_is_a_degree_and_they_are_in_their_order() {
        let cells = [
            "Plutôt d'accord",
            "Tout à fait d'accord",
            "Plutôt pas d'accord",
            "Plutôt d'accord",
            "Sans avis",
            "Tout à fait d'accord",
            "Plutôt pas d'accord",
            "Pas du tout d'accord",
            "Plutôt d'accord",
        ];
        assert_eq!(
            closed(&cells).expect("closed"),
            [
                "Tout à fait d'accord",
                "Plutôt d'accord",
                "Plutôt pas d'accord",
                "Pas du tout d'accord",
                "Sans avis"
            ]
        );
    }

    #[test]
    fn few_answers_that_come_back_are_a_closed_question() {
        let cells = [
            "En voiture",
            "à pied",
            "en  voiture",
            "",
            "À pied",
            "à vélo",
            "à vélo",
            "à cheval",
            "en voiture",
            "à pied",
            "à vélo",
        ];
        let found = closed(&cells).expect("closed");
        assert_eq!(found, ["En voiture", "à pied", "à vélo"]);
        assert_eq!(refusal(&found, cells.into_iter()), None);
        assert_eq!(agreed(&found, "EN VOITURE ;"), Some("En voiture"));
        assert_eq!(agreed(&found, "à cheval"), None);
    }

    #[test]
    fn words_dates_and_several_answers_at_once_are_none() {
        let words = [
            "rien à dire",
            "merci",
            "plus de sorties",
            "merci",
            "top",
            "ok",
            "non",
        ];
        assert_eq!(closed(&words), None);
        assert_eq!(closed(&["12/05/2026"; 8]), None);
        assert_eq!(closed(&["oui"; 8]), None, "everybody says the same");
        assert_eq!(
            closed(&["oui", "non", "oui", "non"]),
            None,
            "too few to tell"
        );
        let long = "Je trouve que les horaires du matin ne conviennent pas à ceux qui travaillent loin d’ici";
        assert_eq!(
            closed(&[long, "oui", "oui", "non", "non", "oui", "non"]),
            None
        );
        let several = [
            "à pied;",
            "à pied;à vélo;",
            "à vélo;",
            "à pied;",
            "à vélo;",
            "à pied;",
            "à pied;à vélo;",
        ];
        assert_eq!(closed(&several), None);
        let said = ["à pied".to_owned(), "à vélo".to_owned()];
        let why = refusal(&said, several.into_iter()).expect("refused");
        assert!(why.contains("plusieurs réponses"), "{why}");
        let google = [
            "à pied",
            "à pied, à vélo",
            "à vélo",
            "à pied",
            "à vélo",
            "à pied",
            "à pied, à vélo",
        ];
        assert_eq!(closed(&google), None);
        assert!(refusal(&said, google.into_iter()).is_some());
        let comma = [
            "oui, un peu",
            "non",
            "oui, un peu",
            "oui, beaucoup",
            "non",
            "oui, beaucoup",
            "oui, un peu",
        ];
        assert_eq!(closed(&comma).expect("closed").len(), 3);
    }

    #[test]
    fn what_is_said_is_checked_against_the_cells() {
        let said = |answers: &[&str]| answers.iter().map(|a| (*a).to_owned()).collect::<Vec<_>>();
        let cells = ["oui", "non", "peut-être", "bof"];
        let refused = |answers: &[&str]| refusal(&said(answers), cells.into_iter());
        assert!(refused(&[]).is_some() && refused(&["oui"]).is_some());
        assert!(refused(&["oui", "Oui"]).is_some() && refused(&["a", "b"]).is_some());
        assert_eq!(refused(&["oui", "non"]), None);
    }
}
