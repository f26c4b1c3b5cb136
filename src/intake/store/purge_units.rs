//! The units of an import once answers of some sources are no more: their positions stay, what points
//! at a person or at a day of theirs does not.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use polars::prelude::{Column, DataFrame, NamedFrom, Series};

use super::columns::UnitColumn;
use super::import_tables::CONSENSUS;
use super::live::LiveImport;
use super::stored_unit::StoredUnit;
use super::table_reader::RowRange;
use crate::base::error::{Error, Result};
use crate::base::table::TableColumn;
use crate::base::text::hex;
use crate::intake::observations::{corrected_element, is_note};
use crate::vocabulary::referentiel::SourceCode;

/// Word before the number that stands for an observer.
const ANONYMOUS: &str = "anonyme";
/// Digits of the name of an import that tell its neutral keys from another's.
const MARK_DIGITS: usize = 8;

/// What a unit becomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum UnitFate {
    /// Its source is not purged: nothing changes.
    Kept,
    /// Its answers become aggregates.
    Folded,
    /// Nothing of it is kept: replaced, taken back, or words alone.
    Gone,
}

/// Numbers that stand for observers, and ranks that stand for visits whose names say more than a
/// number; the same over all that one run of `purger` empties, so that agreement reads as before.
#[derive(Debug, Default)]
pub(crate) struct NeutralNames {
    observers: HashMap<String, String>,
    visits: HashMap<NamedVisit, String>,
}

/// A visit of a structure.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
struct NamedVisit {
    campaign: String,
    structure: Arc<str>,
    name: String,
}

impl NeutralNames {
    /// Draws numbers for the observers of these imports, in an order that nothing tells.
    ///
    /// # Errors
    ///
    /// A system without randomness.
    pub(crate) fn draw<'a>(imports: impl Iterator<Item = &'a LiveImport<'a>>) -> Result<Self> {
        let mut codes: BTreeSet<String> = BTreeSet::new();
        let mut visits: BTreeMap<(&str, Arc<str>), BTreeSet<&str>> = BTreeMap::new();
        for live in imports {
            let campaign = live.import.manifest.campaign.as_str();
            let noted = live.units.iter().filter(|u| is_named(u.source));
            for unit in noted.filter(|u| !u.observer.is_empty() && u.observer != CONSENSUS) {
                codes.insert(unit.observer.clone());
            }
            for unit in live.units.iter().filter(|u| u.source == SourceCode::Obs) {
                let of_site = visits.entry((campaign, unit.structure.clone()));
                of_site.or_default().insert(&unit.visit);
            }
        }
        let mut drawn: Vec<(String, String)> = Vec::new();
        for code in codes {
            let mut mark = [0_u8; 16];
            getrandom::fill(&mut mark)
                .map_err(|e| Error::Store(format!("Le système ne donne pas de hasard ({e}).")))?;
            drawn.push((hex(mark), code));
        }
        drawn.sort();
        let numbered = drawn.into_iter().zip(1..);
        Ok(Self {
            observers: numbered
                .map(|(mark, rank)| (mark.1, format!("{ANONYMOUS} {rank}")))
                .collect(),
            visits: neutral_visits(visits),
        })
    }

    fn observer<'a>(&'a self, code: &'a str) -> &'a str {
        match self.observers.get(code) {
            Some(neutral) => neutral,
            None if code == CONSENSUS => code,
            None => ANONYMOUS,
        }
    }

    fn visit(&self, campaign: &str, unit: &StoredUnit) -> String {
        let visit = NamedVisit {
            campaign: campaign.to_owned(),
            structure: unit.structure.clone(),
            name: unit.visit.clone(),
        };
        self.visits.get(&visit).cloned().unwrap_or_default()
    }
}

/// Visits named by numbers keep them; where one of a structure has another name, all take their rank,
/// in the order that rules read them.
fn neutral_visits(
    visits: BTreeMap<(&str, Arc<str>), BTreeSet<&str>>,
) -> HashMap<NamedVisit, String> {
    let mut neutral = HashMap::new();
    for ((campaign, structure), names) in visits {
        let plain = |name: &&str| !name.is_empty() && name.bytes().all(|b| b.is_ascii_digit());
        let are_plain = names.iter().all(plain);
        let width = names.len().to_string().len();
        for (rank, name) in names.into_iter().enumerate() {
            let visit = NamedVisit {
                campaign: campaign.to_owned(),
                structure: structure.clone(),
                name: name.to_owned(),
            };
            let word = if are_plain {
                name.to_owned()
            } else {
                format!("{:0width$}", rank + 1)
            };
            neutral.insert(visit, word);
        }
    }
    neutral
}

/// What tells the neutral keys of an import from another's.
pub(super) fn mark_of(live: &LiveImport) -> String {
    live.import.name.chars().take(MARK_DIGITS).collect()
}

