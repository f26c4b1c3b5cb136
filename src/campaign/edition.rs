//! One edition of the reports of a campaign: figures computed once, then audience after audience, what it may read is
//! cleared, the log is to remember what it will be shown, and one document is made per report: a vast territory has room for
//! what one audience reads.

use std::collections::{BTreeMap, VecDeque};

use super::audience_view::AudienceView;
use super::open_observatory::OpenObservatory;
use super::picture::{Picture, Reach, VAST};
use super::report_catalogue::{Catalogue, ReportJob, SENT};
use super::report_kinds::{ReportSubject, SiteReport, TerritoryReport};
use super::report_states::Deliveries;
use super::report_titles::{ReportTitles, facts};
use crate::base::day::Day;
use crate::base::diagnostics::Diagnostic;
use crate::base::error::{Error, Result};
use crate::disclosure::{
    ClearedBooklet, ClearedDelivery, ClearedSite, DeliveryLog, SavedLog, ToldEdition, summary,
};
use crate::reports::{
    CalledCampaigns, CampaignLabels, Document, Head, ReportContext, Templates, build_elus,
    build_equipe, build_familles, build_familles_site, build_identite, build_mercredi_territory,
    build_plan_mercredi, build_pratiques, build_renouvellement,
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
    /// Whether it is what is sent to who directs each accueil, in place of the reports by audience.
    pub dossiers: bool,
}

/// Everything the reports of a campaign are made from, round after round: one audience each; all of them together where
/// what is sent to each accueil is laid in a folder of its own.
pub(crate) struct Edition<'a> {
    pub(super) opened: &'a OpenObservatory,
    pub(super) campaign: &'a Campaign,
    pub(super) date: Day,
    /// Templates of the folder.
    pub templates: Templates,
    /// The only structure wanted.
    pub(super) structure: Option<&'a Structure>,
    dossiers: bool,
    /// Structures active in it, within reach.
    pub(super) structures: Vec<&'a Structure>,
    /// What could not be added of the aggregates computed from.
    not_added: Option<Diagnostic>,
    pub(super) context: ReportContext<'a>,
    /// What audiences of this round read.
    pub(super) views: BTreeMap<Audience, ClearedDelivery>,
    booklet: ClearedBooklet,
    /// Audiences of the rounds to come.
    rounds: VecDeque<Vec<Audience>>,
    /// Figures, as long as something is to be cleared.
    picture: Option<Picture<'a>>,
    told: ToldEdition,
    /// What was masked, a sentence for each audience so far.
    masked: BTreeMap<Audience, String>,
    log: DeliveryLog,
}

