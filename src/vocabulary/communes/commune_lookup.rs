//! What is a written commune: one of the territory, of another, one of before, several of the same name?

use super::official_list::{OfficialCommune, official_list};
use crate::base::text::{Suggestion, fold, suggest};

/// What a written commune is, beside those of a territory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum CommuneReading {
    /// One of the territory.
    Own,
    /// The code is that of another commune than the one that is named.
    CodeOfAnother {
        /// The commune of that code.
        named: String,
    },
    /// One of before, now part of one of the territory.
    Former {
        /// What it is today.
        now: String,
    },
    /// One or several, elsewhere.
    Elsewhere(Vec<&'static OfficialCommune>),
    /// None in the list; those of the territory that resemble.
    Unknown(Suggestion),
}

/// Reads a commune, against those of a territory as (INSEE code, name).
pub(crate) fn read_commune(own: &[(&str, &str)], name: &str, insee: &str) -> CommuneReading {
    let folded = fold(name);
    let bears = |(_, nom): &&(&str, &str)| fold(nom) == folded;
    let coded = own
        .iter()
        .find(|(code, _)| !insee.is_empty() && *code == insee);
    match coded {
        Some((_, _)) if name.is_empty() => return CommuneReading::Own,
        Some((_, nom)) if fold(nom) == folded => return CommuneReading::Own,
        Some((code, nom)) => {
            return match now_of(own, &folded, "") {
                Some((seat, _)) if seat == *code => CommuneReading::Former {
                    now: (*nom).to_owned(),
                },
                _ => CommuneReading::CodeOfAnother {
                    named: (*nom).to_owned(),
                },
            };
        }
        None => {}
    }
    // A code of before the communes joined, with the name of today.
    if let Some((_, now)) = now_of(own, &folded, insee) {
        return CommuneReading::Former {
            now: now.to_owned(),
        };
    }
    let all = official_list();
    if let Some(other) = all.commune(insee) {
        return if own.iter().any(|o| bears(&o)) && fold(&other.nom) != folded {
            CommuneReading::CodeOfAnother {
                named: other.nom.clone(),
            }
        } else {
            CommuneReading::Elsewhere(vec![other])
        };
    }
    if own.iter().any(|o| bears(&o)) {
        return CommuneReading::Own;
    }
    let elsewhere = all.communes_named(&folded);
    if elsewhere.is_empty() {
        CommuneReading::Unknown(suggest(name, own.iter().map(|(_, nom)| *nom)))
    } else {
        CommuneReading::Elsewhere(elsewhere)
    }
}

/// The commune of the territory that one of before is now part of.
fn now_of<'a>(own: &[(&'a str, &'a str)], folded: &str, insee: &str) -> Option<(&'a str, &'a str)> {
    let all = official_list();
    let by_code = all.former(insee).into_iter();
    let is_named = own.iter().any(|(_, nom)| fold(nom) == folded);
    let by_name = if is_named {
        Vec::new()
    } else {
        all.former_named(folded)
    };
    let mut former = by_code.chain(by_name);
    former.find_map(|f| own.iter().find(|(code, _)| *code == f.seat).copied())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vocabulary::communes::EpciFound;
    use crate::vocabulary::communes::find_epci;

    fn read(name: &str, insee: &str) -> CommuneReading {
        let EpciFound::One(epci) = find_epci("Roumois Seine") else {
            panic!("there");
        };
        let own = official_list().members(epci).iter();
        let own: Vec<(&str, &str)> = own.map(|c| (c.insee.as_str(), c.nom.as_str())).collect();
        read_commune(&own, name, insee)
    }

    #[test]
    fn a_commune_is_told_for_what_it_is() {
        assert_eq!(read("AIZIER", ""), CommuneReading::Own);
        assert_eq!(read("", "27006"), CommuneReading::Own);
        assert_eq!(
            read("Amfreville-la-Campagne", ""),
            CommuneReading::Former {
                now: "Amfreville-Saint-Amand".to_owned()
            }
        );
        assert!(matches!(
            read("Aizier", "27011"),
            CommuneReading::CodeOfAnother { .. }
        ));
        let CommuneReading::Elsewhere(rouen) = read("Rouen", "") else {
            panic!("elsewhere");
        };
        assert_eq!(rouen[0].insee, "76540");
        let CommuneReading::Elsewhere(homonyms) = read("Saint-Denis", "") else {
            panic!("elsewhere");
        };
        assert!(homonyms.len() > 1);
        let CommuneReading::Unknown(near) = read("Bourg-Achar", "") else {
            panic!("unknown");
        };
        assert_eq!(near.best(), Some("Bourg-Achard"));
    }
}
