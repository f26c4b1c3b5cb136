//! An address → its page, off the threads that listen; whatever goes wrong is a page that says so.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{DefaultBodyLimit, FromRequest, FromRequestParts, Multipart, RawPathParams};
use axum::handler::Handler;
use axum::http::header::CONTENT_TYPE;
use axum::http::{Method, Request, Response, StatusCode};
use axum::routing::{MethodRouter, any, get, post};

use super::doors::{DOORS, DoorRoute};
use super::guards::{Caller, RequestRefusal, Threshold, forbid};
use super::launch::Launch;
use super::response::{see, sent};
use super::routes::{PageRoute, ROUTES};
use super::upload::{FormParts, read_parts};
use crate::base::error::{Error, Result};
use crate::base::panics;
use crate::pages::answer::{PageAnswer, SentBytes};
use crate::pages::desk::Desk;
use crate::pages::page_ask::PageAsk;
use crate::pages::render;

/// Text of a form without files.
const MAX_FORM: usize = 16 << 20;
/// Time that the body of a request may take: a thousand workbooks from a slow disk.
const BODY: Duration = Duration::from_mins(5);

/// Answers requests.
pub(super) struct Dispatch {
    launch: Arc<Launch>,
    router: Router,
}

impl Dispatch {
    pub(super) fn new(launch: &Arc<Launch>, desk: &Arc<Desk>) -> Self {
        let mut router = Router::new().fallback(any(|| async {
            refused_page(StatusCode::NOT_FOUND, "Cette page n’existe pas.")
        }));
        for route in ROUTES {
            let desk = Arc::clone(desk);
            let handler =
                move |request: Request<Body>| async move { served(route, desk, request).await };
            router = router.route(route.path, by(route.writes, handler));
        }
        for door in DOORS {
            let launch = Arc::clone(launch);
            let handler = move |parts: RawPathParams| async move { at_door(door, &launch, &parts) };
            router = router.route(door.path, by(door.writes, handler));
        }
        // Forms and files have bounds of their own, below and in `upload`; the library’s, 2 MB, is less than a backup.
        let router = router.layer(DefaultBodyLimit::disable());
        Self {
            launch: Arc::clone(launch),
            router,
        }
    }

    /// The answer to a request; the guards come before anything looks at its address.
    pub(super) async fn answer(&self, request: Request<Body>) -> Response<Body> {
        let caller = Caller {
            method: request.method(),
            uri: request.uri(),
            headers: request.headers(),
        };
        let threshold = Threshold {
            port: self.launch.port,
            key: &self.launch.key,
        };
        let mut response = if let Some(refusal) = threshold.refusal(&caller) {
            refused_page(status_of(refusal), refusal.words())
        } else {
            use tower_service::Service;
            self.launch.life.sign();
            let Ok(response) = self.router.clone().call(request).await;
            response
        };
        forbid(response.headers_mut());
        response
    }
}

fn by<H, T>(writes: bool, handler: H) -> MethodRouter
where
    H: Handler<T, ()>,
    T: 'static,
{
    if writes { post(handler) } else { get(handler) }
}

fn at_door(door: &DoorRoute, launch: &Launch, parts: &RawPathParams) -> Response<Body> {
    let said = parts.iter().next().map_or("", |(_, value)| value);
    sent((door.answer)(launch, said), StatusCode::OK)
}

fn status_of(refusal: RequestRefusal) -> StatusCode {
    match refusal {
        RequestRefusal::Host => StatusCode::MISDIRECTED_REQUEST,
        RequestRefusal::Verb => StatusCode::METHOD_NOT_ALLOWED,
        RequestRefusal::Origin | RequestRefusal::Key => StatusCode::FORBIDDEN,
    }
}

/// A page for who has no key: no style, no menu, nothing of the folder.
fn refused_page(status: StatusCode, words: &str) -> Response<Body> {
    let page = format!(
        "<!DOCTYPE html><html lang=\"fr\"><head><meta charset=\"utf-8\"><title>Observatoire</title></head><body><main><h1>Observatoire</h1><p>{words}</p></main></body></html>\n"
    );
    sent(SentBytes::shown("text/html; charset=utf-8", page), status)
}

