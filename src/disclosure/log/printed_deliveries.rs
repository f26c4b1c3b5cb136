//! The deliveries of a campaign, and which of them were made before an edition. Their figures stay on the disk: those of a
//! vast territory, edition after edition, have no room beside those of today.

use super::printed_history::PrintedHistory;
use super::record_file::RecordFile;
use crate::base::error::Result;
use crate::vocabulary::Audience;

/// One delivery of a campaign.
#[derive(Debug)]
pub(crate) struct PrintedDelivery {
    /// Its rank.
    pub(crate) moment: usize,
    /// Who was told.
    pub(crate) audiences: Vec<Audience>,
    /// Names what its decisions rested on; empty before this was noted.
    pub(crate) grounds: String,
    /// Where what it told is kept.
    pub(crate) file: RecordFile,
}

/// Deliveries of a campaign, oldest first.
#[derive(Debug, Default)]
pub(crate) struct PrintedDeliveries(Vec<PrintedDelivery>);

impl PrintedDeliveries {
    pub(crate) fn add(&mut self, made: PrintedDelivery) {
        self.0.push(made);
    }

    /// Whether anything was printed before the edition that rests on these grounds.
    pub(crate) fn is_before(&self, grounds: &str) -> bool {
        self.last_before(grounds).is_some()
    }

    /// Reads what was printed of a campaign before the edition that rests on these grounds; nothing where nothing was.
    ///
    /// The last deliveries, if they rest on the very same answers, accueils and settings, are of that edition: elected
    /// people’s first, teams’ the day after, say what one delivery to all would have said. Decisions take all readers into
    /// account whoever is served first, so that what one was not told keeps nothing from another. Once anything else was
    /// delivered in between, it is an edition like others.
    ///
    /// # Errors
    ///
    /// A file that is no longer what it was when the log was opened.
    pub(crate) fn before(&self, grounds: &str, campaign: &str) -> Result<PrintedHistory> {
        let mut history = PrintedHistory::default();
        let before = self.last_before(grounds).map_or(0, |last| last + 1);
        for made in &self.0[..before] {
            made.file.read(campaign, &mut |kept| {
                history.add(kept, made.moment, &made.audiences);
            })?;
        }
        Ok(history)
    }

    /// Reads what every delivery told of a campaign.
    ///
    /// # Errors
    ///
    /// A file of which something cannot be read.
    pub(crate) fn check(&self, campaign: &str) -> Result<()> {
        let mut all = self.0.iter();
        all.try_for_each(|made| made.file.read(campaign, &mut drop))
    }

    /// The last delivery that is of another edition.
    fn last_before(&self, grounds: &str) -> Option<usize> {
        let is_other = |made: &PrintedDelivery| grounds.is_empty() || made.grounds != grounds;
        self.0.iter().rposition(is_other)
    }
}
