//! The overview: what is latest, what was worst, where and when.

use std::sync::Arc;

use askama::Template;
use axum::extract::{RawQuery, State};
use axum::http::HeaderMap;
use axum::response::Response;
use engine::Knowledge;

use super::frame::{EventRow, Frame, Section, SumRow, capital};
use crate::serve::answer::{answer, html};
use crate::serve::app::App;
use crate::serve::draw::timeline::{Bar, MOST_MONTHS};
use crate::serve::draw::world::Circle;
use crate::serve::draw::{bar, grouped, timeline, toll, world};
use crate::serve::links;
use crate::serve::parameters::Parameters;
use crate::serve::refusal::{Refusal, Shown};
use crate::serve::words::{ENGLISH, Words};
use crate::store::Ledger;
use crate::store::search::{Filter, Sort};
use crate::store::seek::Rows;
use crate::store::tally::{By, Tally};

/// How many rows the short lists have.
const FEW: usize = 8;
/// How many countries and modes are listed.
const MOST_SUMS: usize = 12;
/// How many circles the map has.
const MOST_CIRCLES: u32 = 400;

#[derive(Template)]
#[template(path = "overview.html")]
struct Overview {
    w: &'static Words,
    frame: Frame,
    events: String,
    reports: String,
    documents: String,
    countries: String,
    killed: String,
    untold: String,
    is_empty: bool,
    ledger: String,
    map: String,
    timeline: Timeline,
    latest: Vec<EventRow>,
    deadliest: Vec<EventRow>,
    by_country: Vec<SumRow>,
    by_mode: Vec<SumRow>,
}

/// A drawing over time, with what it could not draw.
pub(super) struct Timeline {
    pub(super) title: &'static str,
    pub(super) svg: String,
    pub(super) without_day: u64,
}

/// `GET /`
pub(super) async fn page(
    State(app): State<Arc<App>>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Shown> {
    Parameters::of(query.as_deref(), &[])?;
    Ok(answer(app, &headers, read).await?)
}

fn read(app: &App, ledger: &Ledger) -> Result<Response, Refusal> {
    let w = &ENGLISH;
    let known = &app.known;
    let filter = Filter::attacks();
    let total = ledger.total(&filter)?;
    let countries = ledger.tallies(&filter, By::Country)?;
    let rows = |sort| -> Result<Vec<EventRow>, Refusal> {
        let page = ledger.page(Rows::Events, &filter, sort, None, FEW)?;
        Ok(page.lines.iter().map(|line| EventRow::of(line, known)).collect())
    };
    let page = Overview {
        w,
        frame: Frame::of(app, ledger, w.overview_title, Section::Overview)?
            .with_json("/api/v1/statistics".to_owned()),
        events: grouped(total.events),
        reports: grouped(ledger.n_reports()?.unsigned_abs()),
        documents: grouped(ledger.n_documents()?.unsigned_abs()),
        countries: grouped(countries.iter().filter(|t| t.name.is_some()).count() as u64),
        killed: toll(&total),
        untold: untold(&total),
        is_empty: total.events == 0,
        ledger: app.path().display().to_string(),
        map: map(ledger, &filter, known, w)?,
        timeline: over_time(ledger, &filter, w, &[])?,
        latest: rows(Sort::Day)?,
        deadliest: rows(Sort::Killed)?,
        by_country: sums(&countries, w, |code| {
            (known.geography.name(code).to_owned(), links::place(code, None))
        }),
        by_mode: sums(&ledger.tallies(&filter, By::Mode)?, w, |mode| {
            (capital(&mode.replace('_', " ")), links::list("/events", &[("mode", mode)]))
        }),
    };
    html(&page)
}

/// How many events give no number, if there are any.
pub(super) fn untold(total: &Tally) -> String {
    let n = total.events.saturating_sub(total.told);
    if n == 0 { String::new() } else { grouped(n) }
}

/// The map of the events that pass `filter`.
pub(super) fn map(
    ledger: &Ledger,
    filter: &Filter,
    known: &Knowledge,
    w: &Words,
) -> Result<String, Refusal> {
    let circles: Vec<Circle> = ledger
        .spots(filter, MOST_CIRCLES)?
        .iter()
        .map(|spot| {
            let href = match (&spot.event, &spot.country, &spot.place) {
                (Some(event), ..) => format!("/events/{event}"),
                (None, Some(country), Some(place)) => links::place(country, Some(place)),
                _ => {
                    let near = format!("{:.2},{:.2}", spot.lat, spot.lon);
                    links::list("/events", &[("near", &near), ("radius", "15")])
                }
            };
            Circle::of(spot, known, href)
        })
        .collect();
    Ok(world::draw(&circles, known, w.map))
}

/// The events that pass `filter`, a bar a month or a year. Bars lead to the list, with `more`.
pub(super) fn over_time(
    ledger: &Ledger,
    filter: &Filter,
    w: &'static Words,
    more: &[(&str, &str)],
) -> Result<Timeline, Refusal> {
    let mut tallies = ledger.tallies(filter, By::Month)?;
    let without_day = tallies.iter().filter(|t| t.name.is_none()).map(|t| t.events).sum();
    tallies.retain(|tally| tally.name.is_some());
    let names = |tallies: &[Tally]| {
        let first = tallies.first().and_then(|t| t.name.clone()).unwrap_or_default();
        let last = tallies.last().and_then(|t| t.name.clone()).unwrap_or_default();
        timeline::all_between(&first, &last)
    };
    let mut all = names(&tallies);
    let mut title = w.by_month;
    if all.len() > MOST_MONTHS {
        tallies = ledger.tallies(filter, By::Year)?;
        tallies.retain(|tally| tally.name.is_some());
        all = names(&tallies);
        title = w.by_year;
    }
    let mut known = tallies.iter().peekable();
    let bars: Vec<Bar> = all
        .into_iter()
        .map(|name| {
            let tally = known.next_if(|tally| tally.name.as_deref() == Some(name.as_str()));
            let Some(tally) = tally else {
                return Bar { name, n: 0, title: String::new(), href: None };
            };
            let (from, to) = timeline::days(&name);
            let pairs = [("from", from.as_str()), ("to", to.as_str())];
            let pairs: Vec<(&str, &str)> = pairs.into_iter().chain(more.iter().copied()).collect();
            let killed = toll(tally);
            let killed =
                if killed.is_empty() { killed } else { format!(", {killed} {}", w.n_killed) };
            Bar {
                title: format!("{name}: {} {}{killed}", grouped(tally.events), w.n_events),
                n: tally.events,
                href: Some(links::list("/events", &pairs)),
                name,
            }
        })
        .collect();
    let svg = if bars.is_empty() { String::new() } else { timeline::draw(&bars, title) };
    Ok(Timeline { title, svg, without_day })
}

/// Rows of sums; `link` gives a name and an address for a sort.
pub(super) fn sums(
    tallies: &[Tally],
    w: &Words,
    link: impl Fn(&str) -> (String, String),
) -> Vec<SumRow> {
    let most = tallies.iter().map(|t| t.events).max().unwrap_or(1).max(1) as f64;
    tallies
        .iter()
        .take(MOST_SUMS)
        .map(|tally| {
            let (name, href) = match &tally.name {
                Some(name) => {
                    let (name, href) = link(name);
                    (name, Some(href))
                }
                None => (w.not_said.to_owned(), None),
            };
            SumRow {
                name,
                href,
                events: grouped(tally.events),
                killed: toll(tally),
                bar: bar(tally.events as f64 / most),
            }
        })
        .collect()
}
