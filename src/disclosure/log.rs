//! The log of deliveries: a later delivery of the same campaign whose number of answers differs by
//! less than the threshold repeats what was printed (`design.md` section 5), so that nobody gets
//! one late answer by comparing two editions.
//!
//! ```text
//! let mut log = DeliveryLog::open(root)?;
//! let mut delivery = clear_delivery(&material, &structures);
//! let repeats = log.apply(&mut delivery);    // before anything is rendered
//! …                                          // render and write
//! log.record(&delivery, repeats, date);      // once the delivery is in place
//! log.save()?;
//! ```
//!
//! One log serves every audience that is logged: the same persons read several of them.

mod changes;
mod kept;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::Mask;
use super::delivery::ClearedDelivery;
use super::distribution::ClearedDistribution;
use super::masking::Place;
use crate::base::error::{Error, Result};
use crate::base::files::write_file;
use changes::repeated;
use kept::{KeptAnswers, KeptSite};

/// Where it is kept, in an observatory folder.
const FILE: &str = "data/livraisons.json";

/// One delivery made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Delivered {
    /// Day of the edition, ISO.
    pub date: String,
    /// Audience.
    pub public: String,
    /// Campaign id.
    pub campagne: String,
    /// Figures masked.
    pub masques: usize,
    /// Figures that repeat an earlier edition.
    pub repris: usize,
}

/// What was printed of a campaign.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Printed {
    /// « place/question » → answers and what was printed of them.
    #[serde(default)]
    reponses: BTreeMap<String, KeptAnswers>,
    /// Site → levels.
    #[serde(default)]
    niveaux: BTreeMap<String, KeptSite>,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Content {
    #[serde(default)]
    livraisons: Vec<Delivered>,
    #[serde(default)]
    campagnes: BTreeMap<String, Printed>,
}

/// The log of an observatory folder.
#[derive(Debug)]
pub struct DeliveryLog {
    path: PathBuf,
    content: Content,
}

/// What [`DeliveryLog::apply`] put back into one delivery. [`DeliveryLog::record`] takes it: several
/// audiences are applied before any is recorded, so that the log itself cannot hold the count.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[must_use = "what repeats an earlier edition is recorded with the delivery"]
pub struct Repeats {
    /// Figures that repeat an earlier edition.
    pub figures: usize,
}

/// Key of a question at a place.
fn key(place: &Place, code: &str) -> String {
    let place = match place {
        Place::Site(code) => format!("accueil {code}"),
        Place::Sector(name) => format!("secteur {name}"),
        Place::Territory => "territoire".to_owned(),
    };
    format!("{place}/{code}")
}

impl DeliveryLog {
    /// Reads the log, empty when nothing was delivered yet.
    ///
    /// # Errors
    ///
    /// A log that cannot be read: nothing may be delivered without it.
    pub fn open(root: &Path) -> Result<Self> {
        let path = root.join(FILE);
        let content = match std::fs::read_to_string(&path) {
            Ok(text) => serde_json::from_str(&text).map_err(|e| {
                Error::Store(format!(
                    "{} : le journal des livraisons est abîmé ({e}). Rendez-lui sa dernière sauvegarde ; sans lui, deux éditions pourraient livrer la réponse d’une personne.",
                    path.display()
                ))
            })?,
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => Content::default(),
            Err(e) => return Err(Error::io(&path, "lecture")(e)),
        };
        Ok(Self { path, content })
    }

    /// Deliveries made, oldest first.
    pub fn deliveries(&self) -> &[Delivered] {
        &self.content.livraisons
    }

    /// Puts back what was printed where too few answers have changed since; gives how many figures
    /// repeat an earlier edition. Does nothing for an audience that is not logged.
    pub fn apply(&self, delivery: &mut ClearedDelivery) -> Repeats {
        let Some(printed) = self.content.campagnes.get(&delivery.campagne) else {
            return Repeats::default();
        };
        if !delivery.audience.is_logged() {
            return Repeats::default();
        }
        let keys = repeated(&delivery.ledger, &printed.reponses);
        let mut count = 0;
        for (place, question) in questions(delivery) {
            let key = key(&place, &question.code);
            if !keys.contains(&key) {
                continue;
            }
            let kept = printed.reponses.get(&key).map(KeptAnswers::shares);
            let shares = kept.unwrap_or(Err(Mask::Derivable));
            // A figure masked today stays masked, whatever was printed.
            if question.shares.is_ok() && question.shares != shares {
                question.shares = shares;
                count += 1;
            }
        }
        count += kept::restore(delivery, &printed.niveaux);
        Repeats { figures: count }
    }

    /// Remembers a delivery that was written. Call [`DeliveryLog::save`] afterwards.
    pub fn record(&mut self, delivery: &ClearedDelivery, repeats: Repeats, date: &str) {
        if !delivery.audience.is_logged() {
            return;
        }
        let printed = self
            .content
            .campagnes
            .entry(delivery.campagne.clone())
            .or_default();
        let keys = repeated(&delivery.ledger, &printed.reponses);
        let mut copy = delivery.clone();
        let shown: BTreeMap<String, _> = questions(&mut copy)
            .into_iter()
            .map(|(place, q)| (key(&place, &q.code), q.shares.clone()))
            .collect();
        for asked in &delivery.ledger.asked {
            let key = key(&asked.place, &asked.code);
            let (Some(shares), false) = (shown.get(&key), keys.contains(&key)) else {
                continue;
            };
            let fresh = KeptAnswers::of(&asked.answers, shares);
            let known = printed.reponses.get(&key);
            // What an earlier audience was shown stays the reference for all.
            if known.is_none_or(|k| !k.is_shown() || fresh.is_shown()) {
                printed.reponses.insert(key, fresh);
            }
        }
        kept::remember(delivery, &mut printed.niveaux);
        self.content.livraisons.push(Delivered {
            date: date.to_owned(),
            public: delivery.audience.as_str().to_owned(),
            campagne: delivery.campagne.clone(),
            masques: delivery.masked.cells.len(),
            repris: repeats.figures,
        });
    }

    /// Writes the log, whole or not at all.
    ///
    /// # Errors
    ///
    /// A folder that cannot be written.
    pub fn save(&self) -> Result<()> {
        let text = serde_json::to_vec(&self.content).map_err(|e| {
            Error::Render(format!(
                "Le journal des livraisons ne peut pas être écrit ({e})."
            ))
        })?;
        write_file(&self.path, &text)
    }
}

/// Every question of a delivery with its place.
fn questions(delivery: &mut ClearedDelivery) -> Vec<(Place, &mut ClearedDistribution)> {
    let mut found = Vec::new();
    for site in &mut delivery.sites {
        let place = Place::Site(site.structure.clone());
        let own = site.distributions.values_mut().flatten();
        found.extend(own.map(|q| (place.clone(), q)));
    }
    for sector in &mut delivery.sectors {
        let place = Place::Sector(sector.secteur.clone());
        let own = sector.distributions.values_mut().flatten();
        found.extend(own.map(|q| (place.clone(), q)));
    }
    let own = delivery.territory.distributions.values_mut().flatten();
    found.extend(own.map(|q| (Place::Territory, q)));
    found
}
