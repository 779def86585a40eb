//! `?at=`: any page and any answer as the record was at a past position.
//!
//! The log up to there is folded once into a file of its own, which is then served like any other
//! ledger; the last few are kept. Folding a large log takes its time: whoever asks first is told
//! to come again.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use tempfile::TempDir;
use tokio::sync::watch;
use tower_service::Service as _;
use url::form_urlencoded;

use super::access::Who;
use super::app::App;
use super::keeping::keeping;
use super::refusal::{Refusal, refuse};
use super::words::ENGLISH;
use crate::question::Misread;

/// The name of the parameter.
pub(super) const AT: &str = "at";
/// How many past ledgers are kept.
const KEPT: usize = 3;
/// How long an asker waits for one that is being made.
const PATIENCE: Duration = Duration::from_secs(8);

/// Where there is no past: what is asked there is of now, or no question.
const ONLY_NOW: [&str; 7] = [
    "/static",
    "/sign-in",
    "/account",
    "/ingest",
    "/api/v1/jobs",
    "/api/v1/stream",
    "/api/v1/audit",
];

/// The past ledgers that are kept, the latest asked for last.
#[derive(Default)]
pub(super) struct Past(Mutex<Vec<(i64, watch::Receiver<Standing>)>>);

/// How far one is.
#[derive(Clone, Default)]
enum Standing {
    #[default]
    Folding,
    Ready(Arc<Folded>),
    Failed,
}

/// One that is ready, and the folder that goes with it.
struct Folded {
    router: Router,
    _folder: TempDir,
}

/// Answers from the past, if that is asked for.
pub(super) async fn past(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let uri = request.uri().clone();
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    let Some(given) = at(uri.query()).filter(|_| reads) else { return next.run(request).await };
    if is_only_now(uri.path()) {
        let why = Misread {
            message: format!("there is no parameter \"{AT}\" here"),
            hint: "leave it out: this is always of now".to_owned(),
        };
        return refuse(Refusal::Misread { parameter: AT.to_owned(), why }, &uri);
    }
    match router_of(&app, &given).await {
        Ok(None) => keep_position(next.run(request).await, &given).await,
        Ok(Some(folded)) => match folded.router.clone().call(anew(request)).await {
            Ok(response) => keep_position(response, &given).await,
            Err(never) => match never {},
        },
        Err(refusal) => refuse(refusal, &uri),
    }
}

/// The answer, if it is a page with the position in its links.
async fn keep_position(response: Response, given: &str) -> Response {
    let kind = response.headers().get(header::CONTENT_TYPE).map(HeaderValue::as_bytes);
    let is_page = kind.is_some_and(|kind| kind.starts_with(b"text/html"));
    // What is saved as a file stands alone.
    let is_file = response.headers().contains_key(header::CONTENT_DISPOSITION);
    let (Ok(at), true, false) = (given.parse(), is_page, is_file) else { return response };
    let (mut parts, body) = response.into_parts();
    // Pages are whole in memory already.
    let Ok(bytes) = to_bytes(body, usize::MAX).await else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let page = keeping(&String::from_utf8_lossy(&bytes), at, &ENGLISH);
    parts.headers.remove(header::CONTENT_LENGTH);
    Response::from_parts(parts, Body::from(page))
}

/// The same question without what the first router found in its path, since the second finds it
/// again.
fn anew(request: Request) -> Request {
    let (parts, body) = request.into_parts();
    let mut again = Request::new(body);
    *again.method_mut() = parts.method;
    *again.uri_mut() = parts.uri;
    *again.headers_mut() = parts.headers;
    if let Some(who) = parts.extensions.get::<Who>() {
        again.extensions_mut().insert(who.clone());
    }
    again
}

/// Whether what is asked at `path` is always of now.
pub(super) fn is_only_now(path: &str) -> bool {
    ONLY_NOW.iter().any(|stem| path.starts_with(stem))
}

/// What is given as the position.
pub(super) fn at(query: Option<&str>) -> Option<String> {
    let mut pairs = form_urlencoded::parse(query?.as_bytes());
    pairs.find(|(name, _)| name == AT).map(|(_, value)| value.into_owned())
}

/// What answers for the position that is given; `None` if that is the present one.
async fn router_of(app: &Arc<App>, given: &str) -> Result<Option<Arc<Folded>>, Refusal> {
    let now = app.read(|_, ledger| Ok(ledger.position()?)).await?;
    if given.is_empty() || !given.bytes().all(|byte| byte.is_ascii_digit()) {
        let why = Misread {
            message: format!("\"{given}\" is no position"),
            hint: format!("give a whole number from 0 to {now}"),
        };
        return Err(Refusal::Misread { parameter: AT.to_owned(), why });
    }
    let position = given.parse::<i64>().ok().filter(|position| *position <= now);
    let missing = || format!("the ledger has no position {given}: it is at {now}");
    let position = position.ok_or_else(|| Refusal::Missing { what: missing() })?;
    if position == now {
        return Ok(None);
    }
    let mut standing = app.past.of(app, position);
    let ready = standing.wait_for(|standing| !matches!(standing, Standing::Folding));
    let found = match tokio::time::timeout(PATIENCE, ready).await {
        Ok(Ok(standing)) => standing.clone(),
        Ok(Err(_)) => Standing::Failed,
        Err(_) => Standing::Folding,
    };
    match found {
        Standing::Ready(folded) => Ok(Some(folded)),
        Standing::Folding => Err(Refusal::Folding),
        Standing::Failed => {
            app.past.forget(position);
            Err(Refusal::Broken)
        }
    }
}

impl Past {
    /// How far the ledger of `position` is; begun if it is not there.
    fn of(&self, app: &Arc<App>, position: i64) -> watch::Receiver<Standing> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let known = kept.iter().position(|(known, _)| *known == position);
        let standing = if let Some(known) = known {
            kept.remove(known).1
        } else {
            let (sender, receiver) = watch::channel(Standing::Folding);
            let app = Arc::clone(app);
            tokio::task::spawn_blocking(move || {
                let made = fold(&app, position);
                sender.send(made.map_or(Standing::Failed, |f| Standing::Ready(Arc::new(f)))).ok();
            });
            receiver
        };
        if kept.len() >= KEPT {
            kept.remove(0);
        }
        kept.push((position, standing.clone()));
        standing
    }

    fn forget(&self, position: i64) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.retain(|(known, _)| *known != position);
    }
}

fn fold(app: &Arc<App>, position: i64) -> anyhow::Result<Folded> {
    // One at a time: each takes a core.
    let _turn = app.folding.lock().unwrap_or_else(PoisonError::into_inner);
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("past.ledger");
    app.reader()?.past(position, &path)?;
    let past = Arc::new(App::of_past(app, &path)?);
    Ok(Folded { router: super::answers().with_state(past), _folder: folder })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_position_is_found_among_other_parameters() {
        assert_eq!(at(Some("country=NG&at=7")).as_deref(), Some("7"));
        assert_eq!(at(Some("country=NG&what=7")), None);
        assert_eq!(at(None), None);
    }
}
