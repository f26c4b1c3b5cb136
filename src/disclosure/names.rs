//! Words that announce a person's name, and those that follow them without being one.

/// After these, a word is a person's name whatever its case: « ma fille léa », « Mme Dupont ».
pub(super) const ANNOUNCE: &[&str] = &[
    "fille", "filles", "fils", "fillette", "garçon", "garçons", "enfant", "petit", "petite",
    "petits", "petites", "puce", "loulou", "louloute", "frère", "sœur", "soeur", "cousin",
    "cousine", "jumeau", "jumelle", "aîné", "aînée", "cadet", "cadette", "bébé", "copain", "copine",
    "ami", "amie", "camarade", "maman", "papa", "mamie", "papi", "papy", "mme", "mlle", "mr", "m",
    "madame", "monsieur", "mademoiselle", "tata", "tonton", "maître", "maîtresse", "prénommé",
    "prénommée", "prénom", "nommé", "nommée", "appelle", "dénommé", "dénommée", "animateur",
    "animatrice", "directeur", "directrice", "agent", "cuisinier", "cuisinière", "atsem",
];

/// What follows « mon fils » or « la petite » and is no name: verbs, adverbs, places and times.
pub(super) const FOLLOW: &[&str] = &[
    "accueille", "adore", "aide", "aime", "aimerait", "aiment", "allait", "allergique", "apprécie", "apprend", "arrive",
    "attend", "avait", "avons", "cherche", "commence", "connaît", "content", "contente",
    "continue", "coin", "crie", "écoute", "explique", "gronde", "organise", "propose", "répond", "demande", "depuis", "dernière", "dernier", "déjeuner", "déteste", "dit",
    "dort", "déçu", "déçue", "effort", "ennuie", "entre", "étaient", "fatigué", "fatiguée",
    "garçon", "garçons", "fille", "filles", "goûter", "groupe", "groupes", "handicapé",
    "handicapée", "heureux", "heureuse", "joue", "jouent", "lit", "mange", "mangent", "manque",
    "mieux", "moment", "mot", "n", "nombre", "parle", "parfois", "part", "passe", "perdu", "peur",
    "pleure", "plaît", "pourrait", "prend", "préfère", "problème", "progresse", "quitte",
    "raconte", "ravi", "ravie", "refuse", "rentre", "reste", "revient", "rit", "s", "section",
    "semble", "sensible", "seul", "seule", "soit", "sort", "souvent", "souci", "sourit", "souhaite",
    "tellement", "temps", "tombe", "toujours", "train", "trouve", "vacances", "va", "vient", "vit",
    "vont", "voit", "veut", "voudrait", "bout", "bouts", "bémol", "jamais", "j", "l", "d", "c", "m",
    "t", "qu", "principal", "principale", "adjoint", "adjointe", "présent", "présente", "absent",
    "absente", "diplômé", "diplômée", "référent", "référente", "stagiaire", "super", "gentil",
    "gentille", "génial", "géniale", "disponible", "attentif", "attentive", "école", "cantine",
    "centre", "maternelle", "élémentaire", "porteur", "porteuse", "âgé", "âgée", "accueilli",
    "accueillie", "inscrit", "inscrite", "d’accueil", "propre", "malade", "rien", "beaucoup",
];

/// Short words in capitals that are no names.
pub(super) const ACRONYMS: &[&str] = &[
    "aeeh", "aesh", "alae", "alsh", "atsem", "bafa", "bafd", "bcd", "bpjeps", "caf", "cap", "cc",
    "ccas", "ce", "ce1", "ce2", "clae", "clsh", "cm", "cm1", "cm2", "cp", "csf", "ctg", "eps",
    "falc", "gs", "mda", "mdph", "mjc", "ms", "msa", "ok", "pai", "pcs", "pedt", "pmi", "ps", "rpe",
    "sdjes", "sms", "svp", "tap", "tps", "tv", "ulis", "wc",
];

/// Ends of addresses of sites.
pub(super) const DOMAINS: &[&str] = &[
    "fr", "com", "org", "net", "eu", "info", "io", "be", "ch", "gouv", "me", "bzh", "co", "tv",
];
