//! Which folder: the example, a new one, one that is there.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::actions::demo::{DemoRequest, run_example};
use crate::actions::init::{InitRequest, init};
use crate::base::error::{Error, Result};
use crate::vocabulary::config::{Observatory, SETTINGS_FILE};
use crate::web::answer::PageAnswer;
use crate::web::page_ask::{PageAsk, told};

/// The three doors.
pub(in crate::web) fn show(asked: &PageAsk) -> Result<PageAnswer> {
    let home = documents();
    let shown = |name: &str| free(&home.join(name)).display().to_string();
    let content = json!({
        "recents": asked.desk.user.recent().iter().map(|dir| known(dir)).collect::<Vec<_>>(),
        "propose": shown("Observatoire"),
        "exemple": shown("Exemple observatoire"),
        "modele": home.join("Observatoire").display().to_string(),
    });
    asked.page("dossiers.html", "Bienvenue", "", content)
}

fn known(dir: &Path) -> Value {
    let name = Observatory::open(Some(dir)).map(|o| o.settings.territory.nom);
    json!({
        "chemin": dir.display().to_string(),
        "nom": name.unwrap_or_else(|_| "Dossier à vérifier".to_owned()),
    })
}

/// Opens a folder that is there.
pub(in crate::web) fn open(asked: &PageAsk) -> Result<PageAnswer> {
    let dir = place(asked)?;
    if !dir.join(SETTINGS_FILE).is_file() {
        return Err(Error::Usage(format!(
            "{} n’est pas un dossier d’observatoire : il n’y a pas de fichier {SETTINGS_FILE}. Vérifiez le chemin, ou créez un dossier neuf.",
            dir.display()
        )));
    }
    // What cannot be read is told here, and the folder that was open stays.
    Observatory::open(Some(&dir))?;
    asked.desk.choose(&dir)?;
    asked.done("/", "Dossier ouvert.")
}

/// A new folder, for a territory.
pub(in crate::web) fn create(asked: &PageAsk) -> Result<PageAnswer> {
    let dir = place(asked)?;
    let territory = asked.needed("territoire", "le nom du territoire")?;
    init(&InitRequest {
        dir: dir.clone(),
        territory: Some(territory.to_owned()),
        epci: None,
    })?;
    asked.desk.choose(&dir)?;
    asked.done("/", "Dossier créé.")
}

/// The example, which takes a minute.
pub(in crate::web) fn example(asked: &PageAsk) -> Result<PageAnswer> {
    let dir = place(asked)?;
    let desk = std::sync::Arc::clone(&asked.desk);
    asked
        .desk
        .jobs
        .begin("L’exemple se pose", move |progress| {
            run_example(&DemoRequest { dir: dir.clone() }, progress)?;
            desk.choose(&dir)?;
            Ok(told(
                &desk,
                "/",
                "L’exemple est posé : aucun de ces accueils n’existe.",
            ))
        })?;
    Ok(PageAnswer::See("/travail".to_owned()))
}

/// The folder that was typed or pasted: whole, without the quotes that Explorer puts around.
fn place(asked: &PageAsk) -> Result<PathBuf> {
    let typed = asked.needed("dossier", "le dossier")?;
    let plain = typed.trim_matches(['"', '«', '»', ' ', '\u{a0}']);
    let path = PathBuf::from(plain);
    if !path.is_absolute() {
        return Err(Error::Usage(format!(
            "« {plain} » ne dit pas où est ce dossier : donnez le chemin entier, comme {}.",
            documents().join("Observatoire").display()
        )));
    }
    Ok(path)
}

/// Where people keep what is theirs.
fn documents() -> PathBuf {
    let home = etcetera::home_dir().unwrap_or_else(|_| std::env::temp_dir());
    let documents = home.join("Documents");
    if documents.is_dir() { documents } else { home }
}

/// A path that nothing bears yet.
fn free(path: &Path) -> PathBuf {
    let numbered = (2..).map(|n| PathBuf::from(format!("{} {n}", path.display())));
    let mut all = std::iter::once(path.to_owned()).chain(numbered);
    all.find(|p| !p.exists()).unwrap_or_else(|| path.to_owned())
}
