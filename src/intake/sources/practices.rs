//! Practices that someone found remarkable, and whether the team agrees to share them, in whatever
//! form they come. They are words: no figure is ever computed from them.

use super::answers::Answer;
use super::heading::without_precision;
use super::usual_headings::is_tick;
use crate::base::diagnostics::CellRef;
use crate::base::text::fold;

/// In place of an élément's code: a practice found remarkable. `raw` holds the code of the élément or
/// of the critère it is about, the comment what was seen.
pub const REMARKABLE: &str = "REMARQUABLE";
/// In place of an élément's code: whether the team agrees that its practices are shared, as written.
pub const CONSENT: &str = "ACCORD";

/// Heading under which the consent is asked, in every form.
pub const CONSENT_LABEL: &str = "Accord de l’équipe pour partager ses pratiques";

/// « oui » or a cross, « non » or a dash; none for any other word.
pub fn yes_or_no(text: &str) -> Option<bool> {
    let folded = fold(text.trim_end_matches(['.', '!']));
    match folded.as_str() {
        "" | "non" | "n" | "0" | "faux" | "false" => Some(false),
        "vrai" | "true" | "yes" => Some(true),
        other => is_tick(other).then_some(true),
    }
}

/// Whether a folded heading asks for the team's consent.
pub(super) fn is_consent(folded: &str) -> bool {
    matches!(
        without_precision(folded).trim_end_matches([' ', ':', '?']),
        "accord" | "accord de l equipe" | "accord de l equipe pour partager ses pratiques"
    )
}

/// A practice on an élément or a critère.
pub(super) fn remarkable(code: &str, description: &str, cell: CellRef) -> Answer {
    Answer {
        element: REMARKABLE.into(),
        raw: code.to_owned(),
        written: None,
        comment: description.to_owned(),
        cell,
    }
}

/// The team's answer.
pub(super) fn consent(written: &str, cell: CellRef) -> Answer {
    Answer {
        element: CONSENT.into(),
        raw: written.to_owned(),
        written: None,
        comment: String::new(),
        cell,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn yes_no_and_neither() {
        for yes in ["x", "Oui", "OUI.", "✓", "true", "1"] {
            assert_eq!(yes_or_no(yes), Some(true), "{yes}");
        }
        for no in ["", "non", "Non !", "-", "–", "0"] {
            assert_eq!(yes_or_no(no), Some(false), "{no}");
        }
        for neither in ["à voir", "oui si anonyme", "ouis"] {
            assert_eq!(yes_or_no(neither), None, "{neither}");
        }
    }
}
