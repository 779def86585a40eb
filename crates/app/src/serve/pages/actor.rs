//! Actors: organisations and forces, what is known of them and what documents say of them.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, RawQuery, State};
use axum::http::HeaderMap;
use axum::response::Response;
use engine::Knowledge;
use engine::actor::Validity;

use super::event::missing;
use super::frame::{EventRow, Frame, Section, actor_link};
use super::mapped::Mapped;
use super::over_time::{Timeline, over_time};
use crate::serve::answer::{answer, html};
use crate::serve::api::after;
use crate::serve::app::App;
use crate::serve::draw::{grouped, toll};
use crate::serve::links;
use crate::serve::parameters::Parameters;
use crate::serve::refusal::{Refusal, Shown};
use crate::serve::words::{ENGLISH, Words};
use crate::store::Ledger;
use crate::store::browse::{ActorLine, RelationFilter};
use crate::store::search::{Filter, Sort};
use crate::store::seek::Rows;

/// How many actors, events and relations a page lists.
const MOST_ACTORS: usize = 200;
const MOST_EVENTS: usize = 20;
const MOST_RELATIONS: u32 = 100;

#[derive(Template)]
#[template(path = "actors.html")]
struct Actors {
    w: &'static Words,
    frame: Frame,
    rows: Vec<Row>,
    next: Option<String>,
}

struct Row {
    name: String,
    href: String,
    sort: String,
    events: String,
    as_perpetrator: String,
    as_target: String,
    first_day: String,
    last_day: String,
}

#[derive(Template)]
#[template(path = "actor.html")]
struct Actor {
    w: &'static Words,
    frame: Frame,
    sort: String,
    countries: Vec<(String, String)>,
    parent: Option<(String, String)>,
    period: String,
    source: String,
    names: Vec<(String, u64)>,
    known: Vec<Tie>,
    claimed: Vec<Claimed>,
    events: String,
    killed: String,
    timeline: Timeline,
    map: Mapped,
    rows: Vec<EventRow>,
    all: String,
}

/// A relation that is known beforehand.
struct Tie {
    relation: String,
    object: String,
    href: Option<String>,
    period: String,
    source: String,
}

/// A relation that a document states.
struct Claimed {
    subject: String,
    relation: String,
    object: String,
    how: String,
    by: String,
    document: String,
    source: String,
}

/// `GET /actors`
pub(super) async fn list(
    State(app): State<Arc<App>>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Shown> {
    let parameters = Parameters::of(query.as_deref(), &["after"])?;
    Ok(answer(app, &headers, move |app, ledger| read_list(app, ledger, &parameters)).await?)
}

fn read_list(app: &App, ledger: &Ledger, parameters: &Parameters) -> Result<Response, Refusal> {
    let w = &ENGLISH;
    let after = after(parameters, ActorLine::of_mark)?;
    let mut rows = ledger.actors(after.as_ref(), MOST_ACTORS + 1)?;
    let more = rows.len() > MOST_ACTORS;
    rows.truncate(MOST_ACTORS);
    let next = rows.last().filter(|_| more).map(ActorLine::mark);
    let row = |line: ActorLine| {
        let actor = app.known.actors.find(&line.id);
        Row {
            name: actor.map_or_else(|| line.id.clone(), |actor| actor.name.to_owned()),
            href: links::actor(&line.id),
            sort: actor.map(|actor| actor.sort.as_str().replace('_', " ")).unwrap_or_default(),
            events: grouped(line.events),
            as_perpetrator: grouped(line.as_perpetrator),
            as_target: grouped(line.as_target),
            first_day: line.first_day.unwrap_or_default(),
            last_day: line.last_day.unwrap_or_default(),
        }
    };
    html(&Actors {
        w,
        frame: Frame::of(app, ledger, w.actors_title, Section::Actors)?
            .with_json("/api/v1/actors".to_owned()),
        rows: rows.into_iter().map(row).collect(),
        next: next.map(|mark| links::list("/actors", &[("after", &mark.written())])),
    })
}

/// `GET /actors/{id}`
pub(super) async fn page(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Shown> {
    Parameters::of(query.as_deref(), &[])?;
    Ok(answer(app, &headers, move |app, ledger| read(app, ledger, &id)).await?)
}

fn read(app: &App, ledger: &Ledger, id: &str) -> Result<Response, Refusal> {
    let w = &ENGLISH;
    let known = &app.known;
    let actor = known.actors.find(id).ok_or_else(|| missing("actor", id))?;
    let filter = Filter { actor_id: Some(id.to_owned()), ..Filter::attacks() };
    let sums = ledger.sums(&filter)?;
    let total = sums.total();
    let page = ledger.page(Rows::Events, &filter, Sort::Day, None, MOST_EVENTS)?;
    let claimed = RelationFilter { actor: Some(id.to_owned()), relation: None };
    let claimed =
        ledger.relations(&claimed, None, MOST_RELATIONS)?.into_iter().map(|line| Claimed {
            subject: line.subject,
            relation: line.relation.replace('_', " "),
            object: line.object,
            how: if line.assertion == "asserted" { String::new() } else { line.assertion },
            by: line.speakers.unwrap_or_default(),
            document: format!("/documents/{}", line.document),
            source: [line.outlet, line.published]
                .into_iter()
                .flatten()
                .collect::<Vec<_>>()
                .join(", "),
        });
    let asked = [("actor", id)];
    let ties = known.relations.of(id).iter().map(|relation| Tie {
        relation: relation.kind.as_str().replace('_', " "),
        object: object(known, relation.object),
        href: actor_link(known, relation.object).map(|(_, href)| href),
        period: period(relation.when, w),
        source: relation.source.to_owned(),
    });
    html(&Actor {
        w,
        frame: Frame::of(app, ledger, actor.name, Section::Actors)?
            .with_json(format!("/api/v1/actors/{id}")),
        sort: actor.sort.as_str().replace('_', " "),
        countries: actor
            .countries
            .iter()
            .map(|code| (known.geography.name(code).to_owned(), links::place(code, None)))
            .collect(),
        parent: actor.parent.map(|parent| {
            actor_link(known, parent).unwrap_or_else(|| (parent.to_owned(), links::actor(parent)))
        }),
        period: period(actor.when, w),
        source: actor.source.to_owned(),
        names: ledger.names_of(id)?,
        known: ties.collect(),
        claimed: claimed.collect(),
        events: grouped(total.events),
        killed: toll(&total),
        timeline: over_time(&sums, w, &asked, [None, None]),
        map: Mapped::of(ledger, &filter, known, w, &asked)?,
        rows: page.lines.iter().map(|line| EventRow::of(line, known)).collect(),
        all: links::list("/events", &[("actor", id)]),
    })
}

/// An actor, a country or a place by its name.
fn object(known: &Knowledge, object: &str) -> String {
    let actor = known.actors.find(object).map(|actor| actor.name.to_owned());
    actor.unwrap_or_else(|| known.geography.name(object).to_owned())
}

fn period(when: Validity, w: &Words) -> String {
    match (when.from, when.to) {
        (Some(from), Some(to)) => format!("{from} – {to}"),
        (Some(from), None) => format!("{} {from}", w.since),
        (None, Some(to)) => format!("{} {to}", w.until),
        (None, None) => String::new(),
    }
}
