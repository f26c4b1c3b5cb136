//! `simuler`: a fictitious observatory of any size, raw files included.

use super::Done;
use super::arguments::SimulerArgs;
use super::init::lay;
use crate::base::error::{Error, Result};
use crate::base::text::count;
use crate::demo;
use crate::vocabulary::referentiel::{embedded_v1, parse};

/// Runs the command.
pub fn run(args: &SimulerArgs) -> Result<Done> {
    let referentiel = parse("referentiel-v1.toml", embedded_v1())?;
    let plan = demo::random(
        &referentiel,
        args.structures as usize,
        args.campagnes as usize,
        args.graine,
        args.reponses.map(|n| n as usize),
    );
    let registry = demo::registry_csv(&plan);
    lay(&args.dir, &demo::settings_toml(&plan), &registry)?;
    let raw = args.dir.join("data").join("brut");
    std::fs::create_dir_all(&raw).map_err(Error::io(&raw, "création du dossier"))?;
    let files = demo::write(&plan, &referentiel, &raw)?;
    let text = format!(
        "DONNÉES FICTIVES : {} de {} sur {} dans {}.\nImportez une campagne : observatoire importer {} --campagne C1 --dossier {}",
        count(files.len(), "fichier", "fichiers"),
        count(args.structures as usize, "accueil", "accueils"),
        count(args.campagnes as usize, "campagne", "campagnes"),
        raw.display(),
        raw.join("C1").display(),
        args.dir.display()
    );
    Ok(Done {
        text,
        result: serde_json::json!({ "fichiers": files.len(), "dossier": args.dir }),
        ..Done::default()
    })
}
