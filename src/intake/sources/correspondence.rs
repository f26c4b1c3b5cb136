//! Correspondences: which column of a foreign file asks which élément, as a person can read and
//! correct it in `grids/correspondances/`. Used again for every file with the same headings.

use std::collections::HashSet;
use std::sync::OnceLock;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::base::text::{fold, hex};
use crate::vocabulary::referentiel::{Referentiel, SourceCode};

/// In place of a fingerprint: every file.
pub const ANY_SHAPE: &str = "toutes";

/// Target of a column that is left out.
pub(crate) const IGNORED: &str = "ignorer";

/// Target of a column that asks a closed question of its own, outside the référentiel.
pub(crate) const OWN_QUESTION_ROLE: &str = "question";

/// What a word is worth that says that nothing was answered: « Pas de réponse », « - », « 9 ».
pub(crate) const BLANK: &str = "vide";

/// One file of correspondences.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Correspondence {
    /// Tool that wrote the file.
    #[serde(rename = "outil")]
    pub tool: String,
    /// Fingerprint of its headings.
    #[serde(rename = "forme")]
    pub shape: String,
    /// Fingerprint of the référentiel whose éléments it names; empty where what it says is for its own
    /// shape alone.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub referentiel: String,
    /// Its columns, or its lines when questions stand one under the other.
    #[serde(rename = "colonnes", default, skip_serializing_if = "Vec::is_empty")]
    pub columns: Vec<MappedColumn>,
    /// Its own words for answers.
    #[serde(rename = "valeurs", default, skip_serializing_if = "Vec::is_empty")]
    pub words: Vec<MappedWord>,
    /// The instrument that the file is read as, when its reading knows it: never written.
    #[serde(skip)]
    pub reads: Option<SourceCode>,
}

/// One column.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MappedColumn {
    /// Heading as the file writes it.
    #[serde(rename = "titre")]
    pub heading: String,
    /// Élément code, `structure`, `repondant`, `date`, `visite`, `observateur`, `libre`, `question`
    /// or `ignorer`.
    #[serde(rename = "vers")]
    pub target: String,
    /// How near the heading is to the élément's wording, 1 when it is the same.
    #[serde(rename = "proximite", default = "same")]
    pub proximity: f64,
    /// Whether a person agreed; a near wording enters only then.
    #[serde(rename = "confirme", default = "agreed")]
    pub confirmed: bool,
    /// Whether its answers go the other way: the highest is worth the lowest.
    #[serde(
        rename = "inverse",
        default,
        skip_serializing_if = "std::ops::Not::not"
    )]
    pub reversed: bool,
    /// Answers that it admits, in their order, where it asks a closed question outside the référentiel.
    #[serde(rename = "reponses", default, skip_serializing_if = "Vec::is_empty")]
    pub answers: Vec<String>,
    /// Codes of the éléments that resemble it most, for a person to choose from.
    #[serde(rename = "proches", default, skip_serializing_if = "Vec::is_empty")]
    pub nearest: Vec<String>,
    /// Its heading as it is compared.
    #[serde(skip)]
    pub folded: Folded,
}

/// A heading folded once: each line of a grid is compared with each of those that people answered.
#[derive(Debug, Clone, Default)]
pub struct Folded(OnceLock<String>);

impl PartialEq for Folded {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl MappedColumn {
    /// What a heading seems to lead to.
    pub(crate) fn new(heading: &str, target: &str, confirmed: bool) -> Self {
        Self {
            heading: heading.to_owned(),
            target: target.to_owned(),
            proximity: 1.0,
            confirmed,
            reversed: false,
            answers: Vec::new(),
            nearest: Vec::new(),
            folded: Folded::default(),
        }
    }

    pub(crate) fn folded(&self) -> &str {
        self.folded.0.get_or_init(|| fold(&self.heading))
    }

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
    /// Heading of the only column that it is said of; empty for all of them.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub question: String,
    /// As the file writes it.
    #[serde(rename = "lu")]
    pub written: String,
    /// Code of a modality, NC, NO, NSP or `vide` (no answer); empty until someone says.
    #[serde(rename = "vaut")]
    pub worth: String,
    /// Whether a person agreed.
    #[serde(rename = "confirme", default = "agreed")]
    pub confirmed: bool,
    /// Code of the only scale that it is said of: « 2 » is « parfois » in one and « je ne sais pas » in another. Empty
    /// where it is said of every scale.
    #[serde(rename = "echelle", default, skip_serializing_if = "String::is_empty")]
    pub scale: String,
    /// Codes of the éléments under which it was met: what a person chooses among is worded after them. Never written.
    #[serde(skip)]
    pub elements: Vec<String>,
}

impl MappedWord {
    /// A word that waits for someone to say what it is worth.
    pub(crate) fn awaited(question: &str, written: String) -> Self {
        Self {
            question: question.to_owned(),
            written,
            worth: String::new(),
            confirmed: false,
            scale: String::new(),
            elements: Vec::new(),
        }
    }

