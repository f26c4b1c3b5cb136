//! The sentences that people start from. Each leaves a place « [à compléter] »: a file in which none is left is whole.

use super::text_parts::TextPart;
use crate::convention::Convention;

/// What a file holds before anybody has written in it.
pub(super) fn starter(part: &TextPart, convention: &Convention) -> String {
    match part {
        TextPart::Essentials => lines(&[
            "1. Ce que la convention a changé en premier : [à compléter]",
            "2. Ce qui a le mieux fonctionné : [à compléter]",
            "3. Ce qui a été plus difficile que prévu : [à compléter]",
            "4. Ce que nous avons appris : [à compléter]",
            "5. Ce que nous proposons pour la suite : [à compléter]",
        ]),
        TextPart::Means => lines(&[
            "Les moyens consacrés à la coopération pendant la convention : [à compléter : équivalents temps plein, budget, financeurs].",
        ]),
        TextPart::Fiche(code) if is_abrogated(convention, code) => {
            lines(&["Cette fiche a été abrogée parce que [à compléter]."])
        }
        TextPart::Fiche(_) => lines(&[
            "Les difficultés rencontrées : [à compléter]",
            "",
            "Ce que nous gardons : [à compléter]",
        ]),
        TextPart::Changes => {
            lines(&["Pour les habitants, le changement le plus net est [à compléter]."])
        }
        TextPart::Experiment(_) => {
            lines(&["Ce que l’expérimentation nous a appris : [à compléter]"])
        }
        TextPart::Governance => {
            lines(&["Ce que les partenaires disent de la gouvernance : [à compléter]"])
        }
        TextPart::Words => lines(&["Ce que nous retenons de ces paroles : [à compléter]"]),
        TextPart::Approach => lines(&[
            "Ce qui a bien fonctionné dans la démarche : [à compléter]",
            "",
            "Ce qui a été lourd : [à compléter]",
            "",
            "Ce que nous ferons autrement : [à compléter]",
        ]),
        TextPart::Next => next(convention),
    }
}

/// One line a fiche in force: garder, adapter, arrêter; then one to be repeated for what is added.
fn next(convention: &Convention) -> String {
    let fiches = convention.fiches.iter().filter(|f| !f.is_abrogated());
    let mut all: Vec<String> = fiches
        .map(|f| {
            format!(
                "- {} : [à compléter : garder, adapter ou arrêter], parce que [à compléter].",
                f.code
            )
        })
        .collect();
    all.extend([
        String::new(),
        "Ce que nous ajouterions : [à compléter, une ligne par fiche nouvelle, par exemple « - Mobilité des jeunes : ajouter, parce que… », ou « rien »]".to_owned(),
    ]);
    let all: Vec<&str> = all.iter().map(String::as_str).collect();
    lines(&all)
}

fn is_abrogated(convention: &Convention, code: &str) -> bool {
    convention
        .fiche(code)
        .is_some_and(crate::convention::SignedFiche::is_abrogated)
}

/// Lines as Windows ends them: an old Notepad shows them apart.
fn lines(all: &[&str]) -> String {
    all.join("\r\n") + "\r\n"
}
