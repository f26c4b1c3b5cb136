//! All actions of an observatory, and what they amount to on a day.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::action::Action;
use super::action_words::{Status, Word};
use super::field::{ActionField, ActionRecord};
use super::plan_journal::{ActionChange, Entry, Held, Journal, places};
use super::propose::identifier;
use crate::base::day::Day;
use crate::base::diagnostics::Diagnostic;
use crate::base::error::Result;
use crate::base::journal::Origin;
use crate::figures::FollowUp;
use crate::intake::store::DeepCheck;
use crate::vocabulary::config::Campaign;

/// The improvement plans of an observatory.
#[derive(Debug, Clone, Default)]
pub struct Plans {
    /// Every action, by structure then id.
    pub actions: Vec<Action>,
    journal: Journal,
}

/// Actions by status on a day.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ActionCounts {
    /// Issued: the sum of the next four.
    pub issued: usize,
    /// Not begun.
    pub to_launch: usize,
    /// Begun.
    pub running: usize,
    /// Done.
    pub done: usize,
    /// Given up.
    pub abandoned: usize,
    /// Among those not begun or begun: past their deadline.
    pub late: usize,
}

impl ActionCounts {
    /// Counts one action more, as it stands on a day.
    pub fn add(&mut self, action: &Action, day: Day) {
        self.issued += 1;
        self.late += usize::from(action.late(day));
        *match action.status_at(day) {
            Status::ToLaunch => &mut self.to_launch,
            Status::Running => &mut self.running,
            Status::Done => &mut self.done,
            Status::Abandoned => &mut self.abandoned,
        } += 1;
    }
}

/// A recommendation that entered a project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Integrated {
    /// Id of the action.
    pub action: String,
    /// Structure code.
    pub structure: String,
    /// Title of the document.
    pub document: String,
    /// Page or heading.
    pub page: String,
    /// Day.
    pub date: Option<Day>,
}

/// Recommendations issued and integrated on a day (O3 and I20).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Recommendations {
    /// How many were issued.
    pub issued: usize,
    /// Those that entered a project, by structure then action.
    pub integrated: Vec<Integrated>,
}

impl Recommendations {
    /// Integrated / issued, 0..1; none when nothing was issued.
    pub fn share(&self) -> Option<f64> {
        (self.issued > 0).then(|| self.integrated.len() as f64 / self.issued as f64)
    }
}

/// Actions closed in time among those due (I21).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct InTime {
    /// Deadline reached. Those given up stay in: they were due.
    pub due: usize,
    /// Done at the deadline or before.
    pub closed: usize,
}

impl InTime {
    /// Closed / due, 0..1; none when nothing was due.
    pub fn share(&self) -> Option<f64> {
        (self.due > 0).then(|| self.closed as f64 / self.due as f64)
    }
}

impl Plans {
    /// Reads the plans of an observatory folder; none is no error. `campaigns` are those of the
    /// settings: the end of its campaign says when an action that a team brought itself was issued.
    ///
    /// # Errors
    ///
    /// An entry of `data/plans` that is missing, unreadable or of another format.
    pub fn load(root: &Path, campaigns: &[Campaign]) -> Result<Self> {
        Ok(Self::from_journal(
            Journal::whole(&places(root))?,
            campaigns,
        ))
    }

    pub(super) fn from_journal(journal: Journal, campaigns: &[Campaign]) -> Self {
        let read = |(id, record): (&String, &ActionRecord)| {
            let campaign = record.get(&ActionField::Campagne);
            let end = campaigns.iter().find(|c| Some(&c.id) == campaign);
            let first = journal.first(id)?;
            let is_proposed = first.origine == Origin::Proposition;
            let end = end.map(|c| c.fin).filter(|_| !is_proposed);
            Some(Action {
                is_proposed,
                is_draft: journal.is_draft(id, None),
                ..Action::from_record(id, record, end.unwrap_or(first.date))
            })
        };
        let mut actions: Vec<Action> = journal.records.iter().filter_map(read).collect();
        actions.sort_by(|a, b| (&a.structure, &a.id).cmp(&(&b.structure, &b.id)));
        Self { actions, journal }
    }

