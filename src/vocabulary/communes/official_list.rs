//! The list of EPCI and communes: `data/init/decoupage-2026.zip`, read once.
//!
//! Lines of `decoupage.tsv`: `D` a département (code, name); `E` an EPCI (SIREN, kind, name), then its communes (INSEE code,
//! name, population municipale); one without SIREN holds the communes of none; `A` a commune of before (code, name or nothing,
//! code of the commune that it is now part of).

use std::collections::HashMap;
use std::io::{Cursor, Read};
use std::ops::Range;
use std::sync::OnceLock;

use zip::ZipArchive;

use crate::base::text::{fold, list};

const ARCHIVE: &[u8] = include_bytes!("../../../data/init/decoupage-2026.zip");
const TABLE: &str = "decoupage.tsv";
/// Year of the perimeters.
pub(crate) const LIST_YEAR: i16 = 2026;

/// A commune of today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct OfficialCommune {
    /// INSEE code.
    pub(crate) insee: String,
    /// Name.
    pub(crate) nom: String,
    /// Population municipale.
    pub(crate) population: Option<u32>,
    /// Rank of its EPCI; none for the few that are of none.
    epci: Option<usize>,
}

/// An EPCI à fiscalité propre.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Epci {
    /// SIREN: nine digits.
    pub(crate) siren: String,
    /// « CC Roumois Seine ».
    pub(crate) nom: String,
    communes: Range<usize>,
}

/// A commune that is now part of another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct FormerCommune {
    pub(super) insee: String,
    /// Empty when the list no longer says it.
    pub(super) nom: String,
    pub(super) seat: String,
}

/// The whole list.
#[derive(Debug, Default)]
pub(crate) struct OfficialList {
    departements: HashMap<String, String>,
    epci: Vec<Epci>,
    communes: Vec<OfficialCommune>,
    former: Vec<FormerCommune>,
    by_insee: HashMap<String, usize>,
}

/// The list that the program embeds.
pub(crate) fn official_list() -> &'static OfficialList {
    static LIST: OnceLock<OfficialList> = OnceLock::new();
    // A test holds that what is embedded reads.
    LIST.get_or_init(|| table().map(|t| OfficialList::read(&t)).unwrap_or_default())
}

fn table() -> Option<String> {
    let mut archive = ZipArchive::new(Cursor::new(ARCHIVE)).ok()?;
    let mut text = String::new();
    let mut entry = archive.by_name(TABLE).ok()?;
    entry.read_to_string(&mut text).ok()?;
    Some(text)
}

impl OfficialList {
    fn read(table: &str) -> Self {
        let mut read = Self::default();
        let mut is_in_epci = false;
        for line in table.lines() {
            let mut cells = line.split('\t');
            let mut next = || cells.next().unwrap_or_default().to_owned();
            match next().as_str() {
                "D" => {
                    read.departements.insert(next(), next());
                }
                "E" => {
                    let (siren, _kind, nom) = (next(), next(), next());
                    is_in_epci = !siren.is_empty();
                    let first = read.communes.len();
                    if is_in_epci {
                        let communes = first..first;
                        read.epci.push(Epci {
                            siren,
                            nom,
                            communes,
                        });
                    }
                }
                "A" => read.former.push(FormerCommune {
                    insee: next(),
                    nom: next(),
                    seat: next(),
                }),
                insee => {
                    let epci = is_in_epci.then(|| read.epci.len() - 1);
                    read.by_insee.insert(insee.to_owned(), read.communes.len());
                    read.communes.push(OfficialCommune {
                        insee: insee.to_owned(),
                        nom: next(),
                        population: next().parse().ok(),
                        epci,
                    });
                    if let Some(epci) = epci {
                        read.epci[epci].communes.end = read.communes.len();
                    }
                }
            }
        }
        read
    }

    /// Every EPCI, by SIREN.
    pub(crate) fn epci(&self) -> &[Epci] {
        &self.epci
    }

    /// An EPCI by its SIREN.
    pub(crate) fn epci_of_siren(&self, siren: &str) -> Option<&Epci> {
        self.epci.iter().find(|e| e.siren == siren)
    }

    /// Communes of an EPCI, by INSEE code.
    pub(crate) fn members(&self, epci: &Epci) -> &[OfficialCommune] {
        &self.communes[epci.communes.clone()]
    }

    /// A commune of today.
    pub(crate) fn commune(&self, insee: &str) -> Option<&OfficialCommune> {
        self.by_insee.get(insee).map(|&i| &self.communes[i])
    }

    /// Communes of today that bear a name, case and accents aside.
    pub(crate) fn communes_named(&self, folded: &str) -> Vec<&OfficialCommune> {
        let all = self.communes.iter();
        all.filter(|c| fold(&c.nom) == folded).collect()
    }

    /// Communes of before that bore a name.
    pub(super) fn former_named(&self, folded: &str) -> Vec<&FormerCommune> {
        let all = self.former.iter();
        all.filter(|c| !c.nom.is_empty() && fold(&c.nom) == folded)
            .collect()
    }

    /// A commune of before, by the code that it had and that none has today.
    pub(super) fn former(&self, insee: &str) -> Option<&FormerCommune> {
        self.former.iter().find(|c| c.insee == insee)
    }

    /// The EPCI of a commune.
    pub(crate) fn epci_of(&self, commune: &OfficialCommune) -> Option<&Epci> {
        commune.epci.map(|i| &self.epci[i])
    }

    /// « Eure », « Eure et Seine-Maritime »: where the communes of an EPCI are, the most first.
    pub(crate) fn departements_of(&self, epci: &Epci) -> String {
        let mut counts: Vec<(&str, usize)> = Vec::new();
        for commune in self.members(epci) {
            let code = departement_code(&commune.insee);
            match counts.iter_mut().find(|(known, _)| *known == code) {
                Some((_, n)) => *n += 1,
                None => counts.push((code, 1)),
            }
        }
        counts.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
        let names = counts
            .iter()
            .map(|(code, _)| self.departement(code).to_owned());
        list(&names.collect::<Vec<_>>())
    }

    /// Name of the département of an INSEE code.
    pub(crate) fn departement_of<'a>(&'a self, insee: &'a str) -> &'a str {
        self.departement(departement_code(insee))
    }

    fn departement<'a>(&'a self, code: &'a str) -> &'a str {
        self.departements.get(code).map_or(code, String::as_str)
    }
}

/// « 27 », « 2A », « 974 ».
fn departement_code(insee: &str) -> &str {
    let length = if insee.starts_with("97") || insee.starts_with("98") {
        3
    } else {
        2
    };
    insee.get(..length).unwrap_or(insee)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_embedded_is_whole() {
        let all = official_list();
        assert_eq!(all.epci().len(), 1255);
        assert_eq!(all.communes.len(), 34_969);
        assert!(ARCHIVE.len() < 500_000);
        assert!(all.former.len() > 3_000);
        let people: u64 = all
            .communes
            .iter()
            .filter_map(|c| c.population)
            .map(u64::from)
            .sum();
        assert!((66_000_000..70_000_000).contains(&people), "{people}");
        let roumois = all.epci_of_siren("200066405").expect("there");
        assert_eq!(all.members(roumois).len(), 40);
        assert_eq!(all.departements_of(roumois), "Eure et Seine-Maritime");
        assert!(
            all.members(roumois)
                .iter()
                .all(|c| all.epci_of(c) == Some(roumois))
        );
        let island = all.commune("85113").expect("L'Île-d'Yeu");
        assert!(all.epci_of(island).is_none());
    }
}
