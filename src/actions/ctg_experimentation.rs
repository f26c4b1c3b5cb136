//! The dossier of an experiment: what was tried, done, said; what changed at the pilots beside the others; who took it up.

use std::collections::BTreeSet;
use std::path::PathBuf;

use crate::base::diagnostics::Diagnostic;
use crate::base::error::{Error, Result};
use crate::base::text::suggest;
use crate::campaign::{
    ConventionState, CtgDelivered, CtgEdition, CtgEditionRequest, OpenObservatory, Picture, Reach,
};
use crate::convention::same_code;
use crate::convention::{
    BilanText, CalculationKind, DeclaredIndicator, TextFolder, TextPart, TriedExperiment,
    text_places,
};
use crate::disclosure::{CtgAudience, DeliveryLog};
use crate::reports::{CtgTitles, ExperimentReport, ReportFormat, WritingBox};
use crate::vocabulary::Audience;
use crate::vocabulary::config::Campaign;

/// Which experiment, for whom.
pub(crate) struct ExperimentRequest {
    /// Its code.
    pub experiment: String,
    /// Campaign after it; the latest begun otherwise.
    pub campaign: Option<String>,
    /// Who reads.
    pub audience: CtgAudience,
    /// Formats.
    pub formats: BTreeSet<ReportFormat>,
    /// Day of the state, AAAA-MM-JJ; today otherwise.
    pub date: Option<String>,
    /// Folder to write.
    pub out: Option<PathBuf>,
}

/// What was written.
pub(crate) struct ExperimentOutcome {
    /// What it is called.
    pub title: String,
    /// Campaigns compared; none with a single one.
    pub compared: Option<(String, String)>,
    /// Files.
    pub delivered: CtgDelivered,
    /// What was noticed.
    pub diagnostics: Vec<Diagnostic>,
}

/// Writes the dossier.
///
/// # Errors
///
/// An unknown experiment or campaign, an audience that the levels of an accueil are not for; no convention; a store, a journal, a log or a
/// template that cannot be read; a folder that cannot be written.
pub(crate) fn write_experiment(
    opened: &OpenObservatory,
    request: &ExperimentRequest,
) -> Result<ExperimentOutcome> {
    let audience = request.audience;
    if !audience.reads_sites() {
        return Err(Error::Usage(format!(
            "Le dossier d’une expérimentation montre les niveaux d’un accueil : il ne va pas à ce public ({}). Le bilan en dit l’essentiel.",
            audience.label()
        )));
    }
    let state = ConventionState::signed(opened, request.date.as_deref())?;
    let tried = found(&state, &request.experiment)?.clone();
    let campaigns = campaigns(opened, request, &state)?;
    let told = match campaigns {
        Some((_, after)) => Some(told(opened, after, &state)?),
        None => None,
    };
    let mut edition = CtgEdition::begin(
        &state,
        CtgEditionRequest {
            kind: "experimentation",
            stem: format!("experimentation-{}", tried.code),
            audience,
            formats: &request.formats,
            out: request.out.clone(),
        },
    )?;
    let said = state.compute_those(None, |i| is_said(i, &tried))?;
    let said = edition.cleared(&said);
    let counted = state.compute_those(None, |i| {
        i.parameters.experiment == tried.code && !is_said(i, &tried)
    })?;
    let counted = edition.cleared(&counted);
    let places = opened.observatory.registry.all();
    let material = edition.material();
    let experiment = material.experiment(&tried, audience, places);
    let changes = told
        .as_ref()
        .zip(campaigns)
        .map(|(told, campaigns)| material.pilot_changes(&tried, told, campaigns, places));
    let folder = TextFolder::read(&opened.observatory.root, &text_places(&state.convention));
    let text = folder.get(&TextPart::Experiment(tried.code.clone()));
    let mut diagnostics = state.diagnostics.clone();
    diagnostics.extend(folder.diagnostics.iter().cloned());
    let view = edition.view();
    let report = ExperimentReport {
        view: &view,
        experiment: &experiment,
        changes: changes.as_ref(),
        said,
        counted,
        text: writing_box(text),
    };
    let head = edition.head(CtgTitles {
        title: tried.title.clone(),
        line: format!("Dossier de l’expérimentation {}", tried.code),
    });
    let document = report.document(head);
    Ok(ExperimentOutcome {
        title: tried.title.clone(),
        compared: campaigns.map(|(a, b)| (a.id.clone(), b.id.clone())),
        delivered: edition.deliver(&document)?,
        diagnostics,
    })
}

fn found<'s>(state: &'s ConventionState, code: &str) -> Result<&'s TriedExperiment> {
    let mut all = state.convention.experiments.iter();
    all.find(|e| same_code(&e.code, code)).ok_or_else(|| {
        let codes = state.convention.experiments.iter().map(|e| e.code.as_str());
        Error::Usage(format!(
            "L’expérimentation « {code} » n’est pas dans ctg/convention.toml.{}",
            suggest(code, codes).question()
        ))
    })
}

/// The campaign asked for, or the latest begun on the day, and the one before it; none with a single one.
fn campaigns<'o>(
    opened: &'o OpenObservatory,
    request: &ExperimentRequest,
    state: &ConventionState,
) -> Result<Option<(&'o Campaign, &'o Campaign)>> {
    let after = if let Some(id) = request.campaign.as_deref() {
        Some(opened.observatory.campaign(Some(id))?)
    } else {
        let all = opened.observatory.settings.campaigns.iter();
        all.filter(|c| c.debut <= state.day)
            .max_by_key(|c| (c.debut, &c.id))
    };
    let pair = after.and_then(|after| Some((opened.before(after).pop()?, after)));
    Ok(pair)
}

/// What elected people and partners are told of a campaign: remembered as a delivery to them before anything is printed.
fn told(
    opened: &OpenObservatory,
    campaign: &Campaign,
    state: &ConventionState,
) -> Result<crate::disclosure::ClearedDelivery> {
    let mut log = DeliveryLog::begin(&opened.observatory.root)?;
    let picture = Picture::of(opened, campaign, Reach::Territory, state.day)?;
    let view = picture.clear(opened, &picture.structures, Audience::Elus, state.day, &log);
    log.record(&view.cleared, &view.repeats, state.day)?;
    log.save()?;
    Ok(view.cleared)
}

/// Whether an indicator is what people answer of the experiment.
fn is_said(indicator: &DeclaredIndicator, tried: &TriedExperiment) -> bool {
    indicator.kind == CalculationKind::Favourable && indicator.fiche == tried.fiche
}

fn writing_box(text: Option<&BilanText>) -> WritingBox {
    text.map_or_else(WritingBox::default, |text| WritingBox {
        file: text.path.clone(),
        left: text.left(),
        text: text.text.clone(),
    })
}