impl LiveImport<'_> {
    /// What becomes of each unit when answers of some sources are purged.
    pub(crate) fn fates(&self, sources: &[SourceCode]) -> Vec<UnitFate> {
        let already = self.import.purged.as_ref();
        let fate = |unit: &StoredUnit| {
            let before = already.is_some_and(|p| p.sources.contains(&unit.source));
            if before || !sources.contains(&unit.source) {
                UnitFate::Kept
            } else if unit.hidden || is_words_alone(unit) {
                UnitFate::Gone
            } else {
                UnitFate::Folded
            }
        };
        self.units.iter().map(fate).collect()
    }

    /// The units as they will be, positions unchanged.
    pub(super) fn neutral_units(
        &self,
        fates: &[UnitFate],
        names: &NeutralNames,
    ) -> Vec<StoredUnit> {
        let mark = mark_of(self);
        let campaign = &self.import.manifest.campaign;
        let mut start = 0;
        let numbered = self.units.iter().zip(fates).enumerate();
        let units = numbered.map(|(position, (unit, fate))| {
            let mut unit = match fate {
                UnitFate::Kept => unit.clone(),
                UnitFate::Folded => neutral(unit, names, campaign, &mark),
                UnitFate::Gone => gone(unit, &mark, position),
            };
            let rows = if *fate == UnitFate::Kept {
                unit.answers.rows
            } else {
                0
            };
            unit.answers = RowRange { start, rows };
            start += rows;
            unit
        });
        units.collect()
    }
}

/// Grids that may say by whom they were marked.
fn is_named(source: SourceCode) -> bool {
    matches!(source, SourceCode::Obs | SourceCode::Dir)
}

/// Totals of a structure and corrections of its premises and papers: their key points at nobody.
fn is_nobodys(key: &str) -> bool {
    let line = key.splitn(3, '|').nth(2).unwrap_or_default();
    line == "denominateurs" || corrected_element(line).is_some()
}

/// Interviews, remarks and practices: nothing is folded of them.
fn is_words_alone(unit: &StoredUnit) -> bool {
    let rest = unit.key.splitn(3, '|').nth(2);
    unit.source == SourceCode::Don && rest.is_some_and(is_note)
}

fn neutral(unit: &StoredUnit, names: &NeutralNames, campaign: &str, mark: &str) -> StoredUnit {
    let start = format!("{}|{}", unit.source, unit.structure);
    let visit = match unit.source {
        SourceCode::Obs => names.visit(campaign, unit),
        _ => String::new(),
    };
    let is_second = unit.source == SourceCode::Dir && !unit.observer.is_empty();
    let observer = if unit.source == SourceCode::Obs || is_second {
        names.observer(&unit.observer).to_owned()
    } else {
        String::new()
    };
    let key = match unit.source {
        SourceCode::Obs => format!("{start}|{visit}|{observer} {mark}"),
        SourceCode::Dir if is_second => format!("{start}|{observer} {mark}"),
        SourceCode::Aut | SourceCode::Dir => start,
        SourceCode::Don if is_nobodys(&unit.key) => unit.key.clone(),
        _ => format!("{start}|purge-{mark}"),
    };
    StoredUnit {
        visit,
        observer,
        key,
        ..unit.clone()
    }
}

/// A unit of which nothing is left, and that is nobody's any more.
fn gone(unit: &StoredUnit, mark: &str, position: usize) -> StoredUnit {
    StoredUnit {
        visit: String::new(),
        observer: String::new(),
        key: format!("{}|{}|purge-{mark}-{position}", unit.source, unit.structure),
        hidden: true,
        ..unit.clone()
    }
}

/// The units as the table keeps them; the file of what is purged is no matter any more.
pub(super) fn unit_table(campaign: &str, units: &[StoredUnit]) -> Result<DataFrame> {
    use UnitColumn as C;
    let text = |column: C, get: fn(&StoredUnit) -> &str| -> Column {
        let values: Vec<&str> = units.iter().map(get).collect();
        Series::new(column.name().into(), values).into()
    };
    let whole = |column: C, values: Vec<u32>| -> Column {
        Series::new(column.name().into(), values).into()
    };
    let consensus: Vec<bool> = units.iter().map(|u| u.observer == CONSENSUS).collect();
    let columns = vec![
        whole(C::Unite, (0..units.len() as u32).collect()),
        Column::new(C::Campagne.name().into(), vec![campaign; units.len()]),
        text(C::Structure, |u| &u.structure),
        text(C::Source, |u| u.source.as_str()),
        text(C::Visite, |u| &u.visit),
        text(C::Observateur, |u| match u.observer.as_str() {
            CONSENSUS => "",
            code => code,
        }),
        Series::new(C::Consensus.name().into(), consensus).into(),
        whole(C::Fichier, units.iter().map(|u| u.file as u32).collect()),
        text(C::Cle, |u| &u.key),
        whole(
            C::Reponses,
            units.iter().map(|u| u.answers.rows as u32).collect(),
        ),
    ];
    C::check(&DataFrame::new(units.len(), columns)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn visits_named_by_numbers_keep_them_others_take_their_rank() {
        let visit = |structure: &str, name: &str| NamedVisit {
            campaign: "C1".to_owned(),
            structure: Arc::from(structure),
            name: name.to_owned(),
        };
        let named = BTreeMap::from([
            (("C1", Arc::from("R01")), BTreeSet::from(["2", "10"])),
            (
                ("C1", Arc::from("R02")),
                BTreeSet::from(["1", "chez Mme D."]),
            ),
        ]);
        let neutral = neutral_visits(named);
        assert_eq!(neutral[&visit("R01", "10")], "10");
        assert_eq!(neutral[&visit("R02", "1")], "1");
        assert_eq!(neutral[&visit("R02", "chez Mme D.")], "2");
    }
}
