//! **Plan**: a cell that two machines filled at once, settled from what its page showed.

use crate::actions::plan_trancher::{PlanChoiceRequest, settle};
use crate::base::error::{Error, Result};
use crate::decide::plans::ContestedField;
use crate::pages::answer::PageAnswer;
use crate::pages::page_ask::PageAsk;

const STALE: &str = "Le plan a changé depuis que cette page a été montrée : rien n’a été tranché. Rouvrez la page Plan, regardez, puis recommencez.";

/// What was chosen is kept: what stands, or what one of them wrote.
pub(crate) fn settle_cell(asked: &PageAsk) -> Result<PageAnswer> {
    let opened = asked.open()?;
    let (action, field) = (asked.field("action"), asked.field("champ"));
    let cells = opened.plans.contested();
    let cell = cells
        .iter()
        .find(|c| c.action == action && c.field.key() == field);
    let cell = cell.filter(|_| asked.field("vu") == opened.plans.version());
    let stale = || Error::Usage(STALE.to_owned());
    let cell: &ContestedField = cell.ok_or_else(stale)?;
    let chosen = match asked.needed("choix", "ce qui est gardé")? {
        "reste" => &cell.kept,
        rank => {
            let rank = rank.parse::<usize>().map_err(|_| stale())?;
            cell.written
                .get(rank)
                .map(|(text, _)| text)
                .ok_or_else(stale)?
        }
    };
    let request = PlanChoiceRequest {
        action: cell.action.clone(),
        field: cell.field,
        kept: cell.kept.clone(),
        chosen: chosen.clone(),
        seen: opened.plans.version(),
    };
    let told = settle(&opened, &request)?;
    if let Some(outcome) = told.filter(|o| o.refused || o.written.is_none()) {
        let why: Vec<&str> = outcome
            .remarks
            .iter()
            .map(|r| r.said.message.as_str())
            .collect();
        return Err(Error::Usage(format!(
            "{}, « {} » : ce choix ne tient pas avec le reste de l’action, rien n’a été écrit. {} Changez-la sur sa page.",
            cell.action,
            cell.field.heading(),
            why.join(" ")
        )));
    }
    let said = format!(
        "{}, « {} » : c’est tranché. L’historique garde ce que chacun avait écrit.",
        cell.action,
        cell.field.heading()
    );
    asked.done("/plan", &said)
}
