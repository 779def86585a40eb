//! Documents, actors, places, relations, sources, and one search over all.

use std::sync::Arc;

use axum::extract::{Path, RawQuery, State};
use axum::http::HeaderMap;
use axum::response::Response;
use engine::fold::fold_phrase;
use engine::view::RelationView;
use serde::Serialize;
use utoipa::ToSchema;

use super::bodies;
use super::schema::Row;
use crate::export::columns::Object;
use crate::question::{self, Misread};
use crate::render;
use crate::serve::answer::{answer, json};
use crate::serve::app::App;
use crate::serve::links;
use crate::serve::pages::document::kept;
use crate::serve::pages::event::missing;
use crate::serve::pages::sources::asked;
use crate::serve::parameters::Parameters;
use crate::serve::refusal::{Problem, Refusal, Told};
use crate::store::Ledger;
use crate::store::browse::{
    ActorLine, DocumentLine, PlaceLine, RelationFilter, RelationLine, SourceLine,
};
use crate::store::search::{Filter, Sort};
use crate::store::seek::Rows;

/// How many rows a page has, if nothing is asked.
const ROWS: u32 = 100;
/// How many of each sort a search finds.
const FOUND: usize = 20;

/// Rows, and the address of the next ones.
#[derive(Serialize, ToSchema)]
struct List<T: ToSchema> {
    rows: Vec<T>,
    /// The address of the next page.
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
}

