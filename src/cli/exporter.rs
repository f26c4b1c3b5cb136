//! `exporter`: the long table as stored, the registry, or what was folded of the answers.

use std::path::Path;

use super::Done;
use super::arguments::{Exported, ExporterArgs};
use super::session::{Session, deliver, write_file};
use crate::base::error::{Error, Result};
use crate::base::tabular::FileFormat;
use crate::exports;
use crate::figures::{REGISTRY, Scope, SharedFolder, campaign_dir};
use crate::vocabulary::config::Campaign;

/// Runs the command.
pub fn run(folder: Option<&Path>, args: &ExporterArgs) -> Result<Done> {
    let session = Session::open(folder)?;
    let table = match args.table {
        Exported::Structures => exports::structures(&session.observatory.registry),
        Exported::Observations => {
            let campaign = match &args.campagne {
                Some(id) => Some(session.observatory.campaign(Some(id))?.id.as_str()),
                None => None,
            };
            exports::observations(&session.store.load(campaign)?)?
        }
        Exported::Agregats => return aggregates(&session, args),
        Exported::Sql => return sql(&session, args),
    };
    deliver(&table, &args.output)
}

/// The partials as SQL, for the référentiel of one campaign.
fn sql(session: &Session, args: &ExporterArgs) -> Result<Done> {
    let campaign = session.observatory.campaign(args.campagne.as_deref())?;
    let sql = exports::partial_sql(session.observatory.referentiel(campaign));
    let mut done = Done::default();
    match &args.output.sortie {
        Some(path) => {
            write_file(path, sql.as_bytes())?;
            done.summary = format!("Requêtes écrites dans {}.", path.display());
        }
        None => done.bytes = Some(sql.into_bytes()),
    }
    Ok(done)
}

/// The partials of one campaign or of all, the registry and the référentiels, in a new folder.
fn aggregates(session: &Session, args: &ExporterArgs) -> Result<Done> {
    let Some(folder) = &args.output.sortie else {
        return Err(Error::Usage(
            "exporter agregats demande --sortie DOSSIER.".to_owned(),
        ));
    };
    let campaigns: Vec<&Campaign> = match &args.campagne {
        Some(id) => vec![session.observatory.campaign(Some(id))?],
        None => session.observatory.settings.campaigns.iter().collect(),
    };
    if folder.exists() {
        return Err(Error::Usage(format!(
            "{} existe déjà : donnez le nom d’un dossier à créer.",
            folder.display()
        )));
    }
    std::fs::create_dir_all(folder).map_err(Error::io(folder, "création du dossier"))?;
    for (rank, campaign) in campaigns.iter().enumerate() {
        let dir = campaign_dir(folder, rank);
        std::fs::create_dir_all(&dir).map_err(Error::io(&dir, "création du dossier"))?;
        session.fold(campaign)?.write(&dir)?;
    }
    let registry = exports::structures(&session.observatory.registry);
    write_file(&folder.join(REGISTRY), &registry.write(FileFormat::Csv)?)?;
    // The description comes last: a folder without it is not whole.
    let scopes: Vec<Scope> = campaigns.iter().map(|c| session.scope(c)).collect();
    let territory = &session.observatory.settings.territory.nom;
    SharedFolder::describe(folder, territory, &scopes)?;
    Ok(Done {
        summary: format!("Agrégats écrits dans {}.", folder.display()),
        ..Done::default()
    })
}
