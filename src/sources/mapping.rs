//! Correspondences: which column of a foreign file asks which élément, as a person can read and
//! correct it in `grids/correspondances/`. Used again for every file with the same headings.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::text::{fold, hex};

/// In place of a fingerprint: every file.
pub const ANY_SHAPE: &str = "toutes";

/// One file of correspondences.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mapping {
    /// Tool that wrote the file.
    pub outil: String,
    /// Fingerprint of its headings.
    pub forme: String,
    /// Its columns.
    pub colonnes: Vec<Mapped>,
}

/// One column.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mapped {
    /// Heading as the file writes it.
    pub titre: String,
    /// Élément code, `structure`, `repondant`, `date`, `visite`, `observateur`, `libre` or
    /// `ignorer`.
    pub vers: String,
    /// How near the heading is to the élément's wording, 1 when it is the same.
    #[serde(default = "same")]
    pub proximite: f64,
    /// Whether a person agreed; a near wording enters only then.
    #[serde(default = "agreed")]
    pub confirme: bool,
}

fn same() -> f64 {
    1.0
}

fn agreed() -> bool {
    true
}

/// Fingerprint of a set of headings, whatever their order.
pub fn shape<'a>(headings: impl Iterator<Item = &'a str>) -> String {
    let mut all: Vec<String> = headings.map(fold).filter(|h| !h.is_empty()).collect();
    all.sort();
    all.dedup();
    hex(&Sha256::digest(all.join("\n").as_bytes())[..8])
}

impl Mapping {
    /// Reads a file of correspondences.
    ///
    /// # Errors
    ///
    /// The place and reason that the TOML reader gives.
    pub fn parse(text: &str) -> Result<Self, Box<toml::de::Error>> {
        toml::from_str(text).map_err(Box::new)
    }

    /// The file, with what to do written at its top.
    pub fn write(&self) -> String {
        const HEAD: &str = "\
# Correspondance entre les colonnes d’un fichier et les éléments du référentiel.
# Relisez chaque ligne : « vers » est un code d’élément (REL-1-FAM-1), ou structure, repondant, date,
# visite, observateur, libre (réponse ouverte), ignorer. Une ligne dont la proximité est sous 1
# n’entre que si « confirme = true ». Puis relancez l’import : ce fichier servira à tous les
# exports qui ont les mêmes en-têtes.

";
        let body = toml::to_string(self).unwrap_or_default();
        format!("{HEAD}{body}")
    }

    /// Name of the file.
    pub fn file_name(&self) -> String {
        format!("{}-{}.toml", self.outil, self.forme)
    }

    /// What a heading leads to, when a person agreed.
    pub fn target(&self, heading: &str) -> Option<&str> {
        let wanted = fold(heading);
        let found = self.colonnes.iter().find(|c| fold(&c.titre) == wanted)?;
        found.confirme.then_some(found.vers.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_correspondence_reads_back_and_waits_for_agreement() {
        let mapping = Mapping {
            outil: "msforms".into(),
            forme: shape(["Q1", "É", ""].into_iter()),
            colonnes: vec![Mapped {
                titre: "Mon enfant est attendu".into(),
                vers: "REL-1-FAM-1".into(),
                proximite: 0.8,
                confirme: false,
            }],
        };
        let again = Mapping::parse(&mapping.write()).expect("read back");
        assert_eq!(again, mapping);
        assert_eq!(again.target("mon enfant est attendu"), None);
        let agreed = mapping
            .write()
            .replace("confirme = false", "confirme = true");
        let agreed = Mapping::parse(&agreed).expect("read back");
        assert_eq!(agreed.target("MON ENFANT est attendu"), Some("REL-1-FAM-1"));
        assert_eq!(shape(["é", "q1"].into_iter()), mapping.forme);
        assert!(Mapping::parse("outil = 3").is_err());
    }
}
