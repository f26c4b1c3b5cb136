//! Reads which closed questions outside the référentiel the files of a campaign asked, with the answers that people
//! agreed on, from what each import kept of its files.

use super::open_observatory::OpenObservatory;
use crate::base::error::Result;
use crate::vocabulary::config::Campaign;
use crate::vocabulary::own_question::OwnQuestionWords;

/// Those of the files that count, by code, the first that came first; an answer that a later file added stands after
/// the others. Nothing of aggregates of other territories.
///
/// # Errors
///
/// A store that cannot be read.
pub(crate) fn question_lists(
    opened: &OpenObservatory,
    campaign: &Campaign,
) -> Result<Vec<(String, OwnQuestionWords)>> {
    let mut all: Vec<(String, OwnQuestionWords)> = Vec::new();
    if opened.is_shared() {
        return Ok(all);
    }
    let state = opened.store.state()?;
    let imports = state.imports.iter();
    for import in imports.filter(|i| i.manifest.campaign == campaign.id) {
        let files = import.manifest.files.iter().zip(&import.taken_back);
        for (file, _) in files.filter(|(_, is_taken_back)| !**is_taken_back) {
            for (code, words) in &file.questions {
                match all.iter_mut().find(|(known, _)| known == code) {
                    Some((_, known)) => known.add(&words.answers),
                    None => all.push((code.clone(), words.clone())),
                }
            }
        }
    }
    Ok(all)
}
