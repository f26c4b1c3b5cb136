//! `demo`: the main job on the fictitious example, from raw files to the index page.

use std::time::Instant;

use super::Done;
use super::arguments::{DemoArgs, RapportArgs};
use super::importer;
use super::init::lay;
use super::rapport;
use super::session::Session;
use crate::comparisons::{Side, compare};
use crate::error::Result;
use crate::intake::{Request, import};
use crate::referentiel::{embedded_v1, parse};
use crate::reports::ReportFormat;
use crate::simulation;
use crate::text::count;

/// Date of edition of the example, so that its pages are the same every day.
const DATE: &str = "2026-12-15";

/// Runs the command.
pub fn run(args: &DemoArgs) -> Result<Done> {
    let start = Instant::now();
    let referentiel = parse("referentiel-v1.toml", embedded_v1())?;
    let plan = simulation::exemple(&referentiel);
    lay(
        &args.dir,
        &simulation::settings_toml(&plan),
        &simulation::registry_csv(&plan),
    )?;
    let raw = args.dir.join("data").join("exemple");
    simulation::write(&plan, &referentiel, &raw)?;
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
                .filter(|d| d.severity() != crate::diagnostics::Severity::Info),
        );
    }
    lines.push(evolution(&session)?);
    let reports = RapportArgs {
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
        crate::text::decimals(start.elapsed().as_secs_f64(), 1)
    );
    Ok(Done {
        text: lines.join("\n"),
        result,
        diagnostics,
        summary,
        bytes: None,
    })
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
