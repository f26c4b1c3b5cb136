//! One edition of the reports of a campaign: figures computed once, cleared once per audience, then one
//! document per report; once it is delivered, the log remembers what each audience was shown.

use std::collections::{BTreeMap, BTreeSet};

use super::open_observatory::OpenObservatory;
use super::picture::{AudienceView, Picture, Reach};
use super::report_catalogue::{Catalogue, ReportJob};
use super::report_kinds::{ReportSubject, SiteReport, TerritoryReport};
use super::report_states::Deliveries;
use super::report_titles::{ReportTitles, facts, group_heading};
use crate::base::day::Day;
use crate::base::diagnostics::Diagnostic;
use crate::base::error::{Error, Result};
use crate::base::files::edition_folder;
use crate::base::text::count;
use crate::disclosure::{ClearedBooklet, ClearedDelivery, ClearedSite, DeliveryLog};
use crate::reports::{
    CalledCampaigns, CampaignLabels, Document, Head, IndexEntry, IndexGroup, IndexLink, IndexPage,
    ReportContext, ReportFormat, Templates, build_elus, build_equipe, build_familles,
    build_familles_site, build_pratiques, build_renouvellement,
};
use crate::vocabulary::Audience;
use crate::vocabulary::config::{Campaign, Structure, read_outlines};

/// What is asked of an edition.
pub(crate) struct EditionRequest<'a> {
    /// Campaign.
    pub campaign: &'a Campaign,
    /// Day of the edition.
    pub date: Day,
    /// Whether a person says that these reports are final, whatever time their teams had.
    pub is_final: bool,
    /// The only audience wanted; all of them otherwise.
    pub audience: Option<Audience>,
    /// Code of the only structure wanted; all of them and the territory otherwise.
    pub structure: Option<&'a str>,
}

/// Everything the reports of a campaign are made from.
pub(crate) struct Edition<'a> {
    opened: &'a OpenObservatory,
    campaign: &'a Campaign,
    date: Day,
    /// Templates of the folder.
    pub templates: Templates,
    /// The only structure wanted.
    structure: Option<&'a Structure>,
    picture: Picture<'a>,
    context: ReportContext<'a>,
    views: BTreeMap<Audience, AudienceView>,
    booklet: ClearedBooklet,
    log: DeliveryLog,
}

impl<'a> Edition<'a> {
    /// Computes and clears; `log` was opened for a delivery.
    ///
    /// # Errors
    ///
    /// A structure that is not in the registry or not active in the campaign; a damaged store, a mistake
    /// in a template, outlines that are no map.
    pub(crate) fn prepare(
        opened: &'a OpenObservatory,
        request: &EditionRequest<'a>,
        log: DeliveryLog,
    ) -> Result<Self> {
        let observatory = &opened.observatory;
        let campaign = request.campaign;
        let templates = Templates::load(&observatory.templates_dir(), observatory.brand()?)?;
        let structure = request.structure.map(|code| opened.active(code, campaign));
        let structure = structure.transpose()?;
        let picture = Picture::of(
            opened,
            campaign,
            reach(structure, request.audience),
            request.date,
        )?;
        let mut edition = Self {
            opened,
            campaign,
            date: request.date,
            templates,
            context: ReportContext {
                states: Deliveries {
                    log: &log,
                    campaign: &campaign.id,
                    date: request.date,
                    is_final: request.is_final,
                }
                .states(&picture.structures),
                ..context(opened, campaign, &picture)?
            },
            structure,
            picture,
            views: BTreeMap::new(),
            booklet: ClearedBooklet::default(),
            log,
        };
        let audiences = Audience::ALL.into_iter();
        for audience in audiences.filter(|a| a.reads_reports()) {
            if request.audience.is_none_or(|only| only == audience) {
                edition.clear(audience);
            }
        }
        Ok(edition)
    }

    fn clear(&mut self, audience: Audience) {
        let picture = &self.picture;
        let own = self.structure.filter(|_| !audience.reads_all_sites());
        let structures = own.map_or(picture.structures.clone(), |own| vec![own]);
        let view = picture.clear(self.opened, &structures, audience, self.date, &self.log);
        if audience == Audience::Pratiques {
            self.booklet = picture.booklet(self.opened, self.date, &view.cleared);
        }
        self.views.insert(audience, view);
    }

    /// The reports to write, in the order of the index.
    ///
    /// # Errors
    ///
    /// Two structures that cannot be told apart by name.
    pub(crate) fn jobs(&self) -> Result<Vec<ReportJob>> {
        let catalogue = Catalogue {
            structures: &self.picture.structures,
        };
        catalogue.jobs(self.views.keys().copied(), self.structure)
    }

