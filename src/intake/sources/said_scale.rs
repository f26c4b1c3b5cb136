//! What a text says of the notes around it: « 1 = tout à fait, 4 = pas du tout », « note sur 10 », « de 0 à 3 »,
//! « 4 : à revoir ». Notes that do not go from the référentiel's lowest to its highest modality are worth what a
//! person says of them, and nobody may guess it.

use super::level_definitions::{Defined, UNITS, definitions};
use super::level_words::{Side, half, side};
use super::said_tokens::{ScalePiece, tokens};
use crate::base::text::fold;
use crate::vocabulary::referentiel::{Absence, Modality, Scale};

/// What a text says of notes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SaidScale {
    /// Nothing, or nothing that can be told from other words.
    Nothing,
    /// That they are those of the scale.
    Same,
    /// That they go the other way round.
    Reversed,
    /// That they are others, or words that may mean so.
    Other,
}

/// Where a text stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TextPlace {
    /// Over notes: what it says of numbers, it says of them.
    Heading,
    /// A question over its answers: it may be numbered, and speak of other numbers.
    Question,
    /// Anywhere near.
    Around,
}

/// Words that speak of notes.
const OF_NOTES: [&str; 11] = [
    "degre", "note", "notat", "notez", "noter", "echelle", "bareme", "cotation", "legende",
    "score", "valent",
];
/// Words of what is the worse for being high.
const WEIGHTS: [&str; 10] = [
    "priorit",
    "urgenc",
    "risqu",
    "gravit",
    "difficult",
    "besoin",
    "retard",
    "mecontent",
    "insatisf",
    "perdu",
];
/// What a text says of the notes of a scale.
pub(super) fn said_scale(text: &str, standing: TextPlace, scale: &Scale) -> SaidScale {
    let marks = tokens(text);
    let folded = fold(text);
    let begins = |words: &[&str]| {
        let mut all = folded.split(|c: char| !c.is_alphanumeric());
        all.any(|w| words.iter().any(|n| w.starts_with(n)))
    };
    let is_worth = folded.contains(" vaut ") && folded.contains("point");
    let is_of_notes = standing == TextPlace::Heading || begins(&OF_NOTES) || is_worth;
    let mut defined = definitions(&marks, is_of_notes);
    if standing == TextPlace::Question {
        // « 1 – Votre enfant est-il bien accueilli ? » is a numbered question.
        let is_numbered = marks.first().is_some_and(ScalePiece::is_number);
        if defined.first().is_some_and(|d| is_numbered && !d.equal) {
            defined.remove(0);
        }
    }
    let is_of_notes = is_of_notes || standing == TextPlace::Question;
    let has_levels = marks.iter().any(ScalePiece::is_number);
    if redefines_absence(&marks) || counts_times(&folded) || fills_in(&folded, has_levels) {
        return SaidScale::Other;
    }
    if begins(&WEIGHTS) && has_levels && is_of_notes || text.lines().any(|l| weighs(l, scale)) {
        return SaidScale::Other;
    }
    if has_levels && begins(&["invers"]) || is_of_notes && begins(&["envers"]) || leans(&folded) {
        return SaidScale::Reversed;
    }
    let by_words = judged(&defined, is_of_notes, scale);
    if matches!(by_words, SaidScale::Reversed | SaidScale::Other) {
        return by_words;
    }
    if !is_of_notes {
        return by_words;
    }
    let by_bounds = match chained(text) {
        Some(chain) if is_whole(&chain, scale) => SaidScale::Same,
        Some(_) => SaidScale::Other,
        None => bounds(&marks, scale),
    };
    if by_bounds == SaidScale::Other {
        return SaidScale::Other;
    }
    if begins(&["invers"]) {
        return SaidScale::Reversed;
    }
    let speaks_of_ends = begins(&["meilleur", "pire"]) && marks.iter().any(ScalePiece::is_number);
    match (by_words, by_bounds) {
        (SaidScale::Nothing, _) if speaks_of_ends => SaidScale::Other,
        (SaidScale::Nothing, bounds) => bounds,
        (words, _) => words,
    }
}

