//! What people say in their own words: interviews and their themes, open answers of families and
//! their keywords, remarks of teams, practices found remarkable. Words only; what may be quoted is
//! `disclosure`'s to say.
//!
//! | question | file |
//! |---|---|
//! | what counts as a word (four letters), how words are grouped, which answers use it | `keywords`; from how many one is shown: `clear::clear_words` |
//! | interviews, remarks, open answers read back from the store | `campaign_words` |
//! | closed questions outside the référentiel: how many gave each answer, structure by structure | `outside_questions` |
//! | practices found remarkable, and the team’s consent to share | `remarkable_practices` |

mod campaign_words;
mod keywords;
mod outside_questions;
mod remarkable_practices;

pub use campaign_words::{Interview, OpenAnswer, Remark, Voices, read};
pub use keywords::{Keyword, keywords};
pub use outside_questions::OutsideQuestion;
pub(crate) use outside_questions::outside_questions;
pub use remarkable_practices::Remarkable;

use crate::stats::themes::{ThemeCount, count};

/// Themes of interviews, the most shared first: how many interviews mention each (presence, not
/// mentions; `docs/statistics.md` §8.1).
pub fn themes(interviews: &[&Interview]) -> Vec<(String, ThemeCount)> {
    let all: Vec<Vec<String>> = interviews.iter().map(|i| i.themes.clone()).collect();
    let mut counted: Vec<(String, ThemeCount)> = count(&all, 0.95).into_iter().collect();
    counted.sort_by(|a, b| b.1.interviews.cmp(&a.1.interviews).then(a.0.cmp(&b.0)));
    counted
}
