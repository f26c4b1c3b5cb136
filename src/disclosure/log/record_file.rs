//! Where what a delivery told is kept, read when an edition is to be compared with it.

use std::path::PathBuf;
use std::sync::Arc;

use super::delivery_record::{DeliveryRecord, KeptCampaign, KeptEntry};
use super::record_reading::read_campaign;
use super::sealed_bytes::SealedBytes;
use crate::base::error::Result;
use crate::base::files::steadily;

/// Where what a delivery told is kept.
#[derive(Debug, Clone)]
pub(crate) enum RecordFile {
    /// A file of the log.
    Sealed(PathBuf),
    /// The former log, that no delivery took over yet.
    Former(Arc<DeliveryRecord>),
}

impl RecordFile {
    /// Hands over what was told of a campaign, one thing after another.
    ///
    /// # Errors
    ///
    /// A file that cannot be read, or is not what was written.
    pub(crate) fn read(&self, campaign: &str, take: &mut dyn FnMut(KeptEntry)) -> Result<()> {
        match self {
            Self::Sealed(path) => {
                // A synchroniser or an antivirus may hold it for an instant.
                let sealed = steadily(|| SealedBytes::read(path))?;
                let read = read_campaign(&sealed.bytes, campaign, take);
                read.map_err(|_| SealedBytes::damaged(path))
            }
            Self::Former(record) => {
                if let Some(kept) = record.campagnes.get(campaign) {
                    hand_over(kept, take);
                }
                Ok(())
            }
        }
    }
}

fn hand_over(kept: &KeptCampaign, take: &mut dyn FnMut(KeptEntry)) {
    for (key, answers) in &kept.reponses {
        take(KeptEntry::Answers(key.clone(), answers.clone()));
    }
    for (site, levels) in &kept.niveaux {
        take(KeptEntry::Levels(site.clone(), levels.clone()));
    }
    for (site, activities) in &kept.activites {
        take(KeptEntry::Activities(site.clone(), activities.clone()));
    }
    take(KeptEntry::Territory(kept.territoire.clone()));
}
