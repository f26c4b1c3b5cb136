//! The référentiel and the configuration are valid (opening has proved it); who has returned what for
//! a campaign, and what will not be published of it.

use crate::vocabulary::Audience;
use std::collections::BTreeMap;

use super::expected_check::{ExpectedCheck, expected_check};
use super::personal_check::{PersonalLine, personal_check};
use super::reference_check::reference_remarks;
use crate::base::diagnostics::{Code, Diagnostic, Location};
use crate::base::error::Result;
use crate::base::tabular::Table;
use crate::base::text::count;
use crate::campaign::{OpenObservatory, day_or_today};
use crate::decide::completeness::{Completeness, follow_up};
use crate::decide::plans::Plans;
use crate::figures::{HeldLevels, Indicators, Level};
use crate::vocabulary::config::{Campaign, ExperimentSettings, Observatory};
use crate::vocabulary::referentiel::{Element, LocalSentence, Referentiel, SourceCode};

/// What to check.
pub(crate) struct CheckRequest {
    /// Campaign; the latest otherwise.
    pub campaign: Option<String>,
    /// Day that decides what is late, AAAA-MM-JJ; today otherwise.
    pub date: Option<String>,
}

/// What was checked.
pub(crate) struct CheckOutcome {
    /// Campaign.
    pub campaign: String,
    /// Its label.
    pub label: String,
    /// What its référentiel holds.
    pub vocabulary: VocabularyCounts,
    /// What the registry holds.
    pub registry: RegistrySummary,
    /// What experiments expect, and whether it is measured.
    pub experiments: Vec<ExperimentSummary>,
    /// Its figures: axes, critères, impératifs.
    pub indicators: Indicators,
    /// Who returned what.
    pub followed: Completeness,
    /// Sources that an audience will not see of some structures.
    pub withheld: Vec<Withheld>,
    /// What the store still holds of persons.
    pub personal: Vec<PersonalLine>,
    /// What was noticed.
    pub diagnostics: Vec<Diagnostic>,
}

/// What a référentiel holds.
pub(crate) struct VocabularyCounts {
    /// Version.
    pub version: String,
    /// Axes.
    pub axes: usize,
    /// Critères.
    pub criteres: usize,
    /// Critères that are impératifs.
    pub imperatifs: usize,
    /// Éléments.
    pub elements: usize,
    /// Éléments of each source, in order.
    pub by_source: Vec<SourceCount>,
    /// What of it is the territory's own.
    pub local: LocalCounts,
}

/// What the territory's own layer changes in a campaign.
#[derive(Default, PartialEq, Eq)]
pub(crate) struct LocalCounts {
    /// Targets set, of critères and axes.
    pub targets: usize,
    /// Critères put aside.
    pub put_aside: usize,
    /// Éléments said otherwise.
    pub reworded: usize,
    /// Éléments added.
    pub added: usize,
}

/// Éléments of a source.
pub(crate) struct SourceCount {
    /// Source.
    pub source: SourceCode,
    /// How many.
    pub elements: usize,
}

/// What the registry holds, and the regulation that goes with it.
pub(crate) struct RegistrySummary {
    /// Structures.
    pub structures: usize,
    /// Columns that nothing uses.
    pub ignored: Vec<String>,
    /// Version of the regulatory parameters.
    pub regulation: String,
    /// Day from which they hold, ISO.
    pub in_force: String,
}

/// A source that an audience will not see of some structures: too few answers.
pub(crate) struct Withheld {
    /// Word of the audience.
    pub audience: Audience,
    /// Source.
    pub source: SourceCode,
    /// Codes of the structures.
    pub structures: Vec<String>,
}

/// Figures that say what is left to do.
const LOOKED_AT: HeldLevels = HeldLevels::of(&[Level::Axe, Level::Critere, Level::Imperatif]);

/// Checks a campaign.
///
/// # Errors
///
/// An unknown campaign, a day that is none; a store that cannot be read.
pub(crate) fn check(opened: &OpenObservatory, request: &CheckRequest) -> Result<CheckOutcome> {
    let observatory = &opened.observatory;
    let campaign = observatory.campaign(request.campaign.as_deref())?;
    let day = day_or_today(request.date.as_deref())?;
    let checked = opened.indicators_of(campaign, LOOKED_AT)?;
    let personal = personal_check(opened, day)?;
    let mut diagnostics = checked.diagnostics;
    diagnostics.extend(personal.diagnostics);
    diagnostics.extend(reference_remarks(opened, campaign)?);
    diagnostics.extend(written_elsewhere(&opened.plans));
    // An experiment is read between a campaign and the one before: what it expects is to be measured in both.
    let mut read: Vec<&Campaign> = opened.before(campaign).pop().into_iter().collect();
    read.push(campaign);
    let expected = expected_check(opened, None, &read);
    diagnostics.extend(expected.iter().flat_map(ExpectedCheck::remarks));
    let scope = opened.scope(campaign);
    let followed = follow_up(&checked.value, &scope, &observatory.settings, day);
    Ok(CheckOutcome {
        campaign: campaign.id.clone(),
        label: campaign.label.clone(),
        vocabulary: VocabularyCounts::of(scope.referentiel),
        registry: RegistrySummary::of(observatory),
        experiments: (expected.iter())
            .map(|check| ExperimentSummary::of(check, &read))
            .collect(),
        withheld: withheld(&followed),
        indicators: checked.value,
        followed,
        personal: personal.lines,
        diagnostics,
    })
}

