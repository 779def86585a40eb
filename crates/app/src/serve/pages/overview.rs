//! The overview: what is latest, what was worst, where and when.

use std::sync::Arc;

use askama::Template;
use axum::extract::{RawQuery, State};
use axum::http::HeaderMap;
use axum::response::Response;

use super::frame::{EventRow, Frame, Section, SumRow, capital};
use super::mapped::Mapped;
use super::over_time::{Timeline, over_time};
use crate::serve::answer::{answer, html};
use crate::serve::app::App;
use crate::serve::draw::{bar, grouped, toll};
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
    map: Mapped,
    timeline: Timeline,
    latest: Vec<EventRow>,
    deadliest: Vec<EventRow>,
    by_country: Vec<SumRow>,
    by_mode: Vec<SumRow>,
    by_class: Vec<SumRow>,
    news: Vec<EventRow>,
    disputed: String,
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

/// The overview of what `ledger` has.
pub(in crate::serve) fn read(app: &App, ledger: &Ledger) -> Result<Response, Refusal> {
    let w = &ENGLISH;
    let known = &app.known;
    let filter = Filter::attacks();
    let all = ledger.sums(&filter)?;
    let (total, countries) = (all.total(), all.by(By::Country));
    let rows = |sort| -> Result<Vec<EventRow>, Refusal> {
        let page = ledger.page(Rows::Events, &filter, sort, None, FEW)?;
        Ok(page.lines.iter().map(|line| EventRow::of(line, known)).collect())
    };
    let class = |id: &str| known.actors.find(id).map(|actor| actor.sort.as_str());
    let news = ledger.lately(FEW)?.into_iter().map(|one| EventRow {
        badge: if one.is_new { w.is_new } else { w.is_changed },
        ..EventRow::of(&one.line, known)
    });
    let disputed = ledger.disputed()?;
    let (documents, reports) = ledger.sizes()?;
    let page = Overview {
        w,
        frame: Frame::of(app, ledger, w.overview_title, Section::Overview)?
            .with_json("/api/v1/statistics".to_owned()),
        events: grouped(total.events),
        reports: grouped(reports),
        documents: grouped(documents),
        countries: grouped(countries.iter().filter(|t| t.name.is_some()).count() as u64),
        killed: toll(&total),
        untold: untold(&total),
        is_empty: total.events == 0,
        ledger: app.path().display().to_string(),
        map: Mapped::of(ledger, &filter, known, w, &[])?,
        timeline: over_time(&all, w, &[], [None, None]),
        by_class: sums(&ledger.by_class(&filter, class)?, w, |class| {
            (capital(&class.replace('_', " ")), None)
        }),
        news: news.collect(),
        disputed: if disputed == 0 { String::new() } else { grouped(disputed) },
        latest: rows(Sort::Day)?,
        deadliest: rows(Sort::Killed)?,
        by_country: sums(&countries, w, |code| {
            (known.geography.name(code).to_owned(), Some(links::place(code, None)))
        }),
        by_mode: sums(&all.by(By::Mode), w, |mode| {
            (capital(&mode.replace('_', " ")), Some(links::list("/events", &[("mode", mode)])))
        }),
    };
    html(&page)
}

/// How many events give no number, if there are any.
pub(super) fn untold(total: &Tally) -> String {
    let n = total.events.saturating_sub(total.told);
    if n == 0 { String::new() } else { grouped(n) }
}

/// Rows of sums; `link` gives a name and an address for a sort.
pub(super) fn sums(
    tallies: &[Tally],
    w: &Words,
    link: impl Fn(&str) -> (String, Option<String>),
) -> Vec<SumRow> {
    let most = tallies.iter().map(|t| t.events).max().unwrap_or(1).max(1) as f64;
    tallies
        .iter()
        .take(MOST_SUMS)
        .map(|tally| {
            let (name, href) = match &tally.name {
                Some(name) => link(name),
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
