//! `demo`: the main job on the fictitious example, from raw files to the index page.

use std::path::Path;
use std::time::Instant;

use super::Done;
use super::arguments::{DemoArgs, RapportArgs};
use super::importer;
use super::init::lay;
use super::rapport;
use super::session::Session;
use crate::base::diagnostics::{Diagnostic, Severity};
use crate::base::error::Result;
use crate::base::text::count;
use crate::compare::{Side, compare};
use crate::decide::plans;
use crate::demo;
use crate::intake::{Request, import};
use crate::reports::ReportFormat;
use crate::vocabulary::referentiel::{embedded_v1, parse};

/// Date of edition of the example, so that its pages are the same every day.
const DATE: &str = "2026-12-15";

/// Workbooks of the plans, and the day each came back.
const PLANS: [(&str, &str); 2] = [
    ("Plan d’amélioration C1 v1.xlsx", "2026-09-15"),
    ("Plan d’amélioration C1 v2.xlsx", DATE),
];

/// Runs the command.
pub fn run(args: &DemoArgs) -> Result<Done> {
    let start = Instant::now();
    let referentiel = parse("referentiel-v1.toml", embedded_v1())?;
    let plan = demo::exemple(&referentiel);
    lay(
        &args.dir,
        &demo::settings_toml(&plan),
        &demo::registry_csv(&plan),
    )?;
    let raw = args.dir.join("data").join("exemple");
    demo::write(&plan, &referentiel, &raw)?;
    let session = Session::open(Some(&args.dir))?;
    let mut lines = vec![
        "DONNÉES FICTIVES : aucun de ces accueils n’existe.".to_owned(),
        String::new(),
    ];
    let mut diagnostics = Vec::new();
    for campaign in &session.observatory.settings.campaigns {
        let folder = [raw.join(&campaign.id)];
        let request = Request {
            paths: &folder,
            campaign,
            source: None,
            structure: None,
            tool: None,
            mapping: None,
            accept_near: false,
            simulation: false,
            date: DATE,
        };
        let intake = import(&session.observatory, &session.store, &request)?;
        let done = importer::done(&intake, &campaign.id, false);
        lines.push(format!("{} · {}", campaign.id, done.summary));
        diagnostics.extend(
            done.diagnostics
                .into_iter()
                .filter(|d| d.severity() != Severity::Info),
        );
    }
    let (session, followed) = plans(&session, &raw.join("plans"), &mut diagnostics)?;
    lines.push(evolution(&session)?);
    lines.push(followed);
    let reports = RapportArgs {
        agregats: Vec::new(),
        campagne: None,
        public: None,
        structure: None,
        format: vec![ReportFormat::Html, ReportFormat::Pdf, ReportFormat::Xlsx],
        date: Some(DATE.to_owned()),
        sortie: None,
    };
    let written = rapport::deliver(&session, &reports)?;
    lines.push(format!(
        "{} en {}.",
        count(written.reports, "rapport écrit", "rapports écrits"),
        count(written.files, "fichier", "fichiers")
    ));
    lines.push(String::new());
    lines.push(format!("Ouvrez {}", written.index.display()));
    let result = serde_json::json!({ "accueil": written.index, "rapports": written.reports });
    let summary = format!(
        "Terminé en {} s.",
        crate::base::text::decimals(start.elapsed().as_secs_f64(), 1)
    );
    Ok(Done {
        text: lines.join("\n"),
        result,
        diagnostics,
        summary,
        bytes: None,
    })
}

/// Imports the plans as teams first wrote them, then as they followed them; gives the observatory as
/// it then stands, and one line on it.
fn plans(
    session: &Session,
    folder: &Path,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<(Session, String)> {
    for (name, date) in PLANS {
        let request = plans::PlanImport {
            paths: &[folder.join(name)],
            date,
            simulation: false,
        };
        let intake = plans::import(&session.observatory, &request)?;
        let said = intake.files.into_iter().flat_map(|f| f.diagnostics);
        diagnostics.extend(said.filter(|d| d.severity() != Severity::Info));
    }
    let session = Session::open(Some(&session.observatory.root))?;
    let counts = session.plans.counts(None, DATE);
    let written = session.plans.recommendations(None, DATE).integrated.len();
    let line = format!(
        "Plans d’amélioration : {}, {} ({}), {}.",
        count(counts.issued, "action", "actions"),
        count(counts.done, "réalisée", "réalisées"),
        count(counts.late, "en retard", "en retard"),
        count(
            written,
            "recommandation intégrée à un projet",
            "recommandations intégrées à un projet"
        )
    );
    Ok((session, line))
}

/// One line on the two campaigns.
fn evolution(session: &Session) -> Result<String> {
    let [first, .., last] = session.observatory.settings.campaigns.as_slice() else {
        return Ok(String::new());
    };
    let (before, after) = (session.indicators(first)?, session.indicators(last)?);
    let side = |campaign, indicators| Side {
        indicators,
        referentiel: session.observatory.referentiel(campaign),
    };
    let compared = compare(side(first, &before.value), side(last, &after.value)).value;
    Ok(format!(
        "{} → {} : {} suivis, {}, {}.",
        first.id,
        last.id,
        count(compared.panel.len(), "accueil", "accueils"),
        count(compared.entries.len(), "entrée", "entrées"),
        count(compared.exits.len(), "sortie", "sorties")
    ))
}
