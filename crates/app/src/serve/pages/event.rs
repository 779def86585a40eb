//! One event, to defend in a meeting: what counts and by which rule, every other value with who
//! says so, the tolls claim by claim, and each report with its sentences.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, RawQuery, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use engine::link::reconcile::{EventView, FieldView, StepView};
use engine::ontology::{Assertion, Stage};
use engine::plain::{act, bounds};
use engine::resolved::Basis;
use engine::view::ReportView;

use super::frame::{EventRow, Frame, Section, actor_link, capital};
use super::marked::{Piece, Pointer, marked};
use crate::render::fields;
use crate::render::marked::paragraph;
use crate::serve::answer::{answer, html};
use crate::serve::app::App;
use crate::serve::draw::claims::draw as over_time;
use crate::serve::draw::tolls::{Claim, claims};
use crate::serve::draw::world::{self, Circle};
use crate::serve::links;
use crate::serve::parameters::Parameters;
use crate::serve::refusal::{Refusal, Shown};
use crate::serve::words::{ENGLISH, Words};
use crate::store::Ledger;
use crate::store::find::{Found, Whole};
use crate::store::parts::Grown;

/// How many things of one beginning are looked at.
const MOST_MEANT: u32 = 5;
/// How many reports are shown whole.
const MOST_REPORTS: usize = 100;
/// How many events like it are listed.
const MOST_SIMILAR: u32 = 6;

#[derive(Template)]
#[template(path = "event.html")]
struct Event {
    w: &'static Words,
    frame: Frame,
    id: String,
    day: String,
    place: String,
    place_href: Option<String>,
    told: String,
    certainty: String,
    limits: Vec<String>,
    facts: Vec<Fact>,
    map: Option<String>,
    tolls: Vec<Toll>,
    fields: Vec<Field>,
    histories: Vec<(String, Vec<StepView>)>,
    similar: Vec<EventRow>,
    grown: Vec<Growth>,
    reports: Vec<Account>,
    /// How many are not shown.
    more: usize,
}

/// The claims of a number.
struct Toll {
    name: String,
    /// Over time, if that shows anything.
    chart: Option<String>,
    claims: Vec<Claim>,
}

/// What joined the record of the event.
struct Growth {
    seq: i64,
    at: String,
    title: String,
    outlet: Option<String>,
    document: String,
    build: Option<String>,
}

/// A field at a glance.
struct Fact {
    name: String,
    value: String,
    rule: &'static str,
    disputed: bool,
}

/// A field with all its values.
struct Field {
    name: String,
    anchor: &'static str,
    disputed: bool,
    rule: &'static str,
    interval: Option<(String, String)>,
    values: Vec<Value>,
}

/// A value and who says so.
struct Value {
    words: String,
    counts: bool,
    n_sources: usize,
    claims: Vec<Voice>,
}

/// Who says so.
struct Voice {
    outlet: Option<String>,
    day: Option<String>,
    speakers: String,
    words: Option<String>,
    report: String,
}

/// A report of the event.
pub(super) struct Account {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) outlet: Option<String>,
    pub(super) day: Option<String>,
    pub(super) url: Option<String>,
    pub(super) document: String,
    pub(super) what: String,
    pub(super) when: String,
    pub(super) place: String,
    pub(super) killed: String,
    pub(super) injured: String,
    pub(super) parties: Vec<(&'static str, Vec<Party>)>,
    pub(super) evidence: Vec<Vec<Piece>>,
    pub(super) confidence: String,
    pub(super) build: String,
}

/// A party, weapon or speaker of a report.
pub(super) struct Party {
    pub(super) name: String,
    pub(super) note: String,
    pub(super) href: Option<String>,
}

