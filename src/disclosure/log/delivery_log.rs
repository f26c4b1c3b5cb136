//! The log of an observatory folder.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use super::delivery_record::{Delivered, DeliveryRecord, FORMAT, KeptCampaign};
use super::figure_key::figure_key;
use super::kept_activities::{keep_back, kept_activities};
use super::kept_answers::KeptAnswers;
use super::kept_levels::{KeptFigure, KeptSite};
use super::log_folder::{self, ReadyRecord};
use super::log_key::LogKey;
use super::outside_labels::aligned;
use super::printed_history::{PrintedDeliveries, PrintedHistory};
use super::repeated_answers::{Instead, instead_of_todays};
use super::repeated_levels::{LevelMemory, line_figure};
use crate::base::day::Day;
use crate::base::diagnostics::Diagnostic;
use crate::base::error::{Error, Result};
use crate::base::files::{Lock, remove_temporaries};
use crate::disclosure::clear::{outside_shares, shares_of};
use crate::disclosure::cleared::{
    AskedAs, AskedQuestion, ClearedDelivery, ClearedDistribution, ClearedFigure, FigurePlace, Mask,
    Shares,
};
use crate::disclosure::convention::KeptCtgFigure;
use crate::vocabulary::Audience;
use crate::vocabulary::referentiel::SourceCode;

/// How long another delivery of the same folder is waited for: it may be rendering hundreds of
/// reports.
const PATIENCE: Duration = Duration::from_mins(10);

/// The log of an observatory folder.
#[derive(Debug)]
pub struct DeliveryLog {
    root: PathBuf,
    pub(super) key: Option<LogKey>,
    /// Names of the files read.
    pub(super) names: Vec<String>,
    made: Vec<Delivered>,
    /// Rank of the last delivery.
    pub(super) rank: usize,
    /// By campaign, oldest first.
    campaigns: BTreeMap<String, PrintedDeliveries>,
    /// Figures of persons that documents of the convention printed, oldest first.
    pub(super) convention: Vec<(String, KeptCtgFigure)>,
    /// Recorded and not in the log yet: a vast territory has no room to hold what each audience was told.
    pending: Vec<ReadyRecord>,
    /// What is to be said of the log itself.
    remarks: Vec<Diagnostic>,
    /// Held from [`DeliveryLog::begin`] on.
    lock: Option<Lock>,
}

/// A log that has what was delivered: no other delivery can be made from this folder until it is dropped, once what
/// was delivered is in place.
#[derive(Debug)]
#[must_use = "the log is held until what was delivered is in place"]
pub struct SavedLog {
    /// Names of the files written.
    pub names: Vec<String>,
    _lock: Lock,
}

/// What [`super::ToldEdition::apply`] put back into one delivery. [`DeliveryLog::record`] takes it: several
/// audiences are applied before any is recorded, so that the log itself cannot hold the count.
#[derive(Debug, Clone, Default)]
#[must_use = "what repeats an earlier edition is recorded with the delivery"]
pub struct Repeats {
    /// Figures that repeat an earlier edition.
    pub figures: usize,
    /// Questions that say something else than today's answers.
    answers: BTreeMap<String, Instead>,
    /// Rank from which what is repeated was told to others of the same edition, and is remembered nowhere.
    of_this_edition: usize,
}

impl Repeats {
    /// Whether a question of a structure says something else than today's answers.
    pub(crate) fn replaces(&self, structure: &str, question: &str) -> bool {
        let place = FigurePlace::Site(structure.into());
        self.answers.contains_key(&figure_key(&place, question))
    }
}

impl DeliveryLog {
    /// Reads the log, empty when nothing was delivered yet.
    ///
    /// # Errors
    ///
    /// A log that cannot be read, or of which a part is missing: nothing may be delivered without it.
    pub fn open(root: &Path) -> Result<Self> {
        let read = log_folder::read(root)?;
        let mut log = Self {
            root: root.to_path_buf(),
            key: read.key,
            names: Vec::new(),
            made: Vec::new(),
            rank: 0,
            campaigns: BTreeMap::new(),
            convention: Vec::new(),
            pending: Vec::new(),
            remarks: read.remarks,
            lock: None,
        };
        for (moment, sealed) in read.records.into_iter().enumerate() {
            log.names.push(sealed.name);
            log.remember(&sealed.record, moment);
        }
        Ok(log)
    }

