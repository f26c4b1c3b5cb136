//! The dossier of an experiment: what was tried, done, said; what changed at the pilots beside the others; who took it up.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::rc::Rc;

use crate::base::diagnostics::Diagnostic;
use crate::base::error::{Error, Result};
use crate::base::text::suggest;
use crate::campaign::{
    ConventionState, CtgDelivered, CtgEdition, CtgEditionRequest, OpenObservatory,
};
use crate::convention::same_code;
use crate::convention::{
    BilanText, CalculationKind, DeclaredIndicator, TextFolder, TextPart, TriedExperiment,
    text_places,
};
use crate::disclosure::{ClearedDelivery, CtgAudience, CtgExperiment, CtgPilotChanges};
use crate::reports::{CtgKeys, CtgTitles, Document, ExperimentReport, ReportFormat, WritingBox};
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

/// An experiment and what is measured of it, before a document holds the log of deliveries.
pub(crate) struct MeasuredExperiment<'s> {
    /// What was signed.
    pub tried: &'s TriedExperiment,
    /// Campaigns compared; none with a single one.
    pub campaigns: Option<(&'s Campaign, &'s Campaign)>,
    told: Option<Rc<ClearedDelivery>>,
}

impl<'s> MeasuredExperiment<'s> {
    /// What the campaign asked for, or the latest begun, shows of an experiment beside the one before.
    ///
    /// # Errors
    ///
    /// An unknown campaign; a store or a log that cannot be read.
    pub(crate) fn of(
        state: &'s ConventionState<'s>,
        tried: &'s TriedExperiment,
        campaign: Option<&str>,
    ) -> Result<Self> {
        let campaigns = campaigns(state, campaign)?;
        let told = campaigns.map(|(_, after)| state.told_to_elus(after));
        Ok(Self {
            tried,
            campaigns,
            told: told.transpose()?,
        })
    }

    /// The same for an audience: what was tried, what changed.
    pub(crate) fn cleared(
        &self,
        state: &ConventionState,
        edition: &CtgEdition,
        audience: CtgAudience,
    ) -> (CtgExperiment, Option<CtgPilotChanges>) {
        let material = edition.material();
        let places = state.opened.observatory.registry.all();
        let compared = self.told.as_ref().zip(self.campaigns);
        let changes = compared.map(|(told, campaigns)| CtgPilotChanges {
            before: state.campaign_name(&campaigns.0.id),
            after: state.campaign_name(&campaigns.1.id),
            ..material.pilot_changes(self.tried, told, campaigns, places)
        });
        (material.experiment(self.tried, audience, places), changes)
    }
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
    let state = ConventionState::signed(opened, request.date.as_deref())?;
    experiment_of(&state, request)
}

/// The same of a state that is known already.
///
/// # Errors
///
/// As [`write_experiment`].
pub(crate) fn experiment_of(
    state: &ConventionState,
    request: &ExperimentRequest,
) -> Result<ExperimentOutcome> {
    let audience = request.audience;
    if !audience.reads_sites() {
        return Err(Error::Usage(format!(
            "Le dossier d’une expérimentation montre les niveaux d’un accueil : il ne va pas à ce public ({}). Le bilan en dit l’essentiel.",
            audience.label()
        )));
    }
    let tried = found(state, &request.experiment)?;
    let measured = MeasuredExperiment::of(state, tried, request.campaign.as_deref())?;
    let edition = CtgEdition::begin(
        state,
        CtgEditionRequest {
            kind: "experimentation",
            stem: format!("experimentation-{}", tried.code),
            audience,
            formats: &request.formats,
            out: request.out.clone(),
        },
    )?;
    let (document, diagnostics, edition) = dossier(state, &measured, audience, edition)?;
    Ok(ExperimentOutcome {
        title: tried.title.clone(),
        compared: measured
            .campaigns
            .map(|(before, after)| (before.id.clone(), after.id.clone())),
        delivered: edition.deliver(&document)?,
        diagnostics,
    })
}

/// The document, what was noticed, and the edition that delivers it.
fn dossier<'a>(
    state: &ConventionState,
    measured: &MeasuredExperiment,
    audience: CtgAudience,
    mut edition: CtgEdition<'a>,
) -> Result<(Document, Vec<Diagnostic>, CtgEdition<'a>)> {
    let tried = measured.tried;
    let said = edition.cleared(&state.compute_those(None, |i| is_said(i, tried))?);
    let counted = edition.cleared(&state.compute_those(None, |i| {
        i.parameters.experiment == tried.code && !is_said(i, tried)
    })?);
    let (experiment, changes) = measured.cleared(state, &edition, audience);
    let folder = TextFolder::read(
        &state.opened.observatory.root,
        &text_places(&state.convention),
    );
    let text = folder.get(&TextPart::Experiment(tried.code.clone()));
    let mut diagnostics = state.diagnostics.clone();
    diagnostics.extend(folder.diagnostics.iter().cloned());
    diagnostics.extend(edition.screened(text));
    let view = edition.view();
    let report = ExperimentReport {
        view: &view,
        experiment: &experiment,
        changes: changes.as_ref(),
        said,
        counted,
        text: writing_box(text),
        keys: CtgKeys::of(&view, "convention"),
    };
    let head = edition.head(CtgTitles {
        title: tried.title.clone(),
        line: format!("Dossier de l’expérimentation {}", tried.code),
    });
    Ok((report.document(head), diagnostics, edition))
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
fn campaigns<'s>(
    state: &'s ConventionState<'s>,
    campaign: Option<&str>,
) -> Result<Option<(&'s Campaign, &'s Campaign)>> {
    let opened = &*state.opened;
    let after = if let Some(id) = campaign {
        Some(opened.observatory.campaign(Some(id))?)
    } else {
        let all = opened.observatory.settings.campaigns.iter();
        all.filter(|c| c.debut <= state.day)
            .max_by_key(|c| (c.debut, &c.id))
    };
    let pair = after.and_then(|after| Some((opened.before(after).pop()?, after)));
    Ok(pair)
}

/// Whether an indicator is what people answer of the experiment.
fn is_said(indicator: &DeclaredIndicator, tried: &TriedExperiment) -> bool {
    indicator.kind == CalculationKind::Favourable && indicator.fiche == tried.fiche
}

/// The box of a text.
pub(crate) fn writing_box(text: Option<&BilanText>) -> WritingBox {
    text.map_or_else(WritingBox::default, |text| WritingBox {
        file: text.path.clone(),
        left: text.left(),
        text: text.text.clone(),
    })
}
