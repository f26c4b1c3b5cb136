//! A raw file of the fictitious example, before it is written.

/// A file to write.
pub(crate) struct DemoFile {
    /// Name under its folder, valid on Windows.
    pub name: String,
    pub bytes: Vec<u8>,
}

impl DemoFile {
    /// A file of these bytes.
    pub(crate) fn new(name: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        Self {
            name: name.into(),
            bytes: bytes.into(),
        }
    }
}
