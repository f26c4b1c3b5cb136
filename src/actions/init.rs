//! A new, commented observatory folder.

use std::path::{Path, PathBuf};

use super::epci::{EpciChoice, UNNAMED, chosen_epci, epci_changes, epci_choices};
use crate::base::error::{Error, Result};
use crate::base::files::{create_dir, write_file};
use crate::disclosure::DeliveryLog;
use crate::vocabulary::config::{SETTINGS_FILE, changed_settings};
use crate::vocabulary::referentiel::local::LOCAL_FILE;
use crate::vocabulary::referentiel::regulation;

const SETTINGS: &str = include_str!("../../data/init/observatoire.toml");
const LOCAL: &str = include_str!("../../data/init/local.toml");
pub(super) const REGISTRY: &str = include_str!("../../data/init/structures.csv");

/// The commune of the line that shows how a registry is filled in.
const EXAMPLE_COMMUNE: &str = ",Commune,";

/// Where to lay it.
pub(crate) struct InitRequest {
    /// Folder to create.
    pub dir: PathBuf,
    /// Name of the territory; one to be written otherwise.
    pub territory: Option<String>,
    /// Its EPCI, by its name or its SIREN: its communes enter the settings, and its name where none is given.
    pub epci: Option<String>,
}

/// What was laid.
pub(crate) struct InitOutcome {
    /// The folder.
    pub dir: PathBuf,
    /// Name of its settings.
    pub settings: &'static str,
    /// The EPCI whose communes were written.
    pub epci: Option<EpciChoice>,
}

/// Lays a folder whose settings and registry remain to be filled in.
///
/// # Errors
///
/// The folder is an observatory already, or cannot be written; an EPCI that is none, or several.
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
    let epci = request.epci.as_deref().map(chosen_epci).transpose()?;
    let settings = match epci {
        Some(epci) => {
            changed_settings(&settings, &epci_changes(epci, request.territory.is_none()))?
        }
        None => settings,
    };
    // The example of a line is of no commune of that EPCI.
    let registry = match epci {
        Some(_) => REGISTRY.replacen(EXAMPLE_COMMUNE, ",,", 1),
        None => REGISTRY.to_owned(),
    };
    lay(&request.dir, &settings, &registry)?;
    Ok(InitOutcome {
        dir: request.dir.clone(),
        settings: SETTINGS_FILE,
        epci: epci.and_then(|e| epci_choices(&e.siren).into_iter().next()),
    })
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
