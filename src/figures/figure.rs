//! One figure and everything it must carry: n, coverage, status, marks.

use std::collections::HashMap;
use std::ops::Range;

use super::collect::Collected;
use super::noise::{Noise, Spread};
use crate::vocabulary::referentiel::SourceCode;

/// What kind of figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the words of the contract")]
pub enum Level {
    Element,
    Source,
    Critere,
    Axe,
    Imperatif,
    Activite,
    Enquete,
}

impl Level {
    /// Word of the contract.
    pub fn as_str(self) -> &'static str {
        [
            "element",
            "source",
            "critere",
            "axe",
            "imperatif",
            "activite",
            "enquete",
        ][self as usize]
    }
}

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
}

impl FigureStatus {
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
        ][self as usize]
    }
}

/// One row of `indicateurs`.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// Structure code.
    pub structure: String,
    /// Kind of figure.
    pub level: Level,
    /// Code of the élément, critère, axe or activity indicator.
    pub code: String,
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
    /// What it rests on (`design.md` section 9 says what is counted at each level).
    pub n: usize,
    /// Out of how many.
    pub expected: usize,
    /// Weighted coverage 0..1, none where it has no meaning.
    pub coverage: Option<f64>,
    /// Target.
    pub target: Option<f64>,
    /// What its error is made of.
    pub noise: Noise,
}

impl Figure {
    /// A figure without marks, coverage or target.
    pub(super) fn new(structure: &str, level: Level, code: &str, status: FigureStatus) -> Self {
        Self {
            structure: structure.to_owned(),
            level,
            code: code.to_owned(),
            source: None,
            value: None,
            status,
            fragile: false,
            limite: false,
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
        text
    }

    /// Value minus target.
    pub fn target_gap(&self) -> Option<f64> {
        Some(self.value? - self.target?)
    }
}

/// Every figure of a campaign, in the order of structures, then of the référentiel.
#[derive(Debug, Default)]
pub struct Indicators {
    /// Campaign id.
    pub campagne: String,
    /// Version of the référentiel.
    pub version: String,
    /// How far observers and visits differ.
    pub spread: Spread,
    /// What the figures were made from: distributions, grids received, activity lines.
    pub collected: Collected,
    figures: Vec<Figure>,
    /// Where the figures of each structure stand.
    structures: HashMap<String, Range<usize>>,
    index: HashMap<(String, Level, String, Option<SourceCode>), usize>,
}

impl Indicators {
    pub(super) fn new(campagne: &str, version: &str, figures: Vec<Figure>) -> Self {
        let mut structures: HashMap<String, Range<usize>> = HashMap::new();
        for (i, figure) in figures.iter().enumerate() {
            match structures.get_mut(&figure.structure) {
                Some(range) => range.end = i + 1,
                None => {
                    structures.insert(figure.structure.clone(), i..i + 1);
                }
            }
        }
        let index = figures
            .iter()
            .enumerate()
            .map(|(i, f)| ((f.structure.clone(), f.level, f.code.clone(), f.source), i))
            .collect();
        Self {
            campagne: campagne.to_owned(),
            version: version.to_owned(),
            figures,
            structures,
            index,
            ..Self::default()
        }
    }

    /// All figures in order.
    pub fn figures(&self) -> &[Figure] {
        &self.figures
    }

    /// Figures of a structure, in the order of the référentiel: figures stand structure by
    /// structure.
    pub fn of(&self, structure: &str) -> &[Figure] {
        let own = self.structures.get(structure).cloned();
        &self.figures[own.unwrap_or(0..0)]
    }

    /// A figure without source: critère, axe, impératif, activity.
    pub fn get(&self, structure: &str, level: Level, code: &str) -> Option<&Figure> {
        self.get_source(structure, level, code, None)
    }

    /// A figure of a source: élément, source score, survey share.
    pub fn get_source(
        &self,
        structure: &str,
        level: Level,
        code: &str,
        source: Option<SourceCode>,
    ) -> Option<&Figure> {
        let key = (structure.to_owned(), level, code.to_owned(), source);
        self.index.get(&key).map(|&i| &self.figures[i])
    }
}
