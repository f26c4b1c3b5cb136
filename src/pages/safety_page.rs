//! **Réglages**, what keeps or rewrites the whole folder: backup, restoration, purge. Nothing is rewritten before
//! what it would do was shown, and a backup is proposed first.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::safety_words::{folders, purge as purge_told, restoration, stamp};
use crate::actions::purger::{PurgeRequest, purge};
use crate::actions::restaurer::{RestoreRequest, restore};
use crate::actions::sauvegarder::{BackupRequest, back_up, backups_beside};
use crate::base::error::{Error, Result};
use crate::base::text::{count, megabytes};
use crate::campaign::OpenObservatory;
use crate::pages::answer::PageAnswer;
use crate::pages::page_ask::{PageAsk, told};
use crate::pages::reception::Reception;

const HERE: &str = "/reglages#sauvegarde";
const RESTORE: &str = "/reglages/restaurer";
const PURGE: &str = "/reglages/purge";

/// Backs the folder up, beside it.
fn backed_up(folder: &Path, reports: bool) -> Result<String> {
    let outcome = back_up(&BackupRequest {
        folder: Some(folder.to_path_buf()),
        out: None,
        reports,
        day: None,
    })?;
    let left = match outcome.left.len() {
        0 => String::new(),
        n => format!(" Laissés de côté : {}.", count(n, "élément", "éléments")),
    };
    Ok(format!(
        "Sauvegarde écrite, puis relue en entier : {} ({}, {}).{left} Elle contient les réponses reçues et n’est pas chiffrée : gardez-la là où vous gardez l’observatoire.",
        outcome.path.display(),
        count(outcome.files, "fichier", "fichiers"),
        megabytes(outcome.length)
    ))
}

/// A backup, as a job that may be left.
pub(crate) fn save(asked: &PageAsk) -> Result<PageAnswer> {
    let folder = asked.folder()?;
    let reports = asked.field("rapports") == "oui";
    let desk = std::sync::Arc::clone(&asked.desk);
    asked.desk.jobs.begin("La sauvegarde s’écrit", move |_| {
        Ok(told(&desk, HERE, &backed_up(&folder, reports)?))
    })?;
    Ok(PageAnswer::See("/travail".to_owned()))
}

/// The archive that is looked at: one that lies beside, else the one that was dropped.
fn archive(asked: &PageAsk, opened: &OpenObservatory) -> Result<Option<(String, PathBuf)>> {
    let named = match asked.query("archive") {
        "" => asked.field("archive"),
        name => name,
    };
    if !named.is_empty() {
        let beside = backups_beside(&opened.observatory.root);
        let found = beside.into_iter().find(|b| b.name == named);
        let found = found.ok_or_else(|| {
            Error::Usage(format!(
                "« {named} » n’est pas une sauvegarde posée à côté de l’observatoire."
            ))
        })?;
        return Ok(Some((named.to_owned(), found.path)));
    }
    let waiting = Reception::of_backups(&asked.desk.user, &opened.observatory.root)?.waiting()?;
    Ok(waiting.into_iter().next_back().map(|w| (w.name, w.path)))
}

/// What would be put back, and in place of what.
pub(crate) fn look(asked: &PageAsk) -> Result<PageAnswer> {
    let opened = asked.open()?;
    let chosen = archive(asked, &opened)?;
    let (found, unread) = match &chosen {
        None => (None, String::new()),
        Some((_, path)) => match looked(&opened, path) {
            Ok(found) => (Some(found), String::new()),
            Err(Error::Usage(why) | Error::Store(why)) => (None, why),
            Err(other) => return Err(other),
        },
    };
    let content = json!({
        "archive": asked.query("archive"),
        "nom": chosen.as_ref().map(|(name, _)| name),
        "deposee": asked.query("archive").is_empty() && chosen.is_some(),
        "illisible": unread,
        "vu": found.as_ref().map(|f| stamp(&f.0)),
        "quoi": found.map(|f| f.1),
    });
    asked.page(
        "restaurer.html",
        "Remettre une sauvegarde",
        "Réglages",
        content,
    )
}

/// The archive checked whole; what stamps it, and what is told of it.
fn looked(opened: &OpenObservatory, path: &Path) -> Result<(Value, Value)> {
    let found = restore(&RestoreRequest {
        archive: path.to_path_buf(),
        target: opened.observatory.root.clone(),
        confirmed: false,
        day: None,
    })?;
    let told = restoration(&found);
    let about = std::fs::metadata(path).map_err(Error::io(path, "lecture"))?;
    Ok((json!([path.display().to_string(), about.len(), told]), told))
}

/// A backup was dropped: it waits.
pub(crate) fn drop_backup(asked: &PageAsk) -> Result<PageAnswer> {
    let opened = asked.open()?;
    let [_] = asked.files.as_slice() else {
        return Err(Error::Usage(
            "Déposez une seule sauvegarde, le fichier .zip tel qu’il a été écrit.".to_owned(),
        ));
    };
    let reception = Reception::of_backups(&asked.desk.user, &opened.observatory.root)?;
    for old in reception.waiting()? {
        reception.remove(&old.rank)?;
    }
    reception.keep(&asked.files)?;
    asked.done(
        RESTORE,
        "Sauvegarde reçue. Rien n’a changé : regardez ce qu’elle contient.",
    )
}

