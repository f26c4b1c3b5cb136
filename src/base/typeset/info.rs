//! What a document says of itself.

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
