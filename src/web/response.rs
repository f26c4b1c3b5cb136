//! How what a page answers becomes a response.

use axum::body::Body;
use axum::http::header::{
    CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE, LOCATION, SET_COOKIE,
};
use axum::http::{HeaderValue, Response, StatusCode};

use crate::base::text::in_address;
use crate::pages::answer::SentBytes;

/// Bytes, with what a browser must know of them.
pub(super) fn sent(answer: SentBytes, status: StatusCode) -> Response<Body> {
    let mut response = Response::new(Body::from(answer.bytes));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(answer.kind));
    let own = [
        (
            CONTENT_DISPOSITION,
            answer.kept_as.map(|name| disposition(&name)),
        ),
        (CONTENT_SECURITY_POLICY, answer.policy),
        (SET_COOKIE, answer.cookie),
    ];
    for (header, value) in own {
        if let Some(value) = value.and_then(|v| HeaderValue::from_str(&v).ok()) {
            headers.insert(header, value);
        }
    }
    response
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
