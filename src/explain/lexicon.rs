//! The words that tables, forms and reports use without saying what they mean: acronyms, statuses,
//! verdicts. One sentence or two each, for who meets them for the first time.

use crate::base::text::{Suggestion, fold, suggest};

/// A word and what it means.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct LexiconWord {
    /// As it is written in tables.
    pub word: &'static str,
    /// Other ways to write it.
    also: &'static [&'static str],
    /// What it stands for.
    pub title: &'static str,
    /// What it means.
    pub meaning: &'static str,
}

/// The entry of a word, case and accents aside.
///
/// # Errors
///
/// The nearest words, when nothing explains this one.
pub(crate) fn explain_word(written: &str) -> Result<&'static LexiconWord, Suggestion> {
    let wanted = fold(written).replace(['_', '-'], " ");
    let is_named = |entry: &&LexiconWord| {
        let all = [entry.word, entry.title]
            .into_iter()
            .chain(entry.also.iter().copied());
        all.map(|name| fold(name).replace(['_', '-'], " "))
            .any(|name| name == wanted)
    };
    let found = WORDS.iter().find(is_named);
    found.ok_or_else(|| suggest(written, words()))
}

/// Every word explained, in the order of the table.
fn words() -> impl Iterator<Item = &'static str> {
    WORDS.iter().map(|entry| entry.word)
}

const fn word(
    word: &'static str,
    also: &'static [&'static str],
    title: &'static str,
    meaning: &'static str,
) -> LexiconWord {
    LexiconWord {
        word,
        also,
        title,
        meaning,
    }
}

