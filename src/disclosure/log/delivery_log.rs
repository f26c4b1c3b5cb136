//! The log of an observatory folder.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::figure_key::figure_key;
use super::kept_answers::KeptAnswers;
use super::kept_levels::{self, KeptSite};
use super::repeated_answers::repeated;
use crate::base::error::{Error, Result};
use crate::base::files::write_file;
use crate::disclosure::cleared::{ClearedDelivery, ClearedDistribution, FigurePlace, Mask};
use crate::vocabulary::referentiel::SourceCode;

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
struct PrintedCampaign {
    /// « place/question » → answers and what was printed of them.
    #[serde(default)]
    reponses: BTreeMap<String, KeptAnswers>,
    /// Site → levels.
    #[serde(default)]
    niveaux: BTreeMap<String, KeptSite>,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct LogContent {
    #[serde(default)]
    livraisons: Vec<Delivered>,
    #[serde(default)]
    campagnes: BTreeMap<String, PrintedCampaign>,
}

/// The log of an observatory folder.
#[derive(Debug)]
pub struct DeliveryLog {
    path: PathBuf,
    content: LogContent,
}

/// What [`DeliveryLog::apply`] put back into one delivery. [`DeliveryLog::record`] takes it: several
/// audiences are applied before any is recorded, so that the log itself cannot hold the count.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[must_use = "what repeats an earlier edition is recorded with the delivery"]
pub struct Repeats {
    /// Figures that repeat an earlier edition.
    pub figures: usize,
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
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => LogContent::default(),
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
        let keys = repeated(&delivery.exact, &printed.reponses);
        let mut count = 0;
        for placed in questions(delivery) {
            let key = placed.key();
            if !keys.contains(&key) {
                continue;
            }
            let kept = printed.reponses.get(&key).map(KeptAnswers::shares);
            let shares = kept.unwrap_or(Err(Mask::Derivable));
            // A figure masked today stays masked, whatever was printed.
            let question = placed.question;
            if question.shares.is_ok() && question.shares != shares {
                question.shares = shares;
                count += 1;
            }
        }
        count += kept_levels::restore(delivery, &printed.niveaux);
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
        let keys = repeated(&delivery.exact, &printed.reponses);
        let mut copy = delivery.clone();
        let shown: BTreeMap<String, _> = questions(&mut copy)
            .into_iter()
            .map(|placed| (placed.key(), placed.question.shares.clone()))
            .collect();
        for asked in &delivery.exact.asked {
            let key = figure_key(&asked.place, &asked.code);
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
        kept_levels::remember(delivery, &mut printed.niveaux);
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

/// A question of a delivery at its place.
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
        let place = FigurePlace::Site(site.structure.clone());
        placed.extend(at(&place, &mut site.distributions));
    }
    for sector in &mut delivery.sectors {
        let place = FigurePlace::Sector(sector.secteur.clone());
        placed.extend(at(&place, &mut sector.distributions));
    }
    let territory = &mut delivery.territory.distributions;
    placed.extend(at(&FigurePlace::Territory, territory));
    placed
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