/// « Priorité : 1 faible, 4 forte »: the highest is no praise. A sentence with its levels on the lines under it (« … dont
/// il a besoin », « 1 jamais · 4 toujours ») weighs nothing.
fn weighs(line: &str, scale: &Scale) -> bool {
    let marks = tokens(line);
    let ends = [scale.modalities.first(), scale.modalities.last()];
    let has_ends = ends.into_iter().flatten().all(|end| {
        let code = ScalePiece::Number(end.code.clone());
        marks.contains(&code)
    });
    let folded = fold(line);
    let mut words = folded.split(|c: char| !c.is_alphanumeric());
    has_ends && words.any(|w| WEIGHTS.iter().any(|n| w.starts_with(n)))
}

/// « Nombre de fois où c’est constaté », « à combien de reprises »: a count is no level.
fn counts_times(folded: &str) -> bool {
    [
        "nombre de fois",
        "combien de fois",
        "combien de reprises",
        "nb de fois",
    ]
    .iter()
    .any(|said| folded.contains(said))
}

/// « Quand je n’ai pas pu voir j’ai mis 1 », « par défaut 1 »: some levels are those of nothing seen.
fn fills_in(folded: &str, has_levels: bool) -> bool {
    let unseen = [
        "pas pu voir",
        "rien vu",
        "pas vu",
        "pas observe",
        "non observe",
        "manquant",
        "nr ",
        "non repon",
    ];
    let put = [
        "j ai mis",
        "on a mis",
        "mettre",
        "noter",
        "par defaut",
        "mis ",
        "remplace",
        "code ",
        "codee",
    ];
    let says = |all: &[&str]| all.iter().any(|said| folded.contains(said));
    let folded_says_level = has_levels && !folded.contains("nc") && !folded.contains(" no");
    folded_says_level && says(&unseen) && says(&put) || has_levels && folded.contains("par defaut")
}

/// « Plus la note est basse, mieux c’est », « plus c’est haut, plus c’est à travailler ».
fn leans(folded: &str) -> bool {
    let has = |all: &[&str]| {
        let mut words = folded.split(|c: char| !c.is_alphanumeric());
        words.any(|w| all.contains(&w))
    };
    let Some((_, after)) = folded.split_once("plus ") else {
        return false;
    };
    let low = has(&["basse", "bas", "faible", "petite", "petit"]);
    let high = has(&["haut", "haute", "elevee", "eleve", "grande", "forte"]);
    let said = after
        .split_once([',', ';'])
        .and_then(|(_, rest)| side(rest));
    low && said == Some(Side::High) || high && said == Some(Side::Low)
}

/// Whether a text says that a mark of absence means something else here.
pub(super) fn says_absence(text: &str) -> bool {
    redefines_absence(&tokens(text))
}

/// Whether « NC » or « NO » is said to be something else than what it is here: « NC = non conforme ».
fn redefines_absence(marks: &[ScalePiece]) -> bool {
    marks.windows(3).any(|three| {
        let [
            ScalePiece::Words(mark),
            ScalePiece::Sign('=' | ':'),
            ScalePiece::Words(words),
        ] = three
        else {
            return false;
        };
        let Some(own) = Absence::of(mark).filter(|_| mark.chars().count() <= 4) else {
            return false;
        };
        let all: Vec<&str> = words.split(' ').collect();
        let begun = (1..=all.len().min(5)).filter_map(|n| Absence::of(&all[..n].join(" ")));
        let mut begun = begun.peekable();
        begun.peek().is_none() || begun.any(|said| said != own)
    })
}

/// What several texts, each of which defines one level, say together.
pub(super) fn said_together(texts: &[String], scale: &Scale) -> SaidScale {
    let defined: Vec<Defined> = texts
        .iter()
        .flat_map(|text| definitions(&tokens(text), false))
        .collect();
    if defined.len() < 2 {
        return SaidScale::Nothing;
    }
    judged(&defined, false, scale)
}

/// Whether words say that something was not noted: « si non concerné », « quand rien n’est vu ».
fn is_absence(words: &str) -> bool {
    let plain = ["si ", "quand ", "pour ", "lorsque "]
        .iter()
        .find_map(|begins| words.strip_prefix(begins));
    Absence::of(plain.unwrap_or(words)).is_some()
}

