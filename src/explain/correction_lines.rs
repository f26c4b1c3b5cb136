//! A finding put right since: the line that says so, its cell, and what became of it.

use super::answer_places::Place;
use super::explainer::Explainer;
use crate::base::error::Result;
use crate::base::table::TableColumn;
use crate::base::text::date_short;
use crate::figures::CorrectionFate;
use crate::intake::observations::{CORRECTION, ObservationColumn as C};

impl Explainer<'_> {
    /// What was said of the correction of an élément, and whether it counts.
    pub(super) fn correction_lines(&self, position: usize) -> Result<Vec<String>> {
        let code = &self.referentiel().elements[position].code;
        let collected = &self.indicators.collected;
        let Some(fate) = collected.correction(self.structure, position, code) else {
            return Ok(Vec::new());
        };
        let told = match fate {
            CorrectionFate::Holds(Some(day)) => format!(
                "corrigé depuis, le {} : compte comme conforme ; ce qui a été constaté reste écrit ci-dessus",
                day.short()
            ),
            CorrectionFate::Holds(None) => "corrigé depuis : compte comme conforme".to_owned(),
            CorrectionFate::Contradicted(day, seen) => format!(
                "dit corrigé le {}, et constaté encore non conforme le {} : ce dernier constat est gardé",
                day.short(),
                seen.short()
            ),
            CorrectionFate::WithoutObject(_) => {
                "dit corrigé, et aucune grille ne l’a constaté non conforme : rien ne change"
                    .to_owned()
            }
        };
        let line = format!("{CORRECTION} {code}");
        let frame = self.observations.frame();
        let places = self.places(&C::Visite.is(frame, &line)?)?;
        Ok([told]
            .into_iter()
            .chain(places.iter().map(said_line))
            .collect())
    }
}

/// « corrigé le 20/11/2026 : affiche posée — Retours.xlsx › Retours › D4 (import I003) ».
fn said_line(place: &Place) -> String {
    let proof = if place.comment.is_empty() {
        ", sans preuve écrite".to_owned()
    } else {
        format!(" : « {} »", place.comment)
    };
    format!(
        "ligne « corrigé le {} »{proof} — {}",
        date_short(&place.raw),
        place.at()
    )
}
