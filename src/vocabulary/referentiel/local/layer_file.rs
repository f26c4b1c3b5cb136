//! `grids/local.toml` read: absent, it says nothing; empty or badly saved, it is refused, since a territory's targets and
//! sentences would be lost without a word.

use std::path::Path;

use crate::base::error::{Error, Result};
use crate::base::toml_error::toml_message;
use crate::vocabulary::referentiel::local_tables::LocalTables;

/// Where a territory's own layer is, from its folder; as told too.
pub(crate) const LOCAL_FILE: &str = "grids/local.toml";

/// A territory's own layer, read.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct LocalLayer {
    /// The file, as read; empty without one.
    pub(crate) text: String,
    /// What it says.
    pub(crate) tables: LocalTables,
}

impl LocalLayer {
    /// Reads the text of a layer; what it names is checked by [`Self::check`].
    ///
    /// # Errors
    ///
    /// [`Error::Config`]: nothing in it, an unknown key, a key that is missing, a slip of TOML.
    pub(crate) fn parse(text: &str) -> Result<Self> {
        if text.trim().is_empty() {
            return Err(Error::Config(format!(
                "{LOCAL_FILE}, ligne 1 : le fichier est vide, ce qu’il disait (cibles, critères sans objet, phrases) serait perdu. Remettez-le depuis une sauvegarde ou une copie « local.avant-… » du même dossier ; s’il n’y a rien de local, effacez-le."
            )));
        }
        let tables: LocalTables =
            toml::from_str(text).map_err(|e| Error::Config(toml_message(LOCAL_FILE, text, &e)))?;
        Ok(Self {
            text: text.to_owned(),
            tables,
        })
    }

    /// The layer of a folder; nothing when it has none.
    ///
    /// # Errors
    ///
    /// See [`Self::parse`]; a file under another name, that `read` cannot read.
    pub(crate) fn of(root: &Path, read: impl Fn(&Path) -> Result<String>) -> Result<Self> {
        let path = root.join(LOCAL_FILE);
        if !path.is_file() {
            return match misnamed(&root.join("grids")) {
                Some(odd) => Err(Error::Config(format!(
                    "grids/{odd} : la couche locale doit s’appeler « local.toml », et ce fichier ne serait pas lu. Renommez-le ; sous Windows, cochez « Extensions de noms de fichiers » dans l’onglet Affichage de l’Explorateur pour voir le nom entier."
                ))),
                None => Ok(Self::default()),
            };
        }
        Self::parse(&read(&path)?)
    }
}

/// A layer under the name that an editor gave it.
fn misnamed(grids: &Path) -> Option<String> {
    let names = std::fs::read_dir(grids).ok()?;
    let mut odd: Vec<String> = names
        .flatten()
        .filter_map(|entry| entry.file_name().into_string().ok())
        .filter(|name| {
            let name = name.to_lowercase();
            name == "local.toml" || name.starts_with("local.toml.") || name == "local.txt"
        })
        .collect();
    odd.sort();
    odd.into_iter().next()
}
