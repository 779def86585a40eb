//! Documents in, as jobs; and how far these are.

use std::sync::Arc;

use axum::extract::{Extension, Path, RawQuery, Request, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use reading::Format;
use serde::{Deserialize, Serialize};
use url::Url;
use utoipa::ToSchema;

use crate::serve::access::Who;
use crate::serve::answer::json;
use crate::serve::app::App;
use crate::serve::body;
use crate::serve::jobs::{Job, JobView, Source};
use crate::serve::pages::event::missing;
use crate::serve::parameters::Parameters;
use crate::serve::refusal::{Problem, Refusal, Told};

/// The media types that are read, and what they are. All others are refused.
const MEDIA: [(&str, Format); 9] = [
    ("application/jsonl", Format::Json),
    ("application/x-ndjson", Format::Json),
    ("application/json", Format::Json),
    ("text/html", Format::Html),
    ("application/xhtml+xml", Format::Html),
    ("text/plain", Format::Text),
    ("text/csv", Format::Csv),
    ("application/rss+xml", Format::Feed),
    ("application/atom+xml", Format::Feed),
];

/// Add documents: JSON lines, one JSON object or an array, a page of HTML, a text, a table, a feed
///
/// The answer comes at once and has the job; what was added is safe when the job is done.
#[utoipa::path(
    post,
    path = "/documents",
    params(("name" = Option<String>, Query, description = "What the input is called in the record")),
    request_body(content(
        (String = "application/jsonl"),
        (serde_json::Value = "application/json"),
        (String = "text/html"),
        (String = "text/plain"),
        (String = "text/csv"),
        (String = "application/rss+xml"),
        (String = "application/atom+xml"),
    ), description = "At most 32 MiB"),
    responses(
        (status = 202, description = "It waits for its turn", body = JobView),
        (status = 400, description = "A parameter is wrong; it is named", body = Problem, content_type = "application/problem+json"),
        (status = 408, description = "The body came too slowly", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "The body is too large", body = Problem, content_type = "application/problem+json"),
        (status = 415, description = "Documents do not come in this media type", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "That is too often, or too many jobs wait", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn send(
    State(app): State<Arc<App>>,
    Extension(who): Extension<Who>,
    RawQuery(query): RawQuery,
    request: Request,
) -> Result<Response, Told> {
    let parameters = Parameters::of(query.as_deref(), &["name"])?;
    let (parts, content) = request.into_parts();
    let given = body::media(&parts.headers);
    let media = given.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let format = MEDIA.iter().find(|(name, _)| *name == media).map(|(_, format)| *format);
    let format = format.ok_or(Refusal::Media { given })?;
    let bytes = body::read(&parts.headers, content).await?;
    let name = parameters.get("name").map_or_else(|| "sent".to_owned(), body::file_name);
    let source = Source::Sent { name: name.clone(), format: Some(format), bytes };
    let job = app.jobs.add(&who.name, &name, source)?;
    Ok(accepted(&job)?)
}

/// What is to be fetched.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Feed {
    /// The address of a feed or a page, of the open internet.
    #[schema(
        example = "https://paper.example/feed.xml",
        pattern = r#"^https?://[!-"$-.0->A-~]+([/?#][!-~]*)?$"#
    )]
    address: String,
}

/// Fetch a feed with what it lists, or a page, and add it
///
/// robots.txt is obeyed, and addresses inside a network are refused.
#[utoipa::path(
    post,
    path = "/feeds",
    request_body = Feed,
    responses(
        (status = 202, description = "It waits for its turn", body = JobView),
        (status = 400, description = "That is no address", body = Problem, content_type = "application/problem+json"),
        (status = 408, description = "The body came too slowly", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "The body is too large", body = Problem, content_type = "application/problem+json"),
        (status = 415, description = "The body is not JSON", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "That is too often, or too many jobs wait", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn feed(
    State(app): State<Arc<App>>,
    Extension(who): Extension<Who>,
    RawQuery(query): RawQuery,
    request: Request,
) -> Result<Response, Told> {
    Parameters::of(query.as_deref(), &[])?;
    let asked: Feed = body::json(request).await?;
    let url =
        address(Some(asked.address).filter(|given| is_plain(given)).as_deref().unwrap_or(""))?;
    let job = app.jobs.add(&who.name, url.as_str(), Source::Address(url.clone()))?;
    Ok(accepted(&job)?)
}

/// Whether an address is written as the description has it: all in printable letters of ASCII, and
/// nobody who signs in.
fn is_plain(given: &str) -> bool {
    let rest = given.strip_prefix("https://").or_else(|| given.strip_prefix("http://"));
    rest.is_some_and(|rest| {
        let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
        !host.is_empty() && !host.contains('@') && rest.bytes().all(|byte| byte.is_ascii_graphic())
    })
}

/// The address, if it is one of the web. Where its name leads is looked at when it is fetched.
pub(in crate::serve) fn address(given: &str) -> Result<Url, Refusal> {
    let url = Url::parse(given.trim()).ok();
    let fits = |url: &Url| {
        matches!(url.scheme(), "http" | "https")
            && url.username().is_empty()
            && url.password().is_none()
    };
    url.filter(fits).ok_or_else(|| Refusal::NotUnderstood {
        why: "that is no address of the web, such as https://paper.example/feed.xml".to_owned(),
    })
}

fn accepted(job: &Job) -> Result<Response, Refusal> {
    let mut response = json(&job.view())?;
    *response.status_mut() = StatusCode::ACCEPTED;
    let place = [(header::LOCATION, format!("/api/v1/jobs/{}", job.id))];
    Ok((place, response).into_response())
}

/// All jobs that are remembered.
#[derive(Serialize, ToSchema)]
struct JobList {
    rows: Vec<JobView>,
}

/// What was sent since the server began, the latest first
#[utoipa::path(
    get,
    path = "/jobs",
    responses(
        (status = 200, description = "The last hundred", body = JobList),
        (status = 400, description = "There are no parameters here", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn jobs(
    State(app): State<Arc<App>>,
    RawQuery(query): RawQuery,
) -> Result<Response, Told> {
    Parameters::of(query.as_deref(), &[])?;
    Ok(json(&JobList { rows: app.jobs.all() })?)
}

/// How far a job is
#[utoipa::path(
    get,
    path = "/jobs/{id}",
    params(("id" = String, Path, description = "The id that sending gave")),
    responses(
        (status = 200, description = "The job as it stands", body = JobView),
        (status = 400, description = "There are no parameters here", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "No such job is remembered", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn job(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, Told> {
    Parameters::of(query.as_deref(), &[])?;
    let job = app.jobs.get(&id).ok_or_else(|| missing("job", &id))?;
    Ok(json(&job.view())?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_writes_addresses_in_ascii() {
        for given in ["https://paper.example", "http://[::1]:9/a?b=@#c", "https://a.example/~b*"] {
            assert!(is_plain(given), "{given}");
        }
        for given in
            [" https://a.example/", "https:/a", "https://ann@a.example/", "http://é.example/"]
        {
            assert!(!is_plain(given), "{given}");
        }
    }

    #[test]
    fn only_the_web_is_fetched_and_nobody_signs_in_with_it() {
        assert!(address(" https://paper.example/feed.xml ").is_ok());
        for given in [
            "",
            "paper.example",
            "file:///etc/passwd",
            "gopher://a",
            "http://ann:secret@paper.example/",
        ] {
            assert!(address(given).is_err(), "{given}");
        }
    }
}
