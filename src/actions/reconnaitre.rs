//! Another name of an accueil, or who is behind the code of an observer: said once by a person, known
//! from then on.

use std::collections::BTreeSet;

use crate::base::error::{Error, Result};
use crate::base::text::fold;
use crate::campaign::OpenObservatory;
use crate::vocabulary::config::{
    OBSERVERS_FILE, ObserverFound, Resolution, forget_observers, is_observer_code, learn_alias,
    learn_observer,
};

/// What a name designates.
pub(crate) enum NamedOne {
    /// The accueil of a code.
    Structure(String),
    /// The observer of a code.
    Observer(String),
}

/// What to learn.
pub(crate) struct NameRequest {
    /// As files write it.
    pub name: String,
    /// Whose it is.
    pub of: NamedOne,
}

/// What was learnt.
pub(crate) struct NameOutcome {
    /// Whose name it is: « P01 Périscolaire Jean Moulin », « l’observateur O1 ».
    pub who: String,
    /// Where it was written; none when it was known already.
    pub written: Option<String>,
}

/// A name that may be learnt, or is known already.
struct CheckedName {
    who: String,
    /// Code of the accueil or of the observer.
    code: String,
    is_known: bool,
}

/// Learns a name.
///
/// # Errors
///
/// A name that is another's; an unknown accueil; a code that is none; a file that cannot be written.
pub(crate) fn learn(opened: &OpenObservatory, request: &NameRequest) -> Result<NameOutcome> {
    let CheckedName {
        who,
        code,
        is_known,
    } = checked(opened, request)?;
    if is_known {
        return Ok(NameOutcome { who, written: None });
    }
    let name = request.name.trim();
    let root = &opened.observatory.root;
    let _held = opened.store.hold()?;
    let written = match &request.of {
        NamedOne::Structure(_) => {
            let learnt = learn_alias(root, &code, name)?;
            format!("{}, cellule {}", learnt.file, learnt.cell)
        }
        NamedOne::Observer(_) => {
            learn_observer(root, &code, name)?;
            OBSERVERS_FILE.to_owned()
        }
    };
    Ok(NameOutcome {
        who,
        written: Some(written),
    })
}

/// Forgets who is behind the code of an observer; answers keep the code.
///
/// # Errors
///
/// A code that no name is known for; a file that cannot be written, or is held.
pub(crate) fn forget_observer(opened: &OpenObservatory, code: &str) -> Result<()> {
    let _held = opened.store.hold()?;
    let code = code.trim().to_ascii_uppercase();
    match forget_observers(&opened.observatory.root, &BTreeSet::from([code.clone()]))? {
        0 => Err(Error::Usage(format!(
            "Aucun nom n’est connu pour {code}, ou il vient d’être oublié : rien n’a été écrit."
        ))),
        _ => Ok(()),
    }
}

/// Whether a name may be learnt; nothing is written.
///
/// # Errors
///
/// As [`learn`], but for the file.
pub(crate) fn check(opened: &OpenObservatory, request: &NameRequest) -> Result<()> {
    checked(opened, request).map(|_| ())
}

fn checked(opened: &OpenObservatory, request: &NameRequest) -> Result<CheckedName> {
    let name = request.name.trim();
    if name.is_empty() || name.contains([';', '\n', '\r']) {
        return Err(Error::Usage(
            "Donnez un seul nom, sans point-virgule : il sert à séparer les noms.".to_owned(),
        ));
    }
    // Excel would compute it when the registry is opened, and save what came of it.
    if name.starts_with(['=', '+', '-', '@']) {
        return Err(Error::Usage(format!(
            "« {name} » commence comme une formule : Excel le changerait dans le registre. Corrigez plutôt le fichier."
        )));
    }
    match &request.of {
        NamedOne::Structure(code) => structure(opened, name, code),
        NamedOne::Observer(code) => observer(opened, name, code),
    }
}

fn structure(opened: &OpenObservatory, name: &str, code: &str) -> Result<CheckedName> {
    let registry = &opened.observatory.registry;
    let wanted = opened.structure(code)?;
    let is_known = match registry.resolve(name) {
        Resolution::Code(i) | Resolution::Name(i) if registry.all()[i].code == wanted.code => true,
        Resolution::Code(i) | Resolution::Name(i) => {
            let other = &registry.all()[i];
            return Err(Error::Usage(format!(
                "« {name} » désigne déjà {} {} : rien n’a été écrit. Si c’est une erreur, corrigez d’abord le registre.",
                other.code, other.nom
            )));
        }
        Resolution::Ambiguous(codes) => {
            return Err(Error::Usage(format!(
                "« {name} » est déjà le nom de plusieurs accueils ({}) : le registre ne peut pas le donner à un seul. Écrivez le code dans le fichier.",
                codes.join(", ")
            )));
        }
        Resolution::Unknown(_) => false,
    };
    Ok(CheckedName {
        who: format!("{} {}", wanted.code, wanted.nom),
        code: wanted.code.clone(),
        is_known,
    })
}

fn observer(opened: &OpenObservatory, name: &str, code: &str) -> Result<CheckedName> {
    let code = code.trim().to_ascii_uppercase();
    if !is_observer_code(&code) {
        return Err(Error::Usage(format!(
            "« {code} » n’est pas un code d’observateur : une lettre ou quelques-unes, puis un numéro, comme O1."
        )));
    }
    if is_observer_code(name) || fold(name) == "consensus" {
        return Err(Error::Usage(format!(
            "« {name} » est déjà un code : il désigne toujours le même observateur."
        )));
    }
    let is_known = match opened.observatory.observers.find(name) {
        ObserverFound::One(own) if own == code => true,
        ObserverFound::One(other) => {
            return Err(Error::Usage(format!(
                "Ce nom désigne déjà l’observateur {other} : rien n’a été écrit. Si c’est une erreur, corrigez d’abord {OBSERVERS_FILE}."
            )));
        }
        ObserverFound::Several(_) | ObserverFound::Nobody(_) => false,
    };
    Ok(CheckedName {
        who: format!("l’observateur {code}"),
        code,
        is_known,
    })
}
