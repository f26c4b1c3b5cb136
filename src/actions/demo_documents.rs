//! Documents of the convention of the example, for its steering committee: one state for all that are of the same day.

use std::collections::BTreeSet;

use super::ctg_bilan::{BilanRequest, bilan_of};
use super::ctg_experimentation::{ExperimentRequest, experiment_of};
use super::ctg_gouvernance::{GovernanceRequest, governance_of};
use super::ctg_suivi::{QuarterRequest, quarter_of};
use super::ctg_territoire::{TerritoryRequest, territory_of};
use crate::base::day::Day;
use crate::base::diagnostics::Diagnostic;
use crate::base::error::Result;
use crate::base::files::write_file;
use crate::campaign::{ConventionState, OpenObservatory};
use crate::convention::TEXTS_FOLDER;
use crate::decide::plans::Quarter;
use crate::demo;
use crate::disclosure::CtgAudience;
use crate::reports::{BilanKind, ReportFormat};

/// Who reads them.
const AUDIENCE: CtgAudience = CtgAudience::Copil;

/// Writes the quarters of these days, then the other documents as of the last of them; gives what was noticed of the texts that
/// people wrote.
///
/// # Errors
///
/// A disk that refuses; always a bug otherwise.
pub(super) fn lay_convention_documents(
    opened: &OpenObservatory,
    days: [Day; 2],
) -> Result<Vec<Diagnostic>> {
    let texts = opened.observatory.root.join(TEXTS_FOLDER);
    for (name, text) in demo::BILAN_TEXTS {
        write_file(&texts.join(name), text.as_bytes())?;
    }
    let formats: BTreeSet<ReportFormat> =
        [ReportFormat::Html, ReportFormat::Pdf, ReportFormat::Docx].into();
    let [first, last] = days;
    quarter(&ConventionState::on(opened, first)?, &formats)?;
    let state = ConventionState::on(opened, last)?;
    quarter(&state, &formats)?;
    year(&state, &formats)?;
    let bilan = BilanRequest {
        kind: BilanKind::Final,
        early_childhood: false,
        audience: AUDIENCE,
        formats,
        date: None,
        out: None,
        next: None,
    };
    Ok(bilan_of(&state, &bilan)?.diagnostics)
}

/// The governance, the territory, each experiment.
fn year(state: &ConventionState, formats: &BTreeSet<ReportFormat>) -> Result<()> {
    let governance = GovernanceRequest {
        year: None,
        audience: AUDIENCE,
        formats: formats.clone(),
        date: None,
        out: None,
    };
    governance_of(state, &state.day.date().year().to_string(), &governance)?;
    let territory = TerritoryRequest {
        year: None,
        audience: AUDIENCE,
        formats: formats.clone(),
        date: None,
        out: None,
    };
    territory_of(state, &territory)?;
    for experiment in &state.convention.experiments {
        let dossier = ExperimentRequest {
            experiment: experiment.code.clone(),
            campaign: None,
            audience: AUDIENCE,
            formats: formats.clone(),
            date: None,
            out: None,
        };
        experiment_of(state, &dossier)?;
    }
    Ok(())
}

fn quarter(state: &ConventionState, formats: &BTreeSet<ReportFormat>) -> Result<()> {
    let request = QuarterRequest {
        quarter: None,
        audience: AUDIENCE,
        formats: formats.clone(),
        date: None,
        out: None,
    };
    quarter_of(state, Quarter::of(state.day), &request)?;
    Ok(())
}
