//! `init`: a new, commented observatory folder.

use std::path::Path;

use super::Done;
use super::arguments::InitArgs;
use super::session::write_file;
use crate::base::error::{Error, Result};
use crate::vocabulary::config::SETTINGS_FILE;
use crate::vocabulary::referentiel::{embedded_v1, regulation};

const SETTINGS: &str = include_str!("../../data/init/observatoire.toml");
const REGISTRY: &str = include_str!("../../data/init/structures.csv");

/// Runs the command.
pub fn run(args: &InitArgs) -> Result<Done> {
    lay(&args.dir, SETTINGS, REGISTRY)?;
    let dir = args.dir.display();
    let text = format!(
        "Dossier créé : {dir}\n\n\
         1. Décrivez le territoire et les campagnes dans {dir}/{SETTINGS_FILE}.\n\
         2. Remplissez le registre {dir}/data/structures.csv.\n\
         3. Importez : observatoire importer FICHIERS --campagne C1 --dossier {dir}\n\
         4. Vérifiez : observatoire verifier --dossier {dir}"
    );
    Ok(Done {
        text,
        result: serde_json::json!({ "dossier": args.dir }),
        ..Done::default()
    })
}

/// Lays an observatory folder with these settings and registry.
pub fn lay(dir: &Path, settings: &str, registry: &str) -> Result<()> {
    if dir.join(SETTINGS_FILE).exists() {
        return Err(Error::Usage(format!(
            "{} est déjà un dossier d’observatoire. Choisissez un autre dossier.",
            dir.display()
        )));
    }
    let grids = dir.join("grids");
    write_file(&grids.join("referentiel-v1.toml"), embedded_v1().as_bytes())?;
    write_file(
        &grids.join(regulation::FILE_NAME),
        regulation::embedded().as_bytes(),
    )?;
    write_file(
        &dir.join("data").join("structures.csv"),
        registry.as_bytes(),
    )?;
    for folder in ["grids/correspondances", "reports/modeles", "reports/rendus"] {
        let path = dir.join(folder);
        std::fs::create_dir_all(&path).map_err(Error::io(&path, "création du dossier"))?;
    }
    // Written last: the folder counts as an observatory once everything else is there.
    write_file(&dir.join(SETTINGS_FILE), settings.as_bytes())
}
