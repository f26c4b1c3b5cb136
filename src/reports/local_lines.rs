//! What the territory changed to the référentiel, told at the end of a report: critères that do not apply here, targets
//! of its own, éléments of its own. Nothing without a layer.

use super::document::ListItem;
use super::report_context::{FigureKeys, ReportContext};
use crate::base::text::{decimals, list};
use crate::vocabulary::referentiel::Referentiel;

/// One line a kind, each figure with the key that tells it.
pub(super) fn local_lines(context: &ReportContext, keys: FigureKeys) -> Vec<ListItem> {
    let r = context.referentiel;
    let asides = r.criteres.iter().filter_map(|c| {
        let said = c.put_aside.as_ref()?.sentence(&context.critere(&c.code));
        Some(ListItem::plain(said).keyed([keys.of(&c.code)]))
    });
    let mut lines: Vec<ListItem> = asides.collect();
    lines.extend(targets(r, keys));
    lines.extend(sentences(r));
    lines
}

/// « Cibles fixées par le territoire : REL-2 3,2 (COPIL, le 12/03/2026). »
fn targets(r: &Referentiel, keys: FigureKeys) -> Option<ListItem> {
    let axes = (r.axes.iter()).map(|a| (a.code.as_str(), a.cible, &a.local_target));
    let criteres = (r.criteres.iter()).map(|c| (c.code.as_str(), c.cible, &c.local_target));
    let own: Vec<(&str, String)> = axes
        .chain(criteres)
        .filter_map(|(code, level, own)| {
            let decided = own.as_ref()?.decision.dated();
            Some((code, format!("{code} {} ({decided})", decimals(level, 1))))
        })
        .collect();
    let said: Vec<&str> = own.iter().map(|(_, said)| said.as_str()).collect();
    (!own.is_empty()).then(|| {
        ListItem::plain(format!(
            "Cibles fixées par le territoire : {}.",
            said.join(" ; ")
        ))
        .keyed(own.iter().map(|(code, _)| keys.of(code)))
    })
}

/// Which critères have sentences of the territory's own.
fn sentences(r: &Referentiel) -> Option<ListItem> {
    let is_own = |e: &usize| r.elements[*e].local.is_some();
    let own: Vec<&str> = (r.criteres.iter())
        .filter(|c| c.put_aside.is_none() && c.elements.iter().any(is_own))
        .map(|c| c.code.as_str())
        .collect();
    (!own.is_empty()).then(|| {
        ListItem::plain(format!(
            "Des éléments ont été reformulés ou ajoutés par le territoire : {}. Ces critères ne se comparent ni à ceux d’un autre territoire, ni à une campagne d’avant.",
            list(&own)
        ))
    })
}
