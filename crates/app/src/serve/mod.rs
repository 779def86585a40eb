//! The pages and the API over one ledger: for an analyst with a browser, for a programmer with
//! HTTP, on this machine.
//!
//! Pages are made on the server and can be read without script. Both ends call the same functions
//! of the store and the renderer that the command line calls. Nothing here writes: connections to
//! the ledger are read-only, and no route takes anything but GET.

mod answer;
mod api;
mod app;
mod assets;
mod draw;
mod guard;
mod kept;
mod links;
mod pages;
mod parameters;
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

use crate::failure::hint;
use app::App;

/// How long answers that are under way may take to finish after Ctrl-C.
const GRACE: Duration = Duration::from_secs(3);

/// Serves the ledger at `path` on `address` until the process is told to end.
pub(crate) fn serve(path: &Path, address: SocketAddr) -> anyhow::Result<()> {
    let app = Arc::new(App::open(path)?);
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .context("cannot start the threads of the server")?;
    let served = runtime.block_on(listen(app, address));
    // A read that hangs does not keep the process: nothing is written, so nothing is lost.
    runtime.shutdown_background();
    served
}

async fn listen(app: Arc<App>, address: SocketAddr) -> anyhow::Result<()> {
    let listener = TcpListener::bind(address).await.map_err(|error| {
        let error = anyhow::anyhow!(error).context(format!("cannot listen on {address}"));
        hint(error, "end what listens there, or give another one with `--address 127.0.0.1:0`")
    })?;
    let address = listener.local_addr()?;
    // Whoever reads this may stop reading: the server goes on all the same.
    let told = format!("serving {} on http://{address}/\nCtrl-C ends\n", path_shown(&app));
    std::io::stdout().write_all(told.as_bytes()).ok();
    let (told, mut ending) = tokio::sync::watch::channel(false);
    let asked_to_end = async move {
        told_to_end().await;
        told.send(true).ok();
    };
    let server = axum::serve(listener, router(app)).with_graceful_shutdown(asked_to_end);
    tokio::select! {
        served = async { server.await } => served.context("the server failed")?,
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
    pages::routes()
        .nest("/api/v1", api::routes())
        .merge(assets::routes())
        .merge(script::routes())
        .fallback(refusal::nothing_here)
        .method_not_allowed_fallback(refusal::only_read)
        .layer(CatchPanicLayer::custom(refusal::panicked))
        .layer(middleware::from_fn_with_state(Arc::clone(&app), kept::kept))
        .layer(CompressionLayer::new())
        .layer(middleware::from_fn(guard::guard))
        .with_state(app)
}
