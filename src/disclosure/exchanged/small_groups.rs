//! What is hidden under a least number, and what must be with it: one site alone, or a few people, are given back by the
//! total less the others. Who receives is taken to know the total, whether it is asked for or not: reports tell it.

use std::collections::BTreeSet;

/// A site whose figure could be told.
#[derive(Debug, Clone, Copy)]
pub(super) struct SiteSize<'a> {
    /// Its code.
    pub site: &'a str,
    /// Answers, cases or events behind it.
    pub size: usize,
}

/// What is hidden of one figure.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct SmallGroup<'a> {
    /// Sites under the least number.
    pub small: BTreeSet<&'a str>,
    /// Sites hidden with them.
    pub with_them: BTreeSet<&'a str>,
    /// Whether the total must be hidden too.
    pub total: bool,
}

/// Hides sites under `least`; then, smallest first, as many more as make a group of two sites and of `least`. Where there
/// are not enough, the total goes too.
pub(super) fn small_group<'a>(sites: &[SiteSize<'a>], least: usize) -> SmallGroup<'a> {
    let mut sorted = sites.to_vec();
    sorted.sort_by_key(|s| (s.size, s.site));
    let (small, others): (Vec<_>, Vec<_>) = sorted.into_iter().partition(|s| s.size < least);
    if small.is_empty() {
        return SmallGroup {
            total: others.is_empty(),
            ..SmallGroup::default()
        };
    }
    let mut size: usize = small.iter().map(|s| s.size).sum();
    let mut group = SmallGroup {
        small: small.iter().map(|s| s.site).collect(),
        ..SmallGroup::default()
    };
    for other in others {
        if group.small.len() + group.with_them.len() >= 2 && size >= least {
            break;
        }
        size += other.size;
        group.with_them.insert(other.site);
    }
    group.total = group.small.len() + group.with_them.len() < 2 || size < least;
    group
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hidden(sizes: &[usize], least: usize) -> (Vec<String>, Vec<String>, bool) {
        let names = ["a", "b", "c", "d"];
        let sites = names.iter().zip(sizes);
        let sites: Vec<_> = sites
            .map(|(site, size)| SiteSize { site, size: *size })
            .collect();
        let group = small_group(&sites, least);
        let told = |set: &BTreeSet<&str>| set.iter().map(|s| (*s).to_owned()).collect();
        (told(&group.small), told(&group.with_them), group.total)
    }

    #[test]
    fn one_small_site_never_stands_alone() {
        let one = |s: &str| vec![s.to_owned()];
        // 3 is under 5; 8 less hidden with it, so that 50 − 12 − 9 is 3 + 8 and not 3.
        assert_eq!(hidden(&[12, 3, 8, 9], 5), (one("b"), one("c"), false));
        // Two small ones of 3 and 1 come to 4: a third one goes with them.
        assert_eq!(
            hidden(&[12, 3, 1, 9], 5),
            (vec!["b".to_owned(), "c".to_owned()], one("d"), false)
        );
        // Nothing is small: nothing is hidden.
        assert_eq!(hidden(&[12, 7, 8, 9], 5), (Vec::new(), Vec::new(), false));
        // All there is is small: the total goes too.
        assert_eq!(hidden(&[2], 5), (one("a"), Vec::new(), true));
    }
}
