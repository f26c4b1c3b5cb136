//! The local page: guards by raw requests and in a real browser, then journeys that only click, type and drop.

mod accueils_pages;
mod browser;
mod campaigns_pages;
mod correcting_pages;
mod ctg_documents;
mod ctg_pages;
mod entry_pages;
mod first_steps;
mod guards;
mod journeys;
mod keyboard;
mod keyboard_journey;
mod manners_of_pages;
mod plan_last_change;
mod plan_pages;
mod receiving_pages;
mod referentiel_pages;
mod reports_pages;
mod results;
mod safety_pages;
mod second_journey;
pub mod served;
mod settings_pages;
mod small_changes;
mod stopped_pages;
mod territory_pages;
mod whole_journey;
