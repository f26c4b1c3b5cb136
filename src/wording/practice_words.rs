//! What is said of a practice worth a visit.

use crate::decide::priorities::Confirmation;

/// What confirms it.
pub(crate) fn confirmation(confirmed_by: Confirmation) -> &'static str {
    match confirmed_by {
        Confirmation::EarlierCampaign => "déjà au-dessus de l’objectif à la campagne précédente",
        Confirmation::SeveralSources => "confirmé par plusieurs sources",
    }
}
