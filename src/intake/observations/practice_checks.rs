//! Remarkable practices and consents, checked: nothing is typed, since they bear no figure.

use crate::base::diagnostics::Code;
use crate::base::text::suggest;
use crate::intake::sources::Answer;
use crate::intake::sources::practices::{CONSENT, yes_or_no};
use crate::vocabulary::referentiel::Referentiel;

/// Whether a practice or a consent may be kept.
///
/// # Errors
///
/// The code of the diagnostic and its French sentence.
pub(super) fn check(answer: &Answer, referentiel: &Referentiel) -> Result<(), (Code, String)> {
    if &*answer.element == CONSENT {
        return consent(&answer.raw);
    }
    let code = &answer.raw;
    let element = referentiel.element(code);
    let critere = element.map(|e| referentiel.elements[e].critere);
    let Some(critere) = critere.or_else(|| referentiel.critere(code)) else {
        return Err((Code::ElementUnknown, unknown(code, referentiel)));
    };
    if referentiel.criteres[critere].imperatif {
        let message = format!(
            "« {code} » relève d’un critère impératif : la marque « remarquable » n’est pas retenue."
        );
        return Err((Code::RemarkableImperatif, message));
    }
    if answer.comment.trim().is_empty() {
        let message = format!("« {code} » est marqué remarquable sans que rien ne soit décrit.");
        return Err((Code::RemarkableUndescribed, message));
    }
    Ok(())
}

/// Whether a consent, as written and kept, is a yes.
pub fn agrees(written: &str) -> bool {
    yes_or_no(written) == Some(true)
}

fn consent(written: &str) -> Result<(), (Code, String)> {
    let shown: String = written.chars().take(40).collect();
    yes_or_no(written).map(|_| ()).ok_or_else(|| {
        let message =
            format!("« {shown} » ne dit ni oui ni non à l’accord pour partager les pratiques.");
        (Code::SharingUnreadable, message)
    })
}

fn unknown(code: &str, referentiel: &Referentiel) -> String {
    if code.is_empty() {
        return "une pratique est décrite sans le code de son critère (REL-2, par exemple)."
            .to_owned();
    }
    let codes = referentiel.criteres.iter().map(|c| c.code.as_str());
    let near = suggest(&code.to_uppercase(), codes).sentence();
    format!("« {code} » n’est ni un critère ni un élément du référentiel.{near}")
}
