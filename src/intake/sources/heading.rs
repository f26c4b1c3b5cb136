//! Headings as tools write them: questions announced as comments or
//! « autre », a precision between parentheses.

use crate::base::text::fold;

/// Ends of the headings of comments.
const MARKS: [&str; 12] = [
    "[comment]",
    "[commentaire]",
    "(commentaire)",
    "(comment)",
    " commentaires",
    " commentaire",
    " comment",
    " motif",
    " preuve",
    ". comment",
    ": commentaire",
    ": motif",
];

/// What stands before « [commentaire] », « motif »…, folded; none when a heading is no comment.
pub(super) fn comment_stem(heading: &str) -> Option<String> {
    let folded = fold(heading);
    // `FAM[REL1FAM1comment]`: the comment of one line of a question.
    if let Some(stem) = folded
        .strip_suffix("comment]")
        .filter(|s| !s.ends_with('['))
    {
        return Some(format!("{stem}]"));
    }
    let stem = MARKS.iter().find_map(|m| folded.strip_suffix(m))?;
    Some(stem.trim_end_matches([' ', ':', '.', '-']).to_owned())
}

/// The code between the last parentheses of « Pourquoi « non concerné » ? (REL-1-OBS-2) ».
pub(super) fn asked_why(heading: &str) -> Option<&str> {
    let folded = fold(heading);
    let why = ["pourquoi", "motif", "commentaire", "preuve"];
    if !why.iter().any(|w| folded.contains(w)) {
        return None;
    }
    let (_, code) = heading.trim().strip_suffix(')')?.rsplit_once('(')?;
    Some(code)
}

/// Headings of what people add to the choices.
const WHOLE: [&str; 6] = [
    "other",
    "autre",
    "other (please specify)",
    "autre (veuillez preciser)",
    "autre (precisez)",
    "autre, precisez",
];

/// Ends of such headings.
const ENDS: [&str; 8] = [
    "[other]",
    "[autre]",
    "/other",
    "/autre",
    "[othercomment]",
    " other (please specify)",
    " autre (veuillez preciser)",
    ": autre",
];

/// Whether a column holds what people wrote beside the choices offered.
pub(super) fn is_other(heading: &str) -> bool {
    let folded = fold(heading);
    let folded = folded.trim_end_matches([' ', ':', '…', '.']);
    // Folding turns Kobo’s `question_other` into two words.
    let kobo = heading.trim().ends_with("_other") || heading.trim().ends_with("_autre");
    kobo || WHOLE.contains(&folded)
        || ENDS.iter().any(|e| folded.ends_with(e))
        || folded.contains("[other].")
}

/// A heading without the precision that ends it: « code (o1, o2…) » → « code ».
pub(super) fn without_precision(folded: &str) -> &str {
    match folded.strip_suffix(')').and_then(|f| f.rsplit_once('(')) {
        Some((before, _)) => before.trim_end(),
        None => folded,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_others_are_told_apart() {
        assert_eq!(
            comment_stem("REL1OBS1[comment]").as_deref(),
            Some("rel1obs1")
        );
        assert_eq!(comment_stem("REL1OBS1_motif").as_deref(), Some("rel1obs1"));
        assert_eq!(
            comment_stem("FAM[REL1FAM1comment]").as_deref(),
            Some("fam[rel1fam1]")
        );
        assert_eq!(
            comment_stem("Une phrase [Commentaire]").as_deref(),
            Some("une phrase")
        );
        assert_eq!(comment_stem("Remarques"), None);
        assert_eq!(
            asked_why("Pourquoi « non concerné » ? (REL-1-OBS-2)"),
            Some("REL-1-OBS-2")
        );
        assert_eq!(asked_why("Observateur (O1, O2…)"), None);
        for heading in [
            "Q2[other]",
            "Autre…",
            "Q2[other]. Votre avis : [Autre]",
            "avis_other",
        ] {
            assert!(is_other(heading), "{heading}");
        }
        assert!(!is_other("Souhaitez-vous dire autre chose ?"));
        assert_eq!(without_precision("code (o1, o2…)"), "code");
    }
}