    /// As it is written in the file.
    pub(crate) fn written(&self) -> String {
        let body = toml::to_string(self).unwrap_or_default();
        format!("\n[[valeurs]]\n{body}")
    }

    /// Whether both are one question: the same word, under the same heading, of the same scale.
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        self.written.trim() == other.written.trim()
            && self.scale == other.scale
            && fold(&self.question) == fold(&other.question)
    }

    /// Whether it is said of a scale, or of all.
    pub(crate) fn is_of_scale(&self, scale: &str) -> bool {
        self.scale.is_empty() || self.scale == scale
    }

    /// Whether it answers what another asks.
    fn answers(&self, asked: &Self) -> bool {
        self.is_of(&asked.question, &asked.written) && self.is_of_scale(&asked.scale)
    }

    fn is_of(&self, question: &str, written: &str) -> bool {
        let same = self.written.trim() == written.trim();
        same && (self.question.is_empty() || fold(&self.question) == fold(question))
    }
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

/// Fingerprint of a référentiel: the same critères, the same mark.
pub(crate) fn referentiel_mark(referentiel: &Referentiel) -> String {
    shape(referentiel.criteres.iter().map(|c| c.hash.as_str()))
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
# visite, observateur, libre (réponse ouverte), question (question fermée de votre questionnaire, hors
# référentiel : « reponses » dit les réponses qu’elle admet, dans leur ordre ; toute autre est comptée sous
# « autre réponse »), ignorer. Une ligne dont la proximité est sous 1
# n’entre que si « confirme = true » ; une colonne n’est ignorée qu’une fois « confirme = true » écrit.
# « inverse = true » : les réponses de cette colonne vont dans l’autre sens. Dans une grille, « vers » peut
# aussi être note, commentaire, ou la modalité que vaut une croix. « valeurs » traduit les réponses propres à
# ce fichier : « vaut » est le code d’une modalité de l’échelle (1, 2, 3, 4), NC, NO, NSP ou vide ; « question »
# limite une traduction à une colonne, « echelle » à une échelle du référentiel. Puis relancez l’import : ce fichier servira à tous ceux qui ont les
# mêmes en-têtes. Le classeur Excel du même nom dit la même chose : remplissez l’un ou l’autre.

";
        let body = toml::to_string(self).unwrap_or_default();
        format!("{HEAD}{body}")
    }

    /// Name of the file.
    pub fn file_name(&self) -> String {
        format!("{}.toml", self.stem())
    }

    /// The same without its ending: the workbook beside bears it too.
    pub(crate) fn stem(&self) -> String {
        format!("{}-{}", self.tool, self.shape)
    }

    /// What a heading leads to, when a person agreed.
    pub fn target(&self, heading: &str) -> Option<&str> {
        Some(self.agreed(heading)?.target.as_str())
    }

    /// What is said of a column, when a person agreed.
    pub(crate) fn agreed(&self, heading: &str) -> Option<&MappedColumn> {
        let wanted = fold(heading);
        let same = |c: &&MappedColumn| c.confirmed && c.folded() == wanted;
        self.columns.iter().find(same)
    }

    /// What a word of a column is worth whatever the scale, when a person agreed: what is said of that column comes
    /// before what is said of all.
    pub fn worth(&self, question: &str, written: &str) -> Option<&str> {
        self.worth_in(question, written, "")
    }

    /// The same in one scale: what is said of that scale comes before what is said of all, and what is said of another
    /// counts not.
    pub fn worth_in(&self, question: &str, written: &str, scale: &str) -> Option<&str> {
        let said = |w: &&MappedWord| {
            w.confirmed && !w.worth.is_empty() && w.is_of(question, written) && w.is_of_scale(scale)
        };
        let found = self.words.iter().filter(said);
        let best = found.min_by_key(|w| (w.question.is_empty(), w.scale.is_empty()))?;
        Some(best.worth.as_str())
    }

    /// Whether a person said what a word is worth under one question: what is said of all counts not.
    pub(crate) fn says(&self, question: &str, written: &str) -> bool {
        let mut own = self.words.iter().filter(|w| !w.question.is_empty());
        own.any(|w| w.confirmed && !w.worth.is_empty() && w.is_of(question, written))
    }

    /// Whether a person agreed that the answers of a column go the other way.
    pub(crate) fn is_reversed(&self, heading: &str) -> bool {
        let wanted = fold(heading);
        let mut columns = self.columns.iter().filter(|c| c.confirmed && c.reversed);
        columns.any(|c| c.folded() == wanted)
    }

    /// What a proposal holds that this file does not, whoever agreed.
    pub(crate) fn missing(&self, proposal: &Self) -> Self {
        let own: HashSet<&str> = self.columns.iter().map(MappedColumn::folded).collect();
        let has_column = |c: &&MappedColumn| !own.contains(c.folded());
        let has_word = |w: &&MappedWord| !self.words.iter().any(|own| own.answers(w));
        Self {
            columns: proposal
                .columns
                .iter()
                .filter(has_column)
                .cloned()
                .collect(),
            words: proposal.words.iter().filter(has_word).cloned().collect(),
            ..proposal.clone()
        }
    }