/// Whether what is said of codes is what the scale says of them.
fn judged(defined: &[Defined], is_of_notes: bool, scale: &Scale) -> SaidScale {
    let last = scale.modalities.len().saturating_sub(1);
    let position = |code: &str| scale.modalities.iter().position(|m| m.code == code);
    let (mut agree, mut against, mut unknown, mut foreign, mut ends) = (0, 0, 0, 0, 0);
    let said_of = |words: &str| match worded(words, scale) {
        Some(position) => half(scale, position),
        None => side(words),
    };
    // « 1 : Bien-être » heads a part of a grid: numbers beside words are a legend where two of them are levels.
    let sided = defined.iter().filter(|d| said_of(&d.words).is_some());
    if !is_of_notes && sided.count() < 2 && !defined.iter().any(|d| d.equal) {
        return SaidScale::Nothing;
    }
    for Defined { code, words, equal } in defined {
        let said = said_of(words);
        if is_absence(words) {
            foreign += 1;
            continue;
        }
        let Some(at) = position(code) else {
            let counts = *equal || is_of_notes || said.is_some() && defined.len() > 2;
            foreign += usize::from(counts);
            continue;
        };
        ends += usize::from(at == 0 || at == last);
        match (said, half(scale, at)) {
            (Some(said), Some(own)) if said == own => agree += 1,
            (Some(_), Some(_)) if at == 0 || at == last => against += 1,
            // « 2 = bien » of a scale that ends with « très bien » is no reversal.
            (Some(_), _) => {}
            (None, _) => unknown += usize::from(*equal || is_of_notes),
        }
    }
    let is_whole = ends >= 2 || defined.len() < 3;
    match () {
        () if against > 0 && foreign == 0 && agree == 0 => SaidScale::Reversed,
        () if against + foreign > 0 => SaidScale::Other,
        () if agree > 0 && is_whole => SaidScale::Same,
        () if agree > 0 => SaidScale::Other,
        () if unknown >= 2 || unknown == 1 && ends == 1 && is_of_notes => SaidScale::Other,
        () => SaidScale::Nothing,
    }
}

/// The modality that words name: its label, the beginning of it alone, or its initials (« NE », « ED »).
fn worded(words: &str, scale: &Scale) -> Option<usize> {
    let labels: Vec<String> = scale.modalities.iter().map(|m| fold(&m.label)).collect();
    let initials = |label: &str| -> String {
        label
            .split(' ')
            .filter_map(|word| word.chars().next())
            .collect()
    };
    let only = |fits: &dyn Fn(&str) -> bool| {
        let mut found = labels.iter().enumerate().filter(|(_, label)| fits(label));
        let first = found.next()?.0;
        found.next().is_none().then_some(first)
    };
    let is_short = words.chars().count() <= 3;
    only(&|label| label == words)
        .or_else(|| only(&|label| label.starts_with(words)))
        .or_else(|| only(&|label| is_short && initials(label) == words))
        .or_else(|| only(&|label| words.chars().count() == 3 && initials(label).starts_with(words)))
}

/// Whether numbers go from the lowest modality of a scale to its highest.
fn is_whole(chain: &[u32], scale: &Scale) -> bool {
    let end = |number: Option<&u32>| number.map(u32::to_string);
    let code = |m: Option<&Modality>| m.map(|m| m.code.clone());
    end(chain.first()) == code(scale.modalities.first())
        && end(chain.last()) == code(scale.modalities.last())
}

/// « 0-1-2-3-4 », « 1/2/3/4 »: three numbers or more that follow each other, written as one word.
fn chained(text: &str) -> Option<Vec<u32>> {
    let numbers = |word: &str| -> Option<Vec<u32>> {
        let parts = word.split(['-', '–', '/']);
        parts.map(|part| part.parse::<u32>().ok()).collect()
    };
    let follow = |all: &Vec<u32>| all.len() >= 3 && all.windows(2).all(|two| two[1] == two[0] + 1);
    let mut words = text.split(|c: char| c.is_whitespace() || "():;".contains(c));
    words.find_map(|word| numbers(word).filter(|all| follow(all)))
}

