//! What each report says of where it stands: before the remarks of a team, or final.

use super::report_context::ReportContext;
use super::report_state::{DAYS_TO_ANSWER, ReportState};
use crate::base::text::count;
use crate::disclosure::ClearedSite;

/// What the report of a team says of itself.
pub(super) fn of_site(site: &ClearedSite, context: &ReportContext) -> Option<String> {
    let state = context.states.get(site.structure.as_str())?;
    Some(match state {
        ReportState::BeforeRemarks(until) => format!(
            "Rapport avant remarques : l’équipe a {DAYS_TO_ANSWER} jours ouvrés, jusqu’au {}, pour dire ce qui est inexact et dater ce qui a été corrigé. Ses remarques seront jointes au rapport définitif, sauf sur les critères impératifs : la coordination lit celles-là.",
            until.short()
        ),
        ReportState::Final => {
            let corrected = site.corrections.len();
            let told: Vec<String> = [
                (
                    site.words.remarks.len(),
                    ["remarque de l’équipe", "remarques de l’équipe"],
                ),
                (corrected, ["correction datée", "corrections datées"]),
            ]
            .into_iter()
            .filter(|(n, _)| *n > 0)
            .map(|(n, [one, many])| count(n, one, many))
            .collect();
            if told.is_empty() {
                "Rapport définitif : aucune remarque de l’équipe n’y est jointe.".to_owned()
            } else {
                format!("Rapport définitif : {} y sont jointes.", told.join(" et "))
            }
        }
    })
}

/// What a report on several accueils says of theirs; nothing when all are final.
pub(super) fn of_territory(context: &ReportContext) -> Option<String> {
    let open = context
        .states
        .values()
        .filter(|s| **s != ReportState::Final);
    let (open, all) = (open.count(), context.states.len());
    (open > 0).then(|| {
        format!(
            "Pour {} sur {all}, les remarques de l’équipe peuvent encore arriver : leurs constats ne sont pas définitifs.",
            count(open, "accueil", "accueils")
        )
    })
}

/// The same of one accueil, for who is not its team.
pub(super) fn of_other(structure: &str, context: &ReportContext) -> Option<String> {
    match context.states.get(structure)? {
        ReportState::BeforeRemarks(until) => Some(format!(
            "Les remarques de l’équipe peuvent encore arriver jusqu’au {} : ces constats ne sont pas définitifs.",
            until.short()
        )),
        ReportState::Final => None,
    }
}
