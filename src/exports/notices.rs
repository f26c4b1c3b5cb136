//! Information notices (RGPD, art. 13): one per audience, from the same entries as the register. What
//! only the collectivité knows is left to complete, between brackets.

use std::fmt::Write;

use super::treatments::{Treatment, treatments};
use crate::vocabulary::config::Settings;
use crate::vocabulary::referentiel::SourceCode;

/// A notice for one audience.
#[derive(Debug, Clone)]
pub(crate) struct Notice {
    /// Name of its file, without extension.
    pub file: &'static str,
    /// Title.
    pub title: &'static str,
    /// Its parts, in order.
    pub parts: Vec<NoticePart>,
}

/// A question that the reader has, and its answer.
#[derive(Debug, Clone)]
pub(crate) struct NoticePart {
    /// The question.
    pub heading: &'static str,
    /// The answer.
    pub paragraphs: Vec<String>,
}

impl NoticePart {
    fn new(heading: &'static str, paragraphs: impl IntoIterator<Item = String>) -> Self {
        Self {
            heading,
            paragraphs: paragraphs.into_iter().collect(),
        }
    }
}

/// Someone that a notice speaks to.
struct Reader {
    file: &'static str,
    title: &'static str,
    /// Codes of the treatments that concern them.
    entries: &'static [&'static str],
    /// Whether one may refuse, and what then.
    choice: &'static str,
}

const READERS: [Reader; 3] = [
    Reader {
        file: "notice-familles",
        title: "Votre avis sur l’accueil de votre enfant : information des familles",
        entries: &["QUE-1", "OBS-1"],
        choice: "Répondre est libre. Ne pas répondre ne change rien à l’accueil de votre enfant.",
    },
    Reader {
        file: "notice-equipes",
        title: "L’observatoire de la qualité des accueils : information des équipes",
        entries: &["OBS-1", "QUE-1", "ACT-1", "PLA-1", "PRA-1", "ENQ-1"],
        choice: "Le questionnaire est libre. Les visites portent sur l’accueil, jamais sur une personne. Une pratique n’est partagée que si l’équipe a dit oui, et elle peut changer d’avis.",
    },
    Reader {
        file: "notice-partenaires",
        title: "L’observatoire de la qualité des accueils : information des écoles et des partenaires",
        entries: &["QUE-1", "ACT-1", "CTG-1", "ENQ-1"],
        choice: "Répondre est libre.",
    },
];

/// Every notice.
pub(crate) fn notices(settings: &Settings) -> Vec<Notice> {
    let entries = treatments(settings);
    let adults = READERS.iter().map(|reader| {
        let own = entries
            .iter()
            .filter(|t| reader.entries.contains(&t.code.as_str()));
        adults(settings, reader, &own.collect::<Vec<_>>())
    });
    let mut notices: Vec<Notice> = adults.collect();
    notices.insert(1, children(settings));
    notices
}

fn adults(settings: &Settings, reader: &Reader, entries: &[&Treatment]) -> Notice {
    let each = |get: fn(&Treatment) -> String| -> Vec<String> {
        entries
            .iter()
            .map(|t| format!("{} : {}.", t.name, get(t)))
            .collect()
    };
    let mut bases: Vec<&str> = entries.iter().map(|t| t.basis.as_str()).collect();
    bases.dedup();
    let parts = vec![
        NoticePart::new(
            "Qui, et pourquoi",
            [format!(
                "{} tient un observatoire de la qualité des accueils de loisirs et périscolaires.",
                settings.territory.nom
            )]
            .into_iter()
            .chain(each(|t| t.purpose.clone()))
            .chain([format!("Fondement : {}.", bases.join(" ; "))]),
        ),
        NoticePart::new("Quelles données", each(|t| t.data.clone())),
        NoticePart::new("Combien de temps", each(|t| t.retention.clone())),
        NoticePart::new("Qui lit les résultats", each(|t| t.recipients.clone())),
        NoticePart::new("Comment elles sont protégées", each(|t| t.measures.clone())),
        NoticePart::new("Êtes-vous obligé ?", [reader.choice.to_owned()]),
        NoticePart::new("Vos droits", rights(settings)),
    ];
    Notice {
        file: reader.file,
        title: reader.title,
        parts,
    }
}