/// « A à D ».
fn is_letter_range(words: &str) -> bool {
    let parts: Vec<&str> = words.split(' ').collect();
    matches!(parts[..], [first, "a", last] if first.len() == 1 && last.len() == 1)
}

/// « de 0 à 3 », « sur 10 », « /5 », « en % »: the bounds of notes, beside those of the scale.
fn bounds(marks: &[ScalePiece], scale: &Scale) -> SaidScale {
    let number = |code: &str| code.parse::<u32>().ok();
    let first = scale.modalities.first().and_then(|m| number(&m.code));
    let last = scale.modalities.last().and_then(|m| number(&m.code));
    let mut found = SaidScale::Nothing;
    for (at, mark) in marks.iter().enumerate() {
        let after = |on: usize| marks.get(at + on);
        // « de -2 à +2 »; « vaut 5 points ».
        let is_signed = matches!(mark, ScalePiece::Sign('–' | '+'))
            && matches!(after(1), Some(ScalePiece::Number(_)))
            && matches!(at.checked_sub(1).map(|b| &marks[b]), Some(ScalePiece::Words(w)) if w.ends_with("de") || w == "a");
        let is_worth = matches!(mark, ScalePiece::Words(w) if w.ends_with("vaut") || w.ends_with("valent"))
            && matches!(after(1), Some(ScalePiece::Number(n)) if number(n) != last);
        if is_signed || is_worth {
            return SaidScale::Other;
        }
        let counted = |on: usize| match after(on) {
            Some(ScalePiece::Words(words)) => {
                UNITS.contains(&words.split(' ').next().unwrap_or(""))
            }
            _ => false,
        };
        let is_same = match (mark, after(1), after(2)) {
            (
                ScalePiece::Number(low),
                Some(ScalePiece::Words(to)),
                Some(ScalePiece::Number(high)),
            ) if ["a", "jusqu a"].contains(&to.as_str()) && !counted(3) => {
                number(low) == first && number(high) == last
            }
            (
                ScalePiece::Number(low),
                Some(ScalePiece::Sign('–' | '…' | '>')),
                Some(ScalePiece::Number(high)),
            ) if !counted(3) => number(low) == first && number(high) == last,
            (ScalePiece::Words(words), Some(ScalePiece::Number(most)), _)
                if words.split(' ').next_back() == Some("sur") && !counted(2) =>
            {
                number(most) == last
            }
            (ScalePiece::Sign('/'), Some(ScalePiece::Number(most)), _) if !counted(2) => {
                number(most) == last
            }
            (ScalePiece::Words(words), _, _) if is_letter_range(words) => false,
            (ScalePiece::Sign('%'), _, _) => false,
            (ScalePiece::Words(words), _, _)
                if words.contains("pourcent") || words.contains("pour cent") =>
            {
                false
            }
            _ => continue,
        };
        if !is_same {
            return SaidScale::Other;
        }
        found = SaidScale::Same;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vocabulary::referentiel::{embedded_v1, parse};

    fn said(texts: &[&str], standing: TextPlace, wanted: SaidScale) {
        let r = parse("v1", embedded_v1()).expect("the référentiel");
        let rated = r.element("REL-1-OBS-1").expect("an élément");
        let scale = &r.scales[r.elements[rated].scale];
        for text in texts {
            assert_eq!(said_scale(text, standing, scale), wanted, "{text}");
        }
    }

    #[test]
    fn legends_the_other_way_round_are_seen() {
        said(
            &[
                "Note de 1 à 4 (1 = tout à fait, 4 = pas du tout)",
                "1 : très bien ; 2 : bien ; 3 : peu ; 4 : jamais",
                "1= Excellent",
                "4 = insuffisant",
                "1=vert 2=jaune 3=orange 4=rouge",
                "Échelle : 1 excellent, 2 bien, 3 moyen, 4 mauvais",
                "Attention : 1 est la meilleure note",
                "1 = très bien ... 4 = insuffisant",
                "Maîtrisé = 1, non engagé = 4",
                "plus la note est basse, mieux c’est",
                "on a inversé : 1 veut dire maîtrisé",
                "échelle à l’envers par rapport à l’an passé",
                "vert 1, rouge 4",
                "I = très bon, IV = mauvais",
                "1. Point fort 2. Plutôt fort 3. Plutôt faible 4. Point faible",
                "1 maitrise 2 installe 3 demarrage 4 non engage",
                "1er = le mieux, 4e = le moins bien",
                "1=++ 2=+ 3=- 4=--",
                "1 😀 2 🙂 3 🙁 4 😡",
                "plus la note est basse, plus les parents sont contents",
            ],
            TextPlace::Around,
            SaidScale::Reversed,
        );
        said(
            &[
                "Note (4 = à revoir)",
                "Note : 1 (excellent) à 4 (à revoir)",
                "Note (1 = OK, 4 = KO)",
                "Note (1 fort – 4 faible)",
                "Note (1 parfait, 4 à revoir)",
                "Note inversée",
                "Note (1 meilleur)",
            ],
            TextPlace::Heading,
            SaidScale::Reversed,
        );
    }

    #[test]
    fn other_scales_are_seen() {
        said(
            &[
                "Note sur 5",
                "Notes de 0 (non engagé) à 3 (maîtrisé)",
                "1 = non acquis ; 2 = en cours ; 3 = acquis",
                "1 = oui, 0 = non",
                "A = maîtrisé, D = non engagé",
                "priorité d’amélioration : 1 faible, 4 forte",
                "Degré d’urgence de 1 à 4",
                "4 = NC",
                "1 = non observé, 2 = insuffisant, 3 = moyen, 4 = bien",
                "NC = non conforme",
                "A combien de reprises le problème est constaté (1 à 4 fois)",
                "Nombre de fois où c’est constaté",
                "barème 0-1-2-3-4",
                "notation de -2 à +2",
                "Chaque item vaut 5 points",
                "Quand je n’ai pas pu voir j’ai mis 1",
                "par défaut 1 quand rien vu",
            ],
            TextPlace::Around,
            SaidScale::Other,
        );
        said(
            &[
                "Note /5",
                "Note sur 10",
                "Note (%)",
                "Note /20",
                "Note (1 à 6)",
                "De 0 à 3",
                "Oui = 1 / Non = 0",
                "Note (A à D)",
                "Note (0-10)",
            ],
            TextPlace::Heading,
            SaidScale::Other,
        );
    }

    #[test]
    fn the_scale_itself_and_other_words_keep_nobody_out() {
        said(
            &[
                "Note de 1 à 4 (1 = pas du tout, 4 = tout à fait)",
                "1 = non engagé, 2 = en démarrage, 3 = installé, 4 = maîtrisé",
                "1 : jamais – 2 : parfois – 3 : souvent – 4 : toujours",
                "Note sur 4",
                "Note 1 à 4 ou NC/NO",
                "Note 1/2/3/4",
                "1 = NE, 2 = ED, 3 = I, 4 = M",
                "1 = rien, 2 = un peu, 3 = beaucoup, 4 = tout",
            ],
            TextPlace::Around,
            SaidScale::Same,
        );
        said(
            &[
                "1 - Votre enfant est-il bien accueilli ?",
                "REL-1-FAM-1",
                "REL1FAM1 Mon enfant est attendu",
                "FAM[REL1FAM1]",
                "Mon enfant a au moins 1 ami proche",
                "Q4. L’équipe est facile à joindre (4 adultes)",
            ],
            TextPlace::Question,
            SaidScale::Nothing,
        );
        said(
            &["Note", "Note du jour", "Niveau constaté", "Réponse"],
            TextPlace::Heading,
            SaidScale::Nothing,
        );
        said(
            &[
                "4 enfants, oui",
                "Visite 1 : bien passée, 4 enfants",
                "Réunion du 4 : pas de remarque",
                "Grille d’observation des 3 à 11 ans",
                "1. Relations",
                "2 : Cadre de vie",
                "Semaine 2 : activités calmes",
                "12/05/2026",
                "Présents : 24 enfants sur 30",
                "Accueil du matin 7 h 30 à 9 h",
                "Nombre d’éléments notés : 8",
                "NC = non concerné (à justifier), NO = non observé",
                "",
            ],
            TextPlace::Around,
            SaidScale::Nothing,
        );
    }
}