    /// Keeps proposed actions, numbered after those that exist; a critère that already has an
    /// action of that campaign in that structure is left alone. Closes actions whose critères the
    /// campaign shows attained. Both are one entry: no stop leaves one without the other, and undoing
    /// it undoes both. Gives the ids kept.
    ///
    /// # Errors
    ///
    /// A journal that cannot be read or written, or is held by another command.
    pub fn propose(
        root: &Path,
        proposed: &[Action],
        attained: &[String],
        campaign: &Campaign,
        date: Day,
    ) -> Result<Vec<String>> {
        let mut held = Held::take(&places(root))?;
        let mut entry = Entry::new(date, Origin::Proposition, &campaign.id, "");
        let mut kept = Vec::new();
        let current = Self::from_journal(held.journal.clone(), std::slice::from_ref(campaign));
        let mut ranks = Ranks::of(&held.journal);
        for action in current.missing(proposed) {
            let id = ranks.next(&action.structure, &action.campagne);
            entry.changements.insert(id.clone(), action.record());
            kept.push(id);
        }
        for id in attained {
            let done = [
                (ActionField::Statut, Status::Done.label().to_owned()),
                (ActionField::Close, date.to_string()),
            ];
            entry.changements.insert(id.clone(), done.into());
        }
        if !entry.changements.is_empty() {
            held.commit(entry)?;
        }
        Ok(kept)
    }

