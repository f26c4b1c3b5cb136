//! The long table of answers as stored, the registry, or what was folded of the answers.

use std::path::PathBuf;

use super::exporter_notices::export_notices;
use super::table_outcome::not_for_publication;
use crate::base::diagnostics::Diagnostic;
use crate::base::error::{Error, Result};
use crate::base::files::{create_dir, write_file};
use crate::base::tabular::{FileFormat, Table};
use crate::campaign::OpenObservatory;
use crate::exports;
use crate::figures::{REGISTRY, Scope, SharedFolder, campaign_dir};
use crate::vocabulary::config::Campaign;

/// What can be exported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Exported {
    /// The long table of answers.
    Observations,
    /// The registry of structures.
    Structures,
    /// The exact partials, to be added up elsewhere.
    Aggregates,
    /// The same partials as SQL.
    Sql,
    /// The treatments, as article 30 of the RGPD lists them.
    Register,
    /// Information notices, one per audience.
    Notices,
}

/// What to export.
pub(crate) struct ExportRequest {
    /// Which table.
    pub exported: Exported,
    /// The only campaign wanted; all of them otherwise (SQL: the latest).
    pub campaign: Option<String>,
    /// Folder of the aggregates.
    pub out: Option<PathBuf>,
}

/// What was exported.
pub(crate) enum ExportOutcome {
    /// A table to write, and what is to be said of it.
    Table(Table, Vec<Diagnostic>),
    /// Queries to write.
    Sql(String),
    /// The folder of aggregates, written.
    Folder(WrittenAggregates),
    /// Files written.
    Files(Vec<PathBuf>),
}

/// A folder of aggregates.
pub(crate) struct WrittenAggregates {
    /// Where.
    pub folder: PathBuf,
    /// Whom it may go to.
    pub warning: Diagnostic,
}

/// Exports.
///
/// # Errors
///
/// An unknown campaign; a store that cannot be read; a folder of aggregates that exists already.
pub(crate) fn export(opened: &OpenObservatory, request: &ExportRequest) -> Result<ExportOutcome> {
    let observatory = &opened.observatory;
    let wanted = request.campaign.as_deref();
    Ok(match request.exported {
        Exported::Structures => {
            ExportOutcome::Table(exports::structures(&observatory.registry), Vec::new())
        }
        Exported::Observations => {
            let campaign = match wanted {
                Some(id) => Some(observatory.campaign(Some(id))?.id.as_str()),
                None => None,
            };
            let table = exports::observations(&opened.store.load(campaign)?)?;
            ExportOutcome::Table(table, no_more_answers(opened, campaign)?)
        }
        Exported::Aggregates => ExportOutcome::Folder(WrittenAggregates {
            folder: aggregates(opened, request)?,
            warning: not_for_publication(
                "ces agrégats portent les petits effectifs de chaque accueil : ils s’échangent entre services, jamais avec le public.",
            ),
        }),
        Exported::Register => {
            ExportOutcome::Table(exports::register(&observatory.settings), Vec::new())
        }
        Exported::Notices => ExportOutcome::Files(export_notices(opened, request.out.as_deref())?),
        Exported::Sql => {
            let campaign = observatory.campaign(wanted)?;
            let sql = exports::partial_sql(observatory.referentiel(campaign));
            ExportOutcome::Sql(match opened.purged(campaign)?.sentence() {
                Some(sentence) => {
                    format!("-- Attention, {sentence} : ces requêtes ne les voient plus.\n{sql}")
                }
                None => sql,
            })
        }
    })
}

/// Says which answers are not in the table since they are no more.
fn no_more_answers(opened: &OpenObservatory, campaign: Option<&str>) -> Result<Vec<Diagnostic>> {
    let campaigns = opened.observatory.settings.campaigns.iter();
    let mut said = Vec::new();
    for one in campaigns.filter(|c| campaign.is_none_or(|id| id == c.id)) {
        let missing =
            "elles ne sont plus dans cette table, où l’activité ne garde ni jour ni personne";
        said.extend(opened.purged(one)?.diagnostic(missing));
    }
    Ok(said)
}

/// The partials of one campaign or of all, the registry and the référentiels, in a new folder.
fn aggregates(opened: &OpenObservatory, request: &ExportRequest) -> Result<PathBuf> {
    let Some(folder) = &request.out else {
        return Err(Error::Usage(
            "exporter agregats demande --sortie DOSSIER.".to_owned(),
        ));
    };
    let observatory = &opened.observatory;
    let campaigns: Vec<&Campaign> = match &request.campaign {
        Some(id) => vec![observatory.campaign(Some(id))?],
        None => observatory.settings.campaigns.iter().collect(),
    };
    if folder.exists() {
        return Err(Error::Usage(format!(
            "{} existe déjà : donnez le nom d’un dossier à créer.",
            folder.display()
        )));
    }
    create_dir(folder)?;
    for (rank, campaign) in campaigns.iter().enumerate() {
        let dir = campaign_dir(folder, rank);
        create_dir(&dir)?;
        opened.fold(campaign)?.write(&dir)?;
    }
    let registry = exports::structures(&observatory.registry);
    write_file(&folder.join(REGISTRY), &registry.write(FileFormat::Csv)?)?;
    // The description comes last: a folder without it is not whole.
    let scopes: Vec<Scope> = campaigns.iter().map(|c| opened.scope(c)).collect();
    SharedFolder::describe(folder, &observatory.settings.territory.nom, &scopes)?;
    Ok(folder.clone())
}
