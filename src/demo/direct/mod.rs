//! Fictitious answers by the tens of millions, straight into the tables of an import: no raw file, no
//! text read again. The levels come from the same hidden quality as raw files' (`quality`), drawn
//! cheaply: the two do not give the same answers.
//!
//! | question | file |
//! |---|---|
//! | how many answers does each site and source get? | `answer_shares` |
//! | what does each answer say? | `answer_draws` |
//! | which rows does a site bring? | `site_rows`, `site_measures` |
//! | how do rows become tables? | `direct_tables` |

mod answer_draws;
mod answer_shares;
mod direct_tables;
mod site_measures;
mod site_rows;

use std::collections::BTreeMap;

use rayon::prelude::*;
use sha2::{Digest, Sha256};

use self::answer_draws::AnswerDraws;
use self::answer_shares::SiteShare;
use self::direct_tables::{DirectFrames, FirstPositions};
use self::site_measures::MEASURES;
use self::site_rows::{SiteRows, SiteWriter};
use super::scenario::{DemoScenario, DemoSite};
use crate::base::error::Result;
use crate::intake::store::{ImportedFile, TableWriters};
use crate::vocabulary::referentiel::{Referentiel, SourceCode};

/// Answers that are held at once: a row group.
const BATCH: u64 = 1 << 20;
/// Sites that one thread draws at a time.
const SITES: usize = 32;

/// A campaign whose answers are drawn as they are written.
pub(crate) struct DirectCampaign<'a> {
    plan: &'a DemoScenario,
    campaign: usize,
    draws: AnswerDraws<'a>,
    shares: Vec<SiteShare<'a>>,
}

impl<'a> DirectCampaign<'a> {
    /// The k-th campaign of a plan, with so many answers in all.
    pub(crate) fn new(
        plan: &'a DemoScenario,
        referentiel: &'a Referentiel,
        campaign: usize,
        answers: u64,
    ) -> Self {
        let first_day = plan.campaigns[campaign].first_day;
        let mut sites: Vec<&DemoSite> = plan.open_sites(&plan.campaigns[campaign]).collect();
        // The order of stores.
        sites.sort_by(|a, b| a.code.cmp(&b.code));
        let draws = AnswerDraws::new(plan.seed, referentiel, campaign, first_day);
        let shares = answer_shares::shares(&sites, &draws, answers);
        Self {
            plan,
            campaign,
            draws,
            shares,
        }
    }

    /// Answers, all sites and sources together.
    pub(crate) fn answers(&self) -> u64 {
        self.shares.iter().map(SiteShare::answers).sum()
    }

    /// One file per source, that no disk ever held.
    pub(crate) fn files(&self) -> Vec<ImportedFile> {
        let campaign = &self.plan.campaigns[self.campaign].id;
        let rows = |source: SourceCode| -> u64 {
            if source == SourceCode::Don {
                return (self.shares.len() * MEASURES) as u64;
            }
            let of_source = self.shares.iter().flat_map(|s| &s.sources);
            let of_source = of_source.filter(|s| s.source == source);
            of_source.map(|s| u64::from(s.answers)).sum()
        };
        let file = |source: SourceCode| {
            let rows = rows(source);
            let identity = format!("{} {campaign} {source} {rows}", self.plan.seed);
            ImportedFile {
                name: format!("{source} {campaign} (fictif)"),
                sha256: crate::base::text::hex(Sha256::digest(identity.as_bytes())),
                tool: "simuler".to_owned(),
                mapping: String::new(),
                wordings: None,
                questions: BTreeMap::new(),
                rows: rows as usize,
                cells: Vec::new(),
                corrected: Vec::new(),
                diagnostics: BTreeMap::new(),
            }
        };
        SourceCode::ALL.into_iter().map(file).collect()
    }

    /// Draws and writes the answers, one row group held at a time.
    ///
    /// # Errors
    ///
    /// A disk that refuses.
    pub(crate) fn write(&self, writers: &mut TableWriters) -> Result<()> {
        let mut first = FirstPositions::default();
        let mut rest = self.shares.as_slice();
        while !rest.is_empty() {
            let mut held = 0;
            let fits = |share: &&SiteShare| {
                held += share.answers();
                held <= BATCH
            };
            // One site at least, however large.
            let sites = rest.iter().take_while(fits).count().max(1);
            let (batch, next) = rest.split_at(sites);
            rest = next;
            let rows: Vec<SiteRows> = (batch.par_chunks(SITES))
                .map(|sites| self.rows(sites))
                .collect();
            let mut frames = DirectFrames::new(&self.plan.campaigns[self.campaign].id);
            for rows in rows {
                frames.add(rows, &mut first)?;
            }
            frames.write(writers)?;
        }
        Ok(())
    }

    fn rows(&self, shares: &[SiteShare]) -> SiteRows<'_> {
        let mut writer = SiteWriter::new(&self.draws);
        for share in shares {
            writer.site(share);
            let lines =
                site_measures::lines(self.plan, &self.plan.campaigns[self.campaign], share.site);
            writer.measures(share.site, &lines);
        }
        writer.finish()
    }
}
