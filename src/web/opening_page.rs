//! Starts the page, or finds the one that runs already; opens the browser; stops.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::handover::write_handover;
use super::instances::{RunningPage, forget, running};
use super::launch::Launch;
use super::launch_key::LaunchKey;
use super::page_life::PageLife;
use super::server::{answer_until_closed, listen};
use crate::base::error::{Error, Result};
use crate::pages::desk::Desk;
use crate::pages::user_folder::UserFolder;
use crate::vocabulary::config::SETTINGS_FILE;

/// What is to be opened.
pub(crate) struct LocalPageRequest {
    /// Folder of the observatory; the last one opened, or none yet, otherwise.
    pub folder: Option<PathBuf>,
    /// Port; the usual one, or any, otherwise.
    pub port: Option<u16>,
    /// Whether the browser is opened.
    pub browser: bool,
}

/// Opens the page and answers it until it is closed. `say` prints a line in the window behind it.
///
/// # Errors
///
/// A folder that is no observatory, a port that is taken, a user's folder that cannot be written.
pub(crate) fn serve(request: &LocalPageRequest, say: &dyn Fn(&str) -> Result<()>) -> Result<()> {
    let asked = request.folder.as_deref().map(whole).transpose()?;
    let user = UserFolder::find()?;
    let instances = user.inner("ouverts")?;
    let same = |page: &RunningPage| asked.is_none() || page.dossier == asked;
    if let Some(page) = running(&instances)
        .into_iter()
        .find(same)
        .filter(|_| request.port.is_none())
    {
        return join(&instances, &page, request.browser, say);
    }
    let folder = asked.or_else(|| user.recent().into_iter().next());
    let listener = listen(request.port)?;
    let port = listener
        .local_addr()
        .map_err(|e| Error::Store(format!("La page ne sait pas où elle est ({e}).")))?
        .port();
    let key = LaunchKey::draw()?;
    let handover = write_handover(&instances, port, &key)?;
    let launch = Arc::new(Launch {
        port,
        key,
        life: PageLife::new(),
        instances: instances.clone(),
    });
    let host: Arc<Launch> = Arc::clone(&launch);
    let desk = Arc::new(Desk::new(host, user, request.browser));
    match &folder {
        Some(folder) => desk.choose(folder)?,
        None => desk.announce()?,
    }
    say(&format!(
        "L’observatoire est ouvert : http://127.0.0.1:{port}/"
    ))?;
    say(&match &folder {
        Some(folder) => format!("Dossier : {}", folder.display()),
        None => "Dossier : aucun encore, choisissez-le dans la page".to_owned(),
    })?;
    say("Fermer cette fenêtre arrête l’observatoire.")?;
    show(&handover, request.browser, say)?;
    let ended = answer_until_closed(listener, &launch, &desk);
    forget(&instances, port);
    ended
}

/// The page that runs already is shown again.
fn join(
    instances: &Path,
    page: &RunningPage,
    browser: bool,
    say: &dyn Fn(&str) -> Result<()>,
) -> Result<()> {
    let Some(key) = page.key() else { return Ok(()) };
    say(&format!(
        "L’observatoire est déjà ouvert : http://127.0.0.1:{}/",
        page.port
    ))?;
    show(&write_handover(instances, page.port, &key)?, browser, say)
}

/// Opens the browser on the private file, or says where it is.
fn show(handover: &Path, browser: bool, say: &dyn Fn(&str) -> Result<()>) -> Result<()> {
    let by_hand = format!("À ouvrir dans un navigateur : {}", handover.display());
    if !browser {
        return say(&by_hand);
    }
    let address = url::Url::from_file_path(handover).map_err(|()| Error::Usage(by_hand.clone()))?;
    // A machine without a browser that can be found still has one that a person can open.
    webbrowser::open(address.as_str())
        .or_else(|_| say(&by_hand).map_err(std::io::Error::other))
        .map_err(Error::io(handover, "ouverture"))
}

/// The whole path of a folder that is an observatory.
fn whole(folder: &Path) -> Result<PathBuf> {
    if !folder.join(SETTINGS_FILE).is_file() {
        return Err(Error::Usage(format!(
            "{} n’est pas un dossier d’observatoire : {SETTINGS_FILE} n’y est pas. Lancez « observatoire ouvrir » seul pour le choisir ou le créer dans la page.",
            folder.display()
        )));
    }
    std::path::absolute(folder).map_err(Error::io(folder, "lecture"))
}
