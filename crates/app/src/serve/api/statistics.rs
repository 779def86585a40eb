//! Sums over a selection.

use std::sync::Arc;

use axum::extract::{RawQuery, State};
use axum::http::HeaderMap;
use axum::response::Response;
use serde::Serialize;
use utoipa::ToSchema;

use super::schema::OfSelection;
use crate::serve::answer::{answer, json};
use crate::serve::app::App;
use crate::serve::parameters::{OF_SELECTION, Parameters};
use crate::serve::refusal::{Problem, Refusal, Told};
use crate::store::Ledger;
use crate::store::seek::Rows;
use crate::store::tally::{By, Tally};

/// Sums over a selection. Campaigns told as one are left out: their sums hold what is counted
/// singly too.
#[derive(Serialize, ToSchema)]
struct Statistics {
    /// The position of the ledger that this was read at.
    position: i64,
    /// When the last entry was made.
    #[serde(skip_serializing_if = "Option::is_none")]
    last_entry: Option<String>,
    /// All documents of the ledger, whatever is selected.
    documents: u64,
    /// All reports of the ledger, whatever is selected.
    reports: u64,
    total: Tally,
    by_country: Vec<Tally>,
    by_kind: Vec<Tally>,
    by_mode: Vec<Tally>,
    by_month: Vec<Tally>,
}

/// How many events, and how many killed, by country, kind, mode and month
#[utoipa::path(
    get,
    path = "/statistics",
    params(OfSelection),
    responses(
        (status = 200, description = "The sums; order and paging have no effect", body = Statistics),
        (status = 304, description = "Nothing new since the ETag that was given"),
        (status = 400, description = "A parameter is wrong; it is named", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn statistics(
    State(app): State<Arc<App>>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Told> {
    let parameters = Parameters::of(query.as_deref(), &OF_SELECTION)?;
    Ok(answer(app, &headers, move |app, ledger| read(app, ledger, &parameters)).await?)
}

fn read(app: &App, ledger: &Ledger, parameters: &Parameters) -> Result<Response, Refusal> {
    let filter = parameters.selection(Rows::Events, &app.known, ledger)?.filter;
    let sums = ledger.sums(&filter)?;
    let (documents, reports) = ledger.sizes()?;
    json(&Statistics {
        position: ledger.position()?,
        last_entry: ledger.last_entry()?,
        documents,
        reports,
        total: sums.total(),
        by_country: sums.by(By::Country),
        by_kind: sums.by(By::Kind),
        by_mode: sums.by(By::Mode),
        by_month: sums.by(By::Month),
    })
}
