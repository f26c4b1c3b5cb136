//! The door: the key becomes a cookie; a second start asks for a proof; style, script and faces.
#![expect(
    clippy::unnecessary_wraps,
    reason = "every page has the same signature"
)]

use crate::base::error::Result;
use crate::web::answer::{PageAnswer, SentBytes};
use crate::web::guards::cookie_name;
use crate::web::page_ask::PageAsk;
use crate::web::render::{BOLD, REGULAR, SCRIPT, STYLE};

/// The key, which the guards have read in the address, becomes a cookie that this browser alone sends, and to our pages alone. The page leads on by itself:
/// a redirection would still be a request of the file that it came from, without the cookie.
pub(in crate::web) fn enter(asked: &PageAsk) -> Result<PageAnswer> {
    let page = "<!DOCTYPE html><html lang=\"fr\"><head><meta charset=\"utf-8\"><title>Observatoire</title><meta http-equiv=\"refresh\" content=\"0;url=/\"></head><body><p>L’observatoire s’ouvre. <a href=\"/\">Continuer</a></p></body></html>\n";
    let cookie = format!(
        "{}={}; Path=/; HttpOnly; SameSite=Strict",
        cookie_name(asked.desk.port),
        asked.desk.key.digits()
    );
    Ok(PageAnswer::Bytes(SentBytes {
        cookie: Some(cookie),
        ..SentBytes::shown("text/html; charset=utf-8", page)
    }))
}

/// Proves to a second start that it is the program, without giving the key away. The guards let in nothing but
/// a number of 32 digits: what pages seal has other forms.
pub(in crate::web) fn prove(asked: &PageAsk) -> Result<PageAnswer> {
    let challenge = asked.part("defi");
    Ok(PageAnswer::Bytes(SentBytes::shown(
        "text/plain; charset=utf-8",
        asked.desk.key.seal(challenge),
    )))
}

/// A page says that it is open.
pub(in crate::web) fn alive(asked: &PageAsk) -> Result<PageAnswer> {
    asked.desk.life.page_is_open();
    Ok(PageAnswer::Bytes(SentBytes::shown(
        "text/plain; charset=utf-8",
        "",
    )))
}

pub(in crate::web) fn style(_: &PageAsk) -> Result<PageAnswer> {
    Ok(PageAnswer::Bytes(SentBytes::shown(
        "text/css; charset=utf-8",
        STYLE,
    )))
}

pub(in crate::web) fn script(_: &PageAsk) -> Result<PageAnswer> {
    Ok(PageAnswer::Bytes(SentBytes::shown(
        "text/javascript; charset=utf-8",
        SCRIPT,
    )))
}

pub(in crate::web) fn regular(_: &PageAsk) -> Result<PageAnswer> {
    Ok(PageAnswer::Bytes(SentBytes::shown("font/woff2", REGULAR)))
}

pub(in crate::web) fn bold(_: &PageAsk) -> Result<PageAnswer> {
    Ok(PageAnswer::Bytes(SentBytes::shown("font/woff2", BOLD)))
}
