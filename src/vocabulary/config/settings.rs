//! `observatoire.toml`: territory, campaigns and their scope, experiments, thresholds, retention.

use crate::base::day::Day;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::experiments::ExperimentSettings;
use super::protection::ProtectionNumbers;
use super::retention::{DEFAULT_MONTHS, Retention};
use super::thresholds::{self, AudienceThresholds, RawThresholds};
use crate::base::diagnostics::{Code, Diagnostic, Location};
use crate::base::error::{Error, Result};
use crate::base::text::suggest;
use crate::base::toml_error::toml_message;
use crate::vocabulary::referentiel::{Referentiel, SourceCode};

/// Name of the file that marks an observatory folder.
pub const SETTINGS_FILE: &str = "observatoire.toml";

/// Who runs the observatory.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Territory {
    /// Name of the collectivité, on every report.
    pub nom: String,
    /// Whether every page says « DONNÉES FICTIVES ».
    #[serde(default)]
    pub donnees_fictives: bool,
    /// SIREN of the EPCI; empty when the territory is none, or not said.
    #[serde(default)]
    pub epci: String,
    /// Its communes; none when they are not said.
    #[serde(default)]
    pub communes: Vec<TerritoryCommune>,
    /// Contact printed at the end of reports.
    #[serde(default)]
    pub contact: String,
    /// Logo of the collectivité, a file of the folder: png, jpg or svg.
    #[serde(default)]
    pub logo: String,
    /// Colour of accents, `#RRVVBB`.
    #[serde(default)]
    pub couleur: String,
}

impl Territory {
    fn check(&self, name: &str) -> Result<()> {
        let is_siren = |text: &str| text.len() == 9 && text.bytes().all(|b| b.is_ascii_digit());
        if !self.epci.is_empty() && !is_siren(&self.epci) {
            return Err(Error::Config(format!(
                "{name} : epci = « {} » n’est pas un SIREN (neuf chiffres). « observatoire territoire --epci NOM » l’écrit pour vous.",
                self.epci
            )));
        }
        for (i, commune) in self.communes.iter().enumerate() {
            let insee = &commune.insee;
            if insee.len() != 5 || !insee.bytes().all(|b| b.is_ascii_alphanumeric()) {
                return Err(Error::Config(format!(
                    "{name} : commune « {} » : « {insee} » n’est pas un code Insee (cinq caractères).",
                    commune.nom
                )));
            }
            if self.communes[..i].iter().any(|c| c.insee == *insee) {
                return Err(Error::Config(format!(
                    "{name} : la commune {insee} est décrite deux fois."
                )));
            }
        }
        Ok(())
    }
}

/// A commune of the territory.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TerritoryCommune {
    /// INSEE code.
    pub insee: String,
    /// Name.
    pub nom: String,
    /// Inhabitants, when they are known.
    #[serde(default)]
    pub population: Option<u32>,
}

/// A campaign: when, with which référentiel, and what is expected.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Campaign {
    /// `C1`.
    pub id: String,
    /// « État des lieux, printemps 2026 ».
    pub label: String,
    /// Indicative first day.
    pub debut: Day,
    /// Indicative last day.
    pub fin: Day,
    /// Version of the référentiel.
    pub referentiel: String,
    /// Scope: expected critères; empty means all.
    #[serde(default)]
    pub criteres: Vec<String>,
    /// Scope: expected sources; empty means all.
    #[serde(default)]
    pub sources: Vec<SourceCode>,
}

impl Campaign {
    /// Whether a critère is expected.
    pub fn expects_critere(&self, code: &str) -> bool {
        self.criteres.is_empty() || self.criteres.iter().any(|c| c == code)
    }

    /// Whether a source is expected.
    pub fn expects_source(&self, source: SourceCode) -> bool {
        self.sources.is_empty() || self.sources.contains(&source)
    }

    /// Middle of the campaign, in years.
    pub fn middle(&self) -> f64 {
        f64::midpoint(self.debut.years(), self.fin.years())
    }
}

/// What a new observer must reach against a master rating before going alone.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Training {
    /// Least share of éléments rated exactly like the master.
    pub exact: f64,
    /// Least share within one level.
    pub a_un_niveau: f64,
}

impl Default for Training {
    /// The usual 80 %, and 95 % within one level (`docs/domain.md` §8.3, `docs/statistics.md`
    /// §3.7).
    fn default() -> Self {
        Self {
            exact: 0.8,
            a_un_niveau: 0.95,
        }
    }
}

/// Deadlines that a plan proposes, in days after the day it is proposed. The first two are brought
/// forward to the eve of the next campaign, so that it can see the effect (`docs/domain.md` §6).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct PlanDelays {
    /// To meet an impératif.
    pub imperatif_jours: u16,
    /// For a critère surely below its target.
    pub haute_jours: u16,
    /// For a critère below its target within noise.
    pub moyenne_jours: u16,
}

