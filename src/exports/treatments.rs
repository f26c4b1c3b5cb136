//! The observatory's own treatments, as article 30 of the RGPD lists them: what the law and the design
//! say of each, with the true durations and thresholds of the settings.

use crate::base::tabular::{Heading, Table};
use crate::base::text::{count, list};
use crate::vocabulary::Audience;
use crate::vocabulary::config::{Settings, Thresholds};
use crate::vocabulary::referentiel::SourceCode;

use super::text;

/// What is done with data of one kind.
#[derive(Debug, Clone)]
pub(crate) struct Treatment {
    /// `OBS-1`, stable.
    pub code: &'static str,
    /// What it is called.
    pub name: &'static str,
    /// Sources of answers that it holds; none for what holds no answer.
    pub sources: &'static [SourceCode],
    /// What for.
    pub purpose: &'static str,
    /// On what ground.
    pub basis: &'static str,
    /// Whose data.
    pub people: &'static str,
    /// Which data.
    pub data: &'static str,
    /// Who receives what is drawn from them.
    pub recipients: String,
    /// How long they are kept.
    pub retention: String,
    /// How they are protected.
    pub measures: &'static str,
}

const BASIS: &str = "mission d’intérêt public (RGPD, art. 6.1.e)";
const OBSERVED: &[SourceCode] = &[SourceCode::Obs, SourceCode::Aut, SourceCode::Dir];
const ASKED: &[SourceCode] = &[
    SourceCode::Fam,
    SourceCode::Enf,
    SourceCode::Eqp,
    SourceCode::Ens,
];
const COUNTED: &[SourceCode] = &[SourceCode::Don];
const LOCAL: &str = "tout reste sur le poste du service, sans serveur ni réseau ; les colonnes qui désignent une personne (nom, courriel, téléphone, adresse IP) sont écartées avant toute écriture ; ce qui pourrait désigner quelqu’un est masqué dans tout document diffusé ; purge à l’échéance";

/// Every treatment, in order.
pub(crate) fn treatments(settings: &Settings) -> Vec<Treatment> {
    let readers = readers(settings);
    vec![
        Treatment {
            code: "OBS-1",
            name: "Observations et entretiens",
            sources: OBSERVED,
            purpose: "Connaître la qualité des accueils de loisirs et périscolaires et aider les équipes à l’améliorer ; ni contrôle, ni évaluation d’une personne",
            basis: BASIS,
            people: "équipes et directions des accueils, observateurs",
            data: "notes sur l’accueil, jour de la visite, code de l’observateur, commentaires ; jamais de nom d’enfant ni d’animateur, ni photographie, ni diagnostic",
            recipients: readers.clone(),
            retention: retention(settings, OBSERVED),
            measures: LOCAL,
        },
        Treatment {
            code: "QUE-1",
            name: "Questionnaires",
            sources: ASKED,
            purpose: "Recueillir l’avis des familles, des enfants, des équipes et des écoles sur l’accueil",
            basis: BASIS,
            people: "familles, enfants, animateurs et directions, enseignants",
            data: "réponses anonymes à des questions fermées, quelques mots libres, l’accueil concerné ; pour les enfants, une tranche d’âge seulement",
            recipients: readers.clone(),
            retention: retention(settings, ASKED),
            measures: "réponses sans nom ; l’identifiant donné par l’outil est remplacé par une empreinte à clé secrète, propre à chaque campagne et détruite à la purge ; tout reste sur le poste du service ; rien n’est montré sous le nombre de réponses fixé pour chaque public ; purge à l’échéance",
        },
        Treatment {
            code: "ACT-1",
            name: "Données d’activité",
            sources: COUNTED,
            purpose: "Calculer l’encadrement, la fréquentation et la stabilité des équipes",
            basis: BASIS,
            people: "animateurs et directions (un poste par ligne, sans nom), enfants accueillis (effectifs)",
            data: "effectifs par séance, diplôme, quotité et dates de chaque poste, effectifs d’enfants bénéficiaires de l’AEEH ou d’un PAI (nombres seulement)",
            recipients: format!(
                "{readers} ; les effectifs d’enfants à besoins de santé et d’accidents se lisent « < 5 » sous cinq"
            ),
            retention: retention(settings, COUNTED),
            measures: LOCAL,
        },
        Treatment {
            code: "PLA-1",
            name: "Plans d’amélioration",
            sources: &[],
            purpose: "Suivre les actions décidées par les équipes",
            basis: BASIS,
            people: "fonctions (direction, coordination…), aucune personne",
            data: "actions, échéances, fonction responsable ; un titre suivi d’un nom, un courriel ou un téléphone sont refusés",
            recipients: "équipe de l’accueil, service, élus pour ce qui est suivi au territoire"
                .to_owned(),
            retention: "tant que le plan est suivi : il ne contient pas de donnée de personne"
                .to_owned(),
            measures: LOCAL,
        },
        Treatment {
            code: "PRA-1",
            name: "Pratiques remarquables",
            sources: &[],
            purpose: "Partager entre équipes ce qui marche",
            basis: "accord de l’équipe, qui peut le retirer",
            people: "équipes des accueils",
            data: "description d’une pratique, accueil, accord ; une description qui désigne une personne (nom, téléphone, adresse) n’est pas citée",
            recipients: "équipes de tous les accueils, si l’équipe a dit oui".to_owned(),
            retention: retention(settings, &SourceCode::ALL),
            measures: LOCAL,
        },
    ]
}