    /// What of a proposal nobody agreed on yet, whether or not this file holds it already: it is asked as long
    /// as it is not answered.
    pub(crate) fn open(&self, proposal: &Self) -> Self {
        let said = self.columns.iter().filter(|own| own.confirmed);
        let said: HashSet<&str> = said.map(MappedColumn::folded).collect();
        let is_said_column = |c: &&MappedColumn| !said.contains(c.folded());
        let is_said_word = |w: &&MappedWord| {
            let mut own = self.words.iter().filter(|own| own.confirmed);
            !own.any(|own| own.answers(w))
        };
        let columns = proposal.columns.iter().filter(is_said_column);
        let words = proposal.words.iter().filter(is_said_word);
        Self {
            columns: columns.cloned().collect(),
            words: words.cloned().collect(),
            ..proposal.clone()
        }
    }

    /// Whether it says nothing.
    pub(crate) fn is_empty(&self) -> bool {
        self.columns.is_empty() && self.words.is_empty()
    }

    /// Whether something in it waits for a person.
    pub(crate) fn is_awaited(&self) -> bool {
        self.columns.iter().any(|c| !c.confirmed) || self.words.iter().any(|w| !w.confirmed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(question: &str, written: &str, worth: &str) -> MappedWord {
        MappedWord {
            worth: worth.into(),
            confirmed: true,
            ..MappedWord::awaited(question, written.into())
        }
    }

    #[test]
    fn what_is_said_of_a_column_comes_before_what_is_said_of_all() {
        let reversed = MappedColumn {
            reversed: true,
            ..MappedColumn::new("Il s’ennuie", "REL-1-FAM-1", true)
        };
        let mapping = Correspondence {
            tool: "limesurvey".into(),
            shape: ANY_SHAPE.into(),
            referentiel: String::new(),
            columns: vec![reversed],
            words: vec![word("", "A1", "4"), word("Il s’ennuie", "A1", "1")],
            reads: None,
        };
        assert_eq!(mapping.worth("il s’ennuie", "A1"), Some("1"));
        assert_eq!(mapping.worth("Il est attendu", " A1"), Some("4"));
        assert!(mapping.is_reversed("IL S’ENNUIE") && !mapping.is_reversed("Q2"));
        let proposal = Correspondence {
            columns: vec![MappedColumn::new("Q2", IGNORED, false)],
            words: vec![word("Q2", "A1", ""), word("Q2", "A9", "")],
            ..mapping.clone()
        };
        let missing = mapping.missing(&proposal);
        assert_eq!(missing.words, [word("Q2", "A9", "")], "A1 is said of all");
        assert_eq!(missing.columns.len(), 1);
        assert!(mapping.missing(&mapping).is_empty());
    }

    #[test]
    fn a_word_said_of_one_scale_says_nothing_of_another() {
        let of = |scale: &str, worth: &str| MappedWord {
            scale: scale.to_owned(),
            ..word("", "Un peu", worth)
        };
        let mapping = Correspondence {
            words: vec![of("frequence3", "2")],
            ..Correspondence::default()
        };
        assert_eq!(mapping.worth_in("Q", "Un peu", "frequence3"), Some("2"));
        assert_eq!(mapping.worth_in("Q", "Un peu", "oui3"), None);
        assert_eq!(mapping.worth("Q", "Un peu"), None);
        let asked = Correspondence {
            words: vec![of("oui3", ""), of("frequence3", "")],
            ..Correspondence::default()
        };
        assert_eq!(mapping.open(&asked).words, [of("oui3", "")]);
        let of_all = Correspondence {
            words: vec![of("", "3"), of("oui3", "1")],
            ..Correspondence::default()
        };
        assert_eq!(of_all.worth_in("Q", "Un peu", "oui3"), Some("1"));
        assert_eq!(of_all.worth_in("Q", "Un peu", "frequence3"), Some("3"));
        assert!(of_all.open(&asked).is_empty(), "said of every scale before");
        let again = Correspondence::parse(&of_all.write()).expect("read back");
        assert_eq!(again.words, of_all.words);
    }

    #[test]
    fn a_correspondence_reads_back_and_waits_for_agreement() {
        let mapping = Correspondence {
            tool: "msforms".into(),
            shape: shape(["Q1", "É", ""].into_iter()),
            referentiel: "0123456789abcdef".into(),
            columns: vec![MappedColumn {
                proximity: 0.8,
                ..MappedColumn::new("Mon enfant est attendu", "REL-1-FAM-1", false)
            }],
            words: ["", "É"].map(|question| word(question, "++", "4")).into(),
            reads: None,
        };
        assert_eq!(
            (mapping.worth("Q1", "++ "), mapping.worth("Q1", "+")),
            (Some("4"), None)
        );
        let again = Correspondence::parse(&mapping.write()).expect("read back");
        assert_eq!(again, mapping);
        assert_eq!(again.target("mon enfant est attendu"), None);
        let appended = format!("{}{}", mapping.write(), {
            MappedColumn::new("Âge", IGNORED, true).written()
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