impl<'a> Edition<'a> {
    /// Computes; `log` was opened for a delivery.
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
        let is_sent = |audience| SENT.iter().any(|(reader, _)| *reader == audience);
        let audiences = Audience::ALL.into_iter().filter(|audience| {
            let is_asked = request.audience.is_none_or(|only| only == *audience);
            is_asked && audience.reads_reports() && (!request.dossiers || is_sent(*audience))
        });
        let mut audiences: Vec<Audience> = audiences.collect();
        if picture.structures.len() > VAST {
            // Who reads of all accueils in one document comes last, whatever the order of the index.
            audiences.sort_by_key(|audience| *audience == Audience::Elus);
        }
        let rounds = if request.dossiers {
            VecDeque::from([audiences])
        } else {
            audiences
                .into_iter()
                .map(|audience| vec![audience])
                .collect()
        };
        Ok(Self {
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
                ..context(opened, campaign, &picture, request.date)?
            },
            structure,
            dossiers: request.dossiers,
            structures: picture.structures.clone(),
            not_added: picture.not_added.clone(),
            views: BTreeMap::new(),
            booklet: ClearedBooklet::default(),
            rounds,
            picture: Some(picture),
            told: ToldEdition::default(),
            masked: BTreeMap::new(),
            log,
        })
    }

    /// How many reports there are to write.
    ///
    /// # Errors
    ///
    /// Two structures that cannot be told apart by name.
    pub(crate) fn reports(&self) -> Result<usize> {
        let rounds = self.rounds.iter();
        let counts = rounds.map(|audiences| Ok(self.jobs(audiences)?.len()));
        counts.sum()
    }

    /// Clears what the audiences of the next round read, which is to be remembered, and lets go what those of the round
    /// before did; gives the reports to write, in the order of the index. None where all were written. Once nothing is
    /// left to clear, figures go: documents are made of what was cleared, and of nothing else.
    ///
    /// # Errors
    ///
    /// Two structures that cannot be told apart by name; a log that cannot be written, or of which a file is no longer
    /// what it was.
    pub(crate) fn next_round(&mut self) -> Result<Option<Vec<ReportJob>>> {
        self.views.clear();
        let (Some(audiences), Some(picture)) = (self.rounds.pop_front(), self.picture.take())
        else {
            return Ok(None);
        };
        let views = audiences.iter().map(|own| self.clear(&picture, *own));
        let views = views.collect::<Result<Vec<_>>>()?;
        picture.forget_decisions();
        self.picture = Some(picture).filter(|_| !self.rounds.is_empty());
        if self.picture.is_none() {
            self.told = ToldEdition::default();
            self.log.let_go();
        }
        for (audience, view) in audiences.iter().zip(views) {
            self.log.record(&view.cleared, &view.repeats, self.date)?;
            self.views.insert(*audience, view.cleared.for_documents());
        }
        Ok(Some(self.jobs(&audiences)?))
    }

    fn clear(&mut self, picture: &Picture, audience: Audience) -> Result<AudienceView> {
        let own = self.structure.filter(|_| !audience.reads_all_sites());
        let structures = own.map_or(self.structures.clone(), |own| vec![own]);
        let beside = (&self.log, &mut self.told);
        let view = picture.clear_beside(self.opened, &structures, audience, self.date, beside)?;
        if audience == Audience::Pratiques {
            self.booklet = picture.booklet(self.opened, self.date, &view.cleared);
        }
        if let Some(masked) = summary(&view.cleared.territory.masked) {
            let sentence = format!("Masqué {} : {masked}", audience.to_whom());
            self.masked.insert(audience, sentence);
        }
        Ok(view)
    }

    /// The reports to some audiences, in the order of the index.
    fn jobs(&self, audiences: &[Audience]) -> Result<Vec<ReportJob>> {
        let catalogue = self.catalogue(&self.structures);
        if self.dossiers {
            return catalogue.dossier_jobs(self.structure, self.date);
        }
        catalogue.jobs(audiences.iter().copied(), self.structure)
    }

    /// Which reports there may be of these structures.
    pub(super) fn catalogue<'s>(&self, structures: &'s [&'s Structure]) -> Catalogue<'s> {
        Catalogue {
            structures,
            has_charter: !self.context.referentiel.charter.is_empty(),
        }
    }

    /// The content of a report.
    ///
    /// # Errors
    ///
    /// A chart that cannot be drawn.
    pub(crate) fn document(&self, job: &ReportJob) -> Result<Document> {
        let cleared = &self.views[&job.audience];
        let context = &self.context;
        let public = job.audience.as_str();
        match job.subject {
            ReportSubject::Territory(report) => {
                let head = self.head(public, ReportTitles::of_territory(report));
                match report {
                    TerritoryReport::Synthese => build_elus(cleared, context, head),
                    TerritoryReport::Familles => build_familles(&cleared.territory, context, head),
                    TerritoryReport::Pratiques => Ok(build_pratiques(&self.booklet, context, head)),
                    TerritoryReport::PlanMercredi => {
                        let structures = &self.structures;
                        Ok(build_mercredi_territory(cleared, structures, context, head))
                    }
                }
            }
            ReportSubject::Site { report, position } => {
                let structure = self.structures[position];
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
                    SiteReport::Identite => Ok(build_identite(site, structure, context, head)),
                    SiteReport::PlanMercredi => {
                        let organiser = &cleared.territory.organiser;
                        Ok(build_plan_mercredi(
                            site, organiser, structure, context, head,
                        ))
                    }
                }
            }
        }
    }

    pub(super) fn head(&self, public: &str, titles: ReportTitles) -> Head {
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
                self.context.referentiel.version.clone()
            },
            fictitious: territory.donnees_fictives,
            contact: territory.contact.clone(),
        }
    }

    /// What is to be said of the aggregates that the reports are made from.
    pub(crate) fn remarks(&self) -> Vec<Diagnostic> {
        let mut remarks = self.opened.shared_remarks();
        remarks.extend(self.not_added.clone());
        remarks
    }

    /// The campaign reported.
    pub(crate) fn campaign(&self) -> &Campaign {
        self.campaign
    }

    /// Day of the edition.
    pub(crate) fn day(&self) -> Day {
        self.date
    }

    /// What was masked, one sentence per audience.
    pub(crate) fn masked(&self) -> Vec<String> {
        self.masked.values().cloned().collect()
    }

    /// Remembers what is about to be delivered, so that a later delivery gives nothing away by
    /// difference. The log is held until it is dropped.
    ///
    /// # Errors
    ///
    /// The log cannot be written.
    pub(crate) fn remember(self) -> Result<SavedLog> {
        self.log.save()
    }
}

/// What was cleared of a structure. Sites are in order of code.
pub(super) fn site_of<'c>(
    cleared: &'c ClearedDelivery,
    structure: &Structure,
) -> Result<&'c ClearedSite> {
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
    day: Day,
) -> Result<ReportContext<'a>> {
    let observatory = &opened.observatory;
    let earlier = opened.before(campaign).pop();
    let all = &observatory.settings.campaigns;
    let registry = observatory.registry.all().iter();
    Ok(ReportContext {
        day,
        campaign,
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
