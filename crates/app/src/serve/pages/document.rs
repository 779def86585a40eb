//! A document: its text with every coded span marked and linked to what it became.

use std::collections::BTreeMap;
use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, RawQuery, State};
use axum::http::HeaderMap;
use axum::response::Response;
use engine::plain::bounds;
use engine::view::{RelationView, ReportView};

use super::event::{missing, what};
use super::frame::{Frame, Section};
use super::marked::{Piece, Pointer, marked, paragraphs};
use crate::render::fields;
use crate::serve::answer::{answer, html};
use crate::serve::app::App;
use crate::serve::links;
use crate::serve::parameters::Parameters;
use crate::serve::refusal::{Refusal, Shown};
use crate::serve::words::{ENGLISH, Words};
use crate::store::Ledger;
use crate::store::find::{Found, Kept};

const MOST_MEANT: u32 = 5;

#[derive(Template)]
#[template(path = "document.html")]
struct Document {
    w: &'static Words,
    frame: Frame,
    /// What is said of it, by name.
    facts: Vec<(&'static str, String)>,
    url: Option<String>,
    duplicate: Option<(String, String)>,
    problems: Vec<String>,
    reports: Vec<Coded>,
    relations: Vec<String>,
    paragraphs: Vec<Vec<Piece>>,
}

/// A report that was coded from it.
struct Coded {
    href: String,
    what: String,
    when: String,
    place: String,
    killed: String,
}

/// `GET /documents/{id}`
pub(super) async fn page(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Shown> {
    Parameters::of(query.as_deref(), &[])?;
    Ok(answer(app, &headers, move |app, ledger| read(app, ledger, &id)).await?)
}

/// The one document whose id begins so, and the entry that captured it.
pub(in crate::serve) fn kept(ledger: &Ledger, id: &str) -> Result<(i64, Kept), Refusal> {
    let found = ledger.find(id, MOST_MEANT)?;
    let mut entries = found.iter().filter_map(|(_, found)| match found {
        Found::Document(seq) => Some(*seq),
        _ => None,
    });
    let seq = entries.next().filter(|_| entries.next().is_none());
    let seq = seq.ok_or_else(|| missing("document", id))?;
    Ok((seq, ledger.kept(seq)?))
}

fn read(app: &App, ledger: &Ledger, id: &str) -> Result<Response, Refusal> {
    let w = &ENGLISH;
    let (seq, kept) = kept(ledger, id)?;
    let events: BTreeMap<String, String> = ledger.events_of(seq)?.into_iter().collect();
    let href = |report: &str| {
        let event = events.get(report);
        event.map_or_else(|| "#".to_owned(), |event| format!("/events/{event}#r-{report}"))
    };
    let document = &kept.document;
    let text = document.text();
    let mut pointers: Vec<Pointer> = Vec::new();
    let mut reports = Vec::new();
    for report in &kept.reports {
        let view = ReportView::of(report, document, &app.known);
        let href = href(&view.id);
        pointers.extend(fields::columns(report).into_iter().map(|(span, column)| Pointer {
            span,
            column,
            href: href.clone(),
        }));
        reports.push(coded(app, &view, href));
    }
    let relations = kept.relations.iter().map(|relation| {
        let view = RelationView::of(relation, document, &app.known);
        let tie = view.relation.as_str().replace('_', " ");
        format!("{} — {tie} — {} ({})", view.subject.name, view.object.name, view.assertion)
    });
    let found = |value: &Option<reading::Found<String>>| value.as_ref().map(|f| f.value.clone());
    let authors: Vec<&str> = document.authors.iter().map(|a| a.value.as_str()).collect();
    let facts = [
        (w.outlet, found(&document.outlet)),
        (w.published, document.published.as_ref().map(|d| d.value.to_string())),
        (w.authors, (!authors.is_empty()).then(|| authors.join(", "))),
        (w.language_of, found(&document.language)),
        (w.input, Some(kept.input.clone())),
        (w.id, Some(document.id.to_string())),
    ];
    let page = Document {
        w,
        frame: Frame::of(
            app,
            ledger,
            found(&document.title).unwrap_or_else(|| w.no_title.to_owned()),
            Section::Sources,
        )?
        .with_json(format!("/api/v1/documents/{}", document.id)),
        facts: facts.into_iter().filter_map(|(name, value)| value.map(|v| (name, v))).collect(),
        url: links::outward(document.url.as_deref()),
        duplicate: kept
            .duplicate
            .map(|(of, similarity)| (of.to_string(), format!("{:.0}", similarity * 100.0))),
        problems: kept.problems.clone(),
        reports,
        relations: relations.collect(),
        paragraphs: paragraphs(text)
            .into_iter()
            .map(|range| marked(text, range, &pointers))
            .collect(),
    };
    html(&page)
}

fn coded(app: &App, view: &ReportView, href: String) -> Coded {
    let scene = view.scene.as_ref();
    let country = scene.map(|s| app.known.geography.name(&s.country));
    let place = scene.and_then(|s| s.place.as_deref().or(s.admin1.as_deref()));
    let stated = |basis| basis == engine::resolved::Basis::Stated;
    Coded {
        href,
        what: what(view, &ENGLISH),
        when: view
            .when
            .as_ref()
            .map(|when| bounds::period(&when.start, &when.end, stated(when.basis)))
            .unwrap_or_default(),
        place: [place, country].into_iter().flatten().collect::<Vec<_>>().join(", "),
        killed: view
            .killed
            .as_ref()
            .map(|c| bounds::count([c.count.low, c.count.best, c.count.high]))
            .unwrap_or_default(),
    }
}
