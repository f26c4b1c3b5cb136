//! What of a campaign may leave its territory, as partials that others add to theirs: what a structure
//! may not give is not there, observers are counted and not named, days are months, and families'
//! answers are no longer tied together.

use std::collections::BTreeMap;
use std::path::Path;

use super::activity_lines::ActivityLine;
use super::aggregates::{
    AnswerUnit, CritereRespondents, ElementTally, GridDay, ModalityCount, Partials, SharedMeasure,
    TableSums, Tally, UnitRespondents, write_partials,
};
use super::collect::{Collected, Grid};
use super::put_right::CorrectionFate;
use super::site_release::SiteRelease;
use crate::base::error::Result;
use crate::intake::observations::{CORRECTION, PUT_RIGHT, SITE_MARK, moment_of, plage_of};
use crate::vocabulary::config::Structure;
use crate::vocabulary::referentiel::{PedtTime, Referentiel, SourceCode};

/// What rule 9 reads of a session.
const SESSION_COLUMNS: [&str; 10] = [
    "temps",
    "duree_h",
    "trajet",
    "presents_moins6",
    "presents_6plus",
    "animateurs",
    "dont_qualifies",
    "dont_non_qualifies",
    "directeur_compte",
    "intervenants",
];
/// Whether a PEDT covers a session, which its day and its moment say no more.
const PEDT: &str = "pedt";
/// The only line of activity data that is no session and leaves.
const TOTALS: &str = "denominateurs";

/// A campaign about to leave.
pub(crate) struct CampaignRelease<'a> {
    /// Everything collected.
    pub collected: &'a Collected,
    /// Vocabulary of the campaign.
    pub referentiel: &'a Referentiel,
    /// Structures active in it.
    pub structures: &'a [&'a Structure],
    /// Structure code → what may leave.
    pub sites: &'a BTreeMap<String, SiteRelease>,
}

impl CampaignRelease<'_> {
    /// Writes what may leave in a folder that exists; gives what the bytes of each table come to.
    ///
    /// # Errors
    ///
    /// Counts that no whole number holds; a disk that refuses.
    pub(crate) fn write(&self, dir: &Path) -> Result<TableSums> {
        let mut tables = ReleasedTables::default();
        for structure in self.structures {
            if let Some(release) = self.sites.get(&structure.code) {
                let site = ReleasedSite {
                    campaign: self,
                    structure,
                    release,
                };
                site.add_to(&mut tables)?;
            }
        }
        write_partials(&tables.units, &tables.partials, &tables.measures, dir)
    }
}

/// What leaves, being gathered.
#[derive(Default)]
struct ReleasedTables {
    units: Vec<AnswerUnit>,
    partials: Partials,
    measures: Vec<SharedMeasure>,
}

impl ReleasedTables {
    fn unit(&mut self, unit: AnswerUnit) -> u32 {
        self.units.push(unit);
        self.units.len() as u32 - 1
    }

    fn tally(&mut self, unit: u32, element: usize, tally: Tally) {
        if tally.all > 0 {
            let element = element as u32;
            self.partials.elements.push(ElementTally {
                unit,
                element,
                tally,
            });
        }
    }

    fn modalities(&mut self, unit: u32, element: usize, counts: &[usize]) {
        for (modality, count) in counts.iter().enumerate().filter(|(_, count)| **count > 0) {
            self.partials.modalities.push(ModalityCount {
                unit,
                element: element as u32,
                modality: modality as u32,
                count: *count as u32,
            });
        }
    }
}

/// One structure.
struct ReleasedSite<'a> {
    campaign: &'a CampaignRelease<'a>,
    structure: &'a Structure,
    release: &'a SiteRelease,
}

