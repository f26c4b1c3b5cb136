//! Answers and words read back, as the long table of the contract.

use std::collections::BTreeSet;

use polars::prelude::{DataFrame, SortMultipleOptions};

use super::{Store, long_table};
use crate::base::error::Result;
use crate::base::table::TableColumn;
use crate::intake::observations::{ObservationColumn, Observations};

/// Which answers are asked for.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Wanted<'a> {
    /// One campaign, or all.
    pub(crate) campaign: Option<&'a str>,
    /// One structure, or all.
    pub(crate) structure: Option<&'a str>,
}

impl Store {
    /// Every live answer, of one campaign or of all, checked, in a canonical order.
    ///
    /// # Errors
    ///
    /// A store that cannot be read.
    pub fn load(&self, campaign: Option<&str>) -> Result<Observations> {
        self.long_table(Wanted {
            campaign,
            structure: None,
        })
    }

    /// The live answers asked for, as the long table of the contract, in a canonical order.
    ///
    /// # Errors
    ///
    /// A store that cannot be read.
    pub(crate) fn long_table(&self, wanted: Wanted) -> Result<Observations> {
        let state = self.state()?;
        let campaigns: BTreeSet<&str> = (state.imports.iter())
            .map(|i| i.manifest.campaign.as_str())
            .filter(|c| wanted.campaign.is_none_or(|w| w == *c))
            .collect();
        let mut parts = vec![Observations::empty().frame().clone()];
        for campaign in campaigns {
            for live in self.live(&state, campaign)? {
                let codes = self.element_codes(&live.import.manifest.referentiel)?;
                let rows = long_table::long_table(&live, &codes, wanted.structure)?;
                parts.push(rows);
            }
        }
        in_order(parts)
    }

    /// What people wrote during a campaign, as rows of the long table, in its order: interviews,
    /// remarks, open answers, practices, consents.
    ///
    /// # Errors
    ///
    /// A store that cannot be read.
    pub(crate) fn words(&self, campaign: &str) -> Result<Observations> {
        let state = self.state()?;
        let mut parts = vec![Observations::empty().frame().clone()];
        for live in self.live(&state, campaign)? {
            parts.push(long_table::words_table(&live)?);
        }
        in_order(parts)
    }
}

/// Rows of the long table, in its canonical order.
fn in_order(parts: Vec<DataFrame>) -> Result<Observations> {
    use ObservationColumn as C;
    let keys = [
        C::Campagne,
        C::Structure,
        C::Source,
        C::Visite,
        C::Observateur,
        C::Repondant,
        C::Element,
        C::Fichier,
        C::Feuille,
        C::Cellule,
    ];
    let order = SortMultipleOptions::default().with_maintain_order(true);
    let mut all = DataFrame::empty_with_schema(&C::schema());
    for part in parts {
        all.vstack_mut_owned(part)?;
    }
    Observations::new(&all.sort(keys.map(C::name), order)?)
}
