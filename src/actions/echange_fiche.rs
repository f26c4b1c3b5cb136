//! The study of an exchange of data as a document: what the register says, three invented lines, room for opinions.

use std::collections::BTreeSet;
use std::path::PathBuf;

use super::echanges::list_exchanges;
use super::exchange_phrases::exchanged_words;
use crate::base::day::{Day, short_day};
use crate::base::error::{Error, Result};
use crate::campaign::OpenObservatory;
use crate::convention::{
    ClosedWord, DataExchange, DecisionWord, ExchangeLack, ExchangeOpinion, ExchangedData,
    ExchangedField, ExchangedTable,
};
use crate::reports::{
    ExchangeStudy, Head, ReportFormat, StudiedField, StudyStep, Templates, render,
};
use crate::vocabulary::referentiel::ActivityUnit;

/// Folder of the observatory where studies go when nothing else is said.
const FOLDER: &str = "reports/ctg/echanges";

/// Which study.
pub(crate) struct StudyRequest {
    /// Id of the exchange.
    pub exchange: String,
    /// Formats.
    pub formats: BTreeSet<ReportFormat>,
    /// Folder to write; `reports/ctg/echanges` otherwise.
    pub out: Option<PathBuf>,
    /// Day of the edition, AAAA-MM-JJ; today otherwise.
    pub date: Option<String>,
}

/// Writes a study; gives its files.
///
/// # Errors
///
/// An unknown exchange; a study that stands there already and says something else: opinions may have been written on it.
pub(crate) fn write_study(
    opened: &OpenObservatory,
    request: &StudyRequest,
) -> Result<Vec<PathBuf>> {
    let list = list_exchanges(opened, request.date.as_deref())?;
    let exchange = list.exchange(&request.exchange)?;
    let observatory = &opened.observatory;
    let territory = &observatory.settings.territory;
    let document = study(exchange).document(Head {
        title: format!("Échange de données {}", exchange.id),
        subtitle: "Étude d’opportunité, de faisabilité et de conformité".to_owned(),
        territory: territory.nom.clone(),
        fictitious: territory.donnees_fictives,
        contact: territory.contact.clone(),
        edition: format!("Édité le {}", list.day.long()),
        date: list.day.to_string(),
        ..Head::default()
    });
    let templates = Templates::load(&observatory.templates_dir(), observatory.brand()?)?;
    let default = || observatory.root.join(FOLDER);
    let folder = request.out.clone().unwrap_or_else(default);
    let mut written = Vec::new();
    for format in &request.formats {
        let name = format!("echange-{}.{}", exchange.id, format.extension());
        let place = opened.destination(&folder.join(name))?;
        let bytes = render(&templates, &document, *format)?;
        if place.replaces {
            let former = std::fs::read(&place.path).map_err(Error::io(&place.path, "lecture"))?;
            if former != bytes {
                return Err(Error::Usage(format!(
                    "{} existe déjà, et porte peut-être des avis : rien n’a été écrit. Donnez un autre dossier avec --sortie, ou déplacez ce fichier.",
                    place.path.display()
                )));
            }
        }
        place.write(&bytes)?;
        written.push(place.path);
    }
    Ok(written)
}

fn study(exchange: &DataExchange) -> ExchangeStudy {
    let months = exchange.months.map(|m| format!("{m}\u{a0}mois"));
    let request = vec![
        ("Sens", exchange.side.label().to_owned()),
        ("Qui demande", exchange.requester.clone()),
        ("Qui détient", exchange.holder.clone()),
        ("Demandé le", short_day(exchange.asked_on)),
        ("Objet", exchange.subject.clone()),
        ("Finalité", exchange.purpose.clone()),
        ("Base légale", exchange.basis.clone()),
        ("Conservation chez qui reçoit", months.unwrap_or_default()),
        ("Fin de l’échange", short_day(exchange.until)),
    ];
    let decision = &exchange.decision;
    ExchangeStudy {
        request,
        fields: exchange.data.iter().map(studied).collect(),
        steps: steps(exchange),
        dpo_of: exchange.holder.clone(),
        dpo: exchange.dpo.word.map_or_else(String::new, |word| {
            format!("{}{}", word.label(), on(exchange.dpo.day.map(Day::short)))
        }),
        advice: exchange.dpo.advice.clone(),
        decision: if decision.word == DecisionWord::Waiting {
            String::new()
        } else {
            let day = on(decision.day.map(Day::short));
            let why = if decision.reason.is_empty() {
                String::new()
            } else {
                format!(" : {}", decision.reason)
            };
            format!("{}{day}{why}", decision.word.label())
        },
        register: match (&exchange.register.reference, exchange.register.day) {
            (reference, Some(day)) => format!("{reference}, inscrit le {}", day.short()),
            (reference, None) => reference.clone(),
        },
        lacks: exchange
            .lacks()
            .iter()
            .map(ExchangeLack::sentence)
            .collect(),
    }
}

