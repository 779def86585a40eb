//! What reviewers judged, and judging.

use std::sync::Arc;

use axum::extract::{Extension, RawQuery, Request, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use crate::question;
use crate::review::Reviewer;
use crate::review::answer::{Step, answer as step};
use crate::serve::access::Who;
use crate::serve::answer::{answer, json};
use crate::serve::app::App;
use crate::serve::body;
use crate::serve::links;
use crate::serve::pages::sources::asked;
use crate::serve::parameters::Parameters;
use crate::serve::refusal::{Problem, Refusal, Told};
use crate::store::judgement::Kept;
use crate::store::{Ledger, StoreError};

/// How many rows a page has, if nothing is asked.
const ROWS: u32 = 100;

/// A page of judgements.
#[derive(Serialize, ToSchema)]
pub(super) struct JudgementPage {
    #[schema(value_type = Vec<Judgement>)]
    rows: Vec<Value>,
    /// The address of the next page.
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
}

/// What a reviewer said.
#[derive(ToSchema)]
#[expect(dead_code, reason = "only described: `Kept::view` makes the rows")]
struct Judgement {
    /// The entry of the ledger.
    entry: i64,
    at: String,
    reviewer: String,
    /// What was asked: pair, field, correction, report or mark.
    question: String,
    /// The name of the question, which stays when documents are coded anew.
    item: String,
    /// The answer in words.
    answer: String,
    /// The whole of it, as the ledger has it.
    judgement: Value,
    /// What the program said then.
    machine: Option<Value>,
    note: Option<String>,
    /// The entry that took it back.
    undone: Option<i64>,
}

/// Judgements of reviewers, in the order in which they were made, those that were taken back as well
#[utoipa::path(
    get,
    path = "/judgements",
    params(
        ("reviewer" = Option<String>, Query, description = "Of this reviewer"),
        ("after" = Option<i64>, Query, description = "Where to go on: from the link `next`", minimum = 0),
        ("limit" = Option<u32>, Query, description = "No more rows than this", minimum = 1, maximum = 1000),
    ),
    responses(
        (status = 200, description = "A page", body = JudgementPage),
        (status = 304, description = "Nothing new since the ETag that was given"),
        (status = 400, description = "A parameter is wrong; it is named", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn judgements(
    State(app): State<Arc<App>>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Told> {
    let parameters = Parameters::of(query.as_deref(), &["reviewer", "after", "limit"])?;
    let read = move |_: &App, ledger: &Ledger| {
        let number = |given: &str| question::number(given, 1, 1_000);
        let limit = parameters.read("limit", number)?.unwrap_or(ROWS) as usize;
        let (_, after) = asked(&parameters, ledger)?;
        let after = after.unwrap_or(0);
        let reviewer = parameters.get("reviewer");
        let all = ledger.judgements()?;
        let mut rows = all
            .iter()
            .filter(|kept| kept.seq > after && reviewer.is_none_or(|name| name == kept.reviewer));
        let page: Vec<_> = rows.by_ref().take(limit).collect();
        let last = page.last().filter(|_| rows.next().is_some()).map(|kept| kept.seq.to_string());
        let next = last.map(|last| {
            let mut pairs = parameters.without(&["after"]);
            pairs.push(("after", &last));
            links::list("/api/v1/judgements", &pairs)
        });
        json(&JudgementPage { rows: page.into_iter().map(Kept::view).collect(), next })
    };
    Ok(answer(app, &headers, read).await?)
}

/// What a reviewer says.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Said {
    /// A command of `tocsin review` that names what it speaks of: merge ID ID, split REPORT,
    /// reject REPORT, accept REPORT, mark REPORT NOTE, settle EVENT FIELD VALUE, correct REPORT
    /// FIELD VALUE, undo ENTRY.
    #[schema(example = "correct 892914ebcd killed 12+")]
    say: String,
}

/// Where it stands.
#[derive(Serialize, ToSchema)]
struct Noted {
    /// The entry that was made, or of undo that which was taken back.
    entry: i64,
}

/// Judge: an entry of the ledger, signed with the name of the account
///
/// The answer comes when it is safe. It counts before what the program makes out, until it is
/// taken back.
#[utoipa::path(
    post,
    path = "/judgements",
    request_body = Said,
    responses(
        (status = 201, description = "It counts", body = Noted),
        (status = 400, description = "That is no judgement", body = Problem, content_type = "application/problem+json"),
        (status = 408, description = "The body came too slowly", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "The body is too large", body = Problem, content_type = "application/problem+json"),
        (status = 415, description = "The body is not JSON", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "The ledger is being written: ask again", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn judge(
    State(app): State<Arc<App>>,
    Extension(who): Extension<Who>,
    RawQuery(query): RawQuery,
    request: Request,
) -> Result<Response, Told> {
    Parameters::of(query.as_deref(), &[])?;
    let said: Said = body::json(request).await?;
    let judged = app.read(move |_, ledger| step(ledger, None, &said.say).map_err(refused)).await?;
    let reviewer =
        Reviewer { ledger: app.path().to_owned(), name: who.name, at: None, beside: false };
    let write = move |reviewer: &Reviewer| match &judged {
        Step::Judge(judged) => reviewer.judge(judged.clone()),
        Step::Undo(Some(entry)) => reviewer.undo(Some(*entry)),
        _ => Err(anyhow::anyhow!("that judges nothing")),
    };
    let write = move || app.jobs.write(&reviewer, write);
    let written = tokio::task::spawn_blocking(write).await.map_err(|_| Refusal::Broken)?;
    let mut response = json(&Noted { entry: written.map_err(refused)? })?;
    *response.status_mut() = StatusCode::CREATED;
    Ok(response)
}

/// A fault of the ledger is ours, all else is of what was said.
fn refused(error: anyhow::Error) -> Refusal {
    match error.downcast::<StoreError>() {
        Ok(error) => Refusal::Store(error),
        Err(error) => Refusal::NotUnderstood { why: format!("{error:#}") },
    }
}
