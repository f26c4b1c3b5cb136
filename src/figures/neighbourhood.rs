//! Whom a centre is set beside: the whole territory, or its secteur where the territory is vast
//! (`docs/rules.md`): nobody visits a centre at the other end of the country, and what is said of one
//! site must not take the figures of all.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use crate::base::text::SharedText;
use crate::vocabulary::config::Structure;

/// Beyond so many structures, each is set beside those of its secteur.
const VAST: usize = 300;

/// Structures that are set beside each other, in order of code; `active` are those of the campaign.
/// In a vast territory, those without secteur are together.
pub(crate) fn neighbourhoods<'a>(active: &[&'a Structure]) -> Vec<Vec<&'a Structure>> {
    if active.len() <= VAST {
        return vec![active.to_vec()];
    }
    let mut sectors: BTreeMap<&str, Vec<&Structure>> = BTreeMap::new();
    for structure in active {
        let sector = sectors.entry(&structure.secteur).or_default();
        sector.push(structure);
    }
    sectors.into_values().collect()
}

/// Rank of the neighbourhood of each structure, by code; none where there is but one.
pub(super) fn ranks(active: &[&Structure]) -> FxHashMap<SharedText, usize> {
    let all = neighbourhoods(active);
    if all.len() < 2 {
        return FxHashMap::default();
    }
    let ranked = all.iter().enumerate();
    ranked
        .flat_map(|(rank, near)| near.iter().map(move |s| (s.code.as_str().into(), rank)))
        .collect()
}

/// The structures that one of them is set beside, itself among them.
pub(crate) fn neighbours<'a>(active: &[&'a Structure], own: &Structure) -> Vec<&'a Structure> {
    let is_near = |s: &&&Structure| active.len() <= VAST || s.secteur == own.secteur;
    active.iter().filter(is_near).copied().collect()
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use std::path::Path;

    use super::*;
    use crate::vocabulary::config::parse_registry;

    /// Every structure is in one neighbourhood, the one that its own neighbours make.
    #[test]
    fn the_territory_up_to_three_hundred_then_the_secteur() {
        for (count, groups) in [(300, 1), (301, 4)] {
            let mut text = String::from("code,nom,type,secteur\n");
            for i in 0..count {
                let sector = ["Nord", "Sud", "Est", ""][i % 4];
                let _ = writeln!(text, "A{i:03},Accueil {i},mixte,{sector}");
            }
            let registry = parse_registry(Path::new("structures.csv"), text.as_bytes());
            let registry = registry.expect("a registry");
            let active: Vec<&Structure> = registry.all().iter().collect();
            let all = neighbourhoods(&active);
            assert_eq!(all.len(), groups);
            assert_eq!(all.iter().map(Vec::len).sum::<usize>(), count);
            for own in &active {
                let near = neighbours(&active, own);
                assert!(all.contains(&near) && near.contains(own), "{}", own.code);
            }
        }
    }
}
