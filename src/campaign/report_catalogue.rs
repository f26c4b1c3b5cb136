//! The catalogue of reports: which ones an edition holds, for whom, and the names of their files.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use super::dossier_names::DossierNames;
use super::report_kinds::{ReportSubject, SiteReport, TerritoryReport};
use crate::base::day::Day;
use crate::base::error::{Error, Result};
use crate::base::text::hex;
use crate::reports::ReportFormat;
use crate::vocabulary::Audience;
use crate::vocabulary::config::Structure;

/// What is sent to who directs an accueil, as its team and its families are given it.
pub(super) const SENT: [(Audience, SiteReport); 3] = [
    (Audience::Equipe, SiteReport::Equipe),
    (Audience::Familles, SiteReport::Familles),
    (Audience::Equipe, SiteReport::Identite),
];

/// One report to write.
pub(crate) struct ReportJob {
    /// Who reads it.
    pub audience: Audience,
    /// What it is about.
    pub(super) subject: ReportSubject,
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

    /// What tells it, in the index, from the report of the same accueil that comes first; none for that one.
    pub(super) fn beside(&self) -> Option<&'static str> {
        match self.subject {
            ReportSubject::Territory(_) => None,
            ReportSubject::Site { report, .. } => report.beside(),
        }
    }

    /// A report on one structure, by its position among those of the campaign.
    fn on_site(
        audience: Audience,
        report: SiteReport,
        (position, site): (usize, &Structure),
        stem: String,
    ) -> Self {
        Self {
            audience,
            subject: ReportSubject::Site { report, position },
            titre: format!("{} {}", site.code, site.nom),
            description: site.kind.label().to_owned(),
            stem,
        }
    }

    /// The report on the whole territory.
    fn on_territory(audience: Audience, report: TerritoryReport) -> Self {
        let entry = report.entry();
        Self {
            audience,
            subject: ReportSubject::Territory(report),
            titre: entry.titre.to_owned(),
            description: entry.description.to_owned(),
            stem: entry.stem.to_owned(),
        }
    }
}

/// What reports there may be of a campaign.
pub(super) struct Catalogue<'a> {
    /// Structures active in it, in order of code.
    pub structures: &'a [&'a Structure],
    /// Whether its référentiel says which critères speak of the Plan mercredi.
    pub has_charter: bool,
}

