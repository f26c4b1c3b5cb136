//! What observers and the direction rated, for the team: never of an impératif, whose page says what is missing, nor of
//! what leaves the tool. Questionnaires do not follow: their levels are hidden with this told
//! (`decide::levels::source_equations`).

use super::clearing::Clearing;
use crate::base::text::rounded;
use crate::disclosure::cleared::ClearedRating;
use crate::vocabulary::Audience;
use crate::vocabulary::referentiel::{Element, MICRO, Referentiel, SourceCode};

/// What was rated at a structure, in the order of the référentiel.
pub(crate) fn clear_ratings(clearing: &Clearing, structure: &str) -> Vec<ClearedRating> {
    if clearing.input.audience != Audience::Equipe {
        return Vec::new();
    }
    let r = clearing.figures.referentiel;
    let scores = clearing.input.indicators.scores(structure);
    let rated = r.criteres.iter().filter(|c| !c.imperatif && !c.organiser);
    let elements = rated.flat_map(|c| c.elements.iter().map(move |e| (c, &r.elements[*e])));
    elements
        .filter(|(_, e)| matches!(e.source, SourceCode::Obs | SourceCode::Dir))
        .filter_map(|(critere, element)| {
            let scored = scores?.element(&element.code, element.source)?;
            let level = rounded(scored.value?, 1);
            Some(ClearedRating {
                critere: critere.code.clone(),
                element: element.code.clone(),
                label: element.label.clone(),
                source: element.source,
                level,
                looks: looks(r, element, level),
            })
        })
        .collect()
}

/// What a whole level of an élément looks like.
fn looks(r: &Referentiel, element: &Element, level: f64) -> Option<String> {
    let whole = level.round();
    if (level - whole).abs() > 1e-9 || !(1.0..=4.0).contains(&whole) {
        return None;
    }
    if let Some(anchors) = &element.anchors {
        return anchors.get(whole as usize - 1).cloned();
    }
    // A question asked the other way: the level is that of the opposite word.
    let said = if element.negative { 5.0 - whole } else { whole };
    let micro = (said * MICRO as f64) as i64;
    let words = r.scales[element.scale].modalities.iter();
    let mut words = words.filter(|m| m.micro == Some(micro));
    let word = words.next()?;
    words.next().is_none().then(|| word.label.clone())
}