impl ReleasedSite<'_> {
    fn add_to(&self, tables: &mut ReleasedTables) -> Result<()> {
        for source in SourceCode::ALL {
            match source {
                SourceCode::Don => {
                    self.measures(tables);
                    self.corrections(tables);
                }
                _ if source.is_questionnaire() => self.questionnaire(source, tables)?,
                _ => self.grids(source, tables),
            }
        }
        Ok(())
    }

    fn unit(&self, source: SourceCode) -> AnswerUnit {
        AnswerUnit {
            structure: self.structure.code.clone(),
            source,
            visit: String::new(),
            observer: String::new(),
            consensus: false,
            hidden: false,
        }
    }

    /// Éléments of a source that leave.
    fn elements(&self, source: SourceCode) -> Vec<usize> {
        let elements = &self.campaign.referentiel.elements;
        let released = self.release.elements.iter().copied();
        let own = released.filter(|e| elements[*e].source == source);
        // A purge left the number of answers alone: no level goes with it.
        let site = self.campaign.collected.site(&self.structure.code);
        let is_masked = |e: usize| {
            site.is_some_and(|site| self.campaign.collected.masked_at(site, e).is_some())
        };
        own.filter(|e| !is_masked(*e)).collect()
    }

    /// All files of a questionnaire together: each may be small. Blank answers stay; respondents of a
    /// critère are at least those of its question most answered, and no other number leaves of them.
    fn questionnaire(&self, source: SourceCode, tables: &mut ReleasedTables) -> Result<()> {
        let (collected, code) = (self.campaign.collected, &self.structure.code);
        let elements = self.elements(source);
        let told = self.release.respondents.contains(&source);
        if elements.is_empty() && !told {
            return Ok(());
        }
        let unit = tables.unit(self.unit(source));
        let mut criteres: BTreeMap<u32, u32> = BTreeMap::new();
        let mut most = 0;
        for element in elements {
            let mut tally = Tally::default();
            for visit in collected.visits(code, element) {
                tally.add(&visit.observers)?;
            }
            tally.all = tally.scored + tally.nc + tally.nsp;
            tables.tally(unit, element, tally);
            let answers = collected.distribution(code, element).unwrap_or_default();
            tables.modalities(unit, element, &answers.counts);
            let critere = self.campaign.referentiel.elements[element].critere as u32;
            let least = criteres.entry(critere).or_default();
            *least = tally.scored.max(*least);
            most = tally.all.max(most);
        }
        let types = 1 << self.structure.kind as u8;
        let rows = criteres.into_iter().filter(|(_, count)| *count > 0);
        let rows = rows.map(|(critere, respondents)| CritereRespondents {
            unit,
            critere,
            types,
            respondents,
        });
        tables.partials.criteres.extend(rows);
        let respondents = if told {
            collected.respondents(code, source) as u32
        } else {
            most
        };
        if respondents > 0 {
            let row = UnitRespondents { unit, respondents };
            tables.partials.respondents.push(row);
        }
        Ok(())
    }

    /// Visits by their rank, observers of a visit by theirs: the first bears what all of them rated, so
    /// that nobody's severity can be read.
    fn grids(&self, source: SourceCode, tables: &mut ReleasedTables) {
        let (collected, code) = (self.campaign.collected, &self.structure.code);
        let elements = self.elements(source);
        let grids = collected.grids(code, source);
        let mut first = None;
        for (rank, of_visit) in grids.chunk_by(|a, b| a.visit == b.visit).enumerate() {
            let visit = &of_visit[0].visit;
            let units = self.visit_units(source, rank, of_visit, tables);
            first = first.or(units.observers);
            for &element in &elements {
                let mut tallies = collected.visits(code, element);
                let Some(tally) = tallies.find(|t| t.name == visit.as_str()) else {
                    continue;
                };
                let halves = [
                    (units.observers, tally.observers),
                    (units.consensus, tally.consensus),
                ];
                for (unit, tally) in halves {
                    if let Some(unit) = unit {
                        tables.tally(unit, element, tally);
                    }
                }
            }
        }
        let Some(unit) = first else { return };
        for element in elements {
            let answers = collected.distribution(code, element).unwrap_or_default();
            tables.modalities(unit, element, &answers.counts);
        }
    }

    /// One unit per observer of a visit, and one for what they agreed on.
    fn visit_units(
        &self,
        source: SourceCode,
        rank: usize,
        grids: &[Grid],
        tables: &mut ReleasedTables,
    ) -> VisitUnits {
        let mut units = VisitUnits::default();
        let mut observers = 0;
        for of_observer in grids.chunk_by(|a, b| a.observer == b.observer) {
            let consensus = of_observer[0].observer == "consensus";
            let mut unit = self.unit(source);
            unit.consensus = consensus;
            if !of_observer[0].visit.is_empty() {
                unit.visit = (rank + 1).to_string();
            }
            if !consensus && !of_observer[0].observer.is_empty() {
                observers += 1;
                unit.observer = observers.to_string();
            }
            let unit = tables.unit(unit);
            let place = if consensus {
                &mut units.consensus
            } else {
                &mut units.observers
            };
            place.get_or_insert(unit);
            let mut days: Vec<Option<i32>> = (of_observer.iter())
                .map(|grid| grid.date.map(|day| day.month().number()))
                .collect();
            days.dedup();
            let days = days.into_iter().map(|day| GridDay { unit, day });
            tables.partials.grids.extend(days);
        }
        units
    }

    fn measures(&self, tables: &mut ReleasedTables) {
        let lines = self.campaign.collected.lines(&self.structure.code);
        // Sessions of one moment stay together: the places of an accueil are shared by its sites.
        let mut moments: BTreeMap<&str, Vec<Vec<MeasureCell>>> = BTreeMap::new();
        for line in lines {
            let cells = |columns: &mut dyn Iterator<Item = &str>| -> Vec<MeasureCell> {
                let cells = columns.filter_map(|column| {
                    Some(MeasureCell {
                        measure: column.to_owned(),
                        value: line.get(column)?.to_owned(),
                    })
                });
                cells.collect()
            };
            if line.id() == TOTALS {
                let totals = cells(&mut self.release.columns.iter().map(String::as_str));
                self.line(TOTALS, totals, tables);
            } else if self.release.sessions && line.id().starts_with("seance") {
                let mut session = cells(&mut SESSION_COLUMNS.into_iter());
                session.extend(self.pedt(line));
                moments
                    .entry(moment_of(line.id()))
                    .or_default()
                    .push(session);
            }
        }
        // In an order that tells no day.
        let mut moments: Vec<Vec<Vec<MeasureCell>>> = moments.into_values().collect();
        for sessions in &mut moments {
            sessions.sort_unstable();
        }
        moments.sort_unstable();
        for (rank, sessions) in moments.into_iter().enumerate() {
            for (site, session) in sessions.into_iter().enumerate() {
                let mut id = format!("seance {:04}", rank + 1);
                if site > 0 {
                    id = format!("{id}{SITE_MARK}{}", site + 1);
                }
                self.line(&id, session, tables);
            }
        }
    }

    /// Where the PEDT holds for some days or times alone: whether it covered the session, said here because what
    /// leaves keeps no day.
    fn pedt(&self, line: ActivityLine) -> Option<MeasureCell> {
        let pedt = &self.structure.pedt;
        let is_partial = pedt.debut.is_some() || pedt.fin.is_some() || !pedt.temps.is_empty();
        let told = match line.get(PEDT) {
            // Past its time a session says it already.
            Some(said) => Some(said.to_owned()),
            None if pedt.is_declared() && is_partial => {
                let time = PedtTime::of(line.day(), plage_of(line.id()));
                let covers = pedt.covers(line.day(), time)?;
                Some(if covers { "oui" } else { "non" }.to_owned())
            }
            None => None,
        };
        told.map(|value| MeasureCell {
            measure: PEDT.to_owned(),
            value,
        })
    }

    /// Findings put right, of éléments that leave: that they were, and not when.
    fn corrections(&self, tables: &mut ReleasedTables) {
        let (collected, code) = (self.campaign.collected, &self.structure.code);
        for &element in &self.release.elements {
            let about = &self.campaign.referentiel.elements[element].code;
            let fate = collected.correction(code, element, about);
            if let Some(CorrectionFate::Holds(_)) = fate {
                let told = MeasureCell {
                    measure: PUT_RIGHT.to_owned(),
                    value: "oui".to_owned(),
                };
                self.line(&format!("{CORRECTION} {about}"), vec![told], tables);
            }
        }
    }

    fn line(&self, id: &str, cells: Vec<MeasureCell>, tables: &mut ReleasedTables) {
        let rows = cells.into_iter().map(|cell| SharedMeasure {
            structure: self.structure.code.clone(),
            id: id.to_owned(),
            day: None,
            measure: cell.measure,
            value: cell.value,
        });
        tables.measures.extend(rows);
    }
}

/// One cell of activity data.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct MeasureCell {
    measure: String,
    value: String,
}

/// Where the tallies of a visit go.
#[derive(Debug, Clone, Copy, Default)]
struct VisitUnits {
    observers: Option<u32>,
    consensus: Option<u32>,
}
