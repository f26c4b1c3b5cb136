//! A document of the convention for an audience: what it may see is cleared, remembered by the log of deliveries, then
//! laid in its folder file by file, each whole.

use std::collections::BTreeSet;
use std::path::PathBuf;

use super::clock::today;
use super::convention_state::ConventionState;
use super::destination::outside_observatories;
use crate::base::day::Day;
use crate::base::diagnostics::Diagnostic;
use crate::base::error::{Error, Result};
use crate::base::files::{PutOutcome, Staging};
use crate::base::text::list;
use crate::convention::territory::Contribution;
use crate::convention::{
    BilanText, CONVENTION_FILE, ComputedIndicator, SuiviPeriod, SurveyCount, keep_versions,
};
use crate::disclosure::{
    CtgAudience, CtgContribution, CtgDefinition, CtgGovernance, CtgIndicator, CtgMaterial,
    CtgTried, CtgView, DeliveryLog,
};
use crate::reports::{CtgTitles, Document, Head, ReportFormat, Templates, ctg_head, render};

/// Which document, for whom, where.
pub(crate) struct CtgEditionRequest<'r> {
    /// Its kind, which names its folder: `suivi`, `gouvernance`.
    pub kind: &'r str,
    /// What its files are called, the audience aside: `suivi-2026-T2`.
    pub stem: String,
    /// Who reads.
    pub audience: CtgAudience,
    /// Formats.
    pub formats: &'r BTreeSet<ReportFormat>,
    /// Folder to write; `reports/ctg/KIND` otherwise.
    pub out: Option<PathBuf>,
}

/// A document in the making.
pub(crate) struct CtgEdition<'a> {
    state: &'a ConventionState<'a>,
    material: CtgMaterial<'a>,
    request: CtgEditionRequest<'a>,
    out: PathBuf,
    templates: Templates,
    /// Held until the document is in place; none for those who type what they read.
    log: Option<DeliveryLog>,
    told: Vec<CtgIndicator>,
}

/// A file laid beside a document.
pub(crate) enum CtgPiece<'d> {
    /// Another document, in one format.
    Document {
        /// What it is called.
        stem: String,
        /// Its format.
        format: ReportFormat,
        /// Its content.
        document: &'d Document,
    },
    /// A file made elsewhere.
    File {
        /// Its name.
        name: String,
        /// Its bytes.
        bytes: Vec<u8>,
    },
}

/// What was written.
#[derive(Debug)]
pub(crate) struct CtgDelivered {
    /// Files, in the order of formats.
    pub files: Vec<PathBuf>,
    /// Figures that are not told to this audience.
    pub hidden: usize,
    /// Figures that repeat an earlier edition.
    pub repeated: usize,
    /// What was done to the folder.
    pub put: PutOutcome,
}

/// Nothing is said in a document of what the model proposes and nobody signed.
fn written(state: &ConventionState) -> Result<()> {
    let left: Vec<String> = (state.convention.left_of_model().iter())
        .map(|text| format!("« {text} »"))
        .collect();
    if left.is_empty() {
        return Ok(());
    }
    Err(Error::Usage(format!(
        "{CONVENTION_FILE} tient encore des mots du modèle ({}) : écrivez-y ce qui a été signé, avec les dates de la convention, de ses avenants et de ses échéances. Un document dirait sinon ce que personne n’a signé.",
        list(&left)
    )))
}

impl<'a> CtgEdition<'a> {
    /// Opens what a document is made of.
    ///
    /// # Errors
    ///
    /// A folder that may not be written; a log, a template or a référentiel that cannot be read.
    pub(crate) fn begin(
        state: &'a ConventionState<'a>,
        request: CtgEditionRequest<'a>,
    ) -> Result<Self> {
        let observatory = &state.opened.observatory;
        written(state)?;
        let out = request.out.clone().unwrap_or_else(|| {
            let reports = observatory.root.join("reports").join("ctg");
            reports.join(request.kind)
        });
        outside_observatories(&out)?;
        let log = request
            .audience
            .is_logged()
            .then(|| DeliveryLog::begin(&observatory.root));
        Ok(Self {
            material: CtgMaterial::new(
                observatory,
                &state.convention,
                &state.registers,
                state.day,
            )?,
            templates: Templates::load(&observatory.templates_dir(), observatory.brand()?)?,
            log: log.transpose()?,
            told: Vec::new(),
            state,
            request,
            out,
        })
    }