    /// Opens the log for a delivery: no other can be made from this folder until it is dropped.
    ///
    /// # Errors
    ///
    /// See [`DeliveryLog::open`]; a folder that cannot be written, or that another delivery holds.
    pub fn begin(root: &Path) -> Result<Self> {
        let dir = log_folder::create(root)?;
        let lock = Lock::within(&dir, PATIENCE)?;
        remove_temporaries(&dir)?;
        log_folder::begin(root)?;
        let mut log = Self::open(root)?;
        log.lock = Some(lock);
        Ok(log)
    }

    /// What is to be said of the log itself.
    pub(crate) fn remarks(&self) -> &[Diagnostic] {
        &self.remarks
    }

    /// Deliveries made, oldest first.
    pub fn deliveries(&self) -> &[Delivered] {
        &self.made
    }

    pub(super) fn remember(&mut self, record: &DeliveryRecord, moment: usize) {
        self.rank = self.rank.max(record.rang);
        self.made.extend(record.livraisons.iter().cloned());
        for (id, campaign) in &record.campagnes {
            let all = self.campaigns.entry(id.clone()).or_default();
            all.add(Arc::clone(campaign), moment);
        }
        if let Some(kept) = &record.convention {
            self.convention.extend(kept.chiffres.clone());
        }
    }

    /// What editions before that of a delivery printed, and what others are told of the same edition; none where there
    /// was none.
    fn history(
        &self,
        delivery: &ClearedDelivery,
        others: &[Arc<KeptCampaign>],
    ) -> Option<PrintedHistory> {
        let made = self.campaigns.get(&delivery.campagne)?;
        let mut history = made.before(&delivery.exact.grounds)?;
        for (rank, told) in others.iter().enumerate() {
            history.add(told, self.next_moment() + rank);
        }
        Some(history)
    }

    /// Rank of the next delivery.
    pub(super) fn next_moment(&self) -> usize {
        self.names.len() + self.pending.len()
    }

    /// Whether editions of its campaign before that of a delivery were made, which it must not be compared with.
    pub(super) fn has_earlier(&self, delivery: &ClearedDelivery) -> bool {
        let made = self.campaigns.get(&delivery.campagne);
        delivery.audience.is_logged()
            && made.is_some_and(|made| made.is_before(&delivery.exact.grounds))
    }

    /// Puts back what was printed where too few answers have changed since, those who read this delivery beside their
    /// own being told this of the same edition; gives how many figures repeat an earlier edition. Does nothing for an
    /// audience that is not logged.
    pub(super) fn apply_after(
        &self,
        delivery: &mut ClearedDelivery,
        others: &[Arc<KeptCampaign>],
    ) -> Repeats {
        let history = self.history(delivery, others);
        let Some(history) = history.filter(|_| delivery.audience.is_logged()) else {
            return Repeats::default();
        };
        let history = &history;
        let audience = delivery.audience.as_str();
        let printed = aligned(delivery, &history.answers);
        let answers = instead_of_todays(&delivery.exact, &printed, audience);
        let least: BTreeMap<String, usize> = (delivery.exact.asked.iter())
            .map(|asked| (figure_key(&asked.place, &asked.code), asked.shown_from))
            .collect();
        let mut figures = 0;
        let mut places = BTreeSet::new();
        for placed in questions(delivery) {
            let key = placed.key();
            let Some(instead) = answers.get(&key) else {
                continue;
            };
            let least = least.get(&key).copied().unwrap_or(usize::MAX);
            let mut shares = told(instead, audience, least);
            if placed.question.asked == AskedAs::Outside {
                shares = shares.map(outside_shares);
            }
            // A figure masked today stays masked, whatever was printed.
            let question = placed.question;
            if question.shares.is_ok() && question.shares != shares {
                question.shares = shares;
                figures += 1;
                places.insert(placed.place);
            }
        }
        let memory = LevelMemory {
            history,
            key: self.key.as_ref(),
            audience,
        };
        figures += memory.restore(delivery);
        figures += memory.restore_organiser(&mut delivery.territory, &answers);
        for site in &mut delivery.sites {
            site.repeats |= places.contains(&FigurePlace::Site(site.structure.as_str().into()));
        }
        delivery.territory.repeats = figures > 0;
        if let Some(earlier) = history.activities.get(audience) {
            figures += keep_back(delivery, earlier);
        }
        Repeats {
            figures,
            answers,
            of_this_edition: self.next_moment(),
        }
    }

