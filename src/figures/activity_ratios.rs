//! What each activity indicator divides (`domain.md` section 5).

/// Plain ratios of two columns of `denominateurs`, with a factor.
pub(super) const RATIOS: &[(&str, &str, &str, f64)] = &[
    ("I01", "heures_realisees", "heures_capacite", 1.0),
    ("I02", "presences", "inscriptions", 1.0),
    ("I03", "enfants", "enfants_scolarises", 1.0),
    ("I09", "seances_avec_referent", "seances_observees", 1.0),
    ("I10", "heures_preparation", "animateurs", 1.0),
    ("I14", "pai_protocoles", "pai_enfants", 1.0),
    ("I15", "familles_presentes", "familles", 1.0),
    ("I17", "sorties", "jours_ouverts", 100.0),
    ("I19", "refusees", "demandes", 1.0),
    (
        "I20",
        "recommandations_integrees",
        "recommandations_emises",
        1.0,
    ),
    ("I21", "actions_closes", "actions_echues", 1.0),
];

/// Counts shown as they are.
pub(super) const COUNTS: &[(&str, &str)] = &[
    ("I13a", "aeeh_enfants"),
    ("I13b", "aeeh_heures"),
    ("I18", "accidents"),
];
