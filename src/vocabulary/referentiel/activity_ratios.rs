//! What each activity indicator divides (`docs/domain.md` §5), and so which columns of `denominateurs` are
//! measured: what a person writes under another heading would count for nothing.

use std::collections::BTreeSet;

use super::{ActivityCode, ActivityUnit, Referentiel};

/// A ratio of two columns of `denominateurs`, with a factor.
#[derive(Clone, Copy)]
pub(crate) struct ColumnRatio {
    code: ActivityCode,
    pub(crate) top: &'static str,
    pub(crate) bottom: &'static str,
    pub(crate) factor: f64,
}

impl ColumnRatio {
    /// Whether it is a part of a whole.
    pub(crate) fn is_share(&self) -> bool {
        self.code.unit() == ActivityUnit::Share
    }
}

const fn share(code: ActivityCode, top: &'static str, bottom: &'static str) -> ColumnRatio {
    ColumnRatio {
        code,
        top,
        bottom,
        factor: 1.0,
    }
}

const RATIOS: [ColumnRatio; 11] = [
    share(ActivityCode::I01, "heures_realisees", "heures_capacite"),
    share(ActivityCode::I02, "presences", "inscriptions"),
    share(ActivityCode::I03, "enfants", "enfants_scolarises"),
    share(
        ActivityCode::I09,
        "seances_avec_referent",
        "seances_observees",
    ),
    share(ActivityCode::I10, "heures_preparation", "animateurs"),
    share(ActivityCode::I14, "pai_protocoles", "pai_enfants"),
    share(ActivityCode::I15, "familles_presentes", "familles"),
    ColumnRatio {
        factor: 100.0,
        ..share(ActivityCode::I17, "sorties", "jours_ouverts")
    },
    share(ActivityCode::I19, "refusees", "demandes"),
    share(
        ActivityCode::I20,
        "recommandations_integrees",
        "recommandations_emises",
    ),
    share(ActivityCode::I21, "actions_closes", "actions_echues"),
];

/// What an indicator divides, when it is such a ratio.
pub(crate) fn column_ratio(code: ActivityCode) -> Option<ColumnRatio> {
    RATIOS.into_iter().find(|ratio| ratio.code == code)
}

/// The column of `denominateurs` that an indicator shows as it is.
pub(crate) fn counted_column(code: ActivityCode) -> Option<&'static str> {
    match code {
        ActivityCode::I13a => Some("aeeh_enfants"),
        ActivityCode::I13b => Some("aeeh_heures"),
        ActivityCode::I18 => Some("accidents"),
        _ => None,
    }
}

/// Every ratio of two columns.
pub(crate) fn column_ratios() -> impl Iterator<Item = ColumnRatio> {
    RATIOS.into_iter()
}

/// Columns that indicators of responses and of trainings count.
const OTHERS: [&str; 6] = [
    "effectif_ecole",
    "familles",
    "enfants",
    "animateurs",
    "formes",
    "formes_inclusion",
];
/// Columns that the référentiel as shipped measures by themselves.
const SHIPPED: [&str; 4] = [
    "domaines_activites",
    "interventions",
    "tranches_tarif",
    "partenaires",
];

/// Columns of `denominateurs` that some indicator, or some élément of a référentiel, is made from; without a
/// référentiel, of the one that is shipped.
pub(crate) fn measured_columns(referentiel: Option<&Referentiel>) -> BTreeSet<&str> {
    let mut all: BTreeSet<&str> = BTreeSet::new();
    for ratio in RATIOS {
        all.extend([ratio.top, ratio.bottom]);
    }
    for counted in ActivityCode::all().filter_map(counted_column) {
        all.insert(counted);
    }
    all.extend(OTHERS);
    let Some(referentiel) = referentiel else {
        all.extend(SHIPPED);
        return all;
    };
    for measured in referentiel.elements.iter().filter_map(|e| e.don.as_ref()) {
        if measured.measure.parse::<ActivityCode>().is_err() {
            all.extend(measured.measure.split('/'));
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vocabulary::referentiel::{embedded, parse};

    #[test]
    fn what_the_shipped_referentiel_measures_is_what_is_measured_without_one() {
        let shipped = parse("referentiel-v2.toml", embedded()).expect("the shipped référentiel");
        assert_eq!(measured_columns(Some(&shipped)), measured_columns(None));
        assert!(measured_columns(None).contains("aeeh_heures"));
        assert!(!measured_columns(None).contains("I04"));
    }
}
