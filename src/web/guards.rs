//! Who may ask, decided before anything else; and what every answer forbids the browser.
//!
//! Any page of the Web can make this browser send requests to 127.0.0.1, and a name that its owner makes point
//! at 127.0.0.1 would even read what comes back. So four things are asked: the exact host (no name passes),
//! for what writes the word of the browser that our own page asked, the key of this launch, and a policy
//! under which a page loads nothing from elsewhere.

use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, COOKIE, HOST, HeaderMap, HeaderName, HeaderValue,
    ORIGIN, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{Method, Uri};

use super::launch_key::LaunchKey;

/// Why a request is not answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum RequestRefusal {
    /// It is addressed to somebody else.
    Host,
    /// A verb that no page uses.
    Verb,
    /// Another site had it sent.
    Origin,
    /// It does not bear the key of this launch.
    Key,
}

/// What a page may load: itself.
pub(super) const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

const FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// Who asks: what the guards look at of a request.
pub(super) struct Caller<'a> {
    pub(super) method: &'a Method,
    pub(super) uri: &'a Uri,
    pub(super) headers: &'a HeaderMap,
}

/// Whom it must be addressed to, and with which key.
pub(super) struct Threshold<'a> {
    pub(super) port: u16,
    pub(super) key: &'a LaunchKey,
}

impl Threshold<'_> {
    /// Why a request is refused; none when it may pass.
    pub(super) fn refusal(&self, caller: &Caller) -> Option<RequestRefusal> {
        if !self.is_addressed(caller) {
            return Some(RequestRefusal::Host);
        }
        let reads = matches!(*caller.method, Method::GET | Method::HEAD);
        if !reads && *caller.method != Method::POST {
            return Some(RequestRefusal::Verb);
        }
        if !reads && !self.is_asked_by_our_page(caller.headers) {
            return Some(RequestRefusal::Origin);
        }
        let proves = reads && self.proves_itself(caller.uri.path());
        if !proves && !self.bears_key(caller.headers) {
            return Some(RequestRefusal::Key);
        }
        None
    }

    fn is_addressed(&self, caller: &Caller) -> bool {
        let ours = format!("127.0.0.1:{}", self.port);
        let named = caller.uri.authority().is_none_or(|a| a.as_str() == ours);
        named && only(caller.headers, &HOST) == Some(ours.as_str())
    }

    fn is_asked_by_our_page(&self, headers: &HeaderMap) -> bool {
        if headers.contains_key(FETCH_SITE) {
            return matches!(only(headers, &FETCH_SITE), Some("same-origin" | "none"));
        }
        let ours = format!("http://127.0.0.1:{}", self.port);
        only(headers, &ORIGIN) == Some(ours.as_str())
    }

    /// What hands the key over, and what a second start asks: the address itself is the proof, or asks for one.
    fn proves_itself(&self, path: &str) -> bool {
        let key = path
            .strip_prefix("/cle/")
            .is_some_and(|key| self.key.is(key));
        key || path.strip_prefix("/presence/").is_some_and(is_challenge)
    }

    fn bears_key(&self, headers: &HeaderMap) -> bool {
        let wanted = format!("{}=", cookie_name(self.port));
        let cookies = headers
            .get_all(COOKIE)
            .iter()
            .filter_map(|c| c.to_str().ok());
        let mut named = cookies
            .flat_map(|c| c.split(';'))
            .filter_map(|c| c.trim().strip_prefix(&wanted));
        named.any(|value| self.key.is(value))
    }
}

/// Cookies know no port: each launch has its own name.
pub(super) fn cookie_name(port: u16) -> String {
    format!("observatoire-{port}")
}

/// Whether a text can be a number that a second start asks to be sealed.
fn is_challenge(text: &str) -> bool {
    text.len() == 32 && text.bytes().all(|b| b.is_ascii_hexdigit())
}

/// The value of a header that is there once, and readable.
fn only<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    let mut all = headers.get_all(name).iter();
    let first = all.next()?;
    all.next().is_none().then(|| first.to_str().ok()).flatten()
}

/// What every answer says to the browser; an answer that has its own policy keeps it.
pub(super) fn forbid(headers: &mut HeaderMap) {
    headers
        .entry(CONTENT_SECURITY_POLICY)
        .or_insert(HeaderValue::from_static(POLICY));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(
        HeaderName::from_static("cross-origin-resource-policy"),
        HeaderValue::from_static("same-origin"),
    );
}

