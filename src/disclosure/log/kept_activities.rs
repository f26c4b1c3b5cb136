//! Indicators that tell how many answered (I12b, I16, O2): one that an edition kept back stays so. Told later, because a
//! threshold was lowered or one more person answered, it would say what the level printed meanwhile was made of, and that
//! level would give the mean of its few respondents back.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::disclosure::cleared::{ClearedDelivery, ClearedSite, Mask, Shown, ToldCount};
use crate::disclosure::decide::told_respondents;

/// What a delivery said of the indicators of a site that tell of respondents, by code.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct KeptActivities {
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    dits: BTreeSet<String>,
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    caches: BTreeSet<String>,
}

impl KeptActivities {
    fn of(site: &ClearedSite) -> Self {
        let mut kept = Self::default();
        for activity in &site.activities {
            if told_respondents(activity.code).is_none() {
                continue;
            }
            match activity.value {
                Some(Shown::Value(_)) => kept.dits.insert(activity.code.to_string()),
                Some(Shown::Masked(_)) => kept.caches.insert(activity.code.to_string()),
                None => false,
            };
        }
        kept
    }

    /// Adds what a later delivery said to the same readers.
    pub(crate) fn add(&mut self, later: &Self) {
        // What they know cannot be taken back from them.
        self.dits.extend(later.dits.iter().cloned());
        let unknown = later.caches.difference(&self.dits).cloned();
        self.caches.extend(unknown);
    }

    fn keeps_back(&self, code: &str) -> bool {
        self.caches.contains(code)
    }
}

/// What a delivery says of them, site by site; sites of which it says nothing are left out.
pub(crate) fn kept_activities(delivery: &ClearedDelivery) -> BTreeMap<String, KeptActivities> {
    let sites = delivery.sites.iter();
    sites
        .map(|site| (site.structure.clone(), KeptActivities::of(site)))
        .filter(|(_, kept)| *kept != KeptActivities::default())
        .collect()
}

/// Keeps back what earlier editions kept back, and the totals that would give it; how many figures change.
pub(crate) fn keep_back(
    delivery: &mut ClearedDelivery,
    earlier: &BTreeMap<String, KeptActivities>,
) -> usize {
    let mut held = BTreeSet::new();
    let mut count = 0;
    for site in &mut delivery.sites {
        let Some(earlier) = earlier.get(&site.structure) else {
            continue;
        };
        for activity in &mut site.activities {
            let is_told = matches!(activity.value, Some(Shown::Value(_)));
            if is_told && earlier.keeps_back(activity.code) {
                activity.value = Some(Shown::Masked(Mask::Derivable));
                held.insert((site.structure.clone(), activity.code));
                count += 1;
            }
        }
    }
    let is_held = |code: &str| held.iter().any(|(_, own)| *own == code);
    let before = delivery.territory.participation.len();
    delivery
        .territory
        .participation
        .retain(|code, _| !is_held(code));
    count += before - delivery.territory.participation.len();
    let now = &delivery.campagne;
    for line in &mut delivery.territory.ctg {
        for site in &mut line.sites {
            if held.contains(&(site.structure.clone(), line.code.as_str())) {
                site.told = ToldCount::Masked(Mask::Derivable);
                count += 1;
            }
        }
        let of_today = line.campagnes.iter_mut().filter(|c| c.campagne == *now);
        if held.iter().any(|(_, code)| *code == line.code) {
            for campaign in of_today {
                campaign.territory = ToldCount::Masked(Mask::Derivable);
                count += 1;
            }
        }
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(told: &[&str], hidden: &[&str]) -> KeptActivities {
        let owned = |codes: &[&str]| codes.iter().map(|c| (*c).to_owned()).collect();
        KeptActivities {
            dits: owned(told),
            caches: owned(hidden),
        }
    }

    #[test]
    fn what_was_kept_back_stays_so_until_it_was_told() {
        let mut all = kept(&[], &["I12b"]);
        all.add(&kept(&["I16"], &[]));
        assert!(all.keeps_back("I12b") && !all.keeps_back("I16"));
        // Told once, then hidden: it is known.
        all.add(&kept(&[], &["I16"]));
        assert!(!all.keeps_back("I16"));
    }
}
