//! **CTG**, the files of its documents: each called as people call it, with its forms; what is not listed is not sent.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::base::error::Result;
use crate::base::text::in_address;
use crate::campaign::OpenObservatory;
use crate::disclosure::CtgAudience;
use crate::pages::answer::PageAnswer;
use crate::pages::page_ask::PageAsk;
use crate::pages::report_files::{listed, read, sent};

/// What a file is called, by the beginning of its name.
const CALLED: [(&str, &str); 12] = [
    ("suivi-", "Suivi du trimestre"),
    ("gouvernance-", "Gouvernance de"),
    ("experimentation-", "Dossier de l’expérimentation"),
    ("territoire-", "Ce qui a changé sur le territoire,"),
    ("bilan-point_etape", "Point d’étape"),
    ("bilan-intermediaire", "Bilan intermédiaire"),
    ("bilan-final", "Bilan final"),
    ("ordre-du-jour-", "Ordre du jour de la réunion"),
    ("compte-rendu-", "Compte rendu à remplir, réunion"),
    ("presences-", "Feuille des présences, réunion"),
    ("echanges/", "Échange de données"),
    ("prochaine", "La convention qui pourrait suivre"),
];
/// Forms, in the order in which they are offered.
const FORMS: [(&str, &str); 6] = [
    ("pdf", "PDF"),
    ("html", "Page"),
    ("docx", "Word"),
    ("xlsx", "Excel"),
    ("csv", "CSV"),
    ("txt", "Texte"),
];

/// Folder of the documents of the convention.
fn folder_of(root: &Path) -> PathBuf {
    root.join("reports").join("ctg")
}

/// What is written, the last one first by its name.
pub(super) fn written(opened: &OpenObservatory) -> Vec<Value> {
    let names = listed(&folder_of(&opened.observatory.root));
    let mut by_stem: BTreeMap<&str, Vec<(usize, &String)>> = BTreeMap::new();
    for name in &names {
        let (stem, end) = name.rsplit_once('.').unwrap_or((name, ""));
        let rank = FORMS.iter().position(|(form, _)| *form == end);
        let forms = by_stem.entry(stem).or_default();
        forms.push((rank.unwrap_or(FORMS.len()), name));
    }
    let documents = by_stem.into_iter().rev().map(|(stem, mut forms)| {
        forms.sort();
        let links = forms.iter().map(|(rank, name)| {
            let word = FORMS.get(*rank).map_or("Fichier", |(_, word)| word);
            let address = format!("/ctg/documents/fichier/{}", in_address(name, "/"));
            json!({ "mot": word, "adresse": address, "voir": *rank < 2 })
        });
        json!({ "nom": called(stem), "liens": links.collect::<Vec<_>>() })
    });
    documents.collect()
}

/// « Suivi du trimestre 2026-T4, pour : comité de pilotage »; its name where it is none of ours.
fn called(stem: &str) -> String {
    let (folder, file) = stem.split_once('/').unwrap_or(("", stem));
    let file = if folder == "echanges" {
        stem
    } else {
        file.rsplit('/').next().unwrap_or(file)
    };
    let mut audiences = CtgAudience::ALL.into_iter();
    let audience = audiences.find_map(|a| {
        let rest = file.strip_suffix(a.as_str())?.strip_suffix('-')?;
        Some((rest, format!(", pour : {}", a.label())))
    });
    let (own, audience) = audience.unwrap_or((file, String::new()));
    let known = CALLED
        .iter()
        .find_map(|(start, words)| Some((own.strip_prefix(start)?, words)));
    match known {
        None => stem.to_owned(),
        Some((rest, words)) => {
            let rest = rest
                .rsplit('/')
                .next()
                .unwrap_or(rest)
                .trim_start_matches('-');
            let rest = rest.replace("petite-enfance", "(petite enfance)");
            format!("{words} {rest}").trim_end().to_owned() + &audience
        }
    }
}

/// One of the files.
pub(crate) fn file(asked: &PageAsk) -> Result<PageAnswer> {
    let opened = asked.open()?;
    let name = asked.part("nom");
    let bytes = read(&folder_of(&opened.observatory.root), name)?;
    Ok(PageAnswer::Bytes(sent(name, bytes, "CTG")))
}

#[cfg(test)]
mod tests {
    use super::called;

    #[test]
    fn documents_are_called_as_people_call_them() {
        for (stem, words) in [
            (
                "suivi/suivi-2026-T4-copil",
                "Suivi du trimestre 2026-T4, pour : comité de pilotage",
            ),
            (
                "bilan/bilan-final-petite-enfance-cdsf",
                "Bilan final (petite enfance), pour : comité départemental des services aux familles",
            ),
            (
                "seances/T-024/presences-T-024",
                "Feuille des présences, réunion T-024",
            ),
            (
                "echanges/E01/E01-2026-11-28-LISEZMOI",
                "Échange de données E01-2026-11-28-LISEZMOI",
            ),
            ("suivi/notes", "suivi/notes"),
        ] {
            assert_eq!(called(stem), words);
        }
    }
}