impl RequestRefusal {
    /// What the page that is shown in its place says.
    pub(super) fn words(self) -> &'static str {
        match self {
            Self::Host => "Cette adresse n’est pas celle de l’observatoire.",
            Self::Verb => "L’observatoire ne répond pas à cette sorte de demande.",
            Self::Origin => "Cette demande vient d’un autre site : elle n’a rien changé.",
            Self::Key => {
                "Pour ouvrir l’observatoire, double-cliquez à nouveau sur son icône : cette page seule n’a pas la clé. Si vous l’aviez déjà ouvert, il a été fermé depuis ; rien n’est perdu."
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict(method: &str, uri: &str, headers: &[(&str, &str)]) -> Option<RequestRefusal> {
        let key = LaunchKey::read(&"ab".repeat(16)).expect("a key");
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            let name: HeaderName = name.parse().expect("a name");
            map.append(name, value.parse().expect("a value"));
        }
        let (method, uri) = (
            method.parse().expect("a verb"),
            uri.parse().expect("an address"),
        );
        let caller = Caller {
            method: &method,
            uri: &uri,
            headers: &map,
        };
        Threshold {
            port: 4321,
            key: &key,
        }
        .refusal(&caller)
    }

    #[test]
    fn only_our_page_in_our_browser_passes() {
        let key = format!("autre=1; observatoire-4321={}", "ab".repeat(16));
        let host = ("host", "127.0.0.1:4321");
        let cookie = ("cookie", key.as_str());
        assert_eq!(verdict("GET", "/", &[host, cookie]), None);
        assert_eq!(verdict("GET", "/", &[host]), Some(RequestRefusal::Key));
        for foreign in [
            "127.0.0.1",
            "127.0.0.1:43210",
            "localhost:4321",
            "evil.example:4321",
            "127.0.0.1:4321.evil.example",
            "",
        ] {
            assert_eq!(
                verdict("GET", "/", &[("host", foreign), cookie]),
                Some(RequestRefusal::Host),
                "{foreign}"
            );
        }
        assert_eq!(
            verdict("GET", "/", &[host, host, cookie]),
            Some(RequestRefusal::Host)
        );
        assert_eq!(
            verdict("GET", "http://evil.example/", &[host, cookie]),
            Some(RequestRefusal::Host)
        );
        for verb in ["PUT", "DELETE", "OPTIONS", "TRACE", "PATCH"] {
            assert_eq!(
                verdict(verb, "/", &[host, cookie]),
                Some(RequestRefusal::Verb)
            );
        }
        let post = |site: &[(&'static str, &'static str)]| {
            let mut headers = vec![host, cookie];
            headers.extend(site);
            verdict("POST", "/fermer", &headers)
        };
        assert_eq!(post(&[("sec-fetch-site", "same-origin")]), None);
        assert_eq!(post(&[("origin", "http://127.0.0.1:4321")]), None);
        for site in ["cross-site", "same-site", "none,cross-site", ""] {
            let said = verdict(
                "POST",
                "/fermer",
                &[
                    host,
                    cookie,
                    ("sec-fetch-site", site),
                    ("origin", "http://127.0.0.1:4321"),
                ],
            );
            assert_eq!(said, Some(RequestRefusal::Origin), "{site}");
        }
        for origin in [
            "null",
            "http://127.0.0.1",
            "http://127.0.0.1:43210",
            "https://127.0.0.1:4321",
        ] {
            assert_eq!(
                verdict("POST", "/fermer", &[host, cookie, ("origin", origin)]),
                Some(RequestRefusal::Origin)
            );
        }
        assert_eq!(post(&[]), Some(RequestRefusal::Origin));
        let door = format!("/cle/{}", "ab".repeat(16));
        assert_eq!(verdict("GET", &door, &[host]), None);
        assert_eq!(
            verdict("GET", "/cle/abc", &[host]),
            Some(RequestRefusal::Key)
        );
        assert_eq!(
            verdict("GET", "/presence/dossier", &[host]),
            Some(RequestRefusal::Key)
        );
        assert_eq!(
            verdict("POST", "/cle/abc", &[host, ("sec-fetch-site", "none")]),
            Some(RequestRefusal::Key)
        );
    }
}
