//! What was signed: the convention, its avenants, échéances, axes, fiches, indicators and experiments.

use super::calculation_kind::CalculationKind;
use super::convention_words::{
    ClosedWord, DeadlineKind, FicheState, FunctionNature, IndicatorNature, PartnerKind, Rhythm,
    SuiviDocument, TempsKind,
};
use super::same_code::same_code;
use super::territory::{AccessMeasure, AccessTime};
pub use super::versions::CONVENTION_FILE;
use crate::base::day::Day;

/// The convention of a territory.
#[derive(Debug, Clone, PartialEq)]
pub struct Convention {
    /// « Convention territoriale globale 2022-2026 ».
    pub title: String,
    /// Who signed.
    pub signatories: Vec<String>,
    /// First day.
    pub from: Day,
    /// Last day.
    pub to: Day,
    /// Whether bilans also go to the comité départemental des services aux familles.
    pub early_childhood_scheme: bool,
    /// In order of number.
    pub amendments: Vec<Amendment>,
    /// In order of day.
    pub deadlines: Vec<ConventionDeadline>,
    /// Axes, as signed.
    pub axes: Vec<ConventionAxis>,
    /// Fiches, those that were abrogated too.
    pub fiches: Vec<SignedFiche>,
    /// Indicators, in the order of the file.
    pub indicators: Vec<DeclaredIndicator>,
    /// Experiments.
    pub experiments: Vec<TriedExperiment>,
}

/// What the model writes where only the territory knows.
pub(crate) const UNNAMED: &str = "à nommer";

impl Convention {
    /// Words of the model that nobody has written over: what a document would say that no one signed.
    pub(crate) fn left_of_model(&self) -> Vec<&str> {
        let subjects = self.amendments.iter().map(|a| &a.subject);
        let texts = std::iter::once(&self.title)
            .chain(&self.signatories)
            .chain(subjects)
            .chain(self.fiches.iter().map(|f| &f.title))
            .chain(self.experiments.iter().map(|e| &e.title));
        let left = texts.filter(|text| text.contains(UNNAMED));
        left.map(String::as_str).collect()
    }
}

/// An avenant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Amendment {
    /// Its number.
    pub number: u32,
    /// Day that it was signed.
    pub date: Day,
    /// What it changes.
    pub subject: String,
}

/// What is due, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConventionDeadline {
    /// What.
    pub kind: DeadlineKind,
    /// When.
    pub date: Day,
}

/// An axe of the convention.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConventionAxis {
    /// `A1`.
    pub code: String,
    /// What it says.
    pub label: String,
}

/// A fiche action.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedFiche {
    /// `OBSERVATOIRE`.
    pub code: String,
    /// Code of its axe; empty when it has none.
    pub axis: String,
    /// What it says.
    pub title: String,
    /// Active, modified, added, abrogated.
    pub state: FicheState,
    /// Number of the avenant that made it so.
    pub amendment: Option<u32>,
    /// Critères of the référentiel that measure it, `PRO-*` for those of an axe.
    pub criteres: Vec<String>,
    /// petite_enfance, enfance, jeunesse…
    pub field: String,
    /// What it sets out to do.
    pub objectives: Vec<String>,
    /// What is expected of it.
    pub expected: Vec<String>,
    /// Who carries it: services, never persons.
    pub leads: Vec<String>,
}

impl SignedFiche {
    /// Whether an avenant put an end to it.
    pub fn is_abrogated(&self) -> bool {
        self.state == FicheState::Abrogated
    }

    /// « abrogée par l’avenant n° 2 »; the state alone where no avenant is named.
    pub fn state_words(&self) -> String {
        let state = self.state.label();
        match self.amendment {
            Some(number) if self.state != FicheState::Active => {
                format!("{state} par l’avenant n°\u{a0}{number}")
            }
            _ => state.to_owned(),
        }
    }
}

/// Which way an indicator should go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sense {
    /// More is better.
    Up,
    /// Less is better.
    Down,
    /// Neither: it is only told.
    None,
}

impl ClosedWord for Sense {
    const ALL: &'static [Self] = &[Self::Up, Self::Down, Self::None];

