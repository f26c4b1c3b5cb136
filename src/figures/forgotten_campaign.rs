//! A campaign as it will be once some of its answers are purged: what is kept of each import, and the
//! figures that it gives, before anything is written.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use super::aggregates::{ImportFold, PartialWriter, Partials, SharedMeasure, units};
use super::campaign_fold::{CampaignFold, ImportMeasures};
use super::forgetting::Forgetting;
use crate::base::day::Day;
use crate::base::error::Result;
use crate::intake::store::{MeasureRow, PurgedImport, Store, StoredUnit, TableSum, UnitFate};
use crate::vocabulary::referentiel::{Referentiel, StructureType};

/// A campaign as it will be once some of its answers are purged, before anything is written.
pub(crate) struct ForgottenCampaign<'a> {
    /// What is kept of each import, in their order.
    pub partials: Vec<Partials>,
    /// What figures would then be made from.
    pub fold: CampaignFold<'a>,
}

impl<'a> ForgottenCampaign<'a> {
    /// Folds what is left of the imports given.
    ///
    /// # Errors
    ///
    /// A store that cannot be read.
    pub(crate) fn of(
        store: &Store,
        referentiel: &'a Referentiel,
        kinds: HashMap<&str, StructureType>,
        imports: &[PurgedImport],
    ) -> Result<Self> {
        let mut fold = CampaignFold {
            referentiel,
            imports: Vec::new(),
            measures: Vec::new(),
            different: Vec::new(),
            purged: Vec::new(),
        };
        let mut folds = Vec::new();
        for purged in imports {
            let codes = store.element_codes(&purged.live.import.manifest.referentiel)?;
            folds.push(ImportFold::of(purged.live, &codes, referentiel)?);
        }
        let forgetting = Forgetting {
            referentiel,
            kinds,
            imports,
            folds: &folds,
        };
        let partials = forgetting.partials()?;
        let each = imports.iter().zip(folds).zip(&partials);
        for ((purged, mut standing), left) in each {
            for (unit, fate) in standing.units.iter_mut().zip(&purged.fates) {
                unit.hidden |= *fate != UnitFate::Kept;
            }
            fold.imports.push(standing);
            fold.add_kept(store, purged.live)?;
            let mut at_hand = ImportFold::at_hand(units(&purged.units), left.clone());
            at_hand.stands_alone = true;
            fold.imports.push(at_hand);
            let kept = purged.measures.iter();
            let kept = kept.filter_map(|m| shared(&purged.units, m));
            fold.measures.push(ImportMeasures::Shared(kept.collect()));
        }
        Ok(Self { partials, fold })
    }

    /// Writes what is kept of an import in a folder that exists; gives what each table comes to.
    ///
    /// # Errors
    ///
    /// A disk that refuses.
    pub(crate) fn write(&self, import: usize, dir: &Path) -> Result<BTreeMap<String, TableSum>> {
        let mut writer = PartialWriter::create(dir)?;
        writer.write(&self.partials[import])?;
        writer.finish()
    }
}

fn shared(units: &[StoredUnit], row: &MeasureRow) -> Option<SharedMeasure> {
    let unit = units.get(row.unit as usize).filter(|u| !u.hidden)?;
    let day = row.day.and_then(Day::from_number);
    Some(SharedMeasure {
        structure: unit.structure.to_string(),
        id: row.line.clone(),
        day,
        measure: row.measure.clone(),
        value: row.value.clone(),
    })
}
