//! What every report is written in: vocabulary, campaigns, structures, the map.

use std::collections::BTreeMap;

use super::report_state::ReportState;
use crate::base::day::Day;
use crate::vocabulary::config::{Campaign, Rings, Structure};
use crate::vocabulary::referentiel::regulation::Regulation;
use crate::vocabulary::referentiel::{Referentiel, StructureType};

/// The campaigns that a report names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CampaignLabels<'a> {
    /// The campaign reported.
    pub current: &'a str,
    /// The one before, if any.
    pub previous: Option<&'a str>,
}

/// The campaigns that a report names, as they are said: « automne 2026 ».
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CalledCampaigns {
    /// The campaign reported.
    pub current: String,
    /// The one before, if any.
    pub previous: Option<String>,
    /// When that was: « au printemps 2026 ».
    pub before: Option<String>,
}

/// What every report needs besides its figures.
pub struct ReportContext<'a> {
    /// Day of the edition.
    pub day: Day,
    /// The campaign, and what it asks about.
    pub campaign: &'a Campaign,
    /// Vocabulary of the campaign.
    pub referentiel: &'a Referentiel,
    /// Regulatory parameters.
    pub law: &'a Regulation,
    /// The campaigns, by their codes: what keys are made of.
    pub campaigns: CampaignLabels<'a>,
    /// The same as they are said.
    pub called: CalledCampaigns,
    /// Structures by code.
    pub structures: BTreeMap<&'a str, &'a Structure>,
    /// Outlines of the communes, for the map.
    pub outlines: Rings,
    /// Where the report of each accueil stands, by its code.
    pub states: BTreeMap<String, ReportState>,
}

/// Keys by which « expliquer » tells where figures come from: `C2/R01/REL-2`.
#[derive(Debug, Clone, Copy)]
pub(super) struct FigureKeys<'a> {
    campaign: &'a str,
    place: &'a str,
}

impl FigureKeys<'_> {
    /// The key of the same figure at another campaign.
    pub(super) fn at(self, campaign: &str, code: &str) -> String {
        format!("{campaign}/{}/{code}", self.place)
    }

    /// The key of a figure.
    pub(super) fn of(self, code: &str) -> String {
        format!("{}/{}/{code}", self.campaign, self.place)
    }
}

impl<'a> ReportContext<'a> {
    /// Keys of the figures of an accueil, or of `secteur:NOM`.
    pub(super) fn keys<'k>(&self, place: &'k str) -> FigureKeys<'k>
    where
        'a: 'k,
    {
        FigureKeys {
            campaign: self.campaigns.current,
            place,
        }
    }

    /// Keys of the figures of the territory.
    pub(super) fn territory(&self) -> FigureKeys<'a> {
        FigureKeys {
            campaign: self.campaigns.current,
            place: "territoire",
        }
    }
}

impl ReportContext<'_> {
    /// « R01 ALSH Les Colombages ».
    pub(super) fn site(&self, code: &str) -> String {
        match self.structures.get(code) {
            Some(s) => format!("{code} {}", s.nom),
            None => code.to_owned(),
        }
    }

    /// Whether an accueil is not declared, and so out of the law of accueils de mineurs.
    pub(super) fn is_undeclared(&self, code: &str) -> bool {
        let structure = self.structures.get(code);
        structure.is_some_and(|s| s.kind == StructureType::NonDeclaree)
    }

    /// « ALSH Les Colombages ».
    pub(super) fn name(&self, code: &str) -> String {
        self.structures
            .get(code)
            .map_or_else(|| code.to_owned(), |s| s.nom.clone())
    }

    /// Where the figures of a chart come from.
    pub(super) fn source(&self) -> String {
        format!(
            "observations, entretiens, questionnaires et données d’activité, {}",
            self.called.current
        )
    }

    /// Whether the organiser decides a critère, and no team.
    pub(super) fn is_organisers(&self, critere: &str) -> bool {
        let r = self.referentiel;
        r.critere(critere).is_some_and(|c| r.criteres[c].organiser)
    }

    /// « REL-2 Écoute, ton et disponibilité des adultes ».
    pub(super) fn critere(&self, code: &str) -> String {
        match self.referentiel.critere(code) {
            Some(c) => format!("{code} {}", self.referentiel.criteres[c].label),
            None => code.to_owned(),
        }
    }
}