/// In words that an eight-year-old reads.
fn children(settings: &Settings) -> Notice {
    let months = settings.retention.months(SourceCode::Enf);
    let parts = vec![
        NoticePart::new(
            "Pourquoi on te pose des questions",
            ["On veut savoir ce que tu penses de ton centre : ce qui va bien, et ce qu’on peut changer.".to_owned()],
        ),
        NoticePart::new(
            "Ce qu’on te demande",
            ["Tu choisis des visages. On ne te demande pas ton nom. On ne prend pas de photo.".to_owned()],
        ),
        NoticePart::new(
            "Qui va lire",
            ["Les adultes lisent les réponses de tout le groupe ensemble. Personne ne peut savoir ce que toi, tu as répondu.".to_owned()],
        ),
        NoticePart::new(
            "Combien de temps on les garde",
            [format!(
                "On garde les réponses {months} mois. Après, il ne reste que des nombres."
            )],
        ),
        NoticePart::new(
            "Tu as le choix",
            ["Tu peux dire non. Tu peux t’arrêter quand tu veux. Personne ne sera fâché. Si tu ne comprends pas, demande à un adulte.".to_owned()],
        ),
    ];
    Notice {
        file: "notice-enfants",
        title: "Ton avis compte",
        parts,
    }
}

fn rights(settings: &Settings) -> Vec<String> {
    let contact = match settings.territory.contact.as_str() {
        "" => "[à compléter : service, téléphone, courriel]",
        contact => contact,
    };
    vec![
        "Vous pouvez demander à accéder à ce qui vous concerne, à le corriger, à vous opposer. Les questionnaires sont sans nom : une fois rendus, personne ne peut retrouver lequel est le vôtre.".to_owned(),
        format!("À qui écrire : {contact}."),
        "Délégué à la protection des données : [à compléter].".to_owned(),
        "Vous pouvez aussi saisir la Cnil (cnil.fr).".to_owned(),
    ]
}

impl Notice {
    /// As a text that any editor opens.
    pub(crate) fn markdown(&self) -> String {
        let mut text = format!("# {}\n", self.title);
        for part in &self.parts {
            let _ = write!(text, "\n## {}\n", part.heading);
            for paragraph in &part.paragraphs {
                let _ = write!(text, "\n{paragraph}\n");
            }
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_audience_has_its_notice_with_the_durations_of_the_settings() {
        let text = "conservation_mois = 24\n[conservation]\nENF = 9\n[territoire]\nnom = \"Essai\"\n[[campagnes]]\nid = \"C1\"\nlabel = \"x\"\ndebut = \"2026-04-27\"\nfin = \"2026-07-03\"\nreferentiel = \"v1\"\n";
        let settings = Settings::parse("essai", text).expect("settings");
        let all = notices(&settings);
        let files: Vec<&str> = all.iter().map(|n| n.file).collect();
        let expected = [
            "notice-familles",
            "notice-enfants",
            "notice-equipes",
            "notice-partenaires",
        ];
        assert_eq!(files, expected);
        let children = all[1].markdown();
        assert!(children.contains("9 mois"), "{children}");
        // Short sentences, none of the words of the law.
        let longest = children
            .split(['.', ':', '\n'])
            .map(|s| s.split_whitespace().count())
            .max();
        assert!(longest <= Some(16), "{children}");
        assert!(!children.contains("RGPD") && !children.contains("donnée"));
        let families = all[0].markdown().replace('\u{a0}', " ");
        assert!(
            families.contains("questionnaire aux enfants : 9 mois"),
            "{families}"
        );
        assert!(families.contains("[à compléter"));
    }
}