/// The dropped backup no longer waits.
pub(crate) fn remove_backup(asked: &PageAsk) -> Result<PageAnswer> {
    let opened = asked.open()?;
    let reception = Reception::of_backups(&asked.desk.user, &opened.observatory.root)?;
    for old in reception.waiting()? {
        reception.remove(&old.rank)?;
    }
    asked.done(
        RESTORE,
        "Cette sauvegarde n’attend plus. Votre fichier, lui, est toujours où il était.",
    )
}

/// Puts a backup back, as a job; what was there is backed up first when that was asked.
pub(crate) fn put_back(asked: &PageAsk) -> Result<PageAnswer> {
    let opened = asked.open()?;
    let folder = asked.folder()?;
    let chosen = archive(asked, &opened)?;
    let (_, path) = chosen.ok_or_else(|| {
        Error::Usage("Cette sauvegarde n’attend plus : choisissez-la à nouveau.".to_owned())
    })?;
    if stamp(&looked(&opened, &path)?.0) != asked.field("vu") {
        return Err(Error::Usage(
            "Cette sauvegarde n’est plus celle que vous avez regardée : rien n’a été changé. Regardez à nouveau, puis recommencez.".to_owned(),
        ));
    }
    if asked.field("confirme") != "oui" {
        return Err(Error::Usage(
            "Rien n’a été changé : cochez « je remplace » pour remettre cette sauvegarde."
                .to_owned(),
        ));
    }
    let first = asked.field("sauver") == "oui";
    let reception = Reception::of_backups(&asked.desk.user, &opened.observatory.root)?;
    let desk = std::sync::Arc::clone(&asked.desk);
    asked.desk.jobs.begin("La sauvegarde se remet en place", move |_| {
        let saved = if first { backed_up(&folder, true)? } else { String::new() };
        let outcome = restore(&RestoreRequest {
            archive: path,
            target: folder,
            confirmed: true,
            day: None,
        })?;
        for old in reception.waiting()? {
            reception.remove(&old.rank)?;
        }
        let aside = outcome.aside.map_or_else(String::new, |aside| {
            format!(" Ce qui s’y trouvait est gardé dans {} : effacez-le quand tout est vérifié, il contient des réponses.", aside.display())
        });
        let unopened = outcome.unopened.map_or_else(String::new, |why| format!(" Ce qui est remis ne s’ouvre pas : {why}"));
        let said = format!("La sauvegarde du {} est remise en place, fichier par fichier vérifiée.{aside}{unopened} {saved}", outcome.date.short());
        Ok(told(&desk, HERE, said.trim_end()))
    })?;
    Ok(PageAnswer::See("/travail".to_owned()))
}

/// What a purge would do on a day.
pub(crate) fn look_purge(asked: &PageAsk) -> Result<PageAnswer> {
    let opened = asked.open()?;
    let found = due(&opened, asked.query("avant"))?;
    let content = json!({
        "avant": asked.query("avant"),
        "vu": stamp(&found),
        "quoi": found,
    });
    asked.page("purge.html", "Purger", "Réglages", content)
}

fn due(opened: &OpenObservatory, before: &str) -> Result<Value> {
    let request = PurgeRequest {
        before: (!before.is_empty()).then(|| before.to_owned()),
        simulation: true,
    };
    Ok(purge_told(&purge(opened, &request)?))
}

/// Purges what was shown to be due today; answers do not come back.
pub(crate) fn do_purge(asked: &PageAsk) -> Result<PageAnswer> {
    let opened = asked.open()?;
    if stamp(&due(&opened, "")?) != asked.field("vu") {
        return asked.done(PURGE, "Ce qui serait purgé a changé depuis que vous avez regardé : rien n’a été purgé. Regardez à nouveau.");
    }
    if asked.field("confirme") != "oui" {
        return Err(Error::Usage(
            "Rien n’a été purgé : une purge ne se reprend pas. Cochez « je purge pour de bon » si c’est ce que vous voulez.".to_owned(),
        ));
    }
    let folder = asked.folder()?;
    let first = asked.field("sauver") == "oui";
    let desk = std::sync::Arc::clone(&asked.desk);
    asked.desk.jobs.begin("La purge se fait", move |_| {
        let saved = if first {
            backed_up(&folder, true)?
        } else {
            String::new()
        };
        let opened = OpenObservatory::open(Some(&folder))?;
        let outcome = purge(
            &opened,
            &PurgeRequest {
                before: None,
                simulation: false,
            },
        )?;
        let done = match outcome.swept.refused.len() {
            0 => "Purge terminée : ces réponses ne reviennent pas.".to_owned(),
            n => format!(
                "{} : fermez ce qui les tient ouverts, puis purgez à nouveau.",
                count(
                    n,
                    "élément n’a pas pu être supprimé",
                    "éléments n’ont pas pu être supprimés"
                )
            ),
        };
        Ok(told(&desk, PURGE, format!("{done} {saved}").trim_end()))
    })?;
    Ok(PageAnswer::See("/travail".to_owned()))
}

/// One of the folders, in the Explorer.
pub(crate) fn open_folder(asked: &PageAsk) -> Result<PageAnswer> {
    let opened = asked.open()?;
    let wanted = asked.needed("lieu", "le dossier à ouvrir")?;
    let all = folders(asked, &opened);
    let found = all.into_iter().find(|(code, ..)| *code == wanted);
    let (.., path) = found
        .filter(|(.., path)| path.is_dir())
        .ok_or_else(|| Error::Usage("Ce dossier n’existe pas encore.".to_owned()))?;
    super::opened_folder::open_folder(&path)?;
    asked.done(
        "/reglages#lieux",
        &format!("Dossier ouvert : {}", path.display()),
    )
}
