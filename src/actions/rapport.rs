//! Reports of a campaign: rendered beside their folder, remembered by the log, then put in place one
//! by one, each whole; what else stands in the folder stays.

use std::collections::BTreeSet;
use std::path::PathBuf;

use super::parallel::in_parallel;
use super::plan_exporter::team_book;
use super::progress::{Progress, Work};
use crate::base::diagnostics::Diagnostic;
use crate::base::error::Result;
use crate::base::files::{PutOutcome, Staging, edition_folder};
use crate::campaign::{
    Edition, EditionRequest, OpenObservatory, ReportJob, day_or_today, outside_observatories,
};
use crate::decide::plans::write as write_plan;
use crate::disclosure::DeliveryLog;
use crate::reports::{ReportFormat, page_index, render};
use crate::vocabulary::Audience;
use crate::vocabulary::config::Campaign;

/// The page from which reports open.
const INDEX: &str = "index.html";

/// Which reports.
pub(crate) struct ReportsRequest {
    /// Campaign; the latest otherwise.
    pub campaign: Option<String>,
    /// The only audience wanted; all of them otherwise.
    pub audience: Option<Audience>,
    /// Code of the only structure wanted; all of them and the territory otherwise.
    pub structure: Option<String>,
    /// Whether they are laid in one folder an accueil, as they are sent, in place of those by audience.
    pub dossiers: bool,
    /// Formats.
    pub formats: BTreeSet<ReportFormat>,
    /// Whether they are final, whatever time teams had to answer.
    pub is_final: bool,
    /// Day of the edition, AAAA-MM-JJ; today otherwise.
    pub date: Option<String>,
    /// Folder to write; `reports/rendus/CAMPAGNE` otherwise.
    pub out: Option<PathBuf>,
}

/// What was written.
pub(crate) struct ReportsOutcome {
    /// Number of reports, formats apart.
    pub reports: usize,
    /// Number of files, the index aside.
    pub files: usize,
    /// Number of folders, one an accueil.
    pub dossiers: usize,
    /// Of those, the codes of the accueils whose plan has no action yet.
    pub without_action: Vec<String>,
    /// The page from which they open.
    pub index: PathBuf,
    /// What was masked, one sentence per audience.
    pub masked: Vec<String>,
    /// What was noticed of what the reports are made from.
    pub diagnostics: Vec<Diagnostic>,
    /// What was done to the folder.
    pub put: PutOutcome,
}

/// Writes the reports asked for.
///
/// # Errors
///
/// An unknown campaign or structure, a day that is none; a folder that holds something else; a store, a
/// template or a log that cannot be read; a chart that cannot be drawn.
pub(crate) fn deliver(
    opened: &OpenObservatory,
    request: &ReportsRequest,
    progress: &dyn Progress,
) -> Result<ReportsOutcome> {
    let date = day_or_today(request.date.as_deref())?;
    let campaign = opened.observatory.campaign(request.campaign.as_deref())?;
    let out = folder(opened, campaign, request);
    // A folder that cannot be written is refused before anything is computed; another delivery of
    // the same observatory is waited for, since each must know what the one before it printed.
    outside_observatories(&out)?;
    let log = DeliveryLog::begin(&opened.observatory.root)?;
    let mut diagnostics = log.remarks().to_vec();
    let staging = Staging::beside(&out, date)?;
    let request_of_edition = EditionRequest {
        campaign,
        date,
        audience: request.audience,
        structure: request.structure.as_deref(),
        is_final: request.is_final,
        dossiers: request.dossiers,
    };
    let mut edition = Edition::prepare(opened, &request_of_edition, log)?;
    let reports = edition.reports()?;
    progress.begin(Work::Reports, reports);
    let sent = write_rounds(opened, &mut edition, &staging, (request, progress));
    progress.end();
    let sent = sent?;
    write_indexes(&edition, &staging)?;
    // What readers will hold is remembered before they can hold it: a kill here leaves a delivery
    // that is known and was not made, never the reverse.
    diagnostics.extend(edition.remarks());
    let mut masked = edition.masked();
    let remembered = edition.remember()?;
    let put = staging.put(INDEX, &remembered.names)?;
    drop(remembered);
    if let Some(sentence) = opened.purged(campaign)?.sentence() {
        masked.push(format!(
            "Attention, {sentence} : aucun propos, aucune pratique, aucun jour de visite ; les répartitions du territoire ne comptent plus les accueils où trop peu de personnes ont répondu."
        ));
    }
    Ok(ReportsOutcome {
        reports,
        files: reports * request.formats.len() + sent.plans,
        dossiers: sent.plans,
        without_action: sent.without_action,
        index: out.join(INDEX),
        masked,
        diagnostics,
        put,
    })
}

/// Writes the reports, audience after audience, and what is laid beside those of each accueil.
fn write_rounds(
    opened: &OpenObservatory,
    edition: &mut Edition,
    staging: &Staging,
    (request, progress): (&ReportsRequest, &dyn Progress),
) -> Result<SentDossiers> {
    let mut sent = SentDossiers::default();
    while let Some(jobs) = edition.next_round()? {
        in_parallel(&jobs, |job: &ReportJob| {
            let document = edition.document(job)?;
            for format in &request.formats {
                let bytes = render(&edition.templates, &document, *format)?;
                staging.write(&job.file(*format), &bytes)?;
            }
            progress.step();
            Ok(())
        })?;
        if request.dossiers {
            sent = write_dossiers(opened, edition, staging, &request.formats)?;
        }
    }
    Ok(sent)
}

/// What was laid beside the reports of each accueil.
#[derive(Default)]
struct SentDossiers {
    plans: usize,
    without_action: Vec<String>,
}

/// The workbook of each plan, with what this team may read of its effects, and the page that opens its folder.
fn write_dossiers(
    opened: &OpenObservatory,
    edition: &Edition,
    staging: &Staging,
    formats: &BTreeSet<ReportFormat>,
) -> Result<SentDossiers> {
    let mut sent = SentDossiers::default();
    for dossier in edition.dossiers()? {
        let book = team_book(opened, &dossier, edition)?;
        if book.lines.is_empty() {
            sent.without_action.push(dossier.structure.code.clone());
        }
        staging.write(&dossier.plan(), &write_plan(&book)?)?;
        let cover = edition.cover(&dossier, formats);
        staging.write(&dossier.cover(), &page_index(&edition.templates, &cover)?)?;
        sent.plans += 1;
    }
    Ok(sent)
}

/// The page from which reports open, and one for each edition of another day that is kept beside them.
fn write_indexes(edition: &Edition, staging: &Staging) -> Result<()> {
    let earlier = staging.earlier(INDEX)?;
    let mut index = edition.index(|name| staging.standing(name))?;
    let standing = staging.all_standing();
    index.groups.extend(Edition::sent(&standing));
    index.groups.extend(Edition::earlier_editions(&earlier));
    if let Some((name, page)) = edition.sent_today(&standing) {
        staging.write(&name, &page_index(&edition.templates, &page)?)?;
    }
    staging.write(INDEX, &page_index(&edition.templates, &index)?)?;
    for (day, names) in &earlier {
        let page = edition.index_of(*day, names)?;
        let name = format!("{}/{INDEX}", edition_folder(*day));
        staging.write(&name, &page_index(&edition.templates, &page)?)?;
    }
    Ok(())
}

fn folder(opened: &OpenObservatory, campaign: &Campaign, request: &ReportsRequest) -> PathBuf {
    let root = &opened.observatory.root;
    request.out.clone().unwrap_or_else(|| {
        let reports = root.join("reports").join("rendus");
        reports.join(&campaign.id)
    })
}
