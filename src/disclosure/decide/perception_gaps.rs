//! Who reads the scores of observation and self-assessment side by side.

use crate::vocabulary::Audience;

/// The team alone, to discuss them.
pub(crate) fn are_gaps_read_by(audience: Audience) -> bool {
    audience == Audience::Equipe
}
