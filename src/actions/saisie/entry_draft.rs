//! A draft: one sealed file an entry, `data/saisies/CODE.json`, that two machines never name alike.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::base::day::Day;
use crate::base::error::{Error, Result};
use crate::base::files::{create_dir, read_sealed, sealed, sha256, write_sealed};
use crate::base::machine::machine_name;
use crate::intake::store::DeepCheck;
use crate::vocabulary::referentiel::{SourceCode, VisitMoment};

/// Folder of drafts and of the workbooks that they filled, within the observatory.
pub(crate) const ENTRIES: &str = "data/saisies";
/// Letters of a stamp: enough to tell two states of a draft apart.
const STAMP: usize = 16;
/// Letters that tell machines apart.
const MACHINE: usize = 4;
/// Drafts of one accueil, one source and one machine.
const MOST: usize = 9_999;

/// Who and when, above the questions.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct EntryHead {
    /// Day of the visit or of the interview, ISO; empty when it is not said yet.
    pub(crate) date: String,
    /// Number of the visit.
    #[serde(rename = "visite")]
    pub(crate) visit: String,
    /// Code of the observer, or of who marks an interview again.
    #[serde(rename = "observateur")]
    pub(crate) observer: String,
    /// « De 16 h 30 à 18 h ».
    #[serde(rename = "heures")]
    pub(crate) hours: String,
    /// « 12 + 20 / 3 ».
    #[serde(rename = "presents")]
    pub(crate) present: String,
}

/// What was rated, and what was seen.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct TypedRating {
    /// Code of the answer, or a count as it is written; empty when nothing is rated.
    #[serde(rename = "note")]
    pub(crate) rating: String,
    /// What was seen.
    #[serde(rename = "vu")]
    pub(crate) comment: String,
}

/// One paper questionnaire.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct TypedPaper {
    /// Élément → code of the answer.
    #[serde(rename = "reponses")]
    pub(crate) answers: BTreeMap<String, String>,
    /// Free words.
    #[serde(rename = "libre")]
    pub(crate) free: String,
}

impl TypedPaper {
    /// Whether nothing was typed.
    pub(crate) fn is_empty(&self) -> bool {
        self.answers.is_empty() && self.free.is_empty()
    }
}

/// What entered, and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct EnteredEntry {
    /// The import, as a person reads it.
    pub(crate) import: String,
    /// Its day.
    #[serde(rename = "le")]
    pub(crate) day: Day,
    /// SHA-256 of the workbook that entered.
    #[serde(rename = "classeur")]
    pub(crate) workbook: String,
}

/// An entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct EntryDraft {
    /// Its code, and the name of its file.
    #[serde(rename = "saisie")]
    pub(crate) code: String,
    /// Campaign.
    pub(crate) campagne: String,
    /// Who answers.
    pub(crate) source: SourceCode,
    /// Code of the accueil.
    pub(crate) structure: String,
    /// Moments of the visit; none for all of them.
    pub(crate) moments: Vec<VisitMoment>,
    /// Day of the first line.
    #[serde(rename = "commencee_le")]
    pub(crate) begun: Day,
    /// Who and when.
    #[serde(rename = "entete")]
    pub(crate) head: EntryHead,
    /// Élément → what was rated (grids and interviews).
    #[serde(rename = "notes")]
    pub(crate) ratings: BTreeMap<String, TypedRating>,
    /// Papers in the order in which they were typed (questionnaires).
    #[serde(rename = "questionnaires")]
    pub(crate) papers: Vec<TypedPaper>,
    /// What entered.
    #[serde(rename = "entree")]
    pub(crate) entered: Option<EnteredEntry>,
    /// Whether something was typed since it entered.
    #[serde(rename = "modifiee")]
    pub(crate) modified: bool,
    /// Whether it was thrown away: it can be taken back.
    #[serde(rename = "jetee")]
    pub(crate) thrown: bool,
}

impl EntryDraft {
    /// What tells two states of it apart.
    ///
    /// # Errors
    ///
    /// What cannot be written as JSON.
    pub(crate) fn stamp(&self) -> Result<String> {
        let mut print = sha256(&sealed(self)?);
        print.truncate(STAMP);
        Ok(print)
    }

