//! Templates of typst → tagged, accessible PDF (PDF/UA-1), the same bytes for the same input.
//! Templates see embedded fonts and the files handed over with them, never the disk, the network
//! or the clock.

#[cfg(feature = "pdf")]
mod fonts;
#[cfg(feature = "pdf")]
mod world;

#[cfg(feature = "pdf")]
pub use world::compile;

/// What a document says of itself besides its language, which its template sets.
#[derive(Debug, Clone, Copy, Default)]
pub struct Info<'a> {
    /// ISO date: written in the document's properties, and what `datetime.today()` answers.
    pub date: &'a str,
    /// Title, unless the template sets one. Given here rather than in the template, it stays out
    /// of the styles, and what two documents share is laid out once.
    pub title: &'a str,
    /// Author, unless the template names one.
    pub author: &'a str,
}

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