impl Catalogue<'_> {
    /// The reports to some audiences, on one structure alone when there is one.
    pub(super) fn jobs(
        &self,
        audiences: impl Iterator<Item = Audience>,
        structure: Option<&Structure>,
    ) -> Result<Vec<ReportJob>> {
        let sites = self.structures.iter().zip(self.plain_names()?).enumerate();
        let is_wanted = |s: &Structure| structure.is_none_or(|one| one.code == s.code);
        let wanted: Vec<_> = sites.filter(|(_, (s, _))| is_wanted(s)).collect();
        let mut jobs = Vec::new();
        for audience in audiences {
            let has_page = |report: &&TerritoryReport| {
                **report != TerritoryReport::PlanMercredi
                    || (self.has_charter && self.structures.iter().any(|s| s.is_of_plan_mercredi()))
            };
            if structure.is_none() {
                let reports = TerritoryReport::of(audience).iter().filter(has_page);
                jobs.extend(reports.map(|report| ReportJob::on_territory(audience, *report)));
            }
            for (position, (site, name)) in &wanted {
                let concerns = |report: &&SiteReport| {
                    **report != SiteReport::PlanMercredi
                        || (self.has_charter && site.is_of_plan_mercredi())
                };
                let reports = SiteReport::of(audience).iter().filter(concerns);
                jobs.extend(reports.map(|report| {
                    let stem = report.stem(audience, name);
                    ReportJob::on_site(audience, *report, (*position, site), stem)
                }));
            }
        }
        Ok(jobs)
    }

    /// What is sent to who directs each structure, or one of them, in the folder of its own.
    ///
    /// # Errors
    ///
    /// Two structures that cannot be told apart by name.
    pub(super) fn dossier_jobs(
        &self,
        structure: Option<&Structure>,
        day: Day,
    ) -> Result<Vec<ReportJob>> {
        let mut jobs = Vec::new();
        for (position, names) in self.dossier_names(structure, day)? {
            let site = self.structures[position];
            jobs.extend(SENT.iter().map(|(audience, report)| {
                let stem = names.stem(report.sent_as());
                ReportJob::on_site(*audience, *report, (position, site), stem)
            }));
        }
        Ok(jobs)
    }

    /// How the folder of each structure, or of one of them, is called, by position.
    ///
    /// # Errors
    ///
    /// Two structures that cannot be told apart by name.
    pub(super) fn dossier_names(
        &self,
        structure: Option<&Structure>,
        day: Day,
    ) -> Result<Vec<(usize, DossierNames)>> {
        let sites = self.structures.iter().zip(self.plain_names()?).enumerate();
        let is_wanted = |s: &Structure| structure.is_none_or(|one| one.code == s.code);
        let wanted = sites.filter(|(_, (site, _))| is_wanted(site));
        Ok(wanted
            .map(|(position, (site, code))| (position, DossierNames::of(&site.nom, &code, day)))
            .collect())
    }

    /// What each structure is called in names of files, in order: never the same for two of them,
    /// even where capitals do not count.
    fn plain_names(&self) -> Result<Vec<String>> {
        let mut used: BTreeMap<String, &str> = BTreeMap::new();
        let mut names = Vec::new();
        for site in self.structures {
            let name = plain_name(&site.code);
            if let Some(other) = used.insert(name.to_lowercase(), &site.code) {
                return Err(Error::Config(format!(
                    "Les codes « {other} » et « {} » donneraient le même nom de fichier : leurs rapports se remplaceraient l’un l’autre. Changez l’un des deux dans data/structures.csv, puis recommencez.",
                    site.code
                )));
            }
            names.push(name);
        }
        Ok(names)
    }
}

/// A code as a part of a file name. Codes come from the registry: anything Windows refuses in a name
/// becomes a hyphen, and a few digits tell apart those that would then be alike (`P.1`, `P/1`). A
/// word comes before it in every name, so that none is one that Windows reserves (`CON`, `NUL`).
fn plain_name(code: &str) -> String {
    let plain = code.replace(
        |c: char| !c.is_ascii_alphanumeric() && c != '_' && c != '-',
        "-",
    );
    if plain == code {
        return plain;
    }
    let digest = Sha256::digest(code.as_bytes());
    format!("{plain}-{}", hex(&digest[..3]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vocabulary::config::parse_registry;

    /// Names of the reports of structures, each read by itself: a registry refuses some pairs earlier.
    fn names(codes: &[&str]) -> Result<Vec<String>> {
        let path = std::path::Path::new("structures.csv");
        let mut registries = Vec::new();
        for code in codes {
            let text = format!("code,nom,type,pedt\n{code},Accueil {code},mixte,oui\n");
            registries.push(parse_registry(path, text.as_bytes())?);
        }
        let structures: Vec<&Structure> = registries.iter().map(|r| &r.all()[0]).collect();
        let catalogue = Catalogue {
            structures: &structures,
            has_charter: false,
        };
        catalogue.plain_names()
    }

    #[test]
    fn no_two_structures_share_a_file() {
        let all = names(&["P.1", "P/1", "P:1", "P-1", "CON", "P1."]).expect("names");
        let distinct: std::collections::BTreeSet<&String> = all.iter().collect();
        assert_eq!(distinct.len(), all.len(), "{all:?}");
        let is_plain = |c: char| c.is_ascii_alphanumeric() || c == '-';
        assert!(all.iter().all(|name| name.chars().all(is_plain)), "{all:?}");
        assert_eq!(names(&["R01", "P_2"]).expect("names"), ["R01", "P_2"]);
    }

    #[test]
    fn codes_that_capitals_alone_tell_apart_are_refused() {
        let said = names(&["p1", "P1"]).expect_err("the same on Windows");
        assert!(said.to_string().contains("« p1 » et « P1 »"), "{said}");
    }
}