    /// The content of a report.
    ///
    /// # Errors
    ///
    /// A chart that cannot be drawn.
    pub(crate) fn document(&self, job: &ReportJob) -> Result<Document> {
        let cleared = &self.views[&job.audience].cleared;
        let context = &self.context;
        let public = job.audience.as_str();
        match job.subject {
            ReportSubject::Territory(report) => {
                let head = self.head(public, ReportTitles::of_territory(report));
                match report {
                    TerritoryReport::Synthese => build_elus(cleared, context, head),
                    TerritoryReport::Familles => build_familles(&cleared.territory, context, head),
                    TerritoryReport::Pratiques => Ok(build_pratiques(&self.booklet, context, head)),
                }
            }
            ReportSubject::Site { report, position } => {
                let structure = self.picture.structures[position];
                let mut head = self.head(public, ReportTitles::of_site(report, structure));
                if let Some(state) = context.states.get(&structure.code)
                    && report == SiteReport::Equipe
                {
                    head.edition = format!("{}, {}", head.edition, state.mention());
                }
                let site = site_of(cleared, structure)?;
                let facts = facts(structure);
                match report {
                    SiteReport::Equipe => build_equipe(site, context, head, facts),
                    SiteReport::Familles => build_familles_site(site, context, head),
                    SiteReport::Renouvellement => {
                        let organiser = &cleared.territory.organiser;
                        build_renouvellement(site, organiser, context, head, facts)
                    }
                }
            }
        }
    }

    fn head(&self, public: &str, titles: ReportTitles) -> Head {
        let territory = &self.opened.observatory.settings.territory;
        let campaign = self.campaign;
        let is_family = public == Audience::Familles.as_str();
        Head {
            title: titles.title,
            subtitle: titles.line,
            audience: public.to_owned(),
            // No code where families read.
            campaign: format!(
                "{}{}, du {} au {}",
                if is_family {
                    String::new()
                } else {
                    format!("{} · ", campaign.id)
                },
                campaign.label,
                campaign.debut.short(),
                campaign.fin.short()
            ),
            territory: territory.nom.clone(),
            edition: format!("Édité le {}", self.date.long()),
            date: self.date.to_string(),
            version: if is_family {
                String::new()
            } else {
                self.picture.referentiel.version.clone()
            },
            fictitious: territory.donnees_fictives,
            contact: territory.contact.clone(),
        }
    }

    /// The page from which every report of the campaign opens: those that will stand in the folder,
    /// by relative name, whichever edition wrote them.
    ///
    /// # Errors
    ///
    /// Two structures that cannot be told apart by name.
    pub(crate) fn index(&self, stands: impl Fn(&str) -> Option<Day>) -> Result<IndexPage> {
        let scope = self.opened.scope(self.campaign);
        let catalogue = Catalogue {
            structures: &scope.structures,
        };
        let all = catalogue.jobs(Audience::ALL.into_iter(), None)?;
        let groups = Audience::ALL.iter().map(|audience| {
            let entries = all.iter().filter(|j| j.audience == *audience);
            let entries = entries.map(|job| self.entry(job, &stands));
            IndexGroup {
                heading: group_heading(*audience).to_owned(),
                entries: entries.filter(|entry| !entry.links.is_empty()).collect(),
            }
        });
        Ok(IndexPage {
            groups: groups.filter(|g| !g.entries.is_empty()).collect(),
            head: self.head("index", ReportTitles::of_index()),
            masked: self.masked(),
        })
    }

    /// A report in the index, with what stands of it: what is of another day says so, once where all of it
    /// is.
    fn entry(&self, job: &ReportJob, stands: impl Fn(&str) -> Option<Day>) -> IndexEntry {
        let formats = ReportFormat::ALL.into_iter();
        let standing: Vec<(ReportFormat, Day)> = formats
            .filter_map(|format| Some((format, stands(&job.file(format))?)))
            .collect();
        let is_other = |(_, day): &&(ReportFormat, Day)| *day != self.date;
        let first = standing.first().filter(is_other).map(|(_, day)| *day);
        let shared = first.filter(|first| standing.iter().all(|(_, day)| day == first));
        let mut description = job.description.clone();
        if let Some(day) = shared {
            description = format!("{description} · édition du {}", day.short());
        }
        let links = standing.into_iter().map(|(format, day)| {
            let mut text = format.extension().to_uppercase();
            if day != self.date && shared.is_none() {
                text = format!("{text} du {}", day.short());
            }
            IndexLink {
                format: text,
                address: job.file(format),
            }
        });
        IndexEntry {
            title: job.titre.clone(),
            description,
            links: links.collect(),
        }
    }