impl<T: ToSchema> List<T> {
    /// A page of at most `limit` of these rows, of which one more was read. `after` gives the
    /// parameter with which the next page begins.
    fn page(
        mut rows: Vec<T>,
        limit: u32,
        path: &str,
        parameters: &Parameters,
        after: impl Fn(&T) -> (&'static str, String),
    ) -> Self {
        let more = rows.len() > limit as usize;
        rows.truncate(limit as usize);
        let next = rows.last().filter(|_| more).map(|last| {
            let (name, value) = after(last);
            let mut pairs = parameters.without(&[name]);
            pairs.push((name, &value));
            links::list(path, &pairs)
        });
        Self { rows, next }
    }
}

fn limit(parameters: &Parameters) -> Result<u32, Refusal> {
    Ok(parameters.read("limit", |given| question::number(given, 1, 1_000))?.unwrap_or(ROWS))
}

/// Documents, the latest read first
#[utoipa::path(
    get,
    path = "/documents",
    params(
        ("outlet" = Option<String>, Query, description = "Of this outlet, or of this host where the outlet is not known"),
        ("text" = Option<String>, Query, description = "With these words, in the language of FTS5"),
        ("after" = Option<i64>, Query, description = "Where to go on: from the link `next`", minimum = 0),
        ("limit" = Option<u32>, Query, description = "No more rows than this", minimum = 1, maximum = 1000),
    ),
    responses(
        (status = 200, description = "A page", body = List<DocumentLine>),
        (status = 304, description = "Nothing new since the ETag that was given"),
        (status = 400, description = "A parameter is wrong; it is named", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn documents(
    State(app): State<Arc<App>>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Told> {
    let parameters = Parameters::of(query.as_deref(), &["outlet", "text", "after", "limit"])?;
    let read = move |_: &App, ledger: &Ledger| {
        let (text, after) = asked(&parameters, ledger)?;
        let limit = limit(&parameters)?;
        let rows = ledger.documents(parameters.get("outlet"), text.as_deref(), after, limit + 1)?;
        let next = |last: &DocumentLine| ("after", last.seq.to_string());
        json(&List::page(rows, limit, "/api/v1/documents", &parameters, next))
    };
    Ok(answer(app, &headers, read).await?)
}

/// A document with its text, its reports and its relations
#[utoipa::path(
    get,
    path = "/documents/{id}",
    params(("id" = String, Path, description = "The id, or a beginning of it that nothing else has")),
    responses(
        (status = 200, description = "As `tocsin show --json` prints it", body = bodies::Kept),
        (status = 304, description = "Nothing new since the ETag that was given"),
        (status = 400, description = "There are no parameters here", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "There is no such document", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn document(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Told> {
    Parameters::of(query.as_deref(), &[])?;
    let read = move |app: &App, ledger: &Ledger| {
        json(&render::json::document(&kept(ledger, &id)?.1, &app.known))
    };
    Ok(answer(app, &headers, read).await?)
}

/// Actors that are parties of attacks, those of most attacks first
#[utoipa::path(
    get,
    path = "/actors",
    params(
        ("after" = Option<String>, Query, description = "Where to go on: from the link `next`"),
        ("limit" = Option<u32>, Query, description = "No more rows than this", minimum = 1, maximum = 1000),
    ),
    responses(
        (status = 200, description = "A page", body = List<ActorLine>),
        (status = 304, description = "Nothing new since the ETag that was given"),
        (status = 400, description = "A parameter is wrong; it is named", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn actors(
    State(app): State<Arc<App>>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Told> {
    let parameters = Parameters::of(query.as_deref(), &["after", "limit"])?;
    let read = move |_: &App, ledger: &Ledger| {
        let after = parameters.place_in_list(ActorLine::of_mark)?;
        let limit = limit(&parameters)?;
        let rows = ledger.actors(after.as_ref(), limit as usize + 1)?;
        let next = |last: &ActorLine| ("after", last.mark().written());
        json(&List::page(rows, limit, "/api/v1/actors", &parameters, next))
    };
    Ok(answer(app, &headers, read).await?)
}

/// An actor: what is known beforehand, and its names in the documents.
#[derive(Serialize, ToSchema)]
struct Actor {
    id: String,
    name: String,
    sort: String,
    /// ISO 3166-1 alpha-2.
    countries: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    parent: Option<String>,
    /// The first day of its existence.
    #[serde(skip_serializing_if = "Option::is_none")]
    from: Option<String>,
    /// The last one.
    #[serde(skip_serializing_if = "Option::is_none")]
    to: Option<String>,
    /// Where this is from.
    source: String,
    /// Whether a person has gone over it.
    reviewed: bool,
    /// The words that documents have for it.
    names: Vec<Name>,
    /// What it is known to be to others.
    relations: Vec<Known>,
    /// Its events.
    events: String,
}

/// A name, and how often it is used.
#[derive(Serialize, ToSchema)]
struct Name {
    name: String,
    parties: u64,
}

/// A relation that is known beforehand.
#[derive(Serialize, ToSchema)]
struct Known {
    relation: String,
    object: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    from: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    to: Option<String>,
    source: String,
}

/// An actor
#[utoipa::path(
    get,
    path = "/actors/{id}",
    params(("id" = String, Path, description = "The id, such as isis-khorasan")),
    responses(
        (status = 200, description = "What is known of it", body = Actor),
        (status = 304, description = "Nothing new since the ETag that was given"),
        (status = 400, description = "There are no parameters here", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "There is no such actor", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn actor(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Told> {
    Parameters::of(query.as_deref(), &[])?;
    let read = move |app: &App, ledger: &Ledger| {
        let actor = app.known.actors.find(&id).ok_or_else(|| missing("actor", &id))?;
        let day = |day: Option<jiff::civil::Date>| day.map(|day| day.to_string());
        let names = ledger.names_of(&id)?.into_iter();
        let relations = app.known.relations.of(&id).iter().map(|relation| Known {
            relation: relation.kind.as_str().to_owned(),
            object: relation.object.to_owned(),
            from: day(relation.when.from),
            to: day(relation.when.to),
            source: relation.source.to_owned(),
        });
        json(&Actor {
            name: actor.name.to_owned(),
            sort: actor.sort.as_str().to_owned(),
            countries: actor.countries.iter().map(|&code| code.to_owned()).collect(),
            parent: actor.parent.map(str::to_owned),
            from: day(actor.when.from),
            to: day(actor.when.to),
            source: actor.source.to_owned(),
            reviewed: actor.reviewed,
            names: names.map(|(name, parties)| Name { name, parties }).collect(),
            relations: relations.collect(),
            events: links::list("/api/v1/events", &[("actor", &id)]),
            id,
        })
    };
    Ok(answer(app, &headers, read).await?)
}

/// Places of attacks, those of most attacks first
#[utoipa::path(
    get,
    path = "/places",
    params(
        ("country" = Option<String>, Query, description = "In this country, by its name or its two letters"),
        ("after" = Option<String>, Query, description = "Where to go on: from the link `next`"),
        ("limit" = Option<u32>, Query, description = "No more rows than this", minimum = 1, maximum = 1000),
    ),
    responses(
        (status = 200, description = "A page", body = List<PlaceLine>),
        (status = 304, description = "Nothing new since the ETag that was given"),
        (status = 400, description = "A parameter is wrong; it is named", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn places(
    State(app): State<Arc<App>>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Told> {
    let parameters = Parameters::of(query.as_deref(), &["country", "after", "limit"])?;
    let read = move |app: &App, ledger: &Ledger| {
        let country = parameters.read("country", |given| question::country(&app.known, given))?;
        let after = parameters.place_in_list(PlaceLine::of_mark)?;
        let limit = limit(&parameters)?;
        let filter = Filter { country, ..Filter::attacks() };
        let rows = ledger.places(&filter, after.as_ref(), limit as usize + 1)?;
        let next = |last: &PlaceLine| ("after", last.mark().written());
        json(&List::page(rows, limit, "/api/v1/places", &parameters, next))
    };
    Ok(answer(app, &headers, read).await?)
}

/// Relations between actors, and of actors to places, as documents state them
#[utoipa::path(
    get,
    path = "/relations",
    params(
        ("actor" = Option<String>, Query, description = "Of the actor with this id, at either end"),
        ("relation" = Option<String>, Query, description = "Of this sort: offshoot_of, ally_of, based_in …"),
        ("after" = Option<i64>, Query, description = "Where to go on: from the link `next`", minimum = 0),
        ("limit" = Option<u32>, Query, description = "No more rows than this", minimum = 1, maximum = 1000),
    ),
    responses(
        (status = 200, description = "A page", body = List<RelationLine>),
        (status = 304, description = "Nothing new since the ETag that was given"),
        (status = 400, description = "A parameter is wrong; it is named", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn relations(
    State(app): State<Arc<App>>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Told> {
    let parameters = Parameters::of(query.as_deref(), &["actor", "relation", "after", "limit"])?;
    let read = move |_: &App, ledger: &Ledger| {
        let (_, after) = asked(&parameters, ledger)?;
        let filter = RelationFilter {
            actor: parameters.get("actor").map(str::to_owned),
            relation: parameters.read("relation", question::tie)?,
        };
        let limit = limit(&parameters)?;
        let rows = ledger.relations(&filter, after, limit + 1)?;
        let next = |last: &RelationLine| ("after", last.row.to_string());
        json(&List::page(rows, limit, "/api/v1/relations", &parameters, next))
    };
    Ok(answer(app, &headers, read).await?)
}

/// A relation with its evidence
#[utoipa::path(
    get,
    path = "/relations/{row}",
    params(("row" = i64, Path, description = "The row that the list gives")),
    responses(
        (status = 200, description = "As `tocsin code --json` prints it", body = bodies::Relation),
        (status = 304, description = "Nothing new since the ETag that was given"),
        (status = 400, description = "There are no parameters here", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "There is no such relation", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn relation(
    State(app): State<Arc<App>>,
    Path(row): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Told> {
    Parameters::of(query.as_deref(), &[])?;
    let read = move |app: &App, ledger: &Ledger| {
        let known = row.parse().ok().filter(|row| *row > 0);
        let found =
            known.map(|row: i64| ledger.relations(&RelationFilter::default(), Some(row - 1), 1));
        let line = found.transpose()?.and_then(|mut found| found.pop());
        let line = line.filter(|line| known == Some(line.row));
        let line = line.ok_or_else(|| missing("relation", &row))?;
        let (relation, document, build) = ledger.relation(line.row)?;
        let mut view = RelationView::of(&relation, &document, &app.known);
        view.made_by = build;
        json(&view)
    };
    Ok(answer(app, &headers, read).await?)
}

/// Outlets, those of most documents first
#[utoipa::path(
    get,
    path = "/sources",
    responses(
        (status = 200, description = "All of them", body = List<SourceLine>),
        (status = 304, description = "Nothing new since the ETag that was given"),
        (status = 400, description = "There are no parameters here", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn sources(
    State(app): State<Arc<App>>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Told> {
    Parameters::of(query.as_deref(), &[])?;
    let read = |_: &App, ledger: &Ledger| json(&List { rows: ledger.sources()?, next: None });
    Ok(answer(app, &headers, read).await?)
}

/// What a search finds, some of each sort.
#[derive(Serialize, ToSchema)]
struct Found<'a> {
    /// Events of documents with these words.
    #[schema(value_type = Vec<Row>)]
    events: Vec<Object<'a>>,
    /// Documents with these words.
    documents: Vec<DocumentLine>,
    /// Actors with this in their names or ids.
    actors: Vec<ActorLine>,
    /// Places with this in their names.
    places: Vec<PlaceLine>,
}

/// Events, documents, actors and places by words
#[utoipa::path(
    get,
    path = "/search",
    params(("q" = String, Query, description = "Words, in the language of FTS5; or a part of a name")),
    responses(
        (status = 200, description = "Some of each sort", body = Found<'static>),
        (status = 304, description = "Nothing new since the ETag that was given"),
        (status = 400, description = "A parameter is wrong; it is named", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn search(
    State(app): State<Arc<App>>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Told> {
    let parameters = Parameters::of(query.as_deref(), &["q"])?;
    Ok(answer(app, &headers, move |app, ledger| found(app, ledger, &parameters)).await?)
}

fn found(app: &App, ledger: &Ledger, parameters: &Parameters) -> Result<Response, Refusal> {
    let text = parameters.read("q", |typed| {
        let words = question::words(typed);
        match ledger.verify_text(&words) {
            Ok(()) => Ok(words),
            Err(what) => Err(question::no_query(typed, &what)),
        }
    })?;
    let Some(text) = text else {
        let why = Misread { message: "nothing is looked for".into(), hint: "give words".into() };
        return Err(Refusal::Misread { parameter: "q".into(), why });
    };
    let name = fold_phrase(parameters.get("q").unwrap_or_default());
    let filter = Filter { text: Some(text.clone()), ..Filter::attacks() };
    let events = ledger.page(Rows::Events, &filter, Sort::Day, None, FOUND)?;
    let known = &app.known;
    let of_actor = |line: &ActorLine| {
        let actor = known.actors.find(&line.id).map_or("", |actor| actor.name);
        lines([&line.id.replace('-', " "), actor])
    };
    let of_place = |line: &PlaceLine| {
        let [place, area] = [&line.place, &line.admin1].map(|name| name.as_deref().unwrap_or(""));
        lines([place, area, known.geography.name(&line.country)])
    };
    let (actors, places) = ledger.named(&name, FOUND, (&of_actor, &of_place))?;
    json(&Found {
        events: events.lines.iter().map(|line| Object { line, known }).collect(),
        documents: ledger.documents(None, Some(&text), None, FOUND as u32)?,
        actors,
        places,
    })
}

/// Names as they are compared, a line each.
fn lines<const N: usize>(names: [&str; N]) -> String {
    names.map(fold_phrase).join("\n")
}
