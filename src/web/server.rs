//! Connections: accepted on 127.0.0.1 alone, bounded in number and in patience, each request handed on.

use std::convert::Infallible;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::http::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;

use super::dispatch::Dispatch;
use super::launch::Launch;
use crate::base::error::{Error, Result};
use crate::pages::desk::Desk;

/// Connections at once: a browser opens six, a hundred are an accident.
const CONNECTIONS: usize = 100;
/// Time that the head of a request may take.
const HEAD: Duration = Duration::from_secs(10);
/// How often it is asked whether anybody is still there.
const ROUND: Duration = Duration::from_secs(20);
/// Time left to answers on their way when it stops.
const FAREWELL: Duration = Duration::from_millis(1_500);
/// Tried first, so that an address that was kept is most often right; any free one otherwise.
const USUAL_PORT: u16 = 4_791;

/// Listens on a port: the one asked, else the usual one, else any.
///
/// # Errors
///
/// A port that was asked and is taken; a system that lends none.
pub(super) fn listen(port: Option<u16>) -> Result<std::net::TcpListener> {
    let bind =
        |port: u16| std::net::TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port)));
    let bound = match port {
        Some(port) => bind(port).map_err(|_| {
            Error::Usage(format!("Le port {port} est pris par un autre programme : donnez-en un autre, ou n’en donnez pas."))
        })?,
        None => bind(USUAL_PORT).or_else(|_| bind(0)).map_err(|e| {
            Error::Store(format!("Le système ne prête aucun port à la page ({e}) : redémarrez l’ordinateur, ou servez-vous des commandes."))
        })?,
    };
    bound
        .set_nonblocking(true)
        .map_err(|e| Error::Store(format!("La page ne peut pas écouter ({e}).")))?;
    Ok(bound)
}

/// Answers until a person closes it, or nobody is there any more.
///
/// # Errors
///
/// A system that does not let it listen.
pub(super) fn answer_until_closed(
    listener: std::net::TcpListener,
    launch: &Arc<Launch>,
    desk: &Arc<Desk>,
) -> Result<()> {
    let refused = |e: std::io::Error| Error::Store(format!("La page ne peut pas écouter ({e})."));
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .map_err(refused)?;
    runtime.block_on(async {
        let listener = TcpListener::from_std(listener).map_err(refused)?;
        tokio::select! {
            () = accept(listener, launch, desk) => {}
            () = launch.life.closed() => {}
            () = deserted(launch, desk) => {}
        }
        tokio::time::sleep(FAREWELL).await;
        Ok::<(), Error>(())
    })?;
    // What is being written ends: a kill would leave before or after, a wait leaves after.
    while desk.jobs.is_running() {
        std::thread::sleep(Duration::from_millis(100));
    }
    runtime.shutdown_timeout(Duration::from_secs(30));
    Ok(())
}

async fn accept(listener: TcpListener, launch: &Arc<Launch>, desk: &Arc<Desk>) {
    let places = Arc::new(Semaphore::new(CONNECTIONS));
    let dispatch = Arc::new(Dispatch::new(launch, desk));
    loop {
        let Ok(place) = Arc::clone(&places).acquire_owned().await else {
            return;
        };
        let Ok((stream, _)) = listener.accept().await else {
            // Too many files open, a connection cut at once: the next one may do.
            tokio::time::sleep(Duration::from_millis(50)).await;
            continue;
        };
        let dispatch = Arc::clone(&dispatch);
        tokio::spawn(async move {
            converse(stream, dispatch).await;
            drop(place);
        });
    }
}

async fn converse(stream: TcpStream, dispatch: Arc<Dispatch>) {
    let service = service_fn(move |request: Request<Incoming>| {
        let dispatch = Arc::clone(&dispatch);
        async move { Ok::<_, Infallible>(dispatch.answer(request.map(Body::new)).await) }
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD)
        .serve_connection(TokioIo::new(stream), service);
    // A browser that hangs up is nobody's fault.
    let _ = connection.await;
}

/// Returns when nobody has been there for long enough.
async fn deserted(launch: &Launch, desk: &Desk) {
    loop {
        tokio::time::sleep(ROUND).await;
        if launch.life.is_over() && !desk.jobs.is_running() {
            return;
        }
    }
}
