//! A new, commented observatory folder.

use std::path::{Path, PathBuf};

use super::epci::{EpciChoice, UNNAMED, chosen_epci, epci_changes, epci_choices};
use crate::base::day::Day;
use crate::base::error::{Error, Result};
use crate::base::files::{create_dir, write_file};
use crate::campaign::today;
use crate::disclosure::DeliveryLog;
use crate::vocabulary::config::{SETTINGS_FILE, changed_settings};
use crate::vocabulary::referentiel::local::LOCAL_FILE;
use crate::vocabulary::referentiel::regulation;

const SETTINGS: &str = include_str!("../../data/init/observatoire.toml");
const LOCAL: &str = include_str!("../../data/init/local.toml");
/// Days of its first campaign, until somebody says others.
const FIRST_DAYS: (&str, &str) = ("debut = \"2026-04-27\"", "fin = \"2026-07-03\"");
/// How long a first campaign lasts when nobody says so: ten weeks.
const FIRST_SPAN: u16 = 69;
const REGISTRY: &str = include_str!("../../data/init/structures.csv");

/// The commune of the line that shows how a registry is filled in.
const EXAMPLE_COMMUNE: &str = ",Commune,";

/// Where to lay it.
pub(crate) struct InitRequest {
    /// Folder to create.
    pub dir: PathBuf,
    /// Name of the territory; one to be written otherwise.
    pub territory: Option<String>,
    /// First and last day of the first campaign; ten weeks from today otherwise.
    pub first: Option<FirstCampaign>,
    /// Its EPCI, by its name or its SIREN: its communes enter the settings, and its name where none is given.
    pub epci: Option<String>,
}

/// When the first campaign is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct FirstCampaign {
    /// First day.
    pub debut: Day,
    /// Last day.
    pub fin: Day,
}

impl FirstCampaign {
    /// Ten weeks from a day.
    pub(crate) fn from(debut: Day) -> Self {
        Self {
            debut,
            fin: debut.after(FIRST_SPAN).unwrap_or(debut),
        }
    }
}

/// What was laid.
pub(crate) struct InitOutcome {
    /// The folder.
    pub dir: PathBuf,
    /// Name of its settings.
    pub settings: &'static str,
    /// When its first campaign is.
    pub first: FirstCampaign,
    /// The EPCI whose communes were written.
    pub epci: Option<EpciChoice>,
}

/// Lays a folder whose settings and registry remain to be filled in.
///
/// # Errors
///
/// The folder is an observatory already, or cannot be written; a campaign that ends before it begins; an EPCI that is
/// none, or several.
pub(crate) fn init(request: &InitRequest) -> Result<InitOutcome> {
    let settings = match &request.territory {
        // A text of TOML quotes as one of JSON does.
        Some(name) => SETTINGS.replacen(
            &format!("{UNNAMED:?}"),
            &toml::Value::from(name.trim()).to_string(),
            1,
        ),
        None => SETTINGS.to_owned(),
    };
    let first = request
        .first
        .unwrap_or_else(|| FirstCampaign::from(today()));
    if first.fin < first.debut {
        return Err(Error::Usage(format!(
            "La première campagne finirait le {}, avant de commencer le {} : rien n’a été créé.",
            first.fin.short(),
            first.debut.short()
        )));
    }
    let settings = settings
        .replacen(FIRST_DAYS.0, &format!("debut = \"{}\"", first.debut), 1)
        .replacen(FIRST_DAYS.1, &format!("fin = \"{}\"", first.fin), 1);
    let epci = request.epci.as_deref().map(chosen_epci).transpose()?;
    let settings = match epci {
        Some(epci) => {
            changed_settings(&settings, &epci_changes(epci, request.territory.is_none()))?
        }
        None => settings,
    };
    // The example of a line is of no commune of that EPCI.
    let registry = match epci {
        Some(_) => without_commune(),
        None => REGISTRY.to_owned(),
    };
    lay(&request.dir, &settings, &registry)?;
    Ok(InitOutcome {
        dir: request.dir.clone(),
        settings: SETTINGS_FILE,
        first,
        epci: epci.and_then(|e| epci_choices(&e.siren).into_iter().next()),
    })
}

fn without_commune() -> String {
    REGISTRY.replacen(EXAMPLE_COMMUNE, ",,", 1)
}

/// Whether a registry is as it was laid: nobody has filled it in.
pub(super) fn is_as_laid(text: &str) -> bool {
    let plain = |text: &str| text.replace('\r', "").trim_end().to_owned();
    let laid = [REGISTRY.to_owned(), without_commune()];
    laid.iter().any(|own| plain(own) == plain(text))
}

/// Lays an observatory folder with these settings and registry. What another laying left is completed,
/// what somebody wrote is not touched.
pub(super) fn lay(dir: &Path, settings: &str, registry: &str) -> Result<()> {
    if dir.join(SETTINGS_FILE).exists() {
        return Err(Error::Usage(format!(
            "{} est déjà un dossier d’observatoire. Choisissez un autre dossier.",
            dir.display()
        )));
    }
    let grids = dir.join("grids");
    let files = [
        (dir.join(LOCAL_FILE), LOCAL),
        (grids.join(regulation::FILE_NAME), regulation::embedded()),
        (dir.join("data").join("structures.csv"), registry),
    ];
    for (path, text) in &files {
        if path.exists()
            && std::fs::read(path).map_err(Error::io(path, "lecture"))? != text.as_bytes()
        {
            return Err(Error::Usage(format!(
                "{} existe déjà et serait écrasé. Choisissez un autre dossier, ou mettez ce fichier de côté.",
                path.display()
            )));
        }
    }
    for (path, text) in &files {
        write_file(path, text.as_bytes())?;
    }
    for folder in ["grids/correspondances", "reports/modeles", "reports/rendus"] {
        create_dir(&dir.join(folder))?;
    }
    DeliveryLog::begin(dir)?;
    // Written last: the folder counts as an observatory once everything else is there.
    write_file(&dir.join(SETTINGS_FILE), settings.as_bytes())
}
