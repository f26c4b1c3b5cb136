//! What would have been enough to know, where nothing is known of a change.

use super::MissingEvidence;
use super::draft::{Ground, share_error};
use crate::figures::Spread;
use crate::stats::proportion::ShareCount;

/// The least that would have been enough in the second campaign, had it found the same.
pub(super) fn missing_evidence(
    ground: &Ground,
    spread: &Spread,
    would_tell: impl Fn(f64) -> bool,
) -> MissingEvidence {
    let Ground::Levels { noise, .. } = ground else {
        let Ground::Shares { before, after, .. } = ground else {
            return MissingEvidence::NextCampaign;
        };
        let twice = ShareCount {
            favourable: after.favourable * 2,
            answers: after.answers * 2,
        };
        return if would_tell(share_error(*before).hypot(share_error(twice))) {
            MissingEvidence::TwiceTheAnswers
        } else {
            MissingEvidence::NextCampaign
        };
    };
    let (first, second) = *noise;
    let visited = second.with_second_visits();
    let tried = [
        (second.is_observed(), visited, MissingEvidence::SecondVisit),
        (
            second.marks > 0.0,
            second.with_second_reader(),
            MissingEvidence::SecondReader,
        ),
        (
            second.respondents > 0.0,
            second.with_twice_the_answers(),
            MissingEvidence::TwiceTheAnswers,
        ),
        (
            true,
            visited.with_second_reader().with_twice_the_answers(),
            MissingEvidence::AllOfThem,
        ),
    ];
    let enough = tried.into_iter().find(|(has_some, noise, _)| {
        let error = spread.change_error(&first, noise);
        *has_some && error.is_some_and(&would_tell)
    });
    enough.map_or(MissingEvidence::NextCampaign, |(.., missing)| missing)
}
