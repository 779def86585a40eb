//! Why there is no answer, and how that is said: a page to people, RFC 9457 to programs.

use std::any::Any;

use askama::Template;
use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::ToSchema;

use super::pages::frame::{Frame, Section};
use super::words::{ENGLISH, Words};
use crate::accounts::Scope;
use crate::question::Misread;
use crate::store::StoreError;

/// Why there is no answer.
#[derive(Debug)]
pub(super) enum Refusal {
    /// What is asked for cannot be understood.
    Misread { parameter: String, why: Misread },
    /// There is no such thing.
    Missing { what: String },
    /// There is nothing at this address.
    NoPage,
    /// Only reading is possible.
    OnlyRead,
    /// The request names another host than this machine.
    OtherHost,
    /// Nobody is signed in.
    Unknown,
    /// Whoever asks may not do that.
    NotAllowed { scope: Scope },
    /// A page elsewhere made the browser ask.
    Foreign,
    /// It was asked too often.
    TooOften { seconds: u64 },
    /// The body has more bytes.
    TooLarge { most: usize },
    /// The body did not come in time.
    TooSlow,
    /// The body is of another media type.
    Media { given: String },
    /// The body says what cannot be done.
    NotUnderstood { why: String },
    /// Too many wait already.
    Full,
    /// The past that is asked for is being put together.
    Folding,
    /// The ledger cannot be read.
    Store(StoreError),
    /// A fault of ours.
    Broken,
}

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

/// A refusal as a page.
pub(super) struct Shown(pub(super) Refusal);

impl From<Refusal> for Shown {
    fn from(refusal: Refusal) -> Self {
        Self(refusal)
    }
}

/// A refusal as a problem.
pub(super) struct Told(pub(super) Refusal);

impl From<Refusal> for Told {
    fn from(refusal: Refusal) -> Self {
        Self(refusal)
    }
}

/// Why there is no answer (RFC 9457).
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Problem {
    /// What sort of problem; there is no page about it.
    #[serde(rename = "type")]
    #[schema(example = "about:blank")]
    kind: &'static str,
    /// The sort of problem in words.
    title: &'static str,
    /// The status of the answer.
    status: u16,
    /// What is wrong.
    detail: String,
    /// What to do instead.
    #[serde(skip_serializing_if = "String::is_empty")]
    hint: String,
    /// The parameter that is wrong.
    #[serde(skip_serializing_if = "Option::is_none")]
    parameter: Option<String>,
}

