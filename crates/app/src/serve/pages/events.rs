//! The list of events: filters in a form, a table, a page at a time. The address is the whole
//! state, so that a view can be cited.

use std::sync::Arc;

use askama::Template;
use axum::extract::{RawQuery, State};
use axum::http::HeaderMap;
use axum::response::Response;
use engine::Knowledge;
use engine::ontology::{Kind, Mode};

use super::facets::{Facet, facets};
use super::frame::{EventRow, Frame, Section, capital};
use super::mapped::Mapped;
use super::over_time::{Timeline, over_time};
use crate::question;
use crate::serve::answer::{answer, html};
use crate::serve::app::App;
use crate::serve::draw::grouped;
use crate::serve::links;
use crate::serve::parameters::{OF_SELECTION, Parameters};
use crate::serve::refusal::{Refusal, Shown};
use crate::serve::words::{ENGLISH, Words};
use crate::store::Ledger;
use crate::store::search::Filter;
use crate::store::seek::Rows;

/// How many rows a page has, if nothing is asked.
const ROWS: u32 = 50;
/// Of more events than this, map, timeline and facets come later: the list does not wait for them.
const MOST_DRAWN: u64 = 1_000;

#[derive(Template)]
#[template(path = "events.html")]
struct Events {
    w: &'static Words,
    frame: Frame,
    given: Given,
    filters: Vec<Chip>,
    rows: Vec<EventRow>,
    n: String,
    is_one: bool,
    next: Option<String>,
    first: Option<String>,
    exports: Vec<(&'static str, String)>,
    map: Mapped,
    timeline: Timeline,
    facets: Vec<Facet>,
    /// Where the same is with what took too long to draw here.
    later: Option<String>,
}

/// What stands in the form.
struct Given {
    country: String,
    from: String,
    to: String,
    place: String,
    actor: String,
    text: String,
    killed_at_least: String,
    outlet: String,
    confidence_at_least: String,
    near: String,
    radius: String,
    everything: bool,
    kinds: Vec<Choice>,
    modes: Vec<Choice>,
    orders: Vec<Choice>,
    countries: Vec<String>,
}

/// An entry of a list to choose from.
struct Choice {
    value: String,
    name: String,
    chosen: bool,
}

/// A filter that is set, and the address without it.
struct Chip {
    name: String,
    href: String,
}

/// `GET /events`
pub(super) async fn page(
    State(app): State<Arc<App>>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Shown> {
    let parameters = Parameters::of(query.as_deref(), &OF_SELECTION)?;
    Ok(answer(app, &headers, move |app, ledger| read(app, ledger, &parameters, false)).await?)
}

/// `GET /events/whole`: with map, timeline and facets however many events there are.
pub(super) async fn whole(
    State(app): State<Arc<App>>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Shown> {
    let parameters = Parameters::of(query.as_deref(), &OF_SELECTION)?;
    Ok(answer(app, &headers, move |app, ledger| read(app, ledger, &parameters, true)).await?)
}

fn read(
    app: &App,
    ledger: &Ledger,
    parameters: &Parameters,
    is_whole: bool,
) -> Result<Response, Refusal> {
    let w = &ENGLISH;
    let selection = parameters.selection(Rows::Events, &app.known, ledger)?;
    let limit = selection.limit.unwrap_or(ROWS) as usize;
    let page = ledger.page(
        Rows::Events,
        &selection.filter,
        selection.sort,
        selection.after.as_ref(),
        limit,
    )?;
    let n = ledger.count_of(Rows::Events, &selection.filter)?;
    let base = parameters.without(&["after"]);
    let next = page.next.map(|mark| {
        let word = mark.written();
        let pairs: Vec<(&str, &str)> =
            base.iter().copied().chain([("after", word.as_str())]).collect();
        links::list("/events", &pairs)
    });
    let of_api = parameters.without(&["after", "limit"]);
    let api = |format: &str| {
        let pairs: Vec<(&str, &str)> = of_api.iter().copied().chain([("format", format)]).collect();
        links::list("/api/v1/events", &pairs)
    };
    let filter = &selection.filter;
    let is_drawn = is_whole || n <= MOST_DRAWN;
    // The timeline stays whole, so that another period can be chosen.
    let open = Filter { from: None, to: None, ..filter.clone() };
    let any_time = parameters.without(&["after", "limit", "sort", "from", "to"]);
    let asked = parameters.without(&["after", "limit", "sort"]);
    let chosen = ["from", "to"].map(|name| parameters.get(name));
    let mut map = Mapped::empty(&asked);
    let mut timeline = Timeline::default();
    let mut parts = Vec::new();
    if is_drawn {
        map = Mapped::of(ledger, filter, &app.known, w, &asked)?;
        timeline = over_time(&ledger.sums(&open)?, w, &any_time, chosen);
        parts = facets(&ledger.parts(filter)?, parameters, &app.known, w);
    }
    let shown = Events {
        w,
        frame: Frame::of(app, ledger, w.events_title, Section::Events)?
            .with_json(links::list("/api/v1/events", &base)),
        given: given(app, parameters, w),
        filters: chips(parameters, &app.known, w),
        rows: page.lines.iter().map(|line| EventRow::of(line, &app.known)).collect(),
        n: grouped(n),
        is_one: n == 1,
        next,
        first: selection.after.is_some().then(|| links::list("/events", &base)),
        later: (!is_drawn).then(|| links::list("/events/whole", &parameters.without(&[]))),
        map,
        timeline,
        facets: parts,
        exports: vec![
            ("CSV", api("csv")),
            ("JSON lines", api("jsonl")),
            ("GeoJSON", api("geojson")),
        ],
    };
    html(&shown)
}

fn given(app: &App, parameters: &Parameters, w: &Words) -> Given {
    let choices = |name: &str, all: Vec<(&'static str, String)>| {
        let chosen = parameters.shown(name);
        let choice = |(value, shown): (&str, String)| Choice {
            chosen: value.eq_ignore_ascii_case(&chosen.replace([' ', '-'], "_")),
            value: value.to_owned(),
            name: shown,
        };
        all.into_iter().map(choice).collect::<Vec<_>>()
    };
    let named = |term: &'static str| (term, capital(&term.to_lowercase().replace('_', " ")));
    let orders = [w.order_day, w.order_killed, w.order_place, w.order_confidence];
    let orders =
        question::SORTS.iter().zip(orders).map(|((name, _), words)| (*name, words.to_owned()));
    Given {
        country: parameters.shown("country"),
        from: parameters.shown("from"),
        to: parameters.shown("to"),
        place: parameters.shown("place"),
        actor: parameters.shown("actor"),
        text: parameters.shown("text"),
        killed_at_least: parameters.shown("killed_at_least"),
        outlet: parameters.shown("outlet"),
        confidence_at_least: parameters.shown("confidence_at_least"),
        near: parameters.shown("near"),
        radius: parameters.shown("radius"),
        everything: parameters.get("all").is_some_and(|v| v != "0" && v != "false"),
        kinds: choices("kind", Kind::ALL.iter().map(|kind| named(kind.as_str())).collect()),
        modes: choices("mode", Mode::ALL.iter().map(|mode| named(mode.as_str())).collect()),
        orders: choices("sort", orders.collect()),
        countries: app.known.geography.countries.iter().map(|c| c.name.to_owned()).collect(),
    }
}

/// The filters that are set.
fn chips(parameters: &Parameters, known: &Knowledge, w: &Words) -> Vec<Chip> {
    let labels = [
        ("country", w.country),
        ("from", w.period_from),
        ("to", w.period_to),
        ("place", w.place),
        ("near", w.near_point),
        ("kind", w.kind),
        ("mode", w.mode),
        ("actor", w.actor),
        ("killed_at_least", w.killed_at_least),
        ("text", w.text_in),
        ("outlet", w.outlet),
        ("confidence_at_least", w.certainty_at_least),
        ("all", w.everything),
    ];
    let chip = |(name, label): (&str, &str)| {
        let value = parameters.get(name)?;
        let shown = match name {
            "all" => label.to_owned(),
            "near" => {
                let radius = parameters.get("radius").unwrap_or("50");
                format!("{label} {radius} {} {value}", w.near_km)
            }
            "actor" => {
                let name = known.actors.find(value).map_or(value, |actor| actor.name);
                format!("{label}: {name}")
            }
            "kind" | "mode" => format!("{label}: {}", value.to_lowercase().replace('_', " ")),
            _ => format!("{label}: {value}"),
        };
        let also = if name == "near" { "radius" } else { "after" };
        let href = links::list("/events", &parameters.without(&[name, "after", also]));
        Some(Chip { name: shown, href })
    };
    labels.into_iter().filter_map(chip).collect()
}