    /// Remembers a delivery that is about to be put in place. Call [`DeliveryLog::save`] afterwards: a log that is opened
    /// then counts with it.
    ///
    /// # Errors
    ///
    /// The log was not opened for a delivery; a folder that cannot be written.
    pub fn record(
        &mut self,
        delivery: &ClearedDelivery,
        repeats: &Repeats,
        date: Day,
    ) -> Result<()> {
        if !delivery.audience.is_logged() {
            return Ok(());
        }
        let key = self.key.clone().ok_or_else(not_begun)?;
        let kept = self.kept_after(delivery, repeats, &[]);
        let record = DeliveryRecord {
            format: FORMAT,
            rang: self.next_rank(),
            precedentes: self.names_so_far(),
            cle: key.own_seal(),
            livraisons: vec![Delivered {
                date: date.to_string(),
                public: delivery.audience.as_str().to_owned(),
                campagne: delivery.campagne.clone(),
                structures: given_to_teams(delivery),
                masques: delivery.masked.cells.len(),
                repris: repeats.figures,
            }],
            campagnes: BTreeMap::from([(delivery.campagne.clone(), Arc::new(kept))]),
            convention: None,
        };
        self.keep(&record)
    }

    /// Rank of the next delivery of the log.
    pub(super) fn next_rank(&self) -> usize {
        self.rank + self.pending.len() + 1
    }

    /// Files of the log, those that it is about to have among them.
    pub(super) fn names_so_far(&self) -> Vec<String> {
        let pending = self.pending.iter().map(|ready| ready.name.clone());
        self.names.iter().cloned().chain(pending).collect()
    }

    /// Writes a record beside the log.
    pub(super) fn keep(&mut self, record: &DeliveryRecord) -> Result<()> {
        if self.lock.is_none() {
            return Err(not_begun());
        }
        let stem = record.livraisons.first().map_or_else(
            || "livraison".to_owned(),
            |made| format!("{}-{}", made.date, made.public),
        );
        let ready = ReadyRecord::write(&self.root, &stem, record)?;
        self.pending.push(ready);
        Ok(())
    }

    /// What is kept of a delivery, beyond what earlier editions and others of the same edition keep already.
    pub(super) fn kept_after(
        &self,
        delivery: &ClearedDelivery,
        repeats: &Repeats,
        others: &[Arc<KeptCampaign>],
    ) -> KeptCampaign {
        KeptCampaign {
            publics: vec![delivery.audience.as_str().to_owned()],
            reponses: printed_answers(delivery, repeats),
            niveaux: self.printed_levels(delivery, others),
            territoire: territory_figures(delivery)
                .map(|figure| (figure.code.clone(), KeptFigure::of(&figure)))
                .collect(),
            activites: kept_activities(delivery),
            fondement: delivery.exact.grounds.clone(),
        }
    }

    /// Levels printed, except those that repeat what is kept already.
    fn printed_levels(
        &self,
        delivery: &ClearedDelivery,
        others: &[Arc<KeptCampaign>],
    ) -> BTreeMap<String, KeptSite> {
        let Some(key) = &self.key else {
            return BTreeMap::new();
        };
        let history = self.history(delivery, others).unwrap_or_default();
        let memory = LevelMemory {
            history: &history,
            key: Some(key),
            audience: delivery.audience.as_str(),
        };
        let mut kept = BTreeMap::new();
        for site in &delivery.sites {
            let Some(answers) = delivery.exact.levels.get(&site.structure) else {
                continue;
            };
            if memory.repeats(&delivery.exact, &site.structure).is_none() {
                let levels = site.criteres.iter().chain(&site.axes);
                let fresh = KeptSite::of(answers, levels, key);
                kept.insert(site.structure.clone(), fresh);
            }
        }
        kept
    }

    /// Puts what was recorded in the log, each delivery whole or not at all. Who goes on opens the log again: this one
    /// does not hold what it wrote.
    ///
    /// # Errors
    ///
    /// A folder that cannot be written; a log that was not opened for a delivery.
    pub fn save(self) -> Result<SavedLog> {
        let lock = self.lock.ok_or_else(not_begun)?;
        let put = self.pending.into_iter().map(|ready| ready.put(&self.root));
        Ok(SavedLog {
            names: put.collect::<Result<_>>()?,
            _lock: lock,
        })
    }
}

/// Accueils whose team is given its report by a delivery.
fn given_to_teams(delivery: &ClearedDelivery) -> Vec<String> {
    let sites = delivery.sites.iter().map(|s| s.structure.clone());
    sites
        .filter(|_| delivery.audience == Audience::Equipe)
        .collect()
}

/// A caller forgot [`DeliveryLog::begin`].
pub(super) fn not_begun() -> Error {
    Error::Store("Le journal des livraisons n’a pas été ouvert pour y écrire.".to_owned())
}

