//! Names of files and sheets that would name a person: « Questionnaire Théo Martin.xlsx ». They are
//! replaced before anything is stored or said; the words of an accueil of the registry are no one's.

use super::common_words::PROPER;
use super::given_names::NameLists;
use super::plain_text::plain;
use super::vocabulary::{Class, Vocabulary, single};
use super::word_tokens::{Token, tokens};

/// Characters of the fingerprint that stand in a name's place.
const SHOWN: usize = 6;
/// Longest extension.
const EXTENSION: usize = 5;
/// Titles that a name follows.
const TITLES: &[&str] = &[
    "mme",
    "mlle",
    "mr",
    "monsieur",
    "madame",
    "mademoiselle",
    "m",
];

/// What names of files are screened against.
#[derive(Debug, Default)]
pub(crate) struct FileNames {
    /// Words of the names of accueils, communes and secteurs, folded.
    own: Vec<Vec<String>>,
}

impl FileNames {
    /// `places` are names of accueils, communes and secteurs.
    pub(crate) fn new<'a>(places: impl IntoIterator<Item = &'a str>) -> Self {
        let telling = |t: &Token| !t.number() && t.fold.len() > 2 && !is_kind_of_place(&t.fold);
        let words = |name: &str| -> Vec<String> {
            let all = tokens(&plain(name)).into_iter();
            all.filter(telling).map(|t| t.fold).collect()
        };
        let own = places.into_iter().map(words).filter(|w| !w.is_empty());
        Self { own: own.collect() }
    }

    /// The name to keep: the same, or « fichier a1b2c3.xlsx » where it would name a person.
    /// `fingerprint` is what tells files apart.
    pub(crate) fn kept(&self, name: &str, fingerprint: impl FnOnce() -> String) -> String {
        let parts = name.rsplit_once('.');
        let (stem, extension) = match parts {
            Some((stem, end)) if end.len() <= EXTENSION && !end.contains(' ') => (stem, Some(end)),
            _ => (name, None),
        };
        if !self.name_someone(stem) {
            return name.to_owned();
        }
        let print: String = fingerprint().chars().take(SHOWN).collect();
        match extension {
            Some(end) => format!("fichier {print}.{end}"),
            None => format!("fichier {print}"),
        }
    }

    /// Whether words, of the name of a file or of a sheet, name a person.
    pub(crate) fn name_someone(&self, words: &str) -> bool {
        let apart = words.replace(['_', '.', '-', '+'], " ");
        let tokens = tokens(&plain(&apart));
        let own = self.own_words(&tokens);
        (0..tokens.len()).any(|at| !own[at] && is_name(&tokens, &own, at)) || words.contains('@')
    }

    /// Which words are those of a place: two of them in a row, or all that its name tells.
    fn own_words(&self, tokens: &[Token]) -> Vec<bool> {
        let mut own = vec![false; tokens.len()];
        for name in &self.own {
            let mut run: Vec<usize> = Vec::new();
            for at in 0..=tokens.len() {
                let inside = tokens.get(at).is_some_and(|t| name.contains(&t.fold));
                if inside {
                    run.push(at);
                } else if tokens
                    .get(at)
                    .is_none_or(|t| t.fold.len() > 2 || t.number())
                {
                    if run.len() >= name.len().min(2) {
                        for at in &run {
                            own[*at] = true;
                        }
                    }
                    run.clear();
                }
            }
        }
        own
    }
}

fn is_kind_of_place(fold: &str) -> bool {
    Vocabulary::get().classes(&single(fold)) & Class::Place.bit() != 0
}

fn is_name(tokens: &[Token], own: &[bool], at: usize) -> bool {
    let (token, lists) = (&tokens[at], NameLists::get());
    let fold = token.fold.as_str();
    if token.number() {
        return false;
    }
    let before = at.checked_sub(1).filter(|b| !own[*b]).map(|b| &tokens[b]);
    let titled = before.is_some_and(|b| TITLES.contains(&b.fold.as_str()));
    let shown = token.capital() && !PROPER.contains(&fold);
    lists.is_given(fold)
        || (token.capital() && lists.is_surname(fold))
        || (shown && titled && fold.len() > 1)
        || (shown && lists.is_given_and_word(fold))
        || (titled && fold.len() == 1 && token.capital())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_child_s_name_is_not_kept_and_an_accueil_s_is() {
        let names = FileNames::new(["ALSH Pierre Brossolette", "École Jules Ferry", "Rosay"]);
        for (name, expected) in [
            ("Questionnaire Théo Martin.xlsx", "fichier a1b2c3.xlsx"),
            ("questionnaire_theo.csv", "fichier a1b2c3.csv"),
            ("QUESTIONNAIRE THEO.XLSX", "fichier a1b2c3.XLSX"),
            ("Réponses de Mme Kpodjedo.xlsx", "fichier a1b2c3.xlsx"),
            ("Pierre Martin, Brossolette.xlsx", "fichier a1b2c3.xlsx"),
            ("Grille de Rose.ods", "fichier a1b2c3.ods"),
            ("Dupont", "fichier a1b2c3"),
        ] {
            assert_eq!(
                names.kept(name, || "a1b2c3d4".to_owned()),
                expected,
                "{name}"
            );
        }
        for name in [
            "Grille R01 Pierre Brossolette.xlsx",
            "Grille Jules-Ferry mai 2026.xlsx",
            "Plan d’amélioration C1 v2.xlsx",
            "results-survey998101.csv",
            "Entretien direction P09.xlsx",
            "Notes d’entretiens C1.csv",
            "Familles avril 2026 (copie).xlsx",
            "Rosay.csv",
        ] {
            assert_eq!(names.kept(name, || "a1b2c3d4".to_owned()), name);
        }
    }
}