/// « , le 12/03/2026 ».
fn on(day: Option<String>) -> String {
    day.map_or_else(String::new, |day| format!(", le {day}"))
}

fn steps(exchange: &DataExchange) -> Vec<StudyStep> {
    let holder = match exchange.holder.as_str() {
        "" => "du détenteur, à nommer".to_owned(),
        name => format!("du détenteur, {name}"),
    };
    let mut conformity = said(&exchange.conformity);
    if let Some(study) = exchange.impact_study
        && !conformity.is_empty()
    {
        conformity = format!("{conformity} ; analyse d’impact : {}", study.label());
    }
    vec![
        StudyStep {
            name: "Opportunité",
            questions: &[
                "À quoi ces données serviront-elles, que rien d’autre ne donne déjà ?",
                "Qu’est-ce que chacun y gagne ? Qu’est-ce qui changerait sans elles ?",
            ],
            who: format!("la direction {holder}"),
            opinion: said(&exchange.opportunity),
            reason: exchange.opportunity.reason.clone(),
        },
        StudyStep {
            name: "Faisabilité",
            questions: &[
                "Ces données existent-elles, à cette maille, pour cette période ?",
                "Qui les prépare, en combien de temps, à quel rythme ?",
            ],
            who: format!("le service {holder}, qui produit ces données"),
            opinion: said(&exchange.feasibility),
            reason: exchange.feasibility.reason.clone(),
        },
        StudyStep {
            name: "Conformité",
            questions: &[
                "Des totaux suffiraient-ils ? Peut-on retirer un champ, élargir une maille, masquer davantage ?",
                "Les personnes en ont-elles été informées ? Combien de temps les données sont-elles gardées, et qui les détruit ?",
                "Une analyse d’impact (AIPD) est-elle requise ? Pour des données de santé, il faut y répondre.",
            ],
            who: format!("la personne chargée de la protection des données {holder}"),
            opinion: conformity,
            reason: exchange.conformity.reason.clone(),
        },
    ]
}

/// « oui, le 10/03/2026, par direction ».
fn said(opinion: &ExchangeOpinion) -> String {
    let Some(word) = opinion.word else {
        return String::new();
    };
    let day = on(opinion.day.map(Day::short));
    let by = if opinion.by.is_empty() {
        String::new()
    } else {
        format!(", par {}", opinion.by)
    };
    format!("{}{day}{by}", word.label())
}

fn studied(data: &ExchangedData) -> StudiedField {
    let is_figure =
        matches!(&data.field, Some(field) if !matches!(field, ExchangedField::Table(_)));
    let words = exchanged_words(data, "");
    let words = words.strip_prefix(data.code.as_str()).unwrap_or_default();
    let words = words
        .trim_start()
        .strip_prefix('(')
        .and_then(|w| w.split_once("), donnée"));
    let words = match (words, &data.field) {
        (Some((words, _)), _) => words.to_owned(),
        (None, Some(ExchangedField::Axis(_) | ExchangedField::Critere(_))) => {
            "niveau de 1 à 4".to_owned()
        }
        (None, _) => String::new(),
    };
    StudiedField {
        code: data.code.clone(),
        words,
        nature: data.nature.label(),
        grain: data.grain.label(),
        least: if is_figure {
            data.least.to_string()
        } else {
            String::new()
        },
        samples: samples(data).map(str::to_owned),
    }
}

/// Invented: two values and, of a figure, one that is hidden.
fn samples(data: &ExchangedData) -> [&'static str; 3] {
    match &data.field {
        Some(ExchangedField::Activity(code)) => match code.unit() {
            ActivityUnit::Share => ["0,62", "0,48", "effectif trop faible"],
            ActivityUnit::Ratio => ["1,15", "0,98", "effectif trop faible"],
            _ => ["24", "12", "< 5"],
        },
        Some(ExchangedField::Axis(_) | ExchangedField::Critere(_)) => {
            ["3,2", "2,6", "effectif trop faible"]
        }
        Some(ExchangedField::Table(ExchangedTable::Structures)) => [
            "Accueil des Érables, périscolaire",
            "Accueil du Moulin, ALSH",
            "Accueil de la Source, mixte",
        ],
        Some(ExchangedField::Table(ExchangedTable::Words)) => [
            "2026-05 · équipe · « On se parle davantage avec l’école. »",
            "2026-06 · élu · « Les mercredis ont changé. »",
            "2026-06 · famille · « Je sais à qui m’adresser. »",
        ],
        Some(ExchangedField::Table(ExchangedTable::Answers)) => ["jamais transmis"; 3],
        None => ["[exemple à compléter]"; 3],
    }
}