/// « 12 mois après la fin de la campagne », source by source where they differ.
pub(crate) fn retention(settings: &Settings, sources: &[SourceCode]) -> String {
    let months = |s: &SourceCode| settings.retention.months(*s);
    let first = sources.first().map_or(0, months);
    let duration = |n: u32| count(n as usize, "mois", "mois");
    let kept = if sources.iter().all(|s| months(s) == first) {
        format!("{} après la fin de la campagne", duration(first))
    } else {
        let each: Vec<String> = (sources.iter())
            .map(|s| format!("{} : {}", s.label(), duration(months(s))))
            .collect();
        format!("après la fin de la campagne, {}", each.join(" ; "))
    };
    format!("{kept}, puis remplacées par des agrégats sans personne")
}

/// Who reads reports, and from how many answers on.
fn readers(settings: &Settings) -> String {
    let mut readers = Audience::ALL;
    readers.sort_by_key(|audience| audience.as_str());
    let told = readers.iter().filter_map(|audience| {
        let who = match audience {
            Audience::Equipe => "équipe de l’accueil",
            Audience::Elus => "élus et comité de pilotage",
            Audience::Familles => "familles",
            Audience::Renouvellement => "partenaires de la convention",
            Audience::Departement => "département (agrégats sans réponse)",
            Audience::Pratiques => return None,
        };
        Some(format!("{who} ({})", from(&settings.audiences[*audience])))
    });
    list(&told.collect::<Vec<_>>())
}

/// « familles et enfants : à partir de 10 réponses par accueil… ».
fn from(t: &Thresholds) -> String {
    let least = |n: usize, place: &str| match n {
        0 => format!("jamais {place}"),
        n => format!("à partir de {n} réponses {place}"),
    };
    format!(
        "familles et enfants {} ; équipes et écoles {} ; {}",
        least(t.repondants, "par accueil"),
        least(t.equipe, "par accueil"),
        least(t.territoire, "sur le territoire")
    )
}

/// `exporter registre`: the columns of article 30.
pub(crate) fn register(settings: &Settings) -> Table {
    let columns = [
        "reference",
        "traitement",
        "responsable",
        "finalite",
        "base_legale",
        "personnes",
        "donnees",
        "sources",
        "destinataires",
        "conservation",
        "transfert_hors_ue",
        "mesures",
    ];
    let territory = &settings.territory.nom;
    let rows = treatments(settings).into_iter().map(|t| {
        let sources: Vec<&str> = t.sources.iter().map(|s| s.as_str()).collect();
        [
            t.code,
            t.name,
            territory.as_str(),
            t.purpose,
            t.basis,
            t.people,
            t.data,
            &sources.join(", "),
            &t.recipients,
            &t.retention,
            "aucun",
            t.measures,
        ]
        .map(text)
        .to_vec()
    });
    let columns = columns.iter().map(|c| Heading::text(c)).collect();
    Table::new("Registre", columns, rows.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(more: &str) -> Settings {
        let text = format!(
            "{more}\n[territoire]\nnom = \"Essai\"\n[[campagnes]]\nid = \"C1\"\nlabel = \"x\"\ndebut = \"2026-04-27\"\nfin = \"2026-07-03\"\nreferentiel = \"v1\"\n"
        );
        Settings::parse("essai", &text).expect("settings")
    }

    #[test]
    fn durations_and_thresholds_are_those_of_the_settings() {
        let plain = register(&settings(""));
        let said: Vec<&str> = (plain.rows.iter().flatten())
            .filter_map(crate::base::tabular::Field::as_text)
            .collect();
        let said = said.join("\n").replace('\u{a0}', " ");
        assert!(
            said.contains("12 mois après la fin de la campagne"),
            "{said}"
        );
        assert!(said.contains("élus et comité de pilotage (familles et enfants à partir de 10 réponses par accueil ; équipes et écoles jamais par accueil"), "{said}");
        let own = settings(
            "conservation_mois = 18\n[conservation]\nENF = 6\n[publics.familles]\nrepondants = 20",
        );
        let entries = treatments(&own);
        assert!(entries[0].retention.starts_with("18\u{a0}mois"));
        assert!(
            entries[1]
                .retention
                .contains("questionnaire aux enfants : 6\u{a0}mois")
        );
        assert!(
            entries[1]
                .recipients
                .contains("à partir de 20 réponses par accueil")
        );
    }
}