impl Refusal {
    pub(super) fn status(&self) -> StatusCode {
        match self {
            Self::Misread { .. } | Self::NotUnderstood { .. } => StatusCode::BAD_REQUEST,
            Self::Unknown => StatusCode::UNAUTHORIZED,
            Self::NotAllowed { .. } | Self::Foreign => StatusCode::FORBIDDEN,
            Self::TooOften { .. } | Self::Full => StatusCode::TOO_MANY_REQUESTS,
            Self::TooLarge { .. } => StatusCode::PAYLOAD_TOO_LARGE,
            Self::TooSlow => StatusCode::REQUEST_TIMEOUT,
            Self::Media { .. } => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::Missing { .. } | Self::NoPage => StatusCode::NOT_FOUND,
            Self::OnlyRead => StatusCode::METHOD_NOT_ALLOWED,
            Self::OtherHost => StatusCode::MISDIRECTED_REQUEST,
            Self::Folding | Self::Store(StoreError::Busy(_)) => StatusCode::SERVICE_UNAVAILABLE,
            Self::Store(_) | Self::Broken => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// What is wrong, and what to do.
    fn said(&self, w: &Words) -> (String, String) {
        match self {
            Self::Misread { why, .. } => (why.message.clone(), why.hint.clone()),
            Self::Missing { what } => (what.clone(), w.missing_hint.to_owned()),
            Self::NoPage => (w.no_page.to_owned(), w.no_page_hint.to_owned()),
            Self::OnlyRead => (w.only_read.to_owned(), w.only_read_hint.to_owned()),
            Self::OtherHost => (w.other_host.to_owned(), w.other_host_hint.to_owned()),
            Self::Unknown => (w.sign_in_first.to_owned(), w.sign_in_first_hint.to_owned()),
            Self::NotAllowed { scope } => {
                (format!("{} {scope}", w.not_allowed), w.not_allowed_hint.to_owned())
            }
            Self::Foreign => (w.foreign.to_owned(), w.foreign_hint.to_owned()),
            Self::TooOften { seconds } => {
                (w.too_often.to_owned(), format!("{} {seconds}", w.too_often_hint))
            }
            Self::TooLarge { most } => {
                (format!("{} {most}", w.too_large), w.too_large_hint.to_owned())
            }
            Self::TooSlow => (w.too_slow.to_owned(), w.too_slow_hint.to_owned()),
            Self::Media { given } => {
                (format!("{} \"{given}\"", w.other_media), w.other_media_hint.to_owned())
            }
            Self::NotUnderstood { why } => (why.clone(), String::new()),
            Self::Full => (w.full.to_owned(), w.full_hint.to_owned()),
            Self::Folding => (w.folding.to_owned(), w.folding_hint.to_owned()),
            Self::Store(error) => (error.to_string(), error.hint()),
            Self::Broken => (w.broken.to_owned(), w.broken_hint.to_owned()),
        }
    }

    fn problem(&self) -> Problem {
        let status = self.status();
        let (detail, hint) = self.said(&ENGLISH);
        let parameter = match self {
            Self::Misread { parameter, .. } => Some(parameter.clone()),
            _ => None,
        };
        let title = status.canonical_reason().unwrap_or_default();
        Problem { kind: "about:blank", title, status: status.as_u16(), detail, hint, parameter }
    }
}

impl IntoResponse for Told {
    fn into_response(self) -> Response {
        let body = serde_json::to_vec(&self.0.problem()).unwrap_or_default();
        let mut response = (self.0.status(), Body::from(body)).into_response();
        let json = HeaderValue::from_static("application/problem+json");
        response.headers_mut().insert(header::CONTENT_TYPE, json);
        allow(&self.0, response)
    }
}

#[derive(Template)]
#[template(path = "refusal.html")]
struct RefusalPage {
    w: &'static Words,
    frame: Frame,
    detail: String,
    hint: String,
}

impl IntoResponse for Shown {
    fn into_response(self) -> Response {
        let w = &ENGLISH;
        let (detail, hint) = self.0.said(w);
        let title = match self.0.status() {
            StatusCode::NOT_FOUND => w.not_found,
            StatusCode::BAD_REQUEST => w.not_understood,
            _ => w.no_answer,
        };
        let page = RefusalPage { w, frame: Frame::bare(title, Section::None), detail, hint };
        let body = page.render().unwrap_or_else(|_| w.broken.to_owned());
        let html = [(header::CONTENT_TYPE, "text/html; charset=utf-8")];
        let response = (self.0.status(), html, body).into_response();
        allow(&self.0, response)
    }
}

/// Adds the header that goes with the refusal.
fn allow(refusal: &Refusal, mut response: Response) -> Response {
    let header = match refusal {
        Refusal::Unknown => (header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer")),
        Refusal::TooOften { seconds } => (header::RETRY_AFTER, HeaderValue::from(*seconds)),
        Refusal::Full | Refusal::Folding => (header::RETRY_AFTER, HeaderValue::from(10_u64)),
        _ => return response,
    };
    response.headers_mut().insert(header.0, header.1);
    response
}

/// As a problem under `/api`, as a page elsewhere.
pub(super) fn refuse(refusal: Refusal, uri: &Uri) -> Response {
    if uri.path().starts_with("/api/") {
        Told(refusal).into_response()
    } else {
        Shown(refusal).into_response()
    }
}

/// For an address that leads nowhere.
pub(super) async fn nothing_here(uri: Uri) -> Response {
    refuse(Refusal::NoPage, &uri)
}

/// For a method other than GET.
pub(super) async fn only_read(uri: Uri) -> Response {
    refuse(Refusal::OnlyRead, &uri)
}

/// For a fault of ours. The message of a panic may hold anything, so it is not shown.
pub(super) fn panicked(_: Box<dyn Any + Send + 'static>) -> Response {
    Told(Refusal::Broken).into_response()
}
