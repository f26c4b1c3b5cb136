//! Templates of typst → tagged, accessible PDF (PDF/UA-1), the same bytes for the same input.
//! Templates see embedded fonts and the files handed over with them, never the disk, the network
//! or the clock.
//!
//! | question | file |
//! |---|---|
//! | a template → a PDF/UA-1; what it can see | `world` |
//! | faces, characters that they lack | `fonts` |
//! | date, title and author of a document | `info` |

#[cfg(feature = "pdf")]
mod fonts;
mod info;
#[cfg(feature = "pdf")]
mod world;

#[cfg(feature = "pdf")]
pub(crate) use fonts::FACES;
pub use info::Info;
#[cfg(feature = "pdf")]
pub use world::compile;

/// Built without PDF: says so.
///
/// # Errors
///
/// Always [`crate::base::error::Error::Usage`].
#[cfg(not(feature = "pdf"))]
pub fn compile(
    _main: &str,
    _name: &str,
    _files: &[(&str, Vec<u8>)],
    _info: Info,
) -> crate::base::error::Result<Vec<u8>> {
    Err(crate::base::error::Error::Usage(
        "Ce programme a été construit sans PDF. Choisissez un autre format, ou reconstruisez-le avec « --features pdf ».".to_owned(),
    ))
}