const WORDS: &[LexiconWord] = &[
    // Who speaks.
    word(
        "OBS",
        &["observation"],
        "Observation externe",
        "Une personne qui ne travaille pas dans l’accueil y passe un moment et note ce qu’elle voit, élément par élément. C’est la source qui pèse le plus dans la plupart des critères.",
    ),
    word(
        "AUT",
        &["autoévaluation", "auto-évaluation"],
        "Auto-évaluation de l’équipe",
        "L’équipe se note elle-même, ensemble, sur la même grille que l’observateur. Ces notes servent d’abord à en parler ; elles ne remplacent l’observation que faute de visite, et le chiffre est alors dit provisoire.",
    ),
    word(
        "DIR",
        &["direction"],
        "Entretien avec la direction",
        "Ce que la direction dit et montre : projets, registres, organisation. Les règles qui se vérifient sur pièces viennent de là.",
    ),
    word(
        "FAM",
        &["familles"],
        "Questionnaire aux familles",
        "Une réponse par famille, sans nom. Rien n’est montré d’un accueil sous le nombre de réponses fixé pour chaque public.",
    ),
    word(
        "ENF",
        &["enfants"],
        "Questionnaire aux enfants",
        "Les enfants entourent un visage. Leurs réponses sont montrées telles quelles et ne deviennent jamais une note.",
    ),
    word(
        "EQP",
        &["équipe"],
        "Questionnaire à l’équipe",
        "Chaque animateur répond pour lui-même, sans nom. Une équipe est petite : ses réponses ne sont montrées qu’à elle, et au-dessus d’un seuil.",
    ),
    word(
        "ENS",
        &["écoles", "enseignants"],
        "Questionnaire aux écoles",
        "Les enseignants ou directeurs d’école qui partagent les lieux ou les enfants. Ils sont peu nombreux : leurs réponses suivent le seuil des équipes.",
    ),
    word(
        "DON",
        &["données", "données d’activité"],
        "Données d’activité",
        "Présences, postes, capacités, projets : ce qui se compte. Les indicateurs I01 à I23 en viennent, et quelques éléments en tirent un niveau.",
    ),
    // The référentiel.
    word(
        "axe",
        &[],
        "Axe",
        "Un grand thème de la qualité, qui réunit plusieurs critères. Sa valeur est la moyenne de ses critères, poids compris ; elle n’est publiée que si assez d’entre eux ont une valeur.",
    ),
    word(
        "critère",
        &[],
        "Critère",
        "Ce que l’on juge, par exemple l’accueil du matin. Sa valeur va de 1 à 4 et réunit plusieurs sources, chacune avec son poids.",
    ),
    word(
        "élément",
        &[],
        "Élément",
        "Une phrase à laquelle une source répond, par exemple « chaque enfant est salué par son prénom ». C’est la plus petite unité : tout le reste en est la moyenne.",
    ),
    word(
        "impératif",
        &[],
        "Impératif",
        "Un critère qui n’est pas une affaire de degré : sécurité, encadrement, protection. Il est atteint, non atteint ou non évalué ; une bonne moyenne ailleurs ne le rattrape pas.",
    ),
    word(
        "regle",
        &["règles"],
        "Règle",
        "Ce qu’un texte exige, compté à part du niveau : tant d’éléments de loi conformes, sur ceux qui ont été vérifiés. Ce qui n’a pas été vérifié n’est ni conforme, ni un manquement.",
    ),
    word(
        "niveau",
        &[],
        "Niveau",
        "De 1 à 4. Un niveau résume des pratiques et des lieux, jamais des personnes ; le repère imprimé à côté est le plus proche, et non ce qui a été vu.",
    ),
    word(
        "cible",
        &[],
        "Cible",
        "Le niveau que le territoire s’est donné pour un critère ou un axe.",
    ),
    word(
        "référentiel",
        &[],
        "Référentiel",
        "La liste des axes, critères et éléments, avec leurs poids et leurs échelles. Deux campagnes ne se comparent que sur ce qui n’a pas changé de l’un à l’autre.",
    ),
    // Statuses.
    word(
        "ok",
        &["établi"],
        "Établi",
        "Le chiffre repose sur assez de réponses et de sources pour être lu.",
    ),
    word(
        "provisoire",
        &[],
        "Provisoire",
        "Aucun observateur n’est venu : l’auto-évaluation tient sa place en attendant.",
    ),
    word(
        "nc",
        &["non concerné"],
        "Non concerné",
        "L’élément ou le critère ne s’applique pas à cet accueil. Ce n’est ni une bonne ni une mauvaise note.",
    ),
    word(
        "non_observe",
        &["no"],
        "Non observé",
        "La visite n’a pas permis de voir. Ce n’est pas une mauvaise note.",
    ),
    word(
        "absent",
        &["aucune réponse"],
        "Aucune réponse",
        "La source était attendue et rien n’est arrivé.",
    ),
    word(
        "couverture_insuffisante",
        &["couverture"],
        "Trop peu d’éléments notés",
        "Moins de la moitié de ce qui était attendu, poids compris, a été noté : la moyenne dirait autre chose que le critère.",
    ),
    word(
        "effectif_insuffisant",
        &["effectif"],
        "Trop peu de répondants",
        "Sous le seuil, quelques réponses suffiraient à changer le chiffre, ou à reconnaître quelqu’un.",
    ),
    word(
        "non_publiable",
        &[],
        "Non publiable",
        "Trop peu de critères de l’axe ont une valeur pour que la moyenne le représente.",
    ),
    word(
        "non_calculable",
        &[],
        "Non calculable",
        "Il manque un des nombres dont la formule a besoin. « expliquer » dit lequel.",
    ),
    word(
        "atteint",
        &[],
        "Atteint",
        "Tout ce que l’impératif demande est en place.",
    ),
    word(
        "non_atteint",
        &[],
        "Non atteint",
        "Au moins une des exigences de l’impératif n’est pas en place : c’est la première chose à reprendre.",
    ),
    word(
        "conforme",
        &[],
        "Règle conforme",
        "Ce qu’un texte demande a été constaté tel qu’il le demande. Une règle se compte à part des niveaux.",
    ),
    word(
        "corrige",
        &["corrigé depuis"],
        "Corrigé depuis le constat",
        "Un fait constaté non conforme a été mis en règle depuis, un jour écrit à côté de la grille, qui reste telle quelle. Il compte comme conforme, avec sa date ; une grille plus récente garde le dernier mot.",
    ),
    word(
        "non_conforme",
        &[],
        "Règle non conforme",
        "Ce qu’un texte demande n’a pas été constaté le jour de la visite ou de l’entretien, et personne n’a daté de correction depuis.",
    ),
    word(
        "non_evalue",
        &[],
        "Non évalué",
        "Ce qu’il faudrait voir pour conclure n’a pas été vu. On ne peut dire ni atteint, ni non atteint.",
    ),
    word(
        "fragile",
        &[],
        "Fragile",
        "Le chiffre est établi, mais sur peu de réponses ou d’éléments : un de plus pourrait le changer.",
    ),
    word(
        "limite",
        &[],
        "Limite",
        "Selon la façon de lire la règle, le résultat change. À faire préciser avant de conclure.",
    ),
    // Verdicts.
    word(
        "plutot_progresse",
        &["plutôt en hausse"],
        "Plutôt en hausse",
        "Le changement va dans ce sens plus de neuf fois sur dix, sans être assez sûr pour être annoncé : à dire à l’équipe, pas en délibération.",
    ),
    word(
        "plutot_recule",
        &["plutôt en baisse"],
        "Plutôt en baisse",
        "Le changement va dans ce sens plus de neuf fois sur dix, sans être assez sûr pour être annoncé : à regarder avec l’équipe, pas en délibération.",
    ),
    word(
        "progresse",
        &["progression", "en hausse"],
        "Progresse",
        "La hausse compte, et elle dépasse ce que le hasard des visites et des réponses peut faire.",
    ),
    word(
        "recule",
        &["recul", "en baisse"],
        "Recule",
        "La baisse compte, et elle dépasse ce que le hasard des visites et des réponses peut faire.",
    ),
    word(
        "stable",
        &[],
        "Stable",
        "L’écart est plus petit que ce qui compte et, tous les chiffres du tableau lus ensemble, un vrai changement qui compterait est peu vraisemblable.",
    ),
    word(
        "indetermine",
        &["on ne sait pas", "on ne sait pas encore"],
        "Indéterminé",
        "L’écart pourrait venir du hasard comme d’un vrai changement : on ne conclut pas. « comparer » et « expliquer » disent ce qui suffirait à savoir : une seconde visite, un entretien noté par deux personnes, plus de réponses, ou une campagne de plus.",
    ),
    word(
        "non_comparable",
        &[],
        "Non comparable",
        "La question, l’échelle ou les sources ont changé entre les deux campagnes : l’écart ne voudrait rien dire.",
    ),
    word(
        "mic",
        &["plus petit changement qui compte"],
        "Plus petit changement qui compte",
        "En dessous, un écart ne changerait rien à ce que vivent les enfants : il n’est pas annoncé. Il se règle dans le référentiel.",
    ),
    // The field.
    word(
        "ALSH",
        &["accueil de loisirs"],
        "Accueil de loisirs sans hébergement",
        "Accueil collectif de mineurs déclaré, le mercredi, avant et après la classe ou pendant les vacances.",
    ),
    word(
        "ACM",
        &["accueil collectif de mineurs"],
        "Accueil collectif de mineurs",
        "Le nom que la loi donne aux accueils déclarés, avec ou sans hébergement.",
    ),
    word(
        "PEDT",
        &[],
        "Projet éducatif territorial",
        "Convention entre la collectivité, l’école et l’État. Elle change les taux d’encadrement du périscolaire.",
    ),
    word(
        "CTG",
        &[],
        "Convention territoriale globale",
        "L’accord entre la collectivité et la Caf sur l’ensemble des services aux familles. L’observatoire en suit une action.",
    ),
    word(
        "O1",
        &["formations de l’observatoire"],
        "Participation des équipes aux formations de l’observatoire",
        "La part des équipes invitées qui sont venues à une formation de l’observatoire au moins. Elle attend les registres de la convention ; les formations suivies ailleurs (I11) n’en tiennent pas lieu. Un observateur peut aussi avoir O1 pour code : ce n’est pas lui.",
    ),
    word(
        "O2",
        &["participation des équipes aux campagnes"],
        "Participation des équipes aux campagnes d’observation",
        "La part des équipes dont tout ce qui dépend d’elles est arrivé : visite accueillie, entretien mené, auto-évaluation rendue, réponses de la moitié de l’équipe au moins, si la campagne les attend. Faute d’effectif connu, les réponses de l’équipe ne sont pas demandées.",
    ),
    word(
        "O2b",
        &["au moins un retour"],
        "Participation des équipes aux campagnes, au moins un retour",
        "La part des équipes dont un retour attendu au moins est arrivé. À lire à côté de O2, qui les demande tous.",
    ),
    word(
        "O3",
        &["recommandations intégrées"],
        "Recommandations intégrées aux projets",
        "Les recommandations écrites dans un projet pédagogique ou un projet de fonctionnement, avec le document, la page et la date, sur celles que les plans ont émises. Un livret d’accueil ou un règlement reste dans le plan sans être compté.",
    ),
    word(
        "rupture de série",
        &["rupture"],
        "Rupture de série",
        "La source ou la question a changé entre deux campagnes : chaque valeur se lit seule, et leur écart n’est pas une évolution.",
    ),
    word(
        "campagne",
        &[],
        "Campagne",
        "Une période pendant laquelle tous les accueils sont regardés avec le même référentiel.",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;
    use strum::IntoEnumIterator;

    use crate::figures::FigureStatus;
    use crate::stats::change::Verdict;
    use crate::vocabulary::referentiel::SourceCode;
    use crate::wording::verdict_words::verdict_words;

    #[test]
    fn every_source_and_every_status_is_explained() {
        for source in SourceCode::ALL {
            let entry = explain_word(source.as_str()).expect("explained");
            assert_eq!(entry.word, source.as_str());
            assert_eq!(fold(entry.title), fold(source.label()));
        }
        for status in FigureStatus::ALL {
            assert!(explain_word(status.as_str()).is_ok(), "{}", status.as_str());
            assert!(explain_word(status.label()).is_ok(), "{}", status.label());
        }
        for verdict in Verdict::iter() {
            let said = verdict_words(verdict);
            for word in [<&str>::from(verdict), said] {
                assert!(explain_word(word).is_ok(), "{word}");
            }
        }
        let near = explain_word("fragil").expect_err("a typo");
        assert_eq!(near.best(), Some("fragile"));
    }

    #[test]
    fn no_word_is_explained_twice() {
        let mut seen = std::collections::HashSet::new();
        for entry in WORDS {
            for name in std::iter::once(&entry.word).chain(entry.also) {
                assert!(seen.insert(fold(name)), "{name}");
            }
            assert!(entry.meaning.ends_with('.'), "{}", entry.word);
        }
    }
}
