//! What a delivery is made of: figures computed once, cleared once per audience, then one document
//! per report.

use std::collections::{BTreeMap, BTreeSet};

use super::picture::Picture;
use super::rapport::audiences;
use super::session::Session;
use crate::base::error::{Error, Result};
use crate::base::text::{date_long, date_short};
use crate::disclosure::{Audience, ClearedBooklet, ClearedDelivery, DeliveryLog};
use crate::reports::{
    CampaignLabels, Document, Fact, Head, IndexEntry, IndexGroup, IndexLink, IndexPage,
    ReportContext, ReportFormat, Templates, build_elus, build_equipe, build_familles,
    build_familles_site, build_pratiques, build_renouvellement,
};
use crate::vocabulary::config::{Campaign, Structure, read_outlines};

/// One report to write.
pub struct Job {
    audience: Audience,
    /// Position among the structures; none for the territory.
    structure: Option<usize>,
    titre: String,
    description: String,
    /// Folder and name without extension.
    stem: String,
}

impl Job {
    /// Relative name of its file in a format.
    pub fn file(&self, format: ReportFormat) -> String {
        format!("{}.{}", self.stem, format.extension())
    }
}

/// Everything the reports of a campaign are made from.
pub struct Delivery<'a> {
    session: &'a Session,
    campaign: &'a Campaign,
    date: &'a str,
    /// Templates of the folder.
    pub templates: Templates,
    picture: Picture<'a>,
    context: ReportContext<'a>,
    cleared: BTreeMap<Audience, ClearedDelivery>,
    booklet: ClearedBooklet,
    log: DeliveryLog,
}

impl<'a> Delivery<'a> {
    /// Computes and clears.
    ///
    /// # Errors
    ///
    /// A damaged store, a mistake in a template, outlines that are no map.
    pub fn prepare(
        session: &'a Session,
        campaign: &'a Campaign,
        date: &'a str,
        asked: Option<Audience>,
    ) -> Result<Self> {
        let observatory = &session.observatory;
        let templates = Templates::load(&observatory.templates_dir(), observatory.brand()?)?;
        let picture = Picture::of(session, campaign)?;
        let context = ReportContext {
            referentiel: picture.referentiel,
            campaigns: CampaignLabels {
                current: &campaign.id,
                previous: earlier(session, campaign).map(|c| c.id.as_str()),
            },
            structures: (observatory.registry.all().iter())
                .map(|s| (s.code.as_str(), s))
                .collect(),
            outlines: read_outlines(&observatory.root)?,
        };
        let mut delivery = Self {
            session,
            campaign,
            date,
            templates,
            picture,
            context,
            cleared: BTreeMap::new(),
            booklet: ClearedBooklet::default(),
            log: DeliveryLog::open(&observatory.root)?,
        };
        for audience in audiences(asked) {
            let (cleared, _) =
                (delivery.picture).clear(session, (audience, date), &mut delivery.log);
            if audience == Audience::Pratiques {
                delivery.booklet = delivery.picture.booklet(session, date, &cleared);
            }
            delivery.cleared.insert(audience, cleared);
        }
        Ok(delivery)
    }

    /// The reports to write, in the order of the index.
    ///
    /// # Errors
    ///
    /// A structure that is not in the registry or not active in the campaign.
    pub fn jobs(&self, structure: Option<&str>) -> Result<Vec<Job>> {
        let sites = self.sites(structure)?;
        let mut jobs = Vec::new();
        for audience in self.cleared.keys() {
            let whole = structure.is_none();
            match audience {
                Audience::Equipe => jobs.extend(sites.iter().map(|i| self.site_job(*audience, *i))),
                Audience::Renouvellement => {
                    jobs.extend(sites.iter().map(|i| self.site_job(*audience, *i)));
                }
                Audience::Familles => {
                    jobs.extend(whole.then(|| territory_job(*audience)));
                    jobs.extend(sites.iter().map(|i| self.site_job(*audience, *i)));
                }
                Audience::Elus | Audience::Pratiques => {
                    jobs.extend(whole.then(|| territory_job(*audience)));
                }
            }
        }
        Ok(jobs)
    }

    fn sites(&self, code: Option<&str>) -> Result<Vec<usize>> {
        let all = &self.picture.structures;
        let Some(code) = code else {
            return Ok((0..all.len()).collect());
        };
        let found = all.iter().position(|s| s.code.eq_ignore_ascii_case(code));
        found.map(|i| vec![i]).ok_or_else(|| {
            Error::Usage(format!(
                "La structure « {code} » n’est pas au registre, ou n’est pas en activité pendant {}.",
                self.campaign.id
            ))
        })
    }

    fn site_job(&self, audience: Audience, position: usize) -> Job {
        let site = self.picture.structures[position];
        let (folder, name) = match audience {
            Audience::Equipe => ("equipes", "equipe"),
            Audience::Familles => ("familles", "familles"),
            _ => ("renouvellement", "renouvellement"),
        };
        Job {
            audience,
            structure: Some(position),
            titre: format!("{} {}", site.code, site.nom),
            description: site.kind.label().to_owned(),
            stem: format!("{folder}/{name}-{}", safe(&site.code)),
        }
    }

