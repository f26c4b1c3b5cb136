//! What a page answers.

use serde_json::Value;

use crate::base::text::safe_file_name;

/// Longest name of a file, without its end: it is put in folders whose names are long too.
const LONGEST_NAME: usize = 120;

/// What a page answers.
pub(crate) enum PageAnswer {
    /// A page, laid out in the frame of all others.
    Page(PageContent),
    /// Look there: after anything that writes, so that reloading writes nothing twice.
    See(String),
    /// Bytes.
    Bytes(SentBytes),
}

/// What a page holds.
pub(crate) struct PageContent {
    /// Its template.
    pub(crate) template: &'static str,
    /// Its title.
    pub(crate) title: String,
    /// Which entry of the menu it is under; empty outside.
    pub(crate) tab: &'static str,
    /// What its template reads.
    pub(crate) content: Value,
}

/// Bytes that a page hands over.
pub(crate) struct SentBytes {
    /// Kind of content.
    pub(crate) kind: &'static str,
    pub(crate) bytes: Vec<u8>,
    /// Name under which a browser keeps it; none when it shows it.
    pub(crate) kept_as: Option<String>,
    /// Its own policy, in place of that of pages.
    pub(crate) policy: Option<String>,
    pub(crate) cookie: Option<String>,
}

impl SentBytes {
    /// What a browser shows.
    pub(crate) fn shown(kind: &'static str, bytes: impl Into<Vec<u8>>) -> Self {
        Self {
            kind,
            bytes: bytes.into(),
            kept_as: None,
            policy: None,
            cookie: None,
        }
    }

    /// What a browser keeps in the downloads: what it is, for whom, of when; what is empty is left out.
    pub(crate) fn named(said: &[&str], end: &str, bytes: impl Into<Vec<u8>>) -> Self {
        let said: Vec<&str> = said.iter().copied().filter(|s| !s.is_empty()).collect();
        let stem = safe_file_name(&said.join(" - "), LONGEST_NAME, "Observatoire");
        Self::kept(&format!("{stem}.{end}"), bytes)
    }

    /// What a browser keeps in the downloads, under a name.
    pub(crate) fn kept(name: &str, bytes: impl Into<Vec<u8>>) -> Self {
        Self {
            kept_as: Some(name.to_owned()),
            ..Self::shown(kind_of(name), bytes)
        }
    }
}

/// Kind of content of a file, by the end of its name.
pub(crate) fn kind_of(name: &str) -> &'static str {
    match name
        .rsplit('.')
        .next()
        .unwrap_or("")
        .to_ascii_lowercase()
        .as_str()
    {
        "html" => "text/html; charset=utf-8",
        "pdf" => "application/pdf",
        "xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "docx" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "csv" => "text/csv; charset=utf-8",
        "txt" => "text/plain; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "zip" => "application/zip",
        _ => "application/octet-stream",
    }
}
