//! Titles of the reports, and what stands under them of a structure.

use super::report_kinds::{SiteReport, TerritoryReport};
use crate::reports::Fact;
use crate::vocabulary::Audience;
use crate::vocabulary::config::Structure;

/// Title of a report and the line under it.
pub(super) struct ReportTitles {
    pub title: String,
    pub line: String,
}

impl ReportTitles {
    /// Those of a report on the territory.
    pub(super) fn of_territory(report: TerritoryReport) -> Self {
        Self {
            title: report.title().to_owned(),
            line: report.line().to_owned(),
        }
    }

    /// Those of a report on a structure. Families know theirs by its name.
    pub(super) fn of_site(report: SiteReport, site: &Structure) -> Self {
        let line = report.line();
        Self {
            title: site.nom.clone(),
            line: match report {
                SiteReport::Familles => line.to_owned(),
                SiteReport::Equipe
                | SiteReport::Renouvellement
                | SiteReport::Identite
                | SiteReport::PlanMercredi => {
                    format!("{line} · {} · {}", site.code, site.kind.label())
                }
            },
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
    if let Some(there) = s.pedt.declared {
        let pedt = if there {
            "couvert par un PEDT"
        } else {
            "hors PEDT"
        };
        facts.push(Fact::new("PEDT", pedt));
    }
    facts
}
