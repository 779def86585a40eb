//! Adding documents by hand: paste a text, send a file, name a feed; and how far that is.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Extension, Path, RawQuery, Request, State};
use axum::response::{IntoResponse, Redirect, Response};
use serde_json::json;

use super::event::missing;
use super::frame::{Frame, Section};
use crate::serve::access::Who;
use crate::serve::answer::html;
use crate::serve::api::address;
use crate::serve::app::App;
use crate::serve::body::{self, Form, MOST_BYTES};
use crate::serve::jobs::{Job, JobView, Source, State as Standing};
use crate::serve::parameters::Parameters;
use crate::serve::refusal::{Refusal, Shown};
use crate::serve::words::{ENGLISH, Words};

#[derive(Template)]
#[template(path = "ingest.html")]
struct Ingest {
    w: &'static Words,
    frame: Frame,
    form: String,
    most_mib: usize,
    jobs: Vec<JobRow>,
}

/// A job in a list.
struct JobRow {
    href: String,
    what: String,
    state: &'static str,
    documents: u64,
    reports: u64,
}

#[derive(Template)]
#[template(path = "job.html")]
struct JobPage {
    w: &'static Words,
    frame: Frame,
    job: JobView,
    state: &'static str,
    ended: bool,
}

/// `GET /ingest`
pub(super) async fn page(
    State(app): State<Arc<App>>,
    Extension(who): Extension<Who>,
    RawQuery(query): RawQuery,
) -> Result<Response, Shown> {
    Parameters::of(query.as_deref(), &[])?;
    let w = &ENGLISH;
    let row = |job: JobView| JobRow {
        href: format!("/ingest/jobs/{}", job.id),
        what: job.what,
        state: word(w, job.state),
        documents: job.documents,
        reports: job.reports,
    };
    Ok(html(&Ingest {
        w,
        frame: Frame::bare(w.ingest_title, Section::Ingest),
        form: app.access.form(&who),
        most_mib: MOST_BYTES >> 20,
        jobs: app.jobs.all().into_iter().map(row).collect(),
    })?)
}

/// `GET /ingest/jobs/{id}`
pub(super) async fn job(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, Shown> {
    Parameters::of(query.as_deref(), &[])?;
    let w = &ENGLISH;
    let job = app.jobs.get(&id).ok_or_else(|| missing("job", &id))?.view();
    let ended = matches!(job.state, Standing::Done | Standing::Failed);
    let frame = Frame::bare(format!("{}: {}", w.job, job.what), Section::Ingest);
    Ok(html(&JobPage { w, frame, state: word(w, job.state), ended, job })?)
}

fn word(w: &Words, state: Standing) -> &'static str {
    match state {
        Standing::Waiting => w.job_waiting,
        Standing::Running => w.job_running,
        Standing::Done => w.job_done,
        Standing::Failed => w.job_failed,
    }
}

/// `POST /ingest/paste`
pub(super) async fn paste(
    State(app): State<Arc<App>>,
    Extension(who): Extension<Who>,
    request: Request,
) -> Result<Response, Shown> {
    let form = ours(&app, &who, request).await?;
    let text = form.shown("text");
    if text.trim().is_empty() {
        return Err(nothing().into());
    }
    // What begins like markup is a page; as a record it keeps what the form says of it.
    let content = if text.trim_start().starts_with('<') { "html" } else { "text" };
    let mut record = json!({ content: text });
    for (field, key) in
        [("title", "title"), ("address", "url"), ("day", "date"), ("outlet", "outlet")]
    {
        let value = form.shown(field);
        if !value.trim().is_empty() {
            record[key] = json!(value.trim());
        }
    }
    let title = form.shown("title");
    let what = if title.trim().is_empty() { ENGLISH.pasted_text } else { title.trim() };
    let bytes = serde_json::to_vec(&record).unwrap_or_default().into();
    let format = Some(reading::Format::Json);
    let source = Source::Sent { name: "pasted".to_owned(), format, bytes };
    let job = app.jobs.add(&who.name, what, source)?;
    Ok(to(&job))
}

/// `POST /ingest/file`
pub(super) async fn file(
    State(app): State<Arc<App>>,
    Extension(who): Extension<Who>,
    request: Request,
) -> Result<Response, Shown> {
    let mut form = ours(&app, &who, request).await?;
    let mut last = None;
    for (name, bytes) in form.files.drain(..) {
        let what = name.clone();
        last = Some(app.jobs.add(&who.name, &what, Source::Sent { name, format: None, bytes })?);
    }
    let last = last.ok_or_else(nothing)?;
    Ok(to(&last))
}

/// `POST /ingest/address`
pub(super) async fn feed(
    State(app): State<Arc<App>>,
    Extension(who): Extension<Who>,
    request: Request,
) -> Result<Response, Shown> {
    let form = ours(&app, &who, request).await?;
    let url = address(&form.shown("address"))?;
    let what = url.to_string();
    let job = app.jobs.add(&who.name, &what, Source::Address(url))?;
    Ok(to(&job))
}

/// The form, if it is from a page of ours.
async fn ours(app: &App, who: &Who, request: Request) -> Result<Form, Refusal> {
    let form = body::form(request).await?;
    app.access.check_form(who, &form.shown("form"))?;
    Ok(form)
}

fn nothing() -> Refusal {
    Refusal::NotUnderstood { why: ENGLISH.nothing_sent.to_owned() }
}

fn to(job: &Job) -> Response {
    Redirect::to(&format!("/ingest/jobs/{}", job.id)).into_response()
}
