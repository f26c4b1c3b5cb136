//! The former log, one file `data/livraisons.json` for everything, read once and then taken over.

use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::delivery_record::{Delivered, DeliveryRecord, FORMAT, KeptCampaign};
use super::kept_answers::KeptAnswers;
use super::kept_levels::KeptSite;
use super::log_key::LogKey;
use crate::base::error::{Error, Result};
use crate::vocabulary::Audience;

/// Its name, in the folder of data.
pub(crate) const FORMER: &str = "livraisons.json";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FormerCampaign {
    #[serde(default)]
    reponses: BTreeMap<String, KeptAnswers>,
    #[serde(default)]
    niveaux: BTreeMap<String, KeptSite>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FormerLog {
    #[serde(default)]
    livraisons: Vec<Delivered>,
    #[serde(default)]
    campagnes: BTreeMap<String, FormerCampaign>,
}

fn path(root: &Path) -> PathBuf {
    root.join("data").join(FORMER)
}

/// Reads it as one delivery of rank 0, to all who were logged then; none where there is none.
pub(crate) fn read(root: &Path) -> Result<Option<DeliveryRecord>> {
    let path = path(root);
    let text = match std::fs::read_to_string(&path) {
        Ok(text) => text,
        Err(e) if e.kind() == ErrorKind::NotFound => return Ok(None),
        Err(e) => return Err(Error::io(&path, "lecture")(e)),
    };
    let former: FormerLog = serde_json::from_str(&text).map_err(|e| {
        Error::Store(format!(
            "{} : le journal des livraisons est abîmé ({e}). Rendez-lui sa dernière sauvegarde ; sans lui, deux éditions pourraient livrer la réponse d’une personne.",
            path.display()
        ))
    })?;
    let told = [Audience::Elus, Audience::Familles, Audience::Renouvellement];
    let campagnes = former.campagnes.into_iter();
    Ok(Some(DeliveryRecord {
        format: FORMAT,
        rang: 0,
        precedentes: Vec::new(),
        cle: String::new(),
        livraisons: former.livraisons,
        campagnes: campagnes
            .map(|(id, campaign)| (id, taken_over(campaign, &told)))
            .collect(),
        convention: None,
    }))
}

fn taken_over(campaign: FormerCampaign, told: &[Audience]) -> KeptCampaign {
    let mut niveaux = campaign.niveaux;
    // Means of the territory were kept under the empty code.
    niveaux.remove("");
    KeptCampaign {
        publics: told.iter().map(|a| a.as_str().to_owned()).collect(),
        reponses: campaign.reponses,
        niveaux,
        activites: BTreeMap::new(),
        territoire: BTreeMap::new(),
        fondement: String::new(),
    }
}

/// The same with its fingerprints under a key.
pub(crate) fn sealed(mut record: DeliveryRecord, key: &LogKey) -> DeliveryRecord {
    for campaign in record.campagnes.values_mut() {
        let levels = std::mem::take(&mut campaign.niveaux).into_iter();
        campaign.niveaux = levels
            .map(|(site, kept)| (site, kept.sealed(key)))
            .collect();
    }
    record.cle = key.own_seal();
    record
}

/// Removes it, once it was taken over.
pub(crate) fn remove(root: &Path) -> Result<()> {
    let path = path(root);
    match std::fs::remove_file(&path) {
        Err(e) if e.kind() != ErrorKind::NotFound => Err(Error::io(&path, "suppression")(e)),
        _ => Ok(()),
    }
}
