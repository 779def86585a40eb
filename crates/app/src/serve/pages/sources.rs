//! Sources: what was read, from whom, how much of it twice; and the list of documents.

use std::sync::Arc;

use askama::Template;
use axum::extract::{RawQuery, State};
use axum::http::HeaderMap;
use axum::response::Response;

use super::frame::{Frame, Section};
use super::over_time::Timeline;
use crate::question::{self, Misread};
use crate::serve::answer::{answer, html};
use crate::serve::app::App;
use crate::serve::draw::timeline::{self, Bar, MOST_MONTHS};
use crate::serve::draw::{bar, grouped};
use crate::serve::links;
use crate::serve::parameters::Parameters;
use crate::serve::refusal::{Refusal, Shown};
use crate::serve::words::{ENGLISH, Words};
use crate::store::Ledger;
use crate::store::browse::SourceLine;

const ROWS: u32 = 50;

#[derive(Template)]
#[template(path = "sources.html")]
struct Sources {
    w: &'static Words,
    frame: Frame,
    timeline: Timeline,
    rows: Vec<Row>,
}

struct Row {
    name: String,
    href: Option<String>,
    documents: String,
    bar: String,
    duplicates: String,
    reports: String,
    first: String,
    last: String,
    seen: String,
    lag: String,
}

#[derive(Template)]
#[template(path = "documents.html")]
struct Documents {
    w: &'static Words,
    frame: Frame,
    outlet: String,
    text: String,
    rows: Vec<DocumentRow>,
    next: Option<String>,
}

struct DocumentRow {
    href: String,
    title: String,
    outlet: String,
    published: String,
    reports: String,
    duplicate: bool,
}

/// `GET /sources`
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
    let sources = ledger.sources()?;
    let most = sources.iter().map(|s| s.documents).max().unwrap_or(1).max(1) as f64;
    html(&Sources {
        w,
        frame: Frame::of(app, ledger, w.sources_title, Section::Sources)?
            .with_json("/api/v1/sources".to_owned()),
        timeline: volume(&ledger.documents_by_month()?, w),
        rows: sources.into_iter().map(|source| row(source, most, w)).collect(),
    })
}

fn row(source: SourceLine, most: f64, w: &Words) -> Row {
    let share = source.duplicates as f64 / source.documents.max(1) as f64 * 100.0;
    Row {
        href: source.name.as_deref().map(|name| links::list("/documents", &[("outlet", name)])),
        name: source.name.unwrap_or_else(|| w.unnamed.to_owned()),
        documents: grouped(source.documents),
        bar: bar(source.documents as f64 / most),
        duplicates: match source.duplicates {
            0 => String::new(),
            n => format!("{} ({share:.0} %)", grouped(n)),
        },
        reports: grouped(source.reports),
        first: source.first_published.unwrap_or_default(),
        last: source.last_published.unwrap_or_default(),
        seen: source.last_seen.and_then(|at| at.get(..10).map(str::to_owned)).unwrap_or_default(),
        lag: match source.lag_days {
            None => String::new(),
            Some(1) => format!("1 {}", w.day_of_lag),
            Some(n) => format!("{} {}", grouped(u64::from(n.unsigned_abs())), w.days_of_lag),
        },
    }
}

/// The volume of documents by month, or by year.
fn volume(months: &[(String, u64)], w: &'static Words) -> Timeline {
    let ends = months.first().zip(months.last());
    let mut names = ends.map(|(a, b)| timeline::all_between(&a.0, &b.0)).unwrap_or_default();
    let (length, title) = if names.len() > MOST_MONTHS {
        (4, w.documents_by_year)
    } else {
        (7, w.documents_by_month)
    };
    for name in &mut names {
        name.truncate(length);
    }
    names.dedup();
    let bars: Vec<Bar> = names
        .into_iter()
        .map(|name| {
            let n = months.iter().filter(|(m, _)| m.starts_with(&name)).map(|(_, n)| n).sum();
            Bar {
                title: format!("{name}: {} {}", grouped(n), w.n_documents),
                n,
                name,
                ..Bar::default()
            }
        })
        .collect();
    let svg = if bars.is_empty() { String::new() } else { timeline::draw(&bars, title) };
    Timeline { title, svg, without_day: 0, brush: None }
}

/// `GET /documents`
pub(super) async fn documents(
    State(app): State<Arc<App>>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Shown> {
    let parameters = Parameters::of(query.as_deref(), &["outlet", "text", "after"])?;
    Ok(answer(app, &headers, move |app, ledger| list(app, ledger, &parameters)).await?)
}

/// The words that are looked for, if they are a query; and the entry to go on from.
pub(in crate::serve) fn asked(
    parameters: &Parameters,
    ledger: &Ledger,
) -> Result<(Option<String>, Option<i64>), Refusal> {
    let text = parameters.read("text", |typed| {
        let words = question::words(typed);
        match ledger.verify_text(&words) {
            Ok(()) => Ok(words),
            Err(what) => Err(question::no_query(typed, &what)),
        }
    })?;
    let after = parameters.read("after", |word| {
        word.parse::<i64>().ok().filter(|entry| *entry >= 0).ok_or_else(Misread::no_place)
    })?;
    Ok((text, after))
}

fn list(app: &App, ledger: &Ledger, parameters: &Parameters) -> Result<Response, Refusal> {
    let w = &ENGLISH;
    let (text, after) = asked(parameters, ledger)?;
    let outlet = parameters.get("outlet");
    let mut found = ledger.documents(outlet, text.as_deref(), after, ROWS + 1)?;
    let more = found.len() > ROWS as usize;
    found.truncate(ROWS as usize);
    let next = found.last().filter(|_| more).map(|last| {
        let seq = last.seq.to_string();
        let mut pairs = parameters.without(&["after"]);
        pairs.push(("after", &seq));
        links::list("/documents", &pairs)
    });
    let base = parameters.without(&[]);
    html(&Documents {
        w,
        frame: Frame::of(app, ledger, w.documents_title, Section::Sources)?
            .with_json(links::list("/api/v1/documents", &base)),
        outlet: parameters.shown("outlet"),
        text: parameters.shown("text"),
        rows: found
            .into_iter()
            .map(|line| DocumentRow {
                href: format!("/documents/{}", line.id),
                title: line.title.unwrap_or_else(|| w.no_title.to_owned()),
                outlet: line.outlet.or(line.url).unwrap_or_default(),
                published: line.published.unwrap_or_default(),
                reports: if line.reports == 0 { String::new() } else { grouped(line.reports) },
                duplicate: line.duplicate_of.is_some(),
            })
            .collect(),
        next,
    })
}
