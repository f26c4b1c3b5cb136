//! The observatory's own treatments, as article 30 of the RGPD lists them: what the law and the design
//! say of each, with the true durations and thresholds of the settings.

use crate::base::tabular::{Heading, Table};
use crate::base::text::{count, list};
use crate::vocabulary::Audience;
use crate::vocabulary::config::{Settings, Thresholds};
use crate::vocabulary::referentiel::SourceCode;

use super::exchange_treatments::exchange_treatments;
use super::text;
use crate::convention::DataExchange;

/// What is done with data of one kind.
#[derive(Debug, Clone)]
pub(crate) struct Treatment {
    /// `OBS-1`, stable.
    pub code: String,
    /// What it is called.
    pub name: String,
    /// Sources of answers that it holds; none for what holds no answer.
    pub sources: &'static [SourceCode],
    /// What for.
    pub purpose: String,
    /// On what ground.
    pub basis: String,
    /// Whose data.
    pub people: String,
    /// Which data.
    pub data: String,
    /// Who receives what is drawn from them.
    pub recipients: String,
    /// How long they are kept.
    pub retention: String,
    /// How they are protected.
    pub measures: String,
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
            code: "OBS-1".to_owned(),
            name: "Observations et entretiens".to_owned(),
            sources: OBSERVED,
            purpose: "Connaître la qualité des accueils de loisirs et périscolaires et aider les équipes à l’améliorer ; ni contrôle, ni évaluation d’une personne".to_owned(),
            basis: BASIS.to_owned(),
            people: "équipes et directions des accueils, observateurs".to_owned(),
            data: "notes sur l’accueil, jour de la visite, code de l’observateur, commentaires ; jamais de nom d’enfant ni d’animateur, ni photographie, ni diagnostic".to_owned(),
            recipients: readers.clone(),
            retention: retention(settings, OBSERVED),
            measures: LOCAL.to_owned(),
        },
        Treatment {
            code: "QUE-1".to_owned(),
            name: "Questionnaires".to_owned(),
            sources: ASKED,
            purpose: "Recueillir l’avis des familles, des enfants, des équipes et des écoles sur l’accueil".to_owned(),
            basis: BASIS.to_owned(),
            people: "familles, enfants, animateurs et directions, enseignants".to_owned(),
            data: "réponses anonymes à des questions fermées, quelques mots libres, l’accueil concerné ; pour les enfants, une tranche d’âge seulement".to_owned(),
            recipients: readers.clone(),
            retention: retention(settings, ASKED),
            measures: "réponses sans nom ; l’identifiant donné par l’outil est remplacé par une empreinte à clé secrète, propre à chaque campagne et détruite à la purge ; tout reste sur le poste du service ; rien n’est montré sous le nombre de réponses fixé pour chaque public ; purge à l’échéance".to_owned(),
        },
        Treatment {
            code: "ACT-1".to_owned(),
            name: "Données d’activité".to_owned(),
            sources: COUNTED,
            purpose: "Calculer l’encadrement, la fréquentation et la stabilité des équipes".to_owned(),
            basis: BASIS.to_owned(),
            people: "animateurs et directions (un poste par ligne, sans nom), enfants accueillis (effectifs)".to_owned(),
            data: "effectifs par séance, diplôme, quotité et dates de chaque poste, effectifs d’enfants bénéficiaires de l’AEEH ou d’un PAI (nombres seulement)".to_owned(),
            recipients: format!(
                "{readers} ; les effectifs d’enfants à besoins de santé et d’accidents se lisent « < 5 » sous cinq"
            ),
            retention: retention(settings, COUNTED),
            measures: LOCAL.to_owned(),
        },
        Treatment {
            code: "PLA-1".to_owned(),
            name: "Plans d’amélioration".to_owned(),
            sources: &[],
            purpose: "Suivre les actions décidées par les équipes".to_owned(),
            basis: BASIS.to_owned(),
            people: "fonctions (direction, coordination…), aucune personne".to_owned(),
            data: "actions, échéances, fonction responsable ; un titre suivi d’un nom, un courriel ou un téléphone sont refusés".to_owned(),
            recipients: "équipe de l’accueil, service, élus pour ce qui est suivi au territoire"
                .to_owned(),
            retention: "tant que le plan est suivi : il ne contient pas de donnée de personne"
                .to_owned(),
            measures: LOCAL.to_owned(),
        },
        Treatment {
            code: "PRA-1".to_owned(),
            name: "Pratiques remarquables".to_owned(),
            sources: &[],
            purpose: "Partager entre équipes ce qui marche".to_owned(),
            basis: "accord de l’équipe, qui peut le retirer".to_owned(),
            people: "équipes des accueils".to_owned(),
            data: "description d’une pratique, accueil, accord ; une description qui désigne une personne (nom, téléphone, adresse) n’est pas citée".to_owned(),
            recipients: "équipes de tous les accueils, si l’équipe a dit oui".to_owned(),
            retention: retention(settings, &SourceCode::ALL),
            measures: LOCAL.to_owned(),
        },
        Treatment {
            code: "CTG-1".to_owned(),
            name: "Suivi de la convention territoriale globale".to_owned(),
            sources: &[],
            purpose: "Suivre le plan d’action et la gouvernance de la convention".to_owned(),
            basis: BASIS.to_owned(),
            people: "fonctions et services, aucune personne ; personnes présentes aux temps (nombres par service)".to_owned(),
            data: "actions, temps, présences par service, fonctions et leur quotité, documents, décisions, pratiques, propos avec accord pour citer ; noms, courriels et téléphones refusés".to_owned(),
            recipients: "équipe projet, comité de pilotage, Caf, comité départemental des services aux familles, habitants : chacun selon son public".to_owned(),
            retention: "tant que la convention est suivie : les feuilles d’émargement ne laissent que des nombres ; chaque valeur saisie reste au journal du suivi, que « purger » ne touche pas".to_owned(),
            measures: "tout reste sur le poste du service, sans serveur ni réseau ; une fonction tenue par une seule personne n’est pas montrée hors de l’équipe projet ; les propos qui désignent quelqu’un ne sont pas cités".to_owned(),
        },
        Treatment {
            code: "ENQ-1".to_owned(),
            name: "Enquêtes de la convention".to_owned(),
            sources: &[],
            purpose: "Savoir ce que partenaires et équipes pensent de la convention et de ses expérimentations".to_owned(),
            basis: BASIS.to_owned(),
            people: "partenaires, équipes, enfants et familles des expérimentations".to_owned(),
            data: "réponses sans nom à des questions fermées, quelques mots libres ; aucun résultat d’enfant".to_owned(),
            recipients: "équipe projet et comité de pilotage, à partir de cinq réponses".to_owned(),
            retention: "tant que la convention est suivie".to_owned(),
            measures: "colonnes qui désignent une personne écartées avant toute écriture ; rien n’est montré sous cinq réponses ; les mots passent le même contrôle que ceux des rapports".to_owned(),
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

/// `exporter registre`: the columns of article 30; treatments of the observatory, then of exchanges.
pub(crate) fn register(settings: &Settings, exchanges: &[DataExchange]) -> Table {
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
    let rows = all_treatments(settings, exchanges).into_iter().map(|t| {
        let sources: Vec<&str> = t.sources.iter().map(|s| s.as_str()).collect();
        [
            &t.code,
            &t.name,
            territory,
            &t.purpose,
            &t.basis,
            &t.people,
            &t.data,
            &sources.join(", "),
            &t.recipients,
            &t.retention,
            "aucun",
            &t.measures,
        ]
        .map(|value: &str| text(value))
        .to_vec()
    });
    let columns = columns.iter().map(|c| Heading::text(c)).collect();
    Table::new("Registre", columns, rows.collect())
}

/// Treatments of the observatory, then of the exchanges that were agreed to.
pub(crate) fn all_treatments(settings: &Settings, exchanges: &[DataExchange]) -> Vec<Treatment> {
    let mut all = treatments(settings);
    all.extend(exchange_treatments(exchanges));
    all
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
        let plain = register(&settings(""), &[]);
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
