//! Correspondences on disk: those that people confirmed are used, new ones are proposed.

use std::path::Path;

use crate::base::error::{Error, Result};
use crate::base::toml_error::toml_message;
use crate::intake::sources::correspondence::{ANY_SHAPE, Correspondence, IGNORED, MappedColumn};
use crate::vocabulary::config::Observatory;

const FOLDER: &str = "grids/correspondances";

/// Every correspondence of the observatory; one given outright comes first and fits every file.
///
/// # Errors
///
/// A file that cannot be read or is not a correspondence, with its place.
pub(super) fn load(observatory: &Observatory, given: Option<&Path>) -> Result<Vec<Correspondence>> {
    let folder = observatory.root.join(FOLDER);
    let mut paths = Vec::new();
    if folder.is_dir() {
        let entries = std::fs::read_dir(&folder).map_err(Error::io(&folder, "lecture"))?;
        for entry in entries {
            let path = entry.map_err(Error::io(&folder, "lecture"))?.path();
            if path.extension().is_some_and(|e| e == "toml") {
                paths.push(path);
            }
        }
    }
    paths.sort();
    let mut all = Vec::new();
    if let Some(path) = given {
        // The one that a person points at is meant for these files, whatever their shape.
        all.push(Correspondence {
            shape: ANY_SHAPE.to_owned(),
            ..read(path)?
        });
    }
    for path in paths {
        all.push(read(&path)?);
    }
    Ok(all)
}

fn read(path: &Path) -> Result<Correspondence> {
    let text = std::fs::read_to_string(path).map_err(Error::io(path, "lecture"))?;
    let name = path.display().to_string();
    Correspondence::parse(&text).map_err(|e| Error::Config(toml_message(&name, &text, &e)))
}

/// Keeps what a person said of columns: added at the end of the file of their shape, whose own lines and
/// remarks stay as they are.
///
/// # Errors
///
/// A folder that cannot be read or written.
pub(super) fn remember(
    observatory: &Observatory,
    learnt: impl Iterator<Item = Correspondence>,
) -> Result<()> {
    let folder = observatory.root.join(FOLDER);
    for said in learnt {
        let path = folder.join(said.file_name());
        let before = match std::fs::read_to_string(&path) {
            Ok(text) => Some((Correspondence::parse(&text).ok(), text)),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
            Err(error) => return Err(Error::io(&path, "lecture")(error)),
        };
        let text = match before {
            None => said.write(),
            Some((known, text)) => {
                let is_known = |heading: &str| {
                    let known = known.as_ref().and_then(|k| k.target(heading));
                    known == Some(IGNORED)
                };
                let new = said.columns.iter().filter(|c| !is_known(&c.heading));
                let added: String = new.map(MappedColumn::written).collect();
                format!("{}\n{added}", text.trim_end())
            }
        };
        crate::base::files::write_file(&path, text.as_bytes())?;
    }
    Ok(())
}

/// Writes a proposal where there is none yet; says where it is, or would be.
///
/// # Errors
///
/// A folder that cannot be written.
pub(super) fn propose(
    observatory: &Observatory,
    mapping: &Correspondence,
    simulation: bool,
) -> Result<String> {
    let folder = observatory.root.join(FOLDER);
    let path = folder.join(mapping.file_name());
    if simulation {
        return Ok(format!(
            "une correspondance à relire serait écrite dans {FOLDER}/{}.",
            mapping.file_name()
        ));
    }
    if !path.exists() {
        crate::base::files::write_file(&path, mapping.write().as_bytes())?;
    }
    Ok(format!(
        "correspondance à relire : {FOLDER}/{}.",
        mapping.file_name()
    ))
}
