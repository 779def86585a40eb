//! The pages and the API over one ledger: for an analyst with a browser, for a programmer with
//! HTTP, on this machine or, with accounts, for others.
//!
//! Pages are made on the server and can be read without script. Both ends call the same functions
//! of the store and the renderer that the command line calls. Answers are read on connections that
//! cannot write; what changes the ledger is a job, on a thread of its own. Who may do what is
//! decided in [`access`] before any route is looked for.

pub(crate) mod access;
mod answer;
mod api;
mod app;
mod assets;
mod body;
mod draw;
mod guard;
mod jobs;
mod keeping;
mod kept;
mod links;
pub(crate) mod listen;
mod pages;
mod parameters;
mod past;
mod questions;
mod refusal;
pub(crate) mod script;
mod words;

use std::io::Write;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use axum::Router;
use axum::middleware;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, NotForContentType, Predicate};

use crate::failure::hint;
use crate::store::{Ledger, StoreError};
use access::Settings;
use app::App;
use listen::Certificate;
use tokio_rustls::TlsAcceptor;

/// Squeezed already.
const PARQUET: &str = "application/vnd.apache.parquet";

/// How long what is prepared may be behind the ledger, if nobody asks.
const PREPARED: Duration = Duration::from_secs(20);

/// How long answers that are under way may take to finish after Ctrl-C.
const GRACE: Duration = Duration::from_secs(3);

/// Where to listen, and how it is reached.
#[derive(Clone, Debug)]
pub(crate) struct Address {
    pub(crate) socket: SocketAddr,
    pub(crate) certificate: Option<Certificate>,
    pub(crate) settings: Settings,
}

/// Serves the ledger at `path` until the process is told to end.
pub(crate) fn serve(path: &Path, address: Address) -> anyhow::Result<()> {
    let tls = address.certificate.as_ref().map(Certificate::acceptor).transpose()?;
    let app = Arc::new(App::open(path, address.settings)?);
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .context("cannot start the threads of the server")?;
    let served = runtime.block_on(listen(app, address.socket, tls));
    // A read that hangs does not keep the process. A job that is under way is cut short where a
    // kill would cut it: what was committed is safe, and sending it again goes on from there.
    runtime.shutdown_background();
    served
}

async fn listen(
    app: Arc<App>,
    address: SocketAddr,
    tls: Option<TlsAcceptor>,
) -> anyhow::Result<()> {
    tokio::spawn(prepare(Arc::clone(&app)));
    let listener = TcpListener::bind(address).await.map_err(|error| {
        let error = anyhow::anyhow!(error).context(format!("cannot listen on {address}"));
        hint(error, "end what listens there, or give another one with `--address 127.0.0.1:0`")
    })?;
    let address = listener.local_addr()?;
    let scheme = if tls.is_some() { "https" } else { "http" };
    // Whoever reads this may stop reading: the server goes on all the same.
    let told = format!("serving {} on {scheme}://{address}/\nCtrl-C ends\n", path_shown(&app));
    std::io::stdout().write_all(told.as_bytes()).ok();
    let (told, mut ending) = tokio::sync::watch::channel(false);
    let asked_to_end = async move {
        told_to_end().await;
        told.send(true).ok();
    };
    tokio::select! {
        () = listen::serve(listener, router(app), tls, asked_to_end) => {}
        () = async {
            ending.wait_for(|ended| *ended).await.ok();
            tokio::select! {
                () = tokio::time::sleep(GRACE) => {}
                () = told_to_end() => {}
            }
        } => {}
    }
    Ok(())
}

/// Makes what whoever asks first would wait for, now and after the ledger has grown. What is wrong
/// with the ledger they are told.
async fn prepare(app: Arc<App>) {
    loop {
        apart(&app, Ledger::prepare).await;
        kept::prepare(&app).await;
        questions::prepare(&app);
        apart(&app, Ledger::index_words).await;
        tokio::time::sleep(PREPARED).await;
    }
}

/// Runs `job` on a connection of its own, so that no answer waits for its turn behind it.
async fn apart(app: &Arc<App>, job: fn(&Ledger) -> Result<(), StoreError>) {
    let app = Arc::clone(app);
    let done = tokio::task::spawn_blocking(move || app.reader()?.at_one_position(job));
    done.await.ok();
}

fn path_shown(app: &App) -> String {
    format!("\"{}\"", app.path().display())
}

/// Waits for a signal to end. The first lets answers finish, the second does not.
async fn told_to_end() {
    let (Ok(mut interrupt), Ok(mut terminate)) =
        (signal(SignalKind::interrupt()), signal(SignalKind::terminate()))
    else {
        return std::future::pending().await;
    };
    tokio::select! {
        _ = interrupt.recv() => {}
        _ = terminate.recv() => {}
    }
}

/// All routes, behind the guards.
fn router(app: Arc<App>) -> Router {
    let squeezed = DefaultPredicate::new().and(NotForContentType::const_new(PARQUET));
    answers()
        .layer(middleware::from_fn_with_state(Arc::clone(&app), past::past))
        .layer(middleware::from_fn_with_state(Arc::clone(&app), kept::kept))
        .layer(CompressionLayer::new().compress_when(squeezed))
        .layer(middleware::from_fn_with_state(Arc::clone(&app), access::gate))
        .layer(middleware::from_fn_with_state(Arc::clone(&app), guard::guard))
        .with_state(app)
}

/// What answers, whether of now or of the past.
fn answers() -> Router<Arc<App>> {
    pages::routes()
        .merge(access::pages::routes())
        .nest("/api/v1", api::routes())
        .merge(assets::routes())
        .merge(script::routes())
        .fallback(refusal::nothing_here)
        .method_not_allowed_fallback(refusal::only_read)
        .layer(CatchPanicLayer::custom(refusal::panicked))
}
