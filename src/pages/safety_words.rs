//! Where everything is, which backups lie beside, what a purge or a restoration would do: in words.

use serde_json::{Value, json};

use crate::actions::imports::{ImportsRequest, list_imports};
use std::path::Path;

use crate::actions::purger::{CampaignPurge, PurgeOutcome};
use crate::actions::remaining_files::RemainingFile;
use crate::actions::restaurer::RestoreOutcome;
use crate::actions::sauvegarder::backups_beside;
use crate::base::day::short_day;
use crate::base::error::Result;
use crate::base::text::{count, hex, list, megabytes};
use crate::campaign::OpenObservatory;
use crate::pages::page_ask::PageAsk;

/// The backups that lie beside the folder.
pub(super) fn backups(opened: &OpenObservatory) -> Vec<Value> {
    let found = backups_beside(&opened.observatory.root);
    let told = found
        .iter()
        .map(|b| json!({ "nom": b.name, "jour": short_day(b.day), "taille": megabytes(b.length) }));
    told.collect()
}

/// Where everything is: word for the form, words, path.
pub(super) fn places(asked: &PageAsk, opened: &OpenObservatory) -> Result<Value> {
    let root = &opened.observatory.root;
    let imports = list_imports(opened, &ImportsRequest { campaign: None })?;
    let last = imports.last();
    let all = folders(asked, opened);
    let told = all.iter().map(|(code, word, path)| {
        json!({ "code": code, "mot": word, "chemin": path.display().to_string(), "la": path.is_dir() })
    });
    Ok(json!({
        "dossiers": told.collect::<Vec<_>>(),
        "import": last.map(|i| format!("{}, le {}, campagne {}", i.label, i.date.short(), i.campaign)),
        "reglages": root.join(crate::vocabulary::config::SETTINGS_FILE).display().to_string(),
    }))
}

/// Folders that may be opened from the page.
pub(super) fn folders(
    asked: &PageAsk,
    opened: &OpenObservatory,
) -> Vec<(&'static str, &'static str, std::path::PathBuf)> {
    let root = &opened.observatory.root;
    let whole = std::path::absolute(root).unwrap_or_else(|_| root.clone());
    let beside = whole.parent().unwrap_or(&whole).to_path_buf();
    let mut all = vec![
        (
            "dossier",
            "L’observatoire : registre, réponses, plan, réglages",
            whole.clone(),
        ),
        (
            "rapports",
            "Les rapports écrits",
            whole.join("reports").join("rendus"),
        ),
        (
            "sauvegardes",
            "Les sauvegardes, à côté de l’observatoire",
            beside,
        ),
    ];
    if let Ok(own) = asked.desk.user.inner("reception") {
        let own = own
            .parent()
            .map_or_else(|| own.clone(), std::path::Path::to_path_buf);
        all.push((
            "attente",
            "Ce qui attend d’entrer, et l’adresse de cette page",
            own,
        ));
    }
    all
}

/// What is shown, in short: what changed since is not done unseen.
pub(super) fn stamp(told: &Value) -> String {
    hex(<sha2::Sha256 as sha2::Digest>::digest(told.to_string()))
}

/// What a purge would do.
pub(super) fn purge(found: &PurgeOutcome) -> Value {
    json!({
        "jour": found.before.short(),
        "avenir": found.ahead,
        "campagnes": found.campaigns.iter().map(campaign).collect::<Vec<_>>(),
        "observateurs": found.observers,
        "inachevee": found.unfinished,
        "enquetes": found.surveys.iter().map(|s| format!("{}, import {}, depuis le {} : {}", s.survey, s.id, s.due.short(), count(s.responses, "réponse devient un compte par trimestre", "réponses deviennent des comptes par trimestre"))).collect::<Vec<_>>(),
        "restent": remaining(&found.remaining),
    })
}

/// Files that stay, those of one folder and for one reason together.
fn remaining(files: &[RemainingFile]) -> Vec<Value> {
    let mut groups: Vec<(&str, &Path, Vec<String>)> = Vec::new();
    for file in files {
        let folder = file.path.parent().unwrap_or(Path::new(""));
        let name = file.path.file_name().unwrap_or(file.path.as_os_str());
        let name = name.to_string_lossy().into_owned();
        let own =
            (groups.iter_mut()).find(|(why, dir, _)| *why == file.kind.label() && *dir == folder);
        match own {
            Some((.., names)) => names.push(name),
            None => groups.push((file.kind.label(), folder, vec![name])),
        }
    }
    let told = groups.into_iter().map(|(why, folder, names)| {
        json!({
            "pourquoi": why,
            "dossier": folder.display().to_string(),
            "combien": count(names.len(), "fichier", "fichiers"),
            "noms": names,
        })
    });
    told.collect()
}

fn campaign(one: &CampaignPurge) -> Value {
    let sources: Vec<String> = one
        .sources
        .iter()
        .map(|s| format!("{} (depuis le {})", s.source.label(), s.due.short()))
        .collect();
    let sources: Vec<&str> = sources.iter().map(String::as_str).collect();
    let held = [
        count(one.counts.answers, "réponse", "réponses"),
        count(one.counts.words, "texte", "textes"),
        count(one.counts.respondents, "répondant", "répondants"),
    ];
    json!({
        "id": one.campaign,
        "sources": list(&sources),
        "contenu": held.join(", "),
        "imports": one.imports,
        "annules": one.cancelled,
        "masques": count(one.masked.len(), "chiffre deviendra", "chiffres deviendront"),
        "combien_masques": one.masked.len(),
    })
}

/// What a restoration would do, or did.
pub(super) fn restoration(found: &RestoreOutcome) -> Value {
    json!({
        "jour": found.date.short(),
        "territoire": found.territory,
        "rapports": found.reports,
        "contenu": format!("{}, {}", count(found.files, "fichier", "fichiers"), megabytes(found.bytes)),
        "dossier": found.target.display().to_string(),
    })
}
