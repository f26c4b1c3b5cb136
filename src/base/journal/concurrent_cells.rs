//! Records that two machines wrote at once, merged cell by cell: what one alone filled enters, what both
//! filled alike too, and where they differ what both had stands until a person chooses, by bringing a
//! workbook in again.

use std::collections::{BTreeMap, BTreeSet};

use super::journal_words::{CellRecord, JournalField};
use crate::base::diagnostics::{Diagnostic, Location};
use crate::base::lineage::Ancestry;
use crate::base::text::list;

/// A cell that two machines filled at once, differently.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ContestedCell<F> {
    pub record: String,
    pub field: F,
    /// Entries that filled it last, by rank.
    pub latest: Vec<usize>,
    /// What each wrote.
    pub texts: Vec<String>,
    /// What stands.
    pub kept: String,
}

impl<F: JournalField> ContestedCell<F> {
    /// What is said of it; `writers` are those who filled it.
    pub(super) fn told(&self, writers: &[String]) -> Diagnostic {
        let written = writers.iter().zip(&self.texts);
        let written: Vec<String> = written
            .map(|(who, text)| format!("« {text} » ({who})"))
            .collect();
        let message = format!(
            "{}, « {} » : rempli à la fois {} ; « {} » reste.",
            self.record,
            self.field.heading(),
            list(&written),
            self.kept
        );
        Diagnostic::new(F::WORDS.contested, Location::none(), message)
    }
}

/// What entries add up to.
#[derive(Debug)]
pub(super) struct SettledCells<F> {
    pub records: BTreeMap<String, CellRecord<F>>,
    pub contested: Vec<ContestedCell<F>>,
}

/// What an entry changes, applied.
pub(super) fn apply<F: JournalField>(
    records: &mut BTreeMap<String, CellRecord<F>>,
    changes: &BTreeMap<String, CellRecord<F>>,
) {
    for (record, fields) in changes {
        apply_fields(records.entry(record.clone()).or_default(), fields);
    }
}

/// The fields of one record, applied; an empty text empties the field.
pub(super) fn apply_fields<F: JournalField>(record: &mut CellRecord<F>, fields: &CellRecord<F>) {
    for (field, text) in fields {
        if text.is_empty() {
            record.remove(field);
        } else {
            record.insert(*field, text.clone());
        }
    }
}

/// What some entries add up to, by rank.
pub(super) fn settled<F: JournalField>(
    changes: &[BTreeMap<String, CellRecord<F>>],
    ancestry: &Ancestry,
    ranks: &[usize],
) -> SettledCells<F> {
    let mut settled = SettledCells {
        records: BTreeMap::new(),
        contested: Vec::new(),
    };
    if *ancestry == Ancestry::Line {
        for rank in ranks {
            apply(&mut settled.records, &changes[*rank]);
        }
        return settled;
    }
    let mut writers: BTreeMap<(&str, F), Vec<usize>> = BTreeMap::new();
    for rank in ranks {
        for (record, fields) in &changes[*rank] {
            settled.records.entry(record.clone()).or_default();
            for field in fields.keys() {
                writers.entry((record, *field)).or_default().push(*rank);
            }
        }
    }
    for ((record, field), ranks) in writers {
        let text = |rank: usize| changes[rank][record][&field].as_str();
        let latest = ancestry.latest(&ranks);
        let kept = standing(ancestry, &ranks, text);
        if let (Some(record), false) = (settled.records.get_mut(record), kept.is_empty()) {
            record.insert(field, kept.to_owned());
        }
        let texts: BTreeSet<&str> = latest.iter().map(|r| text(*r)).collect();
        if texts.len() > 1 {
            settled.contested.push(ContestedCell {
                record: record.to_owned(),
                field,
                texts: latest.iter().map(|r| text(*r).to_owned()).collect(),
                latest,
                kept: kept.to_owned(),
            });
        }
    }
    settled
}

/// What stands of a cell: the last that was written, or what all those who wrote last had seen.
fn standing<'a>(ancestry: &Ancestry, ranks: &[usize], text: impl Fn(usize) -> &'a str) -> &'a str {
    let mut left = ranks.to_vec();
    while !left.is_empty() {
        let latest = ancestry.latest(&left);
        let texts: BTreeSet<&str> = latest.iter().map(|r| text(*r)).collect();
        if let (1, Some(only)) = (texts.len(), texts.first()) {
            return only;
        }
        left.retain(|r| latest.iter().all(|l| ancestry.precedes(*r, *l)));
    }
    ""
}

/// Cells that hold the id of a record hold that of another.
fn refer_to<F: JournalField>(changes: &mut BTreeMap<String, CellRecord<F>>, from: &str, to: &str) {
    for (field, text) in changes.values_mut().flatten() {
        let lead = field.refers_to();
        let ids = lead.and_then(|lead| from.strip_prefix(lead).zip(to.strip_prefix(lead)));
        if let Some((from, to)) = ids
            && text == from
        {
            to.clone_into(text);
        }
    }
}

/// What each entry changes, under ids that are one record's each: where two machines created an record
/// under the same id, the second in order has its id followed by the start of its entry's name.
pub(super) fn resolved<F: JournalField>(
    written: &[&BTreeMap<String, CellRecord<F>>],
    names: &[String],
    ancestry: &Ancestry,
) -> Vec<BTreeMap<String, CellRecord<F>>> {
    let mut changes: Vec<BTreeMap<String, CellRecord<F>>> =
        written.iter().map(|w| (*w).clone()).collect();
    if *ancestry == Ancestry::Line {
        return changes;
    }
    let mut writers: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (rank, changed) in written.iter().enumerate() {
        for record in changed.keys() {
            writers.entry(record).or_default().push(rank);
        }
    }
    for (record, ranks) in writers {
        let has_seen_one = |r: &usize| ranks.iter().any(|o| ancestry.precedes(*o, *r));
        let creators: Vec<usize> = ranks.iter().copied().filter(|r| !has_seen_one(r)).collect();
        let [first, others @ ..] = creators.as_slice() else {
            continue;
        };
        let created = |rank: &usize| &written[*rank][record];
        for other in others.iter().filter(|o| created(o) != created(first)) {
            let start: String = names[*other].chars().take(4).collect();
            let id = format!("{record}-{start}");
            // Those who knew this one, and not the first: under its id they meant this one, whatever they say of it.
            let knew = |r: usize, c: usize| r == c || ancestry.precedes(c, r);
            let ranks = (0..changes.len()).filter(|r| knew(*r, *other) && !knew(*r, *first));
            for rank in ranks {
                if let Some(fields) = changes[rank].remove(record) {
                    changes[rank].insert(id.clone(), fields);
                }
                refer_to(&mut changes[rank], record, &id);
            }
        }
    }
    changes
}