/// `GET /events/{id}`
pub(super) async fn page(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Shown> {
    Parameters::of(query.as_deref(), &[])?;
    Ok(answer(app, &headers, move |app, ledger| read(app, ledger, &id)).await?)
}

/// `GET /reports/{id}`: its place on the page of its event.
pub(super) async fn of_report(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Shown> {
    let read = move |_: &App, ledger: &Ledger| {
        let (whole, row) = report(ledger, &id)?;
        let event = ledger.event_of_report(row)?.ok_or_else(|| missing("report", &id))?;
        Ok(Redirect::to(&format!("/events/{event}#r-{whole}")).into_response())
    };
    Ok(answer(app, &headers, read).await?)
}

/// The id and the row of the one report whose id begins so.
pub(in crate::serve) fn report(ledger: &Ledger, id: &str) -> Result<(String, i64), Refusal> {
    let found = ledger.find(id, MOST_MEANT)?;
    let mut rows = found.into_iter().filter_map(|(whole, found)| match found {
        Found::Report(row) => Some((whole, row)),
        _ => None,
    });
    rows.next().filter(|_| rows.next().is_none()).ok_or_else(|| missing("report", id))
}

/// The one event whose id begins so.
pub(in crate::serve) fn event(ledger: &Ledger, id: &str) -> Result<EventView, Refusal> {
    let found = ledger.find(id, MOST_MEANT)?;
    let mut events = found.iter().filter_map(|(_, found)| match found {
        Found::Event(event) => Some(*event),
        _ => None,
    });
    let event = events.next().filter(|_| events.next().is_none());
    Ok(ledger.event(event.ok_or_else(|| missing("event", id))?)?)
}

/// What is said where there is none.
pub(in crate::serve) fn missing(what: &str, id: &str) -> Refusal {
    Refusal::Missing { what: format!("no {what} of this ledger has the id \"{id}\"") }
}

fn read(app: &App, ledger: &Ledger, id: &str) -> Result<Response, Refusal> {
    html(&filled(app, ledger, id)?)
}

/// The page as text, for a file, with the id of its event.
pub(super) fn whole_page(
    app: &App,
    ledger: &Ledger,
    id: &str,
) -> Result<(String, String), Refusal> {
    let page = filled(app, ledger, id)?;
    let text = page.render().map_err(|_| Refusal::Broken)?;
    Ok((page.id, text))
}

fn filled(app: &App, ledger: &Ledger, id: &str) -> Result<Event, Refusal> {
    let w = &ENGLISH;
    let event = event(ledger, id)?;
    let scene = event.scene.as_ref();
    let place = place(app, &event);
    let what = capital(&act(event.kind.as_str(), event.mode.as_str(), &[]));
    let title = if place.is_empty() { what } else { format!("{what}, {place}") };
    let mut limits = Vec::new();
    if event.stage.as_str() != "accomplished" {
        limits.push(event.stage.to_string());
    }
    if event.assertion.as_str() != "asserted" {
        limits.push(event.assertion.to_string());
    }
    let bytes =
        event.id.parse::<engine::link::EventId>().map_or([0; 16], engine::link::EventId::bytes);
    let rows = ledger.reports_of(bytes)?;
    let similar = ledger.similar(bytes, MOST_SIMILAR)?;
    let grown = ledger.grown(bytes)?;
    let mut reports = Vec::new();
    let more = rows.len().saturating_sub(MOST_REPORTS);
    for row in rows.into_iter().take(MOST_REPORTS) {
        reports.push(account(app, &ledger.report(row)?, w));
    }
    let number = |name: &str| ["killed", "injured", "abducted"].contains(&name);
    let numbers = || event.fields.iter().filter(|field| number(field.field));
    Ok(Event {
        w,
        frame: Frame::of(app, ledger, title, Section::Events)?
            .with_json(format!("/api/v1/events/{}", event.id)),
        day: when(&event),
        place_href: scene
            .map(|s| links::place(&s.country, s.place.as_deref().or(s.admin1.as_deref()))),
        map: scene.and_then(|s| s.lat.zip(s.lon)).map(|(lat, lon)| {
            let href = format!("#{}", w.field_where.to_lowercase());
            let circle = Circle { lat, lon, n: 0, title: place.clone(), href };
            world::draw(&[circle], &app.known, w.map)
        }),
        place,
        told: told(&event, w),
        certainty: format!("{:.0} %", event.confidence * 100.0),
        limits,
        facts: event.fields.iter().map(|field| fact(app, &event, field, w)).collect(),
        tolls: numbers()
            .filter(|field| field.values.iter().map(|v| v.claims.len()).sum::<usize>() > 1)
            .map(|field| toll(field, w))
            .collect(),
        histories: numbers()
            .filter(|field| field.history.len() > 1)
            .map(|field| (label(field.field, w), field.history.clone()))
            .collect(),
        fields: event.fields.iter().map(|field| whole(field, w)).collect(),
        similar: similar.iter().map(|line| EventRow::of(line, &app.known)).collect(),
        grown: grown.into_iter().map(|one| growth(one, w)).collect(),
        reports,
        more,
        id: event.id,
    })
}

fn toll(field: &FieldView, w: &Words) -> Toll {
    let name = label(field.field, w);
    let claims = claims(field);
    let title = format!("{name}: {}", w.claims_over_time);
    Toll { chart: over_time(field, &claims, &title, w), name, claims }
}

fn growth(one: Grown, w: &Words) -> Growth {
    let at = one.at.get(..16).unwrap_or(&one.at).replace('T', " ");
    Growth {
        seq: one.seq,
        at,
        title: one.title.unwrap_or_else(|| w.no_title.to_owned()),
        outlet: one.outlet,
        document: one.document,
        build: one.build,
    }
}

fn label(field: &str, w: &Words) -> String {
    match field {
        "mode" => w.field_mode,
        "when" => w.field_when,
        "where" => w.field_where,
        "killed" => w.field_killed,
        "injured" => w.field_injured,
        "abducted" => w.field_abducted,
        "perpetrators" => w.field_perpetrators,
        other => return capital(other),
    }
    .to_owned()
}

fn told(event: &EventView, w: &Words) -> String {
    let sources = if event.n_sources == 1 { w.n_source } else { w.n_sources_of };
    if event.n_reports == 1 {
        return w.from_one_report.to_owned();
    }
    format!("{} {}, {} {sources}", event.n_reports, w.n_reports, event.n_sources)
}

fn when(event: &EventView) -> String {
    let period = |when: &engine::view::WhenView| {
        bounds::period(&when.start, &when.end, when.basis == Basis::Stated)
    };
    event.when.as_ref().map(period).unwrap_or_default()
}

/// From the site to the country.
fn place(app: &App, event: &EventView) -> String {
    let Some(scene) = &event.scene else { return String::new() };
    let area = scene.admin1.as_deref().filter(|_| scene.place.is_none());
    let country = app.known.geography.name(&scene.country);
    let mut names = vec![];
    for name in
        [scene.site.as_deref(), scene.place.as_deref(), area, Some(country)].into_iter().flatten()
    {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names.join(", ")
}

fn fact(app: &App, event: &EventView, field: &FieldView, w: &Words) -> Fact {
    let count = |count: Option<engine::resolved::Count>| {
        count.map(|c| bounds::count([c.low, c.best, c.high]))
    };
    let shown = match field.field {
        "mode" => Some(capital(&act(event.kind.as_str(), event.mode.as_str(), &[]))),
        "when" => Some(when(event)),
        "where" => Some(place(app, event)),
        "killed" => count(event.killed),
        "injured" => count(event.injured),
        "abducted" => count(event.abducted),
        _ => None,
    };
    Fact {
        name: label(field.field, w),
        value: shown.unwrap_or_else(|| field.current.clone()),
        rule: field.rule,
        disputed: field.disputed,
    }
}

fn whole(field: &FieldView, w: &Words) -> Field {
    let words = |words: &str| {
        if field.field == "mode" { words.replace('_', " ") } else { words.to_owned() }
    };
    Field {
        name: label(field.field, w),
        anchor: field.field,
        disputed: field.disputed,
        rule: field.rule,
        interval: field.interval.filter(|_| field.disputed).map(|(least, most)| {
            (
                least.to_string(),
                most.map_or_else(|| w.no_upper_end.to_owned(), |most| most.to_string()),
            )
        }),
        values: field
            .values
            .iter()
            .map(|value| Value {
                words: words(&value.words),
                counts: value.words == field.current,
                n_sources: value.n_sources,
                claims: value
                    .claims
                    .iter()
                    .map(|claim| Voice {
                        outlet: claim.outlet.clone(),
                        day: claim.published.clone(),
                        speakers: names(claim.speakers.iter().map(|(name, _)| name.as_str())),
                        words: claim.words.clone(),
                        report: claim.report.clone(),
                    })
                    .collect(),
            })
            .collect(),
    }
}

fn names<'n>(names: impl Iterator<Item = &'n str>) -> String {
    names.collect::<Vec<_>>().join(", ")
}

/// What a report tells, with what limits it: how far it got, how it is put, that it is background.
pub(super) fn what(view: &ReportView, w: &Words) -> String {
    let limits = [
        (view.stage != Stage::Accomplished).then_some(view.stage.as_str()),
        (view.assertion != Assertion::Asserted).then_some(view.assertion.as_str()),
        (!view.main).then_some(w.background),
    ];
    let limits: Vec<&str> = limits.into_iter().flatten().collect();
    capital(&act(view.kind.as_str(), view.mode.as_str(), &limits))
}

pub(super) fn account(
    app: &App,
    Whole { report, document, build }: &Whole,
    w: &'static Words,
) -> Account {
    let known = &app.known;
    let view = ReportView::of(report, document, known);
    let text = document.text();
    let shown = |count: &Option<engine::view::CountView>| {
        count
            .as_ref()
            .map(|c| bounds::count([c.count.low, c.count.best, c.count.high]))
            .unwrap_or_default()
    };
    let pointers: Vec<Pointer> = fields::columns(report)
        .into_iter()
        .map(|(span, column)| {
            let href = format!("/documents/{}#at-{}", document.id, span.start());
            Pointer { span, column, href }
        })
        .collect();
    let mut ranges: Vec<_> = report.evidence.iter().map(|&span| paragraph(text, span)).collect();
    ranges.sort_unstable_by_key(|range| (range.start, range.end));
    ranges.dedup();
    let scene = view.scene.as_ref();
    let country = scene.map(|s| known.geography.name(&s.country));
    let area = scene.and_then(|s| s.admin1.as_deref().filter(|_| s.place.is_none()));
    let site = scene.and_then(|s| s.site.as_deref());
    let town = scene.and_then(|s| s.place.as_deref());
    Account {
        id: view.id.clone(),
        title: view.document.title.clone().unwrap_or_else(|| w.no_title.to_owned()),
        outlet: view.document.outlet.clone(),
        day: view.document.published.clone(),
        url: links::outward(view.document.url.as_deref()),
        document: view.document.id.clone(),
        what: what(&view, w),
        when: view
            .when
            .as_ref()
            .map(|d| bounds::period(&d.start, &d.end, d.basis == Basis::Stated))
            .unwrap_or_default(),
        place: names([site, town, area, country].into_iter().flatten()),
        killed: shown(&view.killed),
        injured: shown(&view.injured),
        parties: parties(app, &view, w),
        evidence: ranges.into_iter().map(|range| marked(text, range, &pointers)).collect(),
        confidence: format!("{:.0} %", view.confidence * 100.0),
        build: build.clone(),
    }
}

fn parties(app: &App, view: &ReportView, w: &'static Words) -> Vec<(&'static str, Vec<Party>)> {
    let term = |term: &str| term.replace('_', " ");
    let link = |actor: &Option<String>| {
        actor.as_deref().and_then(|id| actor_link(&app.known, id)).map(|(_, href)| href)
    };
    let perpetrators = view.perpetrators.iter().map(|p| Party {
        name: p.name.clone(),
        note: term(p.attribution.as_str()),
        href: link(&p.actor),
    });
    let targets = view.targets.iter().map(|t| {
        let number = t.number.map(|n| bounds::count([n.low, n.best, n.high]));
        let effect = t.effect.map(|effect| term(effect.as_str())).filter(|effect| effect != "none");
        let notes = [Some(term(t.sort.as_str())), effect, number.filter(|n| !n.is_empty())];
        Party {
            name: t.name.clone(),
            note: notes.into_iter().flatten().collect::<Vec<_>>().join(" · "),
            href: link(&t.actor),
        }
    });
    let weapons = view.weapons.iter().map(|weapon| Party {
        name: weapon.name.clone(),
        note: term(weapon.sort.as_str()),
        href: None,
    });
    let speakers = view.speakers.iter().map(|speaker| Party {
        name: speaker.name.clone(),
        note: term(speaker.sort.as_str()),
        href: None,
    });
    let all = [
        (w.perpetrators, perpetrators.collect::<Vec<_>>()),
        (w.targets, targets.collect()),
        (w.weapons, weapons.collect()),
        (w.speakers, speakers.collect()),
    ];
    all.into_iter().filter(|(_, parties)| !parties.is_empty()).collect()
}
