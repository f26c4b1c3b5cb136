//! The catalogue of reports: which ones an edition holds, for whom, and the names of their files.

use crate::reports::ReportFormat;
use crate::vocabulary::Audience;
use crate::vocabulary::config::Structure;

/// One report to write.
pub(crate) struct ReportJob {
    /// Who reads it.
    pub audience: Audience,
    /// Position among the structures; none for the territory.
    pub structure: Option<usize>,
    /// Its name in the index.
    pub titre: String,
    /// What the index says of it.
    pub description: String,
    /// Folder and name without extension.
    stem: String,
}

impl ReportJob {
    /// Relative name of its file in a format.
    pub(crate) fn file(&self, format: ReportFormat) -> String {
        format!("{}.{}", self.stem, format.extension())
    }

    /// The report on the whole territory.
    fn on_territory(audience: Audience) -> Self {
        let (titre, description, stem) = match audience {
            Audience::Elus => (
                "Synthèse du territoire",
                "messages, profil, évolution, impératifs, moyens, plans",
                "elus/synthese-elus",
            ),
            Audience::Familles => (
                "La page du territoire",
                "ce qui a été regardé, ce qui va changer, ce que vous avez dit",
                "familles/familles",
            ),
            _ => (
                "Le livret des bonnes pratiques",
                "pratiques remarquables partagées par les équipes",
                "pratiques/bonnes-pratiques",
            ),
        };
        Self {
            audience,
            structure: None,
            titre: titre.to_owned(),
            description: description.to_owned(),
            stem: stem.to_owned(),
        }
    }

    /// The report on one structure.
    fn on_structure(audience: Audience, position: usize, site: &Structure) -> Self {
        let (folder, name) = match audience {
            Audience::Equipe => ("equipes", "equipe"),
            Audience::Familles => ("familles", "familles"),
            _ => ("renouvellement", "renouvellement"),
        };
        Self {
            audience,
            structure: Some(position),
            titre: format!("{} {}", site.code, site.nom),
            description: site.kind.label().to_owned(),
            stem: format!("{folder}/{name}-{}", plain_name(&site.code)),
        }
    }
}

/// What reports there may be of a campaign.
pub(super) struct Catalogue<'a> {
    /// Structures active in it, in order of code.
    pub structures: &'a [&'a Structure],
}

impl Catalogue<'_> {
    /// The reports to some audiences, on one structure alone when there is one.
    pub(super) fn jobs(
        &self,
        audiences: impl Iterator<Item = Audience>,
        structure: Option<&Structure>,
    ) -> Vec<ReportJob> {
        let sites = self.structures.iter().enumerate();
        let wanted = sites.filter(|(_, s)| structure.is_none_or(|one| one.code == s.code));
        let wanted: Vec<(usize, &&Structure)> = wanted.collect();
        let mut jobs = Vec::new();
        for audience in audiences {
            if has_territory(audience) && structure.is_none() {
                jobs.push(ReportJob::on_territory(audience));
            }
            if has_structures(audience) {
                let sites = wanted.iter();
                jobs.extend(sites.map(|(i, site)| ReportJob::on_structure(audience, *i, site)));
            }
        }
        jobs
    }
}

fn has_territory(audience: Audience) -> bool {
    matches!(
        audience,
        Audience::Elus | Audience::Familles | Audience::Pratiques
    )
}

fn has_structures(audience: Audience) -> bool {
    matches!(
        audience,
        Audience::Equipe | Audience::Familles | Audience::Renouvellement
    )
}

/// Codes come from the registry: anything Windows refuses in a name becomes a hyphen.
fn plain_name(code: &str) -> String {
    code.replace(|c: char| !c.is_ascii_alphanumeric() && c != '_', "-")
}
