//! The door, before any page: the key becomes a cookie; a second start asks for a proof; signs of life; style, script
//! and faces.

use super::guards::cookie_name;
use super::launch::Launch;
use crate::pages::answer::SentBytes;
use crate::pages::render::{BOLD, REGULAR, SCRIPT, STYLE};

/// An address that is no page, and who answers there: what it is given is the last part of the address.
pub(super) struct DoorRoute {
    pub(super) path: &'static str,
    /// Whether it is asked by POST.
    pub(super) writes: bool,
    pub(super) answer: fn(&Launch, &str) -> SentBytes,
}

const fn at(path: &'static str, answer: fn(&Launch, &str) -> SentBytes) -> DoorRoute {
    DoorRoute {
        path,
        writes: false,
        answer,
    }
}

/// All of them.
pub(super) const DOORS: &[DoorRoute] = &[
    at("/cle/{dit}", enter),
    at("/presence/{dit}", prove),
    DoorRoute {
        path: "/vie",
        writes: true,
        answer: alive,
    },
    at("/style.css", |_, _| {
        SentBytes::shown("text/css; charset=utf-8", STYLE)
    }),
    at("/atelier.js", |_, _| {
        SentBytes::shown("text/javascript; charset=utf-8", SCRIPT)
    }),
    at("/police-400.woff2", |_, _| {
        SentBytes::shown("font/woff2", REGULAR)
    }),
    at("/police-700.woff2", |_, _| {
        SentBytes::shown("font/woff2", BOLD)
    }),
];

/// The key, which the guards have read in the address, becomes a cookie that this browser alone sends, and to our pages alone. The page leads on by itself:
/// a redirection would still be a request of the file that it came from, without the cookie.
fn enter(launch: &Launch, _: &str) -> SentBytes {
    let page = "<!DOCTYPE html><html lang=\"fr\"><head><meta charset=\"utf-8\"><title>Observatoire</title><meta http-equiv=\"refresh\" content=\"0;url=/\"></head><body><p>L’observatoire s’ouvre. <a href=\"/\">Continuer</a></p></body></html>\n";
    let cookie = format!(
        "{}={}; Path=/; HttpOnly; SameSite=Strict",
        cookie_name(launch.port),
        launch.key.digits()
    );
    SentBytes {
        cookie: Some(cookie),
        ..SentBytes::shown("text/html; charset=utf-8", page)
    }
}

/// Proves to a second start that it is the program, without giving the key away. The guards let in nothing but
/// a number of 32 digits: what pages seal has other forms.
fn prove(launch: &Launch, challenge: &str) -> SentBytes {
    SentBytes::shown("text/plain; charset=utf-8", launch.key.seal(challenge))
}

/// A page says that it is open.
fn alive(launch: &Launch, _: &str) -> SentBytes {
    launch.life.page_is_open();
    SentBytes::shown("text/plain; charset=utf-8", "")
}
