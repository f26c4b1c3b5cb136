//! The checked référentiel. Positions (`usize`) replace codes inside: the loader has proved that
//! they exist.

use std::collections::HashMap;
use std::sync::Arc;

use super::action_kind::ActionKind;
use super::ids::{SourceCode, StructureType, TypeSet};
use super::local_marks::{LocalSentence, LocalTarget, PutAside};
use super::moment::MomentSet;
use super::origin::{AgeBand, ElementOrigin, Filter, Purpose};
use super::side_tables::{CharterAxe, VisitPiece};
use crate::base::text::{SharedText, fold, whole};

/// Micro-levels in one level: ratings are whole numbers of these, so sums are exact.
pub const MICRO: i64 = 1_000_000;

/// Parameters of the rules of calculation, all named in the file, all defaulted.
#[derive(Debug, Clone, PartialEq)]
pub struct Rules {
    /// Least weighted share of an instrument's éléments for a source score (0.5).
    pub couverture_critere: f64,
    /// Least number of scored éléments for a source score, or all if fewer (2).
    pub elements_min: usize,
    /// Least weighted share of critères for an axe (2/3).
    pub couverture_axe: f64,
    /// Under this coverage a figure is marked fragile (0.75).
    pub couverture_fragile: f64,
    /// Under this number of respondents a questionnaire never enters a critère (5).
    pub effectif_min: usize,
    /// Under this number of respondents the critère is marked fragile (10).
    pub effectif_fragile: usize,
    /// Minimal important change, in levels (0.3).
    pub mic: f64,
    /// Smallest change of a favourable share that counts, 0..1.
    pub mic_part: f64,
    /// How far repeated measures of one thing are held to differ, until they are made.
    pub declared: DeclaredSpread,
    /// Whether the self-assessment stands in for a missing observation, marked provisional.
    pub auto_remplace_obs: bool,
    /// Whether an overall mark is computed (never by default).
    pub note_globale: bool,
}

impl Rules {
    /// The smallest change that counts, in levels or in share.
    pub(crate) fn least(&self, is_share: bool) -> f64 {
        if is_share { self.mic_part } else { self.mic }
    }
}

/// Standard deviations, in levels, of what one thing is rated from one time to another: declared in the
/// référentiel, and replaced little by little by what a campaign measures.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DeclaredSpread {
    /// One élément from a visit to another, the day apart (0.6).
    pub element: f64,
    /// All the éléments of a visit together, from a day to another (0.2).
    pub day: f64,
    /// One mark of an interview from a person to another (0.4).
    pub mark: f64,
    /// One respondent's level around those of the same accueil (0.9).
    pub answer: f64,
}

impl Default for DeclaredSpread {
    fn default() -> Self {
        Self {
            element: 0.6,
            day: 0.2,
            mark: 0.4,
            answer: 0.9,
        }
    }
}

/// One modality of a scale.
#[derive(Debug, Clone, PartialEq)]
pub struct Modality {
    /// What is written in a grid: `3`.
    pub code: String,
    /// What a person reads: « Installé ».
    pub label: String,
    /// Other spellings that tools export: `AO03`.
    pub alias: Vec<String>,
    /// Level in micro-levels; none on a scale that is never converted.
    pub micro: Option<i64>,
}

/// How a question to children draws its answers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum AnswerDrawing {
    /// Faces: for what one feels.
    #[default]
    Visages,
    /// Circles, empty to full: for how often.
    Cercles,
    /// Words alone.
    Mots,
}

/// An ordered set of modalities, lowest first.
#[derive(Debug, Clone, PartialEq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a word that the file may hold"
)]
pub struct Scale {
    /// Name used by éléments.
    pub code: String,
    /// Whether answers become levels; children's faces never do.
    pub converted: bool,
    /// Whether « non concerné » may be answered.
    pub nc: bool,
    /// Whether « non observé » may be answered.
    pub no: bool,
    /// Whether « ne sait pas » may be answered.
    pub nsp: bool,
    /// What « non observé » is called there: « non vérifié ».
    pub no_label: Option<String>,
    /// How answers are drawn to children.
    pub drawing: AnswerDrawing,
    /// Lowest first; empty for measures.
    pub modalities: Vec<Modality>,
}

impl Scale {
    /// The modality that is worth, from the top, what a text is worth from the bottom; none when the text
    /// is no modality.
    pub fn opposite(&self, raw: &str) -> Option<&str> {
        let position = self.find(raw)?;
        let other = self.modalities.iter().rev().nth(position)?;
        Some(other.code.as_str())
    }

