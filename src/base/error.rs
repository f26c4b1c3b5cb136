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
    #[error("{} : {action} impossible ({}). {}", path.display(), system_reason(source), io_advice(path, source))]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// « lecture », « écriture »…
        action: &'static str,
        /// The operating system's reason.
        source: std::io::Error,
    },
    /// The system refused while a table was read or written, deep in a library that no longer knew
    /// which file it was.
    #[error(
        "Lecture ou écriture d’un tableau impossible ({}). {}",
        system_reason(source),
        io_advice(Path::new(""), source)
    )]
    System {
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
    /// The program met a fault of its own: a panic, its own or of a library.
    #[error(
        "Le programme s’est arrêté sur une faute qui lui est propre ({place}, version {}) : rien n’est écrit à moitié, vos fichiers sont ceux d’avant ou ceux d’après ; envoyez cette phrase et la commande lancée, sans fichier de données, à la personne qui vous a remis le programme.",
        env!("CARGO_PKG_VERSION")
    )]
    Bug {
        /// File and line of the program or of a library.
        place: String,
    },
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
        let text = error.to_string();
        match (os_code(&text), error) {
            // Its writers hand a full disk over as a sentence: no fault of the store.
            (Some(code), _) => Self::System {
                source: std::io::Error::from_raw_os_error(code),
            },
            (None, polars::error::PolarsError::IO { error, .. }) => Self::System {
                source: error.kind().into(),
            },
            (None, _) => Self::Frame(text),
        }
    }
}

impl From<csv::Error> for Error {
    fn from(error: csv::Error) -> Self {
        let text = error.to_string();
        match error.into_kind() {
            csv::ErrorKind::Io(source) => Self::System { source },
            _ => Self::Render(format!("Le CSV ne peut pas être écrit ({text}).")),
        }
    }
}

/// The system's code in a sentence of the standard library: « No space left on device (os error 28) ».
fn os_code(text: &str) -> Option<i32> {
    let (_, rest) = text.rsplit_once("(os error ")?;
    rest.split_once(')')?.0.parse().ok()
}

/// Longest path that Windows opens for programs which do not ask for more, less a temporary name.
const LONG_ON_WINDOWS: usize = 220;

/// The kind of a refusal; on Windows by its code where the standard library gives none.
fn kind(error: &std::io::Error) -> std::io::ErrorKind {
    use std::io::ErrorKind as K;
    match error.raw_os_error().filter(|_| cfg!(windows)) {
        // Sharing and lock violations: Excel, a virus scanner, a synchronised drive.
        Some(32 | 33) => K::ResourceBusy,
        Some(39 | 112) => K::StorageFull,
        Some(123 | 161 | 206) => K::InvalidFilename,
        Some(1295) => K::QuotaExceeded,
        _ => error.kind(),
    }
}

/// Why the system refused, in French where it can be said; otherwise in its own words.
pub fn system_reason(error: &std::io::Error) -> String {
    use std::io::ErrorKind as K;
    let said = match kind(error) {
        K::NotFound => "introuvable",
        K::PermissionDenied => "accès refusé",
        K::AlreadyExists => "existe déjà",
        K::StorageFull => "le disque est plein",
        K::QuotaExceeded => "la place qui vous est accordée sur ce disque est épuisée",
        K::FileTooLarge => "le fichier dépasse la taille permise",
        K::ReadOnlyFilesystem => "le disque est en lecture seule",
        K::InvalidFilename => "nom de fichier trop long, ou que le système n’admet pas",
        K::NotADirectory => "une partie du chemin est un fichier, pas un dossier",
        K::IsADirectory => "c’est un dossier, pas un fichier",
        K::DirectoryNotEmpty => "le dossier n’est pas vide",
        K::CrossesDevices => "le dossier est sur un autre disque",
        K::ResourceBusy => "un autre programme le tient ouvert",
        K::OutOfMemory => "mémoire insuffisante",
        K::InvalidData => "le contenu n’est pas du texte UTF-8",
        _ => return error.to_string(),
    };
    said.to_owned()
}

/// Whether a file is only in the cloud, and the cloud does not give it: what Windows answers for a
/// placeholder of a synchronised drive.
pub(crate) fn is_online_only(error: &std::io::Error) -> bool {
    cfg!(windows) && matches!(error.raw_os_error(), Some(358..=404))
}

/// Advice that depends on what the system answered; on Windows a workbook held open by Excel
/// refuses both reading and replacing, and a path too long is « not found ».
fn io_advice(path: &Path, error: &std::io::Error) -> &'static str {
    use std::io::ErrorKind as K;
    if is_online_only(error) {
        return "Ce fichier n’est qu’en ligne : dans l’Explorateur, choisissez « Toujours conserver sur cet appareil », puis recommencez.";
    }
    match kind(error) {
        K::NotFound if cfg!(windows) && path.as_os_str().len() > LONG_ON_WINDOWS => {
            "Le chemin est trop long pour Windows : rapprochez le dossier de la racine du disque."
        }
        K::NotFound => "Vérifiez le chemin.",
        K::ResourceBusy => "Fermez le fichier s’il est ouvert dans Excel, puis recommencez.",
        K::PermissionDenied => {
            "Fermez le fichier s’il est ouvert dans Excel, ou vérifiez vos droits sur le dossier."
        }
        K::StorageFull | K::QuotaExceeded | K::FileTooLarge => {
            "Libérez de la place sur le disque et recommencez."
        }
        K::ReadOnlyFilesystem => "Copiez le dossier sur un disque où vous pouvez écrire.",
        K::InvalidFilename => {
            "Donnez un nom plus court, sans < > : \" / \\ | ? * ni caractère de commande."
        }
        K::NotADirectory | K::IsADirectory | K::DirectoryNotEmpty | K::AlreadyExists => {
            "Donnez un autre chemin."
        }
        K::OutOfMemory => "Fermez d’autres programmes et recommencez.",
        K::InvalidData => "Enregistrez-le en UTF-8 et recommencez.",
        _ => "Vérifiez que le disque est accessible et recommencez.",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_disk_is_no_fault_of_the_store() {
        let full = "underlying IO error: No space left on device (os error 28)";
        let deep = polars::error::PolarsError::ComputeError(full.to_owned().into());
        let csv = csv::Error::from(std::io::Error::from(std::io::ErrorKind::StorageFull));
        for error in [Error::from(deep), Error::from(csv)] {
            let said = error.to_string();
            assert!(!said.contains("abîmée"), "{said}");
            // The code of the sentence is that of one system; on another it names something else.
            let is_known = cfg!(unix)
                || !matches!(&error, Error::System { source } if source.raw_os_error().is_some());
            assert!(
                !is_known || said.contains("plein") && said.contains("Libérez"),
                "{said}"
            );
        }
        let other = polars::error::PolarsError::ComputeError("autre chose".into());
        assert!(matches!(Error::from(other), Error::Frame(_)));
    }

    #[test]
    fn what_the_system_says_is_french_and_leads_out() {
        use std::io::ErrorKind as K;
        for kind in [
            K::NotFound,
            K::PermissionDenied,
            K::StorageFull,
            K::FileTooLarge,
            K::ReadOnlyFilesystem,
            K::InvalidFilename,
            K::NotADirectory,
            K::IsADirectory,
        ] {
            let said = Error::io("a/b.xlsx", "écriture")(kind.into()).to_string();
            assert!(
                said.starts_with("a/b.xlsx : écriture impossible ("),
                "{said}"
            );
            assert!(
                !said.contains(&std::io::Error::from(kind).to_string()),
                "{said}"
            );
            assert!(said.ends_with('.'), "{said}");
        }
    }
}
