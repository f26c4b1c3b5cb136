//! The long table of answers as stored, the registry, or what was folded of the answers.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::exporter_notices::export_notices;
use super::table_outcome::not_for_publication;
use crate::base::day::Day;
use crate::base::diagnostics::Diagnostic;
use crate::base::error::{Error, Result};
use crate::base::files::create_dir;
use crate::base::tabular::{FileFormat, Table};
use crate::base::text::count;
use crate::campaign::{
    OpenObservatory, Picture, Reach, ReleaseView, day_or_today, outside_observatories,
};
use crate::convention::load_exchanges;
use crate::disclosure::DeliveryLog;
use crate::exports;
use crate::figures::{
    CampaignRelease, SharedFolder, TableSums, WithheldByCampaign, WrittenCampaign, campaign_dir,
};
use crate::intake::observations::Observations;
use crate::vocabulary::config::Campaign;

/// What can be exported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Exported {
    /// The long table of answers.
    Observations,
    /// The registry of structures.
    Structures,
    /// The référentiel, élément by élément.
    Referentiel,
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
    /// The only campaign wanted; all of them otherwise (SQL, référentiel: the latest).
    pub campaign: Option<String>,
    /// Folder of the aggregates.
    pub out: Option<PathBuf>,
    /// Whether aggregates are those that may leave for the département.
    pub released: bool,
    /// Day on which aggregates are handed over, or of the notices, AAAA-MM-JJ; today otherwise.
    pub date: Option<String>,
}

/// What was exported.
pub(crate) enum ExportOutcome {
    /// A table to write, and what is to be said of it.
    Table(Table, Vec<Diagnostic>),
    /// The long table.
    Observations(Observations, Vec<Diagnostic>),
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
    if request.released && request.exported != Exported::Aggregates {
        return Err(Error::Usage(
            "--diffusable ne vaut que pour « exporter agregats ».".to_owned(),
        ));
    }
    let is_dated = matches!(request.exported, Exported::Notices | Exported::Register);
    if request.date.is_some() && !request.released && !is_dated {
        return Err(Error::Usage(
            "--date ne vaut que pour « exporter notices », « exporter registre » et « exporter agregats --diffusable »."
                .to_owned(),
        ));
    }
    Ok(match request.exported {
        Exported::Structures => {
            ExportOutcome::Table(exports::structures(&observatory.registry), Vec::new())
        }
        Exported::Observations => {
            let campaign = match wanted {
                Some(id) => Some(observatory.campaign(Some(id))?.id.as_str()),
                None => None,
            };
            let all = opened.store.load(campaign)?;
            ExportOutcome::Observations(all, no_more_answers(opened, campaign)?)
        }
        Exported::Referentiel => {
            let campaign = observatory.campaign(wanted)?;
            let table = exports::referentiel(observatory.referentiel(campaign));
            ExportOutcome::Table(table, Vec::new())
        }
        Exported::Aggregates => ExportOutcome::Folder(aggregates(opened, request)?),
        Exported::Register => {
            let exchanges = load_exchanges(observatory)?;
            let table = exports::register(&observatory.settings, &exchanges.value);
            ExportOutcome::Table(table, exchanges.diagnostics)
        }
        Exported::Notices => {
            let day = day_or_today(request.date.as_deref())?;
            ExportOutcome::Files(export_notices(opened, request.out.as_deref(), day)?)
        }
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
fn aggregates(opened: &OpenObservatory, request: &ExportRequest) -> Result<WrittenAggregates> {
    let Some(folder) = &request.out else {
        return Err(Error::Usage(
            "exporter agregats demande --sortie DOSSIER.".to_owned(),
        ));
    };
    let day = day_or_today(request.date.as_deref())?;
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
    outside_observatories(folder)?;
    create_dir(folder)?;
    let (tables, withheld) = if request.released {
        let release = write_released(opened, &campaigns, folder, day)?;
        (release.tables, Some(release.withheld))
    } else {
        let ranked = campaigns.iter().enumerate();
        let tables: Result<Vec<TableSums>> = ranked
            .map(|(rank, campaign)| {
                let fold = opened.fold(campaign)?;
                fold.write(&made(campaign_dir(folder, rank))?)
            })
            .collect();
        (tables?, None)
    };
    let written = campaigns.iter().zip(tables);
    let written = written.map(|(campaign, tables)| WrittenCampaign {
        scope: opened.scope(campaign),
        tables,
    });
    let registry = exports::structures(&observatory.registry).write_raw(FileFormat::Csv)?;
    let territory = &observatory.settings.territory.nom;
    SharedFolder::describe(
        folder,
        territory,
        &registry,
        written.collect(),
        withheld.as_ref(),
    )?;
    Ok(WrittenAggregates {
        folder: folder.clone(),
        warning: match &withheld {
            None => not_for_publication(
                "ces agrégats portent les petits effectifs de chaque accueil : ils s’échangent entre services, jamais avec le public.",
            ),
            Some(withheld) => not_for_publication(&told(withheld)),
        },
    })
}

fn made(dir: PathBuf) -> Result<PathBuf> {
    create_dir(&dir)?;
    Ok(dir)
}

/// Aggregates that may leave, written.
struct WrittenRelease {
    /// By campaign, what the bytes of each table come to.
    tables: Vec<TableSums>,
    /// What was left out.
    withheld: WithheldByCampaign,
}

/// What may leave of each campaign, as it is handed to the département; the log of deliveries remembers
/// it.
fn write_released(
    opened: &OpenObservatory,
    campaigns: &[&Campaign],
    folder: &Path,
    day: Day,
) -> Result<WrittenRelease> {
    let mut log = DeliveryLog::begin(&opened.observatory.root)?;
    let mut withheld = WithheldByCampaign::new();
    let mut tables = Vec::new();
    for (rank, campaign) in campaigns.iter().enumerate() {
        let picture = Picture::of(opened, campaign, Reach::Territory, campaign.fin)?;
        let ReleaseView { told, released } = picture.release(opened, day, &log)?;
        log.record(&told.cleared, &told.repeats, day)?;
        drop(told);
        let release = CampaignRelease {
            collected: &picture.indicators.collected,
            referentiel: picture.referentiel,
            structures: &picture.structures,
            sites: &released.sites,
        };
        tables.push(release.write(&made(campaign_dir(folder, rank))?)?);
        withheld.insert(campaign.id.clone(), released.withheld);
    }
    // Remembered before the folder is whole: nothing leaves that the log does not know.
    drop(log.save()?);
    Ok(WrittenRelease { tables, withheld })
}

/// « … : 12 chiffres n’y sont pas (9 : effectif trop faible ; 3 : …). »
fn told(withheld: &WithheldByCampaign) -> String {
    let mut reasons: BTreeMap<&str, usize> = BTreeMap::new();
    for (reason, n) in withheld.values().flatten() {
        *reasons.entry(reason).or_default() += n;
    }
    let total: usize = reasons.values().sum();
    let parts: Vec<String> = reasons.iter().map(|(r, n)| format!("{n} : {r}")).collect();
    let missing = count(total, "chiffre n’y est pas", "chiffres n’y sont pas");
    let detail = if parts.is_empty() {
        String::new()
    } else {
        format!(" ({})", parts.join(" ; "))
    };
    format!(
        "ces agrégats sont masqués pour le département : {missing}{detail}. Ils ne redonnent pas exactement les chiffres du territoire, et restent entre services. La remise est notée au journal des livraisons."
    )
}
