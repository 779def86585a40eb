//! The API: the record for programs, with the filters of the pages.
//!
//! Each route carries its own description, and a router that knows both makes the document of `OpenAPI`,
//! so no route can be without one. Answers are what the command line prints with `--json`.

mod bodies;
mod events;
mod judgements;
mod others;
mod schema;
mod spots;
mod statistics;
mod stream;

use std::sync::Arc;

use axum::Router;
use axum::http::header;
use axum::routing::get;
use engine::ontology::{Kind, Mode, Tie};
use serde_json::{Map, Value, json};
use utoipa::OpenApi;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::app::App;
use super::refusal::{Problem, Refusal, Told};
use crate::question::SORTS;

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
    let description = with_terms(description).to_string();
    router
        .route(
            "/openapi.json",
            get(async move || ([(header::CONTENT_TYPE, "application/json")], description)),
        )
        .fallback(async || Told(Refusal::NoPage))
        .method_not_allowed_fallback(async || Told(Refusal::OnlyRead))
}

/// The description with the closed lists, which the engine has and no attribute can name.
fn with_terms(description: utoipa::openapi::OpenApi) -> Value {
    let mut description = serde_json::to_value(description).unwrap_or_default();
    let paths = description.get_mut("paths").and_then(Value::as_object_mut);
    let routes = paths.into_iter().flat_map(Map::values_mut).filter_map(|path| path.get_mut("get"));
    let parameters = routes.filter_map(|get| get.get_mut("parameters")?.as_array_mut()).flatten();
    for parameter in parameters {
        let terms: Vec<&str> = match parameter.get("name").and_then(Value::as_str) {
            Some("kind") => Kind::ALL.iter().map(|kind| kind.as_str()).collect(),
            Some("mode") => Mode::ALL.iter().map(|mode| mode.as_str()).collect(),
            Some("relation") => Tie::ALL.iter().map(|tie| tie.as_str()).collect(),
            Some("sort") => SORTS.iter().map(|(name, _)| *name).collect(),
            Some("format") => vec!["json", "csv", "jsonl", "geojson"],
            _ => continue,
        };
        if let Some(Value::Object(schema)) = parameter.get_mut("schema") {
            schema.insert("enum".to_owned(), json!(terms));
            schema.insert("type".to_owned(), json!("string"));
        }
    }
    description
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
        .routes(routes!(spots::spots))
        .routes(routes!(statistics::statistics))
        .routes(routes!(judgements::judgements))
}
