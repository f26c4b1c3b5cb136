//! Every report of a campaign, written to a new folder that then takes the place of the old one, so
//! that nobody opens half a delivery.

use std::collections::BTreeSet;
use std::path::PathBuf;

use super::parallel::in_parallel;
use super::progress::{Progress, Work};
use crate::base::error::Result;
use crate::base::files::Staging;
use crate::campaign::{Edition, EditionRequest, OpenObservatory, ReportJob, day_or_today};
use crate::reports::{ReportFormat, page_index, render};
use crate::vocabulary::Audience;
use crate::vocabulary::config::Campaign;

/// Which reports.
pub(crate) struct ReportsRequest {
    /// Campaign; the latest otherwise.
    pub campaign: Option<String>,
    /// The only audience wanted; all of them otherwise.
    pub audience: Option<Audience>,
    /// Code of the only structure wanted; all of them and the territory otherwise.
    pub structure: Option<String>,
    /// Formats.
    pub formats: BTreeSet<ReportFormat>,
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
    /// The page from which they open.
    pub index: PathBuf,
    /// What was masked, one sentence per audience.
    pub masked: Vec<String>,
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
    // A folder that cannot be replaced is refused before anything is computed.
    let staging = Staging::beside(&out)?;
    let edition = Edition::prepare(
        opened,
        &EditionRequest {
            campaign,
            date: &date,
            audience: request.audience,
            structure: request.structure.as_deref(),
        },
    )?;
    let jobs = edition.jobs();
    progress.begin(Work::Reports, jobs.len());
    let written = in_parallel(&jobs, |job: &ReportJob| {
        let document = edition.document(job)?;
        for format in &request.formats {
            let bytes = render(&edition.templates, &document, *format)?;
            staging.write(&job.file(*format), &bytes)?;
        }
        progress.step();
        Ok(())
    });
    progress.end();
    written?;
    let index = edition.index(&jobs, &request.formats);
    staging.write("index.html", &page_index(&edition.templates, &index)?)?;
    let former = staging.put()?;
    let masked = edition.masked();
    // What readers now hold is remembered whatever becomes of the former delivery.
    edition.record()?;
    former.discard()?;
    Ok(ReportsOutcome {
        reports: jobs.len(),
        files: jobs.len() * request.formats.len(),
        index: out.join("index.html"),
        masked,
    })
}

fn folder(opened: &OpenObservatory, campaign: &Campaign, request: &ReportsRequest) -> PathBuf {
    let root = &opened.observatory.root;
    request.out.clone().unwrap_or_else(|| {
        let reports = root.join("reports").join("rendus");
        reports.join(&campaign.id)
    })
}
