//! The words of a verdict, the same wherever a change is told.

use crate::stats::change::Verdict;

/// « en hausse », « on ne sait pas encore ».
pub(crate) fn verdict_words(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Progresse => "en hausse",
        Verdict::PlutotProgresse => "plutôt en hausse",
        Verdict::Stable => "stable",
        Verdict::PlutotRecule => "plutôt en baisse",
        Verdict::Recule => "en baisse",
        Verdict::Indetermine => "on ne sait pas encore",
        Verdict::NonComparable => "non comparable",
    }
}

/// A verdict as exports write it, in words: « plutôt en hausse, à vérifier » for `plutot_progresse+a_verifier`;
/// what is none stays as it is.
pub(crate) fn told_verdict(written: &str) -> String {
    let (word, mark) = written.split_once('+').unwrap_or((written, ""));
    let word = word.parse().map_or(word, |known| verdict_words(known));
    match mark {
        "" => word.to_owned(),
        "a_verifier" => format!("{word}, à vérifier"),
        other => format!("{word}, {other}"),
    }
}

/// What the words mean, under a table of changes.
pub(crate) const VERDICTS_READ: &str = "En hausse, en baisse : le changement compte et dépasse le hasard. \
     Plutôt : au moins quatre changements sur cinq ainsi annoncés vont bien dans ce sens ; à confirmer avant d’en faire un titre. \
     Stable : si quelque chose a changé, c’est trop peu pour compter. \
     On ne sait pas encore : l’écart peut venir du hasard comme d’un vrai changement.";

/// The same beside a chart.
pub(crate) const VERDICTS_IN_SHORT: &str = "Comment lire : « en hausse », « en baisse » : le changement compte et dépasse le hasard. « Plutôt » : un sens probable, à confirmer. « Stable » : si quelque chose a changé, c’est trop peu pour compter. « On ne sait pas encore » : l’écart peut venir du hasard comme d’un vrai changement.";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_written_verdict_is_told_in_words() {
        let told = told_verdict("plutot_progresse+a_verifier");
        assert_eq!(told, "plutôt en hausse, à vérifier");
        assert_eq!(told_verdict("recule"), "en baisse");
        assert_eq!(told_verdict("formé"), "formé");
        assert_eq!(told_verdict(""), "");
    }
}
