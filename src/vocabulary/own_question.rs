//! Questions that a service adds to its own questionnaires, outside the référentiel: by which code each is known,
//! and which answers it admits.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::referentiel::SourceCode;
use crate::base::text::{fold, hex};

/// Under which every answer is counted that is none of those agreed.
pub(crate) const OTHER_ANSWER: &str = "autre réponse";

/// Before the source in a code.
const PREFIX: &str = "Q-";
/// Bytes of the fingerprint that a code bears.
const BYTES: usize = 4;

/// A question in the words of a questionnaire, and the answers that a person agreed on, in their order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct OwnQuestionWords {
    /// The question.
    pub(crate) question: String,
    /// The answers that it admits.
    #[serde(rename = "reponses")]
    pub(crate) answers: Vec<String>,
}

impl OwnQuestionWords {
    /// Adds the answers that it did not know, after its own.
    pub(crate) fn add(&mut self, answers: &[String]) {
        for answer in answers {
            let known = |own: &String| same_answer(own) == same_answer(answer);
            if !self.answers.iter().any(known) {
                self.answers.push(answer.clone());
            }
        }
    }
}

/// What makes two writings the same answer: case, spaces and the shape of apostrophes aside.
pub(crate) fn same_answer(text: &str) -> String {
    let plain = text.to_lowercase().replace('’', "'");
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What makes two writings the same question: case, accents, spaces and the mark at the end aside.
fn same_words(text: &str) -> String {
    let folded = fold(text);
    let bare = folded.trim_end_matches(|c: char| !c.is_alphanumeric());
    if bare.is_empty() {
        folded
    } else {
        bare.to_owned()
    }
}

/// `Q-FAM-1A2B3C4D`: the same question put to the same people, in whichever file.
pub(crate) fn own_code(source: SourceCode, question: &str) -> String {
    let digest = Sha256::digest(same_words(question).as_bytes());
    let print = hex(&digest[..BYTES]).to_uppercase();
    format!("{PREFIX}{source}-{print}")
}

/// Who answers the question of a code; none where it is no such code.
pub(crate) fn source_of(code: &str) -> Option<SourceCode> {
    let upper = code.to_uppercase();
    let (source, print) = upper.strip_prefix(PREFIX)?.split_once('-')?;
    let is_print = print.len() == 2 * BYTES && print.bytes().all(|b| b.is_ascii_hexdigit());
    source.parse().ok().filter(|_| is_print)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_is_known_by_its_words_and_by_who_is_asked() {
        let code = own_code(SourceCode::Fam, "Par quel moyen venez-vous ?");
        assert_eq!(
            code,
            own_code(SourceCode::Fam, "par quel moyen  venez-vous\u{a0}?")
        );
        assert_ne!(
            code,
            own_code(SourceCode::Enf, "Par quel moyen venez-vous ?")
        );
        assert_eq!(source_of(&code), Some(SourceCode::Fam));
        assert_eq!(source_of(&code.to_lowercase()), Some(SourceCode::Fam));
        for other in ["REL-1-FAM-1", "Q-FAM", "Q-ZZZ-12345678", "Q-FAM-123"] {
            assert_eq!(source_of(other), None, "{other}");
        }
        assert_eq!(same_words("+ !"), fold("+ !"));
        assert_eq!(same_answer(" À  pied"), same_answer("à\u{a0}pied"));
        assert_ne!(same_answer("1"), same_answer("1 +"));
    }
}
