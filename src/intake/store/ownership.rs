//! Which import each unit is to be read from: the latest that holds it, among those that nobody took
//! back. Where the latest are several, because their authors had not seen each other, no machine
//! chooses: what they had in common stands, and a person is asked.

use std::collections::{BTreeMap, HashMap};

use super::live::LiveImport;
use crate::base::diagnostics::{Code, Diagnostic, Location};
use crate::base::lineage::Ancestry;
use crate::base::text::{count, list};

/// Where a unit is held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Holder {
    /// Position of the import among the live ones.
    import: usize,
    /// Position of the unit in it.
    unit: usize,
}

/// Every import that holds a unit, most often one.
enum Holders {
    One(Holder),
    Several(Vec<Holder>),
}

impl Holders {
    fn push(&mut self, holder: Holder) {
        match self {
            Self::One(first) => *self = Self::Several(vec![*first, holder]),
            Self::Several(all) => all.push(holder),
        }
    }
}

/// A unit that several imports hold, the latest of which had not seen each other.
struct Conflict {
    latest: Vec<Holder>,
    kept: Option<Holder>,
}

/// Marks what must not be seen of the live imports of one campaign, in order; tells who contradicts
/// whom.
pub(super) fn settle(imports: &mut [LiveImport], ancestry: &Ancestry) -> Vec<Diagnostic> {
    let mut shown: Vec<Holder> = Vec::new();
    let mut contested: Vec<Holder> = Vec::new();
    let mut conflicts: Vec<Conflict> = Vec::new();
    let judge = Judge { imports, ancestry };
    for holders in held(imports).into_values() {
        let all = match holders {
            Holders::One(only) => {
                shown.push(only);
                continue;
            }
            Holders::Several(all) => all,
        };
        let settled = judge.settle(&all);
        let owner = settled.owner.map(|o| o.import);
        shown.extend(all.iter().filter(|h| Some(h.import) == owner));
        if settled.contested {
            let is_latest = |h: &&Holder| settled.latest.iter().any(|l| l.import == h.import);
            contested.extend(all.iter().filter(is_latest));
            conflicts.push(Conflict {
                latest: settled.latest,
                kept: settled.owner,
            });
        }
    }
    let told = remarks(imports, &conflicts);
    for live in imports.iter_mut() {
        live.units.iter_mut().for_each(|unit| unit.hidden = true);
    }
    for holder in shown {
        imports[holder.import].units[holder.unit].hidden = false;
    }
    for holder in contested {
        imports[holder.import].units[holder.unit].contested = true;
    }
    told
}

/// The imports, by position, that a new one would replace, for each unit.
pub(super) fn latest<'a>(
    imports: &'a [LiveImport],
    ancestry: &Ancestry,
) -> HashMap<&'a str, Vec<usize>> {
    let judge = Judge { imports, ancestry };
    let held = held(imports).into_iter().map(|(key, holders)| {
        let latest = match holders {
            Holders::One(only) => vec![only],
            Holders::Several(all) => judge.latest(&all),
        };
        (key, latest.into_iter().map(|h| h.import).collect())
    });
    held.collect()
}

/// Holders of every unit in a file that was not taken back, imports in order.
fn held<'a>(imports: &'a [LiveImport]) -> HashMap<&'a str, Holders> {
    let mut held: HashMap<&str, Holders> = HashMap::new();
    for (import, live) in imports.iter().enumerate() {
        let units = live.units.iter().enumerate();
        for (unit, stored) in units.filter(|(_, u)| !live.import.taken_back[u.file]) {
            let holder = Holder { import, unit };
            held.entry(&stored.key)
                .and_modify(|holders| holders.push(holder))
                .or_insert(Holders::One(holder));
        }
    }
    held
}

/// What becomes of a unit.
struct Settled {
    owner: Option<Holder>,
    latest: Vec<Holder>,
    contested: bool,
}

