//! What a critère is about for a parent, in everyday words: a subject, and what is sought for the children. An action of
//! a plan is worded for those who carry it out; families read it as it is only where it says something that they will see.

/// By the label of the critère, since a code may stand for something else in another référentiel: the subject, then what
/// is sought, after « pour que ».
const WORDS: [(&str, &str, &str); 49] = [
    (
        "Projet pédagogique complet et accessible aux familles",
        "Le projet de l’accueil",
        "vous puissiez lire ce que l’accueil veut apporter aux enfants",
    ),
    (
        "Projet connu et partagé par l’équipe",
        "Le projet de l’accueil",
        "tous les adultes connaissent le projet de l’accueil et s’en servent chaque jour",
    ),
    (
        "Cohérence entre PEDT, projet et journée observée",
        "La journée des enfants",
        "la journée ressemble à ce qui a été annoncé",
    ),
    (
        "Bilan du projet avec les enfants et suites données",
        "L’avis des enfants",
        "les enfants disent ce qu’ils ont aimé et que cela compte pour la suite",
    ),
    (
        "Transition écologique et sobriété",
        "La planète",
        "l’accueil gaspille moins, avec l’aide des enfants",
    ),
    (
        "Accueil personnel à l’arrivée et au départ",
        "L’arrivée et le départ",
        "chaque enfant soit accueilli par son prénom et que vous ayez un mot de sa journée",
    ),
    (
        "Écoute, ton et disponibilité des adultes",
        "L’écoute",
        "chaque enfant qui parle soit écouté, sans que personne ait à élever la voix",
    ),
    (
        "Règles de vie comprises et conflits accompagnés",
        "Les règles et les disputes",
        "chaque enfant soit écouté quand il y a une dispute et sache à quoi servent les règles",
    ),
    (
        "Participation, choix et autonomie des enfants",
        "Le choix des enfants",
        "les enfants choisissent davantage ce qu’ils font",
    ),
    (
        "Aucune violence ni humiliation envers un enfant",
        "Le respect de chaque enfant",
        "aucun enfant ne soit jamais humilié ni brusqué",
    ),
    (
        "Bien-être et santé mentale des enfants",
        "Le bien-être",
        "un enfant triste, en colère ou embêté par d’autres trouve tout de suite de l’aide",
    ),
    (
        "Taux d’encadrement et capacité respectés à chaque séance",
        "Assez d’adultes",
        "il y ait assez d’adultes, chaque jour, pour le nombre d’enfants",
    ),
    (
        "Direction et équipe qualifiées selon la réglementation",
        "Des adultes formés",
        "assez d’adultes aient le diplôme que la loi demande",
    ),
    (
        "Déclaration de l’accueil et des personnes, affichages en place",
        "Les déclarations et les affichages",
        "tout ce qui doit être déclaré et affiché le soit",
    ),
    (
        "Suivi sanitaire, PAI et premiers secours",
        "La santé",
        "chaque adulte sache quoi faire pour un enfant malade, allergique ou blessé",
    ),
    (
        "Locaux sûrs, évacuation et mise en sûreté exercées",
        "La sécurité des lieux",
        "les lieux soient sûrs et que chacun sache sortir ou s’abriter en cas de danger",
    ),
    (
        "Pointage, trajets et remise de l’enfant",
        "Les allers et retours",
        "on sache à tout moment où est chaque enfant et à qui il est confié",
    ),
    (
        "Enfant en danger : le 119 affiché, une procédure connue",
        "La protection des enfants",
        "chaque adulte sache quoi faire si un enfant paraît en danger",
    ),
    (
        "Prévention des violences, dont sexuelles",
        "La protection des enfants",
        "chaque enfant et chaque adulte sache à qui parler d’un geste ou d’un mot qui gêne",
    ),
    (
        "Sorties, trajets en car, baignade, activités physiques",
        "Les sorties et le sport",
        "les sorties, les baignades et le sport soient bien préparés et bien encadrés",
    ),
    (
        "Espaces en coins, à la taille des enfants, dont un coin calme",
        "Les salles",
        "il y ait des coins pour jouer, des sièges à la bonne taille et un coin calme",
    ),
    (
        "Temps dehors et extérieurs aménagés",
        "Jouer dehors",
        "les enfants sortent chaque jour et aient de quoi jouer dehors",
    ),
    (
        "Matériel en état et en libre accès, salles propres",
        "Les jeux et le matériel",
        "les jeux soient en bon état, à portée des enfants, dans des salles propres",
    ),
    (
        "Rythmes, repos et niveau sonore",
        "Le calme et le repos",
        "il y ait moins de bruit et d’attente, et que chaque enfant puisse se reposer",
    ),
    (
        "Repas et goûter : mains lavées, allergies, temps partagé",
        "Le repas et le goûter",
        "le repas et le goûter soient calmes, et sûrs pour les enfants allergiques",
    ),
    (
        "Accessibilité et confort des lieux",
        "Des lieux pour tous",
        "chaque enfant puisse entrer, circuler et se sentir bien",
    ),
    (
        "Propositions variées, avec une part d’invention",
        "Les activités",
        "les activités changent et que les enfants y inventent",
    ),
    (
        "Projets suivis avec une réalisation finale",
        "Les projets des enfants",
        "les enfants mènent un projet jusqu’au bout et vous montrent ce qu’ils ont fait",
    ),
    (
        "Jeu libre et droit de ne pas participer",
        "Le jeu libre",
        "les enfants aient chaque jour du temps pour jouer comme ils veulent",
    ),
    (
        "Sorties, interventions, nature et culture proches",
        "Les sorties",
        "les enfants découvrent des lieux et des gens près de chez vous",
    ),
    (
        "Activités préparées et à la portée de chaque âge",
        "Les activités",
        "chaque enfant réussisse, quel que soit son âge",
    ),
    (
        "Numérique, image, information",
        "Les écrans et les photos",
        "les écrans servent à faire plutôt qu’à attendre, et que les photos suivent votre accord",
    ),
    (
        "Accueil préparé des enfants à besoins particuliers",
        "Les enfants qui ont besoin d’aide",
        "l’arrivée d’un enfant qui a besoin d’aide soit préparée avec sa famille",
    ),
    (
        "Activités adaptées pour que chaque enfant participe",
        "Tous les enfants participent",
        "chaque enfant puisse participer à sa façon",
    ),
    (
        "Équipe formée à l’inclusion, relais connus",
        "Les enfants qui ont besoin d’aide",
        "les adultes sachent comment aider chaque enfant, et à qui demander conseil",
    ),
    (
        "Inscription et tarifs accessibles",
        "L’inscription et le prix",
        "s’inscrire soit simple et que le prix n’écarte personne",
    ),
    (
        "Égalité filles-garçons",
        "Les filles et les garçons",
        "filles et garçons aient la même place, dans la cour comme dans les jeux",
    ),
    (
        "Laïcité et respect",
        "Le respect",
        "chacun soit respecté, et qu’une moquerie trouve toujours une réponse",
    ),
    (
        "Information des familles et échanges quotidiens",
        "Ce que l’on vous dit",
        "vous sachiez mieux ce que votre enfant fait à l’accueil",
    ),
    (
        "Familles bienvenues et consultées",
        "Votre place",
        "vous soyez invités et que votre avis compte",
    ),
    (
        "Passerelles avec l’école",
        "L’école et l’accueil",
        "l’école et l’accueil s’accordent autour des enfants",
    ),
    (
        "Partenariats locaux",
        "Les voisins de l’accueil",
        "des associations et des gens du coin fassent des choses avec les enfants",
    ),
    (
        "Transitions : arrivée à l’accueil, école, passage chez les ados",
        "Grandir et changer",
        "les enfants changent de lieu ou de groupe sans être perdus",
    ),
    (
        "Temps de préparation et de réunion payés",
        "Le temps de préparer",
        "les adultes aient le temps de préparer ce qu’ils font avec les enfants",
    ),
    (
        "Formation et accompagnement de l’équipe d’animation",
        "Des adultes formés",
        "chaque adulte qui arrive soit aidé, et que tous apprennent",
    ),
    (
        "Stabilité de l’équipe",
        "Des visages connus",
        "les enfants retrouvent des adultes qu’ils connaissent",
    ),
    (
        "Coopération et qualité de vie au travail",
        "La vie de l’équipe",
        "les adultes s’entraident et restent disponibles pour les enfants",
    ),
    (
        "Plan d’amélioration suivi et effets constatés",
        "Tenir ce qui est promis",
        "ce qui est décidé soit fait",
    ),
    (
        "Santé et sécurité au travail",
        "La santé des adultes",
        "les adultes travaillent sans se blesser ni s’épuiser",
    ),
];