    /// Proposed actions whose critère has no action yet, for that structure and campaign.
    pub fn missing<'a>(&self, proposed: &'a [Action]) -> Vec<&'a Action> {
        let known: BTreeSet<(&str, &str, &str)> = self
            .actions
            .iter()
            .flat_map(|a| {
                let key = |c| (a.structure.as_str(), a.campagne.as_str(), c);
                a.criteres.iter().map(move |c| key(c.as_str()))
            })
            .collect();
        let is_new = |a: &&Action| {
            let mut codes = a.criteres.iter();
            !codes.any(|c| known.contains(&(&a.structure, &a.campagne, c)))
        };
        proposed.iter().filter(is_new).collect()
    }

    /// The plans as they were known on a day: what entered later is not there yet.
    #[must_use]
    pub fn known_on(&self, day: Day) -> Self {
        let records = self.journal.records_on(day);
        let known = records.iter().filter_map(|(id, record)| {
            let now = self.get(id)?;
            Some(Action {
                is_proposed: now.is_proposed,
                is_draft: self.journal.is_draft(id, Some(day)),
                ..Action::from_record(id, record, now.issued)
            })
        });
        let mut actions: Vec<Action> = known.collect();
        actions.sort_by(|a, b| (&a.structure, &a.id).cmp(&(&b.structure, &b.id)));
        Self {
            actions,
            journal: Journal::default(),
        }
    }

    /// An action by its id, whatever its case.
    pub fn get(&self, id: &str) -> Option<&Action> {
        self.actions.iter().find(|a| a.id.eq_ignore_ascii_case(id))
    }

    /// Actions of a structure, or of all.
    pub fn of<'a>(&'a self, structure: Option<&'a str>) -> impl Iterator<Item = &'a Action> {
        let mine = move |a: &&Action| structure.is_none_or(|s| a.structure == s);
        self.actions.iter().filter(mine)
    }

    /// Issued actions of a structure (none: the territory) by status on a day.
    pub fn counts(&self, structure: Option<&str>, day: Day) -> ActionCounts {
        let mut counts = ActionCounts::default();
        for action in self.of(structure).filter(|a| a.is_issued(day)) {
            counts.add(action, day);
        }
        counts
    }

    /// Recommendations issued and integrated on a day, of a structure or of the territory.
    /// Every action is a recommendation, those given up included.
    pub fn recommendations(&self, structure: Option<&str>, day: Day) -> Recommendations {
        let issued: Vec<&Action> = self.of(structure).filter(|a| a.is_issued(day)).collect();
        let integrated = issued.iter().filter(|a| a.is_integrated(day));
        Recommendations {
            issued: issued.len(),
            integrated: integrated
                .map(|a| Integrated {
                    action: a.id.clone(),
                    structure: a.structure.clone(),
                    document: a.integration.document.clone(),
                    page: a.integration.page.clone(),
                    date: a.integration.date,
                })
                .collect(),
        }
    }

    /// Actions due and closed in time on a day, of a structure or of the territory.
    pub fn in_time(&self, structure: Option<&str>, day: Day) -> InTime {
        let due: Vec<&Action> = self
            .of(structure)
            .filter(|a| a.is_issued(day) && a.is_due(day))
            .collect();
        InTime {
            closed: due.iter().filter(|a| a.closed_in_time(day)).count(),
            due: due.len(),
        }
    }

    /// What O3, I20 and I21 are made from on a day, for these structures. Once any action is issued,
    /// every structure's come from plans, those without action included: a figure that mixed what
    /// can be found again with what is only declared would be neither. Empty before that.
    pub fn follow_ups<'a>(
        &self,
        day: Day,
        structures: impl IntoIterator<Item = &'a str>,
    ) -> BTreeMap<String, FollowUp> {
        let mut all: BTreeMap<String, FollowUp> = BTreeMap::new();
        if self.actions.iter().any(|a| a.is_issued(day)) {
            let none = |code: &str| (code.to_owned(), FollowUp::default());
            all.extend(structures.into_iter().map(none));
        }
        for action in self.actions.iter().filter(|a| a.is_issued(day)) {
            let one = all.entry(action.structure.clone()).or_default();
            one.issued += 1;
            one.integrated += usize::from(action.is_integrated(day));
            one.due += usize::from(action.is_due(day));
            one.in_time += usize::from(action.closed_in_time(day));
        }
        all
    }

    /// Every change of an action, in order.
    pub fn history(&self, id: &str) -> Vec<ActionChange> {
        self.journal.changes(id)
    }

    /// Cells that two machines filled at once and a person must choose, files that a synchroniser left.
    pub(crate) fn remarks(&self) -> Vec<Diagnostic> {
        self.journal.remarks()
    }

    /// Checks every file of the plans of an observatory folder.
    pub(crate) fn deep_check(root: &Path, check: &mut DeepCheck) {
        let places = places(root);
        check.looked_at_all(&places.entries);
        match Journal::whole(&places) {
            Ok(journal) => journal.remarks().into_iter().for_each(|d| check.found(d)),
            Err(error) => check.not_whole(&error),
        }
    }

    pub(super) fn journal(&self) -> &Journal {
        &self.journal
    }

    /// Every import and proposal, in order.
    pub fn entries(&self) -> &[Entry] {
        &self.journal.entries
    }

    /// What names the state that a workbook written now starts from; empty when there is none.
    pub fn version(&self) -> String {
        self.journal.base_mark()
    }
}

/// The next free number in each structure and campaign; numbers are never given twice.
pub(super) struct Ranks(BTreeMap<(String, String), usize>);

impl Ranks {
    pub(super) fn of(journal: &Journal) -> Self {
        let mut ranks: BTreeMap<(String, String), usize> = BTreeMap::new();
        for id in journal.records.keys() {
            let mut parts = id.rsplitn(2, '-');
            let rank = parts.next().and_then(|r| r.parse().ok()).unwrap_or(0);
            let record = &journal.records[id];
            let part = |f| record.get(&f).cloned().unwrap_or_default();
            let key = (part(ActionField::Structure), part(ActionField::Campagne));
            let last = ranks.entry(key).or_default();
            *last = (*last).max(rank);
        }
        Self(ranks)
    }

    pub(super) fn next(&mut self, structure: &str, campaign: &str) -> String {
        let key = (structure.to_owned(), campaign.to_owned());
        let rank = self.0.entry(key).or_default();
        *rank += 1;
        identifier(structure, campaign, *rank)
    }
}
