//! The registry edited in place, cell by cell, by who sees it as a table: what would not read as a registry is
//! refused with its place, and nothing is written over what another window wrote meanwhile.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::init::is_as_laid;
use super::registry_uses::why_it_stays;
use crate::base::error::{Error, Result};
use crate::campaign::OpenObservatory;
use crate::vocabulary::config::{
    EditedRegistry, Observatory, RegistryEdit, RegistryProblem, edited_registry, registry_column,
};

/// A change that a person makes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum RegistryGesture {
    /// Cells of an accueil are written, all or none.
    Set {
        /// Code of the accueil.
        code: String,
        /// Its cells.
        cells: Vec<WrittenCell>,
    },
    /// An accueil is added.
    Add {
        /// Column → text; `code`, `nom` and `type` at least.
        cells: BTreeMap<String, String>,
    },
    /// An accueil of which nothing speaks leaves.
    Remove {
        /// Code of the accueil.
        code: String,
    },
}

/// A cell as a person leaves it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct WrittenCell {
    /// Name of the column.
    pub column: String,
    /// What it becomes; empty to empty it.
    pub text: String,
    /// What the person saw in it, when it must not have changed since.
    pub seen: Option<String>,
}

/// Something that the registry refuses, where it would stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RegistryFault {
    /// Its cell, « D4 »; none for what concerns the whole table.
    pub cell: Option<String>,
    /// One sentence.
    pub message: String,
}

/// What became of a change.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct RegistryEditOutcome {
    /// What would be wrong; nothing was written then.
    pub faults: Vec<RegistryFault>,
    /// The file that was written; none when nothing was.
    pub written: Option<PathBuf>,
    /// Cells that it changed, of an accueil that was there.
    pub changed: Vec<ChangedRegistryCell>,
}

/// A cell that changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ChangedRegistryCell {
    /// Name of the column.
    pub column: &'static str,
    /// What it held.
    pub before: String,
    /// What it holds.
    pub after: String,
}

/// Changes the registry. The table edited in place of the local page calls it.
///
/// # Errors
///
/// An unknown code or column; a cell that changed since it was seen; a registry that is a workbook; a disk that
/// refuses.
pub(crate) fn edit_registry(
    opened: &OpenObservatory,
    gesture: &RegistryGesture,
) -> Result<RegistryEditOutcome> {
    let root = &opened.observatory.root;
    let _hold = opened.store.hold()?;
    // Read again under the lock: another window may have written since.
    let now = Observatory::open(Some(root))?;
    if let RegistryGesture::Remove { code } = gesture
        && let Some(why) = why_it_stays(opened, code)?
    {
        return Err(Error::Usage(format!(
            "{code} ne peut pas quitter le registre : {why}. S’il ferme, donnez son dernier jour."
        )));
    }
    let edits = edits_of_gesture(&now, gesture)?;
    if edits.is_empty() {
        return Ok(RegistryEditOutcome::default());
    }
    let changed = changed(&now, &edits);
    Ok(match edited_registry(root, &edits, true)? {
        EditedRegistry::Refused(problems) => RegistryEditOutcome {
            faults: faults_of(problems),
            ..RegistryEditOutcome::default()
        },
        EditedRegistry::Sound(bytes) => {
            now.note_registry()?;
            bytes.write()?;
            note_now(root)?;
            RegistryEditOutcome {
                faults: Vec::new(),
                written: Some(bytes.path.clone()),
                changed,
            }
        }
    })
}

/// What cells held, beside what they become.
fn changed(observatory: &Observatory, edits: &[RegistryEdit]) -> Vec<ChangedRegistryCell> {
    let cells = edits.iter().filter_map(|edit| match edit {
        RegistryEdit::Cell { code, column, text } => {
            let held = observatory.registry_cells(code);
            Some(ChangedRegistryCell {
                column,
                before: held.get(*column).cloned().unwrap_or_default(),
                after: text.clone(),
            })
        }
        RegistryEdit::Line(_) | RegistryEdit::Gone { .. } => None,
    });
    cells.collect()
}

fn edits_of_gesture(
    observatory: &Observatory,
    gesture: &RegistryGesture,
) -> Result<Vec<RegistryEdit>> {
    match gesture {
        RegistryGesture::Set { code, cells } => {
            let code = known(observatory, code)?;
            let held = observatory.registry_cells(&code);
            let mut edits = Vec::new();
            for cell in cells {
                edits.extend(edit_of_cell(&code, &held, cell)?);
            }
            Ok(edits)
        }
        RegistryGesture::Add { cells } => {
            let cells = cells.iter().filter(|(_, text)| !text.trim().is_empty());
            let cells = cells.map(|(name, text)| Ok((column_of(name)?, text.trim().to_owned())));
            Ok(vec![RegistryEdit::Line(cells.collect::<Result<_>>()?)])
        }
        RegistryGesture::Remove { code } => Ok(vec![RegistryEdit::Gone {
            code: known(observatory, code)?,
        }]),
    }
}

