//! The activity indicators I01–I21: what each is, and what each divides (`domain.md` section 5).

/// What an activity indicator is, for the reader: code, label, unit, formula.
pub const ACTIVITIES: &[(&str, &str, &str, &str)] = &[
    (
        "I01",
        "Taux d’occupation",
        "%",
        "heures réalisées / heures de capacité ouverte",
    ),
    (
        "I02",
        "Taux de fréquentation",
        "%",
        "présences / inscriptions",
    ),
    (
        "I03",
        "Couverture",
        "%",
        "enfants accueillis / enfants scolarisés de 3 à 11 ans",
    ),
    (
        "I04",
        "Séances conformes au taux d’encadrement",
        "%",
        "séances où les animateurs suffisent / séances examinées (CASF R.227-15 et R.227-16)",
    ),
    (
        "I05a",
        "Marge d’encadrement, médiane",
        "rapport",
        "animateurs présents / requis, médiane des séances",
    ),
    (
        "I05b",
        "Marge d’encadrement, minimum",
        "rapport",
        "animateurs présents / requis, plus petite valeur",
    ),
    (
        "I06a",
        "Qualifiés sur l’effectif requis",
        "%",
        "qualifiés présents / animateurs requis (CASF R.227-12)",
    ),
    (
        "I06b",
        "Diplômés dans l’équipe",
        "%",
        "postes diplômés / postes occupés",
    ),
    (
        "I06c",
        "Séances conformes à la qualification",
        "%",
        "séances où qualifiés et non-qualifiés respectent R.227-12 / séances examinées",
    ),
    (
        "I07a",
        "Non-qualifiés sur l’effectif requis",
        "%",
        "non-qualifiés présents / animateurs requis",
    ),
    (
        "I07b",
        "Non-diplômés dans l’équipe",
        "%",
        "postes sans diplôme / postes occupés",
    ),
    (
        "I08",
        "Renouvellement de l’équipe",
        "%",
        "départs sur douze mois / effectif moyen",
    ),
    (
        "I09",
        "Stabilité vue de l’enfant",
        "%",
        "séances avec un référent connu / séances observées",
    ),
    (
        "I10",
        "Heures de préparation payées",
        "h",
        "heures de préparation / animateurs",
    ),
    (
        "I11",
        "Participation aux formations",
        "%",
        "animateurs formés dans l’année / animateurs",
    ),
    (
        "I12a",
        "Participation de l’équipe à la campagne",
        "%",
        "auto-évaluation rendue (1) ou non (0)",
    ),
    (
        "I12b",
        "Participation des animateurs à la campagne",
        "%",
        "réponses d’animateurs / animateurs",
    ),
    (
        "I13a",
        "Bénéficiaires de l’AEEH",
        "enfants",
        "déclaration Caf",
    ),
    (
        "I13b",
        "Heures d’accueil d’enfants bénéficiaires de l’AEEH",
        "h",
        "déclaration Caf",
    ),
    (
        "I14",
        "Accueils préparés par un protocole",
        "%",
        "protocoles écrits / enfants concernés",
    ),
    (
        "I15",
        "Participation des familles",
        "%",
        "familles présentes à un temps fort ou une instance / familles",
    ),
    (
        "I16",
        "Taux de réponse des familles",
        "%",
        "réponses / familles utilisatrices",
    ),
    (
        "I17",
        "Sorties et intervenants",
        "pour 100 jours",
        "100 × sorties et intervenants / jours ouverts",
    ),
    (
        "I18",
        "Accidents déclarés",
        "accidents",
        "déclarations de la période",
    ),
    (
        "I19",
        "Refus faute de place",
        "%",
        "demandes refusées / demandes",
    ),
    (
        "I20",
        "Recommandations intégrées au projet",
        "%",
        "recommandations intégrées / émises",
    ),
    (
        "I21",
        "Actions closes à l’échéance",
        "%",
        "actions closes à temps / échues",
    ),
];

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
