//! The pages from which the reports of a campaign open: what stands of this edition, what was kept of others.

use std::collections::{BTreeMap, BTreeSet};

use super::edition::Edition;
use super::report_catalogue::ReportJob;
use super::report_titles::{ReportTitles, group_heading};
use crate::base::day::Day;
use crate::base::error::Result;
use crate::base::files::edition_folder;
use crate::base::text::count;
use crate::reports::{IndexEntry, IndexGroup, IndexLink, IndexPage, ReportFormat};
use crate::vocabulary::Audience;

impl Edition<'_> {
    /// The page from which every report of the campaign opens: those that will stand in the folder,
    /// by relative name, whichever edition wrote them.
    ///
    /// # Errors
    ///
    /// Two structures that cannot be told apart by name.
    pub(crate) fn index(&self, stands: impl Fn(&str) -> Option<Day>) -> Result<IndexPage> {
        let scope = self.opened.scope(self.campaign);
        let catalogue = self.catalogue(&scope.structures);
        let all = catalogue.jobs(Audience::ALL.into_iter(), None)?;
        let groups = Audience::ALL.iter().map(|audience| {
            let own = all.iter().filter(|j| j.audience == *audience);
            IndexGroup {
                heading: group_heading(*audience).to_owned(),
                entries: self.entries(own, &stands),
            }
        });
        Ok(IndexPage {
            groups: groups.filter(|g| !g.entries.is_empty()).collect(),
            head: self.head("index", ReportTitles::of_index()),
            masked: self.masked(),
        })
    }

    /// Reports in the index that stand, each accueil once: its card is opened from where its report is.
    fn entries<'j>(
        &self,
        jobs: impl Iterator<Item = &'j ReportJob>,
        stands: impl Fn(&str) -> Option<Day>,
    ) -> Vec<IndexEntry> {
        let mut entries: Vec<IndexEntry> = Vec::new();
        for job in jobs {
            let entry = self.entry(job, &stands);
            match entries.last_mut() {
                _ if entry.links.is_empty() => {}
                Some(last) if job.beside().is_some() && last.title == entry.title => {
                    last.links.extend(entry.links);
                }
                _ => entries.push(entry),
            }
        }
        entries
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
            if let Some(name) = job.beside() {
                text = format!("{name} {text}");
            }
            if day != self.date && (shared.is_none() || job.beside().is_some()) {
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
}