/// How much of what an experiment expects is measured, in the campaigns that it is read between.
pub(crate) struct ExperimentSummary {
    /// Code.
    pub code: String,
    /// Name.
    pub intitule: String,
    /// Codes of the pilots.
    pub pilots: Vec<String>,
    /// How many critères are expected.
    pub expected: usize,
    /// What of them is not measured somewhere: pilots × critères × campaigns.
    pub unmeasured: usize,
    /// Campaigns looked at.
    pub campaigns: Vec<String>,
}

impl ExperimentSummary {
    fn of(check: &ExpectedCheck, campaigns: &[&Campaign]) -> Self {
        let ExperimentSettings {
            code,
            intitule,
            pilotes,
            attendus,
        } = check.experiment.clone();
        Self {
            code,
            intitule,
            pilots: pilotes,
            expected: attendus.len(),
            unmeasured: check.unmeasured.len(),
            campaigns: campaigns.iter().map(|c| c.id.clone()).collect(),
        }
    }
}

/// Recommendations that plans keep in another document than a projet: O3 and I20 leave them out.
fn written_elsewhere(plans: &Plans) -> Option<Diagnostic> {
    let actions = plans.actions.iter().filter(|a| a.is_written_elsewhere());
    let ids: Vec<&str> = actions.map(|a| a.id.as_str()).collect();
    let message = format!(
        "{} dans les plans sans être comptée{} (O3, I20), le document n’étant ni un projet pédagogique, ni un projet de fonctionnement : {}.",
        count(
            ids.len(),
            "recommandation gardée",
            "recommandations gardées"
        ),
        if ids.len() > 1 { "s" } else { "" },
        ids.join(", ")
    );
    (!ids.is_empty()).then(|| Diagnostic::new(Code::IntegratedElsewhere, Location::none(), message))
}

impl CheckOutcome {
    /// The sheets of the follow-up.
    pub(crate) fn sheets(&self) -> [Table; 2] {
        [self.followed.table(), self.followed.axes_table()]
    }
}

/// Éléments of the critères that apply on the territory.
fn asked(r: &Referentiel) -> impl Iterator<Item = &Element> {
    let all = r.elements.iter();
    all.filter(|e| r.criteres[e.critere].put_aside.is_none())
}

impl VocabularyCounts {
    fn of(r: &Referentiel) -> Self {
        let by_source = SourceCode::ALL.into_iter().map(|source| SourceCount {
            source,
            elements: asked(r).filter(|e| e.source == source).count(),
        });
        Self {
            version: r.version.clone(),
            axes: r.axes.len(),
            criteres: r.in_use(),
            imperatifs: r.criteres.iter().filter(|c| c.imperatif).count(),
            elements: asked(r).count(),
            by_source: by_source.collect(),
            local: local_counts(r),
        }
    }
}

fn local_counts(r: &Referentiel) -> LocalCounts {
    let axes = r.axes.iter().filter(|a| a.local_target.is_some());
    let criteres = r.criteres.iter().filter(|c| c.local_target.is_some());
    let own = r.elements.iter().filter_map(|e| e.local.as_ref());
    let added = own.clone().filter(|l| **l == LocalSentence::Added).count();
    LocalCounts {
        targets: axes.count() + criteres.count(),
        put_aside: r.criteres.len() - r.in_use(),
        reworded: own.count() - added,
        added,
    }
}

impl RegistrySummary {
    fn of(observatory: &Observatory) -> Self {
        let (registry, regulation) = (&observatory.registry, &observatory.regulation);
        Self {
            structures: registry.all().len(),
            ignored: registry.ignored().to_vec(),
            regulation: regulation.version.clone(),
            in_force: regulation.en_vigueur.clone(),
        }
    }
}

/// By audience, then by source.
fn withheld(followed: &Completeness) -> Vec<Withheld> {
    let mut withheld = Vec::new();
    for audience in [Audience::Equipe, Audience::Elus] {
        let mut by_source: BTreeMap<SourceCode, Vec<String>> = BTreeMap::new();
        for given in &followed.returns {
            if given.hidden_from.contains(&audience) {
                let structures = by_source.entry(given.source).or_default();
                structures.push(given.structure.clone());
            }
        }
        withheld.extend(by_source.into_iter().map(|(source, structures)| Withheld {
            audience,
            source,
            structures,
        }));
    }
    withheld
}
