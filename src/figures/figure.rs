//! One figure and everything it must carry: n, coverage, status, marks.

use super::figure_level::Level;
use super::figure_slots::Slot;
use super::noise::Noise;
use crate::base::text::SharedText;
use crate::vocabulary::referentiel::SourceCode;

/// The one status of a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the words of the contract")]
pub enum FigureStatus {
    Ok,
    Provisoire,
    Nc,
    NonObserve,
    Absent,
    CouvertureInsuffisante,
    EffectifInsuffisant,
    NonPubliable,
    NonCalculable,
    Atteint,
    NonAtteint,
    NonEvalue,
    Conforme,
    Corrige,
    NonConforme,
}

impl FigureStatus {
    /// Every status, in the order of the contract.
    pub const ALL: [Self; 15] = [
        Self::Ok,
        Self::Provisoire,
        Self::Nc,
        Self::NonObserve,
        Self::Absent,
        Self::CouvertureInsuffisante,
        Self::EffectifInsuffisant,
        Self::NonPubliable,
        Self::NonCalculable,
        Self::Atteint,
        Self::NonAtteint,
        Self::NonEvalue,
        Self::Conforme,
        Self::Corrige,
        Self::NonConforme,
    ];

    /// Word of the contract.
    pub fn as_str(self) -> &'static str {
        [
            "ok",
            "provisoire",
            "nc",
            "non_observe",
            "absent",
            "couverture_insuffisante",
            "effectif_insuffisant",
            "non_publiable",
            "non_calculable",
            "atteint",
            "non_atteint",
            "non_evalue",
            "conforme",
            "corrige",
            "non_conforme",
        ][self as usize]
    }

    /// What a person reads.
    pub fn label(self) -> &'static str {
        [
            "établi",
            "provisoire",
            "non concerné",
            "non observé",
            "aucune réponse",
            "trop peu d’éléments notés",
            "trop peu de répondants",
            "non publiable",
            "non calculable",
            "atteint",
            "non atteint",
            "non évalué",
            "conforme",
            "corrigé depuis",
            "non conforme",
        ][self as usize]
    }
}

/// One row of `indicateurs`.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// Structure code.
    pub structure: SharedText,
    /// Kind of figure.
    pub level: Level,
    /// Code of the élément, critère, axe or activity indicator.
    pub code: SharedText,
    /// Source, for éléments and source scores.
    pub source: Option<SourceCode>,
    /// Level 1..4, share 0..1, or 1/0; none where the status forbids one.
    pub value: Option<f64>,
    /// Its one status.
    pub status: FigureStatus,
    /// Little data behind it.
    pub fragile: bool,
    /// The two readings of the mixed-age rule differ.
    pub limite: bool,
    /// A finding that it rests on was put right since.
    pub corrected: bool,
    /// What it rests on (`docs/contract.md` says what is counted at each level).
    pub n: usize,
    /// Out of how many.
    pub expected: usize,
    /// Weighted coverage 0..1, none where it has no meaning.
    pub coverage: Option<f64>,
    /// Target.
    pub target: Option<f64>,
    /// What its error is made of.
    pub noise: Noise,
    /// Its place among the figures of the structure.
    pub(super) slot: u32,
}

impl Figure {
    /// A figure without marks, coverage or target.
    pub(super) fn new(
        structure: &SharedText,
        level: Level,
        slot: Slot,
        status: FigureStatus,
    ) -> Self {
        Self {
            structure: structure.clone(),
            level,
            code: slot.code,
            slot: slot.rank,
            source: None,
            value: None,
            status,
            fragile: false,
            limite: false,
            corrected: false,
            n: 0,
            expected: 0,
            coverage: None,
            target: None,
            noise: Noise::default(),
        }
    }

    /// Status and marks as the contract writes them: `ok+fragile`.
    pub fn statut(&self) -> String {
        let mut text = self.status.as_str().to_owned();
        if self.fragile {
            text.push_str("+fragile");
        }
        if self.limite {
            text.push_str("+limite");
        }
        if self.corrected && self.status != FigureStatus::Corrige {
            text.push_str("+corrige");
        }
        text
    }

    /// Value minus target.
    pub fn target_gap(&self) -> Option<f64> {
        Some(self.value? - self.target?)
    }
}