    /// Position of the modality that a cell names by code, label or alias, whatever the case and
    /// accents; none when the cell says something else.
    pub fn find(&self, raw: &str) -> Option<usize> {
        // Nearly every cell holds the code itself: no need to fold anything.
        if let Some(same) = self.modalities.iter().position(|m| m.code == raw) {
            return Some(same);
        }
        let written = whole(raw.trim());
        let wanted = fold(written);
        // « 3- », « –1 » and « _3 » are no 3: folding must not take a sign away. The apostrophe is that by
        // which spreadsheets mark text.
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        if digits(&wanted) && !digits(written.trim_start_matches(['\'', '’'])) {
            return None;
        }
        self.modalities.iter().position(|m| {
            fold(&m.code) == wanted
                || fold(&m.label) == wanted
                || m.alias.iter().any(|a| fold(a) == wanted)
        })
    }

    /// How many of the highest modalities are favourable: the highest of 3, else the two highest.
    pub fn favourable(&self) -> usize {
        favourable_modalities(self.modalities.len())
    }
}

/// How many of so many modalities are favourable, from the highest.
pub(crate) fn favourable_modalities(modalities: usize) -> usize {
    if modalities <= 3 { 1 } else { 2 }
}

/// How a DON élément turns a measure into a level.
#[derive(Debug, Clone, PartialEq)]
pub struct DonMeasure {
    /// `I04`, a column of `denominateurs`, or the ratio of two columns `a/b`.
    pub measure: String,
    /// Three thresholds; level = 1 + number reached.
    pub thresholds: [f64; 3],
    /// Lower is better: a threshold is reached at or under it.
    pub low_is_good: bool,
}

impl DonMeasure {
    /// Level 1 to 4 of a measure; thresholds compared with a tolerance of 1e-9.
    pub fn level(&self, value: f64) -> i64 {
        let reached = |t: &&f64| {
            if self.low_is_good {
                value <= **t + 1e-9
            } else {
                value >= **t - 1e-9
            }
        };
        1 + self.thresholds.iter().filter(reached).count() as i64
    }
}

/// What a human answers: one sentence of one source.
#[derive(Debug, Clone, PartialEq)]
pub struct Element {
    /// `REL-2-OBS-3`.
    pub code: String,
    /// The sentence.
    pub label: SharedText,
    /// The sentence folded, without its final punctuation: what headings are compared with.
    pub words: String,
    /// Who answers.
    pub source: SourceCode,
    /// Position of its critère.
    pub critere: usize,
    /// Position of its scale.
    pub scale: usize,
    /// Whether agreeing is unfavourable; the level is then 5 − level.
    pub negative: bool,
    /// Weight inside the source score.
    pub weight: f64,
    /// Where it applies, the critère's own restriction included.
    pub types: TypeSet,
    /// DON only.
    pub don: Option<DonMeasure>,
    /// Where it comes from.
    pub origin: ElementOrigin,
    /// Whether its critère impératif depends on it: what the law asks for, and facts of violence, of OBS, DIR and DON.
    pub must: bool,
    /// OBS: when it can be seen.
    pub moments: MomentSet,
    /// What each level looks like, the lowest first, where frequency does not fit.
    pub anchors: Option<[String; 4]>,
    /// ENF: whom it is for; none for all.
    pub ages: Option<AgeBand>,
    /// OBS: whether it is answered by a count of children and adults, which the program reads against the ratio.
    pub headcount: bool,
    /// FAM: position of the question that says whether it concerns who answers.
    pub filter: Option<usize>,
    /// Whether the territory wrote its sentence.
    pub local: Option<LocalSentence>,
}

/// What is judged: one or several éléments per source.
#[derive(Debug, Clone, PartialEq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a word that the file may hold"
)]
pub struct Critere {
    /// `REL-2`.
    pub code: String,
    /// What a person reads.
    pub label: SharedText,
    /// Position of its axe.
    pub axe: usize,
    /// Whether all must be met.
    pub imperatif: bool,
    /// Target, in levels.
    pub cible: f64,
    /// Weight inside the axe.
    pub weight: f64,
    /// What levels 1 to 4 look like.
    pub descripteurs: [String; 4],
    /// Where it applies.
    pub types: TypeSet,
    /// Weight of each source, in the order of [`SourceCode::ALL`].
    pub source_weights: [f64; 8],
    /// Positions of the CTG actions it serves.
    pub fiches: Vec<usize>,
    /// What usually mends it, when the file says so.
    pub action: Option<ActionKind>,
    /// Whether it protects the child: its actions come before all others.
    pub protection: bool,
    /// Whether a low level on it is treated outside the observatory, by the organiser and the
    /// State (violence, reporting), and printed nowhere.
    pub hors_observatoire: bool,
    /// Whether the organiser decides it, and no team: one value for the territory, in no axe of a site.
    pub organiser: bool,
    /// Three first steps, each within the month.
    pub first_steps: Vec<String>,
    /// Who can help.
    pub help: String,
    /// Which proof counts.
    pub proofs: String,
    /// Positions of its éléments.
    pub elements: Vec<usize>,
    /// Canonical hash of what makes its figure; two campaigns compare only if equal.
    pub hash: String,
    /// Its target, when the territory set it.
    pub local_target: Option<LocalTarget>,
    /// Why it does not apply here; it is then of no type of accueil.
    pub put_aside: Option<PutAside>,
}

