//! What each indicator counts, from what: the dictionary at the end of a bilan. It tells no value.

use super::ctg_indicator::CtgIndicator;
use super::ctg_material::CtgMaterial;
use crate::convention::CalculationKind;

/// What an indicator counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CtgDefinition {
    /// `G07`.
    pub code: String,
    /// What it measures.
    pub label: String,
    /// What is counted and divided.
    pub rule: &'static str,
    /// Where it comes from.
    pub source: &'static str,
    /// Over what.
    pub period: String,
}

impl CtgMaterial<'_> {
    /// Definitions of the indicators that are printed, in their order.
    pub(crate) fn definitions(&self, printed: &[CtgIndicator]) -> Vec<CtgDefinition> {
        let definitions = printed.iter().filter_map(|indicator| {
            let declared = self.convention.indicator(&indicator.code)?;
            Some(CtgDefinition {
                code: indicator.code.clone(),
                label: indicator.label.clone(),
                rule: (declared.parameters.measure)
                    .map_or_else(|| declared.kind.rule(), |m| m.formula()),
                source: source(declared.kind),
                period: indicator.period_words(),
            })
        });
        definitions.collect()
    }
}

fn source(kind: CalculationKind) -> &'static str {
    match kind {
        CalculationKind::Observatory => "observatoire de la qualité des accueils",
        CalculationKind::Favourable => "questionnaire de satisfaction",
        CalculationKind::Context => "séries territoriales (data/contexte.csv)",
        CalculationKind::Access => "registre des accueils et communes",
        CalculationKind::Declared => "valeur déclarée par le service",
        _ => "tableau de suivi",
    }
}
