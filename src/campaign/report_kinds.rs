//! The reports that there are, on the territory and on one structure: which one an audience reads, and
//! the words and names of each.

use crate::vocabulary::Audience;

/// A report on the whole territory.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TerritoryReport {
    /// For elected people.
    Synthese,
    /// For families, hence everybody.
    Familles,
    /// The booklet of good practices.
    Pratiques,
    /// The Plan mercredi, for elected people and who coordinates.
    PlanMercredi,
}

/// A report on one structure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SiteReport {
    /// For its team.
    Equipe,
    /// For its families.
    Familles,
    /// To renew its convention.
    Renouvellement,
    /// What it is, on one page.
    Identite,
    /// Its Plan mercredi, on one page.
    PlanMercredi,
}

/// What a report is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ReportSubject {
    /// The whole territory.
    Territory(TerritoryReport),
    /// One structure.
    Site {
        /// Which report on it.
        report: SiteReport,
        /// Its position among those of the campaign.
        position: usize,
    },
}

/// What the index and the folder call a report on the territory.
pub(super) struct TerritoryEntry {
    /// Its name in the index.
    pub titre: &'static str,
    /// What the index says of it.
    pub description: &'static str,
    /// Folder and name without extension.
    pub stem: &'static str,
}

impl TerritoryReport {
    /// What an audience reads of the whole territory.
    pub(super) fn of(audience: Audience) -> &'static [Self] {
        match audience {
            Audience::Elus => &[Self::Synthese, Self::PlanMercredi],
            Audience::Familles => &[Self::Familles],
            Audience::Pratiques => &[Self::Pratiques],
            Audience::Equipe | Audience::Renouvellement | Audience::Departement => &[],
        }
    }

    /// In the index and in the folder.
    pub(super) fn entry(self) -> TerritoryEntry {
        match self {
            Self::Synthese => TerritoryEntry {
                titre: "Synthèse du territoire",
                description: "messages, profil, évolution, impératifs, moyens, plans",
                stem: "elus/synthese-elus",
            },
            Self::Familles => TerritoryEntry {
                titre: "La page du territoire",
                description: "ce qui a été regardé, ce qui va changer, ce que vous avez dit",
                stem: "familles/familles",
            },
            Self::Pratiques => TerritoryEntry {
                titre: "Le livret des bonnes pratiques",
                description: "pratiques remarquables partagées par les équipes",
                stem: "pratiques/bonnes-pratiques",
            },
            Self::PlanMercredi => TerritoryEntry {
                titre: "Le Plan mercredi du territoire",
                description: "les quatre axes de la charte, accueil par accueil",
                stem: "elus/plan-mercredi",
            },
        }
    }

    /// At the head of its first page.
    pub(super) fn title(self) -> &'static str {
        match self {
            Self::Synthese => "La qualité des accueils de loisirs et périscolaires",
            Self::Familles => "La qualité de nos accueils de loisirs",
            Self::Pratiques => "Des pratiques à partager",
            Self::PlanMercredi => "Le Plan mercredi du territoire",
        }
    }

    /// Under its title.
    pub(super) fn line(self) -> &'static str {
        match self {
            Self::Synthese => "Synthèse pour les élus et le comité de pilotage",
            Self::Familles => "Pour les familles du territoire",
            Self::Pratiques => "Livret des bonnes pratiques des accueils du territoire",
            Self::PlanMercredi => "Pour les élus et la coordination",
        }
    }
}

impl SiteReport {
    /// What an audience reads of one structure, the one that comes first before the others.
    pub(super) fn of(audience: Audience) -> &'static [Self] {
        match audience {
            Audience::Equipe => &[Self::Equipe, Self::Identite],
            Audience::Familles => &[Self::Familles],
            Audience::Renouvellement => &[Self::Renouvellement, Self::Identite, Self::PlanMercredi],
            Audience::Elus | Audience::Pratiques | Audience::Departement => &[],
        }
    }

    /// Folder and name without extension for an audience, of the structure that is called so in names of files.
    pub(super) fn stem(self, audience: Audience, plain_name: &str) -> String {
        let name = match (self, audience) {
            (Self::Equipe, _) => "equipes/equipe",
            (Self::Familles, _) => "familles/familles",
            (Self::Renouvellement, _) => "renouvellement/renouvellement",
            (Self::Identite, Audience::Equipe) => "equipes/carte-identite",
            (Self::Identite, _) => "renouvellement/carte-identite",
            (Self::PlanMercredi, _) => "renouvellement/plan-mercredi",
        };
        format!("{name}-{plain_name}")
    }

    /// Its name in the folder that is sent to who directs the accueil.
    pub(super) fn sent_as(self) -> &'static str {
        match self {
            Self::Equipe => "Rapport à l’équipe",
            Self::Familles => "Page des familles",
            Self::Renouvellement => "Dossier de renouvellement",
            Self::Identite => "Carte d’identité",
            Self::PlanMercredi => "Plan mercredi",
        }
    }

    /// What tells it, in the index, from the report that comes first; none for that one.
    pub(super) fn beside(self) -> Option<&'static str> {
        match self {
            Self::Equipe | Self::Familles | Self::Renouvellement => None,
            Self::Identite => Some("Carte"),
            Self::PlanMercredi => Some("Plan mercredi"),
        }
    }

    /// Under the name of the structure.
    pub(super) fn line(self) -> &'static str {
        match self {
            Self::Equipe => "Rapport à l’équipe",
            Self::Familles => "Pour les familles de l’accueil",
            Self::Renouvellement => "Dossier de renouvellement de la convention",
            Self::Identite => "Carte d’identité",
            Self::PlanMercredi => "Plan mercredi",
        }
    }
}
