//! Places: countries, and the towns and areas in them, with what happened there.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, RawQuery, State};
use axum::http::HeaderMap;
use axum::response::Response;

use super::event::missing;
use super::frame::{EventRow, Frame, Section, SumRow};
use super::mapped::Mapped;
use super::over_time::{Timeline, over_time};
use super::overview::untold;
use crate::serve::answer::{answer, html};
use crate::serve::api::after;
use crate::serve::app::App;
use crate::serve::draw::{bar, grouped, toll};
use crate::serve::links;
use crate::serve::parameters::Parameters;
use crate::serve::refusal::{Refusal, Shown};
use crate::serve::words::{ENGLISH, Words};
use crate::store::Ledger;
use crate::store::browse::PlaceLine;
use crate::store::search::{Filter, Sort};
use crate::store::seek::Rows;

const MOST_PLACES: usize = 200;
const MOST_EVENTS: usize = 30;

#[derive(Template)]
#[template(path = "places.html")]
struct Places {
    w: &'static Words,
    frame: Frame,
    map: Mapped,
    rows: Vec<SumRow>,
    next: Option<String>,
}

#[derive(Template)]
#[template(path = "place.html")]
struct Place {
    w: &'static Words,
    frame: Frame,
    up: Option<(String, String)>,
    events: String,
    killed: String,
    untold: String,
    map: Mapped,
    timeline: Timeline,
    places: Vec<SumRow>,
    rows: Vec<EventRow>,
    all: String,
}

/// `GET /places`
pub(super) async fn list(
    State(app): State<Arc<App>>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Shown> {
    let parameters = Parameters::of(query.as_deref(), &["after"])?;
    let read = move |app: &App, ledger: &Ledger| {
        let w = &ENGLISH;
        let after = after(&parameters, PlaceLine::of_mark)?;
        let mut places = ledger.places(&Filter::attacks(), after.as_ref(), MOST_PLACES + 1)?;
        let more = places.len() > MOST_PLACES;
        places.truncate(MOST_PLACES);
        let next = places.last().filter(|_| more).map(PlaceLine::mark);
        html(&Places {
            w,
            frame: Frame::of(app, ledger, w.places_title, Section::Places)?
                .with_json("/api/v1/places".to_owned()),
            map: Mapped::of(ledger, &Filter::attacks(), &app.known, w, &[])?,
            rows: rows(&places, |place| {
                let name = place.place.as_deref().or(place.admin1.as_deref());
                let country = app.known.geography.name(&place.country);
                name.map_or_else(|| country.to_owned(), |name| format!("{name}, {country}"))
            }),
            next: next.map(|mark| links::list("/places", &[("after", &mark.written())])),
        })
    };
    Ok(answer(app, &headers, read).await?)
}

/// `GET /places/{country}`
pub(super) async fn country(
    State(app): State<Arc<App>>,
    Path(country): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Shown> {
    Parameters::of(query.as_deref(), &[])?;
    Ok(answer(app, &headers, move |app, ledger| read(app, ledger, &country, None)).await?)
}

/// `GET /places/{country}/{place}`
pub(super) async fn page(
    State(app): State<Arc<App>>,
    Path((country, place)): Path<(String, String)>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Shown> {
    Parameters::of(query.as_deref(), &[])?;
    let read = move |app: &App, ledger: &Ledger| read(app, ledger, &country, Some(&place));
    Ok(answer(app, &headers, read).await?)
}

fn read(
    app: &App,
    ledger: &Ledger,
    country: &str,
    place: Option<&str>,
) -> Result<Response, Refusal> {
    let w = &ENGLISH;
    let known = &app.known;
    if known.geography.country(country).is_none() {
        return Err(missing("country", country));
    }
    let filter = Filter {
        country: Some(country.to_owned()),
        place_named: place.map(str::to_owned),
        ..Filter::attacks()
    };
    let sums = ledger.sums(&filter)?;
    let total = sums.total();
    if let Some(place) = place.filter(|_| total.events == 0) {
        return Err(missing("place", place));
    }
    let name = known.geography.name(country).to_owned();
    let places = match place {
        None => ledger.places(&filter, None, MOST_PLACES)?,
        Some(_) => Vec::new(),
    };
    let page = ledger.page(Rows::Events, &filter, Sort::Day, None, MOST_EVENTS)?;
    let asked = [("country", country), ("place", place.unwrap_or_default())];
    html(&Place {
        w,
        frame: Frame::of(app, ledger, place.unwrap_or(&name), Section::Places)?
            .with_json(links::list("/api/v1/events", &asked)),
        up: place.map(|_| (name.clone(), links::place(country, None))),
        events: grouped(total.events),
        killed: toll(&total),
        untold: untold(&total),
        map: Mapped::of(ledger, &filter, known, w, &asked)?,
        timeline: over_time(&sums, w, &asked, [None, None]),
        places: rows(&places, |line| {
            let name = line.place.as_deref().or(line.admin1.as_deref());
            name.unwrap_or(w.not_said).to_owned()
        }),
        rows: page.lines.iter().map(|line| EventRow::of(line, known)).collect(),
        all: links::list("/events", &asked),
    })
}

fn rows(places: &[PlaceLine], name: impl Fn(&PlaceLine) -> String) -> Vec<SumRow> {
    let most = places.iter().map(|p| p.tally.events).max().unwrap_or(1).max(1) as f64;
    let row = |line: &PlaceLine| SumRow {
        name: name(line),
        href: Some(links::place(&line.country, line.place.as_deref().or(line.admin1.as_deref()))),
        events: grouped(line.tally.events),
        killed: toll(&line.tally),
        bar: bar(line.tally.events as f64 / most),
    };
    places.iter().map(row).collect()
}