/// What a cell becomes; none when it stays as it is.
fn edit_of_cell(
    code: &str,
    held: &BTreeMap<String, String>,
    cell: &WrittenCell,
) -> Result<Option<RegistryEdit>> {
    let column = column_of(&cell.column)?;
    let held = held.get(column).map_or("", String::as_str);
    if let Some(seen) = cell.seen.as_deref().filter(|seen| *seen != held) {
        return Err(Error::Usage(format!(
            "La case « {column} » de {code} a changé entre-temps : « {held} », et non plus « {seen} ». Relisez-la, puis recommencez."
        )));
    }
    let text = cell.text.trim();
    if text == held {
        return Ok(None);
    }
    if column == "code" {
        return Err(Error::Usage(format!(
            "Le code {code} est celui sous lequel ses réponses sont gardées : il ne change pas."
        )));
    }
    Ok(Some(RegistryEdit::Cell {
        code: code.to_owned(),
        column,
        text: text.to_owned(),
    }))
}

fn known(observatory: &Observatory, code: &str) -> Result<String> {
    let structure = observatory.registry.get(code);
    structure
        .map(|s| s.code.clone())
        .ok_or_else(|| Error::Usage(format!("La structure « {code} » n’est pas au registre.")))
}

fn column_of(name: &str) -> Result<&'static str> {
    registry_column(name)
        .ok_or_else(|| Error::Usage(format!("Le registre n’a pas de colonne « {name} ».")))
}

/// Faults as data.
pub(super) fn faults_of(problems: Vec<RegistryProblem>) -> Vec<RegistryFault> {
    let faults = problems.into_iter().map(|problem| RegistryFault {
        cell: problem.cell.map(|cell| cell.to_string()),
        message: problem.message,
    });
    faults.collect()
}

/// Notes what the registry holds from now on.
pub(super) fn note_now(root: &Path) -> Result<()> {
    Observatory::open(Some(root))?.note_registry()
}

/// What the registry is.
pub(super) struct RegistryNow {
    /// Whether nobody has filled it in since `init`.
    pub(super) is_example: bool,
}

/// Looks at the registry of a folder.
pub(super) fn in_registry(root: &Path) -> Result<RegistryNow> {
    let path = root.join("data").join("structures.csv");
    let bytes = if path.is_file() {
        std::fs::read(&path).map_err(Error::io(&path, "lecture"))?
    } else {
        Vec::new()
    };
    Ok(RegistryNow {
        is_example: is_as_laid(&String::from_utf8_lossy(&bytes)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::actions::init::{InitRequest, init};

    fn read(root: &Path) -> String {
        std::fs::read_to_string(root.join("data").join("structures.csv")).expect("readable")
    }

    #[test]
    fn a_cell_a_line_and_a_closing_are_written_alone_or_refused_with_their_place() {
        let dir = tempfile::tempdir().expect("a folder");
        let root = dir.path().join("o");
        init(&InitRequest {
            dir: root.clone(),
            territory: None,
            first: None,
            epci: None,
        })
        .expect("laid");
        let open = || OpenObservatory::open(Some(&root)).expect("opened");
        let before = read(&root);
        let set = |column: &str, text: &str, seen: Option<&str>| RegistryGesture::Set {
            code: "a01".to_owned(),
            cells: vec![WrittenCell {
                column: column.to_owned(),
                text: text.to_owned(),
                seen: seen.map(str::to_owned),
            }],
        };
        let done = edit_registry(&open(), &set("commune", "Aubac, le Vieux", Some("Commune")));
        assert!(done.expect("written").written.is_some());
        let after = read(&root);
        assert_eq!(after, before.replace(",Commune,", ",\"Aubac, le Vieux\","));
        // Another window wrote meanwhile: nothing is lost.
        let stale = edit_registry(&open(), &set("commune", "Thil", Some("Commune")));
        assert!(stale.expect_err("changed").to_string().contains("Aubac"));
        let wrong = edit_registry(&open(), &set("ouverture", "hier", None)).expect("looked at");
        assert_eq!(wrong.written, None);
        assert_eq!(wrong.faults[0].cell.as_deref(), Some("M2"));
        assert!(edit_registry(&open(), &set("code", "Z9", None)).is_err());
        assert!(edit_registry(&open(), &set("couleur", "x", None)).is_err());
        assert_eq!(read(&root), after);
        let close = set("fermeture", "2026-12-31", Some(""));
        edit_registry(&open(), &close).expect("closed");
        assert!(read(&root).contains("2026-12-31"));
        let cells = [("code", "A02"), ("nom", "Les Pins"), ("type", "mixte")];
        let cells = cells.map(|(c, t)| (c.to_owned(), t.to_owned()));
        let add = RegistryGesture::Add {
            cells: cells.into_iter().collect(),
        };
        edit_registry(&open(), &add).expect("added");
        assert!(open().observatory.registry.get("A02").is_some());
        let twice = edit_registry(&open(), &add).expect("looked at");
        assert!(twice.faults[0].message.contains("A02"));
    }
}
