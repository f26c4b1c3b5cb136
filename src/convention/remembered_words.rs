//! Words that a person agreed on once, kept as other correspondences are, in `grids/correspondances/`: a heading for a
//! question, a label of « CTG dans ma poche » for an action.

use std::path::{Path, PathBuf};

use crate::base::error::{Error, Result};
use crate::base::files::write_file;
use crate::base::toml_error::toml_message;
use crate::intake::sources::correspondence::{Correspondence, MappedColumn};
use crate::vocabulary::config::read_text;

const FOLDER: &str = "grids/correspondances";
/// In place of the fingerprint of headings: these words are agreed on whatever stands beside.
const ALL_FORMS: &str = "libelles";

/// What was agreed on.
#[derive(Debug, Clone, Default)]
pub(super) struct RememberedWords {
    mapping: Option<Correspondence>,
}

impl RememberedWords {
    /// Reads them; none is no error.
    ///
    /// # Errors
    ///
    /// A file that cannot be read or is no correspondence.
    pub(super) fn load(root: &Path, tool: &str) -> Result<Self> {
        let path = path(root, tool);
        if !path.exists() {
            return Ok(Self::default());
        }
        let text = read_text(&path)?;
        let name = path.display().to_string();
        let mapping = Correspondence::parse(&text)
            .map_err(|e| Error::Config(toml_message(&name, &text, &e)))?;
        Ok(Self {
            mapping: Some(mapping),
        })
    }

    /// What a heading leads to.
    pub(super) fn target(&self, heading: &str) -> Option<&str> {
        self.mapping.as_ref()?.target(heading)
    }

    /// Adds what was agreed on, and writes it.
    ///
    /// # Errors
    ///
    /// A folder that cannot be written.
    pub(super) fn learn(root: &Path, tool: &str, learnt: &[(String, String, f64)]) -> Result<()> {
        let known = Self::load(root, tool)?;
        let mut mapping = known.mapping.unwrap_or_else(|| Correspondence {
            tool: tool.to_owned(),
            shape: ALL_FORMS.to_owned(),
            ..Correspondence::default()
        });
        for (heading, target, score) in learnt {
            if mapping.target(heading).is_none() {
                let column = MappedColumn {
                    proximity: (score * 100.0).round() / 100.0,
                    ..MappedColumn::new(heading, target, true)
                };
                mapping.columns.push(column);
            }
        }
        let body = toml::to_string(&mapping).map_err(|e| Error::Render(e.to_string()))?;
        let head = "# Ressemblances acceptées une fois (--confirmer) : « titre » tel que le fichier l’écrit, « vers » ce qu’il désigne.\n# Effacez un bloc pour que la question soit posée de nouveau.\n\n";
        write_file(&path(root, tool), format!("{head}{body}").as_bytes())
    }
}

fn path(root: &Path, tool: &str) -> PathBuf {
    root.join(FOLDER).join(format!("{tool}-{ALL_FORMS}.toml"))
}