impl Default for PlanDelays {
    /// Proposed at the end of a campaign of early July: back to school, autumn, the end of the year.
    fn default() -> Self {
        Self {
            imperatif_jours: 60,
            haute_jours: 120,
            moyenne_jours: 180,
        }
    }
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawSettings {
    territoire: Territory,
    campagnes: Vec<Campaign>,
    #[serde(default)]
    experimentations: Vec<ExperimentSettings>,
    #[serde(default)]
    publics: BTreeMap<String, RawThresholds>,
    #[serde(default)]
    formation: Training,
    #[serde(default)]
    plan: PlanDelays,
    #[serde(default)]
    protection: ProtectionNumbers,
    #[serde(default = "year")]
    conservation_mois: u32,
    #[serde(default)]
    conservation: BTreeMap<String, u32>,
}

fn year() -> u32 {
    DEFAULT_MONTHS
}

/// The whole file.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Who runs the observatory.
    pub territory: Territory,
    /// Campaigns in the order of the file.
    pub campaigns: Vec<Campaign>,
    /// Experiments, in the order of the file.
    pub experiments: Vec<ExperimentSettings>,
    /// Thresholds, defaults included.
    pub audiences: AudienceThresholds,
    /// Certification of observers.
    pub training: Training,
    /// Deadlines that improvement plans propose.
    pub plan: PlanDelays,
    /// Whom to call when a child is in danger.
    pub protection: ProtectionNumbers,
    /// How long answers are kept after a campaign.
    pub retention: Retention,
}

impl Settings {
    /// Reads and checks the file.
    pub fn parse(name: &str, text: &str) -> Result<Self> {
        let raw: RawSettings =
            toml::from_str(text).map_err(|e| Error::Config(toml_message(name, text, &e)))?;
        let audiences = thresholds::of_all(name, &raw.publics)?;
        let settings = Self {
            territory: raw.territoire,
            campaigns: raw.campagnes,
            experiments: raw.experimentations,
            audiences,
            training: raw.formation,
            plan: raw.plan,
            protection: raw.protection,
            retention: Retention::read(name, raw.conservation_mois, &raw.conservation)?,
        };
        settings.check(name)?;
        Ok(settings)
    }

    fn check(&self, name: &str) -> Result<()> {
        self.protection.check(name)?;
        self.territory.check(name)?;
        ExperimentSettings::check_all(name, &self.experiments)?;
        if self.campaigns.is_empty() {
            return Err(Error::Config(format!(
                "{name} : aucune campagne n’est décrite."
            )));
        }
        for (i, campaign) in self.campaigns.iter().enumerate() {
            let id = &campaign.id;
            let plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
            if id.is_empty() || !id.chars().all(plain) {
                return Err(Error::Config(format!(
                    "{name} : identifiant de campagne « {id} » : lettres, chiffres, - et _ seulement."
                )));
            }
            // Folders bear its name, and Windows takes « c1 » for « C1 ».
            let mut others = self.campaigns[..i].iter();
            if let Some(same) = others.find(|c| c.id.eq_ignore_ascii_case(id)) {
                return Err(Error::Config(format!(
                    "{name} : la campagne « {id} » est décrite deux fois{}.",
                    if same.id == *id {
                        String::new()
                    } else {
                        format!(" (« {} » est le même code)", same.id)
                    }
                )));
            }
            if campaign.debut > campaign.fin {
                return Err(Error::Config(format!(
                    "{name} : campagne « {id} » : la fin précède le début."
                )));
            }
        }
        Ok(())
    }

    /// Campaigns that have days in common, at the line of the second one.
    pub(super) fn overlaps(&self, text: &str) -> Vec<Diagnostic> {
        let heads = text.lines().enumerate();
        let heads = heads.filter(|(_, line)| line.trim_start().starts_with("[[campagnes]]"));
        let heads: Vec<usize> = heads.map(|(row, _)| row + 1).collect();
        let mut found = Vec::new();
        for (rank, one) in self.campaigns.iter().enumerate() {
            let before = self.campaigns[..rank].iter();
            for other in before.filter(|c| one.debut <= c.fin && c.debut <= one.fin) {
                let (first, last) = (one.debut.max(other.debut), one.fin.min(other.fin));
                let line = heads
                    .get(rank)
                    .map_or_else(String::new, |l| format!("ligne {l}, "));
                let message = format!(
                    "{line}les campagnes « {} » et « {} » ont en commun les jours du {} au {}.",
                    other.id,
                    one.id,
                    first.short(),
                    last.short()
                );
                let at = Location::file(SETTINGS_FILE);
                found.push(Diagnostic::new(Code::CampaignsOverlap, at, message));
            }
        }
        found
    }

    /// Every critère of a scope exists.
    pub(super) fn check_scope(campaign: &Campaign, referentiel: &Referentiel) -> Result<()> {
        let codes: Vec<&str> = referentiel
            .criteres
            .iter()
            .map(|c| c.code.as_str())
            .collect();
        for critere in &campaign.criteres {
            if !codes.contains(&critere.as_str()) {
                let near = suggest(critere, codes.iter().copied()).clause();
                return Err(Error::Config(format!(
                    "{} : campagne « {} » : le critère « {critere} » n’existe pas{near}.",
                    SETTINGS_FILE, campaign.id
                )));
            }
        }
        Ok(())
    }

    /// A campaign by its id, else the latest by date of start.
    pub fn campaign(&self, id: Option<&str>) -> Result<&Campaign> {
        let Some(id) = id else {
            return self
                .campaigns
                .iter()
                .max_by_key(|c| (c.debut, &c.id))
                .ok_or_else(|| Error::Config("aucune campagne n’est décrite.".to_owned()));
        };
        self.campaigns.iter().find(|c| c.id == id).ok_or_else(|| {
            let known: Vec<&str> = self.campaigns.iter().map(|c| c.id.as_str()).collect();
            Error::Usage(format!(
                "La campagne « {id} » n’est pas décrite dans {} ; campagnes connues : {}.",
                SETTINGS_FILE,
                known.join(", ")
            ))
        })
    }
}
