//! The main job on the fictitious example, from raw files to the index page.

use std::path::{Path, PathBuf};

use jiff::civil::{Date, date};

use super::demo_documents::lay_convention_documents;
use super::importer::{ImportOutcome, ImportRequest, import_files};
use super::init::lay;
use super::progress::Progress;
use super::rapport::{ReportsOutcome, ReportsRequest, deliver};
use super::unfinished_example::UnfinishedExample;
use crate::base::day::Day;
use crate::base::diagnostics::{Diagnostic, Severity};
use crate::base::error::Result;
use crate::base::files::write_file;
use crate::campaign::{ComparedCampaigns, OpenObservatory};
use crate::convention::{
    CONVENTION_FILE, Convention, EXCHANGES_FILE, IncomingChoices, SHIPPED_REVIEW, SHIPPED_SURVEYS,
    SuiviImport, import_suivi, parse_convention,
};
use crate::decide::plans::{self, ActionCounts};
use crate::demo;
use crate::figures::HeldLevels;
use crate::reports::ReportFormat;
use crate::vocabulary::referentiel::{embedded, parse};

/// Date of edition of the example, so that its pages are the same every day.
const DATE: Date = date(2026, 12, 15);

/// Days that its two campaigns come in: what is known of a day between is what the first one showed.
const IMPORT_DAYS: [Date; 2] = [date(2026, 7, 10), DATE];

/// Days that the follow-up of the convention comes back.
const SUIVI_DAYS: [Date; 2] = [date(2026, 6, 30), DATE];

/// A workbook of the plans, and the day it came back.
struct ReturnedPlan {
    file: &'static str,
    day: Date,
}

/// The plans as teams first wrote them, then as they followed them.
const PLANS: [ReturnedPlan; 2] = [
    ReturnedPlan {
        file: "Plan d’amélioration C1 v1.xlsx",
        day: date(2026, 9, 15),
    },
    ReturnedPlan {
        file: "Plan d’amélioration C1 v2.xlsx",
        day: DATE,
    },
];

/// Where to lay the example.
pub(crate) struct DemoRequest {
    /// Folder to create.
    pub dir: PathBuf,
}

/// What the example shows.
pub(crate) struct DemoOutcome {
    /// One import a campaign.
    pub imports: Vec<ImportOutcome>,
    /// What the first and last campaigns share; none with a single campaign.
    pub panel: Option<PanelSummary>,
    /// Where plans stand on the day of the edition.
    pub actions: ActionCounts,
    /// Recommendations that entered a project by then.
    pub integrated: usize,
    /// The reports.
    pub reports: ReportsOutcome,
    /// What was noticed, infos aside.
    pub diagnostics: Vec<Diagnostic>,
}

/// What two campaigns share.
pub(crate) struct PanelSummary {
    /// The earlier one.
    pub first: String,
    /// The later one.
    pub last: String,
    /// Structures in both.
    pub followed: usize,
    /// Structures in the later one alone.
    pub entries: usize,
    /// Structures in the earlier one alone.
    pub exits: usize,
}

/// Lays the example, imports it, compares its campaigns and writes every report.
///
/// # Errors
///
/// The folder is an observatory already, or cannot be written.
pub(crate) fn run_example(request: &DemoRequest, progress: &dyn Progress) -> Result<DemoOutcome> {
    let example = UnfinishedExample::begin(&request.dir)?;
    let raw = lay_example(&request.dir)?;
    let opened = OpenObservatory::open(Some(&request.dir))?;
    let mut diagnostics = Vec::new();
    let mut imports = Vec::new();
    for (campaign, day) in opened
        .observatory
        .settings
        .campaigns
        .iter()
        .zip(IMPORT_DAYS)
    {
        let import = import_files(
            &opened,
            &ImportRequest {
                paths: vec![raw.join(&campaign.id)],
                campaign: campaign.id.clone(),
                date: Some(day.into()),
                ..ImportRequest::default()
            },
        )?;
        diagnostics.extend(doubts(import.diagnostics()));
        imports.push(import);
    }
    import_follow_up(&opened, &raw.join("ctg"), &mut diagnostics)?;
    let opened = import_plans(&opened, &raw.join("plans"), &mut diagnostics)?;
    let reports = ReportsRequest {
        campaign: None,
        audience: None,
        structure: None,
        dossiers: false,
        formats: [ReportFormat::Html, ReportFormat::Pdf, ReportFormat::Xlsx].into(),
        is_final: false,
        date: Some(DATE.to_string()),
        out: None,
    };
    let mut outcome = DemoOutcome {
        imports,
        panel: panel(&opened)?,
        actions: opened.plans.counts(None, DATE.into()),
        integrated: opened
            .plans
            .recommendations(None, DATE.into())
            .integrated
            .len(),
        reports: deliver(&opened, &reports, progress)?,
        diagnostics,
    };
    let noticed = lay_convention_documents(&opened, SUIVI_DAYS.map(Day::from))?;
    outcome.diagnostics.extend(doubts(noticed));
    example.whole()?;
    Ok(outcome)
}