impl Critere {
    /// Whether a territory may say that it does not apply: never what must be met, nor what protects a child.
    pub(crate) fn may_be_put_aside(&self) -> bool {
        !(self.imperatif || self.protection || self.hors_observatoire)
    }
}

/// A theme: several critères.
#[derive(Debug, Clone, PartialEq)]
pub struct Axe {
    /// `REL`.
    pub code: String,
    /// What a person reads.
    pub label: SharedText,
    /// Colour-independent marker.
    pub marque: String,
    /// Target, in levels.
    pub cible: f64,
    /// Its target, when the territory set it.
    pub local_target: Option<LocalTarget>,
    /// Positions of its critères.
    pub criteres: Vec<usize>,
}

/// An action of the convention territoriale globale (CTG), which critères serve.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fiche {
    /// `F1`.
    pub code: String,
    /// What a person reads.
    pub label: String,
}

/// The whole vocabulary of a campaign.
#[derive(Debug, Clone, PartialEq)]
pub struct Referentiel {
    /// `v1`.
    pub version: String,
    /// Title printed on forms and reports.
    pub titre: String,
    /// What it is for.
    pub purpose: Purpose,
    /// Questions that say whom others are for.
    pub filters: Vec<Filter>,
    /// Parameters of the rules.
    pub rules: Rules,
    /// Scales.
    pub scales: Vec<Scale>,
    /// CTG actions in order.
    pub fiches: Vec<Fiche>,
    /// Documents to have ready for a visit, in order.
    pub pieces: Vec<VisitPiece>,
    /// Axes of the charte qualité Plan mercredi, in order.
    pub charter: Vec<CharterAxe>,
    /// Axes in order.
    pub axes: Vec<Axe>,
    /// Critères in order of the file.
    pub criteres: Vec<Critere>,
    /// Éléments in order of the file.
    pub elements: Vec<Element>,
    /// SHA-256 of the file.
    pub hash: String,
    /// The file as read: stores keep it with what was read by it.
    pub text: Arc<str>,
    /// Lines that forms bear at their head: written once, looked for in each that comes back.
    pub form_heads: Vec<String>,
    pub(super) element_index: HashMap<String, usize>,
    pub(super) critere_index: HashMap<String, usize>,
}

impl Referentiel {
    /// Position of an élément by its code, `REL-2-OBS-3` or, for tools that refuse hyphens,
    /// `REL2OBS3`; case does not matter.
    pub fn element(&self, code: &str) -> Option<usize> {
        self.element_index.get(&compact(code)).copied()
    }

    /// Position of a critère by its code, with or without hyphens.
    pub fn critere(&self, code: &str) -> Option<usize> {
        self.critere_index.get(&compact(code)).copied()
    }

    /// Éléments of one source that apply to a type of accueil, in order: the instrument.
    pub fn instrument(
        &self,
        source: SourceCode,
        kind: StructureType,
    ) -> impl Iterator<Item = (usize, &Element)> {
        self.elements
            .iter()
            .enumerate()
            .filter(move |(_, e)| e.source == source && e.types.contains(kind))
    }

    /// Éléments of a critère for one source and one type of accueil, in order.
    pub fn elements_of(
        &self,
        critere: usize,
        source: SourceCode,
        kind: StructureType,
    ) -> impl Iterator<Item = usize> {
        self.criteres[critere]
            .elements
            .iter()
            .copied()
            .filter(move |&e| {
                self.elements[e].source == source && self.elements[e].types.contains(kind)
            })
    }

    /// Éléments that a document shows, of those asked of one of these types of accueil; none where it is not asked for.
    pub fn shown_by<'r>(
        &'r self,
        piece: &'r VisitPiece,
        kinds: &'r [StructureType],
    ) -> impl Iterator<Item = &'r Element> {
        let elements = piece.elements.iter().map(|e| &self.elements[*e]);
        elements.filter(|e| kinds.iter().any(|kind| e.types.contains(*kind)))
    }

    /// How many critères apply on the territory.
    pub(crate) fn in_use(&self) -> usize {
        let used = self.criteres.iter().filter(|c| c.put_aside.is_none());
        used.count()
    }

    /// Whether a critère applies to a type of accueil: it is in scope and something is asked.
    pub fn applies(&self, critere: usize, kind: StructureType) -> bool {
        let critere = &self.criteres[critere];
        critere.types.contains(kind)
            && critere
                .elements
                .iter()
                .any(|&e| self.elements[e].types.contains(kind))
    }
}

/// A code without hyphens, upper case: the form that every tool accepts.
pub(super) fn compact(code: &str) -> String {
    code.chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|c| c.to_ascii_uppercase())
        .collect()
}
