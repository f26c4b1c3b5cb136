//! What a questionnaire says before its questions, on paper and on screens: what it is for, until when, what becomes of the
//! answers. It says no more than the information notices do.

use crate::vocabulary::config::{Campaign, Settings};
use crate::vocabulary::referentiel::SourceCode;

/// One sentence or two a line; none for what is no questionnaire.
pub fn welcome(settings: &Settings, campaign: &Campaign, source: SourceCode) -> Vec<String> {
    let months = settings.retention.months(source);
    let territory = &settings.territory.nom;
    let (purpose, free) = match source {
        SourceCode::Fam => (
            "savoir comment les familles voient l’accueil de leur enfant, pour l’améliorer avec les équipes.",
            "Répondre est libre ; ne pas répondre ne change rien à l’accueil de votre enfant.",
        ),
        SourceCode::Eqp => (
            "savoir comment les équipes vivent leur travail, pour l’améliorer avec elles.",
            "Répondre est libre.",
        ),
        SourceCode::Ens => (
            "savoir comment l’école et l’accueil travaillent ensemble, pour mieux le faire.",
            "Répondre est libre.",
        ),
        SourceCode::Enf => {
            return vec![format!(
                "À quoi cela sert : savoir ce que les enfants pensent de leur accueil. Répondre est libre ; les feuilles sont sans nom, et leurs réponses sont gardées {months} mois."
            )];
        }
        _ => return Vec::new(),
    };
    let contact = match settings.territory.contact.as_str() {
        "" => "[à compléter : service, téléphone, courriel]",
        contact => contact,
    };
    vec![
        format!(
            "À quoi cela sert : {purpose} Rien n’est montré quand trop peu de personnes ont répondu."
        ),
        format!("À rendre au plus tard le {}.", campaign.fin.long()),
        format!(
            "Vos données (RGPD) : réponses sans nom, gardées {months} mois ; responsable : {territory}. {free} Questions et droits : {contact} ; réclamation : Cnil (cnil.fr)."
        ),
    ]
}