    /// What it is cleared from.
    pub(crate) fn material(&self) -> &CtgMaterial<'a> {
        &self.material
    }

    /// The convention as its audience may see it.
    pub(crate) fn view(&self) -> CtgView {
        self.material.view(self.request.audience)
    }

    /// The same as it was known on another day.
    ///
    /// # Errors
    ///
    /// A journal that cannot be read.
    pub(crate) fn view_on(&self, day: Day) -> Result<CtgView> {
        let state = ConventionState::on(&self.state.opened, day)?;
        let observatory = &state.opened.observatory;
        let material = CtgMaterial::new(observatory, &state.convention, &state.registers, day)?;
        Ok(material.view(self.request.audience))
    }

    /// Indicators as its audience may see them, of values that were computed ([`ConventionState::compute_all`]). What too
    /// few persons have changed since an earlier edition is repeated.
    pub(crate) fn cleared(&mut self, computed: &[ComputedIndicator]) -> Vec<CtgIndicator> {
        let audience = self.request.audience;
        let told = computed.iter().filter_map(|c| {
            let declared = self.state.convention.indicator(&c.code)?;
            self.material.indicator(declared, c, audience)
        });
        let mut told: Vec<CtgIndicator> = told.collect();
        if let Some(log) = &self.log {
            log.repeat_convention(&mut told, audience);
        }
        self.told.extend(told.iter().cloned());
        told
    }

    /// What each indicator that is printed counts, from what.
    pub(crate) fn definitions(&self, printed: &[CtgIndicator]) -> Vec<CtgDefinition> {
        self.material.definitions(printed)
    }

    /// Experiments as they are announced.
    pub(crate) fn tried(&self) -> Vec<CtgTried> {
        self.material.tried(self.request.audience)
    }

    /// What the screen sees in texts that are printed as they were typed.
    pub(crate) fn screened<'t>(
        &self,
        printed: impl IntoIterator<Item = &'t BilanText>,
    ) -> Vec<Diagnostic> {
        self.material.screened(printed, self.request.audience)
    }

    /// What may have contributed to changes, as its audience may read it.
    pub(crate) fn contributions(&self, typed: &[Contribution]) -> Vec<CtgContribution> {
        self.material.contributions(typed, self.request.audience)
    }

    /// The governance over a period, with what a questionnaire gave.
    pub(crate) fn governance(
        &self,
        period: &SuiviPeriod,
        survey: Option<(&str, &SurveyCount)>,
    ) -> CtgGovernance {
        self.material
            .governance(period, survey, self.request.audience)
    }

    /// The head of the document.
    pub(crate) fn head(&self, titles: CtgTitles) -> Head {
        let territory = &self.state.opened.observatory.settings.territory;
        ctg_head(&self.view(), titles, territory)
    }

    /// Writes the document in every format asked, remembers it, puts it in place.
    ///
    /// # Errors
    ///
    /// A mistake in a template; a disk that refuses; a log that cannot be written.
    pub(crate) fn deliver(self, document: &Document) -> Result<CtgDelivered> {
        self.deliver_with(document, Vec::new())
    }

    /// The same with pieces beside it.
    ///
    /// # Errors
    ///
    /// As [`Self::deliver`].
    pub(crate) fn deliver_with(
        mut self,
        document: &Document,
        pieces: Vec<CtgPiece>,
    ) -> Result<CtgDelivered> {
        let staging = Staging::beside(&self.out, self.state.day)?;
        let mut names = Vec::new();
        for format in self.request.formats {
            let (stem, audience) = (&self.request.stem, self.request.audience.as_str());
            let name = format!("{stem}-{audience}.{}", format.extension());
            staging.write(&name, &render(&self.templates, document, *format)?)?;
            names.push(name);
        }
        for piece in pieces {
            let (name, bytes) = match piece {
                CtgPiece::File { name, bytes } => (name, bytes),
                CtgPiece::Document {
                    stem,
                    format,
                    document,
                } => (
                    format!("{stem}.{}", format.extension()),
                    render(&self.templates, document, format)?,
                ),
            };
            staging.write(&name, &bytes)?;
            names.push(name);
        }
        keep_versions(&self.state.opened.observatory.root, today())?;
        // Remembered before anybody can hold it.
        let mut remembered = None;
        if let Some(mut log) = self.log.take() {
            let (audience, day) = (self.request.audience, self.state.day);
            log.record_convention(&self.request.stem, audience, &self.told, day)?;
            remembered = Some(log.save()?);
        }
        let last = names.last().cloned().unwrap_or_default();
        let known = remembered.as_ref().map_or(&[][..], |saved| &saved.names);
        let put = staging.put(&last, known)?;
        drop(remembered);
        Ok(CtgDelivered {
            files: names.iter().map(|name| self.out.join(name)).collect(),
            hidden: self.told.iter().filter(|i| i.is_hidden()).count(),
            repeated: self.told.iter().filter(|i| i.repeats).count(),
            put,
        })
    }
}
