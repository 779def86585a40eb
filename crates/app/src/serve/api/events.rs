//! Events and reports.

use std::sync::Arc;

use axum::extract::{Path, RawQuery, State};
use axum::http::HeaderMap;
use axum::response::Response;
use serde::Serialize;
use utoipa::ToSchema;

use super::bodies;
use super::schema::{OfSelection, OfShape, Row};
use super::stream::{shape, stream};
use crate::export::columns::Object;
use crate::render;
use crate::serve::answer::{answer, json};
use crate::serve::app::App;
use crate::serve::links;
use crate::serve::pages::event::{event as event_by, report as report_by};
use crate::serve::parameters::{OF_SELECTION, OF_SHAPE, Parameters};
use crate::serve::refusal::{Problem, Refusal, Told};
use crate::store::Ledger;
use crate::store::seek::Rows;

/// How many rows a page has, if nothing is asked.
const ROWS: u32 = 100;

/// A page of events or reports.
#[derive(Serialize, ToSchema)]
pub(super) struct Page<'a> {
    /// How many pass the filter in all.
    total: u64,
    /// The position of the ledger that this was read at.
    position: i64,
    /// The rows of this page.
    #[schema(value_type = Vec<Row>)]
    rows: Vec<Object<'a>>,
    /// The address of the next page.
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
}

/// Events that have a report that passes the filter
#[utoipa::path(
    get,
    path = "/events",
    params(OfSelection, OfShape),
    responses(
        (status = 200, description = "A page; or, streamed, the whole selection", content(
            (Page<'static> = "application/json"),
            (String = "text/csv"),
            (String = "application/jsonl"),
            (Object = "application/geo+json"),
            (Vec<u8> = "application/vnd.apache.parquet"),
        )),
        (status = 304, description = "Nothing new since the ETag that was given"),
        (status = 400, description = "A parameter is wrong; it is named", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn events(
    State(app): State<Arc<App>>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Told> {
    Ok(list(app, Rows::Events, query, &headers).await?)
}

/// Reports that pass the filter
#[utoipa::path(
    get,
    path = "/reports",
    params(OfSelection, OfShape),
    responses(
        (status = 200, description = "A page; or, streamed, the whole selection", content(
            (Page<'static> = "application/json"),
            (String = "text/csv"),
            (String = "application/jsonl"),
            (Object = "application/geo+json"),
            (Vec<u8> = "application/vnd.apache.parquet"),
        )),
        (status = 304, description = "Nothing new since the ETag that was given"),
        (status = 400, description = "A parameter is wrong; it is named", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn reports(
    State(app): State<Arc<App>>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Told> {
    Ok(list(app, Rows::Reports, query, &headers).await?)
}

async fn list(
    app: Arc<App>,
    rows: Rows,
    query: Option<String>,
    headers: &HeaderMap,
) -> Result<Response, Refusal> {
    let allowed: Vec<&str> = OF_SELECTION.into_iter().chain(OF_SHAPE).collect();
    let parameters = Parameters::of(query.as_deref(), &allowed)?;
    if let Some(shape) = shape(&parameters)? {
        let read = {
            let parameters = parameters.clone();
            move |app: &App, ledger: &Ledger| parameters.selection(rows, &app.known, ledger)
        };
        let selection = app.read(read).await?;
        return stream(app, rows, selection, shape).await;
    }
    answer(app, headers, move |app, ledger| page(app, ledger, rows, &parameters)).await
}

fn page(
    app: &App,
    ledger: &Ledger,
    rows: Rows,
    parameters: &Parameters,
) -> Result<Response, Refusal> {
    let selection = parameters.selection(rows, &app.known, ledger)?;
    let limit = selection.limit.unwrap_or(ROWS) as usize;
    let found =
        ledger.page(rows, &selection.filter, selection.sort, selection.after.as_ref(), limit)?;
    let total = ledger.count_of(rows, &selection.filter)?;
    let path = match rows {
        Rows::Events => "/api/v1/events",
        Rows::Reports => "/api/v1/reports",
    };
    let next = found.next.map(|mark| {
        let word = mark.written();
        let mut pairs = parameters.without(&["after"]);
        pairs.push(("after", &word));
        links::list(path, &pairs)
    });
    let rows = found.lines.iter().map(|line| Object { line, known: &app.known }).collect();
    json(&Page { total, position: ledger.position()?, rows, next })
}

/// An event: each field with all its values and who says so
#[utoipa::path(
    get,
    path = "/events/{id}",
    params(("id" = String, Path, description = "The id, or a beginning of it that nothing else has")),
    responses(
        (status = 200, description = "As `tocsin show --json` prints it", body = bodies::Event),
        (status = 304, description = "Nothing new since the ETag that was given"),
        (status = 400, description = "There are no parameters here", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "There is no such event", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn event(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Told> {
    Parameters::of(query.as_deref(), &[])?;
    Ok(answer(app, &headers, move |_, ledger| json(&event_by(ledger, &id)?)).await?)
}

/// A report: what one document says of one event, with the evidence
#[utoipa::path(
    get,
    path = "/reports/{id}",
    params(("id" = String, Path, description = "The id, or a beginning of it that nothing else has")),
    responses(
        (status = 200, description = "As `tocsin code --json` prints it", body = bodies::Report),
        (status = 304, description = "Nothing new since the ETag that was given"),
        (status = 400, description = "There are no parameters here", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "There is no such report", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn report(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Told> {
    Parameters::of(query.as_deref(), &[])?;
    let read = move |app: &App, ledger: &Ledger| {
        let (_, row) = report_by(ledger, &id)?;
        json(&render::json::report(&ledger.report(row)?, &app.known))
    };
    Ok(answer(app, &headers, read).await?)
}
