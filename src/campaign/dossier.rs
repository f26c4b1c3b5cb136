//! What is sent to who directs each accueil: its files, the page that says what each is for, and the page of all the
//! accueils of a day.

use std::collections::{BTreeMap, BTreeSet};

use super::dossier_names::{DossierNames, address, day_folder, sent_parts};
use super::edition::{Edition, site_of};
use super::report_catalogue::SENT;
use super::report_kinds::SiteReport;
use super::report_titles::ReportTitles;
use crate::base::day::Day;
use crate::base::error::Result;
use crate::base::text::count;
use crate::disclosure::ClearedSite;
use crate::reports::{IndexEntry, IndexGroup, IndexLink, IndexPage, ReportFormat, ReportState};
use crate::vocabulary::Audience;
use crate::vocabulary::config::Structure;

/// The page of a folder that is sent, and of all those of a day.
const COVER: &str = "À lire d’abord.html";
const OF_DAY: &str = "index.html";
/// What the workbook of the plan is called.
const PLAN: &str = "Plan d’amélioration";

/// What is sent to who directs one accueil.
pub(crate) struct Dossier<'e> {
    /// The accueil.
    pub structure: &'e Structure,
    /// What its team is given.
    pub site: &'e ClearedSite,
    names: DossierNames,
}

impl Dossier<'_> {
    /// Relative name of the workbook of its plan.
    pub(crate) fn plan(&self) -> String {
        format!("{}.xlsx", self.names.stem(PLAN))
    }

    /// Relative name of the page that says what each file is for.
    pub(crate) fn cover(&self) -> String {
        format!("{}/{COVER}", self.names.folder)
    }

    /// A file in the page of its own folder.
    fn link(&self, what: &str, extension: &str) -> IndexLink {
        let file = format!("{}.{extension}", self.names.stem(what));
        let own = file.rsplit('/').next().unwrap_or(&file);
        IndexLink {
            format: extension.to_uppercase(),
            address: address(own),
        }
    }
}

/// What who directs an accueil does with a report.
fn purpose(report: SiteReport, state: Option<ReportState>) -> String {
    match (report, state) {
        (SiteReport::Equipe, Some(ReportState::BeforeRemarks(until))) => format!(
            "à lire en équipe ; vos remarques sont attendues avant le {}",
            until.long()
        ),
        (SiteReport::Equipe, _) => "à lire en équipe".to_owned(),
        (SiteReport::Familles, _) => "à afficher, ou à envoyer aux familles".to_owned(),
        (SiteReport::Identite, _) => {
            "à relire : dites à la coordination ce qui manque ou a changé".to_owned()
        }
        (SiteReport::Renouvellement | SiteReport::PlanMercredi, _) => String::new(),
    }
}

impl Edition<'_> {
    /// What is sent to who directs each accueil of this edition, in order of code.
    ///
    /// # Errors
    ///
    /// Two structures that cannot be told apart by name.
    pub(crate) fn dossiers(&self) -> Result<Vec<Dossier<'_>>> {
        let catalogue = self.catalogue(&self.structures);
        let names = catalogue.dossier_names(self.structure, self.date)?;
        let cleared = &self.views[&Audience::Equipe];
        let dossiers = names.into_iter().map(|(position, names)| {
            let structure = self.structures[position];
            Ok(Dossier {
                structure,
                site: site_of(cleared, structure)?,
                names,
            })
        });
        dossiers.collect()
    }

    /// The page that opens what is sent to an accueil, in these formats.
    pub(crate) fn cover(&self, dossier: &Dossier, formats: &BTreeSet<ReportFormat>) -> IndexPage {
        let structure = dossier.structure;
        let state = self.context.states.get(&structure.code).copied();
        let mut entries: Vec<IndexEntry> = SENT
            .iter()
            .map(|(_, report)| IndexEntry {
                title: report.sent_as().to_owned(),
                description: purpose(*report, state),
                links: (formats.iter())
                    .map(|format| dossier.link(report.sent_as(), format.extension()))
                    .collect(),
            })
            .collect();
        let plan = IndexEntry {
            title: PLAN.to_owned(),
            description: "à compléter dans Excel, puis à rendre à la coordination".to_owned(),
            links: vec![dossier.link(PLAN, "xlsx")],
        };
        entries.insert(1, plan);
        let mut head = self.head(
            "index",
            ReportTitles {
                title: structure.nom.clone(),
                line: format!(
                    "Pour la direction · {} · {}",
                    structure.code,
                    structure.kind.label()
                ),
            },
        );
        if let Some(state) = state {
            head.edition = format!("{}, {}", head.edition, state.mention());
        }
        IndexPage {
            head,
            groups: vec![IndexGroup {
                heading: "Dans ce dossier".to_owned(),
                entries,
            }],
            masked: Vec::new(),
        }
    }

    /// The page of all that is sent on the day of this edition, with its name; none when nothing stands.
    pub(crate) fn sent_today(&self, standing: &BTreeSet<String>) -> Option<(String, IndexPage)> {
        let folders: Vec<&str> = covers(standing)
            .filter(|(day, _)| *day == self.date)
            .map(|(_, folder)| folder)
            .collect();
        let entries = folders.iter().map(|folder| IndexEntry {
            title: (*folder).to_owned(),
            description: String::new(),
            links: vec![IndexLink {
                format: "Ouvrir".to_owned(),
                address: address(&format!("{folder}/{COVER}")),
            }],
        });
        let page = IndexPage {
            groups: vec![IndexGroup {
                heading: "Un dossier par accueil, à envoyer à sa direction".to_owned(),
                entries: entries.collect(),
            }],
            head: self.head(
                "index",
                ReportTitles {
                    title: "Les dossiers à envoyer".to_owned(),
                    line: "Chaque dossier ne contient que ce que l’équipe de cet accueil peut lire : il s’envoie entier".to_owned(),
                },
            ),
            masked: Vec::new(),
        };
        let name = format!("{}/{OF_DAY}", day_folder(self.date));
        (!folders.is_empty()).then_some((name, page))
    }

    /// What the index says of all that was sent, the latest day first.
    pub(crate) fn sent(standing: &BTreeSet<String>) -> Option<IndexGroup> {
        let mut days: BTreeMap<Day, usize> = BTreeMap::new();
        for (day, _) in covers(standing) {
            *days.entry(day).or_default() += 1;
        }
        let entries = days.iter().rev().map(|(day, n)| IndexEntry {
            title: format!("Dossiers du {}", day.long()),
            description: count(*n, "accueil", "accueils"),
            links: vec![IndexLink {
                format: "HTML".to_owned(),
                address: format!("{}/{OF_DAY}", day_folder(*day)),
            }],
        });
        (!days.is_empty()).then(|| IndexGroup {
            heading: "À envoyer aux directions".to_owned(),
            entries: entries.collect(),
        })
    }
}

/// Day and folder of each accueil to which something is sent.
fn covers(standing: &BTreeSet<String>) -> impl Iterator<Item = (Day, &str)> {
    let sent = standing.iter().filter_map(|name| sent_parts(name));
    let covers = sent.filter(|(_, _, name)| *name == COVER);
    covers.map(|(day, folder, _)| (day, folder))
}