    /// The page of an edition of another day, of which these files were kept.
    ///
    /// # Errors
    ///
    /// Two structures that cannot be told apart by name.
    pub(crate) fn index_of(&self, day: Day, names: &BTreeSet<String>) -> Result<IndexPage> {
        let mut page = self.index(|name| names.contains(name).then_some(self.date))?;
        page.masked.clear();
        page.head.title = format!("{}, édition du {}", page.head.title, day.long());
        page.head.edition = format!("Édité le {}, remplacé depuis", day.long());
        page.head.date = day.to_string();
        Ok(page)
    }

    /// What the index says of editions of other days, the latest first.
    pub(crate) fn earlier_editions(
        earlier: &BTreeMap<Day, BTreeSet<String>>,
    ) -> Option<IndexGroup> {
        let entries = earlier.iter().rev().map(|(day, names)| IndexEntry {
            title: format!("Édition du {}", day.long()),
            description: count(
                names.len(),
                "fichier remplacé depuis, et gardé",
                "fichiers remplacés depuis, et gardés",
            ),
            links: vec![IndexLink {
                format: "HTML".to_owned(),
                address: format!("{}/index.html", edition_folder(*day)),
            }],
        });
        (!earlier.is_empty()).then(|| IndexGroup {
            heading: "Éditions précédentes".to_owned(),
            entries: entries.collect(),
        })
    }

    /// What is to be said of the aggregates that the reports are made from.
    pub(crate) fn remarks(&self) -> Vec<Diagnostic> {
        let mut remarks = self.opened.shared_remarks();
        remarks.extend(self.picture.not_added.clone());
        remarks
    }

    /// What was masked, one sentence per audience.
    pub(crate) fn masked(&self) -> Vec<String> {
        let sentences = self.views.iter().filter_map(|(audience, view)| {
            let summary = view.cleared.masked.summary()?;
            Some(format!("Masqué {} : {summary}", audience.to_whom()))
        });
        sentences.collect()
    }

    /// Remembers what is about to be delivered, so that a later delivery gives nothing away by
    /// difference; gives the names of the files of the log.
    ///
    /// # Errors
    ///
    /// The log cannot be written.
    pub(crate) fn record(&mut self) -> Result<Vec<String>> {
        for view in self.views.values() {
            self.log.record(&view.cleared, &view.repeats, self.date)?;
        }
        self.log.save()
    }
}

/// What was cleared of a structure. Sites are in order of code.
fn site_of<'c>(cleared: &'c ClearedDelivery, structure: &Structure) -> Result<&'c ClearedSite> {
    let found = (cleared.sites).binary_search_by(|s| s.structure.cmp(&structure.code));
    let site = found.ok().map(|position| &cleared.sites[position]);
    site.ok_or_else(|| {
        Error::Render(format!(
            "« {} » n’est pas dans ce qui a été préparé pour cette édition.",
            structure.code
        ))
    })
}

/// How far a picture must go: what is read side by side is cleared side by side, all of it; a team
/// reads of its own structure.
fn reach(structure: Option<&Structure>, audience: Option<Audience>) -> Reach<'_> {
    let is_alone = audience.is_some_and(|a| !a.reads_all_sites());
    structure
        .filter(|_| is_alone)
        .map_or(Reach::Territory, Reach::Structure)
}

/// What all reports share: vocabulary, campaigns, registry, outlines of the map.
fn context<'a>(
    opened: &'a OpenObservatory,
    campaign: &'a Campaign,
    picture: &Picture<'a>,
) -> Result<ReportContext<'a>> {
    let observatory = &opened.observatory;
    let earlier = opened.before(campaign).pop();
    let all = &observatory.settings.campaigns;
    let registry = observatory.registry.all().iter();
    Ok(ReportContext {
        referentiel: picture.referentiel,
        law: &observatory.regulation,
        campaigns: CampaignLabels {
            current: &campaign.id,
            previous: earlier.map(|c| c.id.as_str()),
        },
        called: CalledCampaigns {
            current: campaign.called(all).name,
            previous: earlier.map(|c| c.called(all).name),
            before: earlier.map(|c| c.called(all).when),
        },
        structures: registry.map(|s| (s.code.as_str(), s)).collect(),
        outlines: read_outlines(&observatory.root)?,
        states: BTreeMap::new(),
    })
}
