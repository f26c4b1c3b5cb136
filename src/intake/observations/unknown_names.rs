//! What is proposed for a name that leads to no accueil, or to no observer: who it may be, and the
//! command that says so once and for all, ready to paste. Two who may be meant are a question, never a
//! choice.

use std::path::Path;

use crate::base::diagnostics::{AskedKind, AskedName};
use crate::base::text::{PastedLine, Suggestion, fold};
use crate::vocabulary::config::{OBSERVERS_FILE, ObserverFound, Registry, is_observer_code};

/// What is said of it, and what to do.
#[derive(Debug, Clone)]
pub(super) struct UnknownName {
    pub(super) message: String,
    /// Empty for what the code of the remark says.
    pub(super) remedy: String,
    /// The name, where a person may say whose it is.
    pub(super) asks: Option<AskedName>,
}

/// A name that is not at the registry: the accueils that share its words, else those whose names
/// resemble it.
pub(super) fn unknown_structure(
    registry: &Registry,
    folder: Option<&Path>,
    text: &str,
    near: &Suggestion,
) -> UnknownName {
    let found = registry.neighbours(text);
    let resembling = registry
        .all()
        .iter()
        .filter(|s| near.names(&s.code, &s.nom));
    let proposed = found
        .iter()
        .copied()
        .chain(resembling.filter(|_| found.is_empty()));
    let asks = Some(AskedName {
        kind: AskedKind::Structure,
        written: text.to_owned(),
        near: proposed.map(|s| s.code.clone()).collect(),
    });
    let paste = |code: &str| {
        let words = ["reconnaitre", text, "--structure", code];
        PastedLine::new(folder).with(&words)
    };
    let named: Vec<String> = (found.iter())
        .map(|s| format!("{} {}", s.code, s.nom))
        .collect();
    match found[..] {
        [] => UnknownName {
            message: format!("« {text} » n’est pas au registre.{}", near.sentence()),
            remedy: String::new(),
            asks,
        },
        [one] => UnknownName {
            message: format!("« {text} » n’est pas au registre. Est-ce {} ?", named[0]),
            remedy: format!(
                "Si oui, dites-le une fois pour toutes : {} ; puis relancez l’import. Sinon, corrigez le fichier, ou ajoutez l’accueil au registre.",
                paste(&one.code)
            ),
            asks,
        },
        _ => UnknownName {
            message: format!(
                "« {text} » n’est pas au registre. Plusieurs accueils portent ces mots : {}.",
                named.join(", ")
            ),
            remedy: format!(
                "Dites lequel, en mettant son code à la place de CODE : {} ; puis relancez l’import. Si ce nom désigne tantôt l’un, tantôt l’autre, écrivez plutôt le code dans le fichier.",
                paste("CODE")
            ),
            asks,
        },
    }
}

/// An observer whose name leads to no code, or to several. The name is told to who imports the file that
/// holds it, and kept nowhere.
pub(super) fn unknown_observer(
    folder: Option<&Path>,
    written: &str,
    found: &ObserverFound,
) -> UnknownName {
    let paste = |code: &str| {
        let words = ["reconnaitre", written, "--observateur", code];
        PastedLine::new(folder).with(&words)
    };
    let asks = |near: &[String]| {
        Some(AskedName {
            kind: AskedKind::Observer,
            written: written.to_owned(),
            near: near.to_vec(),
        })
    };
    match found {
        ObserverFound::One(_) => UnknownName {
            message: "le numéro de la visite manque.".to_owned(),
            remedy: String::new(),
            asks: None,
        },
        ObserverFound::Several(codes) => UnknownName {
            message: format!(
                "l’observateur écrit dans cette grille peut être {} : ce nom ou ces initiales sont ceux de plusieurs.",
                codes.join(" ou ")
            ),
            remedy: format!(
                "Écrivez dans la grille le code de l’observateur, puis relancez ; ou, dans {OBSERVERS_FILE}, ne laissez ce nom qu’à un seul code."
            ),
            asks: None,
        },
        ObserverFound::Nobody(_) if are_several(written) => UnknownName {
            message: "cette case nomme plusieurs observateurs ; une grille est celle d’un seul.".to_owned(),
            remedy: format!(
                "Si chacun a noté de son côté, faites une grille par observateur. Si l’un a tenu la grille, ne laissez que son code et dites qui l’accompagnait dans un commentaire. S’ils notent toujours à deux, donnez un code à leur binôme, à la place de CODE : {} ; puis relancez l’import.",
                paste("CODE")
            ),
            asks: asks(&[]),
        },
        ObserverFound::Nobody(near) => UnknownName {
            message: "l’observateur n’est pas désigné par un code comme O1 ; les noms n’entrent jamais dans la base.".to_owned(),
            remedy: match &near[..] {
                [one] => format!(
                    "Si c’est {one}, dites-le une fois pour toutes : {} ; puis relancez l’import. Si c’est quelqu’un d’autre, mettez son code à la place de {one}.",
                    paste(one)
                ),
                [] => format!(
                    "Dites une fois pour toutes quel est son code (O1, O2…), à la place de CODE : {} ; puis relancez l’import. Le nom reste sur ce poste, dans {OBSERVERS_FILE}.",
                    paste("CODE")
                ),
                many => format!(
                    "C’est peut-être {}. Dites une fois pour toutes quel est son code, à la place de CODE : {} ; puis relancez l’import. Le nom reste sur ce poste, dans {OBSERVERS_FILE}.",
                    many.join(" ou "),
                    paste("CODE")
                ),
            },
            asks: asks(near),
        },
    }
}

/// « O1 et O2 », « Marie D. / Julie L. », « MD, JL »: two people or more in one place. « Dupont, Marie » is one.
fn are_several(written: &str) -> bool {
    let words: Vec<String> = written
        .split(|c: char| c.is_whitespace() || ",;/+&-".contains(c))
        .map(fold)
        .filter(|w| !w.is_empty())
        .collect();
    let joins = |w: &String| w == "et" || w == "avec";
    let are_initials = words.iter().all(|w| w.chars().count() <= 3);
    let is_joined = written.contains(['/', '+', '&', ';'])
        || words.iter().any(joins)
        || (written.contains(',') && are_initials);
    words.iter().filter(|w| is_observer_code(w)).count() > 1 || (is_joined && words.len() > 1)
}

#[cfg(test)]
mod tests {
    use super::are_several;

    #[test]
    fn two_observers_in_one_place_are_told_from_one_name() {
        for two in [
            "O1 et O2",
            "O1, O2",
            "O1-O2",
            "O1 O2",
            "MD / JL",
            "MD, JL",
            "Marie D. et Julie L.",
            "Marie & Julie",
        ] {
            assert!(are_several(two), "{two}");
        }
        for one in [
            "O1",
            "MD",
            "Marie Dupont",
            "Dupont, Marie",
            "Anne-Marie L.",
            "O12",
            "M.D.",
        ] {
            assert!(!are_several(one), "{one}");
        }
    }
}
