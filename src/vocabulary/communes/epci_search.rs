//! Which EPCI does a typed name lead to? By its SIREN, or by its name: accents, case, hyphens and « communauté de communes »
//! aside. Several are all told; a part of a name is proposed, never taken.

use super::official_list::{Epci, OfficialList, official_list};
use crate::base::text::{fold, suggest};

/// Words that say what kind of EPCI it is, folded; the longest first.
const KINDS: [&str; 8] = [
    "communaute de communes",
    "communaute d agglomeration",
    "communaute urbaine",
    "metropole",
    "com com",
    "cc",
    "ca",
    "cu",
];
/// Words that only tie.
const TIES: [&str; 7] = ["de", "du", "des", "d", "la", "le", "les"];
/// Most EPCI that are offered when none bears the name.
const OFFERED: usize = 8;

/// What a name leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum EpciFound {
    /// This one.
    One(&'static Epci),
    /// Several bear this name.
    Several(Vec<&'static Epci>),
    /// None does; those that resemble.
    Near(Vec<&'static Epci>),
}

/// The EPCI that a name or a SIREN leads to.
pub(crate) fn find_epci(written: &str) -> EpciFound {
    let all = official_list();
    let digits: String = written.chars().filter(char::is_ascii_digit).collect();
    if digits.len() == 9 && !written.chars().any(char::is_alphabetic) {
        let found = all.epci_of_siren(&digits);
        return found.map_or(EpciFound::Near(Vec::new()), EpciFound::One);
    }
    let whole = fold(written);
    let same = |name: &str| fold(name) == whole;
    let mut named: Vec<&Epci> = all.epci().iter().filter(|e| same(&e.nom)).collect();
    if named.is_empty() {
        let wanted = own_words(written);
        let alike = all.epci().iter().filter(|e| own_words(&e.nom) == wanted);
        named = alike.collect();
    }
    match named.as_slice() {
        [one] => EpciFound::One(one),
        [] => EpciFound::Near(near(all, written)),
        _ => EpciFound::Several(named),
    }
}

/// EPCI to choose from while someone types: every word typed begins one of their name; else those of a commune that is so
/// named; else those that resemble.
pub(crate) fn search_epci(written: &str) -> Vec<&'static Epci> {
    match find_epci(written) {
        EpciFound::One(one) => {
            let mut found = vec![one];
            let others = holding(official_list(), written);
            found.extend(others.into_iter().filter(|e| *e != one));
            found
        }
        EpciFound::Several(all) | EpciFound::Near(all) => all,
    }
}

fn near(all: &'static OfficialList, written: &str) -> Vec<&'static Epci> {
    let mut found = holding(all, written);
    if found.is_empty() {
        let seats = all.communes_named(&fold(written));
        found = seats.into_iter().filter_map(|c| all.epci_of(c)).collect();
    }
    if found.is_empty() {
        let wanted = own_words(written).join(" ");
        let names: Vec<(String, &Epci)> = (all.epci().iter())
            .map(|e| (own_words(&e.nom).join(" "), e))
            .collect();
        let alike = suggest(&wanted, names.iter().map(|(name, _)| name.as_str()));
        let kept = names.iter().filter(|(name, _)| alike.names(name, name));
        found = kept.map(|(_, e)| *e).collect();
    }
    found.truncate(OFFERED);
    found
}

/// EPCI whose names hold every word.
fn holding(all: &'static OfficialList, written: &str) -> Vec<&'static Epci> {
    let wanted = own_words(written);
    if wanted.is_empty() {
        return Vec::new();
    }
    let holds = |epci: &&Epci| {
        let words = own_words(&epci.nom);
        wanted
            .iter()
            .all(|w| words.iter().any(|word| word.starts_with(w)))
    };
    all.epci().iter().filter(holds).collect()
}

/// The words that are a name's own.
fn own_words(name: &str) -> Vec<String> {
    let folded = fold(name).replace(['"', '(', ')', ',', '/', '.'], " ");
    let folded = folded.split_whitespace().collect::<Vec<_>>().join(" ");
    let kind = KINDS.iter().find_map(|kind| {
        let rest = folded.strip_prefix(kind)?;
        (rest.is_empty() || rest.starts_with(' ')).then_some(rest)
    });
    let rest = kind.filter(|rest| !rest.is_empty()).unwrap_or(&folded);
    let words = rest.split_whitespace().filter(|w| !TIES.contains(w));
    words.map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn siren(written: &str) -> String {
        match find_epci(written) {
            EpciFound::One(one) => one.siren.clone(),
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn a_name_leads_to_its_epci_however_it_is_written() {
        for written in [
            "Roumois Seine",
            "roumois-seine",
            "CC Roumois Seine",
            "Communauté de communes Roumois Seine",
            "communauté de communes de Roumois Seine",
            "200066405",
            "200 066 405",
        ] {
            assert_eq!(siren(written), "200066405", "{written}");
        }
        assert_eq!(siren("Métropole Rouen Normandie"), siren("Rouen Normandie"));
    }

    #[test]
    fn several_are_told_and_a_part_is_proposed() {
        let EpciFound::Several(rivers) = find_epci("Quatre Rivières") else {
            panic!("two bear it");
        };
        assert_eq!(rivers.len(), 2);
        let near = |written: &str| match find_epci(written) {
            EpciFound::Near(all) => all.iter().map(|e| e.siren.clone()).collect(),
            other => vec![format!("{other:?}")],
        };
        assert_eq!(near("Roumois"), ["200066405"]);
        assert_eq!(
            near("Romois Seine").first().map(String::as_str),
            Some("200066405")
        );
        // One of its communes.
        assert_eq!(near("Bourg-Achard"), ["200066405"]);
        assert!(near("123456789").is_empty());
        assert!(near("zzzz").is_empty());
    }
}
