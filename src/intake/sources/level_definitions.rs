//! What a text says each code to be: « 1 = très bien », « maîtrisé (4) », « 1 fort – 4 faible ».

use super::level_words::side;
use super::said_tokens::{ScalePiece, tokens};

/// What a code of the scale, or of another, is said to mean.
pub(super) struct Defined {
    pub(super) code: String,
    pub(super) words: String,
    /// Whether it is an equality, and no number beside words.
    pub(super) equal: bool,
}

/// The greatest number that may be a level: beyond, it counts something else.
const HIGHEST: u32 = 10;
/// Words after a number that counts something else than levels.
pub(super) const UNITS: [&str; 41] = [
    "an",
    "ans",
    "mois",
    "h",
    "heure",
    "heures",
    "min",
    "minutes",
    "enfant",
    "enfants",
    "adulte",
    "adultes",
    "animateur",
    "animateurs",
    "fois",
    "jour",
    "jours",
    "semaine",
    "semaines",
    "visites",
    "m2",
    "parents",
    "janvier",
    "fevrier",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "aout",
    "septembre",
    "octobre",
    "novembre",
    "decembre",
    "lundi",
    "mardi",
    "mercredi",
    "jeudi",
    "vendredi",
    "samedi",
    "dimanche",
];
/// Words before a number that ranks something else than levels.
const RANKED: [&str; 22] = [
    "visite", "semaine", "groupe", "page", "axe", "partie", "etape", "annexe", "phase", "tableau",
    "question", "point", "salle", "n", "no", "numero", "critere", "item", "version", "grille",
    "campagne", "moment",
];

/// The codes that a text defines: « 1 = très bien », « maîtrisé (4) ».
pub(super) fn codes_defined(text: &str) -> Vec<String> {
    let found = definitions(&tokens(text), true).into_iter();
    found.map(|d| d.code).collect()
}

/// The words that what stands around a code gives it, and whether it is an equality; a letter has a meaning by an
/// equality alone, a number beside bare words where numbers are levels.
fn meant(
    around: [Option<&ScalePiece>; 4],
    is_letter: bool,
    is_bare: bool,
) -> Option<(&String, bool)> {
    use ScalePiece::{Sign, Words};
    let [before_last, before, after, after_next] = around;
    if let (Some(Sign('=')), Some(Words(words))) = (after, after_next) {
        return Some((words, true));
    }
    if let (Some(Sign(':' | '–' | '(' | '.' | ')')), Some(Words(words))) = (after, after_next)
        && !is_letter
    {
        return Some((words, false));
    }
    if let (Some(Words(words)), Some(Sign('='))) = (before_last, before) {
        return Some((words, true));
    }
    if is_letter {
        return None;
    }
    if let Some(Words(words)) = after.filter(|_| is_bare) {
        return Some((words, false));
    }
    match (before_last, before, after) {
        (Some(Words(words)), Some(Sign(':')), _)
        | (_, Some(Words(words)), None | Some(Sign(',' | ';' | ')'))) => {
            side(words).map(|_| (words, false))
        }
        (Some(Words(words)), Some(Sign('(')), Some(Sign(')'))) => Some((words, false)),
        _ => None,
    }
}

/// What a text says each code to be.
pub(super) fn definitions(marks: &[ScalePiece], is_of_notes: bool) -> Vec<Defined> {
    let mut found = Vec::new();
    let mut inside = 0_usize;
    let is_listed = is_listed(marks);
    for (at, mark) in marks.iter().enumerate() {
        match mark {
            ScalePiece::Sign('(') => inside += 1,
            ScalePiece::Sign(')') => inside = inside.saturating_sub(1),
            _ => {}
        }
        let (ScalePiece::Number(code) | ScalePiece::Letter(code)) = mark else {
            continue;
        };
        let is_letter = matches!(mark, ScalePiece::Letter(_));
        if code.parse::<u32>().is_ok_and(|n| n > HIGHEST) {
            continue;
        }
        let before = |back: usize| at.checked_sub(back).and_then(|i| marks.get(i));
        let after = |on: usize| marks.get(at + on);
        let is_ranked = match before(1) {
            Some(ScalePiece::Words(words)) => {
                let last = words.rsplit(' ').next().unwrap_or("");
                RANKED.contains(&last)
            }
            _ => false,
        };
        if is_ranked {
            continue;
        }
        let around = [before(2), before(1), after(1), after(2)];
        let is_bare = is_of_notes || inside > 0 || is_listed;
        let Some((words, equal)) = meant(around, is_letter, is_bare) else {
            continue;
        };
        let first = words.split(' ').next().unwrap_or("");
        let joins = ["a", "et"].contains(&words.as_str()) || ["sur", "ou"].contains(&first);
        let counts = UNITS.contains(&first) || joins;
        if !counts || equal {
            found.push(Defined {
                code: code.clone(),
                words: words.clone(),
                equal,
            });
        }
    }
    found
}

/// Whether a text counts levels: « 1 maîtrisé 2 installé 3 en démarrage ».
fn is_listed(marks: &[ScalePiece]) -> bool {
    let numbers = marks.iter().filter_map(|mark| match mark {
        ScalePiece::Number(code) => code.parse::<u32>().ok(),
        _ => None,
    });
    let numbers: Vec<u32> = numbers.collect();
    numbers.windows(3).any(|n| n == [1, 2, 3])
}
