//! Which local pages run on this machine, for this person: a second double-click finds the first.
//!
//! Each has a private file with its port, its process and its key. A file may outlive its program (a window
//! that was closed, a power cut), and its port be another program's since: whoever answers there must prove
//! that it knows the key before anything is sent to it.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::handover::write_private;
use super::launch_key::LaunchKey;
use crate::base::error::{Error, Result};

/// How long a program on this machine may take to say that it is there.
const PATIENCE: Duration = Duration::from_secs(2);

/// What the file of a running page says.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct RunningPage {
    pub(super) port: u16,
    processus: u32,
    cle: String,
    /// The observatory that it was opened on; none while none is chosen.
    pub(super) dossier: Option<PathBuf>,
}

impl RunningPage {
    /// This process, on a port.
    pub(super) fn ours(port: u16, key: &LaunchKey, dossier: Option<PathBuf>) -> Self {
        Self {
            port,
            processus: std::process::id(),
            cle: key.digits().to_owned(),
            dossier,
        }
    }

    /// Its key.
    pub(super) fn key(&self) -> Option<LaunchKey> {
        LaunchKey::read(&self.cle)
    }

    /// Writes its file, over the one it had.
    ///
    /// # Errors
    ///
    /// A file that cannot be written.
    pub(super) fn announce(&self, folder: &Path) -> Result<()> {
        let text = serde_json::to_vec(self)
            .map_err(|e| Error::Store(format!("La page ouverte n’a pas pu être notée ({e}).")))?;
        write_private(&file(folder, self.port), &text)
    }

    /// Whether it is there still: it alone can seal what it is told.
    fn answers(&self) -> bool {
        let Some(key) = self.key() else { return false };
        let Ok(challenge) = LaunchKey::draw() else {
            return false;
        };
        let said = ask(self.port, challenge.digits()).unwrap_or_default();
        let seal = said.rsplit("\r\n\r\n").next().unwrap_or("").trim();
        key.sealed(challenge.digits(), seal)
    }
}

/// Those that run; files of those that no longer do are removed.
pub(super) fn running(folder: &Path) -> Vec<RunningPage> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut found = Vec::new();
    for path in entries
        .map(|e| e.path())
        .filter(|p| p.extension().is_some_and(|e| e == "json"))
    {
        let read = std::fs::read(&path).ok();
        let page = read.and_then(|bytes| serde_json::from_slice::<RunningPage>(&bytes).ok());
        match page.filter(RunningPage::answers) {
            Some(page) => found.push(page),
            None => {
                let _ = std::fs::remove_file(&path);
            }
        }
    }
    found.sort_by_key(|page| page.port);
    found
}

/// Its files are gone.
pub(super) fn forget(folder: &Path, port: u16) {
    let _ = std::fs::remove_file(file(folder, port));
    let _ = std::fs::remove_file(folder.join(format!("ouvrir-{port}.html")));
}

fn file(folder: &Path, port: u16) -> PathBuf {
    folder.join(format!("{port}.json"))
}

/// What whoever listens on a port of this machine says when asked to prove itself.
fn ask(port: u16, challenge: &str) -> std::io::Result<String> {
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    let mut stream = TcpStream::connect_timeout(&address, PATIENCE)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    write!(
        stream,
        "GET /presence/{challenge} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n"
    )?;
    let mut said = Vec::new();
    stream.take(4096).read_to_end(&mut said)?;
    Ok(String::from_utf8_lossy(&said).into_owned())
}
