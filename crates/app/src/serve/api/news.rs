//! What is new, as it comes: server-sent events, and who was let in.

use std::fmt::Write as _;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use tokio::sync::mpsc::{Sender, channel};
use tokio::time::{Instant, sleep};
use utoipa::ToSchema;

use super::stream::Chunks;
use crate::question::{self, Misread};
use crate::serve::answer::json;
use crate::serve::app::App;
use crate::serve::parameters::Parameters;
use crate::serve::refusal::{Problem, Refusal, Told};
use crate::store::news::AccessLine;

/// How often it is looked for news, and how long nothing at all is sent.
const LOOK: Duration = Duration::from_secs(1);
const SILENCE: Duration = Duration::from_secs(15);
/// How long one listens before it must ask again, and so be let in again.
const LONGEST: Duration = Duration::from_secs(3_600);
/// How many entries are sent at once.
const AT_ONCE: u32 = 200;

/// What is new in the ledger, as server-sent events
///
/// Each event is an entry: its `id` is the position, its `data` a `NewsLine`. A client that asks
/// again with `Last-Event-ID`, as browsers do, misses nothing.
#[utoipa::path(
    get,
    path = "/stream",
    params(("after" = Option<u32>, Query, description = "Begin after this position; else with what comes from now on", minimum = 0, maximum = 4_294_967_295_u32)),
    responses(
        (status = 200, description = "Entries as they come", body = String, content_type = "text/event-stream"),
        (status = 400, description = "A parameter is wrong; it is named", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "That is too often, or too many listen", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn stream(
    State(app): State<Arc<App>>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Told> {
    let parameters = Parameters::of(query.as_deref(), &["after"])?;
    let given = parameters.read("after", |given| question::number(given, 0, u32::MAX))?;
    let last = headers.get("last-event-id").and_then(|id| id.to_str().ok()?.parse::<u32>().ok());
    let now = app.read(|_, ledger| Ok(ledger.position()?)).await?;
    let after = last.or(given).map_or(now, i64::from);
    let place = app.place_to_listen()?;
    let (sender, receiver) = channel(4);
    tokio::spawn(async move {
        let _place = place;
        // The listener has gone, or the ledger cannot be read: it asks again.
        listen(&app, after, &sender).await.ok();
    });
    let head = [(header::CONTENT_TYPE, "text/event-stream"), (header::CACHE_CONTROL, "no-store")];
    Ok((head, Body::new(Chunks(receiver))).into_response())
}

/// Sends what comes after `after` until the listener goes.
async fn listen(
    app: &Arc<App>,
    mut after: i64,
    sender: &Sender<io::Result<Bytes>>,
) -> Result<(), Refusal> {
    let begun = Instant::now();
    let mut said = begun;
    let mut words = ": listening\n\n".to_owned();
    while begun.elapsed() < LONGEST {
        if !words.is_empty() {
            let sent = sender.send(Ok(Bytes::from(std::mem::take(&mut words)))).await;
            sent.map_err(|_| Refusal::Broken)?;
            said = Instant::now();
        }
        let news = app.read(move |_, ledger| Ok(ledger.entries_after(after, AT_ONCE)?)).await?;
        for line in &news.lines {
            let data = serde_json::to_string(line).map_err(|_| Refusal::Broken)?;
            // Writing to a string cannot fail.
            let _ = write!(words, "id: {}\nevent: entry\ndata: {data}\n\n", line.position);
        }
        after = news.position;
        if words.is_empty() {
            sleep(LOOK).await;
            if said.elapsed() >= SILENCE {
                words.push_str(": nothing new\n\n");
            }
        }
    }
    Ok(())
}

/// Who was let in and kept out, the latest first.
#[derive(Serialize, ToSchema)]
struct Audit {
    rows: Vec<AccessLine>,
    /// The address of the next page.
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
}

/// Who was let in and kept out, and who changed the accounts, the latest first
#[utoipa::path(
    get,
    path = "/audit",
    params(
        ("after" = Option<i64>, Query, description = "Where to go on: from the link `next`"),
        ("limit" = Option<u32>, Query, description = "No more rows than this", minimum = 1, maximum = 1000),
    ),
    responses(
        (status = 200, description = "A page", body = Audit),
        (status = 400, description = "A parameter is wrong; it is named", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn audit(
    State(app): State<Arc<App>>,
    RawQuery(query): RawQuery,
) -> Result<Response, Told> {
    let parameters = Parameters::of(query.as_deref(), &["after", "limit"])?;
    let limit = parameters.read("limit", |given| question::number(given, 1, 1_000))?.unwrap_or(100);
    let after = parameters.read("after", |given| {
        given.parse::<i64>().map_err(|_| Misread {
            message: format!("\"{given}\" is no place in this list"),
            hint: "follow the link `next` of a page".into(),
        })
    })?;
    let mut rows = app.read(move |_, ledger| Ok(ledger.accesses(after, limit + 1)?)).await?;
    let more = rows.len() > limit as usize;
    rows.truncate(limit as usize);
    let last = rows.last().filter(|_| more).map(|last| last.position);
    let next = last.map(|last| format!("/api/v1/audit?limit={limit}&after={last}"));
    Ok(json(&Audit { rows, next })?)
}