    fn key(self) -> &'static str {
        match self {
            Self::Up => "haut",
            Self::Down => "bas",
            Self::None => "aucun",
        }
    }

    fn label(self) -> &'static str {
        match self {
            Self::Up => "plus, c’est mieux",
            Self::Down => "moins, c’est mieux",
            Self::None => "ni l’un ni l’autre : il est seulement suivi",
        }
    }
}

/// The value from which one starts.
#[derive(Debug, Clone, PartialEq)]
pub struct StartingValue {
    /// Value, in the unit of the indicator (a share 0..1 for %).
    pub value: f64,
    /// Day that it holds of.
    pub date: Option<Day>,
    /// Where it comes from.
    pub source: String,
}

/// An indicator of the convention.
#[derive(Debug, Clone, PartialEq)]
pub struct DeclaredIndicator {
    /// `G07`.
    pub code: String,
    /// Code of its fiche; empty for the whole convention.
    pub fiche: String,
    /// What it measures.
    pub label: String,
    /// What it tells of.
    pub nature: IndicatorNature,
    /// How it is computed.
    pub kind: CalculationKind,
    /// « % », « n », « € ».
    pub unit: String,
    /// Over what.
    pub rhythm: Rhythm,
    /// What is aimed at.
    pub target: Option<f64>,
    /// Which way is better.
    pub sense: Sense,
    /// From where one starts.
    pub start: Option<StartingValue>,
    /// What its calculation reads.
    pub parameters: CalculationParameters,
}

impl DeclaredIndicator {
    /// Whether its value is a share, printed in percents.
    pub fn is_share(&self) -> bool {
        self.unit == "%"
    }
}

/// What calculations read; each kind its own.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CalculationParameters {
    /// Meetings of these kinds alone; all when empty.
    pub types: Vec<TempsKind>,
    /// Meetings on this theme alone.
    pub theme: String,
    /// Meetings, practices of this experiment alone.
    pub experiment: String,
    /// Meetings led by functions of this nature alone.
    pub led_by: Option<FunctionNature>,
    /// Of these fiches alone; all when empty.
    pub fiches: Vec<String>,
    /// Organisations of these kinds alone; all when empty.
    pub organisations: Vec<PartnerKind>,
    /// Functions of this nature.
    pub nature: Option<FunctionNature>,
    /// Documents of these kinds.
    pub documents: Vec<SuiviDocument>,
    /// Days left to send a compte rendu.
    pub delay_days: Option<u16>,
    /// Whether pilots are left out.
    pub without_pilots: bool,
    /// Services, as attendance sheets name them.
    pub services: Vec<String>,
    /// Code of a figure of the observatory.
    pub figure: String,
    /// Code of a questionnaire.
    pub survey: String,
    /// Code or sentence of one of its items; all of them when empty.
    pub item: String,
    /// A series of `data/contexte.csv`.
    pub series: String,
    /// A measure of the territory.
    pub measure: Option<AccessMeasure>,
    /// At this time of a child's week alone.
    pub time: Option<AccessTime>,
    /// Kilometres under which an accueil is near.
    pub distance_km: Option<f64>,
    /// Of this axe alone.
    pub axe: String,
}

/// An experiment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TriedExperiment {
    /// `EXP1`.
    pub code: String,
    /// Code of its fiche.
    pub fiche: String,
    /// What it is called.
    pub title: String,
    /// Codes of the accueils that carry it.
    pub pilots: Vec<String>,
    /// First day.
    pub from: Day,
    /// Last day.
    pub to: Day,
    /// Day that what is expected was written.
    pub fixed_on: Option<Day>,
    /// Critères that are expected to move.
    pub expected: Vec<String>,
    /// Steps.
    pub steps: Vec<String>,
}

impl Convention {
    /// A fiche by its code.
    pub fn fiche(&self, code: &str) -> Option<&SignedFiche> {
        self.fiches.iter().find(|f| same_code(&f.code, code))
    }

    /// An indicator by its code.
    pub fn indicator(&self, code: &str) -> Option<&DeclaredIndicator> {
        self.indicators.iter().find(|i| same_code(&i.code, code))
    }

    /// An experiment by its code.
    pub fn experiment(&self, code: &str) -> Option<&TriedExperiment> {
        self.experiments.iter().find(|e| same_code(&e.code, code))
    }
}