/// What a critère is about, and what is sought, for a parent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct FamilyWords {
    /// « Les règles et les disputes ».
    pub(crate) subject: &'static str,
    /// « chaque enfant soit écouté… », after « pour que ».
    pub(crate) sought: &'static str,
}

impl FamilyWords {
    /// Those of the critère that has this label; none for one that is worded otherwise.
    pub(crate) fn of(label: &str) -> Option<Self> {
        let found = WORDS.iter().find(|(own, ..)| *own == label)?;
        Some(Self {
            subject: found.1,
            sought: found.2,
        })
    }
}

/// What begins an action that families see when it is done.
const SEEN: [&str; 17] = [
    "Acheter",
    "Afficher",
    "Aménager",
    "Créer",
    "Délimiter",
    "Dégager",
    "Emprunter",
    "Inviter",
    "Installer",
    "Mettre en libre",
    "Organiser",
    "Ouvrir",
    "Placer",
    "Préparer",
    "Ranger",
    "Réserver",
    "Réunir les enfants",
];

/// What a management says, and no parent.
const INTERNAL: [&str; 15] = [
    "réunion",
    "équipe",
    "adulte",
    "planning",
    "projet",
    "grille",
    "procédure",
    "formation",
    "bureau",
    "organisateur",
    "contrat",
    "réalisation",
    "objectif",
    "référentiel",
    "membre",
];

