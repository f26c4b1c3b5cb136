//! What each activity indicator divides (`docs/domain.md` §5).

use crate::vocabulary::referentiel::ActivityCode;

/// A ratio of two columns of `denominateurs`, with a factor.
#[derive(Clone, Copy)]
pub(super) struct ColumnRatio {
    code: ActivityCode,
    pub top: &'static str,
    pub bottom: &'static str,
    pub factor: f64,
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
pub(super) fn column_ratio(code: ActivityCode) -> Option<ColumnRatio> {
    RATIOS.into_iter().find(|ratio| ratio.code == code)
}

/// The column of `denominateurs` that an indicator shows as it is.
pub(super) fn counted_column(code: ActivityCode) -> Option<&'static str> {
    match code {
        ActivityCode::I13a => Some("aeeh_enfants"),
        ActivityCode::I13b => Some("aeeh_heures"),
        ActivityCode::I18 => Some("accidents"),
        _ => None,
    }
}
