//! What teams answer to their reports: remarks, and what one of them put right.

use super::interview_notes::line;
use super::life::after;
use super::quality::Quality;
use super::site_grids::{said, visit_date};
use crate::base::sheets::own_form_layout::RETURNS_HEADINGS;
use crate::vocabulary::referentiel::SourceCode;

/// Critère and remark, during the phase contradictoire.
const REMARKS: [[&str; 2]; 4] = [
    [
        "ENV-1",
        "Le jour de la visite, la salle calme était en travaux ; elle a rouvert depuis.",
    ],
    [
        "LIE-1",
        "Nous envoyons aussi un message chaque vendredi, que la grille ne montre pas.",
    ],
    ["", "L’équipe partage l’essentiel de ce qui est écrit."],
    [
        "ACT-3",
        "Le jeu libre est plus long le mercredi que le soir de la visite.",
    ],
];

/// A CSV of what a few teams answered: remarks, and what one of them put right.
pub(super) fn remarks(q: &Quality, k: usize) -> Vec<u8> {
    let campaign = &q.plan.campaigns[k];
    let mut text = format!("\u{feff}{}", line(&RETURNS_HEADINGS));
    // Two campaigns with the same sites do not bring the same file back; the example's differ already.
    let turn = if q.plan.exemple { 0 } else { k };
    let remarks = REMARKS.into_iter().cycle().skip(turn).take(REMARKS.len());
    for (site, [critere, remark]) in q.plan.open_sites(campaign).step_by(3).zip(remarks) {
        text.push_str(&line(&[&site.code, critere, "", "", "", remark]));
    }
    if let Some(found) = q.plan.exemple.then(|| put_right(q, k)).flatten() {
        let cells = [&found.site, &found.element, "", &found.day, PROOF, ""];
        text.push_str(&line(&cells));
    }
    text.into_bytes()
}

/// What shows that it was put right.
const PROOF: &str = "procédure écrite, présentée en réunion d’équipe";

/// A fact that a direction put right.
struct PutRight {
    site: String,
    element: String,
    day: String,
}

/// The first fact that a direction told otherwise and no impératif depends on, put right a week later.
fn put_right(q: &Quality, k: usize) -> Option<PutRight> {
    let campaign = &q.plan.campaigns[k];
    q.plan.open_sites(campaign).find_map(|site| {
        let told = said(q, site, k, SourceCode::Dir, 0.1);
        let mut asked = q.referentiel.instrument(SourceCode::Dir, site.kind);
        let (_, element) = asked.find(|(_, e)| {
            let is_short = told.get(&e.code).is_some_and(|a| a.rating == "NF");
            is_short && !e.must && q.referentiel.why_not_correctable(e).is_none()
        })?;
        let seen = visit_date(q.plan, campaign, site);
        Some(PutRight {
            site: site.code.clone(),
            element: element.code.clone(),
            day: after(seen, 7)?
                .or_working_day()
                .min(campaign.last_day)
                .short(),
        })
    })
}
