//! What was answered once for all files, changed or taken back: names of accueils, headings and words of forms.

use super::reconnaitre::{NameRequest, NamedOne, check, learn};
use super::registry_edit::{RegistryGesture, WrittenCell, edit_registry};
use crate::base::error::{Error, Result};
use crate::base::text::fold;
use crate::campaign::OpenObservatory;
use crate::intake::sources::correspondence::Correspondence;
use crate::intake::{SaidAgain, said_forms, say_again};

/// Column of the registry in which names are kept.
const ALIAS: &str = "alias";

/// A name of an accueil that is said anew.
pub(crate) struct NameAgain {
    /// As files write it.
    pub name: String,
    /// Code of the accueil whose it was.
    pub was: String,
    /// Whose it is; nobody's when it is to be asked again.
    pub now: Option<String>,
}

/// What is said anew.
#[derive(Default)]
pub(crate) struct AgainRequest {
    /// Names.
    pub names: Vec<NameAgain>,
    /// Headings and words, with the form they are of as it was said.
    pub forms: Vec<(Correspondence, SaidAgain)>,
}

/// The forms of which somebody said something.
///
/// # Errors
///
/// A file of correspondences that cannot be read.
pub(crate) fn said_before(opened: &OpenObservatory) -> Result<Vec<Correspondence>> {
    said_forms(&opened.observatory)
}

/// Files in place that were read as a form was said: they keep what was read then.
///
/// # Errors
///
/// A store that cannot be read.
pub(crate) fn read_so(opened: &OpenObservatory, form: &Correspondence) -> Result<usize> {
    let state = opened.store.state()?;
    let name = form.file_name();
    let files = state.imports.iter().flat_map(|import| {
        let back = import.taken_back.iter();
        import.manifest.files.iter().zip(back)
    });
    Ok(files
        .filter(|(file, back)| !**back && file.mapping == name)
        .count())
}

/// Says anew; all of it is checked before any of it is written.
///
/// # Errors
///
/// A name that may not be another's; a registry or a form that cannot be read or written.
pub(crate) fn redire(opened: &OpenObservatory, request: &AgainRequest) -> Result<()> {
    for again in &request.names {
        if let Some(code) = &again.now {
            opened.structure(code)?;
        }
    }
    for again in &request.names {
        forget_name(opened, again)?;
        if let Some(code) = &again.now {
            // The registry is read anew: the name is nobody's now.
            let now = OpenObservatory::open(Some(&opened.observatory.root))?;
            let asked = NameRequest {
                name: again.name.clone(),
                of: NamedOne::Structure(code.clone()),
            };
            check(&now, &asked)?;
            learn(&now, &asked)?;
        }
    }
    let observatory = &opened.observatory;
    let referentiel = observatory.referentiel(observatory.campaign(None)?);
    for (form, again) in &request.forms {
        say_again(observatory, referentiel, form, again)?;
    }
    Ok(())
}

/// Takes a name out of those of an accueil.
fn forget_name(opened: &OpenObservatory, again: &NameAgain) -> Result<()> {
    let held = opened.observatory.registry_cells(&again.was);
    let held = held.get(ALIAS).cloned().unwrap_or_default();
    let wanted = fold(&again.name);
    let others = held.split(';').map(str::trim);
    let others: Vec<&str> = others.filter(|name| fold(name) != wanted).collect();
    let gesture = RegistryGesture::Set {
        code: again.was.clone(),
        cells: vec![WrittenCell {
            column: ALIAS.to_owned(),
            text: others.join(" ; "),
            seen: Some(held),
        }],
    };
    let outcome = edit_registry(opened, &gesture)?;
    match outcome.faults.first() {
        Some(fault) => Err(Error::Usage(fault.message.clone())),
        None => Ok(()),
    }
}
