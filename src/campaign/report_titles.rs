//! Titles of the reports, and what stands under them of a structure.

use crate::reports::Fact;
use crate::vocabulary::Audience;
use crate::vocabulary::config::Structure;

/// Title of a report and the line under it.
pub(super) struct ReportTitles {
    pub title: String,
    pub line: String,
}

impl ReportTitles {
    /// Those of a report to an audience, on a structure or on the territory.
    pub(super) fn of(audience: Audience, site: Option<&Structure>) -> Self {
        let (title, line) = match (audience, site) {
            (Audience::Equipe, Some(s)) => (s.nom.as_str(), "Rapport à l’équipe"),
            (Audience::Renouvellement, Some(s)) => {
                (s.nom.as_str(), "Dossier de renouvellement de la convention")
            }
            (Audience::Familles, Some(s)) => (s.nom.as_str(), "Pour les familles de l’accueil"),
            (Audience::Familles, None) => (
                "La qualité de nos accueils de loisirs",
                "Pour les familles du territoire",
            ),
            (Audience::Pratiques, _) => (
                "Des pratiques à partager",
                "Livret des bonnes pratiques des accueils du territoire",
            ),
            _ => (
                "La qualité des accueils de loisirs et périscolaires",
                "Synthèse pour les élus et le comité de pilotage",
            ),
        };
        let line = match site.filter(|_| audience != Audience::Familles) {
            Some(s) => format!("{line} · {} · {}", s.code, s.kind.label()),
            None => line.to_owned(),
        };
        Self {
            title: title.to_owned(),
            line,
        }
    }

    /// Those of the page from which every report opens.
    pub(super) fn of_index() -> Self {
        Self {
            title: "Les rapports de la campagne".to_owned(),
            line: "Observatoire de la qualité des accueils de loisirs et périscolaires".to_owned(),
        }
    }
}

/// Heading of an audience's reports in the index.
pub(super) fn group_heading(audience: Audience) -> &'static str {
    match audience {
        Audience::Equipe => "Pour les équipes",
        Audience::Elus => "Pour les élus et le comité de pilotage",
        Audience::Familles => "Pour les familles",
        Audience::Renouvellement => "Pour le renouvellement des conventions",
        Audience::Pratiques => "Pour partager les bonnes pratiques",
        Audience::Departement => "Pour le département",
    }
}

/// What the registry says of a structure.
pub(super) fn facts(s: &Structure) -> Vec<Fact> {
    let mut facts = vec![Fact::new("Type d’accueil", s.kind.label())];
    if !s.commune.is_empty() {
        facts.push(Fact::new("Commune", &s.commune));
    }
    if !s.secteur.is_empty() {
        facts.push(Fact::new("Secteur", &s.secteur));
    }
    if let (Some(small), Some(big)) = (s.capacite_moins6, s.capacite_6plus) {
        facts.push(Fact::new(
            "Capacité",
            format!("{small} enfants de moins de six ans, {big} de six ans et plus"),
        ));
    }
    let pedt = if s.pedt {
        "couvert par un PEDT"
    } else {
        "hors PEDT"
    };
    facts.push(Fact::new("PEDT", pedt));
    facts
}
