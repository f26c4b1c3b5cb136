//! What a bilan is made of for its reader, out of the documents that are on their own too: the territory, the governance,
//! experiments.

use super::ctg_experimentation::{MeasuredExperiment, writing_box};
use super::ctg_gouvernance::{governance_report, is_of_governance};
use super::ctg_territoire::{KnownTerritory, is_of_territory};
use crate::base::diagnostics::Diagnostic;
use crate::base::error::Result;
use crate::campaign::{ConventionState, CtgEdition};
use crate::convention::DeclaredIndicator;
use crate::disclosure::{
    CtgAudience, CtgDefinition, CtgExperiment, CtgIndicator, CtgPilotChanges, CtgTexts, CtgTried,
    CtgView,
};
use crate::reports::{
    BilanKind, BilanReport, CtgKeys, Document, ExperimentReport, Head, WhatChanged,
};

/// Which bilan, for whom.
#[derive(Clone, Copy)]
pub(crate) struct BilanScope {
    /// Which.
    pub kind: BilanKind,
    /// Whether it is the extract of one field.
    pub is_extract: bool,
    /// Who reads.
    pub audience: CtgAudience,
}

impl BilanScope {
    /// Whether the experiment and the governance are parts of it.
    fn is_whole(self) -> bool {
        self.kind == BilanKind::Final && !self.is_extract
    }

    /// Experiments, measured where the reader is told levels of accueils; before the log of deliveries is held.
    ///
    /// # Errors
    ///
    /// A store or a log that cannot be read.
    pub(crate) fn measured<'s>(
        self,
        state: &'s ConventionState<'s>,
    ) -> Result<Vec<MeasuredExperiment<'s>>> {
        if !self.is_whole() || !self.audience.reads_sites() {
            return Ok(Vec::new());
        }
        let all = state.convention.experiments.iter();
        all.map(|tried| MeasuredExperiment::of(state, tried, None))
            .collect()
    }
}

/// What is known, cleared.
pub(crate) struct BilanMaterial {
    scope: BilanScope,
    view: CtgView,
    /// The same without themes, which have a section of their own.
    bare: CtgView,
    indicators: Vec<CtgIndicator>,
    of_territory: Vec<CtgIndicator>,
    definitions: Vec<CtgDefinition>,
    tried: Vec<CtgTried>,
    territory: Option<KnownTerritory>,
    /// What people wrote.
    pub texts: CtgTexts,
    /// What was noticed.
    pub diagnostics: Vec<Diagnostic>,
}

impl BilanMaterial {
    /// What is known, but for what people wrote.
    ///
    /// # Errors
    ///
    /// A store or a file of the territory that cannot be read.
    pub(crate) fn of(
        state: &ConventionState,
        edition: &CtgEdition,
        scope: BilanScope,
        view: CtgView,
        indicators: Vec<CtgIndicator>,
    ) -> Result<Self> {
        let has_territory = scope.kind != BilanKind::Standing && !scope.is_extract;
        let of_territory = those(state, &indicators, is_of_territory);
        let territory = if has_territory {
            let year = state.period(&year(state))?;
            Some(KnownTerritory::of(state, edition, &year, scope.audience)?)
        } else {
            None
        };
        let mut bare = view.clone();
        bare.themes.clear();
        Ok(Self {
            definitions: edition.definitions(&indicators),
            tried: if scope.is_extract {
                Vec::new()
            } else {
                edition.tried()
            },
            diagnostics: territory
                .as_ref()
                .map_or_else(Vec::new, |t| t.diagnostics.clone()),
            texts: CtgTexts::default(),
            scope,
            view,
            bare,
            indicators,
            of_territory,
            territory,
        })
    }

    /// The document.
    ///
    /// # Errors
    ///
    /// A drawing that cannot be made.
    pub(crate) fn document(
        &self,
        state: &ConventionState,
        edition: &CtgEdition,
        measured: &[MeasuredExperiment],
        head: Head,
    ) -> Result<Document> {
        let audience = self.scope.audience;
        let cleared = measured.iter().map(|m| m.cleared(state, edition, audience));
        let cleared: Vec<_> = cleared.collect();
        let experiments = cleared
            .iter()
            .map(|(own, changes)| self.dossier(own, changes.as_ref()));
        let experiments: Vec<ExperimentReport> = experiments.collect();
        let governance = if self.scope.is_whole() {
            let own = those(state, &self.indicators, is_of_governance);
            let year = state.period(&year(state))?;
            Some(governance_report(state, edition, &self.view, &year, own))
        } else {
            None
        };
        let territory = self.territory.as_ref();
        let territory: Option<WhatChanged> =
            territory.map(|known| known.changed(&self.bare, &self.of_territory));
        let report = BilanReport {
            kind: self.scope.kind,
            is_extract: self.scope.is_extract,
            view: &self.view,
            keys: CtgKeys::of(&self.view, "convention"),
            indicators: &self.indicators,
            definitions: &self.definitions,
            tried: &self.tried,
            experiments: &experiments,
            governance: governance.as_ref(),
            territory: territory.as_ref(),
            texts: &self.texts,
        };
        report.document(head)
    }

    /// What a bilan takes of a dossier: indicators of its fiche are on the page of the fiche.
    fn dossier<'m>(
        &'m self,
        own: &'m CtgExperiment,
        changes: Option<&'m CtgPilotChanges>,
    ) -> ExperimentReport<'m> {
        ExperimentReport {
            view: &self.view,
            experiment: own,
            changes,
            said: Vec::new(),
            counted: Vec::new(),
            text: writing_box(None),
            keys: CtgKeys::of(&self.view, "convention"),
        }
    }
}

/// The year of the day.
fn year(state: &ConventionState) -> String {
    state.day.date().year().to_string()
}

/// Of indicators that were cleared, those that are declared so.
fn those(
    state: &ConventionState,
    indicators: &[CtgIndicator],
    wanted: impl Fn(&DeclaredIndicator) -> bool,
) -> Vec<CtgIndicator> {
    let declared = |i: &&CtgIndicator| state.convention.indicator(&i.code).is_some_and(&wanted);
    indicators.iter().filter(declared).cloned().collect()
}