/// Whether families may read an action as its team worded it: it names something that they will see, and no organ or
/// paper of the management, nor an acronym.
pub(crate) fn is_for_families(action: &str) -> bool {
    let lower = action.to_lowercase();
    let is_acronym = |word: &str| {
        word.chars().count() > 1
            && word.chars().all(|c| c.is_uppercase() || c.is_ascii_digit())
            && word.chars().any(char::is_uppercase)
    };
    SEEN.iter().any(|verb| action.starts_with(verb))
        && !INTERNAL.iter().any(|word| lower.contains(word))
        && !action.split(|c: char| !c.is_alphanumeric()).any(is_acronym)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vocabulary::referentiel::{embedded, parse};

    /// No critère is told to families in the words of its management.
    #[test]
    fn every_critere_has_its_words() {
        let r = parse("referentiel-v2.toml", embedded()).expect("the shipped référentiel");
        for critere in &r.criteres {
            let words = FamilyWords::of(&critere.label);
            assert!(words.is_some(), "{} {}", critere.code, critere.label);
        }
        assert_eq!(r.criteres.len(), WORDS.len());
        for (label, subject, sought) in WORDS {
            let has_acronym = |text: &str| {
                text.split(' ').any(|w| {
                    w.len() > 1 && w == w.to_uppercase() && w.starts_with(char::is_alphabetic)
                })
            };
            assert!(!has_acronym(subject) && !has_acronym(sought), "{label}");
            assert!(
                subject.starts_with(char::is_uppercase) && sought.starts_with(char::is_lowercase),
                "{label}"
            );
        }
    }

    #[test]
    fn what_a_team_wrote_for_itself_is_no_word_for_families() {
        for internal in [
            "Fixer la date à laquelle la réalisation sera montrée",
            "Choisir en équipe une partie du projet à réécrire ce mois-ci",
            "Nommer la personne qui accompagnera le prochain adulte à rejoindre l’équipe",
            "Ranger fiches et PAI dans un meuble fermé",
            "Afficher dans le bureau à qui parler d’une agression",
        ] {
            assert!(!is_for_families(internal), "{internal}");
        }
        for seen in [
            "Installer un coin calme à l’écart du passage, avec des coussins et quelques livres",
            "Préparer une malle d’extérieur : balles, craies, cordes, loupes, tissus",
            "Afficher le 119 à l’entrée et dans un lieu où passent les enfants",
        ] {
            assert!(is_for_families(seen), "{seen}");
        }
    }
}
