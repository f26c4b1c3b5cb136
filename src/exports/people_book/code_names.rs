//! The name behind a code: an accueil in the registry; an axe, a critère, an élément in the référentiels of the
//! observatory, the latest campaign's first; an indicator of activity.

use crate::intake::activity_meaning;
use crate::vocabulary::config::{Observatory, Registry};
use crate::vocabulary::referentiel::{ActivityCode, Referentiel};

/// What tells the names.
pub(super) struct CodeNames<'a> {
    registry: &'a Registry,
    /// By campaign, the latest first: two of one version may say a sentence otherwise.
    referentiels: Vec<(&'a str, &'a Referentiel)>,
}

impl<'a> CodeNames<'a> {
    pub(super) fn of(observatory: &'a Observatory) -> Self {
        let campaigns = observatory.settings.campaigns.iter().rev();
        let named = campaigns.map(|c| (c.id.as_str(), observatory.referentiel(c)));
        Self {
            registry: &observatory.registry,
            referentiels: named.collect(),
        }
    }

    /// « R01 La Ruche »; the code alone when the registry does not know it.
    pub(super) fn place(&self, code: &str) -> String {
        let found = self.registry.get(code);
        found.map_or_else(|| code.to_owned(), |s| format!("{code} {}", s.nom))
    }

    /// What stands for a word that is no code of the référentiel: what a measure counts, what a line of a file says.
    pub(super) fn said_of(word: &str) -> Option<&'static str> {
        match word {
            "corrige_le" => Some("constat corrigé le"),
            "ACCORD" => Some("accord de l’équipe pour diffuser une pratique"),
            "REMARQUABLE" => Some("pratique remarquable"),
            word => activity_meaning(word),
        }
    }

    /// The name of a code in the référentiel of a campaign, else in a version of it, else in the latest that has it.
    pub(super) fn label(&self, code: &str, campaign: &str, version: &str) -> Option<&str> {
        let all = self.referentiels.iter();
        let of_campaign = all.clone().filter(|(id, _)| *id == campaign);
        let of_version = all.clone().filter(|(_, r)| r.version == version);
        let mut known = of_campaign.chain(of_version).chain(all);
        known
            .find_map(|(_, r)| in_referentiel(r, code))
            .or(match code {
                "REGLES" => Some("toutes les règles"),
                "COMPOSITE" => Some("moyenne pondérée des axes demandés"),
                _ => code.parse::<ActivityCode>().ok().map(ActivityCode::label),
            })
    }
}

fn in_referentiel<'r>(r: &'r Referentiel, code: &str) -> Option<&'r str> {
    let axe = r.axes.iter().find(|axe| axe.code == code);
    let critere = || Some(r.criteres[r.critere(code)?].label.as_str());
    let element = || Some(r.elements[r.element(code)?].label.as_str());
    axe.map(|axe| axe.label.as_str())
        .or_else(critere)
        .or_else(element)
}