/// Lays the folder; gives that of the raw files.
fn lay_example(dir: &Path) -> Result<PathBuf> {
    let referentiel = parse("referentiel-v2.toml", embedded())?;
    let plan = demo::exemple(&referentiel);
    lay(dir, &demo::settings_toml(&plan), &demo::registry_csv(&plan))?;
    let raw = dir.join("data").join("exemple");
    demo::write(&plan, &referentiel, &raw)?;
    Ok(raw)
}

/// Brings the plans in; gives the observatory as it then stands.
fn import_plans(
    opened: &OpenObservatory,
    folder: &Path,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<OpenObservatory> {
    for returned in PLANS {
        let request = plans::PlanImport {
            paths: &[folder.join(returned.file)],
            date: returned.day.into(),
            simulation: false,
        };
        let intake = plans::import(&opened.observatory, &request)?;
        let files = intake.files.into_iter();
        diagnostics.extend(doubts(files.flat_map(|f| f.diagnostics)));
    }
    OpenObservatory::open(Some(&opened.observatory.root))
}

/// Lays the convention and its follow-up, and brings it in as it stood in June, then in December.
fn import_follow_up(
    opened: &OpenObservatory,
    folder: &Path,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<()> {
    let observatory = &opened.observatory;
    write_file(
        &observatory.root.join(CONVENTION_FILE),
        demo::CONVENTION.as_bytes(),
    )?;
    write_file(
        &observatory.root.join(EXCHANGES_FILE),
        demo::EXCHANGES.as_bytes(),
    )?;
    for (name, text) in demo::TERRITORY {
        write_file(&observatory.root.join(name), text.as_bytes())?;
    }
    let convention = parse_convention(CONVENTION_FILE, demo::CONVENTION, observatory)?.value;
    let days = SUIVI_DAYS.map(Day::from);
    let files = demo::suivi_workbooks(&convention, days)?;
    for (file, day) in files.into_iter().zip(days) {
        let path = folder.join(&file.name);
        write_file(&path, &file.bytes)?;
        let request = SuiviImport {
            paths: &[path],
            date: day,
            simulation: false,
            choices: IncomingChoices::default(),
        };
        let intake = import_suivi(observatory, &convention, &request)?;
        let files = intake.files.into_iter();
        diagnostics.extend(doubts(files.flat_map(|f| f.diagnostics)));
    }
    import_surveys(opened, &convention, folder, diagnostics)
}

/// Lays the small questionnaires, brings their responses in, leaves what a person may try.
fn import_surveys(
    opened: &OpenObservatory,
    convention: &Convention,
    folder: &Path,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<()> {
    let observatory = &opened.observatory;
    for shipped in SHIPPED_SURVEYS.iter().chain([&SHIPPED_REVIEW]) {
        let path = observatory.root.join(shipped.file);
        write_file(&path, shipped.text.as_bytes())?;
    }
    for file in demo::files_to_try()? {
        write_file(&folder.join(&file.name), &file.bytes)?;
    }
    let mut paths = Vec::new();
    for file in demo::survey_returns()? {
        let path = folder.join(&file.name);
        write_file(&path, &file.bytes)?;
        paths.push(path);
    }
    let request = SuiviImport {
        paths: &paths,
        date: SUIVI_DAYS.map(Day::from)[1],
        simulation: false,
        choices: IncomingChoices::default(),
    };
    let intake = import_suivi(observatory, convention, &request)?;
    let files = intake.files.into_iter();
    diagnostics.extend(doubts(files.flat_map(|f| f.diagnostics)));
    Ok(())
}

/// Errors and warnings: what the example has to show is not a list of infos.
fn doubts(diagnostics: impl IntoIterator<Item = Diagnostic>) -> impl Iterator<Item = Diagnostic> {
    let noticed = diagnostics.into_iter();
    noticed.filter(|d| d.severity() != Severity::Info)
}

fn panel(opened: &OpenObservatory) -> Result<Option<PanelSummary>> {
    let [first, .., last] = opened.observatory.settings.campaigns.as_slice() else {
        return Ok(None);
    };
    let held = (HeldLevels::NOTHING.into(), HeldLevels::NOTHING.into());
    let compared = ComparedCampaigns::of(opened, &[first, last], held, |_| ())?;
    let compared = compared.comparisons.value;
    Ok(Some(PanelSummary {
        first: first.id.clone(),
        last: last.id.clone(),
        followed: compared.panel.len(),
        entries: compared.entries.len(),
        exits: compared.exits.len(),
    }))
}
