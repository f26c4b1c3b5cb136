//! The log of an observatory folder.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use serde::Serialize;

use super::delivery_record::{Delivered, DeliveryRecord, FORMAT};
use super::kept_delivery::KeptDelivery;
use super::log_folder::{self, ReadyRecord, SealedRecord};
use super::log_key::LogKey;
use super::printed_deliveries::{PrintedDeliveries, PrintedDelivery};
use super::printed_history::PrintedHistory;
use super::repeated_delivery::Repeats;
use crate::base::day::Day;
use crate::base::diagnostics::Diagnostic;
use crate::base::error::{Error, Result};
use crate::base::files::{Lock, remove_temporaries};
use crate::disclosure::cleared::ClearedDelivery;
use crate::disclosure::convention::KeptCtgFigure;
use crate::vocabulary::Audience;

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
    /// What was last read of them.
    read: Mutex<Option<(EditionKey, Arc<PrintedHistory>)>>,
    /// Figures of persons that documents of the convention printed, oldest first.
    pub(super) convention: Vec<(String, KeptCtgFigure)>,
    /// Recorded and not in the log yet: a vast territory has no room to hold what each audience was told.
    pending: Vec<ReadyRecord>,
    /// What is to be said of the log itself.
    remarks: Vec<Diagnostic>,
    /// Held from [`DeliveryLog::begin`] on.
    lock: Option<Lock>,
}

/// Which edition a delivery is of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EditionKey {
    /// Campaign id.
    pub campaign: String,
    /// Names what its decisions rest on; empty where nobody can say.
    pub grounds: String,
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
            read: Mutex::default(),
            convention: Vec::new(),
            pending: Vec::new(),
            remarks: read.remarks,
            lock: None,
        };
        for (moment, sealed) in read.records.into_iter().enumerate() {
            log.remember(sealed, moment)?;
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

    fn remember(&mut self, sealed: SealedRecord, moment: usize) -> Result<()> {
        let SealedRecord { name, head, file } = sealed;
        self.rank = self.rank.max(head.rang);
        self.made.extend(head.livraisons);
        for (id, campaign) in head.campagnes {
            let audiences = campaign.publics.iter().map(|word| audience(word, &name));
            self.campaigns.entry(id).or_default().add(PrintedDelivery {
                moment,
                audiences: audiences.collect::<Result<_>>()?,
                grounds: campaign.fondement,
                file: file.clone(),
            });
        }
        if let Some(kept) = head.convention {
            self.convention.extend(kept.chiffres);
        }
        self.names.push(name);
        Ok(())
    }

    /// Whether anything was printed before the edition of a delivery.
    pub(super) fn has_earlier(&self, edition: &EditionKey, audience: Audience) -> bool {
        self.made_before(edition, audience).is_some()
    }

    fn made_before(&self, edition: &EditionKey, audience: Audience) -> Option<&PrintedDeliveries> {
        let made = self.campaigns.get(&edition.campaign)?;
        (audience.is_logged() && made.is_before(&edition.grounds)).then_some(made)
    }

    /// What editions before that of a delivery printed, which it must not be compared with; none where there was none. Read
    /// once, until it is let go.
    ///
    /// # Errors
    ///
    /// A file of the log that is no longer what it was when it was opened.
    pub(super) fn printed_before(
        &self,
        edition: &EditionKey,
        audience: Audience,
    ) -> Result<Option<Arc<PrintedHistory>>> {
        let Some(made) = self.made_before(edition, audience) else {
            return Ok(None);
        };
        let mut read = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((known, history)) = &*read
            && known == edition
        {
            return Ok(Some(Arc::clone(history)));
        }
        // The one before is let go first.
        *read = None;
        let history = Arc::new(made.before(&edition.grounds, &edition.campaign)?);
        *read = Some((edition.clone(), Arc::clone(&history)));
        Ok(Some(history))
    }

    /// Reads all that was told: a file that its name seals, and that holds what no delivery writes, is refused at once and
    /// not on the day of an edition.
    ///
    /// # Errors
    ///
    /// The first file of which something cannot be read.
    pub(crate) fn check_told(&self) -> Result<()> {
        let mut all = self.campaigns.iter();
        all.try_for_each(|(campaign, made)| made.check(campaign))
    }

    /// Lets go what was read of earlier editions: it is read again where it is needed.
    pub(crate) fn let_go(&self) {
        *self.read.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    /// Rank of the next delivery.
    pub(super) fn next_moment(&self) -> usize {
        self.names.len() + self.pending.len()
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
        let kept = KeptDelivery {
            delivery,
            repeats,
            key: &key,
        };
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
                masques: delivery.territory.masked.values().sum(),
                repris: repeats.figures,
            }],
            campagnes: BTreeMap::from([(delivery.campagne.clone(), kept)]),
            convention: None,
        };
        self.keep(&record)
    }

    /// Rank of the next delivery of the log.
    pub(super) fn next_rank(&self) -> usize {
        self.rank.saturating_add(self.pending.len() + 1)
    }

    /// Files of the log, those that it is about to have among them.
    pub(super) fn names_so_far(&self) -> Vec<String> {
        let pending = self.pending.iter().map(|ready| ready.name.clone());
        self.names.iter().cloned().chain(pending).collect()
    }

    /// Writes a record beside the log.
    pub(super) fn keep<C: Serialize>(&mut self, record: &DeliveryRecord<C>) -> Result<()> {
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

/// Reads an audience that a file of the log names.
fn audience(word: &str, name: &str) -> Result<Audience> {
    let mut all = Audience::ALL.into_iter();
    let known = all.find(|audience| audience.as_str() == word);
    known.ok_or_else(|| {
        Error::Store(format!(
            "data/livraisons/{name} : cette livraison a été notée pour un public que cette version du programme ne connaît pas (« {word} »). Mettez le programme à jour."
        ))
    })
}
