//! What stops a command: one sentence, and what to do. Doubts about the data are
//! `diagnostics`, never this.

use std::path::{Path, PathBuf};

/// Shorthand of the crate.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why a command cannot go on. The message is French, for the person at the keyboard.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The command line asks for something that does not exist or contradicts itself.
    #[error("{0}")]
    Usage(String),
    /// A file or folder cannot be read or written.
    #[error("{} : {action} impossible ({source}). {}", path.display(), io_advice(source))]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// « lecture », « écriture »…
        action: &'static str,
        /// The operating system's reason.
        source: std::io::Error,
    },
    /// The configuration or the référentiel is invalid; the text names file, line and column.
    #[error("{0}")]
    Config(String),
    /// The store is damaged, locked, or of another version.
    #[error("{0}")]
    Store(String),
    /// A computation by frames failed: always a bug or a damaged store.
    #[error(
        "Calcul impossible : {0}. La base importée est peut-être abîmée : relancez « observatoire verifier »."
    )]
    Frame(String),
    /// A report, chart or workbook could not be made.
    #[error("{0}")]
    Render(String),
    /// The program met a fault of its own (a panic, already printed).
    #[error(
        "Le programme s’est arrêté sur une faute qui lui est propre : transmettez les lignes « panicked » affichées avec cette erreur et la commande lancée, sans fichier de données, à la personne qui le maintient."
    )]
    Bug,
}

impl Error {
    /// Wraps an I/O error with the path and what was being done.
    pub fn io(path: impl AsRef<Path>, action: &'static str) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.as_ref().to_path_buf();
        move |source| Self::Io {
            path,
            action,
            source,
        }
    }

    /// Exit code of the contract: 2 wrong usage, 3 cannot.
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::Usage(_) => 2,
            _ => 3,
        }
    }
}

impl From<polars::error::PolarsError> for Error {
    fn from(error: polars::error::PolarsError) -> Self {
        Self::Frame(error.to_string())
    }
}

/// Whether a file is only in the cloud, and the cloud does not give it: what Windows answers for a
/// placeholder of a synchronised drive.
pub(crate) fn is_online_only(error: &std::io::Error) -> bool {
    cfg!(windows) && matches!(error.raw_os_error(), Some(358..=404))
}

/// Advice that depends on what the system answered; on Windows a workbook held open by Excel
/// refuses both reading and replacing.
fn io_advice(error: &std::io::Error) -> &'static str {
    use std::io::ErrorKind;
    // Sharing and lock violations of Windows, to which the standard library gives no kind.
    if cfg!(windows) && matches!(error.raw_os_error(), Some(32 | 33)) {
        return "Fermez le fichier s’il est ouvert dans Excel, puis recommencez.";
    }
    if is_online_only(error) {
        return "Ce fichier n’est qu’en ligne : dans l’Explorateur, choisissez « Toujours conserver sur cet appareil », puis recommencez.";
    }
    match error.kind() {
        ErrorKind::NotFound => "Vérifiez le chemin.",
        ErrorKind::PermissionDenied | ErrorKind::ResourceBusy => {
            "Fermez le fichier s’il est ouvert dans Excel, ou vérifiez vos droits sur le dossier."
        }
        ErrorKind::StorageFull => "Libérez de la place sur le disque et recommencez.",
        _ => "Vérifiez que le disque est accessible et recommencez.",
    }
}
