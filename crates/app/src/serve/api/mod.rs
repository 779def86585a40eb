//! The API: the record for programs, with the filters of the pages.
//!
//! Each route carries its own description, and a router that knows both makes the document of `OpenAPI`,
//! so no route can be without one. Answers are what the command line prints with `--json`.

mod events;
mod others;
mod schema;
mod statistics;
mod stream;

use std::sync::Arc;

use axum::Router;
use axum::http::header;
use axum::routing::get;
use utoipa::OpenApi;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::app::App;
use super::refusal::{Problem, Refusal, Told};

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Tocsin",
        description = "The record of political violence in one ledger: events, the reports that they \
are put together from, the documents that say so. Nothing can be changed. An absent key means that \
no text says. Lists are paged: follow `next` until it is absent. Every answer has an ETag that \
changes with the position of the ledger."
    ),
    servers((url = "/api/v1")),
    components(schemas(Problem, schema::Row))
)]
struct Described;

/// The routes below `/api/v1`.
pub(super) fn routes() -> Router<Arc<App>> {
    let (router, description) = described().split_for_parts();
    let description = description.to_json().unwrap_or_default();
    router
        .route(
            "/openapi.json",
            get(async move || ([(header::CONTENT_TYPE, "application/json")], description)),
        )
        .fallback(async || Told(Refusal::NoPage))
        .method_not_allowed_fallback(async || Told(Refusal::OnlyRead))
}

fn described() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::with_openapi(Described::openapi())
        .routes(routes!(events::events))
        .routes(routes!(events::event))
        .routes(routes!(events::reports))
        .routes(routes!(events::report))
        .routes(routes!(others::documents))
        .routes(routes!(others::document))
        .routes(routes!(others::actors))
        .routes(routes!(others::actor))
        .routes(routes!(others::places))
        .routes(routes!(others::relations))
        .routes(routes!(others::relation))
        .routes(routes!(others::sources))
        .routes(routes!(others::search))
        .routes(routes!(statistics::statistics))
}
