//! The API: the record for programs, with the filters of the pages.
//!
//! Each route carries its own description, and a router that knows both makes the document of `OpenAPI`,
//! so no route can be without one. Answers are what the command line prints with `--json`.

mod bodies;
mod events;
mod ingest;
mod judgements;
mod news;
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
use super::past;
use super::refusal::{Problem, Refusal, Told};
use crate::export::{Form, view_names};
use crate::question::SORTS;
use crate::store::news::NewsLine;
pub(super) use ingest::address;

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Tocsin",
        description = "The record of political violence in one ledger: events, the reports that they \
are put together from, the documents that say so. What is recorded cannot be changed, only added to. An absent key means that \
no text says. Lists are paged: follow `next` until it is absent. Every answer has an ETag that \
changes with the position of the ledger."
    ),
    servers((url = "/api/v1")),
    components(schemas(Problem, schema::Row, NewsLine))
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
    with_access(&mut description);
    let paths = description.get_mut("paths").and_then(Value::as_object_mut);
    let routes = paths.into_iter().flat_map(Map::values_mut).filter_map(|path| path.get_mut("get"));
    let parameters = routes.filter_map(|get| get.get_mut("parameters")?.as_array_mut()).flatten();
    for parameter in parameters {
        let terms: Vec<&str> = match parameter.get("name").and_then(Value::as_str) {
            Some("kind") => Kind::ALL.iter().map(|kind| kind.as_str()).collect(),
            Some("mode") => Mode::ALL.iter().map(|mode| mode.as_str()).collect(),
            Some("relation") => Tie::ALL.iter().map(|tie| tie.as_str()).collect(),
            Some("sort") => SORTS.iter().map(|(name, _)| *name).collect(),
            Some("format") => {
                ["json"].into_iter().chain(Form::ALL.into_iter().map(Form::name)).collect()
            }
            Some("columns") => view_names(),
            Some(name) => {
                let (form, is_place) = (form_of(name), name == "after");
                if let (Some(Value::Object(schema)), Value::Object(form)) =
                    (parameter.get_mut("schema"), form)
                {
                    // Places of lists that are numbers have their bounds already.
                    if !is_place || !schema.contains_key("minimum") {
                        schema.extend(form);
                    }
                }
                let is_asked = parameter.get("in").and_then(Value::as_str) == Some("query");
                let schema = parameter.get_mut("schema").filter(|schema| is_number(schema));
                if let Some(schema) = schema.filter(|_| is_asked) {
                    let number = schema.take();
                    *schema = json!({"anyOf": [number, {"type": "string", "maxLength": 0}]});
                }
                continue;
            }
            None => continue,
        };
        if let Some(Value::Object(schema)) = parameter.get_mut("schema") {
            // What forms send empty was not given.
            let terms: Vec<&str> = [""].into_iter().chain(terms).collect();
            schema.insert("enum".to_owned(), json!(terms));
            schema.insert("type".to_owned(), json!("string"));
        }
    }
    description
}

/// Whether a schema is of a number.
fn is_number(schema: &Value) -> bool {
    let is = |sort: &Value| matches!(sort.as_str(), Some("integer" | "number"));
    match schema.get("type") {
        Some(Value::Array(sorts)) => sorts.iter().any(is),
        Some(sort) => is(sort),
        None => false,
    }
}

/// What a parameter of this name looks like, as far as that can be said in a schema.
fn form_of(name: &str) -> Value {
    match name {
        "from" | "to" => json!({"anyOf": [{"format": "date"}, {"maxLength": 0}]}),
        "q" => json!({"minLength": 1}),
        "after" => json!({"pattern": "^([0-9a-f][0-9a-f])*$"}),
        "all" | "hxl" => json!({"enum": ["", "0", "1", "false", "true"], "type": "string"}),
        "near" => json!({
            "pattern": r"^(-?[0-8]?[0-9](\.[0-9]+)?,-?(1[0-7]|[0-9])?[0-9](\.[0-9]+)?)?$",
        }),
        _ => Value::Null,
    }
}

/// The description with what every route has: the position of the past, the token, and what is
/// answered to those who are not let in.
fn with_access(description: &mut Value) {
    let problem = |words: &str| {
        let schema = json!({"$ref": "#/components/schemas/Problem"});
        json!({"description": words, "content": {"application/problem+json": {"schema": schema}}})
    };
    if let Some(components) = description.get_mut("components").and_then(Value::as_object_mut) {
        let token =
            json!({"type": "http", "scheme": "bearer", "description": "From `tocsin token add`"});
        components.insert("securitySchemes".to_owned(), json!({"token": token}));
    }
    if let Some(whole) = description.as_object_mut() {
        whole.insert("security".to_owned(), json!([{}, {"token": []}]));
    }
    let paths = description.get_mut("paths").and_then(Value::as_object_mut);
    for (path, item) in paths.into_iter().flatten() {
        for (method, route) in item.as_object_mut().into_iter().flatten() {
            any_bytes(route);
            if let Some(answers) = route.get_mut("responses").and_then(Value::as_object_mut) {
                answers.insert("401".to_owned(), problem("Nobody is signed in"));
                answers.insert("403".to_owned(), problem("Whoever asks may not do that"));
                answers.entry("429").or_insert(problem("That is too often"));
            }
            if method != "get" || past::is_only_now(&format!("/api/v1{path}")) {
                continue;
            }
            let at = json!({
                "name": past::AT, "in": "query", "required": false,
                "description": "As it was at this position of the ledger; 0 is before the first entry",
                "schema": {"type": "integer", "minimum": 0},
            });
            if let Some(route) = route.as_object_mut() {
                let parameters = route.entry("parameters").or_insert_with(|| json!([]));
                parameters.as_array_mut().into_iter().for_each(|all| all.push(at.clone()));
                if let Some(answers) = route.get_mut("responses").and_then(Value::as_object_mut) {
                    let folding = problem("That past is being put together: ask again");
                    answers.entry("503").or_insert(folding);
                    let missing = problem("The ledger has no such position");
                    answers.entry("404").or_insert(missing);
                }
            }
        }
    }
}

/// What is sent as text may be any bytes: that they are no news is said by the job, so no schema
/// holds for them.
fn any_bytes(route: &mut Value) {
    let content = route.pointer_mut("/requestBody/content").and_then(Value::as_object_mut);
    for (media, described) in content.into_iter().flatten() {
        if let Some(described) = described.as_object_mut().filter(|_| media != "application/json") {
            described.remove("schema");
        }
    }
}

fn described() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::with_openapi(Described::openapi())
        .routes(routes!(events::events))
        .routes(routes!(events::event))
        .routes(routes!(events::reports))
        .routes(routes!(events::report))
        .routes(routes!(others::documents, ingest::send))
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
        .routes(routes!(judgements::judgements, judgements::judge))
        .routes(routes!(ingest::feed))
        .routes(routes!(ingest::jobs))
        .routes(routes!(ingest::job))
        .routes(routes!(news::stream))
        .routes(routes!(news::audit))
}
