//! Whether the title of a column, or a line of a grid, words an élément otherwise than the référentiel does.

use super::element_codes::element_code;
use super::file_wordings::FileWordings;
use super::labels::Labels;
use crate::base::text::plain_words;
use crate::vocabulary::referentiel::Referentiel;

/// Characters kept of a wording.
const LONGEST: usize = 300;

/// Notes that a column or a line is read as an élément, and what it says.
pub(super) fn note_wording(
    wordings: &mut FileWordings,
    r: &Referentiel,
    code: &str,
    title: Option<&str>,
) {
    let Some(e) = r.element(code) else {
        return;
    };
    let element = &r.elements[e];
    let is_own = |title: &str| {
        plain_words(&element.label) == plain_words(title)
            || Labels::new(r, Some(element.source)).exact(title) == Some(e)
    };
    // A code says the référentiel's own question, whatever stands beside it.
    let is_code = |title: &str| element_code(title, r).is_some();
    let words = title.map(one_line).filter(|t| !t.is_empty());
    let words = words.filter(|title| !is_code(title) && !is_own(title));
    wordings.add(code, words);
}

/// A title on one line, without the characters that show nothing.
fn one_line(title: &str) -> String {
    let shown: String = title
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    let words: Vec<&str> = shown.split_whitespace().collect();
    words.join(" ").chars().take(LONGEST).collect()
}