struct Judge<'a, 'b> {
    imports: &'a [LiveImport<'b>],
    ancestry: &'a Ancestry,
}

impl Judge<'_, '_> {
    fn settle(&self, holders: &[Holder]) -> Settled {
        let latest = self.latest(holders);
        let contested = !self.same(&latest);
        let owner = if contested {
            let common: Vec<Holder> = (holders.iter().copied())
                .filter(|h| latest.iter().all(|l| self.precedes(*h, *l)))
                .collect();
            // Fewer at each turn, until one is left or none.
            (!common.is_empty())
                .then(|| self.settle(&common).owner)
                .flatten()
        } else {
            latest.first().copied()
        };
        Settled {
            owner,
            latest,
            contested,
        }
    }

    /// Those that no other had seen.
    fn latest(&self, holders: &[Holder]) -> Vec<Holder> {
        let is_seen = |h: &Holder| holders.iter().any(|other| self.precedes(*h, *other));
        let mut latest: Vec<Holder> = holders.iter().copied().filter(|h| !is_seen(h)).collect();
        latest.dedup_by_key(|h| h.import);
        latest
    }

    fn precedes(&self, earlier: Holder, later: Holder) -> bool {
        let rank = |h: Holder| self.imports[h.import].import.rank;
        self.ancestry.precedes(rank(earlier), rank(later))
    }

    /// Whether all were read from the same bytes in the same way: then they say the same.
    fn same(&self, holders: &[Holder]) -> bool {
        let read = |h: &Holder| {
            let live = &self.imports[h.import];
            let manifest = &live.import.manifest;
            let file = &manifest.files[live.units[h.unit].file];
            (
                &file.sha256,
                &file.tool,
                &file.mapping,
                &manifest.referentiel,
            )
        };
        holders
            .windows(2)
            .all(|pair| read(&pair[0]) == read(&pair[1]))
    }
}

/// One remark for each set of imports that contradict each other.
fn remarks(imports: &[LiveImport], conflicts: &[Conflict]) -> Vec<Diagnostic> {
    let mut groups: BTreeMap<Vec<usize>, Vec<&Conflict>> = BTreeMap::new();
    for conflict in conflicts {
        let involved = conflict.latest.iter().map(|h| h.import).collect();
        groups.entry(involved).or_default().push(conflict);
    }
    let told = groups
        .iter()
        .map(|(involved, all)| remark(imports, involved, all));
    told.collect()
}

/// Units named in a remark; the others are counted.
const NAMED: usize = 5;

fn remark(imports: &[LiveImport], involved: &[usize], conflicts: &[&Conflict]) -> Diagnostic {
    let who = involved.iter().map(|i| imports[*i].import.described());
    let who: Vec<String> = who.collect();
    let mut units: Vec<String> = (conflicts.iter())
        .filter_map(|c| c.latest.first())
        .map(|h| imports[h.import].units[h.unit].described())
        .collect();
    units.sort();
    let others = units.len().saturating_sub(NAMED);
    units.truncate(NAMED);
    if others > 0 {
        units.push(count(others, "autre collecte", "autres collectes"));
    }
    let kept = conflicts.iter().filter(|c| c.kept.is_some()).count();
    let stands = match kept {
        0 => "aucun des deux n’est compté",
        _ if kept == conflicts.len() => "ce que les deux avaient avant reste compté",
        _ => "ce que les deux avaient avant reste compté, quand il y en a",
    };
    let message = format!(
        "{} : apporté à la fois par {} ; {stands}.",
        list(&units),
        list(&who)
    );
    let labels = involved.iter().map(|i| imports[*i].import.label.as_str());
    let ways: Vec<String> = labels
        .map(|l| format!("« observatoire annuler {l} »"))
        .collect();
    Diagnostic::new(Code::UnitContested, Location::none(), message).with_remedy(format!(
        "Gardez un seul de ces apports en annulant l’autre ({}), ou importez de nouveau le bon fichier.",
        ways.join(" ou ")
    ))
}
