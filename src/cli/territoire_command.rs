//! `territoire`: the EPCI chosen by its name, its communes, the link of their outlines.

use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::{Value, json};

use super::aligned::aligned;
use super::done::Done;
use super::opening::open;
use crate::actions::commune_outlines::{OutlinesOutcome, take_outlines};
use crate::actions::epci::{
    EpciChoice, EpciRequest, ToldTerritory, epci_choices, set_epci, territory,
};
use crate::actions::settings_edit::{SettingsOutcome, seen_settings};
use crate::base::error::{Error, Result};
use crate::base::text::{count, integer};
use crate::campaign::OpenObservatory;

/// `territoire`.
#[derive(Args)]
pub(super) struct TerritoireArgs {
    /// Écrit dans les réglages l’EPCI de ce nom ou de ce SIREN : ses communes et leur population
    #[arg(long, value_name = "NOM", conflicts_with_all = ["chercher", "contours"])]
    pub epci: Option<String>,
    /// Donne aussi au territoire le nom de cet EPCI
    #[arg(long, requires = "epci")]
    pub renommer: bool,
    /// Cherche un EPCI, sans rien changer : un mot de son nom, l’une de ses communes
    #[arg(long, value_name = "TEXTE", conflicts_with = "contours")]
    pub chercher: Option<String>,
    /// Range les contours des communes, téléchargés par votre navigateur (GeoJSON), sous les cartes
    #[arg(long, value_name = "FICHIER")]
    pub contours: Option<PathBuf>,
}

/// Runs the command.
pub(super) fn run(folder: Option<&Path>, args: &TerritoireArgs) -> Result<Done> {
    if let Some(text) = &args.chercher {
        return Ok(found(text));
    }
    let opened = open(folder)?;
    match (&args.epci, &args.contours) {
        (Some(epci), _) => written(&opened, epci, args.renommer),
        (None, Some(file)) => Ok(outlines_done(&take_outlines(&opened, file)?)),
        (None, None) => Ok(told(&territory(&opened))),
    }
}

fn found(text: &str) -> Done {
    let choices = epci_choices(text);
    let rows: Vec<Vec<String>> = choices.iter().map(epci_row).collect();
    let headers = ["SIREN", "EPCI", "Département", "Communes", "Habitants"];
    Done {
        text: if rows.is_empty() {
            format!("Aucun EPCI ne ressemble à « {text} ».")
        } else {
            aligned(&headers, &rows)
        },
        result: json!(choices.iter().map(epci_json).collect::<Vec<_>>()),
        summary: format!("{}.", count(rows.len(), "EPCI trouvé", "EPCI trouvés")),
        ..Done::default()
    }
}

fn epci_row(choice: &EpciChoice) -> Vec<String> {
    vec![
        choice.siren.clone(),
        choice.name.clone(),
        choice.departements.clone(),
        choice.communes.to_string(),
        integer(choice.population as i64),
    ]
}

/// « Territoire : CC Roumois Seine (Eure), 40 communes, 41 773 habitants. »
pub(super) fn epci_line(choice: &EpciChoice) -> String {
    format!(
        "Territoire : {} ({}), {}, {} habitants.\n",
        choice.name,
        choice.departements,
        count(choice.communes, "commune", "communes"),
        integer(choice.population as i64)
    )
}

/// An EPCI, for a program.
pub(super) fn epci_json(choice: &EpciChoice) -> Value {
    json!({
        "siren": choice.siren,
        "nom": choice.name,
        "departements": choice.departements,
        "communes": choice.communes,
        "population": choice.population,
    })
}

fn written(opened: &OpenObservatory, epci: &str, rename: bool) -> Result<Done> {
    let request = EpciRequest {
        epci: epci.to_owned(),
        rename,
        seen: seen_settings(opened)?,
    };
    let (choice, outcome) = set_epci(opened, &request)?;
    let text = match outcome {
        SettingsOutcome::Written { kept } => format!(
            "{}Les réglages d’avant sont gardés dans {kept}.",
            epci_line(&choice)
        ),
        SettingsOutcome::Same => format!("{}Les réglages le disaient déjà.", epci_line(&choice)),
        SettingsOutcome::Stale => {
            return Err(Error::Usage(
                "Les réglages ont changé pendant ce temps : recommencez.".to_owned(),
            ));
        }
        SettingsOutcome::Refused(why) => return Err(Error::Config(why)),
    };
    Ok(Done {
        text,
        result: epci_json(&choice),
        ..Done::default()
    })
}

fn outlines_done(outcome: &OutlinesOutcome) -> Done {
    Done {
        text: outcome.sentence(),
        result: json!({
            "contours": outcome.communes,
            "sans_contour": outcome.missing,
            "garde": outcome.kept,
        }),
        diagnostics: outcome.diagnostics.clone(),
        ..Done::default()
    }
}

fn told(told: &ToldTerritory) -> Done {
    let headers = ["Insee", "Commune", "Habitants", "Accueils"];
    let rows = told.communes.iter().map(|c| {
        vec![
            c.insee.clone(),
            c.name.clone(),
            c.population.map(|n| integer(n.into())).unwrap_or_default(),
            c.structures.join(", "),
        ]
    });
    let rows: Vec<Vec<String>> = rows.collect();
    let mut text = match &told.epci {
        Some(epci) => epci_line(epci),
        None => format!("Territoire : {}.\n", told.name),
    };
    if rows.is_empty() {
        text += "Ses communes ne sont pas dites : « observatoire territoire --epci NOM » les écrit dans les réglages.\n";
    } else {
        text = text + "\n" + &aligned(&headers, &rows);
    }
    if let Some(link) = &told.outlines_link {
        text = format!(
            "{}\n\nContours des communes : ouvrez ce lien dans votre navigateur, enregistrez la page, puis importez le fichier\n{link}",
            text.trim_end()
        );
    }
    Done {
        text,
        result: json!({
            "nom": told.name,
            "epci": told.epci.as_ref().map(epci_json),
            "communes": told.communes.iter().map(|c| json!({
                "insee": c.insee,
                "nom": c.name,
                "population": c.population,
                "accueils": c.structures,
            })).collect::<Vec<_>>(),
            "lien_contours": told.outlines_link,
        }),
        ..Done::default()
    }
}
