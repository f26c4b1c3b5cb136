//! What an archive says of itself: `sauvegarde.json`, sealed, its last entry.

use serde::{Deserialize, Serialize};

use super::archive_names::{is_safe, refused_by_windows};
use crate::base::day::Day;
use crate::base::error::{Error, Result};
use crate::base::files::{sealed, unsealed};

/// Format that this program writes and reads.
pub(super) const FORMAT: u32 = 1;
/// Name of the list in the archive.
pub(super) const LIST: &str = "sauvegarde.json";
/// What a person who opens the archive reads first.
pub(super) const README: &str = "LISEZ-MOI.txt";
/// Folder of the archive that holds the files.
pub(super) const FOLDER: &str = "observatoire/";

/// What an archive was made of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct BackupLabel {
    /// Version of the program.
    #[serde(rename = "programme")]
    pub(crate) program: String,
    /// Day of the run.
    pub(crate) date: Day,
    /// Name of the territory; empty when its settings could not be read.
    #[serde(rename = "territoire")]
    pub(crate) territory: String,
    /// Whether rendered reports are in it.
    #[serde(rename = "rapports")]
    pub(crate) reports: bool,
}

/// A file of an archive.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct BackedFile {
    /// Its path within the folder, with « / ».
    #[serde(rename = "nom")]
    pub(crate) name: String,
    /// Its length.
    #[serde(rename = "octets")]
    pub(crate) bytes: u64,
    /// SHA-256 of its bytes.
    pub(crate) sha256: String,
}

/// Everything that an archive holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct BackupList {
    format: u32,
    /// What it was made of.
    #[serde(rename = "sauvegarde")]
    pub(crate) label: BackupLabel,
    /// Folders, empty ones included, parents first.
    #[serde(rename = "dossiers")]
    pub(crate) folders: Vec<String>,
    /// Files, in order of path.
    #[serde(rename = "fichiers")]
    pub(crate) files: Vec<BackedFile>,
}

/// What of a list is read before its format is known.
#[derive(Deserialize)]
struct AnyFormat {
    contenu: FormatAlone,
}

#[derive(Deserialize)]
struct FormatAlone {
    format: u32,
}

impl BackupList {
    pub(super) fn new(label: BackupLabel, folders: Vec<String>, files: Vec<BackedFile>) -> Self {
        Self {
            format: FORMAT,
            label,
            folders,
            files,
        }
    }

    pub(super) fn bytes(&self) -> Result<Vec<u8>> {
        sealed(self)
    }

    /// Reads a list, of this program or an older one.
    ///
    /// # Errors
    ///
    /// A list of a newer format, altered, or that names a file outside the folder.
    pub(super) fn read(bytes: &[u8], archive: &str) -> Result<Self> {
        let format = serde_json::from_slice::<AnyFormat>(bytes).map(|any| any.contenu.format);
        if let Ok(newer) = format
            && newer > FORMAT
        {
            return Err(Error::Store(format!(
                "{archive} vient d’une version plus récente du programme (format {newer} ; celle-ci lit jusqu’à {FORMAT}). Installez cette version, puis recommencez : rien n’a été changé."
            )));
        }
        let list: Self = unsealed(bytes).ok_or_else(|| {
            Error::Store(format!(
                "{archive} : la liste de ce que la sauvegarde contient ({LIST}) est abîmée ou a été modifiée. Prenez une autre sauvegarde : rien n’a été changé."
            ))
        })?;
        list.check_names(archive)?;
        Ok(list)
    }

    fn check_names(&self, archive: &str) -> Result<()> {
        let names = || {
            self.folders
                .iter()
                .chain(self.files.iter().map(|f| &f.name))
        };
        let odd = names().find(|name| !is_safe(name));
        if let Some(name) = odd {
            return Err(Error::Store(format!(
                "{archive} : « {name} » sortirait du dossier à restaurer. Cette archive n’a pas été écrite par le programme : rien n’a été changé."
            )));
        }
        let refused = names().find_map(|name| Some((name, refused_by_windows(name)?)));
        if let Some((name, why)) = refused.filter(|_| cfg!(windows)) {
            return Err(Error::Store(format!(
                "{archive} : « {name} » ne peut pas être écrit ici ({why}). Restaurez sur le poste d’origine, renommez ce fichier, et sauvegardez de nouveau : rien n’a été changé."
            )));
        }
        self.check_twins(archive)
    }

    /// Two names that differ by their capitals alone are one file on Windows and macOS.
    fn check_twins(&self, archive: &str) -> Result<()> {
        let mut names: Vec<String> = self.files.iter().map(|f| f.name.to_lowercase()).collect();
        names.sort_unstable();
        let twin = names.windows(2).find(|pair| pair[0] == pair[1]);
        let alike = twin.filter(|_| cfg!(any(windows, target_os = "macos")));
        let same = (self.files.windows(2)).find(|pair| pair[0].name == pair[1].name);
        match (same.map(|pair| pair[0].name.clone()), alike) {
            (Some(name), _) => Err(twice(archive, &name)),
            (None, Some(pair)) => Err(twice(archive, &pair[0])),
            (None, None) => Ok(()),
        }
    }
}

fn twice(archive: &str, name: &str) -> Error {
    Error::Store(format!(
        "{archive} : « {name} » y est deux fois, et un fichier effacerait l’autre : rien n’a été changé."
    ))
}
