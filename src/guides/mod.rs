//! Guides to hold in one’s hand: a campaign that is prepared, the documents and the observer’s visit, the interview with the direction, the workshop with children,
//! the results read by a team. What is rated, answers, articles, ratios and numbers come from the référentiel, the
//! regulation and the settings; how one goes about it, from `reports/modeles/guides.toml`. Documents, laid out as
//! reports are.
//!
//! | question | file |
//! |---|---|
//! | which guides; what one is about; its first page | `field_guide` |
//! | before a campaign: which changes so many visits and answers would show | `preparation_guide` |
//! | the visit: its course, its rules, éléments moment by moment | `visit_guide` |
//! | – children and adults counted, against which ratios | `visit_counting` |
//! | the interview: papers at hand, sittings, questions | `interview_guide` |
//! | the workshop with children: questions as they are drawn | `workshop_guide` |
//! | the results read in a team; first steps of each critère | `reading_guide` |
//! | the documents to have ready for a visit, and what was seen of them | `papers_guide` |
//! | the words around, and the file that replaces them | `guide_words` |

mod field_guide;
mod guide_words;
mod interview_guide;
mod papers_guide;
mod preparation_guide;
mod reading_guide;
mod visit_counting;
mod visit_guide;
mod workshop_guide;

pub use field_guide::{FieldGuide, Foreseen, GuideSubject, SeenBefore, SeenRule};
pub use guide_words::GuideWords;

use crate::base::error::Result;
use crate::reports::Document;

/// Builds a guide.
///
/// # Errors
///
/// Nothing that it asks about applies to the accueils that it is for.
pub fn build(guide: FieldGuide, subject: &GuideSubject, words: &GuideWords) -> Result<Document> {
    let title = guide.titles(words);
    let sections = match guide {
        FieldGuide::Preparation => preparation_guide::sections(subject, words),
        FieldGuide::Visite => visit_guide::sections(subject, words)?,
        FieldGuide::Entretien => interview_guide::sections(subject, words)?,
        FieldGuide::Atelier => workshop_guide::sections(subject, words)?,
        FieldGuide::Lecture => reading_guide::sections(subject, words),
        FieldGuide::Dossier => papers_guide::sections(subject, words)?,
    };
    Ok(Document {
        head: subject.head(title),
        sections,
    })
}