    /// Questions that have an answer, or papers typed.
    pub(crate) fn answered(&self) -> usize {
        if self.source.is_questionnaire() {
            return self.papers.len();
        }
        self.ratings
            .values()
            .filter(|r| !r.rating.is_empty())
            .count()
    }

    /// Its workbook, beside it.
    pub(super) fn workbook_path(&self, root: &Path) -> PathBuf {
        root.join(ENTRIES).join(self.workbook_name())
    }

    /// Name of its workbook: the same however often it enters.
    pub(crate) fn workbook_name(&self) -> String {
        format!("Saisie {}.xlsx", self.code)
    }
}

/// Whether a text may be the code of an entry: it becomes the name of a file.
fn is_code(text: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '-';
    (8..=80).contains(&text.len()) && text.chars().all(plain)
}

fn path_of(root: &Path, code: &str) -> PathBuf {
    root.join(ENTRIES).join(format!("{code}.json"))
}

/// A code that no entry has: `R01-OBS-3f9a-2`. The letters are of the machine, so that two people who have not seen each
/// other's drafts do not give the same one.
pub(super) fn free_code(root: &Path, structure: &str, source: SourceCode) -> Result<String> {
    let plain: String = structure
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '-' })
        .take(40)
        .collect();
    let machine = sha256(machine_name().as_bytes());
    let machine = &machine[..MACHINE];
    let mut codes = (1..=MOST).map(|n| format!("{plain}-{source}-{machine}-{n}"));
    codes
        .find(|code| !path_of(root, code).exists())
        .ok_or_else(|| Error::Usage("Trop de saisies pour cet accueil.".to_owned()))
}

/// Reads a draft.
///
/// # Errors
///
/// A code that none has; a file that is not what was written, which is never used.
pub(super) fn read(root: &Path, code: &str) -> Result<EntryDraft> {
    if !is_code(code) {
        return Err(Error::Usage(
            "Cette adresse n’est celle d’aucune saisie.".to_owned(),
        ));
    }
    let path = path_of(root, code);
    if !path.is_file() {
        return Err(Error::Usage(format!(
            "La saisie {code} n’existe pas ou n’existe plus dans ce dossier."
        )));
    }
    read_sealed(&path).map_err(|damage| {
        Error::Store(format!(
            "{ENTRIES}/{code}.json : {damage}. Il n’est pas utilisé. Attendez la fin d’une synchronisation, ou reprenez-le d’une sauvegarde."
        ))
    })
}

/// Writes a draft, whole or not at all; the folder is held.
pub(super) fn write(root: &Path, draft: &EntryDraft) -> Result<()> {
    create_dir(&root.join(ENTRIES))?;
    write_sealed(&path_of(root, &draft.code), draft)
}

/// Codes of all drafts, in order; names that are none of ours are left alone.
pub(super) fn codes(root: &Path) -> Result<Vec<String>> {
    let dir = root.join(ENTRIES);
    if !dir.is_dir() {
        return Ok(Vec::new());
    }
    let mut all = Vec::new();
    for entry in std::fs::read_dir(&dir).map_err(Error::io(&dir, "lecture"))? {
        let name = entry.map_err(Error::io(&dir, "lecture"))?.file_name();
        let name = name.to_string_lossy().into_owned();
        all.extend(
            name.strip_suffix(".json")
                .filter(|c| is_code(c))
                .map(str::to_owned),
        );
    }
    all.sort();
    Ok(all)
}

/// Checks every draft, and says which are not what was written.
///
/// # Errors
///
/// A folder that cannot be read.
pub(crate) fn check_entries(root: &Path, check: &mut DeepCheck) -> Result<()> {
    for code in codes(root)? {
        let path = path_of(root, &code);
        let length = std::fs::metadata(&path).map_or(0, |about| about.len());
        match read(root, &code) {
            Ok(_) => check.looked_at(&path, Ok(length)),
            // Its own remedy: no import is to be taken back for a draft.
            Err(why) => check.not_whole(&why),
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_address_leads_out_of_the_folder_of_entries() {
        let root = tempfile::tempdir().expect("a folder");
        for code in [
            "../../observatoire",
            "R01/OBS/1",
            "..\\..\\x",
            "",
            "C:CON12345",
            "R01-OBS\0-1",
        ] {
            assert!(read(root.path(), code).is_err(), "{code}");
        }
    }
}
