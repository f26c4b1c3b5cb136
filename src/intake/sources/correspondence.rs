//! Correspondences: which column of a foreign file asks which élément, as a person can read and
//! correct it in `grids/correspondances/`. Used again for every file with the same headings.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::base::text::{fold, hex};

/// In place of a fingerprint: every file.
pub const ANY_SHAPE: &str = "toutes";

/// Target of a column that is left out.
pub(crate) const IGNORED: &str = "ignorer";

/// One file of correspondences.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Correspondence {
    /// Tool that wrote the file.
    #[serde(rename = "outil")]
    pub tool: String,
    /// Fingerprint of its headings.
    #[serde(rename = "forme")]
    pub shape: String,
    /// Its columns, or its lines when questions stand one under the other.
    #[serde(rename = "colonnes", default, skip_serializing_if = "Vec::is_empty")]
    pub columns: Vec<MappedColumn>,
    /// Its own words for answers.
    #[serde(rename = "valeurs", default, skip_serializing_if = "Vec::is_empty")]
    pub words: Vec<MappedWord>,
}

/// One column.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MappedColumn {
    /// Heading as the file writes it.
    #[serde(rename = "titre")]
    pub heading: String,
    /// Élément code, `structure`, `repondant`, `date`, `visite`, `observateur`, `libre` or
    /// `ignorer`.
    #[serde(rename = "vers")]
    pub target: String,
    /// How near the heading is to the élément's wording, 1 when it is the same.
    #[serde(rename = "proximite", default = "same")]
    pub proximity: f64,
    /// Whether a person agreed; a near wording enters only then.
    #[serde(rename = "confirme", default = "agreed")]
    pub confirmed: bool,
}

impl MappedColumn {
    /// As it is written in the file.
    pub(crate) fn written(&self) -> String {
        let body = toml::to_string(self).unwrap_or_default();
        format!("\n[[colonnes]]\n{body}")
    }
}

/// One word of a file for an answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MappedWord {
    /// As the file writes it.
    #[serde(rename = "lu")]
    pub written: String,
    /// Code of a modality, NC, NO or NSP; empty until someone says.
    #[serde(rename = "vaut")]
    pub worth: String,
    /// Whether a person agreed.
    #[serde(rename = "confirme", default = "agreed")]
    pub confirmed: bool,
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

impl Correspondence {
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
# n’entre que si « confirme = true » ; une colonne n’est ignorée qu’une fois « confirme = true » écrit.
# Dans une grille, « vers » peut aussi être note, commentaire, ou la modalité que vaut une croix. « valeurs » traduit les réponses propres à ce fichier : « vaut »
# est le code d’une modalité de l’échelle (1, 2, 3, 4), NC, NO ou NSP. Puis relancez l’import : ce
# fichier servira à tous ceux qui ont les mêmes en-têtes.

";
        let body = toml::to_string(self).unwrap_or_default();
        format!("{HEAD}{body}")
    }

    /// Name of the file.
    pub fn file_name(&self) -> String {
        format!("{}-{}.toml", self.tool, self.shape)
    }

    /// What a heading leads to, when a person agreed.
    pub fn target(&self, heading: &str) -> Option<&str> {
        let wanted = fold(heading);
        let same = |c: &&MappedColumn| c.confirmed && fold(&c.heading) == wanted;
        let found = self.columns.iter().find(same)?;
        Some(found.target.as_str())
    }

    /// What a word of the file is worth, when a person agreed.
    pub fn worth(&self, written: &str) -> Option<&str> {
        if self.words.is_empty() {
            return None;
        }
        let wanted = written.trim();
        let found = self.words.iter().find(|v| v.written.trim() == wanted)?;
        (found.confirmed && !found.worth.is_empty()).then_some(found.worth.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_correspondence_reads_back_and_waits_for_agreement() {
        let mapping = Correspondence {
            tool: "msforms".into(),
            shape: shape(["Q1", "É", ""].into_iter()),
            columns: vec![MappedColumn {
                heading: "Mon enfant est attendu".into(),
                target: "REL-1-FAM-1".into(),
                proximity: 0.8,
                confirmed: false,
            }],
            words: vec![MappedWord {
                written: "++".into(),
                worth: "4".into(),
                confirmed: true,
            }],
        };
        assert_eq!(
            (mapping.worth("++ "), mapping.worth("+")),
            (Some("4"), None)
        );
        let again = Correspondence::parse(&mapping.write()).expect("read back");
        assert_eq!(again, mapping);
        assert_eq!(again.target("mon enfant est attendu"), None);
        let appended = format!("{}{}", mapping.write(), {
            let column = MappedColumn {
                heading: "Âge".into(),
                target: IGNORED.into(),
                proximity: 1.0,
                confirmed: true,
            };
            column.written()
        });
        let appended = Correspondence::parse(&appended).expect("read back");
        assert_eq!(appended.target("age"), Some(IGNORED));
        let agreed = mapping
            .write()
            .replace("confirme = false", "confirme = true");
        let agreed = Correspondence::parse(&agreed).expect("read back");
        assert_eq!(agreed.target("MON ENFANT est attendu"), Some("REL-1-FAM-1"));
        assert_eq!(shape(["é", "q1"].into_iter()), mapping.shape);
        assert!(Correspondence::parse("outil = 3").is_err());
    }
}
