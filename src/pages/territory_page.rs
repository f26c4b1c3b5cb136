//! **Réglages**, the territory by its name: its EPCI chosen among those that resemble what was typed, its communes, their
//! outlines, which the person's browser fetches and drops back.

use serde_json::{Value, json};

use crate::actions::commune_outlines::take_outlines;
use crate::actions::epci::{EpciChoice, EpciRequest, epci_choices, set_epci, territory};
use crate::actions::settings_edit::{SettingsOutcome, seen_settings};
use crate::base::error::{Error, Result};
use crate::base::text::{count, integer};
use crate::pages::answer::PageAnswer;
use crate::pages::page_ask::PageAsk;

const HERE: &str = "/reglages/territoire";
/// How many EPCI a page offers.
const OFFERED: usize = 12;

pub(crate) fn show(asked: &PageAsk) -> Result<PageAnswer> {
    let opened = asked.open()?;
    let told = territory(&opened);
    let typed = asked.query("epci");
    let communes = told.communes.iter().map(|c| {
        json!({
            "insee": c.insee, "nom": c.name, "accueils": c.structures.join(", "),
            "habitants": c.population.map(|n| integer(n.into())).unwrap_or_default(),
        })
    });
    let content = json!({
        "nom": told.name,
        "epci": told.epci.as_ref().map(choice),
        "communes": communes.collect::<Vec<_>>(),
        "lien": told.outlines_link,
        "tape": typed,
        "choix": offered(typed),
        "vu": seen_settings(&opened)?,
    });
    asked.page("territoire.html", "Le territoire", "Réglages", content)
}

/// EPCI that a typed text may mean, the surest first.
pub(super) fn offered(typed: &str) -> Vec<Value> {
    if typed.trim().is_empty() {
        return Vec::new();
    }
    epci_choices(typed)
        .iter()
        .take(OFFERED)
        .map(choice)
        .collect()
}

fn choice(epci: &EpciChoice) -> Value {
    json!({
        "siren": epci.siren, "nom": epci.name,
        "dit": format!(
            "{}, {}, {} habitants",
            epci.departements,
            count(epci.communes, "commune", "communes"),
            integer(epci.population as i64)
        ),
    })
}

/// The EPCI that was chosen: its communes and their populations are written into the settings.
pub(crate) fn keep(asked: &PageAsk) -> Result<PageAnswer> {
    let opened = asked.open()?;
    let request = EpciRequest {
        epci: asked.needed("siren", "l’EPCI")?.to_owned(),
        rename: asked.field("renommer") == "oui",
        seen: asked.field("vu").to_owned(),
    };
    let (epci, outcome) = set_epci(&opened, &request)?;
    let size = count(epci.communes, "commune", "communes");
    match outcome {
        SettingsOutcome::Written { kept } => asked.done(
            HERE,
            &format!("{} : {size}, avec leur population, sont dans les réglages. Ceux d’avant sont gardés ({kept}) ; « Remettre les réglages d’avant », page Réglages, les fait revenir.", epci.name),
        ),
        SettingsOutcome::Same => asked.done(HERE, "Rien n’a changé : les réglages le disaient déjà."),
        SettingsOutcome::Stale => Err(Error::Usage("Les réglages ont changé depuis que vous les avez vus : rien n’a été écrit. Rouvrez la page, puis recommencez.".to_owned())),
        SettingsOutcome::Refused(why) => Err(Error::Usage(why)),
    }
}

/// The outlines that her browser fetched.
pub(crate) fn outlines(asked: &PageAsk) -> Result<PageAnswer> {
    let opened = asked.open()?;
    let [file] = asked.files.as_slice() else {
        return Err(Error::Usage(
            "Déposez le fichier des contours, un seul.".to_owned(),
        ));
    };
    let outcome = take_outlines(&opened, file.file.path()).map_err(|error| match error {
        // Where it was laid meanwhile says nothing to anybody.
        Error::Config(why) => {
            Error::Usage(why.replace(&file.file.path().display().to_string(), &file.name))
        }
        other => other,
    })?;
    let missing = match outcome.missing.as_slice() {
        [] => String::new(),
        all => format!(" Sans contour : {}.", all.join(", ")),
    };
    asked.done(HERE, &format!("{}{missing}", outcome.sentence()))
}
