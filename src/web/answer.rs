//! What a page answers, and how it becomes a response.

use axum::body::Body;
use axum::http::header::{
    CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE, LOCATION, SET_COOKIE,
};
use axum::http::{HeaderValue, Response, StatusCode};
use serde_json::Value;

use crate::base::text::{in_address, safe_file_name};

/// Longest name of a file, without its end: it is put in folders whose names are long too.
const LONGEST_NAME: usize = 120;

/// What a page answers.
pub(super) enum PageAnswer {
    /// A page, laid out in the frame of all others.
    Page(PageContent),
    /// Look there: after anything that writes, so that reloading writes nothing twice.
    See(String),
    /// Bytes.
    Bytes(SentBytes),
}

/// What a page holds.
pub(super) struct PageContent {
    /// Its template.
    pub(super) template: &'static str,
    /// Its title.
    pub(super) title: String,
    /// Which entry of the menu it is under; empty outside.
    pub(super) tab: &'static str,
    /// What its template reads.
    pub(super) content: Value,
}

/// Bytes that a page hands over.
pub(super) struct SentBytes {
    /// Kind of content.
    pub(super) kind: &'static str,
    pub(super) bytes: Vec<u8>,
    /// Name under which a browser keeps it; none when it shows it.
    pub(super) kept_as: Option<String>,
    /// Its own policy, in place of that of pages.
    pub(super) policy: Option<String>,
    pub(super) cookie: Option<String>,
}

impl SentBytes {
    /// What a browser shows.
    pub(super) fn shown(kind: &'static str, bytes: impl Into<Vec<u8>>) -> Self {
        Self {
            kind,
            bytes: bytes.into(),
            kept_as: None,
            policy: None,
            cookie: None,
        }
    }

    /// What a browser keeps in the downloads: what it is, for whom, of when; what is empty is left out.
    pub(super) fn named(said: &[&str], end: &str, bytes: impl Into<Vec<u8>>) -> Self {
        let said: Vec<&str> = said.iter().copied().filter(|s| !s.is_empty()).collect();
        let stem = safe_file_name(&said.join(" - "), LONGEST_NAME, "Observatoire");
        Self::kept(&format!("{stem}.{end}"), bytes)
    }

    /// What a browser keeps in the downloads, under a name.
    pub(super) fn kept(name: &str, bytes: impl Into<Vec<u8>>) -> Self {
        Self {
            kept_as: Some(name.to_owned()),
            ..Self::shown(kind_of(name), bytes)
        }
    }

    pub(super) fn into_response(self, status: StatusCode) -> Response<Body> {
        let mut response = Response::new(Body::from(self.bytes));
        *response.status_mut() = status;
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(self.kind));
        let own = [
            (
                CONTENT_DISPOSITION,
                self.kept_as.map(|name| disposition(&name)),
            ),
            (CONTENT_SECURITY_POLICY, self.policy),
            (SET_COOKIE, self.cookie),
        ];
        for (header, value) in own {
            if let Some(value) = value.and_then(|v| HeaderValue::from_str(&v).ok()) {
                headers.insert(header, value);
            }
        }
        response
    }
}

/// « See other »: the browser asks for it by GET.
pub(super) fn see(address: &str) -> Response<Body> {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::SEE_OTHER;
    if let Ok(value) = HeaderValue::from_str(address) {
        response.headers_mut().insert(LOCATION, value);
    }
    response
}

/// Kind of content of a file, by the end of its name.
pub(super) fn kind_of(name: &str) -> &'static str {
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

/// RFC 6266: a plain name for old readers, the whole one in UTF-8.
fn disposition(name: &str) -> String {
    let plain: String = name
        .chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() || " .-_()".contains(c) {
                c
            } else {
                '_'
            }
        })
        .collect();
    format!(
        "attachment; filename=\"{plain}\"; filename*=UTF-8''{}",
        in_address(name, "")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_of_a_file_ends_a_header() {
        let said = disposition("Synthèse « élus »\r\nSet-Cookie: a=1\".pdf");
        assert!(
            said.is_ascii() && !said.contains('\r') && !said.contains('\n'),
            "{said}"
        );
        assert_eq!(said.matches('"').count(), 2, "{said}");
        assert!(said.contains("filename*=UTF-8''Synth%C3%A8se%20"), "{said}");
    }
}