async fn served(
    route: &'static PageRoute,
    desk: Arc<Desk>,
    request: Request<Body>,
) -> Response<Body> {
    let (asked, read) = match read(desk, request).await {
        Ok(asked) => (asked, Ok(())),
        Err((asked, error)) => (asked, Err(error)),
    };
    let made = tokio::task::spawn_blocking(move || match read {
        Ok(()) => made(route, &asked),
        Err(error) => sent(render::error_page(&asked, &error), StatusCode::BAD_REQUEST),
    });
    made.await.unwrap_or_else(|_| {
        refused_page(
            StatusCode::INTERNAL_SERVER_ERROR,
            "Le programme s’est arrêté sur une faute qui lui est propre.",
        )
    })
}

fn made(route: &PageRoute, asked: &PageAsk) -> Response<Body> {
    // The deep stack is for what computes; what is made of it is small.
    let answered = panics::deep(|| {
        if route.writes && route.needs_folder {
            held_to_folder(asked)?;
        }
        match (route.page)(asked)? {
            PageAnswer::Page(content) => render::page(asked, content).map(PageAnswer::Bytes),
            other => Ok(other),
        }
    });
    match answered {
        Ok(PageAnswer::See(address)) => see(&address),
        Ok(PageAnswer::Bytes(bytes)) => sent(bytes, StatusCode::OK),
        Ok(PageAnswer::Page(_)) => refused_page(
            StatusCode::INTERNAL_SERVER_ERROR,
            "Cette page n’a pas pu être écrite.",
        ),
        Err(error) => {
            let status = match error {
                Error::Usage(_) => StatusCode::BAD_REQUEST,
                _ => StatusCode::INTERNAL_SERVER_ERROR,
            };
            sent(render::error_page(asked, &error), status)
        }
    }
}

/// A tab that was opened on one folder never writes into another.
fn held_to_folder(asked: &PageAsk) -> Result<()> {
    let folder = asked.folder()?;
    if asked.is_for(&folder) {
        return Ok(());
    }
    Err(Error::Usage(format!(
        "Cet onglet a été ouvert sur un autre dossier que celui qui l’est maintenant ({}) : rien n’a été écrit. Rouvrez la page, puis recommencez.",
        folder.display()
    )))
}

async fn read(
    desk: Arc<Desk>,
    request: Request<Body>,
) -> std::result::Result<PageAsk, (PageAsk, Error)> {
    let (mut head, body) = request.into_parts();
    let parts = RawPathParams::from_request_parts(&mut head, &()).await;
    let parts: HashMap<String, String> = parts
        .map(|p| {
            p.iter()
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .collect()
        })
        .unwrap_or_default();
    let mut asked = PageAsk::new(
        desk,
        parts,
        pairs(head.uri.query().unwrap_or("").as_bytes()),
    );
    if head.method != Method::POST {
        return Ok(asked);
    }
    let has_files = head
        .headers
        .get(CONTENT_TYPE)
        .is_some_and(|kind| kind.as_bytes().starts_with(b"multipart/form-data"));
    let request = Request::from_parts(head, body);
    let form = tokio::time::timeout(BODY, form(request, has_files)).await;
    match form.unwrap_or_else(|_| {
        Err(Error::Usage(
            "L’envoi a duré trop longtemps : rien n’a été reçu.".to_owned(),
        ))
    }) {
        Ok(form) => {
            (asked.fields, asked.files) = (form.fields, form.files);
            Ok(asked)
        }
        Err(error) => Err((asked, error)),
    }
}

async fn form(request: Request<Body>, has_files: bool) -> Result<FormParts> {
    if has_files {
        let form = Multipart::from_request(request, &()).await;
        let form = form.map_err(|_| Error::Usage("Ce formulaire n’est pas lisible.".to_owned()))?;
        return read_parts(form).await;
    }
    let bytes = axum::body::to_bytes(request.into_body(), MAX_FORM).await;
    let bytes = bytes.map_err(|_| Error::Usage("Ce formulaire dépasse ce qu’une page peut envoyer, ou s’est interrompu : rien n’a été reçu.".to_owned()))?;
    Ok(FormParts {
        fields: pairs(&bytes),
        files: Vec::new(),
    })
}

fn pairs(encoded: &[u8]) -> Vec<(String, String)> {
    let decoded = form_urlencoded::parse(encoded);
    decoded
        .map(|(name, value)| (name.into_owned(), value.into_owned()))
        .collect()
}
