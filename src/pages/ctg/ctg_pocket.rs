//! **CTG**, what is to be typed again in « CTG dans ma poche »: cells that changed since the last time, then said done.

use serde_json::{Value, json};

use super::TAB;
use crate::actions::ctg_poche::{PocketOutcome, PocketRequest, list_pocket};
use crate::base::day::Day;
use crate::base::error::Result;
use crate::base::text::count;
use crate::convention::PocketLine;
use crate::pages::answer::PageAnswer;
use crate::pages::choices_offered::remarks_but_convention;
use crate::pages::page_ask::PageAsk;

const HERE: &str = "/ctg/poche";

pub(crate) fn show(asked: &PageAsk) -> Result<PageAnswer> {
    let opened = asked.open()?;
    let since = asked.query("depuis");
    let request = PocketRequest {
        since: Some(since).filter(|s| !s.is_empty()).map(str::to_owned),
        simulation: true,
        seen: None,
    };
    let found = list_pocket(&opened, &request)?;
    let (told, convention) = remarks_but_convention(&found.diagnostics);
    let content = json!({
        "depuis": since,
        "quand": found.since,
        "bilan": count(found.lines.len(), "case", "cases"),
        "actions": actions(&found),
        "vu": found.import,
        "remarques": told,
        "convention": convention,
    });
    asked.page(
        "ctg_poche.html",
        "À ressaisir dans « CTG dans ma poche »",
        TAB,
        content,
    )
}

/// Action after action, in the order of the fiches.
fn actions(found: &PocketOutcome) -> Vec<Value> {
    let runs = found.lines.chunk_by(|a, b| a.id == b.id);
    // Days as people write them.
    let read = |text: &str| {
        text.parse::<Day>()
            .map_or_else(|_| text.to_owned(), Day::short)
    };
    let cell = |l: &PocketLine| json!({ "colonne": l.column, "avant": read(&l.before), "apres": read(&l.after) });
    let all = runs.filter_map(|cells| {
        let first = cells.first()?;
        Some(json!({
            "fiche": first.fiche, "id": first.id, "nom": first.action, "nouvelle": first.is_new,
            "cases": cells.iter().map(cell).collect::<Vec<_>>(),
        }))
    });
    all.collect()
}

/// All that was shown is typed again: the next time begins after it.
pub(crate) fn done(asked: &PageAsk) -> Result<PageAnswer> {
    let request = PocketRequest {
        since: None,
        simulation: false,
        seen: Some(asked.field("vu").to_owned()),
    };
    list_pocket(&asked.open()?, &request)?;
    asked.done(HERE, "C’est retenu : la prochaine fois ne montrera que ce qui aura changé depuis. « Depuis le », ci-dessous, revient à un jour d’avant.")
}