    /// The content of a report.
    ///
    /// # Errors
    ///
    /// A chart that cannot be drawn.
    pub fn document(&self, job: &Job) -> Result<Document> {
        let cleared = &self.cleared[&job.audience];
        let context = &self.context;
        let Some(position) = job.structure else {
            let tete = self.head(job.audience, None);
            return match job.audience {
                Audience::Elus => build_elus(cleared, context, tete),
                Audience::Familles => build_familles(&cleared.territory, context, tete),
                _ => Ok(build_pratiques(&self.booklet, context, tete)),
            };
        };
        let structure = self.picture.structures[position];
        let site = &cleared.sites[position];
        let tete = self.head(job.audience, Some(structure));
        match job.audience {
            Audience::Equipe => build_equipe(site, context, tete, facts(structure)),
            Audience::Familles => build_familles_site(site, context, tete),
            _ => build_renouvellement(site, context, tete, facts(structure)),
        }
    }

    fn head(&self, audience: Audience, site: Option<&Structure>) -> Head {
        let territory = &self.session.observatory.settings.territory;
        let (title, subtitle) = titles(audience, site);
        Head {
            title,
            subtitle,
            audience: audience.as_str().to_owned(),
            campaign: format!(
                "{} · {}, du {} au {}",
                self.campaign.id,
                self.campaign.label,
                date_short(&self.campaign.debut),
                date_short(&self.campaign.fin)
            ),
            territory: territory.nom.clone(),
            edition: format!("Édité le {}", date_long(self.date)),
            date: self.date.to_owned(),
            version: self.picture.referentiel.version.clone(),
            fictitious: territory.donnees_fictives,
            contact: territory.contact.clone(),
        }
    }

    /// The page from which every report opens.
    pub fn index(&self, jobs: &[Job], formats: &BTreeSet<ReportFormat>) -> IndexPage {
        let groups = self.cleared.keys().map(|audience| {
            let own = jobs.iter().filter(|j| j.audience == *audience);
            let entries = own.map(|job| IndexEntry {
                title: job.titre.clone(),
                description: job.description.clone(),
                links: (formats.iter())
                    .map(|f| IndexLink {
                        format: f.extension().to_uppercase(),
                        address: job.file(*f),
                    })
                    .collect(),
            });
            IndexGroup {
                heading: heading(*audience).to_owned(),
                entries: entries.collect(),
            }
        });
        let mut head = self.head(Audience::Elus, None);
        "Les rapports de la campagne".clone_into(&mut head.title);
        "Observatoire de la qualité des accueils de loisirs et périscolaires"
            .clone_into(&mut head.subtitle);
        "index".clone_into(&mut head.audience);
        IndexPage {
            head,
            groups: groups.filter(|g| !g.entries.is_empty()).collect(),
            masked: self.masked(),
        }
    }

    /// What was masked, one sentence per audience.
    pub fn masked(&self) -> Vec<String> {
        let said = self.cleared.iter().filter_map(|(audience, cleared)| {
            let summary = cleared.masked.summary()?;
            Some(format!("Masqué {} : {summary}", audience.to_whom()))
        });
        said.collect()
    }

    /// Remembers what was delivered, so that a later delivery gives nothing away by difference.
    ///
    /// # Errors
    ///
    /// The log cannot be written.
    pub fn record(mut self) -> Result<()> {
        for cleared in self.cleared.values() {
            self.log.record(cleared, self.date);
        }
        self.log.save()
    }
}

fn earlier<'a>(session: &'a Session, campaign: &Campaign) -> Option<&'a Campaign> {
    let all = session.observatory.settings.campaigns.iter();
    all.filter(|c| c.debut < campaign.debut)
        .max_by_key(|c| (&c.debut, &c.id))
}

fn heading(audience: Audience) -> &'static str {
    match audience {
        Audience::Equipe => "Pour les équipes",
        Audience::Elus => "Pour les élus et le comité de pilotage",
        Audience::Familles => "Pour les familles",
        Audience::Renouvellement => "Pour le renouvellement des conventions",
        Audience::Pratiques => "Pour partager les bonnes pratiques",
    }
}

fn territory_job(audience: Audience) -> Job {
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
    Job {
        audience,
        structure: None,
        titre: titre.to_owned(),
        description: description.to_owned(),
        stem: stem.to_owned(),
    }
}

/// Title and line under it.
fn titles(audience: Audience, site: Option<&Structure>) -> (String, String) {
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
    (title.to_owned(), line)
}

/// Codes come from the registry: anything Windows refuses in a name becomes a hyphen.
fn safe(code: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '_';
    code.chars()
        .map(|c| if plain(c) { c } else { '-' })
        .collect()
}

fn facts(s: &Structure) -> Vec<Fact> {
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