/// The figures of the territory that a later edition may have to repeat: changes of axes, what the
/// organiser decides.
fn territory_figures(delivery: &ClearedDelivery) -> impl Iterator<Item = ClearedFigure> {
    let axes = delivery.territory.evolution.iter().map(line_figure);
    let organiser = delivery.territory.organiser.iter();
    axes.chain(organiser.map(|own| own.figure.clone()))
}

/// What a figure is told instead of today's answers.
fn told(instead: &Instead, audience: &str, least: usize) -> Result<Shares, Mask> {
    match instead {
        Instead::Before(Some(printed)) => printed.told(audience, least),
        Instead::Mixed(answers) if answers.total() >= least.max(1) => Ok(shares_of(answers)),
        Instead::Before(None) | Instead::Mixed(_) => Err(Mask::Derivable),
    }
}

/// Answers printed, except those that repeat what is kept already.
fn printed_answers(delivery: &ClearedDelivery, repeats: &Repeats) -> BTreeMap<String, KeptAnswers> {
    let shown: BTreeMap<String, &ClearedDistribution> = printed_questions(delivery).collect();
    let kept = delivery
        .exact
        .asked
        .iter()
        .filter_map(|asked: &AskedQuestion| {
            let key = figure_key(&asked.place, &asked.code);
            let question = shown.get(&key)?;
            let answers = match repeats.answers.get(&key) {
                None => &asked.answers,
                Some(Instead::Mixed(answers)) => answers,
                // Told once more of what others are told today: nothing keeps it yet.
                Some(Instead::Before(Some(told))) if told.moment >= repeats.of_this_edition => {
                    &asked.answers
                }
                Some(Instead::Before(_)) => return None,
            };
            let is_outside = question.asked == AskedAs::Outside;
            let labels = is_outside.then_some(&*question.modalities);
            let kept = KeptAnswers::of(answers, &question.shares);
            Some((key, kept.labelled(labels.unwrap_or_default())))
        });
    kept.collect()
}

/// Every question of a delivery, by its name at its place.
fn printed_questions(
    delivery: &ClearedDelivery,
) -> impl Iterator<Item = (String, &ClearedDistribution)> {
    let territory = &delivery.territory;
    let sites = delivery.sites.iter().map(|s| {
        let place = FigurePlace::Site(s.structure.as_str().into());
        (place, &s.distributions, s.outside.as_slice())
    });
    let sectors = delivery.sectors.iter().map(|s| {
        let place = FigurePlace::Sector(s.secteur.clone());
        (place, &s.distributions, &[][..])
    });
    let whole = (
        FigurePlace::Territory,
        &territory.distributions,
        territory.outside.as_slice(),
    );
    let places = sites.chain(sectors).chain([whole]);
    places.flat_map(|(place, distributions, outside)| {
        let all = distributions.values().flatten().chain(outside);
        all.map(move |question| (figure_key(&place, &question.code), question))
    })
}

/// A question of a delivery at its place, to be put back.
struct PlacedQuestion<'a> {
    place: FigurePlace,
    question: &'a mut ClearedDistribution,
}

impl PlacedQuestion<'_> {
    fn key(&self) -> String {
        figure_key(&self.place, &self.question.code)
    }
}

/// Every question of a delivery with its place.
fn questions(delivery: &mut ClearedDelivery) -> Vec<PlacedQuestion<'_>> {
    let mut placed = Vec::new();
    for site in &mut delivery.sites {
        let place = FigurePlace::Site(site.structure.as_str().into());
        placed.extend(at(&place, &mut site.distributions));
        placed.extend(outside_at(&place, &mut site.outside));
    }
    for sector in &mut delivery.sectors {
        let place = FigurePlace::Sector(sector.secteur.clone());
        placed.extend(at(&place, &mut sector.distributions));
    }
    let territory = &mut delivery.territory.distributions;
    placed.extend(at(&FigurePlace::Territory, territory));
    let outside = &mut delivery.territory.outside;
    placed.extend(outside_at(&FigurePlace::Territory, outside));
    placed
}

fn outside_at<'a>(
    place: &FigurePlace,
    questions: &'a mut [ClearedDistribution],
) -> impl Iterator<Item = PlacedQuestion<'a>> {
    let place = place.clone();
    questions.iter_mut().map(move |question| PlacedQuestion {
        place: place.clone(),
        question,
    })
}

fn at<'a>(
    place: &FigurePlace,
    distributions: &'a mut BTreeMap<SourceCode, Vec<ClearedDistribution>>,
) -> impl Iterator<Item = PlacedQuestion<'a>> {
    let place = place.clone();
    let questions = distributions.values_mut().flatten();
    questions.map(move |question| PlacedQuestion {
        place: place.clone(),
        question,
    })
}
