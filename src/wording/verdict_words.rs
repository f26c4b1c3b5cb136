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

/// What the words mean, under a table of changes.
pub(crate) const VERDICTS_READ: &str = "En hausse, en baisse : le changement compte et dépasse le hasard. \
     Plutôt : au moins quatre changements sur cinq ainsi annoncés vont bien dans ce sens ; à confirmer avant d’en faire un titre. \
     Stable : si quelque chose a changé, c’est trop peu pour compter. \
     On ne sait pas encore : l’écart peut venir du hasard comme d’un vrai changement.";
